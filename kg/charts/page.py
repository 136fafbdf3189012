"""The charts as one HTML file: template, scripts and the library of ``kg.pages``, the numbers; nothing else is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from kg import pages
from kg.charts.cube import ALL, OTHERS, REST
from kg.charts.model import LINES, Model
from kg.charts.plan import Texts
from kg.pages.libraries import script
from kg.questions import short
from kg.vocabulary import BASE

_OWN = {ALL: "all", OTHERS: "all", REST: "rest"}


def page(model: Model) -> str:
    """The page, whole; the same model gives the same bytes."""
    texts = {language: pages.interface(language)[1] for language in model["languages"]}
    charts = [_shown(model, texts, drawn) for drawn in model["charts"]]
    without = model["names"][BASE + model["without"]] if model["without"] else {}
    return pages.render(
        "charts.html",
        language=model["languages"][0],
        library=script("vega"),
        script="charts.js",
        style="charts.css",
        model=model,
        charts=charts,
        drawn=[
            {key: each[key] for key in ("id", "title", "mark", "months", "groups", "parts", "values", "notes", "beside")} for each in charts
        ],
        texts={language: {key: each[key] for key in ("tagline", "theme", "footer", "charts")} for language, each in texts.items()},
        without=without,
        say=partial(_say, texts),
        about=partial(_named, model["names"], texts),
        months=partial(_months, texts),
        units=partial(_units, texts),
    )


def _say(words: Mapping[str, Any], key: str, *things: Any) -> Texts:
    """A text of the interface in every language; what it is about is a text of its own in each, or the same in all."""
    found = {}
    for language, each in words.items():
        text = each["charts"]
        for part in key.split("."):
            text = text[part]
        found[language] = text.format(*(thing[language] if isinstance(thing, Mapping) else thing for thing in things))
    return found


def _shown(model: Model, texts: Mapping[str, Any], drawn: Model) -> Model:
    """A chart with names and inks: lines are told apart by their platform, shares by their part."""
    say = partial(_say, texts)
    name = partial(_named, model["names"], texts)
    without = BASE + model["without"]
    special = {ALL: say("all"), OTHERS: say("others", name(without)) if model["without"] else say("all"), REST: say("rest")}
    marked = [each["key"] for each in drawn["groups"]] if drawn["mark"] == LINES else drawn["parts"]
    inks = dict(zip((each for each in marked if each not in (*_OWN, without)), map(str, range(1, len(marked) + 1)), strict=False))
    inks |= _OWN | {without: "out"}
    groups = [each | {"name": special.get(each["key"]) or name(each["key"]), "ink": inks.get(each["key"], "")} for each in drawn["groups"]]
    parts = [
        {"key": each, "when": "", "name": say("restParts") if each == REST else name(each), "ink": inks.get(each, "")}
        for each in drawn["parts"]
        if each
    ]
    return drawn | {
        "groups": groups, "parts": parts, "unit": name(drawn["unit"]),
        "partly": [each for each in drawn["months"] if each["from"] and not each["whole"]],
        "absent": [each for each in drawn["months"] if not each["from"]],
        "beside": [row | {key: name(row[key]) for key in ("campaign", "measure", "unit")} for row in drawn["beside"]],
    }  # fmt: skip


def _named(names: Mapping[str, Texts], languages: Iterable[str], thing: str) -> Texts:
    """What a thing is called in each language; English, any other or its id where it has no name in one."""
    known = names.get(thing, {})
    any_name = known.get("en") or next(iter(known.values()), short(thing))
    return {language: known.get(language, any_name) for language in languages}


def _units(languages: Iterable[str], rows: Iterable[Model]) -> Texts:
    """The units of figures, each once, in each language."""
    return {language: ", ".join(dict.fromkeys(row["unit"][language] for row in rows)) for language in languages}


def _months(words: Mapping[str, Any], months: Iterable[Model]) -> Texts:
    """Months with their first and last day, in each language."""
    told = [_say(words, "of", each["month"], each["from"], each["to"]) for each in months]
    return {language: ", ".join(each[language] for each in told) for language in words}
