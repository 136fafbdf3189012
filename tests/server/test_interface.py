"""The small JSON API does what its description says, whatever is sent: cases are made from the description itself."""

from __future__ import annotations

import json
from typing import Any

import schemathesis
from hypothesis import settings
from schemathesis.config import SchemathesisConfig

from kg.questions import questions
from kg.server.schema import INTERFACE
from tests.server.conftest import Server

# Requests that the description allows and requests that it does not, the same in every run.
CONFIG = SchemathesisConfig.from_dict({"generation": {"mode": "all", "max-examples": 40, "deterministic": True}})


def described() -> dict[str, Any]:
    """The description, which says of a question's name only how it looks, with the names that there are."""
    document: dict[str, Any] = json.loads(INTERFACE.read_text("utf-8"))
    document["paths"]["/api/questions/{name}"]["get"]["parameters"][0]["schema"] = {"enum": list(questions())}
    return document


interface = schemathesis.openapi.from_dict(described(), config=CONFIG)


@interface.parametrize()
@settings(deadline=None)
def test_every_answer_is_one_that_the_description_tells(case: schemathesis.Case[Any], server: Server) -> None:
    case.call_and_validate(base_url=f"http://127.0.0.1:{server.port}")
