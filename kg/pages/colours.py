"""Colours of the vocabulary made readable: as dark on a light page, and as light on a dark page, as their words need."""

from __future__ import annotations

import re
from functools import cache

# Relative luminances (WCAG 2.2) at which text has a contrast of 4.5 and more on this project's lightly tinted surfaces.
_ON_LIGHT, _ON_DARK = 0.125, 0.36
_STEPS = 100


@cache
def inks(colour: str) -> tuple[str, str] | None:
    """A colour ``#rrggbb`` as ink on light and on dark surfaces, of the same hue; None where it is no such colour.

    >>> inks("red; } body { display: none") is None
    True
    """
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        return None
    own = tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))
    shades = (_mixed(own, 0, part) for part in range(_STEPS + 1))
    tints = (_mixed(own, 255, part) for part in range(_STEPS + 1))
    dark = next(shade for shade in shades if luminance(shade) <= _ON_LIGHT)
    light = next(tint for tint in tints if luminance(tint) >= _ON_DARK)
    return _hex(dark), _hex(light)


def luminance(colour: tuple[int, ...]) -> float:
    """Relative luminance of an sRGB colour, from 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (channel / 255 for channel in colour))
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _mixed(colour: tuple[int, ...], other: int, part: int) -> tuple[int, ...]:
    return tuple(round(channel + (other - channel) * part / _STEPS) for channel in colour)


def _hex(colour: tuple[int, ...]) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in colour)
