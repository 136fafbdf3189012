"""The build: the same facts give the same bytes, a manifest that tells the truth, and nothing lost where it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

import kg
from kg.builder import Build
from kg.errors import FactsError, ShapeError, SourceError
from kg.graph import GRAPH, MANIFEST, Graph, canonical
from kg.vocabulary import vocabulary
from tests.samples import claim, write


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in (GRAPH, MANIFEST)}


def test_two_builds_give_the_same_bytes(built: Build, tmp_path: Path) -> None:
    again = kg.build(out=tmp_path)
    assert (tmp_path / GRAPH).read_bytes() == b"".join(canonical(built.graph.store))
    assert again.manifest == built.manifest


@pytest.mark.parametrize("seed", ["1", "2718"])
def test_another_process_with_another_hash_seed_gives_the_same_bytes(seed: str, built: Build, tmp_path: Path) -> None:
    program = "import sys, kg; kg.build(out=sys.argv[1])"
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], env=os.environ | {"PYTHONHASHSEED": seed}, check=True)
    assert (tmp_path / GRAPH).read_bytes() == b"".join(canonical(built.graph.store))
    assert json.loads((tmp_path / MANIFEST).read_text("utf-8")) == built.manifest


def test_the_manifest_is_that_of_the_graph(tmp_path: Path) -> None:
    manifest = kg.build(write(tmp_path / "data", claim("a"), claim("b")), tmp_path / "out").manifest
    written = (tmp_path / "out" / GRAPH).read_bytes()
    assert json.loads((tmp_path / "out" / MANIFEST).read_text("utf-8")) == manifest
    assert manifest["sha256"] == sha256(written).hexdigest()
    assert manifest["data"] == sha256((tmp_path / "data" / "facts.jsonl").read_bytes()).hexdigest()
    assert manifest["triples"] == len(written.splitlines())
    assert manifest["documents"] == 3
    assert manifest["ontology"] == vocabulary().version


def test_things_are_counted_by_class_in_the_ontologys_order(tmp_path: Path) -> None:
    manifest = kg.build(write(tmp_path / "data", claim("a"), claim("b")), tmp_path / "out").manifest
    assert list(manifest["counts"].items()) == [
        ("Campaign", 1), ("Measure", 2), ("Platform", 3), ("Claim", 2), ("Report", 1), ("Verdict", 2),
    ]  # fmt: skip


def test_other_facts_are_another_version_of_the_data(tmp_path: Path) -> None:
    one = kg.build(write(tmp_path / "one", claim("a")), tmp_path / "out").manifest
    two = kg.build(write(tmp_path / "two", claim("a", "51")), tmp_path / "out").manifest
    assert one["data"] != two["data"]
    assert one["sha256"] != two["sha256"]


def test_what_a_measure_says_is_said_by_a_claim_that_it_names(graph: Graph) -> None:
    unexplained = kg.query(
        graph,
        """SELECT ?measure ?property WHERE { ?measure a enf:Measure ; ?property ?value . ?property enf:carriedTo enf:Measure
           FILTER NOT EXISTS { ?measure enf:reference ?claim . ?claim ?property ?value ; enf:subject ?measure } }""",
    )
    assert list(unexplained) == []
    assert len(kg.query(graph, "SELECT ?m WHERE { ?m a enf:Measure ; enf:text ?text ; enf:reference ?claim }")) > 10


def test_the_shapes_stay_out_of_the_graph(graph: Graph) -> None:
    assert not kg.query(graph, "ASK { ?s ?p ?o FILTER(STRSTARTS(STR(?p), 'http://www.w3.org/ns/shacl#')) }")[0]["answer"]


def test_a_bound_follows_from_the_words_and_is_never_written(tmp_path: Path) -> None:
    figures = {
        "over": (5, None),
        "at-least": (5, None),
        "under": (None, 5),
        "at-most": (None, 5),
        "about": (None, None),
        "exactly": (None, None),
    }
    claims = [claim(c, figure={"text": "5", "value": 5, "comparator": c, "unit": "account"}) for c in figures]
    graph = kg.build(write(tmp_path / "data", *claims), tmp_path / "out").graph
    rows = kg.query(
        graph,
        "SELECT ?c ?min ?max WHERE { ?m a enf:Measure ; enf:comparator ?c OPTIONAL { ?m enf:min ?min } OPTIONAL { ?m enf:max ?max } }",
    )
    assert {row["c"].rpartition("/")[2]: (row["min"], row["max"]) for row in rows} == figures


@pytest.mark.parametrize("fault", ["document", "shape"])
def test_a_fault_leaves_the_last_good_build(fault: str, tmp_path: Path) -> None:
    kg.build(write(tmp_path / "data", claim("a")), tmp_path / "out")
    before = contents(tmp_path / "out")
    wrong = {"penalty": "closur"} if fault == "document" else {"besides": "measure/drive/nowhere"}
    with pytest.raises(FactsError if fault == "document" else ShapeError, match="1 finding; nothing was built"):
        kg.build(write(tmp_path / "data", claim("a", **wrong)), tmp_path / "out")
    assert contents(tmp_path / "out") == before
    assert {path.name for path in (tmp_path / "out").iterdir()} - {".lock"} == {GRAPH, MANIFEST}


def test_checking_finds_what_building_finds_and_writes_nothing(tmp_path: Path) -> None:
    data = write(tmp_path / "data", claim("a", besides="measure/drive/nowhere"))
    with pytest.raises(ShapeError) as caught:
        kg.build(data, tmp_path / "out")
    findings, _, _ = kg.check(data)
    assert tuple(findings) == caught.value.findings
    assert {path.name for path in tmp_path.iterdir()} <= {"data", "out"}


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceError, match="cannot be written"):
        kg.build(write(tmp_path / "data", claim("a")), tmp_path / "file" / "out")


def test_each_step_is_told_to_who_wants_to_know(tmp_path: Path) -> None:
    steps: list[str] = []
    kg.build(write(tmp_path / "data", claim("a")), tmp_path / "out", steps.append)
    assert steps == ["reading documents", "loading claims", "deriving facts", "comparing claims", "sorting triples", "checking shapes"]
