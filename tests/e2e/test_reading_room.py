"""A reading room from outside, as an account of its own: what it writes, what is left of it, and how it ends.

JASIC_ROOM_SESSIONS=100 opens so many sessions in a row, JASIC_ROOM_KILLS=100 kills so many at any moment, and
JASIC_ROOM_SEARCH=/ searches the whole file system.
"""

from __future__ import annotations

import json
import os
import random
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.rooms import SHARED_MEMORY, Account, OpenRoom, holding
from tests.e2e.running import is_gone, wait_for
from tests.e2e.screen import MISSING, Screen
from tests.helpers.archives import make_pack, make_source

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes and folders in memory are Linux's here"),
    pytest.mark.skipif(not os.access(SHARED_MEMORY, os.W_OK), reason="there is no shared memory"),
]

SESSIONS = int(os.environ.get("JASIC_ROOM_SESSIONS", "3"))
KILLS = int(os.environ.get("JASIC_ROOM_KILLS", "2"))
SEARCHED = os.environ.get("JASIC_ROOM_SEARCH", "")
QUERY = "zanzibar" + secrets.token_hex(8).translate(str.maketrans("0123456789", "ghijklmnop"))
"""What no archive and no other file holds: wherever it is found, somebody wrote it down."""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small archive that every account can read."""
    folder = tmp_path_factory.mktemp("pack")
    made = make_pack(folder, make_source(folder / "source"))
    place = Path("/var/tmp" if os.access("/var/tmp", os.W_OK) else "/tmp", f"room-pack-{os.getpid()}")
    shutil.copytree(made, place)
    for path in (place, *place.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def account() -> Iterator[Account]:
    with Account() as made:
        yield made


def roots(account: Account) -> list[Path]:
    return [Path(SEARCHED)] if SEARCHED else [account.folder, SHARED_MEMORY, Path("/var/tmp")]


def nothing_is_left(account: Account, since: float) -> None:
    found, count = holding((QUERY,), roots(account), since)
    assert found == [], f"of {count} files"
    assert account.files() == []


def test_each_end_of_a_session_begins_a_new_one_and_leaves_nothing(account: Account, pack: Path) -> None:
    since = time.time() - 1
    with OpenRoom(account, "--archive", pack, "--search", QUERY) as room:
        first = room.window()
        folder = room.folder
        assert folder is not None and folder.parent == SHARED_MEMORY and folder.stat().st_mode & 0o777 == 0o700
        # A trace that a library or a system might leave in the home of a session.
        (folder / "session" / ".config" / "recent.txt").write_text(QUERY)
        code, said = account.run("session", "end")
        assert (code, "wiped" in said) == (0, True), said
        second = room.window(other_than=first)
        assert not (folder / "session" / ".config" / "recent.txt").exists()
        nothing_is_left(account, since)
        os.kill(second, signal.SIGKILL)
        third = room.window(other_than=second)
        nothing_is_left(account, since)
        code, said = account.run("session", "prove-clean", "--json")
        assert code == 0 and json.loads(said)["clean"]
        assert {one["kind"] for one in json.loads(said)["files"]} == {"running"}
        os.kill(room.keeper.pid, signal.SIGTERM)
        assert wait_for(lambda: room.keeper.poll() is not None and is_gone(third))
        assert room.keeper.returncode == 0
        assert "started again" in room.said()
    assert account.private() == []
    assert account.run("session", "prove-clean")[0] == 0
    nothing_is_left(account, since)


def test_what_the_end_of_power_leaves_is_seen_and_wiped_by_the_next_start(account: Account, pack: Path) -> None:
    since = time.time() - 1
    with OpenRoom(account, "--archive", pack, "--search", QUERY) as room:
        window = room.window()
        folder = room.folder
        (folder / "session" / "tmp" / "half.part").write_text(QUERY)
        room.kill()
        assert wait_for(lambda: is_gone(window))
    code, said = account.run("session", "prove-clean", "--json")
    assert code == 1 and not json.loads(said)["clean"]
    assert "session" in {one["kind"] for one in json.loads(said)["files"]}
    with OpenRoom(account, "--archive", pack) as again:
        number = again.window()
        assert not folder.exists()
        nothing_is_left(account, since)
        # A keeper that is killed takes its window with it: its end of the pipe is gone.
        os.kill(again.keeper.pid, signal.SIGKILL)
        assert wait_for(lambda: is_gone(number))
    assert account.run("session", "end")[0] == 0
    assert account.private() == []
    assert account.run("session", "prove-clean")[0] == 0


def test_sessions_in_a_row_leave_nothing(account: Account, pack: Path) -> None:
    since, before = time.time() - 1, 0
    with OpenRoom(account, "--archive", pack, "--search", QUERY) as room:
        room.window()
        opened = len(list(Path(f"/proc/{room.keeper.pid}/fd").iterdir()))
        for number in range(SESSIONS):
            before = room.window(other_than=before)
            os.kill(before, signal.SIGKILL if number % 2 else signal.SIGTERM)
        room.window(other_than=before)
        assert len(list(Path(f"/proc/{room.keeper.pid}/fd").iterdir())) <= opened
        assert len(account.private()) == 1
        assert account.run("session", "end", "--close")[0] == 0
        assert wait_for(lambda: room.keeper.poll() is not None)
    assert account.private() == []
    nothing_is_left(account, since)


def test_killed_at_any_moment_it_leaves_what_the_next_start_wipes(account: Account, pack: Path) -> None:
    since, draw = time.time() - 1, random.Random(3)
    for _ in range(KILLS):
        with OpenRoom(account, "--archive", pack, "--search", QUERY) as room:
            time.sleep(draw.uniform(0.0, 2.5))
            room.kill()
    assert account.run("session", "end")[0] == 0
    assert account.private() == []
    assert account.run("session", "prove-clean")[0] == 0
    nothing_is_left(account, since)


def test_where_nothing_is_in_memory_it_says_so_and_still_leaves_nothing(account: Account, pack: Path) -> None:
    since = time.time() - 1
    # A folder in memory that is full, or closed to the account, is none.
    blocked = "import sys; from jasic_desktop.core import private_folder as p; p.is_in_memory = lambda _: False; "
    blocked += "p.places = lambda: (p.Path(p.tempfile.gettempdir()),); from jasic_desktop.cli import main; "
    blocked += "sys.argv[0] = 'jasic-desktop'; sys.exit(main(sys.argv[1:]))"
    process = subprocess.Popen(
        [sys.executable, "-P", "-B", "-c", blocked, "--kiosk", "--archive", str(pack), "--search", QUERY],
        env=account.environment,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        **account.identity,
    )
    assert wait_for(lambda: any((path / "window").exists() for path in account.private()))
    assert account.private()[0].parent == account.folder / "tmp"
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=60)
    assert "stands on the disk" in said.decode()
    assert process.returncode == 0 and account.private() == []
    nothing_is_left(account, since)


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
def test_a_reader_at_a_real_screen_leaves_it_as_it_was(account: Account, pack: Path) -> None:
    """K7 and K8: what the next reader sees is what the first one saw, whatever was typed, and the window fills it."""
    since, nowhere = time.time() - 1, Path(os.devnull)
    environment = {"QT_QPA_PLATFORM": "xcb"}
    with Screen((1024, 768)) as screen:
        account.environment |= environment | {"DISPLAY": screen.display}
        process = account.start("--kiosk", "--archive", pack, "--lang", "en")
        try:
            room = OpenRoom.of(account, process)
            first = room.window()
            screen.find("Reading room")
            assert screen.corner == (0, 0)
            seen = {screen.look("start")}
            for _ in range(8):  # the cursor blinks
                time.sleep(0.15)
                seen.add(screen.see(nowhere))
            screen.press("ctrl+o", "ctrl+p", "F1", "F10", "ctrl+q", "alt+F4", "shift+F10", "Menu", "ctrl+shift+p")
            screen.type(QUERY)
            screen.press("Return", "Tab", "ctrl+a", "ctrl+c")
            screen.click(200, 300, button=3)
            assert screen.look("read") not in seen
            assert len(screen.windows()) == 1
            screen.click(915, 726)  # End reading
            room.window(other_than=first)
            screen.find("Reading room")
            assert wait_for(lambda: screen.see(nowhere) in seen, 30)
            nothing_is_left(account, since)
            screen.end_server()
            assert wait_for(lambda: process.poll() is not None)
            assert process.returncode in (0, 6)
        finally:
            room.kill()
    assert account.private() == []
    nothing_is_left(account, since)


@pytest.mark.skipif(
    shutil.which("strace") is None or os.geteuid() != 0, reason="needs strace, and root to look into a closed process"
)
def test_only_the_private_folder_is_written_to_and_nothing_is_connected(
    account: Account, pack: Path, tmp_path: Path
) -> None:
    log = tmp_path / "calls"
    calls = (
        "trace=open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat"
    )
    wrap = ["strace", "-f", "-qq", "-o", str(log), "-e", f"{calls},socket,connect,bind"]
    environment = account.environment
    keeper = account.start("--kiosk", "--archive", pack, "--search", QUERY, "--open", "huizhou", wrap=wrap)
    assert wait_for(lambda: any((path / "window").exists() for path in account.private()), 120)
    folder = account.private()[0]
    assert wait_for(lambda: "store.sqlite" in log.read_text(errors="replace"), 120)
    time.sleep(3)
    assert account.run("session", "end", "--close")[0] == 0
    keeper.communicate(timeout=60)
    written, sockets = looked_through(log.read_text(errors="replace"))
    outside = {path for path in written if not path.startswith(str(folder))}
    assert len(written) > 5
    assert outside <= {"/dev/null", "/dev/tty"}
    assert sockets <= {"AF_UNIX"}
    assert environment["HOME"] == str(account.home) and account.files() == []


def looked_through(calls: str) -> tuple[set[str], set[str]]:
    """The paths that were opened for writing, made, renamed or removed with success, and the families of sockets."""
    written, sockets = set(), set()
    for line in calls.splitlines():
        if re.search(r"= -1 E", line):
            continue
        family = re.search(r"\bsocket\((AF_\w+)", line)
        if family:
            sockets.add(family[1])
            continue
        is_open = re.search(r"\bopen(at)?\(", line)
        if is_open and not re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)", line):
            continue
        if "connect(" in line or "bind(" in line:
            continue
        # Names beside an open folder are those of a removal from within a folder that was removed before.
        written |= {path for path in re.findall(r'"((?:[^"\\]|\\.)*)"', line) if path.startswith("/")}
    return written, sockets
