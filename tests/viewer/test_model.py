"""The view model: what is drawn is what the graph says, each with its evidence and the looks that the ontology gives."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from kg.builder import Build
from kg.errors import QueryError
from kg.graph import GRAPH, Graph, canonical
from kg.questions import query, short
from kg.viewer.model import Model, model
from kg.vocabulary import BASE

CAMPAIGN = "campaign/cac-self-media-2023"
HANDLED = "measure/cac-self-media-2023/handled"


@pytest.fixture(scope="module")
def facts(graph: Graph) -> Model:
    return model(graph)


@pytest.fixture(scope="module")
def claims(graph: Graph) -> Model:
    return model(graph, layer="claims")


def of(found: Model, name: str) -> list[dict[str, Any]]:
    return [node for node in found["nodes"] if node["class"] == name]


def node(found: Model, iri: str) -> Any:
    return next(node for node in found["nodes"] if node["id"] == iri)


def edge(found: Model, start: str, name: str, end: str) -> Any:
    return next(edge for edge in found["edges"] if (edge["from"], edge["property"], edge["to"]) == (start, name, end))


def pairs(graph: Graph, sparql: str) -> set[tuple[str, ...]]:
    return {tuple(short(value) for value in row.values()) for row in query(graph, sparql)}


@pytest.mark.parametrize(("name", "class_name"), [("Campaign", "enf:Campaign"), ("Measure", "enf:Measure")])
def test_every_campaign_and_measure_is_a_node(graph: Graph, facts: Model, name: str, class_name: str) -> None:
    assert {(each["id"],) for each in of(facts, name)} == pairs(graph, f"SELECT ?x WHERE {{ ?x a {class_name} }}")


@pytest.mark.parametrize("name", ["penalty", "accountType", "violation", "platform", "including"])
def test_the_links_of_measures_are_those_of_the_graph(graph: Graph, facts: Model, name: str) -> None:
    drawn = {(e["from"], e["to"]) for e in facts["edges"] if e["property"] == name and e["from"].startswith("measure/")}
    assert drawn == pairs(graph, f"SELECT ?m ?x WHERE {{ ?m a enf:Measure ; enf:{name} ?x }}")


def test_who_acted_is_linked_to_every_campaign_whose_claims_name_them(graph: Graph, facts: Model) -> None:
    asked = "SELECT ?who ?c WHERE { { ?c a enf:Campaign ; enf:actor ?who } UNION { ?m enf:campaign ?c ; enf:actor ?who } }"
    assert {(e["from"], e["to"]) for e in facts["edges"] if e["property"] == "actor"} == pairs(graph, asked)


def test_a_link_carries_its_figure_as_worded_and_said_again_in_the_other_language(facts: Model) -> None:
    assert edge(facts, CAMPAIGN, "campaign", HANDLED)["text"] == {"en": "over 927,600", "zh": "92.76万余"}
    assert "text" not in edge(facts, "authority/cac", "actor", CAMPAIGN)


def test_a_greater_figure_has_a_wider_link_and_a_larger_node(facts: Model) -> None:
    notices = "measure/cac-self-media-2023/notices"
    assert edge(facts, CAMPAIGN, "campaign", HANDLED)["width"] > edge(facts, CAMPAIGN, "campaign", notices)["width"]
    assert node(facts, HANDLED)["size"] > node(facts, notices)["size"]


def test_of_all_campaigns_only_the_one_with_most_claims_is_open(facts: Model) -> None:
    counting = {each["parent"] for each in of(facts, "Measure")}  # a campaign that counts nothing has nothing to fold away
    assert [each["id"] for each in of(facts, "Campaign") if each["id"] in counting and not each.get("collapsed")] == [CAMPAIGN]
    shown = {each["parent"] for each in of(facts, "Measure") if not each.get("hidden")}
    assert shown == {CAMPAIGN}


def test_one_campaign_alone_is_open_and_brings_nothing_of_the_others(graph: Graph) -> None:
    found = model(graph, "cac-news-anchors-2023")
    assert [each["id"] for each in of(found, "Campaign")] == ["campaign/cac-news-anchors-2023"]
    assert not any(each.get("collapsed") or each.get("hidden") for each in found["nodes"])
    assert {claim["subject"].split("/")[1] for claim in found["claims"]} == {"cac-news-anchors-2023"}


def test_a_series_brings_its_campaigns(graph: Graph) -> None:
    found = model(graph, "cac-qinglang")
    assert {each["id"] for each in of(found, "Campaign")} == {"campaign/cac-qinglang", CAMPAIGN}
    assert edge(found, CAMPAIGN, "series", "campaign/cac-qinglang")
    assert found["title"] == node(found, "campaign/cac-qinglang")["label"]


@pytest.mark.parametrize("layer", ["facts", "claims"])
def test_links_parents_and_claims_lead_to_what_is_there(graph: Graph, layer: str) -> None:
    found = model(graph, layer=layer)
    known, number = {each["id"] for each in found["nodes"]}, len(found["claims"])
    assert {end for each in found["edges"] for end in (each["from"], each["to"])} <= known
    assert {each["parent"] for each in found["nodes"] if "parent" in each} <= known
    assert all(0 <= claim < number for part in ("nodes", "edges") for each in found[part] for claim in each.get("claims", ()))
    assert {each["source"] for each in found["claims"]} == set(found["sources"])
    assert {each["property"] for each in found["edges"]} == set(found["properties"])
    assert {kind for each in found["claims"] for kind in each.get("kinds", ())} == {kind["id"] for kind in found["kinds"]}


@pytest.mark.parametrize("layer", ["facts", "claims"])
def test_every_class_has_its_looks_and_a_label_in_every_language(graph: Graph, layer: str) -> None:
    found = model(graph, layer=layer)
    assert {each["id"] for each in found["classes"]} == {each["class"] for each in found["nodes"]}
    assert [each["order"] for each in found["classes"]] == sorted(each["order"] for each in found["classes"])
    for each in [*found["classes"], *found["kinds"]]:
        assert each["colour"] and each["icon"] and all(each["label"][language] for language in found["languages"])
    assert {each["shape"] for each in found["classes"]} <= {
        "circle", "square", "diamond", "triangle", "triangle-down", "hexagon", "star", "box",
    }  # fmt: skip


def test_every_claim_of_the_graph_is_drawn_between_its_source_and_what_it_is_about(graph: Graph, claims: Model) -> None:
    assert {each["id"] for each in of(claims, "Claim")} == {row[0] for row in pairs(graph, "SELECT ?x WHERE { ?x a enf:Claim }")}
    asked = pairs(graph, "SELECT ?claim ?source WHERE { ?claim enf:subject ?any ; enf:source ?source }")
    assert {(e["to"], e["from"]) for e in claims["edges"] if e["property"] == "source"} == asked


def test_a_link_of_the_layer_of_claims_has_the_gravest_verdict_and_is_dashed_where_a_reader_is_misled(claims: Model) -> None:
    severity = {kind["id"]: kind["severity"] for kind in claims["kinds"]}
    by_claim = {each["id"]: each for each in claims["claims"]}
    judged = [each for each in claims["edges"] if "kind" in each]
    assert {bool(each.get("dashes")) for each in judged} == {True, False}
    for each in judged:
        kinds = by_claim[each["from"]]["kinds"]
        assert severity[each["kind"]] == max(severity[kind] for kind in kinds)
        assert bool(each.get("dashes")) == (severity[each["kind"]] >= 2)


def test_a_claim_comes_with_its_evidence_and_why_it_is_the_reference(facts: Model) -> None:
    [claim] = [each for each in facts["claims"] if each["id"] == "claim/cctv-2023/handled"]
    start, end = claim["mark"]
    assert claim["quote"][start:end] == claim["text"] == "92.76万余"
    assert claim["reference"] is True
    assert claim["why"] == {"en": "Reference: quoted goes before restated.", "zh": "参照：引文先于转述。"}


def test_a_claim_that_is_not_the_reference_tells_what_put_the_other_before_it(facts: Model) -> None:
    [claim] = [each for each in facts["claims"] if each["id"] == "claim/dqindia-2023/closures"]
    assert "reference" not in claim
    assert claim["why"]["en"] == "Not the reference: primary source goes before secondary source."


def test_a_verdict_that_a_person_overruled_shows_as_they_judged_it_with_their_reason(graph: Graph, claims: Model) -> None:
    judged = [found for claim in claims["claims"] for found in claim.get("judgements", ())]
    with_claim = "SELECT ?verdict WHERE { ?judgement enf:overrules ?verdict . ?verdict enf:claim ?claim }"
    assert len(judged) == len(query(graph, with_claim)) > 0
    assert all(found["kind"] != found["rule"] and found["reason"] and found["author"] for found in judged)


def test_years_are_those_of_the_period_or_else_of_what_was_said(facts: Model) -> None:
    assert node(facts, CAMPAIGN)["years"] == [2023]
    assert node(facts, "campaign/whatsapp-india-reports")["years"] == [2023]  # though one report was of 2024
    assert node(facts, "campaign/komdigi-gambling-2024")["years"] == [2024]  # the period is not told


def test_a_campaign_shows_the_claims_about_its_measures_too(facts: Model) -> None:
    campaign = "campaign/whatsapp-india-reports"
    told = {facts["claims"][number]["subject"] for number in node(facts, campaign)["claims"]}
    assert {each["id"] for each in of(facts, "Measure") if each["parent"] == campaign} <= told


def test_search_finds_other_names_too(facts: Model) -> None:
    assert {"account closure", "封号"} <= set(node(facts, "penalty/closure")["aliases"])


def test_what_is_empty_is_left_out(claims: Model) -> None:
    for part in ("nodes", "edges", "claims"):
        assert not [each for each in claims[part] for value in each.values() if value is None or value is False or value in ("", [], {})]


@pytest.mark.parametrize(
    ("thing", "layer", "steps"),
    [
        (CAMPAIGN, "facts", 1),
        ("authority/cac", "facts", 1),
        ("penalty/closure", "facts", 1),
        ("claim/investing-2023/false-news-items", "claims", 2),
    ],
)
def test_around_a_thing_stands_what_is_linked_to_it_and_nothing_else(graph: Graph, thing: str, layer: str, steps: int) -> None:
    found, whole = model(graph, around=BASE + thing), model(graph, layer=layer)
    near = {thing}
    for _ in range(steps):
        near |= {each[end] for each in whole["edges"] if near & {each["from"], each["to"]} for end in ("from", "to")}
    assert found["layer"] == layer
    assert {each["id"] for each in found["nodes"]} == near
    assert len(near) > 2
    assert not any(each.get("hidden") or each.get("collapsed") for each in found["nodes"])
    with pytest.raises(QueryError, match="no picture shows 'nothing'"):
        model(graph, around="nothing")


@pytest.mark.parametrize("thing", ["campaign/vn-mic-2024", "claim/investing-2023/false-news-items"])
def test_around_a_thing_come_the_claims_of_what_is_drawn_and_no_others(thing: str, graph: Graph) -> None:
    found = model(graph, around=BASE + thing)
    whole = model(graph, layer=found["layer"])

    def told(of: Model, part: str) -> dict[tuple[str, ...], list[str]]:
        """The claims of each thing or link, by IRI."""
        ends = ("id",) if part == "nodes" else ("from", "property", "to")
        return {tuple(each[end] for end in ends): [of["claims"][n]["id"] for n in each.get("claims", ())] for each in of[part]}

    drawn = told(found, "nodes") | told(found, "edges")
    assert {claim for claims in drawn.values() for claim in claims} == {claim["id"] for claim in found["claims"]}
    assert drawn.items() <= (told(whole, "nodes") | told(whole, "edges")).items()
    assert 2 < len(found["claims"]) < len(whole["claims"]) / 4
    assert len(found["sources"]) < len(whole["sources"])


def test_an_unknown_campaign_or_layer_is_refused_with_the_nearest(graph: Graph) -> None:
    with pytest.raises(QueryError, match="did you mean 'cac-self-media-2023'"):
        model(graph, "cac-self-media-2032")
    with pytest.raises(QueryError, match="did you mean 'claims'"):
        model(graph, layer="claim")


def test_the_same_graph_gives_the_same_model_in_every_process(built: Build, facts: Model, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("model")
    (folder / GRAPH).write_bytes(b"".join(canonical(built.graph.store)))
    program = "import json, sys, kg; from kg.viewer.model import model; print(json.dumps(model(kg.open(sys.argv[1]))))"
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program, str(folder / GRAPH)], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        assert json.loads(done.stdout) == json.loads(json.dumps(facts))
