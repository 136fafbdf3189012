"""The page of charts in a real browser: quiet, whole, readable by all and without scripts; and every control does what it says."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any, Literal

import pytest

from kg import pages
from kg.charts import Charts
from kg.charts.page import page
from kg.cli import main
from tests.charts.conftest import CLOSED, MONTHS
from tests.comparison.test_page import PAYLOADS
from tests.conftest import Open, Opened

SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"


@pytest.fixture
def show(open_page: Open, charts: Charts) -> Any:
    """Open the page and wait until it is drawn."""

    def shown(width: int = 1440, scheme: Literal["light", "dark"] = "light", html: str = "", **options: Any) -> Opened:
        opened = open_page(html or charts.html, width, scheme, **options)
        opened.page.locator(":root[data-ready]").wait_for(state="attached")
        return opened

    return shown


def strokes(opened: Opened, chart: str) -> dict[str, int]:
    """How many lines or bars of each ink a chart draws."""
    found: dict[str, int] = opened.page.evaluate(
        """id => {
            const inks = [...document.querySelectorAll(`#${id} .drawing`)].filter(each => each.clientWidth)
                .flatMap(each => [...each.querySelectorAll('.mark-line path, .mark-rect path')])
                .map(each => each.getAttribute('stroke') ?? each.getAttribute('fill'));
            return inks.reduce((counts, ink) => ({ ...counts, [ink]: (counts[ink] ?? 0) + 1 }), {});
        }""",
        chart,
    )
    return found


def rows_of(opened: Opened, chart: str) -> list[dict[str, str]]:
    opened.page.locator(f"#{chart} .behind summary").click()
    with opened.page.expect_download() as download:
        opened.page.locator(f"[data-csv={chart}]").click()
    return list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_quiet_and_readable_by_all(show: Any, width: int, scheme: Literal["light", "dark"]) -> None:
    opened = show(width, scheme)
    assert (opened.requests, opened.complaints) == ([], [])
    assert opened.overflow() == 0
    for summary in opened.page.locator("summary").all():
        summary.click()
    assert opened.faults() == []
    assert opened.overflow() == 0
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    (SCREENSHOTS / f"charts-{width}-{scheme}.png").write_bytes(opened.page.screenshot(full_page=True))


def test_the_policy_lets_no_text_become_code(charts: Charts) -> None:
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', charts.html)
    assert "unsafe" not in policy
    assert "default-src &#39;none&#39;" in policy


def test_each_platform_has_its_line_and_leaving_one_out_takes_its_line_and_its_part_of_the_sum(show: Any) -> None:
    opened = show()
    before = strokes(opened, "terminations")
    assert {"var(--ink-all)", "var(--ink-out)", "var(--ink-rest)", *(f"var(--ink-{n})" for n in range(1, 9))} <= set(before)
    opened.page.locator("[name=when][value=without]").check(force=True)
    opened.page.wait_for_function("() => !document.querySelector('#terminations .mark-line path[stroke=\"var(--ink-out)\"]')")
    assert set(strokes(opened, "terminations")) == set(before) - {"var(--ink-out)"}
    names = opened.page.locator("#terminations .keys button:visible").all_inner_texts()
    assert names[0] == "All but Google Shopping"
    assert "Google Shopping" not in names
    assert "Google Shopping" not in opened.page.locator("#violations figcaption:visible").all_inner_texts()


def test_a_name_brings_its_line_out_and_lets_it_go(show: Any) -> None:
    opened = show()
    key = opened.page.locator("#terminations .keys button", has_text="TikTok")
    pale = (
        "() => [...document.querySelectorAll('#terminations .mark-line path')].filter(each => +each.getAttribute('opacity') < 0.5).length"
    )
    assert opened.page.evaluate(pale) == 0
    key.click()
    opened.page.wait_for_function(f"({pale})() === 10")
    assert key.get_attribute("aria-pressed") == "true"
    key.click()
    opened.page.wait_for_function(f"({pale})() === 0")


def test_the_month_under_the_pointer_is_told_in_full_numbers(show: Any) -> None:
    opened = show()
    drawing = opened.page.locator("#terminations .drawing")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    assert box
    drawing.hover(position={"x": box["width"] - 40, "y": 150})  # waits until the page is still: scrolling puts the words away
    told = opened.page.locator("#told:visible").inner_text()
    assert "2025-07 (2025-07-01 to 2025-07-10)" in told
    assert re.search(rf"TikTok\s+{2 * CLOSED['TikTok'] + 6 + 7:,}\b", told)


def test_notes_are_numbers_in_the_chart_and_sentences_beside_it(show: Any) -> None:
    opened = show()
    drawn = set(opened.page.locator("#terminations .mark-text.role-mark text").all_text_contents())
    told = opened.page.locator("#terminations .notes li, .opening .notes li").evaluate_all("all => all.map(each => String(each.value))")
    assert drawn
    assert drawn <= set(told)
    assert "automated_detection was inverted" in opened.page.locator("#automation .notes").inner_text()


def test_the_whole_page_speaks_the_language_that_is_chosen(show: Any) -> None:
    opened = show()
    opened.page.locator("#language").select_option("zh")
    opened.page.locator('#terminations [data-drawn="zh"]').wait_for()
    assert opened.page.evaluate("document.documentElement.lang") == "zh"
    assert opened.page.locator("h2:visible").first.inner_text().startswith("关于")
    assert "永久关闭账号" in opened.page.locator("#terminations h2").inner_text()
    assert any("万" in text for text in opened.page.locator("#terminations .role-axis-label text").all_text_contents())
    assert opened.faults() == []


def test_the_table_goes_along_as_csv_in_which_nothing_is_a_formula(show: Any) -> None:
    rows = rows_of(show(), "violations")
    assert [row["Month"] for row in rows if row["Platform"] == "TikTok"] == MONTHS
    assert [row["scam"] for row in rows if row["Platform"] == "TikTok"] == ["54000"] * 4
    assert list(rows[-1])[:4] == ["Month", "from", "to", "Platform"]


def test_a_platform_whose_name_is_a_formula_is_text_in_the_csv(show: Any, charts: Charts) -> None:
    model = json.loads(json.dumps(charts.model).replace("TikTok", "=HYPERLINK(1)"))
    names = {row["Platform"] for row in rows_of(show(html=page(model)), "violations")}
    assert "'=HYPERLINK(1)" in names
    assert not [name for name in names if name.startswith("=")]


def test_without_scripts_every_number_stands_in_a_table(open_page: Open, charts: Charts) -> None:
    opened = open_page(charts.html, java_script_enabled=False)
    opened.page.locator("#terminations .behind summary").click()
    table = opened.page.locator("#terminations .behind table")
    assert table.locator("tbody tr").count() == len(MONTHS)
    assert f"{2 * CLOSED['TikTok'] + 1:,}" in table.locator("tbody tr").first.inner_text()
    assert "1–10" in table.locator("tbody tr").last.inner_text()


def test_what_stands_apart_says_why_in_the_units_of_the_data(show: Any) -> None:
    opened = show()
    opened.page.locator("#terminations .beside summary").click()
    told = opened.page.locator("#terminations .beside").inner_text()
    assert "the chart counts statement of reasons, these count person, account." in told
    assert "6.66万余" in told


def test_what_the_guard_allows_is_drawn(show: Any, charts: Charts) -> None:
    model = json.loads(json.dumps(charts.model))
    drawn = next(each for each in model["charts"] if each["id"] == "terminations")
    drawn["beside"][0] |= {"objection": "", "value": 5_000, "from": "2024-05", "to": "2024-06"}
    plain, ours = show(), show(html=page(model))
    count = "document.querySelectorAll('#terminations .mark-rule line').length"
    assert ours.page.evaluate(count) == plain.page.evaluate(count) + 1
    assert "Drawn in the chart too" in (ours.page.locator("#terminations .beside").text_content() or "")


def test_every_objection_of_the_guard_has_its_words() -> None:
    import inspect

    from kg import totals

    known = set(re.findall(r'return f"([a-z -]+): ', inspect.getsource(totals.objection)))
    assert len(known) == 4
    assert all(set(pages.interface(language)[1]["charts"]["apart"]) == known for language in pages.languages())


def test_attacks_in_names_and_notes_are_text_and_do_nothing(show: Any, charts: Charts) -> None:
    model = json.loads(json.dumps(charts.model))
    payloads = iter(PAYLOADS * 20)
    model["names"] = {thing: {language: next(payloads) for language in names} for thing, names in model["names"].items()}
    for note in model["notes"]:
        note |= {"statement": next(payloads), "publisher": next(payloads), "url": "javascript:pwned=1"}
    opened = show(html=page(model))
    for button in opened.page.locator("#terminations .keys button:visible").all():
        button.click()
    opened.page.locator("#terminations .drawing").hover()
    assert opened.page.evaluate("typeof pwned") == "undefined"
    assert (opened.requests, opened.complaints) == ([], [])
    assert opened.page.locator("main img, main iframe, main form[action], main [onclick], [href^='javascript']").count() == 0


def test_the_same_graph_gives_the_same_bytes(charts: Charts) -> None:
    assert page(charts.model) == charts.html


def test_the_verb_writes_the_page(ingested: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chart", "--graph", str(ingested), "-o", str(tmp_path / "charts.html")]) == 0
    assert (tmp_path / "charts.html").read_text("utf-8").startswith("<!doctype html>")
    assert "3 charts" in capsys.readouterr().err
