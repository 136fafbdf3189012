"""Each property's verdicts on one claim: figures by arithmetic, concepts by hierarchy, periods by their dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.verdicts.arithmetic import value_kinds
from kg.verdicts.sources import on_source
from kg.verdicts.verdict import Verdict, in_order, kebab
from kg.verdicts.world import Record, World, agree

_HIERARCHIES = ("penalty", "accountType", "violation", "unit", "platform")
_CAMPAIGN_LISTS = ("platform", "partner")


def judge(world: World) -> list[Verdict]:
    """Every verdict on the world's claims, sorted; a reference is not held against itself."""
    found: set[Verdict] = set()
    for subject, claims in world.by_subject.items():
        if world.campaign(subject):
            for claim in claims:
                found.update(_on_claim(claim, subject, world))
    for source in world.by_source:
        found.update(on_source(source, world))
    return in_order(found)


def _on_claim(claim: Record, subject: str, world: World) -> Iterator[Verdict]:
    if subject in world.measures and claim.figure:
        yield from _on_figure(claim, subject, world)
    for name in _CAMPAIGN_LISTS if subject in world.campaigns else ():
        reference = world.reference(subject, name, claim)
        if reference and reference is not claim:
            yield from _values(claim, reference, name, world)
    yield from _period(claim, subject, world)
    for merged in claim.all("merges"):
        against = _iri(world.reference(subject, "text", claim))
        yield Verdict(claim.one("source"), subject, claim.iri, "merges", "merged", against, given=merged)


def _iri(record: Record | None) -> str:
    return record.iri if record else ""


def _on_figure(claim: Record, subject: str, world: World) -> Iterator[Verdict]:
    reference = world.reference(subject, "text", claim)
    if reference is None:
        yield Verdict(claim.one("source"), subject, claim.iri, "value", "no-reference")
        return
    if reference is claim:
        return
    mine, theirs = claim.figure, reference.figure
    for kind in value_kinds(mine, theirs) if mine and theirs else ():
        yield Verdict(claim.one("source"), subject, claim.iri, "value", kind, reference.iri)
    for name in _HIERARCHIES:
        yield from _values(claim, reference, name, world)
    yield from _scope(claim, reference, subject, world)


def _values(claim: Record, reference: Record, name: str, world: World) -> Iterator[Verdict]:
    """A property's values by hierarchy: one verdict a differing value, else one ``same``; an absent property gives none."""
    given, expected = claim.all(name), reference.all(name)
    if not given or not expected:
        return
    open_ = [value for value in expected if not _covered(value, given, world)]
    differing = [(value, *_placed(value, expected, open_, world)) for value in given if value not in expected]
    found = [(f"{kebab(name)}-{how}", value, other) for value, how, other in differing]
    if world.sources[claim.one("source")].code("coverage") == "complete":  # what a part of a text lacks, the rest may give
        told = {other for _, _, other in differing}
        found += [(f"{kebab(name)}-dropped", "", value) for value in open_ if value not in told]
    for kind, value, other in found or [("same", "", "")]:
        yield Verdict(claim.one("source"), claim.one("subject"), claim.iri, name, kind, reference.iri, value, other)


def _placed(value: str, expected: Sequence[str], open_: Sequence[str], world: World) -> tuple[str, str]:
    """How a value stands to those expected, and to which: by hierarchy, else to one that nothing else covers."""
    below = [other for other in expected if value in world.above.get(other, ())]
    for how, near in (("narrowed", world.above.get(value, ())), ("widened", below), ("dropped", world.related.get(value, ()))):
        for other in expected:
            if other in near:
                return how, other
    return "differs", (open_ or expected)[0]


def _covered(value: str, given: Iterable[str], world: World) -> bool:
    near = {value} | world.above.get(value, frozenset())
    return any(g in near or value in world.above.get(g, ()) or value in world.related.get(g, ()) for g in given)


def _scope(claim: Record, reference: Record, subject: str, world: World) -> Iterator[Verdict]:
    """A penalty listed of all that the reference lists only of a smaller measure of the campaign."""
    total = reference.figure.value if reference.figure else None
    for code in claim.all("including"):
        if total is None or code in reference.all("including"):
            continue
        for other in world.by_campaign[world.campaign(subject)]:
            smaller = world.reference(other, "text", claim)
            if smaller and code in smaller.all("including") and smaller.figure and (smaller.figure.value or total) < total:
                yield Verdict(claim.one("source"), subject, claim.iri, "including", "scope-widened", smaller.iri, code, other)
                break


def _period(claim: Record, subject: str, world: World) -> Iterator[Verdict]:
    """The claim's period against its reference's own, else against the campaign's."""
    against, differs = "", False
    for name in ("from", "to"):
        mine = claim.one(name)
        reference = world.reference(subject, name, claim) or world.reference(world.campaign(subject), name, claim)
        if mine and reference and reference is not claim:
            against, theirs = reference.iri, reference.one(name)
            differs = differs or not agree(mine, theirs)
    if against:
        yield Verdict(claim.one("source"), subject, claim.iri, "from", "period-differs" if differs else "same", against)
