"""SYNTHETIC statements of reasons in the exact shape of the DSA's dumps: zips of CSV parts in a zip with its SHA-1, or Parquet.

usage: python -m benchmarks.statements FOLDER [--rows N] [--version v1|v2] [--form full|light|narrow] [--parquet] [--first DAY] [--days N]

Nobody decided anything of this. Platforms, codes, languages and delays are drawn from the published marginals of each platform in
``../shared/dsa/marginals``. Which kinds of decision a row carries is drawn jointly, as published; all other columns are drawn independently
of each other given the platform: an assumption, so no figure of two columns means anything. Texts, UUIDs and hours are made up. The same
arguments give the same bytes. ``narrow`` has only the columns that are read.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import compute, parquet

from benchmarks.marginals import DSA, KINDS, counts, delays, platforms, table
from kg.ingestion.dsa.dumps import COLUMNS

NOTE = "SYNTHETIC statements of reasons, drawn by benchmarks/statements.py from published marginals; no row of it ever happened.\n"
PART, INNER = 100_000, 10  # rows of a part, parts of an inner zip
TEXTS = {  # made-up texts: the least and most words of each
    "decision_visibility_other": (2, 8), "decision_facts": (10, 60), "incompatible_content_ground": (3, 10), "content_type_other": (1, 1),
    "incompatible_content_explanation": (8, 55), "illegal_content_legal_ground": (3, 8), "illegal_content_explanation": (8, 55),
    "decision_ground_reference_url": (1, 1),
}  # fmt: skip
ONLY = {  # columns that are filled where another one has this in it
    "decision_visibility_other": ("decision_visibility", "OTHER"), "content_type_other": ("content_type", "OTHER"),
    "incompatible_content_ground": ("decision_ground", "INCOMPATIBLE"), "illegal_content_legal_ground": ("decision_ground", "ILLEGAL"),
    "incompatible_content_explanation": ("decision_ground", "INCOMPATIBLE"), "illegal_content_explanation": ("decision_ground", "ILLEGAL"),
}  # fmt: skip
WORDS = 'synthetic text of a statement that nobody made about content, rules and the account which "posted" it; see our terms'.split(" ")
STARTS = {"v1": date(2024, 3, 14), "v2": date(2025, 7, 1)}


@cache
def made_up(column: str) -> list[str]:
    """Texts of one column, with commas, quotes, line ends and a backslash before a quote now and then, as people write them."""
    rng = np.random.default_rng(sum(column.encode()))
    least, most = TEXTS[column]
    texts = [" ".join(rng.choice(WORDS, rng.integers(least, most + 1))) for _ in range(400)]
    if most > 10:
        texts[0] += '\nSecond line, "quoted".'
        texts[1] += r" A path C:\dir and \"escaped\" words"
    return texts


def uuids(rng: np.random.Generator, count: int) -> pa.Array:
    """Random UUIDs as text, made as one block of bytes."""
    digits = np.frombuffer(b"0123456789abcdef", np.uint8)[rng.integers(0, 16, (count, 36), np.uint8)]
    digits[:, [8, 13, 18, 23]] = ord("-")
    offsets = np.arange(0, 36 * (count + 1), 36, dtype=np.int32)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(digits.tobytes()))


@lru_cache(2)
def seconds(day: date) -> list[str]:
    """Every second of a day."""
    return [f"{day} {i // 3600:02}:{i // 60 % 60:02}:{i % 60:02}" for i in range(86_400)]


@lru_cache(2)
def days_before(day: date) -> list[str]:
    """The days up to a day, the latest first."""
    return [f"{day - timedelta(i)} 00:00:00" for i in range(4_000)]


def coded(codes: Any, values: list[str]) -> pa.DictionaryArray:
    """A column of few values."""
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(values, pa.string()))


def columns(rng: np.random.Generator, version: str, day: date, count: int) -> dict[str, pa.Array]:
    """All columns of so many statements, made known within one day."""
    made = platforms(version)
    share = np.array(list(made.values()), float)
    places = rng.choice(len(made), count, p=share / share.sum()).astype(np.int32)
    drawn = {name: table(name, version) for name in counts(version)}
    codes = {name: how.draw(rng, places) for name, how in drawn.items()}
    found = {name: coded(codes[name], how.values) for name, how in drawn.items() if name not in KINDS and name != "decision_type"}
    for name, kind in KINDS.items():
        has = np.array([kind in value.split("_") for value in drawn["decision_type"].values])[codes["decision_type"]]
        found[name] = coded(np.where(has, codes[name] + 1, 0), ["", *drawn[name].values])
    for name in TEXTS:
        found[name] = text(rng, name, found, count)
    told = np.minimum(delays(rng, version, "disclosure_delay", places), 3_999)
    found["application_date"] = coded(told, days_before(day))
    found["content_date"] = coded(np.minimum(told + delays(rng, version, "moderation_delay", places), 3_999), days_before(day))
    found["created_at"] = coded(np.sort(rng.integers(0, 86_400, count, np.int32)), seconds(day))
    return found | {"platform_name": coded(places, list(made)), "uuid": uuids(rng, count), "platform_uid": uuids(rng, count)}


def text(rng: np.random.Generator, name: str, found: dict[str, pa.Array], count: int) -> pa.Array:
    """A column of made-up texts, filled where the column that it explains asks for it."""
    other, word = ONLY.get(name, ("", ""))
    chosen = rng.integers(1, 401, count, np.int32)
    if other:
        asks = np.array([word in value for value in found[other].dictionary.to_pylist()])
        chosen = np.where(asks[found[other].indices.to_numpy()], chosen, 0)
    elif name.endswith("_url"):
        chosen = np.where(rng.random(count) < 0.1, chosen, 0)
    return coded(chosen, ["", *made_up(name)])


def php(value: str, version: str) -> str:
    r"""A field as PHP's fputcsv quotes it; since 2025 the exporter rewrites \" beforehand."""
    if version == "v2":
        value = value.replace('\\"', '"')
    if not set(value) & set(' ,"\\\n\t\r'):
        return value
    return '"' + value.replace('\\"', "\0").replace('"', '""').replace("\0", '\\"') + '"'


def lines(found: dict[str, pa.Array], header: Sequence[str], version: str) -> bytes:
    """The CSV text of a part."""
    count = len(found["uuid"])
    fields = []
    for name in header:
        column = found.get(name)
        end = "\n" if name == header[-1] else ""
        if column is None:
            fields.append(pa.repeat(pa.scalar(end), count))
        elif isinstance(column, pa.DictionaryArray):
            quoted = [php(value, version) + end for value in column.dictionary.to_pylist()]
            fields.append(pa.array(quoted, pa.string()).take(column.indices))
        else:
            fields.append(column)
    joined = compute.binary_join_element_wise(*fields, ",")
    size = compute.sum(compute.binary_length(joined)).as_py()
    return (",".join(header) + "\n").encode() + memoryview(joined.buffers()[2])[:size]


def parts(version: str, day: date, rows: int) -> Iterator[dict[str, pa.Array]]:
    """The parts of a day."""
    for number, first in enumerate(range(0, rows, PART)):
        yield columns(np.random.default_rng([day.toordinal(), number]), version, day, min(PART, rows - first))


def header(version: str, form: str) -> list[str]:
    """The columns of a form of the dumps."""
    told = json.loads((DSA / "enums.json").read_text("utf-8"))[version]
    return list(COLUMNS) if form == "narrow" else list(told[f"columns_{form}"])


def zips(name: str, made: Iterator[bytes]) -> Iterator[tuple[str, bytes]]:
    """The inner zips, each of a million rows, and their names."""
    for number, group in enumerate(batched(made, INNER)):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for place, part in enumerate(group):
                archive.writestr(zipfile.ZipInfo(f"{name}-{number:05}-{place:05}.csv"), part, zipfile.ZIP_DEFLATED, compresslevel=1)
        yield f"{name}-{number:05}.csv.zip", packed.getvalue()


def batched(made: Iterator[bytes], size: int) -> Iterator[Iterator[bytes]]:
    """Groups of so many, made as they are asked for."""
    for first in made:
        yield chain([first], islice(made, size - 1))


def dump(path: Path, made: Iterator[bytes]) -> None:
    """A dump as it is published, with its SHA-1 beside it."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, inner in zips(path.stem, made):
            archive.writestr(zipfile.ZipInfo(name), inner)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha1").hexdigest()
    path.with_name(f"{path.name}.sha1").write_text(f"{digest}  {path.name}\n", "utf-8")


def table_of(path: Path, made: Iterator[dict[str, pa.Array]], names: Sequence[str]) -> None:
    """The same rows as Parquet, arrays as JSON text."""
    with parquet.ParquetWriter(path, pa.schema([(name, pa.string()) for name in names]), compression="zstd") as file:
        for found in made:
            count = len(found["uuid"])
            empty = pa.repeat(pa.scalar(""), count)
            file.write_table(pa.table([found.get(name, empty).cast(pa.string()) for name in names], names=list(names)))


def write(
    folder: Path, rows: int, version: str = "v2", form: str = "full", days: int = 1, first: date | None = None, as_parquet: bool = False
) -> list[Path]:
    """So many synthetic statements, one file a day; where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "SYNTHETIC.txt").write_text(NOTE, "utf-8")
    names, paths = header(version, form), []
    for number in range(days):
        day = (first or STARTS[version]) + timedelta(number)
        made = parts(version, day, rows // days + (number < rows % days))
        paths.append(folder / f"synthetic-sor-global-{day}-{form}.{'parquet' if as_parquet else 'zip'}")
        if as_parquet:
            table_of(paths[-1], made, names)
        else:
            dump(paths[-1], (lines(found, names, version) for found in made))
    return paths


def main() -> None:
    """Writes what is asked for and tells where it is."""
    parser = argparse.ArgumentParser(description=NOTE)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--version", choices=("v1", "v2"), default="v2")
    parser.add_argument("--form", choices=("full", "light", "narrow"), default="full")
    parser.add_argument("--days", type=int, default=1)
    parser.add_argument("--first", type=date.fromisoformat)
    parser.add_argument("--parquet", action="store_true")
    told = parser.parse_args()
    for path in write(told.folder, told.rows, told.version, told.form, told.days, told.first, told.parquet):
        print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
