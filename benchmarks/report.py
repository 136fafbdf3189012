"""The lines of a run → a dated report: tables in Markdown, what was aimed at and reached, and a plot as SVG."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from math import log10
from pathlib import Path

from benchmarks.measuring import Cost

PACKAGES = ("enforcement-kg", "duckdb", "ibis-framework", "pyarrow", "polars", "pyoxigraph", "rdflib", "pyshacl", "shacl")
OURS, MORPH, BARE = "kg ingest --rows", "Morph-KGC", ("DuckDB, bare", "polars, bare")
COLOURS = {OURS: "#0b6e4f", "DuckDB, bare": "#c58b00", "polars, bare": "#2f6fb7", "rdflib": "#8a3ffc", MORPH: "#b3261e"}
LIMITS = """## What the peers were not able to do

- **Morph-KGC** splits no JSON list of a cell and knows no concept of a code: it was given the finished IRIs, a column each
  (made beforehand, not counted).
- **rdflib** holds all rows as terms in memory, and has no bulk path; it was given 10,000 rows and 10,000 figures.
- **Bare DuckDB and polars** were given the finished IRIs too, up to three million rows. They verify nothing and keep no account of rows.
- **Bare readers of CSV** take no zip in a zip and no SHA-1: they were given unpacked parts (not counted). They do not know what PHP quotes
  behind a backslash (version 1): DuckDB refuses such a part unless `strict_mode` is off, as it was here.
- **Oxigraph in memory** takes 430 to 500 bytes a triple: it was not asked to hold all figures of days.
- **pySHACL** reads by rdflib; that is in its time, as reading is in that of `shacl`.
"""
HEAD = """# What scale costs: {day}

One run of `python -m benchmarks.scale{arguments}` on one machine. CPU seconds are those of a process and all its threads, as the kernel
accounts them, with starting Python and its imports; what takes less than 20 is the median of three runs (load {load} at the end: compare
CPU, not wall times). The page cache is warmed before each export: a virtual machine gets memory at the first touch, and who wrote first
would pay for all; what is written beyond it costs the kernel more, whoever writes.
Rows are synthetic (`benchmarks/statements.py`), statistics are real.

- Machine: {processor}, {cores} cores, {memory:.0f} GiB; {system}; Python {python}
- {packages}, Morph-KGC 2.10.0

"""


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement: the part of the report it belongs to, of what, for how many rows or figures; ``extra``: triples or bytes."""

    part: str
    name: str
    number: int
    cost: Cost
    extra: int = 0
    digest: str = ""

    @property
    def rate(self) -> float:
        """Triples (or bytes) a CPU second."""
        return self.extra / self.cost.cpu if self.cost.cpu else 0.0

    def stage(self, name: str) -> float:
        """CPU seconds of one stage."""
        return float(self.cost.said.get("stages", {}).get(name, 0))


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; the first two columns are words."""
    rule = ["---", "---", *["---:"] * (len(head) - 2)]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (head, rule, *rows)) + "\n\n"


def basics(line: Line) -> list[object]:
    """Number, name, CPU, wall, memory."""
    cost = line.cost
    return [
        f"{line.number:,}",
        line.name,
        *([cost.failed, "", ""] if cost.failed else [f"{cost.cpu:.2f}", f"{cost.wall:.1f}", f"{cost.memory:,.0f}"]),
    ]


def stages(line: Line) -> str:
    """What a process says of its stages."""
    return ", ".join(f"{name} {seconds:.2f}" for name, seconds in line.cost.said.get("stages", {}).items())


def same(line: Line, lines: Sequence[Line]) -> str:
    """Whether a file has the same lines as ours of as many rows."""
    mine = next((each.digest for each in lines if (each.name, each.number) == (OURS, line.number)), "")
    return "" if not line.digest else "yes" if line.digest == mine else "no"


def exports(lines: Sequence[Line]) -> str:
    """Part a."""
    head = ("rows", "tool", "CPU s", "wall s", "peak MiB", "in the kernel, CPU s", "triples/CPU s", "same lines", "by stage, CPU s")
    return table(head, [[*basics(line), f"{line.cost.kernel:.2f}", f"{line.rate:,.0f}", same(line, lines), stages(line)] for line in lines])


def counting(lines: Sequence[Line]) -> str:
    """Part b."""
    head = ("rows", "tool", "CPU s", "wall s", "peak MiB", "counting alone, CPU s", "combinations")
    return table(head, [[*basics(line), f"{line.stage('count'):.2f}", line.cost.said.get("combinations", "")] for line in lines])


def dumps(lines: Sequence[Line]) -> str:
    """Part c."""
    head = ("rows", "tool", "CPU s", "wall s", "peak MiB", "MB of CSV/CPU s", "rows read", "rejected")
    said = [(line, line.stage("read"), line.cost.said) for line in lines]
    return table(
        head,
        [
            [*basics(line), f"{line.extra / 1e6 / read:.0f}" if read else "", f"{told.get('rows', 0):,}", told.get("rejected", "")]
            for line, read, told in said
        ],
    )


def figures(lines: Sequence[Line]) -> str:
    """Part d."""
    whole = [line for line in lines if "triples" in line.cost.said]
    text = table(
        (
            "figures",
            "what",
            "CPU s",
            "wall s",
            "peak MiB",
            "before loading MiB",
            "triples",
            "N-Triples MB",
            "store MB",
            "table MB",
            "by stage, CPU s",
        ),
        [
            [
                *basics(line),
                said["memory"],
                f"{said['triples']:,}",
                *(f"{said['bytes'][name] / 1e6:,.1f}" for name in ("graph.nt", "store", "figures.parquet")),
                stages(line),
            ]
            for line in whole
            for said in [line.cost.said]
        ],
    )
    return text + asked([line for line in lines if line not in whole])


def asked(lines: Sequence[Line]) -> str:
    """Part e, and look-ups."""
    head = (
        "figures",
        "asked of",
        "process CPU s",
        "wall s",
        "peak MiB",
        "first, CPU ms",
        "then, CPU ms",
        "then, wall ms",
        "rows",
        "loading, CPU s",
    )
    keys = ("cold", "warm", "wall")
    return table(
        head,
        [
            [*basics(line), *(f"{line.cost.said.get(key, 0):,.1f}" for key in keys), line.cost.said.get("rows", ""), stages(line)]
            for line in lines
        ],
    )


def shapes(lines: Sequence[Line]) -> str:
    """Part f."""
    head = ("figures", "engine", "CPU s", "wall s", "peak MiB", "triples", "findings")
    return table(head, [[*basics(line), f"{line.extra:,}", line.cost.said.get("findings", "")] for line in lines])


PARTS: dict[str, tuple[str, Callable[[Sequence[Line]], str]]] = {
    "a": ("Rows → N-Triples", exports),
    "b": ("Counting rows (Parquet → combinations of codes)", counting),
    "c": ("Dumps → narrow Parquet", dumps),
    "d": ("Real statistics → a graph in its store, and look-ups", figures),
    "e": ("Questions that group and filter", asked),
    "f": ("SHACL over facts and figures", shapes),
}


def targets(lines: Sequence[Line]) -> list[tuple[str, str, str, bool]]:
    """What was aimed at, what was reached, and whether that is enough."""
    runs = {(line.part, line.name, line.number): line for line in lines if not line.cost.failed}
    mine = [line for line in lines if (line.part, line.name) == ("a", OURS) and not line.cost.failed]
    found = []
    for number in sorted({line.number for line in mine if ("a", MORPH, line.number) in runs and line.number >= 1_000_000}):
        ratio = runs["a", OURS, number].rate / runs["a", MORPH, number].rate
        found.append((f"triples a CPU second beside Morph-KGC's, {number:,} rows", "≥ 15", f"{ratio:.1f}", ratio >= 15))
    for line in (line for line in mine if line.number >= 1_000_000):
        for name in (name for name in BARE if ("a", name, line.number) in runs):
            ratio = line.cost.cpu / runs["a", name, line.number].cost.cpu
            found.append((f"CPU beside the export of {name}, {line.number:,} rows", "≤ 1.3 of either", f"{ratio:.2f}", ratio <= 1.3))
    if mine:
        peak = max(line.cost.memory for line in mine)
        found.append(("peak memory of writing rows", "≤ 1 GiB", f"{peak:,.0f} MiB", peak <= 1024))
    long = [line for line in mine if line.number >= 100_000]
    if len(long) > 1:
        costs = [1e6 * (line.cost.cpu - line.cost.kernel) / line.number for line in long]
        told = ", ".join(f"{each:.1f}" for each in costs)
        found.append(
            (
                f"linear: CPU µs a row outside the kernel, {long[0].number:,} to {long[-1].number:,} rows",
                "not growing",
                told,
                costs[-1] <= 1.15 * min(costs),
            )
        )
    for number in sorted({line.number for line in lines if line.part == "b"})[-1:]:
        ratio = (
            runs["b", "kg ingest", number].stage("count") / runs["b", "DuckDB, bare", number].stage("count")
            if ("b", "DuckDB, bare", number) in runs
            else 0.0
        )
        found.append((f"counting beside DuckDB's bare scan and group, {number:,} rows", "≤ 1.5", f"{ratio:.2f}", 0 < ratio <= 1.5))
    return found


def plot(lines: Sequence[Line]) -> str:
    """Rows against CPU seconds of the exports, both logarithmic."""
    runs = [line for line in lines if line.part == "a" and line.cost.cpu]
    left, bottom, width, height = 60, 340, 430, 300
    spans = [(log10(min(values)), log10(max(values))) for values in ([line.number for line in runs], [line.cost.cpu for line in runs])]

    def place(line: Line) -> tuple[float, float]:
        shares = [
            (log10(value) - low) / ((high - low) or 1) for value, (low, high) in zip((line.number, line.cost.cpu), spans, strict=True)
        ]
        return left + width * shares[0], bottom - height * shares[1]

    marks = []
    for name, colour in COLOURS.items():
        points = [place(line) for line in runs if line.name == name]
        if points:
            marks.append(
                f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
            )
            marks += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
            marks.append(f'<text x="510" y="{60 + 22 * len([mark for mark in marks if "<text" in mark])}" fill="{colour}">{name}</text>')
    for line in {line.number: line for line in runs}.values():
        marks.append(f'<text x="{place(line)[0]:.1f}" y="358" text-anchor="middle">{line.number:,}</text>')
    for power in range(-1, 5):
        if spans[1][0] <= power <= spans[1][1]:
            y = bottom - height * (power - spans[1][0]) / ((spans[1][1] - spans[1][0]) or 1)
            marks.append(
                f'<path d="M{left} {y:.1f}h{width}" stroke="#ddd"/><text x="52" y="{y + 4:.1f}" text-anchor="end">{10**power:g}</text>'
            )
    frame = f'<rect width="720" height="385" fill="#fff"/><path d="M{left} 30V{bottom}H{left + width}" fill="none" stroke="#555"/>'
    names = '<text x="60" y="20">CPU seconds</text><text x="275" y="378" text-anchor="middle">rows, ten triples each</text>'
    title = "<title>CPU seconds to write rows as N-Triples, by number of rows and tool</title>"
    look = 'viewBox="0 0 720 385" role="img" font-family="sans-serif" font-size="12" fill="#222"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {look}>{title}{frame}{names}{"".join(marks)}</svg>\n'


def processor() -> str:
    """The processor's name, where the system tells it."""
    told = Path("/proc/cpuinfo")
    names = (
        [line.partition(":")[2].strip() for line in told.read_text("utf-8").splitlines() if line.startswith("model name")]
        if told.exists()
        else []
    )
    return names[0] if names else platform.processor() or platform.machine()


def write(lines: Sequence[Line], folder: Path, day: date, arguments: str) -> None:
    """Write ``DAY.md`` and ``DAY.svg`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    text = HEAD.format(
        day=day, arguments=arguments, load=f"{os.getloadavg()[0]:.0f}", processor=processor(), cores=os.cpu_count(),
        system=platform.system(), memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, python=platform.python_version(),
        packages=", ".join(f"{name} {version(name)}" for name in PACKAGES),
    )  # fmt: skip
    text += table(
        ("what", "aimed at", "reached", "met"), [(what, aim, got, "yes" if met else "**no**") for what, aim, got, met in targets(lines)]
    )
    text += f"![CPU seconds to write rows as N-Triples, by number of rows and tool]({day}.svg)\n\n"
    for part, (title, made) in PARTS.items():
        if kept := [line for line in lines if line.part == part]:
            text += f"## {title}\n\n{made(kept)}"
    (folder / f"{day}.md").write_text(text + LIMITS, "utf-8")
    (folder / f"{day}.svg").write_text(plot(lines), "utf-8")
