"""What a process of a reading room lets out: no dump, no file that others can read, nothing of its environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jasic_desktop.core.privacy import bare_environment, make_home

CLOSED = """
import ctypes, json, os, resource, sys
from jasic_desktop.core.privacy import close_up
close_up()
dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) if sys.platform == "linux" else 0
print(json.dumps([resource.getrlimit(resource.RLIMIT_CORE), dumpable, os.umask(0), sys.dont_write_bytecode]))
"""

PLANTED = {
    **dict.fromkeys(("PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONINSPECT"), "/planted"),
    **dict.fromkeys(("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_GENERIC_PLUGINS"), "/planted"),
    **dict.fromkeys(("QT_STYLE_OVERRIDE", "QT_LOGGING_RULES", "QT_IM_MODULE", "QML2_IMPORT_PATH"), "/planted"),
    **dict.fromkeys(("LD_LIBRARY_PATH", "LD_PRELOAD", "LD_AUDIT", "DYLD_INSERT_LIBRARIES"), "/planted"),
    **dict.fromkeys(("FONTCONFIG_FILE", "GTK_MODULES", "BROWSER", "SSH_AUTH_SOCK", "XDG_DATA_DIRS"), "/planted"),
    "QT_QPA_PLATFORM": "offscreen:configfile=/planted",
    "QT_SCALE_FACTOR": "1/planted",
}


@pytest.mark.skipif(sys.platform == "win32", reason="limits and dumps are those of other systems")
def test_no_dump_is_written_and_no_file_can_be_read_by_others(root: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-P", "-c", CLOSED], env=environment, capture_output=True, check=True)
    assert json.loads(done.stdout) == [[0, 0], 0, 0o077, True]


def test_nothing_planted_in_the_environment_reaches_a_session(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made = bare_environment({**PLANTED, "DISPLAY": ":7", "HOME": "/home/room", "LANG": "zh_CN.UTF-8"}, home)
    assert not [name for name, value in made.items() if value.startswith("/planted") or ":configfile" in value]
    assert (made["DISPLAY"], made["LANG"]) == (":7", "zh_CN.UTF-8")
    # The X server's key is where it was, though the home is another.
    assert made["XAUTHORITY"] == str(Path("/home/room", ".Xauthority"))
    plain = bare_environment({"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "1.5"}, home)
    assert (plain["QT_QPA_PLATFORM"], plain["QT_SCALE_FACTOR"]) == ("offscreen", "1.5")


def test_every_folder_of_a_session_is_below_its_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made = bare_environment({}, home)
    make_home(home)
    folders = [value for name, value in made.items() if "HOME" in name or "TMP" in name or "APPDATA" in name]
    assert len(folders) == 9
    assert all(Path(folder).is_dir() and Path(folder).is_relative_to(home) for folder in folders)
