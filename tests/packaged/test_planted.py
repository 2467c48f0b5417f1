"""Files that somebody planted, and variables that point to them, do not change what runs."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.packaged.conftest import Bundled, run_in

STRANGER = "import os\nopen(os.environ['SEEN'], 'a').write(__file__ + '\\n')\n"
MODULES = ("sitecustomize", "usercustomize", "json", "jasic_desktop", "PySide6", "whoosh", "rich", "appdirs")
LIBRARY = """
#include <stdio.h>
#include <stdlib.h>
__attribute__((constructor)) static void begin(void) {
    FILE *seen = fopen(getenv("SEEN") ? getenv("SEEN") : "/dev/null", "a");
    if (seen) { fputs("a planted library\\n", seen); fclose(seen); }
}
"""


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A folder of modules with the names of the program's own, each of which says that it was loaded."""
    folder = tmp_path / "planted"
    folder.mkdir()
    for name in MODULES:
        (folder / f"{name}.py").write_text(STRANGER)
    (folder / "qt.conf").write_text(f"[Paths]\nPrefix={folder}\nPlugins={folder}\n")
    return folder


@pytest.fixture
def seen(tmp_path: Path) -> Path:
    return tmp_path / "seen.txt"


def works(bundled: Bundled, tmp_path: Path, planted: Path, variables: dict[str, str]) -> None:
    """A search and a drawn window, with the planted folder as the working one."""
    done = bundled("search", "岳昕", "--json", env=variables, cwd=planted)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["hits"][0]["id"] == "yue-xin"
    picture = tmp_path / "window.png"
    done = bundled("--screenshot", picture, "--search", "岳昕", env=variables, cwd=planted)
    assert (done.returncode, done.stderr) == (0, "")
    assert picture.exists()


def test_s1_modules_of_somebody_else(bundled: Bundled, tmp_path: Path, planted: Path, seen: Path, home: Path) -> None:
    site = home / ".local" / "lib" / "python3.11" / "site-packages"
    shutil.copytree(planted, site)
    folder = str(planted)
    variables = dict.fromkeys(("PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONPLATLIBDIR"), folder)
    variables |= {"PYTHONSTARTUP": f"{folder}/json.py", "PYTHONINSPECT": "1", "SEEN": str(seen)}
    works(bundled, tmp_path, planted, variables)
    assert not seen.exists()


def test_s2_folders_and_platforms_of_qt(bundled: Bundled, tmp_path: Path, planted: Path, seen: Path) -> None:
    library = _library(planted / "platforms" / "libqoffscreen.so")
    for place in ("imageformats/libqsvg.so", "generic/libqplanted.so", "styles/libplanted.so", "libqoffscreen.so"):
        (planted / place).parent.mkdir(exist_ok=True)
        shutil.copy(library, planted / place)
    folder = str(planted)
    variables = dict.fromkeys(("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QML2_IMPORT_PATH"), folder)
    variables |= {
        "QT_QPA_GENERIC_PLUGINS": "qplanted",
        "QT_STYLE_OVERRIDE": "planted",
        "QT_CONF_FILE": f"{folder}/qt.conf",
    }
    variables |= {"QT_QPA_PLATFORM": "offscreen:configfile=x", "QT_LOGGING_RULES": "*=true", "QT_DEBUG_PLUGINS": "1"}
    works(bundled, tmp_path, planted, variables | {"SEEN": str(seen)})
    assert not seen.exists()


@pytest.mark.parametrize("name", ["LD_LIBRARY_PATH", "LD_PRELOAD", "LD_AUDIT"])
def test_s3_libraries_of_somebody_else(
    bundle: Path, bundled: Bundled, tmp_path: Path, planted: Path, seen: Path, name: str
) -> None:
    library = _library(planted / "libplanted.so")
    own = [path.name for path in (bundle / "program").rglob("*.so*")]
    for other in (*own, "libz.so.1", "libstdc++.so.6", "libEGL.so.1", "libfontconfig.so.1", "libglib-2.0.so.0"):
        if not (planted / other).exists():
            os.link(library, planted / other)
    value = str(planted) if name == "LD_LIBRARY_PATH" else str(library)
    done = bundled("search", "岳昕", "--json", env={name: value, "SEEN": str(seen)}, cwd=planted)
    assert json.loads(done.stdout)["hits"][0]["id"] == "yue-xin", done.stderr
    # The loader itself obeys LD_PRELOAD and LD_AUDIT in the shell that starts the program: one line, none later.
    loads = seen.read_text().count("planted") if seen.exists() else 0
    assert loads <= (0 if name == "LD_LIBRARY_PATH" else 1)
    if name == "LD_LIBRARY_PATH":
        works(bundled, tmp_path, planted, {name: value, "SEEN": str(seen)})
        assert not seen.exists()


def test_s3_no_library_is_searched_for_beside_the_person(bundle: Path) -> None:
    if shutil.which("readelf") is None:
        pytest.skip("readelf is not installed")
    paths = [str(path) for path in bundle.rglob("*") if path.is_file() and path.read_bytes()[:4] == b"\x7fELF"]
    said = subprocess.run(["readelf", "-d", *paths], capture_output=True, encoding="utf-8", check=True).stdout
    searched = [line.rpartition("[")[2].rstrip("]") for line in said.splitlines() if "PATH)" in line]
    assert searched
    assert all(entry.startswith("$ORIGIN") for line in searched for entry in line.split(":"))


def test_s3_the_loader_of_the_bundle_is_not_led_astray(
    bundled: Bundled, bundle: Path, tmp_path: Path, seen: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in (bundle / "program").glob("libpython*"):
        _library(elsewhere / path.name)
    variables = {
        "_PYI_ARCHIVE_FILE": str(bundle / "jasic-desktop.bin"),
        "_PYI_APPLICATION_HOME_DIR": str(elsewhere),
        "_PYI_PARENT_PROCESS_LEVEL": "1",
        "_MEIPASS2": str(elsewhere),
        "SEEN": str(seen),
    }
    done = bundled("search", "岳昕", "--json", env=variables)
    assert json.loads(done.stdout)["hits"][0]["id"] == "yue-xin", done.stderr
    assert not seen.exists()


def test_s4_an_index_that_others_could_write_is_not_opened(stick: Path, home: Path) -> None:
    (folder,) = (stick / "program" / "derived").iterdir()
    folder.chmod(0o777)
    done = run_in(stick, home, "search", "岳昕", "--json")
    assert json.loads(done.stdout)["hits"][0]["id"] == "yue-xin"
    assert (home / ".cache" / "jasic-desktop" / "derived").is_dir()


def test_s4_a_tool_on_the_path_is_not_run_by_the_launcher(
    bundled: Bundled, tmp_path: Path, planted: Path, seen: Path
) -> None:
    for tool in ("readlink", "dirname", "sh", "python3", "ldconfig", "ld", "gcc"):
        (planted / tool).write_text(f"#!/bin/sh\necho planted >>'{seen}'\n")
        (planted / tool).chmod(0o755)
    done = bundled("search", "岳昕", "--json", env={"PATH": f"{planted}:{os.environ['PATH']}"}, cwd=planted)
    assert json.loads(done.stdout)["hits"][0]["id"] == "yue-xin", done.stderr
    assert not seen.exists()


def _library(target: Path) -> Path:
    if shutil.which("gcc") is None:
        pytest.skip("gcc is not installed: there is nothing to plant")
    target.parent.mkdir(parents=True, exist_ok=True)
    source = target.with_suffix(".c")
    source.write_text(LIBRARY)
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", str(target), str(source)], check=True)
    return target
