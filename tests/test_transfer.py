"""Push: the graph in another store, whole and counted; and where it fails, what that store holds."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

import kg
from kg import transfer
from kg.cli import main
from kg.endpoint import Endpoint
from kg.errors import FormatError, KgError, QueryError, SourceError
from kg.graph import Graph, canonical, open_graph
from tests.servers import Reply, Request, Told, forwarded, told

OTHERS = "https://example.org/others"


def small(*names: str) -> Graph:
    """A graph of a triple for each name."""
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"https://example.org/{name}"), ox.NamedNode("https://example.org/is"), ox.Literal(name)) for name in names
    )
    return Graph(store)


def held(oxigraph: str, name: str | None = None) -> list[str]:
    """The names that stand in a graph of the store."""
    where = f"?default-graph-uri={name}" if name else ""
    return [row["o"] for row in kg.query(open_graph(f"{oxigraph}/query{where}"), "SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o")]


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of one triple each."""
    monkeypatch.setattr(transfer, "PART", 80)


def test_the_shipped_graph_goes_over_in_one_step_and_comes_back_the_same(oxigraph: str, graph: Graph) -> None:
    done = kg.push(graph, f"{oxigraph}/store")
    assert (done.triples, done.parts) == (len(graph), 1)
    assert canonical(open_graph(done.url).store) == canonical(graph.store)


def test_it_goes_over_the_same_in_many_parts(oxigraph: str, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "PART", 300_000)
    told_of: list[tuple[int, int]] = []
    done = kg.push(graph, f"{oxigraph}/store", into=OTHERS, progress=lambda *each: told_of.append(each))
    assert done.parts == len(told_of) > 5
    assert told_of == sorted(told_of)
    assert told_of[-1] == (len(graph), len(graph))
    assert canonical(open_graph(done.url).store) == canonical(graph.store)


@pytest.mark.usefixtures("in_parts")
def test_what_stood_there_is_replaced_and_what_stands_beside_it_is_not(oxigraph: str) -> None:
    kg.push(small("a", "b", "c"), f"{oxigraph}/store")
    kg.push(small("x"), f"{oxigraph}/store", into=OTHERS)
    done = kg.push(small("c", "d"), f"{oxigraph}/store")
    assert (done.before, done.triples, done.parts) == (3, 2, 2)
    assert held(oxigraph) == ["c", "d"]
    assert held(oxigraph, OTHERS) == ["x"]


def test_no_graph_is_too_empty_to_push(oxigraph: str) -> None:
    kg.push(small("a"), f"{oxigraph}/store")
    assert kg.push(small(), f"{oxigraph}/store").triples == 0
    assert held(oxigraph) == []


def test_one_store_is_pushed_to_another(oxigraph: str) -> None:
    there = kg.push(small("a", "b"), f"{oxigraph}/store", into=OTHERS).url
    kg.push(open_graph(there), f"{oxigraph}/store")
    assert held(oxigraph) == ["a", "b"]


Failing = Callable[[Request, int], Reply | None]


def failing(oxigraph: str, fault: Failing) -> Callable[[Request], Reply]:
    """What the store answers, but to a write (the n-th, from 1) what ``fault`` says, if anything."""
    writes: list[Request] = []

    def respond(request: Request) -> Reply:
        if request.path.startswith("/store"):
            writes.append(request)
            if reply := fault(request, len(writes)):
                return reply
        return forwarded(request, oxigraph)

    return respond


def writes(server: Told) -> list[str]:
    return [request.method for request in server.asked if request.path.startswith("/store")]


@pytest.mark.usefixtures("in_parts")
def test_a_store_that_fails_midway_leaves_no_doubt_about_what_it_holds(oxigraph: str) -> None:
    kg.push(small("old", "older", "oldest"), f"{oxigraph}/store")
    with told(failing(oxigraph, lambda _, n: Reply(507, body=b"full") if n == 3 else None)) as server:
        with pytest.raises(SourceError, match=r"refused with 507 \(full\).*\n.*held 3 triples before and holds 2 now; push again"):
            kg.push(small("a", "b", "c", "d"), f"{server.url}/store")
        assert writes(server) == ["PUT", "POST", "POST"], "it goes no further"
    assert held(oxigraph) == ["a", "b"]


@pytest.mark.parametrize("status", [401, 403, 404, 413, 500])
def test_a_store_that_refuses_keeps_what_it_had(status: int, oxigraph: str) -> None:
    kg.push(small("old"), f"{oxigraph}/store")
    with told(failing(oxigraph, lambda *_: Reply(status))) as server:
        with pytest.raises(SourceError, match=rf"refused with {status}; .*\n.*holds 1 triples, as many as before"):
            kg.push(small("a", "b"), f"{server.url}/store")
        assert writes(server) == ["PUT"]
    assert held(oxigraph) == ["old"]


def test_a_store_that_is_gone_midway_is_told_as_not_known(oxigraph: str) -> None:
    asked: list[Request] = []

    def respond(request: Request) -> Reply:
        asked.append(request)
        return Reply(500) if len(asked) > 1 else forwarded(request, oxigraph)

    with told(respond) as server, pytest.raises(SourceError, match=r"how much of the graph <.*> in .* was replaced cannot be asked"):
        kg.push(small("a"), f"{server.url}/store", into=OTHERS)


@pytest.mark.usefixtures("in_parts")
def test_a_person_who_stops_it_is_told_what_the_store_holds(oxigraph: str) -> None:
    def stop(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    kg.push(small("old"), f"{oxigraph}/store")
    with pytest.raises(SourceError, match=r"stopped after 2 of 3 triples\n.*held 1 triples before and holds 2 now"):
        kg.push(small("a", "b", "c"), f"{oxigraph}/store", progress=stop)


@pytest.mark.usefixtures("in_parts")
def test_a_busy_store_gets_every_part_once_it_has_time(oxigraph: str) -> None:
    with told(failing(oxigraph, lambda _, n: Reply(503, {"Retry-After": "0"}) if n in (1, 3, 4) else None)) as server:
        assert kg.push(small("a", "b"), f"{server.url}/store").triples == 2
        assert writes(server) == ["PUT", "PUT", "POST", "POST", "POST"]
    assert held(oxigraph) == ["a", "b"]


def test_a_store_that_loses_triples_is_found_out(oxigraph: str) -> None:
    kg.push(small("old"), f"{oxigraph}/store")
    with (
        told(failing(oxigraph, lambda *_: Reply(204))) as server,
        pytest.raises(SourceError, match="2 triples were sent and 1 are counted"),
    ):
        kg.push(small("a", "b"), f"{server.url}/store")


def test_nothing_is_written_before_it_is_known_where_to_count(oxigraph: str) -> None:
    with told(lambda request: forwarded(request, oxigraph)) as server:
        with pytest.raises(QueryError, match="name it with --query URL"):
            kg.push(small("a"), f"{server.url}/unheard/of")
        with pytest.raises(KgError, match="refused with 404"):
            kg.push(small("a"), f"{server.url}/store", query_url=f"{server.url}/nothing")
        assert writes(server) == []


@pytest.mark.parametrize(
    ("url", "query"),
    [
        ("http://h:7878/store", "http://h:7878/query"),
        ("http://h:3030/ds/data", "http://h:3030/ds/query"),
        ("https://h/repositories/r/rdf-graphs/service", "https://h/repositories/r"),
        ("https://h:8182/sparql/gsp/", "https://h:8182/sparql"),
        ("http://h:8890/sparql-graph-crud?timeout=5", "http://h:8890/sparql?timeout=5"),
    ],
)
def test_the_layouts_of_known_stores_are_known(url: str, query: str) -> None:
    assert transfer.query_endpoint(url) == query


def test_the_name_of_a_graph_arrives_as_it_is(oxigraph: str) -> None:
    name = "https://example.org/graph?a=1&b=ü#c+d%20e"
    with told(lambda request: forwarded(request, oxigraph)) as server:
        kg.push(small("a"), f"{server.url}/store?key=a%26b", into=name, query_url=f"{server.url}/query")
        (written,) = (request for request in server.asked if request.method == "PUT")
    assert written.parameters == {"key": ["a&b"], "graph": [name]}
    found = Endpoint(f"{oxigraph}/query").query("SELECT ?g WHERE { GRAPH ?g { ?s ?p 'a' } }")
    assert name in [row[0].value for row in found]  # type: ignore[union-attr]


@pytest.mark.parametrize("into", ["", "relative", "https://e.org/a b", "https://e.org/> { } #"])
def test_what_names_no_graph_is_refused(into: str, oxigraph: str) -> None:
    with pytest.raises(QueryError, match="is no name of a graph"):
        kg.push(small("a"), f"{oxigraph}/store", into=into)


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(QueryError, match="is no address of a store"):
        kg.push(small("a"), "build")
    for url, query_url in (("http://[::1", None), ("http://x.example/store", "http://[::1")):
        with pytest.raises(SourceError, match=r"http://\[::1: no address \(Invalid IPv6 URL\); write http://host:port/path"):
            kg.push(small("a"), url, query_url=query_url)


def test_nodes_without_names_go_over_only_in_one_request(oxigraph: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "graph.nt").write_text('<http://a> <http://b> _:x .\n_:x <http://b> "c" .\n')
    blank = open_graph(tmp_path / "graph.nt")
    assert kg.push(blank, f"{oxigraph}/store").triples == 2
    monkeypatch.setattr(transfer, "PART", 40)
    with pytest.raises(FormatError, match="nodes without names"):
        kg.push(blank, f"{oxigraph}/store")


def test_the_command_prints_the_address_that_asks_for_what_it_pushed(
    oxigraph: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kg.export(small("a"), tmp_path / "graph.nt")
    assert main(["push", f"{oxigraph}/store", "--graph", str(tmp_path / "graph.nt"), "--into", OTHERS]) == 0
    printed = capsys.readouterr()
    assert "1 triples counted there" in printed.err
    assert main(["query", "-e", "SELECT ?o WHERE { ?s ?p ?o }", "--format", "csv", "--graph", printed.out.strip()]) == 0
    assert capsys.readouterr().out.split() == ["o", "a"]


def test_a_push_that_fails_ends_with_2(oxigraph: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kg.export(small("a"), tmp_path / "graph.nt")
    assert main(["push", f"{oxigraph}/query", "--query", f"{oxigraph}/query", "--graph", str(tmp_path / "graph.nt")]) == 2
    assert "name the store's Graph Store endpoint" in capsys.readouterr().err
    assert httpx.get(f"{oxigraph}/store?default", trust_env=False).is_success


def test_on_a_terminal_it_shows_how_far_it_is(oxigraph: str, tmp_path: Path) -> None:
    kg.export(small("a"), tmp_path / "graph.nt")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg", "push", f"{oxigraph}/store", "--graph", str(tmp_path / "graph.nt")]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, env=os.environ | {"TERM": "xterm"}, check=True)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    os.close(theirs)
    assert "sending triples" in shown
    assert done.stdout.decode() == f"{oxigraph}/query\n"
