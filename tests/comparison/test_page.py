"""The comparison as a page, in a real browser: whole, quiet, safe, readable by all, and with its evidence."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.comparison import Comparison, compare
from kg.comparison.matrix import matrix
from kg.comparison.page import page, sourced, teller
from kg.graph import Graph
from kg.vocabulary import BASE
from tests.conftest import Open, Opened

CAMPAIGN = "cac-self-media-2023"
SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
PAYLOADS = (
    "</script><script>pwned=1</script>", "<script>pwned=1</script>", "<img src=x onerror=pwned=1>", "<svg/onload=pwned=1>",
    "\"><img src=x onerror='pwned=1'>", "' onclick='pwned=1", '" onmouseover="pwned=1', "javascript:pwned=1", "JaVaScRiPt:pwned=1",
    '<a href="javascript:pwned=1">href</a>', "href", "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>", "${pwned=1}",
    "{{ pwned }}", "{% raw %}", "{{ 7*7 }}", "{0.__class__}", "{}", "%s%n", "`${alert(1)}`", "</template><script>pwned=1</script>",
    "</style><script>pwned=1</script>", "</title><script>pwned=1</script>", "</table></div></main>", "<!-- comment", "--> out",
    "<![CDATA[ x ]]>", "&lt;script&gt;pwned=1&lt;/script&gt;", "&amp;amp;", "&#x3c;script&#x3e;", "line\u2028two\u2029three",
    "\u202egnirts desrever", "\\u003cscript\\u003e", "\\';pwned=1;//", '");pwned=1;//', "<base href='https://example.org/'>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>", "<form action=https://example.org><button>go",
    "url(javascript:pwned=1)", "red;}body{display:none", "<math><mtext><style><img src=x onerror=pwned=1>", "\ud7ff\U0001f9ea é 数 \u0301",
)  # fmt: skip
# Left as they are: what is parsed as a number or date, and the templates of sentences, which are the ontology's own.
KEPT = ("sentence", "value", "min", "max", "severity", "order", "faithful", "saidEarliest", "saidLatest", "rank")
ADDRESSES = ("url", "archive")


@pytest.fixture(scope="module")
def comparison(graph: Graph) -> Comparison:
    return compare(graph, CAMPAIGN)


@pytest.fixture(scope="module")
def html(comparison: Comparison) -> str:
    return page(comparison)


def hostile(graph: Graph) -> Comparison:
    """The shipped comparison with an attack in every text, address and colour, and quotes in the names of claims."""
    payloads, store = cycle(PAYLOADS), ox.Store()

    def spoilt(term: Any, name: str) -> Any:
        if isinstance(term, ox.Literal) and name not in KEPT:
            return ox.Literal(next(payloads), language=term.language) if term.language else ox.Literal(next(payloads))
        if isinstance(term, ox.NamedNode) and name in ADDRESSES:
            return ox.NamedNode(next(addresses))
        if isinstance(term, ox.NamedNode) and term.value.startswith(f"{BASE}claim/"):
            return ox.NamedNode(f"{term.value}'onclick='pwned=1'&quot;")
        return term

    addresses = cycle(("javascript:pwned=1", "data:text/html,<b>pwned</b>".replace("<", "%3C").replace(">", "%3E"), "vbscript:pwned"))
    for quad in sorted(graph.store, key=str):
        name = quad.predicate.value.rpartition("#")[2]
        store.add(ox.Quad(spoilt(quad.subject, ""), quad.predicate, spoilt(quad.object, name)))
    found = compare(Graph(store), CAMPAIGN)
    cells = [replace(cell, details=tuple(replace(each, sentence=next(payloads)) for each in cell.details)) for cell in found]
    return Comparison(found.campaign, cells, found.words, found.world, "2023<b>")


def texts(opened: Opened) -> str:
    """All text of a page: shown, to be shown in the dialog, and in titles and names."""
    found: str = opened.page.evaluate(
        """() => [document, ...[...document.querySelectorAll('template')].map(t => t.content)].flatMap(root =>
        [root.textContent ?? document.body.textContent, ...[...root.querySelectorAll('[title], [aria-label]')].flatMap(
            e => [e.title, e.ariaLabel])]).join('\\n') + document.title + document.body.textContent"""
    )
    return found


def evidence_of(opened: Opened, words: str) -> Any:
    """The dialog after a click on the first shown cell with these words."""
    opened.page.locator(".cell:visible", has_text=words).first.click()
    return opened.page.locator("dialog[open]")


def test_the_page_asks_for_nothing_and_complains_of_nothing(html: str, open_page: Open) -> None:
    opened = open_page(html)
    opened.page.locator("#theme").click()
    evidence_of(opened, "hundreds of thousands")
    assert (opened.requests, opened.complaints) == ([], [])


def test_the_same_comparison_gives_the_same_page(comparison: Comparison, html: str, graph: Graph) -> None:
    assert page(compare(graph, CAMPAIGN)) == html


def test_every_cell_of_the_comparison_stands_on_the_page_once_in_each_view(comparison: Comparison, html: str, open_page: Open) -> None:
    opened = open_page(html)
    names = "e => e.map(each => each.hash)"
    in_table = opened.page.locator(".scroll tbody .cell").evaluate_all(names)
    in_cards = opened.page.locator(".cards dl .cell").evaluate_all(names)
    besides = opened.page.locator(".besides .cell").evaluate_all(names)
    assert sorted(in_table) == sorted(in_cards)
    assert len(set(in_table + besides)) == len(in_table + besides) == len(comparison)
    assert opened.page.locator("template[id^=cell]").count() == len(comparison)


def test_the_reference_row_stands_first_with_a_figure_for_each_measure_that_has_one(
    comparison: Comparison, html: str, open_page: Open
) -> None:
    opened = open_page(html)
    assert opened.page.locator(".references .cell").count() == len(matrix(comparison).references)
    assert "over 1,410,900" in opened.page.locator(".references").inner_text()


def test_the_table_is_a_table_with_headers_for_rows_and_columns(comparison: Comparison, html: str, open_page: Open) -> None:
    opened, grid = open_page(html), matrix(comparison)
    assert opened.page.get_by_role("columnheader").count() == len(grid.measures) + 1
    assert opened.page.locator("tbody th[scope=row]").count() == len(grid.sources)
    assert opened.page.locator(".scroll tbody td").count() == len(grid.measures) * len(grid.sources)


def test_every_sentence_stands_there_to_be_quoted(comparison: Comparison, html: str, open_page: Open) -> None:
    opened = open_page(html, permissions=["clipboard-read", "clipboard-write"])
    told = opened.page.locator(".sentences li p").all_text_contents()
    assert sorted(told) == sorted(comparison.sentences())
    opened.page.locator(".sentences [data-copy]").first.click()
    opened.page.locator("#status", has_text="Copied").wait_for(state="attached")
    assert opened.page.evaluate("navigator.clipboard.readText()") == told[0]


def test_a_sentence_opens_the_evidence_of_its_own_source(html: str, open_page: Open) -> None:
    opened = open_page(html)
    for item in opened.page.locator(".sentences details[open] li").all():
        sentence = item.locator("p").inner_text()
        item.locator("a").click()
        assert sentence in opened.page.locator("dialog[open] .verdicts").inner_text()
        opened.page.keyboard.press("Escape")


def test_a_click_on_a_figure_shows_both_quotes_with_the_words_that_differ_marked(html: str, open_page: Open) -> None:
    opened = open_page(html)
    dialog = evidence_of(opened, "roughly 930,000")
    own, reference = dialog.locator(".side").all()
    assert "roughly 930,000 additional accounts" in own.locator("blockquote").inner_text()
    assert own.locator("mark").all_text_contents() == ["roughly 930,000 additional"]
    assert reference.locator("blockquote").get_attribute("lang") == "zh"
    assert reference.locator(".gloss mark").all_text_contents() == ["more than 927,600"]
    assert [link.inner_text() for link in reference.locator(".links a").all()] == ["archive copy", "web address"]
    assert all(link.get_attribute("href").startswith("https://") for link in dialog.locator("a").all())
    assert "relation differs" in dialog.locator(".verdicts").inner_text()


def test_a_restated_claim_says_that_it_has_no_quote(html: str, open_page: Open) -> None:
    dialog = evidence_of(open_page(html), "hundreds of thousands")
    assert "there is no quote" in dialog.locator(".side").first.inner_text()
    assert dialog.locator(".side").first.locator("blockquote").count() == 0


def test_a_judgement_stands_beside_the_verdict_that_it_overrules(html: str, open_page: Open) -> None:
    judgement = evidence_of(open_page(html), "Nearly 8,000").locator(".judgement").inner_text()
    assert "violation differs" in judgement
    assert "enforcement-kg editors" in judgement
    assert "a second word for the rumours" in judgement


def test_what_a_whole_source_leaves_out_is_set_beside_the_reference(html: str, open_page: Open) -> None:
    own, reference = evidence_of(open_page(html), "says nothing").locator(".side").all()
    assert "does not say it" in own.inner_text()
    assert reference.locator(".figure").inner_text()


def test_the_keyboard_opens_closes_and_comes_back(html: str, open_page: Open) -> None:
    opened = open_page(html)
    cell = opened.page.locator(".scroll tbody .cell").first
    cell.focus()
    opened.page.keyboard.press("Enter")
    dialog = opened.page.locator("dialog")
    assert dialog.evaluate("e => e.open && e.contains(document.activeElement)")
    opened.page.keyboard.press("Escape")
    assert not dialog.evaluate("e => e.open")
    assert cell.evaluate("e => e === document.activeElement")
    opened.page.keyboard.press("Enter")
    opened.page.locator("#close").click()
    assert cell.evaluate("e => e === document.activeElement")


def test_headers_stay_in_sight_while_the_matrix_scrolls(html: str, open_page: Open) -> None:
    opened = open_page(html)
    opened.page.locator(".scroll").evaluate("e => { e.scrollTop = 300; e.scrollLeft = 300 }")
    box = opened.page.locator(".scroll").bounding_box()
    head, side = (opened.page.locator(each).last.bounding_box() for each in (".scroll thead", ".scroll tbody th[scope=row]"))
    assert box and head and side
    assert abs(head["y"] - box["y"]) < 3
    assert abs(side["x"] - box["x"]) < 3


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_fits_and_shuts_nobody_out(graph: Graph, open_page: Open, width: int, scheme: Any, language: str) -> None:
    opened = open_page(page(compare(graph, CAMPAIGN, language=language)), width, scheme)
    assert opened.page.locator("html").get_attribute("lang") == language
    assert opened.page.locator(".scroll").is_visible() is (width > 720)
    assert opened.page.locator(".cards").is_visible() is (width <= 720)
    assert (opened.overflow(), opened.faults()) == (0, [])
    if language == "en":
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        opened.page.screenshot(path=SCREENSHOTS / f"compare-{width}-{scheme}.png", full_page=True)
    evidence_of(opened, "930,000")
    assert (opened.overflow(), opened.faults()) == (0, [])


def test_the_button_changes_between_light_and_dark(html: str, open_page: Open) -> None:
    opened = open_page(html)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = opened.page.evaluate(ground)
    opened.page.locator("#theme").click()
    dark = opened.page.evaluate(ground)
    opened.page.locator("#theme").click()
    assert light == opened.page.evaluate(ground) != dark
    assert open_page(html, scheme="dark").page.evaluate(ground) == dark


def test_print_shows_the_cards_unfolded_and_no_buttons(html: str, open_page: Open) -> None:
    opened = open_page(html)
    opened.page.emulate_media(media="print")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.page.locator("details:not([open])").count() == 0
    assert not opened.page.locator(".scroll").is_visible()
    assert opened.page.locator(".cards .cell").last.is_visible()
    assert opened.page.locator(".quiet:visible").count() == 0
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.page.locator("details:not([open])").count() > 0


def test_an_attack_in_every_text_is_shown_as_text_and_does_nothing(graph: Graph, html: str, open_page: Open) -> None:
    plain, opened = open_page(html), open_page(page(hostile(graph)))
    assert len(PAYLOADS) >= 40
    assert [payload for payload in PAYLOADS if payload not in texts(opened)] == []
    for cell in opened.page.locator(".cell:visible").all()[:40]:
        cell.click()
        opened.page.keyboard.press("Escape")
    assert opened.page.evaluate("typeof pwned") == "undefined"
    assert (opened.requests, opened.complaints) == ([], [])
    elements = """[...new Set([document, ...[...document.querySelectorAll('template')].map(t => t.content)].flatMap(
        root => [...root.querySelectorAll('*')].flatMap(e => [e.localName, ...e.getAttributeNames()])))].sort()"""
    assert set(opened.page.evaluate(elements)) <= set(plain.page.evaluate(elements))
    assert opened.page.locator("script").count() == plain.page.locator("script").count()
    links = elements.replace("'*'", "'[href]'").replace("[e.localName, ...e.getAttributeNames()]", "e.getAttribute('href')")
    assert [each for each in opened.page.evaluate(links) if not each.startswith("#cell-")] == ["#main", "data:,"]
    assert "javascript:pwned=1" not in plain.page.evaluate(links) and len(plain.page.evaluate(links)) > 10
    assert (opened.overflow(), opened.faults()) == (0, [])


def test_a_figure_of_a_site_leads_to_its_own_place_on_the_page_of_its_source(graph: Graph, comparison: Comparison, html: str) -> None:
    hrefs, places = re.compile(r'<a class="cell[^"]*" href="([^"]*)"'), re.compile(r'<section id="([^"]*)"')
    for found in (comparison, hostile(graph)):
        made = page(found, here="/compare/it", keep="?lang=en")
        assert '<template id="cell' not in made
        there = {
            f"/compare/it/{teller(source)}?lang=en#{quote(unescape(name))}"
            for source in {cell.source for cell in found}
            for name in places.findall(sourced(found.of(source), "/compare/it", "?lang=en"))
        }
        assert set(map(unescape, hrefs.findall(made))) == there
        assert len(there) == len(found)


def test_the_evidence_on_a_page_of_its_own_is_that_of_the_dialog(comparison: Comparison, html: str) -> None:
    beside = "".join(sourced(comparison.of(source), "/compare/it", "") for source in {cell.source for cell in comparison})
    ended = r"<{0}[^>]*>\s*(<h2>.*?)\s*</{0}>\s*(?=<{0}|</main|<script)"
    shown, told = (re.compile(ended.format(name), re.S) for name in ("template", "section"))
    assert sorted(shown.findall(html)) == sorted(told.findall(beside))
    assert len(shown.findall(html)) == len(comparison)


def test_the_kinds_colours_reach_the_page_as_classes_only(html: str, open_page: Open) -> None:
    assert not re.search(r"\sstyle=|\son[a-z]+=", html)
    opened = open_page(html)
    colours = opened.page.locator(".legend .sign").evaluate_all("e => e.map(each => getComputedStyle(each).color)")
    assert len(set(colours)) > 3


@pytest.mark.parametrize("campaign", ["cac-2021", "roskomnadzor-2022", "cac-qinglang"])
def test_a_campaign_with_little_to_compare_has_a_page_too(graph: Graph, open_page: Open, campaign: str) -> None:
    found = compare(graph, campaign)
    opened = open_page(page(found))
    assert opened.page.locator("h1").inner_text() == found.title
    assert opened.page.locator("template[id^=cell]").count() == len(found) > 0
    assert (opened.complaints, opened.faults()) == ([], [])


def test_the_page_says_what_figures_are_held_against_and_as_of_when(graph: Graph, open_page: Open) -> None:
    opened = open_page(page(compare(graph, CAMPAIGN, reference="tcit-2023", as_of="2023-06")))
    note = opened.page.locator(".note").inner_text()
    assert "TCIT" in note
    assert "2023-06" in note
    assert "primary" not in note
