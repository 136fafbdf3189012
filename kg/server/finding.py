"""Finding a thing by its name, in any language."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.graph import Graph
from kg.vocabulary import BASE

MOST = 60  # things found
LONGEST = 100  # characters of a search
_NAMES = (
    "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2004/02/skos/core#altLabel", "http://www.w3.org/2004/02/skos/core#hiddenLabel", "publisher",
)  # fmt: skip


def folded(text: str) -> str:
    """The text as it is sought: without regard to case and to the width of its letters (Unicode, UAX #15, NFKC).

    >>> folded("Ｗｅｉｂｏ")
    'weibo'
    """
    return unicodedata.normalize("NFKC", text).casefold()


@dataclass(frozen=True, slots=True)
class Found:
    """A thing, the name by which it was found, and that name's language."""

    iri: str
    name: str
    language: str


@dataclass
class Names:
    """The names of a graph's things of ours.

    >>> Names(graph).search("微博")[0].iri.removeprefix(BASE)
    'platform/weibo'
    """

    graph: Graph

    @cached_property
    def _known(self) -> list[tuple[str, int, Found]]:
        found = []
        for rank, name in enumerate(_NAMES):
            predicate = ox.NamedNode(name if ":" in name else f"{BASE}ontology#{name}")
            for quad in self.graph.store.quads_for_pattern(None, predicate, None, ox.DefaultGraph()):
                if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(BASE) and isinstance(quad.object, ox.Literal):
                    text = quad.object.value
                    found.append((folded(text), rank, Found(quad.subject.value, text, quad.object.language or "")))
        return found

    def all(self) -> dict[str, list[str]]:
        """Everything that has a name, with its names, the chief ones first."""
        names: dict[str, set[tuple[int, str]]] = {}
        for _, rank, found in self._known:
            names.setdefault(found.iri, set()).add((rank, found.name))
        return {iri: list(dict.fromkeys(name for _, name in sorted(names[iri]))) for iri in sorted(names)}

    def search(self, words: str) -> list[Found]:
        """Things with a name that holds all of ``words``: those called so, then those whose names begin so, then the others."""
        wanted = folded(words).split()
        if not wanted:
            return []
        whole = " ".join(wanted)
        hits = [(text, rank, found) for text, rank, found in self._known if all(word in text for word in wanted)]
        hits.sort(key=lambda hit: (hit[0] != whole, not hit[0].startswith(whole), hit[1], len(hit[0]), hit[2].iri))
        best: dict[str, Found] = {}
        for _, _, found in hits:
            best.setdefault(found.iri, found)
        return list(best.values())
