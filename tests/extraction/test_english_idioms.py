"""Idioms of newsrooms, companies and regulators: how else it is said that an account went, lost its income or voice, or was told off."""

from __future__ import annotations

import pytest

import kg


def done(text: str) -> list[str]:
    """The penalty of each figure of ``text``."""
    return [figure.penalty for figure in kg.extract(text, "en").figures]


@pytest.mark.parametrize(
    ("sentence", "penalty"),
    [
        ("Some 48,000 fake profiles bit the dust.", "closure"),
        ("12,000 accounts no longer exist.", "closure"),
        ("The app stripped 640 creators of the right to make money.", "monetisation-revocation"),
        ("A further 300 hosts had their right to cash out gifts taken away.", "monetisation-revocation"),
        ("Ad revenue was cut off for 1,300 channels.", "monetisation-revocation"),
        ("The forum took the microphone from 45 members.", "mute"),
        ("65 influencers lost all their fans.", "follower-removal"),
        ("The platform cut 560 hosts off from livestreaming for a month.", "function-suspension"),
        ("54 websites can no longer be reached from Russia.", "service-blocking"),
        ('Platforms added "refuted" tags to 12,500 posts.', "content-label"),
        ("2,400 posts now carry a note saying they are false.", "content-label"),
        ("The regulator gave 14 platforms a telling-off.", "warning"),
        ("Nine companies forfeited their permits.", "licence-revocation"),
        ("The firm bowed to 19 removal requests.", "handled"),
        ("61 sellers were ordered to pay fines.", "fine"),
    ],
)
def test_idioms_say_what_was_done(sentence: str, penalty: str) -> None:
    assert done(sentence) == [penalty]


@pytest.mark.parametrize(
    ("sentence", "penalties"),
    [
        ("The streaming site banned 640 users for 30 days.", ["suspension"]),
        ("The streaming site banned 640 users in 30 days.", ["closure"]),
        ("Some 2,000 accounts which had been active for two years were closed.", ["closure"]),
        ("It closed 77 accounts for the first time.", ["closure"]),
        ("The site suspended 310 users for good.", ["closure"]),
        ("It punished 5,300 accounts, 210 of them for good.", ["handled", "closure"]),
        ("The platform demonetised 300 channels for three months.", ["monetisation-suspension"]),
        ("It shut 4,120 accounts for good and muted 3,300 for seven days.", ["closure", "mute"]),
    ],
)
def test_how_long_a_penalty_lasts_says_which_it_is(sentence: str, penalties: list[str]) -> None:
    assert done(sentence) == penalties


def test_what_carriers_of_traffic_are_ordered_to_block_is_blocked() -> None:
    assert done("Providers were told to block 310 sites.") == ["service-blocking"]
    assert done("The ministry ordered ISPs to block 310 sites.") == ["service-blocking"]
    assert done("The ministry asked the platform to remove 310 posts.") == ["reported"]


def test_longer_words_for_a_penalty_hide_the_verb_that_ends_them() -> None:
    assert done("Payouts to 120 publishers were suspended.") == ["monetisation-suspension"]
    assert done("X permanently suspended 373 accounts.") == ["closure"]
    assert done("In all, 118 articles published without any label were deleted.") == ["content-removal"]


def test_subjects_of_one_verb_share_its_reason() -> None:
    found = kg.extract("Six accounts, 120 pages and seven groups were pulled down for spam.", "en").figures
    assert [figure.violations for figure in found] == [("spam",)] * 3
    found = kg.extract("300 posts were removed and 20 accounts were closed for gambling.", "en").figures
    assert [figure.violations for figure in found] == [(), ("gambling",)]


@pytest.mark.parametrize(
    ("sentence", "violation"),
    [
        ("It removed 110,000 videos containing made-up scenes.", "false-information"),
        ("It closed 300 accounts for giving illegal advice on shares.", "unqualified-advice"),
        ("118 articles published without any label were deleted.", "missing-source-label"),
        ("It punished 31 streamers who asked viewers for gifts.", "tip-inducement"),
        ("Police arrested 31 suspects over SIM swapping.", "scam"),
        ("It banned 70,000 players for using cheats.", "platform-terms"),
    ],
)
def test_offences_go_by_many_names(sentence: str, violation: str) -> None:
    assert [violation in figure.violations for figure in kg.extract(sentence, "en").figures] == [True]


def test_verbs_of_a_sentence_without_anything_to_act_on_name_no_penalty() -> None:
    said = "The court closed the session early. Meta removed 300 posts."
    assert kg.extract(said, "en").mentions["penalty"] == ("content-removal",)


def test_what_accounts_are_in_is_not_whom_they_pose_as() -> None:
    found = kg.extract("300 accounts in banks, in hospitals and in corporations were closed.", "en")
    assert found.mentions["account-type"] == ()
    assert kg.extract("It closed 96 accounts in the name of the military.", "en").figures[0].account_types == ("counterfeit-military",)
