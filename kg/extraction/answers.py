"""What became of requests, complaints and the like: parts of those received."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extraction.candidate import Candidate
from kg.extraction.grammar import Reader
from kg.extraction.scene import deed


def answered(reader: Reader, here: Sequence[Candidate], bare: Sequence[Candidate]) -> Iterator[Candidate]:
    """Those of a sentence's bare numbers that tell what became of requests and the like: "900 complaints came in, and 41 were upheld"."""
    concepts = reader.concepts
    for figure in bare:
        before = [f for f in (*reader.found[-1:], *here) if f.start < figure.start and not f.elided]
        done = deed(reader, figure)
        itself = done == concepts.umbrella or (done not in concepts.asking and done not in concepts.suits)  # what is removed are posts
        whole = before[-1] if before and done and itself else None
        near = whole and (whole in here or whole.sentence == reader.before) and whole.unit == figure.unit
        if whole and near and (whole.value or 0) > (figure.value or 0):
            figure.target = whole
            yield figure
