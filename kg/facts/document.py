"""One facts document: every key and code checked, and what people should not have to write filled in.

A document comes in as JSON types and goes out as JSON-LD for ``ontology/context.jsonld``, nothing lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg import dates
from kg.errors import Finding, nearest
from kg.facts.strict import Lines
from kg.facts.values import CHECKS, LOCAL, date_fault
from kg.figures import contradiction
from kg.vocabulary import Term, Vocabulary

Path = tuple[Any, ...]
Node = dict[str, Any]

# The lists a document may hold, and what their items are.
LISTS = {"claims": "Claim", "measures": "Measure", "authorities": "Authority", "platforms": "Platform", "judgements": "Judgement"}
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


@dataclass(slots=True)
class Reading:
    """A document under way: where it stands, and what was found wrong with it."""

    file: str
    vocabulary: Vocabulary
    lines: Lines
    line: int = 1
    findings: list[Finding] = field(default_factory=list)
    keys: dict[tuple[str, str], dict[str, Term]] = field(default_factory=dict)

    def place(self, path: Path) -> int:
        """The line of ``path``, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, self.line)

    def refuse(self, path: Path, what: str, advice: str) -> None:
        """Note one fault at ``path``."""
        self.findings.append(Finding(self.file, self.place(path), what, advice))

    def allowed(self, class_name: str, group: str) -> dict[str, Term]:
        """The keys that a person writes on a thing of this class, in this nested group ('' for the thing itself)."""
        found = self.keys.get((class_name, group))
        if found is None:
            classes = self.vocabulary.parents(class_name)
            own = [t for t in self.vocabulary.terms.values() if t.written & classes]
            # A claim's address is evidence; a source's address is its own.
            found = {t.name: t for t in own if (t.group or ("evidence" if t.name == "url" and class_name == "Claim" else "")) == group}
            self.keys[class_name, group] = found
        return found


def complete(document: Any, reading: Reading) -> Iterator[tuple[str, Path]]:
    """Check ``document`` and complete it in place; yields the IRI (without base) and path of everything it describes.

    Faults go to ``reading.findings``; the document is only good where there are none.
    """
    if not isinstance(document, dict):
        reading.refuse((), "no facts document", "write keys and values: 'id: source/…', 'claims:' …")
        return
    lists = {name: value for name, value in document.items() if name in LISTS}
    own = {name: value for name, value in document.items() if name not in LISTS}
    class_name = _class_of(own, reading)
    if "id" in own:
        yield from _describe(document, own, class_name, (), reading)
    elif own or not lists:
        reading.refuse((), "a document without an id", "begin with 'id: source/…' and 'type: …'")
    for name, items in lists.items():
        if not isinstance(items, list):
            reading.refuse((name,), f"'{name}' is no list", "begin each item with '- '")
            continue
        for index, item in enumerate(items):
            yield from _item(item, name, (name, index), document, reading)


def _class_of(own: Node, reading: Reading) -> str:
    class_name = own.get("type", "")
    if class_name in reading.vocabulary.classes:
        return str(class_name)
    if own:
        known = reading.vocabulary.classes
        reading.refuse(
            ("type",),
            f"the type '{class_name}' is not known" if class_name else "a document without a type",
            nearest(str(class_name), known),
        )
    return ""


def _item(item: Any, list_name: str, path: Path, document: Node, reading: Reading) -> Iterator[tuple[str, Path]]:
    if not isinstance(item, dict):
        reading.refuse(path, f"an item of '{list_name}' that holds no keys", "write keys and values")
        return
    own = dict(item)
    if list_name == "claims":
        key = own.pop("key", None)
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            reading.refuse((*path, "key"), f"a claim whose key is {key!r}", "give each claim a key of small letters, digits and hyphens")
            return
        iri = f"claim/{str(document.get('id', '')).removeprefix('source/')}/{key}"
        if item.get("id", iri) != iri:
            reading.refuse((*path, "id"), f"a claim with an id of its own, '{item['id']}'", f"leave it out; it is {iri}")
        if not LOCAL.fullmatch(iri):
            return  # the document's own id is at fault, which is told once
        own["id"] = item["id"] = iri
        _inherit_said(item, own, document)
    if item.get("type", LISTS[list_name]) != LISTS[list_name]:
        reading.refuse((*path, "type"), f"the type '{item['type']}' in '{list_name}'", f"leave it out; it is {LISTS[list_name]}")
    item["type"] = LISTS[list_name]
    yield from _describe(item, own, LISTS[list_name], path, reading)
    item.pop("key", None)


def _inherit_said(claim: Node, own: Node, source: Node) -> None:
    """A claim was said when its source says so, else when the source was published."""
    said = source.get("said") or source.get("published")
    if said and "said" not in claim and not date_fault(said):
        claim["said"] = own["said"] = said


def _describe(node: Node, own: Node, class_name: str, path: Path, reading: Reading) -> Iterator[tuple[str, Path]]:
    iri = own.get("id")
    if not isinstance(iri, str) or not LOCAL.fullmatch(iri):
        reading.refuse(
            (*path, "id"), f"the id {iri!r} is no name of ours", "write e.g. 'measure/cac-2023/closures': small letters, digits, hyphens"
        )
        return
    if class_name:
        kind = "source" if "Source" in reading.vocabulary.parents(class_name) else class_name.lower()
        if not iri.startswith(kind + "/"):
            reading.refuse((*path, "id"), f"the id '{iri}' is not that of a {class_name}", f"begin it with '{kind}/'")
        faults = len(reading.findings)
        _keys(own, class_name, "", path, reading)
        if len(reading.findings) == faults:
            _derive(node, class_name, reading)
            _figure(node.get("figure"), str(node.get("statement", "")), (*path, "figure"), reading)
            _evidence(node, path, reading)
    yield iri, path


def _keys(node: Node, class_name: str, group: str, path: Path, reading: Reading) -> None:
    allowed = reading.allowed(class_name, group)
    for name, value in node.items():
        term = allowed.get(name)
        if term:
            for fault in _faults(value, term, group, reading.vocabulary):
                reading.refuse((*path, name), *fault)
        elif group == "" and name in ("id", "type"):
            continue
        elif group == "" and isinstance(value, dict) and reading.allowed(class_name, name):
            _keys(value, class_name, name, (*path, name), reading)
        else:
            _unknown(name, allowed, class_name, group, (*path, name), reading)


def _faults(value: Any, term: Term, group: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    if isinstance(value, list) and (group or term.kind == "edtf"):
        return [(f"'{term.name}' holds a list", "keep one value, or make a claim of each")]
    found = [CHECKS[term.kind](each, term, vocabulary) for each in (value if isinstance(value, list) else [value])]
    return [fault for fault in found if fault]


def _unknown(name: str, allowed: dict[str, Term], class_name: str, group: str, path: Path, reading: Reading) -> None:
    term = reading.vocabulary.terms.get(name)
    where = f"in '{group}'" if group else f"on a {class_name}"
    if term and not term.written & reading.vocabulary.parents(class_name) and term.classes & reading.vocabulary.parents(class_name):
        reading.refuse(path, f"the key '{name}' {where} is derived", "leave it out; it follows from the claims")
    elif term and term.group and term.group != group and term.written & {class_name}:
        reading.refuse(path, f"the key '{name}' stands {where}", f"write it under '{term.group}:'")
    else:
        reading.refuse(path, f"unknown key '{name}' {where}", nearest(name, allowed))


def _derive(node: Node, class_name: str, reading: Reading) -> None:
    """First and last days of dates; a measure's campaign, which its own name holds."""
    for name, term in reading.allowed(class_name, "").items():
        if term.kind == "edtf" and name in node:
            node[name] = str(node[name])
            first, last = dates.bounds(node[name])
            node.update({key: day.isoformat() for key, day in ((term.earliest, first), (term.latest, last)) if key})
    if class_name == "Measure":
        node["campaign"] = "campaign/" + node["id"].split("/")[1]


def _figure(figure: Any, statement: str, path: Path, reading: Reading) -> None:
    """The bound that the comparator gives; and the words against the number, with the scale that the claim's statement says."""
    if not isinstance(figure, dict):
        return
    value, text = figure.get("value"), figure.get("text")
    bound = reading.vocabulary.bounds.get(figure.get("comparator", ""))
    if type(value) is int and bound:
        figure.setdefault(bound, value)
    if type(value) is int and isinstance(text, str) and (why := contradiction(text, value, reading.vocabulary.scales, statement)):
        reading.refuse((*path, "value"), why, "mend the value, or the words if they are not the source's")


def _evidence(claim: Node, path: Path, reading: Reading) -> None:
    """What the claim rests on; a claim without evidence gets no basis, which the shapes refuse."""
    evidence, figure = claim.get("evidence"), claim.get("figure") or {}
    if not isinstance(evidence, dict):
        return
    quote, text = evidence.get("quote"), figure.get("text")
    if quote or evidence.get("file") or evidence.get("url"):
        claim["basis"] = "quoted" if quote else "row" if evidence.get("file") else "restated"
    start, end = evidence.get("start"), evidence.get("end")
    if isinstance(quote, str) and type(start) is int and type(end) is int and start < end != start + len(quote):
        reading.refuse(
            (*path, "evidence"),
            f"{start} to {end} is no place for a quote of {len(quote)} characters",
            "compute its offsets with 'kg cite'",
        )
    if isinstance(quote, str) and isinstance(text, str) and text not in quote:
        reading.refuse(
            (*path, "figure"), f"the words '{text}' do not stand in the quote '{quote}'", "take the figure's words from the quote"
        )
