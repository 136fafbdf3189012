"""Tables: the head of a column tells what is counted and what was done, the label of a row the platform or the part."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.extraction.reading import read

Told = tuple[str, int | None, str, str]


def told(*rows: str) -> list[Told]:
    """What a table of these rows, their cells parted by bars, tells."""
    found = kg.extract("\n".join(row.replace("|", "\t") for row in rows)).figures
    return [(f.quote, f.value, f.unit, f.penalty) for f in found]


def wholes(*rows: str) -> list[tuple[int | None, int | None]]:
    """The figures that are parts, each with its whole."""
    found = kg.extract("\n".join(row.replace("|", "\t") for row in rows)).figures
    return [(f.value, found[f.relation[1]].value) for f in found if f.relation and f.relation[0] == "of"]


def test_each_number_has_the_heads_of_its_column_and_its_row() -> None:
    found = kg.extract("Reason\tPosts removed\tAccounts suspended\nSpam\t12,400\t310\nHate speech\t3,210\t95\n", "en")
    assert [(f.value, f.unit, f.penalty, f.violations) for f in found.figures] == [
        (12400, "post", "content-removal", ("spam",)), (310, "account", "suspension", ("spam",)),
        (3210, "post", "content-removal", ("hate-speech",)), (95, "account", "suspension", ("hate-speech",)),
    ]  # fmt: skip


def test_the_head_tells_the_unit_and_the_label_the_platform() -> None:
    found = kg.extract("Platform\tAccounts closed\tPosts removed\nWeibo\t1,200\t3,400\nAll platforms\t6,800\t11,200").figures
    assert [(f.value, f.unit, f.penalty, f.platforms) for f in found] == [
        (1200, "account", "closure", ("weibo",)), (3400, "post", "content-removal", ("weibo",)),
        (6800, "account", "closure", ()), (11200, "post", "content-removal", ()),
    ]  # fmt: skip


@pytest.mark.parametrize("total", ["Total", "All platforms", "Sum of the above"])
def test_a_row_that_sums_up_the_others_is_their_whole_wherever_it_stands(total: str) -> None:
    head, rows, last = "Platform|Accounts closed", ["Weibo|1,200", "Douyin|5,600"], f"{total}|6,800"
    assert wholes(head, *rows, last) == wholes(head, last, *rows) == [(1200, 6800), (5600, 6800)]
    assert wholes(head, *rows, f"{total}|6,801") == []


def test_a_row_with_a_name_of_its_own_is_no_sum() -> None:
    assert wholes("Reason|Accounts closed", "Spam|1", "Bullying|2", "Hate speech|3") == []


@pytest.mark.parametrize(
    ("head", "cell", "value"),
    [
        ("关闭账号（万个）", "1.2", 12_000),
        ("关闭账号（单位：万个）", "5", 50_000),
        ("关闭账号/万个", "0.5", 5_000),
        ("关闭账号（个）", "1200", 1200),
        ("关闭账号（万个）", "1.2万", 12_000),
        ("Accounts closed (thousands)", "1.2", 1200),
        ("Accounts closed (in millions)", "3", 3_000_000),
        ("Accounts closed, millions", "3.5", 3_500_000),
        ("Accounts closed (lakh)", "66", 6_600_000),
    ],
)
def test_a_scale_in_the_head_multiplies_the_cells(head: str, cell: str, value: int) -> None:
    assert told(f"|{head}", f"A|{cell}") == [(cell, value, "account", "closure")]


def test_a_scale_in_the_caption_does_so_too_and_is_no_figure() -> None:
    assert told("处置情况（单位：万个）", "平台|关闭账号", "微博|1.2") == [("1.2", 12_000, "account", "closure")]


@pytest.mark.parametrize("head", ["Fines (million yuan)", "Viewers", "Share"])
def test_a_column_of_something_else_is_left_out(head: str) -> None:
    assert told(f"Platform|Accounts closed|{head}", "Weibo|1,200|50") == [("1,200", 1200, "account", "closure")]


def test_rows_may_tell_what_columns_do_not() -> None:
    figures = [("1,200", 1200, "account", "closure"), ("340", 340, "post", "content-removal")]
    assert told("|Number", "Accounts closed|1,200", "Posts removed|340") == figures
    assert told("|Q1 2023", "Accounts closed|1,200", "Posts removed|340") == figures
    assert told("Accounts closed|1,200", "Posts removed|340") == figures
    assert told("1,200|Accounts closed", "340|Posts removed") == figures


def test_the_first_row_of_a_table_without_heads_is_no_whole_of_the_others() -> None:
    assert wholes("Accounts closed|67,000", "Accounts suspended|3,000") == []


def test_a_month_below_does_not_make_a_number_a_day() -> None:
    rows = ("Month|Accounts banned|Accounts banned proactively", "May 2023|6,508,000|2,420,700", "June 2023|6,611,700|2,434,200")
    assert [value for _, value, _, _ in told(*rows)] == [6_508_000, 2_420_700, 6_611_700, 2_434_200]


@pytest.mark.parametrize(
    "rows", [("|Accounts closed", "2022|1985"), ("|2022|2023", "Accounts closed|1985|300"), ("月份|关闭账号", "1月|1985")]
)
def test_a_number_like_a_year_is_one_where_a_count_stands(rows: tuple[str, ...]) -> None:
    assert told(*rows)[0] == ("1985", 1985, "account", "closure")


def test_two_numbers_side_by_side_are_two() -> None:
    assert [value for _, value, _, _ in told("平台|关闭账号数|清理信息数", "微博|1200|34000")] == [1200, 34000]


def test_what_stands_below_of_which_is_a_part_of_what_stands_before_it() -> None:
    rows = ("Platform|Accounts closed|of which for spam", "Weibo|1,200|300")
    assert wholes(*rows) == [(300, 1200)]
    assert told(*rows)[1] == ("300", 300, "account", "closure")


def test_the_line_above_a_table_and_lines_between_its_rows_speak_for_it() -> None:
    assert told("Accounts closed by platform", "", "Platform|Number", "TikTok|34") == [("34", 34, "account", "closure")]
    found = kg.extract("Action\tNumber\nTikTok\nVideos removed\t300\nYouTube\nVideos removed\t500").figures
    assert [(f.value, f.unit, f.platforms) for f in found] == [(300, "video", ("tiktok",)), (500, "video", ("youtube",))]
    assert wholes("It took action on 6,800 accounts:", "Reason|Accounts", "Spam|1,200", "Fraud|600") == [(1200, 6800), (600, 6800)]


def test_cells_of_words_are_read_as_sentences() -> None:
    found = told("Platform|Action", "Weibo|It closed 1,200 accounts. It removed 300 posts")
    assert found == [("1,200 accounts", 1200, "account", "closure"), ("300 posts", 300, "post", "content-removal")]


@pytest.mark.parametrize("mark", ["•", "1.", "(a)", ""])
def test_a_tab_behind_the_mark_of_a_list_makes_no_table(mark: str) -> None:
    assert told(f"{mark}|It closed 1,200 accounts.") == [("1,200 accounts", 1200, "account", "closure")]


def page(folder: Path, body: str) -> list[Told]:
    (folder / "a.html").write_text(body, "utf-8")
    return [(f.quote, f.value, f.unit, f.penalty) for f in kg.extract(read(folder / "a.html").text).figures]


def test_cells_that_span_rows_or_columns_and_empty_ones_leave_the_others_in_their_columns(tmp_path: Path) -> None:
    head = "<tr><th rowspan=2>Platform<th colspan=2>Accounts<th>Posts<tr><th>closed<th>suspended<th>removed"
    rows = "<tr><td rowspan=2>Weibo<td>1,200<td>300<td>3,400<tr><td><td>20<td>30"
    found = page(tmp_path, f"<table>{head}{rows}</table>")
    assert [(value, penalty) for _, value, _, penalty in found] == [
        (1200, "closure"), (300, "suspension"), (3400, "content-removal"), (20, "suspension"), (30, "content-removal"),
    ]  # fmt: skip


def test_a_list_of_terms_is_read_as_rows(tmp_path: Path) -> None:
    found = page(tmp_path, "<dl><dt>Accounts suspended<dd>4,500<dt>Posts removed<dd>300</dl>")
    assert found == [("4,500", 4500, "account", "suspension"), ("300", 300, "post", "content-removal")]


@pytest.mark.parametrize(
    ("rows", "periods"),
    [
        (["Accounts closed|2022|2023", "TikTok|300|400"], ["2022", "2023"]),
        (["Platform|Accounts closed in March 2022|Accounts closed, H1 2023", "TikTok|300|400"], ["2022-03", "2023-01"]),
        (["Year|Accounts closed|Posts removed", "2021|300|400"], ["2021", "2021"]),
        (["Platform|Accounts closed|Posts removed", "TikTok|300|400"], ["2023", "2023"]),
        (["平台|2022年关闭账号|2023年3月关闭账号", "微博|300|400"], ["2022", "2023-03"]),
    ],
)
def test_a_cell_is_of_the_period_that_its_head_or_its_label_states_before_that_of_the_text(rows: list[str], periods: list[str]) -> None:
    table = "\n".join(rows).replace("|", "\t")
    above = "2023年网信部门关闭账号9000个。" if rows[0].startswith("平台") else "In 2023 it closed 9,000 accounts."
    found = kg.extract(f"{above}\n\n{table}").figures
    assert [figure.period and figure.period[0] for figure in found] == ["2023", *periods]


def test_a_number_in_a_cell_that_no_store_computes_with_is_one_above_the_largest() -> None:
    assert [value for _, value, *_ in told("Platform|Posts removed (millions)", f"Weibo|{'9' * 5000}", "Douyin|3")] == [2**63, 3_000_000]


def test_spaces_that_set_digits_off_in_a_chinese_table_say_nothing_and_stay_in_the_quotes() -> None:
    text = "平台 名称\t关闭 AI 账号 （万个）\n微博\t 1.8 \n抖音\t 3 万 \n"
    found = kg.extract(text).figures
    assert [(f.quote, f.value, f.scale, f.platforms) for f in found] == [
        ("1.8", 18_000, "万个", ("weibo",)), ("3 万", 30_000, "", ("douyin",)),
    ]  # fmt: skip
    assert all(text[f.start : f.end] == f.quote for f in found)
