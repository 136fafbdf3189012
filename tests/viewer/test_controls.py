"""How the graph view is shown can be changed: language, labels, what is folded, movement, table, theme."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from tests.viewer.windows import (
    CLOSURES,
    FOLDED,
    OPENED,
    Model,
    double_click,
    fragment,
    label,
    select,
    shown_ids,
    state_of,
    svg,
)


def test_the_language_changes_every_label_and_word(show: Any, facts: Model) -> None:
    opened = show(facts)
    select(opened, CLOSURES)
    opened.page.locator("#language").select_option("zh")
    assert opened.page.locator("html").get_attribute("lang") == "zh"
    assert opened.page.locator("h1").inner_text() == facts["title"]["zh"]
    assert opened.page.locator("#panel h2").inner_text() == label(facts, CLOSURES, "zh")
    assert "永久关闭账号" in "".join(svg(opened).itertext())
    words = opened.page.locator("body").inner_text()
    assert not re.search(r"\b(Filters|Table|Zoom|claims|Light|Select|links|Undo|reference)\b", words)


def test_labels_can_be_names_or_figures_or_nothing(show: Any, facts: Model) -> None:
    opened = show(facts)
    texts = {}
    for choice in ("all", "names", "figures", "none"):
        opened.page.locator("#labels").select_option(choice)
        texts[choice] = "".join(svg(opened).itertext())
    assert {choice for choice, text in texts.items() if "66,600" in text} == {"all", "figures"}
    assert {choice for choice, text in texts.items() if "permanent closure" in text} == {"all", "names"}


def test_a_double_click_unfolds_and_folds(show: Any, facts: Model) -> None:
    opened = show(facts)
    children = {node["id"] for node in facts["nodes"] if node.get("parent") == OPENED}
    assert children <= shown_ids(opened)
    double_click(opened, OPENED)
    assert not children & shown_ids(opened)
    opened.page.locator("#expand").click()
    assert children <= shown_ids(opened)
    opened.page.locator("#canvas").focus()
    opened.page.keyboard.press("Space")
    assert not children & shown_ids(opened)


def test_what_unfolds_stands_beside_what_held_it_and_covers_nothing_and_all_goes_back(show: Any, facts: Model) -> None:
    opened = show(facts)
    heights = "Object.fromEntries([...View.shown().nodes].map(id => [id, View.renderer.positions(id).y]))"
    before = opened.page.evaluate(heights)
    double_click(opened, FOLDED)
    after = opened.page.evaluate(heights)
    children = [node["id"] for node in facts["nodes"] if node.get("parent") == FOLDED]
    assert children
    assert max(abs(after[child] - after[FOLDED]) for child in children) < 44 * len(children)
    columns: dict[float, list[float]] = {}
    for node in facts["nodes"]:
        if node["id"] in after:
            columns.setdefault(node["x"], []).append(after[node["id"]])
    assert min(other - one for column in columns.values() for one, other in pairwise(sorted(column))) > 43.9
    opened.page.keyboard.press("Escape")
    assert opened.page.evaluate(heights) == before


def test_escape_undoes_one_step_at_a_time(show: Any, facts: Model) -> None:
    opened = show(facts)
    opened.page.locator("[data-class=Platform]").click()
    select(opened, CLOSURES)
    select(opened, OPENED)
    steps = []
    for _ in range(4):
        steps.append((state_of(opened, "selected"), state_of(opened, "hidden")))
        opened.page.keyboard.press("Escape")
    assert steps == [(OPENED, ["Platform"]), (CLOSURES, ["Platform"]), ("", ["Platform"]), ("", [])]


def test_arrow_keys_go_from_node_to_node(show: Any, facts: Model) -> None:
    opened = show(facts, at=urlencode({"selected": CLOSURES}))
    opened.page.locator("#canvas").focus()
    rows = {node["id"]: (node["x"], node["y"]) for node in facts["nodes"]}
    opened.page.keyboard.press("ArrowDown")
    below = state_of(opened, "selected")
    assert rows[below][0] == rows[CLOSURES][0]
    assert rows[below][1] > rows[CLOSURES][1]
    opened.page.keyboard.press("ArrowUp")
    assert state_of(opened, "selected") == CLOSURES
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.closest('#panel') !== null")


def test_it_moves_only_when_asked_and_stops_and_goes_back(show: Any, facts: Model) -> None:
    opened = show(facts)
    place = f"JSON.stringify(View.renderer.positions('{CLOSURES}'))"
    first = opened.page.evaluate(place)
    opened.page.locator("#move").click()
    opened.page.wait_for_function(f"{place} !== {first!r}")
    opened.page.locator("#move").click()
    assert opened.page.locator("#move").get_attribute("aria-pressed") == "false"
    opened.page.locator("#fit").click()
    node = next(each for each in facts["nodes"] if each["id"] == CLOSURES)
    assert opened.page.evaluate(f"View.renderer.positions('{CLOSURES}').y") == node["y"]


def test_the_table_holds_what_the_picture_shows_and_works_by_keyboard(show: Any, facts: Model) -> None:
    opened = show(facts)
    nodes, edges = shown_ids(opened), shown_ids(opened, "edge")
    opened.page.locator("#table-button").focus()
    opened.page.keyboard.press("Enter")
    rows = "e => e.map(each => each.dataset.row)"
    assert set(opened.page.locator("#table-nodes tbody tr").evaluate_all(rows)) == nodes
    assert set(opened.page.locator("#table-edges tbody tr").evaluate_all(rows)) == edges
    opened.page.locator(f"#table-nodes [data-select='{CLOSURES}']").focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#panel h2").inner_text() == label(facts, CLOSURES)
    assert opened.page.locator("#table tr[aria-selected=true]").first.get_attribute("data-row") == CLOSURES
    help_ = opened.page.locator(f"#{opened.page.locator('#canvas').get_attribute('aria-describedby')}")
    assert "Table" in (help_.text_content() or "")


def test_the_theme_button_repaints_the_picture(show: Any, facts: Model) -> None:
    opened = show(facts)
    light = opened.page.locator("#canvas").screenshot()
    opened.page.locator("#theme").click()
    assert fragment(opened, "theme=dark")
    assert opened.page.locator("#canvas").screenshot() != light
