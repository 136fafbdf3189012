"""What the charts show: the right sums, of one unit and source, with all that is known of them; and what stands apart, with why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import kg
from kg import pages, resources
from kg.charts import Charts, chart
from kg.charts.plan import plans
from kg.errors import QueryError
from kg.graph import Graph
from kg.questions import questions
from kg.vocabulary import BASE
from tests.charts.conftest import CLOSED, DAYS, MONTHS
from tests.samples import PREFIXES, row

SHOPPING = f"{BASE}platform/google-shopping"
TERMINATIONS = "terminations"


def drawn(charts: Charts, name: str) -> dict[str, Any]:
    return next(each for each in charts.model["charts"] if each["id"] == name)


def numbers(charts: Charts, name: str, group: str) -> list[int | None]:
    """Those of the months of which anything is known."""
    months = drawn(charts, name)["months"]
    return [number for number, month in zip(drawn(charts, name)["values"][group][0], months, strict=True) if month["from"]]


def every_month(charts: Charts, name: str) -> list[str]:
    return [each["month"] for each in drawn(charts, name)["months"]]


def expected(*platforms: str) -> list[int]:
    """Closures by month, added up from the table."""
    places = [[place for place, day in enumerate(DAYS) if day.startswith(month)] for month in MONTHS]
    return [
        sum(CLOSED[each] + place for place in month for each in platforms if each != "Vinted" or DAYS[place] > "2025") for month in places
    ]


def with_triples(graph: Graph, *turtle: str) -> Graph:
    store = ox.Store()
    store.extend(list(graph.store))
    store.load("\n".join([PREFIXES, *turtle]).encode(), format=ox.RdfFormat.TURTLE)
    return Graph(store)


def test_a_chart_asks_a_question_that_there_is_in_words_of_every_language() -> None:
    for plan in plans().charts:
        known = {parameter.name for parameter in questions()[plan.question].parameters}
        assert set(plan.parameters) <= known
        assert set(plan.title) == set(plan.about) == set(pages.languages())
        assert plan.mark in ("lines", "shares")
    assert len({plan.id for plan in plans().charts}) == len(plans().charts)
    assert f"id: {plans().without}\n" in (resources.data() / "platforms.yaml").read_text("utf-8")


def test_only_charts_that_have_figures_are_drawn(charts: Charts) -> None:
    assert [each["id"] for each in charts.model["charts"]] == [TERMINATIONS, "violations", "automation"]


def test_every_platform_is_counted_once_in_all_and_left_out_where_it_is_said(charts: Charts) -> None:
    assert numbers(charts, TERMINATIONS, "all") == expected(*CLOSED)
    assert numbers(charts, TERMINATIONS, "others") == expected(*CLOSED.keys() - {"Google Shopping"})
    assert numbers(charts, TERMINATIONS, SHOPPING) == expected("Google Shopping")


def test_the_largest_stand_alone_and_the_others_together(charts: Charts) -> None:
    keys = [each["key"].rpartition("/")[2] for each in drawn(charts, TERMINATIONS)["groups"]]
    largest = ["tiktok", "instagram", "facebook", "youtube", "pinterest", "temu", "vinted", "snapchat"]
    assert keys == ["all", "others", "google-shopping", *largest, "rest"]
    assert numbers(charts, TERMINATIONS, "rest") == expected("Google Play", "X", "=HYPERLINK(1)")


def test_a_month_without_a_figure_is_no_zero(charts: Charts) -> None:
    assert numbers(charts, TERMINATIONS, f"{BASE}platform/vinted")[:2] == [None, None]


def test_figures_by_another_column_of_the_data_set_count_the_same_decisions_and_are_not_added(charts: Charts) -> None:
    violations = drawn(charts, "violations")
    assert [each.rpartition("/")[2] for each in violations["parts"]] == ["scam", "violence"]
    scams, violence = violations["values"][f"{BASE}platform/tiktok"]
    assert [each for each in scams if each] == [54_000] * 4
    assert [each for each in violence if each] == [18_000] * 4


def test_a_month_that_is_not_whole_is_known_as_such(charts: Charts) -> None:
    months = drawn(charts, TERMINATIONS)["months"]
    assert [each["month"] for each in months if each["from"]] == MONTHS
    assert [each["month"] for each in months if each["from"] and not each["whole"]] == ["2025-07"]
    assert (months[-1]["from"], months[-1]["to"]) == ("2025-07-01", "2025-07-10")


def test_time_goes_on_where_nothing_was_counted(charts: Charts) -> None:
    months = every_month(charts, TERMINATIONS)
    between = months[months.index("2024-06") + 1 : months.index("2025-06")]
    assert between == [f"2024-{month:02}" for month in range(7, 13)] + [f"2025-{month:02}" for month in range(1, 6)]
    line = dict(zip(months, drawn(charts, TERMINATIONS)["values"]["all"][0], strict=True))
    assert {line[month] for month in between} == {None}
    assert "No figures are at hand of 2024-07, 2024-08," in charts.html


def test_a_note_on_a_source_stands_with_figures_of_that_source_alone(charts: Charts, graph: Graph) -> None:
    decisions = chart(with_triples(graph, row("a", "tiktok", "2024-02", 100, "penalty/closure")))
    assert "statements by one column at a time" in charts.html
    assert "statements by one column at a time" not in decisions.html


def test_a_known_error_is_marked_where_its_period_begins_or_ends_on_its_platform(charts: Charts) -> None:
    notes = {each["number"]: each for each in charts.model["notes"]}
    marks = {
        (notes[each["number"]]["claim"].rpartition("/")[2], each["month"], each["group"]) for each in drawn(charts, TERMINATIONS)["notes"]
    }
    assert {("schema", "", ""), ("duplicates", "", ""), ("daily-dumps", "", "")} <= marks  # of the whole database, so of no month
    assert ("google-shopping-targeting", "2024-06", SHOPPING) in marks
    assert ("google-play-detection", "2024-05", "") in marks  # it has no line of its own; its period began before
    assert ("facebook-trusted-flaggers", "", f"{BASE}platform/facebook") in marks  # it ended after the last month


def test_what_another_source_or_unit_counts_has_a_chart_of_its_own(graph: Graph) -> None:
    rows = [
        row("a", "tiktok", "2024-02", 100, "penalty/closure"),
        row("b", "tiktok", "2024-02", 7, "penalty/closure", source="dsa-statistics"),
    ]
    found = chart(with_triples(graph, *rows))
    assert [(each["id"], numbers(found, each["id"], "all")) for each in found.model["charts"]] == [
        ("terminations", [100]),
        ("terminations-1", [7]),
    ]


def test_figures_of_campaigns_stand_apart_where_their_units_differ(charts: Charts) -> None:
    closures = next(each for each in drawn(charts, TERMINATIONS)["beside"] if each["measure"].endswith("cac-self-media-2023/closures"))
    assert closures["objection"] == "different units"
    assert closures["unit"] != drawn(charts, TERMINATIONS)["unit"]
    assert {each["objection"] for each in drawn(charts, TERMINATIONS)["beside"]} == {"different units"}


@pytest.mark.parametrize(
    ("platform", "month", "objection"),
    [("weibo", "2024-02", ""), ("tiktok", "2023-01", ""), ("tiktok", "2024-02", "overlapping")],
)
def test_the_guard_of_totals_decides_what_may_stand_on_the_same_axis(graph: Graph, platform: str, month: str, objection: str) -> None:
    measure = f"""<measure/x/y> a enf:Measure ; rdfs:label "y"@en ; enf:campaign <campaign/cac-2021> ; enf:penalty <penalty/closure> ;
        enf:platform <platform/{platform}> ; enf:text "5" ; enf:value 5 ; enf:unit <unit/decision> ; enf:reference <claim/tcit-2023/ai> ;
        enf:from "{month}" ; enf:to "{month}" ; enf:periodStart "{month}-01"^^xsd:date ; enf:periodEnd "{month}-28"^^xsd:date ."""
    found = chart(with_triples(graph, row("a", "tiktok", "2024-02", 100, "penalty/closure"), measure))
    [ours] = [each for each in drawn(found, TERMINATIONS)["beside"] if each["measure"].endswith("measure/x/y")]
    assert ours["objection"] == objection


def test_the_store_alone_draws_what_the_table_beside_it_draws(charts: Charts, charted: Graph) -> None:
    assert chart(Graph(charted.store)).model == charts.model


def test_sources_come_with_their_licences_down_to_the_one_that_was_counted(charts: Charts) -> None:
    [found] = charts.model["sources"].values()
    assert [(each["source"].removeprefix(BASE), bool(each["licence"])) for each in found] == [
        ("source/dsa-statistics", True), ("source/dsa-statements", True),
    ]  # fmt: skip


def test_without_a_data_set_nothing_is_drawn(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="'kg ingest' joins one"):
        kg.chart(graph).save(tmp_path / "charts.html")
    assert list(tmp_path.iterdir()) == []
