"""What a person sees on a terminal: messages, tables, progress. Data goes to stdout, words about it to stderr."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kg.questions import Rows


def say(text: str) -> None:
    """Progress and verdicts: to people, never into a pipe's data."""
    print(text, file=sys.stderr)


def show(rows: Rows) -> None:
    """Rows as a table on the terminal."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    columns = _worth_showing(rows)
    for column in columns:
        numeric = all(isinstance(row[column], int | float | None) for row in rows)
        table.add_column(column.removesuffix("Label"), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row[column])) for column in columns))
    write(table, width=width_or(160))


def width_or(in_a_pipe: int) -> int:
    """The terminal's width in columns, or ``in_a_pipe``."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else in_a_pipe


def write(*parts: RenderableType, width: int) -> None:
    """Print rich parts one below the other; colours only on a terminal that wants them."""
    from rich.console import Console

    console = Console(width=width, highlight=False, emoji=False)
    with console.capture() as written:  # printed by us: a reader that left is then met in one place, kg.cli.main
        for part in parts:
            console.print(part)
    print("\n".join(line.rstrip() for line in written.get().split("\n")), end="")


def _worth_showing(rows: Rows) -> list[str]:
    """The columns with any value; of a thing and its name only the name, where every row has one."""
    filled = [c for c in rows.columns if any(row[c] is not None for row in rows)]
    named = {c for c in filled if f"{c}Label" in filled and all(row[f"{c}Label"] or not row[c] for row in rows)}
    return [c for c in filled if c not in named] or list(rows.columns)


def _cell(value: Any) -> str:
    from kg.questions import short

    return f"{value:,}" if type(value) is int else short(value)


def with_progress(work: Callable[[Callable[[str], None]], Any]) -> Any:
    """Run ``work`` with its steps shown on a terminal; a pipe sees nothing of it."""
    steps = ("reading documents", "loading claims", "deriving facts", "comparing claims", "sorting triples", "checking shapes")
    with _bar("starting") as show:
        return work(lambda step: show(steps.index(step), len(steps), step))


def with_count(work: Callable[[Callable[[int, int], None]], Any], what: str) -> Any:
    """Run ``work`` with what is done of how much shown on a terminal; a pipe sees nothing of it."""
    with _bar(what) as show:
        return work(lambda done, total: show(done, total, what))


def with_steps(work: Callable[[Callable[[str, int], None]], Any]) -> Any:
    """Run ``work`` with its step and how far that is shown on a terminal; a pipe sees nothing of it."""
    with _bar("starting") as show:
        return work(lambda step, done: show(0, 0, f"{step} {done:,}" if done else step))


@contextmanager
def _bar(start: str) -> Iterator[Callable[[int, int, str], None]]:
    if not sys.stderr.isatty():
        yield lambda _done, _total, _what: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<18}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(start, total=None)
        yield lambda done, total, what: bar.update(task, description=what, completed=done, total=total)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Whoever ends the run (SIGTERM) ends it as Ctrl-C does: its processes too, and no temporary file stays."""
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
