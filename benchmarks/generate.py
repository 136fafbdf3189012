"""Facts documents of any size, one a line: invented outlets that tell invented figures, the same for the same size."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.vocabulary import BASE, vocabulary

CLAIMS_A_SOURCE = 50
MEASURES = 500


def _claim(dice: random.Random, number: int, codes: dict[str, list[str]]) -> dict[str, Any]:
    value, start = dice.randrange(1, 5_000_000), dice.randrange(0, 5000)
    text = f"over {value:,}"
    return {
        "key": f"claim-{number}",
        "subject": f"measure/benchmark/m{dice.randrange(MEASURES)}",
        "actor": "authority/cac",
        "penalty": dice.choice(codes["penalty"]),
        "accountType": dice.choice(codes["account-type"]),
        "violation": dice.sample(codes["violation"], 2),
        "figure": {"text": text, "value": value, "comparator": "over", "unit": "account"},
        "evidence": {"quote": f"{text} accounts", "start": start, "end": start + len(text) + 9},
    }


def documents(claims: int) -> Iterator[dict[str, Any]]:
    """A campaign with its measures, then sources of 50 claims each, ``claims`` in all."""
    dice, codes = (
        random.Random(1),
        {name: sorted(vocabulary().codes[BASE + name + "/"]) for name in ("penalty", "account-type", "violation")},
    )
    labels = {"en": "Benchmark", "zh": "基准"}
    yield {
        "id": "campaign/benchmark", "type": "Campaign", "label": labels,
        "measures": [{"id": f"measure/benchmark/m{n}", "label": labels} for n in range(MEASURES)],
    }  # fmt: skip
    yield {"authorities": [{"id": "authority/cac", "label": labels, "country": "CN"}]}
    for source in range(0, claims, CLAIMS_A_SOURCE):
        day = f"2023-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        yield {
            "id": f"source/outlet-{source}", "type": "Report", "publisher": f"Outlet {source}", "published": day, "language": "en",
            "coverage": "complete", "role": "secondary", "sha256": f"{source:064x}",
            "claims": [_claim(dice, n, codes) for n in range(min(CLAIMS_A_SOURCE, claims - source))],
        }  # fmt: skip


def write(claims: int, path: Path) -> None:
    """``claims`` claims as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(document, ensure_ascii=False) + "\n" for document in documents(claims))
