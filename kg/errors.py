"""What can go wrong, where it is, and what to try: one hierarchy for the whole package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place: ``file:line: what; advice``.

    >>> print(Finding("data/a.yaml", 3, "unknown key 'penatly'", "did you mean 'penalty'?"))
    data/a.yaml:3: unknown key 'penatly'; did you mean 'penalty'?
    """

    file: str
    line: int | None
    what: str
    advice: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}" + (f"; {self.advice}" if self.advice else "")


class KgError(Exception):
    """Base of all errors that a user can mend; ``findings`` holds every fault found, ``exit_code`` is the shell's."""

    exit_code = 2

    def __init__(self, message: str, findings: Iterable[Finding] = ()) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join([*map(str, self.findings), message] if self.findings else [message]))


class FactsError(KgError):
    """Facts documents that cannot be taken as they stand."""

    exit_code = 1


class ShapeError(KgError):
    """A graph that does not conform to the shapes."""

    exit_code = 1


class VocabularyError(KgError):
    """The ontology itself is broken or lacks a term."""


class QueryError(KgError):
    """A question that does not exist, lacks a parameter, or is not SPARQL."""


class SourceError(KgError):
    """A file, folder or address that cannot be read or written."""


class FormatError(KgError):
    """A format that is not known, or content that is not of its format."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Advice that names the known word nearest to ``word``, or all of them where they are few.

    >>> nearest("closur", ["closure", "mute"])
    "did you mean 'closure'?"
    >>> nearest("xyz", ["complete", "partial"])
    'known here: complete, partial'
    """
    words = sorted(known)
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    return "known here: " + ", ".join(words) if len(words) <= 12 else f"{len(words)} are known, none of them near"
