"""Bytes → characters: UTF-8, or what the file says, or a guess that is checked; never a text of wrong letters."""

from __future__ import annotations

import codecs
import re

from kg.facts.strict import RefusedError

_SAMPLE = 65_536  # bytes a guess is made from; ASCII tells nothing, so they begin near the first byte that is none
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
_FORMATS = {
    b"PK\x03\x04": "a ZIP archive (.docx, .xlsx and .epub are such)", b"\xd0\xcf\x11\xe0": "an old Office file", b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a gzip archive", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"%!PS": "PostScript",
}  # fmt: skip
# Names of encodings → the superset that programs really write under that name (WHATWG Encoding §4.2).
_CODECS = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030", "hz-gb-2312": "gb18030", "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs", "cp950": "big5hkscs", "big5hkscs": "big5hkscs", "iso-8859-1": "cp1252", "iso8859-1": "cp1252",
    "iso8859-15": "cp1252", "iso-8859-15": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "windows-1252": "cp1252", "macroman": "mac_roman", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be", "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
}  # fmt: skip
_LATIN = ("cp1252", "mac_roman")
_CHINESE = ("gb18030", "big5hkscs")
_FOREIGN = re.compile("[^\x00-\x7f]")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Letters of Western Europe stand among ASCII letters, and signs do not stand between letters.
_NOT_LATIN = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]{3}|(?i:[a-z])[\u00a1-\u00b4\u00b6\u00b8-\u00bf\u00d7\u00f7](?i:[a-z])")
_ILL_FORMED = re.compile(b"[\xc0\xc1][\x80-\xbf]|\xed[\xa0-\xbf][\x80-\xbf]")  # too long, and surrogates (Unicode 16, table 3-7)
_ADVICE = "save it as UTF-8"


def decode(raw: bytes, declared: str = "") -> str:
    """The text of ``raw`` without byte order mark; raises RefusedError where it is no text or nothing says for sure which.

    First the byte order mark, then UTF-8, then the encoding that the page declares, then chardet's guess; these two must give
    common ideographs or letters of Western Europe only. The same bytes give the same text on every machine.

    >>> decode("网信部门处置账号8000个。".encode("gb18030"))
    '网信部门处置账号8000个。'
    >>> decode("Роскомнадзор удалил 430 тысяч материалов".encode("cp1251"))
    Traceback (most recent call last):
    kg.facts.strict.RefusedError: its encoding is not sure (a guess: Windows-1251)
    """
    for magic, what in _FORMATS.items():
        if raw.startswith(magic):
            raise RefusedError(None, f"no text but {what}", "save the article as text, HTML or PDF")
    mark = next((codec for mark, codec in _MARKS.items() if raw.startswith(mark)), "")
    return _checked(_marked(raw, mark) if mark else _unmarked(raw, declared))


def _marked(raw: bytes, codec: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        raise RefusedError(None, f"byte {error.start} is not {codec.upper()}, though its byte order mark says so", _ADVICE) from None


def _unmarked(raw: bytes, declared: str) -> str:
    if b"\x00" in raw:  # ASCII letters in UTF-16 are UTF-8 too, with a NUL after each
        return _guessed(raw, 0)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = error
    found = _try(raw, _CODECS.get(declared.lower(), "")) if declared else None
    if found is not None and _is_plausible(found):
        return found
    before = raw[: fault.start].translate(None, bytes(range(128)))
    if len(before) >= 8 or _try(_ILL_FORMED.sub(b"", raw), "utf-8") is not None:  # such bytes are no chance: it is UTF-8, damaged
        line = raw.count(b"\n", 0, fault.start) + 1
        raise RefusedError(
            line, f"byte {fault.start} is not UTF-8, though what stands before it is", "the file is damaged or cut: get it anew"
        )
    return _guessed(raw, fault.start)


def _try(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec) if codec else None
    except UnicodeDecodeError:
        return None


def _guessed(raw: bytes, first: int) -> str:
    import chardet

    start = max(0, first - _SAMPLE // 16) & ~3  # on a boundary of UTF-16 and UTF-32 too
    guess = str(chardet.detect(raw[start : start + _SAMPLE])["encoding"] or "")
    codec = _CODECS.get(guess.lower(), "")
    among = dict.fromkeys((codec, *_CHINESE) if codec in (*_LATIN, *_CHINESE) else (codec,))  # one sentence may be Chinese
    read = {candidate: found for candidate in among if (found := _try(raw, candidate)) is not None and _is_plausible(found)}
    if read:
        return read[codec] if codec in _LATIN and codec in read else max(read.values(), key=_common)
    what = f"its encoding is not sure (a guess: {guess})" if guess else "no text: its bytes are of no known encoding"
    raise RefusedError(raw.count(b"\n", 0, first) + 1 if guess else None, what, _ADVICE if guess else "give a text, an HTML page or a PDF")


def _is_plausible(text: str) -> bool:
    """Whether it reads as Chinese or as a language of Western Europe: a wrong guess gives rare ideographs, or heaps of accents."""
    first = _FOREIGN.search(text)
    sample = text[first.start() : first.start() + _SAMPLE] if first else ""
    return _common(sample) >= 0.85 if _IDEOGRAPH.search(sample) else not _NOT_LATIN.search(sample)


def _common(text: str) -> float:
    """The share of common ideographs among those of a text; 0 where there are none."""
    ideographs = _IDEOGRAPH.findall(text[:_SAMPLE])
    return sum(map(_is_common, ideographs)) / max(1, len(ideographs))


def _is_common(ideograph: str) -> bool:
    """Whether it is among the some 4,000 to 5,000 in daily use: level 1 of GB 2312 or of Big5."""
    simplified, traditional = (ideograph.encode(codec, "ignore")[:1] for codec in ("gb2312", "big5"))
    return b"\xb0" <= simplified < b"\xd8" or b"\xa4" <= traditional < b"\xc7"


def _checked(text: str) -> str:
    """``text`` itself; a stray control character is none of our business, many of them or a NUL are no text."""
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if "\x00" in text or controls > 1 + len(text) / 1000:
        found = _CONTROL.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else None
        raise RefusedError(line, "no text: it holds control characters", "give a text, an HTML page or a PDF")
    return text
