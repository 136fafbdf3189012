"""Who says what, and who changed it on the way: the claims about one campaign, source by source, with their verdicts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg import dates, verdicts
from kg.columns import without_rows
from kg.errors import QueryError, nearest
from kg.graph import Graph
from kg.verdicts import Verdict, World
from kg.verdicts.known import Known
from kg.verdicts.words import Kind, Words
from kg.verdicts.world import Record

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Finding:
    """One verdict as a reader sees it: the rule's kind, a person's judgement over it, and the sentence that tells it."""

    verdict: str
    property: str
    kind: str
    rule: str
    reason: str
    author: str
    sentence: str
    given: str
    expected: str
    reference: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source says of one measure (or campaign), or that it is silent: then ``claim`` and ``text`` are ''.

    ``verdicts``: codes of the kinds, judgements before rules; ``faithful``: whether all of them are, None where there
    is nothing to hold it against. ``details``: each verdict with its sentence. IRIs stand without the base.
    """

    source: str
    publisher: str
    measure: str
    label: str
    claim: str
    text: str
    value: int | None
    unit: str
    quote: str
    gloss: str
    said: str
    url: str
    archive: str
    is_reference: bool
    verdicts: tuple[str, ...]
    faithful: bool | None
    details: tuple[Finding, ...]


class Comparison(Sequence[Cell]):
    """The cells of a campaign, in the order of measures and sources; and what a page needs beside them."""

    def __init__(self, campaign: str, cells: Sequence[Cell], words: Words, world: World, as_of: str = "") -> None:
        self.campaign, self._cells, self.words, self.world, self.as_of = campaign, cells, words, world, as_of

    def __getitem__(self, index: Any) -> Any:
        return self._cells[index]

    def __len__(self) -> int:
        return len(self._cells)

    def __iter__(self) -> Iterator[Cell]:
        return iter(self._cells)

    def of(self, source: str) -> Comparison:
        """What one source says."""
        return Comparison(self.campaign, [cell for cell in self if cell.source == source], self.words, self.world, self.as_of)

    @property
    def title(self) -> str:
        """The campaign's label."""
        return self.words.label(self.campaign)

    @property
    def kinds(self) -> dict[str, Kind]:
        """The kinds of verdict, by code."""
        return self.words.kinds

    def sentences(self, severity: int = 3) -> list[str]:
        """One sentence a reader can quote for each difference of at least this severity, the gravest kinds first."""
        told = [(self.kinds[finding.kind], cell, finding) for cell in self for finding in cell.details]
        grave = [(kind, cell, finding) for kind, cell, finding in told if kind.severity >= severity and finding.sentence]
        grave.sort(key=lambda each: (-each[0].severity, each[0].order, each[1].publisher))
        # Two claims of one source that contradict each other do so once.
        once = {(finding.kind, frozenset({cell.claim, finding.given or finding.verdict})): finding for _, cell, finding in reversed(grave)}
        return list({finding.sentence.casefold(): finding.sentence for finding in once.values()}.values())[::-1]

    def tally(self, name: str) -> dict[str, tuple[int, int]]:
        """Faithful figures and figures that can be compared, by ``source`` or by ``measure``."""
        counts: dict[str, tuple[int, int]] = {}
        for cell in self:
            if cell.claim and cell.faithful is not None:
                faithful, all_ = counts.get(getattr(cell, name), (0, 0))
                counts[getattr(cell, name)] = (faithful + cell.faithful, all_ + 1)
        return counts

    def rows(self) -> list[dict[str, Any]]:
        """The cells as plain mappings, for JSON and tables."""
        return [asdict(cell) | {"verdicts": list(cell.verdicts), "details": [asdict(d) for d in cell.details]} for cell in self]

    def to_pandas(self) -> pandas.DataFrame:
        """The cells as a pandas DataFrame, where pandas is installed; verdicts joined by '; '."""
        import pandas

        return pandas.DataFrame([row | {"verdicts": "; ".join(row["verdicts"])} for row in self.rows()])


def _known(name: str, known: Collection[str], what: str) -> str:
    """``name`` with or without its kind before it; raises QueryError naming the nearest."""
    for candidate in (name, f"{what}/{name}", *(k for k in known if k.endswith("/" + name))):
        if candidate in known:
            return candidate
    raise QueryError(f"there is no {what} '{name}'; {nearest(name, [each.rpartition('/')[2] for each in known])}")


def compare(
    graph: Graph,
    campaign: str,
    reference: str | None = None,
    measures: Collection[str] = (),
    sources: Collection[str] = (),
    as_of: str | None = None,
    language: str = "en",
    known: Known | None = None,
) -> Comparison:
    """Every claim about ``campaign`` and its measures with its verdicts, and what complete sources leave out.

    Against the default references the verdicts are those of the graph; against another ``reference`` (a source), or as
    known on a day (``as_of``, EDTF), they are computed by the same rules. A data set's rows are about themselves, so that
    nothing is held against them: they are left out. ``known``: what was read of the graph before, for those who compare
    more than once. Raises QueryError for an unknown name or date.

    >>> found = compare(graph, "cac-self-media-2023", sources=["dqindia-2023"], measures=["closures"])
    >>> [(cell.text, cell.verdicts) for cell in found]
    [('67,000', ('rounded', 'same')), ('67,000', ('rounded', 'same'))]
    """
    try:
        day = dates.bounds(as_of)[1].isoformat() if as_of else None
    except ValueError as error:
        raise QueryError(f"--as-of: {error}") from None
    facts = without_rows(graph)
    known = known if known and facts is graph else Known(facts.store)
    world = known.world
    chosen = _known(campaign, world.campaigns, "campaign")
    if reference or day:
        world = verdicts.read(facts.store, _known(reference, world.sources, "source") if reference else None, day)
    found = verdicts.judge(world) if reference or day else known.verdicts
    of_campaign = {iri for iri in [chosen, *world.measures] if world.campaign(iri) == chosen}
    wanted = {_known(name, of_campaign, "measure") for name in measures} or of_campaign
    tellers = {_known(name, world.sources, "source") for name in sources} or set(world.sources)
    words = known.words(language)
    cells = _cells(world, found, words, known.judged, wanted, tellers)
    return Comparison(chosen, sorted(cells, key=lambda cell: _order(cell, world)), words, world, as_of or "")


def _order(cell: Cell, world: World) -> tuple[Any, ...]:
    claim = world.reference(cell.measure, "text")
    size = claim.figure.value or 0 if claim and claim.figure else 0
    role = world.sources[cell.source].code("role")
    return (-size, cell.measure, role, cell.publisher, cell.source, cell.claim)


def _cells(
    world: World, found: Sequence[Verdict], words: Words, judged: dict[str, Record], wanted: set[str], tellers: set[str]
) -> Iterator[Cell]:
    by_claim: dict[tuple[str, str, str], list[Verdict]] = {}
    for verdict in found:
        if verdict.subject in wanted and verdict.source in tellers:
            by_claim.setdefault((verdict.source, verdict.subject, verdict.claim), []).append(verdict)
    for claim in world.claims.values():
        key = (claim.one("source"), claim.one("subject"), claim.iri)
        if key[1] in wanted and key[0] in tellers and key[1] != claim.iri:
            by_claim.setdefault(key, [])
    for (source, subject, claim_iri), own in by_claim.items():
        yield _cell(source, subject, world.claims.get(claim_iri), own, world, words, judged)


def _cell(
    source: str, subject: str, claim: Record | None, own: list[Verdict], world: World, words: Words, judged: dict[str, Record]
) -> Cell:
    details = tuple(_finding(verdict, words, world, judged) for verdict in own)
    kinds = sorted({detail.kind for detail in details}, key=lambda code: words.kinds[code].order if code != "same" else 9999)
    about = [words.kinds[code] for code in kinds if code != "no-reference"]
    get = claim.one if claim else lambda _: ""
    teller = world.sources[source]
    return Cell(
        source, teller.one("publisher"), subject, words.label(subject), get("iri") or (claim.iri if claim else ""),
        get("text"), int(get("value")) if get("value") else None, words.label(get("unit")) if get("unit") else "",
        get("quote"), get("gloss"), get("said"), get("url") or teller.one("url"), teller.one("archive"),
        claim is not None and world.reference(subject, "text") is claim, tuple(kinds),
        all(kind.faithful for kind in about) if about and claim and claim.figure else None, details,
    )  # fmt: skip


def _finding(verdict: Verdict, words: Words, world: World, judged: dict[str, Record]) -> Finding:
    iri = verdict.iri
    judgement = judged.get(iri)
    kind = judgement.code("kind") if judgement else verdict.kind
    return Finding(
        iri, verdict.aspect, kind, verdict.kind, judgement.one("reason") if judgement else "",
        judgement.one("author") if judgement else "", words.sentence(verdict, world, kind), verdict.given, verdict.expected,
        verdict.reference,
    )  # fmt: skip
