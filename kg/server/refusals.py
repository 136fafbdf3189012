"""What went wrong, as the client likes it: a page for people, problem details (RFC 9457) for programs and below ``/api``."""

from __future__ import annotations

import json
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from kg import pages
from kg.server import screens
from kg.server.answers import PROBLEM, Answer, problem
from kg.server.negotiation import preferred
from kg.server.responses import response, tongue

_VARY = "Accept, Accept-Encoding, Accept-Language"


def is_for_people(request: Request) -> bool:
    """Whether a page is liked better than problem details."""
    accept = request.headers.get("accept", "")
    return preferred(accept, [PROBLEM, "text/html"]) == "text/html" and not request.url.path.startswith("/api/")


def refused(request: Request, answer: Answer, about: str = "") -> Response:
    """An error; ``about``: what its page says of it in the reader's language, where that is more than its detail."""
    if answer.media == PROBLEM and is_for_people(request):
        language, keep = tongue(request)
        site = pages.interface(language)[1]["site"]
        heading = site["missing" if answer.status == 404 else "refused"]
        texts = {"heading": heading, "about": about or json.loads(answer.body)["detail"]}
        answer = replace(screens.screen("message.html", language, keep, "/", answer.status, **texts), retry=answer.retry)
    return response(answer, vary=_VARY)


def missing(request: Request) -> Response:
    """That there is nothing of this address."""
    about = pages.interface(tongue(request)[0])[1]["site"]["missingAbout"]
    return refused(request, problem(404, "the graph holds nothing of this address; /sparql answers what it holds"), about)
