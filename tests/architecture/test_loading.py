"""What the program loads and opens while it runs: each command only what it needs, and never a connection."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import Program, home_variables

CURATORS = {"yaml", "markdown_it", "edtf", "opencc", "pypinyin"}  # read the source form of an archive
HEAVY = {"whoosh", "PySide6", "PIL", "lxml", "numpy"}

WATCHER = """
import json, runpy, sys

report, missing, *words = sys.argv[1:]
opened = []


class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in missing.split(","):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def watch(event, details):
    if event.startswith("socket.") and event != "socket.gethostname":
        opened.append(f"{event} {details}")


sys.meta_path.insert(0, Missing())
sys.addaudithook(watch)
sys.argv[:] = ["jasic-desktop", *words]
try:
    runpy.run_module("jasic_desktop", run_name="__main__")
finally:
    with open(report, "w", encoding="utf-8") as file:
        loaded = sorted({name.partition(".")[0] for name in sys.modules})
        whoosh = sorted(name for name in sys.modules if name.startswith("whoosh."))
        json.dump({"loaded": loaded, "whoosh": whoosh, "opened": opened}, file)
"""


class Watched(NamedTuple):
    """What a command did: its exit code and output, the libraries it loaded, which modules of Whoosh among them,
    and what it did with sockets.
    """

    code: int
    output: str
    errors: str
    loaded: set[str]
    whoosh: set[str]
    opened: list[str]


Watch = Callable[..., Watched]


@pytest.fixture
def watch(root: Path, tmp_path: Path) -> Watch:
    """Runs a command of the program (or another in `place`); libraries named in `missing` cannot be imported."""

    def run(*words: str, home: Path | None = None, missing: str = "", place: Path = root) -> Watched:
        report = tmp_path / "report.json"
        done = subprocess.run(
            [sys.executable, "-P", "-c", WATCHER, str(report), missing, *words],
            env={**os.environ, "PYTHONPATH": str(place), **home_variables(home or tmp_path / "home")},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
        seen = json.loads(report.read_text(encoding="utf-8"))
        loaded, whoosh = set(seen["loaded"]), set(seen["whoosh"])
        return Watched(done.returncode, done.stdout, done.stderr, loaded, whoosh, seen["opened"])

    return run


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("search", "--help")])
def test_saying_who_it_is_loads_nothing_heavy(watch: Watch, words: tuple[str, ...]) -> None:
    seen = watch(*words)
    assert seen.code == 0, seen.errors
    assert seen.loaded & (HEAVY | CURATORS) == set()


def test_a_search_loads_its_engine_and_nothing_that_only_curators_need(watch: Watch, used_home: Path) -> None:
    seen = watch("search", "yuexin", "--json", home=used_home)
    assert seen.code == 0, seen.errors
    assert json.loads(seen.output)["hits"][0]["id"] == "yue-xin"
    assert "whoosh" in seen.loaded
    assert seen.loaded & (CURATORS | HEAVY - {"whoosh", "numpy"}) == set()
    # The rest of Whoosh, and of this program what builds, would take as long to load as all else does to answer.
    assert seen.whoosh == {f"whoosh.{name}" for name in ("lang", "lang.porter", "system", "util", "util.numeric")}


@pytest.mark.parametrize("words", [("show", "yue-xin"), ("timeline", "--json"), ("cite", "yue-xin")])
def test_reading_does_not_load_the_engine(watch: Watch, used_home: Path, words: tuple[str, ...]) -> None:
    seen = watch(*words, home=used_home)
    assert seen.code == 0, seen.errors
    assert seen.loaded & (CURATORS | HEAVY) == set()


def test_listing_the_formats_loads_none_of_their_libraries(watch: Watch) -> None:
    seen = watch("export", "--list-formats")
    assert seen.code == 0, seen.errors
    assert seen.loaded & (HEAVY | CURATORS | {"docx", "openpyxl", "odfdo", "libzim", "pypdf", "citeproc"}) == set()


@pytest.mark.parametrize("words", [("search", "岳昕", "--json"), ("show", "mi-jiuping"), ("timeline",)])
def test_the_command_line_works_where_there_is_no_qt(watch: Watch, used_home: Path, words: tuple[str, ...]) -> None:
    seen = watch(*words, home=used_home, missing="PySide6,shiboken6")
    assert seen.code == 0, seen.errors
    assert seen.output


def test_without_numpy_the_search_says_so_and_all_else_works(watch: Watch, used_home: Path) -> None:
    seen = watch("search", "yuexin", home=used_home, missing="numpy")
    assert (seen.code, seen.output, seen.errors.count("\n")) == (1, "", 1), seen.errors
    assert "numpy" in seen.errors and "cannot be loaded" in seen.errors
    assert watch("show", "yue-xin", home=used_home, missing="numpy").code == 0


def test_a_pdf_without_qt_is_the_one_format_that_says_so(watch: Watch, used_home: Path, tmp_path: Path) -> None:
    words = ("export", "--ids", "yue-xin", "--out", str(tmp_path / "out"), "--format")
    seen = watch(*words, "pdf", home=used_home, missing="PySide6,shiboken6")
    assert seen.code == 6
    assert "PySide6" in seen.errors
    assert list(tmp_path.glob("out*")) == []
    assert watch(*words, "html", home=used_home, missing="PySide6,shiboken6").code == 0


def test_a_pdf_is_made_without_a_connection_and_without_the_window(
    watch: Watch, used_home: Path, tmp_path: Path
) -> None:
    seen = watch("export", "--ids", "yue-xin", "--format", "pdf", "--out", str(tmp_path / "a.pdf"), home=used_home)
    assert (seen.code, seen.opened) == (0, []), seen.errors
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert seen.loaded & (CURATORS | {"whoosh", "lxml", "numpy"}) == set()


@pytest.mark.parametrize("words", [("search", "ACFTU"), ("show", "yue-xin"), ("archive", "list"), ("--version",)])
def test_no_command_touches_a_network(watch: Watch, used_home: Path, words: tuple[str, ...]) -> None:
    assert watch(*words, home=used_home).opened == []


def test_the_watch_sees_what_it_watches_for(watch: Watch, tmp_path: Path) -> None:
    package = tmp_path / "planted" / "jasic_desktop"
    package.mkdir(parents=True)
    code = "import json, socket, sys, whoosh\nsocket.socket(socket.AF_INET).close()\nprint('said')\nsys.exit(4)\n"
    (package / "__main__.py").write_text(code, encoding="utf-8")
    seen = watch(place=package.parent)
    assert (seen.code, seen.output) == (4, "said\n")
    assert "whoosh" in seen.loaded
    assert len(seen.opened) == 1
    blind = watch(place=package.parent, missing="yaml,whoosh")
    assert blind.code == 1
    assert "No module named 'whoosh'" in blind.errors


def test_the_program_runs_from_any_folder(program: Program, tmp_path: Path) -> None:
    (tmp_path / "random.py").write_text("raise SystemExit('a stranger was imported')", encoding="utf-8")
    done = program("--version", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
