"""Verdicts: how a claim stands to the reference of what it is about, derived by rule (docs/verdicts.md).

Against the default reference they stand in the graph; against another one, or as of a day, they are computed on demand.
"""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from kg.verdicts.judging import judge
from kg.verdicts.verdict import Verdict, in_order, kebab
from kg.verdicts.world import World, read
from kg.vocabulary import BASE, ENF

__all__ = ["Verdict", "World", "derive", "judge", "kebab", "of_claims", "read", "stored"]

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_STORED = f"""PREFIX enf: <{ENF}> SELECT ?source ?subject ?claim ?property ?kind ?reference ?given ?expected WHERE {{
    ?verdict a enf:Verdict ; enf:ofSource ?source ; enf:ofSubject ?subject ; enf:property ?property ; enf:kind ?kind .
    OPTIONAL {{ ?verdict enf:claim ?claim }} OPTIONAL {{ ?verdict enf:reference ?reference }}
    OPTIONAL {{ ?verdict enf:given ?given }} OPTIONAL {{ ?verdict enf:expected ?expected }} }}"""
_OF_CLAIMS = f"""PREFIX enf: <{ENF}> SELECT ?claim ?property ?kind ?reference ?given ?expected WHERE {{
    ?verdict enf:claim ?claim ; enf:property ?property ; enf:kind ?kind . OPTIONAL {{ ?verdict enf:reference ?reference }}
    OPTIONAL {{ ?verdict enf:given ?given }} OPTIONAL {{ ?verdict enf:expected ?expected }} }}"""
_DERIVED = ox.NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")


def derive(store: ox.Store) -> int:
    """Add the verdicts against the default references to ``store``; returns how many there are. Same facts, same verdicts.

    >>> derive(ox.Store())
    0
    """
    verdicts = judge(read(store))
    store.extend(ox.Quad(*triple) for verdict in verdicts for triple in _triples(verdict))
    return len(verdicts)


def stored(store: ox.Store) -> list[Verdict]:
    """The verdicts that stand in a graph's store, sorted.

    >>> "dqindia-2023" in {verdict.source.partition("/")[2] for verdict in stored(graph.store)}
    True
    """
    rows = ([term.value.removeprefix(BASE) if term else "" for term in row] for row in store.query(_STORED))  # type: ignore[union-attr]
    return in_order(
        Verdict(source, subject, claim, aspect.rpartition("#")[2], kind.rpartition("/")[2], reference, given, expected)
        for source, subject, claim, aspect, kind, reference, given, expected in rows
    )


def of_claims(store: ox.Store, world: World) -> dict[str, list[Verdict]]:
    """The verdicts that stand in a graph's store by the claim that they are on, sorted; quicker than all, for the world knows the rest.

    >>> {verdict.claim for verdict in of_claims(graph.store, read(graph.store))["claim/dqindia-2023/closures"]}
    {'claim/dqindia-2023/closures'}
    """
    found: dict[str, list[Verdict]] = defaultdict(list)
    for row in store.query(_OF_CLAIMS):  # type: ignore[union-attr]
        iri, aspect, kind, *rest = [term.value.removeprefix(BASE) if term else "" for term in row]
        source, subject = world.claims[iri].one("source"), world.claims[iri].one("subject")
        found[iri].append(Verdict(source, subject, iri, aspect.rpartition("#")[2], kind.rpartition("/")[2], *rest))
    return {iri: in_order(own) for iri, own in found.items()}


def _triples(verdict: Verdict) -> list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]]:
    node = ox.NamedNode(BASE + verdict.iri)
    values = {
        "claim": verdict.claim, "ofSource": verdict.source, "ofSubject": verdict.subject, "reference": verdict.reference,
        "given": verdict.given, "expected": verdict.expected, "kind": f"verdict-kind/{verdict.kind}",
        "property": f"ontology#{verdict.aspect}",
    }  # fmt: skip
    triples = [(node, ox.NamedNode(ENF + name), ox.NamedNode(BASE + value)) for name, value in values.items() if value]
    basis = [(node, _DERIVED, ox.NamedNode(BASE + claim)) for claim in (verdict.claim, verdict.reference) if claim]
    return [(node, _TYPE, ox.NamedNode(ENF + "Verdict")), *triples, *basis]
