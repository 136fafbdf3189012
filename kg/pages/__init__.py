"""What every page of the project shares: one file that asks nobody else, runs only scripts it names, and shows data as text.

Templates, styles, scripts and the words of the interface are files beside this module.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.pages.colours import inks

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

__all__ = ["classes", "embed", "interface", "languages", "render", "safe_link"]

_FOLDER = Path(__file__).resolve().parent
_FALLBACK = "en"
_LINK = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"\\]+", re.IGNORECASE)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")  # a language tag of RFC 5646 §2.1 that begins with an ISO 639 code
_ESCAPES = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def render(
    template: str,
    *,
    language: str,
    script: str | Sequence[str] = (),
    style: str | Sequence[str] = (),
    library: str = "",
    generated: str = "",
    forms: bool = False,
    beside: Mapping[str, str] | None = None,
    fetches: bool = False,
    **values: Any,
) -> str:
    """A whole page from a template; raises jinja2.UndefinedError where it names a value that is not given.

    ``script`` and ``style`` name files of this folder that follow those all pages share; ``library``: script of others in a
    block before them, so that they run even where it fails; ``generated``: more style, made by ``classes``; ``forms``: the page may
    send forms to where it came from; ``beside``: scripts that it loads from there first, by address, with their hashes (Subresource
    Integrity), which may ask there for more, as its own scripts may where it ``fetches``. Its policy (Content Security Policy
    Level 3) allows exactly these, by their hashes.
    """
    from markupsafe import Markup

    found, words = interface(language)
    styles = "".join(map(_file, ["style.css", *_names(style)])) + generated
    scripts = [*filter(None, [library]), "".join(map(_file, ["page.js", *_names(script)]))]
    allowed = " ".join([*(f"'{each}'" for each in (beside or {}).values()), *map(_hash, scripts)])
    target = "'self'" if forms else "'none'"
    policy = f"default-src 'none'; style-src {_hash(styles)}; script-src {allowed}; img-src data:; base-uri 'none'; form-action {target}"
    policy += "; connect-src 'self'" if beside or fetches else ""
    blocks = {"styles": Markup(styles), "scripts": [Markup(each) for each in scripts], "beside": beside or {}}  # noqa: S704
    shared = {"policy": policy, "language": found, "words": words, **blocks}
    return _environment().get_template(template).render(shared | values)


def interface(language: str) -> tuple[str, dict[str, Any]]:
    """The interface's own words and their language: the one asked for (BCP 47), English where there is none.

    >>> interface("zh")[0], interface("fr")[0]
    ('zh', 'en')
    """
    known = _words()
    found = language if language in known else _FALLBACK
    return found, known[found]


def languages() -> list[str]:
    """The languages that the interface has words in (BCP 47).

    >>> languages()
    ['en', 'zh']
    """
    return list(_words())


def safe_link(iri: str) -> str:
    """The address where a reader may be sent to it, else '': only http and https become links.

    >>> safe_link("https://example.org/a?b=1"), safe_link("javascript:alert(1)")
    ('https://example.org/a?b=1', '')
    """
    return iri if _LINK.fullmatch(iri) else ""


def embed(data: Any) -> Markup:
    """Data as JSON that stands inside a script element, of type application/json, and cannot end it.

    >>> print(embed("</script>"))
    "\\u003c/script\\u003e"
    """
    from markupsafe import Markup

    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 - nothing left to escape


def classes(colours: dict[str, str]) -> str:
    """Style that gives each class name its colour, readable on light and on dark; what is no colour is left out.

    Raises ValueError for a name that is no plain class name.
    """
    rules = []
    for name, colour in colours.items():
        if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
            raise ValueError(f"'{name}' is no class name")
        if found := inks(colour):
            rules.append(f".{name}{{--kind:light-dark({found[0]},{found[1]})}}\n")
    return "".join(rules)


def _names(given: str | Sequence[str]) -> Sequence[str]:
    return [given] if isinstance(given, str) else given


@cache
def _words() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(_file("words.json"))
    return found


@cache
def _file(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


@lru_cache(maxsize=64)
def _hash(block: str) -> str:
    return f"'sha256-{b64encode(sha256(block.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    # Autoescape is on for every template, whatever its name.
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, loader=FileSystemLoader(_FOLDER / "templates")
    )
    environment.tests["language_tag"] = _TAG.fullmatch
    environment.globals |= {"safe_link": safe_link, "embed": embed}
    # The same few things stand on very many pages.
    environment.globals["value"] = lru_cache(maxsize=8192)(environment.get_template("macros.html").module.value)  # type: ignore[attr-defined]
    return environment
