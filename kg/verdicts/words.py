"""Labels of things in a language, figures in words, and the sentences by which verdicts are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from kg.verdicts.verdict import Verdict
from kg.verdicts.world import Record, World
from kg.vocabulary import BASE, ENF

_LABELS = ("http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel")
_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of verdict, as the ontology describes it: label and sentence in one language, sign, colour, weight."""

    code: str
    label: str
    definition: str
    sentence: str
    icon: str
    colour: str
    faithful: bool
    severity: int
    order: int


@dataclass
class Words:
    """The words of a graph in one language (BCP 47), English where it has none."""

    store: ox.Store
    language: str
    _told: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)  # a reference is told of in thousands of verdicts

    @cached_property
    def labels(self) -> dict[str, str]:
        """Labels by IRI without the base."""
        return self._texts(*_LABELS)

    def _texts(self, *predicates: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for predicate in predicates:
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
                language = getattr(quad.object, "language", None)
                iri = quad.subject.value.removeprefix(BASE)  # type: ignore[union-attr]
                if language == self.language or (language == _FALLBACK and iri not in found):
                    found[iri] = quad.object.value  # type: ignore[union-attr]
        return found

    def label(self, iri: str) -> str:
        """The label of a thing, or its name where it has none."""
        return self.labels.get(iri, iri)

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """All kinds of verdict by code, in the ontology's order."""
        sentences = self._texts(ENF + "sentence")
        definitions = self._texts("http://www.w3.org/2004/02/skos/core#definition")
        found = [self._kind(iri, sentences, definitions) for iri in self.labels if iri.startswith("verdict-kind/")]
        return {kind.code: kind for kind in sorted(found, key=lambda kind: kind.order)}

    def _kind(self, iri: str, sentences: dict[str, str], definitions: dict[str, str]) -> Kind:
        names = ("icon", "colour", "faithful", "severity", "order")
        icon, colour, faithful, severity, order = (self._annotation(iri, name) for name in names)
        texts = (iri.rpartition("/")[2], self.labels[iri], definitions.get(iri, ""), sentences.get(iri, ""))
        return Kind(*texts, icon, colour, faithful == "true", int(severity or 0), int(order or 0))

    def _annotation(self, iri: str, name: str) -> str:
        quads = self.store.quads_for_pattern(ox.NamedNode(BASE + iri), ox.NamedNode(ENF + name), None, None)
        return next((quad.object.value for quad in quads), "")  # type: ignore[union-attr]

    def speaker(self, claim: Record, world: World) -> str:
        """Who speaks in a claim: in a trusted primary source the one who acted, else the publisher."""
        source = world.sources[claim.one("source")]
        campaign = world.campaigns.get(world.campaign(claim.one("subject")))
        actor = claim.one("speaker") or claim.one("actor") or (campaign.one("actor") if campaign else "")
        return self.label(actor) if actor and source.code("role") == "primary" else source.one("publisher")

    def figure(self, claim: Record | None, world: World) -> str:
        """A claim's figure as worded, or said again in this language where the source's is another."""
        if claim is None or claim.figure is None:
            return ""
        figure = claim.figure
        # The words of a restated figure are the editor's.
        language = _FALLBACK if claim.code("basis") == "restated" else world.sources[claim.one("source")].one("language")
        if figure.value is None or language.partition("-")[0] == self.language:
            return figure.text
        modifier = self.label(claim.one("comparator")) + " " if figure.min or figure.max or figure.comparator == "about" else ""
        return f"{modifier}{figure.value:,}"

    def once(self, tell: Callable[[Record, World], str], claim: Record | None, world: World) -> str:
        """What a method of these words tells of a claim, found once; '' where there is none."""
        if claim is None:
            return ""
        key = (tell.__name__, claim.iri)
        if key not in self._told:
            self._told[key] = tell(claim, world)
        return self._told[key]

    def sentence(self, verdict: Verdict, world: World, kind: str = "") -> str:
        """The verdict in one sentence that a reader can quote, or '' where its kind has none."""
        template = self.kinds[kind or verdict.kind].sentence
        return template.format_map(_Names(self, verdict, world)) if template else ""


class _Names(dict[str, str]):
    """What a sentence may name, each found only when the sentence does."""

    def __init__(self, words: Words, verdict: Verdict, world: World) -> None:
        super().__init__()
        self._words, self._verdict, self._world = words, verdict, world
        self._claim, self._reference = world.claims.get(verdict.claim), world.claims.get(verdict.reference)
        self._subject, self._of_part = verdict.subject, None
        if verdict.aspect == "partOf" and self._reference:  # told of the whole: its figure, and that of its part
            self._subject, self._of_part = next(iter(self._reference.all("partOf")), verdict.subject), self._reference
            self._reference = world.reference(self._subject, "text")

    def __missing__(self, name: str) -> str:
        claim, words = self._claim, self._words
        match name:
            case "source":
                return self._world.sources[self._verdict.source].one("publisher")
            case "text":
                return words.figure(claim, self._world)
            case "quote":
                return claim.one("quote") or claim.one("text") if claim else ""
            case "unit":
                return words.label(claim.one("unit")) if claim else ""
            case "measure":
                return words.label(self._subject)
            case "reference":
                return words.once(words.speaker, self._reference, self._world)
            case "referenceText":
                return words.once(words.figure, self._reference, self._world)
        return self._value(name)

    def _value(self, name: str) -> str:
        given, expected, words = self._verdict.given, self._verdict.expected, self._words
        match name:
            case "given":
                return words.label(given)
            case "expected":
                return words.label(expected)
            case "givenText":
                return words.figure(self._given(given), self._world) or f"“{words.label(given)}”"
            case "expectedText":
                return words.figure(self._of_part or self._world.reference(expected, "text"), self._world)
        raise KeyError(name)

    def _given(self, given: str) -> Record | None:
        """The claim that is given, or the source's own about the measure that is."""
        own = (claim for claim in self._world.by_source.get(self._verdict.source, ()) if claim.one("subject") == given and claim.figure)
        return self._world.claims.get(given) or (next(own, None) if given else None)
