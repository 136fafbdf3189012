"""The nodes and links of a picture while it is drawn: plain data, each link one statement of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from math import log10
from typing import Any

_LEAST, _MOST = 6.0, 18.0


@dataclass(slots=True)
class Node:
    """A thing in the picture: its column (0 leftmost), what it collapses into, its figure, who says it, the claims that tell of it."""

    id: str
    column: int
    parent: str = ""
    value: int | None = None
    text: dict[str, str] = field(default_factory=dict)
    label: dict[str, str] = field(default_factory=dict)
    by: str = ""
    claims: list[int] = field(default_factory=list)
    years: set[int] = field(default_factory=set)
    url: str = ""
    collapsed: bool = False


@dataclass(slots=True)
class Edge:
    """A link between two nodes, by a property of the ontology; ``kind``: the gravest verdict that it carries, or ''."""

    start: str
    end: str
    property: str
    value: int | None = None
    text: dict[str, str] = field(default_factory=dict)
    claims: list[int] = field(default_factory=list)
    kind: str = ""
    dashes: bool = False


@dataclass(slots=True)
class Drawing:
    """Nodes by id and the links between them; a link to what is not drawn is not drawn.

    ``heads``: what stands in rows beside what (claim → what it is about), in the order of the rows; else the links say where.
    """

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    heads: dict[str, str] = field(default_factory=dict)

    def add(self, node: Node) -> Node:
        """The node of this id: the one that is there already, else this one."""
        return self.nodes.setdefault(node.id, node)

    def link(self, edge: Edge) -> None:
        """Add a link between two nodes that are drawn."""
        if edge.start in self.nodes and edge.end in self.nodes:
            self.edges.append(edge)

    def links(self) -> Iterator[tuple[str, str]]:
        """The ends of every link."""
        return ((edge.start, edge.end) for edge in self.edges)

    def around(self, thing: str, steps: int) -> Drawing:
        """The part that lies within so many links of ``thing``, all of it open; nothing where it is not drawn."""
        near = {thing} & set(self.nodes)
        for _ in range(steps):
            near |= {end for link in self.links() if near & set(link) for end in link}
        nodes = {each: replace(self.nodes[each], parent="", collapsed=False) for each in self.nodes if each in near}
        return Drawing(nodes, [edge for edge in self.edges if {edge.start, edge.end} <= near])

    def recount(self) -> list[int]:
        """Number the claims anew that tell of what is drawn; their numbers until now, in order."""
        drawn: list[Node | Edge] = [*self.nodes.values(), *self.edges]
        old = sorted({number for each in drawn for number in each.claims})
        new = {number: place for place, number in enumerate(old)}
        for each in drawn:
            each.claims = [new[number] for number in each.claims]
        return old

    def hidden(self) -> set[str]:
        """What is not shown at first: what a collapsed node holds, and what is linked to nothing but that."""
        held = {node.id for node in self.nodes.values() if node.parent and self.nodes[node.parent].collapsed}
        links = list(self.links())
        linked = {node for start, end in links if start not in held and end not in held for node in (start, end)}
        parents = {node.parent for node in self.nodes.values() if node.parent}
        ends = {node for link in links for node in link}  # what has no link at all stands by itself, and is shown
        return held | {each for each in ends - linked - parents if not self.nodes[each].parent}


def size(value: int | None, degree: int) -> float:
    """The radius of a node: by the figure's order of magnitude, or where there is no figure by the number of its links.

    >>> size(1_000, 3), size(None, 1), size(None, 100)
    (10.5, 8.4, 18.0)
    """
    grown = 1.5 * log10(value + 1) if value is not None else 8 * log10(degree + 1)
    return round(min(_MOST, _LEAST + grown), 1)


def width(value: int | None) -> float:
    """The width of a link by its figure's order of magnitude; 1 where it carries none.

    >>> width(None), width(66_600)
    (1.0, 2.9)
    """
    return round(1 + 0.4 * log10(value + 1), 1) if value is not None else 1.0


def lean(entry: dict[str, Any]) -> dict[str, Any]:
    """``entry`` without what is empty: a large model is a third as large so.

    >>> lean({"id": "a", "url": "", "claims": [], "x": 0.0, "text": {"en": "", "zh": ""}})
    {'id': 'a', 'x': 0.0}
    """
    return {
        name: value
        for name, value in entry.items()
        if (value and (type(value) is not dict or any(value.values()))) or type(value) in (int, float)
    }


def years(*dates: str) -> Iterable[int]:
    """The years that lie between EDTF dates, those included; nothing where none is known.

    >>> list(years("2022-12", "", "2023-02-01"))
    [2022, 2023]
    """
    known = [int(date[:4]) for date in dates if date]
    return range(min(known), max(known) + 1) if known else ()
