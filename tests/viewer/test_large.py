"""A large graph is drawn by WebGL, and does what a small one does."""

from __future__ import annotations

from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.conftest import Opened
from tests.viewer.windows import SCREENSHOTS, Model, asked, complained, counts, node_place, place_of, select, state_of


def named(kind: str, id_: str, name: str, x: float, y: float, **more: Any) -> Model:
    return {"id": id_, "class": kind, "label": {"en": f"Thing {name}", "zh": f"事项{name}"}, "x": x, "y": y, "size": 12.0, **more}


def large(model: Model, count: int) -> Model:
    """A model of so many claims by fifty sources about five hundred things, in the shape of the claims layer's."""
    rows = int(1.5 * count**0.5)
    right = 300.0 * (count // rows + 2)
    sources = [named("Report", f"source/s{n}", f"of outlet {n}", 0.0, n * 44.0) for n in range(50)]
    things = [
        named("Measure", f"measure/m/{n}", str(n), right + 300 * (n // rows), n % rows * 44.0, claims=list(range(n, count, 500)))
        for n in range(500)
    ]
    claims, edges, said = [], [], []
    for n in range(count):
        source, thing = f"source/s{n % 50}", f"measure/m/{n % 500}"
        claims.append(named("Claim", f"claim/{n}", f"as told {n}", 300.0 * (1 + n // rows), 44.0 * (n % rows), claims=[n], years=[2023]))
        edges.append({"from": source, "to": f"claim/{n}", "property": "source", "width": 1.0, "claims": [n]})
        edges.append({"from": f"claim/{n}", "to": thing, "property": "subject", "width": 1.0, "claims": [n]})
        said.append({"id": f"claim/{n}", "source": source, "subject": thing, "text": f"{n:,}", "kinds": []})
    return model | {
        "renderer": "sigma", "classes": [each for each in model["classes"] if each["id"] in ("Measure", "Claim", "Report")],
        "nodes": [*sources, *things, *claims], "edges": edges, "claims": said, "campaigns": [],
        "sources": {each["id"]: {"publisher": each["label"]["en"], "said": "2023-05-27"} for each in sources},
    }  # fmt: skip


@pytest.mark.parametrize("count", [10_000, 50_000])
def test_a_large_graph_is_drawn_by_webgl_and_has_the_same_panel_search_and_filters(show: Any, tellings: Model, count: int) -> None:
    opened = show(large(tellings, count))
    assert counts(opened) == (count + 550, 2 * count)
    whole = opened.page.locator("#canvas").screenshot()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    (SCREENSHOTS / f"view-large-{count}.png").write_bytes(opened.page.screenshot())
    opened.page.locator("[data-class=Claim]").click()
    opened.page.wait_for_function("() => View.shown().nodes.size === 550")
    assert opened.page.locator("#canvas").screenshot() != whole
    opened.page.keyboard.press("Escape")
    opened.page.locator("#search").fill("Thing 77")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#panel h2").inner_text() == "Thing 77"
    assert opened.page.locator("#panel .claim").count() == min(40, count // 500)
    opened.page.locator("#filter-button").click()
    opened.page.locator("[data-group=sources] summary").click()
    opened.page.locator("[data-group=sources] input").first.check()
    assert counts(opened)[1] == 2 * count // 50
    opened.page.locator("#table-button").click()
    assert opened.page.locator("#table-edges tbody tr").count() == 200
    assert (asked(opened), complained(opened)) == ([], [])


def test_a_click_on_a_dot_of_a_large_graph_selects_it(show: Any, tellings: Model) -> None:
    opened = show(large(tellings, 2_000))
    opened.page.mouse.move(*node_place(opened, "source/s7"))
    select(opened, "source/s7")
    assert opened.page.locator("#panel h2").inner_text() == "Thing of outlet 7"
    assert "place" not in opened.page.evaluate("location.hash")


SHAPES = ["circle", "square", "diamond", "triangle", "triangle-down", "hexagon", "star", "box"]


def painted(opened: Opened, points: list[list[float]]) -> list[bool]:
    """Whether the picture is anything but paper at points of the screen."""
    box = opened.page.locator("#canvas").bounding_box()
    assert box
    picture = b64encode(opened.page.screenshot(clip=box)).decode()
    found: list[bool] = opened.page.evaluate(
        """async ([picture, points]) => {
            const image = Object.assign(new Image(), { src: `data:image/png;base64,${picture}` });
            await image.decode();
            const ctx = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height }).getContext('2d');
            ctx.drawImage(image, 0, 0);
            const paper = getComputedStyle(document.querySelector('#canvas')).backgroundColor.match(/\\d+/g).map(Number);
            const at = ([x, y]) => ctx.getImageData(Math.round(x), Math.round(y), 1, 1).data;
            return points.map(point => paper.some((part, i) => Math.abs(at(point)[i] - part) > 60));
        }""",
        [picture, points],
    )
    return found


@pytest.fixture
def shapes(tellings: Model) -> Model:
    """A large model with one big thing of every shape, far from the others."""
    model = large(tellings, 1_000)
    looks = next(each for each in model["classes"] if each["id"] == "Measure")
    return model | {
        "classes": [*model["classes"], *(looks | {"id": f"Of-{shape}", "shape": shape} for shape in SHAPES)],
        "nodes": [*model["nodes"], *(named(f"Of-{s}", s, s, n * 400.0, -900.0) | {"size": 200.0} for n, s in enumerate(SHAPES))],
    }


def go_to(opened: Opened, node: str) -> tuple[float, float, float]:
    """Where a thing stands in the window, and its radius, once the picture is drawn round it."""
    drawn_again = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    opened.page.evaluate(f"id => {{ View.renderer.focus(id, true); return {drawn_again} }}", node)
    return *node_place(opened, node), opened.page.evaluate("id => View.renderer.radius(id)", node)


def test_every_class_has_its_own_shape_in_a_large_graph(show: Any, shapes: Model) -> None:
    opened = show(shapes, reduced_motion="reduce")
    opened.page.locator("#labels").select_option("none")
    for shape in SHAPES:
        x, y, r = go_to(opened, shape)
        left, top = place_of(opened, 0, 0)
        points, inside = opened.page.evaluate(
            """([shape, cx, cy, r]) => {
                const outline = new Path2D(View.outline(shape, 0, 0, r));
                const ctx = document.createElement('canvas').getContext('2d');
                const points = [], inside = [];
                for (let i = -13; i <= 13; i++) for (let j = -13; j <= 13; j++) {
                    const [x, y] = [i / 10 * r, j / 10 * r];
                    const near = [[0, 0], [2, 2], [-2, 2], [2, -2], [-2, -2]];
                    const around = near.map(([dx, dy]) => ctx.isPointInPath(outline, x + dx, y + dy));
                    if (new Set(around).size > 1) continue;  // on the edge
                    points.push([cx + x, cy + y]);
                    inside.push(around[0]);
                }
                return [points, inside];
            }""",
            [shape, x - left, y - top, r],
        )
        assert 50 < sum(inside) < len(inside) - 50
        assert painted(opened, points) == inside, shape


def test_what_a_click_meets_is_the_shape_and_not_the_box_around_it(show: Any, shapes: Model) -> None:
    opened = show(shapes, reduced_motion="reduce")
    x, y, r = go_to(opened, "diamond")
    opened.page.mouse.click(x + 0.85 * r, y + 0.85 * r)
    opened.page.wait_for_timeout(400)  # or the two were a double click
    assert state_of(opened, "selected") == ""
    opened.page.mouse.click(x, y - 0.95 * r)
    assert state_of(opened, "selected") == "diamond"


def test_a_link_that_departs_from_the_reference_is_dashed_in_a_large_graph_too(show: Any, tellings: Model) -> None:
    model = large(tellings, 1_000)
    for edge in model["edges"]:
        edge["dashes"] = edge["from"] == "claim/7"
    opened = show(model, at=urlencode({"selected": "measure/m/7", "labels": "none"}))
    for claim, whole in (("claim/7", False), ("claim/507", True)):
        ends = opened.page.evaluate(
            "ids => ids.map(id => { const p = View.renderer.positions(id); return View.renderer.toScreen(p.x, p.y) })",
            [claim, "measure/m/7"],
        )
        x, y = ([end[axis] for end in ends] for axis in "xy")
        along = [[x[0] + (x[1] - x[0]) * t / 400, y[0] + (y[1] - y[0]) * t / 400] for t in range(20, 320)]
        ink = sum(painted(opened, along)) / len(along)  # other things lie on it here and there
        assert (ink > 0.75) if whole else (0.4 < ink < 0.7)


def test_without_webgl_the_table_takes_the_place_of_the_picture(show: Any, tellings: Model) -> None:
    opened = show(large(tellings, 2_000))
    opened.page.add_init_script(
        """HTMLCanvasElement.prototype.getContext = (real => function (kind, ...rest) {
            return kind === "2d" ? real.call(this, kind, ...rest) : null;
        })(HTMLCanvasElement.prototype.getContext)"""
    )
    opened.page.reload()
    opened.page.locator("#app[data-ready]").wait_for()
    assert opened.page.locator("#failed").is_visible()
    assert opened.page.locator("#table-nodes tbody tr").count() == 200
