"""The lines of rows stand in the order of the table that they are made of, however the engine would rather walk."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from kg.ingestion import triples


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute("SET threads = 2; CREATE TABLE told AS SELECT range AS n, ' .\n' AS tail FROM range(20000)")
        yield made


def lines(connection: duckdb.DuckDBPyConnection) -> list[str]:
    query = "SELECT concat(n, tail) AS lines FROM decisions JOIN told USING (n)"
    return b"".join(bytes(block) for block in triples.stream(connection, query)).decode().splitlines()


def test_few_rows_keep_their_order_beside_a_longer_table(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE TABLE decisions AS SELECT unnest([3, 1, 2]) AS n")
    triples.in_order(connection)
    assert lines(connection) == ["3 .", "1 .", "2 ."]


def test_many_rows_keep_their_order_where_there_are_two_threads_to_read_them(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE TABLE decisions AS SELECT 19999 - range % 20000 AS n FROM range(250000)")
    triples.in_order(connection)
    assert lines(connection) == [f"{19999 - n % 20000} ." for n in range(250_000)]
