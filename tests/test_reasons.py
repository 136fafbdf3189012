"""Why: the claims behind a thing, and the step of the policy that chose among them."""

from __future__ import annotations

import pytest

import kg
from kg.errors import QueryError
from kg.graph import Graph
from kg.reasons import find
from kg.vocabulary import BASE
from tests.samples import CLOSED, DRIVE, assertion, derived


def reason(*turtle: str, thing: str = CLOSED) -> list[tuple[str, str]]:
    return [(row["claim"].removeprefix(BASE), row["reference"]) for row in kg.why(derived(*turtle), thing)]


STEPS = {
    "the only claim": [{"name": "a"}],
    "primary before secondary": [{"name": "b", "said": "2024-01-01"}, {"name": "a", "role": "secondary"}],
    "said later (2024-05-02, next 2024-05-01)": [{"name": "b", "said": "2024-05-02"}, {"name": "a"}],
    "said later (2024-05-02, next no date)": [{"name": "b", "said": "2024-05-02"}, {"name": "a", "said": ""}],
    "quoted before restated": [{"name": "b"}, {"name": "a", "basis": "restated"}],
    "the first IRI among equals": [{"name": "a"}, {"name": "b"}],
}


@pytest.mark.parametrize("step", STEPS)
def test_the_reference_stands_first_with_the_step_that_chose_it(step: str) -> None:
    names = [f"claim/{claim['name']}/a" for claim in STEPS[step]]
    told = reason(*(assertion(**claim) for claim in STEPS[step]))
    assert told == [(names[0], f"reference: {step}"), *((name, "") for name in names[1:])]


def test_a_claim_without_a_figure_is_no_rival_of_the_reference() -> None:
    told = reason(assertion("a"), assertion("b", 'enf:statement "It happened."', said="2024-06-01"))
    assert ("claim/a/a", "reference: the only claim") in told
    assert len(told) == 2


def test_a_claim_that_only_names_the_measure_is_told_but_is_no_rival() -> None:
    other = f'enf:text "9" ; enf:besides <{CLOSED}>'
    rows = kg.why(derived(assertion("a", role="secondary"), assertion("b", other, subject="measure/drive/other")), CLOSED)
    assert [(row["publisher"], row["property"], row["reference"]) for row in rows] == [
        ("a", "subject", "reference: the only claim"),
        ("b", "besides", ""),
    ]


def test_a_campaign_has_a_reference_for_each_side_of_it() -> None:
    told = reason(
        assertion("a", 'enf:from "2024"^^<http://id.loc.gov/datatypes/edtf/EDTF>', subject=DRIVE),
        assertion("b", "enf:partner <authority/one>", subject=DRIVE, role="secondary"),
        thing=DRIVE,
    )
    assert told == [("claim/a/a", "reference for some properties"), ("claim/b/a", "reference for some properties")]


def test_a_claim_is_told_of_itself_with_its_words(graph: Graph) -> None:
    [told] = kg.why(graph, "claim/dqindia-2023/lesser-penalties")
    assert told["text"] == "roughly 930,000"


def test_every_claim_about_a_measure_is_told_once(graph: Graph) -> None:
    rows = kg.why(graph, "measure/cac-self-media-2023/closures")
    claims = kg.query(graph, "SELECT ?c WHERE { ?c a enf:Claim ; enf:subject $m }", m="measure/cac-self-media-2023/closures")
    about = [row["claim"] for row in rows if row["property"] == "subject"]
    assert sorted(about) == sorted(row["c"] for row in claims)
    assert len(rows) == len({row["claim"] for row in rows})


def test_every_measures_reason_is_one_of_the_policys(graph: Graph) -> None:
    measures = [row["m"] for row in kg.query(graph, "SELECT ?m WHERE { ?m enf:reference ?c ; a enf:Measure } ORDER BY ?m")]
    assert len(measures) > 10
    for measure in measures:
        first, *others = kg.why(graph, measure)
        assert first["reference"].startswith("reference: "), measure
        assert not [row for row in others if row["reference"]], measure


def test_each_reason_comes_with_the_words_that_prove_it(graph: Graph) -> None:
    first = kg.why(graph, "measure/cac-self-media-2023/closures")[0]
    assert (first["publisher"], first["role"], first["said"]) == ("CCTV", "primary", "2023-05-27")
    assert first["text"] in first["quote"]
    assert first["gloss"] == "more than 66,600 accounts"
    assert first["url"].startswith("https://tv.cctv.com/")


def test_a_concept_is_explained_by_the_claims_that_use_it(graph: Graph) -> None:
    assert {row["property"] for row in kg.why(graph, "penalty/closure")} == {"penalty"}


@pytest.mark.parametrize("term", ["platform/weibo", BASE + "platform/weibo", "Weibo", "weibo", "微博", "Sina Weibo"])
def test_a_thing_is_found_by_id_by_iri_and_by_name(graph: Graph, term: str) -> None:
    assert find(graph, term) == BASE + "platform/weibo"


@pytest.mark.parametrize("name", ["Fire/Water Watch", "a/{b}", "Tom|Tim/Jim"])
def test_a_name_may_hold_a_slash_and_what_no_address_can(name: str) -> None:
    assert find(derived(f'<authority/one> rdfs:label "{name}"@en .'), name) == BASE + "authority/one"


def test_an_unknown_name_is_told_with_the_nearest(graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"nothing here is called 'Weibbo'; did you mean 'weibo'"):
        find(graph, "Weibbo")


def test_a_name_of_several_things_is_refused_with_all_of_them() -> None:
    graph = derived('<platform/one> rdfs:label "Twin"@en . <platform/two> rdfs:label "twin"@en .')
    with pytest.raises(QueryError, match="several things; take one of: platform/one, platform/two"):
        find(graph, "Twin")


def test_a_thing_that_no_claim_mentions_has_no_rows(graph: Graph) -> None:
    assert list(kg.why(graph, "scale/ten")) == []
