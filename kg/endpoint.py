"""A SPARQL 1.1 endpoint that answers in the place of a store: queries there, and the whole graph here where it is needed."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, urlencode, urlunsplit

import pyoxigraph as ox

from kg import web
from kg.errors import FormatError, QueryError, SourceError

Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

ANSWER = 64 * 2**20  # bytes of rows: as Python objects they take ten times as much
MOST = 1_000_000  # triples of a graph that is fetched whole: about half a GiB as a store
_TRIPLE = 1_024  # bytes of N-Triples that a triple may take on the average
_NESTED = 1_000  # triple terms in an answer; the parser's stack ends at some thousands inside each other
_ROWS, _NT, _TTL = "application/sparql-results+json", "application/n-triples", "text/turtle"
_DATASET = ("default-graph-uri", "named-graph-uri")
_ASIDE = re.compile(r"<[^<>\s]*>|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|#.*")
_FORM = re.compile(r"(?<![\w:?$-])(SELECT|ASK|CONSTRUCT|DESCRIBE)\b(?!\s*:)", re.I)
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.I)
_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


@dataclass(frozen=True)
class Endpoint:
    """The query service at ``url`` (SPARQL 1.1 Protocol §2.1); ``?default-graph-uri=IRI`` in it names the graph that is asked."""

    url: str

    def __str__(self) -> str:
        return web.shown(self.url)

    def __repr__(self) -> str:
        return f"Endpoint({str(self)!r})"

    def query(self, text: str, *, base_iri: str = "", prefixes: Mapping[str, str] | None = None) -> Result:
        """The endpoint's answer to a query, as Oxigraph's own store would give it.

        Raises QueryError where the query is at fault, SourceError where the endpoint does not answer, FormatError
        where what it answers cannot be read.
        """
        form = _FORM.search(_ASIDE.sub(" ", text))
        if form is None:
            raise QueryError("not a query: there is no SELECT, ASK, CONSTRUCT or DESCRIBE; an endpoint is only read")
        rows = form[1].upper() in ("SELECT", "ASK")
        answer = self._post(_prologue(text, base_iri, prefixes or {}) + text, _ROWS if rows else f"{_NT}, {_TTL};q=0.9", ANSWER)
        return self._rows(answer) if rows else self._store(answer).query(_EVERYTHING)

    def __len__(self) -> int:
        """How many triples it holds."""
        return self.count()

    def count(self, graph: ox.NamedNode | None = None) -> int:
        """How many triples it holds, in the graph of a name or in the default graph."""
        where = f"GRAPH {graph} {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
        found = self.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {where} }}")
        try:
            return int(next(iter(found))["n"].value)  # type: ignore[arg-type]
        except (LookupError, StopIteration, AttributeError, TypeError, ValueError):
            raise FormatError(f"{self}: it cannot count; is it a SPARQL 1.1 query endpoint?") from None

    @cached_property
    def store(self) -> ox.Store:
        """All its triples as an Oxigraph store: asked for once, in one query, so that they are of one moment.

        Raises SourceError for an empty graph, for more than ``MOST`` triples, and for an answer that was cut.
        """
        counted = self.count()
        if counted == 0:
            raise SourceError(f"{self}: the graph is empty; a graph that has a name is asked with {self}?default-graph-uri=IRI")
        if counted > MOST:
            raise SourceError(
                f"{self}: this needs the whole graph, and {counted:,} triples are more than the {MOST:,} that are fetched; "
                "ask for a part with 'kg query', or work on a file of the graph"
            )
        store = self._store(self._post(_EVERYTHING, f"{_NT}, {_TTL};q=0.9", counted * _TRIPLE + 2**20))
        if len(store) != counted:
            raise SourceError(
                f"{self}: {counted:,} triples were counted and {len(store):,} came; the store cuts long answers "
                "(raise its limit) or was changed meanwhile (try again)"
            )
        return store

    def _post(self, text: str, accept: str, limit: int) -> web.Answer:
        """Send a query as a form (§2.1.2), the one way that every engine knows."""
        parts = web.split(self.url)
        given = parse_qsl(parts.query, keep_blank_values=True)
        address = urlunsplit(parts._replace(query=urlencode([each for each in given if each[0] not in _DATASET]), fragment=""))
        form = urlencode([("query", text), *(each for each in given if each[0] in _DATASET)]).encode()
        connection = web.connect(address, "SPARQL 1.1 query endpoint")
        with connection.client:
            headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
            return connection.send("POST", address, form, headers, limit)

    def _rows(self, answer: web.Answer) -> Result:
        """Read SPARQL 1.1 Query Results JSON; spelled anew, so that Oxigraph's parser meets nothing that nests."""
        if answer.media_type not in (_ROWS, "application/json"):
            raise self._unreadable(answer, f"not {_ROWS}")
        try:
            document = json.loads(answer.body)
            bindings = document.get("results", {}).get("bindings", [])
            if any(type(term["value"]) is not str for row in bindings for term in row.values()):
                raise ValueError("a value that is no text")
            spelled = json.dumps(document).encode()
            if isinstance(found := _parsed(spelled), ox.QuerySolutions):
                deque(found, maxlen=0)  # a fault in a later row is found now, not when half of the answer is printed
            return _parsed(spelled)
        except (SyntaxError, ValueError, RecursionError, AttributeError, TypeError, LookupError) as error:
            raise self._unreadable(answer, error) from None

    def _store(self, answer: web.Answer) -> ox.Store:
        """Read the triples of an answer."""
        syntax = ox.RdfFormat.from_media_type(answer.media_type) if answer.media_type in (_NT, _TTL) else None
        if syntax is None:
            raise self._unreadable(answer, f"not {_NT} or {_TTL}")
        if answer.body.count(b"<<") > _NESTED:
            raise self._unreadable(answer, "statements about statements (RDF 1.2)")
        store = ox.Store()
        try:
            store.bulk_load(answer.body, format=syntax, base_iri=str(self))
        except (SyntaxError, ValueError) as error:
            raise self._unreadable(answer, error) from None
        return store

    def _unreadable(self, answer: web.Answer, why: object) -> FormatError:
        began = web.printable(answer.body[:200], 60)
        return FormatError(
            f"{self}: its answer cannot be read ({answer.media_type or 'of no media type'}, {len(answer.body):,} bytes: "
            f"{began}…): {web.printable(str(why).encode())}; is it a SPARQL 1.1 query endpoint?"
        )


def _parsed(document: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    return ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON)


def _prologue(text: str, base_iri: str, prefixes: Mapping[str, str]) -> str:
    """What a query text takes for granted, on the line that it begins on: errors give the lines of the text itself."""
    declared = set(_DECLARED.findall(text))
    used = {name: iri for name, iri in prefixes.items() if name not in declared and f"{name}:" in text}
    base = f"BASE <{base_iri}> " if base_iri else ""
    return base + "".join(f"PREFIX {name}: <{iri}> " for name, iri in used.items())
