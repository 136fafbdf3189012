"""English clauses: sentences, where one figure's clause ends and the next begins, which verb governs it, what it is a part of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.candidate import Candidate
from kg.extraction.en.references import IN_A_PLACE, OWN_VERB, References
from kg.extraction.en.sentences import Sentences
from kg.extraction.lexicon import Concepts, lowered
from kg.extraction.mentions import Mentions
from kg.extraction.model import Span

_SPAN_OF_TIME = r"(?!\s+(?:year|month|week|quarter|half|decade|kind|sort|type|campaign|size)\b)"
OF_THESE = re.compile(
    r"(?=[oaicmbt\s,:(])"  # one look spares most letters the rest
    rf"(?:\b(?:(?:of|among|amongst|out of)\s+(?:these|those|them|(?:that|this){_SPAN_OF_TIME}|"
    r"the\s+(?:total|latter|former|above|removed|banned)|all\s+(?:these|those)|which|whom)|"
    r"(?<!not )(?<!but )includ(?:ing|e[sd]?)"
    r"(?![^\d.;]{0,90}(?:, (?:(?:we|it|they|he|she)|(?:also |then |each )?[a-z]+ed (?!by|for|from))| have| has| had)\b)|"
    r"compris(?:ing|ed?|es)|consist(?:ing|ed|s) of|made up of|broken down (?:into|by)|breaks? down|as follows)\b|"
    r"(?:^(?:\s*\(\w\)\s)?|\s[-–—]\s|\bthat\s|,\s|:\s)\s*(?:of|among|out of)\s+"
    r"(?:the|its|their|all|some|[\w’']+[’']s|(?:nearly |about |over |more than )?\d[\d,.]*)\s+"
    r"(?:[^,;.]|(?<=\d)[,.](?=\d)){0,110},|"
    r"^\s*(?:of|among|amongst)\s+[^,;.]{0,60}?\s(?:were|was|are)\b|"
    r"^\s*by (?:subject|reason|category|topic|kind|type|country|platform|theme|offence|offense|ground|violation|sector|region)s?,)",
    re.I,
)
_SHARES = frozenset("one two three four five six seven eight nine ten both some many several none half any each few".split())
_PORTIONS = _SHARES | set(
    "and but while with or that so where whereas most rest majority minority bulk part parts share number total half quarters".split()
)
_RANKED = re.compile(
    r"\b(?:largest|biggest|commonest|most (?:common|frequent|often cited)|leading|main|top|number one|second|third) (?:[a-z-]+ ){0,2}"
    r"(?:categor(?:y|ies)|reasons?|grounds?|causes?|motives?)\b"
)
_OF = re.compile(r"\s*\(?(?:of|out of)\s+(?:the|its|a total of|some|all)?\s*", re.I)
_SHORT = 24  # characters: more do not stand between a part and its whole
_COMMA = re.compile(r"[,;]\s")
_PARTS = re.compile(OF_THESE.pattern)  # in lower case
_AMONG_THEM = re.compile(r"\s*,?\s*(?:among|amongst)\s+(?:them|these|those)\b", re.I)
_BREAK = re.compile(
    r";|,?\s+(?:while|whereas|but|whilst)\b|,\s+(?:and|with|plus|as well as|along with|including|then)\b|\s+(?:and|"
    r"as well as|along with|plus)\b|,|:|\s+[-–—]\s+",
    re.I,
)
_CONTRAST = re.compile(r";|,\s+(?:while|whereas|whilst)\b")
_OWN_LATER = re.compile(r";|,\s+(?:and|but|while|whereas)\b", re.I)
_ONLY_JOINED = re.compile(
    r"[\s,;]*(?:and|or|plus|as well as|along with|together with|,|to|from|up|down|compared with|compared to|against)?[\s,]*(?:another|"
    r"a|an|the|further|additional|from|to|of|some|also|about|around|nearly|over|more than|almost|roughly|approximately)*[\s]*",
    re.I,
)
_OF_ITS_OWN = re.compile(r"(?:[a-z]+ ){0,2}[\d,.]+(?: (?:million|thousand|lakh))? (?:that|which|who|[a-z]{4,}ing)\b", re.I)
_CAMPAIGN = re.compile(
    r"\b(?:in|during|as part of|under|amid|throughout|within|since|following|after|for)\s+"
    r"(?:an?|the|its|their|this|that|what|\w+[’']s)\b[^,.;:]{0,60}?"
    r"\b(?:campaign|crackdown|drive|push|operation|sweep|effort|action|clampdown|purge|blitz|initiative|offensive|clean-?up|fight|"
    r"war|battle|inspection|round-?up|raid)s?\b",
    re.I,
)
_REASON = re.compile(
    r"\b(?:for|over|because of|due to|on (?:suspicion|charges|grounds|account) of|in (?:violation|breach) of|in connection with|"
    r"(?:related|relating|linked|tied) to|accused of|suspected of)\b",
    re.I,
)
_TURN = re.compile(r";|,?\s+(?:while|whereas|whilst|but)\b", re.I)
_SET_OFF = re.compile(r",\s(?:all\s|both\s)?$")
_VERB = re.compile(r"\b(?:were|was|had|have|has|are|is|been)\b")
_OWN_CLAUSE = re.compile(r"[;:]|\b(?:that|which|who|while|whereas|but|whose)\b", re.I)
_SUBJECTS = re.compile(r"(?<!\w)(?<!\bon )(?<!\bfrom )(?:[A-Z]\w+|it|they|he|she|we|police|officials|regulators?)\b")
_TIME = re.compile(
    r"(?P<good>\b(?:for (?:good|life|ever|an (?:unlimited|indefinite))\b|forever|permanently|indefinitely))|\btemporarily|\bfor "
    r"(?:(?:between|from|up to|at least|at most|about|around|over|more than|less than|an?|half|several|some|to|or|and|(?:a |the )?few|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|twelve|"
    r"fourteen|fifteen|thirty|sixty|ninety|\d+(?:[-–]\d+)?|(?:period|term)s? of) )+"
    r"(?:hours?|days?|weeks?|fortnights?|months?|years?|while|time|period)\b"
)
_LASTING = (" for ", "ently", "ever", "ndefinitely", "temporarily")
_OTHER_CLAUSE = re.compile(r"[;:.,(]|\b(?:and|but|while|that|which|who|whose)\b")
_ASIDE = re.compile(r",\s+(?:in\s+|of\s+)?(?:which|who|whose|whom|where)\s[^,.;:\n]{1,140},")
_INNER = re.compile(r",\s+(?:who|when|where|whose)\s")


class Clauses(References, Sentences):
    """How English puts figures, verbs and parts into sentences."""

    concepts: Concepts

    def cut(self, text: str, mentions: Mentions, end: int, start: int) -> tuple[int, bool]:  # noqa: ARG002 Chinese needs them
        """Where between two figures the clause of the first ends, and whether they are only coordinated."""
        if _ONLY_JOINED.fullmatch(text, end, start):
            return start, not _OF_ITS_OWN.match(text, start)
        if parts := OF_THESE.search(text, end, start):
            later = [m.start() for m in _OWN_LATER.finditer(text, parts.end(), start)]
            return (later[-1] if later else parts.start()), False
        breaks = [m.start() for m in _CONTRAST.finditer(text, end, start)] or [m.start() for m in _BREAK.finditer(text, end, start)]
        return (breaks[-1] if breaks else start), False

    def opens(self, text: str, start: int, quote: int) -> int:
        """Where the clause of a sentence's first figure begins: behind what is said of the whole sentence."""
        commas = [m.end() for m in _COMMA.finditer(text, start, quote)]
        return commas[-1] if commas else start

    def part_of(self, text: str, end: int, start: int) -> bool:
        """Whether what stands between two figures says that the first is a part of the second."""
        return start - end < _SHORT and bool(_OF.fullmatch(text, end, start))

    def parts_begin(self, text: str, start: int, end: int) -> int | None:
        """From where in a stretch of text figures are parts of one named before; None where nothing says so."""
        told = lowered(text[start:end])
        for found in _PARTS.finditer(told):
            before = told[: found.start()].rstrip()
            word = before.rpartition(" ")[2]
            if before[-1:].isdigit() or word in self.concepts.scales.factors or word in _SHARES:
                continue  # "300 of them", "one of them": that is a part by itself
            if not word.isalpha() or word in _PORTIONS or not found[0].startswith("of "):  # not "as a result of this"
                return start + found.end()
        if there := IN_A_PLACE.match(text, start, end) if " was " in told or " is " in told else None:
            return there.end()
        ranked = _RANKED.search(told) if "reason" in told or "categor" in told or "ground" in told or " cause" in told else None
        return start + ranked.end() if ranked else None

    def parts_end(self, text: str, end: int) -> bool:
        """Whether the words behind figures say that they are parts: "…, 300 groups and 20 pages among them"."""
        return bool(_AMONG_THEM.match(text, end))

    def adjunct(self, text: str, figures: Sequence[Candidate], end: int) -> int:
        """Where behind the last figure a campaign ("in a drive against …") or the reason of all that was done begins."""
        first, last = figures[0].head[1], figures[-1].head[1]
        if campaign := _CAMPAIGN.search(text, last, end):
            return campaign.start() if not _OWN_CLAUSE.search(text, last, campaign.start()) else end
        reason = _REASON.search(text, last, end)
        apart = (
            _OWN_CLAUSE.search(text, first, reason.start() if reason else end)
            or (_SUBJECTS.search(text, first, figures[-1].start) and not (reason and _SET_OFF.search(text, last, reason.start())))
            or (OWN_VERB.match(text, last) and not self._is_subject(text, figures))
        )
        return reason.start() if reason and not apart else end

    @staticmethod
    def _is_subject(text: str, figures: Sequence[Candidate]) -> bool:
        """Whether figures begin a clause and have one verb, behind the last: "six accounts, 120 pages and a group were pulled down"."""
        begins = text[max(0, figures[0].start - 2) : figures[0].start].rstrip()[-1:] in ("", ",", ".", ":", ";", "-")
        return begins and len(figures) > 1 and not _VERB.search(text, figures[0].head[1], figures[-1].start)

    def coordinate(self, text: str, figures: Sequence[Candidate], index: int, end: int) -> tuple[Sequence[Candidate], int]:
        """The figures of the main clause that one of a sentence's figures stands in: up to "while", "but" or a semicolon."""
        turns = [turn.start() for turn in _TURN.finditer(text, figures[0].end, figures[-1].start)]
        begin = max((turn for turn in turns if turn < figures[index].start), default=0)
        end = min((turn for turn in turns if turn > figures[index].start), default=end)
        return [figure for figure in figures if begin <= figure.start < end], end

    def asides(self, text: str) -> list[Span]:
        """The clauses between commas that only say something of a noun: "Weibo, which reported higher sales, closed …"."""
        return [m.span() for m in _ASIDE.finditer(text)]

    def inner(self, text: str, start: int, figure: int) -> int:
        """Where the clause that a figure stands in begins: no verb before it acts on "parcels, when 60 million were sent"."""
        return max((m.end() for m in _INNER.finditer(text, start, figure) if "," not in text[m.end() : figure]), default=start)

    def lasts(self, text: str, start: int, end: int) -> bool | None:
        """Whether a clause says that what was done was done "for good", not "for 30 days"; None where it says neither."""
        behind = text[start:end]
        said = _TIME.search(behind) if any(word in behind for word in _LASTING) else None
        return None if not said or _OTHER_CLAUSE.search(behind, 0, said.start()) else bool(said["good"])

    def respective(self, text: str, start: int, end: int) -> bool:
        """Whether a sentence deals out what it names to its figures in order."""
        return "respectively" in text[start:end]
