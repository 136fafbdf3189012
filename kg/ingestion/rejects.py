"""What was not taken, with its place and reason: a line of JSON each."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from kg.errors import Finding
from kg.ingestion.dsa.records import Reject

_SHOWN = 5


class Rejects:
    """A file of rejects, the number of ``records`` they stand for, and the ``first`` of them.

    >>> import tempfile
    >>> with Rejects(Path(tempfile.mkdtemp()) / "rejects.jsonl") as rejects:
    ...     rejects(Reject("a.zip", "b.csv", 7, "3 columns where 38 are due"))
    >>> rejects.records
    1
    """

    def __init__(self, path: Path) -> None:
        self.records, self.first, self._file = 0, list[Finding](), path.open("w", encoding="utf-8")

    def __call__(self, reject: Reject) -> None:
        """Note one."""
        self.records += reject.records
        if len(self.first) < _SHOWN:
            self.first.append(Finding(f"{reject.file}{'/' if reject.part else ''}{reject.part}", reject.line, reject.reason))
        self._file.write(json.dumps(asdict(reject), ensure_ascii=False) + "\n")

    def __enter__(self) -> Rejects:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
