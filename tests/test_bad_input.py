"""Bad input: each a clear finding with file and line, an exit code that tells data from usage, and the last good build untouched."""

from __future__ import annotations

import itertools
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

import kg
from kg import facts
from kg.cli import main
from kg.errors import SourceError
from kg.facts.strict import parse_yaml
from kg.graph import GRAPH, MANIFEST
from tests.documents import CAMPAIGN, PAPER, QUOTE, TEXT, files, folder
from tests.killing import killed


@dataclass
class Place:
    """A facts folder, the good build of it, and every byte of that build."""

    data: Path
    out: Path
    good: dict[str, bytes]

    @property
    def paper(self) -> Path:
        return self.data / "paper.yaml"

    @property
    def texts(self) -> Path:
        return self.data.parent / "texts"

    def untouched(self) -> bool:
        return files(self.out) == self.good


@pytest.fixture
def place(tmp_path: Path) -> Place:
    data, out = folder(tmp_path), tmp_path / "out"
    kg.build(data, out)
    return Place(data, out, files(out))


def refused(place: Place, capsys: pytest.CaptureFixture[str], code: int = 1) -> str:
    """What `kg build` says when it refuses; `kg check` says the same, and neither changes the good build."""
    assert main(["build", str(place.data), "--out", str(place.out)]) == code
    said = capsys.readouterr().err
    assert place.untouched()
    assert main(["check", str(place.data)]) == code
    found = capsys.readouterr()
    assert all(line in found.out for line in said.splitlines() if line.startswith(str(place.data)))
    assert "Traceback" not in said
    return said


REPLACED = {
    "an unknown key": ("publisher:", "publishr:", 3, "unknown key 'publishr' on a Report; did you mean 'publisher'?"),
    "a misspelled code": ("penalty: closure", "penalty: closur", 12, "'closur' is no code of 'penalty'; did you mean 'closure'?"),
    "a duplicate key": ("language: en\n", "language: en\nlanguage: zh\n", 6, "the key 'language' stands twice; delete one of them"),
    "an anchor": ("The Paper", "&p The Paper", 3, "a YAML anchor or alias"),
    "an alias": ("The Paper", "*p", 3, "a YAML anchor or alias"),
    "a tag that runs code": ("The Paper", "!!python/object/apply:os.system [ls]", 3, "a YAML tag"),
    "deep nesting": ("The Paper", "[" * 100_000, 3, "more than 12 levels of nesting"),
    "a tab": ("    subject: measure/drive/handled", "\t- subject: measure/drive/handled", 17, "never with tabs"),
    "a NUL": ("The Paper", "The\0Paper", 3, "the character U+0000, which hides or cannot be stored; delete it"),
    "an escaped NUL": ("The Paper", '"The\\0Paper"', 3, "the character U+0000"),
    "a lone surrogate": ("The Paper", '"The\\ud800Paper"', 3, "not YAML"),
    "a bidi mark in a text": ("The Paper", "The \u202ePaper", 3, "the character U+202E"),
    "a zero-width character in a text": ("The Paper", "The\u200bPaper", 3, "the character U+200B"),
    "a zero-width character in an id": ("id: source/paper", "id: source/pa\u200dper", 1, "the character U+200D"),
    "a bidi mark in a key": ("publisher", "pub\u2066lisher", 3, "the character U+2066"),
    "a letter of another script in an id": ("key: handled", "key: hаndled", 16, "a claim whose key is"),
    "a literal of 20 MiB": ("The Paper", "x" * (20 << 20), 3, "a text of 20,971,520 characters (at most 65,536)"),
    "a second document in a file": ("claims:", "---\nclaims:", 9, "a second document in one file"),
    "two claims with one key": (
        "key: handled",
        "key: closed",
        16,
        "'claim/paper/closed' is described a second time; it already stands at {paper}:10",
    ),
    "a claim without evidence": (
        "    evidence: {url: https://paper.example/handled}\n",
        "",
        16,
        "does not have exactly one kind of evidence",
    ),
    "a minimum above the maximum": (
        "value: 1500000, comparator: exactly",
        "min: 9, max: 5, comparator: order",
        19,
        "lower bound is above its upper",
    ),
    "scales that contradict each other": (
        '"1.5 million", value: 1500000',
        '"4.7 million lakh", value: 4700000',
        19,
        "'million' and 'lakh' cannot stand",
    ),
    "a digit lost": ("value: 930000", "value: 93000", 14, "the words 'nearly 930,000' say 930000, not 93000"),
    "offsets that another quote has": (
        f"end: {TEXT.index(QUOTE) + len(QUOTE)}",
        f"end: {TEXT.index(QUOTE) + len(QUOTE) - 1}",
        15,
        "is no place for a quote of 23 characters; compute its offsets with 'kg cite'",
    ),
    "a day that does not exist": ("published: 2024-05-01", "published: 2023-02-30", 4, "'2023-02-30' is no date: day is out of range"),
    "a month that does not exist": ("published: 2024-05-01", "published: 2023-13", 4, "'2023-13' is no date: month must be in 1..12"),
    "a relation to no measure": (
        "partOf: measure/drive/handled",
        "partOf: measure/drive/handeld",
        13,
        "did you mean 'measure/drive/handled'?",
    ),
    "a subject that is nowhere": (
        "subject: measure/drive/closed",
        "subject: measure/drive/clsed",
        11,
        "did you mean 'measure/drive/closed'?",
    ),
    "a part of itself": (
        "penalty: handled",
        "penalty: handled\n    partOf: measure/drive/closed",
        None,
        "part of itself (claim/paper/closed); correct the subject or 'partOf'",
    ),
    "an address with spaces": ("https://paper.example/handled", "'https://paper.example/a b'", 20, "is no address; write an id of ours"),
    "an address that is a script": ("https://paper.example/handled", "'javascript:alert(1)'", 20, "is no address; write an id of ours"),
    "an id that is a script": ("id: source/paper", "id: javascript:alert(1)", 1, "the id 'javascript:alert(1)' is no name of ours"),
    "a remote context": (
        "id: source/paper",
        "'@context': https://evil.example/c.jsonld\nid: source/paper",
        1,
        "unknown key '@context' on a Report",
    ),
}


@pytest.mark.parametrize("fault", REPLACED)
def test_a_spoiled_document_is_refused_at_its_line(place: Place, capsys: pytest.CaptureFixture[str], fault: str) -> None:
    old, new, line, told = REPLACED[fault]
    assert PAPER.count(old) >= 1
    place.paper.write_text(PAPER.replace(old, new, 1), "utf-8")
    said = refused(place, capsys)
    first = next(each for each in said.splitlines() if each.startswith(str(place.data)))
    assert told.format(paper=place.paper) in first
    assert first.startswith(f"{place.paper}:{line}: " if line else f"{place.data / 'campaign.yaml'}:5: ")


@pytest.mark.parametrize(
    ("raw", "line", "told"),
    [
        (b"\xef\xbb\xbf" + PAPER.encode(), 1, "the file begins with a byte order mark; save it as UTF-8 without BOM"),
        (PAPER.encode("utf-16"), 1, "the file begins with a byte order mark; save it as UTF-8 without BOM"),
        (PAPER.encode().replace(b"The Paper", b"The \xff Paper"), 3, "is not UTF-8; save the file as UTF-8"),
        (PAPER.encode().replace(b"The Paper", b"\xed\xa0\x80"), 3, "is not UTF-8; save the file as UTF-8"),
        (b"", 1, "the document is empty; begin with 'id: source/"),
        (b"a: &a [x, x]\n" + b"".join(b"b%d: &b%d [*a, *a, *a, *a]\n" % (n, n) for n in range(30)), 1, "a YAML anchor or alias"),
        (b"- " * 100_000, 1, "more than 12 levels of nesting"),
        (b"\x00" * 1000, 1, "the character U+0000"),
    ],
)
def test_bytes_that_are_no_document_are_refused(place: Place, capsys: pytest.CaptureFixture[str], raw: bytes, line: int, told: str) -> None:
    place.paper.write_bytes(raw)
    said = refused(place, capsys)
    assert said.startswith(f"{place.paper}:{line}: ")
    assert told in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"id": "source/x\\u0000"}', "the character U+0000"),
        ('{"id": "source/x", "publisher": "\\ud800"}', "the character U+D800"),
        ('{"id": "source/x", "publisher": "\\udc00\\ud800"}', "the character U+DC00"),
        ('{"id": "source/x", "publisher": "\\u202e"}', "the character U+202E"),
        ('{"id": "source/x", "publis\\u200bher": "X"}', "the character U+200B"),
        ('{"id": "source/x", "publisher": "X\u2067"}', "the character U+2067"),
        ('{"id": "source/x", "id": "source/y"}', "the key 'id' stands twice"),
        ('{"id": "source/x", "value": NaN}', "NaN is no JSON"),
        ('{"id": "source/x", "value": ' + "9" * 5_000 + "}", "a number of thousands of digits"),
        ('{"id": "source/x", "publisher": "' + "x" * (20 << 20) + '"}', "a text of 20,971,520 characters"),
        ("[" * 100_000 + "]" * 100_000, "levels of nesting"),
        ('{"id": ' * 100_000, "levels of nesting"),
        ("[" * 500 + "]" * 500, "no facts document"),
        ('{"id": "source/x", "type": "Report", "@context": "https://evil.example/"}', "unknown key '@context'"),
        ('{"id": "source/x"', "not JSON"),
    ],
)
def test_a_bad_line_of_json_lines_is_refused_at_its_line(place: Place, capsys: pytest.CaptureFixture[str], text: str, told: str) -> None:
    spoiled = place.data / "more.jsonl"
    spoiled.write_text(f"\n\n{text}\n", "utf-8")
    said = refused(place, capsys)
    assert said.startswith(f"{spoiled}:3: ")
    assert told in said


def test_two_documents_with_one_id_are_told_with_both_places(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    (place.data / "sheet.yaml").write_text("# a copy\n" + PAPER, "utf-8")
    said = refused(place, capsys)
    assert f"{place.data / 'sheet.yaml'}:2: 'source/paper' is described a second time; it already stands at {place.paper}:1\n" in said
    assert (
        f"{place.data / 'sheet.yaml'}:11: 'claim/paper/closed' is described a second time; it already stands at {place.paper}:10\n" in said
    )


def test_nothing_is_fetched_for_a_remote_context(place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fetched(*_: object, **__: object) -> NoReturn:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket, "socket", fetched)
    monkeypatch.setattr(socket, "getaddrinfo", fetched)
    context = "'@context': https://evil.example/context.jsonld"
    for begin, end in (("", "id: source/paper"), ("  - ", "key: closed"), ("    figure: {", "text: ")):
        joint = ", " if "{" in begin else "\n" + " " * len(begin)
        place.paper.write_text(PAPER.replace(begin + end, begin + context + joint + end, 1), "utf-8")
        assert "unknown key '@context'" in refused(place, capsys)


@pytest.mark.parametrize(
    ("quote", "start", "told"),
    [
        ("nearly 930,000 accounts", 3, "is not at 3–26: it stands elsewhere; run 'kg cite', or mend the quote"),
        ("nearly 930,000 channels", TEXT.index(QUOTE), "it is not in the text at all; run 'kg cite', or mend the quote"),
    ],
)
def test_a_quote_that_its_text_does_not_hold_is_found(
    place: Place, capsys: pytest.CaptureFixture[str], quote: str, start: int, told: str
) -> None:
    written = f'quote: "{QUOTE}", start: {TEXT.index(QUOTE)}, end: {TEXT.index(QUOTE) + len(QUOTE)}'
    assert written in PAPER
    place.paper.write_text(PAPER.replace(written, f'quote: "{quote}", start: {start}, end: {start + len(quote)}'), "utf-8")
    assert main(["check", str(place.data), "--texts", str(place.texts)]) == 1
    found = capsys.readouterr().out
    assert found.startswith(f"{place.paper}:15: claim/paper/closed: the quote '{quote}'")
    assert told in found


def test_a_clause_that_ends_behind_its_text_is_found(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.paper.write_text(PAPER.replace(f'quote: "{QUOTE}"', f'quote: "{QUOTE}", clauseStart: 0, clauseEnd: 999999'), "utf-8")
    assert main(["check", str(place.data), "--texts", str(place.texts)]) == 1
    assert f"its clause ends at 999999, behind the text's end at {len(TEXT)}" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["many.jsonl", "many.NDJSON"])
def test_a_quote_is_proven_by_an_article_of_json_lines(place: Place, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (place.texts / "paper.txt").unlink()
    (place.texts / name).write_text(f"no JSON\n[1]\n{json.dumps({'id': 'a', 'text': TEXT})}\n", "utf-8")
    assert main(["check", str(place.data), "--texts", str(place.texts)]) == 0
    assert "1 quotes proven\n" in capsys.readouterr().err


def test_a_quote_whose_text_is_not_there_is_counted_and_not_called_proven(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    (place.texts / "paper.txt").rename(place.texts / "other.txt").write_text("another text", "utf-8")
    assert main(["check", str(place.data), "--texts", str(place.texts)]) == 0
    assert f"0 quotes proven; 1 have no text in {place.texts}" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["build", "{}"], ["check", "{}"], ["build", "{}/none"], ["check", "{}/texts", "--texts", "{}/none"]])
def test_a_folder_without_facts_is_bad_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main([word.format(tmp_path) for word in arguments]) == 2
    assert "; name the folder" in capsys.readouterr().err


def _a_file_in_its_place(out: Path) -> Path:
    out.write_text("mine")
    return out


def _below_a_file(out: Path) -> Path:
    out.write_text("mine")
    return out / "deeper" / "still"


def _a_folder_named_like_the_graph(out: Path) -> Path:
    (out / GRAPH).mkdir(parents=True)
    (out / GRAPH / "mine").write_text("mine")
    return out


@pytest.mark.parametrize("prepare", [_a_file_in_its_place, _below_a_file, _a_folder_named_like_the_graph])
def test_an_output_that_cannot_be_written_is_told_and_left(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str], prepare: Callable[[Path], Path]
) -> None:
    out = prepare(tmp_path / "elsewhere")
    assert main(["build", str(place.data), "--out", str(out)]) == 2
    assert "cannot be written" in capsys.readouterr().err
    mine = [path for path in (tmp_path / "elsewhere", tmp_path / "elsewhere" / GRAPH / "mine") if path.is_file()]
    assert [path.read_text() for path in mine] == ["mine"]
    assert not [path.name for path in tmp_path.rglob(".*.nt")]


# A disk with room for so many bytes a file; beyond them the system says "File too large" instead of "No space left".
FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from kg.cli import main
sys.exit(main(sys.argv[2:]))
"""


def run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program, *map(str, arguments)], capture_output=True, text=True, check=False)


def test_a_full_disk_leaves_the_last_good_build(place: Place, tmp_path: Path) -> None:
    place.paper.write_text(PAPER.replace("The Paper", "The Gazette"), "utf-8")
    done = run(FULL, 10_000, "build", place.data, "--out", place.out)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{place.out / GRAPH}: cannot be written (File too large" in done.stderr
    assert "what stood there is untouched" in done.stderr
    assert place.untouched()


def test_a_full_disk_leaves_the_document_that_is_cited(place: Place) -> None:
    place.paper.write_text(PAPER.replace("start: ", "start: 9"), "utf-8")
    before = files(place.data)
    done = run(FULL, 100, "cite", place.paper, "--text", place.texts / "paper.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be written (File too large)" in done.stderr
    assert files(place.data) == before


# A build that is killed just before the Nth step that touches the disk.
KILLED = killed(
    "kg.build(sys.argv[2], sys.argv[3])", "import kg.builder",
    "tempfile.mkstemp", "os.fsync", "os.close", "Path.open", "Path.replace", "Path.unlink",
)  # fmt: skip


def _built(data: Path, out: Path, publisher: str) -> bytes:
    """The graph of the facts with this publisher, which stay in ``data``."""
    (data / "paper.yaml").write_text(PAPER.replace("The Paper", publisher), "utf-8")
    kg.build(data, out)
    return (out / GRAPH).read_bytes()


def test_a_build_killed_at_any_step_leaves_a_whole_graph_old_or_new(place: Place, tmp_path: Path) -> None:
    old = place.good[GRAPH]
    new = _built(place.data, tmp_path / "other", "The Gazette")
    assert old != new
    left = set()
    for step in itertools.count(1):
        _restore(place)
        done = run(KILLED, step, place.data, place.out)
        graph = kg.open(place.out)
        whole = (place.out / GRAPH).read_bytes()
        assert whole in (old, new)
        assert graph.manifest["triples"] == len(graph) == len(whole.splitlines())
        left.add(whole)
        kg.build(place.data, place.out)
        assert (place.out / GRAPH).read_bytes() == new
        assert json.loads((place.out / MANIFEST).read_bytes())["sha256"] == kg.open(place.out).manifest["sha256"]
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert left == {old, new}
    assert step > 10


def _restore(place: Place) -> None:
    for path in place.out.iterdir():
        path.unlink()
    for name, raw in place.good.items():
        (place.out / name).write_bytes(raw)


def test_a_first_build_killed_at_any_step_leaves_a_whole_graph_or_none(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "first"
    for step in itertools.count(1):
        done = run(KILLED, step, place.data, out)
        if (out / GRAPH).exists():
            assert (out / GRAPH).read_bytes() == place.good[GRAPH]
            assert len(kg.open(out)) > 0
        else:
            with pytest.raises(SourceError, match="run 'kg build' first"):
                kg.open(out)
        for path in out.iterdir() if out.exists() else ():
            path.unlink()
        if done.returncode == 0:
            break
    assert step > 10


def test_builds_at_once_into_one_folder_leave_one_of_them_whole(place: Place, tmp_path: Path) -> None:
    wanted = {}
    for name in ("Paper", "Gazette", "Herald"):
        data = folder(_made(tmp_path / name), PAPER.replace("The Paper", f"The {name}"))
        wanted[name] = kg.build(data, tmp_path / f"{name}-alone").manifest
    command = [sys.executable, "-m", "kg", "build", "--json", "--out", str(place.out)]
    running = [
        subprocess.Popen([*command, str(tmp_path / name / "data")], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for name in [*wanted] * 3
    ]
    said = [(build.communicate(), build.returncode) for build in running]
    assert [code for _, code in said] == [0] * 9
    assert {json.loads(out)["sha256"] for (out, _), _ in said} == {manifest["sha256"] for manifest in wanted.values()}
    assert kg.open(place.out).manifest in wanted.values()
    assert json.loads((place.out / MANIFEST).read_bytes()) == kg.open(place.out).manifest
    assert sorted(files(place.out)) == sorted(place.good)


def _made(path: Path) -> Path:
    path.mkdir()
    return path


def test_a_reader_that_looks_while_a_build_swaps_finds_a_whole_graph(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg import graph

    read = graph._read
    swapped: list[bytes] = []

    def meanwhile(path: Path) -> bytes:
        raw = read(path)
        if not swapped:
            swapped.append(_built(place.data, place.out, "The Gazette"))
        return raw

    monkeypatch.setattr(graph, "_read", meanwhile)
    assert len(kg.open(place.out)) == len(swapped[0].splitlines())


def test_an_interrupted_build_leaves_the_last_good_one(
    place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    place.paper.write_text(PAPER.replace("The Paper", "The Gazette"), "utf-8")
    assert main(["build", str(place.data), "--out", str(place.out)]) == 130
    assert capsys.readouterr().err == "stopped; nothing is half-written\n"
    assert place.untouched()


def test_documents_as_json_lines_build_the_same_graph(built: kg.builder.Build, tmp_path: Path) -> None:
    from kg import resources

    documents = [parse_yaml(path.read_text("utf-8"))[0] for path in facts.files(resources.data())]
    for ascii_only in (False, True):
        lines = "".join(json.dumps(document, ensure_ascii=ascii_only) + "\n" for document in documents)
        (tmp_path / "facts.jsonl").write_text(lines, "utf-8")
        again = kg.build(tmp_path / "facts.jsonl", tmp_path / "out").manifest
        assert {**again, "data": ""} == {**built.manifest, "data": ""}


def test_a_campaign_of_its_own_file_is_not_needed(tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text("\n".join(json.dumps(parse_yaml(text)[0]) for text in (PAPER, CAMPAIGN)), "utf-8")
    assert kg.build(tmp_path / "all.jsonl", tmp_path / "out").manifest["counts"]["Claim"] == 2
