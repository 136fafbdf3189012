"""What is selected in the graph view shows its claims, by mouse, by keyboard and on a phone."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from tests.viewer.windows import CLOSURES, OPENED, SVG, Model, edge_place, label, place_of, select, svg


def test_a_click_on_a_node_shows_its_claims_with_their_evidence(show: Any, facts: Model) -> None:
    opened = show(facts)
    select(opened, CLOSURES)
    node = next(each for each in facts["nodes"] if each["id"] == CLOSURES)
    assert opened.page.locator("#panel h2").inner_text() == node["label"]["en"]
    assert opened.page.locator("#panel .claim").count() == len(node["claims"])
    first = opened.page.locator("#panel .claim").first
    assert first.locator(".tag").inner_text() == "reference"
    assert first.locator("mark").inner_text() == first.locator(".figure").inner_text()
    assert first.locator(".why").inner_text().startswith("Why? Reference:")
    verdict = opened.page.locator("#panel .verdict", has_text="relation dropped").first
    verdict.locator("summary").click()
    kind = next(each for each in facts["kinds"] if each["id"] == "relation-dropped")
    assert verdict.locator("p").inner_text() == kind["definition"]["en"]
    assert verdict.locator(".sign").inner_text() == kind["icon"]
    links = opened.page.locator("#panel a").all()
    assert links
    assert all((link.get_attribute("href") or "").startswith(("http://", "https://")) for link in links)
    assert {link.get_attribute("rel") for link in links} == {"noopener noreferrer"}


def test_neighbours_stay_lit_and_the_rest_fades(show: Any, facts: Model) -> None:
    opened = show(facts)
    select(opened, CLOSURES)
    paths = [each for each in svg(opened).iter(f"{SVG}path") if each.get("data-node")]
    lit = {each.get("data-node") for each in paths if each.get("fill-opacity") == "1"}
    near = {each["from"] for each in facts["edges"] if each["to"] == CLOSURES} | {
        each["to"] for each in facts["edges"] if each["from"] == CLOSURES
    }
    assert lit == near | {CLOSURES}
    assert len(paths) > len(lit)


def test_a_click_on_a_link_shows_what_it_says(show: Any, facts: Model) -> None:
    opened = show(facts)
    opened.page.mouse.click(*edge_place(opened, f"{OPENED} campaign {CLOSURES}"))
    assert opened.page.locator("#panel h2").inner_text() == f"{label(facts, OPENED)} → {label(facts, CLOSURES)}"
    assert opened.page.locator("#panel > header .figure").inner_text() == "over 66,600"


def test_a_neighbour_named_in_the_panel_leads_on(show: Any, facts: Model) -> None:
    opened = show(facts)
    select(opened, CLOSURES)
    opened.page.locator("#panel .linked summary").click()
    opened.page.locator("#panel .near button", has_text="permanent closure").first.click()
    assert opened.page.locator("#panel h2").inner_text() == "permanent closure"
    assert opened.page.evaluate("document.activeElement.localName") == "h2"


def test_a_click_on_nothing_selects_nothing(show: Any, facts: Model) -> None:
    opened = show(facts)
    select(opened, CLOSURES)
    opened.page.mouse.click(*place_of(opened, 6, 300))
    assert opened.page.locator("#panel").is_hidden()


def test_on_a_phone_the_evidence_is_a_sheet_at_the_bottom_and_what_is_selected_stays_in_sight(show: Any, facts: Model) -> None:
    opened = show(facts, 390, at=urlencode({"selected": CLOSURES}))
    panel, canvas = opened.page.locator("#panel").bounding_box(), opened.page.locator("#canvas").bounding_box()
    assert panel and canvas
    assert (panel["x"], panel["width"]) == (0, 390)
    assert panel["y"] >= canvas["y"] + canvas["height"]
    opened.page.wait_for_function(
        """([id, high]) => {
            const { x, y } = View.renderer.positions(id);
            const place = View.renderer.toScreen(x, y);
            return place.y > 0 && place.y < high && place.x > 0 && place.x < 390;
        }""",
        arg=[CLOSURES, canvas["height"]],
    )
