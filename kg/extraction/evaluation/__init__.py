"""How well an extractor does against gold annotations, by the codebook's section "Scoring"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.extraction.evaluation.gold import FIGURE_KINDS, MENTION_KINDS, Gold, read
from kg.extraction.evaluation.scores import Miss, Score, Scores, compare
from kg.extraction.model import Extraction
from kg.vocabulary import BASE, Vocabulary, vocabulary

CODEBOOK = "CODEBOOK.md"
MEASURES = ("figures", "full", "account_types", "violations", "mentions")

_NAMED = "authority"  # the kind of mentions that no list of ours has, only a codebook

Extract = Callable[[str, str, str], Extraction]
CountsAs = Callable[[str, str], str]


@dataclass(slots=True)
class Evaluation:
    """Scores over all texts and by language, and every miss.

    ``codes`` tells where the list of codes comes from, ``unannotated`` which texts have no gold file.
    """

    codes: str
    unannotated: tuple[str, ...] = ()
    scores: Scores = field(default_factory=Scores)
    languages: dict[str, Scores] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """All of it as JSON types."""
        slots: dict[str, Any] = {name: {"accuracy": score.recall} for name, score in self.scores.slots.items()}
        slots["mentions"] = {kind: _shares(score) for kind, score in self.scores.kinds.items()}
        by_language = {language: _measures(scores) for language, scores in self.languages.items()}
        rest = {"languages": by_language, "slots": slots, "misses": [asdict(miss) for miss in self.misses]}
        return _measures(self.scores) | rest | {"unannotated": self.unannotated, "codes": self.codes}


def _shares(score: Score) -> dict[str, float]:
    return {"precision": score.precision, "recall": score.recall, "f1": score.f1}


def _measures(scores: Scores) -> dict[str, Any]:
    return {name: _shares(getattr(scores, name)) for name in MEASURES}


def evaluate(texts: Path, gold: Path, extract: Extract) -> Evaluation:
    """Score ``extract(text, language, said)`` on every text that has a gold file.

    Raises SourceError, with every fault found, where a gold file cannot be taken as it stands.

    >>> evaluate(Path("nowhere"), Path("gold"), lambda text, language, said: Extraction(text, language))
    Traceback (most recent call last):
    kg.errors.SourceError: nowhere: there is no such folder; name the folder of texts, then that of their gold annotations
    """
    known = vocabulary()
    annotated = read(texts, gold, known)
    listed, codes = _listed(texts, gold, annotated, known)
    without = sorted({path.name for path in texts.glob("*.txt")} - {one.name for one in annotated})
    result = Evaluation(
        codes, tuple(without), languages={language: Scores() for language in sorted({one.truth.language for one in annotated})}
    )
    counts_as = _counting(listed, known)
    for one in annotated:
        compared = compare(*(_counted(side, counts_as) for side in (one.truth, _extracted(one, extract))))
        for scores in (result.scores, result.languages[one.truth.language]):
            compared.add_to(scores)
        result.misses += compared.misses(one.name, one.first_line)
    return result


def _extracted(one: Gold, extract: Extract) -> Extraction:
    try:
        return extract(one.truth.text, one.truth.language, one.said)
    except SourceError as error:
        raise SourceError(f"{one.name}: {error}") from error


def _listed(texts: Path, gold: Path, annotated: list[Gold], known: Vocabulary) -> tuple[dict[str, set[str]], str]:
    """The codes that the annotators had, by kind: those that their codebook names; without one, those that they used."""
    for folder in (gold, gold.resolve().parent, texts.resolve().parent):
        book = folder / CODEBOOK
        if book.is_file():
            words = set(re.findall(r"`([a-z0-9-]+)`", book.read_text("utf-8")))
            return {kind: words & known.codes[f"{BASE}{kind}/"] for kind in FIGURE_KINDS.values()} | {_NAMED: words}, str(book)
    used: dict[str, set[str]] = {}

    def note(kind: str, code: str) -> str:
        used.setdefault(kind, set()).add(code)
        return code

    for one in annotated:
        _counted(one.truth, note)
    used.pop(_NAMED, None)
    return used, f"no {CODEBOOK} beside the folders: the codes that the gold files use"


def _counting(listed: dict[str, set[str]], known: Vocabulary) -> CountsAs:
    """What a code of a kind counts as: itself where it is listed, else its nearest ``skos:broader`` ancestor that is.

    Of a kind that a codebook lists, a code without such an ancestor counts as '': no annotator could have named it.
    """
    import pyoxigraph as ox

    broader = ox.NamedNode(known.expand("skos:broader"))

    def counts_as(kind: str, code: str) -> str:
        queue = [code]
        for one in queue:
            if one in listed.get(kind, ()):
                return one
            above = known.store.quads_for_pattern(ox.NamedNode(f"{BASE}{kind}/{one}"), broader, None, None)
            queue += sorted(quad.object.value.rpartition("/")[2] for quad in above)  # type: ignore[union-attr]
        return "" if _NAMED in listed and listed.get(kind) else code

    return counts_as


def _counted(found: Extraction, counts_as: CountsAs) -> Extraction:
    """The same with each code as it counts, and mentions, without those that count as nothing, under the keys of a gold file."""

    def codes(kind: str, given: str | tuple[str, ...]) -> Any:
        return counts_as(kind, given) or given if isinstance(given, str) else tuple(dict.fromkeys(counts_as(kind, c) or c for c in given))

    def named(kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (counts_as(kind, code) for code in found.mentions.get(kind, ())))))

    figures = [
        replace(figure, **{key: codes(kind, getattr(figure, key)) for key, kind in FIGURE_KINDS.items()}) for figure in found.figures
    ]
    return replace(found, figures=tuple(figures), mentions={key: named(kind) for key, kind in MENTION_KINDS.items()})
