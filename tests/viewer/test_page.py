"""The view's page without a browser: whole, the same every time, strict in what it runs, and with data only as data."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import kg
from kg.cli import main
from kg.errors import QueryError, SourceError
from kg.graph import Graph
from kg.viewer import View, view
from kg.viewer.model import LARGE
from kg.viewer.page import drawn_by
from kg.vocabulary import BASE, ENF, vocabulary

ATTACK = "</script><script>pwned=1</script><img src=x onerror=pwned=1>\u2028<!--"
CAMPAIGN = "cac-self-media-2023"


@pytest.fixture(scope="module")
def shown(graph: Graph) -> View:
    return view(graph)


def blocks(html: str, name: str) -> list[tuple[str, str]]:
    return re.findall(rf"<{name}\b([^>]*)>(.*?)</{name}>", html, re.S)


def data(html: str, name: str) -> Any:
    [text] = [text for attributes, text in blocks(html, "script") if f'id="{name}"' in attributes]
    return json.loads(text)


def spoilt(graph: Graph) -> Graph:
    """The shipped graph, an attack in every label, publisher, figure and quote, and a script in every address."""
    store = ox.Store()
    for quad in graph.store:
        name = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
        term = quad.object
        if name in ("label", "prefLabel", "altLabel", "publisher", "text", "quote", "statement", "gloss", "colour", "icon", "shape"):
            term = ox.Literal(ATTACK, language=getattr(term, "language", None))
        elif name in ("url", "archive"):
            term = ox.NamedNode("javascript:pwned=1")
        store.add(ox.Quad(quad.subject, quad.predicate, term))
    return Graph(store)


def crowded(size: int) -> Graph:
    """A graph of one campaign with more measures than a canvas draws well."""
    store, type_ = ox.Store(), ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    store.extend(list(vocabulary().store))
    campaign = ox.NamedNode(BASE + "campaign/crowded")
    store.add(ox.Quad(campaign, type_, ox.NamedNode(ENF + "Campaign")))
    for number in range(size):
        measure = ox.NamedNode(f"{BASE}measure/crowded/m{number}")
        store.add(ox.Quad(measure, type_, ox.NamedNode(ENF + "Measure")))
        store.add(ox.Quad(measure, ox.NamedNode(ENF + "campaign"), campaign))
    return Graph(store)


def test_the_page_holds_the_model_as_it_is(shown: View) -> None:
    assert data(shown.html, "model") == json.loads(json.dumps(shown.model))


def test_the_same_graph_gives_the_same_bytes(graph: Graph, shown: View) -> None:
    assert view(graph).html == shown.html


def test_the_policy_allows_the_pages_own_script_and_style_and_nothing_else(shown: View) -> None:
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', shown.html)
    rules = dict(rule.strip().split(" ", 1) for rule in unescape(policy).split(";"))
    scripts = [text for attributes, text in blocks(shown.html, "script") if "json" not in attributes]
    styles = [text for _, text in blocks(shown.html, "style")]
    assert rules["default-src"] == "'none'"
    for name, own in (("script-src", scripts), ("style-src", styles)):
        assert rules[name].split() == [f"'sha256-{b64encode(sha256(block.encode()).digest()).decode()}'" for block in own]


def test_the_page_names_nothing_that_it_would_have_to_fetch(shown: View) -> None:
    assert re.findall(r'<(?:script|img|iframe|link)\b[^>]*\s(?:src|href)="(?!data:)[^"]*"', shown.html) == []
    assert "sourceMappingURL" not in shown.html
    assert "cdnjs" not in shown.html


def test_an_attack_in_the_data_stays_data(graph: Graph) -> None:
    html = view(spoilt(graph)).html
    assert ATTACK not in html
    assert len(blocks(html, "script")) == len(blocks(view(graph).html, "script"))
    assert ATTACK in {publisher["publisher"] for publisher in data(html, "model")["sources"].values()}


def test_an_address_that_is_none_never_becomes_a_link(graph: Graph) -> None:
    for layer in ("facts", "claims"):
        model = view(spoilt(graph), layer=layer).model
        assert not any("url" in each or "archive" in each for each in [*model["nodes"], *model["claims"], *model["sources"].values()])
    assert any("url" in each for each in view(graph).model["sources"].values())


def test_a_small_picture_is_pyviss_network_with_the_places_kept_and_physics_off(shown: View) -> None:
    drawn = data(shown.html, "network")
    assert [(n["id"], n["x"], n["y"]) for n in drawn["nodes"]] == [(n["id"], n["x"], n["y"]) for n in shown.model["nodes"]]
    assert [(e["from"], e["to"]) for e in drawn["edges"]] == [(e["from"], e["to"]) for e in shown.model["edges"]]
    assert drawn["options"]["physics"]["enabled"] is False
    assert shown.network.num_nodes() == shown.model["counts"]["nodes"]


@pytest.mark.parametrize(("size", "renderer"), [(LARGE - 1, "vis"), (LARGE, "sigma")])
def test_from_a_thousand_nodes_on_the_picture_is_drawn_by_webgl_and_pyvis_is_left_out(size: int, renderer: str) -> None:
    found = view(crowded(size))
    assert found.model["renderer"] == renderer
    for name in ("vis-network", "graphology", "sigma"):
        assert (f"/*! {name} " in found.html) == (name in drawn_by(renderer))
    assert ('id="network"' in found.html) == (renderer == "vis")


def test_in_a_notebook_the_page_stands_in_a_frame_that_cannot_reach_out(shown: View) -> None:
    frame = shown._repr_html_()
    [inner] = re.findall(r'srcdoc="([^"]*)"', frame)
    assert unescape(inner) == shown.html
    assert "allow-same-origin" not in frame.partition("srcdoc")[0]


def test_the_verb_writes_the_file_and_says_what_it_holds(graph: Graph, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kg.export(graph, tmp_path / "graph.nt")
    out = tmp_path / "deep" / "view.html"
    assert main(["view", "--graph", str(tmp_path / "graph.nt"), "-o", str(out), "--campaign", CAMPAIGN, "--layer", "claims"]) == 0
    assert out.read_text("utf-8") == view(graph, CAMPAIGN, "claims").html
    assert "<View of claims:" in capsys.readouterr().err


def test_open_shows_the_file_in_the_browser(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr("webbrowser.open", seen.append)
    kg.export(graph, tmp_path / "graph.nt")
    assert main(["view", "--graph", str(tmp_path / "graph.nt"), "-o", str(tmp_path / "a b.html"), "--open"]) == 0
    assert seen == [(tmp_path / "a b.html").as_uri()]


def test_a_graph_without_anything_gives_a_page_without_anything() -> None:
    found = view(Graph(ox.Store()))
    assert data(found.html, "model")["counts"] == {"nodes": 0, "edges": 0, "claims": 0}


def test_what_cannot_be_written_or_is_not_known_is_told(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SourceError, match="cannot be written"):
        view(graph).save(tmp_path / "file" / "view.html")
    with pytest.raises(QueryError, match="there is no campaign 'nothing'"):
        view(graph, "nothing")


def test_the_picture_in_the_readme_is_a_small_png() -> None:
    picture = (Path(__file__).resolve().parents[2] / "docs" / "view.png").read_bytes()
    assert picture.startswith(b"\x89PNG\r\n")
    assert len(picture) <= 200 * 1024
