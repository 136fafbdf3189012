"""A published site in a real browser, below a path of a plain file server on 127.0.0.1."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.graph import Graph
from tests.conftest import Opened, watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = [
    "index.html", "zh/index.html", "search.html?q=weibo", "zh/search.html", "questions/index.html", "questions/quotes.html",
    "questions/data-dictionary.html", "downloads/index.html", "page/ontology.html", "zh/page/measure/cac-self-media-2023/closures.html",
    "compare/cac-self-media-2023.html", "zh/compare/cac-self-media-2023/dqindia-2023.html", "view/facts.html",
]  # fmt: skip


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def at(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root: Path = tmp_path_factory.mktemp("host")
    kg.publish(graph, root / "a" / "kg")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/a/kg/"
        server.shutdown()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    context = browser.new_context()
    found = Opened(context.new_page())
    watch(found)
    yield found
    context.close()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_without_a_complaint_and_asks_for_nothing_else(page: str, at: str, opened: Opened) -> None:
    opened.page.goto(at + page)
    assert opened.page.title()
    assert opened.faults() == []
    index = [at + page.partition("search")[0] + "names.json"] if "search" in page else []
    opened.page.wait_for_load_state("networkidle")
    assert opened.requests == [at + page, *index]
    assert opened.complaints == []


def test_a_reader_searches_and_follows_the_site_in_chinese(at: str, opened: Opened) -> None:
    opened.page.goto(at + "index.html")
    opened.page.fill("[role=search] input", "微博")
    opened.page.press("[role=search] input", "Enter")
    opened.page.wait_for_url("**/search.html?q=*")
    shown = opened.page.locator("#names > div:visible")
    shown.first.wait_for()
    assert 0 < shown.count() < 20
    opened.page.fill("[role=search] input", "no such name at all")
    assert shown.count() == 0
    opened.page.fill("[role=search] input", "weibo")
    shown.locator("a[href$='page/platform/weibo.html']").first.click()
    opened.page.wait_for_url("**/page/platform/weibo.html")
    opened.page.click("nav a[hreflang=zh]")
    opened.page.wait_for_url("**/zh/page/platform/weibo.html")
    assert opened.page.get_attribute("html", "lang") == "zh"
    assert opened.complaints == []


def test_the_evidence_of_a_figure_comes_into_the_dialog(at: str, opened: Opened) -> None:
    opened.page.goto(at + "zh/compare/cac-self-media-2023.html")
    opened.page.locator(".cell:visible", has_text="roughly 930,000").click()
    opened.page.locator("dialog[open]").get_by_text("roughly 930,000 additional accounts").wait_for()
    assert opened.requests[1:] == [at + "zh/compare/cac-self-media-2023/dqindia-2023.html"]
    assert opened.complaints == []


def test_a_picture_leads_back_to_the_site_and_names_it_in_the_reader_s_language(at: str, opened: Opened) -> None:
    opened.page.goto(at + "view/campaign/cac-self-media-2023.html#language=zh")
    opened.page.locator("nav").get_by_role("link", name="问题").click()
    opened.page.wait_for_url("**/questions/index.html")
    assert opened.complaints == []


def test_without_javascript_all_names_stand_there(at: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(at + "search.html?q=weibo")
    ways = page.locator("main section a")
    assert ways.count() > 5
    ways.first.click()
    page.wait_for_url("**/names/1.html")
    assert page.locator("#names > div:visible").count() == 100
    context.close()


def test_opened_from_disk_a_figure_leads_to_the_page_of_its_evidence(graph: Graph, tmp_path: Path, opened: Opened) -> None:
    kg.publish(graph, tmp_path / "site")
    opened.page.goto((tmp_path / "site/compare/cac-self-media-2023.html").as_uri())
    opened.page.locator(".cell:visible", has_text="roughly 930,000").click()
    opened.page.wait_for_url("**/dqindia-2023.html#lesser-penalties")
    assert "roughly 930,000 additional accounts" in opened.page.locator("section:target").inner_text()


def test_opened_from_disk_search_says_where_all_names_stand(graph: Graph, tmp_path: Path, opened: Opened) -> None:
    kg.publish(graph, tmp_path / "site")
    opened.page.goto((tmp_path / "site/search.html").as_uri())
    opened.page.get_by_text("all names stand below").wait_for()
    opened.page.click("main section a >> nth=0")
    opened.page.wait_for_url("**/names/1.html")
