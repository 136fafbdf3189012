"""Look-ups of things a second with 64 clients, beside Oxigraph's own server over the same graph.

usage: python -m benchmarks.serving [SECONDS]     (default: 5 for each)

A look-up is a thing's facts as Turtle: here its document, there DESCRIBE, as that server has no documents. wrk asks for each
thing of the shipped graph in turn. The target: 2,500 a second with 64 clients on two cores, the slowest hundredth within
60 ms, nothing but 2xx.
"""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import kg
from kg.graph import Graph
from kg.server.things import address

CLIENTS, THREADS = 64, 1  # a processor is left to the server
_THINGS = "SELECT DISTINCT ?x { ?x a ?class VALUES ?class { enf:Claim enf:Measure enf:Campaign enf:Report enf:Platform skos:Concept } }"
_LUA = """local paths = {{ {paths} }}
local n = 0
request = function() n = n + 1; return wrk.format("GET", paths[n % #paths + 1], {{["Accept"] = "text/turtle"}}) end
done = function(s, l)
  local e = s.errors
  io.write(string.format("p99 %.1f refused %d\\n", l:percentile(99) / 1000, e.status + e.connect + e.read + e.timeout))
end
"""


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


def measured(port: int, paths: list[str], seconds: int, folder: Path) -> tuple[float, float, int]:
    """Answers a second, the slowest hundredth in ms, and how many were no answers."""
    script = folder / "ask.lua"
    script.write_text(_LUA.format(paths=", ".join(f'"{path}"' for path in paths)))
    command = ["wrk", f"-t{THREADS}", f"-c{CLIENTS}", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec: +([\d.]+)", said)
    told = re.search(r"p99 ([\d.]+) refused (\d+)", said)
    if not rate or not told:
        raise RuntimeError(said)
    return float(rate[1]), float(told[1]), int(told[2])


def ours(out: Path, port: int) -> list[str]:
    """The command that serves the graph here."""
    return [sys.executable, "-m", "kg", "serve", "--graph", str(out), "--port", str(port)]


def theirs(out: Path, port: int, folder: Path) -> list[str]:
    """The command that serves it there, loaded before."""
    binary = str(Path(sys.executable).parent / "oxigraph")
    subprocess.run([binary, "load", "--location", str(folder / "store"), "--file", str(out / "graph.nt")], check=True, capture_output=True)
    return [binary, "serve-read-only", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]


def status(port: int, path: str) -> int:
    """The status of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers={"Accept": "text/turtle"})
    return connection.getresponse().status


def things(graph: Graph) -> list[str]:
    """The things that are looked up, in an order of their own."""
    return [row["x"] for row in kg.query(graph, _THINGS)]


def main(seconds: int) -> None:
    """One line a server, and the ratio."""
    if not shutil.which("wrk"):
        sys.exit("this measurement needs wrk; install it with: apt-get install wrk")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        graph = kg.build(out=folder / "build").graph
        iris = things(graph)
        describe = [f"/query?query={quote(f'DESCRIBE <{iri}>', safe='')}" for iri in iris]
        rows = {}
        for server, paths in (("kg serve", [f"/data/{address(iri)}.ttl" for iri in iris]), ("oxigraph", describe)):
            port = free_port()
            with running(ours(folder / "build", port) if server == "kg serve" else theirs(folder / "build", port, folder), port):
                assert status(port, paths[0]) == 200
                rows[server] = measured(port, paths, seconds, folder)
    print(f"{'':<10} {'look-ups/s':>11} {'p99 ms':>7} {'failed':>7}   ({len(iris):,} things, {CLIENTS} clients)")
    for server, (rate, slowest, failed) in rows.items():
        print(f"{server:<10} {rate:>11,.0f} {slowest:>7.1f} {failed:>7}")
    print(f"ratio      {rows['kg serve'][0] / rows['oxigraph'][0]:>11.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
