"""Facts documents of any size, one a line: invented outlets that tell invented figures, the same for the same size."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.vocabulary import BASE, vocabulary

CLAIMS_A_SOURCE = 50
MEASURES, COMPARED = 500, 50  # measures where claims only stand side by side, and where they are held against primary ones
LABELS = {"en": "Benchmark", "zh": "基准"}
LISTS = {"penalty": "penalty", "accountType": "account-type", "violation": "violation", "unit": "unit"}
PLATFORMS = ("north", "south", "owner")
AUTHORITIES = ("cac", "mps", "samr", "miit")
Codes = dict[str, list[str]]


def documents(claims: int, primary: bool = False) -> Iterator[dict[str, Any]]:
    """A campaign with its measures, then sources of 50 claims each, ``claims`` in all.

    ``primary``: every tenth source is a primary one, and the others retell, more or less truly, what those say.
    """
    dice = random.Random(1)
    codes = {name: sorted(vocabulary().codes[f"{BASE}{scheme}/"]) for name, scheme in LISTS.items()}
    truths = {number: _truth(dice, codes) for number in range(COMPARED)} if primary else {}
    yield {
        "id": "campaign/benchmark", "type": "Campaign", "label": LABELS,
        "measures": [{"id": f"measure/benchmark/m{n}", "label": LABELS} for n in range(COMPARED if primary else MEASURES)],
    }  # fmt: skip
    yield {"authorities": [{"id": f"authority/{name}", "label": LABELS, "country": "CN"} for name in AUTHORITIES]}
    if primary:
        owner = {"operator": "platform/owner"}
        yield {"platforms": [{"id": f"platform/{name}", "label": LABELS} | (owner if name != "owner" else {}) for name in PLATFORMS]}
    for source in range(0, claims, CLAIMS_A_SOURCE):
        first = primary and source % (10 * CLAIMS_A_SOURCE) == 0
        whole = first or not primary or source % (5 * CLAIMS_A_SOURCE) == CLAIMS_A_SOURCE
        day = f"2023-{1 if first else dice.randrange(2, 13):02}-{dice.randrange(1, 29):02}"
        numbers = range(min(CLAIMS_A_SOURCE, claims - source))
        yield {
            "id": f"source/outlet-{source}", "type": "Report", "publisher": f"Outlet {source}", "published": day, "language": "en",
            "coverage": "complete" if whole else "partial", "role": "primary" if first else "secondary", "sha256": f"{source:064x}",
            "claims": [_of_truth(dice, n, codes, truths, first) if primary else _claim(dice, n, codes) for n in numbers],
        }  # fmt: skip


def _claim(dice: random.Random, number: int, codes: Codes) -> dict[str, Any]:
    told = {
        "penalty": dice.choice(codes["penalty"]), "accountType": dice.choice(codes["accountType"]),
        "violation": dice.sample(codes["violation"], 2),
    }  # fmt: skip
    return _said(dice, number, dice.randrange(MEASURES), dice.randrange(1, 5_000_000), "over", "account") | told


def _said(dice: random.Random, number: int, measure: int, value: int, comparator: str, unit: str) -> dict[str, Any]:
    words = {"exactly": "", "under": "nearly ", "at-least": "at least ", "at-most": "at most "}.get(comparator, f"{comparator} ")
    text, start = f"{words}{value:,}", dice.randrange(0, 5000)
    figure = {"text": text, "value": value, "comparator": comparator, "unit": unit}
    if comparator == "order":
        text = "thousands"
        figure = {"text": text, "comparator": comparator, "min": 1000, "max": 999_999, "unit": unit}
    return {
        "key": f"claim-{number}", "subject": f"measure/benchmark/m{measure}", "actor": "authority/cac", "figure": figure,
        "evidence": {"quote": f"{text} accounts", "start": start, "end": start + len(text) + 9},
    }  # fmt: skip


def _truth(dice: random.Random, codes: Codes) -> dict[str, Any]:
    """What is true of a measure: only invented, but one and the same for all who tell of it."""
    return {
        "value": dice.randrange(1000, 5_000_000), "comparator": dice.choice(("exactly", "over", "over", "about")),
        "unit": dice.choice(codes["unit"]), "penalty": dice.choice(codes["penalty"]), "accountType": dice.choice(codes["accountType"]),
        "violation": dice.sample(codes["violation"], 2), "from": "2023-03-10",
        "platform": [f"platform/{name}" for name in dice.sample(PLATFORMS, 2)],
    }  # fmt: skip


def _of_truth(dice: random.Random, number: int, codes: Codes, truths: dict[int, dict[str, Any]], first: bool) -> dict[str, Any]:
    """A claim that tells the truth (``first``), or that changes some of it on the way; a source's claim 0 is about the campaign."""
    if number == 0:
        return _of_campaign(dice, first)
    measure = dice.randrange(COMPARED)
    truth = truths[measure]
    told = truth if first else truth | _changed(dice, truth, codes)
    claim = _said(dice, number, measure, told["value"], told["comparator"], told["unit"])
    claim |= {name: told[name] for name in ("penalty", "accountType", "violation", "platform")}
    if first or dice.random() < 0.02:
        claim["from"] = told["from"]
    other = f"measure/benchmark/m{measure - measure % 2 + 1 - measure % 2}"  # measures go by twos, the second a part of the first
    if measure % 2 and (first or dice.random() < 0.6):
        claim["partOf"] = other
    elif not first and dice.random() < 0.2:
        claim[dice.choice(("besides", "merges"))] = other
    if dice.random() < 0.1:
        claim["including"] = dice.sample(codes["penalty"], 1)
    return claim


def _changed(dice: random.Random, truth: dict[str, Any], codes: Codes) -> dict[str, Any]:
    value = truth["value"]
    step = 10 ** (len(str(value)) - dice.randrange(1, 4))
    other = dice.choice((value, round(value / step) * step or step, value // step * step or step, value + 17, value * 2))
    changed: dict[str, Any] = {
        "value": other,
        "comparator": dice.choice(("exactly", "about", "under", "over", "at-least", "at-most", "order")),
    }
    for name in ("penalty", "accountType", "unit"):
        if dice.random() < 0.3:
            changed[name] = dice.choice(codes[name])
    if dice.random() < 0.3:
        changed["violation"] = dice.sample(codes["violation"], dice.randrange(1, 4))
    if dice.random() < 0.3:
        changed["platform"] = [f"platform/{dice.choice(PLATFORMS)}"]
    return changed | ({"from": "2023-04"} if dice.random() < 0.5 else {})


def _of_campaign(dice: random.Random, first: bool) -> dict[str, Any]:
    partners = AUTHORITIES[1:3] if first else dice.sample(AUTHORITIES, dice.randrange(1, 3))
    platforms = PLATFORMS[:1] if first else dice.sample(PLATFORMS, dice.randrange(1, 3))
    period = {"from": "2023-03-10", "to": "2023-05-22"} if first else {}
    return period | {
        "key": "campaign", "subject": "campaign/benchmark", "partner": [f"authority/{name}" for name in partners],
        "platform": [f"platform/{name}" for name in platforms], "evidence": {"quote": "the drive", "start": 0, "end": 9},
    }  # fmt: skip


def write(claims: int, path: Path, primary: bool = False) -> None:
    """``claims`` claims as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(document, ensure_ascii=False) + "\n" for document in documents(claims, primary))
