"""Chinese verbs: which of the words for penalties in a figure's clause was done to what it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.candidate import Candidate
from kg.extraction.lexicon import Concepts
from kg.extraction.model import Mention
from kg.extraction.zh.reality import planned, undone

SPACE = r"(?<=[\u3400-\u9fff」”）！？])[ \u3000]+(?=[\u3400-\u9fff「“])"  # what parts the clauses of a headline
COMMA = re.compile(rf"[，：:；;]|{SPACE}")
_TURNED = re.compile(r"被|遭|获|经|由|已|予以|均|已被|进行|给予|作出|采取|实施|依法|责令|暂停|依规|遭到|受到|全部|一律|永久")
_DONE_TO = re.compile(
    r"(?:，?(?:均|已|全部|一律|随后|因[^，。；]{0,16}|由[^，。；]{0,10}))?"
    r"(?:并处?)?"
    r"(?:被|遭|予以|受到|给予|收到|采取了?|处以|依法|直接|公开|责令|勒令|强制|立即|成功|进行了?)*"
)
_FIRST = re.compile(r"(?![之以]后)(?:，?(?:均|已|全部))?(?:经[^，。；\d]{1,10}?|[^，。；\d]{1,12}?后)")  # 经申诉恢复, 补注出处后恢复
# what follows is said of others, or of a share
_OTHERS = re.compile(
    r"[，；](?:部分|其余|其他|其它|少数|个别|多数|有的|一些|剩余|余下)|其中|当中|之中|[\d.]+[%％]|[\d一二三四五六七八九两]成|"
    "[一过近大]半|半数|分之[一二三四五六七八九]|大?多数|大部分|部分(?:被|遭|已)"
)
_BRACKETED = re.compile("（[^（）]*）")
_SHARED = re.compile(r"[中里][^，。；]{0,6}(?:[\d.]+[%％]|[\d一二三四五六七八九两]成|[一过近大]半|半数|分之|多数|大部分|部分)")
_SHARE = re.compile("[^，。；]{0,4}的[约近超]?占")  # 恢复的约占三成
_OWN_OBJECT = re.compile(r"(?:了|[^，。；、\d被]{0,10})[约近超逾]?[\d,.]+[万亿千百余多]*(?![\d,.]*[万亿千百]?(?:天|日|年|个月|小时|元|周))")
_OTHER_OBJECT = re.compile(
    "[，；、](?:并|同时|还|也|另|同步|随后|进一步|依法|依规)*[对将把向](?![其此])(?P<back>涉事|涉案|上述|相关|有关|这|前述|以上|该)?[^，。；\\d]{2,}"
)  # …1300个，并对屡犯账号封禁
_COVERB = re.compile(r"(?:对|(?<![行作认因成])为|将|把|向|给|使(?!用)|令|就)[^，。；]*$")
_OBJECT = re.compile(r"(?:对于?|将|把)(?=[^，。；]*的[^，。；]*$)")
# 被误停用的账号中，有2.4万个经申诉恢复: what was done to the whole is told of it as its kind
_FRAME = re.compile("的[^，。；]{0,10}[中里内]，[^，。；]{0,8}$")
_AFTERWARDS = re.compile(
    "[^，。；]{0,6}(?:[后後](?![台续期果面])|前(?=[就便即已先被遭主]))"
)  # 补注出处后恢复展示: the verb before is but the occasion
_MODIFIER = re.compile("的[^，。；]{0,8}$")


class Verbs:
    """How Chinese says what was done to what."""

    concepts: Concepts

    def governing(self, text: str, penalties: Sequence[Mention], figure: Candidate) -> Mention | None:
        """Of the words for penalties in a figure's clause the one that was done to what it counts."""
        start, end = figure.head
        if not penalties:
            return None
        said = [p for p in penalties if not undone(text[max(0, p.start - 16) : p.start])]
        penalties = [p for p in said if not planned(text[max(0, p.start - 16) : p.start])] or [
            p for p in said if p.start < start or not COMMA.search(text, end, p.start)
        ]
        inner = [p for p in penalties if start <= p.start < end]
        left = [p for p in penalties if p.start < start]
        noun = text[figure.words[1] : end] or text[start : figure.words[0]]
        right = self._last_done(text, [p for p in penalties if p.start >= end and not self._of_others(text, end, p, noun)])
        if inner and not left and (inner[0].start, inner[0].end) == (start, figure.words[0]):
            return inner[0]  # 约谈6次，均已整改: what is counted is the act itself
        if right and (frame := _FRAME.search(text, start - 30, start)):
            left = [p for p in left if p.start >= frame.end()]
        if (
            len(left) > 1
            and left[-2].end <= left[-1].start
            and _MODIFIER.match(text, left[-1].end, start)
            and not re.search("[，。；、]", text[left[-2].end : left[-1].start])
        ):
            left.pop()  # 恢复误处置的账号57个
        if right and (object_ := _OBJECT.search(text, start - 40, start)):
            left = [p for p in left if p.start < object_.start()]  # what stands in between modifies the object: 对无视警告的26家
        goes_on = left and left[-1].end == start and text[end : end + 1] in "并且后"  # 逮捕10人并移送检方
        apart = (
            not left or (right and right[0].start > end) or "其中" in text[left[-1].end : start] or COMMA.search(text, left[-1].end, start)
        )  # 罚没1亿元，其中278件移送公安
        if right and apart and not goes_on and self._done_to(text, end, right[0].start):
            return right[0]
        if (
            right
            and (_COVERB.search(text[max(0, start - 24) : start]) or _TURNED.search(text, end, right[0].end))
            and not (left and left[-1].code != self.concepts.umbrella and not _COVERB.search(text[left[-1].end : start]))
        ):
            return right[0]
        if left:
            return left[-1]
        return inner[0] if inner else next((p for p in right if p.code != self.concepts.umbrella), None)

    @staticmethod
    def _done_to(text: str, end: int, verb: int) -> bool:
        """Whether nothing but how and when stands between what ends at ``end`` and a verb."""
        if _DONE_TO.fullmatch(text, end, verb):
            return True
        between = text[end:verb]
        first = _FIRST.match(text, end, verb) if "经" in between or "后" in between else None
        return bool(first) and any(_DONE_TO.fullmatch(text, at, verb) for at in range(first.end() if first else end, verb + 1))

    def _last_done(self, text: str, right: Sequence[Mention]) -> list[Mention]:
        """The verbs behind a figure without those that only tell after what, or with what words, the next one was done: 被通报下架."""
        first = next((n for n, p in enumerate(right) if text[p.start] not in "逾未" and not _AFTERWARDS.match(text, p.end)), 0)
        one, *others = right[first:] or (None,)
        if one and others and one.end >= others[0].start and self._tells_of(one.code, others[0].code):
            first += 1
        return list(right[first:])

    def _tells_of(self, one: str, other: str) -> bool:
        """Whether of two verbs in a row the first only says how the second came about: a notice, a request."""
        only_told = one in self.concepts.asking or one in self.concepts.implied.values()
        return only_told and other in self.concepts.suits and other != self.concepts.umbrella

    @staticmethod
    def _of_others(text: str, end: int, verb: Mention, noun: str) -> bool:
        """Whether a verb behind a figure that ends at ``end`` speaks of others: 部分群聊被限制, 违规App 300款，依法下架120款."""
        if not COMMA.search(text, end, verb.start):
            return bool(_SHARE.match(text, verb.end) or (_SHARED.search(text, end, verb.start)))
        object_ = _OTHER_OBJECT.search(text, end, verb.start)
        if object_ and not (object_["back"] and noun in object_[0]) and not COMMA.search(text, object_.end(), verb.start):
            return True
        others = _OTHERS.search(_BRACKETED.sub("", text[end : verb.start]))
        return bool(_OWN_OBJECT.match(text, verb.end) or others or _SHARE.match(text, verb.end))
