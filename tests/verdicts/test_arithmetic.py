"""One figure against another: the table of the definition, the step of a figure, and what holds of any two figures."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.figures import contradiction, readings
from kg.verdicts.arithmetic import Figure, step, value_kinds
from kg.vocabulary import BASE, vocabulary

WORDS = {"over": "over", "more than": "over", "at least": "at-least", "nearly": "under", "at most": "at-most", "about": "about"}
# Words that hold no digits: a number, or the two ends that order words give.
NUMBERS = {"a million": 1_000_000}
RANGES = {"tens of thousands": (10_000, 99_999), "hundreds of thousands": (100_000, 999_999), "millions": (1_000_000, 999_999_999)}
VALUE_VERDICTS = {"same", "rounded", "truncated", "finer", "vaguer", "value-differs"}


def made(text: str, value: int, comparator: str) -> Figure:
    """A figure whose bounds follow from its comparator, as the reader of documents derives them."""
    bound = vocabulary().bounds.get(comparator)
    return Figure(text, value, comparator, min=value if bound == "min" else None, max=value if bound == "max" else None)


def figure(words: str) -> Figure:
    """The figure that ``words`` state: their number, their comparator, their bounds."""
    if words in RANGES:
        low, high = RANGES[words]
        return Figure(words, None, "order", low, high)
    comparator = next((code for word, code in WORDS.items() if words.startswith(word)), "exactly")
    if words in NUMBERS:
        return made(words, NUMBERS[words], comparator)
    [value] = readings(words, vocabulary().scales)
    return made(words, value, comparator)


def kinds(claim: str, reference: str) -> set[str]:
    return set(value_kinds(figure(claim), figure(reference)))


@pytest.mark.parametrize(
    ("claim", "reference", "expected"),
    [
        ("67,000", "over 66,600", "rounded"),
        ("nearly 8,000", "7,541", "rounded"),
        ("nearly 187,000", "over 187,500", "truncated comparator-reversed"),
        ("187,000", "over 187,500", "truncated"),
        ("over 430,000", "over 443,500", "vaguer"),
        ("nearly 430,000", "over 443,500", "comparator-reversed value-differs"),
        ("about 13,000", "over 12,800", "rounded"),
        ("25,000", "over 25,100", "rounded"),
        ("about 930,000", "over 927,600", "rounded"),
        ("928,000", "over 927,600", "rounded"),
        ("1.4 million", "over 1,410,900", "rounded"),
        ("hundreds of thousands", "over 1,410,900", "value-differs"),
        ("millions", "over 1,410,900", "vaguer"),
        ("a million", "over 1,410,900", "value-differs"),
        ("more than 60,000", "over 66,600", "rounded"),
        ("over 100,000", "107,000", "rounded"),
        ("100,000", "107,000", "rounded"),
        ("over 107,000", "107,000", "comparator-added"),
        ("66,000", "over 66,600", "truncated"),
        ("66,600", "over 66,600", "comparator-dropped"),
        ("464,440", "464,438", "value-differs"),
        ("nearly 800", "777", "rounded"),
    ],
)
def test_the_table_of_the_definition(claim: str, reference: str, expected: str) -> None:
    assert kinds(claim, reference) == set(expected.split())


@pytest.mark.parametrize(
    ("claim", "reference", "expected"),
    [
        # 0: order words are ranges
        ("millions", "millions", "same"),
        ("millions", "hundreds of thousands", "value-differs"),
        ("250,000", "hundreds of thousands", "finer"),
        ("over 250,000", "hundreds of thousands", "finer"),
        ("tens of thousands", "over 250,000", "value-differs"),
        # 1: the word points to the side that the reference rules out
        ("nearly 66,600", "over 66,600", "comparator-reversed comparator-dropped comparator-added"),
        ("at most 66,600", "at least 66,600", "comparator-reversed comparator-dropped comparator-added"),
        ("over 800", "nearly 800", "comparator-reversed comparator-dropped comparator-added"),
        ("over 900", "nearly 800", "comparator-reversed value-differs"),
        ("nearly 67,000", "over 66,600", "rounded"),
        ("nearly 107,000", "107,000", "comparator-added"),
        ("nearly 100,000", "107,000", "comparator-reversed truncated"),
        ("nearly 60,000", "about 66,600", "truncated"),
        # 2: one number, other words
        ("66,600", "66,600", "same"),
        ("more than 66,600", "over 66,600", "same"),
        ("at least 66,600", "over 66,600", "comparator-dropped comparator-added"),
        ("about 835,000", "835,000", "comparator-added"),
        # 3: more digits than the reference has
        ("66,643", "over 66,600", "finer"),
        ("66,557", "over 66,600", "value-differs"),
        ("66,700", "over 66,600", "value-differs"),
        ("779", "nearly 800", "finer"),
        ("over 779", "nearly 800", "finer"),
        ("8,150", "about 8,000", "finer"),
        ("over 66,601", "over 66,600", "finer"),
        ("0", "100", "value-differs"),
        # 4: to the nearest, a tie, and words that round to one side
        ("7,500", "7,541", "rounded"),
        ("8,000", "7,500", "rounded"),
        ("7,000", "7,500", "rounded"),
        ("7,000", "over 7,500", "truncated"),
        ("8,000", "nearly 7,500", "value-differs"),
        ("about 7,000", "7,541", "rounded"),
        ("over 7,000", "7,541", "rounded"),
        ("nearly 8,000", "7,401", "rounded"),
        ("at most 8,000", "7,001", "vaguer"),
        ("nearly 1,000", "910", "rounded"),
        ("over 8,000", "7,541", "comparator-reversed value-differs"),  # a bare reference bounds itself
        ("nearly 7,000", "7,541", "comparator-reversed truncated"),
        ("12,000", "13,000", "value-differs"),
        # the tenth: further off than that, nothing is a rounding
        ("100,000", "over 66,600", "value-differs"),
        ("60", "66", "value-differs"),
        ("60,000", "66,600", "truncated"),
        ("60,000", "66,700", "value-differs"),
        ("nearly 1,000", "899", "vaguer"),
        # 6: a true bound, and one that is not
        ("over 500", "about 800", "vaguer"),
        ("over 500", "nearly 800", "value-differs"),
        ("nearly 2,000", "777", "vaguer"),
        ("nearly 2,000", "over 777", "value-differs"),
        ("more than 1,000,000", "over 927,600", "value-differs"),
    ],
)
def test_every_rule_and_its_edges(claim: str, reference: str, expected: str) -> None:
    assert kinds(claim, reference) == set(expected.split())


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("67,000", 1_000),
        ("over 66,600", 100),
        ("107,000", 1_000),
        ("100,000", 100_000),
        ("7,541", 1),
        ("20 000", 10_000),
        # a decimal point: each digit behind it is meant
        ("1.4 million", 100_000),
        ("1.50 million", 10_000),
        ("0.5 million", 100_000),
        ("1.34 billion", 10_000_000),
        ("92.76万余", 100),
        ("66.50 lakh", 1_000),
        ("1.410 accounts", 10),  # here the point parts thousands
        # without one, zeros at the end are rounding
        ("22 million", 1_000_000),
        ("10 million", 10_000_000),
        ("47 lakh", 100_000),
        ("1,410,900", 1),
        ("1,410,000", 10_000),
        # more than four digits that mean something: the zeros mean something too
        ("464,440", 1),
        ("464,400", 100),
        ("464,438", 1),
        ("12,345,000", 1),
        # below a hundred a bare number is exact
        ("90", 1),
        ("100", 100),
        ("over 90", 10),
        # several groups of digits, or none: the value alone
        ("1亿500万", 1_000_000),
        ("2 crore 5 lakh", 100_000),
        ("a million", 1_000_000),
        # nothing has no step of its own
        ("0", 1),
    ],
)
def test_the_step_is_the_place_of_the_last_digit_that_means_something(words: str, size: int) -> None:
    assert step(figure(words)) == size


@pytest.mark.parametrize(("words", "value", "size"), [("ninety", 90, 1), ("nearly ninety", 90, 10), ("half a million", 500_000, 100_000)])
def test_number_words_have_the_step_of_their_number(words: str, value: int, size: int) -> None:
    assert step(made(words, value, "exactly" if size == 1 else "under")) == size


@pytest.mark.parametrize(("text", "value"), [("3 dozen", 36), ("1.4", 5), ("25", 4), ("66,600", 67_000)])
def test_digits_that_no_power_of_ten_leads_from_are_an_error(text: str, value: int) -> None:
    with pytest.raises(ValueError, match=rf"the digits of '{text}' cannot state {value}"):
        step(made(text, value, "exactly"))


@pytest.mark.parametrize(("text", "value"), [("3 dozen", 36), ("1.4", 5), ("4.7 million lakh", 470_000_000_000)])
def test_a_figure_without_a_step_is_refused_before_any_verdict(text: str, value: int) -> None:
    assert contradiction(text, value, vocabulary().scales) != ""


NUMBERS_OF_ANY_SIZE = st.integers(0, 10**9) | st.builds(lambda d, zeros: d * 10**zeros, st.integers(1, 9_999), st.integers(0, 7))
COMPARATORS = st.sampled_from(sorted(code for code in vocabulary().codes[f"{BASE}comparator/"] if code != "order"))


@st.composite
def figures(draw: st.DrawFn, least: int = 0) -> Figure:
    value = draw(NUMBERS_OF_ANY_SIZE)
    assume(value >= least)
    return made(f"{value:,}", value, draw(COMPARATORS))


@st.composite
def ranges(draw: st.DrawFn) -> Figure:
    low, high = sorted((draw(NUMBERS_OF_ANY_SIZE), draw(NUMBERS_OF_ANY_SIZE)))
    return Figure("some", None, "order", draw(st.sampled_from((low, None))), high)


@given(figures() | ranges())
def test_a_claim_stands_to_itself_as_the_same(one: Figure) -> None:
    assert value_kinds(one, one) == {"same"}


@given(figures() | ranges(), figures() | ranges())
def test_a_claim_has_one_value_verdict_or_only_its_comparator_differs(claim: Figure, reference: Figure) -> None:
    found = value_kinds(claim, reference)
    assert len(found & VALUE_VERDICTS) == (0 if found & {"comparator-dropped", "comparator-added"} else 1)
    assert found - VALUE_VERDICTS <= {"comparator-dropped", "comparator-added", "comparator-reversed"}


@given(figures() | ranges(), figures() | ranges())
def test_every_kind_is_a_concept_of_the_ontology(claim: Figure, reference: Figure) -> None:
    assert value_kinds(claim, reference) <= vocabulary().codes[f"{BASE}verdict-kind/"]


@settings(max_examples=300)
@given(figures(least=100), figures(least=100))
def test_ten_times_as_much_changes_nothing(claim: Figure, reference: Figure) -> None:
    def tenfold(one: Figure) -> Figure:
        return made(f"{(one.value or 0) * 10:,}", (one.value or 0) * 10, one.comparator)

    assert value_kinds(tenfold(claim), tenfold(reference)) == value_kinds(claim, reference)


@given(st.integers(1_000, 10**8), st.integers(1, 8))
def test_rounding_to_the_nearest_within_a_tenth_is_faithful(number: int, places: int) -> None:
    rounded = (number + 10**places // 2) // 10**places * 10**places
    assume(10 * abs(rounded - number) <= number and len(str(rounded).rstrip("0")) <= 4)
    assert value_kinds(made(f"{rounded:,}", rounded, "exactly"), made(f"{number:,}", number, "exactly")) <= {"same", "rounded"}


@given(figures(), figures())
def test_a_claim_that_bounds_nothing_reverses_nothing(claim: Figure, reference: Figure) -> None:
    assume(claim.comparator in ("exactly", "about"))
    assert "comparator-reversed" not in value_kinds(claim, reference)


@given(figures(), figures())
def test_a_figure_is_known_by_its_step_and_never_below_one_power_of_ten(one: Figure, other: Figure) -> None:
    assert set(str(step(one)).rstrip("0")) == {"1"}
    assert step(one) == step(replace(one, min=other.min, max=other.max))


def test_the_step_may_be_smaller_than_one_thing() -> None:
    assert step(made("12.5000 thousand", 12_500, "exactly")) == Fraction(1, 10)
