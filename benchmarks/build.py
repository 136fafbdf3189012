"""`kg build` beside rdflib + pySHACL on the same claims in the same run: CPU seconds, peak memory, ratio.

usage: python -m benchmarks.build [CLAIMS ...]     (default: 1000 10000 100000; the peer runs up to 10000)
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.generate import write

PEER_LIMIT = 10_000


def measure(*command: str) -> tuple[float, float]:
    """CPU seconds (user and system) and peak memory in MiB of one process, as the kernel accounts them."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    scale = 2**20 if sys.platform == "darwin" else 2**10
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale


def main(sizes: list[int]) -> None:
    """One line a size."""
    print(f"{'claims':>8} {'kg CPU s':>10} {'MiB':>7} {'peer CPU s':>11} {'MiB':>7} {'ratio':>6}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "facts.jsonl"
            write(size, data)
            seconds, memory = measure(sys.executable, "-m", "kg", "build", str(data), "--out", f"{folder}/build")
            line = f"{size:>8,} {seconds:>10.2f} {memory:>7.0f}"
            if size <= PEER_LIMIT:
                peer, peer_memory = measure(sys.executable, "-m", "benchmarks.peer", str(data), f"{folder}/peer.nt")
                line += f" {peer:>11.2f} {peer_memory:>7.0f} {peer / seconds:>6.1f}"
            print(line, flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000])
