"""Text → JSON types with lines, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.facts.strict import MAX_DEPTH, MAX_TEXT, RefusedError, decode, parse_json, parse_yaml

# What no document needs: controls, lone surrogates, noncharacters, and marks that hide.
HIDDEN = [
    *range(0x09),
    0x0B,
    0x0C,
    *range(0x0E, 0x20),
    *range(0x7F, 0xA0),
    0xFEFF,
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x206A),
]
plain = st.characters(exclude_categories=["Cs"], exclude_characters=[*map(chr, HIDDEN), "\ufffe", "\uffff"])
texts = st.text(plain, max_size=40)
scalars = st.none() | st.booleans() | st.integers(-(10**17), 10**18) | st.floats(allow_nan=False, allow_infinity=False) | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(plain, min_size=1, max_size=20), inner, max_size=4),
    max_leaves=20,
)


def depth(value: Any) -> int:
    items = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    return 1 + max(map(depth, items), default=0) if isinstance(value, list | dict) else 0


@given(values.filter(lambda value: depth(value) < MAX_DEPTH))
def test_json_reads_the_same_as_yaml_and_as_json(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    assert parse_json(text, 1) == value
    assert parse_yaml(text)[0] == value


@given(texts, st.integers(1, 5))
def test_every_key_and_item_knows_its_line(word: str, blank: int) -> None:
    text = "# a comment" + "\n" * blank + f"a: {json.dumps(word, ensure_ascii=False)}\nb:\n  - c: 1\n  - d"
    assert parse_yaml(text)[1] == {
        (): blank + 1, ("a",): blank + 1, ("b",): blank + 2, ("b", 0): blank + 3, ("b", 0, "c"): blank + 3, ("b", 1): blank + 4,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("word", "value"),
    [
        *((word, word) for word in ["no", "yes", "on", "12:30", "2023-05-27", "0x1F", "010", "1_000", "~", "True", "<<", "=", "+5", "٣"]),
        *((".inf", ".inf"), ("5", 5), ("-5", -5), ("1.5", 1.5), ("1e3", 1000.0), ("9" * 30, "9" * 30)),
        *(("true", True), ("null", None), ("", None), ("'5'", "5"), ('"true"', "true")),
    ],
)
def test_a_word_stays_a_word_unless_json_says_otherwise(word: str, value: Any) -> None:
    assert parse_yaml(f"a: {word}")[0] == {"a": value}


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("a: 1\nb: &x 2", 2, "anchor or alias"),
        ("a: 1\nb: *x", 2, "anchor or alias"),
        ("a: 1\nb: !!str 2", 2, "YAML tag"),
        ("a: 1\nb: !own 2", 2, "YAML tag"),
        ("a: 1\n\nb: !!python/object/apply:os.system [ls]", 3, "YAML tag"),
        ("a: 1\nb: 2\na: 3", 3, "the key 'a' stands twice"),
        ("a: 1\nb: {c: 1, c: 2}", 2, "the key 'c' stands twice"),
        ("a: 1\n---\nb: 2", 2, "a second document"),
        ("a: 1\n[b]: 2", 2, "a key that is not a word"),
        ("a: 1\n? {b: 1}\n: 2", 2, "a key that is not a word"),
        ("a: 1\n'': 2", 2, "a key that is not a word"),
        ("a: 1\nb:\n\t- c", 3, "not YAML"),
        ("a: 1\nb: [", 3, "not YAML"),
        ("a: 1\nb: 'x", 2, "not YAML"),
        ('a: 1\nb: "\\ud800"', 2, "not YAML"),
        ('a: 1\nb: "\\0"', 2, "U+0000"),
        ('a: 1\nb: "\\u202e"', 2, "U+202E"),
        ("a: 1\nb\u200b: 2", 2, "U+200B"),
        ("a: 1\nb: 2\u2066", 2, "U+2066"),
        ("a: 1\nb: x\ufeffy", 2, "U+FEFF"),
        ("a: 1\nb: x\x00y", 2, "U+0000"),
        ("a: 1\nb: x\x1by", 2, "U+001B"),
        ("a: 1\nb: " + "x" * (MAX_TEXT + 1), 2, "a text of 65,537 characters"),
        ("a: 1\nb: " + "[" * 100_000, 2, "levels of nesting"),
        ("- " * 100_000, 1, "levels of nesting"),
        ("{a: " * 100_000, 1, "levels of nesting"),
    ],
)
def test_a_yaml_document_is_refused_at_its_line(text: str, line: int, fault: str) -> None:
    with pytest.raises(RefusedError, match=fault.replace("+", r"\+")) as refused:
        parse_yaml(text)
    assert refused.value.advice
    assert refused.value.line == line


@pytest.mark.parametrize("text", ["a:\n\t- b", "a: b\n\tc: d", "\ta: b", "- a\n\t- b"])
def test_a_tab_is_told_to_be_spaces(text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_yaml(text)
    assert refused.value.advice == "indent with spaces, never with tabs"


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9))
    with pytest.raises(RefusedError, match="anchor or alias") as refused:
        parse_yaml(bomb)
    assert refused.value.line == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"a": 1, "a": 2}', "the key 'a' stands twice"),
        ('{"a": {"b": 1, "b": 2}}', "the key 'b' stands twice"),
        ('{"a": NaN}', "NaN is no JSON"),
        ('{"a": -Infinity}', "-Infinity is no JSON"),
        ('{"a": 1}}', "not JSON: Extra data at column 9"),
        ('{"a": 1', "not JSON"),
        ("{'a': 1}", "not JSON"),
        ('{"a": "\\ud800"}', r"U\+D800"),
        ('{"a": "\\u0000"}', r"U\+0000"),
        ('{"a": "x\x00"}', "not JSON"),
        ('{"\\u200ba": 1}', r"U\+200B"),
        ('{"a": "\u202e"}', r"U\+202E"),
        ('{"a": "' + "x" * (MAX_TEXT + 1) + '"}', "a text of 65,537 characters"),
        ('{"a": ' + "1" * 5_000 + "}", "thousands of digits"),
        ("[" * 100_000, "levels of nesting"),
        ('{"a":' * 100_000, "levels of nesting"),
    ],
)
def test_a_json_document_is_refused_at_the_line_it_stands_on(text: str, fault: str) -> None:
    with pytest.raises(RefusedError, match=fault) as refused:
        parse_json(text, 7)
    assert refused.value.line == 7
    assert refused.value.advice


def test_a_pair_of_surrogate_escapes_is_one_character() -> None:
    assert parse_json('{"a": "\\ud83d\\ude00"}', 1) == {"a": "😀"}


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_a_byte_order_mark_is_refused(mark: bytes) -> None:
    with pytest.raises(RefusedError, match="byte order mark"):
        decode(mark + b"a: 1")


@pytest.mark.parametrize("bad", [b"\xff", b"\xc3(", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80", "é".encode("latin-1")])
def test_bytes_that_are_not_utf8_are_refused_at_their_line(bad: bytes) -> None:
    with pytest.raises(RefusedError, match="is not UTF-8") as refused:
        decode(b"a: 1\nb: 2\nc: " + bad)
    assert refused.value.line == 3
