"""What a free query may not hold, looked at before any parser sees it: depth that breaks the parser, and words that reach out.

Only the query's tokens are read (SPARQL 1.1 Query, §19.8). A word outside of strings, IRIs, names and comments is always a
keyword there, so looking for keywords is exact.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kg.errors import QueryError

DEPTH = 100
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\r\n]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<marked>[?$]\w+|@\w+(?:-\w+)*|(?:\w[\w.-]*)?:(?:[\w.:%-]|\\.)*)
    |(?P<open>[({\[])
    |(?P<close>[)}\]])
    |(?P<word>\w+)
    |(?P<other>.)""",
    re.X | re.S,
)
_REACHING = {
    "SERVICE": "this server asks no other; leave SERVICE out and join the answers yourself",
    "LOAD": "this graph is read-only and nothing is fetched; ask SELECT, CONSTRUCT, DESCRIBE or ASK",
}


def check(sparql: str, graphs: Collection[str] = ()) -> None:
    """Raise QueryError where a query is nested too deeply, asks other servers, or names a graph (FROM) that is not held here.

    >>> check("SELECT * { ?s ?p 'SERVICE' }")
    >>> check("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryError: SERVICE is refused: this server asks no other; leave SERVICE out and join the answers yourself
    """
    for text in {sparql, unescaped(sparql)}:
        _check_depth(text)
        _check_words(text, graphs)


def unescaped(sparql: str) -> str:
    r"""The text with its code-point escapes taken (SPARQL 1.1 Query, §19.2): so a parser reads it, also in keywords.

    >>> unescaped(r"S\u0045RVICE")
    'SERVICE'
    """
    return _ESCAPE.sub(lambda found: _character(int(found[1] or found[2], 16)), sparql)


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else " "


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    return ((found.lastgroup or "", found[0]) for found in _TOKEN.finditer(text) if found.lastgroup != "space")


def _check_depth(text: str) -> None:
    depth = 0
    for kind, _ in _tokens(text):
        depth += (kind == "open") - (kind == "close")
        if depth > DEPTH:
            raise QueryError(f"brackets are nested more than {DEPTH} deep; write the query flatter")


def _check_words(text: str, graphs: Collection[str]) -> None:
    before: list[str] = ["", ""]
    for kind, token in _tokens(text):
        word = token.upper() if kind == "word" else ""
        if word in _REACHING:
            raise QueryError(f"{word} is refused: {_REACHING[word]}")
        if kind in ("iri", "marked") and (before[1] == "FROM" or before == ["FROM", "NAMED"]) and token.strip("<>") not in graphs:
            raise QueryError(f"FROM {token}: this server holds no such graph and fetches none; leave FROM out")
        before = [before[1], word]
