"""Who says what: cells, sentences, tallies, other references, other days, and every form that the verb prints."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.cli import main
from kg.comparison import compare
from kg.comparison.matrix import matrix
from kg.errors import QueryError
from kg.formats import export
from kg.graph import Graph
from tests.samples import with_rows

CAMPAIGN, DSA = "cac-self-media-2023", "dsa-transparency-database"


def _run(capsys: pytest.CaptureFixture[str], graph_folder: str, *arguments: str) -> str:
    assert main(["compare", CAMPAIGN, "--graph", graph_folder, *arguments]) == 0
    return capsys.readouterr().out


@pytest.fixture(scope="session")
def folder(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The shipped graph as a file that the command line can open."""
    path = tmp_path_factory.mktemp("compare") / "graph.nt"
    export(graph, path)
    return str(path)


def test_every_claim_of_a_campaign_is_a_cell(graph: Graph) -> None:
    cells = compare(graph, CAMPAIGN)
    claims = [cell.claim for cell in cells if cell.claim]
    asked = graph.store.query(
        f"""PREFIX enf: <https://w3id.org/enforcement-kg/ontology#> SELECT DISTINCT ?c {{
        ?c enf:subject|(enf:subject/enf:campaign) <https://w3id.org/enforcement-kg/campaign/{CAMPAIGN}> }}"""
    )
    assert sorted(claims) == sorted(row[0].value.removeprefix("https://w3id.org/enforcement-kg/") for row in asked)  # type: ignore[union-attr]


def test_a_fair_rounding_is_faithful_and_the_besides_of_a_part_is_not(graph: Graph) -> None:
    cells = {cell.claim: cell for cell in compare(graph, CAMPAIGN)}
    assert cells["claim/dqindia-2023/closures"].faithful is True
    assert "rounded" in cells["claim/dqindia-2023/closures"].verdicts
    assert "relation-differs" in cells["claim/dqindia-2023/lesser-penalties"].verdicts
    assert cells["claim/dqindia-2023/lesser-penalties"].faithful is False


def test_where_no_primary_figure_is_known_nothing_is_called_wrong(graph: Graph) -> None:
    cells = [cell for cell in compare(graph, CAMPAIGN, measures=["trend-riding"]) if cell.claim]
    assert {cell.publisher for cell in cells} >= {"TCIT", "Dataquest India", "Qalam Club"}
    assert all(cell.verdicts == ("no-reference",) and cell.faithful is None for cell in cells)


def test_the_sentence_a_reader_can_quote_names_both_sides_and_their_figures(graph: Graph) -> None:
    told = compare(graph, CAMPAIGN, sources=["dqindia-2023"]).sentences()
    (sentence,) = [sentence for sentence in told if "in addition to" in sentence]
    for words in ("Cyberspace Administration of China", "over 927,600", "over 66,600", "Dataquest India", "roughly 930,000", "67,000"):
        assert words in sentence


def test_sentences_are_told_in_chinese_too(graph: Graph) -> None:
    told = compare(graph, CAMPAIGN, sources=["dqindia-2023"], language="zh").sentences()
    assert any("国家互联网信息办公室" in sentence and "92.76万余" in sentence for sentence in told)


def test_a_contradiction_within_one_source_is_told_once(graph: Graph) -> None:
    told = compare(graph, "komdigi-gambling-2024", sources=["jakarta-globe-2024"]).sentences()
    assert len([sentence for sentence in told if "478,657" in sentence]) == 1


def test_as_of_april_the_interim_figures_stand_and_nothing_later_is_known(graph: Graph) -> None:
    cells = [cell for cell in compare(graph, CAMPAIGN, as_of="2023-04-30") if cell.text]
    assert {cell.text for cell in cells} == {"over 76,000", "over 485,000"}
    assert all(cell.is_reference for cell in cells)


def test_another_reference_is_held_against_on_demand(graph: Graph) -> None:
    cells = {cell.claim: cell for cell in compare(graph, CAMPAIGN, reference="tcit-2023")}
    assert "rounded" not in cells["claim/dqindia-2023/closures"].verdicts
    assert "same" in cells["claim/dqindia-2023/closures"].verdicts
    assert cells["claim/xinhua-copy-2023/interviews"].verdicts == ("added", "no-reference")


def test_a_judgement_goes_before_the_rule_whose_verdict_stays_beside_it(graph: Graph) -> None:
    cells = {cell.claim: cell for cell in compare(graph, CAMPAIGN)}
    (judged,) = [d for d in cells["claim/tcit-2023/rumour-closures"].details if d.reason]
    assert (judged.kind, judged.rule) == ("same", "violation-differs")
    assert judged.author


@pytest.mark.parametrize(
    ("name", "given"), [("campaign", "cac-self-media-2032"), ("measures", ["rumour-closure"]), ("reference", "tcit-2032")]
)
def test_an_unknown_name_names_the_nearest(graph: Graph, name: str, given: str | list[str]) -> None:
    with pytest.raises(QueryError, match="did you mean"):
        compare(graph, **{"campaign": CAMPAIGN, name: given})  # type: ignore[arg-type]


def test_a_day_that_does_not_exist_is_refused(graph: Graph) -> None:
    with pytest.raises(QueryError, match="2023-02-30"):
        compare(graph, CAMPAIGN, as_of="2023-02-30")


def test_rows_are_typed_for_pandas(graph: Graph) -> None:
    frame = compare(graph, CAMPAIGN).to_pandas()
    assert set(frame["source"]) >= {"source/tcit-2023", "source/dqindia-2023"}
    assert len(frame) == len(compare(graph, CAMPAIGN))


def test_the_matrix_puts_primary_sources_first(graph: Graph) -> None:
    grid = matrix(compare(graph, CAMPAIGN))
    assert next(iter(grid.sources.values())) == "21st-hr.com"
    assert grid.references["measure/cac-self-media-2023/closures"].publisher == "CCTV"


def test_the_table_fits_eighty_columns_and_begins_with_sentences(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    lines = _run(capsys, folder).splitlines()
    from rich.cells import cell_len

    assert max(cell_len(line) for line in lines) <= 80
    first_bullet = next(i for i, line in enumerate(lines) if "•" in line)
    first_rule = next(i for i, line in enumerate(lines) if "──" in line)
    assert first_bullet < first_rule


def test_rows_of_a_data_set_stand_alone_and_are_compared_with_nothing(
    graph: Graph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    joined = with_rows(graph)
    assert [cell for cell in compare(joined, DSA) if cell.text] == []
    assert list(compare(joined, CAMPAIGN)) == list(compare(graph, CAMPAIGN))
    export(joined, tmp_path / "joined.nt")
    assert main(["compare", DSA, "--graph", str(tmp_path / "joined.nt")]) == 0
    assert "a data set's rows stand alone" in capsys.readouterr().err


def test_json_is_a_list_of_objects_with_source_measure_text_and_verdicts(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    rows = json.loads(_run(capsys, folder, "--format", "json", "--source", "tcit-2023"))
    assert all({"source", "measure", "text", "verdicts"} <= row.keys() for row in rows)
    assert {row["source"] for row in rows} == {"source/tcit-2023"}


def test_csv_has_a_row_a_cell_and_markdown_tells_every_sentence(capsys: pytest.CaptureFixture[str], graph: Graph, folder: str) -> None:
    rows = list(csv.DictReader(io.StringIO(_run(capsys, folder, "--format", "csv"))))
    assert len(rows) == len(compare(graph, CAMPAIGN))
    markdown = _run(capsys, folder, "--format", "markdown")
    assert all(f"- {sentence}" in markdown for sentence in compare(graph, CAMPAIGN).sentences())
