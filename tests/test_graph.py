"""The graph: opened from folders and files, one store under two faces, replaced whole or not at all."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg.errors import FormatError, SourceError
from kg.graph import GRAPH, MANIFEST, NEXT, SYNTAXES, Graph, beside, canonical, replacing, save
from tests.samples import claim, write

BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:a"/></rdf:RDF>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small graph in a folder."""
    kg.build(write(tmp_path / "data", claim("a")), tmp_path / "built")
    return tmp_path / "built"


def copy(graph: Graph) -> Graph:
    store = ox.Store()
    store.extend(list(graph.store))
    return Graph(store)


def test_a_built_folder_is_opened_with_its_manifest(folder: Path) -> None:
    opened = kg.open(folder)
    assert b"".join(canonical(opened.store)) == (folder / GRAPH).read_bytes()
    assert opened.manifest == json.loads((folder / MANIFEST).read_text("utf-8"))
    assert len(opened) == opened.manifest["triples"]
    assert repr(opened) == f"<Graph of {len(opened):,} triples>"


def test_a_file_is_opened_by_its_suffix_and_has_no_manifest(graph: Graph, tmp_path: Path) -> None:
    kg.export(graph, tmp_path / "graph.ttl")
    opened = kg.open(tmp_path / "graph.ttl")
    assert len(opened) == len(graph)
    assert opened.manifest == {}


@pytest.mark.parametrize("change", [b"", b"<urn:a> <urn:b> <urn:c> .\n"], ids=["cut short", "grown"])
def test_a_graph_that_is_not_its_manifests_is_refused(folder: Path, change: bytes) -> None:
    whole = (folder / GRAPH).read_bytes()
    (folder / GRAPH).write_bytes(whole + change if change else whole[:-5])
    with pytest.raises(SourceError, match=r"not the graph that manifest\.json describes; run 'kg build' again"):
        kg.open(folder)


@pytest.mark.parametrize("manifest", [None, "", "{}", "[]", "not JSON"])
def test_a_graph_without_a_manifest_that_describes_it_is_refused(folder: Path, manifest: str | None) -> None:
    (folder / MANIFEST).unlink()
    if manifest is not None:
        (folder / MANIFEST).write_text(manifest)
    with pytest.raises(SourceError, match="run 'kg build' again"):
        kg.open(folder)


def test_a_build_stopped_before_its_last_step_is_still_whole(folder: Path) -> None:
    (folder / MANIFEST).replace(folder / NEXT)
    (folder / MANIFEST).write_text('{"sha256": "of the graph before"}')
    assert len(kg.open(folder)) == kg.open(folder).manifest["triples"]


def test_the_next_build_finishes_the_stopped_one(folder: Path) -> None:
    manifest = (folder / MANIFEST).read_bytes()
    (folder / MANIFEST).replace(folder / NEXT)
    kg.build(folder.parent / "data", folder)
    assert (folder / MANIFEST).read_bytes() == manifest
    assert not (folder / NEXT).exists()


@pytest.mark.parametrize("moment", [1, 2, 3])
def test_a_stop_at_any_step_of_the_swap_leaves_a_whole_graph(folder: Path, moment: int, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = (folder / GRAPH).read_bytes(), b"<urn:a> <urn:b> <urn:c> .\n"
    steps = iter(range(1, 9))
    replace = Path.replace

    def stopping(self: Path, target: Path) -> Path:
        if next(steps) == moment:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stopping)
    with pytest.raises(KeyboardInterrupt), beside(folder / GRAPH) as written:
        written.write_bytes(new)
        save(folder, written, {"sha256": sha256(new).hexdigest()})
    assert b"".join(canonical(kg.open(folder).store)) in (old, new)


def test_rdf_xml_with_entities_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "graph.rdf").write_bytes(BOMB)
    with pytest.raises(FormatError, match="DOCTYPE is not read"):
        kg.open(tmp_path / "graph.rdf")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig"])
def test_entities_are_not_read_in_another_encoding_either(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "graph.rdf").write_bytes(BOMB.decode().replace('"1.0"', f'"1.0" encoding="{encoding[:6]}"').encode(encoding))
    with pytest.raises(FormatError):
        kg.open(tmp_path / "graph.rdf")


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_what_is_not_of_its_format_is_refused(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"graph{suffix}").write_text("{ this is < no such thing", "utf-8")
    with pytest.raises(FormatError, match="mend the file or name it by its real format"):
        kg.open(tmp_path / f"graph{suffix}")


def test_a_remote_context_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "graph.jsonld").write_text('{"@context": "https://context.example/", "@id": "urn:a", "b": "c"}')
    with pytest.raises(FormatError, match=r"graph\.jsonld"):
        kg.open(tmp_path / "graph.jsonld")


def test_a_suffix_that_is_not_known_is_refused(tmp_path: Path) -> None:
    (tmp_path / "graph.docx").write_text("")
    with pytest.raises(FormatError, match=r"'\.docx' is no RDF suffix"):
        kg.open(tmp_path / "graph.docx")


def test_an_empty_folder_has_no_graph(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no graph here; run 'kg build' first"):
        kg.open(tmp_path)


def test_rdflib_and_oxigraph_see_one_store(graph: Graph) -> None:
    mine = copy(graph)
    theirs = mine.rdflib
    a, b = (rdflib.URIRef("urn:example:a"), rdflib.URIRef("urn:example:b"))
    theirs.add((a, a, b))
    assert kg.query(mine, "ASK { <urn:example:a> ?p <urn:example:b> }")[0]["answer"]
    mine.store.add(ox.Quad(ox.NamedNode(str(b)), ox.NamedNode(str(b)), ox.NamedNode(str(a))))
    assert (b, b, a) in theirs
    assert len(theirs) == len(mine) == len(graph) + 2


def test_rdflib_answers_from_the_same_store(graph: Graph) -> None:
    rows = graph.rdflib.query("SELECT ?m WHERE { ?m <https://w3id.org/enforcement-kg/ontology#value> 66600 }")
    assert "https://w3id.org/enforcement-kg/measure/cac-self-media-2023/closures" in {
        str(row["m"]) for row in rows if isinstance(row, rdflib.query.ResultRow)
    }


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(ValueError, match="midway"), replacing(tmp_path / "a.txt") as file:
        file.write(b"half")
        raise ValueError("midway")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "old")]


def test_equal_graphs_have_equal_lines_in_whatever_order_they_were_made() -> None:
    quads = [ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(str(n))) for n in range(20)]
    one, two = ox.Store(), ox.Store()
    one.extend(quads)
    two.extend(reversed(quads))
    assert canonical(one) == canonical(two) == sorted(canonical(one))
