"""What a desktop is told of the program: menu entries, icon, file type, software catalogue and manual page."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from build_tree import write
from dev import Stop, quietly, reason

LINUX = Path(__file__).resolve().parent / "linux"
PROGRAM = "jasic-desktop"
APP_ID = "localhost.jasicdesktop.JasicDesktop"
"""What catalogues and systems know the program by. The project has no domain, and takes a name that nobody can own."""
_COMMAND = re.compile(r"^ {4}([a-z][a-z-]*) +\S", re.MULTILINE)


def write_share(
    share: Path, bundle: Path, version: str, time: int, command: str = PROGRAM, name_of_all: str = PROGRAM
) -> None:
    """Fill the folder `share` as /usr/share is laid out.

    `command` is what the menu entries start; the names of the files that a desktop reads begin with `name_of_all`.
    """
    date = dt.datetime.fromtimestamp(time, dt.UTC).date().isoformat()
    values = {"PROGRAM": command, "VERSION": version, "DATE": date, "NAME": name_of_all, "APP_ID": APP_ID}
    for name, place in (
        ("jasic-desktop.desktop", "applications"),
        ("jasic-desktop-pack.desktop", "applications"),
        ("jasic-desktop.metainfo.xml", "metainfo"),
        ("jasic-desktop.svg", "icons/hicolor/scalable/apps"),
        ("jasic-desktop-mime.xml", "mime/packages"),
    ):
        text = (LINUX / name).read_text(encoding="utf-8")
        for key, value in values.items():
            text = text.replace(f"@{key}@", value)
        write(share / place / name.replace("-mime", "").replace(PROGRAM, name_of_all), text)
    write(share / "man" / "man1" / f"{PROGRAM}.1", manual(bundle / PROGRAM, version, date))


def manual(program: Path, version: str, date: str) -> str:
    """The manual page, made of what the program itself says with --help: of all of it, then of each command."""
    whole = _help(program)
    head, _, rest = whole.partition("\n\n")
    about, _, options = rest.partition("\n\n")
    lines = [
        f'.TH {PROGRAM.upper()} 1 "{date}" "Jasic Desktop {version}" "User commands"',
        ".SH NAME",
        rf"{PROGRAM} \- read a historical archive without a network",
        ".SH SYNOPSIS",
        *_plain(head.removeprefix("usage: ")),
        ".SH DESCRIPTION",
        _escaped(" ".join(about.split())),
        ".SH OPTIONS",
        *_plain(options),
        ".SH COMMANDS",
    ]
    for name in _commands(whole):
        said = _help(program, name)
        lines += [f".SS {_escaped(name)}", *_plain(said.partition("\n\n")[2])]
        for sub in _commands(said):
            text = _help(program, name, sub)
            lines += [f".SS {_escaped(f'{name} {sub}')}", *_plain(text.partition("\n\n")[2])]
    return "\n".join(lines) + "\n"


def _commands(said: str) -> list[str]:
    """The commands that a help text lists, in its order."""
    _, found, after = said.partition("  COMMAND\n")
    return _COMMAND.findall(after) if found else []


def _help(program: Path, *words: str) -> str:
    said, code = quietly([str(program), "--lang", "en", *words, "--help"], COLUMNS="80", NO_COLOR="1")
    if code:
        raise Stop(reason(said, "The program does not say its help"))
    return said.strip()


def _plain(text: str) -> list[str]:
    """Lines that stand as they are."""
    return [".nf", *map(_escaped, text.splitlines()), ".fi"]


def _escaped(line: str) -> str:
    line = line.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + line if line.startswith((".", "'")) else line
