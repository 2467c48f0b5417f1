"""`self-test`: the program tests itself on this machine and says so, check by check."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING, Final

from jasic_desktop import TITLE, __version__
from jasic_desktop.core.errors import ExitCode

if TYPE_CHECKING:
    from jasic_desktop.app.selftest import Outcome
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session

_WINDOW: Final = "cli.selftest.window"


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """`self-test` has no options of its own."""


def run(session: Session) -> ExitCode:
    """Run the checks and report each."""
    from jasic_desktop.app.selftest import self_test

    output = session.output
    opened = session.archive
    if not output.json:
        output.line("cli.selftest.title", program=TITLE, version=__version__)
    outcomes = []
    for outcome in chain(self_test(opened), _window(session)):
        outcomes.append(outcome)
        if not output.json:
            state = output.words(f"cli.selftest.{'passed' if outcome.passed else 'failed'}")
            output.text(f"  {state}: {output.words(outcome.check)} ({outcome.detail})\n")
    failed = [outcome for outcome in outcomes if not outcome.passed]
    if output.json:
        output.document(
            {"version": __version__, "passed": not failed, "checks": [asdict(outcome) for outcome in outcomes]}
        )
    elif failed:
        output.line("cli.selftest.some_failed", count=len(failed))
    else:
        output.line("cli.selftest.all_passed", count=len(outcomes))
    if len(outcomes) > len(failed) == 1 and outcomes[-1].check == _WINDOW:
        return ExitCode.NO_DISPLAY  # all is well but for PySide6, which cannot be loaded
    return ExitCode.PROGRAM_FAULT if failed else ExitCode.DONE


def _window(session: Session) -> Iterator[Outcome]:
    """The checks of the window, which is drawn without a screen; one failure where there is no PySide6."""
    from jasic_desktop.app.selftest import Outcome

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from jasic_desktop.ui.selfcheck import check_window
    except ImportError as error:
        yield Outcome(_WINDOW, passed=False, detail=session.output.words("cli.no_qt", reason=error))
        return
    arguments = session.arguments
    yield from check_window(arguments.places, arguments.settings, arguments.language, arguments.archive)
