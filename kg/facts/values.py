"""The values of keys: what each kind of key takes, and the words for what it does not take."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kg import dates
from kg.errors import nearest
from kg.figures import LARGEST
from kg.vocabulary import Term, Vocabulary

# The name of a thing of ours, without the base; an address on the web (RFC 3986, http and https only); a BCP 47 tag.
LOCAL = re.compile(r"[a-z][a-z-]*(/[a-z0-9]+(-[a-z0-9]+)*)+", re.ASCII)
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*", re.ASCII)

Fault = tuple[str, str] | None


def _code(value: Any, term: Term, vocabulary: Vocabulary) -> Fault:
    codes = vocabulary.codes.get(term.scheme, frozenset())
    if isinstance(value, str) and value in codes:
        return None
    return f"'{value}' is no code of '{term.name}'", nearest(str(value), codes)


def _thing(value: Any, term: Term, _: Vocabulary) -> Fault:
    if isinstance(value, str) and (LOCAL.fullmatch(value) or _WEB.fullmatch(value)):
        return None
    return f"'{value}' in '{term.name}' is no address", "write an id of ours (measure/…) or a web address (https://…) without spaces"


def _labels(value: Any, term: Term, _: Vocabulary) -> Fault:
    if isinstance(value, dict) and value and all(_LANGUAGE.fullmatch(tag) for tag in value):
        texts = [text for texts in value.values() for text in (texts if isinstance(texts, list) else [texts])]
        if all(isinstance(text, str) and text.strip() for text in texts):
            return None
    return f"'{term.name}' gives no names by language", f"write '{term.name}: {{en: …, zh: …}}'"


def _integer(value: Any, term: Term, _: Vocabulary) -> Fault:
    if type(value) is int and -1 <= value <= LARGEST:
        return None
    return f"'{value}' in '{term.name}' is no whole number", "write digits only, without separators"


def date_fault(value: Any) -> Fault:
    """Why ``value`` is no EDTF date, or None.

    >>> date_fault("2023-02-30")[0]
    "'2023-02-30' is no date: day is out of range for month"
    """
    try:
        dates.bounds(value if isinstance(value, str) else f"{value:04}" if type(value) is int else str(value))
    except ValueError as error:
        return str(error), "write the date as far as it is known"
    return None


def _edtf(value: Any, _term: Term, _: Vocabulary) -> Fault:
    return date_fault(value)


def _text(value: Any, term: Term, _: Vocabulary) -> Fault:
    if isinstance(value, str) and value.strip():
        if term.name == "language" and not _LANGUAGE.fullmatch(value):
            return f"'{value}' is no language", "write a BCP 47 tag, e.g. en or zh-hant"
        return None
    return f"'{term.name}' is {value!r}, not a text", "write words; quote them where they look like a number"


CHECKS: dict[str, Callable[[Any, Term, Vocabulary], Fault]] = {
    "code": _code, "thing": _thing, "labels": _labels, "integer": _integer,
    "edtf": _edtf, "date": _edtf, "text": _text,
}  # fmt: skip
