"""Which counted thing a figure goes back to: how well what two claims tell fits together, and the measure that fits best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from kg.extraction.model import Figure
from kg.extraction.proposals.nearness import Numbers
from kg.extraction.proposals.sources import Known, Names, slug
from kg.verdicts.arithmetic import Figure as Number
from kg.verdicts.arithmetic import value_kinds
from kg.verdicts.world import Record, agree

Above = Mapping[str, frozenset[str]]

LEAST = 6  # what a fit must weigh to be proposed: three slots that are equal, or an equal number and two slots
_OTHER, _BOUND = frozenset({"value-differs"}), frozenset({"vaguer"})  # kinds of verdict
_APART = 2  # figures of one thing differ by less than this factor, however they were rounded


@dataclass(frozen=True, slots=True)
class Told:
    """What a claim tells of the thing that it counts; codes and things are IRIs without the base."""

    number: Number
    unit: str
    penalty: str
    account_types: frozenset[str]
    violations: frozenset[str]
    platforms: frozenset[str]
    period: tuple[str, str]

    @classmethod
    def of_figure(cls, figure: Figure) -> Told:
        """What a figure of a text tells."""
        start, end = figure.period or (None, None)
        return cls(
            Number(figure.words, figure.value, figure.comparator, figure.min, figure.max),
            f"unit/{figure.unit}", f"penalty/{figure.penalty}",
            _named("account-type", figure.account_types), _named("violation", figure.violations), _named("platform", figure.platforms),
            (start or "", end or ""),
        )  # fmt: skip

    @classmethod
    def of_record(cls, claim: Record) -> Told | None:
        """What a claim of the graph tells, None where it gives no figure."""
        if claim.figure is None:
            return None
        types, violations, platforms = (frozenset(claim.all(name)) for name in ("accountType", "violation", "platform"))
        period = (claim.one("from"), claim.one("to"))
        return cls(claim.figure, claim.one("unit"), claim.one("penalty"), types, violations, platforms, period)


def _named(scheme: str, codes: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{scheme}/{code}" for code in codes)


def fit(mine: Told, theirs: Told, above: Above, one_source: bool = False) -> int:
    """How well two claims fit one measure; below ``LEAST`` they do not. ``one_source``: both stand in one text.

    The number weighs most; then penalty and kinds of account, whose codes may also stand one above the other.

    >>> a = Told(Number("67,000", 67_000, "exactly"), "unit/account", "penalty/x", *[frozenset()] * 3, ("", ""))
    >>> b = Told(Number("over 66,600", 66_600, "over", 66_600), "unit/account", "penalty/x", *[frozenset()] * 3, ("", ""))
    >>> fit(a, b, {}), fit(a, b, {}, one_source=True)
    (10, 10)
    """
    near = _near(mine.number, theirs.number)
    elsewhere = mine.platforms and theirs.platforms and not _related(mine.platforms, theirs.platforms, above)
    if not near or elsewhere or not _related({mine.unit}, {theirs.unit}, above):
        return 0
    agreeing = _agreeing(mine.number, theirs.number)
    same_time = all(agree(a, b) for a, b in zip(mine.period, theirs.period, strict=True))
    vague = mine.number.value is None or theirs.number.value is None
    if not agreeing and (one_source or vague):
        return 0
    if one_source and not same_time:
        return 0  # one text tells two figures of one thing only where it restates the first
    return (
        (1 if vague else 4 if agreeing else 0)
        + (0 if same_time else -3)
        + (mine.unit == theirs.unit)
        + _weight({mine.penalty}, {theirs.penalty}, above, equal=3, related=0, apart=-4)
        + _weight(mine.account_types, theirs.account_types, above, equal=3, related=1, apart=-4)
        + _weight(mine.violations, theirs.violations, above, equal=2, related=1, apart=-1)
    )


def _weight(mine: Set[str], theirs: Set[str], above: Above, *, equal: int, related: int, apart: int) -> int:
    if mine == theirs:
        return equal if mine else 1
    if not mine or not theirs:
        return -1
    return related if _related(mine, theirs, above) else apart


def _related(mine: Iterable[str], theirs: Iterable[str], above: Above) -> bool:
    """Whether a value of the one is, or stands above or below, a value of the other."""
    others = set(theirs)
    return any(a == b or b in above.get(a, ()) or a in above.get(b, ()) for a in mine for b in others)


def _agreeing(mine: Number, theirs: Number) -> bool:
    """Whether one number can be the other retold. A mere bound ("over 100,000") is the other only as a range of order words."""
    ranges = mine.value is None or theirs.value is None
    try:
        return not any(value_kinds(a, b) & (_OTHER if ranges else _OTHER | _BOUND) for a, b in ((mine, theirs), (theirs, mine)))
    except ValueError:  # words whose digits cannot state the value
        return mine.value == theirs.value


def _near(mine: Number, theirs: Number) -> bool:
    """Whether two values can be one thing's, however they were rounded; with a range it is the range that decides."""
    if mine.value is None or theirs.value is None:
        return True
    return mine.value == theirs.value or max(mine.value, theirs.value) < _APART * min(mine.value, theirs.value)


@dataclass
class Subjects:
    """The measures that the figures of one text go back to, chosen among those of ``campaign`` and those told before.

    ``chosen``: by the figure's index; ``new``: measures that are not there yet, with the figure that each was made for.
    """

    known: Known
    source: str
    campaign: str
    figures: Mapping[int, Figure]
    chosen: dict[int, str]
    new: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._told = {number: Told.of_figure(figure) for number, figure in self.figures.items()}
        self._here: dict[str, set[Told]] = {}
        self._numbers = Numbers()
        self._graphs = set(self.known.world.by_campaign.get(self.campaign, ()))
        self._names = Names(self._graphs | set(self.chosen.values()))
        self._wholes: dict[str, set[str]] = {}
        for number, subject in self.chosen.items():
            self._tell(number, subject)
        for number in sorted(self.figures, key=lambda n: (self.figures[n].relation is not None, n)):  # wholes before their parts
            if number not in self.chosen:
                self.chosen[number] = self._choose(number)
                self._tell(number, self.chosen[number])

    def _tell(self, number: int, subject: str) -> None:
        """Note that a measure is told with a figure."""
        here, told = self._here.setdefault(subject, set()), self._told[number]
        if told not in here:
            here.add(told)
            self._numbers.add(told.number, subject)

    def _choose(self, number: int) -> str:
        relation = self.figures[number].relation
        other = self.chosen.get(relation[1]) if relation else None
        weights = {iri: self._weight(number, iri) for iri in self._candidates(number) if iri != other}
        best = min(weights, key=lambda iri: (-weights[iri], iri), default="")
        if best and weights[best] >= LEAST:
            return best
        name = self._names.free(self._name(self.figures[number]))
        self.new[name] = number
        return name

    def _name(self, figure: Figure) -> str:
        """What a new measure is called: by its codes, and by its source where others write into the same campaign."""
        campaign, source = self.campaign.removeprefix("campaign/"), self.source.removeprefix("source/")
        codes = [figure.penalty, figure.unit, *figure.account_types, *figure.violations]
        return f"measure/{campaign}/{'' if campaign == source else source + '-'}{slug(' '.join(codes))}"

    def _candidates(self, number: int) -> set[str]:
        """The campaign's measures that this text has not told yet, and those that it tells with a number like this figure's."""
        return (self._graphs - self._here.keys()) | self._numbers.near(self._told[number].number)

    def _weight(self, number: int, measure: str) -> int:
        """How well the figure fits a measure: as others tell it, unless this text tells it with another number."""
        mine = self._told[number]
        here = [fit(mine, each, self.known.world.above, one_source=True) for each in self._here.get(measure, ())]
        if here and max(here) < LEAST:
            return 0
        return max([0, *here, *(fit(mine, each, self.known.world.above) for each in self._elsewhere(measure))])

    def _elsewhere(self, measure: str) -> list[Told]:
        """What the graph's claims about a measure tell."""
        if measure not in self.known.world.by_subject:
            return []
        if measure not in self.known.told:
            told = map(Told.of_record, self.known.world.by_subject[measure])
            self.known.told[measure] = [each for each in told if each]
        found: list[Told] = self.known.told[measure]
        return found

    def other_number(self, number: int) -> str:
        """The number that others tell the figure's measure with, where none of them agrees with it; else ''."""
        theirs = self._elsewhere(self.chosen[number])
        return theirs[0].number.text if theirs and not any(_agreeing(self._told[number].number, each.number) for each in theirs) else ""

    def relation(self, number: int) -> tuple[str, str] | None:
        """The relation that the words state and the measure they state it to; None where it is the figure's own.

        A part that would hold itself, by way of others, is none.
        """
        kind, other = self.figures[number].relation or ("", -1)
        mine, theirs = self.chosen[number], self.chosen.get(other, "")
        if not theirs or mine == theirs:
            return None
        if kind == "besides":
            return kind, theirs
        if mine in self._above(theirs):
            return None
        self._wholes.setdefault(mine, set()).add(theirs)
        return "partOf", theirs

    def _above(self, measure: str) -> set[str]:
        """The measures that ``measure`` is part of, by what the graph and this text say."""
        found: set[str] = set()
        queue = [measure]
        while queue:
            each = queue.pop()
            told = {whole for claim in self.known.world.by_subject.get(each, ()) for whole in claim.all("partOf")}
            new = (told | self._wholes.get(each, set())) - found
            found |= new
            queue += new
        return found
