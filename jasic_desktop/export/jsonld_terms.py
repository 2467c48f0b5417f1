"""The context of a JSON-LD export: what each word in it means in schema.org, Dublin Core or the archive's own terms."""

from __future__ import annotations

from typing import Any, Final

_SCHEMA: Final = "https://schema.org/"
_DUBLIN: Final = "http://purl.org/dc/terms/"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"

# In every language that the text exists in.
_TEXTS: Final = {
    "name": f"{_SCHEMA}name",
    "description": f"{_SCHEMA}description",
    "abstract": f"{_SCHEMA}abstract",
    "text": f"{_SCHEMA}text",
    "jobTitle": f"{_SCHEMA}jobTitle",
    "roleName": f"{_SCHEMA}roleName",
    "contactPoint": f"{_SCHEMA}contactPoint",
    "rights": f"{_DUBLIN}rights",
    "provenance": f"{_DUBLIN}provenance",
}
# To another node.
_LINKS: Final = {
    "about": f"{_SCHEMA}about",
    "affiliation": f"{_SCHEMA}affiliation",
    "citation": f"{_SCHEMA}citation",
    "containedInPlace": f"{_SCHEMA}containedInPlace",
    "contributor": f"{_SCHEMA}contributor",
    "location": f"{_SCHEMA}location",
    "parentOrganization": f"{_SCHEMA}parentOrganization",
    "suggestedAnswer": f"{_SCHEMA}suggestedAnswer",
    "subject": f"{_DUBLIN}subject",
    "isPartOf": f"{_DUBLIN}isPartOf",
    "relation": f"{_DUBLIN}relation",
    "broader": f"{_SKOS}broader",
}
_PLAIN: Final = {
    "alternateName": f"{_SCHEMA}alternateName",
    "author": f"{_SCHEMA}author",
    "datePublished": f"{_SCHEMA}datePublished",
    "editor": f"{_SCHEMA}editor",
    "endDate": f"{_SCHEMA}endDate",
    "inLanguage": f"{_SCHEMA}inLanguage",
    "latitude": f"{_SCHEMA}latitude",
    "longitude": f"{_SCHEMA}longitude",
    "publisher": f"{_SCHEMA}publisher",
    "startDate": f"{_SCHEMA}startDate",
    "url": f"{_SCHEMA}url",
    "version": f"{_SCHEMA}version",
    "identifier": f"{_DUBLIN}identifier",
    "bibliographicCitation": f"{_DUBLIN}bibliographicCitation",
    "temporal": f"{_DUBLIN}temporal",
}
_TYPES: Final = (
    *("Person", "Organization", "Event", "Place", "DefinedTerm", "Collection", "Claim", "Question", "Answer", "Role"),
    *("CreativeWork", "NewsArticle", "ScholarlyArticle", "Report", "WebPage", "BlogPosting", "VideoObject", "Article"),
)
_OWN_TEXTS: Final = ("note", "seen")
_OWN: Final = ("alleged", "certainty", "fingerprint", "kind", "voice")
_OWN_LINKS: Final = ("link", "disputes")


def context(archive: str) -> dict[str, Any]:
    """The context, for an archive with the id `archive`; `jasic:vocabulary#certainty` is a term of its own.

    No term is a prefix, so that no identifier of a record is taken for something else.
    """
    own = f"{archive}:vocabulary#"
    texts = {**_TEXTS, **{term: own + term for term in _OWN_TEXTS}}
    links = {**_LINKS, **{term: own + term for term in _OWN_LINKS}}
    return {
        "@version": 1.1,
        **{term: {"@id": iri, "@container": "@language"} for term, iri in texts.items()},
        **{term: {"@id": iri, "@type": "@id"} for term, iri in links.items()},
        **_PLAIN,
        **{term: own + term for term in _OWN},
        **{kind: _SCHEMA + kind for kind in _TYPES},
        "aboutThis": {"@reverse": f"{_SCHEMA}about"},
    }
