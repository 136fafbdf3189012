"""What became of requests and complaints in English, what is told of one place or subject, and who only owns or reads what is counted."""

from __future__ import annotations

import pytest

import kg


def told(text: str) -> list[tuple[int | None, str, str, str]]:
    """Value, unit, penalty and relation, figure by figure."""
    return [(f.value, f.unit, f.penalty, f.relation[0] if f.relation else "") for f in kg.extract(text, "en").figures]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("The ministry was sent 120 takedown requests. Hungary accounted for nine.", (9, "request", "reported", "of")),
        ("The ministry was sent 120 takedown requests. Malta filed 14, Cyprus sent two.", (2, "request", "reported", "of")),
        ("Viewers lodged 54 complaints. The panel upheld six.", (6, "complaint", "handled", "of")),
        ("In March 310 complaints were filed and 41 were acted upon.", (41, "complaint", "handled", "of")),
        ("April: 12,100 bans, 310 complaints, 17 upheld.", (17, "complaint", "handled", "of")),
        ("We received 540 appeals in June. We turned down 310.", (310, "complaint", "handled", "of")),
        ("Reports get a closer look from our engineers; 812 arrived in May.", (812, "complaint", "reported", "")),
        ("Removal requests: 1,774, 1,690 from Malta.", (1690, "request", "reported", "of")),
        ("The desk got 900 complaints. Forty of the complaints were closed.", (40, "complaint", "handled", "of")),
        ("The platform sent 4.1 million statements of reasons.", (4100000, "decision", "handled", "")),
    ],
)
def test_what_became_of_requests_is_told_of_those_received(text: str, last: tuple[int, str, str, str]) -> None:
    assert told(text)[-1] == last


@pytest.mark.parametrize(
    "text",
    [
        "Viewers lodged 54 complaints. The chair, aged nine, likes it.",
        "Viewers lodged 54 complaints. The panel needed two.",
        "Viewers lodged 54 complaints.\nMalta sent two.",
        "Viewers lodged five complaints. Malta sent nine.",
    ],
)
def test_a_small_number_alone_counts_nothing_else(text: str) -> None:
    assert len(told(text)) == 1


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("The office closed 4,100 shops. In Perak, it was 212.", (212, "company", "closure", "of")),
        ("The office closed 4,100 shops. In May, it was 212.", (212, "company", "closure", "")),
        ("Over 8,000 websites were blocked. By reason, piracy led with 4,010.", (4010, "website", "service-blocking", "of")),
        (
            "Over 8,000 websites were blocked. By reason, piracy led with 4,010, ahead of casinos (3,200).",
            (3200, "website", "service-blocking", "of"),
        ),
        ("It closed over 4,000 accounts. The exact tally, as stated in its bulletin, was 4,120.", (4120, "account", "closure", "")),
        ("It took down 900 images; twelve months before, it was half a million.", (500000, "post", "content-removal", "")),
        ("The firm hid 1,200 videos and took down 341 worldwide as spam.", (341, "video", "content-removal", "")),
        ("The police had 900 domains seized. 600 remain blocked.", (600, "domain", "service-blocking", "")),
        ("Twelve held as police raid call centre", (12, "person", "arrest", "")),
        ("At its request 23 streamers were reported to the police.", (23, "person", "police-referral", "")),
    ],
)
def test_a_place_a_subject_or_an_aside_leaves_a_number_its_noun(text: str, last: tuple[int, str, str, str]) -> None:
    assert told(text)[-1] == last


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It removed 900 accounts linked to two far-right groups.", 900),
        ("It blocked 40 channels. They posted threats for thousands of subscribers.", 40),
        ("It removed 300 apps. There are 1,961,596 apps on the store.", 300),
        ("It warned 20 bloggers. The winner of more than 100 awards was arrested.", 20),
        ("It closed 12 accounts. Twelve search warrants were executed.", 12),
        ("It deleted 70 posts, which were seen by 900 people.", 70),
    ],
)
def test_owners_readers_and_stock_are_no_figures(text: str, count: int) -> None:
    assert [figure[0] for figure in told(text)] == [count]
