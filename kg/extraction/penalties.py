"""What was done to the things that a figure counts: one rule after the other, the first that answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.extraction.grammar import CODES, Candidate, Reader
from kg.extraction.lexicon import Concepts
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention, Sentence, Span


class Scene(NamedTuple):
    """A figure in its sentence: ``own`` is the stretch of its clause, ``before`` the sentence's figures before it."""

    reader: Reader
    sentence: Sentence
    figure: Candidate
    own: Span
    before: Sequence[Candidate]

    @property
    def concepts(self) -> Concepts:
        """What the ontology says."""
        return self.reader.concepts

    @property
    def mentions(self) -> Mentions:
        """The labels found in the text."""
        return self.reader.mentions

    def governing(self, span: Span) -> Mention | None:
        """The word for a penalty that governs the figure in ``span``."""
        begin = self.reader.grammar.inner(self.reader.text, span[0], min(span[1], self.figure.start))
        return self.reader.grammar.governing(self.reader.text, self.mentions.beginning("penalty", begin, span[1]), self.figure)

    def fitting(self, code: str) -> str:
        """What the word for a penalty means when it is done to what the figure counts."""
        return self.concepts.fitting(code, self.figure.unit)


def penalty(scene: Scene) -> str:
    """The code of what was done; '' where nothing in reach says that anything was."""
    rules = (
        _compared,
        _named_in,
        _parted,
        _governed,
        _restated,
        _of_listed,
        _of_whole,
        _of_verb_before,
        _of_sentence,
        _of_sentence_before,
        _of_kind,
        _found,
    )
    return next((code for rule in rules if (code := rule(scene))), "")


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
    entries = scene.reader.grammar.lexicon.entries
    for words in scene.reader.grammar.around(scene.reader.text, scene.figure, _verb_before(scene)):
        for kind, code in entries.get(words) or entries.get(words.removesuffix("s")) or ():
            if kind == "penalty":
                return scene.fitting(code)
    return _of_coordinated(scene)


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


def _verb_before(scene: Scene) -> str:
    """The words for a penalty that stand right before the figure, '' for none."""
    start = scene.figure.head[0]
    near = [p for p in scene.mentions.beginning("penalty", start - 40, start) if start - 1 <= p.end <= start]
    return scene.reader.text[near[-1].start : near[-1].end] if near else ""


def _governed(scene: Scene) -> str:
    """What the clause's own verb says; of requests and complaints always that they were made."""
    reader, figure, concepts = scene.reader, scene.figure, scene.concepts
    found = scene.governing(scene.own)
    units = concepts.ancestors("unit", figure.unit)
    if implied := next((concepts.implied[unit] for unit in units if unit in concepts.implied), ""):
        told = found and (_told(concepts, found, figure, implied) or reader.grammar.undergoes(reader.text, figure, found))
        whole = figure.target.penalty if figure.target and figure.relation == "of" else ""
        return scene.fitting(found.code) if found and told else whole or implied
    if found and found.code == concepts.umbrella and (said := _of_words(scene)):
        return said
    if (
        found
        and found.code == concepts.umbrella
        and figure.relation == "of"
        and concepts.umbrella in concepts.ancestors("penalty", _of_whole(scene))[1:]
    ):
        return _of_whole(scene)  # "of the 1,000 posts removed, 700 were found on X"
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
    if found.code == concepts.umbrella:
        return bool(figure.relation) or figure.start - 1 <= found.end <= figure.start
    passed_on = found.code not in concepts.suits and found.code not in concepts.asking
    beside = found.start >= figure.head[1] or (figure.elided and figure.start - 1 <= found.end <= figure.start)  # 其中转交警方210件
    return passed_on and bool(figure.relation) and beside


def _restated(scene: Scene) -> str:
    """ "These 36 apps": what was said to be done to 36 of the kind before."""
    told = scene.figure.value and scene.reader.grammar.points_back(scene.reader.text, scene.figure)
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


def _of_listed(scene: Scene) -> str:
    """解散赌博群1.7万个、诈骗群9600个: a verb goes on to what is listed with its object."""
    one = scene.before[-1] if scene.before else None
    listed = one and one.unit == scene.figure.unit and scene.reader.grammar.listed(scene.reader.text, one.head[1])
    return one.penalty if one and listed else ""


def _of_whole(scene: Scene) -> str:
    """A part without a verb of its own had done to it what was done to the whole, or to the part before it, whose verb it shares."""
    figure, before = scene.figure, scene.before
    if figure.relation != "of":
        return ""
    if before and figure.target and before[-1].target is figure.target and scene.reader.grammar.gapped(scene.reader.text, figure):
        return scene.fitting(before[-1].penalty)
    return scene.fitting(scene.figure.target.penalty) if scene.figure.target else ""


def _of_verb_before(scene: Scene) -> str:
    """ "Removed 300 posts, 20 videos and 5 pages": the verb before the figures goes on."""
    if not scene.before or not scene.before[-1].penalty or scene.reader.grammar.acts(scene.reader.text, scene.figure):
        return ""
    begin = scene.reader.grammar.inner(scene.reader.text, scene.sentence.start, scene.figure.start)
    if begin > scene.before[-1].start:
        return ""
    left = scene.mentions.beginning("penalty", scene.sentence.start, scene.figure.start)
    return scene.fitting(left[-1].code) if left else scene.before[-1].penalty


def _of_sentence(scene: Scene) -> str:
    """Any word for a penalty in the sentence, or in what opens it, that can govern the figure."""
    if scene.reader.grammar.acts(scene.reader.text, scene.figure):
        return ""
    for span in ((scene.sentence.start, scene.sentence.end), *reversed(scene.sentence.openings)):
        if near := scene.governing(span):
            return scene.fitting(near.code)
    return ""


def _of_sentence_before(scene: Scene) -> str:
    """For a part, an item of a list, or words that point back: what the sentence before said was done."""
    reader, figure = scene.reader, scene.figure
    if figure.target in scene.before:  # the whole would have had it too
        return ""
    points = figure.relation or scene.sentence.openings or figure.bracketed
    if not points and not _told_again(scene) and not (figure.elided and reader.grammar.refers_back(reader.text, scene.sentence)):
        return ""
    if reader.action:
        return scene.fitting(reader.action)
    return reader.found[-1].penalty if reader.found else ""


def _told_again(scene: Scene) -> bool:
    """ "It closed accounts. The figure was 300 accounts.": words that point back to what the sentence before names, if it names any."""
    reader, figure = scene.reader, scene.figure
    if not reader.before or not reader.grammar.points_back(reader.text, figure):
        return False
    named = {noun.code for noun in reader.mentions.within("unit", *reader.before)}
    return not named or not reader.grammar.lexicon.spaced or not named.isdisjoint(reader.concepts.ancestors("unit", figure.unit))


def _of_kind(scene: Scene) -> str:
    """ "Second came India, with 358,000 videos": what was done to the last ones of the kind, where nothing else is said to be done."""
    reader, figure = scene.reader, scene.figure
    last = reader.found[-1] if reader.found else None
    if not last or last.unit != figure.unit or figure.elided or not reader.before or last.start < reader.before[0]:
        return ""
    return last.penalty if not scene.mentions.beginning("penalty", scene.sentence.start, scene.sentence.end) else ""


def _found(scene: Scene) -> str:
    """The umbrella, for things that are said to be of a kind or to offend, where nobody says what was done to them."""
    concepts = scene.concepts
    suits = concepts.suits[concepts.umbrella] & set(concepts.ancestors("unit", scene.figure.unit))
    return concepts.umbrella if suits and any(scene.figure.codes[kind] for kind in CODES) else ""
