"""English verbs: which one governs a figure, whether it was only asked for, and those that the figure parts from their complement."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from kg.extraction.candidate import Candidate
from kg.extraction.en.asking import asks, is_source, sought
from kg.extraction.lexicon import Concepts, Lexicon
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention

_FINITE = re.compile(
    r" (?:\w+ly )?(?:(?:were|was|are|have been|had been|will be) (?:\w+ly )?(?!named)\w+(?:ed|en|wn)\b(?! (?:as|to)\b)|"
    r"(?!used|linked|based|located|accused|suspected|related|tied|connected|affiliated|created|called|named|posted|published|shared|"
    r"removed|identified|report(?:ed)|flagged|operated|controlled|believed|registered|named|aimed|owned|associated|dedicated|targeted|involved)"
    r"(?:\w+ed|took|said|went|came|gave|made|won|saw|fell|rose|wrote|told) (?:the|a|an|its|their|his|that|in|on|to|for|from|at) )",
    re.I,
)
_OTHER_DEED = re.compile(
    r"(?:,|\band|\bbut|\bthen)\s+(?:\w+ly\s+|also\s+|has\s+|have\s+|had\s+)*"
    r"(?!includ|involv|cover|concern|compris|total|number|nam|count|reach|affect|relat)\w+ed\s+$",
    re.I,
)
_LAST_WORDS = re.compile(r"(?:[A-Za-z]+ ){1,2}$")
_DETERMINERS = re.compile(r"\b(?:the|an?|its|their|our|his|her|all|any|some|certain|\w+[’']s) ", re.I)
_HELPS = re.compile(r"\b(?:(?:was|were|is|are|has|have|had|been|being) )+(?=\w+ (?:\w+ )?$)")  # in lower case
_GOAL = re.compile(r"\b(?:to|from|off|on|out of|behind|over to|in)(?: [a-z’']+){1,4}", re.I)
_OF = re.compile(r" (?:of|for|on|from|to) (?:all |the )?$")
_OF_WHAT = ("of ", "for ", "on ", "from ", "to ", "all ", "the ")
_ATTRIBUTE = re.compile(r"(?:[a-z]+ ){0,4}[a-z]+$", re.I)
_DONE = re.compile(r" (?:(?:have|has|had|were|was|been|being|are|is) )+([a-z]+)", re.I)
_TO_WHERE = frozenset(("to", "from", "off", "on", "out", "behind", "over", "in"))  # how a goal begins
_NEXT_WORDS = re.compile(r"(?: [a-z]+){1,5}", re.I)
_ORDERED = re.compile(r"\b(?:order(?:ed|s|ing)?|t(?:old|ells?|elling)|instruct\w*|forc(?:ed|es|ing)|compel\w*|oblig\w*|made) $", re.I)
_AND_THEN = re.compile(r",? (?:(?:and|then|later|subsequently|before being|or|were|been|have|had|all|also) ){1,3}", re.I)
_SUBJECT_OF = re.compile(r"[^,.;:\d]{0,80} (?:were|was|have been|had been|has been|are)(?: \w+)? ")
_ONLY_ADJUNCT = re.compile(r" (?:for|over|because of|due to|on|in|from|at) (?![^,.;]*\b(?:were|was|had|have|has)\b)", re.I)
_ONLY_SUBJECT = re.compile(r"(?:,|;|\band|\d)\s+(?:and\s+)?(?:[A-Z][\w.’'-]*\s+){1,3}$")
_PASSIVE_VERB = re.compile(r"\b(?:were|was|been|being|are|is) (?:\w+ly )?([a-z]+)", re.I)
_NEXT_GOAL = re.compile(r"[;:.]|,\s+(?:and|but|while|whereas|so)\b|\band\s+(?:\w+\s+)?\d", re.I)
_NEXT_CLAUSE = re.compile(
    r"[;:]|,\s+(?:and|but|while|whereas|so)\b|\b(?:after|before|when|because|until) (?:the|it|its|they|he|she|we)\b", re.I
)
_STATE = re.compile(
    r"\b(?:[Mm]inist(?:ry|er)s?|[Mm]inistries|[Gg]overnment|[Gg]ovt|(?<![a-z] )Centre|[Cc]ourts?|[Rr]egulators?|[Aa]uthority|"
    r"[Cc]ommission|[Pp]rosecutors?)\b"
)
_BE = r"\b(?:were|was|are|is|had|have|has)\b"
_NEXT_SUBJECT = re.compile(rf"{_BE}[^.;]*,\s+(?:and|but|while|whereas)\s[^.;]*{_BE}")
_ONLY_HELPS = re.compile(r" (?:[a-z]+s? )?(?:(?:may|might|could|would|will|has|have|had|also|already|so far|now) )*")
_PARTICIPLE = re.compile(r"(?:ed|en|wn|ut|nt|ld|lt|pt|off|offline|down|back|out)$", re.I)
_PASSIVE = re.compile(
    r"\b(?:were|was|been|be|being|are|is|got|had|have|has|get|gets|received|faced|faces|face|"
    r"drew|draw|attracted|incurred|underwent|saw|lost|lose|losing|subject to|came|met|no longer|cannot|bit|bear|carry|fell|failed)\b",
    re.I,
)
_OTHERS = ("", "others", "more")  # what may stand between a number and what was done: "closed 300, and 90 others punished"


def _is_participle(words: str) -> bool:
    """Whether a label can stand behind what was done to: "taken offline", "passed to the police"."""
    return bool(
        _PARTICIPLE.search(words) or words.lower().startswith("made ") or (" " in words and _PARTICIPLE.search(words.partition(" ")[0]))
    )


class Verbs:
    """What English says was done to the things that a figure counts."""

    concepts: Concepts
    lexicon: Lexicon

    def asked_for(self, text: str, start: int) -> bool:
        """Whether the verb at ``start`` was only asked for: "requests to remove", "asked the platform to delete"."""
        return asks(text[max(0, start - 110) : start])

    def undergoes(self, text: str, figure: Candidate, verb: Mention) -> bool:
        """Whether a figure is the subject of the passive ``verb``, which says that something was done to requests."""
        behind = verb.code not in self.concepts.asking and verb.start > figure.head[1]
        be = verb.start + 5 if text.startswith(("were ", "have "), verb.start) else verb.start
        return behind and bool(_SUBJECT_OF.fullmatch(text, figure.head[1], be))

    def asked_of(self, text: str, figure: Candidate, verb: Mention) -> bool:
        """Whether what ``verb`` says was only asked for of a figure: "the 30 pages that it asked Meta to delete"."""
        asked = self.asked_for(text, min(verb.start, figure.start)) or any(
            sought(text[end : end + 40]) for end in (verb.end, figure.head[1])
        )
        behind = verb.start >= figure.head[1] and not _PASSIVE.search(text, figure.head[1], verb.start)
        return asked or (behind and asks(text[figure.head[1] : verb.start]))

    def by_state(self, text: str, mentions: Mentions) -> bool:
        """Whether a text names a state's bodies before any platform: the platform is where it was done, not who did it."""
        first = [mention.start for mention in mentions.all("platform")[:1]]
        return bool(first and (mentions.beginning("authority", 0, first[0]) or _STATE.search(text, 0, first[0])))

    def acts(self, text: str, figure: Candidate) -> bool:
        """Whether a finite verb follows what a figure counts: "400 people attended the trial", "50 sellers were trained"."""
        definite = text.endswith(("the ", "The ", "these ", "These "), 0, figure.start)
        lead = _OTHER_DEED.search(text, figure.start - 40, figure.start)
        return not (figure.elided or figure.relation or definite) and bool(lead or _FINITE.match(text, figure.head[1]))

    def around(self, text: str, figure: Candidate, verb: str) -> Iterator[str]:
        """The words on both sides of a figure, put together: took … down; opened … cases; cases … opened."""
        start, end = figure.head
        noun = text[figure.words[1] : end].lower().split()[-2:]
        before = _LAST_WORDS.search(text, start - 24, start)
        words = before[0].lower().split() if before else []
        if not verb.endswith((" to", " on")):  # "sent notices to 300 shops"
            yield from self._attribute(text, start, end)
        for lead in (verb.lower().split(),) if " " in verb else (words[-1:],) if verb else (words[-2:], words[-1:]):
            for behind in (noun, noun[-1:]) if lead and noun else ():
                yield from (" ".join(both) for both in ([*lead, *behind], [*behind, *lead]) if self._begins(*both[:2]))
        if words and words[-1] in self._verbs and " " not in verb:  # "permanently disabled" is not parted
            yield from self._complement(text, words[-1], end)
        if noun and (done := _DONE.match(text, end, end + 40)):
            yield from (" ".join([*noun[-n:], done[1].lower()]) for n in (2, 1) if noun[-n:][0] in self._verbs)

    @cached_property
    def _verbs(self) -> dict[str, set[str]]:
        """The first words of labels of several words, verbs that a figure can part from the rest, with the words that follow them."""
        verbs: dict[str, set[str]] = defaultdict(set)
        for first, *rest in (label.split(" ") for label in self.lexicon.labels("penalty")):
            verbs[first].update(rest[:1])
        return {first: seconds for first, seconds in verbs.items() if seconds}

    def _begins(self, verb: str, second: str) -> bool:
        """Whether a label of several words begins so; with or without the s of a plural."""
        return not self._verbs.get(verb, frozenset()).isdisjoint((second, second.removesuffix("s")))

    @cached_property
    def _vague(self) -> frozenset[str]:
        """What verbs say that tell less than what else is said of the same things."""
        return frozenset({self.concepts.umbrella, *self.concepts.asking})

    def _complement(self, text: str, verb: str, end: int) -> Iterator[str]:
        """Verb and what stands right behind the figure, with and without its articles; then verb and goal."""
        if after := _NEXT_WORDS.match(text, end, end + 48):
            for behind in (after[0].lower().split(), _DETERMINERS.sub("", after[0].lower()).split()):
                if not self._begins(verb, behind[0]):
                    continue
                least = 1 if self._is_deed(behind) else 0
                yield from (" ".join([verb, *behind[:n]]) for n in range(len(behind), least, -1))
            if not _TO_WHERE.isdisjoint(self._verbs[verb]):
                yield from self._goal(text, verb, end)

    def _is_deed(self, behind: Sequence[str]) -> bool:
        """Whether words behind a figure say what those counted were told to do: "(ordered seven) to suspend updates"."""
        told = self.lexicon.entries.get(behind[1], ()) if len(behind) > 1 and behind[0] == "to" else ()
        return any(kind == "penalty" for kind, _ in told)

    @staticmethod
    def _goal(text: str, verb: str, end: int) -> Iterator[str]:
        """Verb and goal with more between them than the figure: "referred 300 reports of child abuse to the police"."""
        for goal in _GOAL.finditer(text, end, end + 90):
            if _NEXT_GOAL.search(text, end, goal.start()):
                return
            behind = _DETERMINERS.sub("", goal[0].lower()).split()
            yield from (" ".join([verb, *behind[:n]]) for n in range(len(behind), 1, -1))

    @staticmethod
    def _attribute(text: str, start: int, end: int) -> Iterator[str]:
        """What was done to a thing of those counted: "paused the monetisation of 300 channels", "the fans of 40 hosts were removed"."""
        joint = _OF.search(text, start - 10, start) if text.endswith(_OF_WHAT, 0, start) else None
        lead = joint and _ATTRIBUTE.search(text, joint.start() - 50, joint.start())
        if not joint or not lead:
            return
        told = _DETERMINERS.sub("", lead[0].lower() + " ")
        words = (_HELPS.sub("", told) if text.startswith(" for", joint.start()) else told).split()
        done = _PASSIVE_VERB.search(text, end, end + 80)
        for n in (2, 1):
            yield from (" ".join([*words[-n:], done[1].lower()]) for _ in (1,) if done)
        yield from (" ".join(words[-n:]) for n in range(min(len(words), 4), 1, -1))

    def governing(self, text: str, penalties: Sequence[Mention], figure: Candidate) -> Mention | None:
        """Of the words for penalties in a figure's clause the one that was done to what it counts."""
        start, end = figure.head
        inner = [p for p in penalties if start <= p.start < end] or [
            p for p in penalties if p.start >= end and text[end : p.start].strip() in _OTHERS
        ]
        left = [p for p in penalties if p.start < start]
        right = [p for p in penalties if p.start >= end and not (p.code in self.concepts.asking and is_source(text, p))]
        passive = [p for p in right if _PASSIVE.search(text, end, p.end) and not _NEXT_CLAUSE.search(text, end, p.start)]
        if (
            inner
            and left
            and (left[-1].end == start - 1 or left[-1].end >= end)
            and left[-1].code not in (self.concepts.asking if inner[-1].code in self.concepts.asking else self._vague)
        ):
            return left[-1]  # "blocked 8 flagged handles"
        if left and left[-1].end == start - 1 and figure.target and figure.target.start > start:
            return left[-1]  # "took down 35 of the 240 clips that users had sent in"
        if inner:  # "9,120 flagged videos were removed": what was done to them goes before what they are
            done = passive and _DONE.match(text, end) and passive[0].code not in self._vague
            return (
                self._followed(text, passive[0], passive)
                if done
                else inner[-1]
                if inner[-1].end <= end
                else self._followed(text, inner[0], passive)
            )
        if told := self._told_to(text, figure, right):
            return told
        relative = bool(re.match(r"\s*,?\s*(?:that|which|who)\b", text[end : end + 10]))
        if passive and not (relative and left):
            done = [p for p in passive if p.code != self.concepts.umbrella] if relative else []
            return self._followed(text, (done or passive)[0], passive)
        if left:
            return self._acting(text, left)
        if self.acts(text, figure):
            return None
        deeds = (p for p in right if _is_participle(text[p.start : p.end]) or self.asked_for(text, p.start))
        done = [p for p in deeds if not _NEXT_SUBJECT.search(text, end, p.start)]
        return next((p for p in done if p.code != self.concepts.umbrella), done[0] if relative and done else None)

    def _acting(self, text: str, left: Sequence[Mention]) -> Mention:
        """The last of the verbs before a figure, or the deed that is its subject where it tells less: "the purge hit 300 apps"."""
        verb, deed = left[-1], left[-2] if len(left) > 1 else left[-1]
        vague = verb.code == self.concepts.umbrella and deed.code not in self._vague
        return deed if vague and _ONLY_HELPS.fullmatch(text, deed.end, verb.start) else verb

    def _followed(self, text: str, done: Mention, passive: Sequence[Mention]) -> Mention:
        """The verb right behind one: "were ordered to suspend updates", "were found and deleted" tell by the second what befell them."""
        vague = done.code == self.concepts.umbrella
        later = (
            p
            for p in passive
            if p.start == done.end + 1
            or (done.start < p.start < done.end < p.end)
            or (vague and p.start > done.end and _AND_THEN.fullmatch(text, done.end, p.start))
        )
        return next(later, done)

    def gapped(self, text: str, figure: Candidate) -> bool:
        """Whether a figure has but a reason or a place behind it: "13,000 were disabled for spam and 2,400 for terrorism";
        or but another subject before it: "Shopee deleted 6,210, Amazon 1,114"."""
        return figure.elided and bool(
            _ONLY_ADJUNCT.match(text, figure.head[1]) or _ONLY_SUBJECT.search(text[max(0, figure.start - 60) : figure.start])
        )

    def _told_to(self, text: str, figure: Candidate, right: Sequence[Mention]) -> Mention | None:
        """What those counted were ordered to do, which befell them: "ordered seven of them to suspend updates"; not a thing to mend."""
        start, end = figure.head
        if not right or text[end : right[0].start] != " to " or not _ORDERED.search(text, start - 24, start):
            return None
        told = f"ordered to {text[right[0].start : right[0].end].lower()}"
        return None if told in self.lexicon.entries else right[0]
