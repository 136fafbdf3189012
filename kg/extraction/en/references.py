"""English words that point to another figure: back to what was said, on to what is compared, named, shared or left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.extraction.candidate import Candidate
from kg.extraction.lexicon import Concepts, Lexicon, lowered
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention, Sentence

_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_BACK = re.compile(
    r"\s*(?:[\"“]?(?:these|those|they|of (?:these|those|them|which|that)|among (?:them|these|those)|the (?:figure|total|"
    r"number|rest|remaining|majority|others?)|another|a further|some|most|in addition|additionally|besides (?:these|them|this)|"
    r"apart from (?:these|them)|in (?:total|all),?|overall|"
    r"all told|altogether|there were (?=[\w ]{0,12}\d)|it (?:covered|affected|involved) (?=[\w ]{0,12}\d)|"
    r"separately|also|a (?:year|month|week) (?:earlier|before)|in the (?:previous|preceding|prior|same) |so (?:have|had|has|did|were|was)|"
    r"(?:(?:about|over|some|only|just|nearly|almost|more than) )?(?:[\d,]+(?: million| lakh| thousand)?|t(?:wo|hree|en|welve)|four|five|"
    r"six|seven|eight|nine|eleven) (?:others|more|were|was|had|came|went|fell|came|broke|failed|concerned|involved|originated|stemmed))\b)",
    re.I,
)
_SUBJECT = re.compile(
    r"\b(?:reached|reaching|hit|hitting|stood at|(?:rose|fell|grew|climbed|dropped|jumped|amounted|came|up|down)(?: from [\d,]+)? to|"
    r"(?:brings?|takes?|brought|took|taking|bringing)\b(?:[^.;:]|\.(?= \d)){0,70} to|"
    r"totall?ed|totall?ing|numbered|numbering|were|was|exceeded|is|are)\s+(?:a total of\s+)?(?:[a-z]+\s+){0,3}$|"
    r"\b(?:number|total|tally|count) of [^.;,]{1,40} at\s+$|(?:[:–—|\t=]| -)\s*(?:[a-z]+\s+){0,2}$",
    re.I,
)
_LED_TO = re.compile(
    r"\b(?:that|which) (?:also |has |have |had )*(?:led|resulted|ended|brought|saw)\b|\b(?:leading to|resulting in)\b", re.I
)
_ALONG = re.compile(
    r"(?:\band|as well as|along with|together with|plus)\s+(?:the \w+(?:ion|ure|al|ing|ment|ban) of )?(?:an? |another |further |some )*$",
    re.I,
)
_BEHIND = re.compile(
    r"\s+(?:(?:that|which|who) )?(?:behind|linked|tied|connected|associated|involved|running|ran|sharing|shared|spreading|spread|"
    r"posting|posted)(?: to| with| in)? (?:them|these|those|it)\b",
    re.I,
)
OWN_VERB = re.compile(r"(?:\s+\w+){0,2}?\s+(?:were|was|had|have|has)\b", re.I)
_NUMBER_OF = re.compile(r"\b(?:number|total|tally|count)s? of (?:\w+ ){0,3}$", re.I)
_OF_SAID = re.compile(r"(?:^|[.;]\s|\n|\bthat )(?:Of|Out of|of|Among|among) (?:the|these|those|its|their|all|[A-Z]\w+[’']s) $")
_SAID = ("the ", "these ", "those ", "its ", "their ", "all ", "s ")
_JUST_COUNTS = re.compile(  # "It closed accounts. The figure was 300 accounts."
    r"(?:^|[.!?\n]\s*)(?:the (?:figure|number|total|tally|count|sum)(?: now)? (?:was|is|stood at|stands at|came to|comes to|reached|hit)|"
    r"(?:it|this|that|they|the (?:move|ban|sweep|measure|action|decision)s?) "
    r"(?:covered|affected|concerned|involved|numbered|totall?ed|extended to|applied to|came to)) (?:a total of )?$"
)
_COUNTS = tuple("was is at to reached hit covered affected concerned involved numbered totaled totalled of".replace(" ", " |").split("|"))
_SUCH = re.compile(r"\bsuch\b|of (?:that|this|the) (?:kind|sort|type)")
_COMPARED = re.compile(
    r"\b(?:(?:up|down)\s+(?:\w+\s+)?(?:from|on)|compared|ahead of|trailed by|a(?:gainst|n average of)|versus|tha(?:n|t makes)|"
    r"(?:rise|increase|drop|fall|decline|decrease|growth|jump|surge)(?: of \d[\d.]*(?:%| per ?cent))? (?:from|on|over))\b[^.;,]{0,24}$",
    re.I,
)
_FOR_COMPARISON = re.compile(
    r"\s*(?:(?:in|by|for) (?:comparison|contrast)|compared with|(?:a|one) (?:year|quarter|month) (?:earlier|before)|"
    r"(?:in )?the (?:previous|prior|preceding|year before|same period) )",
    re.I,
)
_NAMED_IN = re.compile(
    r"\b(?:naming|covering|concerning|affecting|about|involving|regarding|relating to|related to|targeting|which (?:named|"
    r"covered|concerned)|for)\s+"
    r"(?:a total of\s+)?(?:\w+\s+){0,2}$",
    re.I,
)
_WHEN = (
    r"(?:(?:next|following|previous|preceding|prior|last|same) )?(?:days?|weeks?|months?|quarters?|half|year|weekend|spring|summer|autumn|"
    r"fall|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day|" + _MONTH + r"|q[1-4]|20\d\d)(?: (?:before|after|earlier|later)(?: that)?)?"
)
_TOTAL = (
    r"(?:figure|number|total|tally|count|toll|sum|answer|score)s?\b(?! of (?!the|this|that|it|these|those|last))"
    r"(?:[^.;:\d]|\d(?![^.;]*\d)){0,40}?"
)
_SAYS = r"(?:,? (?:as per|according to|as (?:stated|given|published|told|set out) (?:in|by))\b[^.;:\d\n]{0,70},)?"
_ABOUT = r"(?:(?:only|just|about|nearly|almost|around|over|more than|a total of|some|still|already|at) ){0,2}(?=\d)"
# In lower case: but how many they are is told of those counted: "Monday brought 61,000", "the count came to 61,000".
_RESTATED = re.compile(
    rf"\b(?:{_TOTAL}{_SAYS}|(?:it|that|{_WHEN})) (?:now )?(?:was|were|is|stood at|stands at|"
    r"(?:had|has|have) (?:been|reached|risen to|climbed to|grown to)|comes? to|came to|to|makes?|made|brings?|brought|saw|sees|reached|hit|"
    r"(?:r[io]se|grew|climb(?:s|ed)|jump(?:s|ed)|f[ae]lls?|dropp?(?:s|ed)|up|down|arriv\w+|add\w+ up)(?: from [\d,]+)? (?:to|at)) "
    rf"{_ABOUT}|\b(?:there (?:had been|were|are)|you (?:get|arrive at|have|reach)(?: to)?|to a total of|"
    rf"(?:the |a )(?:total|sum|tally|count) of) {_ABOUT}|"
    r"\b(?:second|third|fourth|next|followed)\b[^.;]{0,20}\b(?:with|at|by)\b|\baccount(?:ed|s) for\b",
)
_LIKEWISE = re.compile(r"\b[Ss]o (?:have|had|did|were|has|was) (?:\w+ )?$")
_SAME_FATE = re.compile(r" (?:[\w-]+ ){0,4}(?:the same (?:fate|treatment|punishment|penalty|sanction|measure)s?)\b", re.I)
_AVERAGED = (" that makes ", "That makes ", " an average of ")  # "that makes about 300 a day"
_APPOSED_END = re.compile(r"(?:(?!that\b|which\b|who\b)[\w,.]+\s?){1,5}?(?:\s?(?:in number|all told|in all|in total|altogether))?,(?!\d)")
_SAME_REASON = re.compile(r"(?: [\w-]+){0,5} (?:for the same reasons?|on the same grounds?)\b", re.I)
_HOLDERS = (" users", " members", " players", " subscribers", " streamers", " bloggers", " sellers", " gamers")
_ANOTHER = re.compile(r"\b(?:another|a further)\s+$", re.I)
_FOR_BOTH = re.compile(  # a reason, and behind it another verb of the same subject
    r"[^;:]*?\b(?:for|over|because of|due to|containing|on suspicion of|on charges of|as (?:it|they|part of)) "
    r"(?!(?:the )?(?:\w+ )?(?:first|last|past|time|months?|years?|weeks?|days?)\b)[^;:]*? and (?:(?:also|has|have|had|then|further) )?"
    r"(?:[a-z]+ed|got|took|shut|put|sent|cut|gave|banned|barring|[a-z]+ing)(?: [a-z]+){0,3} (?:(?:an?|the|more|some|over|nearly|about) )*$"
)
_TELLS = re.compile(r",? (?:that|which|who|whose|for|over|because|on which)\b")
_OF_THEM = re.compile(r"(?:[a-z]+ ){0,3}[\d,.]+(?: \w+)? of (?:them|these|those|which)\b")
_DIGIT = re.compile(r"\d")
_TOPIC = re.compile(r"\s*(?:as (?:for|to)\b|[^.;\n]*\b(?:were|was|have been|has been|are)\b[^.;\n]*, (?:\w+ ){0,3}$)", re.I)
_PARTITIVE = re.compile(r"\b(?:(?<!part )of|among|out of) (?:the|all|its|their|those|these) (?:\w+ ){0,3}$", re.I)

_IT_WAS = re.compile(r"\b(?:it|that|this) (?:was|is|had been) (?:[a-z]+ )?$")
IN_A_PLACE = re.compile(
    rf"\s*(?:In|On|For|At) (?!(?i:{_WHEN})\b)(?:the )?[A-Z][\w ]{{2,30}},? (?:it|that|this|the (?:figure|number|total|tally|count)) "
    r"(?:was|is|stood at|came to) "
    r"(?:only |just )?"
)
_ONE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Tt]his) (?:[\w-]+ )?$")
_DEFINITE = (" the ", "The ", *(f"{the} {which} " for the in ("the", "The") for which in ("last", "first", "other", "final", "remaining")))
_IN_ONE = re.compile(r"\b(?:per|to|in|by|says|said) (?:the|an?|its|their|this|his|her) (?:[\w-]+ ){0,2}$|\bBy $")
_ARE = re.compile(r" (?:were|was|are) (?:(?:single|individual|entire|whole|full|complete|separate|different|fake|false|on|in) )?")


@lru_cache(1)
def _goes_back(text: str, start: int, end: int) -> bool:
    """Whether a sentence goes on about what the one before said; asked several times for each of its figures."""
    if _BACK.match(text, start) or _RESTATED.search(lowered(text[start:end])):
        return True
    return any(text.find(words, start, end) >= 0 for words in _AVERAGED)


class References:
    """How English points from one figure to another."""

    concepts: Concepts
    lexicon: Lexicon

    def refers_back(self, text: str, sentence: Sentence) -> bool:
        """Whether a sentence goes on about what the one before said."""
        return _goes_back(text, sentence.start, sentence.end)

    def subject(self, text: str, units: Sequence[Mention], start: int) -> str:
        """The unit before a number that the number is said of: "removals rose to 5,000", "Posts removed: 12"."""
        units = [unit for unit in units if not self._only_tells(text, unit)]
        if not units or _IT_WAS.search(text, start - 24, start):
            return ""
        if _OF_THEM.match(text, start):
            begins = max(text.rfind(". ", 0, units[0].start), text.rfind("\n", 0, units[0].start)) + 1
            if not _DIGIT.search(text, units[0].start - 60, start):
                return units[-1].code  # "accounts were closed, more than 200 of them"
            if _TOPIC.match(text, begins, start) and not _DIGIT.search(text, begins, start):
                return units[0].code  # "as for channels, 4,000 of them", whatever the sentence before counted
        apposed = text.startswith(", ", start - 2) and _APPOSED_END.match(text, start)
        if not (
            apposed
            or _SUBJECT.search(text[max(0, start - 80) : start])
            or _PARTITIVE.search(text[max(0, units[0].start - 40) : units[0].start])
        ):
            return ""
        if apposed and (near := [unit for unit in units if unit.end == start - 2]):
            return next((unit for unit in units if text[unit.end : near[-1].start] in (" of ", " of the ")), near[-1]).code
        if apposed and text[units[0].end - 1] != "s":
            return ""  # "for account support, 309 for ban appeals,"
        counted = [unit for unit in units if _NUMBER_OF.search(text[max(0, unit.start - 40) : unit.start])]
        return (counted or units)[0].code

    def told_of(self, text: str, nouns: Sequence[Mention]) -> Sequence[Mention]:
        """Those that most are told of ("most requests came from France, with 90"), or all that are not but where a number stands."""
        named = [noun for noun in nouns if not self._only_tells(text, noun)]
        return [noun for noun in named if text.endswith(("most ", "Most "), 0, noun.start)] or named

    def _only_tells(self, text: str, unit: Mention) -> bool:
        """Whether a noun in the singular is but where a number stands: "according to the report, it is 300"."""
        word, lead = text[unit.start : unit.end].lower(), text[max(0, unit.start - 40) : unit.start]
        return not word.endswith("s") and bool(_IN_ONE.search(lead) or (word + "s" in self.lexicon.entries and _ONE.search(lead)))

    def points_back(self, text: str, figure: Candidate) -> bool:
        """Whether the words of a figure stand for what the sentence before spoke of: "300 such posts", "links of that kind"."""
        lead, told = text[max(0, figure.start - 60) : figure.start].lower(), text[figure.start : figure.head[1] + 14].lower()
        return bool(
            (("such" in told or "of th" in told) and _SUCH.search(told))
            or (lead.endswith(_COUNTS) and _JUST_COUNTS.search(lead))
            or (lead.endswith(_SAID) and _OF_SAID.search(text, figure.start - 40, figure.start))
            or ("same" in text[figure.head[1] : figure.head[1] + 60] and _SAME_REASON.match(text, figure.head[1]))
        )

    def definite(self, text: str, figure: Candidate) -> bool:
        """Whether a number without a noun is told as known: "8,000 of the 67,000"."""
        return figure.elided and text.endswith(_DEFINITE, 0, figure.start)

    def entire(self, text: str, figure: Candidate) -> bool:
        """Whether a number without a noun is of all those told before: "heeded all six"."""
        return figure.elided and text.endswith((" all ", "All "), 0, figure.start)

    def holders(self, text: str, one: Candidate, other: Candidate, bearer: str) -> bool:
        """Whether one of two figures counts those who hold what the other counts: "30 accounts … and another 90 users"."""
        held = [figure for figure in (one, other) if bearer in self.concepts.ancestors("unit", figure.unit)]
        return len(held) == 1 and any(text.endswith(_HOLDERS, 0, figure.head[1]) for figure in (one, other))

    def predicate(self, text: str, figure: Candidate, mentions: Mentions) -> str:
        """The unit that those counted are said to be: "6,004 were single videos"."""
        found = _ARE.match(text, figure.end) if figure.elided else None
        nouns = mentions.beginning("unit", found.end(), found.end() + 1) if found else []
        return nouns[-1].code if nouns else ""

    def likewise(self, text: str, figure: Candidate) -> bool:
        """Whether the same was done to what a figure counts: "So have 57 pages", "nine others met the same fate"."""
        start, end = figure.start, figure.head[1]
        if text.find("same", end, end + 50) >= 0 and _SAME_FATE.match(text, end):
            return True
        return text.find("o ", start - 10, start) >= 0 and bool(_LIKEWISE.search(text, start - 20, start))

    def shares(self, text: str, one: Candidate, other: Candidate) -> bool:
        """Whether a figure is told as more of the same thing as the one before it ("…, along with 12 pages"), or as what came of it."""
        gap = text[one.head[1] : other.start]
        return bool(
            _BEHIND.match(text, other.head[1]) or _LED_TO.search(gap) or (_ALONG.search(gap) and not OWN_VERB.match(text, other.head[1]))
        )

    def same_drive(self, text: str, one: Candidate, other: Candidate) -> bool:
        """Whether one subject did two things for one reason: "closed 300 accounts for rumours and fined 12 people"."""
        behind = text[one.head[1] : other.start]
        return " and " in behind and one.relation != "of" and not _TELLS.match(text, other.head[1]) and bool(_FOR_BOTH.match(behind))

    def headless(self, text: str, figure: Candidate) -> bool:
        """Whether a figure's noun is left out behind "another": "muted 4,870 hosts and cleared the followers of another 212"."""
        another = figure.elided and _ANOTHER.search(text, figure.start - 12, figure.start)
        return bool(another and not OWN_VERB.match(text, figure.head[1]))

    def compares(self, text: str, figure: Candidate) -> bool:
        """Whether a figure is only what the one before it is compared with: "up from 21 million", "against 2,693"."""
        return bool(_COMPARED.search(text[max(0, figure.start - 30) : figure.start]))

    def contrasted(self, text: str, figure: Candidate) -> bool:
        """Whether a figure's sentence tells only what went before: "In comparison, …"."""
        return bool(_FOR_COMPARISON.match(text, figure.sentence[0]))

    def named_in(self, text: str, figure: Candidate) -> bool:
        """Whether a figure is what the one before it is about: "1,500 requests covering 9,400 items"."""
        return bool(_NAMED_IN.search(text[max(0, figure.start - 30) : figure.start]))
