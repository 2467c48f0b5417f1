"""Starts the program's own child process, the only kind there is, and passes frames of bytes through its pipes."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import subprocess

WORKER: Final = "--worker-of-the-window"
"""The hidden first argument with which the program is its own worker; `__main__` looks for it before anything else."""
PICTURE: Final = "picture"
"""The only argument after WORKER of a child that decodes one picture."""
GATHER: Final = "gather"
"""The only argument after WORKER of a child that gathers the terms of records for an index."""
SESSION: Final = "session"
"""The argument after WORKER of a child that is the window of a reading room; the command line's own words follow."""
MOST_BYTES: Final = 16 << 20
"""The longest frame; one that claims to be longer is no frame of ours."""
ROOM: Final = "JASIC_DESKTOP_ROOM"
"""The variable that says to the processes of a reading room what they are."""
_LENGTH: Final = 4
_AT_ONCE: Final = 1 << 16
_ERRORS_KEPT: Final = 8192
_PATIENCE: Final = 2.0
_KEPT_LOADER: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH")
"""Where the system's loader finds libraries: without it an interpreter in an unusual place would not start."""
_BOOT: Final = (
    "import sys; n = 2 + int(sys.argv[1]); path, words = sys.argv[2:n], sys.argv[n:]; "
    "sys.path[:] = path; sys.argv[1:] = words; "
    "from jasic_desktop.__main__ import main; sys.exit(main())"
)
_SESSION_BOOT: Final = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from jasic_desktop.__main__ import main; sys.exit(main())"
)


class MalformedFrameError(ValueError):
    """What came through a pipe is not a frame."""


class ChildGoneError(OSError):
    """The process at the other end of the pipe is there no more."""


def frame(body: bytes) -> bytes:
    """`body` with its length before it, as four bytes, the highest first."""
    if len(body) > MOST_BYTES:
        raise MalformedFrameError(f"a frame of {len(body)} bytes")
    return len(body).to_bytes(_LENGTH, "big") + body


class Frames:
    """Puts frames together again from the pieces in which a pipe gives them."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The bodies that are whole now. Raises MalformedFrameError for a length that no frame has."""
        self._waiting += data
        bodies: list[bytes] = []
        start = 0
        while len(self._waiting) - start >= _LENGTH:
            length = int.from_bytes(self._waiting[start : start + _LENGTH], "big")
            if length > MOST_BYTES:
                raise MalformedFrameError(f"a frame of {length} bytes")
            end = start + _LENGTH + length
            if len(self._waiting) < end:
                break
            bodies.append(bytes(self._waiting[start + _LENGTH : end]))
            start = end
        del self._waiting[:start]
        return bodies


def own_program(*arguments: str | os.PathLike[str]) -> list[str]:
    """The command that starts this program as its own worker: the bundle itself, or this interpreter."""
    words = [WORKER, *(os.fspath(argument) for argument in arguments)]
    if getattr(sys, "frozen", False):
        return [sys.executable, *words]
    # The child imports from where we do, whatever its environment and folder; -P keeps the folder out until then.
    options = ["-P", *(["-B"] if sys.dont_write_bytecode else []), *(["-I"] if sys.flags.isolated else [])]
    return [sys.executable, *options, "-c", _BOOT, str(len(sys.path)), *sys.path, *words]


def own_session(folder: Path, arguments: Sequence[str]) -> list[str]:
    """The command that starts this program as the window of a reading room, with `folder` as all it may write to.

    Its interpreter takes nothing from the environment, and no module from anywhere but itself and this program.
    """
    words = [WORKER, SESSION, os.fspath(folder), *arguments]
    if getattr(sys, "frozen", False):
        return [sys.executable, *words]
    root = os.fspath(Path(__file__).resolve().parents[2])
    return [sys.executable, "-I", "-B", "-c", _SESSION_BOOT, root, *words]


def clean_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """`environment` without what would change how an interpreter or the system's loader starts."""
    return {
        name: value
        for name, value in environment.items()
        if name in _KEPT_LOADER or not name.upper().startswith(("PYTHON", "LD_", "DYLD_"))
    }


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Child:
    """A running child process with pipes. `send` and `receive` pass bytes; `end` leaves nothing of it behind.

    `receive` waits and may be called from another thread than the rest. Raises OSError when it cannot be started.
    """

    def __init__(self, command: Sequence[str]) -> None:
        # Late, because a child itself and every command of the command line come by this module.
        import subprocess

        # The command is this program's own (own_program), never made of anything a record or a person wrote.
        self._process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=clean_environment(os.environ),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        if self._process.stdin is None or self._process.stdout is None or self._process.stderr is None:
            raise ChildGoneError("the child has no pipes")
        self._in, self._out, self._err = self._process.stdin, self._process.stdout, self._process.stderr
        self._errors = b""
        if sys.platform != "win32":
            os.set_blocking(self._err.fileno(), False)

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """How it ended, negative for a signal; None while it runs."""
        return self._process.poll()

    def send(self, data: bytes) -> None:
        """Write `data`, which must fit into a pipe that the child has emptied. Raises ChildGoneError."""
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._in.fileno(), view) :]
        except (OSError, ValueError) as error:
            raise ChildGoneError(str(error)) from error

    def receive(self) -> bytes:
        """The next bytes it wrote, as soon as there are any; empty once its end of the pipe is closed."""
        try:
            return os.read(self._out.fileno(), _AT_ONCE)
        except (OSError, ValueError):
            return b""

    def errors(self) -> str:
        """The last of what it wrote to its standard error. To be called now and then, so that it never has to wait."""
        # Where a pipe cannot be read without waiting, it is read when nobody can write to it any more.
        if not self._err.closed and (sys.platform != "win32" or self.exit_code is not None):
            with contextlib.suppress(OSError):
                while data := os.read(self._err.fileno(), _AT_ONCE):
                    self._errors = (self._errors + data)[-_ERRORS_KEPT:]
        return self._errors.decode("utf-8", "replace")

    def wait(self, seconds: float) -> int | None:
        """Its exit code, negative for a signal; None where it still runs after so many seconds."""
        return self._wait(seconds)

    def finish(self, seconds: float = _PATIENCE) -> int | None:
        """Close its standard input and wait for it to end by itself; its exit code, None if it does not end."""
        self._in.close()
        return self._wait(seconds)

    def end(self) -> None:
        """End it at once, even if it hangs or is stopped, and let the system forget it.

        The pipe that `receive` reads stays open until `close`, and has come to its end.
        """
        self._in.close()
        self._process.kill()
        # A process that waits for a dead disk cannot be ended by anybody; the system ends it when it can.
        self._wait(_PATIENCE)
        self.errors()

    def close(self) -> None:
        """Close the pipes; nobody may be waiting in `receive`."""
        for pipe in (self._in, self._out, self._err):
            pipe.close()

    def _wait(self, seconds: float) -> int | None:
        from subprocess import TimeoutExpired

        try:
            return self._process.wait(seconds)
        except TimeoutExpired:
            return None


class Inbox:
    """The child's side of its standard input: frames from the parent."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._frames = Frames()
        self.closed = False

    def wait(self) -> list[bytes]:
        """Frames, as soon as there is at least one; none once the parent has closed the pipe or is gone."""
        bodies: list[bytes] = []
        while not bodies and not self.closed:
            bodies = self._read(waiting=True)
        return bodies

    @property
    def tells(self) -> bool:
        """Whether this system says what waits in a pipe without waiting for it."""
        return sys.platform != "win32"

    def waiting(self) -> list[bytes]:
        """Frames that are there already; on systems where a pipe cannot be asked without waiting, none."""
        if sys.platform == "win32" or self.closed:
            return []
        return self._read(waiting=False)

    def _read(self, *, waiting: bool) -> list[bytes]:
        if sys.platform != "win32":
            os.set_blocking(self._descriptor, waiting)
        try:
            data = os.read(self._descriptor, _AT_ONCE)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        self.closed = not data
        return self._frames.feed(data)


class Outbox:
    """The child's side of its standard output: frames to the parent."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def send(self, body: bytes) -> None:
        """Send one frame. Raises ChildGoneError when the parent does not read any more."""
        view = memoryview(frame(body))
        try:
            while view:
                view = view[os.write(self._descriptor, view) :]
        except OSError as error:
            raise ChildGoneError(str(error)) from error


def own_pipes() -> tuple[Inbox, Outbox]:
    """The pipes of this process, which is a child: whatever else it reads or prints goes elsewhere from now on.

    Ctrl+C in the terminal of the parent is the parent's to deal with.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inbox, outbox = Inbox(os.dup(0)), Outbox(os.dup(1))
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return inbox, outbox


class Ward:
    """A child process that is looked after: it writes and reads where this one does, and is told when this one goes.

    Its standard input is a pipe that nothing is written to and that ends with this process. Raises OSError when it
    cannot be started.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        import subprocess

        # The command is this program's own (own_session), never made of anything a record or a reader wrote.
        self._process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            env=dict(environment),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def wait(self, seconds: float | None = None) -> int | None:
        """Its exit code once it has ended, negative for a signal; None where it runs on after so many seconds."""
        from subprocess import TimeoutExpired

        try:
            code = self._process.wait(seconds)
        except TimeoutExpired:
            return None
        self._close()
        return code

    def ask_to_end(self) -> None:
        """Ask it to end by itself. May be called from a signal's handler."""
        self._close()
        if sys.platform != "win32":
            self._process.terminate()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self.wait(_PATIENCE)

    def _close(self) -> None:
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
