"""The page that asks in SPARQL: an editor that colours and completes, a plain field without it, and results that are only text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from kg.graph import Graph
from kg.vocabulary import BASE
from tests.conftest import Opened, watch
from tests.server.conftest import Serve, Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

LIBRARY, TERMS = "/assets/codemirror.min.js", "/api/terms"
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{7*7}}"
Edit = Callable[..., Opened]


@pytest.fixture
def edit(browser: Browser) -> Iterator[Edit]:
    """Go to the page in a fresh window."""
    contexts = []

    def opened(server: Server, path: str = "/sparql", locale: str = "en", **options: bool) -> Opened:
        context = browser.new_context(locale=locale, **options)  # type: ignore[arg-type]
        contexts.append(context)
        found = Opened(context.new_page())
        watch(found)
        found.page.goto(f"http://127.0.0.1:{server.port}{path}")
        return found

    yield opened
    for context in contexts:
        context.close()


def written(opened: Opened, text: str) -> Locator:
    """The editor, after ``text`` was typed over what stood in it."""
    editor = opened.page.locator(".cm-content")
    editor.press("Control+a")
    if text.isascii():
        editor.press_sequentially(text)
    else:
        opened.page.keyboard.insert_text(text)
    return editor


def asked(opened: Opened, query: str) -> None:
    """Put the query in the place of what stands in the editor, and ask."""
    editor = written(opened, query)
    editor.press("Escape")
    with opened.page.expect_navigation():
        editor.press("Control+Enter")


def test_the_editor_colours_the_query_without_a_word_against_the_policy(server: Server, edit: Edit) -> None:
    opened = edit(server)
    colours = opened.page.locator(".cm-line span").evaluate_all("spans => spans.map(s => [s.textContent, getComputedStyle(s).color])")
    told = dict(map(tuple, colours))
    assert len({told["SELECT"], told["?publisher"], told["enf:text"]}) == 3
    assert opened.page.locator("textarea").is_hidden()
    assert opened.complaints == []
    assert opened.faults() == []


def test_what_is_typed_is_asked_and_stands_there_with_its_answer(server: Server, edit: Edit) -> None:
    opened = edit(server)
    asked(opened, "SELECT ?x { ?x a enf:Campaign }")
    assert parse_qs(urlsplit(opened.page.url).query)["query"] == ["SELECT ?x { ?x a enf:Campaign }"]
    assert opened.page.locator("tbody tr").count() > 5
    assert opened.page.get_by_role("textbox", name="Query").inner_text() == "SELECT ?x { ?x a enf:Campaign }"
    assert opened.complaints == []


def test_a_query_that_is_too_long_for_an_address_is_asked_all_the_same(server: Server, edit: Edit) -> None:
    opened = edit(server, "/sparql?lang=zh")
    query = f"SELECT ?x {{ ?x a enf:Campaign }} #{'微' * 20_000}"
    asked(opened, query)
    assert urlsplit(opened.page.url).query == "lang=zh"
    assert opened.page.locator("html").get_attribute("lang") == "zh"
    assert opened.page.locator("tbody tr").count() > 5
    assert opened.page.locator("textarea").input_value() == query
    assert opened.complaints == []


@pytest.mark.parametrize(
    ("typed", "shown", "put"),
    [
        ("enf:Campai", "enf:Campaign", "enf:Campaign"), ("enf:subj", "enf:subject", "enf:subject"), ("sko", "skos:", "skos:"),
        ("permanent clos", "permanent closure", "<penalty/closure>"), ("永久关", "永久关闭", "<penalty/closure>"),
    ],
)  # fmt: skip
def test_terms_prefixes_and_codes_are_completed_by_name_and_by_label(typed: str, shown: str, put: str, server: Server, edit: Edit) -> None:
    opened = edit(server, locale="zh" if not typed.isascii() else "en")
    editor = written(opened, typed)
    option = opened.page.get_by_role("option").filter(has_text=shown).first
    option.click()
    assert editor.inner_text() == put
    assert opened.complaints == []
    assert [urlsplit(each).path for each in opened.requests] == ["/sparql", LIBRARY, TERMS]


@pytest.mark.parametrize("query", ["SELECT ?enf:Camp", '"enf:Camp', "# enf:Camp"])
def test_nothing_is_completed_in_names_of_variables_strings_and_comments(query: str, server: Server, edit: Edit) -> None:
    opened = edit(server)
    editor = written(opened, "enf:Camp")
    opened.page.get_by_role("option").first.wait_for()
    written(opened, query)
    editor.press("Control+ ")
    opened.page.wait_for_timeout(500)
    assert opened.page.get_by_role("option").count() == 0
    assert editor.inner_text().startswith(query)


def test_without_its_library_the_plain_field_is_there(server: Server, edit: Edit) -> None:
    page = edit(server).page
    page.route(f"**{LIBRARY}", lambda route: route.abort())
    page.reload()
    page.locator("textarea").fill("SELECT ?x { ?x a enf:Campaign }")
    with page.expect_navigation():
        page.get_by_role("button", name="Ask").click()
    assert page.locator("tbody tr").count() > 5


def test_the_words_are_those_of_the_graph(server: Server, graph: Graph) -> None:
    told = server.ask(TERMS).json
    labels = {each["iri"]: {label["value"] for label in each["labels"]} for each in told["terms"]}
    assert labels[f"{BASE}penalty/closure"] >= {"permanent closure", "永久关闭"}
    assert labels[f"{BASE}ontology#Campaign"]
    assert told["prefixes"]["enf"] == f"{BASE}ontology#"
    first = server.ask(TERMS)
    assert server.ask(TERMS, If_None_Match=first.headers["etag"]).status == 304


def test_the_library_is_small_on_its_way_and_comes_once(server: Server) -> None:
    first = server.ask(LIBRARY, Accept_Encoding="gzip")
    assert first.headers["content-type"].startswith("text/javascript")
    assert len(first.body) < 120_000
    assert server.ask(LIBRARY, Accept_Encoding="gzip", If_None_Match=first.headers["etag"]).status == 304


@pytest.fixture(scope="module")
def hostile(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server over a graph whose every text would be a script if it could."""
    file = tmp_path_factory.mktemp("hostile") / "graph.nt"
    label, text = "<http://www.w3.org/2000/01/rdf-schema#label>", json.dumps(EVIL)
    a, kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<http://www.w3.org/2002/07/owl#Class>"
    evil = f"<{BASE}x/'onmouseover='alert(3)>"
    facts = [f"{evil} {label} {text}@en", f"{evil} {a} {kind}", f"{evil} <{BASE}ontology#url> <javascript:alert(4)>"]
    facts.append(f"{evil} <{BASE}ontology#text> {text}^^<javascript:alert(5)>")
    facts.append(f"_:b <{BASE}ontology#text> {text}")
    file.write_text("".join(f"{fact} .\n" for fact in facts), "utf-8")
    return serve(file)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "DESCRIBE ?s { ?s a ?kind }", "ASK {}",
        f"SELECT (STR({json.dumps(EVIL)}) AS ?x) {{}}", "SELECT (<<( ?s ?p ?o )>> AS ?t) { ?s ?p ?o }",
        "SELECT (<javascript:alert(1)> AS ?x) (STRLANG('<b>', 'en-\"x') AS ?y) {}", EVIL, f"SELECT * {{}} # {EVIL}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("script", [True, False], ids=["editor", "plain"])
def test_whatever_a_result_holds_is_shown_as_text(query: str, script: bool, hostile: Server, edit: Edit) -> None:
    opened = edit(hostile, f"/sparql?accept=text/html&query={quote(query)}", java_script_enabled=script)
    assert [each for each in opened.complaints if "Failed to load resource" not in each] == []
    assert opened.page.locator("main img, main script, [onerror], [onmouseover], a[href^='javascript' i]").count() == 0
    assert opened.page.locator("tbody td").count() > 0 or opened.page.get_by_role("alert").count() == 1
    if "?o }" in query and "<<" not in query:
        assert EVIL in opened.page.locator("table").inner_text()


@pytest.mark.parametrize("media", ["text/csv", "application/sparql-results+json", "application/sparql-results+xml"])
def test_results_as_data_are_no_page_to_a_browser(media: str, hostile: Server) -> None:
    reply = hostile.ask(f"/sparql?accept={quote(media)}&query={quote('SELECT * { ?s ?p ?o }')}")
    assert reply.headers["content-type"].startswith(media)
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in reply.headers["content-security-policy"]


def test_a_label_that_would_be_a_script_is_completed_as_text(hostile: Server, edit: Edit) -> None:
    opened = edit(hostile)
    written(opened, "script")
    option = opened.page.get_by_role("option").first
    option.wait_for()
    assert EVIL in option.inner_text()
    option.click()
    assert opened.complaints == []
    assert opened.page.locator("img").count() == 0
