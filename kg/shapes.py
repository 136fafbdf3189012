"""Structure (SHACL, W3C Recommendation 20 July 2017) and evidence: what a built graph must satisfy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import shacl

from kg.errors import Finding, nearest
from kg.facts import Facts, Place
from kg.vocabulary import BASE, Vocabulary

_NAME = re.compile(r"[#/](\w+)>")  # of each property in a path
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


def texts(folder: Path) -> dict[str, str]:
    """Every text under ``folder`` by its SHA-256: each file as it stands, and from behind its first blank line; articles of JSON Lines."""
    from hashlib import sha256

    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in (".txt", ".jsonl", ".ndjson") and p.is_file()):
        for text in _whole_and_body(path) if path.suffix.lower() == ".txt" else _articles(path):
            found[sha256(text.encode(errors="replace")).hexdigest()] = text
    return found


def _whole_and_body(path: Path) -> tuple[str, str]:
    whole = path.read_bytes().decode("utf-8", errors="replace")
    return whole, whole.partition("\n\n")[2]


def _articles(path: Path) -> Iterator[str]:
    """The texts of a file that holds an article a line; a line that is none proves nothing."""
    for line in path.read_bytes().split(b"\n"):
        try:
            article = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(article, dict) and isinstance(text := article.get("text"), str):
            yield text


def prove(facts: Facts, by_hash: Mapping[str, str]) -> tuple[list[Finding], int, int]:
    """Hold every quote against its source's text: findings, quotes proven, quotes whose text is not in ``by_hash``."""
    found, proven, absent = [], 0, 0
    for document in facts.documents:
        text = by_hash.get(str(document.get("sha256")))
        for claim in document.get("claims", ()):
            evidence = claim.get("evidence") or {}
            if evidence.get("quote") is None:
                continue
            place = facts.places.get(claim["id"], Place("?", 0))
            if text is None:
                absent += 1
            elif what := _unproven(evidence, text):
                line = place.keys.get("evidence", place.line)
                found.append(Finding(place.file, line, f"{claim['id']}: {what}", "run 'kg cite', or mend the quote"))
            else:
                proven += 1
    return found, proven, absent


def _unproven(evidence: Mapping[str, Any], text: str) -> str:
    """What of a quote's evidence does not hold in its text, or ''."""
    quote, start, end = evidence["quote"], evidence.get("start"), evidence.get("end")
    if text[start:end] != quote:
        stands = "it stands elsewhere" if quote in text else "it is not in the text at all"
        return f"the quote '{quote}' is not at {start}–{end}: {stands}"
    behind = evidence.get("clauseEnd", 0) > len(text)
    return f"its clause ends at {evidence['clauseEnd']}, behind the text's end at {len(text)}" if behind else ""
