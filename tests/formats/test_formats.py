"""The formats: one contract over all of them, and what each family promises besides."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import polars
import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg.errors import FormatError, SourceError
from kg.formats import FORMATS, Format, by_name, table
from kg.graph import SYNTAXES, Graph, canonical
from kg.questions import Rows
from kg.vocabulary import BASE, context
from tests.samples import assertion, derived

OF_GRAPH = [entry for entry in FORMATS if entry.of_graph]
OF_ROWS = [entry for entry in FORMATS if entry.of_rows]
RDF = [entry for entry in OF_GRAPH if entry.suffix in SYNTAXES]
LIVE = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"]


def name(entry: Format) -> str:
    return entry.name


def exported(graph: Graph, folder: Path, suffix: str) -> Path:
    path = folder / f"graph{suffix}"
    kg.export(graph, path)
    return path


@pytest.fixture(scope="module")
def elsewhere(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every export of the shipped graph, made by another process under another hash seed."""
    folder = tmp_path_factory.mktemp("elsewhere")
    whole = exported(graph, folder, ".nt")
    program = "import sys, kg; kg.export(kg.open(sys.argv[1]), *sys.argv[2:])"
    paths = [str(folder / f"other{entry.suffix}") for entry in OF_GRAPH]
    subprocess.run([sys.executable, "-c", program, str(whole), *paths], env=os.environ | {"PYTHONHASHSEED": "4711"}, check=True)
    return folder


@pytest.mark.parametrize("entry", OF_GRAPH, ids=name)
def test_the_same_graph_gives_the_same_bytes_in_every_process(entry: Format, graph: Graph, elsewhere: Path, tmp_path: Path) -> None:
    first = exported(graph, tmp_path, entry.suffix).read_bytes()
    assert first
    assert exported(graph, tmp_path, entry.suffix).read_bytes() == first
    assert (elsewhere / f"other{entry.suffix}").read_bytes() == first


@pytest.mark.parametrize("entry", RDF, ids=name)
def test_an_rdf_format_loses_nothing(entry: Format, graph: Graph, tmp_path: Path) -> None:
    assert canonical(kg.open(exported(graph, tmp_path, entry.suffix)).store) == canonical(graph.store)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD parser uses it
@pytest.mark.parametrize(("suffix", "syntax"), [(".ttl", "turtle"), (".nt", "nt"), (".jsonld", "json-ld"), (".rdf", "xml")])
def test_rdflib_reads_the_same_graph(suffix: str, syntax: str, graph: Graph, tmp_path: Path) -> None:
    expected = rdflib.Graph().parse(data=b"".join(canonical(graph.store)), format="nt")
    read = rdflib.Graph().parse(exported(graph, tmp_path, suffix), format=syntax)
    assert len(read) == len(graph)
    assert set(read) == set(expected)


@pytest.mark.parametrize(("suffix", "syntax"), [(".nq", ox.RdfFormat.N_QUADS), (".trig", ox.RdfFormat.TRIG)])
def test_data_sets_hold_the_one_graph_as_their_default(suffix: str, syntax: ox.RdfFormat, graph: Graph, tmp_path: Path) -> None:
    assert set(ox.parse(exported(graph, tmp_path, suffix).read_bytes(), format=syntax)) == set(graph.store)


def test_json_ld_brings_its_context_and_shows_a_claim_as_documents_write_it(graph: Graph, tmp_path: Path) -> None:
    document = json.loads(exported(graph, tmp_path, ".jsonld").read_text("utf-8"))
    assert document["@context"] == context()
    [claim] = [node for node in document["@graph"] if node.get("id") == "claim/cctv-2023/closures"]
    assert claim["penalty"] == "closure"
    assert claim["figure"]["text"] == "6.66万余"
    assert str(claim["figure"]["value"]) == "66600"
    assert claim["figure"]["unit"] == "account"
    assert claim["evidence"]["quote"] == "账号6.66万余个"
    assert claim["partOf"] == "measure/cac-self-media-2023/handled"


def read_network(path: Path) -> Any:
    if path.suffix == ".graphml":
        return networkx.read_graphml(path, force_multigraph=True)
    if path.suffix == ".gexf":
        return networkx.read_gexf(path)
    # networkx's own reader of Cytoscape JSON takes a node's attribute "value" for its name, and ours is the figure's number.
    elements = json.loads(path.read_text("utf-8"))["elements"]
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    network.add_nodes_from((node["data"]["id"], node["data"]) for node in elements["nodes"])
    network.add_edges_from((edge["data"]["source"], edge["data"]["target"], edge["data"]) for edge in elements["edges"])
    return network


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".cyjs"])
def test_a_network_format_is_read_back_whole_and_typed(suffix: str, graph: Graph, tmp_path: Path) -> None:
    network, read = kg.to_networkx(graph), read_network(exported(graph, tmp_path, suffix))
    assert sorted(read.nodes) == sorted(network.nodes)
    assert sorted(read.edges()) == sorted(network.edges())
    measure = read.nodes["measure/cac-self-media-2023/closures"]
    assert (measure["value"], type(measure["value"]), measure["class"]) == (66600, int, "Measure")
    assert read.nodes["platform/wechat"]["label"] == "WeChat"
    assert {data["property"] for _, _, data in read.edges(data=True)} == {key for _, _, key in network.edges(keys=True)}


def test_a_network_holds_every_thing_and_every_link_between_things(graph: Graph) -> None:
    network = kg.to_networkx(graph)
    things = kg.query(graph, "SELECT DISTINCT ?thing WHERE { ?thing a ?class . ?class a owl:Class ; enf:order ?n }")
    assert {row["thing"].removeprefix(BASE) for row in things} <= set(network)
    claims = kg.query(graph, "SELECT ?claim ?subject WHERE { ?claim enf:subject ?subject }")
    assert [
        row for row in claims if not network.has_edge(row["claim"].removeprefix(BASE), row["subject"].removeprefix(BASE), "subject")
    ] == []
    assert network.nodes["penalty/closure"] == {"class": "penalty", "label": "permanent closure"}
    assert all({"class", "label"} <= set(attributes) for _, attributes in network.nodes(data=True))


def test_a_thing_with_several_texts_keeps_all_of_them() -> None:
    network = kg.to_networkx(derived(assertion("a", 'enf:named "one" , "two"')))
    assert network.nodes["claim/a/a"]["named"] == "one; two"


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_the_claims_table_has_one_row_a_claim(graph: Graph, tmp_path: Path) -> None:
    count = kg.query(graph, "SELECT (COUNT(?claim) AS ?n) WHERE { ?claim a enf:Claim }")[0]["n"]
    flat = read_csv(exported(graph, tmp_path, ".csv").read_bytes())
    deep = polars.read_parquet(exported(graph, tmp_path, ".parquet"))
    assert len(flat) == len(deep) == len({row["claim"] for row in flat}) == count
    assert list(flat[0]) == deep.columns
    assert deep["claim"].to_list() == [row["claim"] for row in flat]


def test_the_claims_table_holds_what_the_claim_says(graph: Graph, tmp_path: Path) -> None:
    flat = {row["claim"]: row for row in read_csv(exported(graph, tmp_path, ".csv").read_bytes())}
    row = flat[BASE + "claim/cctv-2023/closures"]
    assert (row["text"], row["value"], row["min"], row["max"]) == ("6.66万余", "66600", "66600", "")
    assert (row["penalty"], row["actor"]) == ("penalty/closure", "authority/cac; authority/local-cac")


def test_numbers_and_texts_are_typed_in_parquet(graph: Graph, tmp_path: Path) -> None:
    deep = polars.read_parquet(exported(graph, tmp_path, ".parquet"))
    assert {column: str(deep[column].dtype) for column in ("value", "min", "start", "claim", "text")} == {
        "value": "Int64", "min": "Int64", "start": "Int64", "claim": "String", "text": "String",
    }  # fmt: skip


@pytest.mark.parametrize("text", LIVE)
def test_no_cell_of_a_table_is_a_live_formula(text: str, tmp_path: Path) -> None:
    written = text.replace("\t", "\\t").replace("\r", "\\r")
    graph = derived(assertion("a", f'enf:text "5" ; enf:named "{written}"'))
    [row] = read_csv(exported(graph, tmp_path, ".csv").read_bytes())
    assert row["named"] == "'" + text
    cell = by_name("tsv").of_rows(Rows(["a"], [{"a": text}]), False).decode().splitlines()[1]  # type: ignore[misc]
    assert cell[:1] not in ("=", "+", "-", "@")


@pytest.mark.parametrize("text", LIVE)
def test_raw_rows_are_exact(text: str) -> None:
    assert read_csv(by_name("csv").of_rows(Rows(["a"], [{"a": text}]), True)) == [{"a": text}]  # type: ignore[misc]


def test_numbers_below_zero_stay_numbers_in_a_table() -> None:
    assert by_name("csv").of_rows(Rows(["a"], [{"a": -1}]), False) == b"a\r\n-1\r\n"  # type: ignore[misc]


AWKWARD = Rows(["text", "n", "none"], [{"text": 'a "b", | <c>\nd\\', "n": 7, "none": None}, {"text": "二", "n": 8, "none": None}])


@pytest.mark.parametrize("entry", OF_ROWS, ids=name)
def test_rows_give_the_same_bytes_twice(entry: Format, graph: Graph) -> None:
    assert entry.of_rows
    rows = kg.query(graph, "measures")
    first = entry.of_rows(rows, False)
    assert first
    assert entry.of_rows(rows, False) == first


def rows_of(entry: Format) -> bytes:
    assert entry.of_rows
    return entry.of_rows(AWKWARD, False)


def test_csv_rows_are_read_back() -> None:
    assert read_csv(rows_of(by_name("csv"))) == [{k: "" if v is None else str(v) for k, v in row.items()} for row in AWKWARD]


def test_json_rows_are_read_back() -> None:
    assert json.loads(rows_of(by_name("json"))) == list(AWKWARD)


def test_parquet_rows_are_read_back() -> None:
    assert polars.read_parquet(io.BytesIO(rows_of(by_name("parquet")))).to_dicts() == list(AWKWARD)


def test_tsv_rows_are_one_line_each() -> None:
    assert rows_of(by_name("tsv")).decode() == 'text\tn\tnone\na "b", | <c> d\\\t7\t\n二\t8\t\n'


def test_xml_rows_are_sparql_results() -> None:
    space = {"s": "http://www.w3.org/2005/sparql-results#"}
    root = ElementTree.fromstring(rows_of(by_name("xml")))
    assert [variable.get("name") for variable in root.findall("s:head/s:variable", space)] == ["text", "n", "none"]
    first = root.findall("s:results/s:result", space)[0]
    assert [(b.get("name"), b[0].text) for b in first.findall("s:binding", space)] == [("text", 'a "b", | <c>\nd\\'), ("n", "7")]


def test_a_markdown_table_is_not_broken_by_its_cells() -> None:
    lines = rows_of(by_name("markdown")).decode().splitlines()
    assert len(lines) == 4
    assert lines[2] == '| a "b", \\| &lt;c> d\\\\ | 7 |  |'


def test_names_and_suffixes_are_unique_and_the_table_lists_them_all() -> None:
    assert len({entry.name for entry in FORMATS}) == len({entry.suffix for entry in FORMATS}) == len(FORMATS)
    assert [row["name"] for row in table()] == [entry.name for entry in FORMATS]
    assert all(row["kg export"] or row["kg query"] for row in table())


def test_a_suffix_that_is_not_known_is_refused_before_anything_is_written(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"'\.xls' is no suffix of an export; known: \.ttl"):
        kg.export(graph, tmp_path / "good.nt", tmp_path / "bad.xls")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_told_with_the_nearest() -> None:
    with pytest.raises(FormatError, match="did you mean 'parquet'"):
        by_name("parquett")


def test_a_target_that_cannot_be_replaced_stays_as_it_was(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "graph.nt").mkdir()
    (tmp_path / "graph.nt" / "old").write_text("old")
    with pytest.raises(SourceError, match="what stood there is untouched"):
        kg.export(graph, tmp_path / "graph.nt")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nt"]
    assert (tmp_path / "graph.nt" / "old").read_text() == "old"


def test_a_folder_that_is_a_file_cannot_be_written_into(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    with pytest.raises(SourceError, match="cannot be written"):
        kg.export(graph, tmp_path / "file" / "graph.nt")
    assert (tmp_path / "file").read_text() == "old"


def test_a_full_disk_leaves_the_old_file_and_nothing_else(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "graph.nt").write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SourceError, match="No space left on device"):
        kg.export(graph, tmp_path / "graph.nt")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nt"]
    assert (tmp_path / "graph.nt").read_text() == "old"


def test_without_polars_parquet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(FormatError, match="pip install"):
        rows_of(by_name("parquet"))
