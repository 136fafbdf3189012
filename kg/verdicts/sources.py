"""What one source tells as a whole: how it relates its figures, where it contradicts itself, and what it leaves out or adds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

from kg.verdicts.arithmetic import value_kinds
from kg.verdicts.verdict import Verdict
from kg.verdicts.world import Record, World, agree


def on_source(source: str, world: World) -> Iterator[Verdict]:
    """Every verdict that takes more than one claim of a source."""
    yield from _relations(source, world)
    yield from _contradictions(source, world)
    yield from _absences(source, world)


def _relations(source: str, world: World) -> Iterator[Verdict]:
    """The reference's part-of, as the source tells the same two measures."""
    told: dict[str, list[Record]] = {}
    for claim in world.by_source[source]:
        if claim.figure and claim.one("subject") in world.measures:
            told.setdefault(claim.one("subject"), []).append(claim)
    for part, claims in told.items():
        reference = world.reference(part, "text", claims[0])
        if reference is None or reference.one("source") == source:
            continue
        for whole in reference.all("partOf"):
            yield from _relation(source, part, whole, claims, told.get(whole, []), reference)
    # A whole that the source tells as besides its part, with no figure of the part itself, is told wrongly all the same.
    for whole, claims in told.items():
        for claim in claims:
            for part in claim.all("besides"):
                reference = world.reference(part, "text", claim)
                if part not in told and reference and reference.one("source") != source and whole in reference.all("partOf"):
                    yield Verdict(source, whole, claim.iri, "partOf", "relation-differs", reference.iri, part, part)


def _relation(source: str, part: str, whole: str, of_part: list[Record], of_whole: list[Record], reference: Record) -> Iterator[Verdict]:
    stated = False
    for claim, other in [(c, whole) for c in of_part] + [(c, part) for c in of_whole]:
        if other in claim.all("partOf") and other == whole:
            stated = True
            yield Verdict(source, claim.one("subject"), claim.iri, "partOf", "same", reference.iri)
        elif other in claim.all("besides"):
            stated = True
            yield Verdict(source, claim.one("subject"), claim.iri, "partOf", "relation-differs", reference.iri, other, part)
    if not stated and of_whole:
        first = min(of_part, key=lambda claim: claim.iri)
        yield Verdict(source, part, first.iri, "partOf", "relation-dropped", reference.iri, whole, part)


def _contradictions(source: str, world: World) -> Iterator[Verdict]:
    """Two figures of one source for one measure that exclude each other; a part above its whole."""
    figures = [claim for claim in world.by_source[source] if claim.figure and claim.one("subject") in world.measures]
    told: dict[str, list[Record]] = {}
    for claim in figures:
        told.setdefault(claim.one("subject"), []).append(claim)
    for subject, claims in told.items():
        for one, other in combinations(claims, 2):
            if _excluded(one, other):
                for a, b in permutations((one, other)):
                    yield Verdict(source, subject, a.iri, "value", "self-contradiction", b.iri, given=b.iri)
    for claim in figures:
        for whole in claim.all("partOf"):
            for other in told.get(whole, ()):
                low, high = _lowest(claim), _highest(other)
                if low is not None and high is not None and low > high:
                    yield Verdict(source, claim.one("subject"), claim.iri, "value", "self-contradiction", other.iri, given=other.iri)


def _excluded(one: Record, other: Record) -> bool:
    a, b = one.figure, other.figure
    if a is None or b is None or one.one("unit") != other.one("unit"):
        return False
    if not all(agree(one.one(end), other.one(end)) for end in ("from", "to")):
        return False  # two figures of two periods
    return "value-differs" in value_kinds(a, b) and "value-differs" in value_kinds(b, a)


def _lowest(claim: Record) -> int | None:
    figure = claim.figure
    return None if figure is None or figure.comparator in ("about", "under", "at-most") else figure.min or figure.value


def _highest(claim: Record) -> int | None:
    figure = claim.figure
    return None if figure is None or figure.comparator in ("about", "over", "at-least") else figure.max or figure.value


def _absences(source: str, world: World) -> Iterator[Verdict]:
    """What a source that was read whole does not tell, and what it adds to primary sources that were read whole."""
    if source in world.trusted:
        return
    claims = world.by_source[source]
    complete = world.sources[source].code("coverage") == "complete"
    told = {claim.one("subject") for claim in claims} | {merged for claim in claims for merged in claim.all("merges")}
    for campaign in sorted({world.campaign(claim.one("subject")) for claim in claims if claim.one("subject") in world.measures}):
        mine = [claim for claim in claims if world.campaign(claim.one("subject")) == campaign]
        last = max(mine, key=lambda claim: claim.one("saidLatest"))  # the source is held against what was known when it spoke
        period = world.reference(campaign, "from", last) or world.reference(campaign, "to", last)
        if complete and period and not any(claim.one("from") or claim.one("to") for claim in mine):
            yield Verdict(source, campaign, "", "from", "period-dropped", period.iri)
        for measure in world.by_campaign[campaign] if complete else ():
            if measure not in told and (reference := world.reference(measure, "text", last)):
                yield Verdict(source, measure, "", "text", "omitted", reference.iri)
        for claim in mine if campaign in world.read_whole else ():
            if claim.figure and claim.one("subject") in world.measures and not world.reference(claim.one("subject"), "text"):
                yield Verdict(source, claim.one("subject"), claim.iri, "text", "added")
