"""English numbers as texts write them: words, fractions, one scale behind the other, other grouping, spans; and what no count is."""

from __future__ import annotations

import pytest

import kg
from kg.figures import contradiction
from kg.vocabulary import vocabulary


def read(text: str) -> list[tuple[str, object]]:
    """Quote and value (or bounds) of each figure of ``text``."""
    found = kg.extract(text, "en").figures
    return [(figure.quote, figure.value if figure.value is not None else (figure.min, figure.max)) for figure in found]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("three and a half million", 3_500_000),
        ("four and three quarters thousand", 4_750),
        ("a million and a half", 1_500_000),
        ("2½ million", 2_500_000),
        ("2 crore 30 lakh", 23_000_000),
        ("4 lakh and 15 thousand", 415_000),
        ("fifty-one lakh and twenty thousand", 5_120_000),
        ("two thousand four hundred and six", 2_406),
        ("48'500", 48_500),
        ("48’500", 48_500),
        ("48\u2009500", 48_500),
        ("3.250.000", 3_250_000),
        ("7.4 million (74 lakh)", 7_400_000),
        ("28,000 (twenty-eight thousand)", 28_000),
        ("a pair of", 2),
    ],
)
def test_a_number_is_read_whole(words: str, value: int) -> None:
    (figure,) = kg.extract(f"The ministry shut {words} websites.", "en").figures
    assert (figure.quote, figure.value) == (f"{words} websites", value)
    assert contradiction(figure.words, value, vocabulary().scales) == ""


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("three to four hundred", (300, 400)),
        ("thirty to forty", (30, 40)),
        ("anywhere from 800 to 950", (800, 950)),
        ("at least 800 and at most 950", (800, 950)),
        ("no fewer than 800 but no more than 950", (800, 950)),
    ],
)
def test_the_ends_of_a_span_are_one_figure(words: str, bounds: tuple[int, int]) -> None:
    assert [value for _, value in read(f"The forum deleted {words} posts.")] == [bounds]


def test_numbers_side_by_side_that_are_two_stay_two() -> None:
    assert read("It shut two thousand and three million pages.")[-1] == ("three million pages", 3_000_000)
    assert [value for _, value in read("Removals rose from 800 posts to 950 posts.")] == [800, 950]
    assert [value for _, value in read("It shut at least 80 sites and at most 95 groups.")] == [80, 95]
    assert [value for _, value in read("It deleted 7.4 million posts (71 lakh in May).")] == [7_400_000, 7_100_000]


def test_points_between_thousands_are_read_as_such_with_a_doubt() -> None:
    (figure,) = kg.extract("The office blocked 48.500 websites.", "en").figures
    assert (figure.value, figure.doubts) == (48_500, ("'48.500' was read as 48500: the point parts thousands",))
    (scaled,) = kg.extract("The office blocked 1.125 million websites.", "en").figures
    assert (scaled.value, scaled.doubts) == (1_125_000, ())


@pytest.mark.parametrize(
    "sentence",
    [
        "The count of websites blocked changed by -5.",
        "He was 52 and the site was closed.",
        "It removed a handful of posts.",
        "Weeks later, two and a half years on, the site was closed.",
    ],
)
def test_what_counts_nothing_is_no_figure(sentence: str) -> None:
    assert read(sentence) == []
