"""Every IRI of the graph leads to documents that hold its facts; what is no IRI leads nowhere."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.graph import Graph
from kg.server.things import MOST, SYNTAXES, Things, address, candidates, named
from kg.vocabulary import BASE
from tests.server.conftest import Serve, Server

MEDIA = [media for media, _ in SYNTAXES.values()]
WEIBO = "platform/weibo"


def ours(graph: Graph) -> list[str]:
    """All IRIs of the graph below the project's own."""
    quads = graph.store.quads_for_pattern(None, None, None, None)
    found = {term.value for quad in quads for term in (quad.subject, quad.predicate, quad.object) if isinstance(term, ox.NamedNode)}
    return sorted(iri for iri in found if iri.startswith(BASE))


def test_every_iri_of_the_graph_leads_to_its_document_in_every_syntax(graph: Graph) -> None:
    things = Things(graph)
    iris = ours(graph)
    assert len(iris) > 500
    for iri in iris:
        thing = things.find(candidates(iri.removeprefix(BASE).partition("#")[0]))
        assert thing is not None
        assert thing.value == iri.partition("#")[0]
        for suffix, (_, syntax) in SYNTAXES.items():
            made = things.written(address(thing.value), suffix)
            assert made is None if thing is None else made is not None
            if "#" not in iri:
                held = {str(quad.triple) for quad in ox.parse(made.body if made else b"", format=syntax)}
                assert {str(t) for t in things.document(thing).facts} <= held


@pytest.mark.parametrize("media", MEDIA)
def test_a_thing_leads_to_the_document_that_the_client_likes(media: str, server: Server) -> None:
    seen = server.ask(f"/{WEIBO}", Accept=f"{media}, */*;q=0.1")
    assert (seen.status, seen.headers["vary"]) == (303, "Accept")
    document = server.ask(seen.headers["location"])
    assert document.status == 200
    assert document.headers["content-type"].startswith(media)
    assert "微博" in document.text or "\\u" in document.text


def test_a_document_that_nobody_has_cannot_be_had(server: Server) -> None:
    for path in (
        "/platform/none",
        f"/data/{WEIBO}.exe",
        "/data/platform/none.ttl",
        "/data/.ttl",
        "/data/",
        "/..%2f..%2fetc/passwd",
        "//evil.example",
    ):
        assert server.ask(path).status == 404, path
    assert server.ask(f"/{WEIBO}", Accept="image/png").status == 406
    assert server.ask(f"/{WEIBO}", "DELETE").status == 405


def test_what_a_client_has_already_is_not_sent_again(server: Server) -> None:
    path = f"/data/{WEIBO}.ttl"
    first = server.ask(path)
    again = server.ask(path, If_None_Match=first.headers["etag"])
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert "content-security-policy" not in again.headers  # it would take the place of that of the page that the browser has
    zipped = server.ask(path, Accept_Encoding="gzip")
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.headers["etag"] != first.headers["etag"]
    assert len(zipped.body) < len(first.body)


def test_the_ontology_s_terms_stand_in_one_document(server: Server, graph: Graph) -> None:
    terms = [iri for iri in ours(graph) if iri.startswith(BASE + "ontology#")]
    text = server.ask("/data/ontology.nt").text
    assert [iri for iri in terms if f"<{iri}> " not in text and f"<{iri}>" not in text] == []


HOSTILE = [
    "x/a?b=c", "x/a%20b", "x/a%2Fb", "x/微博", "x/%E5%BE%AE", "x/../../etc/passwd", "x//y", "/x", "x/%0d%0aSet-Cookie:%20a=b",
    "x/'onmouseover=alert(1)", "x/a.ttl", "x/a", "data/x.ttl", "x/;b", "x/&amp;", "x/+", "x/a~b", "x/\u202e", "x/$(id)", "x/a:b@c",
]  # fmt: skip


@pytest.fixture(scope="module")
def hostile(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server over things whose IRIs would be paths, headers or scripts where anybody lets them."""
    file = tmp_path_factory.mktemp("hostile") / "graph.nt"
    lines = [
        f'<{BASE}{name}> <http://www.w3.org/2000/01/rdf-schema#label> "<script>alert({n})</script>"@en .\n'
        for n, name in enumerate(HOSTILE)
    ]
    lines.append(f'<{BASE}search> <http://x.example/p> "a page is called so" .\n')
    lines += [f"<{BASE}x/hub-{n}> <http://x.example/p> <{BASE}x/hub> .\n" for n in range(MOST + 5)]
    file.write_text("".join(lines), "utf-8")
    return serve(file)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_iri_is_a_thing_like_any_other(name: str, hostile: Server) -> None:
    seen = hostile.ask("/" + quote(name, safe="/:@!$&'()*+,;=~-._%?"), Accept="application/n-triples")
    if name.startswith("data/"):
        assert seen.status == 404  # where documents stand no thing can
        return
    assert seen.status == 303
    assert seen.headers["location"] == f"/data/{address(BASE + name)}.nt"
    assert "set-cookie" not in seen.headers
    document = hostile.ask(seen.headers["location"])
    assert document.status == 200
    assert f"<{BASE}{name}>" in document.text
    assert named(name) == BASE + name


def test_a_thing_that_is_called_like_a_page_is_told_in_the_log_and_has_documents(hostile: Server) -> None:
    assert [each["things"] for each in hostile.events("hidden")] == [["search"]]
    assert hostile.ask("/search", Accept="text/turtle").headers["content-type"].startswith("text/html")
    assert "a page is called so" in hostile.ask("/data/search.ttl").text


def test_a_thing_that_very_many_lead_to_says_where_they_all_are(hostile: Server) -> None:
    text = hostile.ask("/data/x/hub.nt").text
    assert text.count("<http://x.example/p>") == MOST
    assert "seeAlso> <https://w3id.org/enforcement-kg/sparql?query=" in text


def test_answers_carry_what_keeps_a_browser_safe_and_let_other_sites_read(server: Server) -> None:
    for path in ("/healthz", f"/{WEIBO}", f"/data/{WEIBO}.ttl", "/sparql?query=ASK%7B%7D", "/none"):
        headers = server.ask(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["access-control-allow-origin"] == "*"
    preflight = server.ask("/sparql", "OPTIONS", Origin="https://x.example", Access_Control_Request_Method="POST")
    assert preflight.status == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
