"""Structure (SHACL, W3C Recommendation 20 July 2017) and evidence: what a built graph must satisfy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import shacl

from kg.errors import Finding, nearest
from kg.facts import Facts, Place
from kg.vocabulary import BASE, Vocabulary

_NAME = re.compile(r"[#/](\w+)>")  # of each property in a path
_ADDRESS = re.compile(r"# source: .* \| (https?://\S+)")  # in the header of a text
MOST = 1000  # findings reported at once: more help nobody, and each costs memory


@cache
def _compiled(folder: Path) -> shacl.Shapes:
    return shacl.Shapes.from_file(str(folder / "shapes.ttl"))


def check(triples: Path, facts: Facts, vocabulary: Vocabulary) -> list[Finding]:
    """What in the N-Triples file ``triples`` breaks a shape, each at the line of the document that said it.

    Empty where the graph conforms. A finding's words are the shape's ``sh:message``: what is wrong; what to try.
    """
    report = _compiled(vocabulary.folder).validate_file(str(triples), max_results=MOST)
    found = [_finding(result, facts.places) for result in report.results]
    return sorted(set(found), key=lambda f: (f.file, f.line or 0, f.what))


def _finding(result: shacl.Result, places: Mapping[str, Place]) -> Finding:
    focus = _short(result.focus_node)
    place = places.get(focus) or Place("ontology", 0)
    names = _NAME.findall(result.path or "")
    key = next((name for name in names if name in place.keys), names[0] if len(names) == 1 else "")
    what, _, advice = (result.message or f"{focus} breaks {result.root_shape}").rstrip(".").partition("; ")
    value = _short(result.value or "")
    if result.component in ("ClassConstraintComponent", "NodeConstraintComponent", "OrConstraintComponent") and value not in places:
        kind = value.partition("/")[0]
        if known := [iri for iri in places if iri.startswith(kind + "/")]:
            advice = f"{advice}; {nearest(value, known)}"
    detail = f" ({key}: {value})".replace("(: ", "(") if value and value != focus and len(value) < 120 else ""
    return Finding(place.file, place.keys.get(key, place.line) or None, f"{focus}: {what}{detail}", advice)


def _short(term: str) -> str:
    """An N-Triples term as a reader knows it."""
    return term.strip("<>").removeprefix(BASE) if term.startswith("<") else term.split('"^^<')[0].strip('"')


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a folder by their SHA-256, and where they stand by what tells whose they are: an address, a file's name, an id."""

    by_hash: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def named(self, source: Mapping[str, Any]) -> str:
        """Where a text of the source's address or name stands, '' for nowhere."""
        names = (str(source.get("url", "")), str(source["id"]).removeprefix("source/"))
        return next((self.places[name] for name in names if name in self.places), "")


def texts(folder: Path) -> Texts:
    """Every text under ``folder``: each file as it stands, and from behind its first blank line; articles of JSON Lines."""
    from hashlib import sha256

    found = Texts()
    for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in (".txt", ".jsonl", ".ndjson") and p.is_file()):
        for text, place, *names in _whole_and_body(path) if path.suffix.lower() == ".txt" else _articles(path):
            found.by_hash[sha256(text.encode(errors="replace")).hexdigest()] = text
            for name in names:
                found.places.setdefault(name, place)
    return found


def _whole_and_body(path: Path) -> Iterator[tuple[str, ...]]:
    whole = path.read_bytes().decode("utf-8", errors="replace")
    header, _, body = whole.partition("\n\n")
    address = _ADDRESS.match(header)
    yield whole, str(path), path.stem, *(address.groups() if address else ())
    yield body, str(path)


def _articles(path: Path) -> Iterator[tuple[str, ...]]:
    """The texts of a file that holds an article a line; a line that is none proves nothing."""
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        try:
            article = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(article, dict) and isinstance(text := article.get("text"), str):
            yield text, f"{path}:{number}", *(name for key in ("id", "url") if isinstance(name := article.get(key), str))


def prove(facts: Facts, known: Texts) -> tuple[list[Finding], int, int]:
    """Hold every quote against its source's text: findings, quotes proven, quotes whose text is not among those ``known``."""
    found, proven, absent = [], 0, 0
    for document in facts.documents:
        quoted = [claim for claim in document.get("claims", ()) if (claim.get("evidence") or {}).get("quote") is not None]
        text = known.by_hash.get(str(document.get("sha256")))
        if text is not None:
            faults = [fault for claim in quoted if (fault := _fault(claim, text, facts))]
            found += faults
            proven += len(quoted) - len(faults)
        elif quoted and "sha256" in document and (place := known.named(document)):
            found.append(_changed(document, place, facts))
        else:
            absent += len(quoted)
    return found, proven, absent


def _changed(source: Mapping[str, Any], text: str, facts: Facts) -> Finding:
    place = facts.places.get(source["id"], Place("?", 0))
    what = f"{source['id']}: its text at {text} differs from the one that was recorded, by its sha256"
    advice = "get the text as it was, or take this one: 'kg cite' finds the quotes in it anew"
    return Finding(place.file, place.keys.get("sha256", place.line), what, advice)


def _fault(claim: Mapping[str, Any], text: str, facts: Facts) -> Finding | None:
    """What of a claim's evidence does not hold in its text, at its line."""
    place = facts.places.get(claim["id"], Place("?", 0))
    what = _unproven(claim["evidence"], text)
    line = place.keys.get("evidence", place.line)
    return Finding(place.file, line, f"{claim['id']}: {what}", "run 'kg cite', or mend the quote") if what else None


def _unproven(evidence: Mapping[str, Any], text: str) -> str:
    """What of a quote's evidence does not hold in its text, or ''."""
    quote, start, end = evidence["quote"], evidence.get("start"), evidence.get("end")
    if text[start:end] != quote:
        stands = "it stands elsewhere" if quote in text else "it is not in the text at all"
        return f"the quote '{quote}' is not at {start}–{end}: {stands}"
    behind = evidence.get("clauseEnd", 0) > len(text)
    return f"its clause ends at {evidence['clauseEnd']}, behind the text's end at {len(text)}" if behind else ""
