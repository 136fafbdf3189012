"""What comparing costs as claims grow: the verdicts computed anew and every cell of one campaign, in CPU seconds.

usage: python -m benchmarks.comparing [CLAIMS ...]     (default: 1000 2000 5000 10000; the target is 2 s at 10000)
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import kg
from benchmarks.generate import write
from kg import verdicts
from kg.comparison import compare
from kg.graph import Graph

CAMPAIGN = "campaign/benchmark"
ROUNDS = 3
LATER = "2099"  # a year in which all was said: every verdict is computed anew, and none comes out otherwise


def built(claims: int) -> Graph:
    """The graph of that many claims, a tenth of them primary ones, opened as a user opens it."""
    with tempfile.TemporaryDirectory() as folder:
        write(claims, Path(folder) / "facts.jsonl", primary=True)
        kg.build(Path(folder) / "facts.jsonl", f"{folder}/build")
        return kg.open(f"{folder}/build")


def seconds(work: Callable[[], Sequence[object]]) -> tuple[float, Sequence[object]]:
    """CPU seconds of ``work``, the least of three rounds, for a loaded machine only ever adds; and what it returned."""
    least = float("inf")
    for _ in range(ROUNDS):
        gc.collect()
        start = time.process_time()
        found = work()
        least = min(least, time.process_time() - start)
    return least, found


def main(sizes: list[int]) -> None:
    """One line a size: the verdicts alone, the comparison with verdicts computed anew, and with those that stand in the graph."""
    print("  claims  verdicts  verdicts CPU s  compare anew  µs a claim  compare built  µs a claim")
    for size in sizes:
        graph = built(size)
        judged, found = seconds(lambda graph=graph: verdicts.judge(verdicts.read(graph.store)))  # type: ignore[misc]
        anew, told = seconds(lambda graph=graph: compare(graph, CAMPAIGN, as_of=LATER))  # type: ignore[misc]
        stored, same = seconds(lambda graph=graph: compare(graph, CAMPAIGN))  # type: ignore[misc]
        if list(told) != list(same):
            sys.exit("the verdicts computed anew are not those of the graph")
        each = [f"{part / size * 1e6:>11.0f}" for part in (anew, stored)]
        print(f"{size:>8,} {len(found):>9,} {judged:>15.2f} {anew:>13.2f} {each[0]} {stored:>14.2f} {each[1]}", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 2_000, 5_000, 10_000])
