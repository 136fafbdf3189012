"""One figure held against another: exact arithmetic on integers and fractions, nothing is estimated.

The definition, with its judgement calls, stands in docs/verdicts.md; the numbers in comments are its rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from kg.figures import GROUP, unit

_UPWARDS = frozenset({"over", "at-least"})
_DOWNWARDS = frozenset({"under", "at-most"})
_BARE = "exactly"
_MEANINGFUL = 4  # more significant digits than these make trailing zeros exact


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a claim gives it: its words, its number (None for order words), comparator code, and bounds."""

    text: str
    value: int | None
    comparator: str
    min: int | None = None
    max: int | None = None


def step(figure: Figure) -> Fraction:
    """The place value of the last meaningful digit of a figure with a value.

    Raises ValueError where the digits cannot state the value; the reader of documents refuses such a figure (``kg.figures``).

    >>> print(step(Figure("1.4 million", 1_400_000, "exactly")), step(Figure("66,600", 66_600, "over")))
    100000 100
    >>> print(step(Figure("464,440", 464_440, "exactly")), step(Figure("45", 45, "exactly")))
    1 1
    """
    value = figure.value or 0
    if value == 0:
        return Fraction(1)
    one = unit(figure.text, value)
    if one is None:  # number words, or several groups of digits
        return _step_of_digits(value, Fraction(1), figure)
    if one != 1 and re.search(r"\.\d+$|,\d{1,2}$", GROUP.findall(figure.text)[0]):
        return one  # a decimal point: every digit behind it is meant
    return _step_of_digits(int(value / one), one, figure)


def _step_of_digits(digits: int, one: Fraction, figure: Figure) -> Fraction:
    significant = str(digits).rstrip("0")
    bare_and_small = (figure.value or 0) < 100 and figure.comparator == _BARE
    if len(significant) > _MEANINGFUL or bare_and_small:
        return one
    zeros = len(str(digits)) - len(significant)
    return one * int(10**zeros)


def value_kinds(claim: Figure, reference: Figure) -> frozenset[str]:
    """The kinds of verdict on ``claim``'s figure against ``reference``'s: at most one value verdict, and comparators.

    >>> sorted(value_kinds(Figure("nearly 187,000", 187_000, "under"), Figure("over 187,500", 187_500, "over", min=187_500)))
    ['comparator-reversed', 'truncated']
    >>> sorted(value_kinds(Figure("67,000", 67_000, "exactly"), Figure("over 66,600", 66_600, "over", min=66_600)))
    ['rounded']
    """
    if claim.value is None or reference.value is None:
        return frozenset({_order_kind(claim, reference)})
    reversed_ = _is_reversed(claim, reference)
    kinds = {"comparator-reversed"} if reversed_ else set()
    if claim.value == reference.value:
        if claim.comparator == reference.comparator:
            return frozenset({"same"})
        return frozenset(
            kinds
            | ({"comparator-dropped"} if reference.comparator != _BARE else set())
            | ({"comparator-added"} if claim.comparator != _BARE else set())
        )
    return frozenset(kinds | {_value_kind(claim, reference, claim.value - reference.value, reversed_)})


def _span(figure: Figure) -> tuple[int | None, int | None]:
    return (figure.min, figure.max) if figure.value is None else (figure.value, figure.value)


def _order_kind(claim: Figure, reference: Figure) -> str:
    """Rule 0: order words state a range, and only that is compared."""
    mine, theirs = _span(claim), _span(reference)
    if mine == theirs:
        return "same"
    if _holds(mine, theirs):
        return "vaguer"
    return "finer" if _holds(theirs, mine) else "value-differs"


def _holds(outer: tuple[int | None, int | None], inner: tuple[int | None, int | None]) -> bool:
    low = outer[0] is None or (inner[0] is not None and outer[0] <= inner[0])
    high = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return low and high


def _bounds(figure: Figure) -> tuple[int | None, int | None]:
    """The bounds that the words give; a figure without any modifier bounds itself."""
    return (figure.value, figure.value) if figure.comparator == _BARE else (figure.min, figure.max)


def _is_reversed(claim: Figure, reference: Figure) -> bool:
    """Rule 1: the claim says 'nearly' where the reference already says more (or the mirror of it)."""
    low, high = _bounds(reference)
    value = claim.value or 0
    if claim.comparator in _DOWNWARDS and low is not None:
        return low > value or (low == value and reference.comparator in _UPWARDS)
    if claim.comparator in _UPWARDS and high is not None:
        return high < value or (high == value and reference.comparator in _DOWNWARDS)
    return False


def _value_kind(claim: Figure, reference: Figure, delta: int, is_reversed: bool) -> str:
    """Rules 3 to 6, for values that differ by ``delta``."""
    q, p, w = step(claim), step(reference), reference.value or 0
    if q < p:
        if abs(delta) < p and _within(claim.value or 0, reference):
            return "finer"
    elif 10 * abs(delta) <= w:
        if _is_rounded(claim, reference, delta, q):
            return "rounded"
        if 0 <= -delta < q:
            return "truncated"
    return "vaguer" if not is_reversed and _bound_is_true(claim, reference) else "value-differs"


def _within(value: int, reference: Figure) -> bool:
    return (reference.min is None or reference.min <= value) and (reference.max is None or value <= reference.max)


def _is_rounded(claim: Figure, reference: Figure, delta: int, q: Fraction) -> bool:
    """Rule 4: to the nearest, or by a word that says to which side the figure was rounded."""
    c, r = claim.comparator, reference.comparator
    further_off = (delta < 0 and r in _UPWARDS) or (delta > 0 and r in _DOWNWARDS)
    nearest = 2 * abs(delta) < q or (2 * abs(delta) == q and not further_off)
    if nearest and not (c in _UPWARDS and delta > 0) and not (c in _DOWNWARDS and delta < 0):
        return True
    return (c == "about" and abs(delta) < q) or (c in _UPWARDS and 0 <= -delta < q) or (c in _DOWNWARDS and 0 <= delta < q)


def _bound_is_true(claim: Figure, reference: Figure) -> bool:
    """Rule 6: the claim bounds the figure, and what the reference says lies within that bound."""
    v, w = claim.value or 0, reference.value or 0
    if claim.comparator in _UPWARDS:
        return v <= (w if reference.min is None else reference.min) and reference.comparator not in _DOWNWARDS
    if claim.comparator in _DOWNWARDS:
        return v >= (w if reference.max is None else reference.max) and reference.comparator not in _UPWARDS
    return False
