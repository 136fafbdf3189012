"""One small facts folder as a person writes it, and its source's text: what tests then spoil, cite and build."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

TEXT = "A note on the drive.\n\nOfficials shut nearly 930,000 accounts. Most of them were new.\n"
QUOTE = "nearly 930,000 accounts"
CAMPAIGN = """\
id: campaign/drive
type: Campaign
label: {en: the drive, zh: 行动}
measures:
  - id: measure/drive/closed
    label: {en: closed, zh: 关闭}
  - id: measure/drive/handled
    label: {en: dealt with, zh: 处置}
"""
PAPER = f"""\
id: source/paper
type: Report
publisher: The Paper
published: 2024-05-01
language: en
coverage: complete
role: secondary
sha256: {sha256(TEXT.encode()).hexdigest()}
claims:
  - key: closed
    subject: measure/drive/closed
    penalty: closure
    partOf: measure/drive/handled
    figure: {{text: "nearly 930,000", value: 930000, comparator: under, unit: account}}
    evidence: {{quote: "{QUOTE}", start: {TEXT.index(QUOTE)}, end: {TEXT.index(QUOTE) + len(QUOTE)}}}
  - key: handled
    subject: measure/drive/handled
    penalty: handled
    figure: {{text: "1.5 million", value: 1500000, comparator: exactly, unit: account}}
    evidence: {{url: https://paper.example/handled}}
"""


def folder(place: Path, paper: str = PAPER) -> Path:
    """The facts folder ``data`` in ``place``, with its source's text in ``texts`` beside it."""
    data, texts = place / "data", place / "texts"
    data.mkdir(exist_ok=True)
    texts.mkdir(exist_ok=True)
    (data / "campaign.yaml").write_text(CAMPAIGN, "utf-8")
    (data / "paper.yaml").write_text(paper, "utf-8")
    (texts / "paper.txt").write_text(TEXT, "utf-8")
    return data


def files(place: Path) -> dict[str, bytes]:
    """Every file under ``place`` with its bytes."""
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}
