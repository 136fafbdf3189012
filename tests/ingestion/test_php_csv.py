r"""CSV by PHP's rule: what fputcsv writes is read again, whatever people wrote into it, and no record is lost or counted twice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ingestion.dsa import parts
from kg.ingestion.dsa.dumps import COLUMNS
from kg.ingestion.dsa.php_csv import ANY, Rule, certain, plain
from tests.ingestion.statements import fputcsv, header, statement, text
from tests.ingestion.test_dumps import Rows, taken

FREE = [name for name in header() if name not in COLUMNS]
WRITTEN = [
    "a word", '"quoted"', "\\", '\\"', "\n", "\r\n", ",", "C:\\", '{"a":"b"}', '{\\"a\\":\\"b\\"}', " ", "", "é", f"\n{UUID(int=7)},x",
    f"\n{fputcsv(statement(8, created_at='today', platform_name='FORGED', decision_visibility=''))}",
]  # fmt: skip
FORGED = fputcsv(statement(10**9, header("v1"), platform_name="FORGED", decision_visibility="", created_at="2024-03-14"))
PEOPLE = st.lists(st.sampled_from(WRITTEN)).map("".join)
CODES = st.sampled_from(["", "Yes", '["CONTENT_TYPE_OTHER"]', '["CONTENT_TYPE_OTHER","CONTENT_TYPE_TEXT"]', "Hotel Hideaway"])


def rows_of(content: bytes) -> tuple[Rows, int]:
    with TemporaryDirectory() as folder:
        (Path(folder) / "a.csv").write_bytes(content)
        rows, rejects = taken(Path(folder) / "a.csv")
        return rows, sum(reject.records for reject in rejects)


def records(free: st.SearchStrategy[str]) -> st.SearchStrategy[list[list[str]]]:
    columns = st.fixed_dictionaries({}, optional=dict.fromkeys(FREE, free) | dict.fromkeys(COLUMNS[1:-1], CODES))
    many = st.lists(columns, min_size=1, max_size=6)
    return many.map(lambda told: [statement(i + 100, **values) for i, values in enumerate(told)])


def told(record: list[str]) -> tuple[str, ...]:
    return tuple(record[header().index(name)] for name in COLUMNS)


@settings(max_examples=120, deadline=None)
@given(records(PEOPLE))
def test_what_php_writes_is_read_as_it_was(made: list[list[str]]) -> None:
    rows, rejected = rows_of(text(made))
    assert [tuple(row[name] for name in COLUMNS) for row in rows] == [told(record) for record in made]
    assert rejected == 0


@settings(max_examples=60, deadline=None)
@given(records(PEOPLE.filter(lambda told: not told.endswith("\\"))))
def test_lines_are_those_where_the_records_start(made: list[list[str]]) -> None:
    rows, _ = rows_of(text(made))
    lines = text(made).split(b"\n")
    assert all(lines[row["line"] - 1].startswith(row["uuid"].encode()) for row in rows)


@pytest.mark.parametrize(
    "values",
    [
        {"decision_facts": "ends in a \\"},
        {"decision_facts": "ends in a \\", "illegal_content_explanation": "so does this \\"},
        {"decision_facts": 'says \\"so\\", "and" so'},
        {"decision_facts": 'says \\\\"so'},
        {"decision_facts": '{\\"a\\":\\"b\\",\\"c\\":1}'},
        {"decision_facts": f"a\n{UUID(int=9)},b"},
        {"decision_facts": "a\r\nb\rc\n\n"},
        {"decision_facts": "a\0b"},
        {"platform_name": 'a\\"b\\'},
        {"platform_uid": '\\",\n'},
    ],
    ids=lambda values: repr(next(iter(values.values()))),
)
def test_a_text_that_is_hard_to_read_costs_no_record(values: dict[str, str]) -> None:
    made = [statement(1), statement(2, **values), statement(3)]
    rows, rejected = rows_of(text(made))
    assert [tuple(row[name] for name in COLUMNS) for row in rows] == [told(record) for record in made]
    assert rejected == 0


def test_quotes_doubled_after_a_backslash_too_are_understood() -> None:
    line = fputcsv(statement(2, decision_facts="HERE")).replace("HERE", '"a \\""b\\"" c"')
    rows, rejected = rows_of(text([statement(1)]) + line.encode() + fputcsv(statement(3)).encode())
    assert ([row["uuid"] for row in rows], rejected) == ([str(UUID(int=i)) for i in (1, 2, 3)], 0)


FIELD = re.compile(rb'[^", \\]*|"(?:[^"\\]|\\"|\\(?!")|"")*\\?"')  # all that PHP may write of one


def fields(line: bytes, columns: int) -> list[tuple[bytes, ...]]:
    """All ways to read a line as so many fields by PHP's rule, each tried to its end."""
    if columns == 1:
        return [(line,)] if FIELD.fullmatch(line) else []
    ends = [i for i in range(len(line)) if line[i : i + 1] == b"," and FIELD.fullmatch(line[:i])]
    return [(line[:end], *rest) for end in ends for rest in fields(line[end + 1 :], columns - 1)]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(['"', '""', '\\"', ",", "\\", "a", " "]), max_size=20).map("".join), st.integers(1, 5))
def test_a_record_has_one_reading_by_the_rule_of_php_or_none_and_that_is_found(text: str, columns: int) -> None:
    line = text.encode() + b"\n"
    every = fields(line[:-1], columns)
    assert len(every) < 2
    found = certain(line, 0, Rule(columns, ANY))
    assert [tuple(line[start:end] for start, end in record) for record, _ in found] == every


@settings(max_examples=100, deadline=None)
@given(st.lists(PEOPLE, min_size=1, max_size=5))
def test_what_php_writes_has_the_fields_it_was_written_from(written: list[str]) -> None:
    line = fputcsv(written).encode()
    ((found, _),) = certain(line, 0, Rule(len(written), ANY))
    assert [plain(line[start:end], php=True) for start, end in found] == written


@pytest.mark.parametrize("size", [1_000, 100_000, parts.BLOCK])
@pytest.mark.parametrize(
    "texts",
    [
        [f"see:\n{FORGED}end"],
        [f"see:\n{FORGED}end", 'says \\"so\\"', ""],
        [f'\\",\n{FORGED}{FORGED}\\', "path D:\\"],
        [f"{UUID(int=9)},a,b\n{UUID(int=9)},a,b"],
        [f'x\\",{"," * 6}\n{FORGED},' + ",", f"\n{FORGED}"],
    ],
    ids=["forged", "some of them", "among backslashes", "a line like a record's start", "closed early"],
)
@pytest.mark.parametrize("backslashes", [False, True], ids=["", "paths"])
def test_no_text_passes_for_a_decision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, texts: list[str], backslashes: bool, size: int
) -> None:
    columns = header("v1")
    told = {"platform_name": "TikTok", "decision_account": "DECISION_ACCOUNT_SUSPENDED"}
    made = []
    for i in range(2_000):
        told["decision_facts"] = texts[i // 3 % len(texts)] if i % 3 == 0 else "plain"
        told["illegal_content_explanation"] = "path C:\\" if backslashes and i % 5 == 0 else ""
        made.append(statement(i, columns, **told))
    (tmp_path / "a.csv").write_bytes(text(made, columns))
    monkeypatch.setattr(parts.records, "__defaults__", (2, size))
    rows, rejects = taken(tmp_path / "a.csv")
    assert (Counter(row["platform_name"] for row in rows), rejects) == ({"TikTok": 2_000}, [])
    assert [row["uuid"] for row in rows] == [str(UUID(int=i)) for i in range(2_000)]


def test_a_broken_record_takes_a_forged_one_in_its_text_with_it(tmp_path: Path) -> None:
    broken = [statement(5, decision_facts=f"see:\n{FORGED}end")[:-1], ["no UUID", *statement(6, decision_facts=f"\n{FORGED}")[1:]]]
    (tmp_path / "a.csv").write_bytes(text([statement(1), *broken, statement(2)]))
    rows, rejects = taken(tmp_path / "a.csv")
    assert [row["uuid"][-1] for row in rows] == ["1", "2"]
    assert [(reject.line, reject.reason) for reject in rejects] == [
        (3, "it cannot be read as 38 columns"), (6, "it does not begin with a UUID")
    ]  # fmt: skip


@pytest.mark.parametrize("place", [0, 500, 999])
@pytest.mark.parametrize(
    "broken",
    [
        fputcsv(statement(5000)[:-3]),
        fputcsv([*statement(5000), "more"]),
        fputcsv(statement(5000, decision_facts="HERE")).replace("HERE", '"never closed'),
        fputcsv(statement(5000)).replace('"[""', '"["'),
        "not,a,record\n",
    ],
    ids=["too few columns", "too many columns", "a quote left open", "a stray quote", "no UUID"],
)
def test_one_broken_record_is_rejected_with_its_line_and_costs_no_other(tmp_path: Path, broken: str, place: int) -> None:
    lines = [fputcsv(statement(i, decision_facts="two\nlines")) for i in range(1000)]
    content = (fputcsv(header()) + "".join([*lines[:place], broken, *lines[place:]])).encode()
    (tmp_path / "a.csv").write_bytes(content)
    rows, rejects = taken(tmp_path / "a.csv")
    assert [row["uuid"] for row in rows] == [str(UUID(int=i)) for i in range(1000)]
    assert [(reject.line, reject.records) for reject in rejects] == [(2 + 2 * place, 1)]
    assert broken.startswith(rejects[0].text[:5]) and len(rejects[0].text) <= 200
    assert rows[-1]["line"] == 2001


@pytest.mark.parametrize("size", [200, 1_000, 5_000])
def test_the_size_of_blocks_makes_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    made = [statement(i, decision_facts=["plain", "two\nlines", '\\"', f"x\n{UUID(int=1)},y"][i % 4]) for i in range(100)]
    (tmp_path / "a.csv").write_bytes(text(made))
    whole = taken(tmp_path / "a.csv")
    monkeypatch.setattr(parts.records, "__defaults__", (2, size))
    assert taken(tmp_path / "a.csv") == whole
    assert (len(whole[0]), whole[1]) == (100, [])
