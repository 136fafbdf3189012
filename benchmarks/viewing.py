"""What a view's file costs as claims grow, in CPU seconds; beside pyvis alone on the same nodes and links.

usage: python -m benchmarks.viewing [NODES ...]     (default: 1000 5000 10000 50000; pyvis alone runs up to 5000)

The target is 10 s at 50000 nodes, the graph being open.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import kg
from benchmarks.generate import write
from kg.viewer.model import Model

PEER_LIMIT = 5_000
SHARE = 0.979  # so many of the nodes are claims, the others their sources and measures


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of ``work``."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def peer(model: Model, path: str) -> None:
    """The same nodes and links by pyvis alone, as its own documentation shows it."""
    from pyvis.network import Network

    network = Network()
    for node in model["nodes"]:
        network.add_node(node["id"], label=node["label"]["en"])
    for edge in model["edges"]:
        network.add_edge(edge["from"], edge["to"])
    Path(path).write_text(network.generate_html(), encoding="utf-8")


def main(sizes: list[int]) -> None:
    """One line a size, for claims alone and for claims a tenth of which are primary (seven verdicts a claim)."""
    print(f"{'nodes':>8} {'links':>8} {'verdicts':>9} {'kg view CPU s':>14} {'file MiB':>9} {'pyvis CPU s':>12}")
    for size, primary in ((size, primary) for size in sizes for primary in (False, True)):
        with tempfile.TemporaryDirectory() as folder:
            data, page = f"{folder}/facts.jsonl", f"{folder}/graph.html"
            write(int(size * SHARE), Path(data), primary=primary)
            built = kg.build(data, f"{folder}/build")
            spent = seconds(lambda built=built, page=page: kg.view(built.graph, layer="claims").save(page))  # type: ignore[misc]
            model = kg.view(built.graph, layer="claims").model
            numbers = model["counts"]["nodes"], model["counts"]["edges"], built.manifest["counts"]["Verdict"]
            line = "{:>8,} {:>8,} {:>9,}".format(*numbers) + f" {spent:>14.2f} {Path(page).stat().st_size / 2**20:>9.1f}"
            if size <= PEER_LIMIT and primary:
                line += f" {seconds(lambda model=model, page=page: peer(model, page)):>12.2f}"  # type: ignore[misc]
            print(line, flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 5_000, 10_000, 50_000])
