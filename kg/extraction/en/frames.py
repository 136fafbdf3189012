"""English labels with an ellipsis: a verb in any form, and its object behind whatever stands between, "induce … tips".

A label that ends in the ellipsis, "axe …", is a verb of what is counted right behind it. Where two verbs of a concept share an object they
share all: "hand … to police", "refer … to police" and "refer … to courts" tell of "hand … to courts", too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from kg.extraction.crossing import GAP, Labels
from kg.extraction.lexicon import Label, Lexicon, lowered
from kg.extraction.model import Mention

FRAME = "frame"  # of the mentions of what such labels begin with
_REACH = 70  # how far behind its verb an object is looked for
_BETWEEN = r"(?: (?!(?:and|or|but|that|which|who|while)\b)[\w,'’“”\"&-]+){0,5}?"
_MODIFIED = r" (?:[\w'’-]+ ){0,4}?"
_DETERMINED = r"[ -](?:(?:the|a|an|its|their|our|all|any|his|her|other|various|official|local)\s)*"
_COUNTED = (
    r"(?= (?:(?:an?|the|its|some|all|another|about|over|nearly|almost|roughly|around|approximately|further|additional|"
    r"estimated|close to|up to|more than|"
    r"at least|fewer than|less than|as many as|a total of|exactly|only|just) )*(?:\d|hundreds|thousands|dozens|millions|tens|scores|half a|"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b))"
)
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
    get gets got gotten getting
    let lets letting
    win wins won winning
    tear tears tore torn tearing
    bin bins binned binning
    scrap scraps scrapped scrapping
    zap zaps zapped zapping
    chop chops chopped chopping
    rid rids ridding
    go goes went gone going
    come comes came coming
    submit submits submitted submitting
    trim trims trimmed trimming
    scrub scrubs scrubbed scrubbing
    drag drags dragged dragging
    rub rubs rubbed rubbing
    nab nabs nabbed nabbing
    strike strikes struck striking
    flag flags flagged flagging
    say says said saying
    show shows showed shown showing
    stick sticks stuck sticking
    wind winds wound winding
    forbid forbids forbade forbidden forbidding
    bite bites bit bitten biting
    sweep sweeps swept sweeping
    shut shuts shutting
    rap raps rapped rapping
    tag tags tagged tagging
    gag gags gagged gagging
    pay pays paid paying
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


def _begins(tails: tuple[str, ...]) -> str:
    """What lets a pattern look only where the first two letters of any of ``tails`` stand: one look spares most words the rest.

    >>> _begins(("of income", "off the air", "back"))
    '(?=b[a]|o[f])'
    """
    seconds: dict[str, set[str]] = defaultdict(set)
    for tail in filter(None, tails):
        seconds[tail[0]].add(tail[1])
    return "(?=" + "|".join(f"{re.escape(first)}[{''.join(map(re.escape, sorted(more)))}]" for first, more in sorted(seconds.items())) + ")"


def _families(entries: Labels) -> Iterator[tuple[str, str, frozenset[Label]]]:
    """Beginning, end and meaning of every label with an ellipsis, and of all that the verbs of one family share."""
    of_code: dict[Label, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for label, pairs in entries.items():
        lead, gap, tail = label.partition(GAP)
        for pair in pairs if gap else ():
            of_code[pair][lead.strip()].add(tail.strip())
    for pair, ends in of_code.items():
        families: list[tuple[set[str], set[str]]] = []
        for lead, tails in ends.items():
            kin = [family for family in families if family[1] & tails]
            families = [family for family in families if family not in kin]
            families.append((set().union({lead}, *(leads for leads, _ in kin)), set().union(tails, *(more for _, more in kin))))
        yield from ((lead, tail, frozenset({pair})) for leads, tails in families for lead in leads for tail in tails)


class Frames:
    """The labels of a lexicon that have an ellipsis: ``lexicon`` is the same without them, and finds what they begin with."""

    def __init__(self, lexicon: Lexicon) -> None:
        plain = {label: pairs for label, pairs in lexicon.entries.items() if GAP not in label}
        self._ends: dict[str, dict[str, frozenset[Label]]] = defaultdict(dict)
        for lead, tail, pairs in _families(lexicon.entries):
            for form in inflected(lead):
                for begun, end in ((form, tail), (f"{form} of", tail[3:])) if tail.startswith("of ") else ((form, tail),):
                    self._ends[begun][end] = self._ends[begun].get(end, frozenset()) | pairs
        leads = {lead: plain.get(lead, frozenset()) | {(FRAME, lead)} for lead in self._ends}
        self.lexicon = Lexicon({**plain, **leads}, lexicon.spaced, lexicon.names)
        self._found: dict[str, re.Pattern[str]] = {}
        self._tails = {lead: tuple(sorted(tails, key=len, reverse=True)) for lead, tails in self._ends.items()}

    def leads(self, meaning: Label) -> frozenset[str]:
        """What the labels of one meaning begin with."""
        return frozenset(lead for lead, tails in self._ends.items() if any(meaning in pairs for pairs in tails.values()))

    @staticmethod
    @cache
    def _pattern(tails: tuple[str, ...]) -> re.Pattern[str]:
        named = enumerate(tail.split(GAP) for tail in tails)
        either = "|".join(
            f"(?P<t{n}>{_MODIFIED.join(re.escape(part.strip()).replace(chr(92) + ' ', _DETERMINED) for part in parts)})"
            for n, parts in named
            if any(parts)
        )
        counted = [f"(?P<t{len(tails) - 1}>{_COUNTED})"] if "" in tails else []
        return re.compile("|".join([*([rf"{_BETWEEN} {_begins(tails)}(?:{either})(?:s|es)?\b(?!-)"] if either else []), *counted]))

    def _behind(self, lead: str) -> re.Pattern[str]:
        self._found[lead] = self._pattern(self._tails[lead])
        return self._found[lead]

    def mentions(self, found: Sequence[Mention], text: str) -> Iterator[Mention]:
        """What stands in ``text`` where ``found`` has the beginnings of such labels."""
        plain, known = lowered(text), self._found
        for lead in found:
            if lead.kind != FRAME:
                continue
            behind = known.get(lead.code) or self._behind(lead.code)
            if whole := behind.match(plain, lead.end, lead.end + _REACH):
                tails = self._tails[lead.code]
                for kind, code in sorted(self._ends[lead.code][tails[int((whole.lastgroup or "t0")[1:])]]):
                    yield Mention(lead.start, whole.end(), kind, code)


def settled(found: Sequence[Mention], wider: Sequence[Mention]) -> Sequence[Mention]:
    """``found`` (in order) and ``wider``, without what says the same as a wider one of its kind, or is but its verb."""
    if not wider:
        return found
    starts = [mention.start for mention in found]
    whole: dict[int, Mention] = {}
    for one in wider:
        whole.setdefault(one.end, one)
    wider = [one for one in wider if not (_is_end(one, whole[one.end]) or _is_inside(one, found, starts))]
    hidden: set[int] = set()
    for one in wider:
        near = range(bisect_left(starts, one.start - _REACH), bisect_left(starts, one.end))
        hidden.update(index for index in near if _hides(one, found[index]))
    return [*(mention for index, mention in enumerate(found) if index not in hidden), *wider]


def _is_inside(one: Mention, found: Sequence[Mention], starts: Sequence[int]) -> bool:
    """Whether what begins with a verb is but the end of a longer label: "permanently suspended" is not "suspended"."""
    near = found[bisect_left(starts, one.start - _REACH) : bisect_left(starts, one.start)]
    return any(longer.end >= one.end and longer.kind == one.kind for longer in near)


def _is_end(one: Mention, other: Mention) -> bool:
    """Whether a verb is but the end of what was done by another: "ad income was suspended" suspends nobody."""
    return one.kind == other.kind == "penalty" and other.start < one.start and other.end == one.end


def _hides(wider: Mention, mention: Mention) -> bool:
    if wider.kind != mention.kind or wider.end <= mention.start or mention.end <= wider.start:
        return False
    begins = wider.start == mention.start and mention.end <= wider.end
    return wider.code == mention.code or begins or _is_end(mention, wider)
