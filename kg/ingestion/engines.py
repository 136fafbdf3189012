"""Where an expression runs: DuckDB inside this process, or Apache Spark. Both are asked through Ibis, by the same expression."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb
    import ibis.expr.types as ir

MEMORY = "512MB"  # of DuckDB; what does not fit goes to its temporary folder
NAMES = ("duckdb", "spark")


class Engine:
    """An Ibis backend that reads Parquet and runs expressions over it, in UTC."""

    def __init__(self, backend: Any, own: bool) -> None:
        self._backend, self._own = backend, own

    def table(self, paths: Iterable[Path]) -> ir.Table:
        """All rows of Parquet files of one shape, with ``file``: the number of the path that a row is from."""
        import ibis

        parts = [self._backend.read_parquet(str(path)).mutate(file=ibis.literal(n, "int32")) for n, path in enumerate(paths)]
        return ibis.union(*parts) if len(parts) > 1 else parts[0]

    def keep(self, connection: duckdb.DuckDBPyConnection, name: str, expression: ir.Table) -> None:
        """The rows of an expression as a table of ``connection``; raises SourceError where the input cannot be read."""
        self._create(connection, f"TABLE {name}", expression)

    def view(self, connection: duckdb.DuckDBPyConnection, name: str, expression: ir.Table) -> None:
        """The rows of an expression under a name, worked out when they are asked for."""
        self._create(connection, f"{'VIEW' if self._own else 'TABLE'} {name}", expression)

    def _create(self, connection: duckdb.DuckDBPyConnection, what: str, expression: ir.Table) -> None:
        import ibis

        try:
            if self._own:
                connection.execute(f"CREATE {what} AS {ibis.to_sql(expression, dialect='duckdb')}")
            else:
                batches = expression.to_pyarrow_batches()
                connection.execute(f"CREATE {what} AS SELECT * FROM batches")
                del batches
        except Exception as error:
            raise SourceError(f"the input cannot be counted: {str(error).splitlines()[0]}; check the file") from error


@contextmanager
def duckdb_at(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB whose tables are in ``folder``, so that they may exceed the memory it is given; raises KgError."""
    try:
        import duckdb
        import ibis  # noqa: F401
    except ImportError:
        raise KgError("tables are read by DuckDB; install it with: pip install 'enforcement-kg[scale]'") from None
    with duckdb.connect(str(folder / "work.duckdb")) as connection:
        connection.execute(
            f"SET memory_limit = '{MEMORY}'; SET temp_directory = '{folder}'; SET TimeZone = 'UTC'; SET enable_progress_bar = false"
        )
        yield connection


@contextmanager
def engine(name: str, master: str, connection: duckdb.DuckDBPyConnection) -> Iterator[Engine]:
    """The engine called ``name``: 'duckdb' (this ``connection``) or 'spark' at ``master``; raises KgError."""
    import ibis

    if name == "duckdb":
        yield Engine(ibis.duckdb.from_connection(connection), own=True)
        return
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise KgError("Spark is not installed; install it with: pip install 'enforcement-kg[spark]' (it needs Java 17)") from None
    builder = SparkSession.builder.master(master).appName("enforcement-kg").config("spark.sql.session.timeZone", "UTC")
    session = builder.config("spark.ui.enabled", "false").getOrCreate()
    try:
        yield Engine(ibis.pyspark.connect(session), own=False)
    finally:
        session.stop()
