"""Names, each given once: told apart in flat memory, however many there are."""

from __future__ import annotations

import sqlite3


class Names:
    """The names given so far, in a database that SQLite keeps in a file where it grows.

    >>> names = Names()
    >>> names.given_before("a", 1), names.given_before("a", 2)
    (None, 1)
    """

    def __init__(self) -> None:
        self._store = sqlite3.connect("")
        self._store.execute("CREATE TABLE given (name TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")
        self.close = self._store.close

    def given_before(self, name: str, line: int) -> int | None:
        """The line that gave ``name`` first; None where it is ``line`` itself."""
        if self._store.execute("INSERT OR IGNORE INTO given VALUES (?, ?)", (name, line)).rowcount:
            return None
        found: int = self._store.execute("SELECT line FROM given WHERE name = ?", (name,)).fetchone()[0]
        return found
