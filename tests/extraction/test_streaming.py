"""Streaming: every line comes out once, as an answer or as a reject, in order and whatever happens to a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kg.errors import Finding, SourceError, VocabularyError
from kg.extraction.reading import articles
from kg.extraction.reading.articles import Article
from kg.extraction.reading.streaming import Answer, Counts, Work, stream


def echo(article: Article) -> Answer:
    if "Bonjour" in article.text:
        raise SourceError("a text in another language; only English and Chinese are read")
    if "#" in article.text:
        raise SourceError("nothing was read", [Finding("a", 1, "a bad head", "mend it")])
    left_out = [("a figure of many digits", "mend it")] if "!" in article.text else []
    remarks = [{"about": article.id, "remark": "a question"}] if "?" in article.text else []
    return Answer({"id": article.id, "length": len(article.text), "published": article.published}, article.id.lower(), left_out, remarks)


def prepared() -> Work:
    return echo


def dying() -> Work:
    return die


def die(article: Article) -> Answer:
    if article.id == "a3":
        os.kill(os.getpid(), signal.SIGKILL)
    return Answer(article.id, article.id)


def unprepared() -> Work:
    raise VocabularyError("the ontology lacks a term")


def faulty() -> Work:
    return lambda article: Answer(1 // (0 if article.id == "a3" else 1), article.id)


def line(identity: object, text: object = "It closed 67,000 accounts.", **more: object) -> bytes:
    return json.dumps({"id": identity, "text": text, **more}, ensure_ascii=False).encode() + b"\n"


def run(source: bytes, jobs: int = 1) -> tuple[list[Any], list[Any], Counts]:
    out, rejects = BytesIO(), BytesIO()
    counts = stream(BytesIO(source), prepared, out, rejects, BytesIO(), jobs)
    return *([json.loads(each) for each in file.getvalue().splitlines()] for file in (out, rejects)), counts  # type: ignore[return-value]


def test_articles_come_out_in_order() -> None:
    out, rejects, counts = run(b"".join(line(f"a{n}", "x" * (n + 1)) for n in range(50)))
    assert [(each["id"], each["length"]) for each in out] == [(f"a{n}", n + 1) for n in range(50)]
    assert (rejects, counts) == ([], Counts(50, 50, 0))


@pytest.mark.parametrize(
    ("bad", "identity", "reason"),
    [
        (b"oops\n", None, "not JSON: Expecting value at column 1"),
        (b"[1]\n", None, "no JSON object"),
        (b'{"id": "b"}\n', "b", "no text"),
        (line("b", " \n"), "b", "no text"),
        (line("b", 7), "b", "no text"),
        (line(""), "", "no id"),
        (line(None), None, "no id"),
        (line("b", published="27/05/2023"), "b", "'27/05/2023' is no date of the form 2023, 2023-05 or 2023-05-27"),
        (line("b", url=["x"]), "b", "'url' is no string"),
        (line("b", "Bonjour"), "b", "a text in another language"),
        (line("b", "#"), "b", "a bad head"),
        (b'{"id": "b", "text": "\xd5\xcb\xba\xc5"}\n', None, "byte 21 of the line is not UTF-8"),
        (b'{"id": "b", "text": "\\ud800"}\n', None, "half of a character: a surrogate that stands alone"),
        (b"[" * 100_000 + b"\n", None, "JSON with a number of thousands of digits, or nested as deep"),
        (b'{"id": "b", "text": "x", "n": ' + b"1" * 5000 + b"}\n", None, "JSON with a number of thousands of digits, or nested as deep"),
    ],
)
def test_a_bad_line_is_rejected_with_its_number_and_the_others_go_on(bad: bytes, identity: str | None, reason: str) -> None:
    out, rejects, counts = run(line("a") + b"\n" + bad + line("c"))
    assert [each["id"] for each in out] == ["a", "c"]
    (reject,) = rejects
    assert (reject["line"], reject["id"], reject["reason"]) == (3, identity, reason)
    assert reject["advice"]
    assert counts == Counts(3, 2, 1)


def test_what_of_an_article_could_not_be_taken_is_told_beside_it() -> None:
    out, rejects, counts = run(line("a") + line("b", "So many!"))
    assert [each["id"] for each in out] == ["a", "b"]
    assert rejects == [{"line": 2, "id": "b", "reason": "a figure of many digits", "advice": "mend it"}]
    assert counts == Counts(2, 2, 0)


def test_remarks_come_out_in_order_without_those_on_what_was_rejected() -> None:
    remarks = BytesIO()
    source = b"".join(line(name, "Who closed 67,000 accounts?") for name in ("a", "b", "A"))
    stream(BytesIO(source), prepared, BytesIO(), BytesIO(), remarks)
    assert [json.loads(each)["about"] for each in remarks.getvalue().splitlines()] == ["a", "b"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_of_two_answers_with_one_name_the_second_is_rejected(jobs: int) -> None:
    out, rejects, counts = run(line("A") + line("b") + line("a", "x" * 400_000) + line("B"), jobs)
    assert [each["id"] for each in out] == ["A", "b"]
    assert [(each["line"], each["id"], each["reason"]) for each in rejects] == [
        (3, "a", "gives the same source as line 1, a"),
        (4, "B", "gives the same source as line 2, b"),
    ]
    assert counts == Counts(4, 2, 2)


def test_a_line_that_is_too_long_is_rejected_and_never_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "LONGEST", 1000)
    source = line("a") + line("b", "x" * 40_000_000) + line("c")
    tracemalloc.start()
    out, rejects, counts = run(source)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [each["id"] for each in out] == ["a", "c"]
    assert (rejects[0]["line"], rejects[0]["reason"]) == (2, "a line of more than 1,000 bytes")
    assert counts == Counts(3, 2, 1)
    assert peak < 4_000_000


def test_a_last_line_without_newline_a_mark_before_the_first_and_a_number_for_an_id_are_no_faults() -> None:
    out, rejects, _ = run(b"\xef\xbb\xbf" + line(1, published="2023-05-27T10:00:00Z") + line("b").rstrip())
    assert ([each["id"] for each in out], rejects) == (["1", "b"], [])
    assert out[0]["published"] == "2023-05-27"


def test_two_processes_write_the_same_bytes_as_one() -> None:
    good = (line(f"a{n}", f"It closed {n} accounts. " * (n % 90)) for n in range(3000))
    source = b"".join(b"oops\n" if n % 7 == 3 else each for n, each in enumerate(good))
    written = []
    for jobs in (1, 2):
        out, rejects = BytesIO(), BytesIO()
        counts = stream(BytesIO(source), prepared, out, rejects, BytesIO(), jobs)
        written.append((out.getvalue(), rejects.getvalue(), counts))
    assert written[0] == written[1]
    assert written[0][2].lines == written[0][2].articles + written[0][2].rejects == 3000


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_more_is_read_than_is_under_way(jobs: int) -> None:
    class Source:
        """A million long lines, if anybody asked for them."""

        read = 0

        def readline(self, _: int) -> bytes:
            self.read += 1
            return line(f"a{self.read}", "x" * 100_000) if self.read <= 400 else b""

    source, ahead = Source(), []

    def progress(counts: Counts) -> None:
        ahead.append(source.read - counts.lines)

    stream(source, prepared, BytesIO(), BytesIO(), BytesIO(), jobs, progress)  # type: ignore[arg-type]
    assert len(ahead) > 50
    assert max(ahead) <= 3 * (1 + 3 * jobs)


def test_a_process_that_dies_is_told_and_nothing_hangs() -> None:
    with pytest.raises(SourceError, match="a process died at work on line 1 or soon after it"):
        stream(BytesIO(b"".join(line(f"a{n}") for n in range(9))), dying, BytesIO(), BytesIO(), BytesIO(), jobs=2)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_cannot_be_prepared_is_told_as_it_is(jobs: int) -> None:
    with pytest.raises(VocabularyError, match="the ontology lacks a term"):
        stream(BytesIO(line("a")), unprepared, BytesIO(), BytesIO(), BytesIO(), jobs)


def test_a_bug_is_told_with_the_article_that_shows_it() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        stream(BytesIO(b"".join(line(f"a{n}") for n in range(9))), faulty, BytesIO(), BytesIO(), BytesIO())
    assert caught.value.__notes__ == ["at line 4, article 'a3'"]


ENDLESS = """
import sys, itertools
from kg.extraction.reading.streaming import Answer, stream
def prepare():
    return lambda article: Answer(article.id, article.id)
class Source:
    def readline(self, _):
        return b'{"id": "a", "text": "It closed 67,000 accounts."}\\n'
if __name__ == "__main__":
    files = [open(name, "wb") for name in ("out", "rejects", "remarks")]
    stream(Source(), prepare, *files, int(sys.argv[1]), lambda counts: print(counts.lines, flush=True))
"""


@pytest.fixture
def endless(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    (tmp_path / "endless.py").write_text(ENDLESS, "utf-8")
    command = [sys.executable, "endless.py", str(request.param)]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # a shell's background job ignores it
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("endless", [1, 2], indirect=True)
def test_ctrl_c_ends_all_processes_at_once(endless: subprocess.Popen[str]) -> None:
    assert endless.stdout is not None
    assert endless.stdout.readline()
    os.killpg(endless.pid, signal.SIGINT)
    _, told = endless.communicate(timeout=20)  # to the end of what all of them can write to: none is left
    assert endless.returncode != 0
    assert told.count("Traceback") == 1, "only the first process says so"
    assert "KeyboardInterrupt" in told
