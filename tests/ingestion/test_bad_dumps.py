"""Dumps that are damaged or made to do harm: refused before anything is yielded, with the file, what is wrong and what to try."""

from __future__ import annotations

import random
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pytest
from pyarrow import parquet

from kg.errors import SourceError
from kg.ingestion.dsa.archives import checksum
from kg.ingestion.dsa.dumps import COLUMNS, read
from tests.ingestion.statements import fputcsv, header, packed, statement, text, zipped
from tests.ingestion.test_dumps import taken

PART = text([statement(i) for i in range(200)])


def refused(path: Path) -> str:
    yielded = 0
    with pytest.raises(SourceError) as error:
        for batch in read(path, lambda _: None):
            yielded += batch.num_rows
    assert path.name in str(error.value) and ";" in str(error.value)
    assert yielded == 0
    return str(error.value)


def test_a_checksum_that_is_another_or_none_at_all_is_refused_and_its_absence_told(tmp_path: Path) -> None:
    path = packed(tmp_path, [PART])
    beside, said = path.with_name(f"{path.name}.sha1"), list[str | None]()
    right = beside.read_text("utf-8")
    assert checksum(path) == right.split()[0]
    list(read(path, lambda _: None, said.append))
    beside.write_text("0" * 40 + f"  {path.name}\n", "utf-8")
    assert f"its SHA-1 is {right.split()[0]}, not {'0' * 40}" in refused(path)
    beside.write_text(right.replace(path.name, "another.zip"), "utf-8")
    assert f"it tells the SHA-1 of another.zip, not of {path.name}" in refused(path)
    beside.write_text(right.replace("  ", " *"), "utf-8-sig")
    assert checksum(path) == right.split()[0]
    beside.write_text("<html>not found</html>", "utf-8")
    with pytest.raises(SourceError, match="does not begin with a SHA-1"):
        list(read(path, lambda _: None))
    beside.unlink()
    assert len([*read(path, lambda _: None, said.append)]) == 1
    assert said == [right.split()[0], None]


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.9, 0.999])
def test_a_truncated_dump_is_refused(tmp_path: Path, share: float) -> None:
    path = packed(tmp_path, [PART] * 4)
    path.with_name(f"{path.name}.sha1").unlink()
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    refused(path)


def test_a_dump_cut_off_where_an_inner_zip_ends_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, [PART] * 4)
    path.with_name(f"{path.name}.sha1").unlink()
    content = path.read_bytes()
    path.write_bytes(content[: content.find(b"PK\5\6") + 22])
    assert "its end is missing" in refused(path)


@pytest.mark.parametrize("seed", range(40))
def test_a_dump_with_a_changed_byte_is_refused_or_loses_nothing(tmp_path: Path, seed: int) -> None:
    path = packed(tmp_path, [PART] * 2)
    path.with_name(f"{path.name}.sha1").unlink()
    content, dice = bytearray(path.read_bytes()), random.Random(seed)
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    path.write_bytes(content)
    try:
        rows, rejects = taken(path)
    except SourceError as error:
        assert path.name in str(error)
    else:
        assert len(rows) + sum(reject.records for reject in rejects) == 400


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "C:\\a.csv", "a/../../b.csv", "..\\a.csv"])
@pytest.mark.parametrize("inner", [False, True], ids=["outside", "inside"])
def test_a_member_whose_path_leads_out_is_refused(tmp_path: Path, name: str, inner: bool) -> None:
    path = zipped(tmp_path / "a.zip", {name: PART})
    if inner:
        path = zipped(tmp_path / "outer.zip", {"a.csv.zip": path.read_bytes()})
    assert "its path leads out of the archive" in refused(path)


def test_a_link_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("a.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "it is a link to another file" in refused(tmp_path / "a.zip")


def patched(path: Path, offset: int, form: str, *values: int) -> Path:
    """The fields of the table of contents of an archive with one member, overwritten."""
    content = bytearray(path.read_bytes())
    struct.pack_into(form, content, content.rfind(b"PK\1\2") + offset, *values)
    path.write_bytes(content)
    return path


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    assert "it is encrypted" in refused(patched(zipped(tmp_path / "a.zip", {"a.csv": PART}), 8, "<H", 1))


def test_a_member_packed_in_an_unknown_way_is_told(tmp_path: Path) -> None:
    assert "packed in a way that is not known" in refused(patched(zipped(tmp_path / "a.zip", {"a.csv": PART}), 10, "<H", 9))


def test_a_zip_bomb_is_refused_by_what_it_claims(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "a.zip", {"a.csv": bytes(8 << 20)}, zipfile.ZIP_DEFLATED)
    assert "times what it is packed into, a zip bomb" in refused(bomb)
    assert "zip bomb" in refused(zipped(tmp_path / "outer.zip", {"a.csv.zip": bomb.read_bytes()}))
    large = patched(zipped(tmp_path / "b.zip", {"a.csv": PART}), 20, "<LL", 0xFFFFFFF0 // 8, 0xFFFFFFF0)
    assert "it overlaps another member" in refused(large)


def test_a_member_that_gives_more_than_it_claims_is_refused(tmp_path: Path) -> None:
    liar = patched(zipped(tmp_path / "a.zip", {"a.csv": text([statement(i) for i in range(9)])}, zipfile.ZIP_DEFLATED), 24, "<L", 2000)
    assert "damaged: Bad CRC-32" in refused(liar)


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.csv": PART, "b.csv": PART})
    assert "it overlaps another member" in refused(patched(path, 42, "<L", 10))


def test_zips_in_zips_in_zips_too_many_members_and_a_zip_without_parts_are_refused(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "a.zip", {"a.csv": PART})
    middle = zipped(tmp_path / "b.zip", {"a.zip": inner.read_bytes()})
    assert "a zip in a zip in a zip" in refused(zipped(tmp_path / "c.zip", {"b.zip": middle.read_bytes()}))
    many = zipped(tmp_path / "many.zip", {f"{i}.csv": b"" for i in range(10_001)})
    assert "its table of contents is of 10,001 members" in refused(many)
    assert "there is no CSV part in it" in refused(zipped(tmp_path / "none.zip", {"readme.txt": b"hello"}))


@pytest.mark.parametrize("content", [b"", b"\n", b"hello", b"a,b\n1,2\n", bytes(1000), b"PK\3\4", b"PAR1", b"\xff" * 99], ids=repr)
@pytest.mark.parametrize("name", ["a.csv", "a.zip", "a.parquet"])
def test_what_is_no_dump_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    refused(tmp_path / name)


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path: Path) -> None:
    refused(tmp_path / "missing.zip")
    (tmp_path / "folder.zip").mkdir()
    refused(tmp_path / "folder.zip")


@pytest.mark.parametrize(
    ("part", "line", "records", "reason"),
    [
        (b"", 1, 0, "its header lacks uuid"),
        (b'uuid,colour\n1,red\n2,"bl\nue"\n', 1, 2, "its header lacks decision_visibility"),
        ("".join(fputcsv(statement(i)) for i in range(5)).encode(), 1, 5, "its header lacks"),
        (b'a,b\n1,"2\n3,4\n', 1, 2, "their number is not sure"),
        (text([statement(1)], [*header(), "uuid"]), 1, 1, "names a column twice"),
    ],
    ids=["empty", "another header", "no header", "a quote left open", "a column twice"],
)
def test_a_part_with_another_header_is_rejected_whole_and_costs_no_other_part(
    tmp_path: Path, part: bytes, line: int, records: int, reason: str
) -> None:
    rows, rejects = taken(packed(tmp_path, [PART, part, PART]))
    assert len(rows) == 400
    (reject,) = rejects
    assert (reject.line, reject.records) == (line, records)
    assert reject.part.endswith("-00000-00001.csv") and reason in reject.reason


@pytest.mark.parametrize(
    "told", ["path C:\\", 'says \\"so\\", and\nmore', f"a\n{UUID(int=9)},b\n"], ids=["a backslash", "quotes", "a line"]
)
def test_the_records_of_a_part_with_another_header_are_counted_truly_whatever_is_written_in_them(tmp_path: Path, told: str) -> None:
    records = [statement(i, decision_facts=told if i % 3 else "", illegal_content_explanation="x \\" * (i % 2)) for i in range(50)]
    for name in ("category", "uuid"):
        columns = [f"{column}_code" if column == name else column for column in header()]
        (reject,) = taken(packed(tmp_path, [PART, text(records, columns)]))[1]
        assert (reject.records, reject.reason) == (50, f"its header lacks {name}; all its records are left out")


def test_columns_are_found_by_name_in_any_order_after_the_first(tmp_path: Path) -> None:
    columns = ["uuid", *reversed(COLUMNS[1:]), "another"]
    rows, rejects = taken(packed(tmp_path, [text([statement(1, columns, category="X")], columns)]))
    assert ([(row["category"], row["uuid"]) for row in rows], rejects) == ([("X", str(UUID(int=1)))], [])


def test_a_part_with_every_field_quoted_is_read(tmp_path: Path) -> None:
    records = [header(), *(statement(i, decision_facts="two\nlines" * (i % 2)) for i in range(2_000))]
    quoted = ["".join(f'"{field}",' for field in (cell.replace('"', '""') for cell in record))[:-1] + "\n" for record in records]
    (tmp_path / "a.csv").write_bytes("".join([*quoted[:9], quoted[9][:-9] + "\n", *quoted[10:]]).encode())
    rows, rejects = taken(tmp_path / "a.csv")
    assert [row["uuid"] for row in rows] == [str(UUID(int=i)) for i in range(2_000) if i != 8]
    assert [reject.records for reject in rejects] == [1]


def test_a_header_that_does_not_begin_with_the_uuid_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(text([statement(1, list(COLUMNS[::-1]))], COLUMNS[::-1]))
    assert "its header does not begin with uuid, so nothing tells where a record starts" in refused(tmp_path / "a.csv")


def test_a_byte_order_mark_carriage_returns_and_a_header_alone_are_no_fault(tmp_path: Path) -> None:
    content = text([statement(1), statement(2, decision_facts="a\r\nb"), statement(3)])
    unix = content.replace(b"\r\n", b"\n")
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf" + unix.replace(b"\n", b"\r\n"))
    rows, rejects = taken(tmp_path / "a.csv")
    assert ([row["created_at"] for row in rows], [row["line"] for row in rows], rejects) == (["2025-07-01 00:00:00"] * 3, [2, 3, 5], [])
    (tmp_path / "b.csv").write_bytes(text([]))
    assert taken(tmp_path / "b.csv") == ([], [])


def test_a_file_that_ends_within_a_record_loses_that_record_alone(tmp_path: Path) -> None:
    for gone in (2, 10, 30, 90):
        (tmp_path / "a.csv").write_bytes(PART[:-gone])
        rows, rejects = taken(tmp_path / "a.csv")
        assert (len(rows), [reject.line for reject in rejects]) == (199, [201])


@pytest.mark.parametrize("escape", ["", '\\" '], ids=["plain", "with a backslash"])
def test_bytes_that_are_no_utf_8_cost_a_record_only_in_a_column_that_is_read(tmp_path: Path, escape: str) -> None:
    made = [statement(1), statement(2, decision_facts=f"{escape}BAD"), statement(3, category=f"{escape}BAD"), statement(4)]
    (tmp_path / "a.csv").write_bytes(text(made).replace(b"BAD", b"\xff\xfe"))
    rows, rejects = taken(tmp_path / "a.csv")
    assert [row["uuid"][-1] for row in rows] == ["1", "2", "4"]
    assert [(reject.line, reject.reason) for reject in rejects] == [(4, "a column that is read is not UTF-8")]


def test_parquet_of_the_same_rows_gives_the_same_batches(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(PART)
    rows, _ = taken(tmp_path / "a.csv")
    told = [{name: row[name] for name in COLUMNS} for row in rows]
    parquet.write_table(pa.Table.from_pylist(told), tmp_path / "text.parquet")
    lists = [row | {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"], "category": None, "content_type": []} for row in told]
    parquet.write_table(pa.Table.from_pylist(lists), tmp_path / "lists.parquet")
    for name, change in (("text.parquet", {}), ("lists.parquet", {"category": ""})):
        found, rejects = taken(tmp_path / name)
        assert found == [row | change | {"file": name, "line": i + 1} for i, row in enumerate(rows)]
        assert rejects == []


def test_parquet_that_is_damaged_or_of_other_columns_is_refused_and_a_row_that_is_no_utf_8_rejected(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"uuid": ["1"]}), tmp_path / "other.parquet")
    assert "it lacks the columns decision_visibility" in refused(tmp_path / "other.parquet")
    columns = {name: pa.array([b"a", b"\xff" if name == "category" else b"b", b"c"]) for name in COLUMNS}
    views = [column.view(pa.string()) for column in columns.values()]
    parquet.write_table(pa.table(views, names=list(columns)), tmp_path / "bad.parquet")
    rows, rejects = taken(tmp_path / "bad.parquet")
    assert ([row["line"] for row in rows], [reject.line for reject in rejects]) == ([1, 3], [2])
    whole = (tmp_path / "bad.parquet").read_bytes()
    (tmp_path / "short.parquet").write_bytes(whole[:-20])
    refused(tmp_path / "short.parquet")


def test_memory_stays_flat_however_large_a_part_is(tmp_path: Path) -> None:
    """30 MB of CSV and four times as much, the records being the same: peak memory of both, as the kernel accounts it."""
    record = "".join(fputcsv(statement(i, decision_facts="words and words " * 30)) for i in range(1000)).encode()
    program = (
        "import re, sys; from pathlib import Path; from kg.ingestion.dsa.dumps import read\n"
        "count = sum(b.num_rows for b in read(sys.argv[1], print))\n"
        "print(count, re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"  # ru_maxrss would count its parent
    )
    peaks = []
    for times in (50, 200):
        with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open("a.csv", "w") as part:
            part.write(fputcsv(header()).encode())
            for _ in range(times):
                part.write(record)
        done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "a.zip")], capture_output=True, text=True, check=True)
        count, peak = map(int, done.stdout.split())
        assert count == times * 1000
        peaks.append(peak / 1024)
    assert peaks[1] < 300 and peaks[1] < 1.25 * peaks[0]
