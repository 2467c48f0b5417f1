"""`jasic-desktop` without a command: opens the window, or draws it into a picture."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jasic_desktop import PROGRAM
from jasic_desktop.app.standby import Standby
from jasic_desktop.cli import kiosk
from jasic_desktop.core.errors import DisplayFault, ExitCode, UsageFault
from jasic_desktop.core.policy_keys import START_PAGES

if TYPE_CHECKING:
    from jasic_desktop.app.navigation import View
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session

_NEED_DISPLAY: Final = ("", "xcb", "wayland", "wayland-egl")
_LARGEST: Final = 8192


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of the window."""
    group = parser.add_argument_group(words("window_title"))
    group.add_argument("--open", metavar="ID", help=words("open"))
    group.add_argument("--search", metavar="QUERY", help=words("search"))
    group.add_argument("--view", choices=("start", "browse", "timeline", "page"), help=words("view"))
    group.add_argument("--kiosk", action="store_true", help=words("kiosk"))
    add_looks(group, words)


def add_looks(parser: argparse._ActionsContainer, words: Words) -> None:
    """Add the options that say how the window looks, and whether it is drawn into a picture."""
    parser.add_argument("--theme", choices=("light", "dark", "system"), help=words("theme"))
    parser.add_argument("--reset-window", action="store_true", help=words("reset_window"))
    parser.add_argument("--screenshot", metavar="FILE.png", type=Path, help=words("screenshot"))
    parser.add_argument("--force", action="store_true", help=words("force"))
    parser.add_argument("--size", metavar="WxH", help=words("size"))


def run(session: Session) -> ExitCode:
    """Open the window and stay until it is closed."""
    options = session.options
    return show(session, options.open, options.search, options.view)


def show(
    session: Session, record: str | None = None, question: str | None = None, view: View | None = None
) -> ExitCode:
    """Open the window on a record, a question or a view; it looks as the options of `add_looks` say."""
    options = session.options
    size = _size(options.size)
    policy = session.arguments.places.policy
    is_room = policy.flag("kiosk")
    if not is_room and record is None and question is None and view is None:
        record, view = start_page(policy.text("start_page"))
    if options.screenshot is not None:
        if not is_room:  # the picture of a room is made for its keepers; nobody in it has a command line
            policy.require("export")
            session.may_write(options.screenshot)
        if options.screenshot.suffix.lower() != ".png":
            raise UsageFault("cli.not_png", path=options.screenshot)
        # A picture needs no display, and must look the same on every machine.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif not has_display(os.environ):
        raise DisplayFault("cli.no_display", program=PROGRAM)
    arguments = session.arguments
    if is_room and arguments.room is None and options.screenshot is None:
        return kiosk.keep(session, {"open": record, "search": question, "view": view})
    # On another processor while Qt is loaded; it ends when this process does.
    standby = None if is_room else Standby()
    try:
        from jasic_desktop.ui.application import Wish
        from jasic_desktop.ui.application import run as open_window
    except ImportError as error:
        if standby is not None:
            standby.close()
        raise DisplayFault("cli.no_qt", reason=error) from error
    wish = Wish(
        arguments.archive,
        record,
        question,
        options.theme,
        view,
        options.reset_window,
        options.screenshot,
        size,
        options.force,
    )
    if is_room:
        return kiosk.picture(session, wish) if arguments.room is None else kiosk.window(session, arguments.room, wish)
    return open_window(arguments.places, arguments.settings, arguments.language, wish, standby)


def start_page(page: str) -> tuple[str | None, View | None]:
    """The record and the view that the window opens with, of what a policy calls its start page."""
    if page not in START_PAGES:
        return page, None
    return None, {"browse": "browse", "timeline": "timeline"}.get(page)  # type: ignore[return-value]


def has_display(variables: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether the variables name a display, or a platform of Qt that needs none."""
    if platform in ("win32", "darwin"):
        return True
    if variables.get("QT_QPA_PLATFORM", "").partition(":")[0] not in _NEED_DISPLAY:
        return True
    return bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


def _size(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    wide, _, high = text.lower().partition("x")
    if wide.isascii() and wide.isdigit() and high.isascii() and high.isdigit():
        size = int(wide[:6]), int(high[:6])
        if all(1 <= side <= _LARGEST for side in size):
            return size
    raise UsageFault("cli.bad_size", size=text, most=_LARGEST)
