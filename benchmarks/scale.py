"""All comparisons of scale in one run on one machine, and a dated report of them: a table, a plot, and what each peer could not do.

usage: python -m benchmarks.scale [--rows N] [--statistics builtin.parquet] [--out benchmarks/reports]

Rows are SYNTHETIC (benchmarks/statements.py). ``--statistics`` is the real table that PyPI's shantay carries; without it the figures
and the questions over them are left out. Morph-KGC is put into an environment of its own, ``build/peers``. The largest run of 10 million
rows writes 19 GB to the temporary folder, one tool after the other, and takes them away.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measuring import Cost, cost, prepare, run, task
from benchmarks.report import Line, write

PEERS, PEER = Path("build/peers"), "morph-kgc==2.10.0"
SIZES = (10_000, 100_000, 1_000_000, 3_000_000, 10_000_000)
MOST = {"rdflib": 10_000, "Morph-KGC": 3_000_000, "DuckDB, bare": 3_000_000, "polars, bare": 3_000_000}  # rows, for the sake of time
LONG = 10_000_000  # rows that come last
COMPARED = 100_000  # rows up to which the files are held to the same lines
ROOM = 4_500  # bytes of disk a row needs while it is written: the rows, the peers' table as Parquet and CSV, the lines
LINES, TOUCHED = 2_300, 7 << 30  # bytes that the lines of a row take, and that the page cache surely has room for
OURS, DUCKDB, POLARS = "kg ingest --rows", "DuckDB, bare", "polars, bare"


def peers() -> Path:
    """A Python that has Morph-KGC."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEER], check=True)
    return python


def exports(folder: Path, rows: int, morph: Path) -> Iterator[Line]:
    """(a) Rows to N-Triples."""
    table, out = folder / "ready.parquet", folder / "out.nt"
    optional = ",".join(prepare("exporting", "ready", folder / "rows", table)["optional"]) if rows <= max(MOST.values()) else ""
    triples = 0
    for name in (OURS, DUCKDB, POLARS, "rdflib", "Morph-KGC"):
        if rows > MOST.get(name, rows):
            continue
        touch(out, min(rows * LINES, TOUCHED))
        if name == OURS:
            found = task("exporting", "ours", folder / "rows", out)
            triples = prepare("exporting", "number", out)["triples"]
        elif name == "Morph-KGC":
            prepare("exporting", "mapping", table, out, optional)
            found = cost(str(morph), "-m", "morph_kgc", f"{out}.ini")
        else:
            found = task("exporting", name.partition(",")[0].lower(), table, out, optional)
        yield Line(
            "a", name, rows, found, triples, prepare("exporting", "lines", out)["digest"] if rows <= COMPARED and out.exists() else ""
        )
        out.unlink(missing_ok=True)


def touch(file: Path, size: int) -> None:
    """Write and take away a file of so many bytes.

    A virtual machine is given its memory page by page at the first touch: who wrote first would pay for the page cache of all.
    """
    block = bytes(1 << 22)
    with file.open("wb") as out:
        for _ in range(size // len(block)):
            out.write(block)
    file.unlink()


def synthetic(folder: Path, number: int, *words: str) -> None:
    """Write synthetic statements."""
    subprocess.run(
        [sys.executable, "-m", "benchmarks.statements", str(folder), "--rows", str(number), *words], check=True, stdout=subprocess.DEVNULL
    )


def rows(folder: Path, sizes: Iterable[int], morph: Path) -> Iterator[Line]:
    """(a) and (b), for each size."""
    for number in sizes:
        here = folder / str(number)
        if number * ROOM > shutil.disk_usage(folder).free:
            yield Line("a", OURS, number, Cost(0, 0, 0, {}, "left out: the disk has no room for it"))
            continue
        synthetic(here / "rows", number, "--form", "narrow", "--parquet")
        yield from exports(here, number, morph)
        yield Line("b", "kg ingest", number, task("reading", "count", here / "rows"))
        yield Line("b", DUCKDB, number, task("reading", "group", here / "rows"))
        shutil.rmtree(here)


def dumps(folder: Path, number: int = 200_000) -> Iterator[Line]:
    """(c) Dumps to Parquet; those of version 1 have PHP's quotes behind backslashes."""
    for version in ("v2", "v1"):
        here = folder / version
        synthetic(here, number, "--version", version)
        (dump,) = here.glob("*.zip")
        text = prepare("reading", "unpacked", dump, here / "parts")["bytes"]
        for name, how, given in (
            ("kg ingest", "stage", dump),
            ("pyarrow.csv, bare", "pyarrow", here / "parts"),
            (DUCKDB, "duckdb", here / "parts"),
        ):
            yield Line("c", f"{name}, {version}", number, task("reading", how, given, here / f"made-{how}"), text)
        shutil.rmtree(here)


def figures(folder: Path, table: Path) -> Iterator[Line]:
    """(d) to (f), over the first days' statistics and over all."""
    built, some = folder / "build", folder / "some.parquet"
    subprocess.run([sys.executable, "-m", "kg", "build", "--out", str(built)], check=True, stdout=subprocess.DEVNULL)
    prepare("reading", "earlier", table, 100_000, some)
    for given in (some, table):
        out = folder / given.stem
        found = run("reading", "ingest", given, built, out)
        number = found.said["figures"]
        yield Line("d", "kg ingest --by day", number, found)
        yield Line("d", "look-up of one figure", number, task("asking", "look", out))
        yield from questions(out, out / found.said["content"], number, folder / "sample.nt")
        if given is some:
            yield from shapes(out / found.said["content"], folder / "sample.nt")
        shutil.rmtree(out)


def questions(out: Path, content: Path, number: int, sample: Path) -> Iterator[Line]:
    """(e) Questions that group and filter."""
    yield Line("e", "kg query (named; sums by columns)", number, task("asking", "named", out))
    yield Line("e", "kg query (named; SPARQL alone)", number, run("asking", "plain", out))
    yield Line("e", "Oxigraph on disk", number, run("asking", "store", content))
    yield Line("e", "DuckDB over figures.parquet", number, task("asking", "duckdb", content))
    yield Line("e", "polars over figures.parquet", number, task("asking", "polars", content))
    if number <= 100_000:
        yield Line("e", "Oxigraph in memory", number, run("asking", "memory", content))
        prepare("asking", "sample", content, 10_000, sample)
        yield Line("e", "rdflib in memory", 10_000, run("asking", "rdflib", sample))


def shapes(content: Path, sample: Path) -> Iterator[Line]:
    """(f) SHACL."""
    for number in (1_000, 10_000):
        made = prepare("asking", "sample", content, number, sample)
        for engine in ("shacl", "pyshacl"):
            yield Line("f", engine, number, task("asking", engine, sample), made["triples"])


def every(folder: Path, told: argparse.Namespace) -> Iterator[Line]:
    """All comparisons, one after the other, the longest last."""
    sizes, morph = [each for each in SIZES if each <= told.rows], peers().absolute()
    yield from rows(folder, [each for each in sizes if each < LONG], morph)
    yield from dumps(folder)
    if told.statistics:
        yield from figures(folder, told.statistics.absolute())
    yield from rows(folder, [each for each in sizes if each >= LONG], morph)


def main() -> None:
    """Measure, tell each line as it comes, write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=SIZES[-1])
    parser.add_argument("--statistics", type=Path)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/reports"))
    told = parser.parse_args()
    lines: list[Line] = []
    day = datetime.now(UTC).date()
    arguments = f" --rows {told.rows}" + (" --statistics builtin.parquet" if told.statistics else "")
    with tempfile.TemporaryDirectory() as name:
        for line in every(Path(name), told):
            lines.append(line)
            print(
                line.part,
                line.name,
                f"{line.number:,}",
                f"{line.cost.cpu:.2f} s",
                f"{line.cost.memory:.0f} MiB",
                dict(line.cost.said),
                line.cost.failed,
                flush=True,
            )
            write(lines, told.out, day, arguments)


if __name__ == "__main__":
    main()
