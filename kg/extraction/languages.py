"""Which language a text is in, and the grammars there are: one package of this folder a language."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Any

from kg.errors import SourceError
from kg.extraction.model import Span

LANGUAGES = ("en", "zh")

_SAMPLE = 600  # code points that are enough to tell a language by
_SURE = 40  # letters below which a guess is not worth more than the alphabet
# Words that are a good part of every text in one language and of none in another; the model, which costs more than all else, is
# asked where they do not tell (Grefenstette 1995, "Comparing two language identification schemes").
_FUNCTION_WORDS = {"en": frozenset(("the and of that were with from which for by to has have had its it is are was been on").split())}
# What news is written in: the model also knows small languages, whose names it gives to lists of names and numbers.
_WRITTEN = (
    "en zh ja ko fr de es pt it nl sv da no fi is pl cs sk sl hr sr hu ro bg ru uk el tr az ar fa he hi bn ur ta te th vi id ms tl sw af "
    "lt lv et ca sq"
).split()
_SENTENCE = re.compile(r"[^.!?。！？\n]*(?:[.!?。！？\n]+|\Z)")
_WORDS = re.compile(r"[a-z]{2,}", re.I)
_LETTERS = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]+")


def grammar(language: str) -> Any:
    """The grammar class of ``language``, imported when it is first asked for."""
    return import_module(f"kg.extraction.{language}").GRAMMAR


def known(language: str) -> str:
    """The language whose grammar reads ``language`` (a BCP 47 tag); raises SourceError where there is none.

    >>> known("zh-Hant-TW")
    'zh'
    """
    base = language.partition("-")[0].lower()
    if base not in LANGUAGES:
        raise SourceError(f"the text is in '{language}', which is not read: grammars are there for {', '.join(LANGUAGES)}")
    return base


def detect(text: str) -> str:
    """The language of ``text``, by its script or by py3langid's model (Lui and Baldwin 2012); raises SourceError.

    >>> detect("网信部门累计处置违规账号8583个。"), detect("Police closed 300 accounts.")
    ('zh', 'en')
    >>> detect("La policía cerró trescientas cuentas de la red social en mayo.")
    Traceback (most recent call last):
    kg.errors.SourceError: the text is in 'es', which is not read: grammars are there for en, zh
    """
    sample = text[:_SAMPLE]
    letters, han = _length(_LETTERS, sample), _length(_HAN, sample)
    if not letters:
        raise SourceError("the text has no letters, so it has no language; check that it is the article")
    if han * 4 > letters:
        return "zh" if _length(_KANA_OR_HANGUL, sample) * 8 < han else known("ja")
    if letters < _SURE and sample.isascii():
        return "en"
    return _by_words(sample) or _by_model(sample)


def _length(runs: re.Pattern[str], sample: str) -> int:
    """How many characters of ``sample`` the ``runs`` hold."""
    return sum(map(len, runs.findall(sample)))


def _by_words(sample: str) -> str:
    """The language whose function words are a seventh of ``sample``, five different ones at least; '' for none."""
    words = sample.lower().split()
    for language, function_words in _FUNCTION_WORDS.items():
        found = [word for word in words if word in function_words]
        if len(found) * 7 >= len(words) and len(set(found)) > 4:
            return language
    return ""


def _by_model(sample: str) -> str:
    return known(str(_model().classify(sample)[0]))


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    model.set_languages(_WRITTEN)
    return model


def stretches(text: str) -> list[Span]:
    """The stretches of ``text`` that are written in one script each, in order: Chinese sentences or others, four words or more.

    >>> text = "网信部门累计处置违规账号8583个。The police closed 300 accounts."
    >>> [text[start:end] for start, end in stretches(text)]
    ['网信部门累计处置违规账号8583个。', 'The police closed 300 accounts.']
    """
    if text.isascii() or not _HAN.search(text) or not _WORDS.search(text):
        return [(0, len(text))]
    found: list[tuple[int, bool | None]] = [(0, None)]
    for sentence in _SENTENCE.finditer(text):
        han, words = _length(_HAN, sentence[0]), len(_WORDS.findall(sentence[0]))
        is_han = True if han > max(4, words) else False if words > max(3, han) else None
        if found[-1][1] is None:
            found[-1] = (found[-1][0], is_han)
        elif is_han is not None and is_han != found[-1][1]:
            found.append((sentence.start(), is_han))
    starts = [start for start, _ in found]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))
