"""Attachment: which unit, action, account types and violations a clause ties to a figure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from heapq import merge
from itertools import pairwise
from operator import itemgetter

from kg.extraction.candidate import Candidate
from kg.extraction.grammar import CODES, Grammar, Reader
from kg.extraction.inheriting import JOINT, beside, borne, called_so, listed_back, of_drive, restated
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention, Sentence, Span
from kg.extraction.penalties import penalty
from kg.extraction.regions import groups, own_span, reason_before, regions
from kg.extraction.relations import REACH, find_wholes, relate
from kg.extraction.rows import parted, uncaptioned
from kg.extraction.scene import Scene
from kg.extraction.tables import figures
from kg.extraction.units import unit
from kg.extraction.unsaid import with_unsaid
from kg.figures import LARGEST

_NEAR = 8  # figures: how far back in a sentence the one is that another is told with


def attach(text: str, grammar: Grammar, mentions: Mentions) -> list[Candidate]:
    """The figures of ``text`` with unit, penalty, codes and relation, in order."""
    prose, tables = parted(text)
    candidates = grammar.candidates(uncaptioned(prose) if tables else text, mentions)
    reader = Reader(text, grammar, mentions.without(_asides(text, grammar, candidates), (*CODES, "penalty")), [])
    cells = (cell for lines in tables for cell in figures(text, lines, grammar, mentions))
    sentences = _told(_trimmed(prose, grammar.sentences(prose)) if tables else grammar.sentences(text), candidates)
    for sentence, here in merge(sentences, cells, key=itemgetter(0)) if tables else sentences:
        for figure in here:
            figure.value = figure.value and min(figure.value, LARGEST + 1)  # what is above it no document holds
        for stretch, some in _pieces(sentence, here) if here else ():
            reader.found += list(_sentence(reader, stretch, some))
        _remember(reader, sentence)
    return with_unsaid(reader)


def _pieces(sentence: Sentence, here: list[Candidate]) -> Iterator[tuple[Sentence, list[Candidate]]]:
    """A sentence in stretches of so many figures as a figure's words can reach over, those behind the first with its lead as opening."""
    if len(here) <= REACH:
        yield sentence, here
        return
    starts = [sentence.start, *(here[index].start for index in range(REACH, len(here), REACH))]
    lead = (sentence.start, here[0].start)
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], sentence.end], strict=True)):
        openings = (lead, *sentence.openings) if number else sentence.openings
        yield sentence._replace(start=start, end=end, openings=openings), here[number * REACH : (number + 1) * REACH]


def _trimmed(prose: str, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Sentences without the empty lines around them, where tables stand."""
    for sentence in sentences:
        words = prose[sentence.start : sentence.end]
        yield sentence._replace(start=sentence.end - len(words.lstrip("\n")), end=sentence.start + len(words.rstrip("\n")))


def _told(sentences: Iterable[Sentence], candidates: Sequence[Candidate]) -> Iterator[tuple[Sentence, list[Candidate]]]:
    """The sentences in order, each with the candidates in it."""
    starts, first = [candidate.start for candidate in candidates], 0
    for sentence in sentences:
        at = bisect_left(starts, sentence.end, first)
        yield sentence, list(candidates[first:at])
        first = at


def _asides(text: str, grammar: Grammar, candidates: Sequence[Candidate]) -> list[Span]:
    """The clauses that speak of a noun before a sentence's first figure: no figure's own."""
    starts = [candidate.start for candidate in candidates]
    found = []
    for start, end in grammar.asides(text):
        at = bisect_left(starts, start)
        begin = max(text.rfind(". ", 0, start), text.rfind("\n", 0, start))
        if (at == 0 or starts[at - 1] < begin) and (at < len(starts) and starts[at] >= end):
            found.append((start, end))
    return found


def _remember(reader: Reader, sentence: Sentence) -> None:
    said = reader.mentions.within("penalty", sentence.start, sentence.end)
    reader.before = (sentence.start, sentence.end)
    reader.action = said[-1].code if said else reader.action if sentence.openings else ""


def _sentence(reader: Reader, sentence: Sentence, here: list[Candidate]) -> Iterator[Candidate]:
    find_wholes(reader, here)
    for figure, dealt in zip(here, _dealt(reader, sentence, here, ("unit",)).get("unit", ()), strict=False):
        figure.unit = figure.unit or dealt
    here = [figure for figure in here if unit(reader, sentence, here, figure)]
    for one, other in pairwise(here):
        if one.elided and not other.elided and reader.grammar.same_item(reader.text, reader.mentions, one, other):
            other.unit, other.elided = one.unit, True
    if not here:
        return
    shares = reader.grammar.parts_begin(reader.text, sentence.start, sentence.end)
    relate(reader, sentence, here, shares)
    _tie(reader, sentence, here, shares)
    stated = True
    for figure in here:
        stated = bool(figure.penalty) and (stated or not figure.elided)  # "1 billion members, of whom 230 million"
        if stated:
            yield figure
        elif not figure.elided:
            reader.unsaid.append(figure)


def _tie(reader: Reader, sentence: Sentence, here: list[Candidate], shares: int | None) -> None:
    """Penalty and codes of each figure of one sentence; ``shares``: from where it tells of parts."""
    text, grammar = reader.text, reader.grammar
    whole = Sentence(*grammar.clause(text, sentence, here))
    cut = regions(whole, here, lambda end, start: grammar.cut(text, reader.mentions, end, start), partial(grammar.opens, text))
    own = shares is not None and not grammar.mixed and cut.shared[0] <= shares <= here[0].start
    common = (cut.shared[0], min(shares, cut.shared[1])) if own and shares else cut.shared  # what follows is the first part's own
    dealt = _dealt(reader, sentence, here, (*CODES, "penalty"))
    heads = [span for span in sentence.openings if grammar.heads(text, span)] + ([sentence.title] if sentence.title else [])
    named = {kind for kind in (*CODES, "platform") if reader.mentions.beginning(kind, whole.start, whole.end)}
    above = {kind: _codes(reader, kind, heads) for kind in (*CODES, "platform", "authority")} if heads else {}
    authorities = _codes(reader, "authority", [(sentence.start, sentence.end)]) or above.get("authority")
    authorities = authorities or reader.mentions.last("authority", sentence.start)
    joined = groups([only and not here[i].relation and not here[i - 1].target for i, only in enumerate(cut.joined)])
    for index, figure in enumerate(here):
        members = joined[index]
        span = own_span(here, index, cut.own, members)
        figure.sentence = figure.clause = (sentence.start, sentence.end)
        stretches = [(whole.start, whole.end)]
        if len(here) > 1:
            lead = grammar.shared(text, common if index else cut.shared, span)
            figure.clause, stretches = span, [lead, _with_brackets(reader, here, index, span)]
        reasons = reason_before(text, figure, cut.own, index) or stretches
        others = [here[i].head for i in members if i != index and not here[i].elided and not (figure.elided and i > index)]
        reasons = [part for reason in reasons for part in _without(reason, others)] if others else reasons
        if index < members[-1] and "account-type" in named and reader.mentions.beginning("account-type", *figure.head):
            reasons = [(start, min(end, here[index + 1].start)) for start, end in reasons]  # "12 fake bank accounts and 9 that …"
        figure.codes = {kind: _codes(reader, kind, reasons) if kind in named else [] for kind in CODES}
        figure.codes["account-type"] = borne(reader, figure)
        figure.codes |= {kind: [codes[index]] for kind, codes in dealt.items() if kind in CODES}
        if not any(figure.codes.values()):
            figure.codes = _from_around(reader, sentence, here, index)
        figure.codes = {kind: codes or list(above.get(kind, ())) for kind, codes in figure.codes.items()}
        if figure.relation == "of" and figure.target and figure.target.start < figure.start:
            told = figure.bracketed and reader.mentions.beginning("violation", figure.target.head[1], figure.start)  # "spam (9), other (8)"
            listed = figure.codes["violation"] and sentence.openings and not grammar.mixed
            _inherit(reader, figure, figure.target, CODES[:1] if told or listed else CODES)
        elif (other := beside(here, index)) and grammar.headless(text, figure) and figure.unit == other.unit:
            figure.codes["account-type"] = figure.codes["account-type"] or other.codes["account-type"]
        figure.codes["platform"] = (_codes(reader, "platform", stretches) if "platform" in named else []) or list(above.get("platform", ()))
        figure.codes["authority"] = list(authorities)
        scene = Scene(reader, sentence, figure, figure.clause, here[:index])
        figure.penalty = scene.fitting(dealt["penalty"][index]) if "penalty" in dealt else penalty(scene)
        if len(members) > 1 and index == members[-1]:
            _respectively(reader, [here[i] for i in members], figure.clause[1])


def _respectively(reader: Reader, members: Sequence[Candidate], stop: int) -> None:
    """ "6 websites and 11 apps were fined and removed, respectively": one action for each of coordinated figures."""
    begin = reader.grammar.respectively(reader.text, members[-1].head[1], stop)
    said = reader.mentions.beginning("penalty", begin, stop) if begin else []
    done = [p.code for i, p in enumerate(said) if p.code != reader.concepts.umbrella and (not i or p.start >= said[i - 1].end)]
    for figure, code in zip(members, done, strict=True) if len(done) == len(members) else ():
        figure.penalty = reader.concepts.fitting(code, figure.unit)


def _dealt(reader: Reader, sentence: Sentence, here: Sequence[Candidate], kinds: Sequence[str]) -> dict[str, list[str]]:
    """What a sentence deals out in order, a code a figure: "accounts muted and closed numbered 300 and 20, respectively"."""
    if len(here) < 2 or not reader.grammar.respective(reader.text, sentence.start, sentence.end):
        return {}
    said = {kind: reader.mentions.within(kind, sentence.start, sentence.end) for kind in kinds}
    dealt = {kind: [m.code for m in found] for kind, found in said.items() if _listed(reader.text, found)}
    return {kind: codes for kind, codes in dealt.items() if len(codes) == len(here) == len(set(codes))}


def _listed(text: str, found: Sequence[Mention]) -> bool:
    """Whether mentions are told as a list: "spreading rumours and selling fakes", not "misused AI to pose as stars"."""
    return all(JOINT.search(text, one.end, other.start) for one, other in pairwise(found))


def _codes(reader: Reader, kind: str, stretches: Sequence[Span]) -> list[str]:
    """The codes in some stretches of text, each once, without those that a narrower one there says better."""
    codes = [m.code for start, end in stretches for m in reader.mentions.beginning(kind, start, end) if m.end <= end]
    if len(codes) < 2:
        return codes
    wider = {above for code in codes for above in reader.concepts.ancestors(kind, code)[1:]}
    return list(dict.fromkeys(code for code in codes if code not in wider))


def _from_around(reader: Reader, sentence: Sentence, here: Sequence[Candidate], index: int) -> dict[str, list[str]]:
    """Codes for a figure that has none of its own: from before the first figure, from the figure that it is compared with,
    or, where its words point back ("300 such posts"), from the sentence before."""
    if here[index].bracketed:
        return {kind: [] for kind in CODES}
    elided, back = here[index].elided, reader.grammar.points_back(reader.text, here[index])
    alike = (other for other in reversed(here[max(0, index - _NEAR) : index]) if reader.grammar.shares(reader.text, other, here[index]))
    other = beside(here, index) if elided and here[index].relation != "of" else next(alike, None)
    if other and other.target is not here[index]:
        grammar, text = reader.grammar, reader.text  # what only the other is called: "40 gambling sites and 3 apps"
        called = [] if grammar.compares(text, here[index]) or grammar.gapped(text, here[index]) else [other.head]
        called += [of.span() for of in [grammar.of_kind.match(text, other.head[1])] if called and of]
        own = {kind: {*_codes(reader, kind, called), *(() if elided or back else called_so(reader, other))} for kind in CODES}
        return {kind: [c for c in other.codes[kind] if c not in own[kind]] for kind in CODES}
    if index and (back or listed_back(reader, here, index)):
        return {kind: list(here[index - 1].codes[kind]) for kind in CODES}
    if (back or reader.grammar.definite(reader.text, here[index])) and (same := restated(reader, here[index])):
        return {kind: list(same.codes[kind]) for kind in CODES}
    spans = [reader.grammar.leads(sentence.start, here[0].head[0])] if index else []
    if len(here) > 1 and not any(part.target is here[index] for part in here):
        others, end = reader.grammar.coordinate(reader.text, here, index, sentence.end)
        spans.append((reader.grammar.adjunct(reader.text, others, end), end))
    codes = {kind: _codes(reader, kind, spans + ([reader.before] if back and reader.before else [])) for kind in CODES}
    if index and not any(codes.values()) and reader.grammar.same_drive(reader.text, here[index - 1], here[index]):
        codes["violation"] = of_drive(reader, here[index - 1], here[index])
    return codes


def _without(stretch: Span, holes: Sequence[Span]) -> Iterator[Span]:
    """What is left of a stretch of text between ``holes``, which stand in order."""
    start, end = stretch
    for low, high in holes:
        if start <= low < high <= end:
            yield start, low
            start = high
    yield start, end


def _with_brackets(reader: Reader, here: Sequence[Candidate], index: int, span: Span) -> Span:
    """A stretch with the parts in brackets that follow: the total of "900 reports about fraud (500) and spam (400)" is of both."""
    end, alone = span[1], here[index].bracketed or here[index].relation == "of"
    for part in here[index + 1 :]:
        if alone or not part.bracketed or reader.grammar.parts_begin(reader.text, end, part.start) is not None:
            break
        end = part.head[1]
    return span[0], max(end, span[1])


def _inherit(reader: Reader, part: Candidate, whole: Candidate, kinds: Sequence[str]) -> None:
    """A part is of the kinds that its whole is of."""
    for kind in kinds:
        known = {above for code in part.codes[kind] for above in reader.concepts.ancestors(kind, code)}
        part.codes[kind] += [code for code in whole.codes.get(kind, ()) if code not in known]
