"""The graph view in a window: where things stand in it, what it shows, and what it gives away."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

from tests.conftest import Opened

SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
CLOSURES = "measure/cac-self-media-2023/closures"
OPENED = "campaign/cac-self-media-2023"
FOLDED = "campaign/cac-2021"
SVG = "{http://www.w3.org/2000/svg}"
Model = dict[str, Any]


def drawn(opened: Opened) -> Opened:
    opened.page.locator("#canvas[data-drawn]").wait_for(state="attached")
    return opened


def asked(opened: Opened) -> list[str]:
    """What the page asked for, but for itself and what it made itself to take along."""
    own = opened.page.url.partition("#")[0]
    return [address for address in opened.requests if address.partition("#")[0] != own and not address.startswith(("about:", "blob:"))]


def complained(opened: Opened) -> list[str]:
    """What the page complained of; not the graphics driver, which here is software and says that it is slow."""
    return [text for text in opened.complaints if "GL Driver Message" not in text]


def place_of(opened: Opened, x: float, y: float) -> tuple[float, float]:
    box = opened.page.locator("#canvas").bounding_box()
    assert box
    return box["x"] + x, box["y"] + y


def node_place(opened: Opened, node: str) -> tuple[float, float]:
    at = opened.page.evaluate(
        "id => { const p = View.renderer.positions(id); const s = View.renderer.toScreen(p.x, p.y); return [s.x, s.y] }", node
    )
    return place_of(opened, *at)


def edge_place(opened: Opened, edge: str) -> tuple[float, float]:
    """A place on a link as it is drawn, near its end, where links stand apart."""
    path = next(each for each in svg(opened).iter(f"{SVG}path") if each.get("data-edge") == edge).get("d", "")
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    middle = [0.001 * numbers[i] + 0.027 * numbers[i + 2] + 0.243 * numbers[i + 4] + 0.729 * numbers[i + 6] for i in (0, 1)]  # at t = 0.9
    at = opened.page.evaluate("([x, y]) => { const s = View.renderer.toScreen(x, y); return [s.x, s.y] }", middle)
    return place_of(opened, *at)


def select(opened: Opened, node: str) -> None:
    opened.page.mouse.click(*node_place(opened, node))
    opened.page.locator("#panel:not([hidden])").wait_for()


def double_click(opened: Opened, node: str) -> None:
    """Double-click on what unfolds or folds; anew where the machine was too busy to take two clicks for one."""
    before = counts(opened)
    for _ in range(5):
        opened.page.mouse.dblclick(*node_place(opened, node))
        if counts(opened) != before:
            return
        opened.page.wait_for_timeout(400)  # or the next click belonged to these
    raise AssertionError(f"{node} neither unfolds nor folds")


def export(opened: Opened, kind: str) -> bytes:
    opened.page.locator("#export summary").click()
    with opened.page.expect_download() as download:
        opened.page.locator(f"[data-export={kind}]").click()
    return Path(download.value.path()).read_bytes()


def svg(opened: Opened) -> ElementTree.Element:
    return ElementTree.fromstring(export(opened, "svg"))


def shown_ids(opened: Opened, kind: str = "node") -> set[str]:
    return {found for each in svg(opened).iter(f"{SVG}path") if (found := each.get(f"data-{kind}"))}


def counts(opened: Opened) -> tuple[int, int]:
    found = opened.page.locator("#counts")
    return int(found.get_attribute("data-nodes") or -1), int(found.get_attribute("data-edges") or -1)


def state_of(opened: Opened, key: str) -> Any:
    return opened.page.evaluate("key => View.state()[key]", key)


def fragment(opened: Opened, holds: str) -> str:
    """The address's fragment once it holds a text."""
    opened.page.wait_for_function("text => decodeURIComponent(location.hash).includes(text)", arg=holds)
    found: str = opened.page.evaluate("location.hash.slice(1)")
    return found


def unfolded(model: Model) -> str:
    parents = {node["parent"] for node in model["nodes"] if "parent" in node}
    return urlencode([("open", parent) for parent in sorted(parents)])


def label(model: Model, node: str, language: str = "en") -> str:
    found: str = next(each for each in model["nodes"] if each["id"] == node)["label"][language]
    return found
