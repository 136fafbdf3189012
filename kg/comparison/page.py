"""A comparison as HTML: sentences to quote, the matrix, and behind each figure both quotes side by side, in the file or beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from kg import pages
from kg.comparison import Cell, Comparison
from kg.comparison.evidence import evidence, said
from kg.comparison.matrix import Matrix, matrix
from kg.verdicts.words import Kind


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell on the page; ``name``: its evidence's place on its page, ``address``: what leads there; ``kinds``: the telling signs."""

    name: str
    address: str
    cell: Cell
    text: str
    language: str
    kinds: tuple[Kind, ...]

    @property
    def gravest(self) -> Kind | None:
        """The kind that weighs most."""
        return max(self.kinds, key=lambda kind: kind.severity, default=None)


def page(comparison: Comparison, **site: Any) -> str:
    """The page, whole; the same comparison gives the same bytes.

    ``site``: what leads from it to a site's other pages, where the evidence stands on ``sourced`` ones; without, the page holds it.

    >>> from kg.comparison import compare
    >>> page(compare(graph, "cac-self-media-2023", measures=["closures"])).startswith("<!doctype html>")
    True
    """
    entries = {cell: _entry(cell, comparison, *_place(number, cell, **site)) for number, cell in enumerate(comparison)}
    grid = matrix(comparison)
    shown = {cell for cells in grid.fields.values() for cell in cells}
    return pages.render(
        "compare.html",
        language=comparison.words.language,
        script="compare.js",
        style=["evidence.css", "compare.css"],
        fetches=bool(site),
        entries=entries,
        grid=grid,
        groups=_groups(grid, comparison),
        references=_references(grid, comparison),
        trusted=_trusted(grid, comparison),
        said=_said(comparison),
        sentences=_sentences(entries.values(), comparison),
        tallies={name: comparison.tally(name) for name in ("source", "measure")},
        besides=_besides([cell for cell in comparison if cell not in shown]),
        legend=_legend(comparison),
        **_signed(comparison),
        **site,
    )


def sourced(comparison: Comparison, campaign: str, keep: str, **site: Any) -> str:
    """The evidence of one source's cells as a page of a site; ``campaign``: the address of the comparison's page.

    >>> from kg.comparison import compare
    >>> found = compare(graph, "cac-self-media-2023", sources=["tcit-2023"], measures=["handled"])
    >>> '<section id="lesser-penalties">' in sourced(found, "/compare/cac-self-media-2023", "")
    True
    """
    entries = [_entry(cell, comparison, *_place(number, cell, campaign, keep)) for number, cell in enumerate(comparison)]
    here = f"{campaign}/{teller(comparison[0].source)}"
    return pages.render(
        "source.html",
        language=comparison.words.language,
        style=["site.css", "evidence.css"],
        forms=True,
        entries=entries,
        matrix=campaign + keep,
        here=here,
        keep=keep,
        **_signed(comparison),
        **site,
    )


def teller(source: str) -> str:
    """A source's name as the end of an address.

    >>> teller("source/tcit-2023"), teller("https://example.org/x")
    ('tcit-2023', 'https%3A%2F%2Fexample.org%2Fx')
    """
    return quote(source.removeprefix("source/"), safe="")


def _place(number: int, cell: Cell, here: str = "", keep: str = "", **_: Any) -> tuple[str, str]:
    """Where the evidence of a cell stands, and what leads there: by the claim's key, or by what its source does not say."""
    if not here:
        return f"cell-{number}", f"#cell-{number}"
    name = cell.claim.removeprefix(f"claim/{cell.source.removeprefix('source/')}/") or cell.measure
    return name, f"{here}/{teller(cell.source)}{keep}#{quote(name)}"


def _signed(found: Comparison) -> dict[str, Any]:
    """The comparison and what stands behind its cells, with a class for each kind of verdict and the style that gives it its colour."""
    classes = {code: f"kind-{number}" for number, code in enumerate(found.kinds)}
    colours = pages.classes({name: found.kinds[code].colour for code, name in classes.items()})
    return {"comparison": found, "behind": partial(evidence, found=found), "classes": classes, "generated": colours}


def _entry(cell: Cell, found: Comparison, name: str, address: str) -> Entry:
    kinds = [found.kinds[code] for code in cell.verdicts]
    telling = [kind for kind in kinds if kind.code != "same"] or kinds[:1]
    claim = found.world.claims.get(cell.claim)
    text = cell.text or cell.quote or (said(claim, found) if claim else "")
    quoted = bool(cell.quote) and text in (cell.text, cell.quote)
    language = found.world.sources[cell.source].one("language") if quoted else ""
    return Entry(name, address, cell, text, language, tuple(telling))


def _groups(grid: Matrix, found: Comparison) -> dict[str, dict[str, str]]:
    """Sources with their publishers, under the label of their role."""
    groups: dict[str, dict[str, str]] = {}
    for source, publisher in grid.sources.items():
        groups.setdefault(found.words.label(found.world.sources[source].one("role")), {})[source] = publisher
    return groups


def _references(grid: Matrix, found: Comparison) -> dict[str, str]:
    """The figure of each measure's reference, in the page's language."""
    return {measure: found.words.figure(found.world.claims[cell.claim], found.world) for measure, cell in grid.references.items()}


def _trusted(grid: Matrix, found: Comparison) -> tuple[bool, list[str]]:
    """Whether every primary source is trusted; and who speaks in the references."""
    primary = {iri for iri, source in found.world.sources.items() if source.code("role") == "primary"}
    claims = [found.world.reference(measure, "text") for measure in grid.measures]
    return found.world.trusted == primary, list(dict.fromkeys(found.words.speaker(claim, found.world) for claim in claims if claim))


def _said(found: Comparison) -> tuple[str, str]:
    """When the first and the last claim was said for certain: a year alone moves neither."""
    claims = [claim for cell in found if (claim := found.world.claims.get(cell.claim)) and claim.one("said")]
    if not claims:
        return "", ""
    first = min(claims, key=lambda claim: claim.one("saidLatest"))
    last = max(claims, key=lambda claim: claim.one("saidEarliest"))
    return first.one("said"), last.one("said")


def _sentences(entries: Iterable[Entry], found: Comparison) -> dict[str, list[tuple[str, Entry]]]:
    """The comparison's sentences by their kind's code, in its order, each with the cell that it tells of."""
    told = {finding.sentence: (finding.kind, entry) for entry in reversed(list(entries)) for finding in entry.cell.details}
    groups: dict[str, list[tuple[str, Entry]]] = {}
    for sentence in found.sentences():
        kind, entry = told[sentence]
        groups.setdefault(kind, []).append((sentence, entry))
    return groups


def _besides(cells: list[Cell]) -> dict[str, list[Cell]]:
    """What the matrix does not show, by source."""
    groups: dict[str, list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.is_reference, cell.publisher, cell.source)):
        groups.setdefault(cell.source, []).append(cell)
    return groups


def _legend(found: Comparison) -> dict[str, int]:
    """The kinds that occur, in their order, and how often."""
    occurring = [finding.kind for cell in found for finding in cell.details]
    return {code: occurring.count(code) for code in found.kinds if code in occurring}
