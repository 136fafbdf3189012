"""A proposal as the YAML that a person reviews: in the house's form, what to look at as comments beside what it is about."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.extraction.proposals import Note, Proposal
from kg.facts.strict import RefusedError, check_text

# What YAML reads back as the same text without quotation marks, and words that it would not.
_PLAIN = re.compile(r"[A-Za-z][\w.()/-]*( [A-Za-z(][\w.()/-]*)*|\d{4}-\d{2}(-\d{2})?|[0-9a-f]{64}|https?://[\w./?=&%+~:@-]*[\w/]", re.ASCII)
_NO_WORDS = frozenset({"true", "false", "null"})


def yaml_of(proposal: Proposal) -> str:
    """The whole document; equal proposals give equal bytes.

    >>> print(yaml_of(Proposal({"id": "source/x", "publisher": "X: Y"}, notes={"": [("fill in", "published")]})), end="")
    # fill in: published
    id: source/x
    publisher: "X: Y"
    """
    return "".join(line + "\n" for line in _document(proposal.document, proposal.notes))


def campaign_of(proposal: Proposal) -> str:
    """The document of the new campaign; '' where there is none."""
    notes = {"": [("new", "give it its name, or take a known one")]}
    return "".join(line + "\n" for line in _document(proposal.campaign or {}, notes if proposal.campaign else {}))


def remarks_of(proposal: Proposal) -> Iterator[dict[str, str]]:
    """What the comments of the YAML say, for JSON, which has none: each about a claim by its key, a measure by its id, or the source ('').

    >>> list(remarks_of(Proposal({"id": "source/x"}, notes={"closure-9": [("look", "two numbers")]})))
    [{'id': 'source/x', 'about': 'closure-9', 'kind': 'look', 'remark': 'two numbers'}]
    """
    for about, notes in proposal.notes.items():
        for kind, text in notes:
            yield {"id": proposal.document["id"], "about": about, "kind": kind, "remark": _harmless(text)}


def _document(document: Mapping[str, Any], notes: Mapping[str, Sequence[Note]]) -> Iterator[str]:
    yield from _comments(notes.get("", ()), "")
    for key, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield f"{key}:"
            for item in value:
                yield from _comments(notes.get(item.get("key") or item.get("id", ""), ()), "  ")
                yield from _item(item)
        else:
            yield f"{key}: {_value(value)}"


def _item(item: Mapping[str, Any]) -> Iterator[str]:
    lead = "  - "
    for key, value in item.items():
        yield f"{lead}{key}: {_value(value)}"
        lead = "    "


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, str) and not (_PLAIN.fullmatch(value) and value not in _NO_WORDS):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _flow(value: Any) -> str:
    """A value inside braces; words of a source stand in quotation marks."""
    if isinstance(value, str) and not re.fullmatch(r"[a-z][a-z/-]*[a-z0-9]", value):
        return json.dumps(value, ensure_ascii=False)
    return _scalar(value)


def _comments(notes: Sequence[Note], indent: str) -> Iterator[str]:
    for kind, text in notes:
        yield f"{indent}# {kind}: {_harmless(text)}"


def _harmless(text: str) -> str:
    """A comment's text in one line, as the reader of documents takes it: what hides is told by its code point."""
    line = " ".join(text.split())
    return line if _is_harmless(line) else "".join(each if _is_harmless(each) else f"<U+{ord(each):04X}>" for each in line)


def _is_harmless(text: str) -> bool:
    try:
        check_text(text, None)
    except RefusedError:
        return False
    return True
