"""The tree of an HTML page (WHATWG HTML §13.2): walked in order however deep it is, its elements found again by selectors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser
    from selectolax.lexbor import LexborNode as Node

_UNSEEN = frozenset((
    "script", "style", "nav", "noscript", "template", "head", "svg", "math", "iframe", "object", "canvas", "audio", "video", "select",
    "textarea", "button", "datalist", "dialog", "del", "s", "strike",
))  # fmt: skip
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_NOTE = re.compile(r"\s*(?:[^\w\s+]+|[^\w\s+]\s*\w{1,3}\s*[^\w\s+]|\d+(?:\s*[,;–-]\s*\d+)+)\s*")  # the marks of footnotes: *, [a], 1,2
_DEEPEST = 512  # levels, as in Blink; a parser of the standard takes time that grows with their square
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>?")
_UNNESTED = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li", "dt", "dd", "tr",
    "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "html", "head", "body",
))  # fmt: skip
_MOST = 256  # attributes that an element keeps; the parser's time grows with the square of their number
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""  # WHATWG HTML §13.2.5.32 to 39
_ELEMENT = re.compile(  # a comment, an element whose content is no markup, or any tag: what it keeps, and the rest of it
    rf"<!--.*?(?:-->|\Z)|<(script|style|textarea|title|iframe|xmp)\b.*?(?:</\1|\Z)|"
    rf"(<[a-z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{_MOST}}}+)(?:{_ATTRIBUTE})*+",
    re.I | re.S,
)
_STEPS = 64  # of a selector; it then names the ancestor that holds the words


class Selectors:
    """CSS selectors (Selectors Level 3) of the elements of one page; each selects that element and no other."""

    def __init__(self, page: LexborHTMLParser) -> None:
        self._page = page
        self._places: dict[int, dict[int, int]] = {}

    def of(self, node: Node) -> str:
        """The selector of an element, from the nearest id or from the root; at most 64 steps, then of an element around it."""
        steps: list[str] = []
        at: Node | None = node
        while at is not None and at.parent is not None and not at.parent.is_document_node:
            name = at.id or ""
            if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name) and len(self._page.css(f"#{name}")) == 1:
                steps.append(f"#{name}")
                break
            tag = at.tag if re.fullmatch(r"[a-z][a-z0-9]*", at.tag or "") else ""
            steps.append(f"{tag}:nth-child({self._place(at)})")
            at = at.parent
        else:
            steps.append("html")
        return " > ".join(steps[::-1][:_STEPS])

    def _place(self, node: Node) -> int:
        """Its number among the elements of its parent; all of them counted once."""
        parent = node.parent
        assert parent is not None  # noqa: S101 - only asked of elements below the root
        if parent.mem_id not in self._places:
            elements = (child for child in parent.iter() if child.is_element_node)
            self._places[parent.mem_id] = {child.mem_id: n for n, child in enumerate(elements, start=1)}
        return self._places[parent.mem_id][node.mem_id]


def visits(root: Node) -> Iterator[tuple[Node, bool]]:
    """Each node that shows when it opens and when it closes; a text once."""
    node, depth = root, 0
    while True:
        shown = not _is_hidden(node)
        if shown:
            yield node, True
        child = node.first_child if shown else None
        if child is not None:
            node, depth = child, depth + 1
            continue
        if shown and not node.is_text_node:
            yield node, False
        while depth and node.next is None:
            parent = node.parent
            if parent is None:
                return
            node, depth = parent, depth - 1
            yield node, False
        if not depth or node.next is None:
            return
        node = node.next


def _is_hidden(node: Node) -> bool:
    if not node.is_element_node:
        return not node.is_text_node
    attributes = node.attributes
    if node.tag in _UNSEEN or "hidden" in attributes or _INVISIBLE.search(attributes.get("style") or ""):
        return True
    return node.tag == "sup" and (node.css_first("a") is not None or bool(_NOTE.fullmatch(node.text())))


def turned(page: LexborHTMLParser) -> None:
    """Put words that a page shows from right to left, whatever they are (WHATWG HTML §4.5.25), in the order that a reader sees."""
    for node in reversed(page.css('bdo[dir="rtl" i]')):  # what stands in another comes first
        shown = node.text()[::-1]
        for child in list(node.iter(include_text=True)):
            child.decompose()
        node.insert_child(shown)


def thinned(source: str) -> str:
    """``source`` with no more attributes on an element than any page needs: the first of them.

    >>> thinned("<p hidden" + " a=1" * 600 + ">67,000").count("a=1")
    255
    """
    return _ELEMENT.sub(lambda match: match[2] or match[0], source)


def flattened(source: str) -> str:
    """``source`` without the tags of elements deeper than any page needs; their words stay.

    >>> flattened("<div>" * 600 + "67,000").count("<div>")
    512
    """
    depth = deepest = 0
    for match in _TAG.finditer(source):
        if match.group(2).lower() not in _UNNESTED:
            depth = max(0, depth - 1) if match.group(1) else depth + 1
            deepest = max(deepest, depth)
    if deepest <= _DEEPEST:
        return source
    depth = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth
        if match.group(2).lower() in _UNNESTED:
            return match.group() if depth <= _DEEPEST else " "
        before = depth
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        return match.group() if max(before, depth) <= _DEEPEST else " "

    return _TAG.sub(kept, source)
