"""Names for kinds of account that no label spells out: what the labels say of one noun they would say of every noun of its family.

Where "fake banks", "bogus banks", "fake hospitals" and more with "bogus" are labels, "bogus hospitals" means what "fake hospitals"
does, and so does a "bogus hospital account". A family is an account type with those right below it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product

GAP = "…"  # in a label of a language without spaces: the noun's own modifiers stand here
_OR, _JOINT = "|", re.compile(f"({GAP}|\\+)")  # verbs that take the same objects are one label with all of them
_KIND = "account-type"
_LEADS, _NOUNS = 3, 2  # a lead stands in labels of so many codes, a noun behind so many leads
CHARACTERS = 2  # of a lead, where no space ends it


def spelled(label: str) -> Iterator[str]:
    """Every label that one for a family stands for: verbs, what joins them to their objects (``+`` for nothing), and the objects.

    >>> list(spelled("暂停|中止…分成|收益"))
    ['暂停…分成', '暂停…收益', '中止…分成', '中止…收益']
    >>> list(spelled("虚假|不实+视频")), list(spelled("google+"))
    (['虚假视频', '不实视频'], ['google+'])
    """
    if _OR not in label:
        yield label
        return
    yield from ("".join(parts).replace("+", "") for parts in product(*(part.split(_OR) for part in _JOINT.split(label))))


Labels = Mapping[str, frozenset[tuple[str, str]]]


def crossed(entries: Labels, broader: Mapping[tuple[str, str], str], spaced: bool) -> dict[str, frozenset[tuple[str, str]]]:
    """``entries`` (label → kinds and codes), and every lead of a family's labels before each of its nouns.

    >>> nouns = {"banks": "bank", "ministries": "office", "soldiers": "army"}
    >>> said = {f"{lead} {noun}": code for lead in ("fake", "bogus", "sham") for noun, code in nouns.items()}
    >>> said |= {"fake hospitals": "office", "bogus hospitals": "office"}
    >>> labels = {label: frozenset({("account-type", code)}) for label, code in said.items()}
    >>> above = {("account-type", code): "counterfeit" for code in nouns.values()}
    >>> sorted(set(crossed(labels, above, spaced=True)) - set(labels))
    ['sham hospitals']
    """
    families: dict[str, dict[str, str]] = defaultdict(dict)
    for label, pairs in entries.items():
        codes = [code for kind, code in pairs if kind == _KIND]
        if len(codes) == 1:
            families[broader.get((_KIND, codes[0]), codes[0])][label] = codes[0]
    units = {label for label, pairs in entries.items() if any(kind == "unit" for kind, _ in pairs)}
    found = {
        label: frozenset({(_KIND, code)})
        for head, labels in families.items()
        for label, code in (_spaced(labels, units) if spaced else _joined(labels, units))
        if code != head  # "fake accounts" of no kind hide which
    }
    return {**found, **entries}


def _spaced(labels: Mapping[str, str], units: set[str]) -> Iterator[tuple[str, str]]:
    """Leads and nouns where spaces part words; what is an account's attribute loses its plural: a "bogus hospital account"."""
    heads = Counter(label.rpartition(" ")[2] for label in labels)
    thing = next((head for head, _ in heads.most_common() if head in units and not head.endswith("s")), "")
    for lead, noun, code in _pairs(labels, units, lambda label: [m for m in range(len(label)) if label[m] == " "], 1):
        yield f"{lead} {noun}", code
        if thing and thing not in noun and noun.endswith("s"):
            yield f"{lead} {_singular(noun)} {thing}", code


def _joined(labels: Mapping[str, str], units: set[str]) -> Iterator[tuple[str, str]]:
    """Leads and nouns where nothing parts words; with what may stand between where one label of the noun lets it."""
    plain = {label.replace(GAP, ""): code for label, code in labels.items()}
    modified = {label.partition(GAP)[2] for label in labels}
    for lead, noun, code in _pairs(plain, units, lambda label: [CHARACTERS] if len(label) > CHARACTERS + 1 else [], 0):
        yield lead + noun, code
        if noun in modified:
            yield lead + GAP + noun, code


def _singular(noun: str) -> str:
    return noun.removesuffix("ies") + "y" if noun.endswith("ies") else noun.removesuffix("s")


def _pairs(labels: Mapping[str, str], units: set[str], cuts: Callable[[str], Iterable[int]], space: int) -> Iterator[tuple[str, str, str]]:
    """Every lead with every noun of ``labels``, each cut in two at ``cuts``; a noun that stands for several codes is left out."""
    of_lead: dict[str, set[str]] = defaultdict(set)
    cut = [(label[:at], label[at + space :], code) for label, code in labels.items() for at in cuts(label)]
    for lead, _, code in cut:
        of_lead[lead].add(code)
    leads = {lead for lead, codes in of_lead.items() if len(codes) >= _LEADS and lead not in units}
    leads -= {
        lead for lead in leads if any(lead[:at] in leads for at in cuts(lead))
    }  # "impersonating" leads, "impersonating state" does not
    nouns: dict[str, set[str]] = defaultdict(set)
    before: dict[str, set[str]] = defaultdict(set)
    for lead, noun, code in cut:
        if lead in leads:
            nouns[noun].add(code)
            before[noun].add(lead)
    for noun, codes in sorted(nouns.items()):
        if len(codes) == 1 and len(before[noun]) >= _NOUNS:
            yield from ((lead, noun, min(codes)) for lead in sorted(leads))
