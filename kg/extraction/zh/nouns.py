"""Chinese nouns: what a number counts, before it (账号5个) or behind it (5个账号), and the comparator around it."""

from __future__ import annotations

import re

from kg.extraction.grammar import Candidate
from kg.extraction.lexicon import Concepts, Lexicon
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention
from kg.extraction.zh.numbers import BEFORE_NO, CLASSIFIER, NO_COUNT, NUMBER, Numbers, Read
from kg.extraction.zh.script import simplified

_BESIDES = re.compile(r"(?:另有|另外(?:还)?有|其他|其它|其余|还有|此外还有|新增)[^，。；]{0,8}$")
_BEHIND = re.compile(r"(?:及|或)?以[上下内]|之[内上下]|左右|上下|前后|出头|开外|有余|多|余|不等")
_FILLED = re.compile(
    r"[共在计达至到已有总合累]|总计|合计|共计|累计|总数|数量为|总数为|分别为|共为|数量|数|也有|还有|近期|分别|新增|达到|高达|：|:|（|\(|\s|“|”|等|总量|量|超|约|近|逾|计有|仅|只|就|有效|其|又"
)


class Nouns(Numbers):
    """Finds what the numbers of Chinese texts count; units and comparators come from the ontology."""

    code = "zh"
    spaced = False

    def __init__(self, concepts: Concepts) -> None:
        self.concepts = concepts
        self.lexicon: Lexicon = concepts.lexicon(self.code, self.spaced, simplified)

    def candidates(self, text: str, mentions: Mentions) -> list[Candidate]:
        """Every number of ``text`` that may count something, with the noun it counts; nouns left out stay ''."""
        found: list[Candidate] = []
        for m in NUMBER.finditer(text):
            if NO_COUNT.match(text, m.end()) or BEFORE_NO.search(text[max(0, m.start() - 10) : m.start()]):
                continue
            read = self.value(m)
            if read is not None and (candidate := self._candidate(text, m, read, mentions)):
                found.append(candidate)
        return self._ranges(text, found)

    def _candidate(self, text: str, m: re.Match[str], read: Read, mentions: Mentions) -> Candidate | None:
        value, bounds, more = read
        start, comparator = self._before(m.start(), mentions)
        if m["vague"] and m["vague"][0] in "上近":
            comparator = comparator or self._code({"近": "近", "上": "以上"}[m["vague"][0]])
        classifier = CLASSIFIER.match(text, m.end())
        counter = (classifier["c"] or "") if classifier else ""
        end = classifier.end() if classifier and counter else m.end()
        end, after = self._after(text, end, mentions)
        if more:
            comparator = after = ""
        unit, noun_start, noun_end = self._noun(text, start, m.end(), end, counter, mentions)
        if re.match(r"(?:粉丝)?的", text[end : end + 16]) and after:
            return None  # an attribute: 被处罚3次以上的账号
        counted = bool(counter)
        if not counted and (text[m.start() - 1 : m.start()].isascii() and text[m.start() - 1 : m.start()].isalnum()):
            return None  # the number of a name: GB18030
        if not counted and re.search(r"(?:粉丝|用户|网民|关注者)[^，。；]{0,3}$", text[max(0, start - 8) : start]):
            return None
        if not unit and not counted and not re.match(r"[，。；、）)]|$|[至到—~～-]\d", text[end : end + 16]):
            return None
        if not re.sub(r"\s", "", text[text.rfind("\n", 0, m.start()) + 1 : m.start()]) and re.match(
            r"[.、．)）]", text[m.end() : m.end() + 2]
        ):
            return None  # the number of a list's item
        code = "order" if bounds else self._code("余") if more else after or comparator or "exactly"
        candidate = Candidate(
            start=min(start, noun_start), end=max(end, noun_end), words=(start, end), head=(min(start, noun_start), max(end, noun_end)),
            value=value, comparator=code, unit=unit, classifier=counter, fallback=self._own(counter),
            elided=not unit, bounds=bounds,
        )  # fmt: skip
        lead = text[max(0, candidate.start - 14) : candidate.start]
        candidate.bracketed = lead.endswith(("（", "("))
        if _BESIDES.search(lead):
            candidate.relation = "besides"
        return candidate

    def _bare(self, text: str, noun: Mention) -> int:
        """Where a noun begins without what qualifies it: of 违规账号 the 账号."""
        ends = range(noun.end - 2, noun.start, -1)
        return next((at for at in ends if ("unit", noun.code) in self.lexicon.entries.get(text[at : noun.end].lower(), ())), noun.start)

    def _own(self, classifier: str) -> str:
        """The unit that a classifier alone stands for: 名 for persons, 起 for cases."""
        return next((code for kind, code in sorted(self.lexicon.entries.get(classifier, ())) if kind == "unit"), "")

    def _code(self, word: str) -> str:
        return next(code for kind, code in self.lexicon.entries[word] if kind == "comparator")

    def _before(self, start: int, mentions: Mentions) -> tuple[int, str]:
        near = mentions.within("comparator", max(0, start - 5), start)
        if near and near[-1].end == start and near[-1].code != "order":
            return near[-1].start, near[-1].code
        return start, ""

    def _after(self, text: str, end: int, mentions: Mentions) -> tuple[int, str]:
        near = [c for c in mentions.within("comparator", end, end + 5) if c.start == end and _BEHIND.fullmatch(text, c.start, c.end)]
        return (near[0].end, near[0].code) if near else (end, "")

    def _noun(self, text: str, start: int, bare: int, end: int, classifier: str, mentions: Mentions) -> tuple[str, int, int]:
        """The unit that stands before a number (账号5个) or behind it (5个账号), and the stretch of its noun."""
        before = [
            u
            for u in mentions.within("unit", max(0, start - 24), start)
            if u.end - u.start > 1 and not _FILLED.sub("", text[u.end : start])
        ]
        stop = re.search(r"[，。；、：:\n（(）)”！？]|被|遭|予以|进行|以及|并|和|及|均|已|存在|依法|作出|给予|分别", text[end : end + 24])
        acted = mentions.beginning("penalty", end, end + 24)
        covering = [u for u in mentions.beginning("unit", acted[0].start, acted[0].start + 1) if u.end > acted[0].end] if acted else []
        limit = min(end + (stop.start() if stop else 24), covering[0].end if covering else acted[0].start if acted else len(text))
        behind = [u for u in mentions.within("unit", bare, limit) if u.end > end and u.end - u.start > 1]
        if before and not (behind and mentions.beginning("penalty", before[-1].start, before[-1].start + 1)):
            first = before[-1]
            while joint := [
                u
                for u in mentions.within("unit", max(0, first.start - 12), first.start)
                if u.end - u.start > 1 and text[u.end : first.start] == "、"
            ]:
                first = joint[0]
            return first.code, self._bare(text, before[-1]), end
        if behind:
            return behind[-1].code, start, behind[-1].end
        return (self._own(classifier) if classifier in self.lexicon.names else ""), start, end

    @staticmethod
    def _ranges(text: str, found: list[Candidate]) -> list[Candidate]:
        kept: list[Candidate] = []
        for candidate in found:
            last = kept[-1] if kept else None
            if (
                last
                and last.value
                and candidate.value
                and last.value < candidate.value
                and text[last.words[1] : candidate.words[0]] in ("至", "到", "-", "—", "~", "～")
            ):
                last.bounds, last.value, last.comparator = (last.value, candidate.value), None, "order"
                last.end, last.words, last.unit = candidate.end, (last.words[0], candidate.words[1]), candidate.unit or last.unit
                last.head = (last.head[0], candidate.head[1])
            else:
                kept.append(candidate)
        return kept
