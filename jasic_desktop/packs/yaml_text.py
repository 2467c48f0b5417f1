"""YAML in which every scalar is a string: no guessing of dates, numbers and truth values, no repeated key, no alias."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import yaml

Raw = str | list["Raw"] | dict[str, "Raw"]

DEEPEST: Final = 16
MOST_VALUES: Final = 50_000
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlFault(Exception):
    """YAML that is not read: a code of the catalogue's `check` table, the line, and what fills the sentence."""

    def __init__(self, code: str, line: int, /, **values: object) -> None:
        super().__init__(code, line, values)
        self.code = code
        self.line = line
        self.values = values


def read_yaml(text: str, first_line: int = 1) -> Raw:
    """The one document in `text` as strings, lists and maps; an empty one is an empty map.

    `first_line` is the line of the file at which `text` begins. Raises YamlFault.
    """
    try:
        return _Composer(text, first_line).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise YamlFault("yaml", line, line=line, reason=error.problem or error.context or "") from error
    except yaml.YAMLError as error:
        raise YamlFault("yaml", first_line, line=first_line, reason=str(error).splitlines()[0]) from error


class _Composer:
    """Builds values from parser events, so that no constructor, resolver or alias of the library is ever used."""

    def __init__(self, text: str, first_line: int) -> None:
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=_LOADER))
        self._first_line = first_line
        self._values = 0

    def document(self) -> Raw:
        found: list[Raw] = []
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found:
                    raise self._fault("yaml_documents", event)
                found.append(self._value(next(self._events), 0))
        value = found[0] if found else {}
        return {} if value == "" else value

    def _value(self, event: Any, depth: int) -> Raw:
        self._values += 1
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self._fault("yaml_alias", event)
        if event.tag is not None:
            raise self._fault("yaml_tag", event, tag=event.tag)
        if depth > DEEPEST or self._values > MOST_VALUES:
            raise self._fault("yaml_size", event)
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self._items(depth))
        return self._mapping(depth)

    def _items(self, depth: int) -> Iterator[Raw]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._value(event, depth + 1)

    def _mapping(self, depth: int) -> dict[str, Raw]:
        values: dict[str, Raw] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._value(event, depth + 1)
            if not isinstance(key, str):
                raise self._fault("yaml_key", event)
            if key in values:
                raise self._fault("yaml_repeated", event, key=key)
            values[key] = self._value(next(self._events), depth + 1)
        return values

    def _fault(self, code: str, event: Any, **values: object) -> YamlFault:
        line = self._first_line + event.start_mark.line
        return YamlFault(code, line, line=line, **values)
