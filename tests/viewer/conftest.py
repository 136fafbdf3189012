"""The shipped graph's view, and how it is opened in a real browser."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from kg.graph import Graph
from kg.viewer import view
from kg.viewer.page import page as make_page
from tests.conftest import Open, Opened
from tests.viewer.windows import Model, drawn


@pytest.fixture(scope="session")
def facts(graph: Graph) -> Model:
    return view(graph).model


@pytest.fixture(scope="session")
def tellings(graph: Graph) -> Model:
    return view(graph, layer="claims").model


@pytest.fixture
def show(open_page: Open) -> Any:
    """Open a model's page, as an address with this fragment would, and wait until it is drawn."""

    def shown(model: Model, width: int = 1440, scheme: Literal["light", "dark"] = "light", at: str = "", **options: Any) -> Opened:
        opened = open_page(make_page(model), width, scheme, **options)
        if at:
            address = opened.page.url
            opened.page.goto("about:blank")
            opened.page.goto(f"{address}#{at}")
        return drawn(opened)

    return shown
