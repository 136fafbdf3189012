"""English figures under way: which numbers count something, each with its noun, its comparator and what it is a part of."""

from __future__ import annotations

import re

from kg.extraction.candidate import Candidate
from kg.extraction.en.amounts import CURRENCY, is_named_year, is_no_count, is_year
from kg.extraction.en.bystanders import bystanders, does_else, is_side, victims
from kg.extraction.en.elision import OF_NUMBER, OF_THEM, is_answered, is_object, may_elide, shares_verb
from kg.extraction.en.numbers import Read
from kg.extraction.en.objects import acted_on
from kg.extraction.en.phrases import REST, Phrases
from kg.extraction.mentions import Mentions

_RANGE = re.compile(r"\s*(?:-|–|—|to|and|or)\s*", re.I)
_OF_THE = re.compile(r"\s+of\s+(?:the|all the)\s+(?!\d|\w+[’']s\b)", re.I)
_SHARE = re.compile(
    r"\bthe (?:greater part|larger part|bulk|majority|rest|remainder|lion's share|others),\s$|"
    r"\b(?:half|thirds?|quarters?|fifths?|most|majority|bulk|share|per ?cent|%) "
    r"of (?:the|these|those|its|their|all|which|whom|them)\b[^.,;:\d]{0,60}"
    r"(?:,\s*(?:or\s+)?|\s\()(?:\w+\s){0,2}$",
    re.I,
)
_SOURCE = re.compile(r" (?:came (?:from|with)|originated|stemmed|arose|(?:were|was) (?:from|put down to|attributed to|due to))\b")
_COMMA = (", ", " (")
_FROM_NAME = re.compile(r" from (?:the )?[A-Z]")
_SHARE_TOLD = re.compile(
    r",? (?:or |\()(?:(?:about|some|nearly|over|more than|almost|around) )?\d[\d.]*(?:%| per ?cent) "
    r"of (?:the )?(?:total|them|these|those)\b"
)
_OR = (", or ", " or ", " (", ", (")
_ACCOUNTED = re.compile(r"\baccount(?:ed|ing) for\s+(?:\w+\s+){0,2}$", re.I)
_TOPIC = 250  # characters: no further reaches what a paragraph has counted
_BESIDES = re.compile(r"\b(?:another|additional|further|extra|other)\s+$", re.I)


def _is_share(text: str, start: int) -> bool:
    """Whether a number tells how many a share is that was named right before it: "half of the videos removed, 5.2 million"."""
    near = text[max(0, start - 16) : start]
    return ("," in near or "(" in near) and bool(_SHARE.search(text, start - 90, start))


_ROW = re.compile(r"[^.;:\d\n]{3,45}(?:,|,? and) (?:another |the other |the remaining )?")
_ROW_ITEM = re.compile(r" (?!(?:were|was|had|have)\b)[a-z][a-z’' -]{2,35}(?=[,.;]| and \d)")
_LONGEST_ROW = 8
_OF_A_NAME = ('" (', "” (", "’ (")  # a number in brackets behind a name tells of its bearer: "Brother Li" (2.3 million)


class Nouns(Phrases):
    """Finds what the numbers of English texts count; units and comparators come from the ontology."""

    def candidates(self, text: str, mentions: Mentions) -> list[Candidate]:
        """Every number of ``text`` that may count something, with the noun it counts; nouns left out stay ''."""
        found: list[Candidate] = []
        other = 0  # where the last number ends that counts what is no unit: "212 moderators"
        about = 0  # where the last number ends whose verb the next ones can share: "2,100 concerned scams, 1,300 fake shops"
        no_count = 0  # where the last number ends that counts nothing
        for m in self.numbers(text):
            if is_no_count(text, m):
                no_count = m.end()
                if found and _RANGE.fullmatch(text, found[-1].words[1], m.start()) and not found[-1].unit:
                    found.pop()  # "between 10,000 and 100,000 yuan"
                continue
            read = self.value(m)
            if read is None:
                continue
            if found and (self._is_range(text, found[-1], m, read[0]) or self._is_between(text, found[-1], m, read[0], mentions)):
                self._widen(text, found[-1], m, read[0], mentions)
                continue
            candidate = self._candidate(text, m, read, mentions)
            if no_count and not (candidate and candidate.unit) and self._goes_on(text, no_count, m):
                no_count = m.end()  # "aged 13 to 15", "Articles 9 and 20"
                continue
            last = max(floor := found[-1].end if found else 0, text.rfind(". ", floor, m.start()), text.rfind("\n", floor, m.start()))
            if candidate and (self._is_of_others(text, m, candidate, other, last) or self._is_side(text, found, candidate)):
                candidate = None
            candidate = candidate or self._answered(text, m, read, found)
            about = self._shared(text, about, last, candidate)
            if candidate:
                found.append(candidate)
                continue
            found = self._without_part(text, found, m.end())
            if text[m.end() : m.end() + 1] == " " and not is_year(m):
                other = m.end()
        return found

    def _answered(self, text: str, m: re.Match[str], read: Read, found: list[Candidate]) -> Candidate | None:
        """A small number without a noun that is a part of the requests and the like just counted: "Spain sent two".

        So is one in a row of them: "149 concerned account support, 21 other support and 48 the product".
        """
        in_row = bool(found and found[-1].elided and _ROW.fullmatch(text, found[-1].end, m.start()) and _ROW_ITEM.match(text, m.end()))
        topic = next((one for one in reversed(found[-_LONGEST_ROW:]) if not one.elided), None) if in_row else found[-1] if found else None
        if not topic or not self.concepts.is_asked(topic.unit):
            return None
        near = m.start() - topic.end < _TOPIC and "\n" not in text[topic.end : m.start()]
        if not near or is_year(m) or not read[0] or (topic.value or 0) <= read[0]:
            return None
        if not in_row and not is_answered(text, m.start(), m.end()):
            return None
        words = m.start(), m.end()
        whole = topic.target or topic if topic.elided else topic
        return Candidate(
            start=m.start(), end=m.end(), words=words, head=words, value=read[0], comparator="exactly", unit=topic.unit, elided=True,
            relation="of", target=whole,
        )  # fmt: skip

    @staticmethod
    def _without_part(text: str, found: list[Candidate], end: int) -> list[Candidate]:
        """``found`` without a part of what is no figure and ends at ``end``: "six of the ten most visited services"."""
        return found[:-1] if found and OF_NUMBER.match(text, found[-1].words[1], end) else found

    @staticmethod
    def _goes_on(text: str, end: int, m: re.Match[str]) -> bool:
        """Whether a number is the other end of the one before that counts nothing: no total behind a date, "since Oct. 20 to 478,659"."""
        total = m["digits"] and len(m["digits"]) > 4 and not text[end - 3 : end].isdigit()
        return not total and bool(_RANGE.fullmatch(text, end, m.start()))

    @staticmethod
    def _is_of_others(text: str, m: re.Match[str], candidate: Candidate, other: int, last: int) -> bool:
        """Whether a number without a noun counts what the number that ends at ``other`` counts, or money."""
        bare = candidate.elided and not candidate.bracketed and not OF_NUMBER.match(text, m.end())
        return bare and (other > last or bool(CURRENCY.search(text, last, m.start())))

    @staticmethod
    def _is_side(text: str, found: list[Candidate], candidate: Candidate) -> bool:
        """Whether but the source or the goal of what the number before counts is counted."""
        one = found[-1] if found else None
        return bool(one and one.unit != candidate.unit and is_side(text, one.head[1], candidate.start, candidate.end))

    @staticmethod
    def _shared(text: str, about: int, last: int, candidate: Candidate | None) -> int:
        """Where the number ends whose verb the next can share; ``candidate`` leaves its noun out where it shares that at ``about``."""
        if candidate and about and shares_verb(text, about, candidate.start, candidate.head[1]):
            candidate.unit, candidate.elided, candidate.end, candidate.head = "", True, candidate.words[1], candidate.words
        if not candidate or not candidate.elided:
            return 0
        return about if about > last else candidate.words[1]

    def _candidate(self, text: str, m: re.Match[str], read: Read, mentions: Mentions) -> Candidate | None:
        value, bounds, doubts = read
        start, comparator = self._before(text, m.start(), mentions)
        end, after = self._after(text, m.end(), mentions)
        unit, noun_end, head_end, other = self._noun(text, max(end, self.again(m)), mentions)
        if unit is None and self._left_out(text, start, end, mentions):
            unit = ""
        if unit is None and not is_year(m) and (object_ := acted_on(text, start, end, mentions, self.concepts)):
            unit, noun_end, head_end = object_[0], object_[1], object_[1]
        if unit is None or (is_year(m) and (not unit or is_named_year(text, m.start()))):
            return None
        if not unit and (victims(text, start) or text.endswith(_OF_A_NAME, 0, start)):
            return None
        if not unit and not may_elide(text, m, end, mentions) and not is_object(text, start, end, mentions):
            return None
        if unit and not after:
            late_end, late = self._after(text, noun_end, mentions)
            comparator, noun_end = (late, late_end) if late and not comparator else (comparator, noun_end)
        if unit and (
            bystanders(text, start, end, noun_end, mentions)
            or (self.concepts.is_thing(unit) and does_else(text, start, noun_end, mentions))
        ):
            return None
        comparator = "order" if bounds else after or comparator or "exactly"
        lead = text[max(0, start - 20) : start]
        candidate = Candidate(
            start=start, end=max(end, noun_end), words=(start, end), head=(start, max(head_end, end)), value=value,
            comparator=comparator, unit=unit, elided=not unit, bounds=bounds, doubts=list(doubts),
        )  # fmt: skip
        candidate.bracketed = lead.rstrip().endswith("(")
        if (
            ((OF_THEM.match(text, end) or OF_THEM.match(text, noun_end)) and not lead.endswith(" all "))
            or _OF_THE.match(text, end)
            or REST.search(lead)
            or _is_share(text, start)
            or (candidate.elided and (_SOURCE.match(text, end) or (lead.endswith(_COMMA) and _FROM_NAME.match(text, end))))
            or (text.startswith(_OR, candidate.end) and _SHARE_TOLD.match(text, candidate.end))
            or (candidate.elided and lead.endswith((" all ", "All ")) and not OF_THEM.match(text, end))
            or (" for " in lead and not other and _ACCOUNTED.search(text, start - 36, start))
        ):
            candidate.relation = "of"
        elif other or (_BESIDES.search(lead) and not (candidate.elided and lead.endswith("the other "))):
            candidate.relation = "besides"
        return candidate
