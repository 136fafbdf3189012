"""English noun phrases: the noun behind a number, in one phrase with what modifies it, and the ends of a range."""

from __future__ import annotations

import re

from kg.extraction.candidate import Candidate
from kg.extraction.en.comparators import Comparators
from kg.extraction.en.elision import ADVERBS, FINITE, STOP, WORD, ends_phrase, is_part, is_predicate, is_told_of
from kg.extraction.en.numerals import SMALL
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention

_FILLER = frozenset(
    ("other others more additional further extra new separate such of the them these those its their all which whom that").split()
)
_BEFORE_NOUNS = frozenset("such suspected related linked accused identified found".split())  # as well as behind them
_COMPLEMENT = re.compile(
    r"\s+(?:of|to|with|in|on|by|for|from|as|at|against|and|or|that|guilty|the|its|their|an?)\b|[.,;:)]|\s*$|\s+\d", re.I
)
_OTHER = frozenset(["other", "others", "more", "additional", "further", "another", "extra"])
_DETERMINER = re.compile(r" (?:the|an?|its|their) ", re.I)
_ENDS_LINE = re.compile(r"\t|\n\s*(?:[A-Z]|\n)")
_LINKS = frozenset([" ", "-", "' ", "’ "])
_LIST = re.compile(r"\s*(?:,|and\b|or\b|/|&)", re.I)
_ANEW = re.compile(rf" (?:and |or )?(?:\d|(?:{SMALL})\b|[a-z]+ (?:said|say|says|told|added|announced)\b)", re.I)
_WHICH = re.compile(
    r"\b(?:of|among|out of)\s+(?:which|whom|these|those|them),?\s+(?:(?!with\b|by\b|from\b|in\b|on\b|one\b|two\b|\d)\w+\s+){0,2}$", re.I
)
_OF_WHOLE = re.compile(r" of (?:the |these |those |its |their |all |such |our )*", re.I)
_ONE_PHRASE = re.compile(r"(?:[a-z-]+ ){0,3}", re.I)
_OF_IT = re.compile(r"\s+(?:of|out of)\s+(?:them|which|whom|it|(?:these|those)(?!\s+\w+s\b))\b", re.I)
_ONES = re.compile(r"(?: [a-z-]+){1,3} ones\b", re.I)
_SPAN = re.compile(r"\b(?:any|some)where from $|\brang(?:es|ed|ing) from $", re.I)
_DOING = re.compile(r" [a-z]+ing\b")
_SUBJECT = re.compile(
    r"(?:^|[.!?;:,\n]\s*|\b(?:and|while|but|that|which,?) )"
    r"(?:(?:about|over|some|only|just|nearly|almost|more than|around|roughly|another|approximately|close to) )*"
    r"[\d,.]+(?: (?:million|lakh|thousand))?$",
    re.I,
)
_COMPOUND = re.compile(r"-(?:[a-z]+ed|made|run|led)\b")  # "59,350 user-flagged posts" counts posts
REST = re.compile(r"\b(?:remaining|rest of the|remainder of|(?:rest|remainder)(?:,| ?[-–—]+| \())\s*(?:[a-z]+ )?$", re.I)


def _names(mentions: Mentions, word: re.Match[str]) -> bool:
    """Whether a word that else ends a noun phrase begins a kind of account: "66,600 illegal 'we media' accounts"."""
    return bool(mentions.beginning("account-type", word.start(1), word.start(1) + 1))


class Phrases(Comparators):
    """Finds the noun that a number counts."""

    @staticmethod
    def _left_out(text: str, start: int, end: int, mentions: Mentions) -> bool:
        """Whether what stands behind a number is no noun that it counts: "of which 3,750 lead to", "the remaining 4,974 fell to"."""
        rest = REST.search(text[max(0, start - 20) : start]) or _WHICH.search(text[max(0, start - 30) : start])
        return bool(rest or is_told_of(text, start, end, mentions))

    def _noun(self, text: str, end: int, mentions: Mentions) -> tuple[str | None, int, int, bool]:
        """The unit behind a number, where its noun and its noun phrase end, and whether it says "other" or "more".

        The unit is '' where the noun is left out, None where the number counts something that is no unit.
        """
        at, other, seen = end, False, 0
        if pronoun := _OF_IT.match(text, end) or (text.find(" ones", end, end + 40) > 0 and _ONES.match(text, end)):
            return "", end, pronoun.end(), False
        if is_predicate(text, end, mentions) or self._offends(text, end, mentions):
            return "", end, end, text.startswith((" more ", " others "), end)
        while (m := WORD.match(text, at)) and seen < 8 and not _ENDS_LINE.search(text, at, m.start(1) + 1):
            if found := [
                u
                for u in mentions.beginning("unit", m.start(1), m.start(1) + 1)
                if not _COMPOUND.match(text, u.end)
                and (text[max(0, end - 3) : end].lower().endswith((" 1", "one")) or not self._is_singular(text, u, mentions))
            ]:
                return (*self._chain(text, found[-1], mentions), other)
            word = m[1].lower()
            if (
                (word in STOP and (seen or word not in _BEFORE_NOUNS or _COMPLEMENT.match(text, m.end())) and not _names(mentions, m))
                or (word == "of" and seen and not other)
                or (word in ("and", "or") and not seen)
                or (not seen and word.endswith(ADVERBS) and ends_phrase(text, m.start()))
            ):
                break
            other = other or word in _OTHER
            seen += word not in _FILLER
            at = m.end()
            if word == "others" or (onward := self._onward(text, at, seen)) is None:
                break
            at = onward
        if whole := _OF_WHOLE.match(text, end):  # "190 of those cases", "22,500 of their …"
            named = [
                u for u in mentions.beginning("unit", whole.end(), whole.end() + 40) if _ONE_PHRASE.fullmatch(text, whole.end(), u.start)
            ]
            return (*((unit := self._chain(text, named[0], mentions))[0], end, unit[1]), other) if named else ("", end, end, other)
        told = _DETERMINER.match(text, end)
        if seen and mentions.beginning("violation", end, (told.end() if told else end + 1) + 12) and is_part(text, end):
            return "", end, end, False  # "of the posts, 9,000 concerned suicide, 4,000 bullying and 600 terrorism"
        penalty = mentions.beginning("penalty", end, at + 1)
        done = penalty and _FILLER.issuperset(text[end : penalty[0].start].lower().split())
        return ("" if not seen or done else None), end, end, other

    def _offends(self, text: str, end: int, mentions: Mentions) -> bool:
        """Whether right behind a number stands a verb for what those counted did wrong: "25,000 posing as banks", "400 chased fame"."""
        verb = FINITE.match(text, end)
        begun = _SUBJECT.search(text, max(0, end - 50), end) if verb else _DOING.match(text, end)
        told = mentions.beginning("violation", end, (verb.end() + 40) if verb else end + 2) if begun else []
        if not told or mentions.beginning("penalty", end, end + 2):
            return False
        first = told[0]
        units = mentions.beginning("unit", end, first.start if first.start > end + 1 else first.end + 2)
        posed = mentions.beginning("account-type", end + 1, first.end + 6)
        word = first.start == end + 1 and " " not in text[first.start : first.end]
        return bool(posed and all(unit.code != self.concepts.bearer for unit in units)) or not (units or (verb and word))

    @staticmethod
    def _onward(text: str, at: int, seen: int) -> int | None:
        """Where behind a word the next one of its noun phrase is looked for; None where the phrase ends."""
        if joint := _LIST.match(text, at):
            return (None if _ANEW.match(text, joint.end()) else joint.end()) if seen else at
        return at if text[at : at + 1].isspace() or text[at : at + 1] in "”\"'’" else None

    def _is_singular(self, text: str, unit: Mention, mentions: Mentions) -> bool:
        """Whether a noun stands in the singular where a number asks for the plural: a verb ("of which 300 lead to"), then."""
        word = text[unit.start : unit.end].lower()
        if word.endswith("s") or word + "s" not in self.lexicon.entries:
            return False
        return not mentions.beginning("penalty", unit.end + 1, unit.end + 2) and not mentions.beginning("unit", unit.end + 1, unit.end + 2)

    @staticmethod
    def _chain(text: str, unit: Mention, mentions: Mentions) -> tuple[str, int, int]:
        """The last of the units that stand one behind the other: of "user accounts" the accounts."""
        while after := [u for u in mentions.within("unit", unit.end, unit.end + 48) if text[unit.end : u.start] in _LINKS]:
            unit = after[0]
        return unit.code, unit.end, unit.end

    @staticmethod
    def _is_range(text: str, one: Candidate, m: re.Match[str], high: int | None) -> bool:
        """Whether two numbers are the ends of one: "between 3,000 and 4,000", "3,000-4,000", "2 to 3 million"."""
        joint = text[one.words[1] : m.start()].lower()
        lead = text[max(0, one.words[0] - 9) : one.words[0]].lower()
        if one.unit and one.end > one.words[1]:
            return False
        if one.value is None or high is None or one.value >= high:
            return False
        return (
            joint in ("-", "–", "—", " - ", " – ")
            or (joint == " to " and (not lead.endswith("from ") or bool(_SPAN.search(text, one.words[0] - 16, one.words[0]))))
            or (joint == " and " and lead.endswith("between "))
        )

    def _is_between(self, text: str, one: Candidate, m: re.Match[str], high: int | None, mentions: Mentions) -> bool:
        """Whether two numbers are the least and the most: "at least 500 and at most 700 accounts"."""
        if not one.elided or one.value is None or high is None or one.value >= high:
            return False
        start, comparator = self._before(text, m.start(), mentions)
        bounds = self.concepts.vocabulary.bounds
        least, most = bounds.get(one.comparator) == "min", bounds.get(comparator) == "max"
        return least and most and text[one.words[1] : start] in (" and ", " but ", ", but ")

    def _widen(self, text: str, one: Candidate, m: re.Match[str], high: int | None, mentions: Mentions) -> None:
        """Make ``one`` the range up to ``high``."""
        unit, noun_end, head_end, _ = self._noun(text, m.end(), mentions)
        factor = self.factor(m)
        if (one.value or 0) * factor < (high or 0) and text[one.words[1] - 1 : one.words[1]].isalnum() and (one.value or 0) < 1000:
            one.value = (one.value or 0) * factor  # "two to three thousand"
        one.bounds, one.value, one.comparator = (one.value or 0, high or 0), None, "order"
        one.unit, one.words = unit or one.unit, (one.words[0], m.end())
        one.end, one.head = max(m.end(), noun_end), (one.start, max(head_end, m.end()))
