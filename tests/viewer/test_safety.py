"""Nothing that a graph holds can do harm in its view."""

from __future__ import annotations

import copy
import csv
import io
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from tests.comparison.test_page import PAYLOADS
from tests.viewer.windows import CLOSURES, SVG, Model, asked, complained, counts, export, svg, unfolded

NAMES = ("id", "from", "to", "parent", "source", "subject", "penalty")  # what points at something


def hostile(model: Model) -> Model:
    """The model with an attack in every text, date, colour, icon and address, and quotes and brackets in every id."""
    payloads = cycle(PAYLOADS)

    def spoilt(value: Any, key: str = "") -> Any:
        if isinstance(value, list):
            return [spoilt(each, key) for each in value]
        if isinstance(value, dict):
            renamed = key == "sources"
            return {(name_of(each) if renamed else each): spoilt(inner, each) for each, inner in value.items()}
        if not isinstance(value, str) or key in ("layer", "renderer", "base", "languages"):
            return value
        if key in NAMES or key in ("kind", "kinds", "property", "class"):
            return name_of(value)
        return next(payloads)

    def name_of(value: str) -> str:
        return f"{value}'\"><img src=x onerror=pwned=1></script><script>pwned=1</script>" if value else value

    found = copy.deepcopy(model)
    spoiled: Model = spoilt(found)
    spoiled["properties"] = {name_of(each): spoilt(inner) for each, inner in found["properties"].items()}
    return spoiled


@pytest.mark.parametrize("layer", ["facts", "claims"])
def test_forty_attacks_in_every_field_are_text_and_do_nothing(show: Any, facts: Model, tellings: Model, layer: str) -> None:
    plain = facts if layer == "facts" else tellings
    model = hostile(plain)
    assert len(PAYLOADS) >= 40
    opened = show(model, at=unfolded(model))
    assert counts(opened) == (len(plain["nodes"]), len(plain["edges"]))
    opened.page.locator("#filter-button").click()
    for node in [each["id"] for each in model["nodes"] if each["class"].startswith(("Measure", "Campaign"))]:
        opened.page.evaluate("id => View.reveal(id)", node)
    for control in ("#search", "#table-button"):
        opened.page.locator(control).click()
    opened.page.locator("#search").fill("script")
    opened.page.locator("#language").select_option("zh")
    assert svg(opened).tag == f"{SVG}svg"
    assert list(ox.parse(export(opened, "turtle"), format=ox.RdfFormat.TURTLE))
    rows = list(csv.reader(io.StringIO(export(opened, "csv").decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert opened.page.evaluate("typeof pwned") == "undefined"
    assert (asked(opened), complained(opened)) == ([], [])
    elements = "[...new Set([...document.querySelectorAll('body *')].map(each => each.localName))]"
    assert not {"img", "iframe", "base", "form", "math", "meta", "object"} & set(opened.page.evaluate(elements))
    assert opened.page.locator("script:not([type])").count() == 2
    attributes = "[...document.querySelectorAll('*')].flatMap(each => each.getAttributeNames()).filter(name => name.startsWith('on'))"
    assert opened.page.evaluate(attributes) == []
    addresses = "[...document.querySelectorAll('[href]')].map(each => each.getAttribute('href'))"
    assert set(opened.page.evaluate(addresses)) <= {"#main", "data:,"}
    assert opened.overflow() == 0


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)", " https://example.org", "vbscript:x", "//example.org"]
)
def test_only_web_addresses_become_links(show: Any, facts: Model, address: str) -> None:
    model = copy.deepcopy(facts)
    for entry in [*model["claims"], *model["sources"].values(), *model["nodes"]]:
        entry["url"] = entry["archive"] = address
    opened = show(model, at=urlencode({"selected": CLOSURES}))
    assert opened.page.locator("#panel .claim").count() > 5
    assert opened.page.locator("#panel a").count() == 0


def test_a_formula_in_a_claim_is_no_formula_in_the_csv(show: Any, facts: Model) -> None:
    model = copy.deepcopy(facts)
    for claim, start in zip(model["claims"], cycle("=+-@\t\r"), strict=False):
        claim["text"] = f"{start}1+1"
    rows = list(csv.DictReader(io.StringIO(export(show(model), "csv").decode("utf-8-sig"), newline="")))
    assert {row["text"][:2] for row in rows} == {"'=", "'+", "'-", "'@", "'\t", "'\r"}
