"""Chinese clauses: sentences, where one figure's clause ends and the next begins, which verb governs it, what it is a part of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extraction.candidate import Candidate
from kg.extraction.lexicon import Concepts
from kg.extraction.mentions import Mentions
from kg.extraction.model import Sentence, Span
from kg.extraction.zh.numbers import CLASSIFIERS
from kg.extraction.zh.references import References
from kg.extraction.zh.script import closed, simplified, widened
from kg.extraction.zh.verbs import COMMA, SPACE

_SENTENCE = re.compile(
    r"[。！？!?]+[”’』」）)]*|\n+|；(?=[^，。；\d]{1,14}方面，|[一二三四五六七八九十]+[是、]|（[一二三四五六七八九十\d]{1,2}）)|[：；](?=案例[一二三四五六七八九十\d]|[1一]、)"
)
_BREAK = re.compile(rf"[，；、：（(]|以及|并且|并|同时|和|及|与|{SPACE}")
_OPENS = re.compile(
    rf"[，：](?![为达计]到?[近超逾约]?\d)|(?:针对|围绕|聚焦|因|由于|对于?)[^，。；]{{2,30}}?(?:等(?:违规行为|违法犯罪)|行为|问题|乱象|现象|活动)|"
    rf"就[^，。；\d]{{2,12}}?(?=向|提出)|(?:行动|整治|治理|工作)(?:中|以来|期间)|{SPACE}"
)
_OWN_ACCOUNT = re.compile(r"[^，。；\d]{6,}，[^。；\d]*\d")
_PURPOSE = re.compile("针对|围绕|聚焦|为了?[^，。；]{2,}，|行动|整治|治理")
_COUNT = re.compile(rf"[近超逾约]?\d[\d,.]*[万亿千百余多]*[{CLASSIFIERS}](?=[\u3400-\u9fff])")
_JOINED = re.compile(r"(?:[、和及与，]|以及|并)*")
_PARTS = re.compile(
    r"(?<![对将把])其中|当中|(?:上述|以上|这些|这批)[^，。；]{0,8}[中里]|之中|(?:(?:受理|处置|清理|关闭|发现)的|全部|所有)[^，。；]{0,8}中，|[被遭][^，。；\d]{1,6}的[^，。；\d]{1,6}(?:当中|之中|中|里)，|[\d万亿余多千百][个款家名条件起篇部宗][^，。；\d]{0,10}(?:[中里]|当中|之中)(?:，|(?=有|约))|[按从][^，。；]{0,6}(?:类型|类别|种类|性质|渠道|来源|问题|内容|行业|品类|对象|增速|地区|地域|区域|原因|手法|案由|板块|主题|题材|用途|国别|语种)[^，。；]{0,4}[看分计][，：]|论(?:国[别籍家]|地区|类别|数量|省份|平台)，|明细[^，。；]{0,6}[是为下]，?：|(?:分开|拆开|拆分|分项|逐项|细分|分类)来?[看说][，：]|(?<!案例)(?:包括|包含)|里头|里面|具体(?:来看|而言|来说|为)，|细分来看，|(?<=[，（(])含(?=[^有义量])|(?<=[，、：])(?:分别|主要)为"
)
_IN_PARTS = frozenset("中里看分计论说细含括体要")  # a character of each of these
_WITHIN = re.compile("[也亦均都]?(?:在|包含在|包括在|计算在|计入)(?:其中|其内|内)|[也亦均]?(?:包括|包含)?在内")
_ASKED = re.compile(r"(?<!按)(?<!按照)(?<!有关)(?:要求|请求)[^，。；]{0,14}$|提出(?:要求|请求)，[^，。；]{0,6}$")
# What follows a request was done: 应该部要求移除了, 根据监管部门要求下架.
_UPON = re.compile(
    r"((?:应(?<![相反对适响供回]应)(?![当予用急]|该(?![部局署会委]))|按照(?<!未按照)|根据|依照?)[^，。；\d\n]{1,20}?)(?:要求|请求)"
)
# How long what is done to those before lasts: 428个账号，先停7天.
_LASTS = re.compile(
    r"，?(?:[先均全都则各已也被遭予以]|处以|分别)*[停封](?:[号权停用播]|限)?(?:(?P<good>永久)|[约满]?[\d一二两三四五六七八九十]+(?:至\d+)?(?:天|日|周|个?月|小时|年))"
)
_TITLE = re.compile(
    r"(?<=《)(?P<whose>(?:[^》\n]{2,5}?(?=(?:社区|用户|平台|投诉|直播|创作者|服务)[^》\n]{0,20}(?:公约|守则|规范|协议|规则|准则|指南|细则)》))?)[^》\n]{1,60}(?=》)"
)
_PAUSE = re.compile("[，。；、！？\n]")
_BULLET = re.compile(r"\s*(?:([-–—•*·▪◦●■◆])|(\d+[.、)）])|([一二三四五六七八九十]+[、.]))\s*")
_NUMBERED = re.compile(r"（[一二三四五六七八九十\d]{1,2}）")
_NAMES_MORE = re.compile(r"[\d，：]")
_HEADING = 24  # characters: what heads an item says no more


class Clauses(References):
    """How Chinese puts figures, verbs and parts into sentences."""

    concepts: Concepts

    def sentences(self, text: str) -> Iterator[Sentence]:
        """Sentences, headlines and list items, in order; a list item has its list's heading as opening."""
        at, item, kind, held = 0, False, 0, 0
        heading: Sentence | None = None
        outer: Sentence | None = None
        title: Span | None = None
        short = False
        for m in [*_SENTENCE.finditer(text), None]:
            end = m.end() if m else len(text)
            if text[at:end].strip():
                first = text[at - 1 : at] in ("", "\n")
                bullet = _BULLET.match(text, at) if first else None
                begins = bullet or (_NUMBERED.match(text, at) if first else None)
                if bullet and bullet.lastindex == held:
                    heading, held = outer, 0  # the list that holds the other goes on
                kind = bullet.lastindex or 0 if bullet else kind
                item = bool(bullet) or (item and not first)
                openings = ((heading.start, heading.end),) if bullet and heading else ()
                sentence = Sentence(at, end, openings, None if begins else title)
                short, listed = bool(begins and self._titles(text, begins.end(), end)), short
                title = (at, end) if short and not listed else None if short or begins or "\n" in text[at:end] else title
                if not item:
                    heading, held = sentence, 0
                elif text[at:end].rstrip().endswith(("：", ":")):
                    heading, outer, held = sentence, outer if held else heading, kind
                yield sentence
            elif title and at > title[1]:
                title = None  # its paragraph has ended
            at = end

    def cut(self, text: str, mentions: Mentions, end: int, start: int) -> tuple[int, bool]:
        """Where between two figures the clause of the first ends, and whether they are only coordinated."""
        if _JOINED.fullmatch(text, end, start):
            if text[end:start] == "，" and self._each_its_own(text, mentions, end, start):
                return start, False
            if (count := _COUNT.match(text, start)) and mentions.beginning("penalty", count.end(), count.end() + 2):
                return start, False  # 警告954家，489家暂停更新
            return start, not any(act.end > start + 1 for act in mentions.beginning("penalty", start, start + 1))  # 约谈12家，立案2起
        stops = [m.end() for m in re.finditer("[；;]", text[end:start])]
        if stops:
            return end + stops[-1], False
        breaks = [m.end() for m in COMMA.finditer(text, end, start)] or [m.end() for m in _BREAK.finditer(text, end, start)]
        acted = [at for at in breaks if mentions.beginning("penalty", at, start)]
        return (acted[-1] if acted else breaks[0] if breaks else start), False

    @staticmethod
    def _each_its_own(text: str, mentions: Mentions, end: int, start: int) -> bool:
        """Whether a verb stands before ``end`` and another behind what starts at ``start``: 处置账号5万个，300名主播被封禁."""
        behind = _PAUSE.search(text, start)
        if not mentions.beginning("penalty", start, behind.start() if behind else len(text)):
            return False
        return bool(mentions.beginning("penalty", max(text.rfind(mark, 0, end) for mark in "，。；\n") + 1, end))

    def clause(self, text: str, sentence: Sentence, figures: Sequence[Candidate]) -> Span:
        """What stands between the semicolons before the first figure and behind the last: what they part says nothing of each other."""
        start = max(text.rfind(mark, sentence.start, figures[0].start) for mark in ";；") + 1
        ends = [at for mark in ";；" if (at := text.find(mark, figures[-1].head[1], sentence.end)) > 0]
        return max(start, sentence.start), min(ends, default=sentence.end)

    def opens(self, text: str, start: int, quote: int) -> int:
        """Where the clause of a sentence's first figure begins: behind what is said of the whole sentence."""
        commas = [m.end() for m in _OPENS.finditer(text, start, quote)]
        return commas[-1] if commas else start

    def leads(self, start: int, first: int) -> Span:  # noqa: ARG002 what opens a clause says it all
        """Nothing: a modifier of the first figure's noun is not one of the others'."""
        return start, start

    def shared(self, text: str, lead: Span, own: Span) -> Span:
        """A lead without what only a clause before a semicolon says, for a figure whose own clause says as much: …破获谣言案，处罚2人；…"""
        if "；" not in text[lead[1] : own[0] + 1] or not _OWN_ACCOUNT.match(text, *own) or _PURPOSE.search(text, *lead):
            return lead
        return lead[0], max(lead[0], text.rfind("：", *lead) + 1)

    def heads(self, text: str, opening: Span) -> bool:
        """Whether what opens a list speaks for its items too: a heading does, a sentence that leads up to them does not."""
        return not text[slice(*opening)].rstrip().endswith(("。", "：", ":", "！", "？"))

    @staticmethod
    def _titles(text: str, start: int, end: int) -> bool:
        """Whether an item's first words are its title: 2、假冒军人。处置账号80个."""
        words = text[start:end].strip().rstrip("。")
        return len(words) < _HEADING and words[-1:] not in "：:；案" and not _NAMES_MORE.search(words)

    def parts_begin(self, text: str, start: int, end: int) -> int | None:
        """From where in a stretch of text figures are parts of one named before; None where nothing says so."""
        found = None if _IN_PARTS.isdisjoint(text[start:end]) else _PARTS.search(text, start, end)
        return found.end() if found else None

    def parts_end(self, text: str, end: int) -> bool:
        """Whether the words behind figures say that they are parts: 4230间也在其中, 300个包括在内."""
        return bool(_WITHIN.match(text, end))

    def respectively(self, text: str, end: int, stop: int) -> int | None:
        """Where behind coordinated figures begins what was done to each of them: 分别予以约谈、下架."""
        found = re.match(r"，?(?:依法|依规|均|已|，)*分别", text[end:stop])
        return end + found.end() if found else None

    def lasts(self, text: str, start: int, end: int) -> bool | None:
        """Whether a clause says that what was done was done for good, not for some days; None where it says neither."""
        behind = text[start : min(end, start + 24)]
        said = _LASTS.match(behind) if "停" in behind or "封" in behind else None
        return None if not said else bool(said["good"])

    def asked_for(self, text: str, start: int) -> bool:
        """Whether the verb at ``start`` was only asked for: 要求平台移除."""
        return bool(_ASKED.search(text[max(0, start - 18) : start]))

    closed = staticmethod(closed)
    mixed = False

    def prepared(self, text: str) -> str:
        """``text`` in simplified characters without titles, which name offences that nobody committed, but for whose rules they are."""
        return _TITLE.sub(lambda title: title["whose"].ljust(len(title[0])), _UPON.sub(r"\1之下", widened(simplified(text))))

    def around(self, text: str, figure: Candidate, verb: str) -> Iterator[str]:  # noqa: ARG002 English needs it
        """The words on both sides of a figure, put together: 取消…的备案, 暂停了…的营利权限, 暂停…个账户."""
        before = text[max(0, figure.head[0] - 3) : figure.head[0]].removesuffix("了")[-2:]
        after = text[figure.head[1] : figure.head[1] + 8].removeprefix("的")
        if len(before) == 2 and after != text[figure.head[1] : figure.head[1] + 8]:
            yield from (before + after[:n] for n in range(len(after), 1, -1))
        elif len(before) == 2:
            yield before + text[figure.head[1] - 2 : figure.head[1]]
