"""What must hold of what was read and of what is written: days and names, rows of figures, and shapes on a sample."""

from __future__ import annotations

import datetime
import glob
import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import shapes
from kg.errors import Finding, ShapeError, SourceError
from kg.facts import Facts
from kg.facts.strict import RefusedError, check_text
from kg.ingestion.dsa import FIRST_DAY, statements
from kg.ingestion.dsa.records import Reject
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    import duckdb

SAMPLE = 1000  # figures that the shapes are held against, taken evenly from all
_SHOWN = 20  # of the findings: figures of one kind break a shape all alike
RULES = {
    "a figure counts at least one decision": "value IS NULL OR value < 1",
    "a claim stands once": "claim IN (SELECT claim FROM counted GROUP BY claim HAVING count(*) > 1)",
    "a period does not end before it begins": '"from" > "to"',
    "a claim's name is an IRI": "NOT regexp_full_match(claim, 'claim/[a-z0-9-]+/[a-z0-9-]+')",
    "a platform's name is an IRI": "NOT regexp_full_match(platform, 'platform/[a-z0-9-]+')",
    "a figure has a file and a locator": "len(file) = 0 OR locator = ''",
}


def wrong_day(day: str) -> str:
    """Why a day cannot be one of the database's, or "".

    >>> wrong_day("2025-07-01"), wrong_day("2025-02-30"), wrong_day("1970-01-01")
    ('', "'2025-02-30' is no date", "'1970-01-01' is before the database opened (2023-09-25)")
    """
    if not day:
        return "no day is given"
    try:
        date = datetime.date.fromisoformat(day)
    except ValueError:
        return f"'{day}' is no date"
    if day < FIRST_DAY:
        return f"'{day}' is before the database opened ({FIRST_DAY})"
    return f"'{day}' is in the future" if date > datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1) else ""


def wrong_name(name: str) -> str:
    """Why a name cannot be a platform's, or "".

    >>> wrong_name("TikTok"), wrong_name(" ")
    ('', 'no platform is named')
    """
    try:
        return "" if check_text(name, None).strip() else "no platform is named"
    except RefusedError as error:
        return f"the platform's name has {error.what}"


def _wrong(connection: duckdb.DuckDBPyConnection) -> dict[tuple[int, str, str], str]:
    """Why, of each file, platform and day that cannot be."""
    found = connection.execute("SELECT DISTINCT file, platform, coalesce(day, '') FROM combinations ORDER BY ALL").fetchall()
    return {key: why for key in found if (why := wrong_name(key[1]) or wrong_day(key[2]))}


def published(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    """Hold statistics in ``combinations`` to what they have to be: each figure once, a number, of a platform and a possible day.

    ``names``: of the inputs, by the number in ``file``. Raises SourceError with what is wrong.
    """
    findings = [Finding(names[file], None, f"{platform}, {day}: {why}") for (file, platform, day), why in _wrong(connection).items()]
    found = connection.execute("""
        SELECT max(file), platform, day, variant, sum(lines), min(n) FROM combinations GROUP BY platform, day, "column", variant
        HAVING sum(lines) > 1 OR coalesce(min(n), 0) < 1 ORDER BY ALL""").fetchall()
    for file, platform, day, variant, lines, _ in found:
        why = "stands twice" if lines > 1 else "counts no decision"
        findings.append(Finding(names[file], None, f"{platform}, {day}, {variant}: {why}"))
    if findings:
        raise SourceError("the statistics cannot be taken; give each figure once, as it was published", findings[:_SHOWN])


def wrong(connection: duckdb.DuckDBPyConnection, reads: Sequence[tuple[str, Path]]) -> Iterator[Reject]:
    """Take combinations without a platform or a possible day out of ``combinations``; each of their rows, with its place.

    ``reads``: by the number in ``file``, the input's name and the Parquet file that its rows were read from.
    """
    for (number, platform, day), reason in _wrong(connection).items():
        connection.execute("DELETE FROM combinations WHERE file = ? AND platform = ? AND day = ?", [number, platform, day])
        name, path = reads[number]
        yield from _places(connection, name, path, platform, day, reason)


def _places(connection: duckdb.DuckDBPyConnection, name: str, path: Path, platform: str, day: str, reason: str) -> Iterator[Reject]:
    name_of, told = (f"coalesce(nullif({column}::VARCHAR, '[]'), '')" for column in (statements.NAME, statements.CREATED))
    query = f"SELECT * FROM read_parquet(?, file_row_number = true) WHERE {name_of} = ? AND left({told}, 10) = ?"
    found = connection.execute(query, [glob.escape(str(path)), platform, day])
    columns: Any = [column[0] for column in found.description]
    while rows := found.fetchmany(10_000):
        for cells in rows:
            row = dict(zip(columns, cells, strict=True))
            yield Reject(name, row.get("part", ""), row.get("line", row["file_row_number"] + 1), reason, str(row[statements.UUID]))


def rules(connection: duckdb.DuckDBPyConnection) -> None:
    """Hold every row of ``figures`` against RULES, in the engine; raises ShapeError."""
    for rule, broken in RULES.items():
        found: Any = connection.execute(f"SELECT count(*), min(claim) FROM figures WHERE {broken}").fetchone()
        if found[0]:
            raise ShapeError(f"{found[0]:,} figures break the rule that {rule}, such as {found[1]}; nothing was written")


def new(connection: duckdb.DuckDBPyConnection) -> None:
    """Hold ``figures`` against those ``known`` of the graph that they join; raises SourceError.

    None may stand there already, nor any of the same platform in days that are counted there, whatever they are told by: a
    question would add up the same decisions twice.
    """
    advice = "give all files of a period at once, or name another graph with --graph"
    found: Any = connection.execute("SELECT count(*), min(claim) FROM counted WHERE claim IN (SELECT claim FROM known)").fetchone()
    if found[0]:
        raise SourceError(f"{found[0]:,} figures are in the graph already, such as {found[1]}; {advice}")
    found = connection.execute("""
        WITH told AS (SELECT DISTINCT platform, "from", "to" FROM figures), there AS (SELECT DISTINCT platform, "from", "to" FROM known)
        SELECT told.platform, greatest(told."from", there."from"), least(told."to", there."to") FROM told JOIN there USING (platform)
        WHERE told."from" <= there."to" AND there."from" <= told."to" ORDER BY ALL LIMIT 1""").fetchone()
    if found:
        platform, first, last = found
        raise SourceError(f"{platform}, {first} to {last}: decisions of these days are counted in the graph already; {advice}")


def decisions(connection: duckdb.DuckDBPyConnection) -> None:
    """Hold every row of ``decisions`` to what gives it a name, a UUID of its own as RFC 9562 writes one; raises ShapeError."""
    found: Any = connection.execute(f"""
        SELECT coalesce(sum(n) FILTER (uuid IS NULL), 0), coalesce(sum(n - 1) FILTER (uuid IS NOT NULL), 0), min(uuid) FILTER (n > 1)
        FROM (SELECT TRY_CAST({statements.UUID} AS UUID) AS uuid, count(*) AS n
            FROM (SELECT CASE strlen({statements.UUID}) WHEN 36 THEN {statements.UUID} END AS {statements.UUID} FROM decisions) GROUP BY 1)
        """).fetchone()
    nameless, again, example = found
    if nameless:
        raise ShapeError(f"{nameless:,} decisions have no UUID, so they have no name; nothing was written; leave out --rows")
    if again:
        raise ShapeError(f"{again:,} decisions stand twice, such as {example}; nothing was written; give each file once")


def sample(base: Path, lines: Iterable[bytes | memoryview], folder: Path) -> None:
    """Hold the graph at ``base`` with these lines of figures against the shapes; raises ShapeError with what breaks them."""
    path = folder / "sample.nt"
    with path.open("wb") as file, base.open("rb") as known:
        for block in itertools.chain(iter(lambda: known.read(1 << 20), b""), lines):
            file.write(block)
    if findings := shapes.check(path, Facts(), vocabulary()):
        raise ShapeError(f"{len(findings)} findings in a sample of {SAMPLE:,} figures; nothing was written", findings[:_SHOWN])


def every(figures: int) -> int:
    """Of how many figures one is taken, for a sample of SAMPLE or all where there are fewer.

    >>> every(10), every(1_000_000)
    (1, 1000)
    """
    return max(1, -(-figures // SAMPLE))
