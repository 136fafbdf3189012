"""The rules: which claim a measure and a campaign take after, and what they take."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg import rules
from kg.graph import Graph, canonical
from kg.questions import query, short
from kg.vocabulary import BASE, ENF, vocabulary
from tests.samples import CLOSED, DRIVE, assertion, derived


def references(graph: Graph, thing: str = CLOSED) -> list[str]:
    return sorted(short(row["claim"]) for row in query(graph, "SELECT ?claim WHERE { $thing enf:reference ?claim }", thing=thing))


def taken(graph: Graph, thing: str, name: str) -> list[str]:
    rows = query(graph, f"SELECT ?value WHERE {{ $thing enf:{name} ?value }}", thing=thing)
    return sorted(short(row["value"]) for row in rows)


def carried(to: str) -> set[str]:
    return {row["p"] for row in query(Graph(vocabulary().store), f"SELECT ?p WHERE {{ ?p enf:carriedTo enf:{to} }}")}


# Each step of the policy: the first claim wins by it, though everything behind that step speaks for the second.
STEPS = {
    "primary before secondary": ({"name": "z", "said": "2024-01-01", "basis": "restated"}, {"name": "a", "role": "secondary"}),
    "later said": ({"name": "z", "said": "2024-05-02", "basis": "restated"}, {"name": "a"}),
    "a day before none": ({"name": "z", "said": "1999-01-01", "basis": "restated"}, {"name": "a", "said": ""}),
    "quoted before restated": ({"name": "z"}, {"name": "a", "basis": "restated"}),
    "first IRI": ({"name": "a"}, {"name": "z"}),
}


@pytest.mark.parametrize("step", STEPS)
def test_the_reference_of_a_measure_is_chosen(step: str) -> None:
    first, second = STEPS[step]
    expected = [f"claim/{first['name']}/a"]
    assert references(derived(assertion(**first), assertion(**second))) == expected
    assert references(derived(assertion(**second), assertion(**first))) == expected


def test_a_claim_without_a_figure_is_no_reference() -> None:
    graph = derived(assertion("a", 'enf:statement "It happened."'), assertion("b", role="secondary"))
    assert references(graph) == ["claim/b/a"]


def test_a_measure_without_claims_has_no_reference_and_takes_nothing() -> None:
    rows = query(derived(), "SELECT ?p WHERE { $thing ?p ?o }", thing=CLOSED)
    assert sorted(short(row["p"]) for row in rows) == ["campaign", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"]


def test_a_measure_takes_its_properties_whole_from_one_claim() -> None:
    graph = derived(
        assertion("a", 'enf:text "5" ; enf:value 5 ; enf:actor <authority/one> , <authority/two>'),
        assertion("b", 'enf:text "7" ; enf:value 7 ; enf:violation <violation/rumour>', role="secondary"),
    )
    assert taken(graph, CLOSED, "actor") == ["authority/one", "authority/two"]
    assert taken(graph, CLOSED, "value") == ["5"]
    assert taken(graph, CLOSED, "violation") == []


def test_every_measure_takes_exactly_the_carried_properties_of_its_reference(graph: Graph) -> None:
    properties = carried("Measure")
    measures = [row["m"] for row in query(graph, "SELECT ?m WHERE { ?m a enf:Measure ; enf:reference ?claim }")]
    assert len(measures) > 10
    for measure in measures:
        own = {(r["p"], r["o"]) for r in query(graph, "SELECT ?p ?o WHERE { $m ?p ?o }", m=measure) if r["p"] in properties}
        claims = query(graph, "SELECT ?p ?o WHERE { $m enf:reference ?claim . ?claim ?p ?o }", m=measure)
        assert own == {(row["p"], row["o"]) for row in claims if row["p"] in properties}


def test_a_campaign_takes_each_property_from_the_best_claim_that_has_it() -> None:
    graph = derived(
        assertion("a", 'enf:from "2024-01"^^edtf:EDTF', subject=DRIVE),
        assertion("b", 'enf:from "2023"^^edtf:EDTF ; enf:partner <authority/one> , <authority/two>', subject=DRIVE, role="secondary"),
        assertion("c", "enf:partner <authority/three>", subject=DRIVE, role="secondary", said="2020-01-01"),
    )
    assert taken(graph, DRIVE, "from") == ["2024-01"]
    assert taken(graph, DRIVE, "partner") == ["authority/one", "authority/two"]
    assert references(graph, DRIVE) == ["claim/a/a", "claim/b/a"]


def test_a_campaign_takes_nothing_from_claims_about_its_measures() -> None:
    graph = derived(assertion("a", 'enf:text "5" ; enf:platform <platform/one>'))
    assert taken(graph, CLOSED, "platform") == ["platform/one"]
    assert taken(graph, DRIVE, "platform") == []


def test_a_campaign_takes_no_property_that_is_not_carried_to_campaigns(graph: Graph) -> None:
    own = {row["p"] for row in query(graph, "SELECT DISTINCT ?p WHERE { ?c a enf:Campaign ; ?p ?o }") if row["p"].startswith(ENF)}
    assert own - carried("Campaign") == {ENF + "reference", ENF + "series"}


def test_the_claims_that_are_not_chosen_stay() -> None:
    graph = derived(assertion("a"), assertion("b", 'enf:text "7"', role="secondary"))
    assert [row["t"] for row in query(graph, "SELECT ?t WHERE { ?c a enf:Claim ; enf:text ?t } ORDER BY ?t")] == ["5", "7"]


def test_running_the_rules_twice_adds_nothing(graph: Graph) -> None:
    store = ox.Store()
    store.extend(list(graph.store))
    assert rules.derive(store) == 0
    assert canonical(store) == canonical(graph.store)


def test_the_regulators_own_words_are_the_reference_of_its_closures(graph: Graph) -> None:
    assert references(graph, BASE + "measure/cac-self-media-2023/closures") == ["claim/cctv-2023/closures"]
