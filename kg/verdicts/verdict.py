"""A verdict as a plain record: what stands how to what, and the name that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple


class Verdict(NamedTuple):
    """How one claim (or one source's silence) stands to the reference, for one property, by one rule.

    All names are IRIs without the base; '' where there is none. ``aspect``: the property's local name. ``given`` and
    ``expected``: the values that differ (concepts, things), or for relations and contradictions the other measure or claim.
    """

    source: str
    subject: str
    claim: str
    aspect: str
    kind: str
    reference: str = ""
    given: str = ""
    expected: str = ""

    @property
    def iri(self) -> str:
        """Its own IRI without the base: source, claim (or measure), property, kind, and the value that differs."""
        who = self.source.removeprefix("source/")
        what = self.claim.rpartition("/")[2] if self.claim else self.subject.partition("/")[2]
        value = (self.given or self.expected).partition("/")[2]
        return "/".join(filter(None, ("verdict", who, what, kebab(self.aspect), self.kind, value)))


@cache
def kebab(name: str) -> str:
    """A property's name as it stands in the names of kinds.

    >>> kebab("accountType")
    'account-type'
    """
    return re.sub(r"[A-Z]", lambda letter: "-" + letter.group().lower(), name)


def in_order(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Verdicts sorted: by source, then by what they are about, then by claim."""
    return sorted(verdicts)
