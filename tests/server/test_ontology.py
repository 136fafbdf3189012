"""The ontology's documentation: every term, shape and concept, in both languages, at its own address."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from kg import resources
from kg.graph import Graph
from kg.questions import query
from kg.server import screens
from kg.server.reading import Reader, Reading
from kg.server.things import SHAPES, SYNTAXES, Things
from kg.vocabulary import BASE
from tests.server.conftest import Server


def reading(graph: Graph, name: str, language: str = "en") -> Reading:
    return Reader(Things(graph), language).read(ox.NamedNode(BASE + name))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_term_has_its_names_its_meaning_and_its_use(graph: Graph, language: str) -> None:
    terms = {term.name: term for term in reading(graph, "ontology", language).terms}
    declared = query(graph, "SELECT ?t { ?t rdfs:isDefinedBy ?o }")
    assert {row["t"].rpartition("#")[2] for row in declared} == set(terms)
    assert all({"en", "zh"} <= {name.language for name in term.names} for term in terms.values())
    assert all([each.language for each in term.definitions] == [language] for term in terms.values())
    claim = terms["Claim"]
    assert claim.is_class
    assert len(claim.used) > 20
    assert not terms["quote"].is_class
    assert len(terms["quote"].example) == 2


def test_the_page_of_the_ontology_names_every_term_at_a_place_of_its_own(graph: Graph) -> None:
    reader = Reader(Things(graph), "en")
    page = screens.thing(reader, ox.NamedNode(BASE + "ontology"), "en", "").body.decode()
    for term in reader.read(ox.NamedNode(BASE + "ontology")).terms:
        assert f'<article id="{term.name}"' in page
    assert len(page.encode()) < 100_000


def test_the_page_of_the_shapes_tells_every_rule_at_a_place_of_its_own(graph: Graph) -> None:
    page = screens.thing(Reader(Things(graph), "en"), SHAPES, "en", "").body.decode()
    messages = (resources.ontology() / "shapes.ttl").read_text("utf-8").count('sh:message "')
    places = set(re.findall(r'<div id="(\w+)"', page))
    assert len(places) == messages
    assert places <= {iri.partition("#")[2] for iri in named_shapes()}


def named_shapes() -> set[str]:
    """The IRIs of all shapes that have one."""
    store = ox.Store()
    store.load(path=resources.ontology() / "shapes.ttl", format=ox.RdfFormat.TURTLE)
    return {quad.subject.value for quad in store if isinstance(quad.subject, ox.NamedNode) and "#" in quad.subject.value}


def test_the_iri_of_a_shape_leads_to_all_shapes_in_every_syntax(server: Server) -> None:
    [document] = {iri.partition("#")[0] for iri in named_shapes()}
    told = ox.Dataset(ox.parse(path=resources.ontology() / "shapes.ttl", format=ox.RdfFormat.TURTLE))
    told.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    for media, syntax in SYNTAXES.values():
        seen = server.ask(document.removeprefix(BASE[:-1]), Accept=media)
        assert (seen.status, seen.headers["vary"]) == (303, "Accept")
        found = ox.Dataset(ox.parse(server.ask(seen.headers["location"]).body, format=syntax))
        found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        assert found == told
    seen = server.ask(document.removeprefix(BASE[:-1]), Accept="text/html")
    assert (seen.status, seen.headers["location"]) == (303, "/page/shapes")


def test_a_graph_without_the_ontology_has_no_shapes() -> None:
    assert Things(Graph(ox.Store())).find([SHAPES.value]) is None


def test_a_code_list_is_a_tree_that_holds_each_concept_below_its_broader_one(graph: Graph) -> None:
    found: dict[str, str] = {}

    def walk(concepts: tuple[object, ...], above: str) -> None:
        for each in concepts:
            found[each.it.href] = above  # type: ignore[attr-defined]
            walk(each.narrower, each.it.href)  # type: ignore[attr-defined]

    walk(reading(graph, "penalty").tree, "")
    told = query(graph, f"SELECT ?c ?b {{ ?c skos:inScheme <{BASE}penalty> OPTIONAL {{ ?c skos:broader ?b }} }}")
    short = {row["c"].replace(BASE, "/page/"): (row["b"] or "").replace(BASE, "/page/") for row in told}
    assert found == short


def test_matches_of_one_name_stand_in_the_order_of_their_addresses() -> None:
    store, skos = ox.Store(), "http://www.w3.org/2004/02/skos/core#"
    scheme, concept, *others = (ox.NamedNode(BASE + name) for name in ("s", "s/a", *(f"o/{n}" for n in range(9))))
    store.add(ox.Quad(concept, ox.NamedNode(skos + "topConceptOf"), scheme))
    for other in others:
        store.add(ox.Quad(concept, ox.NamedNode(skos + "narrowMatch"), other))
        store.add(ox.Quad(other, ox.NamedNode(skos + "prefLabel"), ox.Literal("the same", language="en")))
    [(_, found)] = reading(Graph(store), "s").tree[0].matches
    assert [each.href for each in found] == [f"/page/o/{n}" for n in range(9)]


def test_concepts_that_are_broader_than_each_other_end_the_tree() -> None:
    store, skos = ox.Store(), "http://www.w3.org/2004/02/skos/core#"
    a, b, scheme = (ox.NamedNode(BASE + name) for name in ("s/a", "s/b", "s"))
    for subject, name, value in ((a, "topConceptOf", scheme), (a, "broader", b), (b, "broader", a)):
        store.add(ox.Quad(subject, ox.NamedNode(skos + name), value))
    [top] = reading(Graph(store), "s").tree
    assert [each.narrower for each in top.narrower] == [()]
