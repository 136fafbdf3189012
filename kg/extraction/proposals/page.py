"""A proposal as one HTML file: the article with its figures marked, and beside each the claim that is proposed for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg import pages
from kg.extraction.model import Extraction, Span
from kg.extraction.proposals import Proposal, needed
from kg.extraction.proposals.sources import Known
from kg.vocabulary import BASE, ENF, Term, Vocabulary

Piece = tuple[str, int]  # words, and the number of the figure that they are (0: none)
Value = tuple[str, str, str, bool]  # a label in the page's language, one in another, the place it leads to, whether the thing is new

_RELATIONS = ("partOf", "besides")
_TELLING = ("comparator", "value", "unit", "penalty", "accountType", "violation", "actor", "platform", "from", "to")
_GIST = ("unit", "penalty", "accountType", "violation")
_SLOTS = (*_TELLING, *_RELATIONS, "subject", "statement")


@dataclass(frozen=True, slots=True)
class Card:
    """A claim on the page: its number in the text, the figure's words and their English, all in a line, slots with labels, doubts."""

    number: int
    words: str
    gloss: str
    tint: str
    gist: str
    rows: list[tuple[str, list[Value]]]
    doubts: list[str]
    is_known: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of the text in pieces, and the claims whose figures begin in it."""

    pieces: list[Piece]
    cards: list[Card]


def page(proposal: Proposal, extraction: Extraction, known: Known, vocabulary: Vocabulary, title: str = "") -> str:
    """The page, whole, in the text's language; the same proposal gives the same bytes.

    >>> from kg.extraction.proposals import propose
    >>> from kg.vocabulary import vocabulary
    >>> text = Extraction("They shut nearly 930,000 accounts.", "en")
    >>> page(propose(text, {}, Known(graph), vocabulary()), text, Known(graph), vocabulary()).startswith("<!doctype html>")
    True
    """
    language, words = pages.interface(extraction.language.partition("-")[0])
    showing = _Showing(proposal, extraction, known, vocabulary, language)
    return pages.render(
        "article.html",
        language=language,
        style="article.css",
        generated=pages.classes(showing.tints()),
        words=words | {"skip": words["article"]["skip"]},
        of_text=extraction.language,
        source=proposal.document,
        title=title or proposal.document.get("publisher") or proposal.document["id"].removeprefix("source/"),
        notes=[(words["article"]["kinds"][kind], *_told(text, language)) for kind, text in proposal.notes.get("", ())],
        rows=list(showing.rows()),
        other=showing.other,
        tints=showing.tints_by_number(),
    )


def _told(text: str, language: str) -> tuple[str, str]:
    """A remark on the source in the page's language, where it has it there; and the language that it is in."""
    known = next((own for own, said in zip(needed(language).values(), needed("en").values(), strict=True) if said == text), "")
    return (known, language) if known else (text, "en")


class _Showing:
    """One page under way."""

    def __init__(self, proposal: Proposal, extraction: Extraction, known: Known, vocabulary: Vocabulary, language: str) -> None:
        self.proposal, self.extraction, self.known, self.vocabulary, self.language = proposal, extraction, known, vocabulary, language
        self.other = next(each for each in known.labels if each != language)
        self.claims: list[dict[str, Any]] = proposal.document["claims"]
        self.numbers = {index: number for number, index in enumerate(proposal.figures.values(), start=1)}
        self.new = {measure["id"]: measure["label"] for measure in proposal.document.get("measures", ())}

    def tints(self) -> dict[str, str]:
        """The penalties' colours by class name."""
        found = {}
        for code in dict.fromkeys(claim["penalty"] for claim in self.claims):
            concept = ox.NamedNode(f"{BASE}penalty/{code}")
            quads = self.known.graph.store.quads_for_pattern(concept, ox.NamedNode(ENF + "colour"), None, None)
            found[_tint(code)] = next((quad.object.value for quad in quads), "")  # type: ignore[union-attr]
        return found

    def tints_by_number(self) -> dict[int, str]:
        """The class of each figure's mark."""
        return {self.numbers[self.proposal.figures[claim["key"]]]: _tint(claim["penalty"]) for claim in self.claims}

    def rows(self) -> Iterator[Row]:
        """The paragraphs of the text, each with its claims."""
        cards = {card.number: card for card in map(self._card, self.claims)}
        marks = sorted((_quote(claim), self.numbers[self.proposal.figures[claim["key"]]]) for claim in self.claims)
        at, start = 0, 0
        for line in self.extraction.text.splitlines(keepends=True):
            end = start + len(line)
            here = []
            while at < len(marks) and marks[at][0][0] < end:
                here.append(marks[at])
                at += 1
            if line.strip():
                yield Row(list(_pieces(self.extraction.text, start, end, here)), [cards[number] for _, number in here])
            start = end

    def _card(self, claim: Mapping[str, Any]) -> Card:
        figure = claim.get("figure", {})
        index = self.proposal.figures[claim["key"]]
        notes = self.proposal.notes.get(claim["key"], [])
        slots = dict(self._slots(claim, index))
        return Card(
            self.numbers[index],
            figure.get("text", claim["evidence"]["quote"]),
            claim["evidence"].get("gloss", ""),
            _tint(claim["penalty"]),
            " · ".join(self._gist(slots)),
            [(self._label(name), values) for name, values in slots.items()],
            [text for kind, text in notes if kind == "look"],
            any(kind == "known" for kind, _ in notes),
        )

    def _gist(self, slots: Mapping[str, list[Value]]) -> Iterator[str]:
        for name in (*_GIST, *_RELATIONS):
            for label, *_ in slots.get(name, ()):
                yield f"{self._label(name)} {label}" if name in _RELATIONS else label

    def _slots(self, claim: Mapping[str, Any], index: int) -> Iterator[tuple[str, list[Value]]]:
        figure = claim.get("figure", {})
        whole = {**claim, **{name: figure[name] for name in ("unit", "comparator") if name in figure}}
        if figure:
            whole["value"] = f"{figure['value']:,}" if "value" in figure else f"{figure['min']:,} – {figure['max']:,}"
        relation = self.extraction.figures[index].relation
        place = f"#claim-{self.numbers[relation[1]]}" if relation and relation[1] in self.numbers else ""
        for name in _SLOTS:
            if name in whole:
                values = whole[name] if isinstance(whole[name], list) else [whole[name]]
                labels = ((*self._value(self.vocabulary.terms[name], str(value)), value in self.new) for value in values)
                yield name, [(mine, other, place if name in _RELATIONS else "", is_new) for mine, other, is_new in labels]

    def _value(self, term: Term, value: str) -> tuple[str, str]:
        """A value's labels in the page's language and in the other; words and dates have none."""
        iri = term.scheme.removeprefix(BASE) + value if term.scheme else value
        if term.kind not in ("code", "thing"):
            return value, ""
        if iri in self.new:
            return self.new[iri][self.language], self.new[iri][self.other]
        mine, other = self.known.labels[self.language].label(iri), self.known.labels[self.other].label(iri)
        return mine, other if other != mine else ""

    def _label(self, name: str) -> str:
        return self.known.labels[self.language].label(f"ontology#{name}")


def _tint(code: str) -> str:
    return f"did-{code}"


def _quote(claim: Mapping[str, Any]) -> Span:
    return claim["evidence"]["start"], claim["evidence"]["end"]


def _pieces(text: str, start: int, end: int, marks: list[tuple[Span, int]]) -> Iterator[Piece]:
    """The text from ``start`` to ``end``, cut at figures; of two that overlap the second keeps what the first leaves."""
    at = start
    for (first, last), number in marks:
        if at < first:
            yield text[at:first], 0
        yield text[max(at, first) : max(at, last)], number
        at = max(at, last)
    if at < end:
        yield text[at:end].rstrip("\n"), 0
