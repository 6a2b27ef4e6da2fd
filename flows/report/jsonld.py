"""One claim as schema.org Claim, ready for a fact-checker to wrap in a ClaimReview (https://schema.org/Claim)."""

from __future__ import annotations

import re
from typing import Any

import duckdb

from flows.report.rows import rows

QUERY = """
select c.*, d.url, d.language, d.published_on, d.licence, s.title as source_title, s.homepage, p.wikidata_id
from claims as c
inner join documents as d using (document_id)
left join sources as s on s.name = c.source
left join speakers as p using (speaker_id)
where c.claim_id = ?
"""


def claim_jsonld(connection: duckdb.DuckDBPyConnection, claim_id: str) -> dict[str, Any]:
    """The claim as a JSON-LD object: words, speaker, day, where it appeared, and the figure as a value with its unit.

    A doubtful speaker is no author: the label and the doubt are told in `description`. Raises KeyError for an unknown id.
    """
    found = rows(connection, QUERY, claim_id)
    if not found:
        raise KeyError(claim_id)
    claim = found[0]
    return _told(
        {
            "@context": "https://schema.org",
            "@type": "Claim",
            "@id": f"urn:onrecord:claim:{claim_id}",
            "identifier": claim_id,
            "text": claim["quote"],
            "description": _doubts(claim),
            "dateCreated": _day(claim["said_on"]),
            "author": _author(claim),
            "appearance": _appearance(claim),
            "about": _figure(claim),
        }
    )


def _author(claim: dict[str, Any]) -> dict[str, Any] | None:
    if not claim["speaker"] or claim["attribution_doubt"]:
        return None
    wikidata = claim["wikidata_id"]
    return _told(
        {
            "@type": "Person",
            "name": claim["speaker"],
            "jobTitle": claim["role"],
            "affiliation": _told({"@type": "Organization", "name": claim["organisation"]}) if claim["organisation"] else None,
            "sameAs": f"https://www.wikidata.org/entity/{wikidata}" if wikidata else None,
        }
    )


def _appearance(claim: dict[str, Any]) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": claim["source_title"] or claim["source"], "url": claim["homepage"]}
    licence = claim["licence"]
    return _told(
        {
            "@type": "CreativeWork",
            "name": claim["title"],
            "url": claim["proof_url"] or claim["url"],
            "identifier": claim["origin"],
            "datePublished": _day(claim["published_on"]),
            "inLanguage": claim["language"],
            "license": f"https://spdx.org/licenses/{licence}" if licence and re.fullmatch(r"[A-Za-z0-9.+-]+", licence) else licence,
            "publisher": _told(publisher),
        }
    )


def _figure(claim: dict[str, Any]) -> dict[str, Any]:
    """The figure as an Observation: an exact value, or what the words commit to."""
    is_money = claim["kind"] == "money" and re.fullmatch(r"[A-Z]{3}", claim["unit"] or "")
    value: dict[str, Any] = {"@type": "MonetaryAmount" if is_money else "QuantitativeValue"}
    value |= {"currency": claim["unit"]} if is_money else {"unitText": claim["unit"]}
    if claim["comparator"] == "=":
        value["value"] = claim["value"]
    else:
        value |= {"minValue": claim["value_low"], "maxValue": claim["value_high"]}
    return _told(
        {
            "@type": "Observation",
            "name": claim["surface"],
            "measuredProperty": {"@type": "Property", "name": claim["subject"]} if claim["subject"] else None,
            "observationPeriod": _period(claim),
            "observationAbout": {"@type": "Place", "name": claim["place"]} if claim["place"] else None,
            "value": _told(value),
        }
    )


def _doubts(claim: dict[str, Any]) -> str | None:
    said = []
    if not claim["speaker"] or claim["attribution_doubt"]:
        name = claim["speaker"] or claim["label"] or "unknown"
        said.append(f"Speaker not certain: {name} ({claim['attribution_doubt'] or 'no name'}).")
    if claim["attributed_to"]:
        said.append(f"The speaker cites {claim['attributed_to']}.")
    if claim["modality"] != "asserted":
        said.append(f"The figure is {claim['modality']}, not asserted.")
    if claim["doubt"]:
        said.append(f"Inferred: {claim['doubt']}.")
    return " ".join(said) or None


def _period(claim: dict[str, Any]) -> str | None:
    if not claim["period_start"] or not claim["period_end"]:
        return None
    return f"{claim['period_start']}/{claim['period_end']}"  # ISO 8601 interval


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def _told(described: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known: absent says more honestly than null."""
    return {key: value for key, value in described.items() if value is not None}
