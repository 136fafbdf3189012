"""Chinese nouns: what a number counts, before it (账号5个) or behind it (5个账号), and the comparator around it."""

from __future__ import annotations

import re

from kg.extraction.candidate import Candidate
from kg.extraction.lexicon import Concepts, Lexicon
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention
from kg.extraction.zh.comparators import Comparators
from kg.extraction.zh.numbers import AGED, CLASSIFIER, CLASSIFIERS, NUMBER, STOP, Read, ranges
from kg.extraction.zh.others import CASES, CAUGHT, SUED, TELLING, Counted, about, acted_on, counts_nothing, holds, nameless, unknown
from kg.extraction.zh.references import stated
from kg.extraction.zh.script import simplified
from kg.extraction.zh.words import Words

_PAUSES = frozenset("。，；：\n")
_CLOSE = re.compile("[，。；、：\\n（]")
_DONE_TO = ("家", "人", "名", "户", "款", "位", "家次", "人次")
_OF_THINGS = ("个", "款", "家", "条", "篇")  # no classifiers of what verbs are: 约谈12次, 行政处罚3件
_OF_WORKS = ("部", "集", "期", "篇", "幅")  # what they count is no person that the clause before it names
_AS_OFTEN = ("家次", "个次", "户次", "款次", "台次", "篇次", "条次")  # what is counted as often as it was looked at
_OF_PERSONS = ("名", "位", "人", "人次")
_QUOTED = re.compile("[“「《][^“”「」《》，。；]{1,12}[”」》]")
_MODIFIER = re.compile(r"(?!的)[^，。；、：\d]{2,12}的(?=账号|帐号|帐户|账户|App|APP|应用|网站|平台|小程序|直播间|群组|视频|产品|商品)")
# What qualifies a noun with a verb of its own: 75家未按要求公示证照的企业, 12个因造谣被举报的账号.
_RELATIVE = re.compile(
    r"已?(?:未|没有?|不[具具按经符]|无[资证相]|逾期|存在|涉嫌|拒[不绝]|仍|[在向从将经获由对已被遭以借凭靠]|打着|利用|通过|散布|编造|炒作|宣扬|假借|蹭|诱导|煽动|擅自|恶意|频繁|反复|大量|集中|借机|属于|来自|用于|多次|涉及|长期|屡次|盘踞|藏匿|设在|位于|活跃|提交|确认|提供|从事|因[^，。；、\d]{1,14}[被遭受])[^，。；、：:\d\n（(]{1,22}?(?:、[^，。；：:\d\n（(]{1,22}?)?的|"
    r"[与和同跟][^，。；：:\d\n（(]{1,30}?(?:有关|相关|关联|勾连)的"
)
_PLATFORMS = re.compile("[^，。；：、的\\d]{1,8}[、和及与][^，。；：、的\\d]{1,6}(?=平台|网站|企业|公司|机构)")  # 15家直播、短视频平台
_GOES_ON = re.compile(r"[约近超逾共达]*[\d几数]")
_LATIN = re.compile(r"[\w .-]*", re.ASCII)
_AGAINST = re.compile("冒充|假冒|仿冒|假扮|冒用|攻击|侮辱|诋毁|诽谤|针对|骚扰")
_FILLED = re.compile(
    r"（[^（）\d]{1,8}）|[共在计达至到已有总合累为则是均各]|总计|合计|共计|累计|总数|数量为|总数为|分别为|共为|数量|数|也有|还有|近期|分别|新增|达到|高达|：|:|（|\(|[\x20\u3000]|“|”|等|总量|量|多达|超|约|近|逾|"
    r"计有|仅|只|就|有效|其|又"
)


def _in_modifier(text: str, end: int, action: Mention) -> bool:
    """Whether an action is a part of what qualifies the noun behind a number: 28款违规使用个人信息的App."""
    return bool(_MODIFIER.match(text, action.end)) and not STOP.search(text, end, action.start)


class Nouns(Comparators):
    """Finds what the numbers of Chinese texts count; units and comparators come from the ontology."""

    code = "zh"
    spaced = False

    def __init__(self, concepts: Concepts) -> None:
        self.concepts = concepts
        labels = concepts.lexicon(self.code, self.spaced, simplified)
        self._words = Words(labels.entries, labels.spaced, labels.names)
        self.lexicon: Lexicon = self._words

    def candidates(self, text: str, mentions: Mentions) -> list[Candidate]:
        """Every number of ``text`` that may count something, with the noun it counts; nouns left out stay ''."""
        found: list[Candidate] = []
        for m in NUMBER.finditer(text):
            if counts_nothing(text, m, mentions):
                continue
            if not m["digits"] and any(mentions.beginning(kind, m.start(), m.start() + 1) for kind in ("platform", "authority")):
                continue  # a name that begins with a numeral: 百度, 千牛
            read = self.value(m)
            if read is not None and (candidate := self._candidate(text, m, read, mentions)):
                found.append(candidate)
        return ranges(text, found)

    def _candidate(self, text: str, m: re.Match[str], read: Read, mentions: Mentions) -> Candidate | None:
        value, bounds, more = read
        start, comparator = self._before(text, m.start(), mentions)
        if not comparator:
            start, comparator = self._adverb(text, start, mentions)
        if m["vague"] and m["vague"][0] in "上近破":
            comparator = comparator or self._code({"近": "近", "上": "以上", "破": "超"}[m["vague"][0]])
        classifier = CLASSIFIER.match(text, m.end())
        counter = (classifier["c"] or "") if classifier else ""
        counter = counter[0] if counter in _AS_OFTEN else counter
        end = classifier.end() if classifier and counter else m.end()
        end, after = self._after(text, end, mentions)
        if more:
            comparator = after = ""
        unit, noun_start, noun_end = self._noun(text, start, m.end(), end, counter, mentions)
        if ((after or counter == "次") and text.startswith(("的", "粉丝的"), end)) or nameless(
            text, m, Counted(start, end, unit, counter), mentions
        ):
            return None  # an attribute: 被处罚3次以上的账号
        code = "order" if bounds else self._code("约" if "来" in m[0] else "余") if more else after or comparator or "exactly"
        alone = "起" if counter == "件" and CASES.search(text[max(0, start - 8) : start]) else counter
        if not unit and counter == "件" and SUED.search(text[max(0, start - 4) : start]):
            alone = counter = "起"
        if (
            counter == "件"
            and unit
            and not self.concepts.counted_by(unit, counter)
            and CAUGHT.search(text[max(0, noun_start - 8) : noun_start])
        ):
            unit = self._words.stands_for("起")
        own = "" if counter not in TELLING and unknown(text, start, mentions) else self._stands_for(alone, mentions)
        if not unit and text[start - 1] == "（" and text.startswith(("）、", "）和"), end):
            unit = own  # 质量（4万件）、售后（3万件）
        candidate = Candidate(
            start=min(start, noun_start), end=max(end, noun_end), words=(start, end), head=(min(start, noun_start), max(end, noun_end)),
            value=value, comparator=code, unit=unit, classifier=counter, fallback=own,
            elided=not unit, bounds=bounds, doubts=self.doubts(m),
        )  # fmt: skip
        if not acted_on(text, candidate, mentions):
            return None
        lead = text[max(0, candidate.start - 22) : candidate.start]
        candidate.bracketed = lead.endswith(("（", "("))
        candidate.relation = stated(text, candidate, lead)
        return candidate

    def _stands_for(self, classifier: str, mentions: Mentions) -> str:
        """The unit that a classifier alone stands for; 家 for sites only where a text names any, else for companies."""
        own = self._words.stands_for(classifier)
        if classifier != "家" or any(u.code == own and u.end > u.start + 1 for u in mentions.all("unit")):
            return own
        return self._words.stands_for("户")

    def _bare(self, text: str, noun: Mention) -> int:
        """Where a noun begins without what qualifies it: of 违规账号 the 账号."""
        entries, ends = self.lexicon.entries, range(noun.end - 2, noun.start, -1)
        words = ((at, text[at : noun.end].lower()) for at in ends)
        return next((at for at, word in words if ("unit", noun.code) in entries.get(word, ()) and not self._acts(word)), noun.start)

    def _noun(self, text: str, start: int, bare: int, end: int, classifier: str, mentions: Mentions) -> tuple[str, int, int]:
        """The unit that stands before a number (账号5个) or behind it (5个账号), and the stretch of its noun."""
        before = [
            u
            for u in mentions.within("unit", start - 24, start)
            if (u.end - u.start > 1 or (u.end == start and text[u.start] not in CLASSIFIERS))
            and (u.end == start or not _FILLED.sub("", text[u.end : start]))
            and not self._verb(text[u.start : u.end], classifier)
            and not (
                (text[u.end] == "：" or (u.end == start and (text[u.start - 1] in _PAUSES or classifier == "个")))
                and any(name.end >= u.end for name in mentions.beginning("platform", u.start, u.start + 1))
            )  # 微博3200条，知乎900条
            and not (classifier == "次" and not self.concepts.counted_by(u.code, classifier))
            and not (classifier in _OF_THINGS and self._asked(text, u, mentions))
            and not (holds(text, u, classifier) and self._words.stands_for(classifier) not in self.concepts.ancestors("unit", u.code))
        ]
        behind = self._nouns_behind(text, (start, bare, end), classifier, mentions)
        if before and not (
            behind
            and (
                (classifier and self._follows(text, before[-1], start, end, behind[-1]))
                or text[before[-1].end] in "”」》"
                or mentions.beginning("penalty", before[-1].start, before[-1].start + 1)
            )
        ):
            first = before[-1]
            while joint := [
                u
                for u in mentions.within("unit", first.start - 12, first.start)
                if u.end - u.start > 1 and text[u.end : first.start] in ("、", "和", "及", "与", "或")
            ]:
                first = joint[0]
            return self._taken(text, first, classifier, mentions), self._bare(text, before[-1]), end
        if behind:
            owner = next((u for u in behind if self._heads(text, u, end, behind[-1])), behind[-1])
            return owner.code, start, owner.end
        return (self._words.stands_for(classifier) if classifier in self.lexicon.names else ""), start, end

    def _nouns_behind(self, text: str, number: tuple[int, int, int], classifier: str, mentions: Mentions) -> list[Mention]:
        """The nouns that what stands behind a number may count; ``number``: where it begins, and ends without and with its classifier."""
        start, bare, end = number
        age = AGED.match(text, end)
        if text[end : end + 1].isdigit() and not age:
            return []  # 案件3000余件5000余人
        at = self._relative(text, age.end() if age else end, mentions)
        rest = text[at : at + 24]
        stop = STOP.search(_QUOTED.sub(lambda q: "·" * len(q[0]), rest) if "”" in rest or "」" in rest or "》" in rest else rest)
        did = rest.find("了", 1)  # what it stands behind is a verb: 5600篇笔记加了标签
        acted = [p for p in mentions.beginning("penalty", at, at + 24) if not (classifier and _in_modifier(text, at, p))]
        # 账号限流 is a noun and a verb, 整改 a verb that may be a noun
        near = mentions.beginning("unit", acted[0].start - 1, acted[0].start + 1) if acted else ()
        covering = [u.end for u in near if u.end > acted[0].start + (u.start == acted[0].start)]
        until = stop.start() if stop else 24
        limit = min(at + (until if did < 0 else min(until, did - 1)), max(covering, default=acted[0].start) if acted else len(text))
        nouns = [u for u in mentions.within("unit", bare, limit) if u.end > end and u.end - u.start > 1]
        if classifier in _OF_WORKS and not any(self.concepts.counted_by(u.code, classifier) for u in nouns):  # 551部用户已购影片
            near = [u for u in mentions.within("unit", limit, limit + 8) if self.concepts.counted_by(u.code, classifier)]
            nouns = [u for u in near if u.end > u.start + 1 and not _CLOSE.search(text, limit, u.start)] or nouns
        if classifier in _OF_PERSONS:  # 2,100名受雇发帖的学生: whatever stands behind, persons are counted
            nouns = [u for u in nouns if self._words.stands_for("名") in self.concepts.ancestors("unit", u.code)]
        if classifier == "款":  # 23款违规收集信息: what the verb behind is done to has no such classifier
            nouns = [u for u in nouns if self.concepts.counted_by(u.code, classifier)]
        if classifier == "家":  # 3家网站负责人 are of 3 sites
            nouns = [u for u in nouns if u.code != self._words.stands_for("名")] or nouns
        if classifier == "个" and _AGAINST.match(text, end) and "的" not in text[end:limit]:
            nouns = [u for u in nouns if self._words.stands_for("名") not in self.concepts.ancestors("unit", u.code)]  # 2,938个冒充军队单位
        behind = [u for u in nouns if not self._verb(text[u.start : u.end], classifier)]
        objects = {p.end for p in mentions.within("penalty", start - 24, end + 24) if p.start < start} if len(behind) > 1 else set()
        return [
            u for u in behind if u.end not in objects or text[u.start - 1] == "的"
        ] or behind  # 督促15家网站限期整改: no 整改 is counted

    @staticmethod
    def _follows(text: str, place: Mention, start: int, end: int, noun: Mention) -> bool:
        """Whether the noun behind a number is counted, and the one before it only says where: 删除应用商店236万个违规应用."""
        return place.end == start and text[end] not in "为是系 " and not _GOES_ON.match(text, noun.end)

    def _taken(self, text: str, noun: Mention, classifier: str, mentions: Mentions) -> str:
        """The unit of a noun, or of the reports that it says what they are about: 受理网民举报违法和不良信息1847.9万件."""
        own = self._words.stands_for(classifier)
        return own if self.concepts.implied.get(own) in self.concepts.asking and about(text, noun, own, mentions) else noun.code

    @staticmethod
    def _relative(text: str, end: int, mentions: Mentions) -> int:
        """Where the noun behind a number that ends at ``end`` can begin: behind the clause that qualifies it."""
        if text[end - 1] == "家" and (listed := _PLATFORMS.match(text, end)):
            return listed.end()
        clause = _RELATIVE.match(text, end)
        if not clause:
            return end
        name = _LATIN.match(text, clause.end())  # 被植入木马的WordPress网站
        near = mentions.beginning("unit", clause.end(), (name.end() if name else clause.end()) + 6)
        return clause.end() if any(u.end - u.start > 1 for u in near) else end

    @staticmethod
    def _heads(text: str, noun: Mention, end: int, last: Mention) -> bool:
        """Whether a noun right behind its classifier is what is counted, not the last one: 76个账号的广告分成, 6家平台报送线索."""
        if noun.start > end + 1 or noun.end + (not text.startswith("的", noun.end)) >= last.start:
            return False
        return (
            text.startswith("的", noun.end)
            or text.startswith(("侵害", "侵犯", "存在"), noun.end)
            or (noun.start < end and text[last.start - 1] != "的")
        )

    def _verb(self, noun: str, classifier: str) -> bool:
        """Whether what may be a noun is a verb, by the classifier of what it is done to: 责令整改118家, 约谈3人."""
        return classifier in _DONE_TO and self._acts(noun)

    def _acts(self, word: str) -> bool:
        return any(kind == "penalty" for kind, _ in self.lexicon.entries.get(word, ()))

    def _asked(self, text: str, noun: Mention, mentions: Mentions) -> bool:
        """Whether what may be a noun is a verb, and the end of a longer one: 督促整改1100余个."""
        longer = [p for p in mentions.beginning("penalty", noun.start - 6, noun.start) if p.end == noun.end]
        suited = [self.concepts.suits[p.code] for p in longer if p.code in self.concepts.suits]
        alone = noun.code in self.concepts.implied and self._acts(text[noun.start : noun.end])
        return bool(longer) and (alone or bool(suited and not suited[-1] & {*self.concepts.ancestors("unit", noun.code)}))
