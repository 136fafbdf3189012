"""What is read of a statement of reasons, and what is said of a record that cannot be taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

COLUMNS = (
    "uuid", "decision_visibility", "decision_monetary", "decision_provision", "decision_account", "account_type", "decision_ground",
    "category", "category_addition", "category_specification", "content_type", "source_type", "automated_detection", "automated_decision",
    "platform_name", "created_at",
)  # fmt: skip
SHOWN = 200  # characters of a rejected record


@dataclass(frozen=True, slots=True)
class Reject:
    """What was not taken: ``line`` is where it starts in its part; ``records`` is how many it stands for, 1 but for whole parts.

    >>> print(Reject("a.zip", "b.csv", 7, "3 columns where 38 are due", "x,y,z"))
    a.zip/b.csv:7: 3 columns where 38 are due
    """

    file: str
    part: str
    line: int
    reason: str
    text: str = ""
    records: int = 1

    def __str__(self) -> str:
        return f"{self.file}{'/' if self.part else ''}{self.part}:{self.line}: {self.reason}"


Rejecting = Callable[[Reject], None]


def shown(text: bytes) -> str:
    """The first characters of a record, as well as they can be read.

    >>> shown(b"a" * 300 + b"!") == "a" * 200
    True
    """
    return text[: SHOWN * 4].decode("utf-8", "replace")[:SHOWN]
