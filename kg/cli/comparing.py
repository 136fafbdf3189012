"""The verb compare: who says what of a campaign, and who changed it on the way."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.cli.asking import graph_option
from kg.cli.terminal import say, width_or, write
from kg.cli.verbs import AddVerb

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from kg.comparison import Cell, Comparison

_SENTENCES = 12  # on a terminal; JSON, Markdown and HTML tell all
_COLUMN = 17


def add(verb: AddVerb) -> None:
    """Declare the verb."""
    sub = verb(
        "compare", _compare, "Compare what sources say of a campaign, each figure with its verdict.", "kg compare cac-self-media-2023"
    )
    sub.add_argument("campaign", metavar="CAMPAIGN", help="its id, e.g. cac-self-media-2023 ('kg query campaigns' lists them)")
    sub.add_argument("--reference", metavar="SOURCE", help="hold all others against this source (default: the primary sources)")
    sub.add_argument("--measure", action="append", default=[], metavar="MEASURE", help="only this measure; repeat for more")
    sub.add_argument("--source", action="append", default=[], metavar="SOURCE", help="only this source; repeat for more")
    sub.add_argument("--as-of", metavar="DATE", help="as known on that day: 2023-04-30, 2023-04 or 2023")
    sub.add_argument("--language", default="en", metavar="TAG", help="language of labels and sentences: en or zh (default: en)")
    sub.add_argument("--format", choices=("table", "markdown", "csv", "json", "html"), default="table", help="(default: table)")
    graph_option(sub)


def _compare(options: argparse.Namespace) -> int:
    from kg.comparison import compare
    from kg.graph import open_graph

    found = compare(
        open_graph(options.graph), options.campaign, options.reference, options.measure, options.source, options.as_of, options.language
    )
    if not any(cell.text for cell in found):
        say("no source gives a figure to compare; a data set's rows stand alone, and 'kg query penalties-by-platform' adds them up")
    {"table": _table, "markdown": _markdown, "csv": _csv, "json": _json, "html": _html}[options.format](found)
    return 0


def _json(found: Comparison) -> None:
    print(json.dumps(found.rows(), ensure_ascii=False, indent=1))


def _csv(found: Comparison) -> None:
    from kg.formats import tables
    from kg.questions import Rows

    rows = [{name: "; ".join(v) if name == "verdicts" else v for name, v in row.items() if name != "details"} for row in found.rows()]
    sys.stdout.buffer.write(tables.csv(Rows(list(rows[0]) if rows else [], rows)))


def _html(found: Comparison) -> None:
    from kg.comparison.page import page

    sys.stdout.buffer.write(page(found).encode())


def _signs(cell: Cell, found: Comparison) -> list[tuple[str, str]]:
    """The signs of a cell's verdicts with their colours; where all are the same, that sign alone."""
    kinds = [found.kinds[code] for code in cell.verdicts]
    telling = [kind for kind in kinds if kind.code != "same"] or kinds[:1]
    return [(kind.icon, kind.colour) for kind in telling]


def _field(cells: list[Cell], found: Comparison) -> Text:
    from rich.text import Text

    lines = []
    for cell in cells:
        line = Text(cell.text)
        if cell.is_reference:
            line.append(" ▶", style="bold")
        for sign, colour in _signs(cell, found):
            line.append(f" {sign}", style=colour)
        lines.append(line)
    return Text("\n").join(lines)


def _table(found: Comparison) -> None:
    from rich.text import Text

    width = width_or(80)
    legend = [
        Text.assemble((f"{kind.icon} ", kind.colour), (kind.label, "bold"), f"  {kind.definition}")
        for kind in found.kinds.values()
        if any(kind.code in cell.verdicts for cell in found)
    ]
    write(Text(found.title, style="bold"), "", *_told(found), "", *_matrix(found, width), *legend, width=width)
    say(f"▶ the reference; {len(found)} claims and silences; --format html shows the quotes side by side")


def _told(found: Comparison) -> list[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    sentences = found.sentences()
    rest = len(sentences) - _SENTENCES
    more = [f"… and {rest} more: narrow with --source or --measure, or use --format markdown"] if rest > 0 else []
    return [Padding(Text(sentence), (0, 0, 0, 1), expand=False) for sentence in [*(f"• {s}" for s in sentences[:_SENTENCES]), *more]]


def _matrix(found: Comparison, width: int) -> Iterator[RenderableType]:
    """One table for each page of measures that the width holds."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from kg.comparison.matrix import matrix

    grid, by_source, by_measure = matrix(found), found.tally("source"), found.tally("measure")
    all_, across = list(grid.measures), max(1, (width - 26) // (_COLUMN + 1))
    for measures in (all_[start : start + across] for start in range(0, len(all_), across)):
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0), show_footer=True)
        table.add_column("", footer="faithful", width=24, overflow="fold")
        for measure in measures:
            table.add_column(Text(grid.measures[measure]), footer=_share(by_measure.get(measure)), width=_COLUMN, overflow="fold")
        known = [found.words.figure(found.world.reference(measure, "text"), found.world) for measure in measures]
        table.add_row(Text("▶ reference", style="bold"), *(Text(figure, style="bold") for figure in known))
        for source, publisher in grid.sources.items():
            fields = [_field(grid.fields.get((source, measure), []), found) for measure in measures]
            if any(field.plain for field in fields):
                table.add_row(Text.assemble(publisher, (f"  {_share(by_source.get(source))}", "dim")), *fields)
        yield table
        yield ""


def _share(counts: tuple[int, int] | None) -> str:
    return f"{counts[0]}/{counts[1]}" if counts else ""


def _markdown(found: Comparison) -> None:
    from kg.comparison.matrix import matrix
    from kg.formats import tables
    from kg.questions import Rows

    grid, by_source, by_measure = matrix(found), found.tally("source"), found.tally("measure")
    print(f"# {found.title}\n")
    print("".join(f"- {sentence}\n" for sentence in found.sentences()))
    columns = ["source", *grid.measures.values(), "faithful"]
    rows = []
    for source, publisher in grid.sources.items():
        words = ["; ".join(_plain(cell, found) for cell in grid.fields.get((source, measure), [])) for measure in grid.measures]
        rows.append(dict(zip(columns, [publisher, *words, _share(by_source.get(source))], strict=True)))
    rows.append(dict(zip(columns, ["faithful", *(_share(by_measure.get(m)) for m in grid.measures), ""], strict=True)))
    print(tables.markdown(Rows(columns, rows)).decode())
    for kind in found.kinds.values():
        if any(kind.code in cell.verdicts for cell in found):
            print(f"- {kind.icon} **{kind.label}**: {kind.definition}")


def _plain(cell: Cell, found: Comparison) -> str:
    return " ".join(filter(None, (cell.text, "▶" if cell.is_reference else "", *(sign for sign, _ in _signs(cell, found)))))
