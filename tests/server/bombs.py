"""Queries that would hurt a server that let them: each with the statuses that end it."""

from __future__ import annotations

from kg.server.protocol import LARGEST

PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DOUBLED = "REPLACE(" * 60 + "'aa'" + ", 'a', 'aa')" * 60
LINE = "'" + "a" * 60_000 + "'"
BOMBS = {
    "a product of all with all": (PRODUCT, {504}),
    "a sorted product": ("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY STR(?c) STR(?f) ?a", {500, 504}),
    "paths from all to all": ("SELECT (COUNT(*) AS ?n) { ?a (!<x:x>|^!<x:x>)* ?b . ?b (!<x:x>|^!<x:x>)+ ?c }", {500, 504}),
    "a text that doubles": (f"SELECT ({DOUBLED} AS ?x) {{}}", {500, 504}),
    "a regular expression": (f"SELECT * {{ ?a ?b ?c . ?d ?e ?f FILTER(REGEX({LINE}, CONCAT('(a*)*b', STR(?c)))) }}", {200, 500, 504}),
    "brackets 200 deep": ("SELECT * " + "{" * 200 + "}" * 200, {400}),
    "brackets 4,000 deep": ("SELECT * " + "{" * 4_000 + "}" * 4_000, {400}),
    "brackets 20,000 deep": ("SELECT * " + "{" * 20_000 + "}" * 20_000, {400}),
    "signs 60,000 deep": ("SELECT (" + "!" * 60_000 + "true AS ?x) {}", {400, 500, 504}),
    "huge values": (f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {'1 ' * 20_000} }} VALUES ?y {{ {'2 ' * 20_000} }} ?a ?b ?c }}", {500, 504}),
    "a huge answer": ("SELECT * { ?a ?b ?c . ?d ?e ?f }", {500, 504}),
    "huge triples": ("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", {500, 504}),
    "groups of groups": ("SELECT (GROUP_CONCAT(STR(?c)) AS ?x) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?d", {500, 504}),
    "a query that is too long": ("SELECT * {} #" + "x" * LARGEST, {413}),
}  # fmt: skip
