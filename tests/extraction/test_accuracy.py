"""How well extraction does on texts that a careful reader has annotated: our own, and the shared ones where they are present."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.extraction.evaluation import evaluate

OWN = Path(__file__).resolve().parent / "corpus"
# The least that each measure may be; what is reached is told in docs/extract.md.
LEAST = {"figures": 0.98, "full": 0.95, "account_types": 0.96, "violations": 0.95, "mentions": 0.94}


@pytest.mark.parametrize("measure", LEAST)
def test_extraction_reaches_its_goals_on_our_own_texts(measure: str) -> None:
    result = evaluate(OWN / "text", OWN / "gold", kg.extract)
    assert result.scores.figures.gold > 1800
    for scores in result.languages.values():
        assert getattr(scores, measure).f1 >= LEAST[measure] - 0.02, measure
    assert getattr(result.scores, measure).f1 >= LEAST[measure]


def test_extraction_reads_the_shared_texts(shared: Path) -> None:
    result = evaluate(shared / "corpus" / "text", shared / "corpus" / "gold", kg.extract)
    assert {name: getattr(result.scores, name).f1 >= 0.95 for name in LEAST} == dict.fromkeys(LEAST, True)
