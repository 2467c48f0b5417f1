"""The words of the command line: global options, the commands of the one table, and help in the person's language."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

from jasic_desktop import PROGRAM, TITLE, __version__
from jasic_desktop.app.commands import COMMANDS
from jasic_desktop.core.errors import ExitCode, UsageFault
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.localised import LANGUAGES, Language
from jasic_desktop.core.paths import Places
from jasic_desktop.core.settings import Settings

# Each command's module has `add(parser, words)` and `run(session)`; it is imported when its command is asked for.
_MODULES: Final[Mapping[str, str]] = {
    "search": "search",
    "show": "show",
    "timeline": "timeline",
    "cite": "cite",
    "export": "export",
    "archive": "archives",
    "self-test": "selftest",
}


class Words:
    """The help texts of one command in one language: `words("limit")` is `cli.help.<limit>` of the catalogue."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """The text of `cli.help.<key>`."""
        # argparse fills %-placeholders of its own in help texts.
        return translate(f"cli.help.{key}", self.language, **values).replace("%", "%%")


class Arguments:
    """What the person asked for: the parsed options, their language and places, and the command to run."""

    def __init__(self, options: argparse.Namespace, language: Language, places: Places, settings: Settings) -> None:
        self.options = options
        self.language = language
        self.places = places
        self.settings = settings
        self.command: str = options.command
        self.json: bool = options.json or getattr(options, "format", None) == "json"
        self.archive: str | None = options.archive
        self.traceback: bool = options.traceback

    @property
    def run(self) -> Callable[[Any], ExitCode]:
        """The function that does the command."""
        module = import_module(f"jasic_desktop.cli.{_MODULES[self.command.partition(' ')[0]]}")
        function: Callable[[Any], ExitCode] = module.run
        return function

    def __getattr__(self, name: str) -> Any:
        return getattr(self.options, name)


class _Parser(argparse.ArgumentParser):
    """Tells a wrong call in one sentence, as every other fault."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, allow_abbrev=False, **kwargs)

    def error(self, message: str) -> NoReturn:
        raise UsageFault("cli.usage", message=message, program=self.prog)


def parse(argv: Sequence[str]) -> Arguments | ExitCode:
    """The arguments of the command line, or the exit code when nothing is left to do (`--help`, `--version`).

    Raises UsageFault for a wrong call.
    """
    before = _globals(Words("en"), defaults=True)
    known, _rest = before.parse_known_args([a for a in argv if a not in ("-h", "--help")])
    places = Places.of(known.profile)
    settings = Settings.load(places.config)
    language = known.lang or language_of(settings.text("language"), os.environ)
    parser = _parser(Words(language), argv)
    try:
        options = parser.parse_args(argv)
    except SystemExit as end:
        return ExitCode(end.code or 0) if isinstance(end.code, int) else ExitCode.DONE
    if options.version:
        print(f"{TITLE} {__version__}")
        return ExitCode.DONE
    if options.command is None:
        raise UsageFault("cli.no_window", program=PROGRAM)
    for name in ("archive", "profile", "lang", "json", "traceback"):
        # An option may stand before or after the command; the sub-parser leaves it out when it was not given there.
        setattr(options, name, getattr(options, name, None) or getattr(known, name))
    return Arguments(options, language, places, settings)


def language_of(setting: str, environment: Mapping[str, str]) -> Language:
    """The language to speak: the setting, else that of the system's locale variables."""
    for language in LANGUAGES:
        if setting == language:
            return language
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    tag = locale.partition(".")[0].replace("-", "_").lower()
    if tag.startswith(("zh_tw", "zh_hk", "zh_mo", "zh_hant")):
        return "zh-Hant"
    return "zh-Hans" if tag.startswith("zh") else "en"


def _globals(words: Words, *, defaults: bool) -> argparse.ArgumentParser:
    """The options that may stand before or after the command."""
    parser = _Parser(add_help=False)
    group = parser.add_argument_group(words("global_title"))
    default: Any = None if defaults else argparse.SUPPRESS
    flag: Any = False if defaults else argparse.SUPPRESS
    group.add_argument("--archive", metavar="NAME|PATH", default=default, help=words("archive"))
    group.add_argument("--profile", metavar="DIR", type=Path, default=default, help=words("profile"))
    group.add_argument("--lang", choices=LANGUAGES, default=default, help=words("lang"))
    group.add_argument("--json", action="store_true", default=flag, help=words("json"))
    group.add_argument("--traceback", action="store_true", default=flag, help=words("traceback"))
    return parser


def _parser(words: Words, argv: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=PROGRAM,
        description=words("program"),
        epilog=words("exit_codes"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_globals(words, defaults=True)],
    )
    parser.add_argument("--version", action="store_true", help=words("version"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title=words("commands_title"))
    shared = _globals(words, defaults=False)
    groups: dict[str, Any] = {}
    for entry in COMMANDS:
        head, _, tail = entry.id.partition(" ")
        text = translate(entry.text, words.language)
        if tail:
            if head not in groups:
                group = commands.add_parser(head, help=words("archive_group"), description=words("archive_group"))
                groups[head] = group.add_subparsers(dest="subcommand", metavar="COMMAND", required=True)
            sub = groups[head].add_parser(tail, help=text, description=text, parents=[shared])
        else:
            sub = commands.add_parser(head, help=text, description=text, parents=[shared])
        sub.set_defaults(command=entry.id)
        # Only the asked command's module is imported: help and other commands stay light.
        if head in argv:
            import_module(f"jasic_desktop.cli.{_MODULES[head]}").add(sub, words)
    return parser
