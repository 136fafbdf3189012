"""Whether a Chinese text says that something has happened to what a number counts: negation, conditions, plans and rates."""

from __future__ import annotations

import re

from kg.extraction.candidate import Candidate
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention

_HOW = (
    r"(?:被|会|再|予以|予|依法|依规|曾|曾经|及时|按时|按期|按照?(?:要求|规定)|完成|落实|配合|任何|可|进行|主动|处|能|这|过|"
    r"于[^，。；]{1,12}|在[^，。；]{1,12}|陆续|继续|分批|全部|年内|永久|直接|立即)*"
)
# A verb behind these words was not done, or only may be.
_UNDONE = re.compile(
    r"(?:[未没无可若应须如不]|没有|没能|无法|不能|不会|不予|不再|拒绝|拒不|避免|防止|免于|可能|可以|有权|视情|如果|否认|不得|"
    rf"无须|无需|提供[^，。；\d被遭后]{{0,14}}){_HOW}$"  # 未提供删除个人信息的功能
)
_PLANNED = re.compile(
    rf"(?:将|拟|计划|预计|准备|打算|即将|考虑|力争|预告|预定|逾期[^，。；]{{0,12}}的，|仍未[^，。；]{{0,12}}的，|拒不[^，。；]{{0,12}}的，){_HOW}$"
)
_NOT = frozenset("供未没无可若应须如不拒避防免权视否")  # a character of each of these words
_LATER = frozenset("将拟计准即虑争预打仍拒逾")
_DOUBT = _NOT | _LATER
_IF = re.compile(r"(?=[如假倘要一若])(?:如果|假如|假若|倘若|要是|一旦|若(?!干))[^，。；：\s]*$")
_USUAL = re.compile("(?:通常|往往|动辄|少则|多则)[^。；\n]*$")  # what is so as a rule nobody counted
_SPARED = re.compile(r"[^，。；\d]{0,6}(?:(?:未|没有?|不曾|不会)(?:再|曾|予以|能)*[被遭受]|无一)")
_HABIT = re.compile(
    r"(?=[每一单日月年平])(?P<rate>平均每[天日周月年]|(?:每|(?<![近这那前单后])一)[天日周月年]|单日|每小时|[日月年]均|[日产更])[^，。；、：的]{0,18}$"
)  # what is made, or done, from day to day
_MEAN = re.compile(r"\d[^。；]*，(?:日均|月均|平均每[天日月周])[约近超逾达]?$")  # 共1,982件，平均每天283件
_MARKS = frozenset("将拟计准预每均产更单天")  # a character of each of these
_AIMED = re.compile("(?=[将拟计准预])(?:将|拟|计划|准备|预计)(?:[对向于在]|针对|继续)[^，。；：]{0,20}$")
_REMOVED = re.compile("[^，。；\\d]{0,10}[被遭]")  # 每天平均就有3100多条留言被删除
_UNREAL = frozenset("如假倘要旦若常往辄则")  # a character of each word for what is usual, or hangs on an if


def undone(before: str) -> bool:
    """Whether the words before a verb say that it was not done, or only may be."""
    return not _NOT.isdisjoint(before) and bool(_UNDONE.search(before))


def planned(before: str) -> bool:
    """Whether the words before a verb say that it is yet to be done: 拟关闭."""
    return not _LATER.isdisjoint(before) and bool(_PLANNED.search(before))


def happened(text: str, candidate: Candidate, mentions: Mentions) -> bool:
    """Whether what a number counts is not said to have been spared, or only thought of; a plan or a rate leaves a doubt on it.

    What was denied, or hangs on an "if", nobody counted. A plan and a rate a day a reader wants to see, and to see as such.
    """
    start = candidate.start
    lead = text[max(0, start - 40) : start]
    if text.startswith(("为目标", "的目标"), candidate.end):
        return False
    if not _UNREAL.isdisjoint(lead) and (_USUAL.search(lead) or _IF.search(lead)):
        return False
    around = text[max(0, start - 32) : candidate.end + 8]
    if _DOUBT.isdisjoint(around):
        return _of_a_day(text, candidate, mentions, lead[-26:])
    if _SPARED.match(text, candidate.end):
        return False
    if verb := _verb(text, candidate, mentions):
        said = text[max(0, verb.start - 16) : verb.start]
        if undone(said):
            return False
        if planned(said):
            candidate.doubts.append("what is announced is not said to have been done")
            return True
    return _of_a_day(text, candidate, mentions, lead[-26:])


def _verb(text: str, candidate: Candidate, mentions: Mentions) -> Mention | None:
    """The verb whose object a number's noun is, or that stands right behind it in the passive."""
    near = mentions.beginning("penalty", candidate.start - 16, candidate.start)
    if near and not re.search("[的，。；、：\n]", text[near[-1].end : candidate.start]):
        return near[-1]
    behind = mentions.beginning("penalty", candidate.end, candidate.end + 8)
    return behind[0] if behind and planned(text[candidate.end : behind[0].start]) and not near else None


def _of_a_day(text: str, candidate: Candidate, mentions: Mentions, before: str) -> bool:
    """Whether a number is not one that is only so from day to day, or meant to be."""
    if _MARKS.isdisjoint(before):
        return True
    rate, aim = _HABIT.search(before), _AIMED.search(before)
    if rate and not aim:
        candidate.doubts.append(f"'{rate['rate']}' tells a rate, not how many in all")
    if not (rate or aim) or _MEAN.search(text[max(0, candidate.start - 60) : candidate.start]):
        return True
    at = candidate.start - len(before) + min(found.start() for found in (rate, aim) if found)
    done = mentions.beginning("penalty", at, candidate.start) or _REMOVED.match(text, candidate.end)
    return bool(done) and not aim
