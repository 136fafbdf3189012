"""The page of an article in a real browser: whole, quiet, safe, readable by all, each figure beside its claim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.extraction.model import Extraction
from kg.extraction.proposals import propose
from kg.extraction.proposals.page import page
from kg.extraction.proposals.sources import Known
from kg.graph import Graph
from kg.vocabulary import vocabulary
from tests.comparison.test_page import PAYLOADS
from tests.conftest import Open, Opened
from tests.extraction.test_proposals import META, chinese, english, figure

if TYPE_CHECKING:
    from playwright.sync_api import Locator

SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"


def written(extraction: Extraction, graph: Graph, title: str = "") -> str:
    known = Known(graph)
    return page(propose(extraction, META, known, vocabulary()), extraction, known, vocabulary(), title)


def card(opened: Opened, number: int) -> Locator:
    return opened.page.locator(f".claim:has(#claim-{number})")


def many() -> Extraction:
    """One paragraph with forty figures."""
    text = " ".join(f"In district {number}, the regulator closed 9{number:02} social media accounts over rumours." for number in range(40))
    return Extraction(text, "en", tuple(figure(text, f"9{n:02} social media accounts", f"9{n:02}", 900 + n) for n in range(40)))


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("extraction", [english(), chinese()], ids=["en", "zh"])
def test_the_page_is_quiet_fits_and_is_readable_by_all(
    extraction: Extraction, scheme: str, width: int, graph: Graph, open_page: Open
) -> None:
    opened = open_page(written(extraction, graph), width, scheme)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    opened.page.screenshot(path=SCREENSHOTS / f"article-{extraction.language}-{width}-{scheme}.png", full_page=True)
    assert (opened.requests, opened.complaints, opened.overflow(), opened.faults()) == ([], [], 0, [])


def test_the_same_proposal_gives_the_same_page(graph: Graph) -> None:
    assert written(english(), graph) == written(english(), graph)


def test_all_of_the_text_stands_there_with_each_figure_marked_and_numbered(graph: Graph, open_page: Open) -> None:
    opened = open_page(written(english(), graph))
    assert opened.page.locator(".marked mark").all_inner_texts() == [each.quote for each in english().figures]
    assert opened.page.locator(".marked sup").evaluate_all("all => all.map(each => each.lastChild.textContent.trim())") == ["1", "2", "3"]
    opened.page.evaluate("document.querySelectorAll('.passage sup').forEach(each => each.remove())")
    assert opened.page.locator(".passage").all_text_contents() == [line for line in english().text.splitlines() if line]


@pytest.mark.parametrize(("width", "beside"), [(1440, True), (390, False)])
def test_claims_stand_beside_their_paragraph_and_on_a_phone_below_it(width: int, beside: bool, graph: Graph, open_page: Open) -> None:
    opened = open_page(written(english(), graph), width)
    passage, claim = (opened.page.locator(each).first.bounding_box() for each in (".passage", ".claim"))
    assert passage and claim
    assert (claim["x"] >= passage["x"] + passage["width"]) is beside
    assert (claim["y"] >= passage["y"] + passage["height"]) is not beside


def test_a_figure_leads_to_its_claim_and_back_without_a_script(graph: Graph, open_page: Open) -> None:
    opened = open_page(written(english(), graph), java_script_enabled=False)
    opened.page.locator("#figure-1").click()
    opened.page.wait_for_url("**#claim-1")
    assert opened.page.locator("#claim-1 dl").is_visible()
    card(opened, 1).locator(".number").click()
    opened.page.wait_for_url("**#figure-1")


def test_a_claim_is_a_line_until_it_is_opened_but_for_one_with_doubts(graph: Graph, open_page: Open) -> None:
    opened = open_page(written(english(), graph))
    assert [opened.page.locator(f"#claim-{number} dl").is_visible() for number in (1, 2, 3)] == [False, True, False]
    assert "account · permanent closure" in card(opened, 1).inner_text()
    opened.page.locator(".claim summary").first.focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#claim-1 dl").is_visible()
    assert opened.faults() == []


def test_paper_shows_every_claim_whole(graph: Graph, open_page: Open) -> None:
    opened = open_page(written(many(), graph))
    opened.page.emulate_media(media="print")
    assert (card(opened, 40).inner_text().count("comparator"), opened.overflow()) == (1, 0)
    inner, outer = (opened.page.evaluate(f"document.querySelector('.beside').{name}Height") for name in ("scroll", "client"))
    assert inner == outer


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_claims_of_a_long_paragraph_stay_beside_it_and_follow_the_figure_that_is_selected(
    graph: Graph, open_page: Open, scheme: str
) -> None:
    opened = open_page(written(many(), graph), scheme=scheme)
    passage, beside = (opened.page.locator(each).bounding_box() for each in (".passage", ".beside"))
    assert passage and beside
    assert beside["height"] <= max(900, passage["height"])
    for number in (33, 8):
        opened.page.locator(f"#figure-{number}").click()
        for place in (f"#figure-{number}", f"#claim-{number} dl"):
            opened.page.wait_for_function(f"""() => {{
                const place = document.querySelector("{place}").getBoundingClientRect()
                return place.height && place.top >= 0 && place.bottom <= innerHeight }}""")
    assert (opened.overflow(), opened.faults()) == (0, [])


def test_claims_of_a_long_paragraph_are_lines_below_it_on_a_phone(graph: Graph, open_page: Open) -> None:
    opened = open_page(written(many(), graph), 390)
    inner, outer = (opened.page.evaluate(f"document.querySelector('.beside').{name}Height") for name in ("scroll", "client"))
    assert inner == outer < 40 * 100
    assert (opened.overflow(), opened.faults()) == (0, [])


def test_a_claim_tells_its_slots_in_both_languages_its_whole_and_its_doubts(graph: Graph, open_page: Open) -> None:
    opened = open_page(written(english(), graph))
    part = card(opened, 2)
    told = part.inner_text()
    for words in ("Nearly 300", "under", "permanent closure 永久关闭", "streamer", "the unit stands in the sentence before"):
        assert words in told
    assert part.locator("a[href='#claim-1']").count() == 1


def test_a_chinese_article_has_a_chinese_page_with_english_beside(graph: Graph, open_page: Open) -> None:
    opened = open_page(written(chinese(), graph))
    assert opened.page.locator("html").get_attribute("lang") == "zh"
    opened.page.locator("#figure-1").click()
    assert "over 927,000 accounts" in card(opened, 1).inner_text()
    assert "dealt with" in opened.page.locator("#claim-1 [lang=en]").all_inner_texts()


def test_what_is_to_be_filled_in_is_told_in_the_pages_language(graph: Graph) -> None:
    known = Known(graph)
    shown = page(propose(chinese(), {}, known, vocabulary()), chinese(), known, vocabulary())
    assert "请填写:</span> <span>publisher，即发布者的名称</span>" in shown
    assert "fill in" not in shown


def test_a_text_without_figures_says_so(graph: Graph, open_page: Open) -> None:
    assert "No figure was found" in open_page(written(Extraction("Nothing to count.", "en"), graph)).page.locator("main").inner_text()


def test_figures_that_overlap_leave_the_text_whole(graph: Graph, open_page: Open) -> None:
    text = "It shut 59,322 out of 59,350 accounts."
    found = (figure(text, "59,322 out of 59,350 accounts", "59,322", 59_322), figure(text, "59,350 accounts", "59,350", 59_350))
    opened = open_page(written(Extraction(text, "en", found), graph))
    opened.page.evaluate("document.querySelectorAll('.passage sup').forEach(each => each.remove())")
    assert opened.page.locator(".passage").text_content() == text


def test_no_string_of_a_text_becomes_markup(graph: Graph, open_page: Open) -> None:
    text = "\n".join(f"It shut 9{payload!r} accounts. {payload}" for payload in PAYLOADS)
    found = tuple(
        replace(figure(text, "9", "9", 9, start=at), doubts=(payload,), clause=(0, len(text)))
        for at, payload in zip((i for i, c in enumerate(text) if c == "9"), PAYLOADS, strict=False)
    )
    opened = open_page(written(Extraction(text, "en", found), graph, PAYLOADS[0]))
    assert (opened.requests, opened.complaints) == ([], [])
    assert opened.page.evaluate("typeof pwned") == "undefined"
    assert opened.page.locator("main :is(img, svg, iframe, form, script, style, base, meta, math)").count() == 0
    shown = opened.page.locator("main").text_content() or ""
    assert all(" ".join(payload.split()) in " ".join(shown.split()) for payload in PAYLOADS)
