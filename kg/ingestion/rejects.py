"""What was not taken, with its place and reason: a line of JSON each."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from kg.ingestion.dsa.records import Reject


class Rejects:
    """A file of rejects and the number of ``records`` they stand for.

    >>> import tempfile
    >>> with Rejects(Path(tempfile.mkdtemp()) / "rejects.jsonl") as rejects:
    ...     rejects(Reject("a.zip", "b.csv", 7, "3 columns where 38 are due"))
    >>> rejects.records
    1
    """

    def __init__(self, path: Path) -> None:
        self.records, self._file = 0, path.open("w", encoding="utf-8")

    def __call__(self, reject: Reject) -> None:
        """Note one."""
        self.records += reject.records
        self._file.write(json.dumps(asdict(reject), ensure_ascii=False) + "\n")

    def __enter__(self) -> Rejects:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
