"""The folder that a site stands in: made ready beside, then swapped in file by file; what is not ours is never touched."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.graph import digest

MANIFEST, NEXT, STAGE = "published.json", "published.json.next", ".publishing"
_PATH = re.compile(r"(?!.*\.\.)[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*")


class Folder:
    """A site's folder while it is written; ``files``: SHA-256 of each file that belongs to it now, by path."""

    def __init__(self, root: Path) -> None:
        self._root, self._stage = root, root / STAGE
        self.files: dict[str, str] = {}
        self._staged: dict[str, Path] = {}
        self._folders: dict[Path, None] = {}
        self._before = self._known()

    def write(self, path: str, content: bytes) -> None:
        """Make a file ready, unless it stands there as it should; raises SourceError where somebody else's file would go."""
        if path in self.files or not _PATH.fullmatch(path):
            raise SourceError(f"{path}: no name for a file of this site, or one that is taken; rename the thing")
        self.files[path] = made = sha256(content).hexdigest()
        if self._standing(path) != made:
            self._staged[path] = self._stage / str(len(self._staged))
            self._staged[path].write_bytes(content)

    def finish(self) -> tuple[int, int]:
        """Swap in what is ready and remove what is gone; how many files that were. Until here nothing was changed."""
        gone = [path for path in self._before if path not in self.files and self._standing(path)]
        self._record(NEXT)
        for folder in {(self._root / path).parent for path in self._staged}:
            folder.mkdir(parents=True, exist_ok=True)
        for path, ready in self._staged.items():
            ready.replace(self._root / path)
        for path in gone:
            (self._root / path).unlink()
            self._tidy((self._root / path).parent)
        self._record(MANIFEST)
        (self._root / NEXT).unlink()
        return len(self._staged), len(gone)

    def _tidy(self, folder: Path) -> None:
        """Remove folders that our last file left."""
        while folder != self._root and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def _record(self, name: str) -> None:
        text = (json.dumps({"files": self.files}, indent=0, sort_keys=True) + "\n").encode()
        if not (self._root / name).is_file() or (self._root / name).read_bytes() != text:
            (self._stage / name).write_bytes(text)
            (self._stage / name).replace(self._root / name)

    def _known(self) -> dict[str, set[str]]:
        """What we wrote before: the SHA-256 that each file may have, also where a run was stopped while it swapped files in."""
        found: dict[str, set[str]] = {}
        for name in (MANIFEST, NEXT):
            if (self._root / name).is_file():
                for path, made in self._read(self._root / name).items():
                    found.setdefault(path, set()).add(made)
        return found

    @staticmethod
    def _read(path: Path) -> dict[str, str]:
        try:
            files: dict[str, Any] = json.loads(path.read_bytes())["files"]
            if all(_PATH.fullmatch(name) and isinstance(made, str) for name, made in files.items()):
                return files
        except (ValueError, LookupError, TypeError, AttributeError):
            pass
        raise SourceError(f"{path}: not what 'kg publish' writes; name a new folder")

    def _standing(self, path: str) -> str:
        """The SHA-256 of the file that stands there, '' for none; raises SourceError where it is not as we left it."""
        file = self._root / path
        self._check(file.parent)
        if not os.path.lexists(file):
            return ""
        made = digest(file) if file.is_file() and not file.is_symlink() else ""
        if made not in self._before.get(path, ()):
            raise SourceError(f"{file}: was not written by 'kg publish', or changed since; move it away, or name a new folder")
        return made

    def _check(self, folder: Path) -> None:
        """Raise SourceError where a folder of the site is a file, or a link to another place."""
        while folder != self._root and folder not in self._folders:
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                raise SourceError(f"{folder}: is no folder of this site's own; move it away, or name a new folder")
            self._folders[folder] = None
            folder = folder.parent


@contextmanager
def site_folder(root: Path) -> Iterator[Folder]:
    """The folder to write a site into; raises SourceError where it holds other files, or cannot be written."""
    from filelock import FileLock, Timeout

    try:
        stage = root / STAGE
        is_ours = (root / MANIFEST).is_file() or (root / NEXT).is_file()
        if not is_ours and root.is_dir() and any(each.name != STAGE for each in root.iterdir()):
            raise SourceError(f"{root}: holds files that 'kg publish' did not write; name a new or empty folder")
        if stage.is_symlink():
            raise SourceError(f"{stage}: is a link to another place; move it away")
        stage.mkdir(parents=True, exist_ok=True)
        with FileLock(stage / "lock", timeout=0):
            try:
                yield Folder(root)
            finally:
                shutil.rmtree(stage)
    except Timeout:
        raise SourceError(f"{root}: another 'kg publish' is writing it; wait for its end") from None
    except OSError as error:
        raise SourceError(f"{error.filename or root}: cannot be written ({error.strerror or error}); name another folder") from error
