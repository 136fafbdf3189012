"""One facts document: keys and codes checked, and what people should not have to write filled in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg import facts
from kg.facts.document import Reading, complete
from kg.facts.strict import parse_yaml
from kg.vocabulary import vocabulary
from tests.documents import CAMPAIGN, PAPER

WORDS = vocabulary()


def read(text: str) -> tuple[dict[str, Any], list[str], list[str]]:
    """The completed document, the IRIs that it describes, and what was found wrong with it, by line."""
    document, lines = parse_yaml(text)
    reading = Reading("paper.yaml", WORDS, lines)
    iris = [iri for iri, _ in complete(document, reading)]
    return document, iris, [str(finding).removeprefix("paper.yaml:") for finding in reading.findings]


def faults(old: str, new: str) -> list[str]:
    """What is found when ``old`` becomes ``new`` in a document that is good."""
    assert PAPER.count(old) >= 1
    return read(PAPER.replace(old, new, 1))[2]


def test_a_good_document_has_no_fault_and_names_all_it_describes() -> None:
    document, iris, found = read(PAPER)
    assert found == []
    assert iris == ["source/paper", "claim/paper/closed", "claim/paper/handled"]
    assert len(document["claims"]) == 2


def test_a_claim_gets_its_type_id_day_and_basis() -> None:
    first, second = read(PAPER)[0]["claims"]
    assert (first["type"], first["id"], first["basis"]) == ("Claim", "claim/paper/closed", "quoted")
    assert (first["said"], first["saidEarliest"], first["saidLatest"]) == ("2024-05-01", "2024-05-01", "2024-05-01")
    assert second["basis"] == "restated"
    assert "key" not in first


def test_a_claim_that_names_the_file_of_a_data_set_is_a_row() -> None:
    place = "evidence: {file: table.parquet, locator: category=SCAM}\n    code: [KEYWORD_OTHER, KEYWORD_NEW]\n    automation: not-automated"
    document, _, found = read(PAPER.replace("evidence: {url: https://paper.example/handled}", place))
    assert found == []
    assert document["claims"][1]["basis"] == "row"
    assert document["claims"][1]["code"] == ["KEYWORD_OTHER", "KEYWORD_NEW"]


def test_what_the_source_said_earlier_goes_before_its_publication() -> None:
    claims = read(PAPER.replace("language: en", "said: 2024-04\nlanguage: en"))[0]["claims"]
    assert [(claim["said"], claim["saidEarliest"], claim["saidLatest"]) for claim in claims] == [
        ("2024-04", "2024-04-01", "2024-04-30")
    ] * 2


def test_a_period_known_by_its_month_begins_and_ends_with_it() -> None:
    claim = read(PAPER.replace("penalty: closure", "penalty: closure\n    from: 2024-02\n    to: 2024"))[0]["claims"][0]
    assert (claim["from"], claim["periodStart"]) == ("2024-02", "2024-02-01")
    assert (claim["to"], claim["periodEnd"]) == ("2024", "2024-12-31")


@pytest.mark.parametrize(
    ("comparator", "bound"),
    [
        ("over", {"min": 930000}),
        ("at-least", {"min": 930000}),
        ("under", {"max": 930000}),
        ("at-most", {"max": 930000}),
        ("about", {}),
        ("exactly", {}),
    ],
)
def test_only_the_comparator_gives_a_bound(comparator: str, bound: dict[str, int]) -> None:
    figure = read(PAPER.replace("comparator: under", f"comparator: {comparator}"))[0]["claims"][0]["figure"]
    assert {name: figure[name] for name in ("min", "max") if name in figure} == bound


def test_a_measure_belongs_to_the_campaign_in_its_name() -> None:
    document, iris, found = read(CAMPAIGN)
    assert found == []
    assert iris == ["campaign/drive", "measure/drive/closed", "measure/drive/handled"]
    assert [measure["campaign"] for measure in document["measures"]] == ["campaign/drive"] * 2


def test_completing_loses_nothing_that_was_written() -> None:
    written, _ = parse_yaml(PAPER)
    whole = read(PAPER)[0]
    for before, after in zip(written.pop("claims"), whole["claims"], strict=True):
        figure, key = before.pop("figure"), before.pop("key")
        assert after["id"].endswith("/" + key)
        assert figure.items() <= after["figure"].items()
        assert before.items() <= after.items()
    assert written.items() <= whole.items()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("publisher:", "publishr:", "3: unknown key 'publishr' on a Report; did you mean 'publisher'?"),
        ("penalty: closure", "penalty: closur", "12: 'closur' is no code of 'penalty'; did you mean 'closure'?"),
        ("unit: account}", "unit: acount}", "14: 'acount' is no code of 'unit'; did you mean 'account'?"),
        ("comparator: under", "comparator: xyz", "14: 'xyz' is no code of 'comparator'; known here: about, at-least, at-most, "),
        ("role: secondary", "role: second", "7: 'second' is no code of 'role'; did you mean 'secondary'?"),
        ("type: Report", "type: Repot", "2: the type 'Repot' is not known; did you mean 'Report'?"),
        ("type: Report\n", "", "1: a document without a type; "),
        ("id: source/paper\n", "", "1: a document without an id; begin with 'id: source/…' and 'type: …'"),
        ("id: source/paper", "id: Source/Paper", "1: the id 'Source/Paper' is no name of ours; write e.g. "),
        ("id: source/paper", "id: source/pa per", "1: the id 'source/pa per' is no name of ours; "),
        ("id: source/paper", "id: javascript:alert(1)", "1: the id 'javascript:alert(1)' is no name of ours; "),
        ("key: closed", "key: Closed!", "10: a claim whose key is 'Closed!'; give each claim a key"),
        ("key: closed", "key: 5", "10: a claim whose key is 5; give each claim a key"),
        ("  - key: closed\n    subject", "  - subject", "10: a claim whose key is None; give each claim a key"),
        ("key: closed", "id: claim/other/x\n    key: closed", "10: a claim with an id of its own, 'claim/other/x'; leave it out; "),
        ("key: closed", "type: Campaign\n    key: closed", "10: the type 'Campaign' in 'claims'; leave it out; it is Claim"),
        ("penalty: closure", "basis: quoted", "12: the key 'basis' on a Claim is derived; leave it out; it follows from the claims"),
        ("penalty: closure", "quote: words", "12: the key 'quote' stands on a Claim; write it under 'evidence:'"),
        ("penalty: closure", "value: 5", "12: the key 'value' stands on a Claim; write it under 'figure:'"),
        ("value: 930000, c", "penalty: closure, c", "14: unknown key 'penalty' in 'figure'; "),
        ("publisher: The Paper", "publisher: 5", "3: 'publisher' is 5, not a text; write words"),
        ("publisher: The Paper", "publisher:", "3: 'publisher' is None, not a text; write words"),
        ("publisher: The Paper", "publisher: ' '", "3: 'publisher' is ' ', not a text; write words"),
        ("language: en", "language: English!", "5: 'English!' is no language; write a BCP 47 tag"),
        ("value: 930000", "value: '930000'", "14: '930000' in 'value' is no whole number; write digits only"),
        ("value: 930000", "value: 930000.5", "14: '930000.5' in 'value' is no whole number; write digits only"),
        ("value: 930000", "value: 1e999", "14: 'inf' in 'value' is no whole number; write digits only"),
        ("value: 930000", "value: true", "14: 'True' in 'value' is no whole number; write digits only"),
        ("value: 930000", f"value: {10**18 * 9 + 10**18}", "14: '10000000000000000000' in 'value' is no whole number; "),
        ("value: 930000", "value: [930000, 940000]", "14: 'value' holds a list; keep one value, or make a claim of each"),
        ("comparator: under", "comparator: [under]", "14: 'comparator' holds a list; keep one value, or make a claim of each"),
        ("published: 2024-05-01", "published: [2024, 2025]", "4: 'published' holds a list; keep one value, or make a claim of each"),
        ("published: 2024-05-01", "published: 2023-02-30", "4: '2023-02-30' is no date: day is out of range for month; "),
        ("published: 2024-05-01", "published: 1 May 2024", "4: '1 May 2024' is no date of the form 2023, 2023-05 or 2023-05-27; "),
        ("partOf: measure/drive/handled", "partOf: measure drive", "13: 'measure drive' in 'partOf' is no address; write an id of ours"),
        ("url: https://paper.example/handled", "url: 'https://paper.example/a b'", "20: 'https://paper.example/a b' in 'url' is no "),
        ("url: https://paper.example/handled", "url: 'javascript:alert(1)'", "20: 'javascript:alert(1)' in 'url' is no address; "),
        ("url: https://paper.example/handled", "url: 'file:///etc/passwd'", "20: 'file:///etc/passwd' in 'url' is no address; "),
        ("url: https://paper.example/handled", "url: 'https://a/<b>'", "20: 'https://a/<b>' in 'url' is no address; "),
        ("value: 930000", "value: 93000", "14: the words 'nearly 930,000' say 930000, not 93000; mend the value"),
        ("value: 930000", "value: 9300000", "14: the words 'nearly 930,000' say 930000, not 9300000; mend the value"),
        ('"1.5 million"', '"4.7 million lakh"', "19: 'million' and 'lakh' cannot stand in one figure; mend the value"),
        ('"nearly 930,000"', '"almost 930,000"', "14: the words 'almost 930,000' do not stand in the quote 'nearly 930,000 accounts'; "),
        ("id: source/paper", "'@context': https://evil.example/c.jsonld\nid: source/paper", "1: unknown key '@context' on a Report; "),
        ("key: closed", "key: closed\n    '@context': {enf: urn:x}", "11: unknown key '@context' on a Claim; "),
        ("figure: {text", "figure: {'@id': x, text", "14: unknown key '@id' in 'figure'; "),
        (
            'figure: {text: "1.5 million", value: 1500000, comparator: exactly, unit: account}',
            "figure: [5]",
            "19: unknown key 'figure' on a Claim; ",
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_try(old: str, new: str, found: str) -> None:
    assert [fault[: len(found)] for fault in faults(old, new)] == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- a\n- b", "1: no facts document; write keys and values: 'id: source/…', 'claims:' …"),
        ("just words", "1: no facts document; write keys and values: 'id: source/…', 'claims:' …"),
        ("{}", "1: a document without an id; begin with 'id: source/…' and 'type: …'"),
        ("measures: many", "1: 'measures' is no list; begin each item with '- '"),
        ("measures:\n  - closed", "2: an item of 'measures' that holds no keys; write keys and values"),
        ("platforms:\n  - id: platform/x\n    label: X", "3: 'label' gives no names by language; write 'label: {en: …, zh: …}'"),
        ("platforms:\n  - id: platform/x\n    label: {en: 5}", "3: 'label' gives no names by language; write 'label: {en: …, zh: …}'"),
        (
            "platforms:\n  - id: platform/x\n    label: {'@value': x}",
            "3: 'label' gives no names by language; write 'label: {en: …, zh: …}'",
        ),
        ("platforms:\n  - label: {en: X, zh: X}", "2: the id None is no name of ours; write e.g. "),
    ],
)
def test_what_is_no_document_is_told_what_a_document_is(text: str, found: str) -> None:
    assert [fault[: len(found)] for fault in read(text)[2]] == [found]


def test_every_fault_of_a_document_is_found_in_one_reading() -> None:
    text = PAPER.replace("publisher:", "publishr:").replace("penalty: closure", "penalty: closur").replace("1500000", "15")
    assert [fault.partition(":")[0] for fault in read(text)[2]] == ["3", "12", "19"]


def test_one_unreadable_file_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: &x 1")
    (tmp_path / "b.yaml").write_bytes(b"\xff\xff")
    (tmp_path / "c.jsonl").write_text('\n{"id": "source/c", "type": "Repot"}\n\n{"id": 5}\n')
    (tmp_path / "d.yml").write_text("")
    (tmp_path / "notes.txt").write_text("no document")
    found = facts.read(tmp_path, WORDS).findings
    assert [(Path(finding.file).name, finding.line) for finding in found] == [
        ("a.yaml", 1), ("b.yaml", 1), ("c.jsonl", 2), ("c.jsonl", 4), ("c.jsonl", 4), ("d.yml", 1),
    ]  # fmt: skip


def test_the_same_thing_described_twice_is_told_with_both_places(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(CAMPAIGN, "utf-8")
    found = [str(finding).replace(str(tmp_path), "") for finding in facts.read(tmp_path, WORDS).findings]
    assert found == [
        "/b.yaml:1: 'campaign/drive' is described a second time; it already stands at /a.yaml:1",
        "/b.yaml:5: 'measure/drive/closed' is described a second time; it already stands at /a.yaml:5",
        "/b.yaml:7: 'measure/drive/handled' is described a second time; it already stands at /a.yaml:7",
    ]


def test_a_yaml_document_and_its_json_line_complete_to_the_same(tmp_path: Path) -> None:
    (tmp_path / "paper.yaml").write_text(PAPER, "utf-8")
    (tmp_path / "paper.jsonl").write_text(json.dumps(parse_yaml(PAPER)[0]) + "\n", "utf-8")
    by_yaml, by_json = (facts.read(tmp_path / name, WORDS) for name in ("paper.yaml", "paper.jsonl"))
    assert by_yaml.documents == by_json.documents
    assert by_yaml.places.keys() == by_json.places.keys()
    assert (by_yaml.claims, by_yaml.findings, by_json.findings) == (2, [], [])
