"""What search engines read in a page: schema.org as JSON-LD in a block of data (JSON-LD 1.1, §7, Embedding JSON-LD in HTML Documents).

Addresses are relative to the page, as that section reads them: the server may stand anywhere, and so may a site that is not told where.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import pages
from kg.formats import FORMATS, Format
from kg.graph import Graph
from kg.questions import query
from kg.vocabulary import BASE

NAME = "enforcement-kg"
DOWNLOADS = tuple(each for each in FORMATS if each.of_graph)
INTERFACE = Path(__file__).parent / "openapi.json"
_LICENCE = "SELECT ?licence { <ontology> dcterms:license ?licence FILTER(isIRI(?licence)) } ORDER BY ?licence"
_CAMPAIGN = "SELECT ?campaign { <%s> enf:subject ?of { ?of enf:campaign ?campaign } UNION { ?of a enf:Campaign BIND(?of AS ?campaign) } }"


def licence(graph: Graph) -> str:
    """The licence of facts and ontology (their address), as the ontology tells it; '' where it does not.

    >>> licence(graph)
    'https://creativecommons.org/licenses/by/4.0/'
    """
    return next((str(row["licence"]) for row in query(graph, _LICENCE)), "")


def dataset(graph: Graph, language: str, at: str = "/", formats: Sequence[Format] = DOWNLOADS) -> dict[str, Any]:
    """The whole graph as https://schema.org/Dataset, with its downloads in ``formats``; ``at``: where the first page stands.

    >>> dataset(graph, "en")["distribution"][0]["@type"]
    'DataDownload'
    """
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": BASE,
        "name": NAME,
        "description": pages.interface(language)[1]["site"]["lead"],
        "url": at,
        "inLanguage": pages.languages(),
        "isAccessibleForFree": True,
        **({"license": terms} if (terms := licence(graph)) else {}),
        **({"identifier": f"sha256:{sha256}"} if (sha256 := graph.manifest.get("sha256")) else {}),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": each.media_type, "contentUrl": f"{at}downloads/{NAME}{each.suffix}"}
            for each in formats
        ],
    }


def review(graph: Graph, claim: ox.NamedNode, language: str) -> dict[str, Any] | None:
    """The verdicts on a claim as https://schema.org/ClaimReview, by this project whose rules they are; None where there are none.

    >>> review(graph, ox.NamedNode(BASE + "claim/investing-2023/false-news-items"), "en")["@type"]
    'ClaimReview'
    """
    from kg.comparison.review import review as reviews

    found = next(iter(query(graph, _CAMPAIGN % claim.value)), None)
    if found is None:
        return None
    document = reviews(graph, found["campaign"].rpartition("/")[2], NAME, BASE, language=language)
    own = next((each for each in document["@graph"] if each["itemReviewed"]["@id"] == claim.value), None)
    return {"@context": document["@context"], **own} if own else None
