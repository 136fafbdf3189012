"""What was done to a figure whose own clause does not say: what was done to its whole, to those before it, or what its sentence tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.candidate import Candidate
from kg.extraction.grammar import CODES, Reader
from kg.extraction.model import Mention
from kg.extraction.scene import Scene

_BESIDE = 48  # characters behind a noun that tell whom a thing poses as
_NAME = 12  # characters of a name for content that offends
_FEW = 20  # many things come in fewer
JOINT = re.compile(r"\b(?:and|or)\b|[,;、，；和与與及並并]")


def of_restated(scene: Scene) -> str:
    """ "These 36 apps": what was said to be done to 36 of the kind before."""
    grammar, text, figure = scene.reader.grammar, scene.reader.text, scene.figure
    told = figure.value and (grammar.definite(text, figure) or grammar.points_back(text, figure))
    same = restated(scene.reader, scene.figure) if told else None
    return same.penalty if same else ""


def restated(reader: Reader, figure: Candidate) -> Candidate | None:
    """The last figure before one that counts the same things."""
    return next((f for f in reversed(reader.found) if f.unit == figure.unit and _same(f.value, figure)), None)


def _same(value: int | None, figure: Candidate) -> bool:
    """Whether a figure states ``value`` once more, or rounds it: these over 28,000 of 28,079."""
    said = figure.value or 0
    if figure.comparator == "exactly" or not value:
        return value == said
    step = int(10 ** (len(str(said)) - len(str(said).rstrip("0"))))
    return abs(value - said) < step < said * 2


def of_listed(scene: Scene) -> str:
    """解散赌博群1.7万个、诈骗群9600个: a verb goes on to what is listed with its object."""
    one = scene.before[-1] if scene.before else None
    listed = one and one.unit == scene.figure.unit and scene.reader.grammar.listed(scene.reader.text, one.head[1])
    return one.penalty if one and listed else ""


def of_whole(scene: Scene) -> str:
    """A part without a verb of its own had done to it what was done to the whole, or to the part before it, whose verb it shares."""
    figure, before = scene.figure, scene.before
    if figure.relation != "of":
        return ""
    if before and figure.target and before[-1].target is figure.target and scene.reader.grammar.gapped(scene.reader.text, figure):
        return scene.fitting(before[-1].penalty)
    return scene.fitting(scene.figure.target.penalty) if scene.figure.target else ""


def of_verb_before(scene: Scene) -> str:
    """ "Removed 300 posts, 20 videos and 5 pages": the verb before the figures goes on."""
    if not scene.before or not scene.before[-1].penalty or scene.reader.grammar.acts(scene.reader.text, scene.figure):
        return ""
    begin = scene.reader.grammar.inner(scene.reader.text, scene.sentence.start, scene.figure.start)
    if begin > scene.before[-1].start:
        return ""
    if "；" in scene.reader.text[scene.before[-1].head[1] : scene.figure.start]:
        alike = next((f for f in reversed(scene.before) if f.unit == scene.figure.unit), None)
        if alike:  # 处理商品2500件，冻结账号560个；代刷的商品600件
            return alike.penalty
    left = scene.mentions.beginning("penalty", scene.sentence.start, scene.figure.start)
    return _said(scene, left[-1]) if left else scene.fitting(scene.before[-1].penalty)


def of_sentence(scene: Scene) -> str:
    """Any word for a penalty in the sentence, or in what opens it, that can govern the figure."""
    if scene.reader.grammar.acts(scene.reader.text, scene.figure):
        return ""
    for span in ((scene.sentence.start, scene.sentence.end), *reversed(scene.sentence.openings)):
        if near := scene.governing(span):
            return _said(scene, near)
    return ""


def _said(scene: Scene, verb: Mention) -> str:
    """What a verb further off says: that it was asked for, where it was."""
    concepts, reader = scene.concepts, scene.reader
    return min(concepts.asking) if reader.grammar.asked_of(reader.text, scene.figure, verb) else scene.fitting(verb.code)


def of_sentence_before(scene: Scene) -> str:
    """For a part, an item of a list, or words that point back: what the sentence before said was done."""
    reader, figure = scene.reader, scene.figure
    if figure.target in scene.before:  # the whole would have had it too
        return ""
    points = figure.relation or scene.sentence.openings or figure.bracketed
    if not points and not _told_again(scene) and not (figure.elided and reader.grammar.refers_back(reader.text, scene.sentence)):
        return ""
    return _done_before(scene)


def of_likewise(scene: Scene) -> str:
    """ "Nine others met the same fate", "so have 57 pages": what was done to those before."""
    return _done_before(scene) if scene.reader.grammar.likewise(scene.reader.text, scene.figure) else ""


def _done_before(scene: Scene) -> str:
    """What the sentence before says was done, or what befell the last figure."""
    last = scene.reader.found[-1].penalty if scene.reader.found else ""
    return scene.fitting(scene.reader.action or last)


def _told_again(scene: Scene) -> bool:
    """ "It closed accounts. The figure was 300 accounts.": words that point back to what the sentence before names, if it names any."""
    reader, figure = scene.reader, scene.figure
    if not reader.before or not reader.grammar.points_back(reader.text, figure):
        return False
    named = {noun.code for noun in reader.mentions.within("unit", *reader.before)}
    return not named or not reader.grammar.lexicon.spaced or not named.isdisjoint(reader.concepts.ancestors("unit", figure.unit))


def of_kind(scene: Scene) -> str:
    """ "Second came India, with 358,000 videos": what was done to the last ones of the kind, where nothing else is said to be done."""
    reader, figure = scene.reader, scene.figure
    last = reader.found[-1] if reader.found else None
    if not last or last.unit != figure.unit or not reader.before or last.start < reader.before[0]:
        return ""
    on = figure.elided and reader.grammar.counts_on(reader.text, reader.mentions, last, figure) is not None
    if figure.elided and not figure.codes["platform"] and not on:
        return ""  # "X had 30" goes on with what was done, "nearly 4,000 posed as banks" with whom it was done to
    return last.penalty if not scene.mentions.beginning("penalty", scene.sentence.start, scene.sentence.end) else ""


def of_told_before(scene: Scene) -> str:
    """ "The list of 472 websites …": what the text said was done to as many of the kind, where their number tells them from others."""
    figure = scene.figure
    tells = not figure.elided and figure.value and figure.value > _FEW and figure.value % 100
    same = restated(scene.reader, figure) if tells else None
    return same.penalty if same else ""


def found_out(scene: Scene) -> str:
    """The umbrella, for things that are said to be of a kind or to offend, where nobody says what was done to them."""
    concepts = scene.concepts
    told = any(scene.figure.codes[kind] for kind in CODES)
    return concepts.umbrella if told and concepts.is_thing(scene.figure.unit) else ""


def of_drive(reader: Reader, one: Candidate, other: Candidate) -> list[str]:
    """The offences that the drive which ``one`` tells of was against: not the wide one that content is called, 违法不良信息126万条."""
    called = called_so(reader, one) if reader.concepts.is_thing(other.unit) else set()
    return list(one.codes["violation"]) if not called.issuperset(one.codes["violation"]) else []


def called_so(reader: Reader, figure: Candidate) -> set[str]:
    """The wide offences that only the noun which a figure counts is called by."""
    nouns = reader.mentions.within("violation", figure.head[0] - _NAME, figure.head[1])
    wide = (noun for noun in nouns if (noun.kind, noun.code) in reader.concepts.wide)
    return {noun.code for noun in wide if noun.end > figure.head[0] and noun.end in (figure.words[0], figure.head[1])}


def beside(here: Sequence[Candidate], index: int) -> Candidate | None:
    """The figure before one, or its whole where it is but a part: of "54 suspects (11 of them streamers), 18 arrested" the 54."""
    last = here[index - 1] if index else None
    whole = last.target if last and last.relation == "of" and here[index].relation != "of" else None
    return whole if whole in here[:index] else last


def listed_back(reader: Reader, here: Sequence[Candidate], index: int) -> bool:
    """相关短视频2.7万条、评论数十万条: words that point back go on to what is listed with their noun."""
    while index and reader.grammar.listed(reader.text, here[index - 1].head[1]):
        index -= 1
        if reader.grammar.points_back(reader.text, here[index]):
            return True
    return False


def borne(reader: Reader, figure: Candidate) -> list[str]:
    """The kinds that a figure's clause names, without whom others there pose as: "9 posts over fraud and fake monks" are no monks.

    Accounts are of all that their clause names; other things of what stands right beside them, and of widest kinds.
    """
    codes, concepts = figure.codes["account-type"], reader.concepts
    if not codes or not reader.grammar.lexicon.spaced or figure.unit == concepts.bearer or not concepts.is_thing(figure.unit):
        return codes
    near = reader.mentions.beginning("account-type", figure.head[0], figure.head[1] + _BESIDE)
    beside = {kind.code for kind in near if not JOINT.search(reader.text, figure.head[1], kind.start)}
    return [code for code in codes if code in beside or ("account-type", code) not in concepts.broader]
