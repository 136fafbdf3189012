"""What every page shares: its policy, its words, its links, its colours, and that data stays text."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from pathlib import Path

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import pages
from kg.pages.colours import inks, luminance

FOLDER = Path(pages.__file__).resolve().parent
COLOURS = st.from_regex(r"#[0-9A-Fa-f]{6}", fullmatch=True)


@pytest.fixture(scope="module")
def page() -> str:
    return pages.render("base.html", language="en", generated=pages.classes({"kind-1": "#1f8a4c"}))


def blocks(page: str, opening: str, element: str) -> list[str]:
    return re.findall(rf"<{opening}>(.*?)</{element}>", page, re.S)


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def test_the_policy_allows_exactly_the_blocks_of_the_page(page: str) -> None:
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    rules = dict(rule.strip().split(" ", 1) for rule in unescape(policy).split(";"))
    for rule, element in (("style-src", "style"), ("script-src", "script")):
        [block] = blocks(page, element, element)
        assert rules.pop(rule) == f"'sha256-{b64encode(sha256(block.encode()).digest()).decode()}'"
    assert rules == {"default-src": "'none'", "img-src": "data:", "base-uri": "'none'", "form-action": "'none'"}


def test_the_policy_stands_before_all_that_it_rules(page: str) -> None:
    assert page.index("Content-Security-Policy") < min(page.index("<style"), page.index("<script"), page.index("<link"))


def test_templates_hold_no_inline_style_and_no_inline_handler() -> None:
    found = {file.name: re.findall(r"\s(?:style|on[a-z]+)\s*=", file.read_text("utf-8")) for file in (FOLDER / "templates").iterdir()}
    assert len(found) > 3
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_a_template_that_names_what_is_not_given_is_refused() -> None:
    with pytest.raises(jinja2.UndefinedError):
        pages.render("compare.html", language="en")


def test_both_languages_have_the_same_words_and_no_word_hides_behind_a_method() -> None:
    words = json.loads((FOLDER / "words.json").read_text("utf-8"))
    shapes = {tag: {name: type(value) for name, value in each.items()} for tag, each in words.items()}
    assert shapes["en"] == shapes["zh"]
    assert set(shapes["en"]) & set(dir(dict)) == set()


def test_every_word_that_a_template_uses_is_there() -> None:
    used = set().union(*(re.findall(r"\bwords\.(\w+)", file.read_text("utf-8")) for file in (FOLDER / "templates").iterdir()))
    assert used - set(pages.interface("en")[1]) == set()


@pytest.mark.parametrize(
    "iri",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,<b>", "vbscript:x", "file:///etc/passwd",
        "//example.org", "https:example.org", "https://", "https://a b", 'https://example.org/"x', "https://example.org/\n", "ftp://example.org",
        "https://example.org\\x", "",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_become_links(iri: str) -> None:
    assert pages.safe_link(iri) == ""


@pytest.mark.parametrize("iri", ["https://example.org/a?b=1&c=%20#d", "http://例子.example/路", "HTTPS://EXAMPLE.ORG"])
def test_web_addresses_become_links(iri: str) -> None:
    assert pages.safe_link(iri) == iri


@given(st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_embedded_data_comes_back_whole_and_cannot_end_its_element(data: object) -> None:
    embedded = str(pages.embed(data))
    assert json.loads(embedded) == data
    assert not re.search("[<>&\u2028\u2029]", embedded)


@given(COLOURS)
def test_every_colour_becomes_readable_on_light_and_on_dark(colour: str) -> None:
    found = inks(colour)
    assert found is not None
    on_light, on_dark = (luminance(rgb(ink)) for ink in found)
    style = (FOLDER / "style.css").read_text("utf-8")
    for light, dark in re.findall(r"--(?:paper|raised|sunken): light-dark\((#\w{6}), (#\w{6})\)", style):
        assert (luminance(rgb(light)) + 0.05) / (on_light + 0.05) >= 5
        assert (on_dark + 0.05) / (luminance(rgb(dark)) + 0.05) >= 5


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "", "#123456;}", "#123456\n", "url(x)"])
def test_what_is_no_colour_gets_no_class(colour: str) -> None:
    assert pages.classes({"kind-1": colour}) == ""


@pytest.mark.parametrize("name", ["a b", "a{", "", "</style>", "1a"])
def test_what_is_no_class_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no class name"):
        pages.classes({name: "#123456"})
