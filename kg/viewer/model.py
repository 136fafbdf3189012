"""The view model: plain data from a graph, the one thing that every renderer is fed with.

No colour, shape, icon or order is written here; the ontology gives them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg import pages
from kg.errors import QueryError, nearest
from kg.graph import Graph
from kg.pages import safe_link
from kg.verdicts.known import Known
from kg.viewer import blocks, evidence, facts, layout, tellings
from kg.viewer.drawing import Drawing, Edge, Node, lean, size, width
from kg.viewer.scene import Scene, read
from kg.vocabulary import BASE

if TYPE_CHECKING:
    import networkx

LAYERS = {"facts": facts.draw, "claims": tellings.draw}
_STEPS = {"facts": 1, "claims": 2}  # how far the surroundings of a thing reach: a source and what it tells of are two links apart
LARGE = 1_000  # above so many nodes the picture is drawn by WebGL, all of it open

Model = dict[str, Any]


def model(graph: Graph, campaign: str | None = None, layer: str = "facts", around: str | None = None, known: Known | None = None) -> Model:
    """The view model of ``graph``: nodes with their places, edges, claims with their evidence, and what names and marks them.

    ``campaign``: only this one (and, of a series, its campaigns). ``around``: only what is near this thing, in the layer that shows it.
    ``known``: what was read of the graph before, for those who draw more than once.
    Raises QueryError for an unknown campaign, layer or thing.

    >>> found = model(graph, "cac-self-media-2023")
    >>> found["renderer"], {edge["property"] for edge in found["edges"]} >= {"actor", "penalty"}
    ('vis', True)
    """
    import networkx

    if layer not in LAYERS:
        raise QueryError(f"there is no layer '{layer}'; {nearest(layer, LAYERS)}")
    scene = read(graph, campaign, known)
    if around is None:
        drawing = LAYERS[layer](scene, campaign is None)
    else:
        layer, drawing = _around(scene, around.removeprefix(BASE))
    large = len(drawing.nodes) > LARGE
    if large:
        for node in drawing.nodes.values():
            node.collapsed = False
    network: networkx.Graph[str] = networkx.Graph()
    network.add_nodes_from(drawing.nodes)
    network.add_edges_from(drawing.links())
    described = {
        "title": scene.label(around.removeprefix(BASE)) if around else _title(scene, campaign, layer), "layer": layer,
        "renderer": "sigma" if large else "vis", "languages": list(scene.words),
        "base": BASE, "box": layout.BOX, "nodes": _nodes(drawing, network, scene), "edges": [_edge(edge) for edge in drawing.edges],
        "claims": evidence.claims(scene), "sources": evidence.sources(scene), "classes": _classes(drawing, scene), "kinds": _kinds(scene),
        "properties": {name: scene.property_label(name) for name in sorted({edge.property for edge in drawing.edges})},
        "campaigns": [_campaign(iri, scene) for iri in sorted(scene.chosen)],
    }  # fmt: skip
    return described | {"counts": {name: len(described[name]) for name in ("nodes", "edges", "claims")}}


def _around(scene: Scene, thing: str) -> tuple[str, Drawing]:
    """What is near a thing, in the first layer that shows it; raises QueryError where none does."""
    for layer, draw in LAYERS.items():
        if (drawing := draw(scene, False).around(thing, _STEPS[layer])).nodes:
            scene.shown = [scene.shown[number] for number in drawing.recount()]
            return layer, drawing
    raise QueryError(f"no picture shows '{thing}'; name a campaign, what it counts, who acted, a claim or its source")


def _title(scene: Scene, campaign: str | None, layer: str) -> dict[str, str]:
    """The campaign's label, or what the layer shows where all campaigns are shown."""
    if campaign is not None:
        return scene.label(next(iri for iri in sorted(scene.chosen) if iri.endswith("/" + campaign.rpartition("/")[2])))
    return {language: pages.interface(language)[1]["view"]["title"][layer] for language in scene.words}


def _nodes(drawing: Drawing, network: networkx.Graph[str], scene: Scene) -> list[dict[str, Any]]:
    hidden = drawing.hidden()
    if drawing.heads:
        places = blocks.place(drawing.heads, {claim: drawing.nodes[claim].parent for claim in drawing.heads}, hidden)
    else:
        aside = {node.id: node.parent for node in drawing.nodes.values() if node.id in hidden}
        places = layout.place({node.id: node.column for node in drawing.nodes.values()}, network, aside)
    return [_node(node, places[node.id], network.degree[node.id], node.id in hidden, scene) for node in drawing.nodes.values()]


def _node(node: Node, place: tuple[float, float], degree: int, hidden: bool, scene: Scene) -> dict[str, Any]:
    name = scene.class_of(node.id)
    own = {} if name[0].isupper() else {each: scene.annotation(node.id, each) for each in ("colour", "icon")}  # a concept's own
    return lean({
        "id": node.id, "class": name, "label": node.label or scene.label(node.id), "x": place[0], "y": place[1],
        "size": size(node.value, degree), "years": sorted(node.years), "text": node.text, "by": node.by, "claims": node.claims,
        "parent": node.parent, "collapsed": node.collapsed, "hidden": hidden, "url": safe_link(node.url),
        "aliases": scene.aliases.get(node.id, []), **own,
    })  # fmt: skip


def _edge(edge: Edge) -> dict[str, Any]:
    return lean({
        "from": edge.start, "to": edge.end, "property": edge.property, "text": edge.text, "width": width(edge.value),
        "claims": edge.claims, "kind": edge.kind, "dashes": edge.dashes,
    })  # fmt: skip


def _classes(drawing: Drawing, scene: Scene) -> list[dict[str, Any]]:
    """The classes and schemes that occur, in the ontology's order."""
    names = {scene.class_of(node) for node in drawing.nodes}
    found = [_class(name, f"ontology#{name}" if name[0].isupper() else name, scene) for name in sorted(names)]
    return sorted(found, key=lambda each: each["order"])


def _class(name: str, iri: str, scene: Scene) -> dict[str, Any]:
    looks = {each: scene.annotation(iri, each) for each in ("colour", "icon", "shape")}
    return {"id": name, "label": scene.label(iri), **looks, "order": int(scene.annotation(iri, "order") or 0)}


def _kinds(scene: Scene) -> list[dict[str, Any]]:
    """The kinds of verdict that the shown claims have, in the ontology's order."""
    used = {kind for claim in scene.shown for kind in scene.kinds.get(claim.iri, ())}
    first, each = next(iter(scene.words.values())), scene.words.items()
    return [
        {"id": code, "label": {tag: words.kinds[code].label for tag, words in each},
         "definition": {tag: words.kinds[code].definition for tag, words in each},
         "icon": kind.icon, "colour": kind.colour, "severity": kind.severity}
        for code, kind in first.kinds.items() if code in used
    ]  # fmt: skip


def _campaign(iri: str, scene: Scene) -> dict[str, Any]:
    record = scene.world.campaigns[iri]
    return {"id": iri, "from": record.one("from"), "to": record.one("to")}
