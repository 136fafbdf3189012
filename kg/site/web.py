"""What a site tells those who come by machine: its pages (sitemap), and for w3id.org where each IRI leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from kg.errors import SourceError
from kg.server.things import SYNTAXES
from kg.site.addresses import SEGMENT, file_name, plain

_MOST = 50_000  # addresses of a sitemap
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_PLACE = re.compile(r"https?://[A-Za-z0-9.\-]+(?::\d{1,5})?(?:/[A-Za-z0-9._~-]+)*/?")


def place(told: str) -> str:
    """A web address that a site stands at, with its last slash; raises SourceError where it is none.

    >>> place("https://example.org/kg")
    'https://example.org/kg/'
    """
    if not _PLACE.fullmatch(told):
        raise SourceError(f"'{told}' is no web address for a site; write one like https://example.org/kg/")
    return told.rstrip("/") + "/"


def sitemaps(at: str, files: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The site's pages (sitemaps.org, protocol 0.9), and where one file cannot hold them, several and an index."""
    pages = sorted(file for file in files if file.endswith(".html"))
    parts = [pages[start : start + _MOST] for start in range(0, len(pages), _MOST)]
    if len(parts) == 1:
        yield "sitemap.xml", _listed("urlset", "url", at, parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield "sitemap.xml", _listed("sitemapindex", "sitemap", at, names)
    for name, part in zip(names, parts, strict=True):
        yield name, _listed("urlset", "url", at, part)


def _listed(root: str, each: str, at: str, files: Iterable[str]) -> bytes:
    lines = "".join(f"<{each}><loc>{escape(at + file)}</loc></{each}>\n" for file in files)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {_SPACE}>\n{lines}</{root}>\n'.encode()


def redirects(at: str, names: Iterable[str]) -> bytes:
    """Rules for Apache's mod_rewrite, as w3id.org takes them: each IRI leads (303) to the document that is asked for.

    IRIs whose name is no file's have a rule of their own. Those that hold a question mark have none: a rule sees only paths.
    """
    wanted = f"{SEGMENT}(?:/{SEGMENT})*"
    coined = [(_matching(name), file_name(name)) for name in names if name and not plain(name) and "?" not in name]
    lines = ["Options +FollowSymLinks", "RewriteEngine on", f"RewriteRule ^$ {at} [R=303,L]"]
    for suffix, (media, _) in SYNTAXES.items():
        asked = f'RewriteCond %{{HTTP_ACCEPT}} "{re.escape(media)}"'
        lines += _ruled("void", f"{at}void{suffix}", asked)
        for pattern, file in coined:
            lines += _ruled(pattern, f"{at}data/{file}{suffix}", asked)
        lines += _ruled(f"({wanted})", f"{at}data/$1{suffix}", asked)
    lines += _ruled("void", f"{at}void.ttl")
    for pattern, file in coined:
        lines += _ruled(pattern, f"{at}page/{file}.html")
    lines += _ruled(f"({wanted})", f"{at}page/$1.html")
    return "".join(line + "\n" for line in lines).encode()


def _ruled(pattern: str, target: str, *conditions: str) -> list[str]:
    return [*conditions, f"RewriteRule ^{pattern}$ {target} [R=303,L]"]


def _matching(name: str) -> str:
    r"""A pattern of a name alone: whatever is more than a letter or digit by its bytes, so that none ends the rule.

    >>> _matching("a b/微")
    'a\\x20b/\\xe5\\xbe\\xae'
    """
    return "".join(chr(byte) if (chr(byte).isalnum() and byte < 128) or byte == ord("/") else f"\\x{byte:02x}" for byte in name.encode())
