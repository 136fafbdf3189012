"""The W3C's tests of the SPARQL 1.1 Protocol, read where they stand and never copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from tests.server.conftest import Reply, Serve, Server

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
SUITE = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "sparql11-protocol"
GRAPHS = "http://kasei.us/2009/09/sparql/data"
TABULAR = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"}
RDF = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}


def manifest() -> Graph:
    graph = Graph()
    if (SUITE / "manifest.ttl").is_file():
        graph.parse(SUITE / "manifest.ttl")
    return graph


SUITES = manifest()
TESTS = [each for head in SUITES.objects(None, MF.entries) for each in Collection(SUITES, head)]
NAMES = [str(each).rpartition("#")[2] for each in TESTS]
pytestmark = pytest.mark.skipif(not TESTS, reason="the W3C's tests are not beside this checkout; they are read where present, never copied")


@pytest.fixture(scope="module")
def suite(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server over the suite's three graphs."""
    file = tmp_path_factory.mktemp("w3c") / "suite.nq"
    lines = ((SUITE / f"data{n}.nt").read_text("utf-8").strip().removesuffix(".") + f"<{GRAPHS}/data{n}.rdf> .\n" for n in (1, 2, 3))
    file.write_text("".join(lines), "utf-8")
    return serve(file)


def requests(test: Node) -> Iterator[Node]:
    action = SUITES.value(test, MF.action)
    yield from Collection(SUITES, SUITES.value(action, HT.requests))  # type: ignore[arg-type]


def sent(server: Server, request: Node) -> Reply:
    """The request as the manifest writes it, with this server's path."""
    path = str(SUITES.value(request, HT.absolutePath)).replace("/sparql/", "/sparql", 1)
    body, headers = SUITES.value(request, HT.body), SUITES.value(request, HT.headers)
    text = str(SUITES.value(body, CNT.chars)).encode(str(SUITES.value(body, CNT.characterEncoding))) if body else None
    named = (
        {str(SUITES.value(h, HT.fieldName)): str(SUITES.value(h, HT.fieldValue)) for h in Collection(SUITES, headers)} if headers else {}
    )
    return server.ask(path, str(SUITES.value(request, HT.methodName)), text, **named)


def expected(request: Node, name: str) -> set[str]:
    return {str(each).rpartition("#")[2] for each in SUITES.objects(SUITES.value(request, HT.resp), MF[name])}


def is_as_expected(reply: Reply, request: Node) -> bool:
    """Whether status, format and truth value are what the test asks for."""
    media = reply.headers.get("content-type", "").partition(";")[0]
    formats = {"boolean": TABULAR, "tabular": TABULAR, "RDF": RDF}
    right = f"StatusCode{reply.status // 100}xx" in expected(request, "expectedStatus")
    right &= all(media in formats[each] for each in expected(request, "expectedFormat"))
    return right and all(reply.json["boolean"] is (each == "true") for each in expected(request, "expectedBoolean"))


def of_kind(kind: str) -> list[Node]:
    malformed = {name: name.startswith("bad_") for name in NAMES}
    return [
        t for t, name in zip(TESTS, NAMES, strict=True) if malformed[name] == (kind[:4] == "bad_") and kind.removeprefix("bad_") in name
    ]


@pytest.mark.parametrize("test", [*of_kind("quer"), *of_kind("bad_")], ids=lambda test: str(test).rpartition("#")[2])
def test_queries_are_answered_and_malformed_requests_refused(test: URIRef, suite: Server) -> None:
    for request in requests(test):
        reply = sent(suite, request)
        assert is_as_expected(reply, request), (reply.status, reply.headers, reply.body[:300])


@pytest.mark.parametrize("test", of_kind("update"), ids=lambda test: str(test).rpartition("#")[2])
def test_valid_updates_are_refused_and_change_nothing(test: URIRef, suite: Server) -> None:
    count = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    first = next(requests(test))
    assert sent(suite, first).status == 403
    assert suite.sparql(count).json["results"]["bindings"][0]["n"]["value"] == "3"


def test_the_whole_suite_is_here() -> None:
    assert [len(of_kind(kind)) for kind in ("quer", "bad_quer", "update", "bad_update")] == [13, 7, 7, 7]
