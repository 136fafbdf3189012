"""Which file holds what, and how pages lead to each other: by relative links, so that the site opens under any path."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape, unescape
from urllib.parse import parse_qs, urlsplit

from kg.errors import SourceError

SEGMENT = r"[a-z0-9][a-z0-9_-]{0,79}"
_PLAIN = re.compile(rf"{SEGMENT}(?:/{SEGMENT})*")
_LONGEST = 180  # characters of a plain name
_COINED = "iri"  # the folder of names that we coin
# Names of devices, which Windows keeps for itself.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in range(10))}
# Each begins with words as they stand: such patterns are found some ten times as fast.
_SCRIPTS = re.compile(r"(<script\b.*?</script>)", re.DOTALL)
_ADDRESSES = tuple(re.compile(rf'({name})="(/[^"]*)"') for name in ("href", "action"))


def plain(name: str) -> bool:
    """Whether a name can be that of a file as it stands: short, of lower-case letters, digits, hyphens, and no device's.

    >>> plain("platform/weibo"), plain("platform/Weibo"), plain("../etc/passwd"), plain("platform/nul")
    (True, False, False, False)
    """
    segments = name.split("/")
    return len(name) <= _LONGEST and bool(_PLAIN.fullmatch(name)) and segments[0] != _COINED and not _DEVICES & set(segments)


def file_name(name: str) -> str:
    """The name of a thing's files, no two things' the same: its own where that is plain, else its SHA-256.

    >>> file_name("platform/weibo"), file_name("..")[:12]
    ('platform/weibo', 'iri/5ec1f7e7')
    """
    return name if plain(name) else f"{_COINED}/{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()}"


@dataclass
class Places:
    """The file of each address of the server; ``languages``: the first one's pages stand at the top, others' in a folder of its name.

    >>> places = Places(("en", "zh"))
    >>> places.add("/questions", "questions/index.html", spoken=True)
    >>> places.rewritten('<a href="/questions?lang=zh">', "page/a/b.html", "en")
    '<a href="../../zh/questions/index.html">'
    """

    languages: tuple[str, ...]
    _files: dict[str, tuple[str, bool]] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _led: dict[tuple[str, str], str] = field(default_factory=dict)  # what links led to, as most stand on many pages

    def add(self, address: str, file: str, spoken: bool = False) -> None:
        """Give an address its file; ``spoken``: one in each language. Raises SourceError where another has it already."""
        if file.casefold() in self._taken:
            raise SourceError(f"{file}: two addresses would share this file; rename {address}")
        self._taken.add(file.casefold())
        self._files[address] = (file, spoken)
        self._led.clear()

    def file(self, address: str, language: str) -> str:
        """The file of an address in a language; raises KeyError where there is none."""
        found, spoken = self._files[address]
        return f"{language}/{found}" if spoken and language != self.languages[0] else found

    def rewritten(self, page: str, here: str, language: str) -> str:
        """A page of the server with its links made relative to the file ``here``; a link that would lead nowhere is none.

        Scripts stay as they are: the page's policy names them by their hashes.
        """
        up = "../" * here.count("/")

        def relative(found: re.Match[str]) -> str:
            file = self._leading(found[2], language)
            if file.startswith(f"{here}#"):
                return f'{found[1]}="{file.removeprefix(here)}"'
            return f'{found[1]}="{up}{file}"' if file else ""

        parts = _SCRIPTS.split(page)
        for pattern in _ADDRESSES:
            parts[::2] = [pattern.sub(relative, part) for part in parts[::2]]
        return "".join(parts)

    def _leading(self, link: str, language: str) -> str:
        """``led`` of a link as it stands in HTML, as HTML."""
        found = self._led.get((link, language))
        if found is None:
            found = self._led[link, language] = escape(self.led(unescape(link), language))
        return found

    def led(self, link: str, language: str) -> str:
        """The file, and the place in it, that a link on a page of this language leads to; '' where it leads nowhere."""
        parts = urlsplit(link)
        asked = parse_qs(parts.query)
        spoken = asked.pop("lang", [language])[0]
        query = "&".join(f"{name}={value}" for name, [value, *_] in sorted(asked.items()) if name in ("campaign", "layer", "format"))
        address = parts.path + (f"?{query}" if query else "")
        if address not in self._files:
            return ""
        return self.file(address, spoken) + (f"#{parts.fragment}" if parts.fragment else "")
