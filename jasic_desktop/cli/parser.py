"""The words of the command line: global options, the commands of the one table, and help in the person's language."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

from jasic_desktop import PROGRAM, TITLE, __version__
from jasic_desktop.app.commands import command_line
from jasic_desktop.app.permissions import policy_in_force, settings_in_force
from jasic_desktop.core.errors import ExitCode, UsageFault
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import LANGUAGES, Language, language_of
from jasic_desktop.core.paths import Places
from jasic_desktop.core.settings import Settings

WINDOW: Final = "window"
"""What is done where no command is given. It is no word of the command line."""

# Each command's module has `add(parser, words)` and `run(session)`; it is imported when its command is asked for.
_MODULES: Final[Mapping[str, str]] = {
    "search": "search",
    "show": "show",
    "timeline": "timeline",
    "cite": "cite",
    "export": "export",
    "open": "opening",
    "archive": "archives",
    "collection": "collections",
    "note": "notes",
    "workspace": "workspaces",
    "log": "remembering",
    "history": "remembering",
    "policy": "policies",
    "fleet": "fleet",
    "session": "room",
    "self-test": "selftest",
    WINDOW: "window",
}


class Words:
    """The help texts of one command in one language: `words("limit")` is `cli.help.<limit>` of the catalogue."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """The text of `cli.help.<key>`."""
        # argparse fills %-placeholders of its own in help texts.
        return translate(f"cli.help.{key}", self.language, **values).replace("%", "%%")


@dataclass(frozen=True)
class Preferences:
    """What holds for every command, known before the command is: the global options, the language, the places."""

    options: argparse.Namespace
    language: Language
    places: Places
    settings: Settings
    room: Path | None = None
    """The private folder of a reading room's session, where this process is one."""


class Arguments:
    """What the person asked for: the parsed options and the command to run, beside their preferences."""

    def __init__(self, options: argparse.Namespace, preferences: Preferences) -> None:
        self.options = options
        self.language = preferences.language
        self.places = preferences.places
        self.settings = preferences.settings
        self.room = preferences.room
        self.command: str = options.command
        self.archive: str | None = options.archive
        self.traceback: bool = options.traceback
        # For `export`, the format is that of the file; the answer is JSON with --json only.
        self.json: bool = options.json or (self.command != "export" and getattr(options, "format", None) == "json")

    def require(self) -> None:
        """Go on if the machine's policy leaves the command open, and what its options change. Raises RefusedFault."""
        policy = self.places.policy
        if self.command != WINDOW:
            policy.require(self.command)
        if policy.flag("kiosk"):
            return  # a room opens as it is laid down, whatever else its launcher says
        for option, setting in (("lang", "language"), ("theme", "theme")):
            asked = getattr(self.options, option, None)
            if asked is not None and setting in self.settings.locked and asked != self.settings.text(setting):
                raise policy.refused(setting, "policy.locked", option=f"--{option}")

    @property
    def run(self) -> Callable[[Any], ExitCode]:
        """The function that does the command."""
        module = import_module(f"jasic_desktop.cli.{_MODULES[self.command.partition(' ')[0]]}")
        function: Callable[[Any], ExitCode] = module.run
        return function


class _Parser(argparse.ArgumentParser):
    """Tells a wrong call in one sentence, as every other fault."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **options})

    def error(self, message: str) -> NoReturn:
        raise UsageFault("cli.usage", message=message, program=self.prog)


def prefer(argv: Sequence[str], room: Path | None = None) -> Preferences:
    """The preferences that `argv`, the settings and the environment give; in the session of a reading room, whose
    private folder is `room`, no settings of this account. Raises UsageFault for a wrong option.
    """
    helpless = [word for word in argv if word not in ("-h", "--help")]
    # Help is not given here: which language it is in, and so which catalogue is read, is found out first.
    options, _ = _globals(lambda _key: "", defaults=True).parse_known_args(helpless)
    places = Places.of(options.profile)
    places = replace(places, policy=policy_in_force(places.machine, options.policy, kiosk="--kiosk" in helpless))
    if room is not None:
        from jasic_desktop.app.room import session_places

        places = session_places(room, places)
    settings = settings_in_force(Settings.load(places.config), places.policy)
    chosen = None if "language" in settings.locked else options.lang
    language = chosen or language_of(settings.text("language"), os.environ)
    return Preferences(options, language, places, settings, room)


def parse(argv: Sequence[str], preferences: Preferences) -> Arguments | ExitCode:
    """The arguments of the command line, or the exit code when nothing is left to do (`--help`, `--version`).

    Raises UsageFault for a wrong call.
    """
    parser = _parser(Words(preferences.language), argv)
    try:
        options = parser.parse_args(argv)
    except SystemExit:
        return ExitCode.DONE  # after --help; a wrong call raised UsageFault
    if options.version:
        print(f"{TITLE} {__version__}")
        return ExitCode.DONE
    if options.command is None:
        options.command = WINDOW
    for name, value in vars(preferences.options).items():
        # An option may stand before or after the command; the parser of the command knows only what stands after.
        setattr(options, name, getattr(options, name, None) or value)
    return Arguments(options, preferences)


def _globals(words: Callable[[str], str], *, defaults: bool) -> _Parser:
    """The options that may stand before or after the command."""
    parser = _Parser(add_help=False)
    group = parser.add_argument_group(words("global_title"))
    default: Any = None if defaults else argparse.SUPPRESS
    flag: Any = False if defaults else argparse.SUPPRESS
    group.add_argument("--archive", metavar="NAME|PATH", default=default, help=words("archive"))
    group.add_argument("--profile", metavar="DIR", type=Path, default=default, help=words("profile"))
    group.add_argument("--policy", metavar="FILE", type=Path, default=default, help=words("policy"))
    group.add_argument("--lang", choices=LANGUAGES, default=default, help=words("lang"))
    group.add_argument("--json", action="store_true", default=flag, help=words("json"))
    group.add_argument("--traceback", action="store_true", default=flag, help=words("traceback"))
    return parser


def _parser(words: Words, argv: Sequence[str]) -> _Parser:
    parser = _Parser(
        prog=PROGRAM,
        description=words("program"),
        epilog=words("exit_codes"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_globals(words, defaults=True)],
    )
    parser.add_argument("--version", action="store_true", help=words("version"))
    import_module(f"jasic_desktop.cli.{_MODULES[WINDOW]}").add(parser, words)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title=words("commands_title"))
    shared = _globals(words, defaults=False)
    groups: dict[str, Any] = {}
    for entry in command_line():
        head, _, tail = entry.id.partition(" ")
        text = translate(entry.text, words.language)
        if tail:
            if head not in groups:
                told = words(f"{head}_group")
                group = commands.add_parser(head, help=told, description=told)
                groups[head] = group.add_subparsers(dest="subcommand", metavar="COMMAND", required=True)
            sub = groups[head].add_parser(tail, help=text, description=text, parents=[shared])
        else:
            sub = commands.add_parser(head, help=text, description=text, parents=[shared])
        sub.set_defaults(command=entry.id)
        # Only the asked command's module is imported: help and other commands stay light.
        if head in argv:
            import_module(f"jasic_desktop.cli.{_MODULES[head]}").add(sub, words)
    return parser
