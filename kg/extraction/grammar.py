"""What a language's grammar gives to extraction: numbers with their heads, sentences, and the order of a clause."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extraction.candidate import Candidate
from kg.extraction.lexicon import Concepts, Lexicon
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention, Sentence, Span
from kg.extraction.periods import Period

CODES = ("account-type", "violation")  # the kinds of codes that a clause ties to a figure


class Grammar(ABC):
    """What a language brings. Every question is about a stretch of one text; offsets are code points."""

    code: str
    concepts: Concepts
    lexicon: Lexicon
    former = of_kind = re.compile("(?!)")  # words for the first of two (or, as a group, the last); what says of which kind a noun is
    mixed = True  # whether a part with a noun of its own may be of another kind than its whole: "of the 90 cases, 40 websites"

    def named(self, text: str) -> list[Mention]:
        """Every label in ``text``, and what a language says with other words than a label's."""
        return self.lexicon.mentions(text)

    @abstractmethod
    def candidates(self, text: str, mentions: Mentions) -> list[Candidate]:
        """Every number that may count something, with the noun it counts; nouns left out stay ''."""

    @abstractmethod
    def sentences(self, text: str) -> Iterator[Sentence]:
        """Sentences, headlines and list items, in order."""

    @staticmethod
    @abstractmethod
    def period(text: str, counted: str, published: str) -> Period | None:
        """The period that a text speaks of; ``counted``: its sentences with figures, ``published``: EDTF."""

    def closed(self, text: str) -> tuple[str, Sequence[int]]:
        """``text`` without the spaces that say nothing, and where in ``text`` each of its characters stands."""
        return text, range(len(text))

    def prepared(self, text: str) -> str:
        """``text`` as labels are looked for in it, as long as ``text``."""
        return text

    @abstractmethod
    def cut(self, text: str, mentions: Mentions, end: int, start: int) -> tuple[int, bool]:
        """Where between two figures the clause of the first ends, and whether they are only coordinated."""

    @abstractmethod
    def opens(self, text: str, start: int, quote: int) -> int:
        """Where the clause of a sentence's first figure begins: behind what is said of the whole sentence."""

    def clause(self, text: str, sentence: Sentence, figures: Sequence[Candidate]) -> Span:  # noqa: ARG002 a language may do without
        """What of a sentence speaks of its figures, from before the first to behind the last."""
        return sentence.start, sentence.end

    def leads(self, start: int, first: int) -> Span:
        """What of a sentence that begins at ``start`` speaks for all its figures, the noun of the first one being at ``first``."""
        return start, first

    def shared(self, text: str, lead: Span, own: Span) -> Span:  # noqa: ARG002 a language may not part clauses so
        """What of the ``lead`` that a sentence's figures share speaks for the one whose stretch is ``own``."""
        return lead

    def heads(self, text: str, opening: Span) -> bool:  # noqa: ARG002 a language may tell headings from preambles
        """Whether what opens a list speaks for its items too: a heading does, a sentence that leads up to them may not."""
        return True

    def part_of(self, text: str, end: int, start: int) -> bool:  # noqa: ARG002 a language may lack the words
        """Whether what stands between two figures says that the first is a part of the second."""
        return False

    @abstractmethod
    def parts_begin(self, text: str, start: int, end: int) -> int | None:
        """From where in a stretch of text figures are parts of one named before; None where nothing says so."""

    def parts_end(self, text: str, end: int) -> bool:  # noqa: ARG002 a language may lack the words
        """Whether the words behind figures say that they are parts."""
        return False

    @abstractmethod
    def refers_back(self, text: str, sentence: Sentence) -> bool:
        """Whether a sentence goes on about what the one before said."""

    @abstractmethod
    def subject(self, text: str, units: Sequence[Mention], start: int) -> str:
        """The unit before a number that the number is said of, '' for none."""

    def spoken_of(self, text: str, sentence: Sentence) -> str:  # noqa: ARG002 a language may lack the words
        """Who did what a sentence tells the parts of, '' where it does not say: "of the complaints that the sites received"."""
        return ""

    def wholes(self, text: str, sentence: Sentence, part: Candidate) -> list[Span]:  # noqa: ARG002 a language may lack the words
        """The words that name what a figure is a part of: "of the posts taken down", the heading of its list."""
        return []

    @abstractmethod
    def points_back(self, text: str, figure: Candidate) -> bool:
        """Whether the words of a figure stand for what the sentence before spoke of."""

    def told_of(self, text: str, nouns: Sequence[Mention]) -> Sequence[Mention]:  # noqa: ARG002 a language may lack the words
        """Those of ``nouns`` that a number behind them may be told of, or alone is: "most requests came from France, with 90"."""
        return nouns

    def definite(self, text: str, figure: Candidate) -> bool:  # noqa: ARG002 a language may lack articles
        """Whether a number without a noun is told as known."""
        return False

    def entire(self, text: str, figure: Candidate) -> bool:  # noqa: ARG002 a language may lack the words
        """Whether a number without a noun is of all those told before: "heeded all six"."""
        return False

    def holders(self, text: str, one: Candidate, other: Candidate, bearer: str) -> bool:  # noqa: ARG002 a language may lack the words
        """Whether one of two figures counts those who hold what the other counts: "30 accounts … and another 90 users"."""
        return False

    def predicate(self, text: str, figure: Candidate, mentions: Mentions) -> str:  # noqa: ARG002 a language may put the noun elsewhere
        """The unit that those a number without a noun counts are said to be, '' for none."""
        return ""

    def likewise(self, text: str, figure: Candidate) -> bool:  # noqa: ARG002 a language may lack the words
        """Whether a figure's words say that the same was done as the sentence before tells."""
        return False

    def headless(self, text: str, figure: Candidate) -> bool:  # noqa: ARG002 a language may not leave nouns out
        """Whether a figure's noun is left out behind what modifies it, and is that of the figure before."""
        return False

    def respectively(self, text: str, end: int, stop: int) -> int | None:  # noqa: ARG002 a language may lack the words
        """Where behind coordinated figures begins what was done to each of them, in their order; None where nothing says so."""
        return None

    def shares(self, text: str, one: Candidate, other: Candidate) -> bool:  # noqa: ARG002 a language may lack the words
        """Whether a figure is told as more of the same thing as the one before it, or as what came of it."""
        return False

    def same_drive(self, text: str, one: Candidate, other: Candidate) -> bool:  # noqa: ARG002 a language may say for what each was done
        """Whether a figure without an offence is told in one breath with the one before it, and so was dealt with for the same."""
        return False

    def same_item(self, text: str, mentions: Mentions, one: Candidate, other: Candidate) -> bool:  # noqa: ARG002 a language may have no classifiers
        """Whether what seems the noun of a figure in a list only names its kind, as those of the figures before it do."""
        return False

    def counts_on(self, text: str, mentions: Mentions, last: Candidate, figure: Candidate) -> str | None:  # noqa: ARG002 a language may have no classifiers
        """Whether a bare number goes on to count what the last one of the sentence before did; "of" where it is a part of it."""
        return None

    def listed(self, text: str, end: int) -> bool:  # noqa: ARG002 a language may always tell a list from a clause
        """Whether what stands behind a figure that ends at ``end`` is listed with it, under the same verb."""
        return False

    def adjunct(self, text: str, figures: Sequence[Candidate], end: int) -> int:  # noqa: ARG002 a language may lack the words
        """Where behind the last of a sentence's figures begins what is said of all of them; ``end`` where nothing is."""
        return end

    def coordinate(self, text: str, figures: Sequence[Candidate], index: int, end: int) -> tuple[Sequence[Candidate], int]:  # noqa: ARG002
        """The figures of the main clause that one of a sentence's figures stands in, and where that clause ends."""
        return figures, end

    def asides(self, text: str) -> list[Span]:  # noqa: ARG002 a language may lack the words
        """The clauses that only say something of a noun."""
        return []

    def inner(self, text: str, start: int, figure: int) -> int:  # noqa: ARG002 a language may lack the words
        """Where, at ``start`` or later, the clause that a figure stands in begins."""
        return start

    def respective(self, text: str, start: int, end: int) -> bool:  # noqa: ARG002 a language may lack the words
        """Whether a sentence deals out what it names to its figures in order."""
        return False

    @abstractmethod
    def compares(self, text: str, figure: Candidate) -> bool:
        """Whether a figure is only what the one before it is compared with."""

    def contrasted(self, text: str, figure: Candidate) -> bool:  # noqa: ARG002 a language may lack the words
        """Whether a figure's whole sentence is only what others are compared with."""
        return False

    def gapped(self, text: str, figure: Candidate) -> bool:  # noqa: ARG002 a language may not leave verbs out
        """Whether a figure's clause leaves out the verb that it shares with the one before it."""
        return False

    def undergoes(self, text: str, figure: Candidate, verb: Mention) -> bool:  # noqa: ARG002 a language may have no passive
        """Whether a figure is the subject of a verb for what was done: "17 appeals were handled"."""
        return False

    def asked_of(self, text: str, figure: Candidate, verb: Mention) -> bool:
        """Whether what ``verb`` says was only asked for of a figure."""
        return self.asked_for(text, min(verb.start, figure.start))

    def lasts(self, text: str, start: int, end: int) -> bool | None:  # noqa: ARG002 a language may have other verbs
        """Whether a clause says that what was done to its figure was done for good; False: for a time, None: it does not say."""
        return None

    def by_state(self, text: str, mentions: Mentions) -> bool:  # noqa: ARG002 a language may have another word where a state does it
        """Whether a text tells what a state did to what stands on platforms, not what a platform did."""
        return False

    def acts(self, text: str, figure: Candidate) -> bool:  # noqa: ARG002 a language may leave it to the words around
        """Whether what a figure counts has a verb of its own: no verb for what was done elsewhere in the sentence is its."""
        return False

    @abstractmethod
    def asked_for(self, text: str, start: int) -> bool:
        """Whether the verb at ``start`` was only asked for."""

    @abstractmethod
    def named_in(self, text: str, figure: Candidate) -> bool:
        """Whether a figure is what the one before it is about."""

    def they_name(self, text: str, figure: Candidate) -> bool:  # noqa: ARG002 a language may not take them up again
        """Whether a figure is what those just spoken of are about."""
        return False

    @abstractmethod
    def around(self, text: str, figure: Candidate, verb: str) -> Iterator[str]:
        """The words on both sides of a figure, put together, the longest first; ``verb``: the known one right before it, or ''."""

    @abstractmethod
    def governing(self, text: str, penalties: Sequence[Mention], figure: Candidate) -> Mention | None:
        """Of the words for penalties in a figure's clause the one that was done to what it counts."""


@dataclass(slots=True)
class Reader:
    """One text under way: what was found in it, and the figures so far."""

    text: str
    grammar: Grammar
    mentions: Mentions
    found: list[Candidate]
    action: str = ""  # what the sentence before said was done
    before: Span | None = None  # the sentence before
    unsaid: list[Candidate] = field(default_factory=list)  # what nobody says that anything was done to

    @property
    def concepts(self) -> Concepts:
        """What the ontology says."""
        return self.grammar.concepts
