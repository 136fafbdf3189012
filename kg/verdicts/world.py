"""What the verdicts are derived from: the claims of a graph as plain records, and the hierarchies of their values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from kg.verdicts.arithmetic import Figure
from kg.vocabulary import BASE, ENF

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_BELOW = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
_SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True)
class Record:
    """A thing of the graph: its IRI without the base, and its properties by local name, values without the base."""

    iri: str
    values: Mapping[str, tuple[str, ...]]

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a property, sorted."""
        return self.values.get(name, ())

    def one(self, name: str) -> str:
        """The value of a property, or ''."""
        return self.values.get(name, ("",))[0]

    def code(self, name: str) -> str:
        """The last word of a property's value: a concept's own code."""
        return self.one(name).rpartition("/")[2]

    @cached_property
    def figure(self) -> Figure | None:
        """The figure that a claim gives, or None."""
        if not self.one("text"):
            return None
        value, low, high = (int(n) if (n := self.one(name)) else None for name in ("value", "min", "max"))
        return Figure(self.one("text"), value, self.code("comparator"), low, high)


def _short(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return term.value.removeprefix(BASE)  # type: ignore[union-attr]  # no triple is a thing or a value here


def records(store: ox.Store, class_name: str) -> dict[str, Record]:
    """All things of a class as records, by IRI without the base, in its order.

    >>> records(graph.store, "Campaign")["campaign/cac-self-media-2023"].one("to")
    '2023-05-22'
    """
    names, shared = _Names(), _Shared()
    found = {}
    for typed in store.quads_for_pattern(None, _TYPE, ox.NamedNode(ENF + class_name), None):
        values: dict[str, tuple[str, ...]] = {}
        for quad in store.quads_for_pattern(typed.subject, None, None, None):
            name, value = names[quad.predicate.value], shared[quad.object.value]  # type: ignore[union-attr]
            values[name] = tuple(sorted(values[name] + value)) if name in values else value
        iri = _short(typed.subject)
        found[iri] = Record(iri, values)
    return dict(sorted(found.items()))


def sources_by_class(store: ox.Store) -> dict[str, tuple[str, Record]]:
    """All sources by IRI without the base, each with the class below Source that it is of.

    >>> sources_by_class(graph.store)["source/dsa-statements"][0]
    'Dataset'
    """
    below = store.quads_for_pattern(None, _BELOW, ox.NamedNode(ENF + "Source"), None)
    names = sorted(_short(quad.subject).removeprefix("ontology#") for quad in below)
    return {iri: (name, record) for name in names for iri, record in records(store, name).items()}


class _Names(dict[str, str]):
    """Local names of properties, each cut out once."""

    def __missing__(self, iri: str) -> str:
        self[iri] = iri.rpartition("#")[2]
        return self[iri]


class _Shared(dict[str, tuple[str]]):
    """Values without the base, as the one-value tuples that most properties have: many claims share one in memory."""

    def __missing__(self, iri: str) -> tuple[str]:
        self[iri] = (iri.removeprefix(BASE),)
        return self[iri]


@dataclass
class World:
    """The claims that are held against each other, and what is trusted as a reference.

    ``trusted``: the sources whose claims may be a reference. ``above``: the values above each value, by SKOS broader
    and by a platform's operator. ``related``: SKOS related, for what a value only imitates. ``named``: whether a person
    named the trusted source; then claims that are older than all of it are held against it all the same.
    """

    claims: dict[str, Record]
    sources: dict[str, Record]
    measures: dict[str, Record]
    campaigns: dict[str, Record]
    trusted: frozenset[str]
    above: Mapping[str, frozenset[str]] = field(default_factory=dict)
    related: Mapping[str, frozenset[str]] = field(default_factory=dict)
    named: bool = False
    _trusted: dict[tuple[str, str], list[Record]] = field(default_factory=dict)

    @cached_property
    def by_subject(self) -> dict[str, list[Record]]:
        """Claims by what they are about, the best by the policy of ``enf:reference`` first."""
        return _grouped(self.claims.values(), lambda claim: claim.one("subject"))

    @cached_property
    def by_source(self) -> dict[str, list[Record]]:
        """Claims by source."""
        return _grouped(self.claims.values(), lambda claim: claim.one("source"))

    @cached_property
    def by_campaign(self) -> dict[str, list[str]]:
        """Measures by campaign."""
        found: dict[str, list[str]] = defaultdict(list)
        for iri, measure in self.measures.items():
            found[measure.one("campaign")].append(iri)
        return found

    @cached_property
    def read_whole(self) -> frozenset[str]:
        """The campaigns whose trusted sources were all read whole (there is at least one)."""
        sources: dict[str, set[str]] = defaultdict(set)
        for claim in self.claims.values():
            if claim.one("source") in self.trusted:
                sources[self.campaign(claim.one("subject"))].add(self.sources[claim.one("source")].code("coverage"))
        return frozenset(campaign for campaign, coverages in sources.items() if coverages == {"complete"})

    def campaign(self, subject: str) -> str:
        """The campaign that a subject is or belongs to, or ''."""
        return subject if subject in self.campaigns else self.measures[subject].one("campaign") if subject in self.measures else ""

    def reference(self, subject: str, name: str, claim: Record | None = None) -> Record | None:
        """The trusted claim about ``subject`` that has the property ``name``, best by the policy.

        For a ``claim`` that was said before it, the best of what was known on that day, if anything was.
        """
        candidates = self._trusted.get((subject, name))
        if candidates is None:
            candidates = [c for c in self.by_subject.get(subject, ()) if c.one(name) and c.one("source") in self.trusted]
            self._trusted[subject, name] = candidates
        best = candidates[0] if candidates else None
        day = claim.one("saidLatest") if claim else ""
        if best and day and day < best.one("saidEarliest"):
            return next((c for c in candidates if c.one("saidLatest") <= day), best if self.named else None)
        return best


def agree(one: str, other: str) -> bool:
    """Whether two dates can mean the same: 2023-05 and 2023-05-22 can, and none can mean any."""
    return one.startswith(other) or other.startswith(one)


def _grouped(claims: Iterable[Record], key: Callable[[Record], str]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.one("rank")):
        found[key(claim)].append(claim)
    return found


def _closure(edges: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for start in edges:
        seen: set[str] = set()
        queue = list(edges[start])
        while queue:
            value = queue.pop()
            if value not in seen:
                seen.add(value)
                queue += edges.get(value, ())
        found[start] = frozenset(seen)
    return found


def _edges(store: ox.Store, *predicates: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for predicate in predicates:
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            found[_short(quad.subject)].add(_short(quad.object))
    return found


def read(store: ox.Store, reference: str | None = None, as_of: str | None = None) -> World:
    """The world of a graph: primary sources trusted, or only the source ``reference``; claims known by ``as_of``.

    ``as_of`` is an ISO date; a claim is known from the last day that its date can mean.
    """
    sources = {iri: record for iri, (_, record) in sources_by_class(store).items()}
    primary = frozenset(iri for iri, source in sources.items() if source.code("role") == "primary")
    claims = records(store, "Claim")
    if as_of:
        claims = {iri: claim for iri, claim in claims.items() if (claim.one("saidLatest") or "9999") <= as_of}
    related = _edges(store, _SKOS + "related")
    return World(
        claims, sources, records(store, "Measure"), records(store, "Campaign"),
        frozenset({reference}) if reference else primary,
        _closure(_edges(store, _SKOS + "broader", ENF + "operator")),
        {value: frozenset(others) for value, others in related.items()},
        named=bool(reference),
    )  # fmt: skip
