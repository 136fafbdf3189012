"""HTML → text in reading order: paragraphs parted by blank lines, list items and table rows one a line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg import dates
from kg.extraction.reading import tree
from kg.extraction.reading.columns import Columns
from kg.extraction.reading.masking import HIDDEN

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

SUFFIXES = (".html", ".htm", ".xhtml")
HEAD = 1024  # WHATWG HTML §13.2.3.2: what a page says of its encoding stands in so many bytes
_PAGE = re.compile(r"(?:\ufeff|\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)

_CLOSED = re.compile(r"<(title|script|style|iframe|textarea|noscript|p|div|span|a|td|th|li)\b([^<>]*)/>")  # only XML closes these so

_LINES = frozenset(("li", "tr", "dt", "dd", "br", "caption", "figcaption"))
_PARAGRAPHS = frozenset((
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "section", "article", "header",
    "footer", "main", "aside", "figure", "address", "details", "summary", "body", "form", "fieldset", "hr", "center", "legend",
    "hgroup", "search", "menu",
))  # fmt: skip
_LAYOUT = "td table, td h1, td h2, td h3, td p + p"  # what a table of figures does not hold
_RANK = {"": 0, " ": 1, "\t": 2, "\v": 3, "\n": 4, "\n\n": 5}  # \v: a line break that may stand within a sentence
_GOES_ON = re.compile(r"[a-z]|\d[\d.,]*$")
_SPACES = re.compile(r"[ \t\n\f\r]{2,}|[\t\n\f\r]")  # a single space is right already, and most are single
_HIDES = re.compile(f"[{HIDDEN}]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# A line break in the source between two ideographs is none of the text (CSS Text Level 3 §4.1.3).
_BROKEN = re.compile(r"(?<=[\u3000-\u9fff\uff01-\uff60])[ \t]*\n\s*(?=[\u3000-\u9fff\uff01-\uff60])")

_META = {
    "publisher": 'meta[property="og:site_name"]', "url": 'link[rel="canonical"], meta[property="og:url"]',
    "published": 'meta[property="article:published_time"], meta[itemprop="datePublished"]',
}  # fmt: skip


def is_page(beginning: str) -> bool:
    """Whether a text that begins so is HTML.

    >>> is_page("<!DOCTYPE html><p>"), is_page("The tag <html> begins a page")
    (True, False)
    """
    return bool(_PAGE.match(beginning))


def declared(raw: bytes) -> str:
    """The encoding that a page names in its head, or ''.

    >>> declared(b'<meta charset="gb2312">')
    'gb2312'
    """
    found = _CHARSET.search(raw[:HEAD])
    return found.group(1).decode("ascii", "ignore") if found else ""


class Page:
    """The text of a page, with the element that each line of it comes from."""

    def __init__(self, source: str) -> None:
        from selectolax.lexbor import LexborHTMLParser

        source = _CLOSED.sub(r"<\1\2></\1>", source) if source.lstrip("\ufeff").startswith("<?xml") else source
        self._tree = LexborHTMLParser(tree.flattened(tree.thinned(source)))
        tree.turned(self._tree)
        self._parts: list[str] = []
        self._length = 0
        self._due = ""  # what parts the next words from those before
        self._empty = 0  # the columns of the row that are passed over before them
        self._starts: list[int] = []
        self._elements: list[Node] = []
        self._selectors = tree.Selectors(self._tree)
        self.meta = dict(self._told())
        self.doubts = _doubts(source)
        self._gather()
        self.text = "".join(self._parts)

    def selector_at(self, start: int) -> str:
        """A CSS selector of the paragraph, list item or table row that holds an offset, in the tree of WHATWG HTML §13.2."""
        found = bisect_right(self._starts, start) - 1
        return self._selectors.of(self._elements[max(found, 0)]) if self._elements else ""

    def _told(self) -> Iterator[tuple[str, str]]:
        """What the page's head tells."""
        for key, selector in _META.items():
            node = self._tree.css_first(selector)
            value = _HIDES.sub("", (node.attributes.get("content") or node.attributes.get("href") or "") if node else "").strip()
            if key == "published":
                value = _day(value)
            if value and (key != "url" or value.startswith(("http://", "https://"))):
                yield key, value
        root = self._tree.root
        if root is not None and (language := (root.attributes.get("lang") or "").strip()):
            yield "language", language
        if title := self._title():
            yield "title", title

    def _title(self) -> str:
        node = self._tree.css_first("title")
        return _collapsed(node.text()).strip() if node else ""

    def _gather(self) -> None:
        title = self._title()
        headings = [_collapsed(node.text()).strip() for node in self._tree.css("h1, h2")]
        head = self._tree.css_first("title")
        if head is not None and title and not any(h and (h in title or title in h) for h in headings):
            self._write(title, head)
        if self._tree.body is not None:
            self._walk(self._tree.body)

    def _walk(self, root: Node) -> None:
        """Every node that shows, in order; without recursion, however deep."""
        around: list[_Block] = []
        for node, opens in tree.visits(root):
            tag = node.tag or ""
            if node.is_text_node:
                words = node.text_content or ""
                self._words(words.translate(_RAISED) if words.isdigit() and _is_raised(node) else words, around)
            elif tag in _LINES or tag in _PARAGRAPHS or tag in ("td", "th"):
                if not opens and tag != "br":
                    around.pop()
                self._part(_parting(tag, around, opens))
                if opens and tag != "br":
                    self._columns(node, tag, around)
                    around.append(_block(node, tag, around))

    def _columns(self, node: Node, tag: str, around: list[_Block]) -> None:
        """A row begins, or a cell of it."""
        columns = around[-1].columns if around else None
        if columns and tag == "tr":
            columns.begin_row()
        elif columns and tag in ("td", "th"):
            self._empty += columns.begin_cell(node.attributes)

    def _words(self, words: str, around: list[_Block]) -> None:
        place = around[-1]
        if place.is_preformatted:
            self._write(_HIDES.sub("", words), place.element)
            return
        words = _collapsed(words)
        if words.startswith(" "):
            self._part(" ")
        self._write(words.strip(" "), place.element)
        if words.endswith(" ") and words != " ":
            self._part(" ")

    def _part(self, how: str) -> None:
        if _RANK[how] > _RANK[self._due]:
            self._due = how
        if "\n" in how:
            self._empty = 0

    def _write(self, words: str, element: Node) -> None:
        if not words:
            return
        if self._due == "\v":
            self._due = " " if _GOES_ON.match(words) else "\n"
        due = (self._due if self._parts else "").rstrip(" " * bool(self._empty)) + "\t" * self._empty
        self._due, self._empty = "", 0
        self._parts += [due, words]
        if "\n" in due or not self._starts or element.mem_id != self._elements[-1].mem_id:
            self._starts.append(self._length + len(due))
            self._elements.append(element)
        self._length += len(due) + len(words)


class _Block:
    """A paragraph, line or cell under way: the element that its words are found in, and how it is laid out."""

    __slots__ = ("columns", "element", "in_item", "is_preformatted")

    def __init__(self, element: Node, columns: Columns | None, in_item: bool, is_preformatted: bool) -> None:
        self.element, self.columns, self.in_item, self.is_preformatted = element, columns, in_item, is_preformatted


def _block(node: Node, tag: str, around: list[_Block]) -> _Block:
    """The block that an element opens within those around it; a row of figures is one block, whatever is in its cells."""
    outer = around[-1] if around else _Block(node, None, False, False)
    if tag == "table":
        return _Block(node, Columns() if node.css_first(_LAYOUT) is None else None, outer.in_item, outer.is_preformatted)
    own = outer.element if outer.columns and tag not in ("tr", "caption") else node
    return _Block(own, outer.columns, outer.in_item or tag in ("li", "dd"), outer.is_preformatted or tag == "pre")


def _parting(tag: str, around: list[_Block], opens: bool) -> str:
    """What parts an element from the words before and behind it."""
    place = around[-1] if around else None
    in_row = place is not None and place.columns is not None
    if tag in ("td", "th"):
        return "" if in_row else "\n\n"
    if tag == ("dd" if opens else "dt"):
        return "\t"  # a term and what is said of it are a row
    if tag in ("tr", "table", "caption"):
        return "\n" if tag != "table" else "\n\n"
    if in_row:
        return " "
    if tag == "br":
        return "\v"
    return "\n" if tag in _LINES or (place is not None and place.in_item) else "\n\n"


def _is_raised(words: Node) -> bool:
    return words.parent is not None and words.parent.tag == "sup"


def _collapsed(words: str) -> str:
    return _SPACES.sub(" ", _BROKEN.sub("", _HIDES.sub("", words)))


def _day(value: str) -> str:
    try:
        dates.bounds(value[:10])
    except ValueError:
        return ""
    return value[:10]


def _doubts(source: str) -> tuple[str, ...]:
    lower = source[-HEAD:].lower()
    cut = is_page(source[:HEAD]) and "<html" in source[: 4 * HEAD].lower() and "</html" not in lower and "</body" not in lower
    return ("the page ends before its </html>: this may not be all of it",) if cut else ()
