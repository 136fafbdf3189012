"""What a view's file costs as claims grow, in CPU seconds, and when Chromium has drawn it; beside pyvis alone on the same graph.

usage: python -m benchmarks.viewing [NODES ...]     (default: 1000 5000 10000 50000; pyvis alone runs up to 5000)

The targets: 10 CPU s at 50000 nodes, the graph being open; drawn after 2 s at 10000 nodes and 5 s at 50000, without a graphics card.
"""

from __future__ import annotations

import gc
import math
import shutil
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


def drawn(path: str) -> float:
    """Seconds until Chromium, without a graphics card, has drawn a page; not a number where there is no Chromium."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        return math.nan
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]).new_page()
        start = time.perf_counter()
        page.goto(Path(path).as_uri())
        page.locator("#canvas[data-drawn]").wait_for(state="attached")
        return time.perf_counter() - start


def main(sizes: list[int]) -> None:
    """One line a size, for claims alone and for claims a tenth of which are primary (seven verdicts a claim)."""
    print(f"{'nodes':>8} {'links':>8} {'verdicts':>9} {'kg view CPU s':>14} {'file MiB':>9} {'drawn s':>8} {'pyvis CPU s':>12}")
    for size, primary in ((size, primary) for size in sizes for primary in (False, True)):
        with tempfile.TemporaryDirectory() as folder:
            data, page = f"{folder}/facts.jsonl", f"{folder}/graph.html"
            write(int(size * SHARE), Path(data), primary=primary)
            built = kg.build(data, f"{folder}/build")
            spent = seconds(lambda built=built, page=page: kg.view(built.graph, layer="claims").save(page))  # type: ignore[misc]
            model = kg.view(built.graph, layer="claims").model
            numbers = model["counts"]["nodes"], model["counts"]["edges"], built.manifest["counts"]["Verdict"]
            line = (
                "{:>8,} {:>8,} {:>9,}".format(*numbers) + f" {spent:>14.2f} {Path(page).stat().st_size / 2**20:>9.1f} {drawn(page):>8.2f}"
            )
            if size <= PEER_LIMIT and primary:
                line += f" {seconds(lambda model=model, page=page: peer(model, page)):>12.2f}"  # type: ignore[misc]
            print(line, flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 5_000, 10_000, 50_000])
