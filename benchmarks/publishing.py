"""A site of 10,000 things and more, written once and then again with nothing changed.

usage: python -m benchmarks.publishing [CLAIMS]     (default: 4,750, with their verdicts some 10,000 things)

The target: 10,000 things within 60 CPU-seconds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import kg
from benchmarks.generate import write


def main() -> int:
    """Measure and tell; returns the exit code."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 4750
    with tempfile.TemporaryDirectory() as folder:
        facts, site = Path(folder, "facts"), Path(folder, "site")
        facts.mkdir()
        write(claims, facts / "claims.jsonl")
        graph = kg.build(facts, out=Path(folder, "build")).graph
        for _ in range(2):
            begun = time.process_time()
            done = kg.publish(graph, site, "https://example.org/kg/")
            spent = time.process_time() - begun
            things = sum(1 for _ in (site / "data").rglob("*.nt"))
            print(f"{things:,} things, {done.files:,} files, {done.changed:,} new or changed: {spent:.1f} CPU-seconds")
    return 0


if __name__ == "__main__":
    sys.exit(main())
