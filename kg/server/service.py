"""What is served: one graph and its workers, replaced whole when a new build stands ready."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.graph import GRAPH, MANIFEST, Graph, open_graph
from kg.server.dataset import counted
from kg.server.gate import Gate
from kg.server.kept import Pages, Shelf
from kg.server.things import Things
from kg.server.worker import identity
from kg.server.workers import Template

_LOOK = 0.5  # seconds between two looks at the folder
_SETTLING = 5  # builds in a row that may come while one is being opened

Log = Callable[..., None]


@dataclass(frozen=True)
class Served:
    """A graph, told from others by its SHA-256, its things, and the workers that hold the same."""

    graph: Graph
    sha256: str
    things: Things
    template: Template
    pages: Pages
    kept: Shelf


async def _ended(template: Template) -> None:
    template.retire()
    await asyncio.to_thread(template.join)


class Service:
    """The graph at a path, followed as it is built anew."""

    def __init__(self, path: str, seconds: float, log: Log) -> None:
        self._path, self._seconds, self._log = path, seconds, log
        self._watch: asyncio.Task[None] | None = None
        self.gate = Gate(max(2, os.cpu_count() or 1))
        self.current: Served

    async def start(self) -> None:
        """Open the graph and begin to follow it; raises SourceError or FormatError where it cannot be opened."""
        mark = self._mark()
        self.current = await self._opened()
        self._watch = asyncio.create_task(self._follow(mark))

    async def stop(self) -> None:
        """End the workers."""
        if self._watch:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        await _ended(self.current.template)

    def _mark(self) -> Any:
        """What changes when another build is put in place; None where none stands there now."""
        path = Path(self._path)
        marks = []
        for file in (path / GRAPH, path / MANIFEST) if path.is_dir() else (path,):
            with suppress(OSError):
                found = file.stat()
                marks.append((found.st_ino, found.st_mtime_ns, found.st_size))
        return marks or None

    async def _opened(self) -> Served:
        for _ in range(_SETTLING):
            template = Template(self._path, self._seconds)
            try:
                graph, sha256 = await asyncio.to_thread(self._read)
                if await template.ready() == sha256:
                    return self._served(graph, sha256, template)
            except BaseException:
                await _ended(template)
                raise
            await _ended(template)
        raise KgError(f"{self._path}: changes faster than it can be opened; wait for the build to end")

    @staticmethod
    def _served(graph: Graph, sha256: str, template: Template) -> Served:
        things = Things(graph)
        return Served(graph, sha256, things, template, Pages(things), Shelf())

    def _read(self) -> tuple[Graph, str]:
        graph = open_graph(self._path)
        sha256 = identity(graph, self._path)
        return counted(graph, sha256), sha256

    async def _follow(self, mark: Any) -> None:
        """Put a new build in the place of the old one when it is whole and ready; requests that run end on the old."""
        while True:
            await asyncio.sleep(_LOOK)
            found = self._mark()
            if (found == mark or found is None) and self.current.template.alive:
                continue
            try:
                old, self.current = self.current, await self._opened()
            except (KgError, OSError) as error:
                self._log("reload", error=str(error), serving=self.current.sha256)
            else:
                self._log("reload", sha256=self.current.sha256, triples=len(self.current.graph))
                old.template.retire()
                asyncio.get_running_loop().run_in_executor(None, old.template.join)
            mark = found
