"""Which language a text is in, and the grammars there are: one package of this folder a language."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from kg.errors import SourceError

LANGUAGES = ("en", "zh")

_SAMPLE = 600  # code points that are enough to tell a language by
_SURE = 40  # letters below which a guess is not worth more than the alphabet
# Words that are a good part of every text in one language and of none in another; the model, which costs more than all else, is
# asked where they do not tell (Grefenstette 1995, "Comparing two language identification schemes").
_FUNCTION_WORDS = {"en": frozenset(("the and of that were with from which for by to has have had its it is are was been on").split())}
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
    import py3langid

    return known(str(py3langid.classify(sample)[0]))
