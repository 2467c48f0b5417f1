"""The Debian package on a clean Debian without a network: it installs, proves itself, goes, and leaves nothing.

JASIC_DEB names the package and JASIC_CHROOT a folder with a Debian that has what the package depends on, such as
`debootstrap --variant=minbase bookworm FOLDER` makes; with `xvfb` in it a window is opened too. Takes root.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.archives import make_pack

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def debian() -> Path:
    named = os.environ.get("JASIC_CHROOT")
    if not named or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("JASIC_CHROOT names no Debian, or this is not root")
    return Path(named).resolve()


@pytest.fixture(scope="module")
def package(debian: Path) -> str:
    """The package, as it is called in there."""
    named = os.environ.get("JASIC_DEB")
    if not named:
        pytest.skip("JASIC_DEB names no package (packaging/build.py deb makes one in dist)")
    shutil.copy(named, debian / "root")
    return f"/root/{Path(named).name}"


@pytest.fixture(scope="module")
def inside(debian: Path) -> Run:
    """Runs a line of shell in there, in a network that has not even itself."""

    def run(line: str) -> subprocess.CompletedProcess[str]:
        away = ["unshare", "--net", "--mount", "--pid", "--fork", f"--mount-proc={debian}/proc"]
        variables = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}
        return subprocess.run(
            [*away, "chroot", str(debian), "sh", "-c", line],
            capture_output=True,
            encoding="utf-8",
            env=variables,
            timeout=600,
            check=False,
        )

    return run


def listing(debian: Path) -> list[str]:
    """All that stands in there, but for what the package manager writes about itself."""
    own = ("var/lib/dpkg/", "var/log/", "var/cache/", "proc/", "dev/", "tmp/.X", "root/jasic-desktop_")
    found = (path.relative_to(debian).as_posix() for path in debian.rglob("*"))
    return sorted(name for name in found if not name.startswith(own))


@pytest.fixture
def installed(inside: Run, package: str, debian: Path):
    before = listing(debian)
    done = inside(f"dpkg --install {package}")
    assert done.returncode == 0, done.stderr
    yield
    done = inside("dpkg --purge jasic-desktop")
    assert done.returncode == 0, done.stderr
    after = listing(debian)
    assert after == before, set(after) ^ set(before)


def test_it_proves_itself_without_a_network_and_goes_without_a_trace(installed, inside: Run) -> None:
    done = inside("jasic-desktop self-test --json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["passed"]
    for question in ("岳昕", "yuexin", "Yue Xin"):
        assert json.loads(inside(f"jasic-desktop search '{question}' --json").stdout)["hits"][0]["id"] == "yue-xin"
    for line in (
        "jasic-desktop archive verify",
        "dpkg --verify jasic-desktop",
        "cd /usr/lib/jasic-desktop && sha256sum --check --quiet FILES.sha256",
        "test -f /usr/share/man/man1/jasic-desktop.1.gz",
        "test -f /usr/share/applications/jasic-desktop.desktop",
    ):
        done = inside(line)
        assert (done.returncode, done.stderr) == (0, ""), line


def test_a_window_opens_on_a_display(installed, inside: Run, debian: Path) -> None:
    if not (debian / "usr" / "bin" / "Xvfb").exists():
        pytest.skip("there is no display in there")
    line = (
        "Xvfb :7 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 & sleep 2; export DISPLAY=:7; "
        "timeout 30 jasic-desktop --search yuexin; code=$?; rm -f /tmp/.X7-lock; rm -rf /tmp/.X11-unix /root/.cache "
        "/root/.local /root/.config; exit $code"
    )
    assert inside(line).returncode == 124  # it stood there until it was told to end


def test_another_version_takes_its_place_and_the_older_one_again(installed, inside: Run, package: str) -> None:
    line = (
        f"dpkg-deb --raw-extract {package} /root/newer && "
        "sed -i 's/^Version: .*/Version: 99.0/' /root/newer/DEBIAN/control && "
        "touch /root/newer/usr/lib/jasic-desktop/new && "
        "dpkg-deb -Znone --build /root/newer /root/newer.deb >/dev/null && rm -r /root/newer && "
        "dpkg --install /root/newer.deb && rm /root/newer.deb && test -e /usr/lib/jasic-desktop/new && "
        f"dpkg --install {package} && test ! -e /usr/lib/jasic-desktop/new && jasic-desktop archive verify"
    )
    done = inside(line)
    assert done.returncode == 0, done.stdout + done.stderr


FULL_DISK = """
set -eu
place=/usr/lib/jasic-desktop
mkdir $place
mount -t tmpfs -o size=100m tmpfs $place
! dpkg --install PACKAGE 2>/tmp/said
grep -q 'No space left' /tmp/said
dpkg --purge jasic-desktop >/dev/null 2>&1 || :
[ -z "$(ls -A $place)" ]
[ -z "$(find / -xdev -name '*jasic-desktop*' ! -path '/root/*' ! -path '/var/*' ! -path $place)" ]
mount -o remount,size=300m $place
dpkg --install PACKAGE >/dev/null
version=$(dpkg-query -W -f '${Version}' jasic-desktop)
dpkg-deb --raw-extract PACKAGE /root/newer
sed -i 's/^Version: .*/Version: 99.0/' /root/newer/DEBIAN/control
dpkg-deb -Znone --build /root/newer /root/newer.deb >/dev/null
rm -r /root/newer
! dpkg --install /root/newer.deb 2>/tmp/said
rm /root/newer.deb
grep -q 'No space left' /tmp/said
[ "$(dpkg-query -W -f '${Version} ${db:Status-Status}' jasic-desktop)" = "$version installed" ]
dpkg --verify jasic-desktop
jasic-desktop search yuexin --json | grep -q '"yue-xin"'
dpkg --purge jasic-desktop >/dev/null
umount $place
rm -rf $place /tmp/said
"""


def test_on_a_full_disk_nothing_stays_and_what_was_installed_goes_on(package: str, inside: Run, debian: Path) -> None:
    """Too small a disk for it; one that is large enough, and too small for another version beside it."""
    before = listing(debian)
    done = inside(FULL_DISK.replace("PACKAGE", package))
    assert done.returncode == 0, done.stdout + done.stderr
    assert listing(debian) == before


def test_an_update_while_a_window_is_open_leaves_the_window_open(
    installed, inside: Run, package: str, debian: Path
) -> None:
    if not (debian / "usr" / "bin" / "Xvfb").exists():
        pytest.skip("there is no display in there")
    line = (
        "Xvfb :7 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 & "
        "n=0; until [ -S /tmp/.X11-unix/X7 ] || [ $n -gt 300 ]; do n=$((n + 1)); sleep 0.1; done; export DISPLAY=:7; "
        "jasic-desktop --search yuexin & window=$!; n=0; "
        'until [ -n "$(cat /proc/$window/task/$window/children)" ] || [ $n -gt 300 ]; do n=$((n + 1)); sleep 0.1; '
        "done; "
        f"dpkg --install {package} >/dev/null; code=$?; "
        "jasic-desktop search yuexin --json >/dev/null || code=1; "
        "kill -0 $window || code=2; kill $window; wait $window || code=3; "
        "rm -f /tmp/.X7-lock; rm -rf /tmp/.X11-unix /root/.cache /root/.local /root/.config; exit $code"
    )
    done = inside(line)
    assert (done.returncode, done.stderr) == (0, "")


def test_purge_takes_what_was_installed_for_everybody_and_remove_keeps_it(
    package: str, inside: Run, debian: Path, tmp_path: Path
) -> None:
    before = listing(debian)
    shutil.copy(make_pack(tmp_path, name="mill.jasicpack"), debian / "root")
    line = (
        f"dpkg --install {package} && "
        "jasic-desktop --profile /root/own archive install --system /root/mill.jasicpack && "
        "test -d /var/lib/jasic-desktop/derived && dpkg --remove jasic-desktop && "
        f"dpkg --install {package} && jasic-desktop --profile /root/own archive list && "
        "touch /var/lib/jasic-desktop/own && dpkg --purge jasic-desktop && rm -rf /root/own /root/mill.jasicpack"
    )
    done = inside(line)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The Mill Dispute" in done.stdout
    left = set(listing(debian)) - set(before)
    shutil.rmtree(debian / "var" / "lib" / "jasic-desktop")
    assert left == {"var/lib/jasic-desktop", "var/lib/jasic-desktop/own"}  # what the program did not make
