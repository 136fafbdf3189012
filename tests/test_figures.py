"""A figure's words and its number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.figures import contradiction, readings
from kg.vocabulary import vocabulary

SCALES = vocabulary().scales
counts = st.integers(min_value=0, max_value=10**12)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("67,000", 67_000),
        ("nearly 8,000", 8_000),
        ("Around 13,000", 13_000),
        ("2 089", 2_089),
        ("2\u202f089", 2_089),
        ("over 1.4 million", 1_400_000),
        ("1.4 Million", 1_400_000),
        ("141.09万余", 1_410_900),
        ("92.76萬餘", 927_600),
        ("1亿2000万", 120_000_000),
        ("66 lakh", 6_600_000),
        ("1.2 crore", 12_000_000),
        ("12,34,567", 1_234_567),
        ("45K", 45_000),
        ("0.5 million", 500_000),
        ("5 hundred thousand", 500_000),
        ("5百万", 5_000_000),
        ("3万亿", 3_000_000_000_000),
    ],
)
def test_words_of_every_counting_tradition_read_as_one_number(text: str, number: int) -> None:
    assert readings(text, SCALES) == {number}


@given(counts)
def test_a_number_with_separators_reads_back(number: int) -> None:
    assert readings(f"over {number:,} accounts", SCALES) == {number}
    assert contradiction(f"{number:,}", number, SCALES) == ""


@given(counts)
def test_a_number_with_points_as_separators_can_be_read_as_itself(number: int) -> None:
    assert number in readings(f"{number:,}".replace(",", "."), SCALES)


@given(st.integers(1, 99_999), st.integers(0, 2), st.sampled_from(sorted(SCALES.factors)))
def test_a_decimal_before_any_scale_word_reads_back(digits: int, places: int, word: str) -> None:
    number = f"{digits / 10**places:.{places}f}"
    expected = digits * SCALES.factors[word] / 10**places
    wanted = {int(expected)} if digits * SCALES.factors[word] % 10**places == 0 else set()
    assert readings(f"{number} {word}", SCALES) == wanted


@given(counts, counts)
def test_any_other_number_is_a_contradiction(said: int, written: int) -> None:
    assert (contradiction(f"{said:,}", written, SCALES) == "") == (said == written)


@pytest.mark.parametrize("text", ["4.7 million lakh", "4.7 lakh million", "3 crore billion", "2 million crore"])
def test_scales_of_two_traditions_do_not_stand_together(text: str) -> None:
    with pytest.raises(ValueError, match="cannot stand in one figure"):
        readings(text, SCALES)


def test_a_digit_lost_is_told_with_both_numbers() -> None:
    assert contradiction("roughly 930,000", 93_000, SCALES) == "the words 'roughly 930,000' say 930000, not 93000"


@pytest.mark.parametrize(
    ("text", "value", "statement"),
    [
        ("7", 7_000_000, "The head of its column says 'millions'."),
        ("7.5", 7_500_000, "in millions"),
        ("about 7+", 7_000, "$ '000, that is K"),
        ("7", 700_000_000, "in Hundred Million"),
        ("1.8", 18_000, "单位：万个"),
        ("3个", 300_000_000, "表头写着“亿”"),
        ("7 thousand", 7_000, "no scale, but some words"),
    ],
)
def test_a_statement_may_say_the_scale_that_multiplies_the_words(text: str, value: int, statement: str) -> None:
    assert contradiction(text, value, SCALES, statement) == ""


@pytest.mark.parametrize("statement", ["", "The source is sure of it.", "in thousands", "a millionaire told them", "单位：万个"])
@pytest.mark.parametrize("text", ["7", "7.0"])
def test_no_other_power_of_ten_lies_between_the_words_and_the_number(text: str, statement: str) -> None:
    assert contradiction(text, 7_000_000, SCALES, statement) == f"the words '{text}' say 7, not 7000000"
    assert contradiction("7.5", 7_500_000, SCALES, statement) == "the words '7.5' say no whole number, not 7500000"


@pytest.mark.parametrize("text", ["hundreds of thousands", "a million", "数万", "millions"])
def test_words_without_digits_contradict_nothing(text: str) -> None:
    assert readings(text, SCALES) == set()
    assert contradiction(text, 5, SCALES) == ""


@pytest.mark.parametrize("text", ["10 to 20 accounts", "67,000 of 930,000"])
def test_two_bare_numbers_are_left_to_the_reader(text: str) -> None:
    assert readings(text, SCALES) == set()


def test_a_scale_word_is_a_word_and_no_beginning_of_one() -> None:
    assert readings("5 monthly reports", SCALES) == {5}
    assert readings("30 tenants", SCALES) == {30}
    assert readings("8 thousandths", SCALES) == {8}


def test_a_point_before_three_digits_can_mean_either() -> None:
    assert readings("1.410 accounts", SCALES) == {1_410}
    assert readings("1.410 million", SCALES) == {1_410_000, 1_410_000_000}
