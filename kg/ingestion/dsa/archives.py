"""The parts of a dump: CSV files in zips in a zip, streamed; nothing is unpacked to disk, and nothing is trusted."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import Finding, SourceError

DIRECTORY = 8 << 20  # bytes of an archive's table of contents
MEMBERS = 10_000  # of one archive; the largest day had 739
LARGEST = 4 << 30  # bytes that a member may claim; a part of 100,000 records has some 100 MB, and what is read never exceeds the claim
RATIO = 300  # of a member's bytes to its compressed ones; dumps have some 15
UNSAFE = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:")
ADVICE = "download it again; nothing was taken from it"


@dataclass(frozen=True, slots=True)
class Part:
    """A CSV file: its path inside the dump ("" where it is the dump), and how to open it."""

    name: str
    open: Callable[[], IO[bytes]]


def refused(file: str, what: str, advice: str = ADVICE) -> SourceError:
    """The error for what cannot be read at all."""
    return SourceError("the dump cannot be read", [Finding(file, None, what, advice)])


@contextmanager
def reading(file: str) -> Iterator[None]:
    """What goes wrong in reading an archive, told with its name."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError) as error:
        raise refused(file, f"it is damaged: {error}") from error
    except NotImplementedError as error:
        raise refused(file, f"it is packed in a way that is not known here: {error}", "pack it anew with deflate") from error
    except OSError as error:
        raise refused(file, f"it cannot be read: {error.strerror or error}", "see that the file is there and readable") from error


class Window(io.RawIOBase):
    """A stored member of an archive as a file of its own: it is read where it lies, and never copied.

    >>> Window(io.BytesIO(b"headerinside"), 6, 6).read()
    b'inside'
    """

    def __init__(self, file: IO[bytes], start: int, size: int) -> None:
        self.file, self.start, self.size, self.place = file, start, size, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """As of any file."""
        self.place = max(0, offset + (0, self.place, self.size)[whence])
        return self.place

    def tell(self) -> int:
        """As of any file."""
        return self.place

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """As of any file; the one underneath is shared, so each reading finds its own place."""
        self.file.seek(self.start + self.place)
        piece = self.file.read(max(0, min(len(buffer), self.size - self.place)))
        buffer[: len(piece)] = piece
        self.place += len(piece)
        return len(piece)


def fault(member: zipfile.ZipInfo) -> str:
    """Why a member is refused, "" where it is not."""
    if UNSAFE.search(member.orig_filename) or "\0" in member.orig_filename:
        return "its path leads out of the archive"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "it is a link to another file"
    if member.flag_bits & 1:
        return "it is encrypted"
    if member.file_size > LARGEST:
        return f"it claims {member.file_size:,} bytes, more than {LARGEST:,}"
    if member.file_size > 1 << 20 and member.file_size > RATIO * member.compress_size:
        return f"it claims to be {member.file_size // max(1, member.compress_size):,} times what it is packed into, a zip bomb"
    return ""


def checked(archive: zipfile.ZipFile, file: str) -> list[zipfile.ZipInfo]:
    """The members of an archive that are files, in the order they lie in it, after all of them were looked at."""
    members = sorted(archive.infolist(), key=lambda member: member.header_offset)
    if len(members) > MEMBERS:
        raise refused(file, f"it has {len(members):,} members, more than {MEMBERS:,}")
    ends = [*(member.header_offset for member in members), archive.start_dir][1:]
    for member, end in zip(members, ends, strict=True):
        overlaps = "it overlaps another member" if member.header_offset + 30 + member.compress_size > end else ""
        if wrong := fault(member) or overlaps:
            raise refused(f"{file}/{member.filename}", wrong, "this is not how the dumps are published: " + ADVICE)
    if len({member.filename for member in members}) < len(members):
        raise refused(file, "two members have the same name")
    return [member for member in members if not member.is_dir()]


def opened(stream: IO[bytes], file: str) -> zipfile.ZipFile:
    """An archive whose table of contents is not too large to be read."""
    with reading(file):
        end = zipfile._EndRecData(stream)  # type: ignore[attr-defined]
        if not end or end[9] + 22 + end[7] != stream.seek(0, io.SEEK_END):
            raise refused(file, "it is no zip, or its end is missing")
        if end[5] > DIRECTORY or end[4] > MEMBERS:
            raise refused(file, f"its table of contents is of {end[4]:,} members and {end[5]:,} bytes, a zip bomb")
        archive = zipfile.ZipFile(stream)
    if archive.start_dir != end[6]:
        raise refused(file, "its table of contents is not of this file, so its end is missing")
    return archive


def inside(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str) -> IO[bytes]:
    """A member as a seekable stream: where it lies if it is stored, else inflated as it is read, anew at each step back."""
    with reading(file):
        stream = archive.open(member)
        if member.compress_type != zipfile.ZIP_STORED:
            return stream
        stream.close()
        raw = archive.fp
        raw.seek(member.header_offset + 26)  # type: ignore[union-attr]
        name, extra = struct.unpack("<HH", raw.read(4))  # type: ignore[union-attr]
        return io.BufferedReader(Window(raw, member.header_offset + 30 + name + extra, member.file_size))  # type: ignore[arg-type]


def parts(stream: IO[bytes], file: str, depth: int = 2, path: str = "") -> Iterator[Part]:
    """The CSV files of a zip of zips, or of a zip, as they lie in it. What else is in it is nobody's record and left alone."""
    archive = opened(stream, file)
    for member in checked(archive, file):
        name = f"{path}{member.filename}"
        if member.filename.lower().endswith(".csv"):
            yield Part(name, lambda member=member: archive.open(member))  # type: ignore[misc]
        elif member.filename.lower().endswith(".zip"):
            if depth == 1:
                raise refused(f"{file}/{member.filename}", "a zip in a zip in a zip", "this is not how the dumps are published")
            inner = f"{file}/{member.filename}"
            yield from parts(inside(archive, member, inner), inner, depth - 1, f"{name}/")


def checksum(path: Path) -> str | None:
    """The SHA-1 of a dump where a file beside it tells what it has to be, None where there is none; SourceError where it is another."""
    import hashlib

    beside = next((file for file in (path.with_name(path.name + ".sha1"), path.with_suffix(".sha1")) if file.is_file()), None)
    if beside is None:
        return None
    with reading(str(beside)):
        told = re.match(r"\s*([0-9A-Fa-f]{40})\b(?: [ *](.*\S))?", beside.read_bytes()[:1000].decode("utf-8-sig", "replace"))
    if not told:
        raise refused(str(beside), "it does not begin with a SHA-1", "download it again, or remove it to go without")
    if told[2] and re.split(r"[/\\]", told[2])[-1] != path.name:
        raise refused(str(beside), f"it tells the SHA-1 of {told[2]}, not of {path.name}", "give the dump the name it was published under")
    with reading(str(path)), path.open("rb") as file:
        real = hashlib.file_digest(file, "sha1").hexdigest()
    if real != told[1].lower():
        raise refused(str(path), f"its SHA-1 is {real}, not {told[1].lower()} as {beside.name} tells", ADVICE)
    return real
