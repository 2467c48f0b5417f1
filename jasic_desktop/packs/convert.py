"""Turns the strings, lists and maps of the source form into the typed values of the core, gathering every problem."""

from __future__ import annotations

import types
from functools import cache
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from jasic_desktop.core import dates
from jasic_desktop.core.clean import forbidden, one_line
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import OtherName
from jasic_desktop.packs.problems import Problems
from jasic_desktop.packs.yaml_text import Raw


class _Faulty:
    """The value of a field that could not be read; its problem has been noted."""


FAULTY: Final = _Faulty()

# The catalogue's words for what a string of each pattern must look like.
_SHAPES: Final = {
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z": "bad_id",
    r"^s[1-9][0-9]{0,4}\Z": "bad_statement_id",
    r"^a[1-9][0-9]{0,4}\Z": "bad_account_id",
    r"^-?[0-9]{1,3}\.[0-9]{2}\Z": "bad_degrees",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z": "bad_day",
    r"^[0-9]+(\.[0-9]+)*\Z": "bad_version",
}


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(kind)


class Converter:
    """Reads one file's values; problems are noted under its name."""

    def __init__(self, file: str, problems: Problems) -> None:
        self._file = file
        self._problems = problems

    def fault(self, field: str, code: str, **values: object) -> _Faulty:
        """Note a problem; the value to go on with."""
        self._problems.add(self._file, field, code, "error", **values)
        return FAULTY

    def struct(self, raw: Raw, kind: type[msgspec.Struct], field: str, skip: frozenset[str] = frozenset()) -> Any:
        """A `kind` made of the map `raw`, or FAULTY. The fields in `skip` keep their defaults and are not taken."""
        if not isinstance(raw, dict):
            return self.fault(field, "not_map")
        fields = {f.encode_name: f for f in _fields(kind) if f.name not in skip}
        dot = f"{field}." if field else ""
        for name in raw:
            if name not in fields:
                self.fault(dot + name, "unknown_field", known=", ".join(fields))
        given: dict[str, Any] = {}
        for name, about in fields.items():
            if name in raw:
                given[about.name] = self.value(raw[name], _hints(kind)[about.name], dot + name)
            elif about.required:
                given[about.name] = self.fault(dot + name, "missing_field")
        if any(value is FAULTY for value in given.values()):
            return FAULTY
        try:
            return kind(**given)
        except (ValueError, TypeError) as error:
            return self.fault(field, "inconsistent", reason=str(error))

    def value(self, raw: Raw, hint: Any, field: str) -> Any:
        """The value that `raw` stands for where a `hint` is wanted, or FAULTY."""
        special = _SPECIAL.get(hint)
        if special is not None:
            return special(self, raw, field)
        origin = get_origin(hint)
        if origin is Annotated:
            return self._limited(raw, hint, field)
        if origin in (Union, types.UnionType):
            wanted = [part for part in get_args(hint) if part is not type(None)]
            return self.value(raw, wanted[0], field)
        if origin is Literal:
            return self._choice(raw, get_args(hint), field)
        if origin is tuple:
            return self._list(raw, get_args(hint)[0], field)
        if origin is dict:
            key_hint, value_hint = get_args(hint)
            return self._dict(raw, key_hint, value_hint, field)
        return self.struct(raw, hint, field)

    def _limited(self, raw: Raw, hint: Any, field: str) -> Any:
        inner, *limits = get_args(hint)
        value = self.value(raw, inner, field)
        if value is FAULTY:
            return value
        try:
            return (
                msgspec.convert(value, hint) if isinstance(value, str | int) else self._filled(value, limits[0], field)
            )
        except msgspec.ValidationError:
            pattern = limits[0].pattern
            return self.fault(field, _SHAPES.get(pattern, "bad_value") if pattern else "bad_value", value=_short(value))

    def _filled(self, value: tuple[Any, ...], limits: msgspec.Meta, field: str) -> Any:
        if limits.min_length is not None and len(value) < limits.min_length:
            return self.fault(field, "too_few", wanted=limits.min_length)
        return value

    def _choice(self, raw: Raw, choices: tuple[str, ...], field: str) -> Any:
        if raw in choices:
            return raw
        return self.fault(field, "not_one_of", value=_short(raw), choices=", ".join(choices))

    def _list(self, raw: Raw, hint: Any, field: str) -> Any:
        if not isinstance(raw, list):
            return self.fault(field, "not_list")
        values = [self.value(item, hint, f"{field}[{index}]") for index, item in enumerate(raw)]
        return FAULTY if any(value is FAULTY for value in values) else tuple(values)

    def _dict(self, raw: Raw, key_hint: Any, value_hint: Any, field: str) -> Any:
        if not isinstance(raw, dict):
            return self.fault(field, "not_map")
        values = {
            self.value(key, key_hint, f"{field}.{key}"): self.value(item, value_hint, f"{field}.{key}")
            for key, item in raw.items()
        }
        return FAULTY if FAULTY in values or any(value is FAULTY for value in values.values()) else values

    def text(self, raw: Raw, field: str) -> Any:
        """A string that is not empty, composed and in one line, or FAULTY."""
        if not isinstance(raw, str):
            return self.fault(field, "not_text")
        text = one_line(raw)
        if not text:
            return self.fault(field, "empty")
        character = forbidden(text)
        return self.fault(field, "bad_character", character=character) if character else text

    def whole(self, raw: Raw, field: str) -> Any:
        """A whole number, or FAULTY."""
        if isinstance(raw, str) and raw.isascii() and raw.isdigit() and len(raw) <= 9:
            return int(raw)
        return self.fault(field, "not_whole", value=_short(raw))

    def true(self, raw: Raw, field: str) -> Any:
        """True, or FAULTY: what is not so is left out."""
        return True if raw == "true" else self.fault(field, "not_true", value=_short(raw))

    def date(self, raw: Raw, field: str) -> Any:
        """A date from EDTF, or FAULTY."""
        if not isinstance(raw, str):
            return self.fault(field, "not_text")
        try:
            return dates.parse(raw.strip())
        except dates.DateFault as error:
            return self.fault(field, "bad_date", value=_short(raw), reason=error.sentence().rstrip("."))

    def localised(self, raw: Raw, field: str) -> Any:
        """A text in its languages: a plain string is English. FAULTY when a language is unknown or a text empty."""
        if isinstance(raw, str):
            raw = {"en": raw}
        if not isinstance(raw, dict) or not raw:
            return self.fault(field, "not_localised")
        values = {}
        for language, text in raw.items():
            if language in LANGUAGES:
                values[language.replace("-", "_").lower()] = self.text(text, f"{field}.{language}")
            else:
                values[language] = self.fault(f"{field}.{language}", "unknown_field", known=", ".join(LANGUAGES))
        return FAULTY if any(value is FAULTY for value in values.values()) else Localised(**values)

    def other_name(self, raw: Raw, field: str) -> Any:
        """A further name, given alone or with a note, or FAULTY."""
        return self.struct({"name": raw} if isinstance(raw, str) else raw, OtherName, field)


def _short(raw: object) -> str:
    text = raw if isinstance(raw, str) else msgspec.json.encode(raw).decode()
    return text if len(text) <= 60 else f"{text[:60]}…"


_SPECIAL: Final[dict[Any, Any]] = {
    str: Converter.text,
    int: Converter.whole,
    bool: Converter.true,
    dates.Date: Converter.date,
    Localised: Converter.localised,
    OtherName: Converter.other_name,
}
