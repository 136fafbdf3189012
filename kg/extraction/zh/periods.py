"""Chinese periods: 3月10日至5月22日, 自去年12月以来, 截至10月31日, 第一季度, 上半年."""

from __future__ import annotations

import re

from kg.extraction.periods import Period, Point, dated, months, point, span

_YEAR = r"(?:(?P<y{n}>(?:19|20)\d\d)年|(?P<r{n}>今年|去年|前年|本年))"


def _end(n: int) -> str:
    return rf"(?:{_YEAR.format(n=n)}?(?P<m{n}>\d{{1,2}})月(?:(?P<d{n}>\d{{1,2}})[日号號])?)"


_BEGINS = r"(?=[\d今去前本])"  # one look spares most characters the rest
_TO = r"\s*(?:至|到|[-–—~～]+)\s*"
_RANGE = re.compile(
    rf"{_BEGINS}(?:{_end(1)}{_TO}(?:{_end(2)}|(?P<d3>\d{{1,2}})[日号號])|{_YEAR.format(n=4)}?(?P<m4>\d{{1,2}}){_TO}(?P<m5>\d{{1,2}})月(?!\d{{1,2}}[日号號]))"
)
_STARTED = re.compile(rf"{_BEGINS}{_end(1)}(?:启动|啟動|起|开始|開始)[^。]{{0,24}}?(?:至|于|於|到){_end(2)}")
_SINCE = re.compile(
    rf"(?=[自从從\d今去前本])(?:自|从|從)?{_end(1)}[^，。；]{{0,30}}?(?:以来|以來|起(?![步草来到诉点码伏底飞])|启动|啟動|至今)"
)
_UNTIL = re.compile(rf"(?:截至|截止|截止到|截至到){_end(1)}")
_NUMERAL = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_PART = re.compile(
    rf"(?=[\d今去前本首头第一二三四上下]){_YEAR.format(n=1)}?(?:(?P<first>前三|首三)季度?|第?(?P<q>[一二三四1-4])季度?|"
    rf"(?P<half>[上下])半年|[前首头](?P<n>\d{{1,2}}|[一二三四五六七八九]|十[一二]?)个月)"
)
_MONTH = re.compile(rf"(?=[\d今去前本上])(?<![较比同]){_YEAR.format(n=1)}?(?P<m1>\d{{1,2}})月(?P<d1>\b)?(?!\d)|(?P<last>上个?月)")
_YEAR_ON = re.compile(r"(?P<year>20\d\d|今)年(?:[^，。；\d]{0,24}?(?:以来|至今)|起(?=[，、]))")
_YEARS = re.compile(rf"(?=[12])(?P<y1>(?:19|20)\d\d)年?{_TO}(?P<y2>(?:19|20)\d\d)年(?!\d)")
_IN_YEAR = re.compile(r"(?P<year>20\d\d)年(?:全年)?，")  # what opens a sentence holds for what follows
_WHOLE = re.compile(rf"{_BEGINS}(?<![较較比]){_YEAR.format(n=1)}(?!\d{{1,2}}月|同期|同比|底|末)(?:全年|度)?")


def _year(m: re.Match[str], n: int, said: Point) -> int:
    if m[f"y{n}"]:
        return int(m[f"y{n}"])
    return {"今年": said.year, "本年": said.year, "去年": said.year - 1, "前年": said.year - 2}.get(m[f"r{n}"] or "", 0) if said.year else 0


def _point(m: re.Match[str], n: int, said: Point) -> Point:
    return Point(_year(m, n, said), int(m[f"m{n}"] or 0), int(m[f"d{n}"] or 0))


def _range(m: re.Match[str], said: Point) -> Period | None:
    if m["m4"]:
        return months(int(m["m4"]), int(m["m5"]), _year(m, 4, said), said)
    begin = _point(m, 1, said)
    if m["d3"]:
        begin = dated(begin, said)
        return span(begin, Point(begin.year, begin.month, int(m["d3"])), said)
    end = _point(m, 2, said)
    if begin.year and not end.year:
        end = Point(begin.year + (end.month < begin.month), end.month, end.day)
    return span(begin, end, said)


def _since(text: str) -> re.Match[str] | None:
    return _YEAR_ON.search(text) if "以来" in text or "至今" in text or "年起" in text else None


def _years(counted: str, text: str, said: Point) -> Period | None:
    """2021年以来, 2021年至2025年."""
    since = _since(counted)
    begun = 0 if not since else said.year if since["year"] == "今" else int(since["year"])
    if begun and not _UNTIL.search(text):
        return span(Point(begun), None, said)
    years = _YEARS.search(counted)
    return span(Point(int(years["y1"])), Point(int(years["y2"])), said) if years else None


def _year_named(text: str, counted: str, said: Point) -> Period | None:
    """A year that the sentences with figures name, or one that any sentence opens with."""
    if m := _WHOLE.search(counted):
        return span(Point(_year(m, 1, said)), Point(_year(m, 1, said)), said)
    since = _since(text)
    if since and since["year"] != "今":
        return span(Point(int(since["year"])), None, said)
    year = _IN_YEAR.search(text)
    return span(Point(int(year["year"])), Point(int(year["year"])), said) if year else None


def _closer(one: Period | None, others: list[Period | None]) -> Period | None:
    """Of several ranges the first, or one that says the same by the day: 9月至10月 is 9月1日至10月31日 where both are told."""
    same = (o for o in others if one and o and all(b and a and b.startswith(a + "-") for a, b in zip(one, o, strict=True)))
    return next(same, one)


def _part(m: re.Match[str], said: Point) -> Period | None:
    year = _year(m, 1, said)
    if m["first"]:
        return months(1, 9, year, said)
    if m["n"]:
        return months(1, int(m["n"]) if m["n"].isdigit() else _MONTHS.index(m["n"]) + 1, year, said)
    if m["half"]:
        return months(1, 6, year, said) if m["half"] == "上" else months(7, 12, year, said)
    number = _NUMERAL[m["q"]]
    return months(number * 3 - 2, number * 3, year, said)


def period(text: str, counted: str, published: str) -> Period | None:
    """The period that a text speaks of: a range anywhere, else what the sentences with figures (``counted``) name.

    >>> period("3月10日以来，截至5月22日，累计清理信息。", "", "2023-05-27")
    ('2023-03-10', '2023-05-22')
    """
    said = point(published)
    if m := _STARTED.search(text):
        return span(_point(m, 1, said), _point(m, 2, said), said)
    if m := _RANGE.search(text):
        found = _range(m, said)
        return found if m["d1"] else _closer(found, [_range(other, said) for other in _RANGE.finditer(text, m.end())])
    if said.year and re.search("今年以来|年初以来", text) and not _PART.search(counted):
        until = _UNTIL.search(text)
        return span(Point(said.year, 1), _point(until, 1, said), said) if until else span(Point(said.year), None, said)
    if years := _years(counted, text, said):
        return years
    since, until = _SINCE.search(text), _UNTIL.search(counted or text)
    until = until or (_UNTIL.search(text) if since else None)
    if since or until:
        return span(_point(since, 1, said) if since else None, _point(until, 1, said) if until else None, said)
    if m := _PART.search(text):
        return _part(m, said)
    if m := _MONTH.search(counted) or (None if _WHOLE.search(counted) else _MONTH.search(text)):
        month = Point(said.year - (said.month == 1), (said.month - 2) % 12 + 1) if m["last"] else dated(_point(m, 1, said), said)
        return span(month, month, said)
    return _year_named(text, counted, said)
