"""What others' checkers say of the Debian package: its policy, menu entries, catalogue data, file type, manual page."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def package() -> Path:
    named = os.environ.get("JASIC_DEB")
    if not named or shutil.which("dpkg-deb") is None:
        pytest.skip("JASIC_DEB names no package, or dpkg-deb is not installed")
    return Path(named).resolve()


@pytest.fixture(scope="module")
def share(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder /usr/share of the package."""
    folder = tmp_path_factory.mktemp("package")
    subprocess.run(["dpkg-deb", "--extract", str(package), str(folder)], check=True)
    return folder / "usr" / "share"


def says(*command: str | Path, codes: tuple[int, ...] = (0,)) -> str:
    """What a checker says; skips where it is not installed, fails where it ends with another code."""
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run([*map(str, command)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in codes, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_debian_s_checker_has_neither_errors_nor_warnings(package: Path) -> None:
    said = says("lintian", "--fail-on", "error,warning", "--tag-display-limit", "0", package)
    assert not [line for line in said.splitlines() if line.startswith(("E:", "W:"))]


def test_menu_entries_are_valid(share: Path) -> None:
    entries = sorted((share / "applications").iterdir())
    assert len(entries) == 2
    kiosk = share.parent / "lib" / "jasic-desktop" / "kiosk" / "session.desktop"
    assert says("desktop-file-validate", *entries, kiosk) == ""


def test_the_catalogue_takes_its_data(share: Path) -> None:
    says("appstreamcli", "validate", "--no-net", *(share / "metainfo").iterdir())


def test_the_manual_page_is_read_without_warnings(share: Path, tmp_path: Path) -> None:
    page = tmp_path / "jasic-desktop.1"
    page.write_bytes(gzip.decompress((share / "man" / "man1" / "jasic-desktop.1.gz").read_bytes()))
    assert says("mandoc", "-T", "lint", "-W", "warning", page) == ""
    assert says("groff", "-K", "utf8", "-man", "-T", "utf8", "-w", "w", "-z", page) == ""
