"""Questions: the named queries of ``ontology/queries`` and free SPARQL 1.1, answered in rows; and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import resources
from kg.columns import by_columns
from kg.dates import bounds
from kg.errors import QueryError, nearest
from kg.graph import Graph
from kg.vocabulary import BASE, prefixes

if TYPE_CHECKING:
    import pandas
    import polars

XSD = "http://www.w3.org/2001/XMLSchema#"
_HEADER = re.compile(r"^# (title|description)(?:@([\w-]+))?: (.+)$", re.M)
_PARAM = re.compile(r"^# param: (\w+) (iri|string|integer|date) (\S+) — (.+)$", re.M)
_MEANING = re.compile(r"^# param@([\w-]+): (\w+) — (.+)$", re.M)
_OPENING = re.compile(r"\bWHERE\s*\{", re.I)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be told: name, type (iri, string, integer, date), default ('*': not restricted), meaning."""

    name: str
    type: str
    default: str
    meaning: str

    def term(self, word: str) -> ox.NamedNode | ox.Literal:
        """``word`` as an RDF term of the parameter's type; raises QueryError.

        >>> Parameter("n", "integer", "*", "").term("3").value
        '3'
        """
        try:
            if self.type == "iri":
                return ox.NamedNode(word if re.match(r"[a-z]+:", word) else BASE + word)
            if self.type == "integer":
                return ox.Literal(str(int(word)), datatype=ox.NamedNode(XSD + "integer"))
            if self.type == "date":
                return ox.Literal(bounds(word)[1].isoformat(), datatype=ox.NamedNode(XSD + "date"))
        except ValueError as error:
            raise QueryError(f"{self.name}={word}: {error}; this parameter takes a value of type {self.type}") from None
        return ox.Literal(word)


@dataclass(frozen=True, slots=True)
class Question:
    """A named query: its SPARQL text and what its comment header says."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sparql: str


def _question(path: Path, language: str = "") -> Question:
    """The question of a file, told in ``language`` where its header has words in it."""
    text = path.read_text("utf-8")
    header = {name: words for tag in ("", language) for name, of, words in _HEADER.findall(text) if of == tag}
    meanings = {name: words for of, name, words in _MEANING.findall(text) if of == language}
    found = (Parameter(*each) for each in _PARAM.findall(text))
    parameters = tuple(replace(each, meaning=meanings.get(each.name, each.meaning)) for each in found)
    return Question(path.stem, header.get("title", path.stem), header.get("description", ""), parameters, text)


@cache
def questions(language: str = "") -> dict[str, Question]:
    """All named questions by name, told in ``language`` (BCP 47) where they have words in it.

    >>> questions()["penalties-by-account-type"].title
    'Penalties by account type'
    """
    return {path.stem: _question(path, language) for path in sorted((resources.ontology() / "queries").glob("*.rq"))}


def question(name: str) -> Question:
    """A named question, or the one in a file whose name ends in .rq; raises QueryError naming the nearest."""
    if name.endswith(".rq"):
        try:
            return _question(Path(name))
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{name}: cannot be read ({error}); name a query file") from error
    if name not in questions():
        raise QueryError(f"there is no question '{name}'; {nearest(name, questions())} ('kg query --list' shows all)")
    return questions()[name]


class Rows(Sequence[dict[str, Any]]):
    """Rows of an answer: mappings from column to Python value (str, int, float, bool) or None where unbound."""

    def __init__(self, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
        self.columns, self._rows = tuple(columns), rows

    def __getitem__(self, index: Any) -> Any:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        """The rows as an HTML table, for notebooks."""
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{escape(short(row[c]))}</td>" for c in self.columns) + "</tr>" for row in self)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas DataFrame, where pandas is installed."""
        import pandas

        return pandas.DataFrame(list(self), columns=list(self.columns))

    def to_polars(self) -> polars.DataFrame:
        """The rows as a polars DataFrame, where polars is installed."""
        import polars

        return polars.DataFrame(list(self), schema=list(self.columns), infer_schema_length=None)


def short(value: Any) -> str:
    """A value as a reader knows it: IRIs of ours without the base, nothing for nothing.

    >>> short(BASE + "measure/a/b"), short(None), short(3)
    ('measure/a/b', '', '3')
    """
    if value is None:
        return ""
    return str(value).removeprefix(BASE).removeprefix("ontology#")


_PYTHON: dict[str, Callable[[str], Any]] = {
    XSD + "integer": int,
    XSD + "decimal": float,
    XSD + "double": float,
    XSD + "boolean": "true".__eq__,
}


def python(term: Any) -> Any:
    """An RDF term as a Python value: IRIs and other literals are str."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return _PYTHON.get(term.datatype.value, str)(term.value)
    return term.value if isinstance(term, ox.NamedNode | ox.BlankNode) else str(term)


def bind(query: Question, given: Mapping[str, str]) -> str:
    """The question's SPARQL with its parameters bound, the given ones before the defaults; raises QueryError.

    They enter as a VALUES block (SPARQL 1.1 §10.2) at the head of the WHERE group, so the text runs anywhere.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            raise QueryError(f"'{query.name}' has no parameter '{name}'; {nearest(name, known) if known else 'it takes none'}")
    words = {name: given.get(name, parameter.default) for name, parameter in known.items()}
    bound = {name: known[name].term(word) for name, word in words.items() if word != "*"}
    opening = _OPENING.search(query.sparql)
    if not bound:
        return query.sparql
    if not opening:
        raise QueryError(f"'{query.name}' has parameters but no 'WHERE {{'; write the word WHERE")
    block = f" VALUES ({' '.join('$' + name for name in bound)}) {{ ({' '.join(map(str, bound.values()))}) }}"
    return query.sparql[: opening.end()] + block + query.sparql[opening.end() :]


def _run(graph: Graph, sparql: str) -> Any:
    """The answer to one query text where the graph is, the context's prefixes known beforehand; raises QueryError."""
    try:
        return graph.origin.query(sparql, base_iri=BASE, prefixes=prefixes())
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"not a query that can be answered: {error}; mend the SPARQL") from None


def ask(graph: Graph, name_or_sparql: str, parameters: Mapping[str, Any]) -> Any:
    """The answer, as Oxigraph gives it, to a question by name, a file (``….rq``) or SPARQL text (it holds a brace)."""
    words = {name: str(value) for name, value in parameters.items()}
    if "{" in name_or_sparql:  # from anybody: what its comments say is nothing to go by
        asked = Question("the query", "", "", tuple(Parameter(n, _guess(v), "*", "") for n, v in parameters.items()), name_or_sparql)
        return _run(graph, bind(asked, words))
    asked = question(name_or_sparql)
    small, sparql = by_columns(graph, asked.sparql)
    return _run(small, bind(replace(asked, sparql=sparql), words))


def _guess(value: Any) -> str:
    text = str(value)
    return "integer" if re.fullmatch(r"-?\d+", text) else "iri" if re.match(r"[a-z]+(:|-?[a-z]*/)", text) else "string"


def query(graph: Graph, name_or_sparql: str, **parameters: Any) -> Rows:
    """The rows that answer a named question, a query file or SPARQL text; parameters by keyword.

    An ASK has one row with the column ``answer``; CONSTRUCT and DESCRIBE give subject, predicate, object.
    Raises QueryError.

    >>> query(graph, "platforms-by-source", lang="en").columns[:2]
    ('source', 'publisher')
    >>> query(graph, "SELECT ?x WHERE { ?x a enf:Campaign } ORDER BY ?x LIMIT 1")[0]["x"]
    'https://w3id.org/enforcement-kg/campaign/cac-2021'
    """
    return rows(ask(graph, name_or_sparql, parameters))


def rows(answer: Any) -> Rows:
    """Oxigraph's answer as Rows."""
    if isinstance(answer, ox.QuerySolutions):
        columns = [variable.value for variable in answer.variables]
        return Rows(columns, [{c: python(s[c]) for c in columns} for s in answer])
    if isinstance(answer, ox.QueryTriples):
        names = ("subject", "predicate", "object")
        return Rows(names, [dict(zip(names, map(python, triple), strict=True)) for triple in answer])
    return Rows(("answer",), [{"answer": bool(answer)}])
