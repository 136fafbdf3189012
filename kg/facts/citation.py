"""Citing: fill a document's offsets and hash from the quotes that a person wrote, and change nothing else in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.errors import FactsError, Finding, FormatError, QueryError, nearest
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
    if document.suffix == ".jsonl":
        raise FormatError(f"{document}: offsets are filled into YAML only; let the program that wrote this file write them")
    source, tree = _compose(document)
    root = _pairs(tree)
    with _refusing(text):
        words = body(text.read_bytes(), header)
    edits: list[tuple[int, int, str]] = []
    findings: list[Finding] = []
    quoted: list[str] = []
    for claim in root["claims"].value if "claims" in root else []:
        pairs = _pairs(claim)
        evidence = _pairs(pairs.get("evidence"))
        if "quote" not in evidence:
            continue
        key = str(pairs["key"].value) if "key" in pairs else "?"
        quoted.append(key)
        start = _locate(evidence, words, (which or {}).get(key))
        if isinstance(start, str):
            findings.append(Finding(str(document), evidence["quote"].start_mark.line + 1, f"claim '{key}': {start}", _advice(start, key)))
        else:
            edits += _fill(pairs["evidence"], "quote", {"start": start, "end": start + len(evidence["quote"].value)}, source)
    if unknown := (which or {}).keys() - set(quoted):
        raise QueryError(f"no claim '{min(unknown)}' with a quote in this document; {nearest(min(unknown), quoted)}")
    if findings:
        raise FactsError("nothing was changed", findings)
    edits += _fill(tree, "id", {"sha256": hashlib.sha256(words.encode()).hexdigest()}, source)
    for begin, end, new in sorted(edits, reverse=True):
        source = source[:begin] + new + source[end:]
    return Citation(source, len(quoted))


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except RefusedError as refused:
        raise FactsError("nothing was changed", [refused.finding(str(path))]) from None


def _compose(document: Path) -> tuple[str, Any]:
    """The document's text and its YAML nodes; refuses what the reader would refuse."""
    with _refusing(document):
        source = decode(document.read_bytes())
        found, _ = parse_yaml(source)
        if not isinstance(found, dict) or "id" not in found:
            raise RefusedError(1, "a document without an id", "begin with 'id: source/…'")
    return source, yaml.compose(source, Loader=yaml.CSafeLoader)


def _advice(fault: str, key: str) -> str:
    return f"say which: --which {key}=1" if "times" in fault else "copy the words from the text as they stand"


def _pairs(node: Any) -> dict[str, Any]:
    return {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}


def _locate(evidence: Mapping[str, Any], words: str, which: int | None) -> int | str:
    """Where the quote begins, or what is wrong with it."""
    quote = evidence["quote"].value
    if not isinstance(quote, str):
        return "the quote is not a text"
    found = [i for i in range(len(words)) if words.startswith(quote, i)] if quote in words else []
    written = str(evidence["start"].value) if "start" in evidence else ""
    if not found:
        return f"the quote '{quote}' is not in the text"
    if which is not None:
        return found[which - 1] if 0 < which <= len(found) else f"the quote stands {len(found)} times, there is no {which}"
    if written.isdecimal() and int(written) in found:
        return int(written)
    return found[0] if len(found) == 1 else f"the quote '{quote}' stands {len(found)} times"


def _fill(node: Any, after: str, values: Mapping[str, Any], source: str) -> list[tuple[int, int, str]]:
    """Edits that set ``values`` in a mapping: in place where they are written, else behind its key ``after``."""
    pairs = _pairs(node)
    edits = [(pairs[k].start_mark.index, pairs[k].end_mark.index, str(v)) for k, v in values.items() if k in pairs]
    missing = [f"{k}: {v}" for k, v in values.items() if k not in pairs]
    if missing:
        at = pairs[after].end_mark.index
        joint = ", " if node.flow_style else "\n" + " " * node.start_mark.column
        if not node.flow_style:  # behind the line, whose comment stays where it is
            at = source.find("\n", at - 1) if "\n" in source[at - 1 :] else len(source)
        edits.append((at, at, "".join(joint + pair for pair in missing)))
    return edits
