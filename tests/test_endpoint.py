"""A graph at a SPARQL endpoint answers as the same graph in a folder does; and what an endpoint may not do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

import kg
from kg import endpoint
from kg.cli import main
from kg.endpoint import Endpoint
from kg.errors import FormatError, KgError, QueryError, SourceError
from kg.formats import FORMATS
from kg.graph import Graph, canonical, open_graph
from kg.questions import questions
from kg.vocabulary import BASE, ENF
from tests.samples import with_rows
from tests.servers import Reply, Request, forwarded, told

CAMPAIGN = "cac-self-media-2023"
NAMED = "https://example.org/graphs/a graph".replace(" ", "%20")
JSON = {"Content-Type": "application/sparql-results+json"}
NT = {"Content-Type": "application/n-triples"}
ONE = b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"1"}}]}}'


@pytest.fixture(scope="module")
def graph(graph: Graph) -> Graph:
    """The shipped graph, and rows of a data set, so that every question has an answer."""
    return with_rows(graph)


@pytest.fixture(scope="module")
def address(oxigraph: str, graph: Graph) -> str:
    """The query endpoint of a real server that holds the shipped graph, in its default graph."""
    return kg.push(graph, f"{oxigraph}/store").url


@pytest.fixture
def remote(address: str) -> Graph:
    return open_graph(address)


@pytest.mark.parametrize("name", sorted(questions()))
def test_a_named_question_has_the_same_answer_there(name: str, remote: Graph, graph: Graph) -> None:
    here = kg.query(graph, name)
    there = kg.query(remote, name)
    assert (there.columns, list(there)) == (here.columns, list(here))
    assert here, f"{name} has no answer at all, so nothing was compared"


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?thing ?label WHERE { ?thing a enf:Platform ; rdfs:label ?label } ORDER BY ?thing ?label",
        "PREFIX : <https://w3id.org/enforcement-kg/ontology#> SELECT (COUNT(*) AS ?n) WHERE { ?claim a :Claim }",
        "PREFIX enf: <https://example.org/other#> SELECT ?x WHERE { ?x a enf:Claim }",
        "ASK { <platform/weibo> a enf:Platform }",
        "# SELECT or not, that is the question\nASK { ?x rdfs:label \"SELECT\" }",
        "SELECT ?x WHERE { ?x a enf:Measure FILTER(?x > <a#b>) } ORDER BY ?x",
        "SELECT ?a (1/0 AS ?nothing) ('two\\nlines \\u0007' AS ?text) WHERE { ?a a enf:Campaign } ORDER BY ?a",
    ],
)  # fmt: skip
def test_free_queries_have_the_same_answer_there(sparql: str, remote: Graph, graph: Graph) -> None:
    here, there = kg.query(graph, sparql), kg.query(remote, sparql)
    assert (there.columns, list(there)) == (here.columns, list(here))


@pytest.mark.parametrize(
    "form",
    [
        "CONSTRUCT { <platform/weibo> ?p ?o } WHERE { <platform/weibo> ?p ?o }",
        "DESCRIBE ?x WHERE { ?x enf:operator ?y }",
        "# what to SELECT\nPREFIX ask: <https://example.org/ask#> CONSTRUCT WHERE { ?x enf:operator ?y }",
    ],
)
def test_triples_are_asked_for_there(form: str, remote: Graph, graph: Graph) -> None:
    here, there = kg.query(graph, form), kg.query(remote, form)
    assert there.columns == ("subject", "predicate", "object")
    assert len(here) > 3
    assert sorted(map(str, there)) == sorted(map(str, here))


def test_why_and_totals_are_the_same_there(remote: Graph, graph: Graph) -> None:
    for term in ("measure/cac-self-media-2023/closures", "微信"):
        assert list(kg.why(remote, term)) == list(kg.why(graph, term)) != []
    measures = [row["measure"] for row in kg.query(graph, "SELECT ?measure WHERE { ?measure a enf:Measure ; enf:value ?n } LIMIT 1")]
    assert kg.total(remote, measures) == kg.total(graph, measures)


def test_a_comparison_is_the_same_there(remote: Graph, graph: Graph) -> None:
    here, there = kg.compare(graph, CAMPAIGN), kg.compare(remote, CAMPAIGN)
    assert there.sentences() == here.sentences() != []
    assert list(there) == list(here)
    assert kg.review(remote, CAMPAIGN, "A Desk") == kg.review(graph, CAMPAIGN, "A Desk")


@pytest.mark.parametrize("layer", ["facts", "claims"])
def test_a_view_is_the_same_there(layer: str, remote: Graph, graph: Graph) -> None:
    assert kg.view(remote, layer=layer).html == kg.view(graph, layer=layer).html


@pytest.mark.parametrize("suffix", [entry.suffix for entry in FORMATS if entry.of_graph])
def test_an_export_is_byte_for_byte_the_same_there(suffix: str, remote: Graph, graph: Graph, tmp_path: Path) -> None:
    kg.export(remote, tmp_path / f"there{suffix}")
    kg.export(graph, tmp_path / f"here{suffix}")
    assert (tmp_path / f"there{suffix}").read_bytes() == (tmp_path / f"here{suffix}").read_bytes()


def test_nothing_changed_between_a_graph_and_itself_there(remote: Graph, graph: Graph) -> None:
    assert kg.diff(graph, remote) == []


def test_a_graph_is_as_long_there_and_shows_where_it_is(remote: Graph, graph: Graph, address: str) -> None:
    assert (len(remote), repr(remote)) == (len(graph), f"<Graph at {address}>")
    assert len(remote.rdflib) == len(graph)


def test_the_address_names_the_graph_that_is_asked(oxigraph: str, graph: Graph) -> None:
    url = kg.push(graph, f"{oxigraph}/store", into=NAMED).url
    assert url == f"{oxigraph}/query?default-graph-uri={quote(NAMED, safe=':/')}"
    assert canonical(open_graph(url).store) == canonical(graph.store)
    with pytest.raises(SourceError, match="the graph is empty"):
        _ = open_graph(f"{oxigraph}/query?default-graph-uri=https://example.org/graphs/none").store


@pytest.mark.parametrize(
    "command",
    [
        ["query", "who-conducted", "--format", "csv"],
        ["query", "quotes", "-p", "source=source/dqindia-2023", "--format", "json"],
        ["why", "measure/cac-self-media-2023/closures"],
        ["compare", CAMPAIGN, "--format", "json"],
        ["review", CAMPAIGN, "--author", "A Desk"],
    ],
    ids=lambda command: command[0],
)
def test_a_command_prints_the_same_there(
    command: list[str], address: str, graph: Graph, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    kg.export(graph, tmp_path / "graph.nt")
    printed = []
    for where in (address, str(tmp_path / "graph.nt")):
        assert main([*command, "--graph", where]) == 0
        printed.append(capsysbinary.readouterr().out)
    assert printed[0] == printed[1] != b""


def test_a_query_that_is_wrong_is_refused_in_the_words_of_the_store(remote: Graph) -> None:
    with pytest.raises(QueryError, match=r"refused with 400 \(error at "):
        kg.query(remote, "SELECT ?x WHERE { ?x")


def test_an_update_is_not_even_sent() -> None:
    with told(lambda _: Reply()) as server, pytest.raises(QueryError, match="an endpoint is only read"):
        kg.query(open_graph(server.url), "DELETE WHERE { ?s ?p ?o }")
    assert server.asked == []


def test_a_question_asks_only_itself_and_the_whole_is_fetched_once(oxigraph: str, address: str) -> None:
    with told(lambda request: forwarded(request, oxigraph)) as server:
        remote = open_graph(f"{server.url}/query")
        assert server.asked == [], "opening alone asks nothing"
        kg.query(remote, "who-conducted")
        assert len(server.asked) == 1
        kg.compare(remote, CAMPAIGN)
        kg.view(remote)
        assert [request.form["query"][0][:9] for request in server.asked[1:]] == ["SELECT (C", "CONSTRUCT"]


def test_parameters_of_the_address_go_where_the_protocol_puts_them() -> None:
    with told(lambda _: Reply(headers=JSON, body=ONE)) as server:
        Endpoint(f"{server.url}/query?infer=false&default-graph-uri=https://e.org/g&key=a%26b").query("SELECT ?n WHERE {}")
    (request,) = server.asked
    assert request.parameters == {"infer": ["false"], "key": ["a&b"]}
    assert request.form == {"query": ["SELECT ?n WHERE {}"], "default-graph-uri": ["https://e.org/g"]}


def test_a_query_takes_with_it_the_prefixes_that_it_uses_and_does_not_declare() -> None:
    text = "PREFIX skos: <https://example.org/#> SELECT ?n WHERE { ?n a enf:Claim, skos:Concept }"
    with told(lambda _: Reply(headers=JSON, body=ONE)) as server:
        kg.query(open_graph(server.url), text)
    (sent,) = server.asked[0].form["query"]
    assert sent == f"BASE <{BASE}> PREFIX enf: <{ENF}> {text}"


NESTED = b"<http://a> <http://b> " + b"<<( <http://a> <http://b> " * 50_000 + b"<http://c>" + b" )>>" * 50_000 + b" .\n"
GARBAGE = {
    "a page": ({"Content-Type": "text/html"}, b"<!doctype html><h1>Welcome</h1>"),
    "no media type": ({}, ONE),
    "no JSON": (JSON, b"Welcome"),
    "nothing": (JSON, b""),
    "a list": (JSON, b"[]"),
    "rows that are none": (JSON, b'{"head":{"vars":["n"]},"results":{"bindings":"n"}}'),
    "a term that is none": (JSON, b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":1}]}}'),
    "an address that is none": (JSON, b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"uri","value":"a b"}}]}}'),
    "half of it": (JSON, ONE[:-9]),
    "a fault in the last row": (JSON, ONE.replace(b"}]", b'},{"n":{"type":"nonsense","value":"1"}}]')),
    "half a character": (JSON, ONE.replace(b'"1"', b'"\\ud83d"')),
    "terms inside terms": (JSON, ONE.replace(b'"1"', b'{"subject":' * 100_000 + b"1" + b"}" * 100_000)),
    "a statement as a value": (JSON, ONE.replace(b'"literal","value":"1"', b'"triple","value":{"subject":1}')),
}  # fmt: skip


def test_an_address_that_is_none_is_told_and_not_the_query_blamed() -> None:
    with pytest.raises(SourceError, match="no address"):
        kg.query(kg.open("http://[::1"), "sources")


@pytest.mark.parametrize("kind", GARBAGE)
def test_an_answer_that_cannot_be_read_is_refused_whole(kind: str) -> None:
    headers, body = GARBAGE[kind]
    with told(lambda _: Reply(headers=headers, body=body)) as server:
        with pytest.raises(FormatError, match=r"its answer cannot be read .*; is it a SPARQL 1\.1 query endpoint"):
            Endpoint(server.url).query("SELECT ?n WHERE {}")
        assert len(server.asked) == 1


@pytest.mark.parametrize("body", [b"<a> <b>", b"\xff", b"nonsense\n", NESTED], ids=["half", "no text", "nonsense", "nested"])
def test_triples_that_cannot_be_read_are_refused_whole(body: bytes) -> None:
    with told(lambda _: Reply(headers=NT, body=body)) as server, pytest.raises(FormatError, match="its answer cannot be read"):
        Endpoint(server.url).query("CONSTRUCT WHERE { ?s ?p ?o }")


def test_a_server_cannot_write_on_the_terminal() -> None:
    with told(lambda _: Reply(400, body=b"\x1b]0;owned\x07 no\n\n\nlines")) as server, pytest.raises(QueryError) as refused:
        Endpoint(server.url).query("ASK {}")
    assert "(]0;owned no lines)" in str(refused.value)
    assert str(refused.value).isprintable()


@contextmanager
def counting(number: int, triples: bytes) -> Iterator[Graph]:
    """The graph of a server that counts so many triples and gives those."""

    def respond(request: Request) -> Reply:
        is_count = "COUNT" in request.form["query"][0]
        return Reply(headers=JSON, body=ONE.replace(b'"1"', b'"%d"' % number)) if is_count else Reply(headers=NT, body=triples)

    with told(respond) as server:
        yield open_graph(server.url)


A_TRIPLE = b"<http://a> <http://b> <http://c> .\n"


def test_a_whole_that_was_cut_is_no_whole() -> None:
    with counting(1, A_TRIPLE) as graph:
        assert len(graph.store) == 1
    with counting(10_001, A_TRIPLE) as graph, pytest.raises(SourceError, match="10,001 triples were counted and 1 came; the store cuts"):
        _ = graph.store


def test_a_graph_too_large_to_fetch_is_not_fetched() -> None:
    with counting(endpoint.MOST + 1, A_TRIPLE) as graph, pytest.raises(SourceError, match=r"1,000,001 triples are more than the 1,000,000"):
        _ = graph.store


@pytest.mark.parametrize("number", [b'"many"', b'""'])
def test_a_store_that_cannot_count_is_refused(number: bytes) -> None:
    with told(lambda _: Reply(headers=JSON, body=ONE.replace(b'"1"', number))) as server, pytest.raises(KgError, match="cannot count"):
        len(open_graph(server.url))


def test_a_count_without_rows_or_of_another_kind_is_refused() -> None:
    for body in (b'{"head":{"vars":[]},"results":{"bindings":[]}}', b'{"head":{},"boolean":true}'):
        with told(lambda _, body=body: Reply(headers=JSON, body=body)) as server, pytest.raises(FormatError, match="cannot count"):  # type: ignore[misc]
            len(open_graph(server.url))
