"""What changed between two builds is told by claim and verdict, and nothing else is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import kg
from kg import resources
from kg.cli import main
from kg.comparison.changes import Change, diff
from kg.graph import Graph

OUTLET = "cac-self-media-2023/the-star.yaml"


def _changed(tmp_path: Path, graph: Graph, old: str, new: str) -> list[Change]:
    """The changes that follow from replacing words in one outlet's document."""
    shutil.copytree(resources.data(), tmp_path / "data")
    document = tmp_path / "data" / OUTLET
    text = document.read_text("utf-8")
    assert old in text
    document.write_text(text.replace(old, new), "utf-8")
    return diff(graph, kg.build(tmp_path / "data", tmp_path / "build").graph)


def test_nothing_changed_between_a_graph_and_itself(graph: Graph) -> None:
    assert diff(graph, graph) == []


def test_a_changed_figure_is_told_with_the_verdict_that_follows(tmp_path: Path, graph: Graph) -> None:
    found = _changed(tmp_path, graph, '{text: "66,000", value: 66000,', '{text: "70,000", value: 70000,')
    told = [change.sentence for change in found]
    assert any("The Star" in sentence and "“66,000”" in sentence and "“70,000”" in sentence for sentence in told)
    assert any(change.what == "verdict" and "truncated" in change.sentence and "rounded" in change.sentence for change in found) or any(
        change.what == "verdict" and "truncated" in change.sentence and "value differs" in change.sentence for change in found
    )
    assert {change.source for change in found} == {"source/the-star-2023"}
    assert {change.campaign for change in found} == {"campaign/cac-self-media-2023"}


def test_a_claim_that_is_gone_is_told_as_removed_and_the_other_way_round_as_added(tmp_path: Path, graph: Graph) -> None:
    shutil.copytree(resources.data(), tmp_path / "data")
    (tmp_path / "data" / OUTLET).unlink()
    fewer = kg.build(tmp_path / "data", tmp_path / "build").graph
    assert {change.how for change in diff(graph, fewer) if change.what in ("claim", "source")} == {"removed"}
    assert {change.how for change in diff(fewer, graph) if change.what in ("claim", "source")} == {"added"}


def test_a_judgement_that_is_gone_is_told_with_its_reason(tmp_path: Path, graph: Graph) -> None:
    shutil.copytree(resources.data(), tmp_path / "data")
    (tmp_path / "data" / "judgements.yaml").unlink()
    found = diff(graph, kg.build(tmp_path / "data", tmp_path / "build").graph)
    assert [change.what for change in found] == ["judgement"] * len(found) != []
    assert all("fake news" in change.sentence or "false information" in change.sentence for change in found)


def test_the_command_tells_it_in_words_and_as_json(tmp_path: Path, graph: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("old.nt", "new.nt"):
        kg.export(graph, tmp_path / name)
    assert main(["diff", str(tmp_path / "old.nt"), str(tmp_path / "new.nt")]) == 0
    assert "nothing changed" in capsys.readouterr().err
    assert main(["diff", str(tmp_path / "old.nt"), str(tmp_path / "new.nt"), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["diff", str(tmp_path / "old.nt"), str(tmp_path / "none.nt")]) == 2
