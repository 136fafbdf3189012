"""What a view is drawn from: the claims of a graph, their verdicts, and the words and looks that the ontology gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.errors import QueryError, nearest
from kg.graph import Graph
from kg.verdicts import Verdict, World
from kg.verdicts.known import Known
from kg.verdicts.words import Words
from kg.verdicts.world import Record
from kg.vocabulary import BASE, ENF

_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_ALSO = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
_FIRST = "en"

Texts = dict[str, str]


@dataclass
class Scene:
    """One graph, read once: its ``world``, its ``things`` by IRI without the base, words in every language of the ontology.

    ``chosen``: the campaigns that are shown; ``verdicts``: those of each claim, as a person judged them where one did.
    """

    store: ox.Store
    chosen: frozenset[str]
    world: World
    words: Mapping[str, Words]
    things: Mapping[str, tuple[str, Record]]
    judged: Mapping[str, Record]
    verdicts: Mapping[str, list[Verdict]]

    def label(self, iri: str) -> Texts:
        """The label of a thing in each language; of a source its publisher."""
        if iri in self.world.sources:
            return dict.fromkeys(self.words, self.world.sources[iri].one("publisher"))
        return {language: words.label(iri) for language, words in self.words.items()}

    def property_label(self, name: str) -> Texts:
        """The label of a property of the ontology in each language."""
        return self.label(f"ontology#{name}")

    def figure(self, claim: Record | None) -> Texts:
        """A claim's figure as worded, or said again in a language that is not its source's."""
        return {language: words.figure(claim, self.world) for language, words in self.words.items()}

    def annotation(self, iri: str, name: str) -> str:
        """A colour, icon, shape or order that the ontology gives a class, scheme or concept, or ''."""
        quads = self.store.quads_for_pattern(ox.NamedNode(BASE + iri), ox.NamedNode(ENF + name), None, None)
        return next((quad.object.value for quad in quads), "")  # type: ignore[union-attr]

    def class_of(self, iri: str) -> str:
        """The class of a thing by its local name; of a concept its scheme."""
        if iri in self.things:
            return self.things[iri][0]
        return "Claim" if iri in self.world.claims else iri.partition("/")[0]

    @cached_property
    def shown(self) -> list[Record]:
        """The claims of the chosen campaigns; all claims where every campaign is chosen."""
        everything = len(self.chosen) == len(self.world.campaigns)
        return [claim for claim in self.world.claims.values() if everything or self.world.campaign(claim.one("subject")) in self.chosen]

    @cached_property
    def leading(self) -> str:
        """The chosen campaign with most claims."""
        counts = dict.fromkeys(sorted(self.chosen), 0)
        for claim in self.shown:
            if (campaign := self.world.campaign(claim.one("subject"))) in counts:
                counts[campaign] += 1
        return max(counts, key=lambda campaign: counts[campaign], default="")

    def kind(self, verdict: Verdict) -> str:
        """The code of a verdict's kind, as a person judged it where one did."""
        judgement = self.judged.get(verdict.iri) if self.judged else None
        return judgement.code("kind") if judgement else verdict.kind

    @cached_property
    def kinds(self) -> dict[str, list[str]]:
        """The codes of the kinds of verdict on each claim that is shown and has any, the gravest last."""
        known = next(iter(self.words.values())).kinds
        rank = {code: number for number, code in enumerate(sorted(known, key=lambda code: (known[code].severity, known[code].order)))}
        own = {claim.iri: found for claim in self.shown if (found := self.verdicts.get(claim.iri))}
        return {claim: sorted(set(map(self.kind, found)), key=rank.__getitem__) for claim, found in own.items()}

    def gravest(self, claim: str) -> tuple[str, int]:
        """The code of the gravest kind of verdict on a claim, and its severity; '' and 0 where there is none."""
        code = self.kinds.get(claim, [""])[-1]
        return code, next(iter(self.words.values())).kinds[code].severity if code else 0

    @cached_property
    def aliases(self) -> dict[str, list[str]]:
        """Further names of things and concepts, in any language, for search."""
        found: dict[str, set[str]] = defaultdict(set)
        for quad in self.store.quads_for_pattern(None, _ALSO, None, None):
            found[quad.subject.value.removeprefix(BASE)].add(quad.object.value)  # type: ignore[union-attr]
        return {iri: sorted(names) for iri, names in found.items()}


def read(graph: Graph, campaign: str | None = None, known: Known | None = None) -> Scene:
    """The scene of all campaigns, or of one and of those that belong to it as their series.

    Raises QueryError for a campaign that the graph does not know, naming the nearest.

    >>> sorted(read(graph, "cac-news-anchors-2023").chosen)
    ['campaign/cac-news-anchors-2023']
    """
    known = known or Known(graph.store)
    words = {language: known.words(language) for language in _languages(known.store)}
    chosen = _chosen(known.world, campaign)
    return Scene(known.store, chosen, known.world, words, known.things, known.judged, known.by_claim)


def _chosen(world: World, campaign: str | None) -> frozenset[str]:
    if campaign is None:
        return frozenset(world.campaigns)
    iri = f"campaign/{campaign.removeprefix(BASE).removeprefix('campaign/')}"
    if iri not in world.campaigns:
        raise QueryError(f"there is no campaign '{campaign}'; {nearest(campaign, [c.partition('/')[2] for c in world.campaigns])}")
    return frozenset({iri, *(other for other, record in world.campaigns.items() if record.one("series") == iri)})


def _languages(store: ox.Store) -> list[str]:
    """The languages that the ontology names its classes in, the one that is always there first."""
    labels = store.quads_for_pattern(ox.NamedNode(ENF + "Claim"), _LABEL, None, None)
    found = {_FIRST} | {tag for quad in labels if (tag := getattr(quad.object, "language", None))}
    return sorted(found, key=lambda tag: (tag != _FIRST, tag))
