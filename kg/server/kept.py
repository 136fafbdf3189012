"""Pages of one graph that are kept while they are much asked for."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache

from kg import pages
from kg.server import screens
from kg.server.answers import Answer
from kg.server.finding import Names
from kg.server.reading import Reader
from kg.server.things import SYNTAXES, Things, address, named

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
        here, reading = address(found.value), self.reader(tongue).read(found)
        kinds = {f"kind-{kind.code}": kind.colour for told in reading.claims for kind in told.verdicts}
        places = [(media, f"/data/{here}{suffix}") for suffix, (media, _) in SYNTAXES.items()]
        return screens.screen(
            "thing.html",
            tongue,
            keep,
            f"/page/{here}",
            reading=reading,
            documents=places,
            generated=pages.classes(kinds),
            still=self._still,
        )
