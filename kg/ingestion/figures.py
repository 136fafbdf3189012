"""Counts of combinations of codes → the figures table: one row a figure, one column a property, in the order of its claims.

The table is the claims table and the measures table in one: nobody but the data set speaks of its rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import md5
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.ingestion.codes import Slots
from kg.vocabulary import BASE, ENF

if TYPE_CHECKING:
    import duckdb
    import pyarrow

PERIODS = {"day": 10, "month": 7}  # by name, how much of YYYY-MM-DD tells it


def escaped(text: str) -> str:
    """Text as it stands between the quotes of an N-Triples literal.

    >>> print(escaped('a "b"'))
    a \\"b\\"
    """
    return str(ox.Literal(text))[1:-1]


def tail(key: str, value: str) -> str:
    """An N-Triples line without its subject: the property of ours called ``key``, and a thing of ours by its id.

    >>> tail("unit", "unit/account")
    ' <https://w3id.org/enforcement-kg/ontology#unit> <https://w3id.org/enforcement-kg/unit/account> .\\n'
    """
    return f" <{ENF}{key}> <{BASE}{value}> .\n"


def slug(name: str) -> str:
    """A name as part of an IRI: lower-case ASCII letters, digits, hyphens; a hash stands for a name without any.

    >>> slug("Booking.com B.V."), slug("快手")
    ('booking-com-b-v', 'f32c0a2a')
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or md5(name.encode(), usedforsecurity=False).hexdigest()[:8]


def identified(names: Iterable[str], registered: Mapping[str, str]) -> dict[str, str]:
    """The platform of each published name: the registered one of exactly this label, else one of its own, hashed where an id says less.

    >>> identified(["TikTok", "My Shop", "A & B"], {"TikTok": "platform/tiktok"})
    {'TikTok': 'platform/tiktok', 'My Shop': 'platform/my-shop', 'A & B': 'platform/a-b-f46b7121'}
    """
    found = {name: registered[name] for name in names if name in registered}
    taken = set(registered.values())
    for name in names:
        if name not in found:
            iri = f"platform/{slug(name)}"
            plain = iri not in taken and name.lower().replace(" ", "-") == slug(name) and "-" not in name
            found[name] = iri if plain else f"{iri}-{md5(name.encode(), usedforsecurity=False).hexdigest()[:8]}"
            taken.add(found[name])
    return found


def slots(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[str], read: Callable[[Mapping[str, str]], Slots], keys: Sequence[str]
) -> list[str]:
    """Make ``slots`` (what each combination of codes says, once, by number) and ``told`` (the combinations that say it).

    Returns the codes that no concept stands for.
    """
    import pyarrow as pa

    known: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    numbers: list[int] = []
    names = ", ".join(f'"{column}"' for column in columns)
    found = connection.execute(f"SELECT DISTINCT {names} FROM combinations ORDER BY ALL").fetchall()
    for cells in found:
        said = read(dict(zip(columns, cells, strict=True)))
        if said.words not in known:
            known[said.words] = len(rows)
            lines = [tail(key, value) for key in keys for value in said.concepts.get(key, ())]
            lines += [f' <{ENF}code> "{escaped(code)}" .\n' for code in said.unmatched]
            lines += [tail("column", said.column)] if said.column else []
            lists = {key: list(said.concepts.get(key, ())) for key in keys} | {"code": list(said.unmatched)}
            rows.append(
                lists
                | {"slot": len(rows), "column": said.column or None, "words": said.words, "escaped": escaped(said.words), "tails": lines}
            )
        numbers.append(known[said.words])
    texts, list_of_text = pa.string(), pa.list_(pa.string())
    fields = [
        ("slot", pa.int32()),
        *((key, list_of_text) for key in (*keys, "code", "tails")),
        *((name, texts) for name in ("column", "words", "escaped")),
    ]
    keep(connection, "slots", pa.Table.from_pylist(rows, schema=pa.schema(fields)))
    cells_of = [pa.array([cells[n] for cells in found], texts) for n in range(len(columns))]
    keep(connection, "told", pa.table([*cells_of, pa.array(numbers, pa.int32())], names=[*columns, "slot"]))
    return sorted({code for row in rows for code in row["code"]})


def keep(connection: duckdb.DuckDBPyConnection, name: str, table: pyarrow.Table) -> None:
    """Make the table called ``name`` of an Arrow table."""
    connection.register("made", table)
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM made")
    connection.unregister("made")


def platforms(connection: duckdb.DuckDBPyConnection, registered: Mapping[str, str]) -> dict[str, str]:
    """Make the table ``platforms`` of ``combinations``: each published name's platform; returns them by name."""
    import pyarrow as pa

    names = [row[0] for row in connection.execute("SELECT DISTINCT platform FROM combinations ORDER BY 1").fetchall()]
    found = identified(names, registered)
    columns = {"name": names, "id": [found[name] for name in names], "escaped": [escaped(name) for name in names]}
    keep(connection, "platforms", pa.table(columns))
    return found


def make(connection: duckdb.DuckDBPyConnection, source: str, columns: Sequence[str], by: str) -> int:
    """Make ``counted`` of ``combinations``, ``told``, ``slots`` and ``platforms``, in the order of claims: one narrow row a figure.

    Its wide form is the view ``figures`` (see ``widen``). Returns how many figures there are.
    """
    using = ", ".join(f'"{column}"' for column in columns)
    last: Any = connection.execute("SELECT max(number) FROM files").fetchone()
    claim = f"""concat('{source.replace("source/", "claim/", 1)}/', split_part(p.id, '/', 2), '-', period, '-',
        left(md5(p.name || ' ' || words), 12))"""
    connection.execute(f"""
        CREATE OR REPLACE TABLE counted AS
        SELECT {claim} AS claim, g.* FROM (
            SELECT platform AS name, slot, left(day, {PERIODS[by]}) AS period, sum(n)::BIGINT AS value,
                   bitstring_agg(file, 0, {last[0]}) AS files
            FROM combinations JOIN told USING ({using}) GROUP BY ALL) g
        JOIN platforms p USING (name) JOIN slots USING (slot) ORDER BY claim""")
    connection.execute(f"""
        CREATE OR REPLACE TABLE periods AS
        SELECT left(day, {PERIODS[by]}) AS period, min(day) AS "from", max(day) AS "to" FROM combinations GROUP BY ALL""")
    connection.execute(f"""
        CREATE OR REPLACE TABLE sets AS
        SELECT files, list(name ORDER BY name) AS file, list(' <{ENF}file> "' || escaped || '" .\n' ORDER BY name) AS tails
        FROM (SELECT DISTINCT files FROM counted), files WHERE get_bit(files, number) = 1 GROUP BY files""")
    count: Any = connection.execute("SELECT count(*) FROM counted").fetchone()
    return int(count[0])


def gaps(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The days between the first and the last of ``combinations`` that it has no row of: a month with such days was not read whole."""
    found = connection.execute("""
        SELECT strftime(unnest(generate_series(min(day)::DATE, max(day)::DATE, INTERVAL 1 DAY)), '%Y-%m-%d') AS day FROM combinations
        EXCEPT SELECT day FROM combinations ORDER BY day""")
    return [day for (day,) in found.fetchall()]


def widen(
    connection: duckdb.DuckDBPyConnection, every: Mapping[str, str], keys: Sequence[str], others: Sequence[str], told: tuple[str, str]
) -> None:
    """Make the view ``figures``: one column a property, and what N-Triples are made of (``number``, ``escaped``, ``tails``).

    ``others``: properties that these figures are not told by; their columns are empty, so that every question finds its columns.
    ``told``: what the data set calls the columns of the platform and of the day. A period's first and last day are those of
    the decisions counted in it, of all platforms: no day is claimed that was not read.
    """

    def locator(name: str, words: str) -> str:
        return f"concat('{told[0]}=', {name}, '; {told[1]}=', period, '; ', {words})"

    constant = ", ".join(f"'{value}' AS \"{key}\"" for key, value in sorted(every.items()))
    lists = ", ".join([*(f's."{key}"' for key in (*keys, "code")), *(f'NULL::VARCHAR[] AS "{key}"' for key in others)])
    connection.execute(f"""
        CREATE OR REPLACE VIEW figures AS
        SELECT claim, {constant}, p.id AS platform, p.id AS actor, {lists}, s."column", value, q."from", q."to", f.file,
               {locator("c.name", "s.words")} AS locator, {locator("p.escaped", "s.escaped")} AS escaped,
               list_concat(s.tails, f.tails) AS tails, c.rowid AS number
        FROM counted c JOIN slots s USING (slot) JOIN platforms p USING (name) JOIN periods q USING (period) JOIN sets f USING (files)""")
