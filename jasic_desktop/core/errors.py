"""The faults a person can meet: one clear sentence in their language and the exit code that goes with it."""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar, Final

from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language


class ExitCode(IntEnum):
    """How the program ends; the meanings are printed by `--help` and never change."""

    DONE = 0
    PROGRAM_FAULT = 1
    USAGE = 2
    DAMAGED = 3
    NOT_FOUND = 4
    REFUSED = 5
    NO_DISPLAY = 6
    NOT_WRITTEN = 7
    INTERRUPTED = 130


class Fault(Exception):
    """Something that stopped the program and that a person can understand.

    `key` names a sentence in the catalogue (what, where, what to do); `values` fill its placeholders.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.PROGRAM_FAULT

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def sentence(self, language: Language = "en") -> str:
        """The fault as one sentence in `language`."""
        return translate(self.key, language, **self.values)

    def __str__(self) -> str:
        return self.sentence("en")


class UsageFault(Fault):
    """The command was called wrongly."""

    exit_code = ExitCode.USAGE


class DamagedFault(Fault):
    """An archive, pack or source is invalid or damaged."""

    exit_code = ExitCode.DAMAGED


DERIVED_DAMAGED: Final = ("packs.store_damaged", "search.damaged")
"""Keys of the DamagedFaults that tell of what was derived from a pack, not of the pack: it is to be made again."""


class NotFoundFault(Fault):
    """No such record, collection or archive."""

    exit_code = ExitCode.NOT_FOUND


class RefusedFault(Fault):
    """The machine's policy does not allow it."""

    exit_code = ExitCode.REFUSED


class DisplayFault(Fault):
    """No display, or PySide6 is missing where it is needed."""

    exit_code = ExitCode.NO_DISPLAY


class NotWrittenFault(Fault):
    """A file could not be written, or would be overwritten."""

    exit_code = ExitCode.NOT_WRITTEN


class Cancelled(Fault):
    """The person ended the work; nothing half-made stays."""

    exit_code = ExitCode.INTERRUPTED

    def __init__(self) -> None:
        super().__init__("core.cancelled")
