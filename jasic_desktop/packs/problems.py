"""What is wrong with a source archive: file, field, fault and mend, each in the reader's language."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

from jasic_desktop.core.errors import DamagedFault
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language

Severity = Literal["error", "warning"]

MOST: Final = 5_000
"""Problems kept of one source: a source with more is wrong in one place that the first ones name."""


@dataclasses.dataclass(frozen=True)
class Problem:
    """One fault in a source: `file` relative to its folder, `field` such as `statements[0].sources` (may be empty).

    `code` names the fault in the catalogue (`check.CODE.fault` and `check.CODE.mend`), `values` fill its placeholders.
    An error keeps an archive from being built; a warning does not.
    """

    file: str
    field: str
    code: str
    severity: Severity = "error"
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def fault_text(self, language: Language = "en") -> str:
        """What is wrong."""
        return translate(f"check.{self.code}.fault", language, **self.values)

    def mend_text(self, language: Language = "en") -> str:
        """What to do about it."""
        return translate(f"check.{self.code}.mend", language, **self.values)

    def sentence(self, language: Language = "en") -> str:
        """The problem as one line: `file: field: fault; mend`."""
        where = f"{self.file}: {self.field}: " if self.field else f"{self.file}: "
        return f"{where}{self.fault_text(language)}; {self.mend_text(language)}"


class Problems:
    """The problems gathered while a source is read and checked."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._known: set[tuple[str, str, str]] = set()

    def add(self, file: str, field: str, code: str, severity: Severity = "error", **values: object) -> None:
        """Note a problem; the same code at the same place is noted once."""
        place = (file, field, code)
        if place not in self._known and len(self._found) < MOST:
            self._known.add(place)
            self._found.append(Problem(file, field, code, severity, values))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.sorted())

    def sorted(self) -> tuple[Problem, ...]:
        """The problems by file, in the order they were found within one."""
        return tuple(sorted(self._found, key=lambda p: p.file))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the archive from being built."""
        return tuple(p for p in self.sorted() if p.severity == "error")


class SourceFault(DamagedFault):
    """A source archive that cannot be used; `problems` says why."""

    def __init__(self, folder: Path, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            "packs.source_faulty", path=folder, count=len(problems), first=problems[0].sentence() if problems else ""
        )
        self.problems = problems

    def sentence(self, language: Language = "en") -> str:
        """The fault in `language`, with the first problem."""
        values = {**self.values, "first": self.problems[0].sentence(language) if self.problems else ""}
        return translate(self.key, language, **values)
