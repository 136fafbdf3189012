"""Verbs that read articles: extract, claims proposed from their words; evaluate, how well that does against gold annotations."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli.terminal import ended_in_order, say, width_or, write
from kg.cli.verbs import AddVerb, between
from kg.errors import Finding, SourceError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from kg.extraction.evaluation import Evaluation
    from kg.extraction.evaluation.scores import Miss, Score
    from kg.extraction.proposals.proposing import Made
    from kg.extraction.proposals.running import Rejects


_FILES = "text, HTML, PDF or a folder of them; .jsonl: an article a line; -: any of these from standard input"
_MANY = 20  # files of which each is shown as a table


def add(verb: AddVerb) -> None:
    """Declare the verbs."""
    sub = verb("extract", _extract, "Propose claims, each with its quote, from articles: for a person to review.", "kg extract article.txt")
    sub.add_argument("files", nargs="+", type=Path, metavar="FILE", help=_FILES)
    sub.add_argument("--out", type=Path, default=Path("extracted"), metavar="DIR", help="where proposals go (default: extracted)")
    sub.add_argument("--source", type=Path, metavar="FILE", help="YAML with what is known of the source: publisher, published, url …")
    sub.add_argument("--campaign", default="", metavar="ID", help="a known campaign whose measures the figures may be about")
    sub.add_argument("--html", action="store_true", help="also write each article as a page with its figures marked")
    sub.add_argument("--jobs", type=between(1, 1024), default=1, metavar="N", help="processes at work (default: 1)")
    sub.add_argument("--graph", metavar="DIR", help="what is known already (default: build, else the shipped facts)")

    sub = verb(
        "evaluate", _evaluate, "Measure extraction against gold annotations, and list every miss.", "kg evaluate texts gold --format json"
    )
    sub.add_argument("texts", type=Path, metavar="TEXTS", help="folder of .txt files: a header line, a blank line, the text")
    sub.add_argument("gold", type=Path, metavar="GOLD", help="folder of .json annotations, named after their texts")
    sub.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")


def _extract(options: argparse.Namespace) -> int:
    from kg.extraction.proposals import campaign_named
    from kg.extraction.proposals.proposing import Settings
    from kg.extraction.proposals.running import gathered, is_stream, rejecting, run
    from kg.extraction.proposals.sources import Known, read_description
    from kg.extraction.reading import STDIN
    from kg.graph import open_graph
    from kg.vocabulary import vocabulary

    given = read_description(options.source, vocabulary()) if options.source else {}
    paths, missing = gathered(options.files, options.out)
    if STDIN in paths and len(options.files) > 1:
        raise SourceError("standard input beside files; give '-' by itself")
    is_streamed = any(map(is_stream, paths))
    if "id" in given and (len(paths) > 1 or is_streamed):
        many = f"{len(paths)} files" if len(paths) > 1 else "many articles"
        raise SourceError(f"{options.source}: one id for {many}; leave it out, or give the files one by one")
    with ended_in_order(), _graph(options.graph) as graph, rejecting(options.out) as rejects:
        rejects.add(*missing)
        campaign = campaign_named(options.campaign, Known(open_graph(graph))) if options.campaign else ""
        settings = Settings(graph, given, campaign, options.html, len(paths) > 1)
        with _bar(len(paths), is_streamed) as progress:
            made = list(run(paths, options.out, settings, options.jobs, progress, rejects))
    write(*_proposals(made), width=width_or(160))
    _say_next(options.out, made, rejects)
    return 2 if not any(each.is_read for each in made) else 1 if rejects.count else 0


@contextmanager
def _graph(named: str | None) -> Iterator[str]:
    """The graph's folder: the one named, else ``build``, else one made of the shipped facts as long as it is needed."""
    import tempfile

    from kg.builder import build

    if named or Path("build").exists():
        yield named or "build"
        return
    with tempfile.TemporaryDirectory() as folder:
        build(out=folder)
        yield folder


@contextmanager
def _bar(files: int, is_streamed: bool) -> Iterator[Callable[[int], None]]:
    """A progress bar for many files or articles on a terminal; a pipe sees nothing of it."""
    if (files < 2 and not is_streamed) or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading articles", total=None if is_streamed else files)  # nobody knows how many a stream holds
        yield lambda done: bar.update(task, completed=done, description=f"reading articles: {done:,}")


def _proposals(made: Sequence[Made]) -> Iterator[RenderableType]:
    """Each file's proposals as a table; of many files a line each."""
    from rich.text import Text

    for each in made:
        if not each.is_read:
            continue
        names = ", ".join(name for name in each.files if name.endswith((".yaml", ".jsonl")))
        yield Text.assemble((each.file, "bold"), f"  → {names or 'nothing written'}")
        yield from (Text(f"  {remark}", style="dim") for remark in each.remarks)
        if len(made) > _MANY or not each.rows:
            yield Text(f"  {len(each.rows)} figure{'s' * (len(each.rows) != 1)}\n") if each.rows or not each.remarks else ""
            continue
        columns = [name for name in each.rows[0] if any(row[name] for row in each.rows)]
        table = _table(*columns)
        for column in table.columns:
            column.justify, column.overflow = "left", "fold"
        for row in each.rows:
            table.add_row(*(Text(row[name]) for name in columns))
        yield table
        yield ""


def _say_next(out: Path, made: Sequence[Made], rejects: Rejects) -> None:
    for reject in rejects.first:
        say(str(Finding(reject.file, reject.line, reject.reason, reject.advice)))
    if rejects.count:
        say(f"{rejects.count:,} rejected, with reasons: {out / 'rejects.jsonl'}")
    if any(each.files for each in made):
        texts = f" --texts {out / 'texts'}" if any(name.startswith("texts/") for each in made for name in each.files) else ""
        home = next((str(folder) for folder in (out, *out.parents) if (folder / "authorities.yaml").exists()), "")
        where = home or "data"
        say(f"review {out}{'' if home else ', move it into your facts'}; then: kg check {where}{texts} && kg build {where}")


def _evaluate(options: argparse.Namespace) -> int:
    from kg.extraction import Extractor
    from kg.extraction.evaluation import evaluate
    from kg.vocabulary import vocabulary

    found = evaluate(options.texts, options.gold, Extractor(vocabulary()).extract)
    if options.format == "json":
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        write(_measures(found), "", _slots(found), "", *_misses(found.misses), width=width_or(120))
    if found.unannotated:
        say(f"not evaluated, for want of a gold file: {', '.join(found.unannotated)}")
    say(f"codes counted by: {found.codes}")
    say(f"{len(found.misses):,} misses; F1 of figures {found.scores.figures.f1:.3f}, of full records {found.scores.full.f1:.3f}")
    return 0


def _table(*columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column not in ("", "language") else "left")
    return table


def _measures(found: Evaluation) -> Table:
    from kg.extraction.evaluation import MEASURES

    table = _table("language", "", "precision", "recall", "F1", "right", "proposed", "gold")
    for language, scores in {"all": found.scores, **found.languages}.items():
        for name in MEASURES:
            table.add_row(language if name == MEASURES[0] else "", *_row(name, getattr(scores, name)))
        table.add_section()
    return table


def _row(name: str, score: Score) -> list[str]:
    shares = (f"{share:.3f}" for share in (score.precision, score.recall, score.f1))
    return [_plain(name), *shares, *(f"{number:,}" for number in (score.right, score.proposed, score.gold))]


def _slots(found: Evaluation) -> Table:
    """Each slot by itself; of a figure's slots all three shares are one, its accuracy."""
    table = _table("", "precision", "recall", "F1", "right", "proposed", "gold")
    for slot, score in found.scores.slots.items():
        table.add_row(*_row(f"{slot} of figures", score))
    for kind, score in found.scores.kinds.items():
        table.add_row(*_row(f"{kind} mentioned", score))
    return table


def _misses(misses: list[Miss]) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    if misses:
        yield "Misses: what the gold says ≠ what was extracted"
    for text, of_text in groupby(misses, key=lambda miss: miss.text):
        yield Text(f"\n{text}", style="bold")
        for miss in of_text:
            yield Padding(Text(_told(miss)), (0, 0, 0, 2), expand=False)
            if miss.sentence:
                sentence = Text(miss.sentence, style="dim")
                sentence.highlight_words([side["quote"] for side in (miss.gold, miss.proposed) if side], "not dim bold")
                yield Padding(sentence, (0, 0, 0, 6), expand=False)


def _told(miss: Miss) -> str:
    """A miss in one line."""
    gold, proposed = miss.gold or {}, miss.proposed or {}
    if miss.line is None:
        kind = miss.differ[0]
        lacking, excess = ([code for code in one[kind] if code not in other[kind]] for one, other in ((gold, proposed), (proposed, gold)))
        parts = (f"{word} {_words(codes)}" for word, codes in (("missed", lacking), ("spurious", excess)) if codes)
        return f"{_plain(kind)} mentioned: {'; '.join(parts)}"
    quotes = " ≠ ".join(dict.fromkeys(f"“{side['quote']}”" for side in (gold, proposed) if side))
    if gold and proposed:
        return f"line {miss.line}: {quotes}  " + "; ".join(
            f"{_plain(slot)} {_slot(slot, gold)} ≠ {_slot(slot, proposed)}" for slot in miss.differ
        )
    side = gold or proposed
    slots = [_slot(slot, side) for slot in side if slot not in ("quote", "min", "max") and (slot == "value" or side[slot])]
    return f"line {miss.line}: {'missed' if gold else 'spurious'} {quotes}  {' · '.join(slots)}"


def _slot(slot: str, side: dict[str, Any]) -> str:
    if slot == "value" and side["value"] is None:
        return f"{_words(side['min'])} to {_words(side['max'])}"
    return _words(side[slot])


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{kind} “{quote}”" for kind, quote in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_words, value)) or "none"
    return f"{value:,}" if isinstance(value, int) else str(value or "none")


def _plain(name: str) -> str:
    return name.replace("_", " ")
