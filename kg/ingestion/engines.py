"""Where an expression runs: DuckDB inside this process, or Apache Spark. Both are asked through Ibis, by the same expression."""

from __future__ import annotations

import glob
import re
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb
    import ibis.expr.types as ir

SETTINGS: dict[str, Any] = {"memory_limit": "512MB"}  # what does not fit goes to the temporary folder
NAMES = ("duckdb", "spark")


class Engine:
    """An Ibis backend that reads Parquet and runs expressions over it, in UTC."""

    def __init__(self, backend: Any, own: bool) -> None:
        self._backend, self._own = backend, own

    def table(self, paths: Iterable[Path], select: Callable[[ir.Table], ir.Table]) -> ir.Table:
        """What is selected of each Parquet file, all together; ``select`` is told as ``file`` the number of the path.

        Raises SourceError where a file cannot be read.
        """
        import ibis

        with _reading():
            tables = [self._backend.read_parquet(self._plainly(str(path))) for path in paths]
            parts = [select(table.mutate(file=ibis.literal(n, "int32"))) for n, table in enumerate(tables)]
            return ibis.union(*parts) if len(parts) > 1 else parts[0]

    def _plainly(self, name: str) -> str:
        """A pattern that is met by the file of this name alone: both engines take names for patterns."""
        return glob.escape(name) if self._own else re.sub(r"[\\*?\[\]{}]", r"\\\g<0>", name)

    def keep(self, connection: duckdb.DuckDBPyConnection, name: str, expression: ir.Table) -> None:
        """The rows of an expression as a table of ``connection``; raises SourceError where the input cannot be read."""
        self._create(connection, f"TABLE {name}", expression)

    def view(self, connection: duckdb.DuckDBPyConnection, name: str, expression: ir.Table) -> None:
        """The rows of an expression under a name, worked out when they are asked for."""
        self._create(connection, f"{'VIEW' if self._own else 'TABLE'} {name}", expression)

    def _create(self, connection: duckdb.DuckDBPyConnection, what: str, expression: ir.Table) -> None:
        import ibis

        with _reading():
            if self._own:
                connection.execute(f"CREATE {what} AS {ibis.to_sql(expression, dialect='duckdb')}")
            else:
                batches = expression.to_pyarrow_batches()
                connection.execute(f"CREATE {what} AS SELECT * FROM batches")
                del batches


def _full(error: Exception) -> bool:
    """Is it the working files' disk that an engine complains of, and not an input?"""
    import duckdb

    return isinstance(error, duckdb.TransactionException | duckdb.OutOfMemoryException) or "could not write" in str(error).lower()


@contextmanager
def _reading() -> Iterator[None]:
    """What an engine says of an input, in one line."""
    try:
        yield
    except Exception as error:
        if _full(error):
            raise
        raise SourceError(f"the input cannot be counted: {str(error).splitlines()[0]}; check the file") from error


@contextmanager
def duckdb_at(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB whose tables are in ``folder``, so that they may exceed the memory it is given; raises KgError, OSError."""
    try:
        import duckdb
        import ibis  # noqa: F401
    except ImportError:
        raise KgError("tables are read by DuckDB; install it with: pip install 'enforcement-kg[scale]'") from None
    settings = SETTINGS | {"temp_directory": str(folder)}
    try:
        with duckdb.connect(str(folder / "work.duckdb"), config=settings) as connection:
            connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
            yield connection
    except duckdb.Error as error:
        if _full(error):
            raise OSError(str(error).splitlines()[0]) from error
        raise


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
    try:
        session = builder.config("spark.ui.enabled", "false").config("spark.sql.legacy.parquet.nanosAsLong", "true").getOrCreate()
    except Exception as error:
        told = getattr(error, "java_exception", None) or error
        said = (str(told).splitlines() or [type(error).__name__])[0]
        raise KgError(f"Spark cannot be started at '{master}': {said}; see that Java 17 is there and name a --master that runs") from error
    try:
        yield Engine(ibis.pyspark.connect(session), own=False)
    finally:
        session.stop()
