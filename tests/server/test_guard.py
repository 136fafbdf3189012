"""What is looked for in a query before a parser sees it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.server import guard


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "SELECT * { service SILENT ?x { ?s ?p ?o } }",
        r"SELECT * { S\u0045RVICE <http://x.example/> { } }", r"SELECT * { \U00000053ERVICE <http://x.example/> { } }",
        "SELECT * { FILTER(1<2)SERVICE<http://x.example/>{} }", "SELECT * { ?s ?p '''a'b''' SERVICE ?x {} }",
        "SELECT * { ?s ?p 'a\\'' . SERVICE ?x {} # '\n }", "SELECT * {} #\nSERVICE", "LOAD <http://x.example/>",
        "SELECT * FROM <http://x.example/> { }", "SELECT * FROM NAMED <file:///etc/passwd> { }", "SELECT * FROM ex:graph { }",
    ],
)  # fmt: skip
def test_what_reaches_out_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match=r"refused|no such graph"):
        guard.check(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ex:load 'SERVICE <x> {' }", "SELECT * { ?s <http://x.example/SERVICE> service:a , ex:SERVICE }",
        'SELECT * { ?s ?p """SERVICE "" \\" LOAD""" , "x"@en-service }', "SELECT * {} # SERVICE", "SELECT * { _:load ?p ex:a\\'SERVICE }",
        "SELECT * FROM <http://held.example/> FROM NAMED <http://held.example/> { ?from ?p 1 }",
    ],
)  # fmt: skip
def test_what_only_looks_so_is_not(query: str) -> None:
    guard.check(query, {"http://held.example/"})


def test_brackets_may_be_a_hundred_deep_and_no_deeper() -> None:
    guard.check("{" * guard.DEPTH + "}" * guard.DEPTH)
    guard.check("'" + "{" * 1_000 + "'")
    guard.check("{ }" * 1_000)
    for opening in ("{", "(", "[", r"\u007B", "{(["):
        with pytest.raises(QueryError, match="100 deep; write the query flatter"):
            guard.check(opening * 101)


@given(st.text(alphabet="ab<>{}()'\"\\#?:@ \nSERVICE\u007bu0045", max_size=60))
def test_any_text_is_looked_through(text: str) -> None:
    try:
        guard.check(text)
    except QueryError as error:
        assert str(error)
