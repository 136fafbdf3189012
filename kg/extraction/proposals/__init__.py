"""An extraction as a facts document: every figure a proposed claim with its evidence, for a person to review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg import pages
from kg.errors import QueryError, nearest
from kg.extraction.model import Extraction, Figure
from kg.extraction.proposals import claims
from kg.extraction.proposals.claims import LeftOut, Selector
from kg.extraction.proposals.sources import Known, Names, head
from kg.extraction.proposals.subjects import Subjects
from kg.verdicts.world import Record
from kg.vocabulary import Vocabulary

LANGUAGES = ("en", "zh")  # in which every thing has a label
Note = tuple[str, str]  # what kind of remark (fill in, look, new, known), and its words


@dataclass(slots=True)
class Proposal:
    """A proposed facts ``document``, the new ``campaign`` that it needs if any, and remarks for the person who reviews it.

    ``notes`` belong to the source (''), to a claim by its key, or to a measure by its id. ``figures`` tells by a claim's
    key which figure of the extraction it is; ``left_out`` are those that no document can hold.
    """

    document: dict[str, Any]
    campaign: dict[str, Any] | None = None
    notes: dict[str, list[Note]] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    def note(self, about: str, kind: str, *texts: str) -> None:
        """Add remarks of one kind."""
        if texts:
            self.notes.setdefault(about, []).extend((kind, text) for text in texts)


def campaign_named(name: str, known: Known) -> str:
    """The id of the campaign ``name`` (with or without 'campaign/'); raises QueryError naming the nearest.

    >>> campaign_named("cac-2021", Known(graph))
    'campaign/cac-2021'
    """
    for candidate in (name, f"campaign/{name}"):
        if candidate in known.world.campaigns:
            return candidate
    names = [iri.removeprefix("campaign/") for iri in known.world.campaigns]
    raise QueryError(f"there is no campaign '{name}'; {nearest(name, names)}; without --campaign a new one is proposed")


def propose(
    extraction: Extraction,
    given: Mapping[str, Any],
    known: Known,
    vocabulary: Vocabulary,
    *,
    name: str = "",
    is_named: bool = False,
    campaign: str = "",
    selector: Selector = lambda _: "",
) -> Proposal:
    """What ``extraction`` found, as a document that ``kg build`` takes once a person has reviewed it.

    ``given``: keys of the source; ``name``: what it is called in place of publisher and date, even where the graph has its
    text by another name if it ``is_named`` so by itself; ``campaign``: id of the one whose measures the figures may be
    about; ``selector``: where in the source's file an offset stands.

    >>> from kg.vocabulary import vocabulary
    >>> text = Extraction("They shut nearly 930,000 accounts.", "en")
    >>> propose(text, {"publisher": "The Paper", "published": 2024}, Known(graph), vocabulary()).document["id"]
    'source/the-paper-2024'
    """
    found, doubts = head(given, extraction.text, extraction.language, name, known, is_named=is_named)
    made = Proposal(found)
    made.note("", "look", *doubts)
    made.left_out = list(filter(None, map(claims.left_out, extraction.figures)))
    gone = {id(each.figure) for each in made.left_out}
    figures = {n: figure for n, figure in enumerate(extraction.figures) if id(figure) not in gone}
    already = claims.same_claims(figures, known.world.by_source.get(made.document["id"], ()))
    subjects = Subjects(
        known,
        made.document["id"],
        campaign or _campaign(already, made.document["id"], known),
        figures,
        {number: claim.one("subject") for number, claim in already.items()},
    )
    _things(made, subjects, known)
    made.document["claims"] = []
    for number, key in _keys(figures, already).items():
        evidence = claims.evidence(figures[number], extraction, known, selector)
        made.document["claims"].append(_claim(key, number, extraction, subjects, vocabulary, made) | {"evidence": evidence})
        made.figures[key] = number
        if other := subjects.other_number(number):
            made.note(key, "look", f"others tell this measure with another number, '{other}'")
        if claim := already.get(number):
            made.note(key, "known", f"{claim.iri} is in the graph already")
            made.note(key, "look", *claims.differences(figures[number], claim))
    made.note("", "fill in", *(what for key, what in needed("en").items() if key not in made.document))
    if rest := len(known.world.by_source.get(made.document["id"], ())) - len(already):
        made.note("", "known", f"the graph has more claims of this source, {rest} of them; keep them, they are not said again here")
    made.note("", "left out", *(each.reason for each in made.left_out))
    return made


def needed(language: str) -> dict[str, str]:
    """Keys of a source that nobody can derive, and what to write; without them 'kg check' refuses the document.

    >>> needed("en")["publisher"]
    'publisher, the name of who published it'
    """
    found: dict[str, str] = pages.interface(language)[1]["article"]["needed"]
    return found


def _campaign(already: Mapping[int, Record], source: str, known: Known) -> str:
    """The campaign that the source's known claims are about, else a new one named after the source."""
    told = Counter(filter(None, (known.world.campaign(claim.one("subject")) for claim in already.values())))
    return told.most_common(1)[0][0] if told else "campaign/" + source.removeprefix("source/")


def _keys(figures: Mapping[int, Figure], already: Mapping[int, Record]) -> dict[int, str]:
    """Keys of claims that the graph has as they are; others from what is claimed, with -2 where that was claimed before."""
    names = Names(claim.iri.rpartition("/")[2] for claim in already.values())
    found = {}
    for number, figure in figures.items():
        known = already.get(number)
        found[number] = known.iri.rpartition("/")[2] if known else names.free(claims.key_words(figure))
    return found


def _things(made: Proposal, subjects: Subjects, known: Known) -> None:
    """The new measures, and the campaign where that is new too."""
    measures = []
    for iri, number in subjects.new.items():
        figure = subjects.figures[number]
        codes = [f"penalty/{figure.penalty}", f"unit/{figure.unit}"]
        codes += [f"account-type/{code}" for code in figure.account_types] + [f"violation/{code}" for code in figure.violations]
        label = {language: ", ".join(map(words.label, codes)) for language, words in known.labels.items()}
        measures.append({"id": iri, "label": label})
        made.note(iri, "new", f"no measure of the campaign fits '{figure.words}'; name it better, or take another subject")
    if not measures:
        return
    made.document["measures"] = measures
    if subjects.campaign not in known.world.campaigns:
        who = made.document.get("publisher") or made.document["id"].removeprefix("source/")
        made.campaign = {"id": subjects.campaign, "type": "Campaign", "label": campaign_labels(who)}


def campaign_labels(who: str) -> dict[str, str]:
    """What a campaign is called until a person names it.

    >>> campaign_labels("The Paper")["en"]
    'What The Paper reports'
    """
    return {language: pages.interface(language)[1]["article"]["campaign"].format(who) for language in LANGUAGES}


def _claim(key: str, number: int, extraction: Extraction, subjects: Subjects, vocabulary: Vocabulary, made: Proposal) -> dict[str, Any]:
    figure = extraction.figures[number]
    claim: dict[str, Any] = {"key": key, "subject": subjects.chosen[number]} | claims.slots(figure, extraction)
    relation = subjects.relation(number)
    if relation:
        claim[relation[0]] = relation[1]
    fault = claims.fault(figure, vocabulary)
    made.note(key, "look", *(doubt for doubt in figure.doubts if not fault or not doubt.startswith(fault)))
    if fault:
        claim["statement"] = f"The source gives a number that cannot be read: {fault}."
        made.note(key, "look", fault)
    else:
        claim["figure"] = claims.number(figure)
        if figure.scale:
            claim["statement"] = f"The number stands in a table whose head multiplies it: '{figure.scale}'."
            made.note(key, "look", f"multiplied by what stands above it, '{figure.scale}'")
    if figure.relation and not relation:
        made.note(key, "look", f"the text relates it to '{extraction.figures[figure.relation[1]].words}', which has the same subject here")
    return {name: _plain(value) for name, value in claim.items() if value not in ([], "")}


def _plain(value: Any) -> Any:
    """A list of one as its item."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value
