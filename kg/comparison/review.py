"""Verdicts as schema:ClaimReview (https://schema.org/ClaimReview), for a fact-checker to publish under their own name."""

from __future__ import annotations

from typing import Any

from kg import pages
from kg.comparison import Cell, Comparison, compare
from kg.errors import QueryError
from kg.graph import Graph
from kg.vocabulary import BASE


def review(
    graph: Graph, campaign: str, author: str, author_url: str | None = None, reference: str | None = None, language: str = "en"
) -> dict[str, Any]:
    """One ClaimReview for each figure of ``campaign`` that can be held against a reference, as a JSON-LD document.

    ``reviewRating``: the greatest ``enf:severity`` of the figure's verdicts (3 misled, 2 imprecise, 1 nothing wrong,
    0 faithful), turned round, for a greater rating is a better one: from 0 to the greatest severity of all kinds. The
    verdicts' labels are its ``alternateName``, their sentences the ``reviewBody``; ``ratingExplanation`` says that a rule derived
    it, and who decided otherwise. ``author`` is who publishes the review; none is invented. ``datePublished`` is the source's,
    as far as it is known.

    Raises QueryError where no author is named, or as ``compare`` does.

    >>> document = review(graph, "cac-self-media-2023", author="Example Fact Checkers")
    >>> document["@graph"][0]["@type"], document["@graph"][0]["author"]["name"]
    ('ClaimReview', 'Example Fact Checkers')
    """
    if not author.strip():
        raise QueryError("a review needs an author; name who publishes it with --author")
    found = compare(graph, campaign, reference=reference, language=language)
    publisher = {"@type": "Organization", "name": author} | ({"url": author_url} if author_url else {})
    reviews = [_review(cell, found, publisher, language) for cell in found if cell.claim and cell.faithful is not None]
    return {"@context": "https://schema.org", "@graph": reviews}


def _review(cell: Cell, found: Comparison, author: dict[str, str], language: str) -> dict[str, Any]:
    kinds = [found.kinds[code] for code in cell.verdicts]
    told = [detail.sentence for detail in cell.details if detail.sentence]
    telling = [kind for kind in kinds if kind.code != "same"] or kinds
    best = max(kind.severity for kind in found.kinds.values())
    claim = {
        "@type": "Claim",
        "@id": BASE + cell.claim,
        "author": {"@type": "Organization", "name": cell.publisher},
        "datePublished": found.world.sources[cell.source].one("published"),
        "appearance": {"@type": "CreativeWork", "url": cell.url},
    }
    return {
        "@type": "ClaimReview",
        "@id": f"{BASE}{cell.claim}#review",
        "author": author,
        "claimReviewed": f"{cell.publisher}: “{cell.quote or cell.text}” ({cell.label})",
        "inLanguage": language,
        "itemReviewed": {name: value for name, value in claim.items() if value},
        "reviewBody": " ".join(dict.fromkeys(told)) or " ".join(kind.definition for kind in telling),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": best - max(kind.severity for kind in kinds),
            "bestRating": best,
            "worstRating": 0,
            "alternateName": "; ".join(kind.label for kind in telling),
            "ratingExplanation": _explained(cell, found, language),
        },
        "url": BASE + cell.claim,
    }


def _explained(cell: Cell, found: Comparison, language: str) -> str:
    """That the rating is derived by rule, and where a person decided otherwise, who did."""
    words, kinds = pages.interface(language)[1], found.kinds
    judged = [
        words["rule_said"].format(kinds[each.rule].label, each.author, kinds[each.kind].label) for each in cell.details if each.author
    ]
    return " ".join([words["rated"], *dict.fromkeys(judged)])
