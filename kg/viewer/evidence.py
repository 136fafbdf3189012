"""The claims behind a picture with their evidence: the quote and where its figure stands, the verdicts, and why one is the reference."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat
from typing import Any

from kg import pages
from kg.pages import safe_link
from kg.reasons import Standing, step
from kg.verdicts import Verdict
from kg.verdicts.world import Record
from kg.viewer.drawing import lean
from kg.viewer.scene import Scene, Texts
from kg.vocabulary import BASE

_SHORT = 80


def claims(scene: Scene) -> list[dict[str, Any]]:
    """Every claim that is shown, in the order of their IRIs, as plain data."""
    reasons = Reasons(scene)
    return [lean(_claim(claim, scene, reasons)) for claim in scene.shown]


def sources(scene: Scene) -> dict[str, dict[str, Any]]:
    """What is known of each source that a shown claim stands in."""
    used = {claim.one("source") for claim in scene.shown}
    return {iri: lean(_source(scene.world.sources[iri], scene)) for iri in sorted(used)}


def _source(source: Record, scene: Scene) -> dict[str, Any]:
    return {
        "publisher": source.one("publisher"), "role": source.code("role"), "roleLabel": scene.label(source.one("role")),
        "said": source.one("said") or source.one("published"), "language": source.one("language"),
        "url": safe_link(source.one("url")), "archive": safe_link(source.one("archive")),
    }  # fmt: skip


def _claim(claim: Record, scene: Scene, reasons: Reasons) -> dict[str, Any]:
    source, subject = scene.world.sources[claim.one("source")], claim.one("subject")
    own = scene.verdicts.get(claim.iri, [])
    said = claim.one("said")
    return {
        "id": claim.iri, "source": source.iri, "subject": subject, "penalty": claim.one("penalty"),
        "said": "" if said == (source.one("said") or source.one("published")) else said,
        "text": claim.one("text"), "quote": claim.one("quote"), "mark": _mark(claim.one("quote"), claim.one("text")),
        "gloss": claim.one("gloss"), "statement": claim.one("statement"), "url": safe_link(claim.one("url")),
        "reference": is_reference(claim, scene), "kinds": scene.kinds.get(claim.iri, []), "sentences": _sentences(own, scene),
        "why": reasons.why(claim),
        "judgements": [found for verdict in own if (found := _judgement(verdict, scene))] if scene.judged else [],
    }  # fmt: skip


def _mark(quote: str, text: str) -> list[int] | None:
    """Where in the quote its figure stands, in UTF-16 code units as scripts count them."""
    start = quote.casefold().find(text.casefold()) if text and len(quote.casefold()) == len(quote) else -1
    return [_units(quote[:start]), _units(quote[: start + len(text)])] if start >= 0 else None


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _sentences(own: list[Verdict], scene: Scene) -> dict[str, list[str]]:
    kinds = list(map(scene.kind, own))
    told = {language: map(words.sentence, own, repeat(scene.world), kinds) for language, words in scene.words.items()}
    return {language: list(dict.fromkeys(filter(None, each))) for language, each in told.items()}


def _judgement(verdict: Verdict, scene: Scene) -> dict[str, str] | None:
    judgement = scene.judged.get(verdict.iri)
    if judgement is None:
        return None
    return {"kind": judgement.code("kind"), "rule": verdict.kind, "reason": judgement.one("reason"), "author": judgement.one("author")}


def is_reference(claim: Record, scene: Scene) -> bool:
    """Whether the thing that the claim is about takes its properties, or some of them, from the claim."""
    subject = claim.one("subject")
    return subject in scene.things and claim.iri in scene.things[subject][1].all("reference")


class Reasons:
    """Why a claim is the reference of what it is about, or why another is: the steps of the policy of ``enf:reference``."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._templates: Mapping[str, Mapping[str, str]] = {each: pages.interface(each)[1]["view"]["why"] for each in scene.words}
        self._told: dict[tuple[str, ...], Texts] = {}
        self._best: dict[str, list[Record]] = {}

    def _rivals(self, subject: str) -> list[Record]:
        if subject not in self._best:
            self._best[subject] = [claim for claim in self._scene.world.by_subject.get(subject, ()) if claim.one("text")][:2]
        return self._best[subject]

    def why(self, claim: Record) -> Texts:
        """The reason in each language; empty for a claim that does not compete."""
        if self._scene.class_of(claim.one("subject")) != "Measure":
            return self._tell("some") if is_reference(claim, self._scene) else {}
        rivals = self._rivals(claim.one("subject"))
        if not claim.one("text") or not rivals:
            return {}
        if claim is rivals[0]:
            return self._step(claim, rivals[1] if len(rivals) > 1 else None, "")
        return self._step(rivals[0], claim, "_other")

    def _step(self, better: Record, worse: Record | None, side: str) -> Texts:
        name, one, other = step(self._standing(better), self._standing(worse) if worse else None)
        return self._tell(name + side, one, other)

    def _standing(self, claim: Record) -> Standing:
        role = self._scene.world.sources[claim.one("source")].one("role")
        return Standing(role, claim.one("said"), claim.one("saidLatest"), claim.one("basis"))

    def _tell(self, step: str, *names: str) -> Texts:
        key = (step, *names)
        if key not in self._told:
            told = {}
            for language, words in self._scene.words.items():
                template = self._templates[language]
                told[language] = template[step].format(*(words.label(name) if name else template["undated"] for name in names))
            self._told[key] = told
        return self._told[key]


def short(claim: Record) -> str:
    """A claim in a few words: its figure as worded, else its statement or quote, cut where it is long."""
    words = claim.one("text") or claim.one("statement") or claim.one("quote") or claim.iri.removeprefix(BASE).rpartition("/")[2]
    return words if len(words) <= _SHORT else words[: _SHORT - 1].rstrip() + "…"
