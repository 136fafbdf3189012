"""What the tests of `kg ingest` share: a small graph to join."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingestion import tables


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small built graph; no test changes it."""
    return tables.base(tmp_path_factory.mktemp("base"))
