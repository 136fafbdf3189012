"""The graph: an Oxigraph store or a SPARQL endpoint and, beside it, what its build recorded.

A graph in a folder is two files, ``graph.nt`` (sorted N-Triples: the canonical form) and ``manifest.json``
(its SHA-256 and counts). They are replaced in an order that leaves a whole graph at every moment.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import pyoxigraph as ox

from kg import web
from kg.errors import FormatError, SourceError

if TYPE_CHECKING:
    import rdflib

    from kg.endpoint import Endpoint

GRAPH, MANIFEST, NEXT = "graph.nt", "manifest.json", "manifest.json.next"
CONTENT, STORE = "content", "store"  # a large graph: the manifest's key for the folder of its files, and the store among them
# Read by file name; RDF/XML is read only without DOCTYPE, whose entities can hang a parser.
SYNTAXES = {
    ".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS, ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG, ".rdf": ox.RdfFormat.RDF_XML, ".jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip


@dataclass(slots=True)
class Graph:
    """Facts, derived facts and vocabulary as one set of triples; ``manifest`` is empty unless built.

    ``origin`` answers queries, wherever it is; ``store`` is at hand, for what looks at every triple. A large graph
    has a folder of ``content``, with tables beside the store (see kg.columns).
    """

    origin: ox.Store | Endpoint
    manifest: Mapping[str, Any] = field(default_factory=dict)
    content: Path | None = None

    @property
    def store(self) -> ox.Store:
        """The triples as an Oxigraph store; those of an endpoint are fetched, once, when first asked for."""
        return self.origin if isinstance(self.origin, ox.Store) else self.origin.store

    def __len__(self) -> int:
        """Number of triples."""
        return len(self.origin)

    def __repr__(self) -> str:
        return f"<Graph of {len(self):,} triples>" if isinstance(self.origin, ox.Store) else f"<Graph at {self.origin}>"

    @property
    def rdflib(self) -> rdflib.Graph:
        """The same ``store`` as an rdflib Graph: no copy, what one changes the other sees.

        >>> len(graph.rdflib) == len(graph)
        True
        """
        import rdflib
        from oxrdflib import OxigraphStore
        from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

        return rdflib.Graph(store=OxigraphStore(store=self.store), identifier=DATASET_DEFAULT_GRAPH_ID)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}; name a built folder or an RDF file") from error


def open_graph(path: str | os.PathLike[str] = "build") -> Graph:
    """The graph of a built folder, of an RDF file (by its suffix: .nt .nq .ttl .trig .rdf .jsonld) or of a SPARQL endpoint (its URL).

    Raises SourceError where it cannot be read or is not what its manifest says, FormatError where it is not RDF. An
    endpoint is asked only when the graph is (see kg.endpoint).

    >>> open_graph("no-such-folder")
    Traceback (most recent call last):
    kg.errors.SourceError: no-such-folder: there is no graph here; run 'kg build' first or name another with --graph
    """
    if web.is_url(path):
        from kg.endpoint import Endpoint

        return Graph(Endpoint(str(path)))
    where = Path(path)
    if where.is_dir() and (where / GRAPH).exists():
        return _open_folder(where)
    if where.is_dir() and (where / MANIFEST).exists():
        return _open_content(where)
    if not where.is_file():
        raise SourceError(f"{where}: there is no graph here; run 'kg build' first or name another with --graph")
    syntax = SYNTAXES.get(where.suffix)
    if syntax is None:
        raise FormatError(f"{where}: '{where.suffix}' is no RDF suffix; known: {' '.join(SYNTAXES)}")
    raw = _read(where)
    if syntax is ox.RdfFormat.RDF_XML and b"<!DOCTYPE" in raw:
        raise FormatError(f"{where}: RDF/XML with a DOCTYPE is not read; save it without entities")
    store = ox.Store()
    try:
        store.load(raw, format=syntax, to_graph=None if syntax in (ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG) else ox.DefaultGraph())
    except (SyntaxError, ValueError) as error:
        raise FormatError(f"{where}: {error}; mend the file or name it by its real format") from error
    return Graph(store)


def _open_folder(folder: Path) -> Graph:
    for _ in range(3):  # a build may swap its files in between our two looks
        raw = _read(folder / GRAPH)
        if manifest := _manifest(folder, hashlib.sha256(raw).hexdigest()):
            store = ox.Store()
            store.bulk_load(raw, format=ox.RdfFormat.N_TRIPLES)
            return Graph(store, manifest)
    raise SourceError(f"{folder / GRAPH}: not the graph that {MANIFEST} describes; run 'kg build' again")


def _open_content(folder: Path) -> Graph:
    """A graph too large for memory: its store is opened where it lies, read-only, by any number of readers."""
    try:
        manifest = json.loads(_read(folder / MANIFEST))
        content = folder / manifest[CONTENT]
        changed = [name for name, size in manifest["files"].items() if not _sized(content / name, size)]
    except (ValueError, LookupError, TypeError, AttributeError):
        raise SourceError(f"{folder / MANIFEST}: does not describe a graph; run 'kg ingest' again") from None
    if changed:
        raise SourceError(f"{content / changed[0]}: not the file that {MANIFEST} describes; run 'kg ingest' again")
    try:
        return Graph(ox.Store.read_only(str(content / STORE)), manifest, content)
    except OSError as error:
        raise SourceError(f"{content / STORE}: {error}; run 'kg ingest' again") from error


def _sized(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def _manifest(folder: Path, sha256: str) -> Mapping[str, Any]:
    """The manifest that describes the graph of this SHA-256, empty where none does."""
    for name in (MANIFEST, NEXT):  # NEXT: a build was stopped between its two last steps
        with suppress(OSError, ValueError, LookupError, TypeError):
            found: dict[str, Any] = json.loads((folder / name).read_bytes())
            if found["sha256"] == sha256:
                return found
    return {}


def canonical(store: ox.Store) -> list[bytes]:
    """The default graph as sorted lines of N-Triples: equal graphs give equal bytes (there are no blank nodes)."""
    dump = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return sorted((dump or b"").splitlines(keepends=True))


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """An empty file in the folder of ``path``, gone at the end unless it took another name; raises SourceError."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
        os.close(handle)
        temporary = Path(name)
        temporary.chmod(0o666 & ~umask())
        yield temporary
    except OSError as error:
        why = error.strerror or error
        raise SourceError(f"{path}: cannot be written ({why}); what stood there is untouched; name another place") from error
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of ``path`` when all of it is written, or never; raises SourceError."""
    with beside(path) as temporary:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)


def umask() -> int:
    """The bits that new files shall not have, by which a temporary file's own narrow mode is widened.

    >>> 0 <= umask() <= 0o777
    True
    """
    mask = os.umask(0)
    os.umask(mask)
    return mask


def save(folder: Path, written: Path, manifest: Mapping[str, Any]) -> None:
    """Put ``written`` (a file beside the graph) and its manifest in the place of the folder's, whole or not at all.

    The new manifest stands ready as ``manifest.json.next`` before the graph is replaced, so that a stop at any
    moment leaves a graph with a manifest that describes it.
    """
    from filelock import FileLock

    text = (json.dumps(manifest, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()
    with FileLock(folder / ".lock"):  # another build waits for this moment; the system frees it when a process dies
        _finish(folder)
        with replacing(folder / NEXT) as file:
            file.write(text)
        written.replace(folder / GRAPH)
        (folder / NEXT).replace(folder / MANIFEST)


def holds_content(folder: Path) -> bool:
    """Whether a large graph is kept in ``folder``: a manifest that points to its content.

    >>> holds_content(Path("no-such-folder"))
    False
    """
    with suppress(OSError, ValueError, TypeError):
        return CONTENT in json.loads((folder / MANIFEST).read_bytes())
    return False


def _finish(folder: Path) -> None:
    """The last step of a build that was stopped before it."""
    with suppress(OSError, ValueError, LookupError, TypeError):
        if json.loads((folder / NEXT).read_bytes())["sha256"] == digest(folder / GRAPH):
            (folder / NEXT).replace(folder / MANIFEST)


def digest(path: Path) -> str:
    """SHA-256 of a file, in lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
