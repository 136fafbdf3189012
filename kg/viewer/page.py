"""A view model as one HTML file: the template and scripts of ``kg.pages``, the renderer's library, the data; nothing else is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg import pages
from kg.pages.libraries import libraries, script
from kg.viewer.model import Model
from kg.viewer.network import described

_FRONT = Path(pages.__file__).resolve().parent


def page(model: Model, language: str = "", **site: Any) -> str:
    """The page, whole; the same model gives the same bytes. A large model goes round pyvis, whose building is quadratic.

    ``language``: that it begins with; ``site``: what leads from it to a site's other pages.
    """
    drawn = model["renderer"]
    return pages.render(
        "view.html",
        language=language or model["languages"][0],
        library="".join(map(script, drawn_by(drawn))),
        script=_parts("js"),
        style=_parts("css"),
        model=model,
        network=described(model) if drawn == "vis" else None,
        texts={language: pages.interface(language)[1] for language in model["languages"]},
        **site,
    )


def drawn_by(renderer: str) -> list[str]:
    """The names of the libraries that draw a picture, in the order they load.

    >>> drawn_by("sigma")
    ['graphology', 'sigma']
    """
    return [name for name, each in libraries().items() if each.get("renderer") == renderer]


def _parts(suffix: str) -> list[str]:
    """The front end's files of a suffix, in the order of their names."""
    return [f"view/{path.name}" for path in sorted((_FRONT / "view").glob(f"*.{suffix}"))]
