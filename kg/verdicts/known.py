"""What comparisons and pictures read of a graph, each part when first asked for and then kept, for those who make many of them."""

from __future__ import annotations

from functools import cache, cached_property

import pyoxigraph as ox

from kg.verdicts import Verdict, World, of_claims, read, stored
from kg.verdicts.words import Words
from kg.verdicts.world import Record, records, sources_by_class


class Known:
    """A graph's claims, verdicts and words; its store must not change as long as this is used.

    >>> Known(graph.store).world.campaigns["campaign/cac-self-media-2023"].one("to")
    '2023-05-22'
    """

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.words = cache(lambda language: Words(store, language))

    @cached_property
    def world(self) -> World:
        """The claims against the default references."""
        return read(self.store)

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """The verdicts that stand in the graph, sorted."""
        return stored(self.store)

    @cached_property
    def by_claim(self) -> dict[str, list[Verdict]]:
        """The same by the claim that they are on."""
        return of_claims(self.store, self.world)

    @cached_property
    def judged(self) -> dict[str, Record]:
        """People's judgements by the verdict that they overrule."""
        return {record.one("overrules"): record for record in records(self.store, "Judgement").values()}

    @cached_property
    def things(self) -> dict[str, tuple[str, Record]]:
        """All things but claims and verdicts by IRI without the base, each with its class."""
        found = {iri: (name, record) for name in ("Authority", "Platform") for iri, record in records(self.store, name).items()}
        found |= sources_by_class(self.store)
        found |= {iri: ("Campaign", record) for iri, record in self.world.campaigns.items()}
        return found | {iri: ("Measure", record) for iri, record in self.world.measures.items()}
