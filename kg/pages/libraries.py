"""The script libraries that pages carry: whose they are, under which licence, and their text as it stands in a page."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).resolve().parent / "vendor"
_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.M)


@cache
def libraries() -> dict[str, dict[str, Any]]:
    """What the manifest says of each library by its name: version, licence, file, SHA-256, what it is for.

    >>> libraries()["vega"]["licence"]
    'BSD-3-Clause AND ISC'
    """
    return {each["name"]: each for each in json.loads((VENDOR / "manifest.json").read_text("utf-8"))}


@cache
def script(name: str) -> str:
    """A library as it was published, without the address of its source map, which no reader of the page has.

    >>> script("sigma")[:20]
    '/*! sigma 3.0.3, MIT'
    """
    library = libraries()[name]
    text = (VENDOR / library["file"]).read_text("utf-8")
    return f"/*! {name} {library['version']}, {library['licence']} */\n" + _MAP.sub("", text) + "\n;\n"
