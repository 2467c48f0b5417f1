"""JSON from strangers: every construct that another reader could understand otherwise is refused, with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final, NoReturn

from jasic_desktop.core.clean import forbidden

DEEPEST: Final = 200


class JsonFault(ValueError):
    """JSON that is not read: `reason` is a key below `packs.json` in the catalogue."""

    def __init__(self, reason: str, /, **values: object) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values


def as_written(text: str) -> str:
    """A number as it was written. Raises JsonFault for more digits than any number of ours has."""
    if len(text) > 20:
        raise JsonFault("number")
    return text


def as_number(text: str) -> int | float:
    """A number as its value. Raises JsonFault for more digits than any number of ours has."""
    whole = as_written(text).removeprefix("-").isdigit()
    return int(text) if whole else float(text)


def read_json(data: bytes, number: Callable[[str], Any] = as_written) -> Any:
    """The value that `data` spells; numbers come as `number` takes them, as they were written. Raises JsonFault.

    Refused: a byte order mark, another encoding than UTF-8, a repeated key, NaN and the infinities, a depth over
    DEEPEST, characters that an archive may not hold.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JsonFault("encoding") from error
    if text.startswith("\ufeff"):
        raise JsonFault("mark")
    if _depth(text) > DEEPEST:
        raise JsonFault("deep", most=DEEPEST)
    try:
        value = json.loads(
            text, object_pairs_hook=_once, parse_constant=_not_json, parse_int=number, parse_float=number
        )
    except json.JSONDecodeError as error:
        raise JsonFault("syntax", column=error.pos + 1, reason=error.msg) from error
    except RecursionError as error:
        raise JsonFault("deep", most=DEEPEST) from error
    _characters(value)
    return value


def _depth(text: str) -> int:
    """At least the depth of nesting; brackets inside strings count too where there are many."""
    opened = text.count("[") + text.count("{")
    if opened <= DEEPEST:
        return opened
    depth = deepest = 0
    quoted = escaped = False
    for char in text:
        if quoted:
            quoted = escaped or char != '"'
            escaped = char == "\\" and not escaped
        elif char == '"':
            quoted = True
        elif char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise JsonFault("repeated", name=key[:60])
        found[key] = value
    return found


def _not_json(text: str) -> NoReturn:
    raise JsonFault("constant", text=text)


def _characters(value: Any) -> None:
    if isinstance(value, str):
        character = forbidden(value.replace("\n", "").replace("\t", ""))
        if character:
            raise JsonFault("character", character=character)
    elif isinstance(value, dict):
        for key, item in value.items():
            _characters(key)
            _characters(item)
    elif isinstance(value, list):
        for item in value:
            _characters(item)
