"""A view model as one HTML file: the template and scripts of ``kg.pages``, the renderer's library, the data; nothing else is asked for."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from kg import pages
from kg.viewer.model import Model
from kg.viewer.network import described

VENDOR = Path(__file__).resolve().parent / "vendor"
_FRONT = Path(pages.__file__).resolve().parent
_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.M)


def page(model: Model, language: str = "", **site: Any) -> str:
    """The page, whole; the same model gives the same bytes. A large model goes round pyvis, whose building is quadratic.

    ``language``: that it begins with; ``site``: what leads from it to a site's other pages.
    """
    drawn = model["renderer"]
    return pages.render(
        "view.html",
        language=language or model["languages"][0],
        library="".join(_script(each) for each in libraries() if each["renderer"] == drawn),
        script=_parts("js"),
        style=_parts("css"),
        model=model,
        network=described(model) if drawn == "vis" else None,
        texts={language: pages.interface(language)[1] for language in model["languages"]},
        **site,
    )


@cache
def libraries() -> list[dict[str, Any]]:
    """The script libraries that pages hold, in the order they load: name, version, licence, file, SHA-256, renderer.

    >>> [each["name"] for each in libraries()]
    ['vis-network', 'graphology', 'sigma']
    """
    return [each for each in json.loads((VENDOR / "manifest.json").read_text("utf-8")) if "renderer" in each]  # else only tests use it


@cache
def _text(name: str) -> str:
    return (VENDOR / name).read_text("utf-8")


def _script(library: dict[str, Any]) -> str:
    """A library as it was published, without the address of its source map, which no reader of the page has."""
    return f"/*! {library['name']} {library['version']}, {library['licence']} */\n" + _MAP.sub("", _text(library["file"])) + "\n;\n"


def _parts(suffix: str) -> list[str]:
    """The front end's files of a suffix, in the order of their names."""
    return [f"view/{path.name}" for path in sorted((_FRONT / "view").glob(f"*.{suffix}"))]
