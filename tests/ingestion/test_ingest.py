"""From rows to figures: every row is counted once, in the data set's own words, and the same bytes come of the same rows."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

import kg
from benchmarks import statements as synthetic
from kg.cli import main
from kg.errors import QueryError
from kg.graph import Graph
from kg.ingestion.figures import identified
from kg.questions import questions
from kg.vocabulary import BASE
from tests.ingestion import tables
from tests.ingestion.statements import packed, statement, text
from tests.ingestion.tables import CLOSED, REMOVED, SCAMS, VIOLENCE, added, counted, figures, of_statements, of_statistics, rejects, told

BOTH = {"decision_account": CLOSED}
MARGINALS = (
    ("2024-01-01", "TikTok", "decision_account", CLOSED, 5),
    ("2024-01-31", "TikTok", "decision_account", CLOSED, 7),
    ("2024-01-31", "TikTok", "category", VIOLENCE, 9),
    ("2024-02-01", "TikTok", "category", VIOLENCE, 2),
)
LEFT_OUT = {
    "zero": ("2024-01-05", "TikTok", "category", VIOLENCE, 0),
    "total over platforms": ("2024-01-05", None, "category", VIOLENCE, 9),
    "another column": ("2024-01-05", "TikTok", "content_type", "CONTENT_TYPE_TEXT", 9),
    "a subset or a length": ("2024-01-05", "TikTok", "decision_account", CLOSED, 3, "with_end_date"),
    "no code given": ("2024-01-05", "TikTok", "category", None, 4),
}


def test_statistics_become_one_figure_a_value_of_one_column_and_every_row_is_accounted_for(tmp_path: Path, base: Path) -> None:
    table = of_statistics(tmp_path / "s.parquet", *MARGINALS, *LEFT_OUT.values())
    manifest = kg.ingest(table, out=tmp_path / "out", graph=base)
    assert told(tmp_path / "out") == {
        f"platform=TikTok; start_date=2024-01; column=decision_account; variant={CLOSED}": 12,
        f"platform=TikTok; start_date=2024-01; column=category; variant={VIOLENCE}": 9,
        f"platform=TikTok; start_date=2024-02; column=category; variant={VIOLENCE}": 2,
    }
    assert manifest["rows"] == {"read": 9, "figure": 4, **dict.fromkeys(LEFT_OUT, 1), "more than one day": 0}


def test_by_day_statistics_stay_as_they_were_published(tmp_path: Path, base: Path) -> None:
    kg.ingest(of_statistics(tmp_path / "s.parquet", *MARGINALS), out=tmp_path / "out", graph=base, by="day")
    assert told(tmp_path / "out") == {
        f"platform={name}; start_date={day}; column={column}; variant={variant}": count for day, name, column, variant, count in MARGINALS
    }
    assert all(row["from"] == row["to"] for row in figures(tmp_path / "out"))


def test_a_month_reaches_from_the_first_to_the_last_day_that_was_read(tmp_path: Path, base: Path) -> None:
    kg.ingest(of_statistics(tmp_path / "s.parquet", *MARGINALS), out=tmp_path / "out", graph=base)
    assert {(row["from"], row["to"]) for row in figures(tmp_path / "out")} == {("2024-01-01", "2024-01-31"), ("2024-02-01", "2024-02-01")}


def test_marginals_are_never_combined_into_penalty_by_violation(tmp_path: Path, base: Path) -> None:
    kg.ingest(of_statistics(tmp_path / "s.parquet", *MARGINALS), out=tmp_path / "out", graph=base)
    graph = kg.open(tmp_path / "out")
    for other in ("violation", "accountType", "automation"):
        assert not kg.query(graph, f"ASK {{ ?figure enf:basis <{BASE}basis/row> ; enf:penalty ?p ; enf:{other} ?v }}")[0]["answer"]
    assert kg.query(graph, f"ASK {{ ?figure enf:basis <{BASE}basis/row> ; enf:penalty <{BASE}penalty/closure> }}")[0]["answer"]


def test_the_real_statistics_add_up(tmp_path: Path, base: Path) -> None:
    name = os.environ.get("ENFORCEMENT_KG_STATISTICS")
    if not name:
        pytest.skip("ENFORCEMENT_KG_STATISTICS does not name shantay's statistics table (builtin.parquet)")
    manifest = kg.ingest(name, out=tmp_path / "out", graph=base)
    rows = dict(manifest["rows"])
    assert (rows.pop("read"), rows["zero"]) == (4_403_370, 1_577_876)
    assert sum(rows.values()) == 4_403_370
    assert manifest["unmatched"] == ["KEYWORD_OTHER", "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE"]


def test_figures_of_a_dump_are_those_that_plain_python_counts(tmp_path: Path, base: Path) -> None:
    dump = synthetic.write(tmp_path / "dump", 3_000, days=3)
    kg.ingest(tmp_path / "dump", out=tmp_path / "out", graph=base)
    same = synthetic.write(tmp_path / "same", 3_000, days=3, as_parquet=True)
    found = [row for table in same for row in parquet.read_table(table).to_pylist()]
    assert len(found) == 3_000
    assert told(tmp_path / "out") == counted(found)
    assert {name for row in figures(tmp_path / "out") for name in row["file"]} == {path.name for path in dump}


@pytest.mark.parametrize("sample", ["sor-sample-v1-2024.csv", "sor-sample-v2-2025-07-01.csv"])
def test_real_rows_are_counted_as_the_csv_module_reads_them(tmp_path: Path, base: Path, shared: Path, sample: str) -> None:
    path = shared / "dsa" / sample
    kg.ingest(path, out=tmp_path / "out", graph=base, by="day")
    with path.open(encoding="utf-8", newline="") as file:
        assert told(tmp_path / "out") == counted(csv.DictReader(file), length=10)


def test_parquet_gives_the_same_graph_as_the_dump_but_for_the_name_of_the_file(tmp_path: Path, base: Path) -> None:
    (dump,) = synthetic.write(tmp_path / "zip", 1_000)
    (table,) = synthetic.write(tmp_path / "parquet", 1_000, as_parquet=True)
    lines = []
    for path, out in ((dump, tmp_path / "a"), (table, tmp_path / "b")):
        kg.ingest(path, out=out, graph=base, rows=True)
        lines.append([line for line in added(out, base) if "ontology#file>" not in line])
    assert lines[0] == lines[1]


def test_an_array_may_be_a_list_or_json_text_and_its_order_says_nothing(tmp_path: Path, base: Path) -> None:
    one, other = f'["{REMOVED}","DECISION_VISIBILITY_OTHER"]', f'["DECISION_VISIBILITY_OTHER","{REMOVED}"]'
    given = [{"decision_visibility": value} for value in (one, other, one, "[]", "")]
    texts = of_statements(tmp_path / "t.parquet", *given)
    lists = of_statements(tmp_path / "l.parquet", *given, lists=["decision_visibility"], first=6)
    for path in (texts, lists):
        kg.ingest(path, out=tmp_path / path.stem, graph=base)
        assert sorted(told(tmp_path / path.stem).values()) == [2, 3]
    kg.ingest(texts, lists, out=tmp_path / "both", graph=base, rows=True)
    assert sorted(told(tmp_path / "both").values()) == [4, 6]


def test_inputs_of_different_shapes_are_counted_together(tmp_path: Path, base: Path) -> None:
    part = tables.csv(tmp_path / "a.csv", {}, BOTH)
    table = of_statements(tmp_path / "b.parquet", {}, BOTH, BOTH, first=3)
    kg.ingest(part, table, out=tmp_path / "out", graph=base, rows=True)
    assert sorted((row["value"], row["file"]) for row in figures(tmp_path / "out")) == [
        (2, ["a.csv", "b.parquet"]),
        (3, ["a.csv", "b.parquet"]),
    ]


def test_a_figure_of_a_month_names_exactly_the_files_that_it_counts(tmp_path: Path, base: Path) -> None:
    for day in (1, 2, 31):
        row = {"created_at": f"2025-07-{day:02} 10:00:00"}
        of_statements(tmp_path / f"{day}.parquet", row, *([row | BOTH] if day != 2 else []), first=10 * day)
    kg.ingest(*(tmp_path / f"{day}.parquet" for day in (1, 2, 31)), out=tmp_path / "out", graph=base)
    assert sorted((row["value"], row["file"], row["from"], row["to"]) for row in figures(tmp_path / "out")) == [
        (2, ["1.parquet", "31.parquet"], "2025-07-01", "2025-07-31"),
        (3, ["1.parquet", "2.parquet", "31.parquet"], "2025-07-01", "2025-07-31"),
    ]
    files = kg.query(kg.open(tmp_path / "out"), "SELECT ?n { ?f enf:value 3 ; enf:basis <basis/row> ; enf:file ?n } ORDER BY ?n")
    assert [row["n"] for row in files] == ["1.parquet", "2.parquet", "31.parquet"]


def test_a_code_without_a_concept_is_kept_word_for_word_and_reported(tmp_path: Path, base: Path) -> None:
    strange = 'NEW "CODE"\n\\ of 2030'
    manifest = kg.ingest(of_statements(tmp_path / "a.parquet", {"account_type": strange}, {}), out=tmp_path / "out", graph=base)
    assert manifest["unmatched"] == [strange]
    rows = kg.query(kg.open(tmp_path / "out"), "SELECT ?code ?value { ?figure enf:code ?code ; enf:value ?value }")
    assert [tuple(row.values()) for row in rows] == [(strange, 1)]


def test_a_registered_platform_is_found_by_its_name_and_another_is_given_one(tmp_path: Path, base: Path) -> None:
    given = [{"platform_name": name} for name in ("TikTok", "tiktok", "Ünïcode & Sons")]
    manifest = kg.ingest(of_statements(tmp_path / "a.parquet", *given), out=tmp_path / "out", graph=base)
    assert manifest["platforms"] == {"registered": 1, "new": 2}
    found = {row["locator"].partition(";")[0]: row["platform"] for row in figures(tmp_path / "out")}
    assert found["platform_name=TikTok"] == "platform/tiktok"
    assert found["platform_name=tiktok"] != "platform/tiktok"
    new = found["platform_name=Ünïcode & Sons"]
    names = kg.query(
        kg.open(tmp_path / "out"), f"SELECT ?n (LANG(?n) AS ?l) {{ <{BASE}{new}> a enf:Platform ; rdfs:label ?n }} ORDER BY ?l"
    )
    assert [tuple(row.values()) for row in names] == [("Ünïcode & Sons", "en"), ("Ünïcode & Sons", "zh")]


WRONG = (
    {"platform_name": ""}, {"platform_name": " "}, {"platform_name": "[]"}, {"platform_name": "hid\u202eden"}, {"created_at": ""},
    {"created_at": "[]"}, {"created_at": "yesterday"}, {"created_at": "2025-02-30 00:00:00"}, {"created_at": "2019-12-31 00:00:00"},
    {"created_at": "2199-01-01 00:00:00"},
)  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_there_is_a_decision_for_each_counted_row_and_none_for_a_rejected_one(tmp_path: Path, base: Path, form: str) -> None:
    given = [BOTH, *WRONG, {}]
    make = tables.csv if form == "csv" else of_statements
    manifest = kg.ingest(make(tmp_path / f"a.{form}", *given), out=tmp_path / "out", graph=base, rows=True)
    assert manifest["rows"] == {"read": len(given), "figure": 2, "rejected": len(WRONG)}
    assert manifest["counts"]["Decision"] == sum(told(tmp_path / "out").values()) == 2
    decisions = kg.query(kg.open(tmp_path / "out"), "SELECT ?d { ?d a enf:Decision } ORDER BY ?d")
    assert [int(row["d"][-12:], 16) for row in decisions] == [1, len(given)]
    lines = [(each["line"], each["text"][-12:]) for each in rejects(tmp_path / "out")]
    assert sorted(lines) == [(n + (form == "csv"), f"{n:012x}") for n in range(2, len(given))]


def test_a_decision_has_the_penalties_and_reasons_of_its_row_and_no_figure(tmp_path: Path, base: Path) -> None:
    kg.ingest(of_statements(tmp_path / "a.parquet", BOTH), out=tmp_path / "out", graph=base, rows=True)
    decision = "decision/00000000-0000-0000-0000-000000000001"
    rows = kg.query(kg.open(tmp_path / "out"), f"SELECT ?p ?o {{ <{decision}> ?p ?o }} ORDER BY ?p ?o")
    found = [(row["p"].rpartition("#")[2], str(row["o"]).removeprefix(BASE)) for row in rows]
    assert found == [
        ("type", "ontology#Decision"), ("actor", "platform/hotel-hideaway"), ("file", "a.parquet"), ("penalty", "penalty/closure"),
        ("penalty", "penalty/content-removal"), ("platform", "platform/hotel-hideaway"), ("said", "2025-07-01"),
        ("saidEarliest", "2025-07-01"), ("saidLatest", "2025-07-01"), ("source", "source/dsa-statements"), ("violation", "violation/scam"),
    ]  # fmt: skip


def test_figures_are_told_apart_by_the_dimensions_that_are_named_only(tmp_path: Path, base: Path) -> None:
    given = [{"category": VIOLENCE}, {"category": SCAMS}, {"category": SCAMS} | BOTH]
    table = of_statements(tmp_path / "a.parquet", *given)
    manifest = kg.ingest(table, out=tmp_path / "out", graph=base, dimensions=["violation", "violation"])
    assert told(tmp_path / "out") == counted(tables.rows(*given), ["category", "category_addition", "category_specification"])
    assert manifest["dimensions"] == ["violation"]
    assert {row["penalty"] for row in figures(tmp_path / "out")} == {None}


def shuffled(tmp_path: Path) -> Path:
    """Some thousand rows of many kinds, in no order."""
    order = random.Random(7)
    codes = [["", CLOSED, "DECISION_ACCOUNT_SUSPENDED"], [SCAMS, VIOLENCE], ["", "ACCOUNT_TYPE_PRIVATE", "NEW"]]
    given = []
    for _ in range(3_000):
        account, category, kind = map(order.choice, codes)
        name, day = order.choice(["TikTok", "Other 1", "Other 2"]), order.randint(1, 31)
        given.append(
            {"decision_account": account, "category": category, "account_type": kind}
            | {"platform_name": name, "created_at": f"2025-07-{day:02}"}
        )
    of_statements(tmp_path / "in.parquet", *given)
    return tmp_path / "in.parquet"


def written(out: Path) -> dict[str, bytes]:
    return {name: (tables.content(out) / name).read_bytes() for name in ("graph.nt", "figures.parquet", "rejects.jsonl")}


def test_the_same_input_gives_the_same_bytes_with_one_thread_or_more(tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.ingestion import engines

    table, found = shuffled(tmp_path), []
    for threads in (2, 2, 1):
        monkeypatch.setitem(engines.SETTINGS, "threads", threads)
        kg.ingest(table, out=tmp_path / "out", graph=base, rows=True)
        found.append(written(tmp_path / "out"))
    assert found[0] == found[1] == found[2]


def test_figures_stand_in_the_order_of_their_claims_and_decisions_in_that_of_the_rows(tmp_path: Path, base: Path) -> None:
    kg.ingest(shuffled(tmp_path), out=tmp_path / "out", graph=base, rows=True)
    claims = [row["claim"] for row in figures(tmp_path / "out")]
    assert len(claims) == 54
    assert claims == sorted(claims)
    subjects = [line.split(">")[0] for line in added(tmp_path / "out", base) if "/claim/" in line.split(">")[0]]
    assert subjects == sorted(subjects)
    typed = [line for line in added(tmp_path / "out", base) if line.endswith("ontology#Decision> .\n")]
    assert [int(line.split(">")[0][-12:], 16) for line in typed] == list(range(1, 3_001))


CELL = st.sampled_from(
    ["", "[]", CLOSED, f'["{CLOSED}"]', f'["{REMOVED}","{CLOSED}"]', f'["{CLOSED}","{REMOVED}"]', "NEW", 'a "b"\n', "[broken"]
)
ROW = st.fixed_dictionaries(
    {
        "decision_account": CELL, "category": st.sampled_from([SCAMS, VIOLENCE, "", "MADE_UP"]),
        "platform_name": st.sampled_from(["TikTok", "TikTok ", "A & B", "A-B", "快手", "", " ", "[]", "x\0y", "it's \\"]),
        "created_at": st.sampled_from(["2025-07-01 00:00:00", "2025-07-02", "2025-08-01", "", "[]", "2025-02-30", "1999-01-01", "soon"]),
    }
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=12), st.booleans())
def test_every_row_is_counted_or_rejected_with_file_line_and_reason(base: Path, given: list[dict[str, str]], as_csv: bool) -> None:
    good = [{"decision_account": "", "platform_name": "TikTok", "created_at": "2025-07-03", "category": SCAMS}]
    with tempfile.TemporaryDirectory() as place:
        make = tables.csv if as_csv else of_statements
        path = make(Path(place, "a.csv" if as_csv else "a.parquet"), *good, *given)
        rows = kg.ingest(path, out=Path(place, "out"), graph=base)["rows"]
        found, left = told(Path(place, "out")), rejects(Path(place, "out"))
        assert rows["read"] == len(given) + 1 == sum(found.values()) + sum(each["records"] for each in left)
        assert (rows["figure"], rows["rejected"]) == (sum(found.values()), len(left))
        assert all(each["file"] == path.name and each["line"] and each["reason"] for each in left)
        lines = {each["line"] for each in left}
        assert len(lines) == len(left)
        added(Path(place, "out"), base)


@pytest.fixture(scope="module")
def joined(built: kg.builder.Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All shipped facts with some decisions beside them."""
    place = tmp_path_factory.mktemp("joined")
    kg.build(out=place / "build")
    kg.ingest(shuffled(place), out=place / "out", graph=place / "build")
    return place / "out"


@pytest.mark.parametrize("name", sorted(questions()))
def test_every_question_is_answered_over_figures_the_same_by_table_and_by_store(joined: Path, name: str) -> None:
    graph = kg.open(joined)
    assert list(kg.query(graph, name)) == list(kg.query(Graph(graph.origin, graph.manifest), name))


COLUMNS = "# columns: SELECT content AS x FROM read_text('{}')\n"
ASKED = COLUMNS + "SELECT ?x WHERE {{ {{ SELECT ?x {{ ?x a enf:Nothing }} }} }}"


def test_a_free_query_runs_no_sql_of_its_comments_and_a_file_of_questions_reads_no_other_file(joined: Path, tmp_path: Path) -> None:
    secret, asked = tmp_path / "secret.txt", tmp_path / "asked.rq"
    secret.write_text("secret", "utf-8")
    asked.write_text(ASKED.format(secret), "utf-8")
    assert list(kg.query(kg.open(joined), ASKED.format(secret))) == []
    with pytest.raises(QueryError, match="'# columns:' cannot be answered"):
        kg.query(kg.open(joined), str(asked))


def test_one_figure_is_looked_up_and_tells_why(joined: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kg.cli import main

    row = max(figures(joined), key=lambda row: (row["value"], row["claim"]))
    found = kg.query(kg.open(joined), f"SELECT ?value ?locator {{ <{row['claim']}> enf:value ?value ; enf:locator ?locator }}")
    assert [tuple(each.values()) for each in found] == [(row["value"], row["locator"])]
    assert main(["why", row["claim"], "--graph", str(joined)]) == 0
    said = capsys.readouterr().out
    assert row["claim"] in said
    assert f"text      {row['value']}" in said


def test_the_result_is_exported_drawn_and_opened_again(joined: Path, tmp_path: Path) -> None:
    graph = kg.open(joined)
    kg.export(graph, tmp_path / "claims.csv", tmp_path / "graph.nt")
    with (tmp_path / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        claims = [row for row in csv.DictReader(file) if row["source"].endswith("dsa-statements")]
    assert len([row for row in claims if row.get("text")]) == len(figures(joined))
    assert "<html" in kg.view(graph).html[:300]
    assert len(kg.open(joined)) == len(graph)


def test_figures_of_another_period_join_an_ingested_graph_and_the_same_ones_are_refused(tmp_path: Path, base: Path) -> None:
    july, august = ({"created_at": f"2025-{month}-01 00:00:00"} for month in ("07", "08"))
    first = of_statements(tmp_path / "07.parquet", july)
    second = of_statements(tmp_path / "08.parquet", august, first=2)
    kg.ingest(first, out=tmp_path / "a", graph=base)
    kg.ingest(second, out=tmp_path / "b", graph=tmp_path / "a")
    assert [row["from"] for row in figures(tmp_path / "b")] == ["2025-07-01", "2025-08-01"]
    with pytest.raises(
        kg.errors.SourceError, match=r"1 figures are in the graph already, such as claim/dsa-statements/hotel-hideaway-2025-08-"
    ):
        kg.ingest(second, out=tmp_path / "c", graph=tmp_path / "b")


def test_the_same_decisions_told_by_other_properties_or_periods_are_not_added_to_a_graph(tmp_path: Path, base: Path) -> None:
    rows = of_statements(tmp_path / "07.parquet", {"created_at": "2025-07-01 00:00:00"}, {"created_at": "2025-07-03 00:00:00"})
    kg.ingest(rows, out=tmp_path / "a", graph=base)
    for other in ({"by": "day"}, {"dimensions": ["penalty"]}):
        with pytest.raises(
            kg.errors.SourceError, match=r"platform/hotel-hideaway, 2025-07-0[13] to 2025-07-0[13]: decisions of these days"
        ):
            kg.ingest(rows, out=tmp_path / "b", graph=tmp_path / "a", **other)
    assert not (tmp_path / "b" / "manifest.json").exists()


def test_a_code_that_stands_in_anothers_column_is_no_fact_but_reported(tmp_path: Path, base: Path) -> None:
    rows = of_statements(tmp_path / "a.parquet", {"category": "DECISION_ACCOUNT_TERMINATED", "decision_account": "KEYWORD_PHISHING"})
    told = kg.ingest(rows, out=tmp_path / "a", graph=base)
    assert told["unmatched"] == ["DECISION_ACCOUNT_TERMINATED", "KEYWORD_PHISHING"]
    [figure] = figures(tmp_path / "a")
    assert figure["code"] == ["DECISION_ACCOUNT_TERMINATED", "KEYWORD_PHISHING"]
    assert "penalty/closure" not in (figure["violation"] or [])


def test_a_graph_can_be_added_to_where_it_stands(tmp_path: Path, base: Path) -> None:
    for month in ("07", "08"):
        rows = of_statements(tmp_path / f"{month}.parquet", {"created_at": f"2025-{month}-01 00:00:00"}, first=int(month))
        kg.ingest(rows, out=tmp_path / "a", graph=tmp_path / "a" if month == "08" else base)
    assert [row["from"] for row in figures(tmp_path / "a")] == ["2025-07-01", "2025-08-01"]
    assert len(list((tmp_path / "a").glob("data-*"))) == 1


def test_built_and_ingested_graphs_share_no_folder(tmp_path: Path, base: Path) -> None:
    rows = of_statements(tmp_path / "a.parquet", {})
    whole = shutil.copytree(base, tmp_path / "build")
    with pytest.raises(kg.errors.SourceError, match="build: holds a graph of 'kg build', which this one is joined to; name another"):
        kg.ingest(rows, out=whole, graph=whole)
    assert len(kg.open(whole)) == len(kg.open(base))
    kg.ingest(rows, out=tmp_path / "a", graph=base)
    with pytest.raises(kg.errors.SourceError, match="a: holds a graph of 'kg ingest'; name another folder with --out"):
        kg.build(out=tmp_path / "a")
    assert len(figures(tmp_path / "a")) == 1


def test_days_without_a_row_between_the_first_and_the_last_are_told(tmp_path: Path, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = ("2025-07-01", "2025-07-02", "2025-07-05")
    table = of_statements(tmp_path / "a.parquet", *({"created_at": f"{day} 00:00:00"} for day in days))
    assert main(["ingest", "dsa", str(table), "--out", str(tmp_path / "out"), "--graph", str(base)]) == 0
    assert json.loads((tmp_path / "out" / "manifest.json").read_bytes())["gaps"] == ["2025-07-03", "2025-07-04"]
    assert "no rows of 2 days between the first and the last" in capsys.readouterr().err


def test_which_dumps_were_verified_is_told_and_kept(tmp_path: Path, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = (packed(tmp_path, [text([statement(day)])], f"sor-global-2025-07-0{day}-full") for day in (1, 2))
    other.with_name(f"{other.name}.sha1").unlink()
    assert main(["ingest", "dsa", str(one), str(other), "--out", str(tmp_path / "out"), "--graph", str(base)]) == 0
    kept = {each["file"]: each["sha1"] for each in json.loads((tmp_path / "out" / "manifest.json").read_bytes())["inputs"]}
    assert kept == {one.name: hashlib.sha1(one.read_bytes()).hexdigest(), other.name: None}
    assert f"not verified, for no .sha1 file tells what they have to be: {other.name}" in " ".join(capsys.readouterr().err.split())


def test_a_platforms_id_depends_on_no_other_name() -> None:
    names = ["A-B", "A & B", "A B", "a.b"]
    together = identified(names, {})
    assert together == {name: identified([name], {})[name] for name in names}
    assert len(set(together.values())) == len(names)


def test_every_question_is_answered_over_figures_that_are_told_by_one_property_alone(tmp_path: Path, base: Path) -> None:
    kg.ingest(of_statements(tmp_path / "a.parquet", {}, BOTH), out=tmp_path / "out", graph=base, dimensions=["violation"])
    graph = kg.open(tmp_path / "out")
    asked = {name: kg.query(graph, name) for name in questions() if name.endswith("-by-platform")}
    assert asked["violations-by-platform"]
    assert all(row["measure"] for row in asked["penalties-by-platform"])  # of campaigns alone
