"""Where an ingested graph is kept: content of its own name beside a manifest that points to it, swapped in by one rename.

``DIR/manifest.json`` names the folder ``DIR/data-…`` (``graph.nt``, the Oxigraph ``store``, ``figures.parquet``,
``rejects.jsonl``). A stop at any moment leaves the manifest at a whole content; what is left over goes at the next run.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.graph import CONTENT, GRAPH, MANIFEST, umask

_WORK = ".work-"
_OURS = re.compile(r"\.work-\w+|data-[0-9a-f]{12}-\w+")


@contextmanager
def filling(out: Path) -> Iterator[Path]:
    """An empty folder inside ``out`` to be filled, gone at the end unless it became the content; raises SourceError.

    A graph of 'kg build' stays what it is: large and small ones do not share a folder.

    Another run into the same folder waits for this one.
    """
    from filelock import FileLock

    if (out / GRAPH).exists():
        raise SourceError(f"{out}: holds a graph of 'kg build', which this one is joined to; name another folder with --out")
    try:
        out.mkdir(parents=True, exist_ok=True)
        with FileLock(out / ".lock"):
            _sweep(out)
            work = Path(tempfile.mkdtemp(dir=out, prefix=_WORK))
            work.chmod(0o777 & ~umask())
            try:
                yield work
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise SourceError(
            f"{out}: cannot be written ({error.strerror or error}); what stood there is untouched; free space or name another place"
        ) from error


def swap(out: Path, work: Path, manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make ``work`` the content of ``out``; returns the manifest with the content's name and the sizes of its files."""
    sizes = {str(path.relative_to(work)): path.stat().st_size for path in sorted(work.rglob("*")) if path.is_file()}
    content = f"data-{manifest['sha256'][:12]}-{work.name.removeprefix(_WORK)}"
    whole = dict(manifest) | {CONTENT: content, "files": sizes}
    with (work / MANIFEST).open("wb") as file:
        file.write((json.dumps(whole, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode())
        file.flush()
        os.fsync(file.fileno())
    work.rename(out / content)
    (out / content / MANIFEST).replace(out / MANIFEST)
    _sweep(out)
    return whole


def _sweep(out: Path) -> None:
    """Take away what stopped runs left, and contents that the manifest does not name."""
    try:
        kept = json.loads((out / MANIFEST).read_bytes()).get(CONTENT, "")
    except (OSError, ValueError, AttributeError):
        kept = ""
    for path in out.iterdir():
        if path.name != kept and _OURS.fullmatch(path.name) and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
