"""What stands behind one cell: both sides with their quotes, and each verdict with its reasons."""

from __future__ import annotations

from dataclasses import dataclass

from kg.comparison import Cell, Comparison, Finding
from kg.comparison.passages import Passage, passages
from kg.verdicts.words import Kind
from kg.verdicts.world import Record

# What a claim says beside its figure, in the order of reading.
_TOLD = (
    "unit", "penalty", "including", "accountType", "named", "violation", "platform", "partner", "actor", "speaker",
    "partOf", "besides", "merges", "from", "to", "statement",
)  # fmt: skip
_FIGURE = ("value", "text")
_ABOUT = ("published", "role", "coverage", "copiedFrom", "derivedFrom")


@dataclass(frozen=True, slots=True)
class Side:
    """One claim as a reader sees it; ``text`` is its figure in the page's language, ``original`` as worded if that differs.

    ``quote`` and ``gloss`` stand in pieces; ``language``: that of the quote. ``links``: property labels and addresses,
    the archive copy first. ``about``: labels and values of what is known of the claim's source.
    """

    publisher: str
    text: str
    original: str
    language: str
    quote: Passage
    gloss: Passage
    claim: str
    links: tuple[tuple[str, str], ...]
    about: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Verdicts of one kind that are told in the same words: ``rule`` is what the rule found where a person decided otherwise."""

    kind: Kind
    properties: tuple[str, ...]
    sentence: str
    rule: Kind | None
    reason: str
    author: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Both sides (``reference`` is None where there is none), verdicts, and what each says in rows.

    A row: the property's label, what is said here, what the reference says, and whether a verdict finds them at odds.
    """

    own: Side
    reference: Side | None
    rows: tuple[tuple[str, str, str, bool], ...]
    verdicts: tuple[Told, ...]


def evidence(cell: Cell, found: Comparison) -> Evidence:
    """What stands behind a cell.

    >>> from kg.comparison import compare
    >>> found = compare(graph, "cac-self-media-2023", sources=["tcit-2023"], measures=["handled"])
    >>> evidence(found[0], found).reference.text
    'over 927,600'
    """
    claim, reference = found.world.claims.get(cell.claim), _reference(cell, found)
    mine, theirs = _marked(claim, reference, found)
    own = _side(found.world.sources[cell.source], claim, mine, found, cell)
    other = _side(found.world.sources[reference.one("source")], reference, theirs, found) if reference else None
    return Evidence(own, other, tuple(_rows(cell, claim, reference, found)), tuple(_told(cell.details, found)))


def _reference(cell: Cell, found: Comparison) -> Record | None:
    """The claim that a cell is held against: that of its verdicts, of the figure's before others, else its measure's."""
    world = found.world
    figure_first = sorted(cell.details, key=lambda finding: finding.property not in _FIGURE)
    named = [world.claims[finding.reference] for finding in figure_first if finding.reference in world.claims]
    best = world.reference(cell.measure, "text", world.claims.get(cell.claim))
    for claim in (*named, best):
        if claim and claim.one("subject") == cell.measure and claim.one("source") != cell.source:
            return claim
    return None


def _marked(claim: Record | None, reference: Record | None, found: Comparison) -> list[dict[str, Passage]]:
    """Quote and gloss of both, with the words marked that differ, where both have words in one language."""
    texts = [{name: record.one(name) if record else "" for name in ("quote", "gloss")} for record in (claim, reference)]
    sides: list[dict[str, Passage]] = [{name: [(text, False)] if text else [] for name, text in side.items()} for side in texts]
    alike = _tongue(claim, found) == _tongue(reference, found)
    names = ["gloss" if side["gloss"] and not alike else "quote" for side in texts]
    one, other = (side[name] for side, name in zip(texts, names, strict=True))
    if one and other and (alike or "gloss" in names):
        for side, name, passage in zip(sides, names, passages(one, other), strict=True):
            side[name] = passage
    return sides


def _tongue(claim: Record | None, found: Comparison) -> str:
    return found.world.sources[claim.one("source")].one("language").partition("-")[0] if claim else ""


def _side(source: Record, claim: Record | None, passage: dict[str, Passage], found: Comparison, cell: Cell | None = None) -> Side:
    words, world = found.words, found.world
    get = claim.one if claim else lambda _: ""
    text, original = words.figure(claim, world), get("text")
    links = {"archive": source.one("archive"), "url": get("url") or source.one("url")}
    if cell:
        original, links = cell.text, {"archive": cell.archive, "url": cell.url}
    about = [("said", get("said")), *((name, _values(source, name, found)) for name in _ABOUT)]
    return Side(
        cell.publisher if cell else source.one("publisher"), text or original, original if original != text else "",
        source.one("language"), passage["quote"], passage["gloss"], claim.iri if claim else "",
        tuple((words.label(f"ontology#{name}"), iri) for name, iri in links.items() if iri),
        tuple((words.label(f"ontology#{name}"), value) for name, value in about if value),
    )  # fmt: skip


def _values(record: Record | None, name: str, found: Comparison) -> str:
    """A property's values in words: a source by its publisher, all else by its label."""
    sources = found.world.sources
    values = record.all(name) if record else ()
    return ", ".join(sources[value].one("publisher") if value in sources else found.words.label(value) for value in values)


def said(claim: Record, found: Comparison) -> str:
    """What a claim without a figure and a quote says: its statement, else its properties in words."""
    told = [(found.words.label(f"ontology#{name}"), _values(claim, name, found)) for name in _TOLD]
    return claim.one("statement") or "; ".join(f"{label}: {value}" for label, value in told if value)


def _rows(cell: Cell, claim: Record | None, reference: Record | None, found: Comparison) -> list[tuple[str, str, str, bool]]:
    at_odds = {finding.property for finding in cell.details if not found.kinds[finding.kind].faithful}
    rows = [
        (found.words.label(f"ontology#{name}"), _values(claim, name, found), _values(reference, name, found), name in at_odds)
        for name in _TOLD
    ]
    return [row for row in rows if row[1] or row[2]]


def _told(findings: tuple[Finding, ...], found: Comparison) -> list[Told]:
    """Verdicts, the gravest first; those of one kind with nothing more to tell stand together."""
    alike: dict[tuple[str, ...], list[Finding]] = {}
    for each in findings:
        alike.setdefault((each.kind, each.rule, each.sentence, each.reason, each.author), []).append(each)
    told = [
        Told(
            found.kinds[kind], tuple(dict.fromkeys(found.words.label(f"ontology#{each.property}") for each in together)), sentence,
            found.kinds[rule] if reason or rule != kind else None, reason, author,
        )
        for (kind, rule, sentence, reason, author), together in alike.items()
    ]  # fmt: skip
    return sorted(told, key=lambda each: (-each.kind.severity, bool(each.kind.faithful and not each.rule), each.kind.order))
