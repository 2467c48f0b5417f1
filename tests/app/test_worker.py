"""The search worker: of each kind the newest question is answered, whatever else comes through its pipe."""

import gc
import os
import signal
import subprocess
import sys
import textwrap
import time
import weakref
from pathlib import Path

import pytest

from jasic_desktop.__main__ import main as program_main
from jasic_desktop.app import worker as worker_module
from jasic_desktop.app.messages import (
    Ask,
    Complete,
    Completed,
    More,
    Open,
    Ready,
    Refused,
    decode_reply,
    encode,
)
from jasic_desktop.app.standby import Standby
from jasic_desktop.app.worker import serve, settle, tidy
from jasic_desktop.core.errors import Cancelled, NotFoundFault
from jasic_desktop.core.process import WORKER, Child, Frames, Inbox, MalformedFrameError, Outbox, frame, own_program
from jasic_desktop.search.answer import Answer, Suggestion
from jasic_desktop.search.request import Request
from tests.helpers.derived import derived_in

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


def ask(number, text="words"):
    return Ask(number, Request(text))


def answer_to(text):
    return Answer(text, text, 0, (), {}, None, (), 0.0)


class Scripted:
    """An engine that does what the words of a question say."""

    def __init__(self, during=None, steps=()):
        self.asked = []
        self.during = during or (lambda: None)
        self.steps = iter(steps)

    def prepare(self):
        for step in self.steps:
            step()
            yield

    def search(self, request, cancelled=lambda: False):
        self.asked.append(request.text)
        if request.text == "slow":
            self.during()
            if cancelled():
                raise Cancelled
        if request.text == "unknown":
            raise NotFoundFault("packs.no_record", id="nobody")
        if request.text == "broken":
            raise RuntimeError("a fault " * 100)
        return answer_to(request.text)

    def listed(self, request, cancelled=lambda: False):
        raise AssertionError("the window asks for hits")

    def suggest(self, text, limit=8, language="en"):
        return (Suggestion(text, "yue-xin", "person", "title"),)


class Line:
    """Both pipes of a worker that runs in this process."""

    def __init__(self):
        self.to_worker, self.from_worker = list(os.pipe()), list(os.pipe())
        self.inbox, self.outbox = Inbox(self.to_worker[0]), Outbox(self.from_worker[1])

    def write(self, *questions):
        os.write(self.to_worker[1], b"".join(frame(encode(question)) for question in questions))

    def hang_up(self):
        os.close(self.to_worker.pop())

    def replies(self):
        os.close(self.from_worker.pop())
        data = b""
        while piece := os.read(self.from_worker[0], 65536):
            data += piece
        return [decode_reply(body) for body in Frames().feed(data)]

    def close(self):
        for end in (*self.to_worker, *self.from_worker):
            os.close(end)


@pytest.fixture
def line():
    made = Line()
    yield made
    made.close()


@pytest.fixture
def worker_line():
    """Serves questions through pipes of their own, with one engine after another or the same."""
    lines = []

    def one(engine, *questions):
        lines.append(Line())
        return served(lines[-1], engine, *questions)

    yield one
    for made in lines:
        made.close()


FAILING = ("unknown", "broken", "words")

# ------------------------------------------------------------------------------------------------- what is answered


def served(line, engine, *questions, last=None):
    """The replies to questions that all wait when the worker looks; it is left alone once `last` has its reply."""
    last = last or questions[-1].number
    send = line.outbox.send

    def sent(body):
        send(body)
        if decode_reply(body).number == last:
            line.hang_up()

    line.outbox.send = sent
    line.write(*questions)
    assert serve(engine, line.inbox, line.outbox) == 0
    return line.replies()


def kinds(replies):
    return [(type(reply).__name__, reply.number) for reply in replies]


@POSIX
def test_of_each_kind_the_newest_is_answered(line):
    engine = Scripted()
    questions = [ask(1, "y"), Complete(2, "y", 8, "en"), ask(3, "yu"), Complete(4, "yu", 8, "en"), ask(5, "yue")]
    replies = served(line, engine, *questions)
    assert kinds(replies) == [("Dropped", 1), ("Dropped", 2), ("Dropped", 3), ("Completed", 4), ("Answered", 5)]
    assert engine.asked == ["yue"]


@POSIX
def test_more_of_an_answer_is_dropped_when_another_question_comes(line):
    replies = served(line, Scripted(), More(1, Request("old", offset=50)), ask(2, "new"))
    assert kinds(replies) == [("Dropped", 1), ("Answered", 2)]


@POSIX
def test_a_question_does_not_lose_to_more_of_an_answer(line):
    replies = served(line, Scripted(), ask(1, "new"), More(2, Request("new", offset=50)))
    assert kinds(replies) == [("Answered", 1), ("Answered", 2)]


@POSIX
@pytest.mark.parametrize(
    ("running", "later", "expected"),
    [
        (ask(1, "slow"), ask(2), [("Dropped", 1), ("Answered", 2)]),
        (ask(1, "slow"), Complete(2, "y", 8, "en"), [("Answered", 1), ("Completed", 2)]),
        (More(1, Request("slow")), More(2, Request("next")), [("Dropped", 1), ("Answered", 2)]),
        (More(1, Request("slow")), ask(2), [("Dropped", 1), ("Answered", 2)]),
    ],
)
def test_a_question_under_way_ends_when_another_takes_its_place(line, running, later, expected):
    engine = Scripted(lambda: line.write(later))
    assert kinds(served(line, engine, running, last=2)) == expected


@POSIX
def test_a_question_under_way_ends_when_the_parent_is_gone(line):
    line.write(ask(1, "slow"))
    assert serve(Scripted(line.hang_up), line.inbox, line.outbox) == 0
    assert kinds(line.replies()) == [("Dropped", 1)]


@POSIX
def test_a_question_is_answered_before_all_is_read(line):
    read = []
    engine = Scripted(steps=[lambda: read.append(1), lambda: line.write(ask(1)), lambda: read.append(3)])
    line.outbox.send = lambda body, send=line.outbox.send: (send(body), line.hang_up())
    assert serve(engine, line.inbox, line.outbox) == 0
    assert (read, engine.asked) == ([1], ["words"])


def test_what_cannot_be_read_is_told_to_who_asks_for_it(line):
    def damaged():
        raise RuntimeError("damaged")

    assert kinds(served(line, Scripted(steps=[damaged]), ask(1))) == [("Answered", 1)]


def test_a_question_that_fails_takes_no_other_with_it(worker_line):
    engine = Scripted()
    unknown, broken, words = (worker_line(engine, ask(number, text)) for number, text in enumerate(FAILING, 1))
    assert unknown == [Refused(1, "packs.no_record", {"id": "nobody"})]
    assert (broken[0].key, broken[0].values["kind"]) == ("window.search.fault", "RuntimeError")
    assert len(broken[0].values["text"]) == 200
    assert kinds(words) == [("Answered", 3)]


@pytest.mark.parametrize(
    "data",
    [b"GET / HTTP/1.1\r\n\r\n", frame(b"\xc1"), frame(b""), frame(encode(Ready(0))), frame(encode(ask(1))[:-3])],
)
def test_what_is_no_question_ends_the_worker(line, data):
    os.write(line.to_worker[1], data)
    engine = Scripted()
    assert serve(engine, line.inbox, line.outbox) == 2
    assert engine.asked == []


def test_a_reply_that_is_none_is_refused():
    for body in (b"", b"\xc1", encode(ask(1)), b"\x91" * 5000):
        with pytest.raises(MalformedFrameError):
            decode_reply(body)


# --------------------------------------------------------------------------------------- the whole of it, in here


@pytest.fixture
def piped(line, monkeypatch):
    """The pipes that the worker will take for its own; it is left alone once question 1 has its reply."""
    send = line.outbox.send

    def sent(body):
        send(body)
        if decode_reply(body).number == 1:
            line.hang_up()

    line.outbox.send = sent
    monkeypatch.setattr(worker_module, "own_pipes", lambda: (line.inbox, line.outbox))
    return line


@POSIX
def test_the_program_is_its_own_worker_when_it_is_told_so(piped, used_home, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["jasic-desktop", WORKER, *map(str, derived_in(used_home))])
    piped.write(Ask(1, Request("岳昕")))
    assert program_main() == 0
    ready, answered = piped.replies()
    assert ready == Ready(0)
    assert answered.answer.hits[0].id == "yue-xin"


def test_the_program_is_its_command_line_else(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["jasic-desktop", "--version"])
    assert program_main() == 0
    assert capsys.readouterr().out.startswith("Jasic Desktop ")


@POSIX
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", 0),
        (frame(encode(ask(1))), 2),
        (b"GET / HTTP/1.1\r\n\r\n", 2),
        (frame(encode(Open(0, b"store", b"index"))) + frame(encode(ask(1))), 2),
    ],
)
def test_a_worker_that_waits_is_told_what_to_open_first_of_all(piped, data, code):
    os.write(piped.to_worker[1], data)
    piped.hang_up()
    assert worker_module.main([]) == code
    assert piped.replies() == []


@POSIX
def test_a_missing_index_leaves_nothing_open(piped, used_home, tmp_path):
    assert worker_module.main([str(derived_in(used_home)[0]), str(tmp_path)]) == 1
    (refused,) = piped.replies()
    assert (refused.number, refused.key) == (0, "search.damaged")


@POSIX
def test_a_parent_that_is_gone_is_no_fault(piped, used_home):
    os.close(piped.from_worker.pop(0))
    assert worker_module.main(list(map(str, derived_in(used_home)))) == 0


@POSIX
def test_a_question_that_cannot_be_read_is_no_fault_of_the_one_under_way(line):
    engine = Scripted(lambda: os.write(line.to_worker[1], b"GET / HTTP/1.1"))
    line.write(ask(1, "slow"))
    assert serve(engine, line.inbox, line.outbox) == 2
    assert line.replies() == []


# ------------------------------------------------------------------------------------------------- the real process


@pytest.fixture
def worker(used_home):
    """A worker on the bundled archive."""
    child = Child(own_program(*derived_in(used_home)))
    yield child
    child.end()
    child.close()


def replies_of(child, count):
    frames, found = Frames(), []
    while len(found) < count and (data := child.receive()):
        found += [decode_reply(body) for body in frames.feed(data)]
    return found


def test_the_real_worker_answers_and_ends_with_its_pipe(worker):
    assert replies_of(worker, 1) == [Ready(0)]
    for number, text in enumerate(("岳昕", "yuexin", "Yue Xin"), 1):
        worker.send(frame(encode(Ask(number, Request(text, limit=50, facets=True)))))
        (reply,) = replies_of(worker, 1)
        assert (reply.number, reply.answer.hits[0].id) == (number, "yue-xin")
        assert dict(reply.answer.facets["type"])["person"] >= 1
    worker.send(frame(encode(Complete(9, "yue", 8, "zh-Hans"))))
    (completed,) = replies_of(worker, 1)
    assert isinstance(completed, Completed)
    assert "yue-xin" in [suggestion.id for suggestion in completed.suggestions]
    assert worker.finish(30) == 0
    assert worker.errors() == ""


@pytest.mark.parametrize("arguments", [("nothing.sqlite", "nothing"), ("one", "two", "three")])
def test_what_cannot_be_opened_is_told(arguments, tmp_path):
    child = Child(own_program(*(tmp_path / argument for argument in arguments)))
    (reply,) = replies_of(child, 1)
    assert isinstance(reply, Refused)
    assert reply.number == 0
    assert child.finish(30) == 1
    child.end()
    child.close()


def test_an_index_of_another_store_is_told(used_home, tmp_path):
    child = Child(own_program(derived_in(used_home)[0], tmp_path))
    (reply,) = replies_of(child, 1)
    assert (reply.number, reply.key) == (0, "search.damaged")
    child.end()
    child.close()


@POSIX
@pytest.mark.parametrize("is_killed", [False, True])
def test_a_worker_started_ahead_is_told_what_to_open(used_home, monkeypatch, is_killed):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1, 2})
    standby = Standby()
    waiting = standby.pid
    assert waiting is not None
    if is_killed:  # nobody sees anything but the answer
        os.kill(waiting, signal.SIGKILL)
        os.waitid(os.P_PID, waiting, os.WEXITED | os.WNOWAIT)
    child = standby.launch(*derived_in(used_home))
    assert (child.pid == waiting) is not is_killed
    assert replies_of(child, 1) == [Ready(0)]
    child.send(frame(encode(Ask(1, Request("岳昕")))))
    (answered,) = replies_of(child, 1)
    assert answered.answer.hits[0].id == "yue-xin"
    assert standby.pid is None
    assert child.finish(30) == 0
    child.close()


@POSIX
def test_a_worker_that_nobody_needed_ends_with_its_window(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1, 2})
    standby = Standby()
    waiting = standby.pid
    standby.close()
    standby.close()
    assert waiting is not None and standby.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(waiting, 0)


def test_none_is_started_ahead_where_the_window_needs_the_processors(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1}, raising=False)
    assert Standby().pid is None


@POSIX
def test_the_worker_ends_when_its_parent_is_killed(root, used_home):
    code = f"""
        import sys, time
        sys.path.insert(0, {str(root)!r})
        from jasic_desktop.core.process import Child, own_program
        child = Child(own_program(*{tuple(map(str, derived_in(used_home)))!r}))
        child.receive()
        print(child.pid, flush=True)
        time.sleep(600)
    """
    parent = subprocess.Popen([sys.executable, "-P", "-c", textwrap.dedent(code)], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait(30)
    parent.stdout.close()
    # Its new parent lets the system forget it; until then it may stand there as ended.
    wait_until_ended(pid)


def wait_until_ended(pid):
    for _ in range(3000):
        try:
            state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
        except OSError:
            return
        if state == "Z":
            return
        time.sleep(0.01)
    raise AssertionError(f"the worker {pid} still runs")


def test_garbage_is_looked_for_once_it_has_answered_and_not_before():
    class Circle:
        def __init__(self):
            self.own = self

    thresholds = gc.get_threshold()
    try:
        settle()
        last = weakref.ref(Circle())
        kept = [[] for _ in range(30_000)]
        assert last() is not None
        tidy()
        assert last() is None
        other = weakref.ref(Circle())
        tidy()
        assert other() is not None, "nothing much was made since"
        assert len(kept) == 30_000
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
