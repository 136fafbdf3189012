"""Whether an English text says that something has happened to what a number counts: negation, denial, conditions, plans, rates, shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.extraction.candidate import Candidate
from kg.extraction.en.nouns import Nouns
from kg.extraction.en.verbs import Verbs
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention

_HOW = r"(?:(?!only|merely|simply|solely)\w+ly |yet |ever |even |been |be |being |to |ha(?:ve|s|d|ving) |also |soon |then |further |once )*"
_UNDONE = re.compile(
    r"(?:\b(?:not|never|neither|nor|cannot|without|instead of|rather than|short of|against|yet to|unable to|avoid(?:s|ed|ing)?|"
    r"oppos(?:es?|ed|ing)|(?:rul(?:es?|ed|ing) out|(?:fail|refus|declin|neglect|omit)(?:s|es|d|ed|ing|ted|ting)?(?: to)?))|n['’]t) "
    + _HOW
    + "$",
    re.I,
)
_UNTIL = re.compile(r"[^.,;]{0,60}\b(?:until|till|before)\b", re.I)  # "did not close 300 accounts until May": then it did
_SCOPE = r"(?:(?! (?:and|but|after|before|when|while|because|as)\b)[^,.;:])*$"
_CLAIMS = r"(?:claim|report|rumou?r|allegation|accusation|post|message|suggestion)s?"
_DENIED = re.compile(
    rf"\b(?:den(?:y|ies|ied|ying) (?:(?:that|having|it|they|he|she|any|all|media|the|such) |{_CLAIMS}\b|$)|"
    rf"(?:rumou?rs?|hoax(?:es)?|(?:not|un|no|half-)[ -]?tru(?:e|th)(?: in (?:the )?{_CLAIMS})?|"
    rf"(?:false|fake|baseless|unfounded) \w+) that\b){_SCOPE}",
    re.I,
)
_CALLED_FALSE = re.compile(
    rf"\b{_CLAIMS} that\b[^.;:\n]* (?:is|are|was|were)(?: \w+ly)? (?:not true|untrue|false|baseless|unfounded|wrong|fabricated|a hoax)\b",
    re.I,
)
_IF = re.compile(rf"\b(?:if(?! (?:not|any|only|so|anything)\b)|unless|whether|suppos(?:e|ing)|provided that|in case|lest)\b{_SCOPE}", re.I)
_ASKS = re.compile(r"[^.?!\n]*, (?:how|why|what|who|where|when)\b[^.!\n]*\?", re.I)  # "If 40 were closed, how many were not?": they were
_PLANNED = re.compile(
    r"\b(?P<plan>will|shall|would|could|might|(?-i:may)|must|should|can|"
    r"(?:plan|intend|aim|hope|want|seek|propos|promis|pledg|vow|threaten|prepar|agree|try|tri|attempt)"
    r"(?:e?s|e?d|ned|ning|ing|ring|red)? to|"
    r"(?:is|are|was|were) (?:(?:going|set|due|expected|about|likely|scheduled|poised|supposed) )?to|"
    r"consider(?:s|ed|ing)?|(?:plan|proposal|pledge|promise|threat|goal|target|aim)s? (?:to|of)|planned|proposed|possible|imminent) "
    + _HOW
    + "$",
    re.I,
)
_TIME = r"(?:single )?(?:second|minute|hour|day|week|month|quarter|year)\b(?! (?:earlier|ago|later|before|after|prior|from|old|on)\b)"
_RATE = re.compile(
    r"(?: (?:that |which )?(?:were|was|are|is|have been|had been|being|get|got)(?: (?!for|in)\w+){1,2})?,? "
    rf"(?P<rate>(?:a|an|per|each|every) {_TIME}|daily|hourly)\b|"
    rf"[^.,;:\d\n]{{1,50}} (?P<later>(?:per|each|every) {_TIME}|daily|hourly)\b",
    re.I,
)
_AVERAGE = re.compile(r"\b(?P<rate>(?:daily |weekly |monthly )?averag(?:e of|es|ed|ing)|on average,?) (?:\w+ ){0,4}$", re.I)
_SHARE = (
    r"(?:\d[\d.,]*\s?(?:%|per ?cent)|(?:none|half|most|many|some(?! \d)|few|several|part|others|(?:not )?(?:a single )?one(?= of))\b|"
    r"(?:a|an|one|two|three|four|the)[ -](?:few|thirds?|quarters?|fifths?|tenths?|fraction|majority|minority|handful|bulk|rest)\b|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|\d+) (?:in|out of)(?: every)? (?:\d+|[a-z]+))"
)
_MODIFIERS = (
    r"(?:(?:more than|less than|about|over|nearly|almost|around|roughly|only|just|some|up to|at least|the|vast|its|these|those|all|"
    r"their) )*"
)
_SHARE_OF = re.compile(rf"(?<!\w)(?P<share>{_SHARE} of) {_MODIFIERS}$", re.I)
_BUT_SOME = re.compile(
    rf"(?:[,;(–—]|\band\b|\bwith\b|\bbut\b|\b(?:of|among) (?:which|whom|them|these|those)\b,?)\s*"
    rf"{_MODIFIERS}{_SHARE}(?! \w+ing\b)[^,;:]*$",
    re.I,
)
# What a sentence holds where any of the patterns above can be found in it, in lower case: most sentences hold none.
_HINTS = re.compile(
    r"n['’]t\b|\b(?:no[tr]?\b|ne(?:ver|ither|glect)|cannot|instead of|rather than|short of|(?:without|"
    r"against) (?:[a-z]+ )?[a-z]+ing|yet to|"
    r"unable|unless|avoid|oppos|rul(?:ed?|es|ing) out|fail(?:s|ed|ing)? |refus|declin|omit|den[yi]|"
    r"(?:claim|report|rumou?r|allegation|accusation|suggestion|hoax|tru|(?:false|fake|baseless|unfounded) [a-z]+)[a-z]* that\b|"
    r"(?:is|are|was|were) (?:[a-z]+ )?(?:untrue|false|baseless|unfounded|wrong|fabricated|a hoax|to\b)|if\b|whether|suppos|in case|"
    r"lest\b|will\b|shall|would|could|might|must|should|can\b|planned|proposed|(?:plan|inten[dt]|aim|hope|want|seek|propos|promis|pledg|vow|"
    r"threat|prepar|agree|tr[yi]|attempt|goal|target)[a-z]* (?:to|of)\b|consider|possib|imminent|"
    r"(?:per|a|an|each|every) (?:single )?(?:second|minute|hour|day|week|month|quarter|year)|daily|hourly|averag|on average)"
)
_ENDS = re.compile(r"\. |\n|;|[?!] ")
_REACH = 800  # characters from a number to the ends of its sentence
_PORTIONS = re.compile(
    r"%|cent|none|half|most|many|some|few|several|part|others|one|third|quarter|fifth|tenth|ajority|inority|handful|bulk|rest|fraction|"
    r" in |out of"
)
_OTHERS = re.compile(r" (?!(?:that|which|who) )[^.;]* (?:that|which|who) ", re.I)
_BECOMES = re.compile(r" (?:also |all |both )?(?:was|were|is|are|has|have|had|got|get)\b", re.I)


class _Stretch(NamedTuple):
    """The sentence around a number, or what a semicolon parts of it, and whether its words may tell of what did not happen."""

    start: int
    end: int
    doubtful: bool


def _around(text: str, start: int, end: int) -> _Stretch:
    floor, roof = max(0, start - _REACH), end + _REACH
    begin = max((at + len(mark) for mark in (". ", "\n", "; ", "? ", "! ") if (at := text.rfind(mark, floor, start)) >= 0), default=floor)
    ends = _ENDS.search(text, end, roof)
    until = ends.start() if ends else min(roof, len(text))
    told = text[begin:until]
    return _Stretch(begin, until, bool(_HINTS.search(told.lower())) or " may " in told)


def _is_untold(before: str, behind: str, whole: str) -> bool:
    """Whether a verb was not done, by the words before it, or in truth: what was denied nobody counted."""
    undone = _UNDONE.search(before) and not _UNTIL.match(behind)
    return bool(undone or _DENIED.search(before) or _CALLED_FALSE.search(whole))


def _is_share(text: str, start: int) -> bool:
    """Whether but a share is told of the number at ``start``."""
    return " of " in text[max(0, start - 30) : start] and bool(_SHARE_OF.search(text, start - 60, start))


class Reality(Nouns, Verbs):
    """What English tells as having happened."""

    def candidates(self, text: str, mentions: Mentions) -> list[Candidate]:
        """The numbers that may count something, without those of what was denied, or only thought of; a plan or a rate leaves a doubt."""
        found, stretch = [], _Stretch(0, 0, False)
        for one in super().candidates(text, mentions):
            if one.end > stretch.end:
                stretch = _around(text, one.start, one.end)
            if not (stretch.doubtful or _is_share(text, one.start)) or self._happened(text, one, mentions, stretch.start, stretch.end):
                found.append(one)
        return found

    def _happened(self, text: str, figure: Candidate, mentions: Mentions, begin: int, end: int) -> bool:
        verb = self.governing(text, mentions.beginning("penalty", begin, end), figure)
        if not verb:
            return True
        if _IF.search(text[begin : figure.start]):
            return bool(_ASKS.match(text, figure.end))
        before = text[begin : verb.start]
        others = _OTHERS.match(text, figure.head[1], verb.start) if verb.start > figure.start else None
        if not others and _is_untold(before, text[max(figure.end, verb.end) : end], text[begin:end]):
            return False
        figure.doubts += self._doubts(text, figure, before, begin, verb)
        return True

    @staticmethod
    def _doubts(text: str, figure: Candidate, before: str, begin: int, verb: Mention) -> list[str]:
        lead, behind = text[begin : figure.start], figure.head[1]
        planned = _PLANNED.search(before)
        rate = _RATE.match(text, behind) or _AVERAGE.search(lead)
        share = _SHARE_OF.search(lead) if verb.start == verb.end else None
        said = [f"'{planned['plan']}': what is planned or possible is not said to have been done"] if planned else []
        said += [f"'{next(filter(None, rate.groups()))}' tells a rate, not how many in all"] if rate else []
        return said + ([f"'{share['share']}' tells of some of them, not of all"] if share else [])

    def governing(self, text: str, penalties: Sequence[Mention], figure: Candidate) -> Mention | None:
        """The word for a penalty that was done to all that a figure counts; the umbrella where it befell but some."""
        whole = [verb for verb in penalties if not self._of_some(text, verb, figure)]
        found = super().governing(text, whole, figure)
        if found or len(whole) == len(penalties) or not super().governing(text, penalties, figure):
            return found
        return Mention(figure.start, figure.start, "penalty", self.concepts.umbrella)

    @staticmethod
    def _of_some(text: str, verb: Mention, figure: Candidate) -> bool:
        """Whether a verb befell but a share: "60% of the 900 accounts were closed", "900 accounts, some of which were closed"."""
        start, end = figure.head
        if verb.start > end and _PORTIONS.search(text[end : verb.start].lower()) and _BUT_SOME.search(text, end, verb.start):
            return True
        return not start <= verb.start < end and (verb.start < start or bool(_BECOMES.match(text, end))) and _is_share(text, start)

    def around(self, text: str, figure: Candidate, verb: str) -> Iterator[str]:
        """The words on both sides of a figure, put together; none where it tells what befell a share."""
        if not (_BECOMES.match(text, figure.head[1]) and _is_share(text, figure.start)):
            yield from super().around(text, figure, verb)
