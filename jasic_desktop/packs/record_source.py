"""Reads one record of the source form: YAML front matter with a Markdown narrative, or a line of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from jasic_desktop.core.blocks import Block, Narrative
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.core.records import TYPES, Record
from jasic_desktop.core.strict_json import JsonFault, read_json
from jasic_desktop.packs import layout, markdown
from jasic_desktop.packs.convert import FAULTY, Converter
from jasic_desktop.packs.problems import Problems
from jasic_desktop.packs.yaml_text import Raw, YamlFault, read_yaml

_MADE = frozenset({"narrative", "readings"})
"""Fields of the built form that a curator does not write in the front matter."""


class SourceText(NamedTuple):
    """The bytes of a file of the source, with its name."""

    name: str
    data: bytes


def read_record(
    file: SourceText, record_type: RecordType, translations: Mapping[str, SourceText], problems: Problems
) -> Record | None:
    """The record in a Markdown file; `translations` are its narratives in Chinese. None when a problem was noted."""
    convert = Converter(file.name, problems)
    text = _decoded(file, problems)
    parts = _parts(text) if text is not None else None
    if parts is None:
        if text is not None:
            convert.fault("", "no_front_matter")
        return None
    front, body, body_line = parts
    try:
        raw = read_yaml(front, 2)
    except YamlFault as error:
        convert.fault(f"line {error.line}", error.code, **error.values)
        return None
    if not isinstance(raw, dict):
        convert.fault("", "not_map")
        return None
    wanted = file.name.rsplit("/", 1)[-1].removesuffix(".md")
    if raw.get("id", wanted) != wanted:
        convert.fault("id", "id_not_file", id=raw["id"], wanted=wanted)
    narrative = {"en": _narrative(file.name, body, body_line, problems)}
    for language, translation in translations.items():
        text = _decoded(translation, problems)
        narrative[language] = _narrative(translation.name, text or "", 1, problems)
    return _record(convert, raw, record_type, narrative)


def read_jsonl(file: SourceText, record_type: RecordType, problems: Problems) -> list[tuple[str, Record]]:
    """The records of a file with one record a line, each with where it stands (`records/person.jsonl line 3`)."""
    found = []
    for number, line in enumerate(file.data.split(b"\n"), 1):
        if not line.strip():
            continue
        where = f"{file.name} line {number}"
        convert = Converter(where, problems)
        if len(line) > layout.RECORD_BYTES:
            convert.fault("", "file_too_large", most=layout.RECORD_BYTES >> 20)
            continue
        try:
            raw = _strings(read_json(line))
        except JsonFault as error:
            convert.fault("", f"json_{error.reason}", **error.values)
            continue
        if not isinstance(raw, dict):
            convert.fault("", "not_map")
            continue
        texts = raw.pop("narrative", {})
        texts = {"en": texts} if isinstance(texts, str) else texts
        if not isinstance(texts, dict) or texts.keys() - set(LANGUAGES):
            convert.fault("narrative", "not_localised")
            continue
        narrative = {language: _narrative(where, str(text), 1, problems) for language, text in texts.items()}
        record = _record(convert, raw, record_type, narrative)
        if record is not None:
            found.append((where, record))
    return found


def _record(
    convert: Converter, raw: dict[str, Raw], record_type: RecordType, narrative: Mapping[str, tuple[Block, ...]]
) -> Record | None:
    kind = TYPES[record_type]
    given = raw.get("type")
    if given is None:
        convert.fault("type", "missing_field")
    elif given != record_type:
        convert.fault("type", "wrong_type", type=given, wanted=record_type)
    fields = {name: value for name, value in raw.items() if name != "type"}
    names = fields.get("names")
    if "title" not in fields and isinstance(names, dict) and "display" in names:
        chinese: dict[str, Raw] = {
            language: names[language] for language in ("zh-Hans", "zh-Hant") if language in names
        }
        fields["title"] = {"en": names["display"], **chinese}
    record = convert.struct(fields, kind, "", skip=_MADE)
    if record is FAULTY or given != record_type:
        return None
    if any(narrative.values()):
        by_field = {language.replace("-", "_").lower(): blocks for language, blocks in narrative.items()}
        record = msgspec.structs.replace(record, narrative=Narrative(**by_field))
    made: Record = record
    return made


def _decoded(file: SourceText, problems: Problems) -> str | None:
    try:
        text = file.data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = file.data[: error.start].count(b"\n") + 1
        problems.add(file.name, f"line {line}", "not_utf8", line=line)
        return None
    # Editors of Windows put a mark before the first letter and end lines in two characters.
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _parts(text: str) -> tuple[str, str, int] | None:
    """Front matter, body and the line at which the body begins; None without front matter."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return None
    return "\n".join(lines[1:end]) + "\n", "\n".join(lines[end + 1 :]), end + 2


def _narrative(file: str, text: str, first_line: int, problems: Problems) -> tuple[Block, ...]:
    def fault(line: int, code: str, values: dict[str, object]) -> None:
        problems.add(file, f"line {line}", code, "error", **values)

    return markdown.parse(text, fault, first_line)


def _strings(value: Any) -> Raw:
    if isinstance(value, dict):
        return {key: _strings(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_strings(item) for item in value]
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
