"""The ontology as a lexicon: every label of its code lists, found in a text in one pass (Aho-Corasick).

A label is looked for in its own language: where words are parted by spaces as whole words, whatever their case, with
or without a plural's s; where they are not, wherever it stands. A longer label hides the shorter ones inside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ahocorasick_rs
import pyoxigraph as ox

from kg.extraction.crossing import crossed, spelled
from kg.extraction.model import Mention
from kg.figures import Scales
from kg.vocabulary import BASE, ENF, Vocabulary

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_LABELS = ("prefLabel", "altLabel", "hiddenLabel")
# What may stand for a space in a label of several words; every one of them is one code point, so offsets stay.
_SPACED = re.compile(r'[-‐‑–—_/"“”„«»()\[\]{}<>*|:;,\n\t\u00a0\u202f]')
_QUOTE = re.compile(r"'(?:(?<![^\W\d_]')|(?![^\W\d_]))")  # first what it looks for, then what stands around it: a regex skips to that
_PLURAL = re.compile(r"(?:s|es|'s|s')?(?![a-z0-9\u00df-\u024f])")

Label = tuple[str, str]  # kind, code


def in_a_word(text: str, at: int) -> bool:
    """Whether ``at`` lies between two Latin letters, as in a word that a label must not be found inside."""
    pair = text[max(0, at - 1) : at + 1]
    return len(pair) == 2 and pair.isascii() and pair.isalpha()


def lowered(text: str) -> str:
    """``text`` in lower case, as long as ``text``: patterns for one case alone are found in it several times as fast.

    >>> lowered("İstanbul Accounts")
    'istanbul accounts'
    """
    return text.replace("İ", "i").lower()


def folded(text: str) -> str:
    """``text`` as labels are matched in it: lower case, one space for what parts words; as long as ``text``.

    >>> folded("“Self-media” Accounts")
    ' self media  accounts'
    """
    plain = lowered(_SPACED.sub(" ", text).replace("’", "'").replace("‘", "'"))
    return _QUOTE.sub(" ", plain) if "'" in plain else plain


@dataclass(frozen=True)
class Lexicon:
    """The labels of one language: ``entries`` label → (kind, code) pairs; ``spaced`` where spaces part its words."""

    entries: Mapping[str, frozenset[Label]]
    spaced: bool
    names: frozenset[str] = frozenset()  # those that are shown, not only recognised

    @cached_property
    def _patterns(self) -> list[str]:
        return sorted(self.entries)

    @cached_property
    def _automaton(self) -> Any:
        lead = " " if self.spaced else ""
        return ahocorasick_rs.AhoCorasick([lead + label for label in self._patterns])

    def mentions(self, text: str) -> list[Mention]:
        """Every label in ``text``, in order; of labels of one kind that overlap, the longest."""
        spans = self._spaced(text) if self.spaced else [(start, -end, index) for start, end, index in self._found(lowered(text))]
        longest: dict[str, Mention] = {}
        found: list[Mention] = []
        for start, behind, index in sorted(spans):
            end = -behind
            for kind, code in self._labels[index]:
                last = longest.get(kind)
                if last is None or end > last.end or ((start, end) == (last.start, last.end) and code != last.code):
                    longest[kind] = mention = Mention(start, end, kind, code)
                    found.append(mention)
        return found

    @cached_property
    def _labels(self) -> list[tuple[Label, ...]]:
        return [tuple(sorted(self.entries[label])) for label in self._patterns]

    def _found(self, text: str) -> Iterator[tuple[int, int, int]]:
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if not (in_a_word(text, start) or in_a_word(text, end)):
                yield start, end, index

    def _spaced(self, text: str) -> list[tuple[int, int, int]]:
        """Where labels begin and, less than 0 so that the longest of them sorts first, end; and which."""
        padded = " " + folded(text) + " "
        ends = _PLURAL.match
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(padded, overlapping=True):
            until = end if padded[end] == " " else tail.end() if (tail := ends(padded, end)) else 0
            if until and padded[start - 5 : start] != " anti":
                found.append((start, 1 - until, index))
        return found

    def labels(self, kind: str) -> list[str]:
        """The labels of one kind, longest first, for a grammar that looks for them itself."""
        found = (label for label, pairs in self.entries.items() if any(k == kind for k, _ in pairs))
        return sorted(found, key=lambda label: (-len(label), label))


class Concepts:
    """What the ontology says of its concepts, as extraction asks it: labels by language, ancestors, what suits which unit."""

    def __init__(self, vocabulary: Vocabulary, languages: Sequence[str], registry: Sequence[tuple[str, str, str, str]] = ()) -> None:
        self.vocabulary = vocabulary
        self._entries: dict[str, dict[str, set[Label]]] = defaultdict(lambda: defaultdict(set))
        self.broader = dict(self._pairs(_SKOS + "broader"))
        self._lines: dict[Label, tuple[str, ...]] = {}  # asked anew for every figure
        self.suits: dict[str, set[str]] = defaultdict(set)
        for (_, penalty), unit in self._pairs(ENF + "appliesTo"):
            self.suits[penalty].add(unit)
        self.counterparts: dict[str, set[str]] = defaultdict(set)
        for (_, penalty), other in self._pairs(ENF + "counterpartOf"):
            self.counterparts[other].add(penalty)
        self._classifiers: dict[str, set[str]] = defaultdict(set)
        for subject, literal in self._quads(ENF + "classifier"):
            self._classifiers[self._split(subject)[1]].add(literal.value)
        self.brief = {penalty: other for (_, penalty), other in self._pairs(ENF + "forATime")}
        self.lasting = {other: penalty for penalty, other in self.brief.items()}
        self.by_state = {penalty: other for (_, penalty), other in self._pairs(ENF + "byAState")}
        self.elsewhere = {unit: other for (_, unit), other in self._pairs(ENF + "elsewhere")}
        self.implied = {unit: penalty for (_, unit), penalty in self._pairs(ENF + "implies")}
        self.wide = frozenset((kind, code) for (kind, _), code in self.broader.items())  # what has narrower concepts
        self.umbrella = min(
            code for (kind, code), _ in self._pairs(_SKOS + "topConceptOf") if kind == "penalty" and ("penalty", code) in self.wide
        )
        asked = {penalty for penalty in self.implied.values() if self.umbrella not in self.ancestors("penalty", penalty)}
        self.asking = frozenset(asked)  # what is done where something is but asked for
        self._names: set[str] = set()
        for kind, code, language, label in self._concept_labels():
            self._entries[language.partition("-")[0]][folded(label)].add((kind, code))
        for kind, code, language, label in registry:  # a name of some length is the same in every language
            for spoken in {language.partition("-")[0], *(languages if len(label) > 2 and not label.isdigit() else ())}:
                self._entries[spoken][folded(label)].add((kind, code))

    @staticmethod
    def _split(iri: str) -> Label:
        kind, _, code = iri.removeprefix(BASE).rpartition("/")
        return kind, code

    def _quads(self, predicate: str) -> Iterator[tuple[str, Any]]:
        for quad in self.vocabulary.store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(BASE):
                yield quad.subject.value, quad.object

    def _pairs(self, predicate: str) -> list[tuple[Label, str]]:
        return sorted((self._split(subject), self._split(other.value)[1]) for subject, other in self._quads(predicate))

    def _concept_labels(self) -> Iterator[tuple[str, str, str, str]]:
        for name in _LABELS:
            for subject, literal in self._quads(_SKOS + name):
                kind, code = self._split(subject)
                if kind and literal.language:
                    if name != "hiddenLabel":
                        self._names.add(folded(literal.value))
                    yield from ((kind, code, literal.language, label) for label in spelled(literal.value))

    @cached_property
    def bearer(self) -> str:
        """The unit that the names of kinds of account end with: what is of such a kind counts those."""
        kinds: dict[str, set[str]] = defaultdict(set)
        for entries in self._entries.values():
            for label in self._names.intersection(entries):
                of = {code for kind, code in entries[label] if kind == "account-type"}
                for kind, code in entries.get(label.rpartition(" ")[2], ()) if of else ():
                    kinds[code] |= of if kind == "unit" else set()
        return max(kinds, key=lambda unit: (len(kinds[unit]), unit))

    def lexicon(self, language: str, spaced: bool, fold: Callable[[str], str] = str) -> Lexicon:
        """The labels of ``language`` (its scripts and regions with it) as a lexicon, each as ``fold`` writes it."""
        entries: dict[str, set[Label]] = defaultdict(set)
        for label, pairs in self._entries[language].items():
            entries[fold(label)] |= pairs
        known = crossed({label: frozenset(pairs) for label, pairs in entries.items()}, self.broader, spaced)
        return Lexicon(known, spaced, frozenset(map(fold, self._names)))

    @property
    def scales(self) -> Scales:
        """Scale words of all languages and their factors."""
        return self.vocabulary.scales

    def ancestors(self, kind: str, code: str) -> tuple[str, ...]:
        """``code`` and all that is above it, nearest first."""
        if (kind, code) not in self._lines:
            above = self.broader.get((kind, code))
            self._lines[kind, code] = (code, *self.ancestors(kind, above)) if above else (code,)
        return self._lines[kind, code]

    def widest(self, unit: str) -> str:
        """The widest kind of unit that ``unit`` is of."""
        return self.ancestors("unit", unit)[-1]

    def is_thing(self, unit: str) -> bool:
        """Whether ``unit`` is of things that something is done to, and no act itself as requests and cases are."""
        return not self.suits[self.umbrella].isdisjoint(self.ancestors("unit", unit))

    @cached_property
    def _asked(self) -> frozenset[str]:
        units = {code for kind, code in self.broader if kind == "unit"} | set(self.implied)
        return frozenset(unit for unit in units if any(code in self.implied for code in self.ancestors("unit", unit)))

    def is_asked(self, unit: str) -> bool:
        """Whether ``unit`` is of requests and the like, which say by themselves what was done."""
        return unit in self._asked

    def counted_by(self, unit: str, classifier: str) -> bool:
        """Whether ``unit`` can be what a number with ``classifier`` counts whose noun is left out; '' can count all."""
        return not classifier or any(classifier in self._classifiers[code] for code in self.ancestors("unit", unit))

    def fitting(self, penalty: str, unit: str) -> str:
        """The penalty that a word for ``penalty`` means when it is done to ``unit``: websites that are closed, say."""
        units = self.ancestors("unit", unit)
        suits = self.suits.get(penalty)
        if not suits or suits & set(units):
            return penalty
        others = [(len(self.suits[p]), p) for p in self.counterparts.get(penalty, ()) if self.suits[p] & set(units)]
        return min(others)[1] if others else penalty  # the one that suits the fewest units is made for this one
