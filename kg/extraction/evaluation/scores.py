"""Two extractions of one text, the gold one and a proposed one: which figures match, what differs, what that scores."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.extraction.model import Extraction, Figure

# The slots that make a figure a match, those that make it a full record besides, and those scored as sets.
_MATCH, _FULL, _SETS = ("value", "unit"), ("comparator", "penalty", "relation"), ("account_types", "violations")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？；])|\n")
_NEAR = 300  # code points on either side of a figure that a person is shown at most

Pair = tuple[Figure, Figure]
Sides = tuple[list[Any], list[Any]]


@dataclass(slots=True)
class Score:
    """How many of the ``proposed`` are ``right``, of how many in the ``gold``.

    >>> score = Score()
    >>> score.compare({"a", "b"}, {"b", "c", "d"})
    >>> score.precision, score.recall, score.f1
    (0.3333333333333333, 0.5, 0.4)
    """

    right: int = 0
    proposed: int = 0
    gold: int = 0

    def add(self, right: int, proposed: int, gold: int) -> None:
        """Add to the counts: averages are micro-averages."""
        self.right, self.proposed, self.gold = self.right + right, self.proposed + proposed, self.gold + gold

    def compare(self, gold: Collection[Hashable], proposed: Collection[Hashable]) -> None:
        """Add what two sets share."""
        self.add(len(set(gold) & set(proposed)), len(set(proposed)), len(set(gold)))

    def _of(self, whole: float) -> float:
        return self.right / whole if whole else float(self.gold == self.proposed)

    @property
    def precision(self) -> float:
        """The right ones of those proposed; 1 where there was nothing to find and nothing was proposed."""
        return self._of(self.proposed)

    @property
    def recall(self) -> float:
        """The right ones of those in the gold; 1 where there was nothing to find and nothing was proposed."""
        return self._of(self.gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return self._of((self.proposed + self.gold) / 2)


@dataclass(slots=True)
class Scores:
    """All scores over some texts.

    ``slots``: by slot, of the figures that both sides see in one place (value, unit) or that match (the others).
    ``kinds``: mentions by kind.
    """

    figures: Score = field(default_factory=Score)
    full: Score = field(default_factory=Score)
    account_types: Score = field(default_factory=Score)
    violations: Score = field(default_factory=Score)
    mentions: Score = field(default_factory=Score)
    slots: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in _MATCH + _FULL})
    kinds: dict[str, Score] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Miss:
    """One figure, or one kind of mention, that is not as in the gold: what each side says, and the slots that ``differ``.

    ``gold`` is None for a figure that only the extractor sees, ``proposed`` for one that it does not see.
    ``line`` (of the text's file) and ``sentence`` tell where; a mention is of the whole text and has neither.
    """

    text: str
    line: int | None
    sentence: str
    gold: dict[str, Any] | None
    proposed: dict[str, Any] | None
    differ: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """One text: the figures that both sides see in one place (matched or not), and those that only one sees."""

    gold: Extraction
    proposed: Extraction
    seen: tuple[Pair, ...]
    missed: tuple[Figure, ...]
    spurious: tuple[Figure, ...]

    def differ(self, gold: Figure, proposed: Figure) -> tuple[str, ...]:
        """The slots in which the two differ; none for a faultless record.

        >>> a = Figure("10 posts", 0, 8, "10", 10, None, None, "exactly", "post", "content-removal")
        >>> b = Figure("10 posts", 0, 8, "10", 10, 10, None, "over", "post", "content-removal")
        >>> compare(Extraction("10 posts", "en", (a,)), Extraction("10 posts", "en", (b,))).differ(a, b)
        ('comparator',)
        """
        same = {
            "value": _same_number(gold, proposed),
            "unit": gold.unit == proposed.unit,
            "comparator": gold.comparator == proposed.comparator,
            "penalty": gold.penalty == proposed.penalty,
            "relation": self._same_relation(gold, proposed),
            "account_types": set(gold.account_types) == set(proposed.account_types),
            "violations": set(gold.violations) == set(proposed.violations),
        }
        return tuple(slot for slot, is_same in same.items() if not is_same)

    def _same_relation(self, gold: Figure, proposed: Figure) -> bool:
        """A gold relation names a quote; where that stands more than once, any of them is meant."""
        if gold.relation is None or proposed.relation is None:
            return gold.relation is proposed.relation
        quote, target = self.gold.figures[gold.relation[1]].quote, self.proposed.figures[proposed.relation[1]]
        meant = [figure for figure in self.gold.figures if figure.quote == quote]
        return gold.relation[0] == proposed.relation[0] and any(_overlap(figure, target) for figure in meant)

    def add_to(self, scores: Scores) -> None:
        """Count this text."""
        wrong = [(pair, set(self.differ(*pair))) for pair in self.seen]
        matched = [(pair, slots) for pair, slots in wrong if slots.isdisjoint(_MATCH)]
        whole = len(self.proposed.figures), len(self.gold.figures)
        scores.figures.add(len(matched), *whole)
        scores.full.add(sum(slots.isdisjoint(_FULL) for _, slots in matched), *whole)
        for name, score in scores.slots.items():
            among = wrong if name in _MATCH else matched
            score.add(sum(name not in slots for _, slots in among), len(among), len(among))
        for name in _SETS:
            for (gold, proposed), _ in matched:
                getattr(scores, name).compare(getattr(gold, name), getattr(proposed, name))
        for kind, sides in self._named().items():
            scores.mentions.compare(*sides)
            scores.kinds.setdefault(kind, Score()).compare(*sides)

    def _named(self) -> dict[str, Sides]:
        """What each side says that the whole text names, by kind; a period is one thing."""
        one, other = self.gold, self.proposed
        named: dict[str, Sides] = {kind: (sorted(given), sorted(other.mentions.get(kind, ()))) for kind, given in one.mentions.items()}
        period = [[side.period] if side.period and any(side.period) else [] for side in (one, other)]
        return named | {"period": (period[0], period[1])}

    def misses(self, text: str, first_line: int) -> Iterator[Miss]:
        """Everything that is not as in the gold, in the order of the text, mentions last."""
        figures: list[tuple[Figure, Figure | None, Figure | None]] = [(gold, gold, proposed) for gold, proposed in self.seen]
        figures += [(gold, gold, None) for gold in self.missed] + [(proposed, None, proposed) for proposed in self.spurious]
        for place, gold, proposed in sorted(figures, key=lambda figure: figure[0].start):
            differ = self.differ(gold, proposed) if gold and proposed else ()
            if differ or not (gold and proposed):
                line = first_line + self.gold.text.count("\n", 0, place.start)
                yield Miss(text, line, sentence(self.gold.text, place), record(gold, self.gold), record(proposed, self.proposed), differ)
        for kind, (of_gold, of_proposed) in self._named().items():
            if set(of_gold) != set(of_proposed):
                yield Miss(text, None, "", {kind: of_gold}, {kind: of_proposed}, (kind,))


def record(figure: Figure | None, whole: Extraction) -> dict[str, Any] | None:
    """The slots of a figure that a gold file has, for people to read and for JSON."""
    if figure is None:
        return None
    slots = ("quote", "value", "min", "max", "unit", "comparator", "penalty", "account_types", "violations")
    relation = {figure.relation[0]: whole.figures[figure.relation[1]].quote} if figure.relation else None
    return {slot: getattr(figure, slot) for slot in slots} | {"relation": relation}


def sentence(text: str, figure: Figure) -> str:
    """The sentence around a figure, or what stands near it in a very long one.

    >>> sentence("One. Two 2 posts here. Three.", Figure("2 posts", 9, 16, "2", 2, None, None, "exactly", "post", ""))
    'Two 2 posts here.'
    """
    near = max(0, figure.start - _NEAR)
    begin = max((end.end() for end in _SENTENCE_END.finditer(text, near, figure.start)), default=near)
    after = _SENTENCE_END.search(text, figure.end, figure.end + _NEAR)
    return text[begin : after.start() if after else figure.end + _NEAR].strip()


def _overlap(one: Figure, other: Figure) -> int:
    """How many code points two quotes share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _same_number(gold: Figure, proposed: Figure) -> bool:
    """Of equal value, or both without one and with equal bounds."""
    return gold.value == proposed.value and (gold.value is not None or (gold.min, gold.max) == (proposed.min, proposed.max))


def _matches(gold: Figure, proposed: Figure) -> bool:
    return _same_number(gold, proposed) and gold.unit == proposed.unit


def _in_order(figures: Sequence[Figure]) -> list[Figure]:
    """So that the same figures are matched in the same way whatever order they come in."""
    return sorted(figures, key=lambda figure: (figure.start, figure.end))


def _pairs(gold: Sequence[Figure], proposed: Sequence[Figure], fit: Callable[[Figure, Figure], bool]) -> tuple[list[Pair], Sides]:
    """As many pairs of overlapping figures that fit as there can be, of those the ones that share most; and what is left over."""
    import networkx as nx

    graph: nx.Graph[tuple[int, int]] = nx.Graph()
    for i, one in enumerate(gold):
        shares = [(j, _overlap(one, other)) for j, other in enumerate(proposed) if fit(one, other)]
        graph.add_weighted_edges_from(((0, i), (1, j), share) for j, share in shares if share)
    chosen = dict(sorted(tuple(sorted(pair)) for pair in nx.max_weight_matching(graph, maxcardinality=True)))
    pairs = [(gold[i], proposed[j]) for (_, i), (_, j) in chosen.items()]
    left = [one for i, one in enumerate(gold) if (0, i) not in chosen]
    return pairs, (left, [other for j, other in enumerate(proposed) if (1, j) not in chosen.values()])


def compare(gold: Extraction, proposed: Extraction) -> Comparison:
    """Match the figures of two extractions, each at most once; then those left over that stand in one place.

    >>> a = Figure("10 posts", 0, 8, "10", 10, None, None, "exactly", "post", "content-removal")
    >>> compare(Extraction("10 posts", "en", (a,)), Extraction("10 posts", "en")).missed == (a,)
    True
    """
    matched, left = _pairs(_in_order(gold.figures), _in_order(proposed.figures), _matches)
    wrong, (missed, spurious) = _pairs(*left, lambda _, __: True)
    return Comparison(gold, proposed, (*matched, *wrong), tuple(missed), tuple(spurious))
