"""Bad input, full disks, kills and neighbours: a short clear word, an exit code, and the last good content untouched."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

import kg
from kg.cli import main
from kg.errors import KgError, SourceError
from kg.graph import GRAPH, MANIFEST, STORE
from tests.documents import files
from tests.ingestion import tables
from tests.ingestion.tables import CLOSED, STATISTICS, VIOLENCE, content, of_statements, of_statistics
from tests.killing import killed

Said = pytest.CaptureFixture[str]
Make = Callable[[Path], list[Path]]


def _no_parquet(place: Path) -> list[Path]:
    (place / "a.parquet").write_text("not at all")
    return [place / "a.parquet"]


def _cut_short(place: Path) -> list[Path]:
    raw = of_statements(place / "a.parquet", {}).read_bytes()
    (place / "a.parquet").write_bytes(raw[: len(raw) // 2])
    return [place / "a.parquet"]


def _damaged_inside(place: Path) -> list[Path]:
    path = of_statements(place / "a.parquet", *[{"category": f"C{n}"} for n in range(500)])
    raw = bytearray(path.read_bytes())
    for column in range(parquet.read_metadata(path).num_columns):
        start = parquet.read_metadata(path).row_group(0).column(column).data_page_offset
        raw[start : start + 12] = b"\xff" * 12
    path.write_bytes(raw)
    return [path]


def _other_columns(place: Path) -> list[Path]:
    parquet.write_table(pa.table({"a": [1]}), place / "a.parquet")
    return [place / "a.parquet"]


def _numbers_for_times(place: Path) -> list[Path]:
    path = of_statements(place / "a.parquet", {})
    table = parquet.read_table(path)
    parquet.write_table(table.set_column(table.schema.get_field_index("created_at"), "created_at", pa.array([1])), path)
    return [path]


def _another_csv(place: Path) -> list[Path]:
    (place / "a.csv").write_text("a,b\n1,2\n")
    return [place / "a.csv"]


def _both_kinds(place: Path) -> list[Path]:
    return [of_statements(place / "a.parquet", {}), of_statistics(place / "s.parquet", ("2024-01-01", "TikTok", "category", VIOLENCE, 1))]


def _twice(place: Path) -> list[Path]:
    return [of_statements(place / "a.parquet", {})] * 2


def _twice_by_folder(place: Path) -> list[Path]:
    return [of_statements(place / "a.parquet", {}), place]


def _a_copy(place: Path) -> list[Path]:
    shutil.copy(of_statements(place / "a.parquet", {}), place / "a (1).parquet")
    return [place]


def _a_day_of_all_and_of_one(place: Path) -> list[Path]:
    tables.csv(place / "sor-global-2025-07-01-full.csv", {})
    tables.csv(place / "sor-tiktok-2025-07-01-full.csv", {}, {})
    return [place]


def _full_and_light(place: Path) -> list[Path]:
    tables.csv(place / "sor-global-2025-07-01-full.csv", {})
    tables.csv(place / "sor-global-2025-07-01-light.csv", {}, {})
    return [place]


def _whole_and_part(place: Path) -> list[Path]:
    tables.csv(place / "sor-global-2025-07-01-full.csv", {})
    tables.csv(place / "sor-global-2025-07-01-full-00000.csv", {}, {})
    return [place]


def _a_part_and_what_was_in_it(place: Path) -> list[Path]:
    tables.csv(place / "sor-global-2025-07-01-full-00000.csv", {})
    tables.csv(place / "sor-global-2025-07-01-full-00000-00000.csv", {}, {})
    return [place]


def _nothing_there(place: Path) -> list[Path]:
    return [place / "none.zip"]


def _an_empty_folder(place: Path) -> list[Path]:
    return [place]


def _an_empty_file(place: Path) -> list[Path]:
    (place / "a.zip").touch()
    return [place / "a.zip"]


def _no_rows(place: Path) -> list[Path]:
    return [of_statements(place / "a.parquet")]


def _only_wrong_days(place: Path) -> list[Path]:
    return [of_statements(place / "a.parquet", {"created_at": "soon"}, {"created_at": "1999-01-01"})]


def _statistics_of_wrong_days(place: Path) -> list[Path]:
    return [of_statistics(place / "s.parquet", ("2019-01-01", "TikTok", "category", VIOLENCE, 1))]


def _statistics_of_nobody(place: Path) -> list[Path]:
    return [of_statistics(place / "s.parquet", ("2024-01-01", "", "category", VIOLENCE, 1))]


def _statistics_that_repeat(place: Path) -> list[Path]:
    row = ("2024-01-01", "TikTok", "category", VIOLENCE)
    return [
        of_statistics(place / "s.parquet", (*row, 1)),
        of_statistics(place / "t.parquet", (*row, 1), (*row[:2], "decision_account", CLOSED, 2)),
    ]


def _statistics_below_zero(place: Path) -> list[Path]:
    return [of_statistics(place / "s.parquet", ("2024-01-01", "TikTok", "category", VIOLENCE, -1))]


def _statistics_without_a_column(place: Path) -> list[Path]:
    parquet.write_table(STATISTICS.empty_table().drop_columns(["platform"]), place / "s.parquet")
    return [place / "s.parquet"]


def _statistics_without_a_day(place: Path) -> list[Path]:
    path = of_statistics(place / "s.parquet", ("2024-01-01", "TikTok", "category", VIOLENCE, 1))
    parquet.write_table(parquet.read_table(path).set_column(0, "start_date", pa.array([None], pa.date32())), path)
    return [path]


def _an_empty_zip(place: Path) -> list[Path]:
    zipfile.ZipFile(place / "a.zip", "w").close()
    return [place / "a.zip"]


BAD: dict[Make, str] = {
    _no_parquet: "a.parquet: not Parquet, or cut short (",
    _cut_short: "a.parquet: not Parquet, or cut short (",
    _damaged_inside: "the input cannot be counted: ",
    _other_columns: "a.parquet: has no column 'uuid'; give statements of reasons or a statistics table",
    _numbers_for_times: "a.parquet: the column 'created_at' holds numbers; give text, or a time as a timestamp",
    _another_csv: "a.csv: its header lacks uuid and 15 other columns",
    _both_kinds: "count the same decisions; ingest one of them at a time",
    _twice: "a file of this name is given twice",
    _twice_by_folder: "a file of this name is given twice",
    _a_copy: "a.parquet: the same bytes as ",
    _a_day_of_all_and_of_one: "sor-tiktok-2025-07-01-full.csv and sor-global-2025-07-01-full.csv hold the same decisions",
    _full_and_light: "sor-global-2025-07-01-light.csv and sor-global-2025-07-01-full.csv hold the same decisions",
    _whole_and_part: "hold the same decisions",
    _a_part_and_what_was_in_it: "hold the same decisions",
    _nothing_there: "none.zip: there is no such file or folder; name a dump",
    _an_empty_folder: ": no input here (.zip, .parquet, .csv); name the folder that holds them",
    _an_empty_file: "a.zip: it is no zip, or its end is missing",
    _no_rows: "none of 0 rows can be counted as a figure",
    _only_wrong_days: "a.parquet:1: 'soon' is no date",
    _statistics_of_wrong_days: "TikTok, 2019-01-01: '2019-01-01' is before the database opened",
    _statistics_of_nobody: "no platform is named",
    _statistics_without_a_day: "s.parquet: TikTok, : no day is given",
    _an_empty_zip: "a.zip: there is no CSV part in it",
    _statistics_that_repeat: f"t.parquet: TikTok, 2024-01-01, {VIOLENCE}: stands twice",
    _statistics_below_zero: f"s.parquet: TikTok, 2024-01-01, {VIOLENCE}: counts no decision",
    _statistics_without_a_column: "s.parquet: has no column 'uuid'",
}


@pytest.fixture
def out(tmp_path: Path, base: Path) -> Path:
    """A folder with a good ingested graph in it, and with somebody's own files."""
    (tmp_path / "good").mkdir()
    kg.ingest(of_statements(tmp_path / "good" / "a.parquet", {}), out=tmp_path / "out", graph=base)
    (tmp_path / "out" / "data-mine").mkdir()
    (tmp_path / "out" / "data-mine" / "notes.txt").write_text("mine")
    (tmp_path / "out" / "my.txt").write_text("mine")
    return tmp_path / "out"


@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__.strip("_"))
def test_what_cannot_be_counted_is_told_in_short_and_leaves_the_last_good_content(
    tmp_path: Path, base: Path, out: Path, capsys: Said, make: Make
) -> None:
    (tmp_path / "in").mkdir()
    before = files(out)
    paths = make(tmp_path / "in")
    assert main(["ingest", "dsa", *map(str, paths), "--out", str(out), "--graph", str(base), "--by", "day"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert BAD[make] in said.err
    assert len(said.err) < 800
    assert files(out) == before


def test_dumps_of_several_platforms_and_parts_of_one_dump_are_no_repetition(tmp_path: Path, base: Path) -> None:
    for n, name in enumerate(
        ("tiktok-2025-07-01-full", "x-2025-07-01-full", "global-2025-07-02-full-00000", "global-2025-07-02-full-00001")
    ):
        tables.csv(tmp_path / f"sor-{name}.csv", {"created_at": f"2025-07-0{n // 2 + 1} 00:00:00"}, first=n + 1)
    assert kg.ingest(tmp_path, out=tmp_path / "out", graph=base)["rows"]["figure"] == 4


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ('["\\ud800"]', ['["\\ud800"]']),
        ("[" * 5_000, ["[" * 5_000]),
        ('[["A"]]', ['[["A"]]']),
        ('["A",null,1e999,01]', ['["A",null,1e999,01]']),
        ('["A",null,1e999,true]', ["1e999", "A", "null", "true"]),
    ],
    ids=lambda value: str(value)[:20],
)
def test_an_odd_list_is_kept_as_it_is_written(tmp_path: Path, base: Path, cell: str, codes: list[str]) -> None:
    path = tables.csv(tmp_path / "a.csv", {"decision_visibility": cell}, {})
    manifest = kg.ingest(path, out=tmp_path / "out", graph=base)
    assert (manifest["rows"]["figure"], manifest["unmatched"]) == (2, codes)


def test_what_cannot_be_said_is_told_in_one_line(tmp_path: Path, base: Path) -> None:
    path = of_statements(tmp_path / "a.parquet", {})
    command = [sys.executable, "-m", "kg", "ingest", "dsa", str(path), "--graph", str(base), "--out", str(tmp_path / "out"), "--json"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        2, "kg: what it has to say cannot be written (No space left on device); free space or name another place\n"
    )  # fmt: skip


def test_a_name_in_capitals_is_found_in_a_folder(tmp_path: Path, base: Path) -> None:
    (tmp_path / "in").mkdir()
    tables.csv(tmp_path / "in" / "X.CSV", {})
    of_statements(tmp_path / "in" / "Y.PARQUET", {}, first=2)
    assert kg.ingest(tmp_path / "in", out=tmp_path / "out", graph=base)["rows"]["figure"] == 2


def test_a_decision_without_a_uuid_or_with_anothers_has_no_name(tmp_path: Path, base: Path) -> None:
    for uuid in ("", "a b", "x> <y", "{0000000-0000-0000-0000-00000000001}"):
        path = of_statements(tmp_path / "a.parquet", {"uuid": uuid}, {})
        with pytest.raises(KgError, match="1 decisions have no UUID"):
            kg.ingest(path, out=tmp_path / "out", graph=base, rows=True)
        assert kg.ingest(path, out=tmp_path / "out", graph=base)["rows"]["figure"] == 2
    with pytest.raises(KgError, match="1 decisions stand twice, such as 00000000-0000-0000-0000-000000000001"):
        kg.ingest(
            of_statements(tmp_path / "b.parquet", {}, {"uuid": tables.rows({})[0]["uuid"]}), out=tmp_path / "b", graph=base, rows=True
        )


def test_a_name_that_looks_like_a_pattern_or_sql_is_that_file_and_no_other(tmp_path: Path, base: Path) -> None:
    place = tmp_path / "it's [a] {b} *"
    place.mkdir()
    of_statements(place / "x1.parquet", {}, {}, {})
    wanted = of_statements(place / "x[1].parquet", {})
    kg.ingest(wanted, out=place / "out", graph=base)
    assert [(row["value"], row["file"]) for row in tables.figures(place / "out")] == [(1, ["x[1].parquet"])]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--graph", "none"], "none: there is no graph here; run 'kg build' first"),
        (["--dimensions", "penaly"], "'penaly' is not known here; did you mean 'penalty'?"),
        (["--rows", "--dimensions", "accountType"], "a decision says what was done; with 'rows' keep 'penalty' among the dimensions"),
        (["--out", "a.parquet"], "a.parquet: cannot be written (File exists"),
        (["--out", "a.parquet/deeper"], "cannot be written (Not a directory"),
        (["--out", "/proc/nowhere"], "/proc/nowhere: cannot be written ("),
        (["--graph", "a.nt"], "a.nt: not a built graph; run 'kg build' first"),
    ],
)
def test_a_slip_of_the_command_is_told(
    tmp_path: Path, base: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    of_statements(tmp_path / "a.parquet", {})
    shutil.copy(base / GRAPH, tmp_path / "a.nt")
    assert main(["ingest", "dsa", "a.parquet", "--graph", str(base), *arguments]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "dsa" / MANIFEST).exists()


def test_statistics_have_no_rows_of_decisions(tmp_path: Path, base: Path, capsys: Said) -> None:
    table = of_statistics(tmp_path / "s.parquet", ("2024-01-01", "TikTok", "category", VIOLENCE, 1))
    assert main(["ingest", "dsa", str(table), "--graph", str(base), "--out", str(tmp_path / "out"), "--rows"]) == 2
    assert capsys.readouterr().err == "kg ingest: a table of statistics tells no single decisions; leave out --rows\n"


def test_a_graph_without_the_campaign_is_not_joined(tmp_path: Path, capsys: Said) -> None:
    from tests.documents import folder

    kg.build(folder(tmp_path), tmp_path / "graph")
    of_statements(tmp_path / "a.parquet", {})
    assert main(["ingest", "dsa", str(tmp_path / "a.parquet"), "--graph", str(tmp_path / "graph"), "--out", str(tmp_path / "out")]) == 2
    assert "says nothing of campaign/dsa-transparency-database; build it from the shipped facts" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_without_paths_python_says_so_too(base: Path) -> None:
    with pytest.raises(SourceError, match="no input was named"):
        kg.ingest(graph=base)


def test_the_manifest_is_printed_as_json_or_told_in_words(tmp_path: Path, base: Path, capsys: Said) -> None:
    of_statements(tmp_path / "a.parquet", {}, {"created_at": "soon"}, {"account_type": "NEW"})
    command = ["ingest", "dsa", str(tmp_path / "a.parquet"), "--graph", str(base), "--out", str(tmp_path / "out")]
    assert main([*command, "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == json.loads((tmp_path / "out" / MANIFEST).read_bytes())
    assert said.err == ""
    assert main(command) == 0
    said = capsys.readouterr()
    assert "2 figures, " in said.out
    assert [line.split()[-1] for line in said.out.splitlines()[1:]] == ["3", "2", "1"]
    assert "kept verbatim: NEW\n" in said.err
    assert f"{content(tmp_path / 'out') / 'rejects.jsonl'}\n" in said.err


def test_other_peoples_files_in_the_folder_stay(tmp_path: Path, base: Path, out: Path) -> None:
    old = content(out)
    kg.ingest(of_statements(tmp_path / "b.parquet", {}, {}), out=out, graph=base)
    assert not old.exists()
    assert sorted(path.name for path in out.iterdir() if path.name != ".lock") == sorted(
        ["data-mine", "my.txt", MANIFEST, content(out).name]
    )
    assert (out / "data-mine" / "notes.txt").read_text() == (out / "my.txt").read_text() == "mine"


# ── A stop at any moment ───────────────────────────────────────────────────────────────────────────────────────

# An ingestion that is killed just before the Nth of the steps that touch the disk.
KILLED = killed(
    "kg.ingest(sys.argv[2], out=sys.argv[3], graph=sys.argv[4], rows=True)", "from kg.ingestion import folder, running, writing",
    "tempfile.mkdtemp", "tempfile.mkstemp", "os.fsync", "Path.rename", "Path.replace", "Path.unlink", "shutil.rmtree",
    "running.count", "running.write", "running.load", "writing._Read", "running.counts", "folder._sweep",
)  # fmt: skip


def ended(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program, *map(str, arguments)], capture_output=True, text=True, check=False)


def graph_of(out: Path) -> bytes:
    """The graph's lines, after it was opened and all of it was counted."""
    graph = kg.open(out)
    lines = (content(out) / GRAPH).read_bytes()
    assert len(graph) == graph.manifest["triples"] == lines.count(b"\n")
    return lines


def test_an_ingestion_killed_at_any_step_leaves_a_whole_graph_and_the_next_no_orphan(tmp_path: Path, base: Path) -> None:
    old, new = of_statements(tmp_path / "old.parquet", {}), of_statements(tmp_path / "new.parquet", {}, {})
    out = tmp_path / "out"
    found = {}
    for name, path in (("old", old), ("new", new)):
        kg.ingest(path, out=tmp_path / name, graph=base, rows=True)
        found[name] = graph_of(tmp_path / name)
    left = set()
    for step in itertools.count(1):
        kg.ingest(old, out=out, graph=base, rows=True)
        assert sorted(path.name for path in out.iterdir() if path.name != ".lock") == sorted([MANIFEST, content(out).name]), step
        done = ended(KILLED, step, new, out, base)
        assert graph_of(out) in found.values()
        left.add(graph_of(out))
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert left == set(found.values())
    assert step > 12


def test_a_first_ingestion_that_is_killed_leaves_no_graph_and_the_next_completes(tmp_path: Path, base: Path) -> None:
    path, out = of_statements(tmp_path / "a.parquet", {}), tmp_path / "out"
    assert ended(KILLED, 6, path, out, base).returncode == -signal.SIGKILL
    with pytest.raises(SourceError, match="there is no graph here"):
        kg.open(out)
    kg.ingest(path, out=out, graph=base)
    assert sorted(path.name for path in out.iterdir() if path.name != ".lock") == sorted([MANIFEST, content(out).name])
    assert graph_of(out)


def test_two_at_once_into_one_folder_leave_one_of_them_whole(tmp_path: Path, base: Path) -> None:
    paths = [of_statements(tmp_path / f"{n}.parquet", *[{}] * n) for n in (1, 2)]
    command = [sys.executable, "-m", "kg", "ingest", "dsa", "--json", "--graph", str(base), "--out", str(tmp_path / "out")]
    running = [subprocess.Popen([*command, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for path in paths]
    said = [(each.communicate(), each.returncode) for each in running]
    assert [code for _, code in said] == [0, 0], said
    manifests = [json.loads(told[0]) for told, _ in said]
    assert kg.open(tmp_path / "out").manifest in manifests
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if path.name != ".lock") == sorted(
        [MANIFEST, content(tmp_path / "out").name]
    )


# A disk with room for so many bytes a file; beyond them the system says "File too large" instead of "No space left".
FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from kg.cli import main
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize("room", [1_000, 20_000, 1_000_000, 3_000_000])
def test_a_disk_that_fills_leaves_the_last_good_content(tmp_path: Path, base: Path, out: Path, room: int) -> None:
    before = files(out)
    path = of_statements(tmp_path / "a.parquet", *[{"category": f"C{n}"} for n in range(3_000)])
    done = ended(FULL, room, "ingest", "dsa", path, "--out", out, "--graph", base, "--rows")
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "Traceback" not in done.stderr
    assert "cannot be written" in done.stderr
    assert files(out) == before


# ── What opening finds ─────────────────────────────────────────────────────────────────────────────────────────


def _without_manifest(out: Path) -> None:
    (out / MANIFEST).unlink()


def _another_manifest(out: Path) -> None:
    (out / MANIFEST).write_text("[]")


def _without_store(out: Path) -> None:
    shutil.rmtree(content(out) / STORE)


def _without_content(out: Path) -> None:
    shutil.rmtree(content(out))


def _store_cut(out: Path) -> None:
    path = max((content(out) / STORE).iterdir(), key=lambda path: path.stat().st_size)
    os.truncate(path, path.stat().st_size // 2)


def _store_without_a_table(out: Path) -> None:
    max((content(out) / STORE).glob("*.sst"), key=lambda path: path.stat().st_size).unlink()


def _a_manifest_that_leads_out(out: Path) -> None:
    manifest = json.loads((out / MANIFEST).read_bytes())
    (out / MANIFEST).write_text(json.dumps(manifest | {"content": 7}))


@pytest.mark.parametrize(
    "damage",
    [
        _without_manifest,
        _another_manifest,
        _without_store,
        _without_content,
        _store_cut,
        _store_without_a_table,
        _a_manifest_that_leads_out,
    ],
)
def test_a_damaged_result_is_refused_and_ingested_anew(tmp_path: Path, base: Path, out: Path, damage: Callable[[Path], None]) -> None:
    damage(out)
    with pytest.raises(SourceError, match=r"run 'kg (ingest' again|build' first)"):
        kg.open(out)
    kg.ingest(of_statements(tmp_path / "b.parquet", {}), out=out, graph=base)
    assert graph_of(out)


def test_a_result_is_opened_by_many_and_changed_by_none(out: Path) -> None:
    before = files(out)
    readers = [kg.open(out) for _ in range(3)]
    for reader in readers:
        assert kg.query(reader, "ASK { ?x enf:basis <basis/row> }")[0]["answer"]
    assert files(out) == before
