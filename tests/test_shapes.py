"""The shapes: what each refuses, in whose words, and that two engines see the same; and the proof of quotes."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
import rdflib
import shacl
from pyshacl import validate
from rdflib.namespace import OWL, RDF, SH

import kg
from kg import facts, resources, shapes
from kg.errors import ShapeError
from kg.vocabulary import vocabulary
from tests.samples import claim, write

FOLDER = resources.ontology()
INVALID = sorted((FOLDER / "examples" / "invalid").glob("*.ttl"))
EXAMPLES = sorted((FOLDER / "examples" / "valid").glob("*.ttl")) + INVALID
SHAPE = "https://w3id.org/enforcement-kg/shapes#"


@pytest.fixture(scope="module")
def written() -> rdflib.Graph:
    return rdflib.Graph().parse(FOLDER / "shapes.ttl")


@pytest.fixture(scope="module")
def fast() -> shacl.Shapes:
    return shacl.Shapes.from_file(str(FOLDER / "shapes.ttl"))


def is_rule(shape: rdflib.term.Node, written: rdflib.Graph) -> bool:
    """Whether the shape looks for things by itself; the others are parts that rules share."""
    return any((shape, target, None) in written for target in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode))


def named(written: rdflib.Graph) -> list[rdflib.URIRef]:
    found = {*written.subjects(RDF.type, SH.NodeShape), *written.subjects(RDF.type, SH.PropertyShape)}
    return sorted(shape for shape in found if isinstance(shape, rdflib.URIRef))


def broken(example: Path, fast: shacl.Shapes) -> set[tuple[str, str]]:
    """Focus node and shape of every finding of the engine that the build uses."""
    return {(r.focus_node.strip("<>"), str(r.root_shape).strip("<>")) for r in fast.validate_file(str(example)).results}


def broken_by_reference(example: Path, written: rdflib.Graph) -> set[tuple[str, str]]:
    """The same from pySHACL, the reference implementation."""
    _, report, _ = validate(rdflib.Graph().parse(example), shacl_graph=written, inplace=True)
    assert isinstance(report, rdflib.Graph)
    found = set()
    for result in report.objects(None, SH.result):
        shape = report.value(result, SH.sourceShape)
        while isinstance(shape, rdflib.BNode):
            shape = written.value(None, SH.property, shape)
        found.add((str(report.value(result, SH.focusNode)), str(shape)))
    return found


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_breaks_exactly_what_its_first_line_says(example: Path, fast: shacl.Shapes) -> None:
    first = example.read_text("utf-8").partition("\n")[0]
    expected = {SHAPE + first.removeprefix("# breaks: shape:").strip()} if example in INVALID else set()
    assert {shape for _, shape in broken(example, fast)} == expected


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_both_engines_find_the_same(example: Path, fast: shacl.Shapes, written: rdflib.Graph) -> None:
    assert broken(example, fast) == broken_by_reference(example, written)


def test_every_rule_has_an_example_that_breaks_it(written: rdflib.Graph) -> None:
    exemplified = {path.read_text("utf-8").partition("\n")[0].removeprefix("# breaks: shape:").strip() for path in INVALID}
    assert {str(shape).removeprefix(SHAPE) for shape in named(written) if is_rule(shape, written)} == exemplified


def test_every_rule_says_in_english_what_is_wrong_and_what_to_try(written: rdflib.Graph) -> None:
    rules = [shape for shape in named(written) if is_rule(shape, written)]
    assert len(rules) > 40
    for shape in rules:
        english = [str(m) for m in written.objects(shape, SH.message) if isinstance(m, rdflib.Literal) and m.language == "en"]
        assert [message.count("; ") >= 1 and message.endswith(".") for message in english] == [True], shape


def test_a_shape_without_targets_is_a_part_that_a_rule_uses(written: rdflib.Graph) -> None:
    parts = [shape for shape in named(written) if not is_rule(shape, written)]
    assert not [part for part in parts if not list(written.subjects(None, part))]


def test_the_shapes_are_an_ontology_of_their_own(written: rdflib.Graph) -> None:
    assert (rdflib.URIRef(SHAPE.rstrip("#")), RDF.type, OWL.Ontology) in written


def test_a_breach_is_found_at_its_document_and_line_with_the_shapes_words(tmp_path: Path) -> None:
    data = write(tmp_path, claim("a"), claim("b", partOf="measure/drive/nowhere"))
    with pytest.raises(ShapeError) as caught:
        kg.build(data, tmp_path / "out")
    [finding] = caught.value.findings
    assert finding.file == str(data / "facts.jsonl")
    assert finding.line == 3
    assert "claim/paper/b" in finding.what
    assert "measure/drive/nowhere" in finding.what
    assert "check the spelling" in finding.advice


def test_two_figures_that_hold_in_sum_break_nothing(tmp_path: Path) -> None:
    findings, _, _ = kg.check(write(tmp_path, claim("a"), claim("b", "7")))
    assert findings == []


def quoted(folder: Path, start: int, text: str) -> facts.Facts:
    """A claim that quotes "50 accounts" from ``start`` on, of a source whose text is ``text``."""
    evidence = {"quote": "50 accounts", "start": start, "end": start + 11}
    path = write(folder, claim("a", evidence=evidence)) / "facts.jsonl"
    digest = sha256(text.encode()).hexdigest()
    path.write_text(path.read_text("utf-8").replace('"publisher"', f'"sha256": "{digest}", "publisher"'), "utf-8")
    return facts.read(folder, vocabulary())


@pytest.mark.parametrize(
    ("start", "text", "expected"),
    [
        (5, "Only 50 accounts went.", ""),
        (4, "Only 50 accounts went.", "it stands elsewhere"),
        (5, "Only 51 accounts went.", "it is not in the text at all"),
        (2, "共𠮷50 accounts", ""),
    ],
    ids=["in its place", "elsewhere", "not at all", "counted in code points"],
)
def test_a_quote_is_proven_by_its_place_in_the_text(tmp_path: Path, start: int, text: str, expected: str) -> None:
    read = quoted(tmp_path / "data", start, text)
    assert read.findings == []
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "paper.txt").write_text(text, "utf-8")
    findings, proven, absent = shapes.prove(read, shapes.texts(tmp_path / "texts"))
    assert (proven, absent) == ((0, 0) if expected else (1, 0))
    assert [finding.what.rpartition(": ")[2] for finding in findings] == ([expected] if expected else [])


def test_a_text_is_also_known_from_behind_its_header(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("# a header\n\nThe text.\n\nIts end.", "utf-8")
    assert set(shapes.texts(tmp_path).by_hash.values()) == {"# a header\n\nThe text.\n\nIts end.", "The text.\n\nIts end."}


def test_a_quote_whose_text_is_not_here_is_counted_as_such(tmp_path: Path) -> None:
    assert shapes.prove(quoted(tmp_path, 5, "Only 50 accounts went."), shapes.Texts()) == ([], 0, 1)


ADDRESS = "https://paper.example/a"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drive.txt", "Only 51 accounts went."),
        ("some.txt", f"# source: The Paper | {ADDRESS} (a copy) | 2023\n\nOnly 51 accounts went."),
        ("many.jsonl", f'{{"id": 7, "url": "{ADDRESS}", "text": "Only 51 accounts went."}}'),
        ("many.jsonl", '{"id": "drive", "text": "Only 51 accounts went."}'),
    ],
    ids=["a file of the source's name", "a header with its address", "an article of its address", "an article of its name"],
)
def test_a_text_that_is_not_the_one_recorded_is_told_once_and_counts_as_neither(tmp_path: Path, name: str, content: str) -> None:
    read = quoted(tmp_path / "data", 5, "Only 50 accounts went.")
    [source] = [document for document in read.documents if "claims" in document]
    source |= {"id": "source/drive", "url": ADDRESS}
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / name).write_text(content, "utf-8")
    [finding], proven, absent = shapes.prove(read, shapes.texts(tmp_path / "texts"))
    assert (proven, absent) == (0, 0)
    assert finding.what.startswith(f"source/drive: its text at {tmp_path / 'texts' / name}")
    assert "differs from the one that was recorded" in finding.what
    (tmp_path / "texts" / "right.txt").write_text("Only 50 accounts went.", "utf-8")
    assert shapes.prove(read, shapes.texts(tmp_path / "texts")) == ([], 1, 0)


def test_the_shipped_quotes_are_proven_by_the_texts_that_are_here(shared: Path) -> None:
    findings, _, (proven, _) = kg.check(texts=shared)
    assert findings == []
    assert proven > 30
