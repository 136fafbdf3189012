"""Chinese comparators: what stands before a number (近8000个), behind it (8000个以上), or before its verb (大约删掉8000条)."""

from __future__ import annotations

import re

from kg.extraction.lexicon import Lexicon
from kg.extraction.mentions import Mentions
from kg.extraction.zh.numbers import Numbers

_BEHIND = re.compile(r"(?:及|或)?以[上下内]|之[内上下]|左右|上下|前后|出头|开外|有余|多|余|不等")
_OFTEN = re.compile("多[次项年渠平地了出于]")  # 310个多次发布…的账号
_OTHER_WORDS = frozenset(
    (
        "侦破",
        "告破",
        "查破",
        "攻破",
        "通过",
        "经过",
        "透过",
        "不过",
        "依约",
        "契约",
        "签约",
        "公约",
        "条约",
        "违约",
        "制约",
        "附近",
        "最近",
        "靠近",
        "接近",
    )
)  # no 过, 约, 近


class Comparators(Numbers):
    """Finds what bounds a number; the words come from the ontology."""

    lexicon: Lexicon

    def _code(self, word: str) -> str:
        return next(code for kind, code in self.lexicon.entries[word] if kind == "comparator")

    def _before(self, text: str, start: int, mentions: Mentions) -> tuple[int, str]:
        near = mentions.within("comparator", start - 5, start)
        last = near[-1] if near and near[-1].code != "order" else None
        if (
            last
            and text[last.start - 1 : last.end] not in _OTHER_WORDS
            and not (
                text[last.start] == "过" and any(p.end == last.start for p in mentions.beginning("penalty", last.start - 4, last.start))
            )
            and not text[last.end : start].strip(" ")
            and not _BEHIND.fullmatch(text, last.start, last.end)
        ):
            return last.start, last.code
        return start, ""

    def _adverb(self, text: str, start: int, mentions: Mentions) -> tuple[int, str]:
        """The comparator before the verb of the number at ``start``: 大约删掉了8,800条."""
        if start and text[start - 1] in "，、。；：的共有其":
            return start, ""
        bare = start - text[max(0, start - 1) : start].count("了")
        verb = [p for p in mentions.beginning("penalty", bare - 8, bare) if p.end in (bare, start)]
        begin, code = self._before(text, verb[0].start, mentions) if verb else (start, "")
        return (begin, code) if verb and verb[0].start - begin > 1 else (start, "")  # 依约 ends in one

    def _after(self, text: str, end: int, mentions: Mentions) -> tuple[int, str]:
        near = [c for c in mentions.within("comparator", end, end + 5) if c.start == end and _BEHIND.fullmatch(text, c.start, c.end)]
        if near and _OFTEN.match(text, end):
            return end, ""
        return (near[0].end, near[0].code) if near else (end, "")
