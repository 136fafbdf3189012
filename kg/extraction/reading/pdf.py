"""PDF → text: the text layer only, page by page, lines that the page's width broke joined again."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kg.extraction.reading.masking import HIDDEN
from kg.facts.strict import RefusedError

_HEAD = 1024  # ISO 32000-2 §7.5.2: readers look for the header among so many bytes
_FULL = 0.98  # of the widest line near: what is narrower, the next word included, ended by itself
_NEAR = 8  # lines before and behind: a page may have columns
_FIGURE = frozenset("0123456789%")
_HIDES = re.compile(f"[{HIDDEN}\x00-\x08\x0b\x0c\x0e-\x1f]")
_HYPHEN = ("\ufffe", "\x02")  # how PDFium tells a hyphen at a line's end that the word does not have


def is_pdf(raw: bytes) -> bool:
    """Whether the bytes are a PDF.

    >>> is_pdf(b"%PDF-1.7\\n"), is_pdf(b"About %PDF-1.7")
    (True, False)
    """
    at = raw.find(b"%PDF-", 0, _HEAD)
    return at >= 0 and not raw[:at].strip(b"\x00\t\n\x0c\r \xef\xbb\xbf")


class Pages:
    """The text of a PDF, one paragraph a line, pages parted by blank lines; raises RefusedError where it has none."""

    def __init__(self, raw: bytes) -> None:
        pages = [_joined(page) for page in _pages(raw)]
        silent = [number for number, page in enumerate(pages, start=1) if not page.strip()]
        if len(silent) == len(pages):
            raise RefusedError(
                None,
                f"a PDF of {len(pages)} page{'s' * (len(pages) != 1)} without a text layer, a scan",
                "have its text recognised (OCR) first",
            )
        self._starts = [0]
        for page in pages:
            self._starts.append(self._starts[-1] + (len(page) + 2 if page else 0))
        self.text = "\n\n".join(filter(None, pages))
        self.doubts = tuple(_doubts(raw, silent))

    def selector_at(self, start: int) -> str:
        """The page that holds an offset, as a fragment of RFC 8118."""
        return f"page={min(bisect_right(self._starts, start), len(self._starts) - 1)}"


def _pages(raw: bytes) -> Iterator[list[_Line]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
        for page in document:
            yield list(_lines(page.get_textpage()))
    except pypdfium2.PdfiumError as error:
        raise _refused(raw, str(error)) from None


def _refused(raw: bytes, why: str) -> RefusedError:
    if "assword" in why or "ecurity" in why:
        return RefusedError(None, "an encrypted PDF", "save it without its password")
    if not _is_whole(raw):
        return RefusedError(None, "a PDF that was cut off: its end is missing", "get the file anew")
    return RefusedError(None, f"a damaged PDF ({why})", "get the file anew")


def _is_whole(raw: bytes) -> bool:
    return b"%%EOF" in raw[-2048:]


def _doubts(raw: bytes, silent: list[int]) -> Iterator[str]:
    if not _is_whole(raw):
        yield "the end of the PDF is missing: this may not be all of it"
    if silent:
        yield f"no text layer on page {', '.join(map(str, silent))}: what stands there was not read"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its words, how wide it is, and how wide its first word is (points)."""

    words: str
    width: float
    first: float


def _lines(page: Any) -> Iterator[_Line]:
    text, at = page.get_text_range(), 0
    is_exact = len(text) == page.count_chars()  # else a character of two code units moves the boxes: widths are then counted
    for line in text.split("\r\n"):
        words = line.strip()
        begin, at = at + line.find(words), at + len(line) + 2
        first = 1 if words and _is_wide(words[0]) else len(words.split(" ")[0])
        if words and is_exact:
            left, word, right = (page.get_charbox(begin + n) for n in (0, first - 1, len(words) - 1))
            yield _Line(words, right[2] - left[0], word[2] - left[0])
        else:
            yield _Line(words, len(words) + sum(map(_is_wide, words)), first)


def _joined(lines: list[_Line]) -> str:
    """The words of a page; a line that the next one's first word did not fit into goes on in it."""
    text = [lines[0].words]
    for number, (line, following) in enumerate(pairwise(lines)):
        if line.words.endswith(_HYPHEN):
            text[-1] = text[-1][:-1]
        elif _goes_on(line, following, max(near.width for near in lines[max(0, number - _NEAR) : number + _NEAR])):
            text.append("" if _is_wide(line.words[-1]) and _is_wide(following.words[0]) else " ")
        else:
            text.append("\n")
        text.append(following.words)
    return _HIDES.sub("", "".join(text)).strip()


def _goes_on(line: _Line, following: _Line, column: float) -> bool:
    if not line.words or not following.words:
        return False
    if line.words[-1] in _FIGURE and following.words[-1] in _FIGURE:  # rows of a table, each ending in its number
        return False
    return line.width + following.first >= _FULL * column


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
