"""The matrix: sources down, measures across; each field holds the cells of one source about one measure."""

from __future__ import annotations

from dataclasses import dataclass

from kg.comparison import Cell, Comparison


@dataclass(frozen=True, slots=True)
class Matrix:
    """``measures``: IRI → label, in order. ``sources``: IRI → publisher, in order. ``fields``: (source, measure) → cells.

    ``references``: measure → the cell whose claim is the reference, where there is one.
    """

    measures: dict[str, str]
    sources: dict[str, str]
    fields: dict[tuple[str, str], list[Cell]]
    references: dict[str, Cell]


def matrix(comparison: Comparison) -> Matrix:
    """The cells of a comparison that give a figure, or miss one, as a matrix.

    >>> from kg.comparison import compare
    >>> found = matrix(compare(graph, "cac-self-media-2023", sources=["tcit-2023"], measures=["closures"]))
    >>> [cell.text for cell in found.fields["source/tcit-2023", "measure/cac-self-media-2023/closures"]]
    ['67,000', '67,000']
    """
    cells = [cell for cell in comparison if cell.measure in comparison.world.measures and (cell.text or not cell.claim)]
    fields: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        fields.setdefault((cell.source, cell.measure), []).append(cell)
    tellers = sorted({(comparison.world.sources[c.source].code("role"), c.publisher, c.source) for c in cells})
    return Matrix(
        {cell.measure: cell.label for cell in cells},
        {source: publisher for _, publisher, source in tellers},
        fields,
        {cell.measure: cell for cell in cells if cell.is_reference},
    )
