"""The graph view in a real browser: quiet, whole, safe, readable by all; and every control does what it says."""

from __future__ import annotations

import copy
import csv
import io
import re
from base64 import b64encode
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.graph import Graph
from kg.viewer import view
from kg.viewer.page import page as make_page
from tests.comparison.test_page import PAYLOADS
from tests.conftest import Open, Opened

SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
CLOSURES = "measure/cac-self-media-2023/closures"
OPENED = "campaign/cac-self-media-2023"
FOLDED = "campaign/cac-2021"
SVG = "{http://www.w3.org/2000/svg}"
Model = dict[str, Any]


@pytest.fixture(scope="module")
def facts(graph: Graph) -> Model:
    return view(graph).model


@pytest.fixture(scope="module")
def tellings(graph: Graph) -> Model:
    return view(graph, layer="claims").model


@pytest.fixture
def show(open_page: Open) -> Any:
    """Open a model's page, as an address with this fragment would, and wait until it is drawn."""

    def shown(model: Model, width: int = 1440, scheme: Literal["light", "dark"] = "light", at: str = "", **options: Any) -> Opened:
        opened = open_page(make_page(model), width, scheme, **options)
        if at:
            address = opened.page.url
            opened.page.goto("about:blank")
            opened.page.goto(f"{address}#{at}")
        return drawn(opened)

    return shown


def drawn(opened: Opened) -> Opened:
    opened.page.locator("#canvas[data-drawn]").wait_for(state="attached")
    return opened


def asked(opened: Opened) -> list[str]:
    """What the page asked for, but for itself and what it made itself to take along."""
    own = opened.page.url.partition("#")[0]
    return [address for address in opened.requests if address.partition("#")[0] != own and not address.startswith(("about:", "blob:"))]


def complained(opened: Opened) -> list[str]:
    """What the page complained of; not the graphics driver, which here is software and says that it is slow."""
    return [text for text in opened.complaints if "GL Driver Message" not in text]


def place_of(opened: Opened, x: float, y: float) -> tuple[float, float]:
    box = opened.page.locator("#canvas").bounding_box()
    assert box
    return box["x"] + x, box["y"] + y


def node_place(opened: Opened, node: str) -> tuple[float, float]:
    at = opened.page.evaluate(
        "id => { const p = View.renderer.positions(id); const s = View.renderer.toScreen(p.x, p.y); return [s.x, s.y] }", node
    )
    return place_of(opened, *at)


def edge_place(opened: Opened, edge: str) -> tuple[float, float]:
    """A place on a link as it is drawn, near its end, where links stand apart."""
    path = next(each for each in svg(opened).iter(f"{SVG}path") if each.get("data-edge") == edge).get("d", "")
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    middle = [0.001 * numbers[i] + 0.027 * numbers[i + 2] + 0.243 * numbers[i + 4] + 0.729 * numbers[i + 6] for i in (0, 1)]  # at t = 0.9
    at = opened.page.evaluate("([x, y]) => { const s = View.renderer.toScreen(x, y); return [s.x, s.y] }", middle)
    return place_of(opened, *at)


def select(opened: Opened, node: str) -> None:
    opened.page.mouse.click(*node_place(opened, node))
    opened.page.locator("#panel:not([hidden])").wait_for()


def export(opened: Opened, kind: str) -> bytes:
    opened.page.locator("#export summary").click()
    with opened.page.expect_download() as download:
        opened.page.locator(f"[data-export={kind}]").click()
    return Path(download.value.path()).read_bytes()


def svg(opened: Opened) -> ElementTree.Element:
    return ElementTree.fromstring(export(opened, "svg"))


def shown_ids(opened: Opened, kind: str = "node") -> set[str]:
    return {found for each in svg(opened).iter(f"{SVG}path") if (found := each.get(f"data-{kind}"))}


def counts(opened: Opened) -> tuple[int, int]:
    found = opened.page.locator("#counts")
    return int(found.get_attribute("data-nodes") or -1), int(found.get_attribute("data-edges") or -1)


def state_of(opened: Opened, key: str) -> Any:
    return opened.page.evaluate("key => View.state()[key]", key)


def fragment(opened: Opened, holds: str) -> str:
    """The address's fragment once it holds a text."""
    opened.page.wait_for_function("text => decodeURIComponent(location.hash).includes(text)", arg=holds)
    found: str = opened.page.evaluate("location.hash.slice(1)")
    return found


def unfolded(model: Model) -> str:
    parents = {node["parent"] for node in model["nodes"] if "parent" in node}
    return urlencode([("open", parent) for parent in sorted(parents)])


def label(model: Model, node: str, language: str = "en") -> str:
    found: str = next(each for each in model["nodes"] if each["id"] == node)["label"][language]
    return found


# ── Whole and quiet ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("layer", ["facts", "claims"])
def test_the_page_is_quiet_and_fits_and_shuts_nobody_out(
    show: Any, facts: Model, tellings: Model, layer: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    opened = show(facts if layer == "facts" else tellings, width, scheme, reduced_motion="reduce")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    opened.page.screenshot(path=SCREENSHOTS / f"view-{layer}-{width}-{scheme}.png")
    assert (opened.overflow(), opened.faults()) == (0, [])
    opened.page.locator("#filter-button").click()
    assert (opened.overflow(), opened.faults()) == (0, [])
    opened.page.locator("#filters .close").click()
    opened.page.evaluate("View.reveal(View.model.nodes.find(node => node.claims.length > 2 && node.class === 'Measure').id)")
    opened.page.locator("#panel:not([hidden])").wait_for()
    opened.page.screenshot(path=SCREENSHOTS / f"view-{layer}-evidence-{width}-{scheme}.png")
    assert (opened.overflow(), opened.faults()) == (0, [])
    opened.page.locator("#table-button").click()
    assert (opened.overflow(), opened.faults()) == (0, [])
    assert (asked(opened), complained(opened)) == ([], [])


@pytest.mark.parametrize("layer", ["facts", "claims"])
def test_everything_unfolded_the_picture_holds_the_nodes_and_edges_of_the_model(
    show: Any, facts: Model, tellings: Model, layer: str
) -> None:
    model = facts if layer == "facts" else tellings
    opened = show(model, at=unfolded(model))
    assert counts(opened) == (len(model["nodes"]), len(model["edges"]))
    root = svg(opened)
    assert {each.get("data-node") for each in root.iter(f"{SVG}path")} - {None} == {node["id"] for node in model["nodes"]}
    assert len([each for each in root.iter(f"{SVG}path") if each.get("data-edge")]) == len(model["edges"])


def test_at_first_only_what_the_model_does_not_hide_is_shown(show: Any, facts: Model) -> None:
    assert shown_ids(show(facts)) == {node["id"] for node in facts["nodes"] if not node.get("hidden")}


@pytest.mark.parametrize("layer", ["facts", "claims"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_label_covers_another_at_the_default_zoom(show: Any, facts: Model, tellings: Model, layer: str, language: str) -> None:
    overlaps = """() => {
        const state = View.state(), shown = View.shown();
        const scale = View.renderer.place()[2];
        const { spots } = View.picture({ at: View.renderer.positions, state, shown, lit: null, scale });
        const boxes = [...spots.values()].map((spot) => spot.box).filter(Boolean);
        const cover = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
        return [boxes.length, boxes.filter((a, i) => boxes.some((b, j) => j > i && cover(a, b))).length, spots.size];
    }"""
    for width in (1440, 390):
        opened = show(facts if layer == "facts" else tellings, width, at=urlencode({"language": language}))
        labelled, covered, nodes = opened.page.evaluate(overlaps)
        assert covered == 0
        assert labelled == nodes


def test_each_figure_of_the_layer_of_claims_is_told_whole_with_who_says_it_in_lines_that_do_not_cross(show: Any, tellings: Model) -> None:
    opened = show(tellings)
    texts, links = opened.page.evaluate(
        """() => {
            const state = View.state(), shown = View.shown();
            const drawn = View.picture({ at: View.renderer.positions, state, shown, lit: null, scale: View.renderer.place()[2] });
            const inside = box => text => text.x === box[0] && text.y > box[1] && text.y < box[3];
            const claims = [...shown.nodes].filter(id => View.nodes.get(id).class === 'Claim');
            const lines = id => drawn.texts.filter(inside(drawn.spots.get(id).box)).map(text => text.text);
            const links = drawn.edges.filter(edge => edge.alpha > 0).map(edge => [edge.curve[0], edge.curve[3]]);
            return [Object.fromEntries(claims.map(id => [id, lines(id)])), links];
        }"""
    )
    claims = {claim["id"]: claim for claim in tellings["claims"]}
    told = {claim: lines for claim, lines in texts.items() if 0 < len(claims[claim].get("text", "")) <= 25}
    assert {claim: lines for claim, lines in told.items() if claims[claim]["text"] not in (lines[0], " ".join(lines))} == {}
    publishers = {claim: tellings["sources"][claims[claim]["source"]]["publisher"] for claim in told}
    assert sum(publishers[claim].startswith(lines[1].rstrip("…").strip()) for claim, lines in told.items() if len(lines) > 1) > 80
    slanted = sorted((end[1], start[1]) for start, end in links if start[1] != end[1])
    assert len(slanted) > 10
    assert all(one[1] < other[1] for one, other in pairwise(slanted))  # from top to bottom at both ends
    level = sorted((start[1], end[0], start[0]) for start, end in links if start[1] == end[1])
    assert len(level) > 50
    assert all(one[0] < other[0] or one[2] < other[1] for one, other in pairwise(level))  # end before the next begins


def test_the_policy_lets_no_other_script_run(show: Any, facts: Model) -> None:
    opened = show(facts)
    opened.page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'pwned = 1' }))")
    opened.page.evaluate("document.body.setAttribute('onclick', 'pwned = 1'), document.body.click()")
    assert opened.page.evaluate("typeof pwned") == "undefined"
    assert len(opened.complaints) == 2


def test_in_a_notebook_the_frame_shows_the_same_page(open_page: Open, graph: Graph) -> None:
    opened = open_page(f"<!doctype html><title>Notebook</title>{view(graph, 'cac-news-anchors-2023')._repr_html_()}")
    frame = opened.page.frame_locator("iframe")
    frame.locator("#app[data-ready]").wait_for()
    frame.locator("#labels").select_option("names")
    assert frame.locator("h1").inner_text()
    assert complained(opened) == []


# ── Select ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_click_on_a_node_shows_its_claims_with_their_evidence(show: Any, facts: Model) -> None:
    opened = show(facts)
    select(opened, CLOSURES)
    node = next(each for each in facts["nodes"] if each["id"] == CLOSURES)
    assert opened.page.locator("#panel h2").inner_text() == node["label"]["en"]
    assert opened.page.locator("#panel .claim").count() == len(node["claims"])
    first = opened.page.locator("#panel .claim").first
    assert first.locator(".tag").inner_text() == "reference"
    assert first.locator("mark").inner_text() == first.locator(".figure").inner_text()
    assert first.locator(".why").inner_text().startswith("Why? Reference:")
    verdict = opened.page.locator("#panel .verdict", has_text="relation dropped").first
    verdict.locator("summary").click()
    kind = next(each for each in facts["kinds"] if each["id"] == "relation-dropped")
    assert verdict.locator("p").inner_text() == kind["definition"]["en"]
    assert verdict.locator(".sign").inner_text() == kind["icon"]
    links = opened.page.locator("#panel a").all()
    assert links
    assert all((link.get_attribute("href") or "").startswith(("http://", "https://")) for link in links)
    assert {link.get_attribute("rel") for link in links} == {"noopener noreferrer"}


def test_neighbours_stay_lit_and_the_rest_fades(show: Any, facts: Model) -> None:
    opened = show(facts)
    select(opened, CLOSURES)
    paths = [each for each in svg(opened).iter(f"{SVG}path") if each.get("data-node")]
    lit = {each.get("data-node") for each in paths if each.get("fill-opacity") == "1"}
    near = {each["from"] for each in facts["edges"] if each["to"] == CLOSURES} | {
        each["to"] for each in facts["edges"] if each["from"] == CLOSURES
    }
    assert lit == near | {CLOSURES}
    assert len(paths) > len(lit)


def test_a_click_on_a_link_shows_what_it_says(show: Any, facts: Model) -> None:
    opened = show(facts)
    opened.page.mouse.click(*edge_place(opened, f"{OPENED} campaign {CLOSURES}"))
    assert opened.page.locator("#panel h2").inner_text() == f"{label(facts, OPENED)} → {label(facts, CLOSURES)}"
    assert opened.page.locator("#panel > header .figure").inner_text() == "over 66,600"


def test_a_neighbour_named_in_the_panel_leads_on(show: Any, facts: Model) -> None:
    opened = show(facts)
    select(opened, CLOSURES)
    opened.page.locator("#panel .linked summary").click()
    opened.page.locator("#panel .near button", has_text="permanent closure").first.click()
    assert opened.page.locator("#panel h2").inner_text() == "permanent closure"
    assert opened.page.evaluate("document.activeElement.localName") == "h2"


def test_a_click_on_nothing_selects_nothing(show: Any, facts: Model) -> None:
    opened = show(facts)
    select(opened, CLOSURES)
    opened.page.mouse.click(*place_of(opened, 6, 300))
    assert opened.page.locator("#panel").is_hidden()


def test_on_a_phone_the_evidence_is_a_sheet_at_the_bottom_and_what_is_selected_stays_in_sight(show: Any, facts: Model) -> None:
    opened = show(facts, 390, at=urlencode({"selected": CLOSURES}))
    panel, canvas = opened.page.locator("#panel").bounding_box(), opened.page.locator("#canvas").bounding_box()
    assert panel and canvas
    assert (panel["x"], panel["width"]) == (0, 390)
    assert panel["y"] >= canvas["y"] + canvas["height"]
    opened.page.wait_for_function(
        """([id, high]) => {
            const { x, y } = View.renderer.positions(id);
            const place = View.renderer.toScreen(x, y);
            return place.y > 0 && place.y < high && place.x > 0 && place.x < 390;
        }""",
        arg=[CLOSURES, canvas["height"]],
    )


# ── Find ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["accounts permanently cl", "永久关闭账", "ＡＣＣＯＵＮＴＳ　ＰＥＲＭ"])
def test_search_finds_labels_in_both_languages_by_keyboard(show: Any, facts: Model, text: str) -> None:
    opened = show(facts)
    opened.page.locator("#search").fill(text)
    options = opened.page.locator("#suggestions [role=option]")
    assert options.first.is_visible()
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.locator("#search").get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    opened.page.keyboard.press("Enter")
    assert state_of(opened, "selected") == CLOSURES
    assert opened.page.locator("#suggestions").is_hidden()


def test_search_unfolds_what_it_finds_and_says_when_it_finds_nothing(show: Any, facts: Model) -> None:
    folded = next(node for node in facts["nodes"] if node.get("parent") == FOLDED)
    opened = show(facts)
    assert folded["id"] not in shown_ids(opened)
    opened.page.locator("#search").fill(folded["label"]["en"])
    opened.page.locator("#suggestions [role=option]").first.click()
    assert folded["id"] in shown_ids(opened)
    opened.page.locator("#search").fill("no such thing")
    assert opened.page.locator("#suggestions").inner_text() == "Nothing found"
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#search").input_value() == ""


@pytest.mark.parametrize(("filter_", "of"), [("verdicts", "kinds"), ("penalties", "penalty"), ("sources", "source")])
def test_a_filter_leaves_only_links_with_a_claim_that_passes(show: Any, facts: Model, filter_: str, of: str) -> None:
    opened = show(facts)
    before = shown_ids(opened, "edge")
    opened.page.locator("#filter-button").click()
    group = opened.page.locator(f"[data-group={filter_}]")
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    box = group.locator("input").first
    chosen = box.get_attribute("value")
    box.check()
    passing = {i for i, claim in enumerate(facts["claims"]) if chosen in (claim.get(of, []) if of == "kinds" else [claim.get(of)])}
    claims = {f"{edge['from']} {edge['property']} {edge['to']}": set(edge.get("claims", [])) for edge in facts["edges"]}
    left = shown_ids(opened, "edge")
    assert left < before
    assert left
    assert all(not claims[edge] or claims[edge] & passing for edge in left)
    assert opened.page.locator("#filter-count").inner_text() == "1"
    opened.page.locator("#reset-filters").click()
    assert shown_ids(opened, "edge") == before


def test_the_years_filter_what_happened_then(show: Any, facts: Model) -> None:
    opened = show(facts)
    opened.page.locator("#filter-button").click()
    opened.page.locator("[data-filter=from]").select_option("2024")
    years = {node["id"]: node.get("years", []) for node in facts["nodes"]}
    left = shown_ids(opened)
    assert left
    assert OPENED not in left
    assert all(not years[node] or max(years[node]) >= 2024 for node in left)


def test_the_legend_hides_a_class_and_shows_it_again(show: Any, facts: Model) -> None:
    opened = show(facts)
    platforms = {node["id"] for node in facts["nodes"] if node["class"] == "Platform"}
    before = shown_ids(opened)
    chip = opened.page.locator("[data-class=Platform]")
    chip.click()
    assert chip.get_attribute("aria-pressed") == "false"
    assert shown_ids(opened) == before - platforms != before
    chip.click()
    assert shown_ids(opened) == before


def test_the_legend_filters_by_verdict_where_verdicts_are_drawn(show: Any, tellings: Model) -> None:
    opened = show(tellings)
    opened.page.locator("[data-kind=value-differs]").click()
    assert state_of(opened, "verdicts") == ["value-differs"]
    claims = {claim["id"]: claim.get("kinds", []) for claim in tellings["claims"]}
    left = [node for node in shown_ids(opened) if node in claims]
    assert left
    assert all("value-differs" in claims[node] for node in left)


def test_a_bar_of_the_timeline_shows_that_campaign_only(show: Any, facts: Model) -> None:
    opened = show(facts)
    bar = opened.page.locator(f"[data-campaign='{FOLDED}']")
    bar.focus()
    opened.page.keyboard.press("Enter")
    assert bar.get_attribute("aria-pressed") == "true"
    parents = {node["id"]: node.get("parent") for node in facts["nodes"] if node["class"] in ("Campaign", "Measure")}
    left = shown_ids(opened) & set(parents)
    assert left == {FOLDED} | {node for node, parent in parents.items() if parent == FOLDED}
    bar.focus()
    opened.page.keyboard.press("Enter")
    assert OPENED in shown_ids(opened)


# ── Change how it is shown ────────────────────────────────────────────────────────────────────────────────────────


def test_the_language_changes_every_label_and_word(show: Any, facts: Model) -> None:
    opened = show(facts)
    select(opened, CLOSURES)
    opened.page.locator("#language").select_option("zh")
    assert opened.page.locator("html").get_attribute("lang") == "zh"
    assert opened.page.locator("h1").inner_text() == facts["title"]["zh"]
    assert opened.page.locator("#panel h2").inner_text() == label(facts, CLOSURES, "zh")
    assert "永久关闭账号" in "".join(svg(opened).itertext())
    words = opened.page.locator("body").inner_text()
    assert not re.search(r"\b(Filters|Table|Zoom|claims|Light|Select|links|Undo|reference)\b", words)


def test_labels_can_be_names_or_figures_or_nothing(show: Any, facts: Model) -> None:
    opened = show(facts)
    texts = {}
    for choice in ("all", "names", "figures", "none"):
        opened.page.locator("#labels").select_option(choice)
        texts[choice] = "".join(svg(opened).itertext())
    assert {choice for choice, text in texts.items() if "66,600" in text} == {"all", "figures"}
    assert {choice for choice, text in texts.items() if "permanent closure" in text} == {"all", "names"}


def test_a_double_click_unfolds_and_folds(show: Any, facts: Model) -> None:
    opened = show(facts)
    children = {node["id"] for node in facts["nodes"] if node.get("parent") == OPENED}
    assert children <= shown_ids(opened)
    opened.page.mouse.dblclick(*node_place(opened, OPENED))
    assert not children & shown_ids(opened)
    opened.page.locator("#expand").click()
    assert children <= shown_ids(opened)
    opened.page.locator("#canvas").focus()
    opened.page.keyboard.press("Space")
    assert not children & shown_ids(opened)


def test_what_unfolds_stands_beside_what_held_it_and_covers_nothing_and_all_goes_back(show: Any, facts: Model) -> None:
    opened = show(facts)
    heights = "Object.fromEntries([...View.shown().nodes].map(id => [id, View.renderer.positions(id).y]))"
    before = opened.page.evaluate(heights)
    opened.page.mouse.dblclick(*node_place(opened, FOLDED))
    after = opened.page.evaluate(heights)
    children = [node["id"] for node in facts["nodes"] if node.get("parent") == FOLDED]
    assert children
    assert max(abs(after[child] - after[FOLDED]) for child in children) < 44 * len(children)
    columns: dict[float, list[float]] = {}
    for node in facts["nodes"]:
        if node["id"] in after:
            columns.setdefault(node["x"], []).append(after[node["id"]])
    assert min(other - one for column in columns.values() for one, other in pairwise(sorted(column))) > 43.9
    opened.page.keyboard.press("Escape")
    assert opened.page.evaluate(heights) == before


def test_escape_undoes_one_step_at_a_time(show: Any, facts: Model) -> None:
    opened = show(facts)
    opened.page.locator("[data-class=Platform]").click()
    select(opened, CLOSURES)
    select(opened, OPENED)
    steps = []
    for _ in range(4):
        steps.append((state_of(opened, "selected"), state_of(opened, "hidden")))
        opened.page.keyboard.press("Escape")
    assert steps == [(OPENED, ["Platform"]), (CLOSURES, ["Platform"]), ("", ["Platform"]), ("", [])]


def test_arrow_keys_go_from_node_to_node(show: Any, facts: Model) -> None:
    opened = show(facts, at=urlencode({"selected": CLOSURES}))
    opened.page.locator("#canvas").focus()
    rows = {node["id"]: (node["x"], node["y"]) for node in facts["nodes"]}
    opened.page.keyboard.press("ArrowDown")
    below = state_of(opened, "selected")
    assert rows[below][0] == rows[CLOSURES][0]
    assert rows[below][1] > rows[CLOSURES][1]
    opened.page.keyboard.press("ArrowUp")
    assert state_of(opened, "selected") == CLOSURES
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.closest('#panel') !== null")


def test_it_moves_only_when_asked_and_stops_and_goes_back(show: Any, facts: Model) -> None:
    opened = show(facts)
    place = f"JSON.stringify(View.renderer.positions('{CLOSURES}'))"
    first = opened.page.evaluate(place)
    opened.page.locator("#move").click()
    opened.page.wait_for_function(f"{place} !== {first!r}")
    opened.page.locator("#move").click()
    assert opened.page.locator("#move").get_attribute("aria-pressed") == "false"
    opened.page.locator("#fit").click()
    node = next(each for each in facts["nodes"] if each["id"] == CLOSURES)
    assert opened.page.evaluate(f"View.renderer.positions('{CLOSURES}').y") == node["y"]


def test_the_table_holds_what_the_picture_shows_and_works_by_keyboard(show: Any, facts: Model) -> None:
    opened = show(facts)
    nodes, edges = shown_ids(opened), shown_ids(opened, "edge")
    opened.page.locator("#table-button").focus()
    opened.page.keyboard.press("Enter")
    rows = "e => e.map(each => each.dataset.row)"
    assert set(opened.page.locator("#table-nodes tbody tr").evaluate_all(rows)) == nodes
    assert set(opened.page.locator("#table-edges tbody tr").evaluate_all(rows)) == edges
    opened.page.locator(f"#table-nodes [data-select='{CLOSURES}']").focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#panel h2").inner_text() == label(facts, CLOSURES)
    assert opened.page.locator("#table tr[aria-selected=true]").first.get_attribute("data-row") == CLOSURES
    help_ = opened.page.locator(f"#{opened.page.locator('#canvas').get_attribute('aria-describedby')}")
    assert "Table" in (help_.text_content() or "")


def test_the_theme_button_repaints_the_picture(show: Any, facts: Model) -> None:
    opened = show(facts)
    light = opened.page.locator("#canvas").screenshot()
    opened.page.locator("#theme").click()
    assert fragment(opened, "theme=dark")
    assert opened.page.locator("#canvas").screenshot() != light


# ── Take along ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_address_holds_the_state_and_brings_it_back(show: Any, facts: Model) -> None:
    opened = show(facts)
    select(opened, CLOSURES)
    opened.page.locator("#language").select_option("zh")
    opened.page.locator("[data-class=Platform]").click()
    opened.page.locator("#labels").select_option("names")
    opened.page.locator("#closer").click()
    again = show(facts, at=fragment(opened, "labels=names"))
    keys = ("selected", "language", "hidden", "labels", "open", "table")
    assert [state_of(again, key) for key in keys] == [state_of(opened, key) for key in keys]
    assert again.page.locator("#panel h2").inner_text() == label(facts, CLOSURES, "zh")
    assert counts(again) == counts(opened)


def test_where_the_reader_looked_is_part_of_the_address(show: Any, facts: Model) -> None:
    opened = show(facts)
    opened.page.mouse.move(*place_of(opened, 300, 300))
    opened.page.mouse.wheel(0, -300)
    again = show(facts, at=fragment(opened, "place="))
    assert again.page.evaluate("View.renderer.place()") == pytest.approx(opened.page.evaluate("View.renderer.place()"), rel=1e-3)


def test_a_hostile_fragment_does_nothing(show: Any, facts: Model) -> None:
    opened = show(facts)
    before = opened.page.evaluate("JSON.stringify(View.state())")
    names = before and list(opened.page.evaluate("Object.keys(View.state())"))
    for payload in (*PAYLOADS, "__proto__", "constructor", "9" * 400, "NaN,NaN,NaN", "0,0,0", "1e999,0,1", "campaign/none"):
        opened.page.evaluate("hash => { location.hash = hash }", urlencode([(name, payload) for name in names], errors="surrogatepass"))
        opened.page.evaluate("new Promise(done => setTimeout(done))")
        assert opened.page.evaluate("JSON.stringify(View.state())") == before
    assert opened.page.evaluate("typeof pwned") == "undefined"
    assert (asked(opened), complained(opened)) == ([], [])


def test_the_png_is_a_picture_of_the_whole_layout(show: Any, facts: Model) -> None:
    found = export(show(facts), "png")
    assert found.startswith(b"\x89PNG\r\n")
    width, height = (int.from_bytes(found[start : start + 4], "big") for start in (16, 20))
    assert width > 2_000
    assert height > 1_000


def test_the_svg_holds_shapes_figures_and_no_script(show: Any, facts: Model) -> None:
    root = svg(show(facts))
    text = "".join(root.itertext())
    assert "over 66,600" in text
    assert facts["title"]["en"] in text
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {"svg", "g", "path", "rect", "text", "title"}
    assert not [name for each in root.iter() for name in each.attrib if name.startswith("on") or "href" in name]


def test_the_svg_has_a_dotted_ring_round_what_is_folded_and_a_whole_one_round_what_is_selected(show: Any, facts: Model) -> None:
    root = svg(show(facts, at=urlencode({"selected": CLOSURES})))
    rings = {each.get("data-ring"): each.get("stroke-dasharray") for each in root.iter(f"{SVG}path") if each.get("data-ring")}
    assert rings.pop(CLOSURES) is None
    assert set(rings) == {node["id"] for node in facts["nodes"] if node.get("collapsed")}
    assert set(rings.values()) == {"2 3"}


def test_paper_gets_the_whole_picture_in_light_and_nothing_to_press(show: Any, facts: Model) -> None:
    opened = show(facts, 390, "dark")
    opened.page.emulate_media(media="print")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    picture = opened.page.locator("#paper svg")
    drawn_ids = set(picture.locator("[data-node]").evaluate_all("each => each.map(one => one.dataset.node)"))
    assert drawn_ids == {node["id"] for node in facts["nodes"] if not node.get("hidden")}
    assert picture.is_visible()
    assert picture.locator("rect").first.get_attribute("fill") == "rgb(255, 255, 255)"
    assert not any(opened.page.locator(each).is_visible() for each in ("#canvas", ".tools", ".steering"))
    opened.page.emulate_media(media="screen")
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.page.locator("#canvas").is_visible()
    assert picture.count() == 0
    assert opened.page.evaluate("View.palette().paper") == "rgb(20, 22, 26)"


def test_a_link_to_the_view_is_copied_and_shows_what_its_sender_saw(show: Any, facts: Model) -> None:
    opened = show(facts, permissions=["clipboard-read", "clipboard-write"])
    select(opened, CLOSURES)
    fragment(opened, CLOSURES)
    opened.page.locator("#export summary").click()
    opened.page.locator("[data-export=link]").click()
    opened.page.wait_for_function("document.querySelector('#status').textContent !== ''")
    copied = opened.page.evaluate("navigator.clipboard.readText()")
    assert opened.page.locator("#status").inner_text() == "The link is copied."
    again = show(facts, at=copied.partition("#")[2])
    assert again.page.locator("#panel h2").inner_text() == label(facts, CLOSURES)


def test_a_link_that_may_not_be_copied_is_told(show: Any, facts: Model) -> None:
    opened = show(facts)
    opened.page.evaluate("() => { Clipboard.prototype.writeText = () => Promise.reject(new Error('no leave')) }")
    opened.page.locator("#export summary").click()
    opened.page.locator("[data-export=link]").click()
    opened.page.wait_for_function("document.querySelector('#status').textContent === location.href")


def test_on_a_phone_names_and_figures_can_be_chosen(show: Any, facts: Model) -> None:
    opened = show(facts, 390)
    opened.page.locator("#labels").select_option("figures")
    assert state_of(opened, "labels") == "figures"
    box = opened.page.locator("#labels").bounding_box()
    assert box and box["x"] > 0 and box["x"] + box["width"] < 390
    assert opened.overflow() == 0


@pytest.mark.parametrize("selected", ["", CLOSURES, "authority/cac", "penalty/closure"])
def test_the_turtle_says_nothing_that_the_graph_does_not_say(show: Any, facts: Model, graph: Graph, selected: str) -> None:
    found = export(show(facts, at=urlencode({"selected": selected})), "turtle")
    said = {(each.subject, each.predicate, each.object) for each in ox.parse(found, format=ox.RdfFormat.TURTLE)}
    known = {(each.subject, each.predicate, each.object) for each in graph.store}
    unknown = {(s, p, o) for s, p, o in said - known if not p.value.endswith(("#actor", "#partner"))}
    assert unknown == set()
    assert any(p.value.endswith("#quote") for _, p, _ in said)
    # A campaign's authorities may be told by its measures only: the picture draws them to the campaign.
    for s, p, o in said - known:
        assert any(q.predicate == p and q.object == o for q in graph.store if str(s.value).rpartition("/")[2] in str(q.subject))


def test_the_csv_holds_the_claims_of_the_selection(show: Any, facts: Model) -> None:
    opened = show(facts)
    every = list(csv.DictReader(io.StringIO(export(opened, "csv").decode("utf-8-sig"))))
    assert len(every) == len(facts["claims"])
    select(opened, CLOSURES)
    some = list(csv.DictReader(io.StringIO(export(opened, "csv").decode("utf-8-sig"))))
    node = next(each for each in facts["nodes"] if each["id"] == CLOSURES)
    assert {row["claim"] for row in some} == {facts["claims"][i]["id"] for i in node["claims"]}
    assert any(row["quote"] and row["publisher"] == "CCTV" for row in some)


# ── Safe ──────────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── Large ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def named(kind: str, id_: str, name: str, x: float, y: float, **more: Any) -> Model:
    return {"id": id_, "class": kind, "label": {"en": f"Thing {name}", "zh": f"事项{name}"}, "x": x, "y": y, "size": 12.0, **more}


def large(model: Model, count: int) -> Model:
    """A model of so many claims by fifty sources about five hundred things, in the shape of the claims layer's."""
    rows = int(1.5 * count**0.5)
    right = 300.0 * (count // rows + 2)
    sources = [named("Report", f"source/s{n}", f"of outlet {n}", 0.0, n * 44.0) for n in range(50)]
    things = [
        named("Measure", f"measure/m/{n}", str(n), right + 300 * (n // rows), n % rows * 44.0, claims=list(range(n, count, 500)))
        for n in range(500)
    ]
    claims, edges, said = [], [], []
    for n in range(count):
        source, thing = f"source/s{n % 50}", f"measure/m/{n % 500}"
        claims.append(named("Claim", f"claim/{n}", f"as told {n}", 300.0 * (1 + n // rows), 44.0 * (n % rows), claims=[n], years=[2023]))
        edges.append({"from": source, "to": f"claim/{n}", "property": "source", "width": 1.0, "claims": [n]})
        edges.append({"from": f"claim/{n}", "to": thing, "property": "subject", "width": 1.0, "claims": [n]})
        said.append({"id": f"claim/{n}", "source": source, "subject": thing, "text": f"{n:,}", "kinds": []})
    return model | {
        "renderer": "sigma", "classes": [each for each in model["classes"] if each["id"] in ("Measure", "Claim", "Report")],
        "nodes": [*sources, *things, *claims], "edges": edges, "claims": said, "campaigns": [],
        "sources": {each["id"]: {"publisher": each["label"]["en"], "said": "2023-05-27"} for each in sources},
    }  # fmt: skip


@pytest.mark.parametrize("count", [10_000, 50_000])
def test_a_large_graph_is_drawn_by_webgl_and_has_the_same_panel_search_and_filters(show: Any, tellings: Model, count: int) -> None:
    opened = show(large(tellings, count))
    assert counts(opened) == (count + 550, 2 * count)
    whole = opened.page.locator("#canvas").screenshot()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    (SCREENSHOTS / f"view-large-{count}.png").write_bytes(opened.page.screenshot())
    opened.page.locator("[data-class=Claim]").click()
    opened.page.wait_for_function("() => View.shown().nodes.size === 550")
    assert opened.page.locator("#canvas").screenshot() != whole
    opened.page.keyboard.press("Escape")
    opened.page.locator("#search").fill("Thing 77")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#panel h2").inner_text() == "Thing 77"
    assert opened.page.locator("#panel .claim").count() == min(40, count // 500)
    opened.page.locator("#filter-button").click()
    opened.page.locator("[data-group=sources] summary").click()
    opened.page.locator("[data-group=sources] input").first.check()
    assert counts(opened)[1] == 2 * count // 50
    opened.page.locator("#table-button").click()
    assert opened.page.locator("#table-edges tbody tr").count() == 200
    assert (asked(opened), complained(opened)) == ([], [])


def test_a_click_on_a_dot_of_a_large_graph_selects_it(show: Any, tellings: Model) -> None:
    opened = show(large(tellings, 2_000))
    opened.page.mouse.move(*node_place(opened, "source/s7"))
    select(opened, "source/s7")
    assert opened.page.locator("#panel h2").inner_text() == "Thing of outlet 7"
    assert "place" not in opened.page.evaluate("location.hash")


SHAPES = ["circle", "square", "diamond", "triangle", "triangle-down", "hexagon", "star", "box"]


def painted(opened: Opened, points: list[list[float]]) -> list[bool]:
    """Whether the picture is anything but paper at points of the screen."""
    box = opened.page.locator("#canvas").bounding_box()
    assert box
    picture = b64encode(opened.page.screenshot(clip=box)).decode()
    found: list[bool] = opened.page.evaluate(
        """async ([picture, points]) => {
            const image = Object.assign(new Image(), { src: `data:image/png;base64,${picture}` });
            await image.decode();
            const ctx = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height }).getContext('2d');
            ctx.drawImage(image, 0, 0);
            const paper = getComputedStyle(document.querySelector('#canvas')).backgroundColor.match(/\\d+/g).map(Number);
            const at = ([x, y]) => ctx.getImageData(Math.round(x), Math.round(y), 1, 1).data;
            return points.map(point => paper.some((part, i) => Math.abs(at(point)[i] - part) > 60));
        }""",
        [picture, points],
    )
    return found


@pytest.fixture
def shapes(tellings: Model) -> Model:
    """A large model with one big thing of every shape, far from the others."""
    model = large(tellings, 1_000)
    looks = next(each for each in model["classes"] if each["id"] == "Measure")
    return model | {
        "classes": [*model["classes"], *(looks | {"id": f"Of-{shape}", "shape": shape} for shape in SHAPES)],
        "nodes": [*model["nodes"], *(named(f"Of-{s}", s, s, n * 400.0, -900.0) | {"size": 200.0} for n, s in enumerate(SHAPES))],
    }


def go_to(opened: Opened, node: str) -> tuple[float, float, float]:
    """Where a thing stands in the window, and its radius, once the picture is drawn round it."""
    drawn_again = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    opened.page.evaluate(f"id => {{ View.renderer.focus(id, true); return {drawn_again} }}", node)
    return *node_place(opened, node), opened.page.evaluate("id => View.renderer.radius(id)", node)


def test_every_class_has_its_own_shape_in_a_large_graph(show: Any, shapes: Model) -> None:
    opened = show(shapes, reduced_motion="reduce")
    opened.page.locator("#labels").select_option("none")
    for shape in SHAPES:
        x, y, r = go_to(opened, shape)
        left, top = place_of(opened, 0, 0)
        points, inside = opened.page.evaluate(
            """([shape, cx, cy, r]) => {
                const outline = new Path2D(View.outline(shape, 0, 0, r));
                const ctx = document.createElement('canvas').getContext('2d');
                const points = [], inside = [];
                for (let i = -13; i <= 13; i++) for (let j = -13; j <= 13; j++) {
                    const [x, y] = [i / 10 * r, j / 10 * r];
                    const near = [[0, 0], [2, 2], [-2, 2], [2, -2], [-2, -2]];
                    const around = near.map(([dx, dy]) => ctx.isPointInPath(outline, x + dx, y + dy));
                    if (new Set(around).size > 1) continue;  // on the edge
                    points.push([cx + x, cy + y]);
                    inside.push(around[0]);
                }
                return [points, inside];
            }""",
            [shape, x - left, y - top, r],
        )
        assert 50 < sum(inside) < len(inside) - 50
        assert painted(opened, points) == inside, shape


def test_what_a_click_meets_is_the_shape_and_not_the_box_around_it(show: Any, shapes: Model) -> None:
    opened = show(shapes, reduced_motion="reduce")
    x, y, r = go_to(opened, "diamond")
    opened.page.mouse.click(x + 0.85 * r, y + 0.85 * r)
    opened.page.wait_for_timeout(400)  # or the two were a double click
    assert state_of(opened, "selected") == ""
    opened.page.mouse.click(x, y - 0.95 * r)
    assert state_of(opened, "selected") == "diamond"


def test_a_link_that_departs_from_the_reference_is_dashed_in_a_large_graph_too(show: Any, tellings: Model) -> None:
    model = large(tellings, 1_000)
    for edge in model["edges"]:
        edge["dashes"] = edge["from"] == "claim/7"
    opened = show(model, at=urlencode({"selected": "measure/m/7", "labels": "none"}))
    for claim, whole in (("claim/7", False), ("claim/507", True)):
        ends = opened.page.evaluate(
            "ids => ids.map(id => { const p = View.renderer.positions(id); return View.renderer.toScreen(p.x, p.y) })",
            [claim, "measure/m/7"],
        )
        x, y = ([end[axis] for end in ends] for axis in "xy")
        along = [[x[0] + (x[1] - x[0]) * t / 400, y[0] + (y[1] - y[0]) * t / 400] for t in range(20, 320)]
        ink = sum(painted(opened, along)) / len(along)  # other things lie on it here and there
        assert (ink > 0.75) if whole else (0.4 < ink < 0.7)


def test_without_webgl_the_table_takes_the_place_of_the_picture(show: Any, tellings: Model) -> None:
    opened = show(large(tellings, 2_000))
    opened.page.add_init_script(
        """HTMLCanvasElement.prototype.getContext = (real => function (kind, ...rest) {
            return kind === "2d" ? real.call(this, kind, ...rest) : null;
        })(HTMLCanvasElement.prototype.getContext)"""
    )
    opened.page.reload()
    opened.page.locator("#app[data-ready]").wait_for()
    assert opened.page.locator("#failed").is_visible()
    assert opened.page.locator("#table-nodes tbody tr").count() == 200
