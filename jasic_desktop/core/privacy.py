"""Keeps what this process holds in memory out of crash dumps, and the environment of its children bare."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from jasic_desktop.core.process import ROOM

_NOT_DUMPABLE: Final = 4  # PR_SET_DUMPABLE of linux/prctl.h
_NO_BOXES: Final = 0x0001 | 0x0002 | 0x8000  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX

_KEPT: Final = frozenset(
    {
        *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP"),
        *("DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "LANG", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "TZ"),
        *("SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "PROGRAMDATA", "PROGRAMFILES", "COMPUTERNAME", "SESSIONNAME"),
    }
)
"""What a reading room's process is told of the machine: its screen, its bus for screen readers, its language."""
_PLATFORMS: Final = frozenset({"xcb", "wayland", "offscreen", "windows", "cocoa"})
_PATH: Final = "/usr/bin:/bin"


def close_up() -> None:
    """Let nothing of this process's memory be written by a crash, and no file it makes be read by others.

    On Linux no other program of the same person may look into it either.
    """
    sys.dont_write_bytecode = True
    os.umask(0o077)
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(_NO_BOXES)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_NOT_DUMPABLE, 0, 0, 0, 0)


def bare_environment(environment: Mapping[str, str], home: Path) -> dict[str, str]:
    """The environment of a session: what it must know of the machine, with every folder of a person's below `home`.

    Whatever else the environment said of interpreters, loaders, Qt or folders is not in it.
    """
    made = {name: value for name, value in environment.items() if name.upper() in _KEPT}
    made |= {f"XDG_{kind}_HOME": str(home / folder) for kind, folder in _XDG.items()}
    made |= dict.fromkeys(("HOME", "USERPROFILE"), str(home))
    made |= dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(home / _TEMPORARY))
    made |= {"APPDATA": str(home / "AppData" / "Roaming"), "LOCALAPPDATA": str(home / "AppData" / "Local")}
    made[ROOM] = "1"
    made["PATH"] = environment.get("PATH", "") if sys.platform == "win32" else _PATH
    if made.get("DISPLAY") and "XAUTHORITY" not in made and environment.get("HOME"):
        # Where it is not named, it is looked for in the home that the session does not have.
        made["XAUTHORITY"] = str(Path(environment["HOME"], ".Xauthority"))
    if environment.get("QT_QPA_PLATFORM") in _PLATFORMS:
        made["QT_QPA_PLATFORM"] = environment["QT_QPA_PLATFORM"]
    if _is_number(environment.get("QT_SCALE_FACTOR", "")):
        made["QT_SCALE_FACTOR"] = environment["QT_SCALE_FACTOR"]
    return made


_XDG: Final = {"CONFIG": ".config", "DATA": ".local/share", "CACHE": ".cache", "STATE": ".local/state"}
_TEMPORARY: Final = "tmp"


def make_home(home: Path) -> None:
    """Make the folders that `bare_environment` names, for nobody but this person. Raises OSError."""
    for folder in ("", _TEMPORARY, *_XDG.values(), "AppData/Roaming", "AppData/Local"):
        (home / folder).mkdir(mode=0o700, parents=True, exist_ok=True)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal() and text.isascii() and len(text) <= 5
