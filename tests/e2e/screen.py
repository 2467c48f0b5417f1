"""A screen of our own, with the keys and the mouse of a person, and pictures of what they would see."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.e2e.running import wait_for

NEEDED: Final = ("Xvfb", "xdotool")
MISSING: Final = [tool for tool in NEEDED if shutil.which(tool) is None]
SIZE: Final = (1440, 900)
KEY_MS: Final = 25
WHEEL_DOWN: Final = 5
"""The button that a turn of the wheel is."""
_STILL_SECONDS: Final = 0.25
_PATIENCE_SECONDS: Final = 10

_GRAB: Final = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication(["grab", "-platform", "xcb"])
for line in sys.stdin:
    picture = application.primaryScreen().grabWindow(0).toImage()
    picture.save(line.strip(), "PNG")
    print(hash(picture.bits().tobytes()), flush=True)
"""


class Screen:
    """An X server without a window manager, and what a person does there. A context manager."""

    def __init__(self, size: tuple[int, int] = SIZE, pictures: Path | None = None) -> None:
        self._size = size
        self._pictures = pictures
        self._taken = 0
        self._window = ""
        self._seen = 0

    def __enter__(self) -> Self:
        told, tell = os.pipe()
        wide, high = self._size
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(tell), "-screen", "0", f"{wide}x{high}x24", "-nolisten", "tcp"],
            pass_fds=(tell,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(tell)
        with os.fdopen(told) as file:
            self.display = f":{file.readline().strip()}"
        self._environment = {**os.environ, "DISPLAY": self.display}
        self._eye = subprocess.Popen(
            [sys.executable, "-P", "-c", _GRAB],
            env=self._environment | {"QT_QPA_PLATFORM": "xcb"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (self._eye, self._server):
            process.kill()
            process.communicate()

    def end_server(self) -> None:
        """Take the screen away under the program."""
        self._server.kill()
        self._server.wait()

    # ------------------------------------------------------------------------------------------- what a person sees

    def find(self, title: str, seconds: float = 30) -> None:
        """Wait for a window whose title holds `title`, and give it the keys: there is nobody else to do so."""
        assert wait_for(lambda: bool(self._windows(title)), seconds), f"no window {title!r}"
        self._window = self._windows(title)[-1]
        self._do("windowfocus", "--sync", self._window)

    @property
    def corner(self) -> tuple[int, int]:
        """Where the window that was found last begins."""
        words = ["xdotool", "getwindowgeometry", "--shell", self._window]
        done = subprocess.run(words, env=self._environment, capture_output=True, encoding="utf-8", check=True)
        told = dict(line.partition("=")[::2] for line in done.stdout.splitlines())
        return int(told["X"]), int(told["Y"])

    def windows(self, title: str = ".") -> list[str]:
        """The windows that are shown and have a title."""
        return self._windows(title)

    def see(self, path: Path) -> int:
        """A picture of the screen as it is this moment, moving or not."""
        return self._see(path)

    def look(self, name: str) -> int:
        """A picture of the screen once it is another one and nothing moves; tells apart what looks different."""
        self._taken += 1
        folder = self._pictures
        path = folder / f"{self._taken:02}-{name}.png" if folder is not None else Path(os.devnull)
        seen, until = self._see(path), time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            time.sleep(_STILL_SECONDS)
            now = self._see(path)
            # What a key brings may take a moment to begin: what was seen before is not taken for it.
            if now == seen != self._seen:
                break
            seen = now
        self._seen = seen
        return seen

    # ------------------------------------------------------------------------------------------- what a person does

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", str(KEY_MS), text)

    def press(self, *keys: str) -> None:
        """Press keys, such as `ctrl+e`, one after the other."""
        self._do("key", "--delay", str(KEY_MS), *keys)

    def click(self, x: int, y: int, button: int = 1, times: int = 1) -> None:
        """Click at a place."""
        self._do(
            "mousemove", "--sync", str(x), str(y), "click", "--repeat", str(times), "--delay", str(KEY_MS), str(button)
        )

    def drag(self, start: tuple[int, int], end: tuple[int, int], key: str = "") -> None:
        """Move the mouse with the first button held, and with a key held where one is named."""
        middle = ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        if key:
            self._do("keydown", key)
        self._do("mousemove", *map(str, start), "mousedown", "1")
        for place in (middle, end):
            self._do("mousemove", *map(str, place))
            time.sleep(0.05)
        self._do("mouseup", "1")
        if key:
            self._do("keyup", key)

    # ----------------------------------------------------------------------------------------------------- helpers

    def _windows(self, title: str) -> list[str]:
        done = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", title],
            env=self._environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout.split()

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True, capture_output=True, timeout=60)

    def _see(self, path: Path) -> int:
        assert self._eye.stdin is not None and self._eye.stdout is not None
        self._eye.stdin.write(f"{path}\n")
        self._eye.stdin.flush()
        ready, _, _ = select.select([self._eye.stdout], [], [], _PATIENCE_SECONDS)
        assert ready, "the screen could not be looked at"
        return int(self._eye.stdout.readline())
