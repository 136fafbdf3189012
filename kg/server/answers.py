"""An answer as plain bytes, on its way from a worker to a client; and errors that say what to try."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass

PROBLEM = "application/problem+json"  # the media type of errors
LARGEST = 64 * 2**20  # bytes of an answer
ADDRESS = 65_535  # bytes of an address, as many as the parser of requests takes
_WORTH = 500  # bytes from which compressing pays


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: HTTP status, media type and bytes, which are gzipped where ``encoding`` says so."""

    status: int
    media: str
    body: bytes
    encoding: str = ""
    retry: int = 0


def problem(status: int, detail: str, retry: int = 0) -> Answer:
    """An error as problem details (RFC 9457); ``retry``: seconds after which trying again may help.

    >>> problem(400, "no query").body
    b'{"status": 400, "detail": "no query"}'
    """
    return Answer(status, PROBLEM, json.dumps({"status": status, "detail": detail}).encode(), retry=retry)


def compressed(answer: Answer) -> Answer:
    """The same answer gzipped (RFC 1952), where that pays."""
    if len(answer.body) < _WORTH or answer.encoding:
        return answer
    return Answer(answer.status, answer.media, gzip.compress(answer.body, 5, mtime=0), "gzip", answer.retry)
