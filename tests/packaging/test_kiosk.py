"""What makes a reading room of a machine: scripts, unit and session, tried in a folder that stands for the system."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these are shell scripts")

WRITTEN = {
    "etc/X11/xorg.conf.d/90-jasic-desktop-kiosk.conf",
    "etc/jasic-desktop/policies.json",
    "etc/systemd/system/ctrl-alt-del.target",
    "etc/systemd/system/jasic-desktop-kiosk.service",
    "etc/systemd/system/multi-user.target.wants/jasic-desktop-kiosk.service",
    "usr/share/xsessions/jasic-desktop-kiosk.desktop",
}


def set_up(kiosk: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    command = ["sh", str(kiosk / "set-up.sh"), *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def kiosk(root: Path) -> Path:
    return root / "packaging" / "linux" / "kiosk"


def there(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or path.is_file()}


@pytest.mark.parametrize("name", ["session.sh", "set-up.sh"])
def test_the_scripts_are_shell(kiosk: Path, name: str) -> None:
    subprocess.run(["sh", "-n", str(kiosk / name)], check=True)


def test_it_sets_up_can_be_run_again_and_takes_itself_back(kiosk: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy.json"
    policy.write_text('{"kiosk": true}', encoding="utf-8")
    system = tmp_path / "system"
    system.mkdir()
    for _ in range(2):
        done = set_up(kiosk, "--root", system, "--policy", policy, "--boot", "--account", "lesesaal")
        assert done.returncode == 0, done.stderr
        assert there(system) == WRITTEN
    unit = (system / "etc/systemd/system/jasic-desktop-kiosk.service").read_text(encoding="utf-8")
    assert "User=lesesaal\n" in unit and "@" not in unit.replace("getty@tty1", "")
    assert f"{kiosk}/session.sh" in unit
    assert (system / "etc/jasic-desktop/policies.json").stat().st_mode & 0o777 == 0o644
    assert set_up(kiosk, "--root", system, "--remove").returncode == 0
    assert there(system) == {"etc/jasic-desktop/policies.json"}


@pytest.mark.parametrize(
    "words",
    [
        ("--account", "a b"),
        ("--account", "../x"),
        ("--account", ""),
        ("--policy", "/no/such/file"),
        ("--wrong",),
        ("--account",),
    ],
)
def test_what_is_no_good_is_told_and_changes_nothing(kiosk: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    system = tmp_path / "system"
    system.mkdir()
    done = set_up(kiosk, "--root", system, *words)
    assert done.returncode in (1, 2) and done.stderr
    assert there(system) == set()


def test_systemd_takes_the_unit(kiosk: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not here")
    text = (kiosk / "jasic-desktop-kiosk.service").read_text(encoding="utf-8")
    unit = tmp_path / "jasic-desktop-kiosk.service"
    text = text.replace("@ACCOUNT@", "root").replace("@KIOSK@", "/bin").replace("/usr/bin/xinit", "/bin/sh")
    unit.write_text(text, encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, encoding="utf-8", check=False)
    assert [line for line in done.stderr.splitlines() if unit.name in line] == []


def test_a_desktop_takes_the_session(kiosk: Path, tmp_path: Path) -> None:
    if shutil.which("desktop-file-validate") is None:
        pytest.skip("desktop-file-validate is not here")
    entry = tmp_path / "session.desktop"
    entry.write_text((kiosk / "session.desktop").read_text(encoding="utf-8").replace("@KIOSK@", "/usr/lib/x/kiosk"))
    done = subprocess.run(["desktop-file-validate", str(entry)], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout


def test_the_session_begins_again_and_ends_when_it_is_told(kiosk: Path, tmp_path: Path) -> None:
    """With a program of the test's own in place of ours: what it is told of the environment, and how often."""
    folder = tmp_path / "lib"
    shutil.copytree(kiosk, folder / "kiosk")
    (folder / "kiosk" / "session.sh").chmod(0o755)
    program = folder / "jasic-desktop"
    program.write_text(f'#!/bin/sh\nenv >>"{tmp_path}/seen"\necho "words: $*" >>"{tmp_path}/seen"\nkill -KILL $$\n')
    program.chmod(0o755)
    variables = {"DISPLAY": ":77", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    planted = {"LD_PRELOAD": "", "PYTHONPATH": "/planted", "QT_PLUGIN_PATH": "/planted", "BASH_ENV": "/planted"}
    process = subprocess.Popen([str(folder / "kiosk" / "session.sh")], env=variables | planted)
    try:
        from tests.e2e.running import wait_for

        seen = tmp_path / "seen"
        assert wait_for(lambda: seen.exists() and seen.read_text().count("words: --kiosk\n") >= 2)
    finally:
        process.terminate()
    assert process.wait(20) == 0
    assert "planted" not in seen.read_text()
    assert "DISPLAY=:77\n" in seen.read_text()
