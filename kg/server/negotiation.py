"""What a client wants: media types (RFC 9110, §12.5.1), codings (§12.5.3) and languages (§12.5.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress


def preferred(header: str, offered: Sequence[str]) -> str:
    """The media type of ``offered`` that an Accept header wants most, the first among equals; '' where none will do.

    >>> preferred("text/*;q=0.5, application/json", ["text/csv", "application/json"])
    'application/json'
    """
    wanted = list(weighed(header)) or [("*/*", 1.0)]
    weights = [
        max(((_closeness(media, each), q) for media, q in wanted if _closeness(media, each)), default=(0, 0.0))[1] for each in offered
    ]
    best = max(weights, default=0.0)
    return offered[weights.index(best)] if best > 0 else ""


def language(header: str, known: Iterable[str], otherwise: str) -> str:
    """The known language that an Accept-Language header wants most, by its first subtag.

    >>> language("fr, zh-CN;q=0.8, en;q=0.5", ["en", "zh"], "en")
    'zh'
    """
    wanted = sorted(weighed(header), key=lambda each: -each[1])
    tags = [tag.partition("-")[0] for tag, weight in wanted if weight > 0]
    return next((tag for tag in tags if tag in set(known)), otherwise)


def weighed(header: str) -> Iterator[tuple[str, float]]:
    """What a header names, in lower case, and how much each is wanted (RFC 9110, §12.4.2).

    >>> dict(weighed("*, gzip;q=0.000"))
    {'*': 1.0, 'gzip': 0.0}
    """
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                weight = 0.0
                with suppress(ValueError):
                    weight = min(1.0, max(0.0, float(parameter[2:])))
        if name:
            yield name, weight


def _closeness(wanted: str, offered: str) -> int:
    """How exactly a media range names a media type; 0 where it does not."""
    if wanted == offered:
        return 3
    return 2 if wanted.endswith("/*") and wanted[:-1] == offered[: len(wanted) - 1] else int(wanted == "*/*")
