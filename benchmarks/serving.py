"""Look-ups of things a second with 64 clients, beside two other servers over the same graph; and while query bombs run.

usage: python -m benchmarks.serving [SECONDS]     (default: 5 for each)

A look-up is a thing's facts as Turtle: here its document, there DESCRIBE, as those servers have no documents. wrk asks for each
thing of the shipped graph in turn. rdflib-endpoint is installed for the while in an environment of its own; where it cannot be,
it is left out. The target: 2,500 a second with 64 clients on two cores, the slowest hundredth within 60 ms, nothing but 2xx.

Then the same 64 clients pause between look-ups, 25 ms in the mean, so that they ask some 2,500 a second whatever the server could
do; in turn alone, and while every kind of query bomb is sent by a client of its own, which asks again as soon as it may. The target:
the slowest hundredth within three times what it is alone.
"""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import kg
from kg.graph import Graph
from kg.server.things import address
from tests.server.bombs import BOMBS

CLIENTS, THREADS = 64, 1  # a processor is left to the server
PAUSE, BREATH = 25, 0.1  # ms between two look-ups of a client that takes its time; seconds between two bombs of another
ROUNDS = 5
_PEER = "rdflib-endpoint[cli]==0.6.3"
_THINGS = "SELECT DISTINCT ?x { ?x a ?class VALUES ?class { enf:Claim enf:Measure enf:Campaign enf:Report enf:Platform skos:Concept } }"
_LUA = """local paths = {{ {paths} }}
local n = 0
request = function() n = n + 1; return wrk.format("GET", paths[n % #paths + 1], {{["Accept"] = "text/turtle"}}) end
delay = {pause} > 0 and function() return math.random() * 2 * {pause} end or nil
done = function(s, l)
  local e = s.errors
  io.write(string.format("p99 %.2f refused %d\\n", l:percentile(99) / 1000, e.status + e.connect + e.read + e.timeout))
end
"""


class Measured(NamedTuple):
    """Answers a second, the slowest hundredth in ms, and how many were no answers."""

    rate: float
    slowest: float
    failed: int


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """A server as long as this lasts, from when it answers."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def measured(port: int, paths: list[str], seconds: int, folder: Path, pause: int = 0) -> Measured:
    """What all clients together see of the server; ``pause``: ms that each leaves between two look-ups, in the mean."""
    script = folder / "ask.lua"
    script.write_text(_LUA.format(paths=", ".join(f'"{path}"' for path in paths), pause=pause))
    command = ["wrk", f"-t{THREADS}", f"-c{CLIENTS}", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec: +([\d.]+)", said)
    told = re.search(r"p99 ([\d.]+) refused (\d+)", said)
    if not rate or not told:
        raise RuntimeError(said)
    return Measured(float(rate[1]), float(told[1]), int(told[2]))


def ours(out: Path, port: int, _: Path) -> list[str]:
    """The command that serves the graph here."""
    return [sys.executable, "-m", "kg", "serve", "--graph", str(out), "--port", str(port)]


def oxigraph(out: Path, port: int, folder: Path) -> list[str]:
    """The command by which Oxigraph's own server serves it, loaded before."""
    binary = str(Path(sys.executable).parent / "oxigraph")
    subprocess.run([binary, "load", "--location", str(folder / "store"), "--file", str(out / "graph.nt")], check=True, capture_output=True)
    return [binary, "serve-read-only", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]


def rdflib_endpoint(out: Path, port: int, folder: Path) -> list[str]:
    """The command by which rdflib-endpoint serves it, installed before; raises CalledProcessError where it cannot be."""
    venv.create(folder / "peer", with_pip=True)
    subprocess.run([str(folder / "peer/bin/pip"), "install", "--quiet", _PEER], check=True, capture_output=True)
    return [str(folder / "peer/bin/rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(port), str(out / "graph.nt")]


def status(port: int, path: str) -> int:
    """The status of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers={"Accept": "text/turtle"})
    return connection.getresponse().status


def things(graph: Graph) -> list[str]:
    """The things that are looked up, in an order of their own."""
    return [row["x"] for row in kg.query(graph, _THINGS)]


def beside_others(build: Path, iris: list[str], seconds: int, folder: Path) -> None:
    """One line a server, with its ratio."""
    describe = [f"query={quote(f'DESCRIBE <{iri}>', safe='')}" for iri in iris]
    servers = {
        "kg serve": (ours, documents(iris)),
        "oxigraph": (oxigraph, [f"/query?{each}" for each in describe]),
        "rdflib-endpoint": (rdflib_endpoint, [f"/?{each}" for each in describe]),
    }
    print(f"{'':<16} {'look-ups/s':>11} {'p99 ms':>8} {'failed':>7} {'ratio':>7}   ({len(iris):,} things, {CLIENTS} clients)")
    first = 0.0
    for name, (command, paths) in servers.items():
        port = free_port()
        try:
            words = command(build, port, folder)
        except subprocess.CalledProcessError:
            print(f"{name:<16} cannot be installed here")
            continue
        with running(words, port):
            assert status(port, paths[0]) == 200
            found = measured(port, paths, seconds, folder)
        first = first or found.rate
        print(f"{name:<16} {found.rate:>11,.0f} {found.slowest:>8.1f} {found.failed:>7} {first / found.rate:>7.2f}")


def documents(iris: list[str]) -> list[str]:
    """Where each thing's facts stand here."""
    return [f"/data/{address(iri)}.ttl" for iri in iris]


@contextmanager
def bombed(port: int) -> Iterator[None]:
    """Every kind of query bomb, sent again and again as long as this lasts; who is told to wait waits."""
    over = threading.Event()

    def send(query: str) -> None:
        while not over.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("POST", "/sparql", query.encode(), {"Content-Type": "application/sparql-query"})
            answer = connection.getresponse()
            answer.read()
            connection.close()
            over.wait(float(answer.getheader("retry-after") or BREATH))

    clients = [threading.Thread(target=send, args=(query,)) for query, _ in BOMBS.values()]
    for client in clients:
        client.start()
    try:
        yield
    finally:
        over.set()
        for client in clients:
            client.join()


def under_bombs(build: Path, iris: list[str], seconds: int, folder: Path) -> None:
    """One line alone and one while bombs run, each the median of some rounds in turn; and the ratio."""
    port, paths = free_port(), documents(iris)
    quiet, loud = [], []
    with running(ours(build, port, folder), port):
        measured(port, paths, seconds, folder, PAUSE)  # what is made once is made
        for _ in range(ROUNDS):
            quiet.append(measured(port, paths, seconds, folder, PAUSE))
            with bombed(port):
                loud.append(measured(port, paths, seconds, folder, PAUSE))
    print(f"{'':<16} {'look-ups/s':>11} {'p99 ms':>8} {'failed':>7}   ({CLIENTS} clients, {PAUSE} ms between look-ups)")
    for name, found in (("quiet", quiet), (f"{len(BOMBS)} bombs", loud)):
        rate, slowest, _ = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{name:<16} {rate:>11,.0f} {slowest:>8.2f} {sum(each.failed for each in found):>7}")
    ratios = sorted(after.slowest / before.slowest for before, after in zip(quiet, loud, strict=True))
    print(f"{'ratio':<16} {'':>11} {statistics.median(ratios):>8.2f}   (from {ratios[0]:.2f} to {ratios[-1]:.2f} in {ROUNDS} rounds)")


def main(seconds: int) -> None:
    """Both measurements."""
    if not shutil.which("wrk"):
        sys.exit("this measurement needs wrk; install it with: apt-get install wrk")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        iris = things(kg.build(out=folder / "build").graph)
        beside_others(folder / "build", iris, seconds, folder)
        under_bombs(folder / "build", iris, seconds, folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
