"""English numbers: digits, Indian and Western grouping, scale words, number words, orders of magnitude; and what is no count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from kg.extraction.en.frames import Frames
from kg.extraction.lexicon import Concepts, Lexicon, lowered
from kg.figures import Scales, whole

_ONES = {word: n for n, word in enumerate(
    (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
).split()
)}  # fmt: skip
_TENS = {word: 10 * n for n, word in enumerate(("twenty thirty forty fifty sixty seventy eighty ninety").split(), start=2)}
_WORDS = {**_ONES, **_TENS}
_SMALL = "|".join(sorted(_WORDS, key=len, reverse=True))
_DIGITS = r"(?:\d{1,3}(?:,\d{2,3})+|\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?!\d)|\d+)(?:\.\d+)?"

_PHONE = re.compile(r"(?:\+\d{1,3}[ -])?\d{3,4}[ -]\d{3,4}[ -]\d{3,5}|\b0\d{1,4}[ -]\d{3,}(?:[ -]\d{3,})*|\b0\d{3,}\b(?!,\d)")
_OF_GROUPS = re.compile(r"(?<=\d[ -])|\d+[ -]\d|0")  # every phone number is, and few others are
_MONTHS = ("january february march april may june july august september october november december").split()
_MONTH = "(?:" + "|".join([*_MONTHS, *(m[:3] for m in _MONTHS), "sept"]) + r")\b\.?"

# What no figure of ours is: money, shares, dates, ages, numbers that only name a thing.
_NAMING = frozenset(
    (
        "article articles section sections rule rules clause chapter law decree directive regulation resolution circular annex "
        "page pages phase part day week level top version no no. act big title form channel room age aged ages covid web line "
        "hotline code operation ranked rank number paragraph art. sec. recital rs rs. rm rp rp. usd eur gbp inr idr cny rmb php vnd myr"
    ).split()
)
_SIGNS = "#№$€£¥₹"
_LED_BY = re.compile(
    r"\b(?:(?:fall|falls|fell|divided|split|grouped|sorted|classified|broken) into|"
    r"as (?:young|old|early|late|far|recently) as|group of|(?:one|two|three|four|five|six|seven|eight|nine|\d) in)$",
    re.I,
)
_AGED = re.compile(
    r"\b(?:children|minors|users|people|those|viewers|kids|teens|teenagers|anyone|persons?|youths|girls|boys|adults|pupils|players|members|"
    r"accounts|someone|everyone|child|all) (?:(?:who )?(?:are |were )?)?(?:under|over|below|above)$|\b(?:young|old)er than$"
)
_DIALLED = re.compile(r"\b(?:tele)?(?:phone|fax|tel|hotline|helpline|call|dial|number|line|sms|e-?mail|address)s?\.? \($", re.I)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day \($")
_NUMBER_IT = re.compile(r"\b(?:they|these|those|which|who|that|now) number$", re.I)
_EXTREME = re.compile(r"\b(?:young|old|small|larg|low|high)est\b[^,.;:]{0,24}$")
CURRENCY = re.compile(
    r"(?:dollars?|euros?|pounds?|yuan|rupees?|rupiah|ringgit|dong|"
    r"rubles?|roubles?|lira|baht|pesos?|won|yen|reais|usd|eur|gbp|rmb|cny|inr|idr)\b",
    re.I,
)
# What stands around a number, in lower case: patterns for one case alone are much the faster.
_MONEY = re.compile(
    r"\s*[-–]?\s*(?:of\s+)?(?:us\s+|hong kong\s+|singapore\s+|australian\s+|canadian\s+|new taiwan\s+|indian\s+|pakistani\s+)?"
    + CURRENCY.pattern
)
_NOT_A_COUNT = re.compile(
    r"\s*[-–]?\s*(?:%|per\s?cent\b|percent\b|percentage|pct\b|basis points?|times?\b|fold\b|years?\b|months?\b|"
    r"(?:working|business|calendar) (?:days|hours|weeks)\b|"
    r"(?:decades|countries|nations|jobs|goals|seats|votes|seasons|matches|races|apartments|homes|beds|continents|languages)\b|"
    r"thirds?\b|quarters?\b|fifths?\b|tenths?\b|halves\b|weeks?\b|days?\b|hours?\b|minutes?\b|seconds?\b|"
    r"st\b|nd\b|rd\b|th\b|°|in (?:ten|five|four|three|two|\d{1,3}\b)|(?:a|p)\.?m\.?\b|/7|:\d\d|per\s+(?:1|cent))|\s*-\s*(?:page|"
    r"point|year|month|day|hour|member|strong|man|person|part|step)\b"
)
# How what follows such a number can begin; most numbers have another word behind them and need not be looked at further.
_BEGINS = frozenset(
    (
        "of us hon sin aus can new ind pak dol eur pou yua rup rin don rub rou lir bah pes won yen rea usd gbp rmb cny inr idr per pct bas "
        "tim fol yea mon thi qua fif ten hal wee day hou min sec st nd rd th in am pm pag poi mem str man par ste wor bus cal "
        "dec cou nat job goa sea vot mat rac apa hom bed con lan"
    ).split()
)
_AFTER_DATE = re.compile(r"(?:st|nd|rd|th)?\s+(?:of\s+)?" + _MONTH)
_BEFORE_DATE = re.compile(r"\b" + _MONTH + r"\s*$")
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|of|during|from|until|till|by|throughout|early|late|mid|the|its|their|year|through|to|and|for|"
    r"between|q[1-4]|h[12]|quarter|half|spring|summer|autumn|winter|" + _MONTH + r")[\s,-]*$",
    re.I,
)

Read = tuple[int | None, tuple[int, int] | None, list[str]]


def _only_names(before: str) -> bool:
    """Whether the words (in lower case) before a number make it a name or an amount: "Article 17", "Rs 500", "nine in ten"."""
    lead = before.rstrip(" -–\u00a0")
    word = lead[lead.rfind(" ") + 1 :].lstrip("(\"“‘'")
    if not word and lead.endswith("("):
        return bool(_DIALLED.search(lead) or _WEEKDAY.search(lead))
    return (
        (word in _NAMING and not _NUMBER_IT.search(lead))
        or (word != "" and word[-1] in _SIGNS)
        or (word in ("as", "of", "in", "into") and bool(_LED_BY.search(lead)))
        or (word in ("under", "over", "below", "above", "than") and bool(_AGED.search(lead)))
    )


def _is_amount(after: str) -> bool:
    """Whether the words (in lower case) behind a number make it money, a share or a time."""
    word = after.lstrip(" \n-–\u00a0")
    if word[:3].isalpha() and word[:3] not in _BEGINS and word[:2] not in _BEGINS:
        return False
    return bool(_MONEY.match(after) or _NOT_A_COUNT.match(after))


def _is_phone(text: str, m: re.Match[str]) -> bool:
    """Whether a number is a group of digits of a phone number: with more of them beside it, or a zero in front."""
    beside = text[m.end() + 1 : m.end() + 2].isdigit() or text[max(0, m.start() - 2) : m.start() - 1].isdigit()
    if not beside and m["digits"].isdigit() and m["digits"][0] != "0":
        return False
    phone = _PHONE.search(text, max(0, m.start() - 12), m.end() + 12)
    return bool(phone and phone.start() <= m.start() < phone.end())


def is_year(m: re.Match[str]) -> bool:
    """Whether a number can be a year."""
    return bool(m["digits"]) and not m["scale"] and len(m["digits"]) == 4 and "1900" <= m["digits"] < "2100"


def _small(words: str) -> int:
    """The number that number words below a thousand state: "forty-two", "one hundred and five"."""
    total = part = 0
    for word in re.findall(r"[a-z]+", words):
        if word == "hundred":
            part = (part or 1) * 100
        elif word in _WORDS:
            part += _WORDS[word]
    return total + part


def is_named_year(text: str, start: int) -> bool:
    """Whether the words before a number make it a year: "in 2023", "May 2024"."""
    return bool(_YEAR_BEFORE.search(text[max(0, start - 16) : start]))


class Numbers:
    """Finds and reads the numbers of English texts; scale words come from the ontology."""

    code = "en"
    spaced = True

    def __init__(self, concepts: Concepts) -> None:
        self.concepts = concepts
        self.frames = Frames(concepts.lexicon(self.code, self.spaced))
        self.lexicon: Lexicon = self.frames.lexicon
        self.scales: Scales = concepts.scales
        names = [label for label in self.lexicon.labels("scale") if label.isascii()]
        plural = [n for n in names if n.endswith("s") and " " not in n and len(n) > 2]
        single = "|".join(re.escape(n) for n in names if n not in plural and " " not in n)
        many = "|".join(map(re.escape, plural))
        scale = rf"(?:(?:[\s\u00a0-]?(?:{single}|{many})\b)(?:\s(?:{single}|{many})\b)*)"
        small = rf"(?:(?:{_SMALL})(?:[\s-](?:{_SMALL}))*(?:[\s-]hundred(?:(?:\sand)?\s(?:{_SMALL})(?:[\s-](?:{_SMALL}))?)?)?)"
        first = (*names, *_WORDS, "half", "many", "quarter", "scores", "several")
        begins = "|".join(sorted({word[:3] for word in first}))  # one look spares most words the rest
        self._number = re.compile(  # in lower case
            rf"(?<![\w.,@/])(?=\d|an?\s|{begins})(?<!\d:)(?<!\w\()(?:(?P<digits>{_DIGITS})(?P<scale>{scale})?(?![\w@/])"
            rf"|(?P<order>(?:(?:several|a few|many)\s)?(?P<many>{many}|scores)(?:\s+of\s+(?P<more>{many}))?)\b(?!\s+of\s+(?:{many})\b)"
            rf"|(?P<few>several|a few|a couple of|a couple)\s+(?P<fewscale>{single})\b"
            rf"|(?P<half>(?:an?\s+)?half(?:[\s-]an?)?|(?:an?\s+|three[\s-])?quarters?(?:[\s-]of)?(?:[\s-]an?)?)[\s-](?P<halfscale>{single})\b"
            rf"|(?P<words>{small}|an?(?=\s+(?:{single})\b))(?P<wordscale>{scale})?\b(?![\w-]*\d))"
        )

    def numbers(self, text: str) -> Iterator[re.Match[str]]:
        """Every number of ``text``, its words in lower case."""
        return self._number.finditer(lowered(text))

    @cached_property
    def _factors(self) -> dict[str, int]:
        return {**{w: f for w, f in self.scales.factors.items() if w.isascii()}, "scores": 20}

    def _scale(self, words: str | None) -> tuple[int, list[str]]:
        """The factor of scale words, and what is wrong with them."""
        found = re.findall(r"[a-z]+", words or "")
        for word in found:
            if clash := self.scales.contradictions.get(word, frozenset()) & set(found):
                return self._factors[found[0]], [f"'{word}' and '{min(clash)}' cannot stand in one figure: the first was taken"]
        factor = 1
        for word in found:
            factor *= self._factors[word]
        return factor, []

    def _next(self, factor: int) -> int:
        """An order word runs to the next scale word: dozens to a hundred, thousands to a million, lakhs to a crore."""
        return {10: 100, 12: 100, 20: 100, 100: 1000, 10**5: 10**7, 10**7: 10**9}.get(factor, factor * 1000)

    def value(self, m: re.Match[str]) -> Read | None:
        """Value, bounds and doubts of a number (in lower case); None where it is no whole number."""
        if m["digits"]:
            factor, doubts = self._scale(m["scale"])
            plain = re.sub(r"[,\s\u00a0\u202f]", "", m["digits"])
            found = whole(plain, factor)
            return None if found is None else (found, None, doubts)
        if m["many"]:
            low = self._factors[m["many"]]
            if m["more"]:
                inner = self._factors[m["more"]]
                return None, (low * inner, low * inner * 10 - 1), []
            return None, (low, (low * 10 if m["order"].startswith(("several", "a few")) else self._next(low)) - 1), []
        if m["few"]:
            low = self._factors[m["fewscale"]]
            return None, (low, min(low * 10, self._next(low)) - 1), []
        if m["half"]:
            quarters = (3 if "three" in m["half"] else 1) if "quarter" in m["half"] else 2
            return self._factors[m["halfscale"]] * quarters // 4, None, []
        factor, doubts = self._scale(m["wordscale"])
        value = (_small(m["words"]) or 1) * factor
        return (value, None, doubts) if value > 1 else None

    def is_no_count(self, text: str, m: re.Match[str]) -> bool:
        """Whether a number is money, a share, a date, an age, a phone number, or only names a thing or a list's item."""
        if m["digits"] and _is_phone(text, m):
            return True
        if (
            m["digits"]
            and text[m.end() : m.end() + 2] in (". ", ") ", ".\t")
            and not text[text.rfind("\n", 0, m.start()) + 1 : m.start()].strip(" (")
        ):
            return True  # the number of a list's item
        before, after = m.string[max(0, m.start() - 24) : m.start()], m.string[m.end() : m.end() + 32]
        if _only_names(before) or ("est " in before and _EXTREME.search(before)) or _is_amount(after):
            return True
        return bool(m["digits"] and not m["scale"] and (_AFTER_DATE.match(after) or (len(m["digits"]) < 3 and _BEFORE_DATE.search(before))))
