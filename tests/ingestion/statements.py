"""Statements of reasons for tests: PHP's fputcsv as it is written in C, and dumps packed as they are published."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import UUID

from kg import resources

SHARED = resources.ontology().parent.parent / "shared" / "dsa"
TIME = "2025-07-01 00:00:00"


def enums() -> dict[str, dict[str, list[str]]]:
    """Columns and codes of both versions."""
    return json.loads((SHARED / "enums.json").read_text("utf-8"))  # type: ignore[no-any-return]


def header(version: str = "v2", form: str = "full") -> list[str]:
    return enums()[version][f"columns_{form}"]


def fputcsv(fields: Iterable[str]) -> str:
    """One line as PHP's php_fputcsv of main/streams writes it, with its default escape character."""
    return ",".join(map(quoted, fields)) + "\n"


def quoted(field: str) -> str:
    if not set(field) & set(',"\\\n\r\t '):
        return field
    written, escaped = "", False
    for letter in field:
        if letter == "\\":
            escaped = True
        elif letter == '"' and not escaped:
            written += '"'
        else:
            escaped = False
        written += letter
    return f'"{written}"'


def statement(number: int = 1, columns: Sequence[str] = (), **values: str) -> list[str]:
    """One record; the columns that are not given are empty, but for those that every statement has."""
    told = {
        "uuid": str(UUID(int=number)),
        "decision_visibility": '["DECISION_VISIBILITY_CONTENT_REMOVED"]',
        "category": "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
        "platform_name": "Hotel Hideaway",
        "created_at": TIME,
    } | values
    return [told.get(name, "") for name in columns or header()]


def text(records: Iterable[Sequence[str]], columns: Sequence[str] = ()) -> bytes:
    return "".join(map(fputcsv, [columns or header(), *records])).encode()


def zipped(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def packed(folder: Path, parts: Sequence[bytes], name: str = "sor-global-2025-07-01-full", method: int = zipfile.ZIP_STORED) -> Path:
    """A dump as it is published, two parts in each inner zip, with its SHA-1 beside it."""
    inner = {}
    for i in range(0, len(parts), 2):
        members = {f"{name}-{i // 2:05}-{j:05}.csv": part for j, part in enumerate(parts[i : i + 2])}
        packing = folder / "inner"
        inner[f"{name}-{i // 2:05}.csv.zip"] = zipped(packing, members, zipfile.ZIP_DEFLATED).read_bytes()
        packing.unlink()
    path = zipped(folder / f"{name}.zip", inner, method)
    path.with_name(f"{path.name}.sha1").write_text(f"{hashlib.sha1(path.read_bytes()).hexdigest()}  {path.name}\n", "utf-8")
    return path
