"""Citing: fill a document's offsets and hash from the quotes that a person wrote, and change nothing else in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.errors import FactsError, Finding
from kg.facts.strict import RefusedError, decode, parse_yaml


@dataclass(frozen=True, slots=True)
class Citation:
    """A document with its offsets and hash filled in: the new ``text``, and how many quotes it proves."""

    text: str
    quotes: int


def body(raw: bytes, header: bool) -> str:
    """The text that offsets count in: the whole file, or what stands behind its first blank line.

    >>> body("# source: x\\n\\nThe text".encode(), header=True)
    'The text'
    """
    text = decode(raw)
    return text.partition("\n\n")[2] if header else text


def cite(document: Path, text: Path, header: bool = False, which: Mapping[str, int] | None = None) -> Citation:
    """``document`` with ``start``, ``end`` and ``sha256`` from ``text``; nothing is written.

    ``which`` tells for a claim's key which occurrence of its quote is meant (from 1); offsets that already fit are
    kept. Raises FactsError where a quote is missing from the text, or stands more than once and nothing tells which.
    """
    try:
        source = decode(document.read_bytes())
        parse_yaml(source)  # refuses what the reader would refuse
        words = body(text.read_bytes(), header)
    except RefusedError as refused:
        raise FactsError("nothing was changed", [refused.finding(str(document))]) from None
    root = _pairs(yaml.compose(source, Loader=yaml.CSafeLoader))
    edits: list[tuple[int, int, str]] = []
    findings: list[Finding] = []
    quotes = 0
    for claim in root["claims"].value if "claims" in root else []:
        pairs = _pairs(claim)
        evidence = _pairs(pairs.get("evidence"))
        if "quote" not in evidence:
            continue
        quotes += 1
        key = pairs["key"].value if "key" in pairs else "?"
        start = _locate(evidence, words, (which or {}).get(key))
        if isinstance(start, str):
            findings.append(Finding(str(document), evidence["quote"].start_mark.line + 1, f"claim '{key}': {start}", _advice(start, key)))
        else:
            edits += _offsets(pairs["evidence"], evidence, start, source)
    if findings:
        raise FactsError("nothing was changed", findings)
    edits += _hash(root, hashlib.sha256(words.encode()).hexdigest())
    for begin, end, new in sorted(edits, reverse=True):
        source = source[:begin] + new + source[end:]
    return Citation(source, quotes)


def _advice(fault: str, key: str) -> str:
    return f"say which: --which {key}=1" if "times" in fault else "copy the words from the text as they stand"


def _pairs(node: Any) -> dict[str, Any]:
    return {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _locate(evidence: Mapping[str, Any], words: str, which: int | None) -> int | str:
    """Where the quote begins, or what is wrong with it."""
    quote = evidence["quote"].value
    found = [i for i in range(len(words)) if words.startswith(quote, i)] if quote in words else []
    written = evidence["start"].value if "start" in evidence else ""
    if not found:
        return f"the quote '{quote}' is not in the text"
    if which is not None:
        return found[which - 1] if 0 < which <= len(found) else f"the quote stands {len(found)} times, there is no {which}"
    if written.isdigit() and int(written) in found:
        return int(written)
    return found[0] if len(found) == 1 else f"the quote '{quote}' stands {len(found)} times"


def _offsets(node: Any, evidence: Mapping[str, Any], start: int, source: str) -> list[tuple[int, int, str]]:
    """Edits that set start and end: in place where they are written, else behind the quote."""
    values = {"start": start, "end": start + len(evidence["quote"].value)}
    edits = [(evidence[k].start_mark.index, evidence[k].end_mark.index, str(v)) for k, v in values.items() if k in evidence]
    missing = [f"{k}: {v}" for k, v in values.items() if k not in evidence]
    if missing:
        at = evidence["quote"].end_mark.index
        indent = " " * node.start_mark.column
        joint = ", " if node.flow_style else "\n" + indent
        if not node.flow_style:
            at = source.find("\n", at - 1) if "\n" in source[at - 1 :] else len(source)
        edits.append((at, at, "".join(joint + pair for pair in missing)))
    return edits


def _hash(root: Mapping[str, Any], digest: str) -> list[tuple[int, int, str]]:
    if "sha256" in root:
        return [(root["sha256"].start_mark.index, root["sha256"].end_mark.index, digest)]
    at = root["id"].end_mark.index
    return [(at, at, f"\nsha256: {digest}")]
