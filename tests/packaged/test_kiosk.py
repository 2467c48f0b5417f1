"""The guide to a reading room followed on a clean Debian: set up, used by a reader, ended in every way, searched, gone.

JASIC_DEB names the package, JASIC_CHROOT a Debian as tests/packaged/test_debian.py wants it, with `xvfb` and `xdotool`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.e2e.rooms import forms

QUERY = "zanzibarquillwort"
POLICY = '{"kiosk": true, "idle_minutes": 5, "export": false, "clipboard": "off", "language": "zh-Hans"}\n'

# What the guide says, in its words; the lines between do what systemd, a reader and a failing machine would.
STEPS = r"""
set -eu
step() { echo "$(cut -d' ' -f1 /proc/uptime) $*"; }
wait_for() {
    n=0
    until eval "$1"; do
        n=$((n + 1))
        [ $n -lt 300 ] || { echo "waited in vain: $1" >&2; exit 1; }
        sleep 0.2
    done
}
window() { cat /dev/shm/jasic-desktop-room-*/window 2>/dev/null || :; }
is_open() {
    w=$(window)
    [ -n "$w" ] && [ "$w" != "${1:-}" ] && [ -n "$(cat "/proc/$w/task/$w/children" 2>/dev/null)" ]
}
mount -t tmpfs tmpfs /dev/shm
cd /root
step install
dpkg --install PACKAGE >/dev/null
step set-up
sh /usr/lib/jasic-desktop/kiosk/set-up.sh --policy POLICY.json --boot
test -L /etc/systemd/system/multi-user.target.wants/jasic-desktop-kiosk.service
grep -q '^User=reading-room$' /etc/systemd/system/jasic-desktop-kiosk.service
touch /root/stamp
step start
Xvfb :9 -screen 0 1024x768x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
wait_for 'test -S /tmp/.X11-unix/X9'
runuser -u reading-room -- env DISPLAY=:9 HOME=/var/lib/reading-room PYTHONPATH=/planted QT_PLUGIN_PATH=/planted \
    LD_PRELOAD= /usr/lib/jasic-desktop/kiosk/session.sh &
session=$!
wait_for is_open
step open
runuser -u reading-room -- jasic-desktop policy >/dev/null
runuser -u reading-room -- jasic-desktop archive verify >/dev/null
export DISPLAY=:9
xdotool type --delay 20 QUERY
xdotool key Return
sleep 2
step "a reader asked"
runuser -u reading-room -- jasic-desktop session prove-clean
first=$(window)
runuser -u reading-room -- jasic-desktop session end
wait_for "is_open $first"
step "ended, open again"
for how in TERM KILL SEGV; do
    before=$(window)
    xdotool type --delay 20 QUERY
    sleep 1
    kill -$how "$before"
    wait_for "is_open $before"
    step "the window after SIG$how: open again"
done
before=$(window)
keeper=$(cat /dev/shm/jasic-desktop-room-*/lock)
kill -KILL "$keeper" "$before"
wait_for "is_open $before"
step "the whole program killed: open again"
[ "$(ls -d /dev/shm/jasic-desktop-room-* | wc -l)" -eq 1 ]
runuser -u reading-room -- jasic-desktop session prove-clean
kill "$session"
wait "$session" || :
kill "$server"
step closed
[ -z "$(ls -A /dev/shm)" ] || { ls -lR /dev/shm >&2; exit 1; }
runuser -u reading-room -- jasic-desktop session prove-clean
[ -z "$(find / -xdev -newer /root/stamp -user reading-room ! -path '/proc/*')" ]
[ -z "$(find /var/lib/reading-room -type f)" ]
utf16=$(printf QUERY | sed 's/./&\\x00/g')
for root in / /tmp /var/lib/reading-room; do
    ! grep -rlaF --exclude-dir=proc --exclude-dir=sys --exclude=stamp --exclude=steps.sh QUERY $root || exit 1
    ! grep -rlaP --exclude-dir=proc --exclude-dir=sys "$utf16" $root || exit 1
    for form in FORMS; do
        ! grep -rlaF --exclude-dir=proc --exclude-dir=sys --exclude=steps.sh $form $root || exit 1
    done
done
step "searched $(find / -xdev -type f ! -path '/proc/*' | wc -l) files"
changed=/usr/lib/jasic-desktop/policies/supervised.json
cp -p $changed /root/kept
echo >>$changed
code=0
runuser -u reading-room -- env QT_QPA_PLATFORM=offscreen jasic-desktop --kiosk 2>/tmp/said || code=$?
[ $code -eq 5 ]
grep -qF $changed /tmp/said
if sh /usr/lib/jasic-desktop/kiosk/set-up.sh 2>/tmp/said; then exit 1; fi
grep -qF 'install it again' /tmp/said
mv /root/kept $changed
rm /tmp/said
step "a file of the program changed: closed, and not set up"
sh /usr/lib/jasic-desktop/kiosk/set-up.sh --remove
dpkg --purge jasic-desktop >/dev/null
userdel reading-room
rm -rf /var/lib/reading-room /etc/jasic-desktop /tmp/.X9-lock /tmp/.X11-unix
step gone
"""


@pytest.fixture
def debian() -> Path:
    named, package = os.environ.get("JASIC_CHROOT"), os.environ.get("JASIC_DEB")
    if not named or not package or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("JASIC_CHROOT names no Debian, JASIC_DEB no package, or this is not root")
    found = Path(named).resolve()
    if not all((found / "usr/bin" / tool).exists() for tool in ("Xvfb", "xdotool")):
        pytest.skip("there is no display in there")
    shutil.copy(package, found / "root" / "room.deb")
    return found


def test_from_a_bare_machine_to_a_locked_reading_room(debian: Path) -> None:
    (debian / "root" / "POLICY.json").write_text(POLICY, encoding="utf-8")
    script = debian / "root" / "steps.sh"
    coded = " ".join(form.decode() for form in forms(QUERY)[2:])
    steps = STEPS.replace("PACKAGE", "room.deb").replace("QUERY", QUERY).replace("FORMS", coded)
    script.write_text(steps, encoding="utf-8")
    away = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", f"--mount-proc={debian}/proc"]
    done = subprocess.run(
        [*away, "chroot", str(debian), "sh", "/root/steps.sh"],
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )
    for name in ("steps.sh", "POLICY.json", "room.deb", "stamp"):
        (debian / "root" / name).unlink(missing_ok=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("gone"), done.stdout
    print(done.stdout)  # noqa: T201 - the hours of each step, for whoever runs it with -s
