"""Citing: offsets and hash from the quotes a person wrote, and nothing else changed."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import main
from kg.errors import FactsError, FormatError
from kg.facts.citation import cite
from kg.facts.strict import parse_yaml
from tests.documents import PAPER, QUOTE, TEXT
from tests.facts.test_strict import plain

UNCITED = """\
# who read it, and when
id: source/paper   # for good
publisher: "The Paper"

claims:
  - key: closed    # the total
    evidence: {quote: "QUOTE"}   # from the second paragraph
  - {key: restated, evidence: {url: https://paper.example/}}
"""
FILLED = re.compile(r"(?:, |\n *)(?:start|end): \d+|\nsha256: [0-9a-f]{64}")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "paper.txt"
    path.write_text(TEXT, "utf-8")
    return path


def written(folder: Path, document: str) -> Path:
    path = folder / "paper.yaml"
    path.write_bytes(document.encode())
    return path


def evidence(document: str) -> list[dict[str, Any]]:
    return [claim["evidence"] for claim in parse_yaml(document)[0]["claims"]]


@given(st.text(plain, min_size=1, max_size=60), st.data())
def test_offsets_prove_themselves_and_nothing_else_changes(
    tmp_path_factory: pytest.TempPathFactory, words: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    quote = words[start : data.draw(st.integers(start + 1, len(words)))]
    folder = tmp_path_factory.mktemp("cited")
    before = UNCITED.replace('"QUOTE"', json.dumps(quote, ensure_ascii=False))
    (folder / "text.txt").write_bytes(words.encode())
    nth = [i for i in range(len(words)) if words.startswith(quote, i)].index(start) + 1
    after = cite(written(folder, before), folder / "text.txt", which={"closed": nth}).text

    found = evidence(after)[0]
    assert (found["start"], words[found["start"] : found["end"]]) == (start, quote)
    assert parse_yaml(after)[0]["sha256"] == sha256(words.encode()).hexdigest()
    assert FILLED.sub("", after) == before
    assert cite(written(folder, after), folder / "text.txt").text == after


def test_offsets_that_are_wrong_are_mended_in_place(tmp_path: Path, text: Path) -> None:
    spoiled = re.sub(r"start: \d+, end: \d+", "start: 3, end: 9", PAPER.replace(PAPER.split("sha256: ")[1][:64], "0" * 64))
    assert cite(written(tmp_path, spoiled), text).text == PAPER
    assert cite(written(tmp_path, PAPER), text).text == PAPER


@pytest.mark.parametrize(
    "block",
    [
        'evidence:\n      quote: "QUOTE"   # as printed\n      gloss: words',
        'evidence:\n      gloss: words\n      quote: "QUOTE"',
        "evidence:\n      quote: QUOTE",
        "evidence:\n      quote: >-\n        QUOTE\n      gloss: words",
        "evidence:\n      quote: 'QUOTE'\n      start: 1",
        'evidence: {"quote": "QUOTE",\n      "gloss": "words"}',
    ],
)
def test_every_way_to_write_evidence_is_filled(tmp_path: Path, text: Path, block: str) -> None:
    before = UNCITED.replace('evidence: {quote: "QUOTE"}', block).replace("QUOTE", QUOTE)
    after = cite(written(tmp_path, before), text).text
    found = evidence(after)[0]
    assert TEXT[found["start"] : found["end"]] == QUOTE
    assert {name: value for name, value in found.items() if name not in ("start", "end")} == {
        name: value for name, value in evidence(before)[0].items() if name != "start"
    }
    assert re.sub(r"start: 1\n", "", FILLED.sub("", after)).split() == before.replace("start: 1", "").split()


def test_a_document_in_one_line_stays_readable(tmp_path: Path, text: Path) -> None:
    before = f'{{id: source/paper, claims: [{{key: closed, evidence: {{quote: "{QUOTE}"}}}}]}}'
    after = cite(written(tmp_path, before), text).text
    assert re.sub(r", sha256: [0-9a-f]{64}", "", FILLED.sub("", after)) == before
    assert parse_yaml(after)[0]["sha256"] == sha256(TEXT.encode()).hexdigest()


def test_offsets_count_code_points_of_any_script(tmp_path: Path) -> None:
    words = "😀 处置账号92.76万余个。"
    (tmp_path / "zh.txt").write_bytes(words.encode())
    after = cite(written(tmp_path, UNCITED.replace("QUOTE", "账号92.76万余个")), tmp_path / "zh.txt").text
    assert evidence(after)[0] | {"quote": ""} == {"quote": "", "start": 4, "end": 14}


def test_behind_a_header_offsets_and_hash_are_of_the_body(tmp_path: Path, text: Path) -> None:
    text.write_text(f"# source: someone\n# read: some day\n\n{TEXT}", "utf-8")
    assert cite(written(tmp_path, PAPER), text, header=True).text == PAPER
    assert cite(written(tmp_path, PAPER), text).text != PAPER


TWICE = f"First {QUOTE}, then {QUOTE} again."


@pytest.mark.parametrize(("options", "start"), [(["--which", "closed=1"], 6), (["--which", "closed=2"], 36)])
def test_of_a_quote_that_stands_twice_a_person_says_which(tmp_path: Path, text: Path, options: list[str], start: int) -> None:
    text.write_text(TWICE, "utf-8")
    document = written(tmp_path, UNCITED.replace("QUOTE", QUOTE))
    assert main(["cite", str(document), "--text", str(text), *options]) == 0
    assert evidence(document.read_text("utf-8"))[0]["start"] == start


def test_an_offset_that_fits_says_which(tmp_path: Path, text: Path) -> None:
    text.write_text(TWICE, "utf-8")
    before = UNCITED.replace('"QUOTE"', f'"{QUOTE}", start: 36')
    assert evidence(cite(written(tmp_path, before), text).text)[0]["end"] == 36 + len(QUOTE)


@pytest.mark.parametrize(
    ("words", "quote", "options", "code", "told"),
    [
        (
            TEXT,
            "nearly 930,001 accounts",
            [],
            1,
            "paper.yaml:7: claim 'closed': the quote 'nearly 930,001 accounts' is not in the text; copy the words",
        ),
        (TWICE, QUOTE, [], 1, f"paper.yaml:7: claim 'closed': the quote '{QUOTE}' stands 2 times; say which: --which closed=1"),
        (TWICE, QUOTE, ["--which", "closed=3"], 1, "paper.yaml:7: claim 'closed': the quote stands 2 times, there is no 3"),
        (TWICE, QUOTE, ["--which", "closed=0"], 1, "paper.yaml:7: claim 'closed': the quote stands 2 times, there is no 0"),
        (TWICE, QUOTE, ["--which", "closed=two"], 2, "--which closed=two: not a number; write --which closed=2 for the second"),
        (TWICE, QUOTE, ["--which", "closed=²"], 2, "--which closed=²: not a number; write --which closed=2 for the second"),
        (TWICE, QUOTE, ["--which", "closed"], 2, "'closed' is no choice; write name=value"),
        (TWICE, QUOTE, ["--which", "closd=1"], 2, "no claim 'closd' with a quote in this document; did you mean 'closed'?"),
    ],
)
def test_a_refusal_leaves_the_document_as_it_was(
    tmp_path: Path, text: Path, capsys: pytest.CaptureFixture[str], words: str, quote: str, options: list[str], code: int, told: str
) -> None:
    text.write_text(words, "utf-8")
    document = written(tmp_path, UNCITED.replace("QUOTE", quote))
    before = document.read_bytes()
    assert main(["cite", str(document), "--text", str(text), *options]) == code
    assert told in capsys.readouterr().err
    assert document.read_bytes() == before


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ("id: source/paper\nclaims: &x []", "paper.yaml:2: a YAML anchor"),
        ("claims: []", "paper.yaml:1: a document without an id"),
        ("- a", "paper.yaml:1: a document without an id"),
        ("id: source/paper\nclaims:\n  - key: [a]\n    evidence:\n      quote: [b]", "paper.yaml:5: claim .* the quote is not a text"),
    ],
)
def test_what_the_reader_refuses_is_not_cited(tmp_path: Path, text: Path, document: str, fault: str) -> None:
    with pytest.raises(FactsError, match=fault):
        cite(written(tmp_path, document), text)


def test_a_text_that_is_no_utf8_is_named_itself(tmp_path: Path, text: Path) -> None:
    text.write_bytes(b"one\ntwo \xff")
    with pytest.raises(FactsError, match=r"paper\.txt:2: byte 8 is not UTF-8"):
        cite(written(tmp_path, PAPER), text)


def test_json_lines_are_left_to_the_program_that_wrote_them(tmp_path: Path, text: Path) -> None:
    document = tmp_path / "paper.jsonl"
    document.write_text(json.dumps(parse_yaml(PAPER)[0]))
    with pytest.raises(FormatError, match="offsets are filled into YAML only"):
        cite(document, text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path, text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", str(tmp_path / "none.yaml"), "--text", str(text)]) == 2
    assert "none.yaml: there is no such file" in capsys.readouterr().err
