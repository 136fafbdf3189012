"""What a server may do to those who ask it: little; and what they are told when it does more."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import repeat
from pathlib import Path

import pytest

from kg import web
from kg.errors import KgError, QueryError, SourceError
from tests.servers import Reply, Request, Told, told

FINE = Reply(headers={"Content-Type": "text/plain; charset=utf-8"}, body=b"fine")


def send(url: str, method: str = "POST", body: bytes = b"asked", limit: int = 1_000) -> web.Answer:
    connection = web.connect(url, "SPARQL 1.1 query endpoint")
    with connection.client:
        return connection.send(method, url, body, {"Content-Type": "text/plain"}, limit)


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that are waited, without waiting them."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A home of the test's own, and no proxy."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NO_PROXY", "*")


def test_an_answer_is_its_body_and_its_media_type() -> None:
    with told(lambda _: FINE) as server:
        assert send(f"{server.url}/query") == web.Answer("text/plain", b"fine")
    assert [(request.method, request.path, request.body) for request in server.asked] == [("POST", "/query", b"asked")]


def test_an_answer_that_is_packed_is_unpacked() -> None:
    with told(lambda _: Reply(headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"fine"))) as server:
        assert send(server.url).body == b"fine"


REFUSALS = {
    400: "mend it", 401: "~/.netrc", 403: "the right", 404: "name the store's SPARQL 1.1 query endpoint", 405: "does not take POST",
    406: "no answer of a kind", 413: "no request of 5 bytes; .*client_max_body_size", 418: "is it the store's", 500: "the store's own log",
    504: "took too long",
}  # fmt: skip


@pytest.mark.parametrize("status", REFUSALS)
def test_a_refusal_says_what_to_try(status: int) -> None:
    with told(lambda _: Reply(status, body=b"because I say so")) as server:
        with pytest.raises(KgError, match=rf"refused with {status} \(because I say so\); .*{REFUSALS[status]}") as refused:
            send(server.url)
        assert len(server.asked) == 1
        assert isinstance(refused.value, QueryError if status == 400 else SourceError)


def test_a_refusal_that_never_ends_is_cut() -> None:
    with (
        told(lambda _: Reply(500, body=repeat(b"no! " * 1_000))) as server,
        pytest.raises(SourceError, match="refused with 500") as refused,
    ):
        send(server.url)
    assert len(str(refused.value)) < 500


def test_an_answer_that_never_ends_is_cut() -> None:
    with told(lambda _: Reply(body=repeat(b"x" * 100_000))) as server, pytest.raises(SourceError, match="longer than 1,000,000 bytes"):
        send(server.url, limit=1_000_000)


def test_an_answer_that_unpacks_without_end_is_cut() -> None:
    packed = gzip.compress(b"\0" * 50_000_000)
    with (
        told(lambda _: Reply(headers={"Content-Encoding": "gzip"}, body=packed)) as server,
        pytest.raises(SourceError, match="longer than"),
    ):
        send(server.url, limit=1_000_000)


def test_an_answer_that_drips_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "LONGEST", 0.2)
    left = threading.Event()

    def drops() -> Iterator[bytes]:
        while not left.wait(0.02):
            yield b"."

    with told(lambda _: Reply(body=drops())) as server, pytest.raises(SourceError, match=r"0\.2 seconds"):
        send(server.url, limit=10**9)
    left.set()


def test_silence_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SILENCE", 0.2)
    over = threading.Event()
    with told(lambda _: Reply(body=b"late") if over.wait(10) else FINE) as server:
        with pytest.raises(SourceError, match=r"nothing was heard for 0\.2 seconds"):
            send(server.url)
        over.set()


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    with told(lambda _: Reply(headers={"Content-Length": "100"}, body=b"half")) as server, pytest.raises(SourceError, match="broke off"):
        send(server.url)


def test_a_redirect_on_the_same_server_is_followed_with_all_that_was_asked() -> None:
    def respond(request: Request) -> Reply:
        return FINE if request.path == "/there" else Reply(307, {"Location": "/there"})

    with told(respond) as server:
        assert send(f"{server.url}/here").body == b"fine"
    assert [(request.method, request.path, request.body) for request in server.asked] == [
        ("POST", "/here", b"asked"),
        ("POST", "/there", b"asked"),
    ]


@pytest.mark.parametrize("there", ["http://localhost:{port}/", "https://127.0.0.1:{port}/", "//127.0.0.2:{port}/", "file:///etc/passwd"])
def test_a_redirect_to_another_server_is_not_followed(there: str) -> None:
    with told(lambda _: FINE) as other:
        location = there.format(port=other.url.rpartition(":")[2])
        with told(lambda _: Reply(302, {"Location": location})) as server, pytest.raises(SourceError, match="which is another server"):
            send(server.url)
        assert other.asked == []


def test_a_redirect_in_a_circle_ends() -> None:
    with told(lambda _: Reply(308, {"Location": "/again"})) as server, pytest.raises(SourceError, match="without end"):
        send(server.url)
    assert len(server.asked) == 3


def busy(*replies: Reply) -> Callable[[Request], Reply]:
    left = list(replies)
    return lambda _: left.pop(0) if left else FINE


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_store_is_asked_again_after_the_time_that_it_names(status: int, naps: list[float]) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    with told(busy(*(Reply(status, {"Retry-After": after}) for after in ("3", later, "soon")), Reply(status))) as server:
        assert send(server.url).body == b"fine"
    assert naps[0] == 3
    assert 25 < naps[1] <= 30
    assert naps[2:] == [4, 8], "without a time that can be read the waits grow"
    assert len(server.asked) == 5


def test_a_store_that_stays_busy_is_left(naps: list[float]) -> None:
    with told(lambda _: Reply(503)) as server, pytest.raises(SourceError, match=r"refused with 503; the store is busy; try again later"):
        send(server.url)
    assert len(server.asked) == web.ATTEMPTS
    assert len(naps) == web.ATTEMPTS - 1


def test_nobody_waits_for_days(naps: list[float]) -> None:
    with told(lambda _: Reply(429, {"Retry-After": "86400"})) as server, pytest.raises(SourceError, match="asks to wait 86,400 seconds"):
        send(server.url)
    assert naps == []


def basic(words: str) -> str:
    return f"Basic {b64encode(words.encode()).decode()}"


def asked_with(server: Told) -> str | None:
    return server.asked[-1].headers.get("Authorization")


def test_name_and_password_come_from_the_address_or_else_from_netrc(tmp_path: Path) -> None:
    with told(lambda _: FINE) as server:
        send(server.url)
        assert asked_with(server) is None
        (tmp_path / ".netrc").write_text("machine 127.0.0.1 login from password file\n")
        (tmp_path / ".netrc").chmod(0o600)
        send(server.url)
        assert asked_with(server) == basic("from:file")
        send(server.url.replace("//", "//me:secret@"))
        assert asked_with(server) == basic("me:secret")


def test_a_password_is_sent_again_on_the_same_server_and_printed_nowhere() -> None:
    def respond(request: Request) -> Reply:
        return Reply(401) if request.path == "/there" else Reply(307, {"Location": f"http://{request.headers['Host']}/there"})

    with told(respond) as server:
        with pytest.raises(SourceError) as refused:
            send(server.url.replace("//", "//me:secret@") + "/here")
        assert asked_with(server) == basic("me:secret")
    assert "secret" not in str(refused.value)
    assert "refused with 401" in str(refused.value)


@pytest.mark.parametrize("url", ["http://", "http://a b/", "http://[::1/", "https://x:99999/", "http://\udce4/"])
def test_what_is_no_address_is_told_so(url: str) -> None:
    with pytest.raises(SourceError, match=r"no address|cannot be reached"):
        send(url)


def test_where_nobody_listens_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody else can have it
        with pytest.raises(SourceError, match=r"cannot be reached .*; is the store running"):
            send(f"http://127.0.0.1:{taken.getsockname()[1]}/")


@contextmanager
def speaking(words: bytes, secure: ssl.SSLContext | None = None) -> Iterator[str]:
    """The address of a server that says ``words`` to whoever comes, whatever they ask."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def speak() -> None:
            with suppress(OSError), listening.accept()[0] as plain:
                plain.recv(10_000) if secure is None else None
                with secure.wrap_socket(plain, server_side=True) if secure else plain as there:
                    there.sendall(words)

        thread = threading.Thread(target=speak, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
    thread.join(10)


@pytest.mark.parametrize(
    "words", [b"", b"220 mail ready\r\n", b"HTTP/1.1 two hundred\r\n\r\n", b"\0" * 500_000], ids=["", "mail", "status", "zeros"]
)
def test_a_server_of_another_kind_is_told(words: bytes) -> None:
    with speaking(words) as address, pytest.raises(SourceError, match="broke off or does not speak HTTP"):
        send(f"http://{address}/")


def test_a_server_that_is_not_secure_is_told() -> None:
    with speaking(b"HTTP/1.1 400 no\r\n\r\n") as address, pytest.raises(SourceError, match=r"no secure connection .* is it https"):
        send(f"https://{address}/")


def test_a_certificate_that_nobody_signed_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    try:
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
        subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed here, so there is no certificate to refuse")
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate, key)
    with speaking(b"never said", secure) as address, pytest.raises(SourceError, match=r"CERTIFICATE_VERIFY_FAILED.*SSL_CERT_FILE"):
        send(f"https://{address}/")


def test_without_httpx_the_way_to_get_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "httpx", None)
    with pytest.raises(SourceError, match=r"pip install 'enforcement-kg\[remote\]'"):
        send("http://127.0.0.1:1/")
