"""The same work by rdflib and pySHACL: documents → RDF → rules → shapes → sorted N-Triples. Run as a process of its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyshacl
import rdflib

from kg import facts, resources
from kg.vocabulary import vocabulary


def main(data: str, out: str) -> None:
    """Build ``data`` into the file ``out``; exits 1 where the graph does not conform."""
    words, ontology = vocabulary(), resources.ontology()
    graph = rdflib.Graph()
    for path in [ontology / "enforcement.ttl", *sorted(ontology.glob("codes/*.ttl")), *sorted(ontology.glob("align/*.ttl"))]:
        graph.parse(path)
    for document in facts.read(Path(data), words).documents:
        graph.parse(data=json.dumps({"@context": words.context, **document}), format="json-ld")
    for rule in sorted(ontology.glob("rules/*.rq")):
        for triple in list(graph.query(rule.read_text("utf-8"))):
            graph.add(triple)  # type: ignore[arg-type]
    conforms, _, text = pyshacl.validate(graph, shacl_graph=str(ontology / "shapes.ttl"))
    lines = sorted(graph.serialize(format="nt", encoding="utf-8").splitlines(keepends=True))
    Path(out).write_bytes(b"".join(lines))
    if not conforms:
        sys.exit(str(text)[:2000])


if __name__ == "__main__":
    main(*sys.argv[1:])
