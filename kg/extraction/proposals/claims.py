"""One figure as a claim of a facts document: its slots, its number, its evidence; and the claim that the graph already has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from kg.extraction.model import Extraction, Figure, Span
from kg.extraction.proposals.sources import Known, slug
from kg.facts.strict import RefusedError, check_text
from kg.figures import LARGEST, contradiction
from kg.verdicts.world import Record
from kg.vocabulary import Vocabulary

Selector = Callable[[int], str]

WORDS_AT_MOST, CHARACTERS_AT_MOST = 12, 24  # of a quote: by words, and where spaces do not part words
_SHOWN = 40  # characters of a figure's words in a message
_BARE = "exactly"  # the comparator of a number without a modifier
GLOSSED_IN = "en"  # the language that quotes in all others are said again in


class LeftOut(NamedTuple):
    """A figure that no document can hold, why, and what to try."""

    figure: Figure
    reason: str
    advice: str


def left_out(figure: Figure) -> LeftOut | None:
    """Why a document cannot hold a figure: characters of its quote hide, or no store computes with its number; None where it can.

    >>> left_out(Figure("9\\u200b0 posts", 0, 8, "9\\u200b0", 90, None, None, "exactly", "post", "x")).reason
    "the figure '9\\\\u200b0' holds characters that hide"
    """
    try:
        check_text(figure.words, None)
        check_text(figure.quote, None)
    except RefusedError:
        advice = "delete them from the text, or write the claim by hand"
        return LeftOut(figure, f"the figure {figure.words[:_SHOWN]!a} holds characters that hide", advice)
    if max(figure.value or 0, figure.max or 0) <= LARGEST:
        return None
    reason = f"the figure '{figure.words[:_SHOWN]}{'…' * (len(figure.words) > _SHOWN)}' is longer than any store computes with"
    return LeftOut(figure, reason, f"mend the number where it is a slip (at most {LARGEST:,}), or write a claim with a statement")


def same_claims(figures: Mapping[int, Figure], claims: Iterable[Record]) -> dict[int, Record]:
    """The claim of one source that each figure is: quotes that overlap, the same number; each claim once, the nearest first."""
    pairs = [
        (abs(int(claim.one("start")) - figure.start), number, claim.iri, claim)
        for claim in claims
        for number, figure in figures.items()
        if claim.figure and claim.one("start") and _is(figure, claim)
    ]
    found: dict[int, Record] = {}
    for _, number, _, claim in sorted(pairs, key=lambda pair: pair[:3]):
        if number not in found and claim not in found.values():
            found[number] = claim
    return found


def _is(figure: Figure, claim: Record) -> bool:
    overlap = figure.start < int(claim.one("end")) and int(claim.one("start")) < figure.end
    theirs = claim.figure
    if not overlap or not theirs:
        return False
    return theirs.value == figure.value and (figure.value is not None or (theirs.min, theirs.max) == (figure.min, figure.max))


def key_words(figure: Figure) -> str:
    """The key of a claim: what was done to what, and the number."""
    number = str(figure.value) if figure.value is not None else f"{figure.min or 0}-{figure.max or 'more'}"
    return f"{slug(' '.join([figure.penalty, *figure.account_types, figure.unit]))}-{number}"


def slots(figure: Figure, extraction: Extraction) -> dict[str, list[str] | str]:
    """What the claim says beside its number: who did what, where, to which accounts, why, and when.

    Platforms did it where the whole text names no authority.
    """
    authorities = [f"authority/{code}" for code in figure.authorities]
    platforms = [f"platform/{code}" for code in figure.platforms]
    start, end = figure.period or (None, None)
    return {
        "actor": authorities or ([] if extraction.mentions.get("authority") else platforms), "platform": platforms,
        "penalty": figure.penalty, "accountType": list(figure.account_types), "violation": list(figure.violations),
        "from": start or "", "to": end or "",
    }  # fmt: skip


def fault(figure: Figure, vocabulary: Vocabulary) -> str:
    """Why a document cannot hold the number that the words were read as, or ''."""
    numbers = [number for number in (figure.value, figure.min, figure.max) if number is not None]
    if not numbers or (figure.value is None and len(numbers) < 2):
        return f"the words '{figure.words}' give no number that can be held"
    return "" if figure.value is None else contradiction(_text(figure), figure.value, vocabulary.scales, figure.scale)


def number(figure: Figure) -> dict[str, Any]:
    """The claim's figure: words and number; bounds only where there is no value, for the comparator gives the others."""
    bounds = {"min": figure.min, "max": figure.max} if figure.value is None else {"value": figure.value}
    return {"text": _text(figure)} | bounds | {"comparator": figure.comparator, "unit": figure.unit}


def _text(figure: Figure) -> str:
    """The figure's words, which must stand in its quote: all of the quote where they are parted in it."""
    _, quote = _quoted(figure)
    return figure.words if figure.words in quote else quote


def _quoted(figure: Figure) -> tuple[Span, str]:
    """The quote and its span; where it has more than a dozen words, the number's own, and of too long ones the beginning."""
    start, quote = figure.start, figure.quote
    if not _short(quote) and figure.words in quote:
        start, quote = start + quote.index(figure.words), figure.words
    while not _short(quote):
        quote = quote[:-1].rstrip()
    return (start, start + len(quote)), quote


def _short(quote: str) -> bool:
    ideographs = not quote.isascii() and any("\u3400" <= character <= "\u9fff" for character in quote)
    return len(quote) <= CHARACTERS_AT_MOST if ideographs else len(quote.split()) <= WORDS_AT_MOST


def evidence(figure: Figure, extraction: Extraction, known: Known, selector: Selector) -> dict[str, Any]:
    """The quote and where it stands: in the text, in its clause, and in the page where there is one; and its English."""
    (start, end), quote = _quoted(figure)
    found: dict[str, Any] = {"quote": quote, "start": start, "end": end}
    if figure.clause[0] <= start and end <= figure.clause[1]:
        found |= {"clauseStart": figure.clause[0], "clauseEnd": figure.clause[1]}
    if place := selector(start):
        found["selector"] = place
    if extraction.language.partition("-")[0] != GLOSSED_IN:
        found["gloss"] = gloss(figure, known)
    return found


def gloss(figure: Figure, known: Known) -> str:
    """The figure said in English, from its codes."""
    label = known.labels[GLOSSED_IN].label
    many = figure.value is None or figure.value != 1
    unit = known.several(f"unit/{figure.unit}") if many else label(f"unit/{figure.unit}")
    if figure.value is None:
        return f"{figure.min or 0:,} to {figure.max or 0:,} {unit}"
    modifier = "" if figure.comparator == _BARE else label(f"comparator/{figure.comparator}") + " "
    return f"{modifier}{figure.value:,} {unit}"


def differences(figure: Figure, claim: Record) -> list[str]:
    """What the graph's claim says otherwise than the text was read, slot by slot, in words."""
    read = {"penalty": [figure.penalty], "accountType": figure.account_types, "violation": figure.violations}
    read |= {"comparator": [figure.comparator], "unit": [figure.unit]}
    found = []
    for slot, codes in read.items():
        theirs = sorted(value.rpartition("/")[2] for value in claim.all(slot))
        if theirs != sorted(codes):
            found.append(f"{slot}: the graph has {', '.join(theirs) or 'none'}, this reading {', '.join(sorted(codes)) or 'none'}")
    return found
