"""HTTP to a store that the user named: one request and its whole answer, within bounds, or an error that says what to try.

Nothing else on the network is asked: a redirect is followed only to the same origin (RFC 6454 §4).
"""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from kg.errors import KgError, QueryError, SourceError

if TYPE_CHECKING:
    import ssl

    import httpx

SILENCE = 120  # seconds that a server may say nothing
LONGEST = 900  # seconds that one answer may take altogether
ATTEMPTS = 5  # requests until a busy store is believed to be busy
PATIENCE = 60  # seconds that a busy store may ask to wait
_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_MOVED = (301, 302, 307, 308)
_URL = re.compile(r"https?://", re.I)
_ADVICE = {
    400: "the store finds fault with what was sent; mend it, or name the store's {endpoint}",
    401: "put name and password into ~/.netrc, or write https://name:password@host/…",
    403: "ask for the right to do this, or name an address where you have it",
    404: "nothing stands at this address; name the store's {endpoint}",
    405: "this address does not take {method}; name the store's {endpoint}",
    406: "this address gives no answer of a kind that is read here; name the store's {endpoint}",
    408: "the store waited too long; try again, or ask for less",
    413: "the store takes no request of {size:,} bytes; raise its limit, or that of the proxy before it (nginx: client_max_body_size)",
    429: "the store is busy; try again later",
    503: "the store is busy; try again later",
    504: "the store took too long; try again, or ask for less",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request that succeeded: its media type without parameters, and its body."""

    media_type: str
    body: bytes


def is_url(word: object) -> bool:
    """Whether a word is an address on the web and no path.

    >>> is_url("https://example.org/query"), is_url("build")
    (True, False)
    """
    return _URL.match(str(word)) is not None


def shown(url: str) -> str:
    """An address as it may be printed: without name and password.

    >>> shown("https://me:secret@example.org/query")
    'https://example.org/query'
    """
    return re.sub(r"(?<=//)[^/?#]*@", "", url)


def split(url: str) -> SplitResult:
    """The parts of an address; raises SourceError where it is none.

    >>> split("http://[::1")
    Traceback (most recent call last):
    kg.errors.SourceError: http://[::1: no address (Invalid IPv6 URL); write http://host:port/path
    """
    try:
        return urlsplit(url)
    except ValueError as error:
        raise SourceError(f"{shown(url)}: {_no_address(error)}") from None


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection to one store, kept open between requests; ``endpoint`` is what its addresses should be, in words."""

    client: httpx.Client
    endpoint: str

    def send(self, method: str, url: str, body: bytes, headers: Mapping[str, str], limit: int) -> Answer:
        """Send a request, again after a while where the store is busy (RFC 9110 §10.2.3, RFC 6585 §4); its answer.

        Raises QueryError where the store finds fault with the request (400), else SourceError.
        """
        for attempt in range(ATTEMPTS):
            response, content = self._exchange(method, url, body, headers, limit)
            if response.status_code not in _BUSY or attempt == ATTEMPTS - 1:
                break
            time.sleep(_wait(response.headers.get("retry-after", ""), attempt, url))
        if response.is_success:
            return Answer(response.headers.get("content-type", "").partition(";")[0].strip().lower(), content)
        raise self._refusal(response, content, method, url, len(body))

    def _exchange(self, method: str, url: str, body: bytes, headers: Mapping[str, str], limit: int) -> tuple[httpx.Response, bytes]:
        import httpx

        try:
            request = self.client.build_request(method, url, content=body, headers=dict(headers))
            for _ in range(3):
                response = self.client.send(request, stream=True)
                try:
                    content = _body(response, limit if response.is_success else 4096)
                finally:
                    response.close()
                if response.status_code not in _MOVED or "location" not in response.headers:
                    return response, content
                request = self.client.build_request(method, _moved(response), content=body, headers=dict(headers))
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise SourceError(f"{shown(url)}: {_fault(error)}") from error
        raise SourceError(f"{shown(url)}: it leads from one address to the next without end; name the address itself")

    def _refusal(self, response: httpx.Response, content: bytes, method: str, url: str, size: int) -> KgError:
        status = response.status_code
        said = printable(content)
        advice = _ADVICE.get(status, "is it the store's {endpoint}?" if status < 500 else "see the store's own log").format(
            endpoint=self.endpoint, method=method, size=size
        )
        kind = QueryError if status == HTTPStatus.BAD_REQUEST else SourceError
        return kind(f"{shown(url)}: refused with {status}{f' ({said})' if said else ''}; {advice}")


def connect(url: str, endpoint: str) -> Connection:
    """A connection to the server of ``url``; close its ``client``. Proxies, ~/.netrc and SSL_CERT_FILE are heeded.

    Raises SourceError where httpx is not installed.
    """
    try:
        import httpx
    except ImportError:
        raise SourceError("remote stores need httpx; install it with: pip install 'enforcement-kg[remote]'") from None
    auth = None
    if shown(url) == url:  # a name and password in the address go before those in the file
        with suppress(OSError, SyntaxError):  # no such file is nobody's fault; one that cannot be read shows itself as a 401
            auth = httpx.NetRCAuth()
    return Connection(httpx.Client(verify=_trust(), auth=auth, timeout=httpx.Timeout(SILENCE, connect=10)), endpoint)


@cache
def _trust() -> ssl.SSLContext:
    import httpx

    return httpx.create_ssl_context()


def _body(response: httpx.Response, limit: int) -> bytes:
    """The whole body; raises SourceError where it does not end. Of a refusal its beginning is enough."""
    found, until = bytearray(), time.monotonic() + LONGEST
    for chunk in response.iter_bytes():
        found += chunk
        if len(found) > limit or time.monotonic() > until:
            if not response.is_success:
                break
            raise SourceError(
                f"{shown(str(response.url))}: the answer is longer than {limit:,} bytes or {LONGEST} seconds; ask for less (LIMIT)"
            )
    return bytes(found)


def _moved(response: httpx.Response) -> httpx.URL:
    """Where a redirect leads, if that is the same origin."""
    here = response.request.url
    there = here.join(response.headers["location"])
    if (there.scheme, there.host, there.port) != (here.scheme, here.host, here.port):
        raise SourceError(
            f"{shown(str(here))}: it leads to {shown(str(there))}, which is another server; name that address if you trust it"
        )
    return there.copy_with(userinfo=here.userinfo)


def _wait(retry_after: str, attempt: int, url: str) -> float:
    """Seconds to wait, as the store asks for (a number or a date) or growing; raises SourceError where it asks for too many."""
    seconds = float(2**attempt)
    if retry_after.isdecimal():
        seconds = float(retry_after)
    elif retry_after:
        with suppress(ValueError):
            seconds = max(0.0, email.utils.parsedate_to_datetime(retry_after).timestamp() - time.time())
    if seconds > PATIENCE:
        raise SourceError(f"{shown(url)}: the store is busy and asks to wait {seconds:,.0f} seconds; try again then")
    return seconds


def _fault(error: Exception) -> str:
    """What went wrong between us and the store, and what to try."""
    import ssl

    import httpx

    words = printable(str(error).encode()) or type(error).__name__
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if cause is not None:
        return f"no secure connection ({words}); is it https? A certificate of your own is trusted by SSL_CERT_FILE=its-authority.pem"
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | UnicodeError):
        return _no_address(words)
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
        return f"cannot be reached ({words}); is the store running, and is this its address, http or https?"
    if isinstance(error, httpx.TimeoutException):
        return f"nothing was heard for {SILENCE} seconds; try again, or ask for less"
    return f"the store broke off or does not speak HTTP ({words}); is this its address?"


def _no_address(why: object) -> str:
    return f"no address ({why}); write http://host:port/path"


def printable(content: bytes, most: int = 300) -> str:
    """A server's own words on one line, without what a terminal would obey.

    >>> printable(b"no \\x1b[31mgraph\\n here")
    'no [31mgraph here'
    """
    words = " ".join(content.decode("utf-8", "replace").split())
    return "".join(each for each in words if each.isprintable())[:most]
