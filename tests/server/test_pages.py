"""Pages for people: whole, small, without a script of anybody else's, in both languages, and every link leads somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote, urldefrag, urlsplit

import pyoxigraph as ox
import pytest

from kg.comparison.review import review
from kg.formats import FORMATS
from kg.graph import Graph, open_graph
from kg.pages import interface, languages
from kg.questions import questions
from kg.server import jobs
from kg.server.answers import Answer
from kg.server.finding import Names
from kg.server.kept import Pages, Shelf
from kg.server.reading import Reader
from kg.server.schema import DOWNLOADS, licence
from kg.server.things import Things, address
from kg.viewer.model import model
from kg.vocabulary import BASE
from tests.conftest import Opened, watch
from tests.server.conftest import Serve, Server
from tests.server.test_linked import ours

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PEOPLE = "text/html"
PLACES = [
    "/", "/search?q=weibo", "/questions", "/questions/quotes", "/sparql", "/downloads", "/page/measure/cac-self-media-2023/closures",
    "/page/platform/weibo", "/page/claim/investing-2023/false-news-items",
    "/page/ontology", "/page/shapes", "/page/penalty/closure", "/nothing", "/sparql?query=ASK%7B%7D&accept=text%2Fhtml",
]  # fmt: skip
COMPARED = ["/compare/cac-self-media-2023", "/compare/cac-self-media-2023/dqindia-2023"]
LARGEST = 100_000


class Links(HTMLParser):
    """The addresses that a page links to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attributes if name in ("href", "action", "src") and value}


def test_every_thing_has_a_page_of_modest_size(graph: Graph) -> None:
    pages = Pages(Things(graph))
    sizes = {}
    for iri in {iri.partition("#")[0] for iri in ours(graph)}:
        made = pages.thing(address(iri).replace("%25", "%"), "en", "")
        assert made is not None, iri
        sizes[iri] = len(made.body)
    assert len(sizes) > 500
    assert max(sizes.values()) <= LARGEST


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_speaks_the_reader_s_language_and_holds_its_own_policy(path: str, language: str, server: Server) -> None:
    reply = server.ask(path, Accept=PEOPLE, Accept_Language=f"{language};q=0.9, fr")
    assert f'<html lang="{language}">' in reply.text
    assert len(reply.body) <= LARGEST
    assert "Accept-Language" in reply.headers["vary"]
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', reply.text)
    assert "unsafe" not in policy
    assert "form-action 'self'" in unescape(policy)


def test_a_language_that_was_chosen_stays_chosen(server: Server) -> None:
    text = server.ask("/questions?lang=zh", Accept=PEOPLE, Accept_Language="en").text
    assert '<html lang="zh">' in text
    assert {link for link in Links(text).found if link.startswith("/questions/")} == {f"/questions/{name}?lang=zh" for name in questions()}
    assert server.ask("/platform/weibo?lang=zh", Accept=PEOPLE).headers["location"] == "/page/platform/weibo?lang=zh"


@pytest.mark.parametrize("name", questions())
def test_every_question_is_told_in_every_language_of_the_pages(name: str, server: Server) -> None:
    told = [questions(language)[name] for language in languages()]
    words = [[each.title, each.description, *(parameter.meaning for parameter in each.parameters)] for each in told]
    assert all(len(set(same)) == len(told) for same in zip(*words, strict=True))
    for language, each in zip(languages(), told, strict=True):
        page = unescape(server.ask(f"/questions/{name}?lang={language}").text)
        assert f"<h1>{each.title}</h1>" in page
        assert each.description in page
        assert all(parameter.meaning in page for parameter in each.parameters if parameter.name != "lang")
        assert each.title in server.ask(f"/questions?lang={language}").text


def test_what_a_download_holds_is_told_in_the_reader_s_language(server: Server) -> None:
    assert {each.holds for each in DOWNLOADS} == set(interface("zh")[1]["site"]["held"])
    assert "整个图谱，按行排序" in server.ask("/downloads?lang=zh").text


@pytest.mark.parametrize(
    ("language", "title"), [("en", "CCTV: 6.66万余, Accounts permanently closed"), ("zh", "CCTV：6.66万余，永久关闭账号")]
)
def test_a_claim_s_page_is_called_by_who_says_what(language: str, title: str, server: Server) -> None:
    text = server.ask(f"/page/claim/cctv-2023/closures?lang={language}").text
    assert f"<h1>{title}</h1>" in text
    assert f"<title>{title} · enforcement-kg</title>" in text


def test_every_link_of_the_main_pages_leads_somewhere(server: Server) -> None:
    found = set().union(*(Links(server.ask(path, Accept=PEOPLE).text).found for path in [*PLACES, *COMPARED]))
    places = {urldefrag(link)[0] for link in found if link.startswith("/") and not link.startswith("/downloads/")}
    assert len(places) > 100
    assert {place: reply.status for place in places if (reply := server.ask(place, Accept=PEOPLE)).status not in (200, 303)} == {}


def test_a_thing_s_page_shows_the_words_and_the_verdicts(server: Server) -> None:
    text = server.ask("/page/measure/cac-self-media-2023/closures").text
    for shown in (
        "Accounts permanently closed",
        "永久关闭账号",
        "账号6.66万余个",
        "more than 66,600 accounts",
        "relation dropped",
        ">reference<",
    ):
        assert shown in text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/page/none", 404), ("/compare/none", 404), ("/compare/cac-2021/none", 404), ("/view?campaign=none", 404),
        ("/view?around=none", 404), ("/questions/none", 404), ("/data/none.ttl", 404), ("/downloads/none", 404), ("/void", 406),
        ("/sparql?query=%ff", 400),
    ],
)  # fmt: skip
def test_people_read_what_went_wrong_on_a_page_and_programs_as_problem_details(path: str, status: int, server: Server) -> None:
    shown = server.ask(path, Accept="text/html", Accept_Language="zh")
    assert (shown.status, shown.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert 'lang="zh"' in shown.text
    told = server.ask(path, Accept="application/json")
    assert (told.status, told.headers["content-type"]) == (status, "application/problem+json")
    assert "Accept" in told.headers["vary"].split(", ")


@pytest.mark.parametrize("path", ["/api/questions/none", "/api/none", "/api/questions/sources?format=none", "/api/search?q=" + "a" * 101])
def test_the_api_tells_a_browser_problem_details_too(path: str, server: Server) -> None:
    reply = server.ask(path, Accept="text/html")
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json["status"] == reply.status >= 400


@pytest.mark.parametrize(
    ("words", "found"),
    [("weibo", "platform/weibo"), ("ｗｅｉｂｏ", "platform/weibo"), ("微博", "platform/weibo"), ("WEIBO sina", "platform/weibo")],
)
def test_a_thing_is_found_by_its_names(words: str, found: str, server: Server) -> None:
    reply = server.ask(f"/api/search?q={quote(words)}").json
    assert reply["found"][0]["iri"] == BASE + found
    assert f"/page/{found}" in server.ask(f"/search?q={quote(words)}").text


def test_what_is_called_exactly_so_comes_first_and_nothing_finds_nothing(graph: Graph) -> None:
    names = Names(graph)
    found = [each.name.casefold() for each in names.search("account")]
    nearness = [(name != "account", not name.startswith("account")) for name in found]
    assert nearness == sorted(nearness)
    assert len(set(nearness)) == 3
    assert names.search("   ") == names.search("no such name") == []
    assert len({each.iri for each in names.search("a")}) == len(names.search("a"))


@pytest.mark.parametrize("name", questions())
def test_every_question_is_a_form_with_an_answer_as_table_and_as_data(name: str, server: Server) -> None:
    page = server.ask(f"/questions/{name}")
    assert page.status == 200
    for parameter in questions()[name].parameters:
        assert (f'name="p.{parameter.name}"' in page.text) is (parameter.name != "lang")
    rows = server.ask(f"/api/questions/{name}").json
    assert isinstance(rows, list)
    assert f"{len(rows):,} row".replace(",", "") in page.text.replace(",", "")


def test_a_parameter_that_cannot_be_is_told_in_the_form(server: Server) -> None:
    [day, *_] = [each.name for each in questions()["claims-by-date"].parameters if each.type == "date"]
    reply = server.ask(f"/questions/claims-by-date?p.{day}=%3Cscript%3E")
    assert reply.status == 400
    assert "takes a value of type date" in reply.text
    assert 'value="&lt;script&gt;"' in reply.text
    assert server.ask("/questions/none", Accept=PEOPLE).status == 404
    assert server.ask("/api/questions/quotes?format=none").status == 400
    unknown = server.ask("/api/questions/quotes?campaign=cac-2021")
    assert (unknown.status, "p.campaign" in unknown.json["detail"]) == (400, True)
    assert server.ask("/api/questions/quotes?p.none=1").status == 400


def test_the_comparison_and_the_picture_stand_here_too(server: Server) -> None:
    for path in ("/compare/cac-self-media-2023", "/view", "/view?campaign=cac-self-media-2023&layer=claims"):
        first = server.ask(path, Accept_Encoding="gzip")
        assert first.status == 200
        assert server.ask(path, Accept_Encoding="gzip", If_None_Match=first.headers["etag"]).status == 304
    nowhere = ("/compare/none", f"{COMPARED[0]}/none", "/compare/cac-2021/tcit-2023", "/view?campaign=none", "/view?layer=none")
    for path in nowhere:
        assert server.ask(path).status == 404


@pytest.mark.parametrize("path", ["/compare/cac-self-media-2023", "/view?layer=claims"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_comparison_and_the_picture_lead_to_the_other_pages(path: str, language: str, server: Server) -> None:
    text = server.ask(f"{path}{'&' if '?' in path else '?'}lang={language}").text
    assert f'<html lang="{language}">' in text
    found = Links(text.partition("<main")[0]).found
    assert found >= {f"{place}?lang={language}" for place in ("/", "/questions", "/sparql", "/downloads")}
    other = f"/compare/cac-self-media-2023?lang={'en' if language == 'zh' else 'zh'}"
    assert (other in found) is path.startswith("/compare")  # the picture changes its language itself


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_comparison_and_all_its_evidence_is_small(language: str, server: Server) -> None:
    sizes: dict[str, int] = {}
    paths = {"/"}
    while paths:
        texts = {path: server.ask(f"{path}?lang={language}").text for path in paths}
        sizes |= {path: len(text.encode()) for path, text in texts.items()}
        links = {urlsplit(link).path for text in texts.values() for link in Links(text).found}
        paths = {link for link in links if link.startswith("/compare/")} - sizes.keys()
    assert len(sizes) > 40
    assert {path: size for path, size in sizes.items() if size > LARGEST} == {}


def test_a_thing_s_page_leads_to_the_picture_around_it_where_there_is_one(graph: Graph, server: Server) -> None:
    drawn = {node["id"] for layer in ("facts", "claims") for node in model(graph, layer=layer)["nodes"]}
    reader = Reader(Things(graph), "en")
    linked = {iri.removeprefix(BASE) for iri in ours(graph) if reader.read(ox.NamedNode(iri)).is_drawn}
    assert len(linked) > 200
    assert linked <= drawn
    link = f"/view?around={quote(BASE + 'measure/cac-self-media-2023/closures')}"
    assert link in unescape(server.ask("/page/measure/cac-self-media-2023/closures").text)
    assert server.ask(link).status == 200
    assert server.ask("/view?around=none").status == 404


@pytest.mark.parametrize("entry", [each for each in FORMATS if each.of_graph], ids=lambda each: each.name)
def test_the_whole_graph_can_be_had_in_every_format(entry: object, server: Server, graph: Graph) -> None:
    from kg.formats import Format

    assert isinstance(entry, Format)
    reply = server.ask(f"/downloads/enforcement-kg{entry.suffix}")
    assert (reply.status, reply.headers["content-type"].partition(";")[0]) == (200, entry.media_type)
    assert entry.of_graph is not None
    assert reply.body == entry.of_graph(graph)


def test_the_service_and_the_data_set_describe_themselves(server: Server, graph: Graph) -> None:
    for path in ("/sparql", "/void", "/.well-known/void"):
        reply = server.ask(path, Accept="application/n-triples", Host="graph.example")
        triples = {str(quad.triple) for quad in ox.parse(reply.body, format=ox.RdfFormat.N_TRIPLES)}
        assert any("<http://rdfs.org/ns/void#sparqlEndpoint> <http://graph.example/sparql>" in each for each in triples)
        assert any(f'"{len(graph)}"' in each for each in triples)
        assert any(f"<http://purl.org/dc/terms/license> <{licence(graph)}>" in each for each in triples)
        assert any("sparql-service-description#endpoint" in each for each in triples) is (path == "/sparql")
        for name in ("SPARQL_Results_JSON", "Turtle", "TriG", "N-Quads"):
            assert any(f"#resultFormat> <http://www.w3.org/ns/formats/{name}>" in each for each in triples) is (path == "/sparql")
    forged = server.ask("/void", Host="evil.example/><script>")
    assert "evil" not in forged.text


def blocks(text: str) -> list[Any]:
    """The blocks of JSON-LD in a page, as a browser ends them."""
    return [json.loads(each) for each in re.findall(r'<script type="application/ld\+json">(.*?)</script', text, re.S | re.I)]


def test_search_engines_read_of_the_data_set_and_its_downloads(server: Server, graph: Graph) -> None:
    for language in ("en", "zh"):
        [found] = blocks(server.ask(f"/?lang={language}").text)
        assert (found["@context"], found["@type"]) == ("https://schema.org", "Dataset")
        assert found["license"] == licence(graph)
        files = {each["contentUrl"]: each["encodingFormat"] for each in found["distribution"]}
        assert files == {f"/downloads/enforcement-kg{each.suffix}": each.media_type for each in FORMATS if each.of_graph}


def test_search_engines_read_of_the_verdicts_on_a_claim_where_it_has_any(server: Server, graph: Graph) -> None:
    name = "claim/investing-2023/false-news-items"
    [found] = blocks(server.ask(f"/page/{name}").text)
    [same] = [each for each in review(graph, "cac-news-anchors-2023", "enforcement-kg", BASE)["@graph"] if name in each["@id"]]
    assert found == {"@context": "https://schema.org"} | same
    [chinese] = blocks(server.ask(f"/page/{name}?lang=zh").text)
    assert chinese["reviewRating"]["ratingValue"] == found["reviewRating"]["ratingValue"]
    assert chinese["reviewBody"] != found["reviewBody"]
    assert blocks(server.ask("/page/platform/weibo").text) == []


def test_what_search_engines_read_cannot_end_its_block(folder: Path, tmp_path: Path) -> None:
    evil, name = "</script><script>alert(1)</script><!--&\u2028", "claim/investing-2023/false-news-items"
    text = (folder / "graph.nt").read_text("utf-8")
    (tmp_path / "graph.nt").write_text(text.replace('"Investing.com"', json.dumps(evil)), "utf-8")
    arguments = {"name": name, "language": "en", "keep": ""}
    made = jobs.answer(open_graph(tmp_path / "graph.nt"), {"job": "reviewed", "arguments": arguments})
    [found] = blocks(made.body.decode())
    assert found["itemReviewed"]["author"]["name"] == evil


def test_the_interface_is_what_its_description_says(server: Server) -> None:
    document = server.ask("/openapi.json").json
    assert document["openapi"].startswith("3.1")
    for path, item in document["paths"].items():
        reply = server.ask(path.replace("{name}", "campaigns"))
        schema = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert reply.headers["content-type"] == "application/json"
        assert {"array": list, "object": dict}[schema["type"]] is type(reply.json)
        assert all(name in reply.json for name in schema.get("required", ()))


def test_old_pages_make_room_for_new_ones() -> None:
    shelf = Shelf()
    for number in range(6):
        shelf[str(number),] = Answer(200, "", b"x" * 2**25)
    assert list(shelf) == [("2",), ("3",), ("4",), ("5",)]


Visit = Callable[..., Opened]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Go to a page in a fresh window."""
    contexts = []

    def visited(server: Server, path: str, width: int = 1440, scheme: Literal["light", "dark"] = "light", **options: bool) -> Opened:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)  # type: ignore[arg-type]
        contexts.append(context)
        found = Opened(context.new_page())
        watch(found)
        found.page.goto(f"http://127.0.0.1:{server.port}{path}")
        return found

    yield visited
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", [*(path for path in PLACES if path != "/nothing"), *COMPARED])
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_a_page_is_accessible_and_quiet_at_every_width(
    path: str, width: int, scheme: Literal["light", "dark"], server: Server, visit: Visit
) -> None:
    opened = visit(server, path, width, scheme, bypass_csp=True)
    assert opened.faults() == []
    assert opened.overflow() <= 0
    plain = visit(server, path, width, scheme)
    assert plain.complaints == []
    assert [urlsplit(each).path for each in plain.requests[1:]] == (["/assets/codemirror.min.js"] if path.startswith("/sparql") else [])


_BROKEN = """() => [...document.querySelectorAll(".scroll :is(td, th)")].flatMap(cell => {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
  for (let text; text = texts.nextNode();) for (const word of text.data.matchAll(/[\\w.+]+/g)) {
    const range = document.createRange();
    range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
    if (range.getClientRects().length > 1 && word[0].length < 40 && !cell.querySelector("a[rel]")) found.push(word[0]);
  }
  return found;
})"""


@pytest.mark.parametrize(
    "path", ["/", "/downloads", *(f"/questions/{name}" for name in ("campaigns", "quotes", "sources", "data-periods"))]
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_word_or_number_of_a_table_is_broken_in_a_narrow_window(path: str, language: str, server: Server, visit: Visit) -> None:
    opened = visit(server, f"{path}?lang={language}", 390)
    assert opened.page.evaluate(_BROKEN) == []
    assert opened.overflow() <= 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_of_campaigns_fits_a_narrow_window(language: str, server: Server, visit: Visit) -> None:
    table = visit(server, f"/?lang={language}", 390).page.locator(".scroll")
    assert table.evaluate("each => each.scrollWidth - each.clientWidth") == 0
    assert table.get_by_role("row").count() > 5


@pytest.mark.parametrize("path", ["/page/platform/weibo", "/sparql", "/view"])
def test_a_page_that_is_visited_again_is_as_whole_as_before(path: str, server: Server, visit: Visit) -> None:
    opened = visit(server, path)
    with opened.page.expect_response(lambda reply: urlsplit(reply.url).path == path):
        opened.page.goto(f"http://127.0.0.1:{server.port}{path}")
    opened.page.locator("#theme").click()
    assert opened.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert opened.complaints == []


@pytest.mark.parametrize("width", [390, 1440])
def test_the_evidence_of_a_figure_is_fetched_when_it_is_asked_for(width: int, server: Server, visit: Visit) -> None:
    opened = visit(server, f"{COMPARED[0]}?lang=zh", width)
    assert len(opened.requests) == 1
    figure = opened.page.locator(".cell:visible", has_text="roughly 930,000")
    figure.click()
    dialog = opened.page.locator("dialog[open]")
    assert "roughly 930,000 additional accounts" in dialog.locator("blockquote").first.inner_text()
    assert dialog.get_attribute("aria-label") == dialog.locator("h2").inner_text()
    assert [urlsplit(each)[2:4] for each in opened.requests[1:]] == [(COMPARED[1], "lang=zh")]
    assert (opened.overflow(), opened.complaints) == (0, [])
    opened.page.keyboard.press("Escape")
    assert figure.evaluate("e => e === document.activeElement")


def test_a_figure_whose_evidence_does_not_come_leads_to_its_page_as_without_script(server: Server, visit: Visit) -> None:
    for script in (True, False):
        page = visit(server, COMPARED[0], java_script_enabled=script).page
        page.route("**/dqindia-2023", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())
        page.locator(".cell:visible", has_text="roughly 930,000").click()
        page.wait_for_url(f"**{COMPARED[1]}#lesser-penalties")
        assert "roughly 930,000 additional accounts" in page.locator("section:target").inner_text()


def test_without_script_a_narrow_window_shows_the_table(server: Server, visit: Visit) -> None:
    opened = visit(server, COMPARED[0], 390, java_script_enabled=False)
    assert opened.page.locator(".matrix table").is_visible()
    assert opened.page.locator(".cards > *").count() == 0


def test_search_and_forms_work_without_script(server: Server, visit: Visit) -> None:
    page = visit(server, "/?lang=zh", java_script_enabled=False).page
    page.get_by_role("searchbox").fill("微博")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="微博").first.click()
    page.wait_for_url("**/page/platform/weibo?lang=zh")
    assert page.locator("h1").inner_text() == "微博"
    page.goto(f"http://127.0.0.1:{server.port}/sparql")
    page.locator("textarea").fill("SELECT ?x { ?x a enf:Campaign }")
    with page.expect_navigation():
        page.get_by_role("button", name="Ask").click()
    assert page.locator("tbody tr").count() > 5


def test_no_script_of_the_data_s_runs_on_any_page(serve: Serve, visit: Visit, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"
    file = tmp_path / "graph.nt"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    terms = [(f"<{BASE}x/a>", label, f"{json.dumps(evil)}@en"), (f"<{BASE}x/a>", f"<{BASE}ontology#url>", "<javascript:alert(3)>")]
    terms += [
        (f"<{BASE}x/a>", f"<{BASE}ontology#source>", f"<{BASE}x/'onmouseover='alert(4)>"),
        (f"<{BASE}x/a>", f"<{BASE}ontology#quote>", json.dumps(evil)),
    ]
    file.write_text("".join(f"{' '.join(term)} .\n" for term in terms), "utf-8")
    server = serve(file)
    query, sent = quote("SELECT * { ?s ?p ?o }"), quote(evil)
    for path in (
        "/page/x/a", "/", f"/search?q={sent}", "/search?q=script", f"/sparql?query={query}&accept=text/html", f"/{sent}",
        f"/sparql?accept=text/html&query={sent}", f"/questions/{sent}", f"/questions/quotes?p.source={sent}",
    ):  # fmt: skip
        opened = visit(server, path)
        assert [each for each in opened.complaints if "Failed to load resource" not in each] == [], path
        assert {urlsplit(each).path for each in opened.requests[1:]} <= {"/assets/codemirror.min.js"}
        assert opened.page.locator("[onerror], [onmouseover], a[href^='javascript']").count() == 0
        assert "49" not in opened.page.locator("main").inner_text() or "7*7" in opened.page.locator("main").inner_text()
