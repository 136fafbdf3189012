"""The picture as a pyvis Network: nodes in their places, physics off. Never its page, which asks the web for parts of itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.viewer.model import Model

if TYPE_CHECKING:
    from pyvis.network import Network

# What vis-network calls the ontology's words for shapes, where it calls them otherwise.
_SHAPES = {"circle": "dot", "triangle-down": "triangleDown"}


def network(model: Model) -> Network:
    """A pyvis Network of a view model; labels in the model's first language, titles empty. For up to a thousand nodes or so:
    pyvis looks through all its nodes for each that is added.

    >>> from kg.viewer.model import model
    >>> network(model(graph, "cac-news-anchors-2023")).directed
    True
    """
    from pyvis.network import Network

    found, language = Network(directed=True), model["languages"][0]
    classes = {each["id"]: each for each in model["classes"]}
    for node in model["nodes"]:
        look = classes[node["class"]]
        shape = _SHAPES.get(look["shape"], look["shape"])
        place = {name: node[name] for name in ("x", "y", "size")}
        found.add_node(
            node["id"], node["label"][language], shape, node.get("colour") or look["colour"], hidden=node.get("hidden", False), **place
        )
    for edge in model["edges"]:
        found.add_edge(edge["from"], edge["to"], width=edge["width"], dashes=edge.get("dashes", False))
    found.toggle_physics(False)
    return found


def described(model: Model) -> dict[str, Any]:
    """The nodes, edges and options of the Network as plain data, edges in the model's order."""
    found = network(model)
    return {"nodes": found.nodes, "edges": found.edges, "options": json.loads(found.options.to_json())}
