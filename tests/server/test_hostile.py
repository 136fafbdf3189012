"""Whatever stands in a path, a parameter, a form or a header: no script runs, no path escapes, no header splits, nothing breaks."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from kg.questions import questions
from tests.conftest import Opened, watch
from tests.server.conftest import Reply, Server, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCRIPT = "</script></textarea><script>alert(1)</script><img src=x onerror=alert(2)>\"' onmouseover=alert(3) {{7*7}}"
SPLIT = "x\r\nSet-Cookie: evil=1\r\nX-Evil: 1\r\n\r\n<script>alert(1)</script>"
ESCAPE = "../../../../../../etc/passwd"
VALUES = {
    "script": SCRIPT, "address": "javascript:alert(1)", "split": SPLIT, "escape": ESCAPE, "escape encoded": ESCAPE.replace("/", "%2f"),
    "odd": "\x00\u202e\ufeff\U0001f600[](){}<>" + "a" * 8_000,
}  # fmt: skip
PATHS = [
    "/{}", "/page/{}", "/page/platform/{}", "/data/{}", "/data/{}.ttl", "/downloads/{}", "/downloads/enforcement-kg{}", "/assets/{}",
    "/questions/{}", "/api/questions/{}", "/compare/{}", "/.well-known/{}",
]  # fmt: skip
PARAMETERS = [
    "/?lang={}", "/platform/weibo?lang={}", "/page/platform/weibo?lang={}", "/platform/weibo?{}", "/search?q={}", "/api/search?q={}",
    "/questions/quotes?p.{}=1", "/questions/quotes?lang={}", "/api/questions/quotes?format={}", "/api/questions/quotes?lang={}",
    "/api/questions/quotes?p.{}=1", "/compare/cac-2021?lang={}", "/view?campaign={}", "/view?layer={}", "/view?around={}", "/view?lang={}",
    "/sparql?query={}", "/sparql?query={}&accept=text/html", "/sparql?query=ASK%7B%7D&accept={}", "/sparql?lang={}", "/sparql?{}",
    "/sparql?query=ASK%7B%7D&default-graph-uri={}", "/sparql?query=ASK%7B%7D&named-graph-uri={}", "/sparql?update={}",
    *(f"/questions/{name}?{'&'.join(f'p.{each.name}={{0}}' for each in asked.parameters)}" for name, asked in questions().items()),
]  # fmt: skip
FORMS = ["query={}", "update={}", "query=ASK%7B%7D&accept={}", "query=ASK%7B%7D&default-graph-uri={}", "{}=1", "query=ASK%7B%7D&lang={}"]
HEADERS = [
    "Host", "Accept", "Accept-Language", "Accept-Encoding", "If-None-Match", "Content-Type", "Origin", "Range", "Cookie", "User-Agent",
    "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Transfer-Encoding", "Content-Length", "Expect", "Upgrade",
]  # fmt: skip
KNOWN = {
    "content-type", "content-length", "content-encoding", "content-security-policy", "cache-control", "vary", "etag", "location", "date",
    "retry-after", "allow", "referrer-policy", "x-content-type-options", "access-control-allow-origin", "access-control-expose-headers",
}  # fmt: skip


def is_harmless(reply: Reply) -> bool:
    """Whether an answer is one, has only headers of ours, and lets nothing of what was sent be a script."""
    assert 200 <= reply.status < 500
    assert set(reply.headers) <= KNOWN
    assert "evil" not in "".join(reply.headers.values()).lower().replace("%3a%20evil", "")
    assert b"root:x:" not in reply.body
    if reply.headers.get("content-type", "").startswith("text/html"):
        return not any(part in reply.body for part in (b"<script>alert", b"<img", b'href="javascript:'))
    return "sandbox" in reply.headers["content-security-policy"] and reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_nothing_in_an_address_does_harm(value: str, server: Server) -> None:
    for field in (*PATHS, *PARAMETERS):
        assert is_harmless(server.ask(field.format(quote(value, safe="")), Accept="text/html")), field
    for field in PATHS:
        assert is_harmless(server.ask(field.format(quote(value, safe="/.%")))), field


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_nothing_in_a_form_does_harm(value: str, server: Server) -> None:
    for field in FORMS:
        form = field.format(quote(value, safe=""))
        assert is_harmless(server.ask("/sparql", "POST", form, Content_Type="application/x-www-form-urlencoded", Accept="text/html")), field
    assert is_harmless(server.ask("/sparql", "POST", value.encode(), Content_Type="application/sparql-query", Accept="text/html"))


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_nothing_in_a_header_does_harm(value: str, server: Server) -> None:
    for name in HEADERS:
        for path in ("/", "/void", "/platform/weibo", "/sparql?query=ASK%7B%7D"):
            answer = said(server, f"GET {path} HTTP/1.1\r\n{name}: {value}\r\nConnection: close\r\n\r\n")
            head, _, body = answer.partition(b"\r\n\r\n")
            names = {line.partition(b":")[0].lower().decode() for line in head.split(b"\r\n")[1:]}
            assert answer.startswith(b"HTTP/1.1 "), (name, path)
            assert int(answer[9:12]) < 500, (name, path)
            assert names <= KNOWN | {"connection", "transfer-encoding"}, (name, path)
            assert b"<script>alert" not in body, (name, path)


def said(server: Server, request: str) -> bytes:
    """All that the server says to a request as it stands."""
    with socket.create_connection(("127.0.0.1", server.port), 10) as connection:
        connection.sendall(request.encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        ("GET /sparql?query=" + "a" * 65_521, 400), ("GET /sparql?query=" + "a" * 65_522, 414), ("GET /" + "a" * 300_000, 414),
        ("what", 400), ("GET / HTTP/1.1\r\nno header", 400),
    ],
    ids=["as long as may be", "too long", "much too long", "no request", "no header"],
)  # fmt: skip
def test_what_is_no_request_is_refused_like_any_other_error(request_line: str, status: int, server: Server) -> None:
    head, _, body = said(server, f"{request_line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert {b"content-type: application/problem+json", b"x-content-type-options: nosniff"} <= set(head.split(b"\r\n"))
    assert json.loads(body)["status"] == status


def test_a_request_s_head_is_not_kept_without_end(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        with suppress(ConnectionError):
            for _ in range(100):
                connection.sendall(b"x" * 64 * 1024)
        with suppress(ConnectionResetError):
            assert b" 400 " in connection.recv(65536)
    until(lambda: server.events("refused"))


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """A fresh window that tells what it complains of."""
    context = browser.new_context()
    found = Opened(context.new_page())
    watch(found)
    yield found
    context.close()


def test_no_script_of_an_address_runs(server: Server, opened: Opened) -> None:
    for field in (*PATHS, *PARAMETERS):
        opened.page.goto(f"http://127.0.0.1:{server.port}{field.format(quote(SCRIPT, safe=''))}", wait_until="load")
        assert opened.page.locator("[onerror], [onmouseover], main img").count() == 0, field
    # What Chromium shows data with is its own, and kept out by the policy too.
    assert [each for each in opened.complaints if each.startswith("dialog") or "script" in each.lower()] == []
