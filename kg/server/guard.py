"""What a free query may not hold, looked at before any parser sees it: depth that breaks the parser, and clauses that reach out.

The parser behind has no tokens (SPARQL 1.1 Query, §19.8, read without its rule of the longest match): it takes ``1SERVICE`` for a
number and a keyword, ``SERVICE:x`` for a keyword and a name where that is what makes sense of the rest, and ``<2)SERVICE#>`` for an
IRI or for a comparison and a comment. So a clause is looked for as it must be written, wherever it may begin. Only strings,
comments and variables are left out; where it is open what is a string, nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.errors import QueryError

DEPTH = 100
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\r\n]*)
    |(?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    |(?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<marked>@[A-Za-z]+(?:-[A-Za-z0-9]+)*|(?:\w[\w.-]*)?:(?:[\w.:%-]|\\.)*)
    |(?P<open>[({\[])
    |(?P<close>[)}\]])
    |(?P<word>\w+)
    |(?P<other>.)""",
    re.X | re.S,
)
_SHOWN = {"space": " ", "string": "''", "variable": "?x"}  # what is left of a token that holds no keyword
_UNSURE = re.compile(r"<(?!\w+://)[^'#)]*['#)]")  # an IRI that may as well be a comparison, after which all is read otherwise
_GAP = r"(?:\s|\#[^\r\n]*[\r\n])*"
_SERVICE = re.compile(rf"SERVICE{_GAP}(?:SILENT{_GAP})?(?:<[^<>]*>|[?$]\w+|[^\s:<>(){{}}]*:[^\s<>(){{}}]*){_GAP}\{{", re.I)
_FROM = re.compile(r"FROM(?:NAMED)?$")  # a word may hang on another: ASKFROM
_ELSEWHERE = "SERVICE is refused: this server asks no other; leave SERVICE out and join the answers yourself"
_LOADED = "LOAD is refused: this graph is read-only and nothing is fetched; ask SELECT, CONSTRUCT, DESCRIBE or ASK"

Tokens = list[tuple[str, str]]


def check(sparql: str, graphs: Collection[str] = ()) -> None:
    """Raise QueryError where a query is nested too deeply, asks other servers, or names a graph (FROM) that is not held here.

    >>> check("SELECT * { ?s ?p 'SERVICE' }")
    >>> check("SELECT * { ?s ?p 1SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryError: SERVICE is refused: this server asks no other; leave SERVICE out and join the answers yourself
    """
    for text in {sparql, unescaped(sparql)}:
        tokens = _tokens(text)
        if any(kind == "iri" and _UNSURE.match(token) for kind, token in tokens):
            _check_depth(_tokens(re.sub(r"[^][(){}]", " ", text)))
            _check_service(text)
        else:
            _check_depth(tokens)
            _check_service("".join(_SHOWN.get(kind, token) for kind, token in tokens))
        _check_words([each for each in tokens if each[0] != "space"], graphs)


def unescaped(sparql: str) -> str:
    r"""The text with its code-point escapes taken (SPARQL 1.1 Query, §19.2): so a parser may read it, also in keywords.

    >>> unescaped(r"S\u0045RVICE")
    'SERVICE'
    """
    return _ESCAPE.sub(lambda found: _character(int(found[1] or found[2], 16)), sparql)


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else " "


def _tokens(text: str) -> Tokens:
    return [(found.lastgroup or "", found[0]) for found in _TOKEN.finditer(text)]


def _check_depth(tokens: Tokens) -> None:
    depth = 0
    for kind, _ in tokens:
        depth += (kind == "open") - (kind == "close")
        if depth > DEPTH:
            raise QueryError(f"brackets are nested more than {DEPTH} deep; write the query flatter")


def _check_service(text: str) -> None:
    if _SERVICE.search(text):
        raise QueryError(_ELSEWHERE)


def _check_words(tokens: Tokens, graphs: Collection[str]) -> None:
    before = ""
    for kind, token in tokens:
        word = token.upper() if kind == "word" else ""
        if "SERVICE" in word:
            raise QueryError(_ELSEWHERE)
        if word == "LOAD":
            raise QueryError(_LOADED)
        if kind in ("iri", "marked") and _FROM.search(before) and token.strip("<>") not in graphs:
            raise QueryError(f"FROM {token}: this server holds no such graph and fetches none; leave FROM out")
        before = before[-20:] + word if word else ""
