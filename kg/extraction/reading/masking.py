"""A copy of a text that is easier to read by rule, character for character as long as the text itself."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# What shows nothing: soft hyphen, joiners, zero-width and bidi marks, variation selectors (Unicode 16, Default_Ignorable_Code_Point).
HIDDEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_HIDES = re.compile(f"[{HIDDEN}]")
# A number with what hides in it, and behind it where an ideograph follows without a space.
_NUMBER = re.compile(f"[0-9](?:[0-9.,{HIDDEN}]*[0-9])?(?:[{HIDDEN}]+(?=[\u3400-\u9fff]))?")
_FOREIGN = re.compile(r"[^\x00-\x7f\u3001-\u301d\u3400-\u4dbf\u4e00-\u9fff]+")  # ideographs and their full stops stand for themselves
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{2,3})*,[0-9]{3}(\.[0-9]+)?")
_IN_NUMBERS = ".%+~$£¥"
_WIDE_COMMA = re.compile(r"，(?<=[0-9]，)(?=[0-9]{3}(?![0-9]))")
_RAISED = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+")
_NOTED = re.compile(f"(?:(?<![0-9.,])10)?(?<=[0-9]){_RAISED.pattern}")
# Forms that mean something else than the plain sign: 67,000² is not 67,0002.
_KEPT = ("<super>", "<sub>", "<circle>", "<square>", "<fraction>")


def masked(text: str) -> str:
    """``text`` with full-width, compatibility and foreign digits as ASCII and nothing hidden: for finding, never for quoting.

    Every character stays where it is, so offsets found in the copy hold in the text. Letters, digits and the signs of numbers
    take their NFKC form (UAX #15) where that is one character; signs above, below and in circles stay, and so does Chinese
    punctuation, but for a comma within a number. Raised digits behind a number are the mark of a note: they become spaces, powers
    of ten whole. What hides inside a number is taken out and the number filled up with zeros at its front: the same value over
    the same stretch. Elsewhere it becomes a space.

    >>> masked("６７，０００ 个")
    '67,000 个'
    >>> masked("67\\u200b,000 accounts")
    '067,000 accounts'
    >>> masked("67,000¹ accounts, 10⁶ posts")
    '67,000  accounts,     posts'
    """
    if text.isascii():
        return text
    copy = _WIDE_COMMA.sub(",", _FOREIGN.sub(lambda found: found[0].translate(_table()), text))
    if _RAISED.search(copy):
        copy = _NOTED.sub(lambda found: " " * len(found[0]), copy)
    if not _HIDES.search(copy):
        return copy
    return _HIDES.sub(" ", _NUMBER.sub(_filled, copy))


def _filled(match: re.Match[str]) -> str:
    """The number without what hides; without its separators too, which zeros before them would make meaningless."""
    number = match.group()
    shown = _HIDES.sub("", number)
    if len(shown) < len(number) and len(shown.partition(",")[0]) + len(number) - len(shown) > 3 and _GROUPED.fullmatch(shown):
        shown = shown.replace(",", "")
    return shown.rjust(len(number), "0")


@cache
def _table() -> dict[int, str]:
    """Code point → the one character that stands for it; the planes that hold digits, letters and ideographs."""
    points = (*range(0xA0, 0xD800), *range(0xF900, 0x10000), *range(0x1D400, 0x1D800), *range(0x1FBF0, 0x1FBFA), *range(0x2F800, 0x2FA20))
    return {point: plain for point in points if (plain := _plain(chr(point))) != chr(point)} | {0x85: "\n", 0x2028: "\n", 0x2029: "\n"}


def _plain(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if unicodedata.decomposition(character).startswith(_KEPT):
        return character
    form = unicodedata.normalize("NFKC", character)
    return form if len(form) == 1 and (form.isalnum() or form in _IN_NUMBERS) else character
