"""The server as a process: its answers' formats, its log, a new build, and its end."""

from __future__ import annotations

import gzip
import os
import re
import shlex
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

import kg
from kg.cli import main
from tests.samples import claim, write
from tests.server.conftest import HASTY, Serve, Server, below, until

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"), ("*/*", "application/sparql-results+json"), ("text/csv", "text/csv"),
        ("application/sparql-results+xml", "application/sparql-results+xml"), ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=0.3, application/json;q=0.9", "application/json"), ("text/*", "text/csv"),
    ],
)  # fmt: skip
def test_rows_come_in_the_format_that_is_asked_for(accept: str, media: str, server: Server) -> None:
    reply = server.get("SELECT ?x { ?x a enf:Campaign } ORDER BY ?x LIMIT 1", **({"Accept": accept} if accept else {}))
    assert (reply.status, reply.headers["content-type"].partition(";")[0]) == (200, media)
    assert "campaign/" in reply.text


@pytest.mark.parametrize(
    "media",
    ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig", "application/n-quads"],
)
def test_triples_come_in_every_syntax(media: str, server: Server) -> None:
    reply = server.get("CONSTRUCT { ?x a enf:Campaign } WHERE { ?x a enf:Campaign }", Accept=media)
    assert (reply.status, reply.headers["content-type"].partition(";")[0]) == (200, media)
    assert len(list(ox.parse(reply.body, format=ox.RdfFormat.from_media_type(media)))) > 5


def test_a_format_that_is_not_there_is_refused_by_name(server: Server) -> None:
    reply = server.get("ASK {}", Accept="image/png")
    assert reply.status == 406
    assert "application/sparql-results+json" in reply.json["detail"]


def test_answers_are_zipped_tagged_and_not_sent_twice(server: Server) -> None:
    plain = server.get("SELECT * { ?s a enf:Claim ; enf:text ?text } ORDER BY ?s")
    zipped = server.get("SELECT * { ?s a enf:Claim ; enf:text ?text } ORDER BY ?s", Accept_Encoding="gzip")
    assert gzip.decompress(zipped.body) == plain.body
    assert zipped.headers["etag"] != plain.headers["etag"]
    again = server.get("SELECT * { ?s a enf:Claim ; enf:text ?text } ORDER BY ?s", If_None_Match=plain.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert "etag" not in server.get("SELECT (NOW() AS ?now) {}").headers


def test_a_tag_promises_the_same_bytes_only_where_they_are_the_same(server: Server) -> None:
    nodes = "CONSTRUCT { [] a ?o } { ?s a ?o } LIMIT 3"
    first = server.get(nodes)
    assert first.body != server.get(nodes).body
    assert first.headers["etag"].startswith('W/"')
    assert server.get(nodes, If_None_Match=first.headers["etag"]).status == 304
    assert server.ask("/data/platform/weibo.ttl").headers["etag"].startswith('"')


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sparql?query=ASK%7B%7D", 304), ("/sparql?query=NOT", 400), ("/sparql?query=ASK%7B%7D&accept=image/png", 406), ("/void", 304),
        ("/data/platform/weibo.ttl", 304), ("/data/none.ttl", 404), ("/compare/none", 404), ("/compare/cac-2021", 304),
        ("/view?around=x", 404), ("/page/platform/weibo", 304), ("/page/none", 404), ("/", 304), ("/api/questions/sources", 304),
        ("/api/questions/sources?format=none", 400),
    ],
)  # fmt: skip
def test_whoever_has_any_representation_has_it_only_where_there_is_one(path: str, status: int, server: Server) -> None:
    assert server.ask(path, If_None_Match="*").status == status


def test_a_query_that_is_posted_is_answered_whatever_the_client_has(server: Server) -> None:
    for known in ("*", server.get("ASK {}").headers["etag"]):
        assert server.sparql("ASK {}", If_None_Match=known).json == {"head": {}, "boolean": True}


@pytest.mark.parametrize(
    ("wanted", "coding"),
    [
        ("gzip", "gzip"), ("*", "gzip"), ("br, GZIP ; Q=0.001", "gzip"), ("gzip;q=0.000", ""), ("*, gzip;q=0", ""), ("*;q=0, gzip", "gzip"),
        ("gzip;q=nan", ""), ("identity", ""), ("", ""),
    ],
)  # fmt: skip
def test_an_answer_is_zipped_for_those_who_take_it(wanted: str, coding: str, server: Server) -> None:
    assert server.ask("/page/ontology", Accept_Encoding=wanted).headers.get("content-encoding", "") == coding


def test_a_query_that_is_wrong_says_so(server: Server) -> None:
    reply = server.get("SELECT * { ?s ?p }")
    assert (reply.status, reply.headers["content-type"]) == (400, "application/problem+json")
    assert "mend the SPARQL" in reply.json["detail"]
    assert server.ask("/sparql?query=%ff").status == 400
    assert server.ask("/sparql", "POST", b"query=%ff", Content_Type="application/x-www-form-urlencoded").status == 400


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/sparql", "GET, HEAD, OPTIONS, POST"), ("/page/platform/weibo", "GET, HEAD, OPTIONS"), ("/api/search", "GET, HEAD, OPTIONS")],
)
def test_a_method_that_an_address_does_not_take_is_told_with_those_it_does(path: str, allowed: str, server: Server) -> None:
    for method in ("PUT", "DELETE", "PATCH", "TRACE", *(["POST"] if "POST" not in allowed else [])):
        reply = server.ask(path, method)
        assert (reply.status, reply.headers["allow"]) == (405, allowed)
        assert allowed in reply.json["detail"]
    assert sorted(server.ask(path, "OPTIONS").headers["allow"].split(", ")) == allowed.split(", ")


def test_every_line_of_the_log_is_json_and_every_request_has_one(server: Server) -> None:
    mark = f"/platform/weibo-{time.monotonic_ns()}"
    server.ask(mark + "%0aforged")
    until(lambda: any(each["path"].startswith(mark) for each in server.events("request")))
    [line] = [each for each in server.events("request") if each["path"].startswith(mark)]
    assert (line["method"], line["status"], line["client"]) == ("GET", 404, "127.0.0.1")
    assert server.events("fault") == []


def counted(server: Server) -> int:
    return int(server.sparql(COUNT).json["results"]["bindings"][0]["n"]["value"])


def test_a_new_build_takes_the_old_one_s_place_and_no_request_is_lost(serve: Serve, tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "build"
    kg.build(write(data, claim("closed")), out)
    server = serve(out)
    before = counted(server)
    statuses: list[int] = []
    over = threading.Event()

    def client() -> None:
        while not over.is_set():
            statuses.extend((server.sparql("ASK {}").status, server.ask("/data/platform/north.ttl").status))

    with ThreadPoolExecutor(2) as clients:
        busy = [clients.submit(client) for _ in range(2)]
        slow = server.ask("/healthz").json
        kg.build(write(data, claim("closed"), claim("muted", "7")), out)
        until(lambda: counted(server) > before)
        assert server.ask("/healthz").json["graph"] != slow["graph"]
        over.set()
        for each in busy:
            each.result()
    assert len(statuses) > 10
    assert set(statuses) == {200}
    assert server.ask("/data/measure/drive/muted.ttl").status == 200


def test_a_build_that_cannot_be_read_leaves_the_old_one_in_place(serve: Serve, tmp_path: Path) -> None:
    out = tmp_path / "build"
    kg.build(write(tmp_path / "data", claim("closed")), out)
    server = serve(out)
    (out / "graph.nt").write_bytes(b"no graph")
    until(lambda: server.events("reload"))
    assert "kg build" in server.events("reload")[0]["error"]
    assert server.ask("/data/platform/north.ttl").status == 200
    assert server.sparql("ASK {}").status == 200


def test_workers_that_die_are_started_again(serve: Serve, folder: Path) -> None:
    server = serve(folder)
    [template] = below(server.process.pid)
    os.kill(template, signal.SIGKILL)
    until(lambda: server.events("reload"))
    assert server.sparql("ASK {}").status == 200
    assert server.ask("/healthz").status == 200
    assert below(server.process.pid) != [template]


def test_a_worker_that_dies_takes_one_query_with_it(server: Server) -> None:
    until(lambda: not server.children())
    with ThreadPoolExecutor(1) as clients:
        waiting = clients.submit(server.sparql, SLOW)
        until(server.children)
        os.kill(server.children()[0], signal.SIGKILL)
        assert waiting.result().status == 500
    assert server.sparql("ASK {}").status == 200


def test_a_client_that_leaves_frees_its_worker(server: Server) -> None:
    connection = server.connect()
    connection.request("GET", "/sparql?query=" + quote(SLOW))
    until(server.children)
    assert connection.sock is not None
    connection.close()
    until(lambda: not server.children())  # long before the query's own time is over
    until(lambda: server.events("request")[-1]["status"] == 499)


def test_an_address_that_is_taken_is_told(server: Server, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--graph", str(folder), "--port", str(server.port)]) == 2
    assert "in use; name another with --host and --port" in capsys.readouterr().err


def test_a_server_that_is_told_to_end_answers_first(serve: Serve, folder: Path) -> None:
    server = serve(folder, HASTY)
    with ThreadPoolExecutor(1) as clients:
        slow = clients.submit(server.sparql, SLOW)
        until(server.children)
        server.stop()
        assert slow.result().status == 504
    assert [each["event"] for each in server.log()][-1] == "stopped"


def test_the_help_ends_with_an_example_that_works(serve: Serve, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--help"])
    [example] = re.findall(r"^example: kg (.+)$", capsys.readouterr().out, re.M)
    server = serve(folder, shlex.split(example))  # on another port than everybody's
    assert server.ask("/").status == 200
    server.stop()


def test_a_graph_that_is_not_there_is_told_before_anything_starts(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(tmp_path / "none"), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "run 'kg build' first" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_endpoint_is_not_served_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--graph", "http://me:secret@127.0.0.1:1/query"]) == 2
    said = capsys.readouterr().err
    assert "http://127.0.0.1:1/query: an endpoint is not served again; make a file of it: kg export" in said
    assert "secret" not in said
    with pytest.raises(SystemExit):
        main(["serve", "--help"])
    assert "URL" not in capsys.readouterr().out
