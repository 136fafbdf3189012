"""English clauses: sentences, where one figure's clause ends and the next begins, which verb governs it, what it is a part of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.en.sentences import Sentences
from kg.extraction.grammar import Candidate
from kg.extraction.lexicon import Concepts, lowered
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention, Sentence, Span

_SPAN_OF_TIME = r"(?!\s+(?:year|month|week|quarter|half|decade|kind|sort|type|campaign|size)\b)"
OF_THESE = re.compile(
    r"(?=[oaicmbt\s,:(])"  # one look spares most letters the rest
    rf"(?:\b(?:(?:of|among|amongst|out of)\s+(?:these|those|them|(?:that|this){_SPAN_OF_TIME}|"
    r"the\s+(?:total|latter|former|above|removed|banned)|all\s+(?:these|those)|which|whom)|"
    r"(?<!not )(?<!but )includ(?:ing|e[sd]?)(?![^\d.;]{0,90}, (?:we|it|they|he|she)\b)|"
    r"compris(?:ing|ed?|es)|consist(?:ing|ed|s) of|made up of|broken down (?:into|by)|breaks? down|as follows)\b|"
    r"(?:^(?:\s*\(\w\)\s)?|\s[-–—]\s|\bthat\s|,\s|:\s)\s*(?:of|among|out of)\s+"
    r"(?:the|its|their|all|some|[\w’']+[’']s|(?:nearly |about |over |more than )?\d[\d,.]*)\s+"
    r"(?:[^,;.]|(?<=\d)[,.](?=\d)){0,110},|"
    r"^\s*(?:of|among|amongst)\s+[^,;.]{0,60}?\s(?:were|was|are)\b)",
    re.I,
)
_SHARES = frozenset("one two three four five six seven eight nine ten both some many several none half any each few".split())
_PARTS = re.compile(OF_THESE.pattern)  # in lower case
_AMONG_THEM = re.compile(r"\s*,?\s*(?:among|amongst)\s+(?:them|these|those)\b", re.I)
_BREAK = re.compile(
    r";|,?\s+(?:while|whereas|but|whilst)\b|,\s+(?:and|with|plus|as well as|along with|including|then)\b|\s+(?:and|"
    r"as well as|along with|plus)\b|,|:|\s+[-–—]\s+",
    re.I,
)
_OWN_LATER = re.compile(r";|,\s+(?:and|but|while|whereas)\b", re.I)
_ONLY_JOINED = re.compile(
    r"[\s,;]*(?:and|or|plus|as well as|along with|together with|,|to|from|up|down|compared with|compared to|against)?[\s,]*(?:another|"
    r"a|an|the|further|additional|from|to|of|some|also|about|around|nearly|over|more than|almost|roughly|approximately)*[\s]*",
    re.I,
)
_BACK = re.compile(
    r"\s*(?:[\"“]?(?:these|those|they|of (?:these|those|them|which|that)|among (?:them|these|those)|the (?:figure|total|"
    r"number|rest|remaining|majority|others?)|another|a further|some|most|in addition|additionally|in (?:total|all),?|overall|"
    r"all told|altogether|there were (?=[\w ]{0,12}\d)|it (?:covered|affected|involved) (?=[\w ]{0,12}\d)|"
    r"separately|also|a (?:year|month|week) (?:earlier|before))\b)",
    re.I,
)
_SUBJECT = re.compile(
    r"\b(?:reached|reaching|hit|hitting|stood at|(?:rose|fell|grew|climbed|dropped|jumped|amounted|came|up|down)(?: from [\d,]+)? to|"
    r"totall?ed|totall?ing|numbered|numbering|were|was|exceeded|is|are)\s+(?:a total of\s+)?(?:[a-z]+\s+){0,3}$|"
    r"\b(?:number|total|tally|count) of [^.;,]{1,40} at\s+$|[:–—|\t=]\s*(?:[a-z]+\s+){0,2}$",
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
_OWN_VERB = re.compile(r"(?:\s+\w+){0,2}?\s+(?:were|was|had|have|has)\b", re.I)
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
_OWN_CLAUSE = re.compile(r"[;:]|\b(?:that|which|who|while|whereas|but|whose)\b", re.I)
_SUBJECTS = re.compile(r"(?<!\w)(?:[A-Z]\w+|it|they|he|she|we|police|officials|regulators?)\b")
_NUMBER_OF = re.compile(r"\b(?:number|total|tally|count)s? of (?:\w+ ){0,3}$", re.I)
_OF_SAID = re.compile(r"(?:^|[.;]\s|\n|\bthat )(?:Of|Out of|of|Among|among) (?:the|these|those|its|their|all|[A-Z]\w+[’']s) $")
_JUST_COUNTS = re.compile(  # "It closed accounts. The figure was 300 accounts."
    r"(?:^|[.!?\n]\s*)(?:the (?:figure|number|total|tally|count|sum)(?: now)? (?:was|is|stood at|stands at|came to|comes to|reached|hit)|"
    r"(?:it|this|that|they|the (?:move|ban|sweep|measure|action|decision)s?) "
    r"(?:covered|affected|concerned|involved|numbered|totall?ed|extended to|applied to|came to)) (?:a total of )?$"
)
_COUNTS = tuple("was is at to reached hit covered affected concerned involved numbered totaled totalled of".replace(" ", " |").split("|"))
_SUCH = re.compile(r"\bsuch\b|of (?:that|this|the) (?:kind|sort|type)")
_COMPARED = re.compile(
    r"\b(?:(?:up|down)\s+(?:\w+\s+)?(?:from|on)|compared|a(?:gainst|n average of)|versus|tha(?:n|t makes)|"
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
_RESTATED = re.compile(
    r"\bthe (?:figure|number|total|count|tally)s? (?:was|were|is|stood at|had been)\b|"
    r"\b(?:second|third|fourth|next|followed)\b[^.;]{0,20}\b(?:with|at|by)\b",
    re.I,
)
_AVERAGED = (" that makes ", "That makes ", " an average of ")  # "that makes about 300 a day"
_APPOSED_END = re.compile(r"(?:[\w,.]+\s?){1,5}?(?:\s?(?:in number|all told|in all|in total|altogether))?,(?!\d)")
_SAME_REASON = re.compile(r"(?: [\w-]+){0,5} (?:for the same reasons?|on the same grounds?)\b", re.I)
_ANOTHER = re.compile(r"\b(?:another|a further)\s+$", re.I)
_OF_THEM = re.compile(r"(?:[a-z]+ ){0,3}[\d,.]+(?: \w+)? of (?:them|these|those|which)\b")
_DIGIT = re.compile(r"\d")
_PARTITIVE = re.compile(r"\b(?:of|among|out of) (?:the|all|its|their|those|these) (?:\w+ ){0,3}$", re.I)


_ASIDE = re.compile(r",\s+(?:in\s+|of\s+)?(?:which|who|whose|whom|where)\s[^,.;:\n]{1,140},")
_INNER = re.compile(r",\s+(?:who|when|where|whose)\s")


class Clauses(Sentences):
    """How English puts figures, verbs and parts into sentences."""

    concepts: Concepts

    def cut(self, text: str, mentions: Mentions, end: int, start: int) -> tuple[int, bool]:  # noqa: ARG002 Chinese needs them
        """Where between two figures the clause of the first ends, and whether they are only coordinated."""
        if _ONLY_JOINED.fullmatch(text, end, start):
            return start, True
        if parts := OF_THESE.search(text, end, start):
            later = [m.start() for m in _OWN_LATER.finditer(text, parts.end(), start)]
            return (later[-1] if later else parts.start()), False
        breaks = [m.start() for m in _BREAK.finditer(text, end, start)]
        return (breaks[-1] if breaks else start), False

    def opens(self, text: str, start: int, quote: int) -> int:
        """Where the clause of a sentence's first figure begins: behind what is said of the whole sentence."""
        commas = [m.end() for m in re.finditer(r"[,;]\s", text[start:quote])]
        return start + commas[-1] if commas else start

    def part_of(self, text: str, end: int, start: int) -> bool:
        """Whether what stands between two figures says that the first is a part of the second."""
        return bool(re.fullmatch(r"\s*\(?(?:of|out of)\s+(?:the|its|a total of|some|all)?\s*", text[end:start], re.I))

    def parts_begin(self, text: str, start: int, end: int) -> int | None:
        """From where in a stretch of text figures are parts of one named before; None where nothing says so."""
        for found in _PARTS.finditer(lowered(text[start:end])):
            before = text[start : start + found.start()].rstrip().lower()
            word = before.rpartition(" ")[2]
            if not before[-1:].isdigit() and word not in self.concepts.scales.factors and word not in _SHARES:
                return start + found.end()  # not "300 of them", "one of them": that is a part by itself
        return None

    def parts_end(self, text: str, end: int) -> bool:
        """Whether the words behind figures say that they are parts: "…, 300 groups and 20 pages among them"."""
        return bool(_AMONG_THEM.match(text, end))

    def refers_back(self, text: str, sentence: Sentence) -> bool:
        """Whether a sentence goes on about what the one before said."""
        if _BACK.match(text, sentence.start) or _RESTATED.search(text, sentence.start, sentence.end):
            return True
        return any(text.find(words, sentence.start, sentence.end) >= 0 for words in _AVERAGED)

    def subject(self, text: str, units: Sequence[Mention], start: int) -> str:
        """The unit before a number that the number is said of: "removals rose to 5,000", "Posts removed: 12"."""
        if not units:
            return ""
        if _OF_THEM.match(text, start) and not _DIGIT.search(text, units[0].start - 60, start):
            return units[-1].code  # "as for channels, 4,000 of them", "accounts were closed, more than 200 of them"
        apposed = text.startswith(", ", start - 2) and _APPOSED_END.match(text, start)
        if not (
            apposed
            or _SUBJECT.search(text[max(0, start - 80) : start])
            or _PARTITIVE.search(text[max(0, units[0].start - 40) : units[0].start])
        ):
            return ""
        counted = [unit for unit in units if _NUMBER_OF.search(text[max(0, unit.start - 40) : unit.start])]
        return (counted or units)[0].code

    def points_back(self, text: str, figure: Candidate) -> bool:
        """Whether the words of a figure stand for what the sentence before spoke of: "300 such posts", "links of that kind"."""
        lead = text[max(0, figure.start - 60) : figure.start].lower()
        return bool(
            _SUCH.search(text[figure.start : figure.head[1] + 14].lower())
            or (lead.endswith(_COUNTS) and _JUST_COUNTS.search(lead))
            or _OF_SAID.search(text, figure.start - 40, figure.start)
            or ("same" in text[figure.head[1] : figure.head[1] + 60] and _SAME_REASON.match(text, figure.head[1]))
        )

    def shares(self, text: str, one: Candidate, other: Candidate) -> bool:
        """Whether a figure is told as more of the same thing as the one before it ("…, along with 12 pages"), or as what came of it."""
        gap = text[one.head[1] : other.start]
        return bool(
            _BEHIND.match(text, other.head[1]) or _LED_TO.search(gap) or (_ALONG.search(gap) and not _OWN_VERB.match(text, other.head[1]))
        )

    def headless(self, text: str, figure: Candidate) -> bool:
        """Whether a figure's noun is left out behind "another": "muted 4,870 hosts and cleared the followers of another 212"."""
        another = figure.elided and _ANOTHER.search(text, figure.start - 12, figure.start)
        return bool(another and not _OWN_VERB.match(text, figure.head[1]))

    def adjunct(self, text: str, figures: Sequence[Candidate], end: int) -> int:
        """Where behind the last figure a campaign ("in a drive against …") or the reason of all that was done begins."""
        first, last = figures[0].head[1], figures[-1].head[1]
        if campaign := _CAMPAIGN.search(text, last, end):
            return campaign.start() if not _OWN_CLAUSE.search(text, last, campaign.start()) else end
        reason = _REASON.search(text, last, end)
        apart = (
            _OWN_CLAUSE.search(text, first, reason.start() if reason else end)
            or (_SUBJECTS.search(text, first, figures[-1].start) and not (reason and _SET_OFF.search(text, last, reason.start())))
            or _OWN_VERB.match(text, last)
        )
        return reason.start() if reason and not apart else end

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

    def respective(self, text: str, start: int, end: int) -> bool:
        """Whether a sentence deals out what it names to its figures in order."""
        return "respectively" in text[start:end]

    def compares(self, text: str, figure: Candidate) -> bool:
        """Whether a figure is only what the one before it is compared with: "up from 21 million", "against 2,693"."""
        return bool(_COMPARED.search(text[max(0, figure.start - 30) : figure.start]))

    def contrasted(self, text: str, figure: Candidate) -> bool:
        """Whether a figure's sentence tells only what went before: "In comparison, …"."""
        return bool(_FOR_COMPARISON.match(text, figure.sentence[0]))

    def named_in(self, text: str, figure: Candidate) -> bool:
        """Whether a figure is what the one before it is about: "1,500 requests covering 9,400 items"."""
        return bool(_NAMED_IN.search(text[max(0, figure.start - 30) : figure.start]))
