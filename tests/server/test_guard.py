"""What is looked for in a query before a parser sees it."""

from __future__ import annotations

import pyoxigraph
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
        "SELECT * { ?s ?p 1SERVICE <http://x.example/> {} }", "SELECT * { ?s ?p trueSERVICE ?o {} }",
        "SELECT * { ?s ?p 1.0e1SERVICE SILENT ?o {} }",
        "SELECT * { SERVICE:x {} }", "SELECT * { ?s ?p 1SERVICE:x {} }", "SELECT * { SERVICEex:x {} }", "SELECT * { SERVICESILENTex:x{} }",
        "SELECT * { ?s ?p ex:a.b.SERVICE <http://x.example/> {} }", "SELECT * { ?s ?p port:SERVICE <http://x.example/> {} }",
        "SELECT * { FILTER(1<2)SERVICE#>\n<http://x.example/>{} }", "SELECT * { ?s ?p 1SERVICE#?\n#\n ?x #\n{} }",
        "SELECT * { FILTER('a'<'b>')SERVICE<http://x.example/>{}FILTER('c'='c') }",
        "SELECT * { FILTER(1<ex:#>'''\n)SERVICE <http://x.example/> {} #'''\n}", r"SELECT * { ?s <a\u0041'b> 1SERVICE ?x {} #' }",
        "ASKFROM<http://x.example/>{}", "SELECT *FROMNAMED<http://x.example/>{}", "SELECT * { ?s ?p 1 } # \nLOAD",
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
        "SELECT * { ?s ?SERVICE ?o { ?o <SERVICE> ex:SERVICE.a } } # SERVICE <x> {", "SELECT * { ?s ex:from <http://x.example/> }",
        "SELECT * { ?s <http://x.example/a(b)#SERVICE> ?o FILTER(?o<2) { ?o ?p 1 } FILTER(3 > ?o) }",
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
    with pytest.raises(QueryError, match="100 deep"):
        guard.check("SELECT * { FILTER(1<'a>' " + "+ (1" * 101 + " #'")  # a comparison and a string, or an IRI and another string
    for opening in ("{", "(", "[", r"\u007B", "{(["):
        with pytest.raises(QueryError, match="100 deep; write the query flatter"):
            guard.check(opening * 101)


REACHING = [
    "{p}SELECT * {{ ?s ?p 1SERVICE <{at}> {{}} }}", "{p}SELECT * {{ SERVICE:x {{}} }}",
    "{p}PREFIX service: <http://q/> SELECT * {{ service:x {{}} }}",
    "{p}SELECT * {{ ?s ?p port:SERVICE <{at}> {{}} }}", "{p}SELECT * {{ ?s ?p ex:a.b.SERVICE <{at}> {{}} }}",
    "{p}SELECT * {{ FILTER(1<2)SERVICE#>\n<{at}>{{}} }}", "{p}SELECT * {{ FILTER('a'<'b>')SERVICE<{at}>{{}}FILTER('c'='c') }}",
]  # fmt: skip


@pytest.mark.parametrize("query", REACHING)
def test_the_parser_takes_for_a_clause_what_is_refused_as_one(query: str) -> None:
    at = "http://127.0.0.1:9/"  # where nobody listens; the answer is not read
    written = query.format(at=at, p=f"PREFIX : <{at}> PREFIX ex: <{at}> PREFIX port: <http://h:> ")
    pyoxigraph.Store().query(written)  # else it would be no query, and the test would show nothing
    with pytest.raises(QueryError, match="SERVICE is refused"):
        guard.check(written)


@given(st.text(alphabet="ab<>{}()'\"\\#?:@ \nSERVICE\u007bu0045", max_size=60))
def test_any_text_is_looked_through(text: str) -> None:
    try:
        guard.check(text)
    except QueryError as error:
        assert str(error)
