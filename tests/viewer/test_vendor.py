"""The script libraries in pages: what their makers published, byte for byte, with their licences, and fit to stand in a page."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from kg.viewer.page import VENDOR, libraries

LIBRARIES = pytest.mark.parametrize("library", libraries(), ids=lambda library: library["name"])


@LIBRARIES
def test_a_library_is_what_the_manifest_says(library: dict[str, Any]) -> None:
    assert sha256((VENDOR / library["file"]).read_bytes()).hexdigest() == library["sha256"]


@LIBRARIES
def test_a_library_comes_with_its_licence(library: dict[str, Any]) -> None:
    text = (VENDOR / library["licence_file"]).read_text("utf-8")
    assert library["licence"] == "MIT"
    assert "Permission is hereby granted, free of charge" in text


@LIBRARIES
def test_a_library_can_neither_end_its_script_nor_make_code_of_text(library: dict[str, Any]) -> None:
    text = (VENDOR / library["file"]).read_text("utf-8")
    assert [part for part in ("</script", "<!--", "eval(", "new Function(", "document.write(", '"style")') if part in text] == []


def test_the_manifest_names_every_file_and_nothing_else() -> None:
    named = {library[name] for library in libraries() for name in ("file", "licence_file")}
    assert {path.name for path in VENDOR.iterdir()} == named | {"manifest.json"}
