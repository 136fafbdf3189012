"""Search, filters, legend and timeline of the graph view leave what they say."""

from __future__ import annotations

from typing import Any

import pytest

from tests.viewer.windows import CLOSURES, FOLDED, OPENED, Model, shown_ids, state_of


@pytest.mark.parametrize("text", ["accounts permanently cl", "永久关闭账", "ＡＣＣＯＵＮＴＳ　ＰＥＲＭ"])
def test_search_finds_labels_in_both_languages_by_keyboard(show: Any, facts: Model, text: str) -> None:
    opened = show(facts)
    opened.page.locator("#search").fill(text)
    options = opened.page.locator("#suggestions [role=option]")
    assert options.first.is_visible()
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.locator("#search").get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    opened.page.keyboard.press("Enter")
    assert state_of(opened, "selected") == CLOSURES
    assert opened.page.locator("#suggestions").is_hidden()


def test_search_unfolds_what_it_finds_and_says_when_it_finds_nothing(show: Any, facts: Model) -> None:
    folded = next(node for node in facts["nodes"] if node.get("parent") == FOLDED)
    opened = show(facts)
    assert folded["id"] not in shown_ids(opened)
    opened.page.locator("#search").fill(folded["label"]["en"])
    opened.page.locator("#suggestions [role=option]").first.click()
    assert folded["id"] in shown_ids(opened)
    opened.page.locator("#search").fill("no such thing")
    assert opened.page.locator("#suggestions").inner_text() == "Nothing found"
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#search").input_value() == ""


@pytest.mark.parametrize(("filter_", "of"), [("verdicts", "kinds"), ("penalties", "penalty"), ("sources", "source")])
def test_a_filter_leaves_only_links_with_a_claim_that_passes(show: Any, facts: Model, filter_: str, of: str) -> None:
    opened = show(facts)
    before = shown_ids(opened, "edge")
    opened.page.locator("#filter-button").click()
    group = opened.page.locator(f"[data-group={filter_}]")
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    box = group.locator("input").first
    chosen = box.get_attribute("value")
    box.check()
    passing = {i for i, claim in enumerate(facts["claims"]) if chosen in (claim.get(of, []) if of == "kinds" else [claim.get(of)])}
    claims = {f"{edge['from']} {edge['property']} {edge['to']}": set(edge.get("claims", [])) for edge in facts["edges"]}
    left = shown_ids(opened, "edge")
    assert left < before
    assert left
    assert all(not claims[edge] or claims[edge] & passing for edge in left)
    assert opened.page.locator("#filter-count").inner_text() == "1"
    opened.page.locator("#reset-filters").click()
    assert shown_ids(opened, "edge") == before


def test_the_years_filter_what_happened_then(show: Any, facts: Model) -> None:
    opened = show(facts)
    opened.page.locator("#filter-button").click()
    opened.page.locator("[data-filter=from]").select_option("2024")
    years = {node["id"]: node.get("years", []) for node in facts["nodes"]}
    left = shown_ids(opened)
    assert left
    assert OPENED not in left
    assert all(not years[node] or max(years[node]) >= 2024 for node in left)


def test_the_legend_hides_a_class_and_shows_it_again(show: Any, facts: Model) -> None:
    opened = show(facts)
    platforms = {node["id"] for node in facts["nodes"] if node["class"] == "Platform"}
    before = shown_ids(opened)
    chip = opened.page.locator("[data-class=Platform]")
    chip.click()
    assert chip.get_attribute("aria-pressed") == "false"
    assert shown_ids(opened) == before - platforms != before
    chip.click()
    assert shown_ids(opened) == before


def test_the_legend_filters_by_verdict_where_verdicts_are_drawn(show: Any, tellings: Model) -> None:
    opened = show(tellings)
    opened.page.locator("[data-kind=value-differs]").click()
    assert state_of(opened, "verdicts") == ["value-differs"]
    claims = {claim["id"]: claim.get("kinds", []) for claim in tellings["claims"]}
    left = [node for node in shown_ids(opened) if node in claims]
    assert left
    assert all("value-differs" in claims[node] for node in left)


def test_a_bar_of_the_timeline_shows_that_campaign_only(show: Any, facts: Model) -> None:
    opened = show(facts)
    bar = opened.page.locator(f"[data-campaign='{FOLDED}']")
    bar.focus()
    opened.page.keyboard.press("Enter")
    assert bar.get_attribute("aria-pressed") == "true"
    parents = {node["id"]: node.get("parent") for node in facts["nodes"] if node["class"] in ("Campaign", "Measure")}
    left = shown_ids(opened) & set(parents)
    assert left == {FOLDED} | {node for node, parent in parents.items() if parent == FOLDED}
    bar.focus()
    opened.page.keyboard.press("Enter")
    assert OPENED in shown_ids(opened)
