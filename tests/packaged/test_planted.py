"""Files that somebody planted, and variables that point to them, do not change what runs."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaged.conftest import Bundled, run_in, written_below

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


def _module(folder: Path) -> Path:
    """Another byte in the file that holds the program's own modules, of the same size and hour."""
    path = folder / "jasic-desktop.bin"
    hour, data = path.stat().st_mtime_ns, bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(hour, hour))
    return path


def _text(folder: Path) -> Path:
    path = folder / "program" / "resources" / "translations" / "zh-Hans.toml"
    path.write_text(path.read_text("utf-8").replace("搜索", "查找"), "utf-8")
    return path


def _missing(folder: Path) -> Path:
    path = next((folder / "program").glob("_cffi_backend*"))
    path.unlink()
    return path


def _added(folder: Path) -> Path:
    path = folder / "program" / "brotli.py"
    path.write_text(STRANGER)
    return path


def _open_folder(folder: Path) -> Path:
    path = folder / "program" / "PySide6"
    path.chmod(0o777)
    return path


@pytest.mark.parametrize("change", [_module, _text, _missing, _added, _open_folder])
def test_s4_a_reading_room_stays_closed_with_a_changed_program(
    stick: Path, home: Path, seen: Path, change: Callable[[Path], Path]
) -> None:
    """Before any window: no session begins, nothing is written, and other starts are as they were."""
    path = change(stick)
    variables = {"QT_QPA_PLATFORM": "offscreen", "SEEN": str(seen)}
    done = run_in(stick, home, "--kiosk", "--lang", "en", env=variables)
    assert done.returncode == 5, done.stderr
    assert done.stderr.count("\n") == 1 and "The reading room stays closed" in done.stderr
    assert str(path) in done.stderr
    assert not seen.exists() and written_below(home) == []
    if change is _added:
        done = run_in(stick, home, "--lang", "en", "self-test")
        assert f"failed: the files of the program are those that were installed ({path})" in done.stdout
        assert done.returncode == 1


def test_s4_a_reading_room_opens_with_the_program_that_was_built(stick: Path, home: Path, tmp_path: Path) -> None:
    """And only with a build that the policy allows."""
    digest = hashlib.sha256((stick / "FILES.sha256").read_bytes()).hexdigest()
    for sums, code in (([digest], 0), (["0" * 64], 5)):
        policy = tmp_path / "policy.json"
        policy.write_text(json.dumps({"kiosk": True, "programs_allowed": sums}), encoding="utf-8")
        picture = tmp_path / f"{code}.png"
        done = run_in(stick, home, "--lang", "en", "--policy", policy, "--screenshot", picture)
        assert (done.returncode, picture.exists()) == (code, code == 0), done.stderr
    assert digest in done.stderr and "policy.json" in done.stderr


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("runuser") is None, reason="only root is others"
)
def test_s4_a_reading_room_stays_closed_where_the_program_is_the_readers_own(bundle: Path) -> None:
    """An account of readers that has the program in its own folder; a program of root's it may not change."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as place:
        Path(place).chmod(0o755)
        copied = Path(place) / "own"
        shutil.copytree(bundle, copied)
        for folder, owner in ((copied, "nobody"), (copied, "root"), (Path(place), "nobody")):
            for path in (folder, *folder.rglob("*")) if folder == copied else (folder,):
                shutil.chown(path, owner)
            picture = Path(place) / "window.png"
            words = ["runuser", "-u", "nobody", "--", "env", "-i", "PATH=/usr/bin:/bin", f"HOME={place}"]
            words += [str(copied / "jasic-desktop"), "--lang", "en", "--kiosk", "--screenshot", str(picture)]
            done = subprocess.run(words, capture_output=True, encoding="utf-8", timeout=120, check=False)
            if (folder, owner) == (copied, "root"):  # all that is wrong is that the picture cannot be written there
                assert done.returncode == 7, done.stderr
            else:
                assert done.returncode == 5, done.stderr
                assert f"it can write to {folder}" in done.stderr


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
