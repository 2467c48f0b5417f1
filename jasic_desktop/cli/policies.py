"""`policy`: what the machine's policy lays down, each value with where it comes from."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from jasic_desktop.core.errors import ExitCode

if TYPE_CHECKING:
    from jasic_desktop.app.policy_report import Row
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of `policy`."""
    parser.add_argument("--all", action="store_true", help=words("policy_all"))


def run(session: Session) -> ExitCode:
    """Show what is in force."""
    from jasic_desktop.app.policy_report import SECTIONS, rows
    from jasic_desktop.core.policy import FILE_NAME

    output, say, places = session.output, session.language, session.arguments.places
    policy = places.policy
    found, path = rows(policy, session.arguments.settings), places.machine / FILE_NAME
    if output.json:
        output.document(
            {
                "file": str(path),
                "exists": policy.machine is not None,
                "good": not policy.faults,
                "faults": [fault.sentence(say) for fault in policy.faults],
                **{section: [row.document() for row in found if row.section == section] for section in SECTIONS},
            }
        )
        return ExitCode.DONE
    output.line("cli.policy.file" if policy.machine is not None else "cli.policy.no_file", path=path)
    for section in SECTIONS:
        output.text(f"\n{output.words(f'policy.section.{section}')}\n")
        shown = [row for row in found if row.section == section]
        closed = [row for row in shown if not row.value]
        if section == "commands" and not session.options.all:
            shown = closed
            output.line("cli.policy.closed", closed=len(closed), count=sum(row.section == section for row in found))
        _show(session, shown)
    return ExitCode.DONE


def _show(session: Session, shown: list[Row]) -> None:
    output, say = session.output, session.language
    width = max((len(row.key.key) for row in shown), default=0)
    for row in shown:
        output.text(f"  {row.key.key:<{width}}  {row.told(say)}  ({row.origin(say)})\n")
        if row.section != "commands":
            output.text(f"  {'':<{width}}  {row.description(say)}\n")
