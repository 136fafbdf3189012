"""Networks of things and links, for networkx, Gephi and Cytoscape: attributes typed, one edge a link."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from kg.graph import Graph
from kg.questions import query, short
from kg.vocabulary import ENF

if TYPE_CHECKING:
    import networkx

# Things of the ontology's classes with their plain properties, if any (of several classes, as a row is, the first in the ontology's
# order); then the links between them and to concepts.
_NODES = """SELECT ?thing ?class ?property ?value WHERE {
  ?class enf:order ?rank ; a owl:Class . ?thing a ?class .
  FILTER NOT EXISTS { ?thing a ?other . ?other enf:order ?less ; a owl:Class FILTER(?less < ?rank) }
  OPTIONAL { ?thing ?property ?value FILTER(isLiteral(?value)) FILTER(LANG(?value) = "" || LANG(?value) = "en") }
} ORDER BY ?thing ?property ?value"""
_LINKS = """SELECT ?from ?property ?to WHERE {
  ?class enf:order ?rank ; a owl:Class . ?from a ?class . ?from ?property ?to . FILTER(isIRI(?to))
  { ?to a ?kind . ?kind enf:order ?any ; a owl:Class } UNION { ?to a skos:Concept } } ORDER BY ?from ?property ?to"""
_CONCEPTS = """SELECT ?thing ?scheme ?label WHERE { ?thing a skos:Concept ; skos:inScheme ?scheme ; skos:prefLabel ?label .
  FILTER(LANG(?label) = "en") } ORDER BY ?thing ?scheme"""


def to_networkx(graph: Graph) -> networkx.MultiDiGraph[str]:
    """The graph's things, and the concepts they use, as a networkx MultiDiGraph; nodes and keys are short names.

    Node attributes: ``class``, ``label`` and the thing's plain properties (int for counts, str otherwise). An edge's
    key and ``property`` are its property's local name.

    >>> network = to_networkx(graph)
    >>> network.nodes["platform/wechat"]["class"], network.has_edge("platform/wechat", "platform/tencent", "operator")
    ('Platform', True)
    """
    import networkx

    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for row in query(graph, _NODES):
        node = short(row["thing"])
        if node not in network:
            network.add_node(node, **{"class": row["class"].removeprefix(ENF), "label": node})
        if row["property"] is None:
            continue
        name = row["property"].rpartition("#")[2]
        attributes = network.nodes[node]
        several = name in attributes and name not in ("label", "class") and isinstance(attributes[name], str)
        attributes[name] = f"{attributes[name]}; {row['value']}" if several else row["value"]
    concepts = {row["thing"]: row for row in query(graph, _CONCEPTS)}
    for row in query(graph, _LINKS):
        if row["to"] in concepts and short(row["to"]) not in network:
            concept = concepts[row["to"]]
            network.add_node(short(row["to"]), **{"class": short(concept["scheme"]), "label": concept["label"]})
        name = row["property"].rpartition("#")[2].rpartition("/")[2]
        network.add_edge(short(row["from"]), short(row["to"]), key=name, property=name)
    return network


def graphml(graph: Graph) -> bytes:
    """GraphML (graphml.graphdrawing.org) with typed attributes."""
    import networkx

    buffer = io.BytesIO()
    networkx.write_graphml_xml(to_networkx(graph), buffer, named_key_ids=True)
    return buffer.getvalue()


def gexf(graph: Graph) -> bytes:
    """GEXF 1.2 for Gephi, with typed attributes; the day of writing is left out so that bytes repeat."""
    import re

    import networkx

    buffer = io.BytesIO()
    networkx.write_gexf(to_networkx(graph), buffer)
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", buffer.getvalue())


def cytoscape(graph: Graph) -> bytes:
    """Cytoscape JSON (cytoscape.org, 'elements' of nodes and edges).

    Written here, for networkx's own writer puts a node's name in the place of its ``value``.
    """
    network = to_networkx(graph)
    nodes = [{"data": {"id": node, "name": data["label"], **data}} for node, data in network.nodes(data=True)]
    edges = [{"data": {"source": a, "target": b, **data}} for a, b, data in network.edges(data=True)]
    document = {"directed": True, "multigraph": True, "data": [], "elements": {"nodes": nodes, "edges": edges}}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
