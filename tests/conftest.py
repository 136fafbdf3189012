"""A real browser for the tests of pages, and what they ask of every page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import settings

from tests import servers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Dialog, Page

# The same examples each time: what is right today is not refused tomorrow. HYPOTHESIS_PROFILE=default looks for new ones.
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
VENDOR = Path(__file__).resolve().parent / "vendor"
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip


@dataclass
class Opened:
    """A page in the browser, with all that it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def faults(self) -> list[tuple[str, str]]:
        """What axe-core finds, however minor: the rule, and where."""
        self.page.evaluate((VENDOR / "axe.min.js").read_text("utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert found["passes"], "axe-core looked at nothing"
        return [(each["id"], node["html"][:200]) for each in found["violations"] for node in each["nodes"]]

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        wider: int = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return wider


def watch(opened: Opened) -> None:
    """Keep what a page asks for and complains of; a dialog of its own is a complaint."""

    def dismiss(dialog: Dialog) -> None:
        opened.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    opened.page.on("request", lambda request: opened.requests.append(request.url))
    opened.page.on("console", lambda message: opened.complaints.append(message.text))
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.page.on("dialog", dismiss)


Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def oxigraph() -> Iterator[str]:
    """The address of a real ``oxigraph serve``, empty at first, that the tests of a module share."""
    with servers.oxigraph() as address:
        yield address


@pytest.fixture
def reachable(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """A text of the documents or the help in which the address where Oxigraph's server usually stands is that of a real one."""
    usual = "http://localhost:7878"
    return lambda text: text.replace(usual, request.getfixturevalue("oxigraph")) if usual in text else text


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium under Playwright: the build without windows, which opens a page at a third of the whole one's cost."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed here ('make chromium' installs it)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open HTML as a file of its own in a fresh window of a width in a colour scheme."""
    contexts: list[BrowserContext] = []

    def opened(html: str, width: int = 1440, scheme: Literal["light", "dark"] = "light", **options: Any) -> Opened:
        file = tmp_path / f"page-{len(contexts)}.html"
        file.write_text(html, "utf-8", newline="")
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        found = Opened(context.new_page())
        watch(found)
        found.page.goto(file.as_uri())
        found.requests.remove(file.as_uri())
        return found

    yield opened
    for context in contexts:
        context.close()
