"""Pages of one graph that are kept while they are much asked for."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache

import pyoxigraph as ox

from kg.server import screens
from kg.server.answers import Answer
from kg.server.finding import Names
from kg.server.reading import Reader
from kg.server.things import Things, named
from kg.vocabulary import ENF

_CLAIM = ox.NamedNode(ENF + "claim")
_SHELF = 128 * 2**20  # bytes of pages that workers made


class Shelf(OrderedDict[tuple[str, ...], Answer]):
    """Answers by what they answer; the oldest go when there are too many bytes.

    >>> shelf = Shelf()
    >>> shelf["a",] = Answer(200, "", b"a")
    >>> shelf["a",].body
    b'a'
    """

    def __setitem__(self, key: tuple[str, ...], answer: Answer) -> None:
        super().__setitem__(key, answer)
        while len(self) > 1 and sum(len(each.body) for each in self.values()) > _SHELF:
            self.popitem(last=False)


class Pages:
    """The pages of one graph's things, kept while they are much asked for; ``still``: as files, with no server behind them."""

    def __init__(self, things: Things, still: bool = False) -> None:
        self._still = still
        self._things, self.names = things, Names(things.graph)
        self.reader = lru_cache(maxsize=8)(lambda tongue: Reader(things, tongue))
        self.thing = lru_cache(maxsize=512)(self._thing)

    def _thing(self, name: str, tongue: str, keep: str) -> Answer | None:
        """The page of the thing of this name, or None."""
        found = self._things.find([named(name)])
        if found is None:
            return None
        return screens.thing(self.reader(tongue), found, tongue, keep, still=self._still)

    def is_reviewed(self, name: str) -> bool:
        """Whether the thing of this name is a claim that has verdicts."""
        found = self._things.find([named(name)])
        leading = self._things.graph.store.quads_for_pattern(None, _CLAIM, found, ox.DefaultGraph()) if found else ()
        return any(True for _ in leading)
