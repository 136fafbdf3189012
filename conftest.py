"""What all tests share: the shipped graph, built once; and where the sources' texts are, if they are here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import kg
from kg.builder import Build
from kg.graph import Graph

# A busy machine is no fault.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parent.parent / "shared"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The shipped facts, built into a folder of the session's own."""
    return kg.build(out=tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="session")
def graph(built: Build) -> Graph:
    """The graph of the shipped facts; no test changes it."""
    return built.graph


@pytest.fixture(autouse=True)
def _examples(doctest_namespace: dict[str, Any], request: pytest.FixtureRequest) -> None:
    """The examples in docstrings find the shipped graph under the name ``graph``."""
    if isinstance(request.node, pytest.Item) and type(request.node).__name__ == "DoctestItem":
        doctest_namespace["graph"] = request.getfixturevalue("graph")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of source texts that the project may read and never holds."""
    if not SHARED.is_dir():
        pytest.skip("the sources' texts are not beside this checkout; they are read where present and never copied")
    return SHARED
