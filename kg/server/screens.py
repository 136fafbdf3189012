"""Pages of the whole graph as answers: the first page, questions and their tables, comparison, picture, downloads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox

from kg import pages
from kg.errors import KgError
from kg.formats import Format
from kg.graph import Graph
from kg.questions import Parameter, Question, Rows, ask, bind, python, query, questions, rows
from kg.server import editor, schema
from kg.server.answers import ADDRESS, LARGEST, Answer, problem
from kg.server.reading import Reader, Value
from kg.server.things import SYNTAXES, Things, address, named
from kg.verdicts.known import Known
from kg.vocabulary import BASE, ENF

HTML = "text/html; charset=utf-8"
NAME = schema.NAME
_MOST = 500  # rows that a page shows
DATA = ("csv", "tsv", "json", "xml")


def screen(template: str, language: str, keep: str, here: str, status: int = 200, **values: Any) -> Answer:
    """A page of the site; ``keep``: what its links carry on, ``here``: its own path."""
    text = pages.render(template, language=language, style="site.css", forms=True, keep=keep, here=here, **values)
    return Answer(status, HTML, text.encode())


def home(
    graph: Graph, language: str, keep: str, still: bool = False, at: str = "/", formats: Sequence[Format] = schema.DOWNLOADS
) -> Answer:
    """The first page; ``still``, here and below: as a file, with no server behind it; ``at``: where it stands, with which downloads."""
    reader = Reader(Things(graph), language)
    campaigns = [
        {"thing": reader.value(ox.NamedNode(row["campaign"])), "name": row["campaign"].rpartition("/")[2], **_numbers(row)}
        for row in query(graph, "campaigns", lang=language)
    ]
    counts = [(reader.value(ox.NamedNode(ENF + name)), number) for name, number in graph.manifest.get("counts", {}).items()]
    described = schema.dataset(graph, language, at, formats)
    return screen(
        "home.html", language, keep, "/", campaigns=campaigns, counts=counts, triples=len(graph), described=described, still=still
    )


def _numbers(row: Mapping[str, Any]) -> dict[str, Any]:
    period = " – ".join(dict.fromkeys(filter(None, (row["from"], row["to"]))))
    return {"period": period, "measures": row["measures"], "claims": row["claims"]}


def thing(
    reader: Reader, found: ox.NamedNode, language: str, keep: str, described: Mapping[str, Any] | None = None, still: bool = False
) -> Answer:
    """A thing's page; ``described``: what it tells search engines."""
    here, reading = address(found.value), reader.read(found)
    kinds = {f"kind-{kind.code}": kind.colour for told in reading.claims for kind in told.verdicts}
    places = [(media, f"/data/{here}{suffix}") for suffix, (media, _) in SYNTAXES.items()]
    values: dict[str, Any] = {
        "reading": reading,
        "documents": places,
        "generated": pages.classes(kinds),
        "described": described,
        "still": still,
    }
    return screen("thing.html", language, keep, f"/page/{here}", **values)


def reviewed(graph: Graph, name: str, language: str, keep: str) -> Answer:
    """The page of a claim that has verdicts."""
    claim = ox.NamedNode(named(name))
    return thing(Reader(Things(graph), language), claim, language, keep, schema.review(graph, claim, language))


def listed(language: str, keep: str, still: bool = False) -> Answer:
    """The named questions."""
    return screen("questions.html", language, keep, "/questions", questions=list(questions(language).values()), still=still)


def question(graph: Graph, name: str, parameters: Mapping[str, str], form: str | None, language: str, keep: str) -> Answer:
    """A named question's answer: as a page with its form (``form`` is None), or as data of that format."""
    from kg.formats import by_name

    asked = questions(language)[name]
    known = {parameter.name for parameter in asked.parameters}
    given = ({"lang": language} if "lang" in known else {}) | {key: value for key, value in parameters.items() if value}
    try:
        if form is not None:
            entry = by_name(form)
            made = entry.of_rows(rows(ask(graph, name, given)), False) if entry.of_rows else b""
            return Answer(200, entry.media_type, made) if made else problem(404, f"'{form}' holds no rows")
        return _shown(graph, asked, given, language, keep)
    except KgError as error:
        return problem(400, str(error)) if form is not None else _page(asked, given, language, keep, status=400, failed=str(error))


def _shown(graph: Graph, asked: Question, given: Mapping[str, str], language: str, keep: str) -> Answer:
    sparql = bind(asked, given)
    found: Any = ask(graph, asked.name, given)
    columns = [variable.value for variable in found.variables]
    table, total = cells(Reader(Things(graph), language), found)
    written = urlencode({f"p.{name}": value for name, value in given.items()})
    formats = [(each, f"/api/questions/{asked.name}?{written}&format={each}") for each in DATA]
    formats.append(("SPARQL", "/sparql?" + urlencode({"query": sparql, "accept": "text/html"})))
    return _page(asked, given, language, keep, columns=columns, rows=table, total=total, formats=formats)


def written(graph: Graph, name: str, reader: Reader, keep: str) -> tuple[Answer, dict[str, bytes]]:
    """A named question's answer without parameters given: as a page that needs no server, and as data by format; asked once."""
    from kg.formats import by_name

    language = reader.words.language
    asked = questions(language)[name]
    given = {"lang": language} if any(parameter.name == "lang" for parameter in asked.parameters) else {}
    found: Any = ask(graph, name, given)
    columns, solutions = [variable.value for variable in found.variables], list(found)
    table, total = cells(reader, solutions)
    formats = [(each, f"/api/questions/{name}?format={each}") for each in DATA]
    page = _page(asked, given, language, keep, columns=columns, rows=table, total=total, formats=formats, still=True)
    data = Rows(columns, [{column: python(solution[column]) for column in columns} for solution in solutions])
    writers = {each: by_name(each).of_rows for each in DATA}
    return page, {each: write(data, False) for each, write in writers.items() if write}


def cells(reader: Reader, found: Any) -> tuple[list[list[Value | None]], int]:
    """The first rows in words, and how many rows there are."""
    table: list[list[Value | None]] = []
    total = 0
    for row in found:
        total += 1
        if total <= _MOST:
            table.append([reader.value(term) if term is not None else None for term in row])
    return table, total


def _page(asked: Question, given: Mapping[str, str], language: str, keep: str, status: int = 200, **values: Any) -> Answer:
    fields = [_field(parameter, given) for parameter in asked.parameters if parameter.name != "lang"]
    blank = {"columns": [], "rows": [], "total": 0, "formats": [], "failed": "", "query": None}
    texts = {"heading": asked.title, "about": asked.description, "fields": fields}
    return screen("answer.html", language, keep, f"/questions/{asked.name}", status, **(blank | texts | values))


def _field(parameter: Parameter, given: Mapping[str, str]) -> dict[str, str]:
    default = "" if parameter.default == "*" else parameter.default
    return {"name": parameter.name, "meaning": parameter.meaning, "value": given.get(parameter.name, default)}


def compared(graph: Graph, campaign: str, source: str | None, language: str, keep: str, here: str) -> Answer:
    """Who says what of a campaign; where a source is named, the evidence of what it says. ``here``: the address of the comparison."""
    from kg.comparison import compare
    from kg.comparison.page import page, sourced

    try:
        found = compare(graph, campaign, sources=[source] if source else (), language=language)
    except KgError as error:
        return problem(404, str(error))
    if source and not found:
        return problem(404, f"'{source}' says nothing of '{campaign}'; {here} tells who does")
    made = sourced(found, here, keep) if source else page(found, here=here, keep=keep)
    return Answer(200, HTML, made.encode())


def viewed(
    graph: Graph, campaign: str | None, layer: str, around: str | None = None, language: str = "", known: Known | None = None, **site: Any
) -> Answer:
    """The graph as a picture; ``site``: what leads to the other pages (``keep``, ``here``, ``still``), none where not given."""
    from kg.viewer.model import model
    from kg.viewer.page import page

    try:
        return Answer(200, HTML, page(model(graph, campaign, layer, around, known), language, **site).encode())
    except KgError as error:
        return problem(404, str(error))


def download(graph: Graph, form: str) -> Answer:
    """The whole graph in a format."""
    from kg.formats import by_name

    entry = by_name(form)
    try:
        body = entry.of_graph(graph) if entry.of_graph else b""
    except KgError as error:
        return problem(404, str(error))
    return Answer(200, entry.media_type, body) if len(body) <= LARGEST else problem(500, "larger than this server sends; use 'kg export'")


def described(found: Any, graph: Graph, sparql: str, names: Sequence[str], language: str, keep: str) -> Answer:
    """A free query's rows as a page with the query; an answer without rows shows its truth value."""
    columns = list(names) or ["?"]
    table, total = cells(Reader(Things(graph), language), found) if names else ([[Value(str(bool(found)).lower())]], 1)
    media = _TRIPLES if isinstance(found, ox.QueryTriples) else _RESULTS if names else _TRUTH
    places = [(name, "/sparql?" + urlencode({"query": sparql, "accept": each})) for name, each in media.items()]
    links = [place for place in places if len(place[1]) <= ADDRESS]
    return asking(language, keep, sparql, columns=columns, rows=table, total=total, formats=links)


_RESULTS = {
    "csv": "text/csv", "tsv": "text/tab-separated-values", "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
}  # fmt: skip
_TRUTH = {name: _RESULTS[name] for name in ("json", "xml")}  # a truth value is no table
_TRIPLES = {
    "turtle": "text/turtle",
    "json-ld": "application/ld+json",
    "n-triples": "application/n-triples",
    "rdf/xml": "application/rdf+xml",
}
EXAMPLE = f"""SELECT ?publisher ?text ?quote WHERE {{
  ?claim enf:subject/enf:campaign ?campaign ; enf:text ?text ; enf:source/enf:publisher ?publisher .
  OPTIONAL {{ ?claim enf:quote ?quote }}
}}
ORDER BY ?publisher ?text LIMIT 20
# relative addresses begin at {BASE}"""


def asking(language: str, keep: str, sparql: str = EXAMPLE, status: int = 200, **values: Any) -> Answer:
    """The page that asks in SPARQL."""
    site = pages.interface(language)[1]["site"]
    blank = {"columns": [], "rows": [], "total": 0, "formats": [], "failed": "", "fields": []}
    texts = {"heading": site["sparql"], "about": site["sparqlAbout"], "query": sparql}
    scripts = {"script": "editor.js", "beside": editor.asked_for()}
    return screen("answer.html", language, keep, "/sparql", status, **(blank | texts | scripts | values))
