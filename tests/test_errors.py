"""What can go wrong, where, and what to try."""

from __future__ import annotations

import pytest

from kg import errors
from kg.errors import FactsError, Finding, KgError, nearest


def test_a_finding_names_file_line_fault_and_advice() -> None:
    assert str(Finding("a.yaml", 3, "wrong", "mend it")) == "a.yaml:3: wrong; mend it"
    assert str(Finding("a.yaml", None, "wrong")) == "a.yaml: wrong"


def test_an_error_shows_every_finding_and_keeps_them() -> None:
    findings = [Finding("a.yaml", 1, "one"), Finding("b.yaml", 2, "two")]
    error = FactsError("2 findings", findings)
    assert str(error) == "a.yaml:1: one\nb.yaml:2: two\n2 findings"
    assert error.findings == tuple(findings)


@pytest.mark.parametrize("name", ["FactsError", "ShapeError", "VocabularyError", "QueryError", "SourceError", "FormatError"])
def test_one_hierarchy_tells_the_shell_data_from_usage(name: str) -> None:
    error = getattr(errors, name)
    assert issubclass(error, KgError)
    assert error.exit_code == (1 if name in ("FactsError", "ShapeError") else 2)


def test_advice_names_the_nearest_or_all_or_how_many() -> None:
    assert nearest("closur", ["mute", "closure"]) == "did you mean 'closure'?"
    assert nearest("xyz", ["b", "a"]) == "known here: a, b"
    assert nearest("xyz", [f"code-{n}" for n in range(13)]) == "13 are known, none of them near"
