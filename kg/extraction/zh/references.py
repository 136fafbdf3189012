"""Chinese words that point to another figure: back to what was said, on to what is compared, named, shared or left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.candidate import Candidate
from kg.extraction.lexicon import Concepts, Lexicon
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention, Sentence
from kg.extraction.zh.verbs import COMMA

_SUCH = re.compile(r"这(?=[近超逾约]?\d)|同类|所涉|其发布|其名下|相关|上述|此类|这类|该类|该些|这些|此等|这批|该批|因此|前述")
# What a whole sentence goes on about: 针对相关问题，平台…处置账号8万个; 该案已抓获嫌疑人266人.
_BACK_TO = re.compile(
    "(?:(?:相关|上述|此类|这类|该类|这些|前述|此种)(?:违规|违法|不良)*(?:问题|行为|现象|乱象)|[该此]案(?![例件]))[^。；\\n]*$"
)
_TOPICS = frozenset("题为象案")  # a character of each of these
_TOPIC_REACH = 60
# What a sentence itself says it is about, its 相关 stands for: 针对倒卖研报行为，处置相关笔记141篇.
_INVOLVES = re.compile("(?:[此本]次)?[共总累]?计?涉及[^，。；]{0,8}$")
_OF_ITS_OWN = re.compile("(?:针对|围绕|聚焦|对于|就)(?!相关|上述|这|此|以上|该)[^，。；\\d]{4,40}，")
_COMPARED = re.compile(r"(?:较|較|比|去年同期|上年同期|前年)[^，。；]{0,8}$")
_NAMED_IN = re.compile(r"(?:涉及|所涉)(?:[^，。；、]{0,16}、)*[^，。；、\d]{0,12}$")
_URGED = re.compile("(?:促使|促请|督促|要求|通知|责令|商请|指导|协调)(?:[各相有][关个家]?)?$")
_TOPIC = re.compile(r"\A(?:当?中|里|之中|方面|部分)，")
_SAID_ABOVE = re.compile(r"(?:上述|前述|这些|这批)[^，。；：\d]{0,16}的$")
_MARK = re.compile(r"[，：:](?:其中|已有|有|共计?|合计|分别|约|达|为)?$|[：:][^，。；：\d]{0,6}$|类$")
_MODIFIES = re.compile(r"的(?![约近超共有达为已就数也])[\u3400-\u9fff]{2,8}$")  # a noun of no known kind follows
_ABOUT = re.compile("涉及?[^，。；、\\d]{1,18}的$")
_TAKES = re.compile("(?:受理|收到|接[到获报])(?:了|的)?$")  # a site that takes complaints is not what is counted
_DEED = re.compile(r"(?:[也都则又已均共还被遭]|依法|累计|一并|同时|共计)*(?P<verb>[\u3400-\u9fff]{1,6}?)(?:[了掉走出过]|有|达|共)*")
_COUNTER = re.compile(r"[约近超逾达过]*[\d,.数几一二两三四五六七八九十百千万亿余多来]+(.)")
_WHO = frozenset("家户名人位")  # classifiers of those who may act themselves
_OFFENDING = re.compile("非法|违法|违规|不法|涉|有害|[假仿]冒|盗版|赌博|色情|诈骗|钓鱼|问题")
_SPOKEN_OF = re.compile(
    r"(?:在|从)?(?P<who>[^，。；：\n]{2,24}?)共?"
    r"[^，。；、\d]{2}的[^，。；]{0,8}(?:中|当中|里)，"
)
_TREATED = re.compile(
    r"(?:[^。；\n]{0,12}，)?(?:在|从)?[被遭](?P<done>[\u3400-\u9fff]{1,4}?)的?[\u3400-\u9fff]{2,3}[^，。；]{0,4}(?:中|里)，"
)
_CASES, _PERSONS = ("起", "宗", "件"), ("人", "名", "人次")
_LED_TO = re.compile(
    "，(?:(?:并|随后|共|累计|已|遂|相关平台|有关平台|平台)*(?:协助|配合|助力|支持|帮助|带破|串并|据此|由此|相应|相关)|遂|为此|因此|故|就此|随即)"
)
_TAKEN = re.compile(r"[对将把为给][^，。；：\d]*$")
_COUNTED_BEFORE = re.compile(r"\d[^。！？\n]*[，、：；中][^。！？\n]*$")
_COUNTED = re.compile(r"\d(?![\d.,]*(?:[%％年月日]|个百分点))[^。！？\n]*$")
_ANOTHER_ACT = re.compile("[，、](?!其中)[^，。；、：\\d的类因涉对另其还余]{2,8}$")  # 封禁主播账号5个，限流8个
_SAME = re.compile(
    "，(?:并|同时|依法|依规|依约|共|累计|永久|直接|一律|处置|已)*(?:关[停闭]|封[禁停]|注销|处置)(?:了|相关|涉事|涉案)?(?:账号|帐号|帐户|账户)$"
)
_IN_ONE_BREATH = re.compile("[，、和及与并](?![^，。；、：\\d]{0,11}[为另])[^，。；、：\\d]{0,12}")
_BACK = re.compile(
    r"\s*(?:其中|此外|另|同时|这些|上述|以上|对此|对其|并|还|也|截至|截止|累计|共|一共|总计|目前|上年同期|去年同期|此前一[年季月]|据统计|相关|[此本该]次|(?:总|[账帐]号|涉及|处置)?(?:数量|总数|总量|人数)[共合]?[为达约有是])"
)

_BESIDES = re.compile(
    r"(?:另有|[再又]有|另外(?:还)?有|另(?:外)?(?:再|还|又)?对|另(?:外|行)?(?:再|还|又)?[^，。；、\d]{2}|其他|其它|其余|还有|此外还有|新增)[^，。；]{0,8}$|(?:另有|还有)[^，。；\d]{0,18}的$|另外?$"
)
_NAMES = 2  # characters: a noun that stands right before a number and was not taken for its noun
_ANY = ("", "个")  # classifiers that say nothing of what they count
_ITEMS = frozenset("、；，")
_NUMBER_OF = re.compile(r"(?:[总个人]数|数[量目字]|总量|(?:[封禁删停处置下架])数|更[高低多少])[^，。；\d]{0,5}，?[^，。；、\d]{0,3}$")
_LEFT = re.compile(r"(?:剩下|余下|剩余|其余|其中)[^，。；\d]{0,6}$")
_MORE = frozenset("另再又其还新")  # a character of each of these
# of those that a measure was taken against, the ones that did not comply: 拒不改正的41款
_REMAINING = re.compile(
    r"(?:拒不|拒绝|逾期|仍[未不]|屡[教次]|未(?:按|能|予|及时|在|完成)|整改(?:不|到位|完成))[^，。；、]{0,12}的$|"
    r"[尚仍]有$"
)
_NOT_YET = re.compile("[^，。；]{0,6}(?:没有?|未|仍|拒)")
_OF_WHICH = ("的有", "的约有", "的共有", "的就有", "的达")
_ALONE = re.compile(
    "[单光仅](?:[是在]|这)?[^，。；\\d]{1,12}\\d{0,2}[^，。；\\d]{0,6}(?:就|即|便|已)[^，。；\\d]{0,5}$|(?:目前|至今|迄今)?(?:仅|只)有?$"
)  # 光是上周就删了700篇
_AMONG = re.compile("[对将把]其中(?:的|[^，。；、]{1,20}的)?$")


def stated(text: str, candidate: Candidate, lead: str) -> str:
    """What the words right before a number, ``lead``, say of it: that it comes on top of another, or is a part; '' for neither."""
    if not _MORE.isdisjoint(lead) and (further := _BESIDES.search(lead)):
        others = further[0].startswith("其") and "其中" in re.split("[。；]", text[max(0, candidate.start - 80) : candidate.start])[-1]
        rest = others or further[0].startswith("其余")
        left = further[0].endswith("还有") and _NOT_YET.match(text, candidate.end)  # 到时限还有16款没有改完
        return "of" if rest or left else "besides"
    start = candidate.words[0]
    remaining = not candidate.unit and _REMAINING.search(text[max(0, start - 16) : start])
    alone = not candidate.unit and _ALONE.search(lead)
    further_on = not candidate.unit and lead.endswith(_OF_WHICH)  # 处置账号92万个，永久关闭的有6万个
    return "of" if remaining or alone or further_on or _AMONG.search(lead) else ""


class References:
    """How Chinese points from one figure to another."""

    concepts: Concepts
    lexicon: Lexicon

    def refers_back(self, text: str, sentence: Sentence) -> bool:
        """Whether a sentence goes on about what the one before said."""
        return bool(_BACK.match(text, sentence.start))

    def subject(self, text: str, units: Sequence[Mention], start: int) -> str:
        """The unit before a number that the number is said of: …的账号，1,672个被禁言; 举报中，色情类614万件."""
        nouns = [u for u in units if u.end - u.start > 1 and (u.end < start or u.end - u.start > _NAMES)]  # 微博3200个: a platform
        if text[start - 1] == "类" and _COUNTED_BEFORE.search(text[max(0, start - 80) : start - 1]):
            named = max(text.rfind(joint, 0, start) for joint in "，、：；中")
            nouns = [u for u in nouns if u.end <= named]  # 处置商品3万件，其中买卖个人信息类7万件: what the kind is named after
        if text[start - 1] == "的" and nouns and (about := _ABOUT.search(text, start - 22, start)):
            nouns = [u for u in nouns if u.end <= about.start()]  # 涉及直播带货的6120件
        mark = _MARK.search(text[max(0, start - 10) : start])
        alone = not _COUNTED.search(text[max(0, start - 40) : start])
        if nouns and text[nouns[-1].end] == "量":
            return ""  # 约谈量为102家: so many of what is talked to
        if nouns and (_MODIFIES.search(text[nouns[-1].end : start]) or _TAKES.search(text[nouns[-1].end : start])):
            return ""
        if nouns and _URGED.search(text[max(0, nouns[-1].start - 10) : nouns[-1].start]):  # …的账号，已促使平台停用53个
            return nouns[-2].code if len(nouns) > 1 else ""
        if nouns and _TOPIC.search(text[nouns[0].end : start]):
            return nouns[0].code
        if nouns and (fronted := self._fronted(text, nouns[-1], start)) is not None:
            return nouns[-1].code if fronted else ""
        taken = nouns and _TAKEN.search(text[max(0, nouns[-1].start - 30) : nouns[-1].start])  # 对反复违规的账号降权3,200个
        if taken and not COMMA.search(text, nouns[-1].end, start):
            return nouns[-1].code
        return nouns[-1].code if nouns and (alone or (mark and not mark[0].startswith("，"))) else ""

    def _fronted(self, text: str, noun: Mention, start: int) -> bool | None:
        """Whether a noun is what the verb between it and a number was done to: 账号也处置了300个; False: it did so, 平台处置300个."""
        deed = _DEED.fullmatch(text, noun.end, start)
        counter = _COUNTER.match(text, start) if deed else None
        if not deed or not counter or not any(kind == "penalty" for kind, _ in self.lexicon.entries.get(deed["verb"], ())):
            return None
        acts = any(self.concepts.counted_by(noun.code, who) for who in _WHO)
        return not acts or counter[1] in _WHO or bool(_OFFENDING.search(text, noun.start - 4, noun.end))

    def spoken_of(self, text: str, sentence: Sentence) -> str:
        """Who did what a sentence tells the parts of, or what was done: 在平台受理的举报中, 被封账号之中."""
        if found := _SPOKEN_OF.match(text, sentence.start):
            return found["who"]
        found = _TREATED.match(text, sentence.start)
        known = self.lexicon.entries.get(found["done"], ()) if found else ()
        return found["done"] if found and ("penalty", self.concepts.umbrella) not in known else ""  # 被处置的账号里: whatever was done

    def shares(self, text: str, one: Candidate, other: Candidate) -> bool:
        """Whether a figure is told as what came of the one before it: 谣言案件132起，对97人…, 清理谣言信息5万条，关停账号300个."""
        persons = other.classifier in _PERSONS
        if _LED_TO.search(text, one.head[1], other.start):
            return True
        cases = one.classifier in _CASES and (persons or one.classifier != _CASES[-1]) and not other.relation
        more = one.classifier in _PERSONS and other.classifier in _PERSONS and other.relation == "besides" and not one.relation
        return cases or more or bool(_SAME.match(text, one.head[1], other.start + 2))

    def same_drive(self, text: str, one: Candidate, other: Candidate) -> bool:
        """Whether but a comma and a verb stand between two figures: 处置诱导消费的直播间34万个，10万个账号被处罚."""
        asked = other.relation or not {one.unit, other.unit}.isdisjoint(self.concepts.implied)
        return not asked and bool(_IN_ONE_BREATH.fullmatch(text, one.head[1], other.start))

    def same_item(self, text: str, mentions: Mentions, one: Candidate, other: Candidate) -> bool:
        """Whether a noun in a list only names a kind, as the words before it do: 網絡賭博7026則、假帳號157則."""
        if other.classifier != one.classifier or other.classifier in _ANY:
            return False
        between = text[one.head[1] : other.words[0]]
        named = other.start < other.words[0] and between[:1] in _ITEMS and not re.search("[，。；、：]", between[1:])
        return named and not any(
            mentions.beginning("penalty", begin - 1, end) for begin, end in ((one.start - 3, one.start), (one.head[1] + 1, other.start))
        )

    def counts_on(self, text: str, mentions: Mentions, last: Candidate, figure: Candidate) -> str | None:
        """Whether a bare number goes on with what the sentence before counts in the same word; "of" where it is a part of that."""
        start, end = figure.words
        if not figure.classifier or figure.classifier != last.classifier:
            return None
        if _NUMBER_OF.search(text, max(0, start - 16), start):
            return ""  # 上周封禁数为9100余个
        whole = last.target if last.relation == "of" and last.target else last
        if whole.value is not None and figure.value is not None and whole.value < figure.value:
            return None
        goes_on = last.elided and last.relation == "of" and not mentions.beginning("penalty", last.head[1], start)
        left = text[start - 1] == "的" or _LEFT.search(text, max(0, start - 10), start)
        done = mentions.beginning("penalty", end, end + 2)
        return "of" if goes_on or left or any(p.code != self.concepts.umbrella for p in done) else None

    def listed(self, text: str, end: int) -> bool:
        """Whether what stands behind a figure is listed with it: 解散赌博群1.7万个、诈骗群9600余个."""
        return text[end : end + 1] in ("、", "和", "及", "与")

    def points_back(self, text: str, figure: Candidate) -> bool:
        """Whether the words of a figure stand for what the sentence before spoke of: 相关账号5.8万余个, 上述專頁."""
        start, end = figure.head
        points = _SUCH.search(text[max(0, start - 6) : end + 2]) or _SAID_ABOVE.search(text[max(0, start - 20) : start])
        involves = text.find("涉及", max(0, start - 12), start) >= 0
        lead = "" if points else text[max(0, start - _TOPIC_REACH) : start]
        if not _TOPICS.isdisjoint(lead) and _BACK_TO.search(lead):
            return True
        begin = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1 if points or involves else start
        return bool((involves and _INVOLVES.match(text, begin, start)) or (points and not _OF_ITS_OWN.search(text, begin, start)))

    def headless(self, text: str, figure: Candidate) -> bool:
        """Whether a figure's noun is left out behind what modifies it: 被禁言的8,600个."""
        if figure.start != figure.words[0]:
            return False
        return text[figure.start - 1 : figure.start] == "的" or bool(_ANOTHER_ACT.search(text[max(0, figure.start - 10) : figure.start]))

    def compares(self, text: str, figure: Candidate) -> bool:
        """Whether a figure is only what the one before it is compared with: 較前年的791宗."""
        return bool(_COMPARED.search(text[max(0, figure.start - 12) : figure.start]))

    def named_in(self, text: str, figure: Candidate) -> bool:
        """Whether a figure is what the one before it is about: 移除要求4,870宗，涉及專頁3,215個."""
        return bool(_NAMED_IN.search(text[max(0, figure.start - 40) : figure.start]))
