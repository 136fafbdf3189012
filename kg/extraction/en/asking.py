"""English words by which something is only asked for, or only told."""

from __future__ import annotations

import re

from kg.extraction.model import Mention

_ASKED = re.compile(
    r"\b(?:requests?|demands?|orders|asks?|asked|asking|requested|requesting|demanded|petitioned|told)\b[^.;,]{0,80}\bto\s+(?:have\s+|get\s+|see\s+)?$|"
    r"\b(?:order(?:s|ed|ing)?|instructed|directed) (?:it|us|them|the (?:company|platform|firm)|(?-i:[A-Z])\w*) to\s+$|"
    r"\b(?:request|demand|solicit)(?:s|ed|ing)? (?:from|of) [^.;,]{0,40}\bthe $|"
    r"\b(?:requested|demanded|solicited|sought|applied for) (?:the |an? )?(?:immediate |complete |permanent )?$|"
    r"\b(?:request|demand|ask|insist)(?:s|ed|ing)? that (?:\w+ ){0,3}$|"
    r"\b(?:requests?|demands?|order(?:s|ed)?|asked|asking|applications?)\s+for\s+(?:the\s+)?$|"
    r"\b(?:requests?|demands?|notices?|petitions?|applications?|complaints?) (?:\w+ )?(?:envisions?|envisaged?s?|seeks?|sought|"
    r"call(?:s|ed) for|cover(?:s|ed)|concern(?:s|ed)|list(?:s|ed)|name[sd]?|identif(?:y|ies|ied)) the $",
    re.I,
)
_SOURCE = re.compile(r", (?:the |an? |its |(?-i:[A-Z]))[^,.;:\d]{1,70} (?:has |have |had )?$", re.I)
_ASKING = tuple("equest emand sought pplied rder ask etition told nstruct irected olicit nsist pplic otice omplaint".split())
_CARRIER = r"\b(?:ISP|[Aa]pp(?:lication)? [Ss]tore|[Pp]rovider|[Oo]perator|[Cc]arrier|[Tt]elco|[Tt]elecom)s?\b"
_TOLD = r"(?:order|direct|instruct|told|compel|oblige)"
# Who but carries traffic is no one who could be asked: what they are ordered to cut off is cut off.
_ORDERED = r"\b[Cc]ourt orders? (?:were |was |has been |have been )?(?:obtained|won|secured|granted)\b"
_CARRIERS = re.compile(rf"{_ORDERED}|\b{_TOLD}[^.;,]*{_CARRIER}|{_CARRIER}[^.;,]*\b(?:were|was|are|been) {_TOLD}\w* to $")


_SOUGHT = re.compile(r" (?:(?:was|were|is|has|have|had|been|also|being) )+(?:sought|requested|demanded|asked for|applied for|urged)\b")


def sought(behind: str) -> bool:
    """Whether what a noun says was only asked for: "blocking was sought for 20 sites"."""
    return bool(_SOUGHT.match(behind))


def is_source(text: str, verb: Mention) -> bool:
    """Whether a verb only ends the words that name the source: "…, the ministry has reported."."""
    return text[verb.end : verb.end + 1] in (".", "\n", "") and bool(_SOURCE.search(text, verb.start - 90, verb.start))


def asks(lead: str) -> bool:
    """Whether the verb behind some words was only asked for."""
    asked = _ASKED.search(lead) if any(word in lead for word in _ASKING) else None
    return bool(asked and not _CARRIERS.search(lead))
