"""English comparators: "more than" before a number, "or more" behind it."""

from __future__ import annotations

import re

from kg.extraction.en.numbers import Numbers
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention

_TOPIC = re.compile(
    r"\b(?:information|content|details|data|reports?|complaints?|complained|news|evidence|concerns?|questions?|queries|quer(?:ies|y)|inquir(?:ies|y)|"
    r"enquir(?:ies|y)|tips?|tip-offs?|warn(?:ed|ings?)|alert(?:s|ed)|notified|notices?|told|asked|know|learned|letters?|requests?|orders?|one|"
    r"facts|talk(?:ed|s)|spoke|wrote|post(?:s|ed)|stories|videos?|claims|rumou?rs|lies)\s$",
    re.I,
)

_MOVES = re.compile(  # what goes up to a number reaches it
    r"\b(?:shot|went|gone|goes|going|go|came|come|comes|jumped|climbed|adds?|added|crept|moved|sped|leapt|soared|surged) up $", re.I
)
_BEHIND = ("plus", "odd", "and more")  # what says so behind a number alone: "plus 800 posts" are as many


def _is_topic(text: str, word: Mention) -> bool:
    """Whether "about" tells what something is about, and not that a number is rough: "information about 474 accounts"."""
    return text[word.start : word.end].lower() == "about" and bool(_TOPIC.search(text, word.start - 14, word.start))


class Comparators(Numbers):
    """Finds the comparators of numbers; their labels come from the ontology."""

    def _before(self, text: str, start: int, mentions: Mentions) -> tuple[int, str]:
        """Where the comparator before a number begins, and its code."""
        if start and text[start - 1] in "~≈<>≥≤+":
            found = self.lexicon.entries.get(text[start - 1], frozenset())
            return start - 1, next((code for kind, code in found if kind == "comparator"), "")
        near = mentions.within("comparator", start - 32, start)
        if near:
            gap = text[near[-1].end : start]
            if (
                gap.strip().lower() in ("", "a", "an", "the", "some", "estimated", "an estimated")
                and near[-1].code != "order"
                and text[near[-1].start : near[-1].end].lower().strip() not in _BEHIND
                and not _MOVES.search(text, near[-1].start - 10, near[-1].start + 3)
                and not _is_topic(text, near[-1])
            ):
                return near[-1].start, near[-1].code
        return start, ""

    def _after(self, text: str, end: int, mentions: Mentions) -> tuple[int, str]:
        """Where the comparator behind a number (or its noun) ends, and its code: "+", "or more", "odd"."""
        if text[end : end + 1] == "+":
            return end + 1, next((code for kind, code in self.lexicon.entries.get("+", ()) if kind == "comparator"), "")
        for near in mentions.within("comparator", end, end + 24):
            words = text[near.start : near.end].lower().strip(" -")
            if (
                not text[end : near.start].strip(" -")
                and (words.startswith("or ") or words in _BEHIND)
                and not text.startswith(" than", near.end)
                and not text[near.end : near.end + 2].strip().isdigit()
            ):
                return near.end, near.code
        return end, ""
