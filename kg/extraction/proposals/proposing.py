"""One process at work on ``kg extract``: a file or an article in, what is to be written of it out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.extraction.model import Extraction
from kg.extraction.proposals import Proposal, propose
from kg.extraction.proposals.documents import campaign_of, remarks_of, yaml_of
from kg.extraction.proposals.sources import Known, fault
from kg.extraction.reading.articles import Article
from kg.extraction.reading.streaming import Answer, why
from kg.graph import open_graph
from kg.vocabulary import vocabulary

_OF_SOURCES = ("publisher", "published", "url")  # what a file or a line may tell of its source


@dataclass(frozen=True, slots=True)
class Reject:
    """What was not taken: its file, the line where there is one, why, and what to try."""

    file: str
    line: int | None
    reason: str
    advice: str

    def json(self) -> str:
        """The line of the rejects file."""
        return json.dumps({"file": self.file, "line": self.line, "reason": self.reason, "advice": self.advice}, ensure_ascii=False) + "\n"


@dataclass(slots=True)
class Made:
    """What one file gave: the files to write (by name, with their text), rows that tell the proposals, and its rejects."""

    file: str
    files: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    is_read: bool = False


@dataclass(frozen=True)
class Settings:
    """What all files share; each process makes its own extractor and opens the graph by itself."""

    graph: str
    given: Mapping[str, Any]
    campaign: str
    html: bool
    many: bool  # sources are then called by their files: one publisher may have several on a day


class Work:
    """One process at work: the vocabulary, the graph and the extractor, made once."""

    def __init__(self, settings: Settings) -> None:
        from kg.extraction import Extractor

        self.settings, self.vocabulary, self.known = settings, vocabulary(), Known(open_graph(settings.graph))
        self.extract = Extractor(self.vocabulary).extract

    def file(self, path: Path) -> Made:
        """What one file gives; a file that cannot be taken gives its reject alone."""
        from kg.extraction.reading import called, read

        made = Made(called(path))
        try:
            self._read(path, read(path), made)
        except SourceError as error:
            line, told = error.findings[0].line if error.findings else None, why(error)
            made.rejects.append(Reject(made.file, line, told["reason"].removeprefix(f"{made.file}: "), told["advice"]))
        return made

    def _read(self, path: Path, reading: Any, made: Made) -> None:
        given = {key: value for key, value in reading.meta.items() if key in _OF_SOURCES} | dict(self.settings.given)
        spoken = _spoken(given)
        extraction = self.extract(reading.text, spoken, str(given.get("published", "")))
        if reading.doubts or extraction.doubts:
            given.setdefault("coverage", "partial")
        name = Path(made.file).stem if self.settings.many or not given.get("publisher") else ""
        campaign = self.settings.campaign
        proposal = propose(extraction, given, self.known, self.vocabulary, name=name, campaign=campaign, selector=reading.selector_at)
        otherwise = _otherwise(reading.text, extraction.language, spoken)
        proposal.note("", "look", *reading.doubts, *extraction.doubts, *otherwise)
        made.files = dict(self._files(path, reading, proposal, extraction))
        made.is_read = True
        made.rows = list(_rows(proposal, self.known))
        made.remarks = [f"{kind}: {text}" for kind, text in proposal.notes.get("", ())]
        made.rejects = [
            Reject(made.file, reading.text.count("\n", 0, figure.start) + 1, reason, advice) for figure, reason, advice in proposal.left_out
        ]

    def _files(self, path: Path, reading: Any, proposal: Proposal, extraction: Extraction) -> Iterator[tuple[str, str]]:
        name = proposal.document["id"].removeprefix("source/")
        yield f"{name}.yaml", yaml_of(proposal)
        if proposal.campaign:
            yield f"{name}.campaign.yaml", campaign_of(proposal)
        if path.suffix != ".txt" or not path.read_bytes().endswith(reading.text.encode()):
            yield f"texts/{name}.txt", reading.text  # 'kg check --texts' proves the quotes against it; the file itself will not do
        if self.settings.html:
            from kg.extraction.proposals.page import page

            yield f"{name}.html", page(proposal, extraction, self.known, self.vocabulary, reading.meta.get("title", ""))

    def article(self, article: Article, campaign: str) -> Answer:
        """The document of one line of JSON Lines."""
        told = {key: value for key in _OF_SOURCES if (value := getattr(article, key))}
        if findings := [found for key, value in told.items() if (found := fault(key, value, self.vocabulary))]:
            raise SourceError("nothing was taken", findings)
        given = told | dict(self.settings.given)
        spoken = article.language or _spoken(given)
        extraction = self.extract(article.text, spoken, str(given.get("published", "")))
        if extraction.doubts:
            given.setdefault("coverage", "partial")
        about = self.settings.campaign or campaign
        made = propose(extraction, given, self.known, self.vocabulary, name=article.id, is_named=True, campaign=about)
        made.note("", "look", *extraction.doubts, *_otherwise(article.text, extraction.language, spoken))
        return Answer(made.document, made.document["id"], [each[1:] for each in made.left_out], remarks_of(made))


def _spoken(given: Mapping[str, Any]) -> str:
    return str(given.get("language", "")).partition("-")[0]


def _otherwise(text: str, read: str, told: str) -> Iterator[str]:
    """A doubt where a text in one language does not look like one in that which it is said to be in and was read as."""
    from kg.extraction.languages import detect, stretches

    try:
        looks = detect(text) if told and len(stretches(text)) == 1 else read
    except SourceError:  # in none that is read
        return
    if looks != read:
        yield f"it was read as a text in '{read}', as its source is described, and looks like one in '{looks}'"


def _rows(proposal: Proposal, known: Known) -> Iterator[dict[str, str]]:
    """The proposed claims as a person reads them."""
    label = known.labels["en"].label
    new = {measure["id"]: measure["label"]["en"] for measure in proposal.document.get("measures", ())}
    for claim in proposal.document["claims"]:
        figure = claim.get("figure", {})
        relation = next((f"{word} {_local(claim[name])}" for name, word in (("partOf", "of"), ("besides", "besides")) if name in claim), "")
        kinds = {kind for kind, _ in proposal.notes.get(claim["key"], ())}
        yield {
            "figure": figure.get("text", claim["evidence"]["quote"]),
            "unit": label(f"unit/{figure['unit']}") if figure else "",
            "penalty": label(f"penalty/{claim['penalty']}"),
            "about whom": ", ".join(label(f"account-type/{code}") for code in _listed(claim.get("accountType"))),
            "why": ", ".join(label(f"violation/{code}") for code in _listed(claim.get("violation"))),
            "relation": relation,
            "subject": f"{_local(claim['subject'])}{' (new)' if claim['subject'] in new else ''}",
            "": " ".join(sign for kind, sign in (("known", "known"), ("look", "look")) if kind in kinds),
        }  # fmt: skip


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _local(iri: str) -> str:
    return iri.rpartition("/")[2]
