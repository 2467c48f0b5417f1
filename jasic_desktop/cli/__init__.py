"""The command line: reads the words, opens what they need, ends with one of the documented exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from jasic_desktop.cli.output import Output, force_utf8
from jasic_desktop.cli.parser import Arguments, parse, prefer
from jasic_desktop.core.errors import Cancelled, DamagedFault, ExitCode, Fault, UsageFault
from jasic_desktop.core.languages import Language
from jasic_desktop.core.refusal import refusal


def main(argv: Sequence[str] | None = None, *, room: str | None = None) -> int:
    """Run one command of the command line and return its exit code; `room` is the private folder of a reading room's
    session, which is all it writes to.
    """
    force_utf8()
    words = list(sys.argv[1:] if argv is None else argv)
    language: Language = "en"
    try:
        preferences = prefer(words, Path(room) if room is not None else None)
        language = preferences.language
        arguments = parse(words, preferences)
    except UsageFault as fault:
        return int(Output(language).fault(fault))
    if isinstance(arguments, ExitCode):
        return int(arguments)
    return int(_run(arguments))


def _run(arguments: Arguments) -> ExitCode:
    """Run the command; whatever stops it becomes one sentence and an exit code."""
    from jasic_desktop.cli.session import Session

    output = Output(arguments.language, json=arguments.json)
    try:
        arguments.require()
        with Session(arguments, output) as session:
            try:
                code = arguments.run(session)
            except DamagedFault as fault:
                if not session.mended(fault):
                    raise
                code = arguments.run(session)
        sys.stdout.flush()
        return code
    except Fault as fault:
        return output.fault(fault)
    except KeyboardInterrupt:
        return output.fault(Cancelled())
    except BrokenPipeError:
        # The reader of our output went away (`| head`): no fault, but nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except OSError as error:
        if arguments.traceback:
            raise
        return output.fault(refusal(error))
    except Exception as error:
        if arguments.traceback:
            raise
        return output.fault(Fault("cli.program_fault", kind=type(error).__name__, text=str(error)))
