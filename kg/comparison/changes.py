"""What changed between two builds, by claim and verdict, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg import verdicts
from kg.graph import Graph
from kg.verdicts import Verdict, World
from kg.verdicts.words import Words
from kg.verdicts.world import Record, records
from kg.vocabulary import BASE, ENF

# Things that are told one by one; of all others, labels and concepts among them, the changed facts are counted.
_TOLD = tuple(f"{BASE}{kind}/" for kind in ("claim", "source", "verdict", "judgement"))


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

    What follows from a change (ranks, days of a date, what a measure takes from its claim) is not told again.

    >>> diff(graph, graph)
    []
    """
    one, other = _Side(old), _Side(new)
    words = Words(new.store, "en")
    words.labels = Words(old.store, "en").labels | words.labels  # what is gone is still told by its name
    found = [*_claims(one, other, words), *_sources(one, other, words), *_references(one, other, words)]
    return sorted({*found, *_verdicts(one, other, words), *_judgements(one, other, words), *_rest(one, other)})


@dataclass
class _Side:
    """One of the two graphs, read as far as the comparison asks."""

    graph: Graph

    @cached_property
    def world(self) -> World:
        return verdicts.read(self.graph.store)

    @cached_property
    def verdicts(self) -> list[Verdict]:
        return verdicts.stored(self.graph.store)

    @cached_property
    def judgements(self) -> dict[str, Record]:
        return records(self.graph.store, "Judgement")

    def follow(self, *annotations: str) -> set[str]:
        """The properties that the ontology marks so: derived, or carried from a claim to something else."""
        marked = (quad for name in annotations for quad in self.graph.store.quads_for_pattern(None, ox.NamedNode(ENF + name), None, None))
        return {quad.subject.value for quad in marked}  # type: ignore[union-attr]

    def name(self, source: str) -> str:
        return self.world.sources[source].one("publisher") if source in self.world.sources else source

    def told(self, claims: Iterable[str]) -> str:
        """Claims by who makes them and in which words."""
        found = (self.world.claims[iri] for iri in claims)
        return ", ".join(f"{self.name(c.one('source'))} “{_text(c)}” ({c.iri})" for c in found) or "no claim"


def _text(claim: Record) -> str:
    return claim.one("text") or claim.one("statement") or claim.one("quote") or claim.iri.rpartition("/")[2]


def _how(old: object, new: object) -> str:
    return "changed" if old and new else "added" if new else "removed"


def _properties(old: Record, new: Record, follow: set[str], words: Words) -> Iterator[str]:
    """Each property that differs: its label, what it was, what it is."""
    for name in sorted((old.values.keys() | new.values.keys()) - {iri.removeprefix(ENF) for iri in follow}):
        if old.all(name) != new.all(name):
            was, is_ = (
                "nothing" if not record.all(name) else f"“{', '.join(map(words.label, record.all(name)))}”" for record in (old, new)
            )
            yield f"{words.labels.get(f'ontology#{name}', name)} was {was}, is {is_}."


def _claims(one: _Side, other: _Side, words: Words) -> Iterator[Change]:
    derived = one.follow("derived") | other.follow("derived")
    for iri in sorted(one.world.claims.keys() | other.world.claims.keys()):
        old, new = one.world.claims.get(iri), other.world.claims.get(iri)
        claim, side = (new, other) if new else (one.world.claims[iri], one)
        source, thing = claim.one("source"), words.label(claim.one("subject"))
        if old and new:
            sentences = [f"{side.name(source)} on “{thing}”: {each}" for each in _properties(old, new, derived, words)]
        else:
            sentences = [f"{side.name(source)} {'now' if new else 'no longer'} says “{_text(claim)}” of “{thing}”."]
        for sentence in sentences:
            yield Change(side.world.campaign(claim.one("subject")), source, "claim", _how(old, new), iri, sentence)


def _sources(one: _Side, other: _Side, words: Words) -> Iterator[Change]:
    derived = one.follow("derived") | other.follow("derived")
    for iri in sorted(one.world.sources.keys() | other.world.sources.keys()):
        old, new = one.world.sources.get(iri), other.world.sources.get(iri)
        name = (other if new else one).name(iri)
        if old and new:
            sentences = [f"The source {name}: {each}" for each in _properties(old, new, derived, words)]
        else:
            sentences = [f"The source {name} was {_how(old, new)}."]
        for sentence in sentences:
            yield Change("", iri, "source", _how(old, new), iri, sentence)


def _references(one: _Side, other: _Side, words: Words) -> Iterator[Change]:
    was, is_ = ({**side.world.measures, **side.world.campaigns} for side in (one, other))
    for iri in sorted(was.keys() & is_.keys()):
        old, new = was[iri].all("reference"), is_[iri].all("reference")
        if old != new:
            sentence = f"The reference of “{words.label(iri)}” is now {other.told(new)} instead of {one.told(old)}."
            yield Change(other.world.campaign(iri), "", "reference", _how(old, new), iri, sentence)


def _verdicts(one: _Side, other: _Side, words: Words) -> Iterator[Change]:
    kinds: tuple[dict[tuple[str, str, str, str], list[str]], ...] = (defaultdict(list), defaultdict(list))
    for side, found in zip((one, other), kinds, strict=True):
        for verdict in side.verdicts:
            value = verdict.given or verdict.expected
            label = words.label(f"verdict-kind/{verdict.kind}") + (f" (“{words.label(value)}”)" if value else "")
            found[verdict.source, verdict.subject, verdict.claim, verdict.aspect].append(label)
    for key in sorted(kinds[0].keys() | kinds[1].keys()):
        source, subject, claim, aspect = key
        old, new = (found.get(key, []) for found in kinds)
        if old != new:
            side = other if new else one
            was, is_ = (", ".join(each) or "no verdict" for each in (old, new))
            sentence = f"{side.name(source)} on “{words.label(subject)}” ({words.label(f'ontology#{aspect}')}): was {was}, is {is_}."
            yield Change(side.world.campaign(subject), source, "verdict", _how(old, new), claim or subject, sentence)


def _judgements(one: _Side, other: _Side, words: Words) -> Iterator[Change]:
    overruled = {verdict.iri: (side, verdict) for side in (one, other) for verdict in side.verdicts}
    for iri in sorted(one.judgements.keys() | other.judgements.keys()):
        old, new = one.judgements.get(iri), other.judgements.get(iri)
        if (old and old.values) == (new and new.values):
            continue
        record = new or one.judgements[iri]
        side, verdict = overruled.get(record.one("overrules"), (other, None))
        place = (side.world.campaign(verdict.subject), verdict.source) if verdict else ("", "")
        kind, over = words.label(record.one("kind")), record.one("overrules")
        sentence = f"The judgement of {record.one('author')}, “{kind}” over {over}, was {_how(old, new)}: {record.one('reason')}"
        yield Change(*place, "judgement", _how(old, new), iri, sentence)


def _rest(one: _Side, other: _Side) -> Iterator[Change]:
    follow = one.follow("derived", "carriedTo") | other.follow("derived", "carriedTo")
    was, is_ = (set(_facts(side.graph.store, follow)) for side in (one, other))
    if was != is_:
        sentence = f"Labels, code lists and the like: {len(is_ - was):,} added, {len(was - is_):,} removed."
        yield Change("", "", "vocabulary", "changed", "", sentence)


def _facts(store: ox.Store, follow: set[str]) -> Iterator[ox.Quad]:
    """What is written of other things than those told one by one; in the ontology itself nothing follows from a claim."""
    for quad in store:
        subject = quad.subject.value
        if not subject.startswith(_TOLD) and (quad.predicate.value not in follow or subject.startswith(ENF)):
            yield quad
