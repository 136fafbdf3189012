"""The server's pages as files, for any web server that only sends files."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.graph import Graph, canonical
from kg.site.folder import site_folder


@dataclass(frozen=True, slots=True)
class Published:
    """How many files a site has, how many of them are new or changed, and how many old ones were removed."""

    files: int
    changed: int
    removed: int


def publish(
    graph: Graph, folder: str | os.PathLike[str], base_iri: str | None = None, progress: Callable[[int, int], None] = lambda *_: None
) -> Published:
    """Write the site of ``graph`` into ``folder``: nothing is changed there before all is made, and what is the same stays.

    ``base_iri``: the web address at which the folder will stand, for the sitemap and the redirects. Raises SourceError where
    the folder holds files of others, or cannot be written.

    >>> import tempfile
    >>> publish(graph, tempfile.mkdtemp(), "not an address")
    Traceback (most recent call last):
    kg.errors.SourceError: 'not an address' is no web address for a site; write one like https://example.org/kg/
    """
    from kg.server.dataset import counted
    from kg.site.content import Content
    from kg.site.web import place, redirects, sitemaps

    at = "" if base_iri is None else place(base_iri)
    sha256 = graph.manifest.get("sha256") or hashlib.sha256(b"".join(canonical(graph.store))).hexdigest()
    with site_folder(Path(folder)) as site, _unhurried():
        content = Content(counted(graph, sha256), at, sha256)
        for number, (path, body) in enumerate(content.files()):
            site.write(path, body)
            progress(number, max(number, len(content)))
        if at:
            for path, body in [*sitemaps(at, list(site.files)), ("w3id.htaccess", redirects(at, content.names))]:
                site.write(path, body)
        return Published(len(site.files), *site.finish())


@contextmanager
def _unhurried() -> Iterator[None]:
    """Let the garbage collector leave what stays alone and look seldom: pages leave little behind, and looking took a tenth of the time."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
