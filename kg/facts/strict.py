"""Text → JSON types with line numbers, and nothing else: no anchors, tags, dates, duplicate keys or hidden characters.

YAML is read by libyaml's event stream (YAML 1.1 syntax, scalars resolved by the JSON schema of YAML 1.2 §10.2,
so that ``no`` and ``12:30`` stay words); large inputs are JSON Lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from kg.errors import Finding

Lines = dict[tuple[Any, ...], int]

MAX_DEPTH = 12
MAX_TEXT = 65_536  # characters of one string: far above any quote, far below what a store cannot write back
_INTEGER = re.compile(r"-?(0|[1-9]\d*)", re.ASCII)
_FLOAT = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
_WORDS = {"true": True, "false": False, "null": None, "": None}
# What no text of ours needs: controls, lone surrogates, noncharacters, and bidi or zero-width marks that hide.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ufeff\u200b-\u200f\u2028-\u202e\u2060-\u2069]")


class RefusedError(Exception):
    """A document that cannot be read: line, what is wrong, what to try."""

    def __init__(self, line: int | None, what: str, advice: str) -> None:
        super().__init__(what)
        self.line, self.what, self.advice = line, what, advice

    def finding(self, file: str) -> Finding:
        """The refusal as a finding in ``file``."""
        return Finding(file, self.line, self.what, self.advice)


def decode(raw: bytes) -> str:
    """UTF-8 text without byte order mark; raises RefusedError with the line of the first bad byte."""
    if raw.startswith(b"\xef\xbb\xbf") or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise RefusedError(1, "the file begins with a byte order mark", "save it as UTF-8 without BOM")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(raw.count(b"\n", 0, error.start) + 1, f"byte {error.start} is not UTF-8", "save the file as UTF-8") from None


def check_text(text: str, line: int | None) -> str:
    """``text`` itself, unless it is too long or holds a character that hides; raises RefusedError."""
    if len(text) > MAX_TEXT:
        raise RefusedError(line, f"a text of {len(text):,} characters (at most {MAX_TEXT:,})", "quote a dozen words at most")
    if bad := _FORBIDDEN.search(text):
        raise RefusedError(line, f"the character U+{ord(bad.group()):04X}, which hides or cannot be stored", "delete it")
    return text


def _scalar(event: yaml.ScalarEvent, line: int) -> Any:
    word = event.value
    if event.implicit[0]:
        if word in _WORDS:
            return _WORDS[word]
        if _INTEGER.fullmatch(word):
            return int(word) if len(word) < 20 else check_text(word, line)
        if _FLOAT.fullmatch(word):
            return float(word)
    return check_text(word, line)


def _events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        tab = "tab" in problem or (mark and text[mark.index : mark.index + 1] == "\t")
        advice = "indent with spaces, never with tabs" if tab else "mend the YAML at this line"
        raise RefusedError(mark.line + 1 if mark else None, f"not YAML: {problem}", advice) from None


class _Tree:
    """The document under construction: containers still open, each with its path, and the line of everything."""

    def __init__(self) -> None:
        self.root: list[Any] = []
        self.lines: Lines = {}
        self.open: list[tuple[Any, tuple[Any, ...]]] = [(self.root, ())]
        self.key: str | None = None

    def begin(self, event: Any, line: int) -> None:
        """A key, a scalar or the start of a collection."""
        if event.tag and event.tag != "!":
            raise RefusedError(line, f"a YAML tag ({event.tag})", "delete it; quote the text if it begins with !")
        container, path = self.open[-1]
        if isinstance(container, dict) and self.key is None:
            self.key = _key(event, container, line)
            self.lines[(*path, self.key)] = line
            return
        step = len(container) if isinstance(container, list) else self.key
        here = (*path, step) if len(self.open) > 1 else ()
        self.lines.setdefault(here, line)
        value: Any = (
            _scalar(event, line) if isinstance(event, yaml.ScalarEvent) else {} if isinstance(event, yaml.MappingStartEvent) else []
        )
        if isinstance(container, list):
            container.append(value)
        else:
            container[self.key] = value
        self.key = None
        if not isinstance(event, yaml.ScalarEvent):
            self.open.append((value, here))
            if len(self.open) > MAX_DEPTH:
                raise RefusedError(line, f"more than {MAX_DEPTH} levels of nesting", "a facts document needs four")


def parse_yaml(text: str) -> tuple[Any, Lines]:
    """The one document in ``text`` and the line (from 1) of everything in it, by path; raises RefusedError.

    >>> parse_yaml("a: no\\nb: [1, x]")
    ({'a': 'no', 'b': [1, 'x']}, {(): 1, ('a',): 1, ('b',): 2, ('b', 0): 2, ('b', 1): 2})
    """
    if bad := _FORBIDDEN.search(text):
        check_text(bad.group(), text.count("\n", 0, bad.start()) + 1)
    tree, documents = _Tree(), 0
    for event in _events(text):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise RefusedError(line, "a second document in one file", "one file, one document: delete the '---'")
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RefusedError(line, "a YAML anchor or alias (& or *)", "write the value out; quote the text if it begins with & or *")
        elif isinstance(event, yaml.CollectionStartEvent | yaml.ScalarEvent):
            tree.begin(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            tree.open.pop()
    return (tree.root[0] if tree.root else None), tree.lines


def _key(event: Any, mapping: dict[str, Any], line: int) -> str:
    if not isinstance(event, yaml.ScalarEvent) or not event.value:
        raise RefusedError(line, "a key that is not a word", "write 'key: value'")
    if event.value in mapping:
        raise RefusedError(line, f"the key '{event.value}' stands twice", "delete one of them")
    return check_text(event.value, line)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        names = [name for name, _ in pairs]
        raise RefusedError(None, f"the key '{next(n for n in names if names.count(n) > 1)}' stands twice", "delete one of them")
    return mapping


def _no_constant(word: str) -> Any:
    raise RefusedError(None, f"{word} is no JSON", "write a whole number or leave the key out")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant)


def parse_json(text: str, line: int) -> Any:
    """The JSON value (RFC 8259) in ``text``, which stands on ``line``; raises RefusedError.

    >>> parse_json('{"a": 1}', 7)
    {'a': 1}
    """
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise RefusedError(line, f"not JSON: {error.msg} at column {error.colno}", "one document a line, in JSON") from None
    except ValueError:  # Python's own limit for the digits of a number
        raise RefusedError(line, "a number of thousands of digits", "write the number that the source gives") from None
    except RecursionError:
        raise RefusedError(line, f"more than {MAX_DEPTH} levels of nesting", "a facts document needs four") from None
    except RefusedError as error:
        raise RefusedError(line, error.what, error.advice) from None
    if _FORBIDDEN.search(text) or "\\u" in text or len(text) > MAX_TEXT:
        _check_strings(value, line, 0)
    return value


def _check_strings(value: Any, line: int, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise RefusedError(line, f"more than {MAX_DEPTH} levels of nesting", "a facts document needs four")
    if isinstance(value, str):
        check_text(value, line)
    for item in value if isinstance(value, list) else [*value, *value.values()] if isinstance(value, dict) else ():
        _check_strings(item, line, depth + 1)
