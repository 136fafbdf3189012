"""To other stores: a graph into any store that speaks the SPARQL 1.1 Graph Store HTTP Protocol, counted afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlunsplit

import pyoxigraph as ox

from kg import web
from kg.endpoint import Endpoint
from kg.errors import FormatError, KgError, QueryError, SourceError
from kg.graph import Graph, canonical

PART = 8 * 2**20  # bytes of one request: a graph up to this size is replaced in one step
_BLANK = re.compile(rb"(?:\S+ \S+ )?_:")
# Where stores have their query endpoint, by the end of the path of their Graph Store endpoint.
_BESIDE = {
    "/store": "/query", "/data": "/query", "/rdf-graphs/service": "", "/sparql/gsp": "/sparql",
    "/sparql-graph-crud": "/sparql",
}  # fmt: skip

Progress = Callable[[int, int], None]


def _quiet(_done: int, _total: int) -> None:
    """No progress shown."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was done: ``triples`` counted in the store, ``before`` of what they replaced, ``parts`` sent; ``url`` asks for them."""

    triples: int
    before: int
    parts: int
    url: str


def query_endpoint(url: str) -> str:
    """Where a store whose Graph Store endpoint is ``url`` answers queries, as its maker laid it out; raises QueryError.

    >>> query_endpoint("http://localhost:7878/store"), query_endpoint("http://localhost:3030/facts/data")
    ('http://localhost:7878/query', 'http://localhost:3030/facts/query')
    """
    parts = web.split(url)
    path = parts.path.rstrip("/")
    for end, beside in _BESIDE.items():
        if path.endswith(end):
            return urlunsplit(parts._replace(path=path.removesuffix(end) + beside))
    raise QueryError(f"{web.shown(url)}: it is not known where this store answers queries, to count there; name it with --query URL")


def _target(url: str, graph: ox.NamedNode | None) -> str:
    """The address of a graph in the store: indirect identification (§4.2)."""
    parts = web.split(url)
    given = urlencode(parse_qsl(parts.query, keep_blank_values=True))
    named = f"graph={quote(graph.value, safe='')}" if graph else "default"
    return urlunsplit(parts._replace(query="&".join(filter(None, (given, named))), fragment=""))


def _named(into: str | None) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(into) if into is not None else None
    except ValueError as error:
        raise QueryError(f"'{into}' is no name of a graph ({error}); write an IRI such as https://example.org/graph") from None


def _parts(lines: list[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines in parts of bounded size, and how many lines each has."""
    part: list[bytes] = []
    size = 0
    for line in lines:
        if part and size + len(line) > PART:
            yield len(part), b"".join(part)
            part, size = [], 0
        part.append(line)
        size += len(line)
    yield len(part), b"".join(part)


def push(graph: Graph, url: str, into: str | None = None, query_url: str | None = None, progress: Progress = _quiet) -> Pushed:
    """Replace a graph of the store at ``url`` (its Graph Store endpoint) by this one: the graph named ``into``, or the default graph.

    The first request replaces (PUT, SPARQL 1.1 Graph Store HTTP Protocol §5.3), further ones add (POST, §5.5); then
    the triples are counted at the store's query endpoint, ``query_url`` or as its maker laid it out. ``progress`` is
    told how many triples of how many are sent. Raises SourceError or QueryError, which say what the store then holds.

    >>> push(graph, "https://example.org/", into="no IRI")
    Traceback (most recent call last):
    kg.errors.QueryError: 'no IRI' is no name of a graph (...); write an IRI such as https://example.org/graph
    """
    name = _named(into)
    if not web.is_url(url):
        raise QueryError(f"'{url}' is no address of a store; write http://host:port/path of its Graph Store endpoint")
    endpoint = Endpoint(query_url or query_endpoint(url))
    lines = canonical(graph.store)
    if sum(map(len, lines)) > PART and any(map(_BLANK.match, lines)):
        raise FormatError("the graph has nodes without names and is too large for one request, between which they would not be the same")
    before = endpoint.count(name)  # and whether anything is there that can count, before anything is replaced
    sent = _send(lines, _target(url, name), _State(endpoint, name, before, web.shown(url)), progress)
    after = endpoint.count(name)
    if after != len(lines):
        raise SourceError(
            f"{web.shown(url)}: {len(lines):,} triples were sent and {after:,} are counted; where the default graph is all graphs "
            "together, push --into a graph of its own; else someone else writes there too"
        )
    return Pushed(after, before, sent, _asked(endpoint.url, name))


def _asked(url: str, name: ox.NamedNode | None) -> str:
    """The address that ``--graph`` takes to ask for what was pushed."""
    if name is None:
        return web.shown(url)
    return f"{web.shown(url)}{'&' if '?' in url else '?'}default-graph-uri={quote(name.value, safe=':/')}"


@dataclass(frozen=True, slots=True)
class _State:
    """What is known of the graph in the store, for when it goes wrong."""

    endpoint: Endpoint
    name: ox.NamedNode | None
    before: int
    store: str

    def told(self) -> str:
        """What the store holds now, in words."""
        which = f"the graph {self.name}" if self.name else "the default graph"
        try:
            now = self.endpoint.count(self.name)
        except KgError:
            return f"how much of {which} in {self.store} was replaced cannot be asked; push again, which starts anew"
        if now == self.before:
            return f"{which} in {self.store} holds {now:,} triples, as many as before"
        return f"{which} in {self.store} held {self.before:,} triples before and holds {now:,} now; push again, which starts anew"


def _send(lines: list[bytes], target: str, state: _State, progress: Progress) -> int:
    """Send all parts; returns how many. What stops it midway says what the store holds."""
    connection, sent, parts = web.connect(target, "Graph Store endpoint (SPARQL 1.1 Graph Store HTTP Protocol)"), 0, 0
    with connection.client:
        try:
            for number, part in _parts(lines):
                connection.send("POST" if parts else "PUT", target, part, {"Content-Type": "application/n-triples"}, 2**20)
                sent, parts = sent + number, parts + 1
                progress(sent, len(lines))
        except KgError as error:
            raise type(error)(f"{error}\n{state.told()}") from error
        except KeyboardInterrupt:
            raise SourceError(f"stopped after {sent:,} of {len(lines):,} triples\n{state.told()}") from None
    return parts
