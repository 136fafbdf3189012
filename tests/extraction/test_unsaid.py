"""Figures that no known verb tells of: in a report of enforcement they are told on, or dealt with; elsewhere they are none."""

from __future__ import annotations

from kg.extraction import extract

REPORT = "Last week the regulator closed 310 accounts, suspended 45 accounts and muted 60 accounts. Its head spoke to reporters. "


def test_things_that_no_known_verb_tells_of_are_dealt_with_where_a_text_tells_of_others_and_a_person_is_told_to_look() -> None:
    *known, last = extract(REPORT + "The scythe went through 920 accounts.", "en").figures
    assert [figure.penalty for figure in known] == ["closure", "suspension", "mute"]
    assert (last.value, last.penalty, last.doubts) == (920, "handled", ("no word that the ontology knows says what was done to them",))
    assert not any(figure.doubts for figure in known)


def test_things_that_no_known_verb_tells_of_are_no_figures_of_a_text_that_tells_of_nothing_else() -> None:
    assert extract("The scythe went through 920 accounts.", "en").figures == ()


def test_what_is_of_another_kind_than_all_that_is_told_of_is_no_figure() -> None:
    assert [figure.value for figure in extract(REPORT + "The scythe went through 92 judges.", "en").figures] == [310, 45, 60]


def test_bare_numbers_behind_platforms_share_out_the_total_of_the_sentence_before() -> None:
    total, *shares = extract(
        "In June the ministry had 5,400 posts taken down. Facebook had 3,000, TikTok 1,900 and Telegram 500.", "en"
    ).figures
    assert [(share.value, share.unit, share.penalty, share.relation) for share in shares] == [
        (3000, "post", total.penalty, ("of", 0)),
        (1900, "post", total.penalty, ("of", 0)),
        (500, "post", total.penalty, ("of", 0)),
    ]


def test_a_bare_number_of_whom_accounts_posed_as_counts_accounts() -> None:
    *_, last = extract("Some 25,000 accounts posing as hospitals were dealt with. Nearly 187,000 had posed as news outlets.", "en").figures
    assert (last.value, last.unit, last.penalty, last.relation) == (187_000, "account", "handled", None)


def test_lines_of_a_reason_and_its_number_are_parts_of_the_total_above_them() -> None:
    total, *parts = extract("本季度共封禁账号900个。\n造谣 500\n恶意营销 400", "zh").figures
    assert [(part.value, part.unit, part.penalty, part.relation) for part in parts] == [
        (500, "account", total.penalty, ("of", 0)),
        (400, "account", total.penalty, ("of", 0)),
    ]


def test_a_number_told_as_known_counts_what_it_counted_before_and_had_the_same_done_to_it() -> None:
    *_, part, whole = extract("It closed 67,000 accounts and 300 posts. Almost 8,000 of the 67,000 spread rumours.", "en").figures
    assert [(figure.value, figure.unit, figure.penalty) for figure in (part, whole)] == [
        (8000, "account", "closure"),
        (67000, "account", "closure"),
    ]


def test_parts_are_of_the_kind_that_they_are_said_to_be() -> None:
    _, videos, channels = extract("Google removed 643 items, of which 604 were single videos and 39 were entire channels.", "en").figures
    assert [(figure.unit, figure.relation) for figure in (videos, channels)] == [("video", ("of", 0)), ("channel", ("of", 0))]


def test_brackets_that_count_the_subjects_of_a_verb_are_no_parts_of_what_was_told_before() -> None:
    text = "It dealt with 900 accounts. Fake accounts of ministries (54) and of banks (28) were closed."
    assert [figure.relation for figure in extract(text, "en").figures] == [None, None, None]
