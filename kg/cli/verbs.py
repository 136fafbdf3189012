"""What every verb is declared with."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol, TypeVar

from kg.errors import QueryError

N = TypeVar("N", int, float)


class AddVerb(Protocol):
    """Declares a verb: its name, what runs it, one sentence for --help, and an example."""

    def __call__(self, name: str, run: Callable[[argparse.Namespace], int], summary: str, example: str) -> argparse.ArgumentParser:
        """The verb's parser, to add its arguments to."""


def between(least: N, most: N) -> Callable[[str], N]:
    """A reader of numbers for an option; it refuses those outside of ``least`` to ``most``, and what is no number.

    >>> between(1, 64)("2")
    2
    """

    def number(word: str) -> N:
        with suppress(ValueError):
            if least <= (found := type(least)(word)) <= most:
                return found
        raise argparse.ArgumentTypeError(f"'{word}' is not a number from {least:,} to {most:,}")

    return number


def pairs(words: Sequence[str], what: str) -> dict[str, str]:
    """``name=value`` words as a mapping; raises QueryError for a word without '='.

    >>> pairs(["lang=zh"], "parameter")
    {'lang': 'zh'}
    """
    if bad := [word for word in words if "=" not in word]:
        raise QueryError(f"'{bad[0]}' is no {what}; write name=value")
    return {name: value for name, _, value in (word.partition("=") for word in words)}
