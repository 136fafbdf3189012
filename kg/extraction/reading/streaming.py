"""Streaming: articles as JSON Lines in, one line of JSON an article out, in the same order with any number of processes.

A line in is ``{"id": …, "text": …}`` and may have ``language``, ``published``, ``url`` and ``publisher``. What cannot be taken goes
to the rejects, a line each: ``{"line", "id", "reason", "advice"}``; so does what of an article could not be. Lines in = articles out +
lines rejected; a blank line is none.
"""

from __future__ import annotations

import json
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, NamedTuple

from kg.errors import SourceError
from kg.extraction.reading import articles
from kg.extraction.reading.articles import Article, Line, article, parsed
from kg.extraction.reading.names import Names
from kg.facts.strict import RefusedError

__all__ = ["Answer", "Article", "Counts", "stream", "why"]

_CHUNK = 256 << 10  # bytes that one process is handed at a time
_AHEAD = 3  # chunks under way for each process: none waits, and memory stays flat


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines were read, and what became of them: ``lines == articles + rejects``, always."""

    lines: int = 0
    articles: int = 0
    rejects: int = 0


class Answer(NamedTuple):
    """What one article gives: a ``value`` whose ``name`` no other's has, ``remarks`` on it, and reason and advice for all ``left_out``.

    Value and remarks are JSON types.
    """

    value: Any
    name: str
    left_out: Iterable[tuple[str, str]] = ()
    remarks: Iterable[Any] = ()


class _Told(NamedTuple):
    """What one line gives to write: its answer, b'' for none, its rejects, and remarks on its answer."""

    number: int
    id: str | int | None
    name: str
    answer: bytes
    rejects: bytes
    remarks: bytes = b""


Work = Callable[[Article], Answer]


def stream(
    source: IO[bytes],
    prepare: Callable[[], Work],
    out: IO[bytes],
    rejects: IO[bytes],
    remarks: IO[bytes],
    jobs: int = 1,
    progress: Callable[[Counts], object] = lambda _: None,
) -> Counts:
    """Write what ``prepare()(article)`` answers for each line of ``source``, and remarks; memory does not grow with their number.

    Of answers with one name the first is written, the others are rejects.

    ``prepare`` is called once in each process: it builds what is dear to build, and is a function that can be pickled where
    ``jobs`` is above 1. Its work raises SourceError for an article that it cannot take. ``progress`` hears the counts so far.
    Raises SourceError where a process dies. Processes are spawned: a script that calls this guards its main part.

    >>> from io import BytesIO
    >>> out, rejects, remarks = BytesIO(), BytesIO(), BytesIO()
    >>> source = BytesIO(b'{"id": "a", "text": "It closed 67,000 accounts."}\\nno JSON\\n')
    >>> work = lambda article: Answer({"id": article.id, "length": len(article.text)}, article.id)
    >>> stream(source, lambda: work, out, rejects, remarks)
    Counts(lines=2, articles=1, rejects=1)
    >>> out.getvalue(), json.loads(rejects.getvalue())["line"]
    (b'{"id": "a", "length": 26}\\n', 2)
    """
    counts = Counts()
    chunks = _chunks(articles.lines(source))
    with closing(Names()) as names:
        for done in _here(chunks, prepare) if jobs < 2 else _spread(chunks, prepare, jobs):
            checked = [_once(told, names) for told in done]
            out.write(b"".join(told.answer for told in checked))
            rejects.write(b"".join(told.rejects for told in checked))
            remarks.write(b"".join(told.remarks for told in checked))
            good = sum(bool(told.answer) for told in checked)
            counts = Counts(counts.lines + len(checked), counts.articles + good, counts.rejects + len(checked) - good)
            progress(counts)
    return counts


def _once(told: _Told, names: Names) -> _Told:
    """An answer as it is the first time that its name is given; a reject each time after."""
    line = names.given_before(told.name, told.number) if told.answer else None
    if line is None:
        return told
    reason = f"gives the same source as line {line}, {told.name}"
    return told._replace(answer=b"", remarks=b"", rejects=_reject(told.number, told.id, reason, "give each article an id of its own"))


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += len(line[1] or b"")
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _here(chunks: Iterable[list[Line]], prepare: Callable[[], Work]) -> Iterator[list[_Told]]:
    work = prepare()
    return (_worked(chunk, work) for chunk in chunks)


def _spread(chunks: Iterator[list[Line]], prepare: Callable[[], Work], jobs: int) -> Iterator[list[_Told]]:
    """The chunks done by ``jobs`` processes, in order; a bounded number of them under way."""
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # Spawned on every system and version: a fork of a process with threads may hang, and 3.14 no longer forks.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (prepare,))
    under_way: deque[tuple[int, Future[list[_Told]]]] = deque()
    first = 0

    def begin(many: int) -> None:
        for chunk in islice(chunks, many):
            with _undisturbed():
                under_way.append((chunk[0][0], pool.submit(_continue, chunk)))

    try:
        begin(jobs * _AHEAD)
        while under_way:
            first, future = under_way.popleft()
            done = future.result()
            begin(1)
            yield done
    except BrokenProcessPool:
        raise SourceError(
            f"a process died at work on line {first} or soon after it (killed, or out of memory); what stands before it is written; "
            "free memory or use fewer --jobs, then begin again"
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits, and processes begun meanwhile never hear it: they inherit what is blocked (POSIX.1 exec)."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # begun later, it would unblock again
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


_prepare: Callable[[], Work] | None = None  # of this process, where it was spawned
_work: Work | None = None


def _begin(prepare: Callable[[], Work]) -> None:
    global _prepare
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where Ctrl-C reaches it all the same, the first process ends it
    _prepare = prepare


def _continue(chunk: list[Line]) -> list[_Told]:
    """A chunk in a spawned process; what goes wrong with the first one's preparation is then told like any other fault."""
    global _work
    if _work is None:
        assert _prepare is not None  # noqa: S101 - the pool began this process
        _work = _prepare()
    return _worked(chunk, _work)


def _worked(chunk: list[Line], work: Work) -> list[_Told]:
    return [_answer(number, line, work) for number, line in chunk]


def _answer(number: int, line: bytes | None, work: Work) -> _Told:
    """What is to be written of one line."""
    identity: str | int | None = None
    try:
        record = parsed(number, line)
        given = record.get("id")
        identity = given if isinstance(given, str | int) else None
        found = work(article(record))
        rejects = b"".join(_reject(number, identity, *each) for each in found.left_out)
        return _Told(number, identity, found.name, _json(found.value), rejects, b"".join(map(_json, found.remarks)))
    except RefusedError as refused:
        told = {"reason": refused.what, "advice": refused.advice}
    except SourceError as error:
        told = why(error)
    except Exception as fault:  # a bug of ours: told with the article that shows it
        fault.add_note(f"at line {number}, article {identity!r}")
        raise
    return _Told(number, identity, "", b"", _reject(number, identity, **told))


def _reject(number: int, identity: str | int | None, reason: str, advice: str) -> bytes:
    return _json({"line": number, "id": identity, "reason": reason, "advice": advice})


def why(error: SourceError) -> dict[str, str]:
    """The reason and the advice of an error, as a line of rejects gives them.

    >>> why(SourceError("a text in another language; only English and Chinese are read"))
    {'reason': 'a text in another language', 'advice': 'only English and Chinese are read'}
    """
    if error.findings:
        return {"reason": error.findings[0].what, "advice": error.findings[0].advice}
    reason, _, advice = str(error).partition("; ")
    return {"reason": reason, "advice": advice}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"
