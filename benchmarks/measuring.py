"""Work in processes of their own: CPU seconds and peak memory as the kernel accounts them, medians of runs that are short."""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHORT = 20.0  # CPU seconds: what takes less is run three times


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took (CPU and wall seconds, MiB at its peak), what it said of itself, and its last words where it failed.

    ``kernel``: the CPU seconds that the system worked for it, most of all to put what it wrote into memory.
    """

    cpu: float
    wall: float
    memory: float
    said: Mapping[str, Any]
    failed: str = ""
    kernel: float = 0.0


def once(*command: str) -> Cost:
    """The cost of one process; what it says is the JSON of its last line. A failure is a finding, not the end of the run.

    A process begins with the peak memory of the one that starts it, so this one must stay small: it imports nothing heavy.
    """
    start = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=out, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said, wrong = last_line(out), reason(errors)
    memory = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    seconds = usage.ru_utime + usage.ru_stime
    failed = (wrong or f"exit code {process.returncode}") if process.returncode else ""
    return Cost(seconds, time.monotonic() - start, memory, json.loads(said) if said.startswith("{") else {}, failed, usage.ru_stime)


def last_line(file: Any) -> str:
    """The last line with something in it."""
    file.seek(0)
    lines = [line for line in file.read().decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1] if lines else ""


def reason(file: Any) -> str:
    """Which error a process ended with, as its text says it first; without the paths of this machine."""
    file.seek(0)
    lines = file.read().decode("utf-8", "replace").splitlines()
    told = [line for line in lines if re.match(r"[\w.]*(Error|Exception)\b", line)] or lines[-1:]
    return re.sub(r"/\S+", "…", told[0])[:120] if told else ""


def cost(*command: str) -> Cost:
    """The cost of a process: of a short one the run of the median CPU time among three."""
    first = once(*command)
    if first.failed or first.cpu > SHORT:
        return first
    return sorted([first, once(*command), once(*command)], key=lambda each: each.cpu)[1]


def task(module: str, name: str, *words: object) -> Cost:
    """The cost of a task of a module of ours, as a process."""
    return cost(sys.executable, "-m", f"benchmarks.{module}", name, *map(str, words))


def run(module: str, name: str, *words: object) -> Cost:
    """The cost of a task that is long, or that says its own medians: once."""
    return once(sys.executable, "-m", f"benchmarks.{module}", name, *map(str, words))


def prepare(module: str, name: str, *words: object) -> Mapping[str, Any]:
    """What a task says that only makes ready; one that fails ends the run."""
    found = run(module, name, *words)
    if found.failed:
        sys.exit(f"benchmarks.{module} {name}: {found.failed}")
    return found.said


def main(tasks: Mapping[str, Callable[..., Mapping[str, Any]]]) -> None:
    """What a module of tasks does when it is run: the one that is named, which says what it did."""
    print(json.dumps(tasks[sys.argv[1]](*sys.argv[2:])))


class Stages:
    """CPU seconds of this process by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """The time until this is left counts for the stage called ``name``."""
        start = time.process_time()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0) + time.process_time() - start, 4)


def middle(times: int, work: Callable[[], Any]) -> dict[str, float]:
    """CPU and wall milliseconds of a piece of work done once cold, and the medians of so many times after it."""
    found = []
    for _ in range(times + 1):
        cpu, wall = time.process_time(), time.monotonic()
        work()
        found.append((1000 * (time.process_time() - cpu), 1000 * (time.monotonic() - wall)))
    return {
        "cold": found[0][0],
        "warm": statistics.median(cpu for cpu, _ in found[1:]),
        "wall": statistics.median(wall for _, wall in found[1:]),
    }


def size(path: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) if path.is_dir() else path.stat().st_size
