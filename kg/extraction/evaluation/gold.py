"""Gold annotations: JSON files in the form of the codebook beside the texts that they annotate, checked on reading."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Any

from kg import dates
from kg.errors import Finding, SourceError, nearest
from kg.extraction.model import Extraction, Figure
from kg.facts.strict import RefusedError, decode
from kg.vocabulary import BASE, Vocabulary

# What a gold figure and a text's mentions hold.
_NUMBER = int | None
_FIGURE: dict[str, type | UnionType] = {
    "quote": str, "start": int, "end": int, "value": _NUMBER, "min": _NUMBER, "max": _NUMBER, "comparator": str, "unit": str,
    "penalty": str, "account_types": list, "violations": list, "relation": dict | None,
}  # fmt: skip
_DOCUMENT: dict[str, type | UnionType] = {"language": str, "figures": list, "mentions": dict}
# The keys that hold codes, and the kind that a code is of: a scheme of the ontology, or a registry (which is open).
FIGURE_KINDS = {
    "comparator": "comparator",
    "unit": "unit",
    "penalty": "penalty",
    "account_types": "account-type",
    "violations": "violation",
}
MENTION_KINDS = {
    "authorities": "authority", "platforms": "platform",
    "account_types": "account-type", "violations": "violation", "penalties": "penalty",
}  # fmt: skip

Fault = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated text: its file's name, when it was said (EDTF, or ''), the line it begins on, and what is in it."""

    name: str
    said: str
    first_line: int
    truth: Extraction


def read(texts: Path, gold: Path, known: Vocabulary) -> list[Gold]:
    """The gold files of a folder with their texts, by name; raises SourceError with every fault of every file.

    >>> from kg.vocabulary import vocabulary
    >>> read(Path("nowhere"), Path("gold"), vocabulary())
    Traceback (most recent call last):
    kg.errors.SourceError: nowhere: there is no such folder; name the folder of texts, then that of their gold annotations
    """
    for folder in (texts, gold):
        if not folder.is_dir():
            raise SourceError(f"{folder}: there is no such folder; name the folder of texts, then that of their gold annotations")
    files = sorted(gold.glob("*.json"))
    if not files:
        raise SourceError(f"{gold}: no gold annotations (.json) here; name the folder that holds them")
    findings: list[Finding] = []
    found = [one for path in files if (one := _read(path, texts / f"{path.stem}.txt", known, findings))]
    if findings:
        raise SourceError("nothing was evaluated", findings)
    return found


def _read(path: Path, text: Path, known: Vocabulary, findings: list[Finding]) -> Gold | None:
    reading = path
    try:
        document = json.loads(decode(path.read_bytes()))
        reading = text
        header, _, body = decode(text.read_bytes()).partition("\n\n")
    except RefusedError as refused:
        findings.append(refused.finding(str(reading)))
    except FileNotFoundError:
        findings.append(Finding(str(path), None, f"its text {text} is missing", "a gold file has the name of its text"))
    except json.JSONDecodeError as error:
        findings.append(Finding(str(path), error.lineno, f"not JSON: {error.msg}", "mend it at this line"))
    else:
        faults = list(_faults(document, body, known))
        findings += [Finding(str(path), None, *fault) for fault in faults]
        return None if faults else Gold(text.name, _said(header), header.count("\n") + 3, _truth(document, body))
    return None


def _said(header: str) -> str:
    """The date in a header's last field, if it is one."""
    last = header.rpartition("|")[2].strip()
    try:
        dates.bounds(last)
    except ValueError:
        return ""
    return last


def _faults(document: Any, body: str, known: Vocabulary) -> Iterator[Fault]:
    """What is wrong with a gold file, and what to try."""
    if faults := [*_form("the file", document, _DOCUMENT)]:
        yield from faults
        return
    sound = []
    for number, figure in enumerate(document["figures"], start=1):
        faults = [*_form(f"figure {number}", figure, _FIGURE)]
        sound += [] if faults else [(f"figure {number} '{figure['quote']}'", figure)]
        yield from faults
    quotes = [figure["quote"] for _, figure in sound]
    for name, figure in sound:
        yield from _evidence(name, figure, body, quotes)
        yield from _codes(name, figure, FIGURE_KINDS, known)
    mentions = document["mentions"]
    yield from _form("mentions", mentions, dict.fromkeys(MENTION_KINDS, list)) or _codes("mentions", mentions, MENTION_KINDS, known)
    if mentions.get("period") is not None and [*_form("period", mentions["period"], {"from": str | None, "to": str | None})]:
        yield "mentions: the period is of another form", 'write "period": {"from": DATE, "to": DATE}, or leave it out'


def _form(where: str, given: Any, keys: dict[str, Any]) -> list[Fault]:
    """The keys that are missing or hold something else than they should."""
    if not isinstance(given, dict):
        return [(f"{where} is no JSON object", "see the codebook for its keys")]
    wrong = [key for key, kind in keys.items() if key not in given or not isinstance(given[key], kind)]
    return [
        (f"{where}: '{key}' is {given[key]!r}" if key in given else f"{where}: '{key}' is missing", "see the codebook") for key in wrong
    ]


def _evidence(name: str, figure: dict[str, Any], body: str, quotes: list[str]) -> Iterator[Fault]:
    stands = body[figure["start"] : figure["end"]]
    if stands != figure["quote"] or not stands:
        yield f"{name}: the text has '{stands}' at {figure['start']}", "count code points from behind the text's first blank line"
    others = [*quotes]
    others.remove(figure["quote"])
    for kind, quote in (figure["relation"] or {}).items():
        if kind not in ("of", "besides") or quote not in others:
            yield f"{name}: the relation {kind} '{quote}' leads nowhere", "write 'of' or 'besides', and the quote of another figure"


def _codes(where: str, given: dict[str, Any], kinds: dict[str, str], known: Vocabulary) -> Iterator[Fault]:
    for key, kind in kinds.items():
        listed = known.codes.get(f"{BASE}{kind}/")
        for code in [given[key]] if isinstance(given[key], str) else given[key]:
            if not isinstance(code, str) or (listed and code not in listed):
                yield f"{where}: '{code}' is no code of '{key}'", nearest(str(code), listed or ())


def _truth(document: dict[str, Any], body: str) -> Extraction:
    """A gold file as what a faultless extractor gives."""
    mentions = document["mentions"]
    quotes = [figure["quote"] for figure in document["figures"]]
    figures = tuple(_figure(figure, quotes) for figure in document["figures"])
    period = mentions.get("period") or {}
    named = {kind: tuple(mentions[key]) for key, kind in MENTION_KINDS.items()}
    return Extraction(body, document["language"], figures, named, (period["from"], period["to"]) if period else None)


def _figure(given: dict[str, Any], quotes: list[str]) -> Figure:
    slots: dict[str, Any] = {key: tuple(given[key]) if kind is list else given[key] for key, kind in _FIGURE.items()}
    relation = [(kind, quotes.index(quote)) for kind, quote in (given["relation"] or {}).items()]
    return Figure(**slots | {"words": given["quote"], "relation": relation[0] if relation else None})
