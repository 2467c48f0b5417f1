"""`open PACK|ID`: opens the window on a pack, or on a record of the archive in use."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jasic_desktop.cli import window
from jasic_desktop.core.errors import ExitCode

if TYPE_CHECKING:
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session

_ENDING: Final = ".jasicpack"
_BAGIT: Final = "bagit.txt"


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of `open`."""
    parser.add_argument("target", metavar="PACK|ID", help=words("open_target"))
    window.add_looks(parser, words)


def run(session: Session) -> ExitCode:
    """Open the window and stay until it is closed."""
    target = session.options.target
    pack = pack_meant(target)
    if pack is not None:
        session.arguments.archive = str(pack)
    return window.show(session, record=None if pack is not None else target)


def pack_meant(target: str) -> Path | None:
    """The pack or source that `target` points at, a folder also by its bagit.txt; None for what is no path."""
    try:
        path = Path(target)
        if path.name == _BAGIT:
            return path.parent
        # What ends like a pack is told to be missing, not looked for as a record.
        return path if path.exists() or path.suffix == _ENDING else None
    except (OSError, ValueError):
        return None
