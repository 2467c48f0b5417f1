"""Where the program finds its own data, and where it may write."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jasic_desktop.core import paths
from jasic_desktop.core.paths import Places


def test_a_checkout_has_its_data_beside_the_package(root):
    assert paths.program_data() == root
    assert paths.resource("translations", "en.toml").is_file()
    assert paths.bundled_archive() == root / "archive"


def found_by(package: Path, *prelude: str) -> str:
    """Where a copy of the package finds its data, in a process of its own."""
    code = ";".join((*prelude, "from jasic_desktop.core import paths", "print(paths.program_data())"))
    ran = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys;sys.path.insert(0, {str(package.parent)!r});{code}"],
        capture_output=True,
        text=True,
        cwd=package.parent,
        env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")},  # a copy counts not
    )
    return ran.stdout.strip() or ran.stderr.strip().splitlines()[-1]


@pytest.fixture
def package(root, tmp_path):
    """The package as it is installed, without its data."""
    copy = tmp_path / "site-packages" / "jasic_desktop"
    shutil.copytree(root / "jasic_desktop" / "core", copy / "core", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "jasic_desktop" / "__init__.py", copy)
    return copy


def test_an_installed_package_has_its_data_inside_whatever_lies_beside_it(package):
    (package / "_data" / "resources").mkdir(parents=True)
    (package.parent / "resources").mkdir()
    assert found_by(package) == str(package / "_data")


def test_a_bundle_has_its_data_where_it_was_unpacked(package, tmp_path):
    (package / "_data" / "resources").mkdir(parents=True)
    (tmp_path / "bundle" / "resources").mkdir(parents=True)
    assert found_by(package, f"sys._MEIPASS={str(tmp_path / 'bundle')!r}") == str(tmp_path / "bundle")


def test_without_data_the_program_says_to_install_it_again(package):
    assert "install the program again" in found_by(package)


def test_a_profile_holds_everything(tmp_path, monkeypatch):
    places = Places.of(tmp_path / "stick")
    assert {places.data, places.cache, places.config} == {tmp_path / "stick" / n for n in ("data", "cache", "config")}
    assert places.library.is_relative_to(places.data)
    assert places.derived.is_relative_to(places.cache)
    assert not (tmp_path / "stick").exists()
    monkeypatch.chdir(tmp_path)
    assert Places.of(Path("stick")) == places


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the folders of other systems have other names")
def test_without_a_profile_the_folders_are_those_of_the_system(tmp_path, monkeypatch):
    for name, folder in (("DATA", "d"), ("CACHE", "k"), ("CONFIG", "c")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / folder))
    places = Places.of()
    assert places.data == tmp_path / "d" / "jasic-desktop"
    assert places.cache == tmp_path / "k" / "jasic-desktop"
    assert places.config == tmp_path / "c" / "jasic-desktop"
    for name in ("DATA", "CACHE", "CONFIG"):
        monkeypatch.delenv(f"XDG_{name}_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Places.of().derived == tmp_path / ".cache" / "jasic-desktop" / "derived"
    assert Places.of().library == tmp_path / ".local" / "share" / "jasic-desktop" / "packs"


def test_only_a_bundle_has_a_pack_and_fonts(monkeypatch, tmp_path):
    assert paths.bundled_pack() is None
    assert paths.bundled_fonts() == ()
    monkeypatch.setattr(paths, "program_data", lambda: tmp_path)
    (tmp_path / "pack").mkdir()
    (tmp_path / "fonts").mkdir()
    for name in ("b.otf", "a.otf", "LICENSE"):
        (tmp_path / "fonts" / name).touch()
    assert paths.bundled_pack() == tmp_path / "pack"
    assert paths.bundled_derived() == tmp_path / "derived"
    assert paths.bundled_fonts() == (tmp_path / "fonts" / "a.otf", tmp_path / "fonts" / "b.otf")


@pytest.fixture
def stick(tmp_path, monkeypatch):
    """A bundle on a stick, with the machine's policy in `policies.json` beside it, which is not there yet."""
    folder = tmp_path / "a stick 岳"
    folder.mkdir()
    (folder / "program").touch()
    monkeypatch.setattr(sys, "executable", str(folder / "program"))
    monkeypatch.setattr(paths, "machine_policy", lambda: tmp_path / "policies.json")
    return folder


def test_a_file_named_portable_keeps_everything_beside_the_program(stick, tmp_path, monkeypatch):
    (stick / "portable").touch()
    assert paths.portable_folder() is None  # not a bundle: an interpreter has no such folder
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert Places.of() == Places.of(stick / "data")
    assert Places.of(tmp_path / "other").data == tmp_path / "other" / "data"
    (stick / "portable").unlink()
    assert paths.portable_folder() is None


def test_on_macos_that_file_stands_beside_the_application(tmp_path, monkeypatch):
    inside = tmp_path / "stick" / "Jasic Desktop.app" / "Contents" / "MacOS"
    inside.mkdir(parents=True)
    monkeypatch.setattr(sys, "executable", str(inside / "jasic-desktop"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(paths, "machine_policy", lambda: tmp_path / "policies.json")
    (inside / "portable").touch()
    assert paths.portable_folder() is None
    (tmp_path / "stick" / "portable").touch()
    assert paths.portable_folder() == tmp_path.resolve() / "stick" / "data"


@pytest.mark.skipif(sys.platform == "win32", reason="asks who owns a folder")
def test_portable_yields_to_a_policy_unless_the_folder_is_the_person_s_own(stick, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    (stick / "portable").touch()
    (tmp_path / "policies.json").touch()
    mine = stick.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    assert paths.portable_folder() is None
    os.chown(stick, 1000, -1) if mine == 0 else None
    monkeypatch.setattr(os, "geteuid", lambda: stick.stat().st_uid)
    assert paths.portable_folder() == stick / "data"
