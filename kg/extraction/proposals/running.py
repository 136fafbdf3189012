"""Files in, proposals out: what ``kg extract`` does, in as many processes as asked for; nothing lost on the way."""

from __future__ import annotations

import filecmp
import json
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO, Any

from kg.errors import SourceError
from kg.extraction.proposals import Proposal, campaign_labels
from kg.extraction.proposals.documents import campaign_of
from kg.extraction.proposals.proposing import Made, Reject, Settings, Work
from kg.extraction.proposals.sources import slug
from kg.extraction.reading import streaming
from kg.facts import REJECTS, REMARKS
from kg.graph import beside, replacing

MOST = 20  # rejects that a run keeps to be shown; all of them stand in the file
_STREAMED = (".jsonl", ".ndjson")  # the suffixes of files that hold an article a line
Progress = Callable[[int], None]  # hears how many files or articles are done


def is_stream(path: Path) -> bool:
    """Whether a file holds an article a line: by its suffix; standard input, which has none and must be unread, by its first character."""
    from kg.extraction.reading import STDIN

    piped = sys.stdin.buffer if path == STDIN and sys.stdin else None
    begins = piped.peek(1) if isinstance(piped, BufferedReader) else b""
    return path.suffix.lower() in _STREAMED or begins.removeprefix(BOM_UTF8).lstrip()[:1] == b"{"


def gathered(given: Sequence[Path], out: Path) -> tuple[list[Path], list[Reject]]:
    """The files that are named or stand in folders that are, each once, without what a run before wrote there; and what is not there."""
    from kg.extraction.reading import files

    found: dict[Path, None] = {}
    rejects = []
    for path in given:
        try:
            found |= dict.fromkeys(file for file in files(path) if file == path or out in (path, *path.parents) or out not in file.parents)
        except SourceError as error:
            told = streaming.why(error)
            rejects.append(Reject(str(path), None, told["reason"].removeprefix(f"{path}: "), told["advice"]))
    return list(found), rejects


@dataclass
class Rejects:
    """All rejects of a run, on their way into a file: how many, and the ``first`` of them."""

    file: IO[bytes]
    count: int = 0
    first: list[Reject] = field(default_factory=list)

    def add(self, *rejects: Reject) -> None:
        """Write them; only the first are kept."""
        self.file.writelines(reject.json().encode() for reject in rejects)
        self.count += len(rejects)
        self.first += rejects[: MOST - len(self.first)]


@contextmanager
def rejecting(out: Path) -> Iterator[Rejects]:
    """Where a run's rejects go, a line each; no file where there are none at its end."""
    with beside(out / REJECTS) as temporary:
        with temporary.open("wb") as file:
            rejects = Rejects(file)
            yield rejects
        if rejects.count:
            temporary.replace(out / REJECTS)
        else:
            (out / REJECTS).unlink(missing_ok=True)


def run(paths: Sequence[Path], out: Path, settings: Settings, jobs: int, progress: Progress, rejects: Rejects) -> Iterator[Made]:
    """What each file gave, in order, its files written into ``out``, what was not taken into ``rejects``.

    A file that stands there with other content is kept, for a person may have written it, and told as a reject.
    Raises SourceError where ``out`` cannot be written.
    """
    written: dict[str, str] = {}
    streams = [path for path in paths if is_stream(path)]
    plain = [path for path in paths if path not in streams]
    for done, made in enumerate(_worked(plain, settings, jobs), start=1):
        if other := next((written[name] for name in made.files if name in written), ""):
            made.files.clear()
            made.rejects.append(
                Reject(made.file, None, f"gives the same source as {other}", "leave one of the two out, or name it otherwise")
            )
        for name, text in list(made.files.items()):
            if not _put(out / name, text.encode()):
                del made.files[name]
                made.rejects.append(_kept(made.file, out / name))
            written[name] = made.file
        rejects.add(*made.rejects)
        progress(done)
        yield made
    for done, path in enumerate(streams, start=len(plain) + 1):
        yield stream(path, out, settings, jobs, progress, rejects)
        progress(done)


def _worked(paths: Sequence[Path], settings: Settings, jobs: int) -> Iterator[Made]:
    if jobs < 2 or len(paths) < 2:
        yield from map(Work(settings).file, paths)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    try:
        with ProcessPoolExecutor(min(jobs, len(paths)), get_context("spawn"), _begin, (settings,)) as pool:
            yield from pool.map(_continue, paths)
    except BrokenProcessPool:
        raise SourceError("a process died at work (killed, or out of memory); free memory or use fewer --jobs, then begin again") from None


_work: Work | None = None  # of this process, where it was spawned
_settings: Settings | None = None


def _begin(settings: Settings) -> None:
    global _settings
    _settings = settings


def _continue(path: Path) -> Made:
    global _work
    if _work is None:
        assert _settings is not None  # noqa: S101 - the pool began this process
        _work = Work(_settings)
    return _work.file(path)


def _put(path: Path, content: bytes) -> bool:
    """Write a file whole; False where another content stands there, which stays."""
    if path.exists():
        return path.read_bytes() == content
    with replacing(path) as file:
        file.write(content)
    return True


def _kept(file: str, path: Path) -> Reject:
    advice = "delete it if it may go, or name another folder with --out"
    return Reject(file, None, f"{path} stands there with other content and was kept", advice)


def stream(path: Path, out: Path, settings: Settings, jobs: int, progress: Progress, rejects: Rejects) -> Made:
    """The articles of a JSON Lines file as a JSON Lines file of facts documents, one a line, in flat memory.

    Without a campaign all of them share a new one, named after the file. JSON has no comments: remarks stand in a file of their own.
    """
    from kg.extraction.reading import called, opened

    made = Made(called(path))
    name = slug(Path(made.file).stem) or "articles"
    target, looks, campaign = out / f"{name}.jsonl", out / f"{name}{REMARKS}", settings.campaign or f"campaign/{name}"
    with opened(path) as source, beside(target) as temporary, beside(looks) as noted:
        with temporary.open("wb") as file, noted.open("wb") as remarks:
            prepare = partial(_by_line, settings, campaign)
            told = _Told(made.file, rejects)
            counts = streaming.stream(source, prepare, file, told, remarks, jobs, lambda counts: progress(counts.lines))
        made.is_read = counts.articles > 0
        made.remarks = [f"{counts.articles:,} articles in {target.name}, {counts.rejects:,} rejected"]
        made.remarks += ["no pages are made of a stream; extract an article by itself"] if settings.html else []
        if target.exists() and not filecmp.cmp(temporary, target, shallow=False):
            rejects.add(_kept(made.file, target))
        else:
            temporary.replace(target)
            noted.replace(looks)
            made.files[target.name] = ""
            made.remarks.append(f"what to look at in them: {looks.name}")
    if not settings.campaign:
        about = Proposal({}, {"id": campaign, "type": "Campaign", "label": campaign_labels(name)})
        if not _put(out / f"{name}.campaign.yaml", campaign_of(about).encode()):
            rejects.add(_kept(made.file, out / f"{name}.campaign.yaml"))
    return made


class _Told(BytesIO):
    """Where the stream writes its rejects: each becomes one of the run's, with the ``name`` of its file."""

    def __init__(self, name: str, rejects: Rejects) -> None:
        super().__init__()
        self._name, self._rejects = name, rejects

    def write(self, lines: Any, /) -> int:
        """Take whole lines."""
        for line in lines.splitlines():
            told = json.loads(line)
            reason = f"article {told['id']}: {told['reason']}" if told["id"] is not None else told["reason"]
            self._rejects.add(Reject(self._name, told["line"], reason, told["advice"]))
        return len(lines)


def _by_line(settings: Settings, campaign: str) -> streaming.Work:
    return partial(Work(settings).article, campaign=campaign)
