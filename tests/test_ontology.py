"""The ontology itself: every term explained, aligned, used; every code labelled."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import resources
from kg.extraction.crossing import spelled
from kg.graph import Graph
from kg.questions import query
from kg.vocabulary import BASE, ENF, context, prefixes, vocabulary

ALIGNED = "rdfs:subClassOf|rdfs:subPropertyOf|skos:exactMatch|skos:closeMatch|skos:broadMatch|skos:narrowMatch|skos:relatedMatch"
SCHEMES = ("penalty", "account-type", "violation", "automation", "unit", "comparator", "scale", "role", "coverage", "basis", "verdict-kind")
# The codebook's lists, by the head of the table row or paragraph that holds them.
CODEBOOK = {"`unit`": "unit", "`comparator`": "comparator", "**penalty**": "penalty", "**account_types**": "account-type",
            "**violations**": "violation", "**authorities**": "authority", "**platforms**": "platform"}  # fmt: skip


@pytest.fixture(scope="module")
def words() -> Graph:
    """The ontology alone, without facts."""
    return Graph(vocabulary().store)


def column(graph: Graph, sparql: str) -> list[str]:
    return sorted(str(next(iter(row.values()))) for row in query(graph, sparql))


def terms(words: Graph) -> list[str]:
    found = column(words, "SELECT DISTINCT ?term WHERE { ?term a ?kind FILTER(STRSTARTS(STR(?term), STR(enf:))) }")
    assert len(found) > 40
    return found


def test_every_term_has_a_label_and_a_comment_in_both_languages(words: Graph) -> None:
    said = {
        (row["term"], row["property"].rpartition("#")[2], row["language"])
        for row in query(words, "SELECT ?term ?property (LANG(?text) AS ?language) WHERE { ?term ?property ?text }")
    }
    wanted = {(term, what, language) for term in terms(words) for what in ("label", "comment") for language in ("en", "zh")}
    assert not wanted - said


def test_every_term_says_which_ontology_defines_it(words: Graph) -> None:
    assert column(words, f"SELECT ?term WHERE {{ ?term rdfs:isDefinedBy <{BASE}ontology> }}") == terms(words)


def test_every_term_is_aligned_with_a_term_of_others(words: Graph) -> None:
    found = column(words, f"SELECT DISTINCT ?term WHERE {{ ?term ({ALIGNED})+ ?other FILTER(!STRSTARTS(STR(?other), STR(enf:))) }}")
    assert not set(terms(words)) - set(found)


def test_a_term_that_nothing_uses_is_not_there(words: Graph, graph: Graph) -> None:
    used = column(graph, "SELECT DISTINCT ?p WHERE { ?s ?p ?o FILTER(?s != ?p) }")
    used += column(
        graph, "SELECT DISTINCT ?o WHERE { ?s ?p ?o FILTER(isIRI(?o) && ?s != ?o && ?p NOT IN (schema:domainIncludes, rdfs:range)) }"
    )
    folder = resources.ontology()
    texts = [path.read_text("utf-8") for path in [folder / "shapes.ttl", *folder.glob("queries/*.rq"), *folder.glob("rules/*.rq")]]
    used += [ENF + name for text in texts for name in re.findall(r"\benf:(\w+)", text)]
    assert not set(terms(words)) - set(used)


def test_licence_and_version_are_stated(words: Graph) -> None:
    [row] = query(words, "SELECT ?licence ?version WHERE { ?o a owl:Ontology ; dcterms:license ?licence ; owl:versionInfo ?version }")
    assert row["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert re.fullmatch(r"\d+\.\d+\.\d+", row["version"])


def test_the_built_graph_has_no_blank_node(graph: Graph) -> None:
    assert not [quad for quad in graph.store if ox.BlankNode in (type(quad.subject), type(quad.object))]


@pytest.mark.parametrize(
    "path",
    [p for p in sorted(resources.ontology().rglob("*.ttl")) if p.name != "shapes.ttl"],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_no_file_but_the_shapes_has_a_blank_node(path: Path) -> None:
    quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    assert quads
    assert not [quad for quad in quads if ox.BlankNode in (type(quad.subject), type(quad.object))]


def test_no_term_of_the_context_is_a_concepts_local_name() -> None:
    codes = frozenset().union(*vocabulary().codes.values())
    assert not codes & set(context())


def test_every_key_that_means_a_term_of_ours_means_a_declared_one(words: Graph) -> None:
    meant = set()
    for given in context().values():
        definition = {"@id": given} if isinstance(given, str) else given if isinstance(given, dict) else {}
        meant |= {vocabulary().expand(str(definition.get(key, ""))) for key in ("@id", "@reverse")}
    ours = {iri for iri in meant if iri.startswith(ENF)} - {ENF}
    assert len(ours) > 30
    assert not ours - set(terms(words))


def test_every_property_of_things_has_a_key(words: Graph) -> None:
    properties = column(words, "SELECT ?p WHERE { ?p schema:domainIncludes ?class }")
    assert not set(properties) - {term.iri for term in vocabulary().terms.values()}


def test_every_prefix_of_a_document_is_one_of_the_context() -> None:
    assert {"enf", "skos", "schema", "prov", "rdfs", "xsd"} <= set(prefixes())


def lists_of_the_codebook(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        for head, scheme in CODEBOOK.items():
            start = line.removeprefix("| ")
            if start.startswith(head):
                found[scheme] = set(re.findall(r"`([a-z-]+)`", start.removeprefix(head)))
    return found


def test_every_code_of_the_codebook_is_a_concept_and_every_name_a_thing(shared: Path, graph: Graph) -> None:
    found = lists_of_the_codebook((shared / "corpus" / "CODEBOOK.md").read_text("utf-8"))
    assert set(found) == set(CODEBOOK.values())
    assert all(len(codes) > 5 for codes in found.values())
    known = {thing.removeprefix(BASE) for thing in column(graph, "SELECT DISTINCT ?s WHERE { ?s a ?kind }")}
    assert not {f"{scheme}/{code}" for scheme, codes in found.items() for code in codes} - known


def test_the_largest_platforms_of_the_dsa_are_known_by_the_names_published_there(shared: Path, graph: Graph) -> None:
    published: Counter[str] = Counter()
    with (shared / "dsa" / "marginals" / "platform.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            published[line["platform"]] += int(line["n"])
    rows = query(graph, "SELECT ?name ?platform WHERE { ?platform a enf:Platform ; rdfs:label|skos:altLabel|skos:hiddenLabel ?name }")
    known: dict[str, set[str]] = {}
    for found in rows:
        known.setdefault(found["name"], set()).add(found["platform"])
    largest = [name for name, _ in published.most_common(40)]
    assert [name for name in largest if name not in known] == []
    assert [name for name in published if len(known.get(name, ())) > 1] == []


def test_every_scheme_is_there_and_has_codes() -> None:
    assert not [scheme for scheme in SCHEMES if not vocabulary().codes.get(f"{BASE}{scheme}/")]


def test_every_concept_is_named_after_its_scheme(words: Graph) -> None:
    rows = query(words, "SELECT ?concept ?scheme WHERE { ?concept a skos:Concept ; skos:inScheme ?scheme }")
    assert not [row for row in rows if not re.fullmatch(re.escape(row["scheme"]) + r"/[A-Za-z0-9_-]+", row["concept"])]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_concept_of_ours_has_one_preferred_label(words: Graph, language: str) -> None:
    # The DSA's codes are the database's, published in English only.
    named = f"""SELECT ?concept (COUNT(?label) AS ?n) WHERE {{ ?concept skos:inScheme ?scheme FILTER(?scheme != <{BASE}dsa>)
        OPTIONAL {{ ?concept skos:prefLabel ?label FILTER(LANG(?label) = "{language}") }} }} GROUP BY ?concept"""
    rows = query(words, named)
    assert len(rows) > 150
    assert [row for row in rows if row["n"] != 1] == []


def test_a_label_names_one_concept_of_a_scheme_and_language(words: Graph) -> None:
    # The DSA's labels repeat; they are the database's own.
    rows = query(
        words,
        f"""SELECT ?scheme ?language ?name (COUNT(DISTINCT ?concept) AS ?concepts) WHERE {{
            ?concept skos:inScheme ?scheme ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label FILTER(?scheme != <{BASE}dsa>)
            BIND(LANG(?label) AS ?language) BIND(LCASE(STR(?label)) AS ?name) }} GROUP BY ?scheme ?language ?name""",
    )
    assert len(rows) > 1000
    assert [row for row in rows if row["concepts"] != 1] == []


def test_a_label_for_a_family_of_words_repeats_none_of_another_concept(words: Graph) -> None:
    told: dict[tuple[str, str, str], set[str]] = {}
    for row in query(
        words,
        "SELECT ?concept ?scheme ?label (LANG(?label) AS ?language) WHERE { ?concept skos:inScheme ?scheme ; skos:hiddenLabel ?label }",
    ):
        for label in spelled(str(row["label"])):
            told.setdefault((str(row["scheme"]), str(row["language"]), label), set()).add(str(row["concept"]))
    assert [(label, of) for (scheme, _, label), of in told.items() if len(of) > 1 and scheme != f"{BASE}dsa"] == []


def test_colours_are_six_hexadecimal_digits(graph: Graph) -> None:
    colours = column(graph, "SELECT ?colour WHERE { ?thing enf:colour ?colour }")
    assert len(colours) > 50
    assert [colour for colour in colours if not re.fullmatch("#[0-9a-f]{6}", colour)] == []


def test_no_concept_is_broader_than_itself(words: Graph) -> None:
    assert column(words, "SELECT ?concept WHERE { ?concept skos:broader+ ?concept }") == []


def test_every_broader_concept_is_of_the_same_scheme(words: Graph) -> None:
    rows = query(words, "SELECT ?a ?b WHERE { ?a skos:broader ?b ; skos:inScheme ?s FILTER NOT EXISTS { ?b skos:inScheme ?s } }")
    assert list(rows) == []


def columns_of_the_dsa(words: Graph) -> dict[str, set[str]]:
    """The codes of each column, by the names that the data set has for both."""
    found: dict[str, set[str]] = {}
    stands = "SELECT ?column ?code WHERE { ?c a skos:Collection ; skos:notation ?column ; skos:member/skos:notation ?code }"
    for row in query(words, stands):
        found.setdefault(row["column"], set()).add(row["code"])
    return found


def test_every_code_of_the_dsa_is_known_in_its_column(shared: Path, words: Graph) -> None:
    enums = json.loads((shared / "dsa" / "enums.json").read_text("utf-8"))
    said: dict[str, set[str]] = {}
    for version in ("v1", "v2"):
        for column_name, codes in enums[version]["enums"].items():
            if set(codes) != {"Yes", "No"}:  # these are answers, not codes
                said.setdefault(column_name, set()).update(codes)
    assert len(said) == 11
    said["category_addition"] = said["category"]  # a list of further categories
    assert columns_of_the_dsa(words) == said


def test_a_dsa_code_is_the_end_of_its_name_and_stands_in_a_column(words: Graph) -> None:
    codes = vocabulary().codes[f"{BASE}dsa/"]
    assert codes == set().union(*columns_of_the_dsa(words).values())
    named = query(words, f"SELECT ?code ?notation WHERE {{ ?code skos:inScheme <{BASE}dsa> ; skos:notation ?notation }}")
    assert {(row["code"], row["notation"]) for row in named} == {(f"{BASE}dsa/{code}", code) for code in codes}


def test_a_column_fills_a_property_with_concepts_of_the_scheme_that_the_property_takes(words: Graph) -> None:
    rows = query(
        words,
        """SELECT DISTINCT ?fills ?scheme WHERE { ?c enf:fills ?fills ; skos:member ?code .
            ?ours skos:exactMatch|skos:closeMatch|skos:narrowMatch ?code ; skos:inScheme ?scheme }""",
    )
    takes = {term.iri: term.scheme.rstrip("/") for term in vocabulary().terms.values()}
    assert {row["fills"].removeprefix(ENF) for row in rows} == {"penalty", "accountType", "violation", "automation"}
    assert [row for row in rows if takes[row["fills"]] != row["scheme"]] == []


def test_a_code_of_a_column_that_fills_a_property_is_read_as_one_concept_unless_it_names_nothing(words: Graph) -> None:
    rows = query(
        words,
        f"""SELECT ?code (COUNT(DISTINCT ?ours) AS ?n) (COUNT(?fills) > 0 AS ?told) WHERE {{ ?code skos:inScheme <{BASE}dsa>
            OPTIONAL {{ ?column skos:member ?code ; enf:fills ?fills }}
            OPTIONAL {{ ?ours skos:exactMatch|skos:closeMatch|skos:narrowMatch ?code }} }} GROUP BY ?code""",
    )
    assert max(row["n"] for row in rows) == 1
    # "Not specified by the notifier" and "not captured by any other keyword" give no reason that a concept could stand for.
    unread = {row["code"].rpartition("/")[2] for row in rows if row["n"] == 0 and row["told"]}
    assert unread == {"STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE", "KEYWORD_OTHER"}


def test_a_column_that_fills_no_property_says_why(words: Graph) -> None:
    idle = "SELECT ?column WHERE { ?column a skos:Collection FILTER NOT EXISTS { ?column enf:fills ?any } "
    silent = idle + 'FILTER NOT EXISTS { ?column skos:note ?why FILTER(LANG(?why) = "en") } }'
    assert len(column(words, idle + "}")) == 3
    assert column(words, silent) == []
