"""English numbers whose noun is left out: whether they can be figures still, and whether they are parts of what was named."""

from __future__ import annotations

import re

from kg.extraction.en.clauses import OF_THESE
from kg.extraction.en.numerals import SMALL
from kg.extraction.mentions import Mentions

# Words that end a noun phrase; a number right before one of them has left its noun out.
STOP = frozenset(
    (
    "that which who whom whose where were was are is be been being have had has having do did does will would can could may "
    "might must shall in on at for from by to with over during after before as between under while when because it they we he "
    "she i you since until against through across into via out up down off within without about amid among than per so if but "
    "not also then again last this these those such each every there here due involving related linked tied traced connected "
    "belonging including "
    "using containing posing promoting encouraging advertising depicting accused suspected considered deemed found "
    "based run operated said says told what whether although though however following according towards toward upon concerning a "
    "an the earlier respectively apiece altogether alone worldwide globally nationwide yet still merely mostly mainly chiefly largely "
    "primarily elsewhere"
).split()
)  # fmt: skip
WORD = re.compile(r"[\s“”\"'‘’]*((?:\d-|\.)?[A-Za-z\u00c0-\u024f][\w\u00c0-\u024f’'&-]*)")
FINITE = re.compile(
    r"\s+(?:more\s+|others\s+)?(?:\w+ly\s+)?(?:\w+ed|sold|lost|got|had|faced|won|spread|ran|held|came|dealt|led|sent|made|gave|took|told|went|fell|sought|taught|rode|fed|stole|concern|involve|contain|carry|offer|"
    r"promote)[\s,]+",
    re.I,
)
_HOLDS = re.compile(r" (?:carried|contained|concerned|involved|featured|showed|depicted|touched on|dealt with|posed as|related to) ", re.I)
_PREDICATE = re.compile(
    r" (?:\w+ly )?(?:received|got|lost|faced|drew|earned|regained|saw|won) |"
    r" (?:\w+ly )?\w+ed [^.;:,\d]{1,70} (?:and|but) (?:were|was|had|have|got|received|lost|are)\b",
    re.I,
)
_VERBS = re.compile(r" (?:came|went|fell|broke|failed|arose|stemmed|originated|belonged|dealt|met|got|gave|took|ended|resulted|had)\b")
_TRANSITIVE = re.compile(
    r" (?:the|an?|its|their|his|her|to|on|in|with|for|from|by|at|as|of|against|under|no|lesser|lighter|milder|other|similar|some|such|it|"
    r"them|various|several|counter|foul|short) "
)
_INTRANSITIVE = re.compile(_VERBS.pattern + r"| (?:(?:\w+ly )?\w+ed(?:[,;]|\.(?!\w))|(?:still |now )?(?:stand|remain|stay|await)\b)")
_IN_ALL = re.compile(r" (?:in all|all told|in total|altogether|in number)(?=[,.;)])")
_SUBJECT = re.compile(
    r"(?:^|[.!?;:\n]\s*(?:[-–—•*]\s+)?|\band |, )(?:(?:about|over|some|only|just|nearly|almost|more than|around|another) )?"
    r"(?:[\d,.]+(?: million| lakh| thousand)?|[a-z]+)$",
    re.I,
)
_NUMBERS = rf"(?:{SMALL}|[\d,]+)"
_JOINED_NUMBER = re.compile(rf"(?: to | and | ?[-–—] ?){_NUMBERS}\b", re.I)
_SIBLING = re.compile(r"(?:,|\band)\s+(?:another\s+|the\s+other\s+)?$", re.I)
_ADDED = re.compile(r"\b(?:another|a further|compared (?:with|to)|as against|versus|up from|down from|account(?:ed|ing) for)\s+$", re.I)
_AND_DONE = re.compile(r" (?:and|or|but) [a-z]+ed\b", re.I)
_ABOUT = re.compile(
    r" (?:concern(?:ed)?|involved?|related? to|(?:were|are) (?:about|for|over)|regarded|served|sold|promoted|offered|advertised|touted)\b",
    re.I,
)
_CLAUSE = re.compile(r"[^.;,\d]{0,60}?\b(?:were|was|had|have|has|been)\b", re.I)
_ITEM = re.compile(r"\n\s*[-–—•*·▪◦]\s+$")
_TELLS = re.compile(r" (?:\w+ing|with|for|about|over|in|on) (?:(?:the|a|an|its|their)\s)?", re.I)
_PLACES = r"\s+(?:[A-Za-z]+\s+){0,2}(?:countries|states|provinces|regions|cities|districts|languages|markets|days|weeks|months)\b"
OF_NUMBER = re.compile(rf"\s+(?:out )?of\s+(?:(?:the|these|those|its|their)\s+|(?=\d)){_NUMBERS}\b(?!{_PLACES})", re.I)
_NUMBER_OF = re.compile(rf"\b{_NUMBERS}\s+(?:out )?of\s+(?:the|these|those|its|their)\s+$", re.I)
_ONLY = re.compile(r"\b(?:only|just|about|around|roughly|some|nearly|over|almost)\s+(?:over\s+|under\s+)?$", re.I)
_TIGHT = re.compile(OF_THESE.pattern + r"[\s,]*(?:\w+\s+){0,3}$", re.I)
OF_THEM = re.compile(r"\s+(?:of|out of)\s+(?:them|these|those|which|whom|that total|the total|the former|the latter|that number)\b", re.I)
_COUNT = r"(?:[\d,.]+(?: [a-z]+)?)?"
_ON = r"(?:[^.;]|\.(?=\d))*"  # further on in a sentence
_PARTS_LEAD = re.compile(
    rf"\b(?:(?:of|among|out of) (?:the|these|those|them|that|which|whom|its|their|[\w’']+[’']s|\d[\d,.]*)\b"
    rf"{_ON}(?:,{_ON}|\band\s+{_COUNT})|"
    rf"\d[^.;:]*:\s+(?:{_ON}(?:,|\band)\s+)?{_COUNT}|"
    rf"[\d,.]+(?: million| billion| lakh| crore| thousand)? (?:were|was|had|\w+ed)\b{_ON}(?:,|\band)\s+{_COUNT})$",
    re.I,
)
_AFTER_NAME = re.compile(r"\d[^.;:\n]{0,50}(?:,|\band)\s+(?:[A-Z][\w.’'-]*\s?){1,3},?\s$")
_AND_NAME = re.compile(r" and [A-Z]")
_ANSWERS = re.compile(
    r"\b(?:accounted for|[A-Z]\w+ for|(?:answer|response|reply|regard|respect) to|(?:complied|dealt|agreed|disagreed) with|"
    r"(?:ruled|decided|acted|mind) (?:on|about)|(?:respond|repli|agre|acced)(?:ed)? to|sent|filed|made|had|got|found|gave|upheld|won|met|"
    r"(?:threw|turned|let) (?:out|down|in)|(?!need|aged|want|seem|scor|last|follow)[a-z]{3,}ed)(?: only| just| about)? $"
)
_IN_SOME = re.compile(r"(?:^|[.;] )In $")
ADVERBS = ("ly", "where", "again", "altogether", "overnight", "instead", "too")
_ALIKE = re.compile(r"(?:,|;|\band|\bbut)\s+(?:just |only |another )?$", re.I)
_LISTING = re.compile(rf"\b{_NUMBERS} [^.;:\d]{{2,50}}(?:,|\band)\s+$", re.I)
_SHARED_OUT = re.compile(rf"(?:\b{_NUMBERS} (?:on|in|from|at|to|for|via) [^.;,\d]{{2,40}}(?:,| and)(?: and)? ){{2}}$", re.I)
_PREPOSITION = re.compile(r" (?:on|in|from|at|to|for|by|with|against|as)\b")
_OF_ITS_OWN = re.compile(
    rf"\b{_NUMBERS} [a-z][^.;:]{{2,60}}(?:,|\band|\bwhile|\bbut) (?:while |and |but )?(?:both )?[A-Z][\w ]{{2,30}} "
    r"(?:had|saw|got|made|sent|filed) (?:only |just )?$"
)
_SUMS = (" numbered ", " totalled ", " totaled ", " amounted to ")
_OWN = (" had ", " saw ", " got ", "made ", "sent ", "iled ", "just ", "only ")
_TOTAL_TO = re.compile(r"\b(?:number|total|tally|count|toll)s? [^.;:]{0,70}\bto $")
_GAPPED = re.compile(rf"\baccount(?:ed|ing) for {_NUMBERS}\b[^.]*(?:,|;|\band|\bwhile) [\w -]{{2,40}} for (?:just |only |about )?$", re.I)
_BE = re.compile(r"\s+(?:were|was|are|others?|more|(?:have|had|has) been)\b")
_LISTED = re.compile(rf"\s*[-–—•*·▪◦]\s+{_COUNT}", re.I)


def names_share(text: str, start: int) -> bool:
    """Whether a number alone behind a name shares the verb of the one before: "X took down 220 posts, Y 31, Z 5 and W, three"."""
    return bool(_AFTER_NAME.search(text, start - 90, start))


def is_answered(text: str, start: int, end: int) -> bool:
    """Whether a small number is told of those just counted: "Malta accounted for nine", "we found four to be valid", "in six, …"."""
    if not (ends_phrase(text, end) or _AND_NAME.match(text, end)):
        return False
    lead = text[max(0, start - 40) : start]
    return bool(_ANSWERS.search(lead) or (text.startswith(",", end) and _IN_SOME.search(lead)))


def is_alike(text: str, start: int, end: int) -> bool:
    """Whether a number alone goes with the words that the one before it went with: "7 from Spain and five from Chile"."""
    with_ = _PREPOSITION.match(text, end, end + 9)
    if text.startswith(" because ", end) and _ALIKE.search(text, start - 14, start):
        return True  # "nine were fined for fraud, and six because …"
    if not with_ or not _ALIKE.search(text, start - 14, start):
        return False
    if text[with_.end() + 1 : with_.end() + 2].isupper() and _LISTING.search(text, start - 60, start):
        return True  # "six Telegram groups, 20 on Viber, one on Discord"
    begin = max(text.rfind(mark, start - 120, start) for mark in (". ", "\n")) + 1 or start - 120
    said = text[max(0, begin) : start]
    return bool(re.search(rf"\b{_NUMBERS}\b[^.;]*{with_[0]} ", said, re.I) or _SHARED_OUT.search(said))


def is_object(text: str, start: int, end: int, mentions: Mentions) -> bool:
    """Whether a number is all that a penalty is put on: "it delisted 97.", "referred 12 to the police"."""
    near = mentions.beginning("penalty", start - 40, start)
    return (ends_phrase(text, end) or bool(_AND_DONE.match(text, end))) and any(
        p.end == start - 1 or p.end > end or text[p.end : start] in (" of ", " all ", " with all ") for p in near
    )


def ends_phrase(text: str, end: int) -> bool:
    """Whether no noun can follow: "arrested 57 in a raid"."""
    word = WORD.match(text, end)
    said = word[1].lower() if word else ""
    return text[end : end + 1] in ".,;)" or said in STOP or (said.endswith(ADVERBS) and ends_phrase(text, word.end() if word else end))


def may_elide(text: str, m: re.Match[str], end: int, mentions: Mentions) -> bool:
    """Whether a number without a noun can still be a figure: "8,000 of them", "of which 400 were for spam"."""
    if (m["digits"] and (len(m["digits"]) > 2 or m["scale"])) or m["order"] or m["half"]:
        return True
    lead = text[max(0, m.start() - 30) : m.start()]
    return bool(
        _ONLY.search(lead)
        or OF_THEM.match(text, end)
        or _TIGHT.search(lead)
        or lead.rstrip(" \n").endswith(("(", ":", "\t"))
        or (not lead.lower().endswith(" the ") and _BE.match(text, end))
        or lead.rstrip().lower().endswith("remaining")
        or OF_NUMBER.match(text, end)
        or ((ends_phrase(text, end) or _AND_NAME.match(text, end)) and names_share(text, m.start()))
        or any(p.start == end + 1 for p in mentions.beginning("penalty", end + 1, end + 2))
        or _ITEM.search(lead)
        or (lead.endswith(", ") and _IN_ALL.match(text, end))
        or (lead.endswith((". ", "\n")) and (_ABOUT.match(text, end) or _VERBS.match(text, end)))
        or _NUMBER_OF.search(lead)
        or (_JOINED_NUMBER.match(text, end) and not lead.lower().endswith(("from ", "between ")))
        or (_ADDED.search(lead) and ends_phrase(text, end))
        or is_alike(text, m.start(), end)
        or (lead.endswith(_SUMS) and ends_phrase(text, end))
        or (lead[-5:] in _OWN and ends_phrase(text, end) and _OF_ITS_OWN.search(text, m.start() - 130, m.start()))
        or (lead.endswith(" to ") and ends_phrase(text, end) and _TOTAL_TO.search(text, m.start() - 90, m.start()))
        or (
            " for " in lead
            and (ends_phrase(text, end) or text.startswith(" and ", end))
            and _GAPPED.search(text, m.start() - 120, m.start())
        )
        or (_SIBLING.search(lead) and any(p.start == end + 1 for p in mentions.beginning("penalty", end, end + 2)))
        or (_SIBLING.search(lead) and is_part(text, m.start()) and (ends_phrase(text, end) or FINITE.match(text, end)))
    )


def is_predicate(text: str, end: int, mentions: Mentions) -> bool:
    """Whether a verb stands behind the number of a part: "of these, 300 posed as banks", "- 684 impersonated papers and were shut"."""
    verb = FINITE.match(text, end)
    plain = _INTRANSITIVE.match(text, end)
    told = plain or (verb and (_TRANSITIVE.match(text, verb.end() - 1) or _HOLDS.match(text, end)))
    if told and _SUBJECT.search(text, max(0, end - 40), end):
        nouns = mentions.beginning("unit", verb.end(), verb.end() + 1) if verb and not plain else []
        return not any(text.endswith("s", noun.start, noun.end) for noun in nouns)  # no "300 concerned citizens"
    if (
        verb
        and (holds := _HOLDS.match(text, end))
        and re.search(r"\d[^.]*(?:;|,|\band)\s$", text[max(0, end - 120) : end].rstrip("0123456789,."))
    ):
        return not mentions.beginning("unit", holds.end(), holds.end() + 1)
    named = verb and mentions.beginning("unit", verb.end(), verb.end() + 1) and not _PREDICATE.match(text, end)
    return bool(verb) and not named and is_part(text, end)


def shares_verb(text: str, before: int, start: int, end: int) -> bool:
    """Whether a number shares the verb of the one that ends at ``before``: "2,100 concerned scams, 1,300 fake shops"."""
    verb = _ABOUT.match(text, before)
    return bool(verb and _SIBLING.search(text, max(before, start - 12), start) and not _CLAUSE.match(text, end))


def is_told_of(text: str, start: int, end: int, mentions: Mentions) -> bool:
    """Whether what stands behind a number only tells of the noun that it shares with the one before: "…, 970 describing suicides"."""
    told = _TELLS.match(text, end)
    joined = _SIBLING.search(text, start - 12, start) and re.search(r"\d", text[max(0, start - 90) : start])
    return bool(told and joined and mentions.beginning("violation", told.end(), told.end() + 24))


def is_part(text: str, start: int) -> bool:
    """Whether what a number counts was named ahead of it: "of the closed websites, 300 sold drugs"."""
    item = _LISTED.fullmatch(text, text.rfind("\n", 0, start) + 1, start)
    return bool(item or _PARTS_LEAD.search(text[max(0, start - 200) : start]))
