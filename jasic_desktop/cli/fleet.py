"""`fleet …`: makes a machine as a folder says, and tells which machine holds what."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jasic_desktop.core.errors import ExitCode

if TYPE_CHECKING:
    from jasic_desktop.cli.parser import Words
    from jasic_desktop.cli.session import Session


def add(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the options of one `fleet` command."""
    match str(parser.get_default("command")).partition(" ")[2]:
        case "apply":
            parser.add_argument("folder", metavar="FOLDER", type=Path, help=words("fleet_folder"))
            parser.add_argument("--force", action="store_true", help=words("force"))
        case "report":
            parser.add_argument("--out", metavar="FOLDER", type=Path, help=words("fleet_out"))
            parser.add_argument("--verify", action="store_true", help=words("fleet_verify"))
        case "compare":
            parser.add_argument("folder", metavar="FOLDER", type=Path, help=words("fleet_reports"))


def run(session: Session) -> ExitCode:
    """Do one `fleet` command."""
    actions = {"apply": _apply, "report": _report, "compare": _compare}
    return actions[session.arguments.command.partition(" ")[2]](session)


def _apply(session: Session) -> ExitCode:
    from jasic_desktop.app.fleet import apply

    output = session.output
    with output.progress() as progress:
        done = apply(session.options.folder, session.arguments.places, force=session.options.force, progress=progress)
    if output.json:
        output.document({"done": [asdict(one) for one in done]})
        return ExitCode.DONE
    for one in done:
        what, state = output.words(f"fleet.what.{one.what}"), output.words(f"fleet.state.{one.state}")
        output.text(f"{what}  {one.name}  {state}{f'  {one.fingerprint}' if one.fingerprint else ''}\n")
    return ExitCode.DONE


def _report(session: Session) -> ExitCode:
    from jasic_desktop.app.fleet_report import report, write

    output, options = session.output, session.options
    with output.progress() as progress:
        made = report(session.arguments.places, datetime.now().astimezone(), look=options.verify, progress=progress)
    path = write(made, options.out) if options.out is not None else None
    if output.json or path is None:
        output.document(made)
    else:
        output.line("fleet.written", path=path)
    damaged = any(held.state == "damaged" for held in made.archives)
    return ExitCode.DAMAGED if damaged else ExitCode.DONE


def _compare(session: Session) -> ExitCode:
    from jasic_desktop.app.fleet_report import compare, read

    output = session.output
    reports, faults = read(session.options.folder)
    for fault in faults:
        output.warn(fault)
    lines = compare(reports)
    if output.json:
        output.document({"machines": [{"report": line.report, "differs": line.differs} for line in lines]})
        return ExitCode.DONE
    for line in lines:
        made = line.report
        marks = [output.words(f"fleet.differs.{side}") for side in line.differs]
        told = ", ".join(marks) or output.words("fleet.as_most")
        output.text(f"{made.machine}  {made.program}  {made.made}  {told}\n")
        policy = made.policy[:16] if made.policy else output.words("fleet.no_policy")
        good = "" if made.policy_good else f"  {output.words('fleet.bad_policy')}"
        output.text(f"  {output.words('fleet.what.policy')}  {policy}{good}\n")
        for held in made.archives:
            use = f"  {output.words('cli.archive.in_use')}" if held.in_use else ""
            state = f"  {output.words(f'fleet.archive.{held.state}')}" if held.state in _STATES else ""
            shown = held.fingerprint[:16] or output.words("cli.archive.not_prepared")
            output.text(f"  {output.words('fleet.what.archive')}  {held.name}@{held.version}  {shown}{state}{use}\n")
    differ = sum(bool(line.differs) for line in lines)
    output.line("fleet.compared", machines=len(lines), differ=differ)
    return ExitCode.DONE


_STATES = ("verified", "complete", "damaged")
