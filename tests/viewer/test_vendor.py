"""The script libraries: what their makers published, byte for byte, with their licences, and those in pages fit to stand in a page."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kg.viewer.page import VENDOR, libraries

ROOT = Path(__file__).resolve().parents[2]
VENDORED: list[dict[str, Any]] = json.loads((VENDOR / "manifest.json").read_text("utf-8"))
LIBRARIES = pytest.mark.parametrize("library", libraries(), ids=lambda library: library["name"])


def folder(library: dict[str, Any]) -> Path:
    return ROOT / library["folder"] if "folder" in library else VENDOR


@pytest.mark.parametrize("library", VENDORED, ids=lambda library: library["name"])
def test_a_library_is_what_the_manifest_says(library: dict[str, Any]) -> None:
    raw = (folder(library) / library["file"]).read_bytes()
    assert sha256(raw).hexdigest() == library["sha256"]


@LIBRARIES
def test_a_library_comes_with_its_licence(library: dict[str, Any]) -> None:
    text = (VENDOR / library["licence_file"]).read_text("utf-8")
    assert library["licence"] == "MIT"
    assert "Permission is hereby granted, free of charge" in text


@LIBRARIES
def test_a_library_can_neither_end_its_script_nor_make_code_of_text(library: dict[str, Any]) -> None:
    text = (VENDOR / library["file"]).read_text("utf-8")
    assert [part for part in ("</script", "<!--", "eval(", "new Function(", "document.write(", '"style")') if part in text] == []


def test_the_editor_is_made_of_the_packages_that_are_locked_all_under_the_licence_that_comes_with_it() -> None:
    [editor] = [each for each in VENDORED if "parts" in each]
    locked = json.loads((ROOT / "tools" / "editor" / "package-lock.json").read_text("utf-8"))["packages"]
    packages = {name: locked[f"node_modules/{name}"] for name in editor["parts"]}
    assert {name: each["version"] for name, each in packages.items()} == editor["parts"]
    assert {each["license"] for each in packages.values()} == {editor["licence"]}
    assert all(each["integrity"].startswith("sha512-") for each in packages.values())
    text = (VENDOR / editor["licence_file"]).read_text("utf-8")
    assert [name for name, version in editor["parts"].items() if f"{name} {version}\n" not in text] == []


def test_the_editor_makes_no_code_of_text() -> None:
    text = (VENDOR / "codemirror.min.js").read_text("utf-8")
    assert [part for part in ("</script", "eval(", "new Function(", "document.write(") if part in text] == []


def test_the_one_manifest_names_every_file_and_nothing_else() -> None:
    named = {folder(each) / each[name] for each in VENDORED for name in ("file", "licence_file") if name in each}
    kept = {path for place in map(folder, VENDORED) for path in place.iterdir()}
    assert kept == named | {VENDOR / "manifest.json"}
    assert {path for path in ROOT.glob("*/**/vendor/*") if ".venv" not in path.parts and "build" not in path.parts} == kept
