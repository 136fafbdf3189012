"""The command line: verbs, exit codes, help with examples that work, and data that a pipe or a spreadsheet can take."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg import resources
from kg.builder import Build
from kg.cli import main
from kg.ingestion.dsa.records import COLUMNS
from kg.questions import questions
from tests.documents import CAMPAIGN, PAPER, TEXT, folder
from tests.ingestion.statements import packed, statement, text
from tests.samples import claim, write

Said = pytest.CaptureFixture[str]


def called(*arguments: str) -> int:
    """The exit code, also where the parser of arguments leaves by itself."""
    try:
        return main(arguments)
    except SystemExit as left:
        return int(left.code or 0)


def verbs() -> list[str]:
    shown = subprocess.run([sys.executable, "-m", "kg", "--help"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^    (\w+)  ", shown, re.M)


VERBS = verbs()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, built: Build) -> Path:
    """A folder as the examples have it: facts, texts, a document to cite, and a build."""
    place = tmp_path_factory.mktemp("here")
    shutil.copytree(resources.data(), place / "data")
    (place / "data" / "x").mkdir()
    (place / "data" / "x" / "campaign.yaml").write_text(CAMPAIGN, "utf-8")
    (place / "data" / "x" / "outlet.yaml").write_text(PAPER, "utf-8")
    (place / "outlet.txt").write_text(TEXT, "utf-8")
    (place / "texts").mkdir()
    (place / "article.txt").write_text("The regulator closed 300 accounts for spreading rumours.\n", "utf-8")
    (place / "texts" / "own.txt").write_text(f"# source: The Paper | | 2024-05-01\n\n{ARTICLE}\n", "utf-8")
    (place / "gold").mkdir()
    (place / "gold" / "own.json").write_text(GOLD, "utf-8")
    packed(place, [text([statement(1, COLUMNS)], COLUMNS)])
    kg.build(place / "data", place / "build")
    shutil.copytree(place / "build", place / "build.old")
    return place


ARTICLE = "The regulator closed 300 accounts."
GOLD = """{"text": "own.txt", "language": "en",
 "figures": [{"quote": "300 accounts", "start": 21, "end": 33, "value": 300, "min": null, "max": null, "comparator": "exactly",
  "unit": "account", "penalty": "closure", "account_types": [], "violations": [], "relation": null}],
 "mentions": {"authorities": [], "platforms": [], "account_types": [], "violations": [], "penalties": ["closure"]}}"""


@pytest.fixture
def small(tmp_path: Path) -> str:
    """A graph in which names begin like formulas."""
    data = folder(tmp_path, PAPER.replace("publisher: The Paper", 'publisher: \'=HYPERLINK("https://evil.example/","+1")\''))
    kg.build(data, tmp_path / "out")
    return str(tmp_path / "out")


def test_the_verbs_are_those_the_help_lists() -> None:
    assert set(VERBS) >= {"build", "check", "cite", "query", "why", "export", "formats"}


# A verb that ends only when it is told to: tests/server runs its example.
@pytest.mark.parametrize("verb", ["", *(verb for verb in VERBS if verb != "serve")])
def test_every_help_ends_with_an_example_that_works(
    here: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch, reachable: Callable[[str], str], verb: str
) -> None:
    assert called(*filter(None, [verb]), "--help") == 0
    example = re.search(r"^example: (kg .+)$", capsys.readouterr().out, re.M)
    assert example
    monkeypatch.chdir(here)
    for command in reachable(example[1]).split(" && "):
        assert called(*shlex.split(command)[1:]) == 0


@pytest.mark.parametrize(
    "arguments", [
        (), ("frobnicate",), ("query", "--frobnicate"), ("export",), ("check", "--format", "yaml"), ("why",), ("serve", "--timeout", "-1"),
        ("serve", "--timeout", "0"), ("serve", "--timeout", "nan"), ("serve", "--timeout", "1e999"), ("serve", "--port", "65536"),
        ("serve", "--port", "-1"), ("extract", "a.txt", "--jobs", "0"), ("extract", "a.txt", "--jobs", "many"),
    ]
)  # fmt: skip
def test_bad_usage_exits_with_2(capsys: Said, arguments: tuple[str, ...]) -> None:
    assert called(*arguments) == 2
    assert capsys.readouterr().err.startswith("usage: kg")


@pytest.mark.parametrize("command", [("query", "sources"), ("why", "weibo"), ("export", "a.ttl")])
def test_without_a_graph_the_advice_is_to_build_one(tmp_path: Path, capsys: Said, command: tuple[str, ...]) -> None:
    assert called(*command, "--graph", str(tmp_path / "none")) == 2
    assert capsys.readouterr().err == (
        f"kg {command[0]}: {tmp_path / 'none'}: there is no graph here; run 'kg build' first or name another with --graph\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("query", "sorces"), "there is no question 'sorces'; did you mean 'sources'? ('kg query --list' shows all)"),
        (("query",), "name one question, or give SPARQL with -e; 'kg query --list' shows the questions"),
        (("query", "sources", "-e", "ASK {}"), "name one question, or give SPARQL with -e; "),
        (("query", "-e", "sources"), "-e takes SPARQL text, which holds a { }; a question's name goes without -e"),
        (("query", "-e", "SELECT nonsense {"), "not a query that can be answered: "),
        (("query", "campaign-figures", "-p", "campain=x"), "'campaign-figures' has no parameter 'campain'; did you mean 'campaign'?"),
        (("query", "campaign-figures", "-p", "campaign"), "'campaign' is no parameter; write name=value"),
        (("query", "claims-by-date", "-p", "date=2023-02-30"), "date=2023-02-30: '2023-02-30' is no date: "),
        (("query", "sources", "--format", "cvs"), "did you mean 'csv'?"),
        (("query", "sources", "--format", "turtle"), "'turtle' holds no rows; known here: csv, "),
        (("why", "platform/wiebo"), "nothing here is called 'platform/wiebo'; did you mean 'platform/weibo'?"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(here: Path, capsys: Said, arguments: tuple[str, ...], told: str) -> None:
    assert called(*arguments, "--graph", str(here / "build")) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"kg {arguments[0]}: ")
    assert told in said.err
    assert said.out == ""


def test_every_question_is_listed_with_its_parameters(capsys: Said) -> None:
    assert called("query", "--list") == 0
    shown = capsys.readouterr().out
    for question in questions().values():
        assert f"{question.name}\n    {question.description}\n" in shown
        assert all(f"    -p {parameter.name}=" in shown for parameter in question.parameters)


def test_data_goes_to_stdout_and_words_about_it_to_stderr(small: str, capsys: Said) -> None:
    assert called("query", "sources", "--graph", small) == 0
    said = capsys.readouterr()
    assert said.err == "1 row\n"
    assert "source/paper" in said.out


def test_a_csv_holds_no_live_formula_and_raw_keeps_the_value(small: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    formula = '=HYPERLINK("https://evil.example/","+1")'
    for option, publisher in (([], "'" + formula), (["--raw"], formula)):
        assert called("query", "sources", "--format", "csv", "--graph", small, *option) == 0
        rows = list(csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode(), newline="")))
        assert [row["publisher"] for row in rows] == [publisher]


def test_rows_as_json_are_the_rows_of_the_question(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert called("query", "measures", "-p", "lang=zh", "--format", "json", "--graph", str(here / "build")) == 0
    assert json.loads(capfdbinary.readouterr().out) == list(kg.query(kg.open(here / "build"), "measures", lang="zh"))


def test_sparql_is_answered_in_rows_or_triples(small: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert called("query", "-e", "ASK { ?x a enf:Claim }", "--format", "csv", "--graph", small) == 0
    assert capfdbinary.readouterr().out == b"answer\r\nTrue\r\n"
    assert called("query", "-e", "CONSTRUCT WHERE { ?x a enf:Campaign }", "--graph", small) == 0
    assert b"<https://w3id.org/enforcement-kg/campaign/drive> a enf:Campaign ." in capfdbinary.readouterr().out


def test_a_question_in_a_file_is_asked_like_a_named_one(small: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    sparql = "# param: of iri measure/drive/closed — which\nSELECT ?c WHERE { ?c a enf:Claim ; enf:subject $of }\n"
    (tmp_path / "mine.rq").write_text(sparql, "utf-8")
    counts = []
    for option in ([], ["-p", "of=measure/drive/handled"]):
        assert called("query", str(tmp_path / "mine.rq"), *option, "--format", "csv", "--graph", small) == 0
        counts.append(capfdbinary.readouterr().out)
    base = b"https://w3id.org/enforcement-kg/claim/paper"
    assert counts == [b"c\r\n" + base + b"/closed\r\n", b"c\r\n" + base + b"/handled\r\n"]


def test_the_manifest_is_printed_as_json(tmp_path: Path, capsys: Said) -> None:
    data = folder(tmp_path)
    assert called("build", str(data), "--out", str(tmp_path / "out"), "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert said.err == ""


def test_a_build_tells_what_it_holds_and_how_to_ask_it(tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "out"
    assert called("build", str(folder(tmp_path)), "--out", str(out)) == 0
    said = capsys.readouterr()
    assert re.match(rf"{re.escape(str(out))}: [\d,]+ triples from 2 documents, ontology ", said.out)
    assert re.search(r"^  Claim +2$", said.out, re.M)
    assert said.err.endswith(f"kg query --list (with --graph {out})\n")


def test_findings_are_printed_as_json_with_file_line_fault_and_advice(tmp_path: Path, capsys: Said) -> None:
    data = folder(tmp_path, PAPER.replace("publisher:", "publishr:"))
    assert called("check", str(data), "--format", "json") == 1
    advice = {"what": "unknown key 'publishr' on a Report", "advice": "did you mean 'publisher'?"}
    assert json.loads(capsys.readouterr().out) == [{"file": str(data / "paper.yaml"), "line": 3} | advice]
    (data / "paper.yaml").write_text(PAPER, "utf-8")
    assert called("check", str(data), "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_check_tells_what_it_found_and_writes_nothing(tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    data = folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert called("check", "data", "--texts", "texts") == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "1 quotes proven\n2 documents, 2 claims: no fault found\n")
    assert sorted(tmp_path.rglob("*")) == before
    assert data in before


def test_why_shows_the_claim_its_words_and_the_reason(small: str, capsys: Said) -> None:
    assert called("why", "closed", "--graph", small) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("measure/drive/closed\n")
    assert re.search(r"quote +nearly 930,000 accounts", shown)
    assert "reference: the only claim" in shown


def test_of_many_claims_the_first_hundred_are_shown_and_the_way_to_all_is_told(tmp_path: Path, capsys: Said) -> None:
    write(tmp_path / "facts", *(claim(f"c{n}", platform=["platform/north"]) for n in range(103)))
    assert called("build", str(tmp_path / "facts"), "--out", str(tmp_path / "out")) == 0
    assert called("why", "platform/north", "--graph", str(tmp_path / "out")) == 0
    shown = capsys.readouterr().out
    assert shown.count("names it so") == 100
    more = re.search(r"^  … and 3 more: kg (.+)$", shown, re.M)
    assert more
    assert called(*shlex.split(more[1]), "--format", "csv") == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + 103


def test_a_thing_that_nobody_speaks_of_is_told_so(here: Path, capsys: Said) -> None:
    assert called("why", "platform/telegram", "--graph", str(here / "build")) == 0
    assert capsys.readouterr().out == "platform/telegram\n\n  no claim says anything of it\n"


@pytest.mark.parametrize(
    "command",
    ["query sources", "query sources --format csv", "query -e CONSTRUCT{?s?p?o}WHERE{?s?p?o}", "query --list", "why weibo", "formats",
     "check data --format json", "build data --json", "--help"],
)  # fmt: skip
def test_a_reader_that_leaves_early_sees_no_traceback(here: Path, command: str) -> None:
    read, write = os.pipe()
    os.close(read)
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    arguments = [sys.executable, "-m", "kg", *command.split()]
    done = subprocess.run(arguments, cwd=here, stdout=write, stderr=subprocess.PIPE, text=True, env=buffered, check=False)
    os.close(write)
    assert done.returncode == 0
    assert not re.search("Traceback|Exception|Error", done.stderr)


def test_the_command_and_the_module_are_one(tmp_path: Path) -> None:
    command = Path(sys.executable).parent / "kg"
    shown = [
        subprocess.run([*start, "query", "--list"], capture_output=True, cwd=tmp_path, check=True).stdout
        for start in ([str(command)], [sys.executable, "-m", "kg"])
    ]
    assert shown[0] == shown[1]
