"""Reading: the bytes of a file → the one text that all later offsets count in, and where in the file each word of it stands.

Three kinds, told by content: plain text, HTML, and PDF with a text layer. A plain text is kept as it is but for its newlines;
the text of a page is made here, so it holds nothing that hides (soft hyphens, zero-width and bidi marks).
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from io import BytesIO
from os.path import lexists
from pathlib import Path
from typing import IO

from kg import dates
from kg.errors import SourceError
from kg.extraction.reading import html, pdf
from kg.extraction.reading.characters import decode
from kg.extraction.reading.masking import masked
from kg.facts.strict import RefusedError, check_text

__all__ = ["STDIN", "Reading", "called", "files", "masked", "opened", "read"]

STDIN = Path("-")  # what the shell pipes in
_HEADER = "# source:"
_PIECE = 1 << 20


def _nowhere(_: int) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One text: ``text[start:end]`` are the words of offsets in code points.

    ``kind``: text, html or pdf. ``meta``: what the file tells of itself, by the keys of a facts document (publisher, url,
    published, language, title). ``doubts``: what a person should know before trusting that this is all of it.
    ``selector_at(start)``: the place in the file; a CSS selector (Selectors Level 3) of the paragraph, list item or table row,
    ``page=3`` (RFC 8118 §3) in a PDF, and '' in plain text.
    """

    file: str
    kind: str
    text: str
    meta: dict[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    selector_at: Callable[[int], str] = _nowhere

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in lower-case hexadecimal; piece by piece, so that a long text is not doubled."""
        found = hashlib.sha256()
        for start in range(0, len(self.text), _PIECE):
            found.update(self.text[start : start + _PIECE].encode())
        return found.hexdigest()


def files(path: Path) -> list[Path]:
    """The files of a folder and of those in it (or the one file), sorted, hidden ones left out; raises SourceError.

    >>> files(Path("no-such-folder"))
    Traceback (most recent call last):
    kg.errors.SourceError: no-such-folder: there is no such file or folder; name a text, an HTML page, a PDF or a folder of them
    """
    if path == STDIN or (not path.is_dir() and lexists(path)):
        return [path]
    if not path.is_dir():
        raise SourceError(f"{path}: there is no such file or folder; name a text, an HTML page, a PDF or a folder of them")
    inner = ((p, p.relative_to(path).parts) for p in path.rglob("*") if not p.is_dir())
    found = [p for _, p in sorted((parts, p) for p, parts in inner if not any(part.startswith(".") for part in parts))]
    if not found:
        raise SourceError(f"{path}: no file in this folder; name the folder that holds the articles")
    return found


def called(path: Path) -> str:
    """The name of a file for people.

    >>> called(Path("a.txt")), called(STDIN)
    ('a.txt', 'stdin')
    """
    return "stdin" if path == STDIN else str(path)


def opened(path: Path) -> AbstractContextManager[IO[bytes]]:
    """The bytes of a file."""
    return nullcontext(sys.stdin.buffer if sys.stdin else BytesIO()) if path == STDIN else path.open("rb")


def read(path: Path) -> Reading:
    """The text of a file; raises SourceError, its finding with the line where there is one.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "a.html"
    >>> _ = file.write_text("<h1>Notice</h1><p>It closed <b>67,000</b> accounts.", "utf-8")
    >>> (reading := read(file)).text
    'Notice\\n\\nIt closed 67,000 accounts.'
    >>> reading.selector_at(18)
    'html > body:nth-child(2) > p:nth-child(2)'
    """
    try:
        if path != STDIN and path.exists() and not path.is_file():
            raise RefusedError(None, "no regular file but a pipe, a device or the like", "save the article in a file, or pipe it into '-'")
        with opened(path) as file:
            found = _read(file.read(), path)
        if not found.text.strip():
            raise RefusedError(None, "there is no text in it", "give the file that holds the article")
    except OSError as error:
        raise SourceError(f"{called(path)}: {error.strerror}; check the file and its permissions") from error
    except RefusedError as refused:
        raise SourceError("nothing was read of it", [refused.finding(called(path))]) from None
    return found


def _read(raw: bytes, path: Path) -> Reading:
    file = called(path)
    if pdf.is_pdf(raw):
        pages = pdf.Pages(raw)
        return Reading(file, "pdf", pages.text, {}, pages.doubts, pages.selector_at)
    named = path.suffix.lower() in html.SUFFIXES
    text = decode(raw, html.declared(raw) if named or html.is_page(raw[: html.HEAD].decode("latin-1")) else "")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if named or html.is_page(text[: html.HEAD]):
        page = html.Page(text)
        return Reading(file, "html", page.text, page.meta, page.doubts, page.selector_at)
    meta, text = _header(text)
    return Reading(file, "text", text, meta)


def _header(text: str) -> tuple[dict[str, str], str]:
    """What ``# source: PUBLISHER | URL | DATE`` tells, and the text behind the first blank line."""
    if not text.startswith(_HEADER):
        return {}, text
    head, _, body = text.partition("\n\n")
    parts = [part.strip() for part in head.split("\n")[0].removeprefix(_HEADER).rsplit(" | ", 2)]
    advice = "write '# source: PUBLISHER | URL | DATE' and a blank line before the text"
    if len(parts) != 3:
        raise RefusedError(1, "a header that does not name publisher, address and date", advice)
    publisher, address, published = parts
    try:
        dates.bounds(published)
    except ValueError as error:
        raise RefusedError(1, str(error), advice) from None
    check_text(head, 1)
    url = address.split(" ")[0]  # a remark may follow it
    found = {"publisher": publisher, "url": url if url.startswith(("http://", "https://")) else "", "published": published}
    return {key: value for key, value in found.items() if value}, body
