"""`self-test`: the program tests itself on this machine and says so, check by check."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from jasic_desktop import TITLE, __version__
from jasic_desktop.core.errors import ExitCode

if TYPE_CHECKING:
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session


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
    for outcome in self_test(opened):
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
    return ExitCode.PROGRAM_FAULT if failed else ExitCode.DONE
