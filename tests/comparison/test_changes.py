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
from tests.samples import claim, write

OUTLET = "cac-self-media-2023/the-star.yaml"


def _changed(tmp_path: Path, graph: Graph, old: str, new: str, name: str = OUTLET) -> list[Change]:
    """The changes that follow from replacing words in one document."""
    shutil.copytree(resources.data(), tmp_path / "data")
    document = tmp_path / "data" / name
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
    assert [change.sentence for change in found if change.what == "verdict" and change.how == "changed"] == [
        "The Star on “Accounts permanently closed” (value): was truncated, is rounded."
    ]
    assert {change.source for change in found} == {"source/the-star-2023"}
    assert {change.campaign for change in found} == {"campaign/cac-self-media-2023"}


def test_a_claim_that_is_gone_is_told_as_removed_and_the_other_way_round_as_added(tmp_path: Path, graph: Graph) -> None:
    shutil.copytree(resources.data(), tmp_path / "data")
    (tmp_path / "data" / OUTLET).unlink()
    fewer = kg.build(tmp_path / "data", tmp_path / "build").graph
    assert {change.how for change in diff(graph, fewer) if change.what in ("claim", "source")} == {"removed"}
    assert {change.how for change in diff(fewer, graph) if change.what in ("claim", "source")} == {"added"}


def test_what_is_gone_is_told_by_its_name(tmp_path: Path, graph: Graph) -> None:
    for name, kept in (("more", ["a", "b"]), ("less", ["a"])):
        kg.build(write(tmp_path / name, *(claim(key) for key in kept)), tmp_path / f"{name}.built")
    found = diff(kg.open(tmp_path / "more.built"), kg.open(tmp_path / "less.built"))
    assert [change.sentence for change in found] == [
        "Labels, code lists and the like: 0 added, 3 removed.",
        "Paper no longer says “50” of “the b”.",
        "Paper on “the b” (value): was no reference, is no verdict.",
    ]


def test_a_reference_that_moves_is_told_with_both_claims(tmp_path: Path) -> None:
    for name, second in (("old", []), ("new", [claim("a-later", "60", subject="measure/drive/a", said="2024-06-01")])):
        kg.build(write(tmp_path / name, claim("a"), *second), tmp_path / f"{name}.built")
    found = diff(kg.open(tmp_path / "old.built"), kg.open(tmp_path / "new.built"))
    assert [change.sentence for change in found if change.what == "reference"] == [
        "The reference of “the a” is now Paper “60” (claim/paper/a-later) instead of Paper “50” (claim/paper/a)."
    ]


def test_what_only_follows_from_a_change_is_not_told_again(tmp_path: Path) -> None:
    for name, day in (("old", "2024-03-01"), ("new", "2024-04-01")):
        kg.build(write(tmp_path / name, claim("a", **{"from": day})), tmp_path / f"{name}.built")
    found = diff(kg.open(tmp_path / "old.built"), kg.open(tmp_path / "new.built"))
    assert [change.sentence for change in found] == ["Paper on “the a”: from was “2024-03-01”, is “2024-04-01”."]


def test_a_change_of_a_source_is_told_by_its_property(tmp_path: Path, graph: Graph) -> None:
    found = _changed(tmp_path, graph, "publisher: The Star", "publisher: The Daily Star")
    assert [change for change in found if change.what == "source"] == [
        Change(
            "", "source/the-star-2023", "source", "changed", "source/the-star-2023",
            "The source The Daily Star: publisher was “The Star”, is “The Daily Star”.",
        )
    ]  # fmt: skip


def test_labels_that_changed_are_counted(tmp_path: Path, graph: Graph) -> None:
    found = _changed(tmp_path, graph, "en: Cyberspace Administration of China", "en: Cyberspace Administration", "authorities.yaml")
    assert [change.sentence for change in found] == ["Labels, code lists and the like: 1 added, 1 removed."]


def test_a_judgement_decided_anew_is_told_as_changed(tmp_path: Path, graph: Graph) -> None:
    found = _changed(tmp_path, graph, "kind: same", "kind: violation-narrowed", "judgements.yaml")
    assert {(change.what, change.how, change.campaign) for change in found} == {("judgement", "changed", "campaign/cac-self-media-2023")}
    assert all("“violation narrowed” over verdict/" in change.sentence for change in found)


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


def test_the_command_groups_by_campaign_and_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, kept in (("old", ["a"]), ("new", ["a", "b"])):
        kg.build(write(tmp_path / name, *(claim(key) for key in kept)), tmp_path / f"{name}.built")
    assert main(["diff", str(tmp_path / "old.built"), str(tmp_path / "new.built")]) == 0
    told = capsys.readouterr()
    assert [line for line in told.out.splitlines() if not line.startswith("  ")] == ["everywhere", "campaign/drive · source/paper"]
    assert "  Paper now says “50” of “the b”." in told.out.splitlines()
    assert told.err == "3 changes\n"
