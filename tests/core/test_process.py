"""Child processes: frames come through whole, and nothing of a child stays behind."""

import itertools
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.core import process
from jasic_desktop.core.process import Child, ChildGoneError, Frames, Inbox, MalformedFrameError, Outbox, frame

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


@pytest.fixture
def start(root):
    """Starts code in a child that can import the program; whatever the test does, it is gone afterwards."""
    started: list[Child] = []

    def one(code: str) -> Child:
        prelude = f"import sys; sys.path.insert(0, {str(root)!r})\n"
        started.append(Child([sys.executable, "-P", "-c", prelude + textwrap.dedent(code)]))
        return started[-1]

    yield one
    for child in started:
        child.end()
        child.close()


def receive(child: Child, wanted: int = 1) -> list[bytes]:
    """So many frames from a child."""
    frames, bodies = Frames(), []
    while len(bodies) < wanted and (data := child.receive()):
        bodies += frames.feed(data)
    return bodies


ECHO = """
    import os
    from jasic_desktop.core.process import own_pipes
    inbox, outbox = own_pipes()
    print("printed by a library", flush=True)
    os.system("echo printed by a program")
    outbox.send(sys.stdin.read().encode() or b"nothing to read")
    while bodies := inbox.wait():
        for body in bodies:
            outbox.send(body[::-1])
    """

# ------------------------------------------------------------------------------------------------------- frames


@given(st.lists(st.binary(max_size=40), max_size=6), st.lists(st.integers(0, 260), max_size=8))
def test_frames_come_out_whole_however_the_pipe_cuts_them(bodies, cuts):
    stream = b"".join(map(frame, bodies))
    frames, found = Frames(), []
    edges = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    for start, end in itertools.pairwise(edges):
        found += frames.feed(stream[start:end])
    assert found == bodies


def test_a_frame_too_long_is_neither_sent_nor_waited_for():
    assert len(frame(bytes(process.MOST_BYTES))) == process.MOST_BYTES + 4
    with pytest.raises(MalformedFrameError):
        frame(bytes(process.MOST_BYTES + 1))
    with pytest.raises(MalformedFrameError):
        Frames().feed(b"GET / HTTP/1.1")


# ------------------------------------------------------------------------------------------------------ the child


def test_a_child_answers_in_frames_and_what_else_is_printed_goes_elsewhere(start):
    child = start(ECHO)
    large = os.urandom(300_000)
    assert receive(child) == [b"nothing to read"]
    child.send(frame(b"abc") + frame(b""))
    assert receive(child, 2) == [b"cba", b""]
    child.send(frame(large))
    assert receive(child) == [large[::-1]]
    assert child.exit_code is None
    assert child.finish(30) == 0
    assert child.receive() == b""
    assert child.errors().split("\n") == ["printed by a library", "printed by a program", ""]


def test_a_child_that_ends_or_never_reads_is_noticed(start):
    child = start("sys.exit(3)")
    assert child.receive() == b""
    assert child.finish(30) == 3
    with pytest.raises(ChildGoneError):
        child.send(frame(b"too late"))


@POSIX
@pytest.mark.parametrize(
    "how", ["import time; time.sleep(600)", "import os; os.kill(os.getpid(), 19)", "while True: pass"]
)
def test_a_child_that_hangs_is_ended_all_the_same(start, how):
    child = start(f"print('here', flush=True)\n{how}")
    assert child.receive() == b"here\n"
    assert child.finish(0.05) is None
    child.end()
    assert child.exit_code == -signal.SIGKILL
    assert child.receive() == b""
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)


def test_of_what_a_child_complains_the_last_is_kept(start):
    child = start("sys.stderr.write('x' * 60_000 + 'the end\\udcff')")
    while child.exit_code is None:
        child.errors()
    assert len(child.errors()) <= process._ERRORS_KEPT
    assert child.errors().endswith("the end\\udcff")
    child.close()
    assert child.errors().endswith("the end\\udcff")
    assert child.receive() == b""


def test_ctrl_c_in_the_terminal_is_not_for_the_child(start):
    child = start(
        """
        import os, signal
        from jasic_desktop.core.process import own_pipes
        inbox, outbox = own_pipes()
        signal.raise_signal(signal.SIGINT)
        outbox.send(b"still here")
        """
    )
    assert receive(child) == [b"still here"]


def test_a_child_asks_for_what_is_there_without_waiting(start):
    child = start(
        """
        from jasic_desktop.core.process import own_pipes
        inbox, outbox = own_pipes()
        outbox.send(str(inbox.waiting()).encode())
        first = inbox.wait()
        outbox.send(str([*first, *inbox.waiting(), *inbox.wait(), *inbox.waiting(), inbox.closed]).encode())
        """
    )
    assert receive(child) == [b"[]"]
    child.send(frame(b"one"))
    child.finish(30)
    assert receive(child) == [b"[b'one', True]"]


def test_what_cannot_be_started_is_an_error_of_the_system(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        Child([str(tmp_path / "nowhere")])


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
def test_no_pipe_of_a_child_stays_open(start):
    before = len(list(Path("/proc/self/fd").iterdir()))
    child = start("pass")
    child.end()
    child.close()
    assert len(list(Path("/proc/self/fd").iterdir())) == before


# --------------------------------------------------------------------------------------------- the child's own side


@pytest.fixture
def pipe():
    """A pipe: the end to read from, the end to write to."""
    ends = list(os.pipe())
    yield ends
    for end in ends:
        if end >= 0:
            os.close(end)


def test_frames_that_come_together_are_read_together(pipe):
    os.write(pipe[1], frame(b"one") + frame(b"two") + frame(b"three")[:5])
    inbox = Inbox(pipe[0])
    assert inbox.wait() == [b"one", b"two"]
    assert inbox.waiting() == []
    os.write(pipe[1], frame(b"three")[5:])
    assert inbox.waiting() == [b"three"]
    os.close(pipe[1])
    pipe[1] = -1
    assert inbox.wait() == inbox.wait() == inbox.waiting() == []
    assert inbox.closed


def test_a_pipe_that_cannot_be_read_is_closed(pipe):
    inbox = Inbox(pipe[1])
    assert inbox.wait() == []
    assert inbox.closed


def test_a_parent_that_is_gone_is_noticed(pipe):
    os.close(pipe[0])
    pipe[0] = -1
    with pytest.raises(ChildGoneError):
        Outbox(pipe[1]).send(b"nobody listens")


# -------------------------------------------------------------------------------------------------- its own program


def test_the_program_starts_itself_wherever_it_is(tmp_path):
    command = process.own_program("a b", tmp_path)
    at = command.index("-c") + 1
    code = command[at].replace(
        "from jasic_desktop.__main__ import main; sys.exit(main())", "print(sys.argv[1:], sys.path)"
    )
    assert code != command[at]
    ran = subprocess.run([*command[:at], code, *command[at + 1 :]], capture_output=True, text=True, cwd=tmp_path)
    assert ran.stdout.strip() == f"{[process.WORKER, 'a b', str(tmp_path)]} {sys.path}"


def test_a_bundle_starts_itself(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert process.own_program("a") == [sys.executable, process.WORKER, "a"]


def test_a_child_gets_an_environment_that_cannot_change_how_it_starts():
    harmful = {
        "PYTHONPATH": "x",
        "PYTHONINSPECT": "1",
        "pythonhome": "x",
        "LD_PRELOAD": "x",
        "DYLD_INSERT_LIBRARIES": "x",
    }
    needed = {"PATH": "/bin", "HOME": "/root", "LD_LIBRARY_PATH": "/opt/lib", "LDFLAGS": "x"}
    assert process.clean_environment(harmful | needed) == needed
