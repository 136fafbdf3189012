"""Deeds in English: which verb is the figure's, what was only sought, who hides what, and for what."""

from __future__ import annotations

import pytest

import kg


def done(text: str) -> list[str]:
    """The penalty of each figure of ``text``."""
    return [figure.penalty for figure in kg.extract(text, "en").figures]


def reasons(text: str) -> list[tuple[str, ...]]:
    """The violations of each figure of ``text``."""
    return [figure.violations for figure in kg.extract(text, "en").figures]


@pytest.mark.parametrize(
    ("sentence", "penalty"),
    [
        ("That purge perhaps affected around 4,300 apps.", "app-removal"),
        ("The ban also hit 310 channels.", "closure"),
        ("The suspensions affected about 900 accounts.", "suspension"),
        ("The ruling affected the removal of nothing but 40 posts.", "content-removal"),
    ],
)
def test_a_deed_that_is_the_subject_of_a_vague_verb_says_what_was_done(sentence: str, penalty: str) -> None:
    assert done(sentence) == [penalty]


@pytest.mark.parametrize(
    ("sentence", "penalties"),
    [
        ("Blocking was sought for 1,060 websites.", ["reported"]),
        ("Prosecutors sought the immediate deletion of 55 posts.", ["reported"]),
        ("The agency asked Meta to remove 530 posts and TikTok 28.", ["reported", "reported"]),
        ("App stores had been ordered to take down 61 apps.", ["app-removal"]),
        ("A court order was obtained to block 75 websites.", ["service-blocking"]),
        ("Users sent in 900 complaints, 210 of them with success.", ["reported", "restored"]),
    ],
)
def test_what_is_sought_is_not_done_and_what_is_won_is(sentence: str, penalties: list[str]) -> None:
    assert done(sentence) == penalties


def test_a_list_shares_its_verb_each_thing_in_its_own_way() -> None:
    assert done("The company took down 31 accounts, two groups and four posts.") == ["closure", "group-dissolution", "content-removal"]
    assert done("In July 400 videos had been dealt with, and 90 hosts were warned.") == ["handled", "warning"]


def test_a_channel_that_a_state_blocks_is_kept_from_view_and_one_that_its_platform_blocks_is_closed() -> None:
    assert done("The ministry blocked 40 channels on YouTube.") == ["content-disabling"]
    assert done("YouTube blocked 40 channels at the request of the ministry.") == ["closure"]
    assert done("WhatsApp says it blocked 40 accounts.") == ["closure"]
    assert done("Access was closed to 310 sites and 45 channels.") == ["service-blocking", "content-disabling"]


def test_what_is_kept_out_is_refused_as_what_it_is() -> None:
    assert done("The store prevented 90,000 apps from being published.") == ["service-measure"]
    assert done("The service stopped 3 million accounts from being created.") == ["account-measure"]


def test_one_subject_does_two_things_for_one_reason() -> None:
    assert reasons("Weibo closed 300 accounts for spreading rumours and muted 45 users.") == [("rumour",), ("rumour",)]
    assert reasons("Weibo closed 300 accounts for spreading rumours, and 45 users were muted.") == [("rumour",), ()]
    assert reasons("It removed 700 pieces of harmful information and punished 90 accounts.") == [("harmful-information",), ()]


@pytest.mark.parametrize(
    ("sentence", "violations"),
    [
        ("The National Fraud Bureau had 400 sites closed.", ()),
        ("The bureau had 400 fraud sites closed.", ("scam",)),
        ("It deleted 600 posts with false information about gambling.", ("false-information",)),
        ("It deleted 600 posts with false information and gambling.", ("false-information", "gambling")),
        ("It removed 700 posts for breaking its policies on hate speech.", ("hate-speech",)),
        ("It removed 700 posts for breaking its policies.", ("platform-terms",)),
        ("It removed 700 items of illegal content.", ()),
        ("It removed 700 items harmful to minors.", ("harmful-information",)),
    ],
)
def test_names_rules_and_topics_are_no_offences(sentence: str, violations: tuple[str, ...]) -> None:
    assert reasons(sentence) == [violations]


def test_brackets_without_a_reason_take_none_from_the_others() -> None:
    assert reasons("Of the complaints, 900 told of spam (410), fake goods (300) and other things (190).")[-1] == ()


def test_a_number_named_again_is_for_what_it_was_for() -> None:
    assert reasons("Police held 54 people for spreading rumours. Twelve of the 54 were let go.")[-1] == ("rumour",)


def test_a_whole_named_behind_its_part_is_not_for_what_the_part_is_for() -> None:
    assert reasons("Nearly 8,000 of the 67,000 accounts were closed for spreading rumours.")[0] == ("rumour",)
