"""Chinese labels in a text: words in one piece, verbs parted from their object (暂停…权限), and verbs of one character (删, 封)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kg.extraction.crossing import CHARACTERS, GAP
from kg.extraction.lexicon import Lexicon, in_a_word
from kg.extraction.model import Mention

_BETWEEN = r"[^，、。；：！？\n]{0,24}?"
_WITHIN = r"[^，、。；：！？\n的和及与]{1,8}?"  # within a name for a kind of account or offence: 仿冒某商业银行
_LISTED = r"[^，。；：！？\n账号]{2,48}?等[^，、。；：！？\n的]{0,4}?"  # 仿冒甲部、乙局等政府机关
_PASSIVE = frozenset("被遭受获")  # they are no part of the word behind them
_WARES = "[^，。；的]{0,4}(?:商品|产品|(?<!带)货|商标|品牌[^，。；的]|专利)"  # 假冒商标的账号 pose as nobody
_WORDS = frozenset(("penalty", "violation", "account-type"))
# A verb of one character is a word of its own right before a number or an aspect marker; else it is a part of another word.
_ALONE = re.compile(
    r"[了掉走过]|(?![\d一二两三四五六七八九十]+(?:天|日|年|个?月|小时|周|次))"
    r"[逾近超约达]?[\d数几上成两一二三四五六七八九十百千万亿]"
)
# An office's name commits no offence: 私隐公署, 不良信息举报中心; that of a lair does: 与诈骗中心有关.
_OFFICE = re.compile("[保防举]?[护范报]?(?:公署|专员|中心(?!的?(?:[有相]关|园区|窝点))|热线|专线|条例|法庭)|[青少]*年?身心健康")
# Nor are goods an account: 售卖假冒品牌商品.
_GOODS = re.compile("(?:的)?(?:商品|产品|货|服[饰装]|鞋|包|酒|烟|药|食品|化妆品|配件|器械|证书|证件|门票)(?!的?(?:账|帐)号)")
# A notice that says something is where it was read, no act: 公告称, 据警方通报; nor is what a request is for: 移除要求.
_SAYS = re.compile("[要请]求(?=[近超逾约]?\\d|[，。；、的中数])|[中还也]?(?:称|显示|指出|提[到及]|表示|获悉|写道|，(?:黑客|嫌疑人|犯罪))")
# Who poses as an official to cheat is a cheat, no kind of account.
_TO_CHEAT = re.compile("[^，。；账帐号]{0,14}(?:实施|进行)[^，。；账帐号]{0,8}(?:团伙|集团|人员|嫌疑人|分子|案)")
# Where news was read: 据“网信中国”微信公众号9月6日消息.
_READ_AT = re.compile(
    r"(?:(?<=公众号)|(?:平台)?(?:官方)?(?:公众号|视频号|官微))(?:[今昨]?[天日晚]|\d{1,2}月\d{1,2}日|[上中下]午)*(?:消息|发文|发声|通报|通告|公告|刊文|披露)"
)
_SUMMED_UP = re.compile("[^。；\n]{0,40}等")  # 赌博、色情等违法信息: a list says which
_CONTENT = frozenset(("信息", "内容", "言论", "视频"))
_JOINTS = frozenset("、和及与或")
# Posing is worded as an act, not as what accounts are: 假冒军人等问题, 2、假冒军人。
_AS_AN_ACT = re.compile(
    "(?:等)?(?:违法|违规|不法)*(?:行为|问题|现象|乱象|活动|情况)|等?的(?:[账帐][号户]|用户|公众号|视频号|网站|主页|专页)"
)
_SUFFIX = re.compile("局|部门|机构|单位|人员|组织|公司|官方")
_TITLE_ENDS = re.compile(r"[：。\n]|$")
_TITLE_BEGINS = re.compile(r"(?:^|[\n。；◆●■▪•·、.)）]\s?)(?:[严打击整治查处肃清理]|从严|针对){0,4}$")
_ANYONE = "他人"  # 冒充他人 names the offence alone
_LONGEST = 9  # characters of a noun and the joint before it
_INSIDE = frozenset("有相无海机难查屏密信未最肃澄结付")


@dataclass(slots=True)
class _Seen:
    """What the labels of a text so far rule out for those behind."""

    ends: set[int] = field(default_factory=set)
    called: int = 0
    listed: int = 0
    done_until: int = 0
    offence: Mention | None = None


class Words(Lexicon):
    """The Chinese labels; those with an ellipsis are found around whatever modifies their object."""

    @cached_property
    def _patterns(self) -> list[str]:
        return sorted({*self.entries, *(label.partition(GAP)[0] for label in self.entries)})

    @cached_property
    def _labels(self) -> list[tuple[tuple[str, str], ...]]:
        return [tuple(sorted(self.entries.get(label, ()))) for label in self._patterns]

    @cached_property
    def _parted(self) -> dict[int, list[tuple[re.Pattern[str], dict[str, int]]]]:
        """By the number of a verb, for its objects of each kind: how they are found behind it, and the number of its label with each."""
        places = {label: index for index, label in enumerate(self._patterns)}
        objects: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        for label, index in places.items():
            verb, gap, noun = label.partition(GAP)
            for kind, _ in self._labels[index] if gap else ():
                objects[verb][kind][noun] = index
        return {places[verb]: [self._behind(kind, nouns) for kind, nouns in kinds.items()] for verb, kinds in objects.items()}

    @staticmethod
    def _behind(kind: str, nouns: dict[str, int]) -> tuple[re.Pattern[str], dict[str, int]]:
        """What may stand between the parts of labels: an object's modifiers, or, within a name, a word or two."""
        gap = (
            _BETWEEN
            if kind == "penalty"
            else rf"(?:{_WITHIN}|{_LISTED})"
            if kind != "violation"
            else rf"(?!{_WARES})(?:{_WITHIN}|{_LISTED})"
        )
        begins = "".join(sorted({noun[0] for noun in nouns}))  # one look at a character spares a look at every noun
        return re.compile(f"{gap}(?=[{re.escape(begins)}])(?<![未无不自])({'|'.join(sorted(nouns, key=len)[::-1])})"), nouns

    def mentions(self, text: str) -> list[Mention]:
        """The labels in ``text`` but for those that lie across the border of two words: 封禁|药店 holds no 禁药."""
        found: list[Mention] = []
        seen = _Seen()
        for mention in super().mentions(text):
            if mention.kind == "account-type" and mention.end <= seen.listed:
                continue  # 假冒媒体及主播: no other streamers
            if (
                mention.kind == "platform" and (_READ_AT.match(text, mention.end) or text[mention.start - 2 : mention.start] == "政务")
            ) or not self._stands(text, mention, seen):
                continue
            found.append(mention)
            end = mention.end
            if mention.kind == "account-type":
                lead, end = text[mention.start : mention.start + CHARACTERS], self._whole(text, end)
                if text[end : end + 1] in _JOINTS:
                    found += (more := list(self._more(text, lead, end)))
                    seen.listed = end = more[-1].end if more else end
                found += self._act(text, lead, mention.start, end)
        return found

    def _act(self, text: str, lead: str, start: int, end: int) -> Iterator[Mention]:
        """The offence of posing as those who stand in a text up to ``end``, where it is told as an act."""
        act = _AS_AN_ACT.match(text, end) or (_TITLE_ENDS.match(text, end) and _TITLE_BEGINS.search(text[max(0, start - 6) : start]))
        if act and lead + _ANYONE in self.entries:
            yield from (Mention(start, end, "violation", code) for code in self._kinds(lead + _ANYONE, "violation"))

    def _stands(self, text: str, mention: Mention, seen: _Seen) -> bool:
        """Whether a label is a word of its own and means here what it says."""
        kind, start, end = mention.kind, mention.start, mention.end
        if kind not in _WORDS or end == start + 1:
            return True
        if start + 1 in seen.ends or text.startswith("率", end):
            return False  # 办结率99% tells of no act
        offence = seen.offence
        if kind == "penalty":
            if _SAYS.match(text, end) or (offence and offence.start < start and end <= offence.end):
                return False  # 违规使用个人信息 is what was done wrong
            if start >= seen.done_until:
                seen.done_until = end if text[start:end] in self.entries else 0
        elif kind == "violation":
            if self._within(text, mention, seen):
                return False
            seen.offence = mention
        if text[start] not in _PASSIVE:
            seen.ends.add(end)
        if kind == "violation":
            return end > seen.called and not _OFFICE.match(text, end)
        return kind == "penalty" or self._calls(text, end, seen)

    @staticmethod
    def _within(text: str, mention: Mention, seen: _Seen) -> bool:
        """Whether an offence is but a part of what was done about it (清理违规涨粉), or sums up a list of offences."""
        start, end = mention.start, mention.end
        if end <= seen.done_until and text[end - 2 : end] not in _CONTENT:
            return True
        return text[start - 1] == "等" and seen.offence is not None and bool(_SUMMED_UP.fullmatch(text, seen.offence.end, start))

    @staticmethod
    def _calls(text: str, end: int, seen: _Seen) -> bool:
        """Whether a kind of account is meant by the words that end at ``end``."""
        if _GOODS.match(text, end) or _TO_CHEAT.match(text, end):
            return False
        if text[end - 1] in "号户":
            seen.called = end  # 假冒仿冒账号: what accounts are called is no act
        return True

    def _more(self, text: str, lead: str, at: int) -> Iterator[Mention]:
        """The nouns that share a lead with the one before them: 冒充党政机关、新闻媒体和县级银行."""
        while text[at : at + 1] in _JOINTS:
            ends = range(min(at + _LONGEST, len(text)), at + 2, -1)
            end, label = next(((end, lead + text[at + 1 : end]) for end in ends if self._kinds(lead + text[at + 1 : end])), (0, ""))
            if not end and (modified := self._modified(lead).match(text, at + 1)):
                end, label = modified.end(), lead + GAP + modified["noun"]
            yield from (Mention(at + 1, end, "account-type", code) for code in self._kinds(label))
            at = self._whole(text, end) if end else len(text)

    @staticmethod
    def _whole(text: str, end: int) -> int:
        """Where the name ends that a label's noun begins: 假冒税务局."""
        suffix = _SUFFIX.match(text, end)
        return suffix.end() if suffix else end

    def _modified(self, lead: str) -> re.Pattern[str]:
        """What may stand behind a lead: the nouns of its labels that let modifiers stand before them."""
        if lead not in self._leads:
            nouns = [label[len(lead) + 1 :] for label in self.entries if label.startswith(lead + GAP) and self._kinds(label)]
            self._leads[lead] = re.compile(f"[^，。；、：！？\\n的账号和及与或]{{1,6}}?(?P<noun>{'|'.join(nouns) or '(?!)'})")
        return self._leads[lead]

    @cached_property
    def _leads(self) -> dict[str, re.Pattern[str]]:
        return {}

    def _kinds(self, label: str, kind: str = "account-type") -> list[str]:
        return sorted(code for named, code in self.entries.get(label, ()) if named == kind)

    def stands_for(self, classifier: str) -> str:
        """The unit that a classifier alone stands for: 名 for persons, 起 for cases, 款 for what most nouns behind it are; '' for none."""
        units = [code for kind, code in sorted(self.entries.get(classifier, ())) if kind == "unit"]
        return units[0] if units else self._mostly.get(classifier, "")

    @cached_property
    def _mostly(self) -> dict[str, str]:
        behind: dict[str, Counter[str]] = defaultdict(Counter)
        for label in self._patterns:
            behind[label[0]].update(code for kind, code in self.entries.get(label[1:], ()) if kind == "unit")
        most = {first: (codes.total(), *codes.most_common(1)[0]) for first, codes in behind.items() if codes}
        return {first: code for first, (total, code, times) in most.items() if times > max(4, total // 2)}

    @cached_property
    def _short(self) -> frozenset[int]:
        return frozenset(i for i, label in enumerate(self._patterns) if len(label) == 1 and any(k == "penalty" for k, _ in self._labels[i]))

    @cached_property
    def _acts(self) -> frozenset[int]:
        """The verbs of two characters and more."""
        return frozenset(i for i, label in enumerate(self._patterns) if len(label) > 1 and any(k == "penalty" for k, _ in self._labels[i]))

    @cached_property
    def _things(self) -> frozenset[str]:
        return frozenset(label for label, pairs in self.entries.items() if any(kind == "unit" for kind, _ in pairs))

    @cached_property
    def _latin(self) -> frozenset[int]:
        return frozenset(i for i, label in enumerate(self._patterns) if label[0].isascii() or label[-1].isascii())

    @cached_property
    def _special(self) -> frozenset[int]:
        """The labels that what stands around them can rule out."""
        return self._latin | self._short | frozenset(self._parted)

    def _found(self, text: str) -> Iterator[tuple[int, int, int]]:
        parted, short, latin, acts = self._parted, self._short, self._latin, self._acts
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        acted: set[int] | None = None
        for index, start, end in matches:
            if index not in self._special:
                yield start, end, index
                continue
            if index in latin and (in_a_word(text, start) or in_a_word(text, end)):
                continue
            if index in parted:
                for objects, labels in parted[index]:
                    if (m := objects.match(text, end)) and text[start : m.end()] not in self.entries:
                        acted = acted if acted is not None else {at for other, at, _ in matches if other in acts}
                        if end not in acted or m[1] not in self._things:  # 通报|处置账号 tells of an act
                            yield start, m.end(), labels[m[1]]
            before = text[start - 1 : start]
            if index not in short or (before and before in "被遭") or (_ALONE.match(text, end) and before not in _INSIDE):
                yield start, end, index
