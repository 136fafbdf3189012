"""Nouns of two senses: which of them a text means, by the services it names.

Where the ontology says that a unit is another one elsewhere and "Facebook pages" and "Weibo pages" are labels of it, "pages" alone means
it behind the name of such a service, and the other where no such service is named.
"""

from __future__ import annotations

from collections import defaultdict

from kg.extraction.lexicon import Concepts, Lexicon
from kg.extraction.model import Mention


class Senses:
    """The nouns that mean another unit where none of their services is named."""

    def __init__(self, concepts: Concepts, lexicon: Lexicon) -> None:
        self._elsewhere = concepts.elsewhere
        self._services: dict[str, set[str]] = defaultdict(set)
        for label, pairs in lexicon.entries.items():
            lead, _, noun = label.rpartition(" ")
            if any(kind == "unit" and code in self._elsewhere for kind, code in pairs):
                self._services[noun].update(code for kind, code in lexicon.entries.get(lead, ()) if kind == "platform")
        self._services = {noun: services for noun, services in self._services.items() if services}
        self._words = tuple(noun[1:] for noun in self._services)  # whether with a capital or not

    def settled(self, found: list[Mention], text: str) -> list[Mention]:
        """``found`` (in order) with the units that are meant; a name's capital ("31 Pages") tells of a service, too."""
        for word in self._words:
            if word in text:
                break
        else:
            return found
        places = [mention for mention in found if mention.kind == "platform"]
        return [self._meant(mention, places, text) if mention.code in self._elsewhere else mention for mention in found]

    def _meant(self, noun: Mention, places: list[Mention], text: str) -> Mention:
        word, end = text[noun.start : noun.end], text.find(". ", noun.end)
        services = self._services.get(word.lower())
        if not services or word[0].isupper() or any(place.code in services and (end < 0 or place.start < end) for place in places):
            return noun
        return noun._replace(code=self._elsewhere[noun.code])
