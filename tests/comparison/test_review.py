"""Reviews are ClaimReview that a fact-checker can publish: by a named author, of claims that can be compared, of known dates only."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.cli import main
from kg.comparison import compare
from kg.errors import QueryError
from kg.graph import Graph

CAMPAIGN = "cac-self-media-2023"


def test_every_figure_that_can_be_compared_has_one_review(graph: Graph) -> None:
    reviews = kg.review(graph, CAMPAIGN, author="Example Desk")["@graph"]
    wanted = [cell.claim for cell in compare(graph, CAMPAIGN) if cell.claim and cell.faithful is not None]
    assert [review["itemReviewed"]["@id"].partition("enforcement-kg/")[2] for review in reviews] == wanted
    assert {review["author"]["name"] for review in reviews} == {"Example Desk"}


def test_a_faithful_figure_is_rated_best_and_a_misleading_one_worst(graph: Graph) -> None:
    rated = {review["url"].rpartition("claim/")[2]: review["reviewRating"] for review in kg.review(graph, CAMPAIGN, author="x")["@graph"]}
    assert rated["dqindia-2023/closures"]["ratingValue"] == rated["dqindia-2023/closures"]["bestRating"]
    assert rated["dqindia-2023/lesser-penalties"]["ratingValue"] == rated["dqindia-2023/lesser-penalties"]["worstRating"]
    assert "relation differs" in rated["dqindia-2023/lesser-penalties"]["alternateName"]


def test_no_author_is_invented(graph: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(QueryError, match="author"):
        kg.review(graph, CAMPAIGN, author=" ")
    with pytest.raises(SystemExit) as stopped:
        main(["review", CAMPAIGN])
    assert stopped.value.code == 2
    assert "--author" in capsys.readouterr().err


def test_dates_are_those_of_the_sources_as_far_as_known(graph: Graph) -> None:
    dates = {
        review["itemReviewed"]["author"]["name"]: review["itemReviewed"]["datePublished"]
        for review in kg.review(graph, CAMPAIGN, author="x")["@graph"]
    }
    assert dates["TCIT"] == "2023-05"
    assert dates["The Star"] == "2023-05-29"


def test_a_copy_is_dated_by_its_own_publication_and_not_by_what_it_repeats(graph: Graph) -> None:
    reviews = kg.review(graph, CAMPAIGN, author="x")["@graph"]
    cells = {cell.claim: cell for cell in compare(graph, CAMPAIGN)}
    copies = [review for review in reviews if review["url"].partition("enforcement-kg/")[2].startswith("claim/china-youth-net-copy")]
    assert {review["itemReviewed"]["datePublished"] for review in copies} == {"2023-05-29"}
    assert {cells[review["url"].partition("enforcement-kg/")[2]].said for review in copies} == {"2023-05-27"}


def test_every_review_says_in_words_what_it_finds(graph: Graph) -> None:
    for language in ("en", "zh"):
        reviews = kg.review(graph, CAMPAIGN, author="x", language=language)["@graph"]
        assert {review["inLanguage"] for review in reviews} == {language}
        assert [review["url"] for review in reviews if len(review["reviewBody"]) < 10 or "{" in review["reviewBody"]] == []


def test_against_another_reference_other_claims_are_reviewed(graph: Graph) -> None:
    reviews = kg.review(graph, CAMPAIGN, author="x", reference="tcit-2023")["@graph"]
    reviewed = {review["url"].rpartition("claim/")[2].partition("/")[0] for review in reviews}
    assert "cctv-2023" in reviewed
    assert "cctv-2023" not in {
        review["url"].rpartition("claim/")[2].partition("/")[0] for review in kg.review(graph, CAMPAIGN, author="x")["@graph"]
    }


def test_the_authors_address_stands_only_where_it_is_given(graph: Graph, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kg.export(graph, tmp_path / "graph.nt")
    arguments = ["review", CAMPAIGN, "--author", "Example Desk", "--graph", str(tmp_path / "graph.nt")]
    assert main([*arguments, "--author-url", "https://desk.example"]) == 0
    authors = [review["author"] for review in json.loads(capsys.readouterr().out)["@graph"]]
    assert authors == [{"@type": "Organization", "name": "Example Desk", "url": "https://desk.example"}] * len(authors) != []
    assert main(arguments) == 0
    assert "url" not in json.loads(capsys.readouterr().out)["@graph"][0]["author"]


@pytest.mark.parametrize("wrong", [["no-such-campaign"], [CAMPAIGN, "--reference", "no-such-source"]])
def test_an_unknown_name_leaves_the_file_as_it_was(wrong: list[str], graph: Graph, tmp_path: Path) -> None:
    kg.export(graph, tmp_path / "graph.nt")
    (tmp_path / "out.jsonld").write_text("as it was")
    arguments = ["review", *wrong, "--author", "x", "--graph", str(tmp_path / "graph.nt"), "-o", str(tmp_path / "out.jsonld")]
    assert main(arguments) == 2
    assert (tmp_path / "out.jsonld").read_text() == "as it was"
    assert {path.name for path in tmp_path.iterdir()} == {"graph.nt", "out.jsonld"}


def test_the_document_is_json_ld_of_schema_org(graph: Graph) -> None:
    document = kg.review(graph, CAMPAIGN, author="x") | {"@context": {"@vocab": "https://schema.org/"}}
    triples = list(ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD))
    kinds = [str(quad.object) for quad in triples if quad.predicate.value.endswith("#type")]
    assert kinds.count("<https://schema.org/ClaimReview>") == len(document["@graph"]) > 50


def test_the_file_is_written_whole_and_the_same_twice(graph: Graph, tmp_path: Path) -> None:
    kg.export(graph, tmp_path / "graph.nt")
    for name in ("a.jsonld", "b.jsonld"):
        arguments = ["review", CAMPAIGN, "--author", "x", "--graph", str(tmp_path / "graph.nt"), "-o", str(tmp_path / name)]
        assert main(arguments) == 0
    assert (tmp_path / "a.jsonld").read_bytes() == (tmp_path / "b.jsonld").read_bytes()


@pytest.mark.parametrize(("language", "derived", "decided"), [("en", "Derived by rule", "decided"), ("zh", "按规则得出", "判为")])
def test_a_rating_says_that_a_rule_derived_it_and_who_decided_otherwise(language: str, derived: str, decided: str, graph: Graph) -> None:
    reviews = kg.review(graph, CAMPAIGN, author="x", language=language)["@graph"]
    told = {each["url"].rpartition("claim/")[2]: each["reviewRating"]["ratingExplanation"] for each in reviews}
    assert all(each.startswith(derived) for each in told.values())
    judged = {claim for claim, each in told.items() if "enforcement-kg editors" in each and decided in each}
    assert judged == {"tcit-2023/rumour-closures", "dqindia-2023/rumour-closures"}


def test_who_made_the_claim_is_not_who_reviews_it(graph: Graph) -> None:
    publishers = {cell.claim: cell.publisher for cell in compare(graph, CAMPAIGN)}
    for each in kg.review(graph, CAMPAIGN, author="Example Desk")["@graph"]:
        claim = each["itemReviewed"]["@id"].partition("enforcement-kg/")[2]
        assert (each["author"]["name"], each["itemReviewed"]["author"]["name"]) == ("Example Desk", publishers[claim])
