"""English numbers that count nothing of ours: money, shares, dates, ages, phone numbers, and those that only name a thing."""

from __future__ import annotations

import re

from kg.extraction.en.numerals import is_phone

_MONTHS = ("january february march april may june july august september october november december").split()
_MONTH = "(?:" + "|".join([*_MONTHS, *(m[:3] for m in _MONTHS), "sept"]) + r")\b\.?"
# What no figure of ours is: money, shares, dates, ages, numbers that only name a thing.
_NAMING = frozenset(
    (
        "article articles section sections rule rules clause chapter law decree directive regulation resolution circular annex page "
        "pages phase batch batches bulletin issue episode part day week level top version no no. act big title form channel room age "
        "aged ages covid web line hotline code operation ranked rank number paragraph art. sec. recital rs rs. rm rp rp. usd eur gbp "
        "inr idr cny rmb php vnd myr"
    ).split()
)
_SIGNS = "#№$€£¥₹"
_LED_BY = re.compile(
    r"\b(?:(?:fall|falls|fell|divided|split|grouped|sorted|classified|broken) into|"
    r"as (?:young|old|early|late|far|recently) as|group of|age of|(?:one|two|three|four|five|six|seven|eight|nine|\d) in|"
    r"(?:he|she|who|i) (?:is|was|am|turned))$",
    re.I,
)
_AGED = re.compile(
    r"\b(?:children|minors|users|people|those|viewers|kids|teens|teenagers|anyone|persons?|youths|girls|boys|adults|pupils|players|members|"
    r"accounts|someone|everyone|child|all) (?:(?:who )?(?:are |were )?)?(?:under|over|below|above)$|\b(?:young|old)er than$"
)
_DIALLED = re.compile(r"\b(?:tele)?(?:phone|fax|tel|hotline|helpline|call|dial|number|line|sms|e-?mail|address)s?\.? \($", re.I)
_PREFIX = re.compile(r"\+\d{1,3} $")
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day \($")
_NUMBER_IT = re.compile(r"\b(?:they|these|those|which|who|that|this|total|of the|now) number$", re.I)
_BELOW_ZERO = re.compile(r"(?<!\d)−$|[^\s\d:|,;] -$")
CURRENCY = re.compile(
    r"(?:dollars?|euros?|pounds?|yuan|rupees?|rupiah|ringgit|dong|"
    r"rubles?|roubles?|lira|baht|pesos?|won|yen|reais|usd|eur|gbp|rmb|cny|inr|idr|\b(?:vnd|sgd|thb|krw|pkr|aud|hkd|twd|jpy|myr|php))\b",
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
    r"point|year|month|day|hour|member|word|strong|man|person|part|step)\b"
)
# How what follows such a number can begin; most numbers have another word behind them and need not be looked at further.
_BEGINS = frozenset(
    (
        "of us hon sin aus can new ind pak dol eur pou yua rup rin don rub rou lir bah pes won yen rea usd gbp rmb cny inr idr per pct bas "
        "vnd sgd thb krw pkr aud hkd twd jpy myr php "
        "tim fol yea mon thi qua fif ten hal wee day hou min sec st nd rd th in am pm pag poi mem str man par ste wor bus cal "
        "dec cou nat job goa sea vot mat rac apa hom bed con lan"
    ).split()
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|of|during|from|until|till|by|throughout|early|late|mid|the|its|their|year|through|to|and|for|"
    r"between|q[1-4]|h[12]|quarter|half|spring|summer|autumn|winter|" + _MONTH + r")[\s,-]*$",
    re.I,
)


def _only_names(before: str) -> bool:
    """Whether the words (in lower case) before a number make it a name or an amount: "Article 17", "Rs 500", "nine in ten"."""
    if before[-1:] in ("-", "−") and _BELOW_ZERO.search(before):
        return True
    lead = before.rstrip(" -–\u00a0")
    word = lead[lead.rfind(" ") + 1 :].lstrip("(\"“‘'")
    if not word and lead.endswith("("):
        return bool(_DIALLED.search(lead) or _WEEKDAY.search(lead))
    return (
        (word in _NAMING and not _NUMBER_IT.search(lead))
        or (word != "" and word[-1] in _SIGNS)
        or (word in ("as", "of", "in", "into", "is", "was", "am", "turned") and bool(_LED_BY.search(lead)))
        or (word in ("under", "over", "below", "above", "than") and bool(_AGED.search(lead)))
    )


_EXTREME = re.compile(r"\b(?:young|old|small|larg|low|high)est\b[^,.;:]{0,24}$")
_AFTER_DATE = re.compile(r"(?:st|nd|rd|th)?\s+(?:of\s+)?" + _MONTH)
_BEFORE_DATE = re.compile(r"\b" + _MONTH + r"\s*$")


def _is_amount(after: str) -> bool:
    """Whether the words (in lower case) behind a number make it money, a share or a time."""
    word = after.lstrip(" \n-–\u00a0")
    if word[:3].isalpha() and word[:3] not in _BEGINS and word[:2] not in _BEGINS:
        return False
    return bool(_MONEY.match(after) or _NOT_A_COUNT.match(after))


def is_year(m: re.Match[str]) -> bool:
    """Whether a number can be a year."""
    return bool(m["digits"]) and not m["scale"] and len(m["digits"]) == 4 and "1900" <= m["digits"] < "2100"


def is_named_year(text: str, start: int) -> bool:
    """Whether the words before a number make it a year: "in 2023", "May 2024"."""
    return bool(_YEAR_BEFORE.search(text[max(0, start - 16) : start]))


def is_no_count(text: str, m: re.Match[str]) -> bool:
    """Whether a number is money, a share, a date, an age, a phone number, or only names a thing or a list's item."""
    if m["digits"] and is_phone(text, m):
        return True
    if (
        m["digits"]
        and text[m.end() : m.end() + 2] in (". ", ") ", ".\t")
        and not text[text.rfind("\n", 0, m.start()) + 1 : m.start()].strip(" (")
    ):
        return True  # the number of a list's item
    before, after = m.string[max(0, m.start() - 24) : m.start()], m.string[m.end() : m.end() + 32]
    if "+" in before and _PREFIX.search(before):
        return True
    if before.endswith(("+", "ksh ", "ksh\u00a0", "₦")) or m[0] == "0" == text[m.start() : m.end() + 1].rstrip(")"):
        return True  # a prefix, money, a comment box
    if _only_names(before) or ("est " in before and _EXTREME.search(before)) or _is_amount(after):
        return True
    return bool(m["digits"] and not m["scale"] and (_AFTER_DATE.match(after) or (len(m["digits"]) < 3 and _BEFORE_DATE.search(before))))
