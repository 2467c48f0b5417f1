"""The one table of commands: what the program can do, by name; command line and documentation are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Command:
    """Something a person can ask for. Its words are `commands.<id>` in the catalogue, with `-` and space as `_`."""

    id: str
    group: str

    @property
    def text(self) -> str:
        """The catalogue key of what the command does, in one line."""
        return "commands." + self.id.replace("-", "_").replace(" ", "_")


COMMANDS: Final[tuple[Command, ...]] = (
    Command("search", "find"),
    Command("show", "find"),
    Command("timeline", "find"),
    Command("cite", "take"),
    Command("export", "take"),
    Command("archive list", "archive"),
    Command("archive info", "archive"),
    Command("archive verify", "archive"),
    Command("archive install", "archive"),
    Command("archive remove", "archive"),
    Command("archive use", "archive"),
    Command("archive rebuild", "archive"),
    Command("archive check", "archive"),
    Command("archive build", "archive"),
    Command("self-test", "machine"),
)


_BY_ID: Final = {command.id: command for command in COMMANDS}


def command(command_id: str) -> Command:
    """The command of this id. Raises KeyError for an unknown one."""
    return _BY_ID[command_id]
