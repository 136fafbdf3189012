"""The questions: one contract over all queries, known answers, and free SPARQL."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg import resources
from kg.errors import QueryError
from kg.graph import Graph, canonical
from kg.questions import Parameter, Rows, ask, bind, python, questions
from kg.vocabulary import BASE, ENF
from tests.samples import with_rows

NAMES = sorted(path.stem for path in (resources.ontology() / "queries").glob("*.rq"))
PARAMETERS = [(name, parameter) for name in NAMES for parameter in questions()[name].parameters]
SELF_MEDIA = "campaign/cac-self-media-2023"
# A thing of the shipped facts for each parameter that narrows an answer.
GIVEN = {
    "severity": "2",
    "campaign": SELF_MEDIA, "source": "source/tcit-2023", "regulator": "authority/cac", "accountType": "account-type/counterfeit-military",
    "penalty": "penalty/closure", "scheme": "penalty", "role": "role/primary", "operator": "platform/tencent",
    "measure": "measure/cac-self-media-2023/closures", "thing": "platform/weibo", "date": "2023-05", "lang": "zh",
    "subject": "account-type/self-media", "platform": "platform/tiktok", "without": "platform/google-shopping",
    "violation": "violation/scam", "from": "2024-02", "to": "2024-02", "about": "platform/google-play",
}  # fmt: skip
DSA = "campaign/dsa-transparency-database"


def given_for(name: str, parameter: str) -> str:
    """What to narrow a question by: the questions over rows are asked about their data set."""
    return DSA if parameter == "campaign" and "?figure enf:basis" in questions()[name].sparql else GIVEN[parameter]


@pytest.fixture(scope="session")
def graph(graph: Graph) -> Graph:
    """The shipped graph, and rows of a data set."""
    return with_rows(graph)


@pytest.fixture(scope="session")
def second(graph: Graph) -> rdflib.Graph:
    """The shipped graph in rdflib's own memory store: another implementation of SPARQL 1.1."""
    return rdflib.Graph().parse(data=b"".join(canonical(graph.store)), format="nt")


@pytest.fixture(scope="session")
def backwards(graph: Graph) -> Graph:
    """The shipped graph, its triples stored in another order."""
    store = ox.Store()
    for line in reversed(canonical(graph.store)):
        store.load(line, format=ox.RdfFormat.N_TRIPLES)
    return Graph(store)


def short(rows: Rows, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(v.removeprefix(BASE) if isinstance(v, str) else v for v in (row[c] for c in columns)) for row in rows]


def cells(solutions: Iterable[Any], columns: list[str]) -> list[tuple[str | None, ...]]:
    """Rows as a sorted list of lexical forms, the same for both implementations."""
    found = []
    for solution in solutions:
        terms = [solution[column] for column in columns]
        found.append(
            tuple(None if t is None else t.value if hasattr(t, "value") and not isinstance(t, rdflib.Literal) else str(t) for t in terms)
        )
    return sorted(found, key=lambda row: [cell or "" for cell in row])


@pytest.mark.parametrize("name", NAMES)
def test_a_question_says_what_it_asks_and_takes(name: str) -> None:
    question = questions()[name]
    text = question.sparql
    lines = [line for line in text.splitlines() if line.startswith("#")]
    told = [line.split(":")[0] for line in lines]
    about = ["# title", "# description"] + ["# param"] * len(question.parameters)
    assert told[: len(about)] == about
    further = {each for each in told[len(about) :] if "@" not in each}  # beside the same in other languages
    assert further in (set(), {"# columns"}, {"# rows"})  # how it is answered over a large graph
    assert text.startswith("# title: ")
    assert question.title != name
    assert question.description.endswith(".")
    assert all(parameter.meaning for parameter in question.parameters)


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS, ids=lambda value: getattr(value, "name", value))
def test_a_parameter_is_used_and_its_default_is_of_its_type(name: str, parameter: Parameter) -> None:
    assert re.search(rf"[$?]{parameter.name}\b", questions()[name].sparql.partition("WHERE")[2])
    if parameter.default != "*":
        parameter.term(parameter.default)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_leaves_the_graph_nowhere(name: str) -> None:
    assert not re.search(r"\bSERVICE\b|\bFROM\s+(NAMED\s+)?<", code_of(name), re.I)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_adds_up_only_rows_of_one_source_campaign_and_unit(name: str) -> None:
    if "enf:value" not in code_of(name):
        return  # what it may add up is how many claims there are, no figure
    for before, after in (part.split("SUM(", 1) for part in re.split(r"\bSELECT\b", code_of(name)) if re.search(r"\bSUM\s*\(", part, re.I)):
        where, _, grouped = after.partition("GROUP BY")
        assert "?figure enf:basis <https://w3id.org/enforcement-kg/basis/row> ;" in where
        assert {"?source", "?campaign", "?unit"} <= set(grouped.partition("HAVING")[0].split()) & set(before.split())


def code_of(name: str) -> str:
    return "\n".join(line for line in questions()[name].sparql.splitlines() if not line.startswith("#"))


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_an_answer(name: str, graph: Graph) -> None:
    assert len(kg.query(graph, name)) > 0


@pytest.mark.parametrize("name", NAMES)
def test_two_implementations_of_sparql_give_the_same_rows(name: str, graph: Graph, second: rdflib.Graph) -> None:
    text = bind(questions()[name], {})
    first = ask(graph, name, {})
    columns = [variable.value for variable in first.variables]
    assert cells(first, columns) == cells(second.query(text).bindings and map(_by_name, second.query(text)), columns)


def _by_name(row: Any) -> dict[str, Any]:
    return {str(label): row[label] for label in row.labels}


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_rows_does_not_hang_on_the_order_of_triples(name: str, graph: Graph, backwards: Graph) -> None:
    assert list(kg.query(graph, name)) == list(kg.query(backwards, name))


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS, ids=lambda value: getattr(value, "name", value))
def test_a_parameter_can_be_set(name: str, parameter: Parameter, graph: Graph) -> None:
    default, given = kg.query(graph, name), kg.query(graph, name, **{parameter.name: given_for(name, parameter.name)})
    assert given.columns == default.columns
    if parameter.default == "*":
        assert 0 < len(given) <= len(default)
        if parameter.name in given.columns:
            wanted = BASE + given_for(name, parameter.name)
            assert [row for row in given if row[parameter.name] != wanted] == []
    elif parameter.name == "lang":
        assert list(given) != list(default)


@pytest.mark.parametrize(
    ("name", "parameter"),
    [(n, p) for n, p in PARAMETERS if p.type == "iri" and p.name != "without"],
    ids=lambda value: getattr(value, "name", value),
)
def test_of_a_thing_that_is_not_there_nothing_is_told(name: str, parameter: Parameter, graph: Graph) -> None:
    assert len(kg.query(graph, name, **{parameter.name: "nothing/of-this-name"})) == 0


@pytest.mark.parametrize("name", [name for name, parameter in PARAMETERS if parameter.name == "without"])
def test_what_is_left_out_is_in_no_row_and_leaving_out_nothing_changes_nothing(name: str, graph: Graph) -> None:
    everything, rest = kg.query(graph, name), kg.query(graph, name, without="platform/tiktok")
    assert list(rest) == [found for found in everything if BASE + "platform/tiktok" not in found.values()]
    assert list(kg.query(graph, name, without="platform/nothing")) == list(everything)


@pytest.mark.parametrize("name", [name for name, parameter in PARAMETERS if parameter.name == "lang"])
def test_a_language_without_labels_falls_back_to_english(name: str, graph: Graph) -> None:
    assert list(kg.query(graph, name, lang="tlh")) == list(kg.query(graph, name, lang="en"))


def test_the_regulator_closed_a_part_of_the_accounts_that_it_dealt_with(graph: Graph) -> None:
    rows = short(kg.query(graph, "measures", campaign=SELF_MEDIA), "measure", "value", "min", "max", "unit")
    assert ("measure/cac-self-media-2023/handled", 927600, 927600, None, "unit/account") in rows
    assert ("measure/cac-self-media-2023/closures", 66600, 66600, None, "unit/account") in rows
    parts = short(kg.query(graph, "parts-of-measures", campaign=SELF_MEDIA), "measure", "relation", "whole", "publisher")
    assert ("measure/cac-self-media-2023/closures", "ontology#partOf", "measure/cac-self-media-2023/handled", "CCTV") in parts


def test_seven_outlets_say_that_others_came_on_top_of_the_closures(graph: Graph) -> None:
    rows = short(kg.query(graph, "parts-of-measures"), "relation", "whole", "source", "text")
    besides = {row[2:] for row in rows if row[:2] == ("ontology#besides", "measure/cac-self-media-2023/closures")}
    outlets = ("dqindia", "geo", "headtopics-en", "headtopics-sv", "qalam-club", "tcit", "the-star")
    assert sorted(source for source, _ in besides) == [f"source/{outlet}-2023" for outlet in outlets]
    assert ("source/dqindia-2023", "roughly 930,000") in besides


def test_tcit_names_three_platforms(graph: Graph) -> None:
    rows = kg.query(graph, "platforms-by-source", source="source/tcit-2023")
    assert {row["platformLabel"] for row in rows} == {"WeChat", "Douyin", "Weibo"}


def test_the_partners_are_the_police_and_the_market_regulator(graph: Graph) -> None:
    rows = short(kg.query(graph, "partners-by-source", campaign=SELF_MEDIA), "partner")
    assert set(rows) == {("authority/mps",), ("authority/samr",)}


def test_rows_of_a_month_are_added_and_a_decision_counts_under_each_of_its_penalties(graph: Graph) -> None:
    rows = kg.query(graph, "penalties-by-platform", campaign=DSA, platform="platform/tiktok")
    assert short(rows, "source", "month", "penalty", "value", "figures") == [
        ("source/dsa-statements", "2024-02", "penalty/closure", 120, 2),
        ("source/dsa-statements", "2024-02", "penalty/content-removal", 20, 1),
        ("source/dsa-statements", "2024-03", "penalty/closure", 3, 1),
        ("source/dsa-statistics", "2024-02", "penalty/closure", 121, 1),
    ]


def test_a_period_is_narrowed_by_months(graph: Graph) -> None:
    def months(**period: str) -> set[str]:
        return {found["month"] for found in kg.query(graph, "penalties-by-platform", campaign=DSA, **period)}

    assert months() == {"2024-02", "2024-03"}
    assert months(**{"from": "2024-02-29"}) == months(**{"from": "2024-02"}) == {"2024-02", "2024-03"}
    assert months(**{"from": "2024-03"}) == {"2024-03"}
    assert months(to="2024-02-01") == {"2024-02"}


def test_figures_by_different_columns_stay_apart(graph: Graph) -> None:
    rows = kg.query(graph, "violations-by-platform", violation="violation/violence")
    assert short(rows, "column", "value") == [("dsa/category", 90), ("dsa/category_specification", 7)]


def test_a_campaigns_figures_are_never_added(graph: Graph) -> None:
    rows = kg.query(graph, "penalties-by-platform", campaign="campaign/whatsapp-india-reports", **{"from": "2023-03", "to": "2023-03"})
    assert short(rows, "measure", "value", "unit") == [
        ("measure/whatsapp-india-reports/banned-2023-03", 4715906, "unit/account"),
        ("measure/whatsapp-india-reports/proactive-2023-03", 1659385, "unit/account"),
    ]


def test_what_is_done_for_a_violation_is_told_only_by_figures_that_state_both(graph: Graph) -> None:
    rows = kg.query(graph, "penalties-by-violation", campaign=DSA)
    assert short(rows, "violation", "penalty", "onPlatform", "value", "firstMonth", "lastMonth") == [
        ("violation/hate-speech", "penalty/closure", "platform/tiktok", 20, "2024-02", "2024-02"),
        ("violation/hate-speech", "penalty/content-removal", "platform/tiktok", 20, "2024-02", "2024-02"),
        ("violation/scam", "penalty/closure", "platform/tiktok", 103, "2024-02", "2024-03"),
        ("violation/scam", "penalty/content-removal", "platform/google-shopping", 5000, "2024-02", "2024-02"),
    ]


def test_a_known_error_stands_beside_the_platform_with_its_period(graph: Graph) -> None:
    [found] = kg.query(graph, "notes", about="platform/google-play")
    assert "inverted" in found["statement"]
    assert (found["from"], found["to"], found["said"]) == ("2023-09", "2026-05", "2026-06-08")


def test_labels_come_in_the_language_that_is_asked_for(graph: Graph) -> None:
    assert {row["platformLabel"] for row in kg.query(graph, "platforms-by-source", source="source/tcit-2023", lang="zh")} == {
        "微信",
        "抖音",
        "微博",
    }


def test_before_the_first_report_nothing_had_been_said(graph: Graph) -> None:
    assert len(kg.query(graph, "claims-by-date", date="2000")) == 0
    assert len(kg.query(graph, "claims-by-date", date="2023-05-26")) < len(kg.query(graph, "claims-by-date", date="2023-05-27"))


def test_a_date_given_as_a_month_means_its_last_day(graph: Graph) -> None:
    assert list(kg.query(graph, "claims-by-date", date="2023-05")) == list(kg.query(graph, "claims-by-date", date="2023-05-31"))


def test_rows_are_mappings_of_python_values(graph: Graph) -> None:
    rows = kg.query(graph, "SELECT ?a ?b ?c ?d ?e WHERE { VALUES (?a ?b ?c ?d) { (1 true 1.5 'x'@en) } }")
    assert list(rows) == [{"a": 1, "b": True, "c": 1.5, "d": "x", "e": None}]
    assert rows.columns == ("a", "b", "c", "d", "e")
    assert type(rows[0]["a"]) is int
    assert repr(rows) == "<1 rows of a, b, c, d, e>"


def test_rows_become_data_frames(graph: Graph) -> None:
    rows = kg.query(graph, "measures")
    wide, deep = rows.to_pandas(), rows.to_polars()
    assert wide.shape == deep.shape == (len(rows), len(rows.columns))
    assert deep["value"].to_list() == [row["value"] for row in rows]
    assert wide["measure"].tolist() == [row["measure"] for row in rows]
    assert str(deep["value"].dtype) == "Int64"


def test_no_rows_become_data_frames_with_columns(graph: Graph) -> None:
    rows = kg.query(graph, "measures", campaign="campaign/none")
    assert list(rows.to_pandas().columns) == list(rows.to_polars().columns) == list(rows.columns)


def test_markup_in_an_answer_stays_text() -> None:
    html = Rows(["<b>"], [{"<b>": "<script>alert('&')</script>"}])._repr_html_()
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def test_an_unknown_question_is_told_with_the_nearest(graph: Graph) -> None:
    with pytest.raises(QueryError, match="there is no question 'platform-by-source'; did you mean 'platforms-by-source'"):
        kg.query(graph, "platform-by-source")


def test_an_unknown_parameter_is_told_with_the_nearest(graph: Graph) -> None:
    with pytest.raises(QueryError, match="no parameter 'campain'; did you mean 'campaign'"):
        kg.query(graph, "measures", campain=SELF_MEDIA)


@pytest.mark.parametrize(("name", "given"), [("claims-by-date", {"date": "yesterday"}), ("measures", {"campaign": "a b"})])
def test_a_value_of_another_type_is_refused(graph: Graph, name: str, given: dict[str, str]) -> None:
    with pytest.raises(QueryError, match="takes a value of type"):
        kg.query(graph, name, **given)


def test_free_sparql_takes_parameters_and_knows_the_prefixes(graph: Graph) -> None:
    text = "SELECT ?claim WHERE { ?claim enf:subject $subject ; enf:value $value }"
    rows = kg.query(graph, text, subject="measure/cac-self-media-2023/closures", value=67000)
    assert len(rows) > 1
    assert [row for row in rows if "/claim/" not in row["claim"]] == []


def test_a_parameter_is_a_value_and_never_code(graph: Graph) -> None:
    assert len(kg.query(graph, "SELECT ?s WHERE { ?s enf:publisher $name }", name='" } UNION { ?s ?p ?o } #')) == 0


def test_a_query_file_is_a_question(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("# param: n integer 66600 — the number\nSELECT ?m WHERE { ?m a enf:Measure ; enf:value $n }", "utf-8")
    assert short(kg.query(graph, str(path)), "m") == [("measure/cac-self-media-2023/closures",)]
    assert short(kg.query(graph, str(path), n=1), "m") == []


def test_a_query_file_that_is_not_there_is_a_query_error(graph: Graph) -> None:
    with pytest.raises(QueryError, match="cannot be read"):
        kg.query(graph, "nowhere.rq")


@pytest.mark.parametrize("text", ["SELECT ?s WHERE { ?s ?p }", "SELEKT { }", "INSERT DATA { <a> <b> <c> }", "SELECT * { ?s no:such ?o }"])
def test_what_is_no_query_is_a_query_error(graph: Graph, text: str) -> None:
    before = len(graph)
    with pytest.raises(QueryError, match="mend the SPARQL"):
        kg.query(graph, text)
    assert len(graph) == before


def test_yes_or_no_is_a_row(graph: Graph) -> None:
    assert list(kg.query(graph, "ASK { ?m a enf:Measure }")) == [{"answer": True}]
    assert list(kg.query(graph, "ASK { ?m a enf:Unicorn }")) == [{"answer": False}]


def test_constructed_triples_are_rows(graph: Graph) -> None:
    rows = kg.query(graph, "CONSTRUCT { ?m a enf:Measure } WHERE { ?m a enf:Measure ; enf:value 66600 }")
    assert [row["object"] for row in rows] == [ENF + "Measure"]


def test_a_blank_node_is_a_name_and_nothing_is_none() -> None:
    assert python(ox.BlankNode("b")) == "b"
    assert python(None) is None
