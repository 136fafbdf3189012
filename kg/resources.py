"""Where ``ontology/`` and the shipped ``data/`` are found: inside the installed package, else in the checkout."""

from __future__ import annotations

from pathlib import Path

from kg.errors import SourceError

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    for place in (_PACKAGE / "_resources" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise SourceError(f"the folder '{name}' is missing from this installation; install enforcement-kg again")


def ontology() -> Path:
    """Folder of the ontology: terms, codes, shapes, rules, queries, context.

    >>> (ontology() / "context.jsonld").is_file()
    True
    """
    return _folder("ontology")


def data() -> Path:
    """Folder of the facts that come with the package.

    >>> (data() / "authorities.yaml").is_file()
    True
    """
    return _folder("data")
