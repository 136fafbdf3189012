"""What was done to the things that a figure counts: one rule after the other, the first that answers."""

from __future__ import annotations

from kg.extraction.candidate import Candidate
from kg.extraction.inheriting import (
    found_out,
    of_kind,
    of_likewise,
    of_listed,
    of_restated,
    of_sentence,
    of_sentence_before,
    of_told_before,
    of_verb_before,
    of_whole,
)
from kg.extraction.lexicon import Concepts
from kg.extraction.model import Mention
from kg.extraction.scene import Scene


def penalty(scene: Scene) -> str:
    """The code of what was done; '' where nothing in reach says that anything was."""
    rules = (
        _compared,
        _named_in,
        of_likewise,
        _parted,
        _governed,
        of_restated,
        of_listed,
        of_whole,
        of_verb_before,
        of_sentence,
        of_sentence_before,
        of_kind,
        of_told_before,
        found_out,
    )
    return _lasting(scene, next((code for rule in rules if (code := rule(scene))), ""))


def _lasting(scene: Scene, code: str) -> str:
    """What was done by how long it lasts: a ban for 30 days is a suspension, what is done for good is more than that."""
    concepts = scene.concepts
    if code not in concepts.brief and code not in concepts.lasting and code != concepts.umbrella:
        return code
    lasts = scene.reader.grammar.lasts(scene.reader.text, scene.figure.head[1], scene.own[1])
    if lasts is None or (not lasts and code == concepts.umbrella and scene.reader.grammar.mixed):
        return code
    if code == concepts.umbrella:
        units = set(concepts.ancestors("unit", scene.figure.unit))
        lasting = concepts.brief if lasts else concepts.lasting
        return next((other for other in lasting if concepts.suits.get(other, set()) & units), code)
    return (concepts.lasting if lasts else concepts.brief).get(code, code)


def _compared(scene: Scene) -> str:
    """ "27 million accounts, up from 21 million": the same was done to both."""
    figure = scene.figure
    same = scene.before and figure.elided and figure.relation != "besides" and scene.reader.grammar.compares(scene.reader.text, figure)
    return scene.before[-1].penalty if same else ""


def _named_in(scene: Scene) -> str:
    """ "300 requests, which named 900 apps": what was only asked for was asked of what the requests name."""
    last = scene.before[-1] if scene.before else scene.reader.found[-1] if scene.reader.found else None
    if not last or last.penalty not in scene.concepts.asking:
        return ""
    grammar, text, figure = scene.reader.grammar, scene.reader.text, scene.figure
    named = (scene.before and grammar.named_in(text, figure)) or grammar.they_name(text, figure)
    return last.penalty if named else ""


def _parted(scene: Scene) -> str:
    """The penalty whose label the figure parts: "took 32 websites offline", 取消78家网站的备案; '' for none."""
    start, end = scene.figure.head
    near = scene.mentions.beginning("penalty", start - 40, start)
    if near and near[-1].end > end and (told := _told_around(scene, near[-1])):
        return told
    before = next((p for p in reversed(near) if start - 1 <= p.end <= start), None)
    verb = scene.reader.text[before.start : before.end] if before else ""
    entries = scene.reader.grammar.lexicon.entries
    for words in scene.reader.grammar.around(scene.reader.text, scene.figure, verb):
        for kind, code in entries.get(words) or entries.get(words.removesuffix("s")) or ():
            if kind == "penalty":
                return scene.fitting(code)
    return _of_coordinated(scene)


def _told_around(scene: Scene, told: Mention) -> str:
    """What words on both sides of a figure say together, where it counts no requests: "cut 560 hosts off from livestreaming"."""
    concepts, reader, figure = scene.concepts, scene.reader, scene.figure
    if told.code == concepts.umbrella or any(unit in concepts.implied for unit in concepts.ancestors("unit", figure.unit)):
        return ""
    return "" if reader.grammar.asked_of(reader.text, figure, told) else scene.fitting(told.code)


def _of_coordinated(scene: Scene) -> str:
    """ "The licences of six stations and 23 sites": what was done to the first was done to both, where it is done to anything."""
    if not scene.before or not scene.before[-1].penalty or scene.before[-1].penalty in scene.concepts.suits:
        return ""
    one, grammar = scene.before[-1], scene.reader.grammar
    if not grammar.cut(scene.reader.text, scene.mentions, one.head[1], scene.figure.start)[1]:
        return ""
    verbs = scene.mentions.beginning("penalty", scene.figure.head[1], scene.figure.head[1] + 20)
    if verbs and grammar.lexicon.spaced and scene.mentions.beginning("penalty", scene.sentence.start, one.start):
        return ""  # "monetisation was suspended for 40 channels, and 30 pages were removed"
    first = _parted(scene._replace(figure=one, before=scene.before[:-1]))
    own = grammar.lexicon.spaced and any(verb.start == scene.figure.head[1] + 1 and verb.code != first for verb in verbs)
    return first if first not in scene.concepts.suits and not own else ""


def _governed(scene: Scene) -> str:
    """What the clause's own verb says; of requests and complaints always that they were made."""
    reader, figure, concepts = scene.reader, scene.figure, scene.concepts
    found = scene.governing(scene.own)
    units = concepts.ancestors("unit", figure.unit)
    if implied := next((concepts.implied[unit] for unit in units if unit in concepts.implied), ""):
        if found and concepts.suits.get(found.code) and implied in concepts.asking and reader.grammar.undergoes(reader.text, figure, found):
            return concepts.umbrella  # "43 complaints were closed"
        told = found and (_told(concepts, found, figure, implied) or reader.grammar.undergoes(reader.text, figure, found))
        whole = figure.target.penalty if figure.target and figure.relation == "of" else ""
        return scene.fitting(found.code) if found and told else whole or implied
    if found and found.code == concepts.umbrella and (said := _of_words(scene)):
        return said
    if (
        found
        and found.code == concepts.umbrella
        and figure.relation == "of"
        and (figure.elided or reader.grammar.mixed)
        and concepts.umbrella in concepts.ancestors("penalty", of_whole(scene))[1:]
    ):
        return of_whole(scene)  # "of the 1,000 posts removed, 700 were found on X"
    if found and reader.grammar.asked_of(reader.text, figure, found):
        return min(concepts.asking)
    return scene.fitting(found.code) if found else ""


def _of_words(scene: Scene) -> str:
    """ "Among the removed ads, 700 had used …": what befell the whole, where no figure tells of it."""
    if scene.figure.target or not scene.figure.elided:
        return ""
    spans = scene.reader.grammar.wholes(scene.reader.text, scene.sentence, scene.figure)
    done = [word.code for span in spans for word in scene.mentions.within("penalty", *span) if word.code != scene.concepts.umbrella]
    return scene.fitting(done[0]) if done else ""


def _told(concepts: Concepts, found: Mention, figure: Candidate, implied: str) -> bool:
    """Whether a clause says of requests and the like what else was done to them: "340 of the complaints were passed to the police"."""
    if implied not in concepts.asking:
        return found.code != concepts.umbrella or (bool(figure.elided or figure.relation) and figure.start - 1 <= found.end <= figure.start)
    if figure.elided and found.end == figure.start and found.code not in concepts.suits and found.code not in concepts.asking:
        return True  # 开出限期改善处分5件: what is counted is the act itself
    if found.code == concepts.umbrella:
        return bool(figure.relation) or found.start < figure.start <= found.end + 1
    passed_on = found.code not in concepts.suits and found.code not in concepts.asking
    beside = found.start >= figure.head[1] or (figure.elided and figure.start - 1 <= found.end <= figure.start)  # 其中转交警方210件
    return passed_on and bool(figure.relation) and beside
