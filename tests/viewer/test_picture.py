"""The graph view in a real browser: quiet, whole, readable by all."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Literal
from urllib.parse import urlencode

import pytest

from kg.graph import Graph
from kg.viewer import view
from tests.conftest import Open
from tests.viewer.windows import SCREENSHOTS, SVG, Model, asked, complained, counts, shown_ids, svg, unfolded


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("layer", ["facts", "claims"])
def test_the_page_is_quiet_and_fits_and_shuts_nobody_out(
    show: Any, facts: Model, tellings: Model, layer: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    opened = show(facts if layer == "facts" else tellings, width, scheme, reduced_motion="reduce")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    opened.page.screenshot(path=SCREENSHOTS / f"view-{layer}-{width}-{scheme}.png")
    assert (opened.overflow(), opened.faults()) == (0, [])
    opened.page.locator("#filter-button").click()
    assert (opened.overflow(), opened.faults()) == (0, [])
    opened.page.locator("#filters .close").click()
    opened.page.evaluate("View.reveal(View.model.nodes.find(node => node.claims.length > 2 && node.class === 'Measure').id)")
    opened.page.locator("#panel:not([hidden])").wait_for()
    opened.page.screenshot(path=SCREENSHOTS / f"view-{layer}-evidence-{width}-{scheme}.png")
    assert (opened.overflow(), opened.faults()) == (0, [])
    opened.page.locator("#table-button").click()
    assert (opened.overflow(), opened.faults()) == (0, [])
    assert (asked(opened), complained(opened)) == ([], [])


@pytest.mark.parametrize("layer", ["facts", "claims"])
def test_everything_unfolded_the_picture_holds_the_nodes_and_edges_of_the_model(
    show: Any, facts: Model, tellings: Model, layer: str
) -> None:
    model = facts if layer == "facts" else tellings
    opened = show(model, at=unfolded(model))
    assert counts(opened) == (len(model["nodes"]), len(model["edges"]))
    root = svg(opened)
    assert {each.get("data-node") for each in root.iter(f"{SVG}path")} - {None} == {node["id"] for node in model["nodes"]}
    assert len([each for each in root.iter(f"{SVG}path") if each.get("data-edge")]) == len(model["edges"])


def test_at_first_only_what_the_model_does_not_hide_is_shown(show: Any, facts: Model) -> None:
    assert shown_ids(show(facts)) == {node["id"] for node in facts["nodes"] if not node.get("hidden")}


@pytest.mark.parametrize("layer", ["facts", "claims"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_label_covers_another_at_the_default_zoom(show: Any, facts: Model, tellings: Model, layer: str, language: str) -> None:
    overlaps = """() => {
        const state = View.state(), shown = View.shown();
        const scale = View.renderer.place()[2];
        const { spots } = View.picture({ at: View.renderer.positions, state, shown, lit: null, scale });
        const boxes = [...spots.values()].map((spot) => spot.box).filter(Boolean);
        const cover = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
        return [boxes.length, boxes.filter((a, i) => boxes.some((b, j) => j > i && cover(a, b))).length, spots.size];
    }"""
    for width in (1440, 390):
        opened = show(facts if layer == "facts" else tellings, width, at=urlencode({"language": language}))
        labelled, covered, nodes = opened.page.evaluate(overlaps)
        assert covered == 0
        assert labelled == nodes


def test_each_figure_of_the_layer_of_claims_is_told_whole_with_who_says_it_in_lines_that_do_not_cross(show: Any, tellings: Model) -> None:
    opened = show(tellings)
    texts, links = opened.page.evaluate(
        """() => {
            const state = View.state(), shown = View.shown();
            const drawn = View.picture({ at: View.renderer.positions, state, shown, lit: null, scale: View.renderer.place()[2] });
            const inside = box => text => text.x === box[0] && text.y > box[1] && text.y < box[3];
            const claims = [...shown.nodes].filter(id => View.nodes.get(id).class === 'Claim');
            const lines = id => drawn.texts.filter(inside(drawn.spots.get(id).box)).map(text => text.text);
            const links = drawn.edges.filter(edge => edge.alpha > 0).map(edge => [edge.curve[0], edge.curve[3]]);
            return [Object.fromEntries(claims.map(id => [id, lines(id)])), links];
        }"""
    )
    claims = {claim["id"]: claim for claim in tellings["claims"]}
    told = {claim: lines for claim, lines in texts.items() if 0 < len(claims[claim].get("text", "")) <= 25}
    assert {claim: lines for claim, lines in told.items() if claims[claim]["text"] not in (lines[0], " ".join(lines))} == {}
    publishers = {claim: tellings["sources"][claims[claim]["source"]]["publisher"] for claim in told}
    assert sum(publishers[claim].startswith(lines[1].rstrip("…").strip()) for claim, lines in told.items() if len(lines) > 1) > 80
    slanted = sorted((end[1], start[1]) for start, end in links if start[1] != end[1])
    assert len(slanted) > 10
    assert all(one[1] < other[1] for one, other in pairwise(slanted))  # from top to bottom at both ends
    level = sorted((start[1], end[0], start[0]) for start, end in links if start[1] == end[1])
    assert len(level) > 50
    assert all(one[0] < other[0] or one[2] < other[1] for one, other in pairwise(level))  # end before the next begins


def test_the_policy_lets_no_other_script_run(show: Any, facts: Model) -> None:
    opened = show(facts)
    opened.page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'pwned = 1' }))")
    opened.page.evaluate("document.body.setAttribute('onclick', 'pwned = 1'), document.body.click()")
    assert opened.page.evaluate("typeof pwned") == "undefined"
    assert len(opened.complaints) == 2


def test_in_a_notebook_the_frame_shows_the_same_page(open_page: Open, graph: Graph) -> None:
    opened = open_page(f"<!doctype html><title>Notebook</title>{view(graph, 'cac-news-anchors-2023')._repr_html_()}")
    frame = opened.page.frame_locator("iframe")
    frame.locator("#app[data-ready]").wait_for()
    frame.locator("#labels").select_option("names")
    assert frame.locator("h1").inner_text()
    assert complained(opened) == []
