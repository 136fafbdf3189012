"""Each property's verdicts, on tiny worlds: what the official source says, what an outlet makes of it, and what is concluded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import facts, rules
from kg.facts.loading import load_documents
from kg.graph import Graph
from kg.questions import query
from kg.verdicts import derive, judge, of_claims, read, stored
from kg.verdicts.verdict import in_order
from kg.vocabulary import BASE, vocabulary
from tests.samples import DRIVE, claim

MEASURES = ("handled", "closed", "muted", "posts")
HANDLED, CLOSED, MUTED = (f"measure/drive/{name}" for name in MEASURES[:3])
LABEL = {"en": "a name", "zh": "名称"}
Document = dict[str, Any]


def source(name: str, *claims: Document, **other: Any) -> Document:
    """A source read in part, secondary unless told otherwise, of 11 May 2024."""
    made = {"id": f"source/{name}", "type": "Report", "publisher": name, "language": "en"}
    return made | {"published": "2024-05-11", "coverage": "partial", "role": "secondary", "claims": list(claims)} | other


def official(*claims: Document, **other: Any) -> Document:
    """The source that acted, of 10 May 2024."""
    return source("official", *claims, **{"role": "primary", "published": "2024-05-10"} | other)


def paper(*claims: Document, **other: Any) -> Document:
    return source("paper", *claims, **other)


def of_campaign(key: str, **other: Any) -> Document:
    return claim(key, "", subject=DRIVE, penalty=None, **other)


def number(text: str, comparator: str = "exactly", unit: str = "account", **other: Any) -> Document:
    return {"text": text, "value": int(text), "comparator": comparator, "unit": unit} | other


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path


def store(place: Path, *sources: Document) -> ox.Store:
    """The facts of one campaign with what the rules derive; no verdicts yet."""
    platforms = [{"id": f"platform/{name}", "label": LABEL} for name in ("north", "south", "owner")]
    platforms[0]["operator"] = "platform/owner"
    authorities = [{"id": f"authority/{name}", "label": LABEL, "country": "CN"} for name in ("police", "market")]
    measures = [{"id": f"measure/drive/{name}", "label": LABEL} for name in MEASURES]
    campaign = {"id": DRIVE, "type": "Campaign", "label": LABEL, "measures": measures}
    documents = [{"platforms": platforms}, {"authorities": authorities}, campaign, *sources]
    (place / "facts.jsonl").write_text("".join(json.dumps(document) + "\n" for document in documents), "utf-8")
    found = facts.read(place, vocabulary())
    assert found.findings == []
    made = ox.Store()
    made.extend(list(vocabulary().store))
    load_documents(made, found.documents, vocabulary().context)
    rules.derive(made)
    return made


def verdicts(place: Path, *sources: Document, reference: str | None = None, as_of: str | None = None) -> set[str]:
    """All verdicts but ``same``, by their names: source, claim (or campaign and measure), property, kind, value that differs."""
    found = judge(read(store(place, *sources), reference, as_of))
    return {verdict.iri.removeprefix("verdict/") for verdict in found if verdict.kind != "same"}


# ── Concepts ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "expected", "verdict"),
    [
        ("closure", "handled", "penalty-narrowed"),
        ("account-measure", "closure", "penalty-widened"),
        ("mute", "closure", "penalty-differs"),
        ("reported", "handled", "penalty-differs"),
        ("closure", "closure", ""),
        (None, "closure", ""),
        ("closure", None, ""),
    ],
)
def test_a_penalty_stands_by_the_hierarchy(said: str | None, expected: str | None, verdict: str, place: Path) -> None:
    found = verdicts(place, official(claim("closed", penalty=expected)), paper(claim("closed", penalty=said)))
    assert found == ({f"paper/closed/penalty/{verdict}/{said}"} if verdict else set())


def test_a_counterfeit_told_as_the_thing_itself_has_lost_something(place: Path) -> None:
    told = paper(claim("closed", accountType="news-media-account"))
    [found] = [
        v for v in judge(read(store(place, official(claim("closed", accountType="counterfeit-news-media")), told))) if "dropped" in v.kind
    ]
    assert (found.aspect, found.kind) == ("accountType", "account-type-dropped")
    assert (found.given, found.expected) == ("account-type/news-media-account", "account-type/counterfeit-news-media")


@pytest.mark.parametrize(
    ("said", "expected", "kind"), [("advertisement", "post", "narrowed"), ("post", "comment", "widened"), ("person", "account", "differs")]
)
def test_a_unit_stands_by_the_hierarchy(said: str, expected: str, kind: str, place: Path) -> None:
    one, other = (claim("closed", figure=number("50", unit=unit)) for unit in (expected, said))
    assert verdicts(place, official(one), paper(other)) == {f"paper/closed/unit/unit-{kind}/{said}"}


@pytest.mark.parametrize(
    ("said", "expected", "kind"), [("north", "owner", "narrowed"), ("owner", "north", "widened"), ("south", "north", "differs")]
)
def test_a_platform_stands_by_its_operator(said: str, expected: str, kind: str, place: Path) -> None:
    one, other = (of_campaign("where", platform=f"platform/{name}") for name in (expected, said))
    assert verdicts(place, official(one), paper(other)) == {f"paper/where/platform/platform-{kind}/{said}"}


def test_a_list_gives_one_verdict_for_each_value_that_differs(place: Path) -> None:
    told = paper(claim("closed", violation=["rumour", "scam", "spam"]))
    assert verdicts(place, official(claim("closed", violation="rumour")), told) == {
        "paper/closed/violation/violation-differs/scam",
        "paper/closed/violation/violation-differs/spam",
    }


@pytest.mark.parametrize(("coverage", "expected"), [("complete", {"paper/where/platform/platform-dropped/south"}), ("partial", set())])
def test_a_value_is_dropped_only_where_the_source_was_read_whole(coverage: str, expected: set[str], place: Path) -> None:
    two, one = (of_campaign("where", platform=names) for names in (["platform/north", "platform/south"], ["platform/north"]))
    assert verdicts(place, official(two), paper(one, coverage=coverage)) == expected


def test_of_two_services_of_a_company_neither_is_a_difference_and_nothing_is_dropped(place: Path) -> None:
    told = paper(of_campaign("where", platform=["platform/north", "platform/owner"]), coverage="complete")
    assert verdicts(place, official(of_campaign("where", platform="platform/owner")), told) == {
        "paper/where/platform/platform-narrowed/north"
    }


def test_the_speaker_and_the_wording_give_no_verdict(place: Path) -> None:
    said = claim("closed", speaker="authority/police", statement="It was said aloud.")
    found = judge(read(store(place, official(claim("closed")), paper(said))))
    assert {(v.aspect, v.kind) for v in found} == {("value", "same"), ("penalty", "same"), ("unit", "same")}


# ── Relations and scope ──────────────────────────────────────────────────────────────────────────────────────────

WHOLE, PART = claim("handled", "90"), claim("closed", "50", partOf=HANDLED)


def test_a_part_told_as_besides_differs_on_the_whole_that_says_so(place: Path) -> None:
    told = paper(claim("handled", "90", besides=CLOSED), claim("closed", "50"))
    assert verdicts(place, official(WHOLE, PART), told) == {"paper/handled/part-of/relation-differs/drive/closed"}


def test_a_part_told_as_besides_differs_on_the_part_that_says_so(place: Path) -> None:
    told = paper(claim("handled", "90"), claim("closed", "50", besides=HANDLED))
    assert verdicts(place, official(WHOLE, PART), told) == {"paper/closed/part-of/relation-differs/drive/handled"}


@pytest.mark.parametrize(("key", "text", "other"), [("handled", "90", CLOSED), ("closed", "50", HANDLED)])
def test_besides_differs_also_where_the_other_figure_is_not_told(key: str, text: str, other: str, place: Path) -> None:
    told = paper(claim(key, text, besides=other))
    assert verdicts(place, official(WHOLE, PART), told) == {f"paper/{key}/part-of/relation-differs/{other.partition('/')[2]}"}


def test_two_figures_told_without_their_relation_have_dropped_it_on_the_part(place: Path) -> None:
    told = paper(claim("handled", "90"), claim("closed", "50"))
    assert verdicts(place, official(WHOLE, PART), told) == {"paper/closed/part-of/relation-dropped/drive/handled"}


@pytest.mark.parametrize("told", [claim("closed", "50"), claim("handled", "90")])
def test_one_figure_alone_drops_no_relation(told: Document, place: Path) -> None:
    assert verdicts(place, official(WHOLE, PART), paper(told)) == set()


def test_a_relation_kept_is_the_same(place: Path) -> None:
    found = judge(read(store(place, official(WHOLE, PART), paper(WHOLE, PART))))
    assert [(v.claim, v.kind) for v in found if v.aspect == "partOf"] == [("claim/paper/closed", "same")]


@pytest.mark.parametrize("relation", ["partOf", "besides"])
def test_a_relation_that_only_the_outlet_states_gives_none(relation: str, place: Path) -> None:
    told = paper(claim("handled", "90"), claim("closed", "50", **{relation: HANDLED}))
    assert verdicts(place, official(WHOLE, claim("closed", "50")), told) == set()


def test_a_penalty_listed_of_a_smaller_group_and_told_of_all_widens_the_scope(place: Path) -> None:
    announced = official(WHOLE, claim("muted", "20", including=["mute", "follower-removal"]))
    found = judge(read(store(place, announced, paper(claim("handled", "90", including=["mute", "warning"])))))
    [wide] = [v for v in found if v.kind != "same"]
    assert (wide.claim, wide.aspect, wide.kind) == ("claim/paper/handled", "including", "scope-widened")
    assert (wide.given, wide.expected, wide.reference) == ("penalty/mute", MUTED, "claim/official/muted")


@pytest.mark.parametrize(
    "announced",
    [
        [claim("handled", "90", including="mute"), claim("muted", "20", including="mute")],
        [WHOLE, claim("muted", "120", including="mute")],
        [WHOLE, claim("muted", "20", penalty="mute")],
    ],
    ids=["the reference lists it too", "the other group is larger", "a penalty, not a list"],
)
def test_the_scope_is_not_wider(announced: list[Document], place: Path) -> None:
    assert verdicts(place, official(*announced), paper(claim("handled", "90", including="mute"))) == set()


# ── Campaigns and periods ────────────────────────────────────────────────────────────────────────────────────────


def test_a_campaigns_reference_is_chosen_property_by_property(place: Path) -> None:
    where = official(of_campaign("where", platform="platform/north"))
    who = source("copy", of_campaign("who", partner="authority/police"), role="primary")
    told = paper(of_campaign("both", platform="platform/south", partner=["authority/market", "authority/police"]))
    found = [v for v in judge(read(store(place, where, who, told))) if v.source == "source/paper"]
    assert {(v.kind, v.given, v.reference) for v in found} == {
        ("platform-differs", "platform/south", "claim/official/where"),
        ("partner-differs", "authority/market", "claim/copy/who"),
    }


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ({"from": "2024-03-10", "to": "2024-05-01"}, set()),
        ({"from": "2024-03"}, set()),
        ({"to": "2024"}, set()),
        ({"from": "2024-03-11", "to": "2024-05-01"}, {"paper/closed/from/period-differs"}),
        ({"from": "2024-05-01"}, {"paper/closed/from/period-differs"}),
        ({}, set()),
    ],
)
def test_a_period_is_held_against_the_references_or_the_campaigns(period: dict[str, str], expected: set[str], place: Path) -> None:
    dates = of_campaign("period", **{"from": "2024-03-10", "to": "2024-05-01"})
    assert verdicts(place, official(claim("closed"), dates), paper(claim("closed", **period))) == expected


@pytest.mark.parametrize(("coverage", "expected"), [("complete", {"paper/drive/from/period-dropped"}), ("partial", set())])
def test_a_period_is_dropped_only_by_a_source_read_whole(coverage: str, expected: set[str], place: Path) -> None:
    dates = of_campaign("period", **{"from": "2024-03-10"})
    assert verdicts(place, official(claim("closed"), dates), paper(claim("closed"), coverage=coverage)) == expected


def test_one_date_anywhere_in_a_source_is_a_period_told(place: Path) -> None:
    dates = of_campaign("period", **{"from": "2024-03-10"})
    assert verdicts(place, official(claim("closed"), dates), paper(claim("closed", to="2024-05"), coverage="complete")) == set()


# ── Groups and absences ──────────────────────────────────────────────────────────────────────────────────────────


def test_groups_told_as_one_are_merged_and_none_of_them_is_omitted(place: Path) -> None:
    announced = official(claim("closed", "50"), claim("muted", "20"))
    told = paper(claim("closed", "50", merges=[MUTED]), coverage="complete")
    assert verdicts(place, announced, told) == {"paper/closed/merges/merged/drive/muted"}


@pytest.mark.parametrize(("coverage", "expected"), [("complete", {"paper/drive/muted/text/omitted"}), ("partial", set())])
def test_a_measure_is_omitted_only_by_a_source_read_whole(coverage: str, expected: set[str], place: Path) -> None:
    announced = official(claim("closed", "50"), claim("muted", "20"))
    found = [v for v in judge(read(store(place, announced, paper(claim("closed"), coverage=coverage)))) if v.kind == "omitted"]
    assert {v.iri.removeprefix("verdict/") for v in found} == expected
    assert {(v.source, v.subject, v.claim, v.reference) for v in found} <= {("source/paper", MUTED, "", "claim/official/muted")}


@pytest.mark.parametrize(
    ("coverages", "added"), [(["complete", "complete"], True), (["complete", "partial"], False), (["partial", "partial"], False)]
)
def test_a_figure_is_added_only_to_primary_sources_that_were_all_read_whole(coverages: list[str], added: bool, place: Path) -> None:
    one, other = coverages
    announced = official(claim("closed"), coverage=one)
    copy = source("copy", claim("closed"), role="primary", coverage=other, copiedFrom="source/official")
    expected = {"paper/muted/value/no-reference"} | ({"paper/muted/text/added"} if added else set())
    assert verdicts(place, announced, copy, paper(claim("muted", "20"))) == expected


def test_without_a_primary_figure_nothing_is_called_wrong(place: Path) -> None:
    one, other = paper(claim("closed", "50", penalty="mute")), source("daily", claim("closed", "80", penalty="closure"))
    assert verdicts(place, one, other) == {"paper/closed/value/no-reference", "daily/closed/value/no-reference"}


# ── One source against itself ────────────────────────────────────────────────────────────────────────────────────


def twice(*figures: Document, **other: Any) -> Document:
    return paper(*(claim(f"closed-{place}", subject=CLOSED, figure=figure, **other) for place, figure in enumerate(figures)))


def test_two_figures_that_exclude_each_other_contradict(place: Path) -> None:
    order = {"text": "thousands", "comparator": "order", "min": 1000, "max": 9999, "unit": "account"}
    found = verdicts(place, twice(number("80"), order))
    assert {name for name in found if "contradiction" in name} == {
        "paper/closed-0/value/self-contradiction/paper/closed-1",
        "paper/closed-1/value/self-contradiction/paper/closed-0",
    }


@pytest.mark.parametrize(
    "figures",
    [
        [number("7541"), number("7500")],
        [number("67000"), number("6000", "over")],
        [number("800", "under"), number("777", "about")],
        [number("7541"), number("12", unit="person")],
    ],
    ids=["a rounding", "a true bound", "one finer than the other", "two units"],
)
def test_two_figures_that_can_both_be_right_do_not(figures: list[Document], place: Path) -> None:
    assert not [name for name in verdicts(place, twice(*figures)) if "contradiction" in name]


@pytest.mark.parametrize(
    ("first", "second", "contradiction"),
    [
        ({"to": "2024-03-31"}, {"to": "2024-04-30"}, False),
        ({"from": "2024-03"}, {"from": "2024-04"}, False),
        ({"to": "2024-04"}, {"to": "2024-04-30"}, True),
        ({"to": "2024-04-30"}, {}, True),
    ],
)
def test_figures_of_two_periods_do_not_contradict(first: Document, second: Document, contradiction: bool, place: Path) -> None:
    told = paper(claim("one", "50", subject=CLOSED, **first), claim("two", "80", subject=CLOSED, **second))
    assert any("self-contradiction" in name for name in verdicts(place, told)) == contradiction


def test_a_part_above_its_whole_contradicts(place: Path) -> None:
    told = paper(claim("handled", "40"), claim("closed", "50", partOf=HANDLED))
    assert "paper/closed/value/self-contradiction/paper/handled" in verdicts(place, told)


def test_a_part_may_be_all_of_its_whole(place: Path) -> None:
    told = paper(claim("handled", "50"), claim("closed", "50", partOf=HANDLED))
    assert not [name for name in verdicts(place, told) if "contradiction" in name]


@pytest.mark.parametrize(("part", "whole"), [("about", "exactly"), ("under", "exactly"), ("exactly", "over"), ("exactly", "about")])
def test_a_part_above_its_whole_may_be_right_where_words_leave_room(part: str, whole: str, place: Path) -> None:
    told = paper(claim("handled", figure=number("40", whole)), claim("closed", figure=number("50", part), partOf=HANDLED))
    assert not [name for name in verdicts(place, told) if "contradiction" in name]


def test_parts_are_not_summed(place: Path) -> None:
    told = paper(claim("handled", "90"), claim("closed", "50", partOf=HANDLED), claim("muted", "60", partOf=HANDLED))
    assert not [name for name in verdicts(place, told) if "contradiction" in name]


# ── Two clocks, and other references ─────────────────────────────────────────────────────────────────────────────

APRIL = source("april", claim("closed", "485"), role="primary", published="2024-04-01")
MAY = official(claim("closed", "1410"), claim("muted", "20"))


def test_interim_figures_are_not_wrong(place: Path) -> None:
    assert verdicts(place, APRIL, MAY) == set()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-03-31", {"paper/closed/value/no-reference"}),
        ("2024-04-02", set()),
        ("2024-05-09", set()),
        ("2024-05-11", {"paper/closed/value/value-differs"}),
        ("2024-05", {"paper/closed/value/value-differs"}),
    ],
)
def test_a_claim_is_held_against_what_was_known_when_it_was_said(day: str, expected: set[str], place: Path) -> None:
    assert verdicts(place, APRIL, MAY, paper(claim("closed", "485"), published=day)) == expected


@pytest.mark.parametrize(("day", "expected"), [("2024-04-02", set()), ("2024-05-11", {"paper/drive/muted/text/omitted"})])
def test_nothing_is_omitted_that_was_not_yet_said(day: str, expected: set[str], place: Path) -> None:
    told = paper(claim("closed", figure=number("1410")) if expected else claim("closed", "485"), coverage="complete", published=day)
    assert verdicts(place, APRIL, MAY, told) == expected


def test_a_source_that_spoke_twice_is_held_against_what_was_known_the_second_time(place: Path) -> None:
    told = paper(claim("closed", "485", said="2024-04-02"), claim("handled", "90"), coverage="complete")
    assert "paper/drive/muted/text/omitted" in verdicts(place, APRIL, MAY, told)


def test_a_reference_of_the_same_month_may_have_been_known(place: Path) -> None:
    vague = official(claim("closed", "1410"), published="2024-05")
    assert verdicts(place, vague, paper(claim("closed", "485"), published="2024-05-01")) == {"paper/closed/value/value-differs"}


def test_the_period_of_a_campaign_is_not_dropped_before_it_was_said(place: Path) -> None:
    later = official(of_campaign("period", **{"from": "2024-03-10"}))
    assert verdicts(place, APRIL, later, paper(claim("closed", "485"), coverage="complete", published="2024-04-02")) == set()


def test_a_list_of_a_smaller_group_that_was_not_yet_announced_widens_nothing(place: Path) -> None:
    early = source("april", claim("handled", "90"), role="primary", published="2024-04-01")
    later = official(claim("muted", "20", including="mute"))
    assert verdicts(place, early, later, paper(claim("handled", "90", including="mute"), published="2024-04-02")) == set()


def test_as_of_a_day_only_what_was_known_by_then_is_compared(place: Path) -> None:
    told = paper(claim("closed", "480"))
    late = source("late", claim("closed", "485"), published="2024-05")
    assert verdicts(place, APRIL, MAY, told, late, as_of="2024-05-11") == {"paper/closed/value/value-differs"}
    assert verdicts(place, APRIL, told | {"published": "2024-04-02"}, late, as_of="2024-04-30") == {"paper/closed/value/rounded"}


def test_a_source_that_the_user_names_is_the_reference_of_all_others(place: Path) -> None:
    other = source("daily", claim("closed", "60"))
    found = verdicts(place, MAY, paper(claim("closed", "50")), other, reference="source/paper")
    assert found == {
        "official/closed/value/value-differs",  # said a day before, but the user asks for this reference
        "official/muted/value/no-reference",
        "daily/closed/value/value-differs",
    }


def test_a_source_is_not_held_against_itself(place: Path) -> None:
    assert verdicts(place, paper(claim("closed", "50"), WHOLE), reference="source/paper") == set()


# ── All of them ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_deriving_twice_adds_nothing(place: Path) -> None:
    made = store(place, MAY, paper(claim("closed", "1400"), coverage="complete"))
    assert derive(made) > 0
    before = len(made)
    derive(made)
    assert len(made) == before


def test_every_verdict_of_the_shipped_facts_has_a_name_of_its_own(graph: Graph) -> None:
    found = judge(read(graph.store))
    assert found == in_order(set(found))
    named = {row["v"].removeprefix(BASE) for row in query(graph, "SELECT ?v WHERE { ?v a enf:Verdict }")}
    assert named == {verdict.iri for verdict in found}
    assert len(named) == len(found) > 200


def test_every_kind_and_property_that_is_given_is_declared(graph: Graph) -> None:
    found = judge(read(graph.store))
    assert {verdict.kind for verdict in found} <= vocabulary().codes[f"{BASE}verdict-kind/"]
    assert {verdict.aspect for verdict in found} <= {term.iri.rpartition("#")[2] for term in vocabulary().terms.values()}


def test_every_property_with_a_hierarchy_has_its_kinds() -> None:
    aspects = ("penalty", "account-type", "violation", "unit", "platform")
    wanted = {f"{aspect}-{how}" for aspect in aspects for how in ("narrowed", "widened", "dropped", "differs")}
    assert wanted | {"partner-dropped", "partner-differs"} <= vocabulary().codes[f"{BASE}verdict-kind/"]


def test_a_judgement_leaves_the_rules_verdict_where_it_is(graph: Graph) -> None:
    rows = query(
        graph, "SELECT ?rule ?person WHERE { ?j a enf:Judgement ; enf:overrules ?v ; enf:kind ?person . ?v a enf:Verdict ; enf:kind ?rule }"
    )
    assert {(row["rule"].removeprefix(BASE), row["person"].removeprefix(BASE)) for row in rows} == {
        ("verdict-kind/violation-differs", "verdict-kind/same")
    }


def test_the_verdicts_of_each_claim_are_those_that_are_stored(graph: Graph) -> None:
    found = of_claims(graph.store, read(graph.store))
    assert in_order(verdict for own in found.values() for verdict in own) == [each for each in stored(graph.store) if each.claim]
