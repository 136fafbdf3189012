"""Articles as JSON Lines: one object a line, checked before anything is made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from kg import dates
from kg.facts.strict import RefusedError

LONGEST = 16 << 20  # bytes of a line: far above any article, far below what a machine has
Line = tuple[int, bytes | None]  # its number, and its bytes; None where it is too long

_PIECE = 256 << 10  # bytes of a line that are passed over at a time
_OPTIONAL = ("language", "published", "url", "publisher")
_ALONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its line gives it; ``language``, ``published`` (EDTF), ``url`` and ``publisher`` are '' where it does not."""

    id: str
    text: str
    language: str = ""
    published: str = ""
    url: str = ""
    publisher: str = ""


def lines(source: IO[bytes]) -> Iterator[Line]:
    """The lines that are not blank, with their numbers; of one that is too long nothing is kept.

    >>> from io import BytesIO
    >>> list(lines(BytesIO(b"{}\\n\\n[]")))
    [(1, b'{}\\n'), (3, b'[]')]
    """
    number = 0
    while line := source.readline(LONGEST + 1):
        number += 1
        if len(line) <= LONGEST:
            if line.strip():
                yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = source.readline(_PIECE)
        yield number, None


def parsed(number: int, line: bytes | None) -> dict[str, Any]:
    """The JSON object of a line; raises RefusedError."""
    if line is None:
        raise RefusedError(
            number, f"a line of more than {LONGEST:,} bytes", "give one article a line, or the file to 'kg extract' by itself"
        )
    try:
        record = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        raise RefusedError(number, f"byte {error.start} of the line is not UTF-8", "save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise RefusedError(number, f"not JSON: {error.msg} at column {error.colno}", "one article a line, in JSON") from None
    except (ValueError, RecursionError):
        raise RefusedError(number, "JSON with a number of thousands of digits, or nested as deep", "give id and text as strings") from None
    if not isinstance(record, dict):
        raise RefusedError(number, "no JSON object", 'write {"id": …, "text": …}')
    if b"\\u" in line and _ALONE.search(json.dumps(record, ensure_ascii=False)):
        raise RefusedError(number, "half of a character: a surrogate that stands alone", "write characters as they are, in UTF-8")
    return record


def article(record: dict[str, Any]) -> Article:
    """The article that a record tells of; raises RefusedError.

    >>> article({"id": 7, "text": "It closed 67,000 accounts.", "published": "2023-05-27T10:00:00Z"}).published
    '2023-05-27'
    """
    identity, text = record.get("id"), record.get("text")
    if not (isinstance(identity, str) and identity.strip()) and type(identity) is not int:
        raise RefusedError(None, "no id", "give each article an id, a string of its own")
    if not isinstance(text, str) or not text.strip():
        raise RefusedError(None, "no text", "give the article's words as 'text'")
    given = {key: record.get(key) or "" for key in _OPTIONAL}
    if wrong := [key for key, value in given.items() if not isinstance(value, str)]:
        raise RefusedError(None, f"'{wrong[0]}' is no string", "write it as a string, or leave it out")
    published = given["published"][:10]  # of a time stamp the day
    try:
        dates.bounds(published or "2000")
    except ValueError as error:
        raise RefusedError(None, str(error), "write 'published' as far as it is known, or leave it out") from None
    return Article(str(identity), text, **given | {"published": published})
