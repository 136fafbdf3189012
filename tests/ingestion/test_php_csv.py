r"""CSV by PHP's rule: what fputcsv writes is read again, whatever people wrote into it, and no record is lost or counted twice."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ingestion.dsa import parts
from kg.ingestion.dsa.dumps import COLUMNS
from kg.ingestion.dsa.php_csv import plain, readings
from tests.ingestion.statements import fputcsv, header, statement, text
from tests.ingestion.test_dumps import Rows, taken

FREE = [name for name in header() if name not in COLUMNS]
WRITTEN = [
    "a word", '"quoted"', "\\", '\\"', "\n", "\r\n", ",", "C:\\", '{"a":"b"}', '{\\"a\\":\\"b\\"}', " ", "", "é", f"\n{UUID(int=7)},x"
]  # fmt: skip
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


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(['"', '""', '\\"', ",", "\\", "a", " "]), max_size=20).map("".join), st.integers(1, 5))
def test_no_text_has_two_readings_by_the_rule_of_php(line: str, columns: int) -> None:
    assert len(list(islice(readings(line.encode(), columns, php=True), 2))) < 2


@settings(max_examples=100, deadline=None)
@given(st.lists(PEOPLE, min_size=1, max_size=5))
def test_what_php_writes_has_the_fields_it_was_written_from(fields: list[str]) -> None:
    (found,) = readings(fputcsv(fields)[:-1].encode(), len(fields), php=True)
    assert [plain(field, php=True) for field in found] == fields


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
    monkeypatch.setattr(parts.blocks, "__defaults__", (size,))
    assert taken(tmp_path / "a.csv") == whole
    assert (len(whole[0]), whole[1]) == (100, [])
