"""The layer of facts: who acted, in which campaign, what was done to which accounts and why; each link with its figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.verdicts.world import Record
from kg.viewer.drawing import Drawing, Edge, Node, years
from kg.viewer.scene import Scene

_ACTORS = ("actor", "partner")
_WHERE = "platform"
_WHAT = ("accountType", "violation", "penalty", "including")
_UNCOUNTED = ("including", _WHERE)  # what a figure is not a figure of
_AGENTS, _CAMPAIGNS, _MEASURES, _CONCEPTS = range(4)


class _Uses:
    """Which claims tell of what: by subject, property and value, as their places in the list of claims."""

    def __init__(self, scene: Scene) -> None:
        self.by_subject: dict[str, list[int]] = defaultdict(list)
        self.by_value: dict[str, list[int]] = defaultdict(list)
        self.exact: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for number, claim in enumerate(scene.shown):
            subject = claim.one("subject")
            self.by_subject[subject].append(number)
            values = [(name, value) for name in (*_ACTORS, _WHERE, *_WHAT) for value in claim.all(name)]
            for name, value in values:
                self.exact[subject, name, value].append(number)
            for value in {value for _, value in values} - {subject}:
                self.by_value[value].append(number)

    def of(self, iri: str) -> list[int]:
        """The claims about a thing or that use it."""
        return sorted({*self.by_subject.get(iri, ()), *self.by_value.get(iri, ())})


def draw(scene: Scene, collapse: bool) -> Drawing:
    """The drawing of the chosen campaigns; with ``collapse`` only the one with most claims is open."""
    drawing, uses, world = Drawing(), _Uses(scene), scene.world
    for iri in sorted(scene.chosen):
        drawing.add(Node(iri, _CAMPAIGNS, collapsed=collapse and iri != scene.leading))
    measures = [record for record in world.measures.values() if record.one("campaign") in scene.chosen]
    for measure in measures:
        drawing.add(_measure(measure, scene))
    of_campaign: dict[str, list[Record]] = defaultdict(list)
    for measure in measures:
        of_campaign[measure.one("campaign")].append(measure)
    for iri in sorted(scene.chosen):
        _draw_campaign(drawing, world.campaigns[iri], of_campaign[iri], uses)
    for measure in measures:
        _draw_measure(drawing, measure, scene, uses)
    _date(drawing, scene, uses)
    for campaign in [node for node in drawing.nodes.values() if not of_campaign.get(node.id)]:
        campaign.collapsed = False
    return drawing


def _measure(measure: Record, scene: Scene) -> Node:
    reference = scene.world.claims.get(measure.one("reference"))
    value = int(number) if (number := measure.one("value")) else None
    return Node(measure.iri, _MEASURES, measure.one("campaign"), value, scene.figure(reference))


def _draw_campaign(drawing: Drawing, campaign: Record, measures: list[Record], uses: _Uses) -> None:
    for name in _ACTORS:
        own = set(campaign.all(name))
        carried = {value for measure in measures for value in measure.all(name)}  # who acted may be told with the figures only
        for value in sorted(own | carried):
            drawing.add(Node(value, _AGENTS))
            subjects = [campaign.iri, *(measure.iri for measure in measures)]
            drawing.link(Edge(value, campaign.iri, name, claims=_joined(uses.exact.get((s, name, value), ()) for s in subjects)))
    for value in campaign.all(_WHERE):
        drawing.add(Node(value, _AGENTS))
        drawing.link(Edge(campaign.iri, value, _WHERE, claims=uses.exact.get((campaign.iri, _WHERE, value), [])))
    for series in campaign.all("series"):
        drawing.link(Edge(campaign.iri, series, "series"))


def _draw_measure(drawing: Drawing, measure: Record, scene: Scene, uses: _Uses) -> None:
    node = drawing.nodes[measure.iri]
    drawing.link(Edge(measure.one("campaign"), measure.iri, "campaign", node.value, node.text, uses.by_subject.get(measure.iri, [])))
    for name in (_WHERE, *_WHAT):
        for value in measure.all(name):
            drawing.add(Node(value, _AGENTS if value in scene.things else _CONCEPTS))
            claims = uses.exact.get((measure.iri, name, value), [])
            counted = name not in _UNCOUNTED
            drawing.link(Edge(measure.iri, value, name, node.value if counted else None, node.text if counted else {}, claims))


def _joined(lists: Iterable[Iterable[int]]) -> list[int]:
    return sorted({number for each in lists for number in each})


def _date(drawing: Drawing, scene: Scene, uses: _Uses) -> None:
    """The claims and years of every node: a campaign has those of its measures too; its period, where known, is its years."""
    held: dict[str, list[int]] = defaultdict(list)
    for node in drawing.nodes.values():
        held[node.parent] += uses.by_subject.get(node.id, ())
    for node in drawing.nodes.values():
        node.claims = _joined([uses.of(node.id), held.get(node.id, ())])
        record = scene.things[node.id][1] if node.column in (_CAMPAIGNS, _MEASURES) else None
        node.years = set(years(record.one("from"), record.one("to"))) if record else set()
        for number in node.claims if not node.years else ():
            node.years.update(claim_years(scene.shown[number], scene))


def claim_years(claim: Record, scene: Scene) -> Iterable[int]:
    """The years that a claim is about, else the year it was said in."""
    source = scene.world.sources[claim.one("source")]
    return years(claim.one("from"), claim.one("to")) or years(claim.one("said") or source.one("published"))
