"""Which figures are parts of which, and which come on top of which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import accumulate, pairwise, takewhile

from kg.extraction.answers import answered
from kg.extraction.candidate import Candidate
from kg.extraction.grammar import Reader
from kg.extraction.model import Sentence
from kg.extraction.wholes import named
from kg.figures import LARGEST

# How many figures back a figure's words can point; none was seen to reach so far.
REACH = 60
_CHANCE = 2  # numbers that may come to a third by chance
_LINE = 24  # characters of a line that holds but a reason and its number
_CLOSED = re.compile("[)）]")


def find_wholes(reader: Reader, here: list[Candidate]) -> None:
    """ "8,000 of the 67,000": the whole stands behind its part."""
    for part, whole in pairwise(here):
        if reader.grammar.part_of(reader.text, part.head[1], whole.start):
            part.relation, part.target = "of", whole


def relate(reader: Reader, sentence: Sentence, here: list[Candidate], at: int | None) -> None:
    """Which figures are parts of which, and which come on top of which; ``at``: from where the sentence tells of parts."""
    parts = here[1:] if len(here) > 1 and reader.grammar.parts_end(reader.text, here[-1].head[1]) else []
    bare = [figure for figure in here if figure.elided and not figure.relation and reader.concepts.is_asked(figure.unit)]
    parts = [*parts, *answered(reader, here, bare)] if bare else parts
    _list_parts(reader, sentence, here)
    for figure in [*parts, *(here[:1] if _shares_out(reader, sentence, here[0]) else [])]:
        figure.relation = figure.relation or "of"
    related = at is not None or any(figure.relation or figure.bracketed for figure in here)
    roots = _roots(reader, sentence) if related else []
    for index, figure in enumerate(here):
        if at is not None and not figure.relation and _begun_anew(reader, at, figure):
            continue
        if whole := _named_before(reader, here[:index], figure, at):
            figure.relation, figure.target = "of", whole
        apart = figure.bracketed and at is None and (_set_against(reader, figure) or _counts_subjects(reader, sentence, here))
        part = (figure.bracketed and not apart) or _among_parts(reader.text, sentence, at, figure)
        if figure.relation != "besides" and not figure.target and part:
            figure.relation = "of"
        if figure.relation and not figure.target:
            near = [*roots, *_earlier(reader, sentence, at, here[:index])]
            alike = named(reader, sentence, figure, near) if figure.relation == "of" else []
            other = figure.elided and figure.relation == "of" and not (figure.bracketed and at is not None)
            near = alike or ([] if other and _names_other(reader, sentence, figure, near) else near)
            figure.target = _target(reader, figure, _of_kind(reader, figure, near))
            if figure.relation == "of" and _ended(reader, at, figure, here[:index]):
                figure.target = None
        if figure.target is None:
            figure.relation = ""
    if len(here) > _CHANCE and not reader.grammar.mixed:
        _share_out(reader, here)


def _share_out(reader: Reader, here: list[Candidate]) -> None:
    """Bare numbers that add up to the one before them, or tell what each platform had of it, are its parts: 脸书删帖900条，其后…."""
    for at, whole in enumerate(here[:-2]):
        bare = list(takewhile(partial(_bare, whole.unit), here[at + 1 :]))
        sums = list(accumulate(part.value or LARGEST for part in bare))
        count = sums.index(whole.value) + 1 if whole.value in sums else 0
        count = count if count > _CHANCE else _of_platforms(reader, whole, bare, sums)
        for part in bare[:count] if not whole.relation else ():
            part.relation, part.target = "of", whole


def _bare(unit: str, figure: Candidate) -> bool:
    return figure.elided and not figure.relation and figure.unit == unit


def _of_platforms(reader: Reader, whole: Candidate, bare: Sequence[Candidate], sums: Sequence[int]) -> int:
    """How many bare numbers stand right behind a platform's name and come to no more than their whole, which no platform alone has."""
    named = [any(name.end == part.start for name in reader.mentions.within("platform", part.start - 12, part.start)) for part in bare]
    if not all(named) or reader.mentions.within("platform", whole.sentence[0] or whole.start - 40, whole.start):
        return 0
    return len(bare) if len(bare) > 1 and sums[-1] <= (whole.value or 0) else 0


def _shares_out(reader: Reader, sentence: Sentence, figure: Candidate) -> bool:
    """Whether a bare number tells how many of those in the sentence before a platform had, or one reason: "X had 30.", "恶意营销 12741"."""
    last = reader.found[-1] if reader.found and figure.elided and not figure.told else None
    if (
        not last
        or last.sentence != reader.before
        or reader.grammar.likewise(reader.text, figure)
        or reader.mentions.beginning("penalty", sentence.start, sentence.end)
    ):
        return False
    line = reader.text[sentence.start : sentence.end].strip()
    return bool(reader.mentions.within("platform", sentence.start, sentence.end)) or (len(line) <= _LINE and line[-1:].isdigit())


def _of_kind(reader: Reader, figure: Candidate, near: list[Candidate]) -> list[Candidate]:
    """Those that a part with a noun of its own can be of, where a language does not mix kinds."""
    if figure.elided or reader.grammar.mixed or figure.relation == "besides":
        return near
    return [root for root in near if reader.concepts.widest(root.unit) == reader.concepts.widest(figure.unit)]


def _names_other(reader: Reader, sentence: Sentence, figure: Candidate, near: Sequence[Candidate]) -> bool:
    """Whether the words for a part's whole name what no figure counts: "of the adverts deleted" behind complaints alone."""
    spans = reader.grammar.wholes(reader.text, sentence, figure)
    units = {reader.concepts.widest(noun.code) for span in spans for noun in reader.mentions.within("unit", *span)}
    return bool(units) and units.isdisjoint(reader.concepts.widest(root.unit) for root in near)


def _named_before(reader: Reader, before: Sequence[Candidate], figure: Candidate, at: int | None) -> Candidate | None:
    """The whole that a list, the words right behind the figure before, or that figure being a part itself point to."""
    if not before:
        return None
    last = before[-1]
    if figure.elided and not figure.target and (whole := _listed(reader.text, before, figure)):
        return whole
    fits = not figure.target and last.unit == figure.unit and (last.value or 0) >= (figure.value or 0)
    if at is not None and fits and reader.grammar.parts_begin(reader.text, last.head[1], figure.start) is not None:
        return last  # 受理17万件，其中来自小程序的4万件
    return last.target if _goes_on(last, figure) else None


def _ended(reader: Reader, at: int | None, figure: Candidate, before: Sequence[Candidate]) -> bool:
    """Whether a semicolon or a new verb has ended the parts that begin at ``at``, the figure's whole being none of theirs."""
    if at is None or figure.target is None:
        return False
    if any(at < other.start and not other.relation for other in before):
        return True
    named = any(whole.start < at for whole in before)  # the parts are those of a figure in their own sentence
    if figure.target.unit == figure.unit and (not named or figure.target.start >= before[0].start):
        return False
    spaced = reader.grammar.lexicon.spaced
    since = at if spaced else max([figure.start if at > f.start else f.head[1] for f in before[-1:]], default=figure.start)
    verbs = reader.mentions.within("penalty", since, figure.start)
    ended = any(not spaced or verb.end >= figure.start - 1 for verb in verbs)
    return ended or bool(re.search("[;；]|[，,]另", reader.text[at : figure.start]))


def _begun_anew(reader: Reader, at: int, figure: Candidate) -> bool:
    """Whether a semicolon stands between parts without a verb and a clause with one: 其中杭州29家；对31家予以警告."""
    text, stop = reader.text, re.search("[;；]", reader.text[at : figure.start])
    if reader.grammar.lexicon.spaced or not stop or reader.mentions.beginning("penalty", at, at + stop.start()):
        return False
    begin = max(text.rfind(mark, at, figure.start) for mark in ";；")
    if reader.grammar.parts_begin(text, begin, figure.start) is not None:
        return False  # it has parts of its own
    ends = re.search("[，,；;。\\n]", text[figure.head[1] : figure.head[1] + 40])
    return bool(reader.mentions.beginning("penalty", begin, figure.head[1] + (ends.start() if ends else 40)))


def _among_parts(text: str, sentence: Sentence, at: int | None, figure: Candidate) -> bool:
    """Whether a figure stands among the parts that begin at ``at``: not where they do so in brackets that are closed before it."""
    if at is None or figure.start < at:
        return False
    opened = max(text.rfind(mark, sentence.start, at) for mark in "(（")
    return opened < 0 or bool(_CLOSED.search(text, opened, at)) or not _CLOSED.search(text, at, figure.start)


def _roots(reader: Reader, sentence: Sentence) -> list[Candidate]:
    """The figures before a sentence that its own can be parts of; where it says whose, only those."""
    near = [f for f in reader.found[-REACH:] if not _compared(reader, f)]
    who = reader.grammar.spoken_of(reader.text, sentence)
    theirs = [f for f in near if who and who in reader.text[slice(*f.clause)]]
    since = reader.before[0] if reader.before else 0  # of what came on top further parts are told at once, or not at all
    return theirs or [f for f in near if not f.part and (f.relation != "besides" or f.start >= since or f.target is None)]


def _earlier(reader: Reader, sentence: Sentence, at: int | None, before: Sequence[Candidate]) -> list[Candidate]:
    """The figures before one in its sentence that it can be a part of."""
    found = [figure for figure in before if figure.relation != "of" and not _compared(reader, figure)]
    return [figure for figure in found if not _among_parts(reader.text, sentence, at, figure)]


def _compared(reader: Reader, figure: Candidate) -> bool:
    """Whether a figure is only what another one is compared with: nothing is a part of it."""
    alone = figure.elided and reader.grammar.compares(reader.text, figure)
    return alone or (figure.sentence[1] > 0 and reader.grammar.contrasted(reader.text, figure))


def _counts_subjects(reader: Reader, sentence: Sentence, here: Sequence[Candidate]) -> bool:
    """Whether brackets only count what the sentence tells of: "fake accounts of ministries (54) and banks (28) were closed"."""
    verbs = reader.mentions.beginning("penalty", here[-1].head[1], sentence.end) if here[0].bracketed else []
    return bool(verbs) and reader.grammar.lexicon.spaced


def _set_against(reader: Reader, figure: Candidate) -> bool:
    """Whether the brackets tell what something else came to: "more in June (41,200) than in May (38,900)"."""
    return reader.grammar.lexicon.spaced and reader.grammar.compares(reader.text, figure)


def _listed(text: str, before: Sequence[Candidate], part: Candidate) -> Candidate | None:
    """The figure whose items a colon or a bracket right behind it lists: "900 accounts: 500 in Spain …", 账号900个（造谣500个）."""
    for whole in before:
        between = text[whole.head[1] : part.start]
        colon = whole is before[0] and (":" in between or "：" in between)
        bracket = between.lstrip().startswith(("(", "（")) and not re.search("[)）]", between)
        if (colon or bracket) and (whole.value or 0) >= (part.value or 0) and part.unit == whole.unit:
            return whole
    return None


def _goes_on(one: Candidate, other: Candidate) -> bool:
    """Whether a figure without a noun is a part beside the one before it: "588 of these orders came from Germany and 341 from France"."""
    whole = one.target
    known = whole and (whole.start < one.start or whole.elided)  # "twelve of the 17 were warned, and four were fined"
    fits = known and whole and one.relation == "of" and whole.start < other.start and (whole.value or 0) >= (other.value or 0)
    return bool(fits and other.elided and not other.relation and not other.bracketed)


def _list_parts(reader: Reader, sentence: Sentence, here: list[Candidate]) -> None:
    """The items of a list are parts of the figure in its heading, where they can be."""
    if not sentence.openings:
        return
    start, end = sentence.openings[0]
    first = end - len(reader.text[start:end].lstrip())
    line = reader.text.rfind("\n", 0, first) + 1  # a total of other lines is not what the list goes through
    if not any(line <= figure.start < end for figure in reader.found[-REACH:]):
        return
    roots = _roots(reader, sentence)
    wholes = [f for f in roots if start <= f.start < end]
    up_to = not wholes and reader.text[start:end].rstrip().endswith((":", "："))
    if up_to:
        near = reader.found[-REACH:] if not reader.grammar.mixed else roots
        wholes = [f for f in near if line <= f.start < start]
    for figure in here if up_to and not reader.grammar.mixed else here[:1]:
        alike = [f for f in wholes if f.unit == figure.unit] if up_to else wholes
        alike = named(reader, sentence, figure, alike) or alike
        if alike and alike[-1].unit == figure.unit and (figure.value or 0) <= (alike[-1].value or 0):
            figure.relation, figure.target = "of", alike[-1]


def _target(reader: Reader, figure: Candidate, roots: Sequence[Candidate]) -> Candidate | None:
    """The nearest figure before it of the same unit that can hold it, or, for further ones, another that they add to."""
    kind, grammar, text = reader.concepts.widest, reader.grammar, reader.text
    if figure.relation == "besides":
        fits = [root for root in roots if root.value is None or root.value != figure.value]
        alike = [root for root in fits if root.unit == figure.unit] or [root for root in fits if kind(root.unit) == kind(figure.unit)]
        alike = alike or ([root for root in fits if grammar.holders(text, figure, root, reader.concepts.bearer)] if fits else [])
    elif grammar.entire(text, figure):
        alike = [root for root in roots if root.value == figure.value]
    else:
        fits = [root for root in roots if root.value is None or figure.value is None or root.value > figure.value]
        alike = [root for root in fits if root.unit == figure.unit] or fits
    return alike[-1] if alike else None
