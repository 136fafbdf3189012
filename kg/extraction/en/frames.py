"""English labels with an ellipsis: a verb in any form, and its object behind whatever stands between, "induce … tips"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.extraction.crossing import GAP
from kg.extraction.lexicon import Label, Lexicon, lowered
from kg.extraction.model import Mention

FRAME = "frame"  # of the mentions of what such labels begin with
_REACH = 70  # how far behind its verb an object is looked for
_BETWEEN = r"(?: (?!(?:and|or|but|that|which|who|while)\b)[\w,'’&-]+){0,5}?"
_DETERMINED = r" (?:(?:the|a|an|its|their|our|all|any|his|her|other|various|official|local)\s)*"
_IRREGULAR = {
    forms.split()[0]: tuple(forms.split())
    for forms in """
    take takes took taken taking
    lose loses lost losing
    throw throws threw thrown throwing
    give gives gave given giving
    withdraw withdraws withdrew withdrawn withdrawing
    put puts putting
    hide hides hid hidden hiding
    cut cuts cutting
    freeze freezes froze frozen freezing
    stop stops stopped stopping
    bar bars barred barring
    hand hands handed handing
    break breaks broke broken breaking
    drop drops dropped dropping
    strip strips stripped stripping
    send sends sent sending
    beg begs begged begging
    refer refers referred referring
    steal steals stole stolen stealing
    sell sells sold selling
    fall falls fell fallen falling
    run runs ran running
    wipe wipes wiped wiping
    keep keeps kept keeping
    make makes made making
    bring brings brought bringing
    spread spreads spreading
    transfer transfers transferred transferring
    slip slips slipped slipping
    plug plugs plugged plugging
    tell tells told telling
    set sets setting
    cancel cancels cancelled canceled cancelling canceling
    label labels labelled labeled labelling labeling
    plan plans planned planning
    slap slaps slapped slapping
    kick kicks kicked kicking
    ban bans banned banning
    of
    against
    in
    without
    contrary
    violation
    breach breaches breached breaching
""".strip().splitlines()
}


def inflected(lead: str) -> Iterator[str]:
    """``lead`` with its first word in every form of a verb.

    >>> sorted(inflected("deny access")), sorted(inflected("take"))
    (['denied access', 'denies access', 'deny access', 'denying access'], ['take', 'taken', 'takes', 'taking', 'took'])
    """
    verb, space, rest = lead.partition(" ")
    stem = re.sub(r"(?<=[^aeiou])y$", "i", verb.removesuffix("e"))
    regular = (
        verb,
        re.sub(r"(?<=[xsi])s$|(?<=[cs]h)s$", "es", (verb if stem[-1] != "i" else stem) + "s"),
        stem + "ed",
        verb.removesuffix("e") + "ing",
    )
    yield from (form + space + rest for form in _IRREGULAR.get(verb, regular))


class Frames:
    """The labels of a lexicon that have an ellipsis: ``lexicon`` is the same without them, and finds what they begin with."""

    def __init__(self, lexicon: Lexicon) -> None:
        plain = {label: pairs for label, pairs in lexicon.entries.items() if GAP not in label}
        self._ends: dict[str, dict[str, frozenset[Label]]] = defaultdict(dict)
        for label, pairs in lexicon.entries.items():
            lead, gap, tail = label.partition(GAP)
            for form in inflected(lead.strip()) if gap else ():
                self._ends[form][tail.strip()] = self._ends[form].get(tail.strip(), frozenset()) | pairs
        leads = {lead: plain.get(lead, frozenset()) | {(FRAME, lead)} for lead in self._ends}
        self.lexicon = Lexicon({**plain, **leads}, lexicon.spaced, lexicon.names)
        self._patterns = {lead: self._pattern(tails) for lead, tails in self._ends.items()}

    @staticmethod
    def _pattern(tails: dict[str, frozenset[Label]]) -> re.Pattern[str]:
        named = enumerate(sorted(tails, key=len, reverse=True))
        either = "|".join(f"(?P<t{n}>{re.escape(tail).replace(chr(92) + ' ', _DETERMINED)})" for n, tail in named)
        return re.compile(rf"{_BETWEEN} (?:{either})(?:s|es)?\b(?!-)")

    def mentions(self, found: Sequence[Mention], text: str) -> Iterator[Mention]:
        """What stands in ``text`` where ``found`` has the beginnings of such labels."""
        for lead in found:
            if lead.kind == FRAME and (whole := self._patterns[lead.code].match(lowered(text[lead.end : lead.end + _REACH]))):
                tails = sorted(self._ends[lead.code], key=len, reverse=True)
                for kind, code in sorted(self._ends[lead.code][tails[int((whole.lastgroup or "t0")[1:])]]):
                    yield Mention(lead.start, lead.end + whole.end(), kind, code)


def settled(found: Sequence[Mention], wider: Sequence[Mention]) -> Sequence[Mention]:
    """``found`` (in order) and ``wider``, without what says the same as a wider one of its kind, or is but its verb."""
    if not wider:
        return found
    hidden: set[int] = set()
    starts = [mention.start for mention in found]
    for one in wider:
        near = range(bisect_left(starts, one.start - _REACH), bisect_left(starts, one.end))
        hidden.update(index for index in near if _hides(one, found[index]))
    return [*(mention for index, mention in enumerate(found) if index not in hidden), *wider]


def _hides(wider: Mention, mention: Mention) -> bool:
    if wider.kind != mention.kind or wider.end <= mention.start or mention.end <= wider.start:
        return False
    return wider.code == mention.code or (wider.start == mention.start and mention.end <= wider.end)
