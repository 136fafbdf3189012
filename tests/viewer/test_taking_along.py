"""What can be taken along from the graph view: its address, pictures, paper, links and data."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from kg.graph import Graph
from tests.comparison.test_page import PAYLOADS
from tests.viewer.windows import CLOSURES, SVG, Model, asked, complained, counts, export, fragment, label, place_of, select, state_of, svg


def test_the_address_holds_the_state_and_brings_it_back(show: Any, facts: Model) -> None:
    opened = show(facts)
    select(opened, CLOSURES)
    opened.page.locator("#language").select_option("zh")
    opened.page.locator("[data-class=Platform]").click()
    opened.page.locator("#labels").select_option("names")
    opened.page.locator("#closer").click()
    again = show(facts, at=fragment(opened, "labels=names"))
    keys = ("selected", "language", "hidden", "labels", "open", "table")
    assert [state_of(again, key) for key in keys] == [state_of(opened, key) for key in keys]
    assert again.page.locator("#panel h2").inner_text() == label(facts, CLOSURES, "zh")
    assert counts(again) == counts(opened)


def test_where_the_reader_looked_is_part_of_the_address(show: Any, facts: Model) -> None:
    opened = show(facts)
    opened.page.mouse.move(*place_of(opened, 300, 300))
    opened.page.mouse.wheel(0, -300)
    again = show(facts, at=fragment(opened, "place="))
    assert again.page.evaluate("View.renderer.place()") == pytest.approx(opened.page.evaluate("View.renderer.place()"), rel=1e-3)


def test_a_hostile_fragment_does_nothing(show: Any, facts: Model) -> None:
    opened = show(facts)
    before = opened.page.evaluate("JSON.stringify(View.state())")
    names = before and list(opened.page.evaluate("Object.keys(View.state())"))
    for payload in (*PAYLOADS, "__proto__", "constructor", "9" * 400, "NaN,NaN,NaN", "0,0,0", "1e999,0,1", "campaign/none"):
        opened.page.evaluate("hash => { location.hash = hash }", urlencode([(name, payload) for name in names], errors="surrogatepass"))
        opened.page.evaluate("new Promise(done => setTimeout(done))")
        assert opened.page.evaluate("JSON.stringify(View.state())") == before
    assert opened.page.evaluate("typeof pwned") == "undefined"
    assert (asked(opened), complained(opened)) == ([], [])


def test_the_png_is_a_picture_of_the_whole_layout(show: Any, facts: Model) -> None:
    found = export(show(facts), "png")
    assert found.startswith(b"\x89PNG\r\n")
    width, height = (int.from_bytes(found[start : start + 4], "big") for start in (16, 20))
    assert width > 2_000
    assert height > 1_000


def test_the_svg_holds_shapes_figures_and_no_script(show: Any, facts: Model) -> None:
    root = svg(show(facts))
    text = "".join(root.itertext())
    assert "over 66,600" in text
    assert facts["title"]["en"] in text
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {"svg", "g", "path", "rect", "text", "title"}
    assert not [name for each in root.iter() for name in each.attrib if name.startswith("on") or "href" in name]


def test_the_svg_has_a_dotted_ring_round_what_is_folded_and_a_whole_one_round_what_is_selected(show: Any, facts: Model) -> None:
    root = svg(show(facts, at=urlencode({"selected": CLOSURES})))
    rings = {each.get("data-ring"): each.get("stroke-dasharray") for each in root.iter(f"{SVG}path") if each.get("data-ring")}
    assert rings.pop(CLOSURES) is None
    assert set(rings) == {node["id"] for node in facts["nodes"] if node.get("collapsed")}
    assert set(rings.values()) == {"2 3"}


def test_paper_gets_the_whole_picture_in_light_and_nothing_to_press(show: Any, facts: Model) -> None:
    opened = show(facts, 390, "dark")
    opened.page.emulate_media(media="print")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    picture = opened.page.locator("#paper svg")
    drawn_ids = set(picture.locator("[data-node]").evaluate_all("each => each.map(one => one.dataset.node)"))
    assert drawn_ids == {node["id"] for node in facts["nodes"] if not node.get("hidden")}
    assert picture.is_visible()
    assert picture.locator("rect").first.get_attribute("fill") == "rgb(255, 255, 255)"
    assert not any(opened.page.locator(each).is_visible() for each in ("#canvas", ".tools", ".steering"))
    opened.page.emulate_media(media="screen")
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.page.locator("#canvas").is_visible()
    assert picture.count() == 0
    assert opened.page.evaluate("View.palette().paper") == "rgb(20, 22, 26)"


def test_a_link_to_the_view_is_copied_and_shows_what_its_sender_saw(show: Any, facts: Model) -> None:
    opened = show(facts, permissions=["clipboard-read", "clipboard-write"])
    select(opened, CLOSURES)
    fragment(opened, CLOSURES)
    opened.page.locator("#export summary").click()
    opened.page.locator("[data-export=link]").click()
    opened.page.wait_for_function("document.querySelector('#status').textContent !== ''")
    copied = opened.page.evaluate("navigator.clipboard.readText()")
    assert opened.page.locator("#status").inner_text() == "The link is copied."
    again = show(facts, at=copied.partition("#")[2])
    assert again.page.locator("#panel h2").inner_text() == label(facts, CLOSURES)


def test_a_link_that_may_not_be_copied_is_told(show: Any, facts: Model) -> None:
    opened = show(facts)
    opened.page.evaluate("() => { Clipboard.prototype.writeText = () => Promise.reject(new Error('no leave')) }")
    opened.page.locator("#export summary").click()
    opened.page.locator("[data-export=link]").click()
    opened.page.wait_for_function("document.querySelector('#status').textContent === location.href")


def test_on_a_phone_names_and_figures_can_be_chosen(show: Any, facts: Model) -> None:
    opened = show(facts, 390)
    opened.page.locator("#labels").select_option("figures")
    assert state_of(opened, "labels") == "figures"
    box = opened.page.locator("#labels").bounding_box()
    assert box and box["x"] > 0 and box["x"] + box["width"] < 390
    assert opened.overflow() == 0


@pytest.mark.parametrize("selected", ["", CLOSURES, "authority/cac", "penalty/closure"])
def test_the_turtle_says_nothing_that_the_graph_does_not_say(show: Any, facts: Model, graph: Graph, selected: str) -> None:
    found = export(show(facts, at=urlencode({"selected": selected})), "turtle")
    said = {(each.subject, each.predicate, each.object) for each in ox.parse(found, format=ox.RdfFormat.TURTLE)}
    known = {(each.subject, each.predicate, each.object) for each in graph.store}
    unknown = {(s, p, o) for s, p, o in said - known if not p.value.endswith(("#actor", "#partner"))}
    assert unknown == set()
    assert any(p.value.endswith("#quote") for _, p, _ in said)
    # A campaign's authorities may be told by its measures only: the picture draws them to the campaign.
    for s, p, o in said - known:
        assert any(q.predicate == p and q.object == o for q in graph.store if str(s.value).rpartition("/")[2] in str(q.subject))


def test_the_csv_holds_the_claims_of_the_selection(show: Any, facts: Model) -> None:
    opened = show(facts)
    every = list(csv.DictReader(io.StringIO(export(opened, "csv").decode("utf-8-sig"))))
    assert len(every) == len(facts["claims"])
    select(opened, CLOSURES)
    some = list(csv.DictReader(io.StringIO(export(opened, "csv").decode("utf-8-sig"))))
    node = next(each for each in facts["nodes"] if each["id"] == CLOSURES)
    assert {row["claim"] for row in some} == {facts["claims"][i]["id"] for i in node["claims"]}
    assert any(row["quote"] and row["publisher"] == "CCTV" for row in some)
