"""Reads archive.toml: what an archive says of itself, and its vocabularies."""

from __future__ import annotations

import tomllib
from typing import Any, Final

from jasic_desktop.core.archive import Archive
from jasic_desktop.packs.convert import FAULTY, Converter
from jasic_desktop.packs.problems import Problems
from jasic_desktop.packs.yaml_text import Raw

NAME: Final = "archive.toml"
_TABLES: Final = ("kinds", "roles", "reasons", "facts", "rights", "lanes", "withdrawn", "bylines")
_ABOUT: Final = {"rights": "rights_note"}
"""Fields of [archive] that go by another name in the built form, where `rights` is the vocabulary."""


def read_archive(data: bytes, problems: Problems) -> Archive | None:
    """The archive that the bytes of an archive.toml describe, media left out; None when a problem was noted."""
    convert = Converter(NAME, problems)
    try:
        tables = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        convert.fault("", "not_utf8", line=data[: error.start].count(b"\n") + 1)
        return None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        convert.fault("", "toml", reason=str(error) or "nested too deeply")
        return None
    for name in tables:
        if name != "archive" and name not in _TABLES:
            convert.fault(name, "unknown_field", known=", ".join(("archive", *_TABLES)))
    about = _raw(tables.get("archive", {}))
    if not isinstance(about, dict):
        convert.fault("archive", "not_map")
        return None
    fields: dict[str, Raw] = {_ABOUT.get(name, name): value for name, value in about.items()}
    for name in fields.keys() & {"kinds", "lanes", "media", "roles", "reasons", "facts", "withdrawn", "bylines"}:
        convert.fault(f"archive.{name}", "unknown_field", known="id, title, version, sequence, date, …")
        del fields[name]
    fields |= _vocabularies(tables)
    archive = convert.struct(fields, Archive, "", skip=frozenset({"media"}))
    return archive if archive is not FAULTY and isinstance(archive, Archive) else None


def _vocabularies(tables: dict[str, Any]) -> dict[str, Raw]:
    found: dict[str, Raw] = {"kinds": {}}
    for name in _TABLES:
        value = _raw(tables.get(name, {}))
        if name == "kinds" and isinstance(value, dict):
            found[name] = {key: _labelled(terms) for key, terms in value.items()}
        elif name == "lanes":
            found[name] = value or []
        elif name in ("withdrawn", "bylines"):
            found[name] = value
        elif value:
            found[name] = _labelled(value)
    return found


def _labelled(terms: Raw) -> Raw:
    """Terms written as texts become terms with a label; what stands beside the languages stays beside the label."""
    if not isinstance(terms, dict):
        return terms
    return {key: _term(term) for key, term in terms.items()}


def _term(term: Raw) -> Raw:
    if not isinstance(term, dict):
        return {"label": term}
    beside = {name: value for name, value in term.items() if name == "inverse"}
    return {"label": {name: value for name, value in term.items() if name not in beside}, **beside}


def _raw(value: Any) -> Raw:
    """TOML's values as the source form has them: every scalar a string."""
    if isinstance(value, dict):
        return {str(key): _raw(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_raw(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
