"""What changed between two builds, by claim and verdict, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg import verdicts
from kg.graph import Graph
from kg.verdicts.words import Words
from kg.verdicts.world import Record, World, records

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_CONCEPT = ox.NamedNode("http://www.w3.org/2004/02/skos/core#Concept")
# Derived from what is written: a change of these is the change of something else.
_FOLLOWS = frozenset({"rank", "saidEarliest", "saidLatest", "periodStart", "periodEnd", "source", "type"})


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One difference: the campaign and source it belongs to ('' for none), what it is about, and the sentence that tells it.

    ``what``: claim, reference, verdict, judgement, source or vocabulary; ``how``: added, removed or changed.
    """

    campaign: str
    source: str
    what: str
    how: str
    about: str
    sentence: str


def diff(old: Graph, new: Graph) -> list[Change]:
    """Every change from ``old`` to ``new``, sorted by campaign and source; empty where nothing changed.

    >>> diff(graph, graph)
    []
    """
    before, after, words = verdicts.read(old.store), verdicts.read(new.store), Words(new.store, "en")
    found = [*_claims(before, after, words), *_sources(before, after), *_references(old, new, after, words)]
    found += [*_verdicts(old, new, before, after, words), *_judgements(old, new), *_vocabulary(old, new)]
    return sorted(set(found))


def _told(claim: Record) -> str:
    return claim.one("text") or claim.one("statement") or claim.one("quote") or claim.iri.rpartition("/")[2]


def _claims(before: World, after: World, words: Words) -> Iterator[Change]:
    for iri in sorted(before.claims.keys() | after.claims.keys()):
        old, new = before.claims.get(iri), after.claims.get(iri)
        claim, world = (new, after) if new else (before.claims[iri], before)
        place = (world.campaign(claim.one("subject")), claim.one("source"))
        who, thing = world.sources[claim.one("source")].one("publisher"), words.label(claim.one("subject"))
        if old is None or new is None:
            verb = ("added", "now says") if new else ("removed", "no longer says")
            yield Change(*place, "claim", verb[0], iri, f"{who} {verb[1]} “{_told(claim)}” of “{thing}”.")
            continue
        for name in sorted((old.values.keys() | new.values.keys()) - _FOLLOWS):
            if old.all(name) != new.all(name):
                was, is_ = (", ".join(map(words.label, record.all(name))) or "nothing" for record in (old, new))
                label = words.label(f"ontology#{name}")
                yield Change(*place, "claim", "changed", iri, f"{who} on “{thing}”: {label} was “{was}”, is “{is_}”.")


def _sources(before: World, after: World) -> Iterator[Change]:
    for iri in sorted(before.sources.keys() ^ after.sources.keys()):
        how, world = ("added", after) if iri in after.sources else ("removed", before)
        yield Change("", iri, "source", how, iri, f"The source {world.sources[iri].one('publisher')} was {how}.")


def _references(old: Graph, new: Graph, after: World, words: Words) -> Iterator[Change]:
    was, is_ = (records(graph.store, "Measure") for graph in (old, new))
    for iri in sorted(was.keys() & is_.keys()):
        if was[iri].all("reference") != is_[iri].all("reference"):
            one, other = (record.one("reference") or "none" for record in (was[iri], is_[iri]))
            sentence = f"The reference of “{words.label(iri)}” is {other}, it was {one}."
            yield Change(after.campaign(iri), "", "reference", "changed", iri, sentence)


def _verdicts(old: Graph, new: Graph, before: World, after: World, words: Words) -> Iterator[Change]:
    kinds: list[dict[tuple[str, str, str, str], set[str]]] = [defaultdict(set), defaultdict(set)]
    for graph, found in zip((old, new), kinds, strict=True):
        for verdict in verdicts.stored(graph.store):
            found[verdict.source, verdict.subject, verdict.claim, verdict.aspect].add(verdict.kind)
    for key in sorted(kinds[0].keys() | kinds[1].keys()):
        source, subject, claim, aspect = key
        was, is_ = kinds[0].get(key, set()), kinds[1].get(key, set())
        if was == is_:
            continue
        how = "changed" if was and is_ else "added" if is_ else "removed"
        world = after if source in after.sources else before
        one, other = (", ".join(sorted(words.kinds[kind].label for kind in each)) or "no verdict" for each in (was, is_))
        who, label = world.sources[source].one("publisher"), words.label(f"ontology#{aspect}")
        sentence = f"{who} on “{words.label(subject)}” ({label}): was {one}, is {other}."
        yield Change(world.campaign(subject), source, "verdict", how, claim or subject, sentence)


def _judgements(old: Graph, new: Graph) -> Iterator[Change]:
    was, is_ = (records(graph.store, "Judgement") for graph in (old, new))
    for iri in sorted(was.keys() ^ is_.keys()):
        how, record = ("added", is_[iri]) if iri in is_ else ("removed", was[iri])
        sentence = f"The judgement of {record.one('author')} on {record.one('overrules')} was {how}: {record.one('reason')}"
        yield Change("", "", "judgement", how, iri, sentence)


def _vocabulary(old: Graph, new: Graph) -> Iterator[Change]:
    was, is_ = (set(_concept_facts(graph)) for graph in (old, new))
    if was != is_:
        sentence = f"The code lists changed: {len(is_ - was):,} facts were added, {len(was - is_):,} removed."
        yield Change("", "", "vocabulary", "changed", "", sentence)


def _concept_facts(graph: Graph) -> Iterator[ox.Quad]:
    for typed in graph.store.quads_for_pattern(None, _TYPE, _CONCEPT, None):
        yield from graph.store.quads_for_pattern(typed.subject, None, None, None)
