"""Extraction: from an article to claims with evidence. The ontology is the lexicon; a language's grammar is a package.

``lexicon`` finds labels, a grammar (``en``, ``zh``) numbers with what they count, ``attachment`` ties the one to the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path

from kg import resources
from kg.errors import SourceError
from kg.extraction.attachment import attach
from kg.extraction.candidate import Candidate
from kg.extraction.grammar import CODES, Grammar
from kg.extraction.joining import joined
from kg.extraction.languages import LANGUAGES, detect, grammar, known, stretches
from kg.extraction.lexicon import Concepts
from kg.extraction.mentions import Mentions
from kg.extraction.model import Extraction, Figure, Mention
from kg.extraction.periods import Period
from kg.extraction.reading.masking import masked
from kg.extraction.rows import named
from kg.facts.strict import decode, parse_yaml
from kg.vocabulary import Vocabulary, vocabulary

_SENTENCE_END = re.compile(r"[。；;！？!?\n]|\.\s")
_STOPS = ("。", "；", "！", "？", "\n", ". ", "; ", "? ", "! ")
_REACH = 400  # how far a sentence is looked through for what its verbs are done to
_YEAR = re.compile(r"\W*((?:19|20)\d\d)\W*")
_A_YEAR = "2000"  # any, to see whether words name a part of one
MENTIONED = ("authority", "platform", "account-type", "violation", "penalty")


class Extractor:
    """Reads figures from texts with the labels of one vocabulary, and of the registries of authorities and platforms.

    >>> from kg.vocabulary import vocabulary
    >>> found = Extractor(vocabulary()).extract("The regulator closed over 66,600 accounts for spreading rumours.")
    >>> [(f.quote, f.value, f.comparator, f.unit, f.penalty, f.violations) for f in found.figures]
    [('over 66,600 accounts', 66600, 'over', 'account', 'closure', ('rumour',))]
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.concepts = Concepts(vocabulary, LANGUAGES, _registry())
        self._grammars: dict[str, Grammar] = {}

    def grammar(self, language: str) -> Grammar:
        """The grammar of ``language``; raises SourceError where there is none."""
        code = known(language)
        if code not in self._grammars:
            self._grammars[code] = grammar(code)(self.concepts)
        return self._grammars[code]

    def extract(self, text: str, language: str = "", said: str = "") -> Extraction:
        """All figures of ``text`` with what the text ties to them.

        ``language``: a BCP 47 tag, '' to tell it from the text; ``said``: when it was published (EDTF), for dates without a year.
        Raises SourceError for a text in a language that no grammar reads.
        """
        parts = stretches(text)
        if len(parts) > 1:
            return joined(text, [(start, *self._part(text[start:end], language, said)) for start, end in parts])
        return self._one(text, self.grammar(language or detect(text)), said)

    def _part(self, text: str, language: str, said: str) -> tuple[Extraction, str]:
        """One of the stretches of a text in two languages, and why nothing was read of it."""
        try:
            return self._one(text, self.grammar(detect(text)), said), ""
        except SourceError as error:
            return Extraction(text, language), str(error)

    def _one(self, text: str, reads: Grammar, said: str) -> Extraction:
        closed, at = reads.closed(masked(text))
        plain = reads.prepared(closed)
        mentions = Mentions(named(plain, reads))
        found = attach(plain, reads, mentions)
        counted = "\n".join(plain[slice(*sentence)] for sentence in dict.fromkeys(c.sentence for c in found))
        period = reads.period(plain, counted, said) if found else None
        places = {id(candidate): index for index, candidate in enumerate(found)}
        periods = _periods(plain, found, period, lambda words: _stated(reads, words, said))
        figures = tuple(self._figure(text, at, *pair, places) for pair in zip(found, periods, strict=True))
        return Extraction(text, reads.code, figures, self._named(plain, mentions, found), period)

    def _named(self, plain: str, mentions: Mentions, found: list[Candidate]) -> dict[str, tuple[str, ...]]:
        """What the whole text names, each code once; a penalty as what is done to the unit that stands next."""
        named: dict[str, list[str]] = {kind: [code for figure in found for code in figure.codes[kind]] for kind in CODES}
        named["penalty"] = [figure.penalty for figure in found]
        for kind in MENTIONED:
            for mention in mentions.all(kind) if kind != "penalty" else self._sure(plain, mentions, found):
                code = self._fitting(plain, mention, mentions) if kind == "penalty" else mention.code
                if code != self.concepts.umbrella and code not in self.concepts.asking:  # said of figures alone
                    named.setdefault(kind, []).append(code)
        tied = {code for figure in found for code in figure.codes["account-type"]}
        return {kind: tuple(sorted(set(codes) - (self._wider(kind, codes) - tied))) for kind, codes in named.items()}

    def _sure(self, plain: str, mentions: Mentions, found: list[Candidate]) -> Iterator[Mention]:
        """Words for penalties that no figure has: no umbrellas, and none that a figure beside them took as something else."""
        sentences = sorted({(0, 0), *(figure.sentence for figure in found)})
        vague = {self.concepts.umbrella, *self.concepts.asking}
        for mention in mentions.all("penalty"):
            counts = mention.start < sentences[bisect_right(sentences, mention.start, key=itemgetter(0)) - 1][1]
            shares = plain[mention.end : mention.end + 1] == "、" and mentions.beginning(
                "penalty", mention.end, mention.end + 2
            )  # 关闭、禁言5个
            if mention.code in vague or (counts and mention.code in self.concepts.suits and not shares):
                continue
            if mention.code not in self.concepts.suits or _beside_unit(plain, mention, mentions):
                yield mention

    def _wider(self, kind: str, codes: list[str]) -> set[str]:
        """Of the kinds of account and offence those that a narrower one says better, where no figure is of them."""
        return {above for code in codes for above in self.concepts.ancestors(kind, code)[1:]} if kind in CODES else set()

    def _fitting(self, plain: str, penalty: Mention, mentions: Mentions) -> str:
        ends = _SENTENCE_END.search(plain, penalty.end, penalty.end + 24)
        units = (
            mentions.beginning("unit", penalty.start, ends.start() if ends else penalty.end + 24)
            or mentions.beginning("unit", penalty.start - 24, penalty.start)[-1:]
        )
        return self.concepts.fitting(penalty.code, units[0].code) if units else penalty.code

    def _figure(self, text: str, at: Sequence[int], candidate: Candidate, period: Period | None, places: dict[int, int]) -> Figure:
        start, end = at[candidate.start], at[candidate.end - 1] + 1
        low, high = candidate.bounds or (None, None)
        bound = self.concepts.vocabulary.bounds.get(candidate.comparator)
        index = places.get(id(candidate.target))
        return Figure(
            quote=text[start:end], start=start, end=end,
            words=text[at[candidate.words[0]] : at[candidate.words[1] - 1] + 1], value=candidate.value,
            min=candidate.value if bound == "min" else low, max=candidate.value if bound == "max" else high,
            comparator=candidate.comparator, unit=candidate.unit, penalty=candidate.penalty,
            account_types=tuple(candidate.codes.get("account-type", ())), violations=tuple(candidate.codes.get("violation", ())),
            period=period, relation=(candidate.relation, index) if candidate.relation and index is not None else None,
            platforms=tuple(candidate.codes.get("platform", ())), authorities=tuple(candidate.codes.get("authority", ())),
            clause=(at[candidate.clause[0]], at[candidate.clause[1] - 1] + 1), doubts=tuple(candidate.doubts), scale=candidate.scale,
        )  # fmt: skip


def _beside_unit(plain: str, mention: Mention, mentions: Mentions) -> bool:
    """Whether a sentence names anything that its verb can be done to: "closed the session" closes no account."""
    floor = max(0, mention.start - _REACH)
    begin = max(floor - 1, *(plain.rfind(mark, floor, mention.start) for mark in _STOPS))
    end = _SENTENCE_END.search(plain, mention.end, mention.end + _REACH)
    return bool(mentions.beginning("unit", begin + 1, end.start() if end else mention.end + _REACH))


@cache
def _extractor(folder: Path | None) -> Extractor:
    return Extractor(vocabulary(folder))


def extract(text: str, language: str = "", said: str = "", ontology: Path | None = None) -> Extraction:
    """All figures of ``text`` with what it ties to them, by the labels of ``ontology`` (default: the one that comes with the package).

    ``language``: a BCP 47 tag, '' to tell it from the text; ``said``: when it was published (EDTF), for dates without a year.
    Raises SourceError for a text in a language that no grammar reads.

    >>> found = extract("截至5月22日，处置违规账号92.76万余个，其中永久关闭账号6.66万余个。", said="2023-05-27")
    >>> [(f.quote, f.value, f.penalty, f.relation) for f in found.figures], found.period
    ([('账号92.76万余个', 927600, 'handled', None), ('账号6.66万余个', 66600, 'closure', ('of', 0))], (None, '2023-05-22'))
    """
    return _extractor(ontology).extract(text, language, said)


def _stated(reads: Grammar, words: str, said: str) -> Period | None:
    """The period that some words state, None for none; of one whose year nobody tells neither end is known."""
    return reads.period(words, words, said) or (None if said or not reads.period(words, words, _A_YEAR) else (None, None))


def _periods(plain: str, found: list[Candidate], whole: Period | None, stated: Callable[[str], Period | None]) -> list[Period | None]:
    """The period of each figure: that of its clause, else of its sentence, where no other clause there states it, else the text's.

    What the text's is told by a figure's own words holds from there on. For a cell of a table its head speaks, or its row's label.
    """
    periods: list[Period | None] = []
    for (sentence, told), figures in groupby(found, key=attrgetter("sentence", "told")):
        spans = [figure.clause for figure in figures]
        shared = (whole and stated(plain[slice(*sentence)])) or _above([plain[slice(*span)] for span in told], stated)
        own = [shared and (shared if span == sentence else stated(plain[slice(*span)])) for span in spans]
        periods += [period or (None if shared in own else shared) for period in own]
    since = periods.index(whole) if whole in periods else 0
    return [period or (whole if place >= since else None) for place, period in enumerate(periods)]


def _above(told: Sequence[str], stated: Callable[[str], Period | None]) -> Period | None:
    """The period that what speaks for a cell of a table states, a year alone or in words; what speaks best stands last."""
    years = {words: (year[1], year[1]) for words in told if (year := _YEAR.fullmatch(words))}
    return next(filter(None, (years.get(words) or stated(words) for words in reversed(told))), None)


def _registry() -> list[tuple[str, str, str, str]]:
    """The names of authorities and platforms, also those that are words, too: kind, code, language, label."""
    found = []
    for kind, name in (("authority", "authorities"), ("platform", "platforms")):
        document, _ = parse_yaml(decode((resources.data() / f"{name}.yaml").read_bytes()))
        for thing in document[name]:
            for key in ("label", "altLabel", "hiddenLabel"):
                for language, labels in thing.get(key, {}).items():
                    found += [
                        (kind, thing["id"].partition("/")[2], language, label)
                        for label in ([labels] if isinstance(labels, str) else labels)
                        if key != "hiddenLabel" or " " not in label
                    ]
    return found
