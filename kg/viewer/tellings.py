"""The layer of claims: each source, what it says, and of what; a link's sign is the claim's gravest verdict."""

from __future__ import annotations

from collections import Counter

from kg.verdicts.world import Record
from kg.viewer.drawing import Drawing, Edge, Node
from kg.viewer.evidence import is_reference, short
from kg.viewer.facts import claim_years
from kg.viewer.scene import Scene

_SUBJECTS, _CLAIMS, _SOURCES = range(3)
_GRAVE = 2  # from this severity on a link is dashed


def draw(scene: Scene, collapse: bool) -> Drawing:
    """The drawing of the shown claims; with ``collapse`` only the sources of the campaign with most claims are open."""
    drawing = Drawing()
    leading = {claim.one("source") for claim in scene.shown if scene.world.campaign(claim.one("subject")) == scene.leading}
    for number, claim in enumerate(scene.shown):
        _draw_claim(drawing, claim, number, scene)
    for node in drawing.nodes.values():
        node.collapsed = collapse and node.column == _SOURCES and node.id not in leading
    drawing.heads = _heads(drawing, scene)
    return drawing


def _heads(drawing: Drawing, scene: Scene) -> dict[str, str]:
    """What each claim is about: what is shown before what is not, figures first, most told first; of one thing the reference first,
    then what is faithful to it."""
    subjects = {claim.iri: claim.one("subject") for claim in scene.shown}
    told, hidden = Counter(subjects.values()), drawing.hidden()
    shown = {subject for claim, subject in subjects.items() if claim not in hidden}

    def rank(claim: Record) -> tuple[object, ...]:
        subject = drawing.nodes[claim.one("subject")]
        kind, severity = scene.gravest(claim.iri)
        own = (not is_reference(claim, scene), not claim.one("text"), severity, kind, -int(claim.one("value") or 0), claim.iri)
        return subject.id not in shown, subject.value is None, -told[subject.id], subject.id, claim.iri in hidden, *own

    return {claim.iri: subjects[claim.iri] for claim in sorted(scene.shown, key=rank)}


def _draw_claim(drawing: Drawing, claim: Record, number: int, scene: Scene) -> None:
    source = drawing.add(_source(scene.world.sources[claim.one("source")]))
    subject = drawing.nodes.get(claim.one("subject")) or drawing.add(_subject(claim.one("subject"), scene))
    label, value = dict.fromkeys(scene.words, short(claim)), int(figure) if (figure := claim.one("value")) else None
    by = scene.world.sources[source.id].one("publisher")
    dates = set(claim_years(claim, scene))
    drawing.add(Node(claim.iri, _CLAIMS, source.id, value, label=label, by=by, claims=[number], years=dates))
    kind, severity = scene.gravest(claim.iri)
    drawing.link(Edge(source.id, claim.iri, "source", claims=[number]))
    drawing.link(Edge(claim.iri, subject.id, "subject", value, claims=[number], kind=kind, dashes=severity >= _GRAVE))
    for node in (source, subject):
        node.claims.append(number)
        node.years |= dates


def _source(source: Record) -> Node:
    return Node(source.iri, _SOURCES, url=source.one("url"))


def _subject(iri: str, scene: Scene) -> Node:
    record = scene.world.measures.get(iri)
    if record is None:
        return Node(iri, _SUBJECTS)
    value = int(number) if (number := record.one("value")) else None
    return Node(iri, _SUBJECTS, value=value, text=scene.figure(scene.world.claims.get(record.one("reference"))))
