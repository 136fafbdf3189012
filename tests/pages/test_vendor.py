"""The script libraries: what their makers published or a bundle of locked packages, with their licences, fit to stand in a page."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kg.pages.libraries import VENDOR, libraries

ROOT = Path(__file__).resolve().parents[2]
VENDORED: list[dict[str, Any]] = list(libraries().values())
PUBLISHED = [each for each in VENDORED if "licence_file" in each and "parts" not in each]
BUNDLED = [each for each in VENDORED if "parts" in each]
# What could end a script, or make code or markup of text, but for what a page does not use and its policy stops.
DANGEROUS = ("</script", "<!--", "eval(", "new Function(", "document.write(", '"style")')
STOPPED = {"codemirror": {'"style")'}, "vega": {"new Function(", '"style")'}}


def name_of(library: dict[str, Any]) -> str:
    name: str = library["name"]
    return name


def folder(library: dict[str, Any]) -> Path:
    return ROOT / library["folder"] if "folder" in library else VENDOR


@pytest.mark.parametrize("library", VENDORED, ids=name_of)
def test_a_library_is_what_the_manifest_says(library: dict[str, Any]) -> None:
    raw = (folder(library) / library["file"]).read_bytes()
    assert sha256(raw).hexdigest() == library["sha256"]


@pytest.mark.parametrize("library", PUBLISHED, ids=name_of)
def test_a_library_comes_with_its_licence(library: dict[str, Any]) -> None:
    text = (VENDOR / library["licence_file"]).read_text("utf-8")
    assert library["licence"] == "MIT"
    assert "Permission is hereby granted, free of charge" in text


@pytest.mark.parametrize("library", [*PUBLISHED, *BUNDLED], ids=name_of)
def test_a_library_can_neither_end_its_script_nor_make_code_of_text(library: dict[str, Any]) -> None:
    text = (VENDOR / library["file"]).read_text("utf-8")
    assert {part for part in DANGEROUS if part in text} - STOPPED.get(library["name"], set()) == set()


@pytest.mark.parametrize("library", BUNDLED, ids=name_of)
def test_a_bundle_is_made_of_the_packages_that_are_locked_all_under_the_licences_that_come_with_it(library: dict[str, Any]) -> None:
    locked = json.loads((ROOT / "tools" / "libraries" / "package-lock.json").read_text("utf-8"))["packages"]
    packages = {name: locked[f"node_modules/{name}"] for name in library["parts"]}
    assert {name: each["version"] for name, each in packages.items()} == library["parts"]
    assert {each["license"] for each in packages.values()} == set(library["licence"].split(" AND "))
    assert all(each["integrity"].startswith("sha512-") for each in packages.values())
    text = (VENDOR / library["licence_file"]).read_text("utf-8")
    assert [name for name, version in library["parts"].items() if f"{name} {version}\n" not in text] == []


def test_the_one_manifest_names_every_file_and_nothing_else() -> None:
    named = {folder(each) / each[name] for each in VENDORED for name in ("file", "licence_file") if name in each}
    kept = {path for place in map(folder, VENDORED) for path in place.iterdir()}
    assert kept == named | {VENDOR / "manifest.json"}
    assert {path for path in ROOT.glob("*/**/vendor/*") if ".venv" not in path.parts and "build" not in path.parts} == kept
