"""What a site holds: the server's own pages and documents, each with the file that it becomes."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator
from functools import cache
from typing import Any

import pyoxigraph as ox

from kg import pages
from kg.comparison import compare
from kg.comparison import page as matrix
from kg.errors import FormatError, KgError
from kg.formats import Format
from kg.graph import Graph
from kg.questions import query, questions
from kg.server import screens
from kg.server.answers import Answer
from kg.server.dataset import SPACES, dataset
from kg.server.kept import Pages
from kg.server.reading import Reader, Value
from kg.server.schema import DOWNLOADS
from kg.server.things import SHAPES, SYNTAXES, Things, address, named
from kg.site.addresses import Places, file_name
from kg.verdicts.known import Known
from kg.vocabulary import BASE

_DUMPS = {".nt", ".ttl", ".jsonld", ".rdf", ".csv", ".parquet"}  # networks are pictures of the graph; the site has the view
_NAMES = 100  # names on a page

Files = Iterator[tuple[str, bytes]]


class Content:
    """The files of a site of ``graph``; ``at``: the web address where it stands, '' where none is told; ``sha256``: of the graph."""

    def __init__(self, graph: Graph, at: str, sha256: str) -> None:
        self._graph, self._at, self._sha256 = graph, at, sha256
        self._things = Things(graph)
        self._pages = Pages(self._things, still=True)
        self._campaigns = [row["campaign"].rpartition("/")[2] for row in query(graph, "campaigns") if row["claims"]]
        self._known = Known(graph.store)
        self._comparison = cache(lambda name, language: compare(graph, name, language=language, known=self._known))
        self.names = [name for name in _names(graph) if self._things.find([named(name)])]
        self.places = self._placed()

    def _placed(self) -> Places:
        places = Places(tuple(pages.languages()))
        for at, file in (("/", "index"), ("/search", "search"), ("/questions", "questions/index"), ("/downloads", "downloads/index")):
            places.add(at, f"{file}.html", spoken=True)
        places.add("/names", "names.json", spoken=True)
        for number in range(0, len(self._pages.names.all()), _NAMES):
            places.add(f"/names/{1 + number // _NAMES}", f"names/{1 + number // _NAMES}.html", spoken=True)
        for name in questions():
            places.add(f"/questions/{name}", f"questions/{file_name(name)}.html", spoken=True)
            for form in screens.DATA:
                places.add(f"/api/questions/{name}?format={form}", f"questions/{file_name(name)}.{form}", spoken=True)
        for name in self._campaigns:
            at, file = f"/compare/{name}", f"compare/{file_name(name)}"
            places.add(at, f"{file}.html", spoken=True)
            for source in sorted({cell.source for cell in self._comparison(name, places.languages[0])}):
                places.add(f"{at}/{matrix.teller(source)}", f"{file}/{file_name(matrix.teller(source))}.html", spoken=True)
            places.add(f"/view?campaign={name}", f"view/campaign/{file_name(name)}.html")
        places.add("/view", "view/facts.html")
        places.add("/view?layer=claims", "view/claims.html")
        places.add("/void", "void.ttl")
        for name in self.names:
            places.add(f"/page/{address(named(name))}", f"page/{file_name(name)}.html", spoken=True)
            for suffix in SYNTAXES:
                places.add(f"/data/{address(named(name))}{suffix}", f"data/{file_name(name)}{suffix}")
        return places

    def __len__(self) -> int:
        """How many steps ``files`` makes, about."""
        return len(self.names) * (len(self.places.languages) + len(SYNTAXES))

    def files(self) -> Files:
        """All files with what they hold, in the same order for the same graph."""
        formats = yield from self._dumps()
        yield from self._described(formats)
        for language in self.places.languages:
            yield from self._spoken(language, formats)
        yield from self._pictures()
        for name in self.names:
            yield from self._thing(name)

    def _screen(self, at: str, language: str, made: Answer) -> tuple[str, bytes]:
        return self._page(at, language, made.body.decode())

    def _page(self, at: str, language: str, text: str) -> tuple[str, bytes]:
        file = self.places.file(at, language)
        return file, self.places.rewritten(text, file, language).encode()

    def _dumps(self) -> Generator[tuple[str, bytes], None, list[Format]]:
        """The whole graph as files; those whose library is not installed are left out."""
        made = []
        for each in DOWNLOADS:
            if each.suffix in _DUMPS and each.of_graph and (body := _dump(each.of_graph, self._graph)) is not None:
                file = f"downloads/{screens.NAME}{each.suffix}"
                self.places.add(f"/{file}", file)
                made.append(each)
                yield file, body
        return made

    def _described(self, formats: list[Format]) -> Files:
        triples = sorted(dataset(self._at or BASE, self._graph, self._sha256, formats, is_asked=False), key=str)
        for suffix, (_, syntax) in SYNTAXES.items():
            yield f"void{suffix}", ox.serialize(triples, format=syntax, prefixes=SPACES) or b""

    def _spoken(self, language: str, formats: list[Format]) -> Files:
        """The pages of the whole in a language."""
        graph, keep = self._graph, f"?lang={language}"
        at = self._at or "../" * self.places.file("/", language).count("/") or "./"
        yield self._screen("/", language, screens.home(graph, language, keep, still=True, at=at, formats=formats))
        yield self._screen("/questions", language, screens.listed(language, keep, still=True))
        downloads = screens.screen("downloads.html", language, keep, "/downloads", formats=formats, still=True)
        yield self._screen("/downloads", language, downloads)
        yield from self._named(language, keep)
        for name in questions():
            page, data = screens.written(graph, name, self._pages.reader(language), keep)
            yield self._screen(f"/questions/{name}", language, page)
            for form, body in data.items():
                yield self.places.file(f"/api/questions/{name}?format={form}", language), body
        for name in self._campaigns:
            yield from self._matrix(name, language, keep)

    def _matrix(self, name: str, language: str, keep: str) -> Files:
        """Who says what of a campaign, and the evidence of each source."""
        at, found = f"/compare/{name}", self._comparison(name, language)
        yield self._page(at, language, matrix.page(found, here=at, keep=keep, still=True))
        for source in sorted({cell.source for cell in found}):
            yield self._page(f"{at}/{matrix.teller(source)}", language, matrix.sourced(found.of(source), at, keep, still=True))

    def _named(self, language: str, keep: str) -> Files:
        """Search with its index, and pages of all names: what has a name, by its name in the page's language, with its other names."""
        found = self._called(language)
        pages_of = [found[start : start + _NAMES] for start in range(0, len(found), _NAMES)]
        shown: dict[str, Any] = {"ranges": [(page[0][0].text, page[-1][0].text) for page in pages_of], "still": True}
        search = screens.screen("names.html", language, keep, "/search", script="names.js", fetches=True, names=[], **shown)
        yield self._screen("/search", language, search)
        for number, page in enumerate(pages_of, start=1):
            at = f"/names/{number}"
            yield self._screen(at, language, screens.screen("names.html", language, keep, at, names=page, **shown))
        file = self.places.file("/names", language)
        up = "../" * file.count("/")
        index = [
            {"href": up + self.places.led(it.href, language), "names": [it.text, *others], "kinds": kinds} for it, others, kinds in found
        ]
        yield file, ("[" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in index) + "]\n").encode()

    def _called(self, language: str) -> list[tuple[Value, list[str], list[str]]]:
        """Each thing that has a name, with its other names and its kinds."""
        reader: Reader = self._pages.reader(language)
        found = []
        for iri, names in self._pages.names.all().items():
            node = ox.NamedNode(iri)
            thing = reader.value(node)
            found.append((thing, [name for name in names if name != thing.text], [kind.text for kind in reader.kinds(node)]))
        return sorted(found, key=lambda each: (each[0].text.casefold(), each[0].href))

    def _pictures(self) -> Files:
        """The graph and its campaigns, each one page that changes its language itself."""
        language = self.places.languages[0]
        pictures: list[tuple[str, str | None, str]] = [("/view", None, "facts"), ("/view?layer=claims", None, "claims")]
        for at, name, layer in pictures + [(f"/view?campaign={name}", name, "facts") for name in self._campaigns]:
            told: dict[str, Any] = {"language": language, "keep": f"?lang={language}", "here": "", "still": True}
            made = screens.viewed(self._graph, name, layer, known=self._known, **told)
            if made.status != 200:
                raise KgError(made.body.decode())
            yield self._screen(at, language, made)

    def _thing(self, name: str) -> Files:
        at = address(named(name))
        for suffix in SYNTAXES:
            if document := self._things.written(name, suffix):
                yield self.places.file(f"/data/{at}{suffix}", ""), document.body
        for language in self.places.languages:
            if page := self._pages.thing(name, language, f"?lang={language}"):
                yield self._screen(f"/page/{at}", language, page)


def _names(graph: Graph) -> list[str]:
    """The names of all things of ours, without the terms that stand on another's page."""
    quads = graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    terms = (term for quad in quads for term in (quad.subject, quad.predicate, quad.object) if isinstance(term, ox.NamedNode))
    found = {term.value.partition("#")[0] for term in terms if term.value.startswith(BASE)}
    return sorted(iri.removeprefix(BASE) for iri in found | {SHAPES.value})


def _dump(write: Callable[[Graph], bytes], graph: Graph) -> bytes | None:
    try:
        return write(graph)
    except FormatError:
        return None
