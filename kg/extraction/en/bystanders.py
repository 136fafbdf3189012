"""Those whom a number tells of, but against whom nothing was done: a service's audience, victims, authors, those who act."""

from __future__ import annotations

import re

from kg.extraction.lexicon import lowered
from kg.extraction.mentions import Mentions

_AUDIENCE = re.compile(
    r"\b(?:users?|people|members?|subscribers?|customers?|viewers?|visitors?|citizens|employees|staff|workers|moderators|reviewers|victims|shoppers|"
    r"supporters|fans|readers|listeners|participants|residents|individuals)\b"
)
_ACTIVE = re.compile(r"\b(?:monthly|daily|weekly|active|registered)\b")
_HAS = re.compile(
    r"\b(?:has|have|had|with|with a combined|a combined|used by|home to|(?:country|market|city|nation|population) of|"
    r"serves|boasts|claims|where|"
    r"peak(?:s|ed|ing) at|averag(?:es|ed|ing)|top(?:s|ped|ping)|(?:sur)?pass(?:es|ed|ing)|"
    r"reach(?:es|ed)?|affect(?:s|ed|ing)?|(?:target|deceiv|defraud|trick|dup|scamm)(?:e?s|ed|ing))\s+(?:(?!\w+ed\b|taken\b|given\b|driven\b)\w+\s+){0,3}$"
)
_DEALS = re.compile(
    r"(?<=\w )(?:that|which|who) (?:advises?|represents?|employs?|serves?|owns?|operates|makes|monitors|tracks|studies|sells|hires)\s+$|"
    r"\b(?:team|staff|panel|workforce|crew|pool) of\s+$|\b(?:runs?|ran|running) to\s+$"
)
_USES = re.compile(
    r"\s+(?:use|used|(?:have|had)(?! (?:been|their))|who use|worldwide|affected|joined|follow(?:ed)?|watch(?:ed)?|saw|visited|"
    r"(?:were|are|have been|had been) (?:warned (?:before|of|about|that|when|not)|notified|alerted|affected|impacted|exposed|protected|"
    r"tricked|duped|defrauded|targeted|infected|deceived|scammed|lured))\b"
)
_FOLLOWS = re.compile(
    r" (?:had |have )?(?:followed|liked|subscribed to|viewed|visited|joined|follow(?:ed|ing)? (?:it|its|the|their|one|some)|"
    r"attended|said(?! to)|say|announced|pledged|vowed|urged|signed|agreed|"
    r"took part|(?:have |had |has )?taken part|taking part|participat(?:ed|ing)|"
    r"(?:were|was|are) (?:invited|briefed|trained|surveyed|consulted|represented))"
    r" (?!by\b)"
)
_STAFF = re.compile(
    r"\b(?:dismiss|fir|sack|hir|employ|recruit|train|lay off|laid off|laying off|add|appoint|deploy)(?:ed|ing|es|s)?\s+(?:\w+\s+){0,2}$"
)
_OFFICES = tuple(
    " agencies| authorities| forces| regulators| bodies| ministries| departments| organisations| organizations| institutions| stakeholders|"
    " watchdogs| ngos| police units| partners| supporters| volunteers".split("|")
)
_WITH = re.compile(
    r"\b(?:from|by|with|involving|alongside)\s+(?:[^.;:,\d]{1,40}\band )?"
    r"(?:(?:more than|over|some|about|another|the|its|at least|nearly) )*$"
)
_MILLIONS = re.compile(r"(?:million|billion|crore)\b|\d,\d{3},\d{3}")
_BEST = (" most ", " best-", " top ")
_THERE = re.compile(r"\bthere (?:were|are) (?:now |some |about |over |more than |nearly )*$")
_EXECUTED = re.compile(r" (?:were |have been |had been )?(?:executed|carried out|obtained|issued)\b")
_NO_COMPLAINTS = (" ad requests", " bid requests", " http requests", " web requests", " dns requests", " search requests")
_FOLLOWERS = (" subscribers", " viewers", " visitors", " readers", " listeners", " fans")
_RING = re.compile(r"\b(?:group|ring|gang|band|handful|pair|community|list) of\s+(?:\w+ ){0,2}$")
_EMPLOYED = ("employees", "staff", "staffers", "workers", "moderators", "reviewers", "engineers", "experts")
_AGENTS = (*_EMPLOYED, *"officers officials inspectors agents investigators volunteers detectives prosecutors analysts".split())
_ACTS = re.compile(
    r"(?: and [a-z]+)?(?: (?:in|at|from|of|with)\b[^.;:,]{2,50})? (?:sent|raid|search|seiz|took part|handl|process|deal|work|monitor|"
    r"review|comb|patrol|were (?:deployed|mobili[sz]ed|dispatched|involved|assigned|sent in))"
)
_ONE_IN = re.compile(r" (?:in|out of)(?: every)? (?:ten|five|four|three|10|100|1,000)(?=[.;:]|,(?!\d)|$| (?:was|were|are|is|on)\b)")
_OF = (" in ", " out ")
_EVERY = ("every ", "every one ")
_REPORTS = (" report", " reports")
_AUTHORED = re.compile(r"\b(?:publish|releas|issu|writ|wrote|produc|author|compil)\w*\s+(?:\w+\s+){0,2}$")
_VICTIMS = re.compile(r"\b(?:kill|injur|wound|displac|hospitali[sz]|maim|bereav|left|leav|hurt|cost)(?:ed|ing|s|es)?\s+(?:some\s+)?$")
_HARMS = re.compile(
    r"\b(?:kill|injur|wound|displac|hospitali[sz]|drown|murder|rescu|evacuat|fre|liberat|kidnap|abduct)(?:ed|ing|s|es|ped|ping)?\s+(?:\w+\s+){0,2}$|"
    r"\b(?:deaths?|killings?|murders?|lives|rescue|kidnapp(?:ing|er)s?|abduction|families|survivors|relatives) of\s+$"
)
_HARMED = re.compile(
    r"(?: (?:were|was|are|been|have|had|report(?:ed)|feared|presumed|reportedly|confirmed|found|left|to|be|pulled))*"
    r" (?:killed|injured|wounded|dead|died|dying|missing|drowned|hurt|"
    r"hospitali[sz]ed|homeless|stranded|evacuated|rescued|displaced|alive)\b"
)
_ON_OFFER = re.compile(r" (?:on|in) (?:the|our|its|their|this) (?:store|app store|platform|site|service|market|catalogue|database)\b")
_SOURCE = re.compile(
    r" (?:(?:were|was|are|have been|had been) [a-z]+ (?=from )|[a-z]+(?:ed|ing|wn|nt) )?(?:from|by) "
    r"(?:some |about |the |its |another )?"
)
_OWNER = re.compile(
    r" (?:[a-z]+ )?(?:linked|tied|connected|affiliated|belonging|attributed|traced) (?:back )?(?:to|with) "
    r"(?:some |about |the |its |another )?"
)
_OWNERS = re.compile(r"\b(?:groups|organi[sz]ations|companies|firms|networks|parties|people|individuals|persons|men|operatives)$")
_GOAL = re.compile(r"(?: of [a-z ]+| [a-z]+)? to (?:some |about |the |its |another )?")
_ADDRESSEES = re.compile(r"\b(?:platforms|services|providers|authorities|agencies|networks|registrars|hosts)$")
_FOUNDED = re.compile(
    r"\b(?:(?:found|own|head|start|creat|chair|operat|us|manag|launch|back|fund|orchestrat|conduct|target|attack|hack|view|watch|visit|"
    r"lik|shar|download)(?:ed)|written|run|led|seen|read|heard|carried out) by\s+(?:(?:[^.;:,\d\s]+\s+){0,8}and\s+)?(?:the\s+)?$"
)
_OTHER_VERB = re.compile(
    r"\b(?<!that )(?<!which )(?<!who )(?<!were )(?<!was )(?<!been )(?<!are )(?<!is )"
    r"(?:host|list|exploit|raid|steal|stole|generat|enslav|compromis|sell|sold|creat|open|regist|upload|writ|wrote|publish|test|analy[sz]|"
    r"stud|watch|download|hold|held|buy|bought|pay|paid|send|sent|us|operat|run|ran|own|manag|offer|carr|produc|deliver|transport|serv|check|cit|defend|"
    r"discover|surround|search|draw|drew|attract|garner|amass)(?:ed|ied|ing|es|ies|s|e)?"
    r" (?:the |its |their |some |another |up to |more than |over |about |nearly |at least |approximately |around )?[\"“]?$"
)
_BEFELL = re.compile(
    r" of (?:the|these|those|its|their)\b|(?: that| which| who)? (?:were|was|have been|has been|had been|are|is|got|to be)\b", re.I
)
_REACH = 200  # characters behind a noun that tell what befell it
_OBJECT = re.compile(r" (?:(?:more than|about|nearly|almost|around|some|another) )?\d")


_FOLLOWING = re.compile(
    r"\b(?:following|audience|fan ?base|readership|viewership|population|user ?base|circulation|membership|workforce|capacity|distance|"
    r"height|length|weight|area|speed)s?(?: \w+){0,2} of (?:\w+ ){0,3}$"
)
_LABELS = re.compile(
    r"\b(?:languages|countries|followers|views|likes|visits|downloads|subscribers|staff|employees|moderators|fans|hours|days)\b[^\n:]{0,20}:\s+$"
)


def victims(text: str, start: int) -> bool:
    """Whether a number without a noun is what came to harm ("which killed about 300"), or its label counts nothing: "Languages: 5"."""
    lead = text[max(0, start - 40) : start].lower()
    audience = " of " in lead and _FOLLOWING.search(lead)
    return bool(audience or _VICTIMS.search(lead, len(lead) - 20) or (lead.endswith(": ") and _LABELS.search(lead)))


def is_side(text: str, end: int, start: int, stop: int) -> bool:
    """Whether from ``start`` to ``stop`` stand but those from whom the counted things come that end at ``end``, or to whom they go:
    "300 videos from 40 channels", "400 posts to 11 platforms"."""
    between = text[end:start].lower()
    if "from " not in between and "by " not in between and "to " not in between:
        return False
    if _OWNER.fullmatch(between) and _OWNERS.search(text[start:stop].lower()):
        return True
    goes = _GOAL.fullmatch(between) and _ADDRESSEES.search(text[start:stop].lower())
    return bool(goes or _SOURCE.fullmatch(between))


def does_else(text: str, start: int, noun_end: int, mentions: Mentions) -> bool:
    """Whether the verb right before what is counted is none of enforcement: "hosted 200,000 videos", "exploiting 300 addresses"."""
    lead = lowered(text[max(0, start - 36) : start])
    verb = _OTHER_VERB.search(lead, len(lead) - 30)
    begin = start - len(lead) + verb.start() if verb else 0
    if not verb or any(done.end > begin for done in mentions.beginning("penalty", begin - 24, start)):
        return False
    return not _BEFELL.match(text[noun_end : noun_end + 40].lower())


def _is_acted_on(text: str, start: int, noun_end: int, mentions: Mentions, reach: int) -> bool:
    """Whether a word for a penalty stands beside a number or its noun, at most ``reach`` before it: "dealt with 26 organisations"."""
    since = max(start - 30, text.rfind(". ", 0, start), text.rfind("\n", 0, start))
    begun = any(verb.end >= start - reach for verb in mentions.beginning("penalty", since, start))
    ends = text.find(". ", noun_end, noun_end + 30)
    return begun or bool(mentions.beginning("penalty", noun_end, ends if ends >= 0 else noun_end + 30))


def _is_only_had(lead: str, noun: str, behind: str) -> bool:
    """Whether what is counted is but what a shop has, or what police carried out themselves."""
    offered = "there " in lead and _THERE.search(lead) and _ON_OFFER.match(behind)
    return bool(offered or (noun.endswith(" warrants") and _EXECUTED.match(behind)))


def bystanders(text: str, start: int, end: int, noun_end: int, mentions: Mentions) -> bool:
    """Whether nobody did anything to what is counted: "which has 5 million users", "two firms removed 300 posts"."""
    lead, noun, behind = lowered(text[max(0, start - 60) : start]), text[end:noun_end].lower(), text[noun_end : noun_end + _REACH].lower()
    near = max(0, len(lead) - 30)
    if crowd := _AUDIENCE.search(noun):
        has = _HAS.search(lead, near)
        acted = has and mentions.beginning("penalty", start - len(lead) + has.start() + 1, start)  # "with Reddit removing 303 users"
        if (has and not acted) or _ACTIVE.search(noun) or _USES.match(behind):
            return True
    if _FOLLOWS.match(behind) or _DEALS.search(lead, near) or _HARMS.search(lead, near) or _HARMED.match(behind):
        return True
    if (noun.endswith(_REPORTS) and _AUTHORED.search(lead, near)) or (noun.endswith(_EMPLOYED) and _STAFF.search(lead, near)):
        return True  # a report that someone wrote is no complaint
    if (
        (noun.endswith(_AGENTS) and _ACTS.match(behind))
        or lead.endswith(_EVERY)
        or (" by " in lead and _FOUNDED.search(lead))
        or (behind.startswith(_OF) and _ONE_IN.match(behind))
    ):
        return True  # those who act, and rates: "in every 10,000 orders", "nine requests in ten"
    if (crowd and behind.startswith(" each") and lead.endswith(" of ")) or (
        ("there " in lead or noun.endswith(" warrants")) and _is_only_had(lead, noun, behind)
    ):
        return True  # "committees of three members each"
    if noun.endswith(_NO_COMPLAINTS) or noun.startswith(_BEST):
        return True
    aside = noun.endswith(_OFFICES) and _WITH.search(lead)
    if aside or (crowd and (noun.endswith(_FOLLOWERS) or _MILLIONS.search(text, start, noun_end) or _RING.search(lead, near))):
        return not _is_acted_on(text, start, noun_end, mentions, 1 if aside else 30)
    verb = [v for v in mentions.beginning("penalty", noun_end + 1, noun_end + 2) if not text.endswith("ing", v.start, v.end)]
    return bool(verb and behind.startswith(" ") and _OBJECT.match(text[verb[-1].end : verb[-1].end + 30].lower()))
