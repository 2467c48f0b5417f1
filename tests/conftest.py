"""What every test gets: a home of its own, settings for hypothesis, and the program as a child process."""

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers import shared

ROOT = Path(__file__).resolve().parents[1]

# HYPOTHESIS_EXAMPLES=2000 searches longer, and anew each time.
_EXAMPLES = os.environ.get("HYPOTHESIS_EXAMPLES")
settings.register_profile(
    "project",
    max_examples=int(_EXAMPLES) if _EXAMPLES else 50,
    derandomize=not _EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("project")

_HOME_VARIABLES = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_CACHE_HOME": ".cache",
    "XDG_STATE_HOME": ".local/state",
    "XDG_RUNTIME_DIR": "runtime",
    "XDG_DATA_DIRS": "system/share",
    "XDG_CONFIG_DIRS": "system/etc",
}
_FORGOTTEN = (
    *("LC_ALL", "LC_MESSAGES", "LANGUAGE", "COLUMNS", "LINES", "TERM_PROGRAM", "COLORTERM"),
    *("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "DISPLAY", "WAYLAND_DISPLAY"),
    *("PYTHONPATH", "PYTHONHOME", "PYTHONWARNINGS", "SOURCE_DATE_EPOCH"),
    "PYTHONDONTWRITEBYTECODE",  # else each program that a test starts compiles all anew
)

_COUNTED = ("core", "packs", "search", "export", "app", "workspace")
"""Coverage holds the first four of these packages to a gate, by what the tests of these folders reach."""


def home_variables(home: Path) -> dict[str, str]:
    """The variables that make `home`, on any system, the home of a program that is started with them."""
    for folder in _HOME_VARIABLES.values():
        (home / folder).mkdir(parents=True, exist_ok=True)
    (home / "runtime").chmod(0o700)
    return {name: str(home / folder) for name, folder in _HOME_VARIABLES.items()}


def pytest_configure(config: pytest.Config) -> None:
    """Before anything is collected: no test sees the real home, terminal, language or display."""
    home = tempfile.TemporaryDirectory(prefix="jasic-test-", ignore_cleanup_errors=True)
    before = dict(os.environ)
    for name in _FORGOTTEN:
        os.environ.pop(name, None)
    os.environ.update(home_variables(Path(home.name)))
    os.environ.setdefault(shared.VARIABLE, str(Path(home.name, "shared")))  # inherited by a parallel run's processes
    os.environ.update({"LANG": "C.UTF-8", "TERM": "dumb", "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"})
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"  # else a window on a screen starts a bus, which outlives it

    def restore() -> None:
        os.environ.clear()
        os.environ.update(before)
        home.cleanup()

    config.add_cleanup(restore)


def pytest_collection_finish() -> None:
    """The thousands of tests are there to the end: no search for what nobody holds has to look through them."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Tests of other folders go uncounted, fixtures and all."""
    if item.path.relative_to(ROOT).parts[1] in _COUNTED:
        return (yield)
    with shared.uncounted():
        return (yield)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


Program = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def program() -> Program:
    """Runs the program as a person does, in a process of its own: `program("search", "yuexin", home=FOLDER)`.

    `home` gives it a home of its own, `env` more variables, `python` more options for the interpreter.
    """

    def run(
        *arguments: str | Path,
        home: Path | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stdin: str = "",
        python: tuple[str, ...] = (),
        timeout: float = 300,
    ) -> "subprocess.CompletedProcess[str]":
        variables = {**os.environ, "PYTHONPATH": str(ROOT)}
        if home is not None:
            variables |= home_variables(home)
        variables |= env or {}
        return subprocess.run(
            [sys.executable, "-P", *python, "-m", "jasic_desktop", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env=variables,
            cwd=cwd,
            timeout=timeout,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def used_home() -> Path:
    """A home in which the bundled archive was searched before, so that its index stands: give it to `program`.

    Made once for the whole run: the processes of a parallel run share it, so a test must not change it.
    """
    return shared.used_home()
