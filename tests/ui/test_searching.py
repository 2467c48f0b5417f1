"""Asking the worker from the window: the answer comes, whatever happens to the worker meanwhile."""

import os
import signal
import sys
import textwrap
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer

from jasic_desktop.core.process import Child
from jasic_desktop.search.request import Request
from jasic_desktop.ui import searching
from jasic_desktop.ui.searching import Searcher
from tests.helpers.derived import derived_in

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
SOON = 30_000

FAKE = """
import os, sys
sys.path.insert(0, {root!r})
from jasic_desktop.app.messages import *
from jasic_desktop.core.process import own_pipes, frame
from jasic_desktop.search.answer import Answer
inbox, outbox = own_pipes()
def questions():
    while bodies := inbox.wait():
        yield from map(decode_question, bodies)
def reply(number, text="fake"):
    outbox.send(encode(Answered(number, Answer(text, text, 0, (), {{}}, None, (), 0.0))))
ready = lambda: outbox.send(encode(Ready(0)))
{code}
"""


class Heard:
    """What a searcher said, in order."""

    def __init__(self, searcher):
        self.said = []
        for name in ("answered", "paged", "suggested", "failed", "ready", "damaged"):
            getattr(searcher, name).connect(lambda *values, name=name: self.said.append((name, *values)))

    def of(self, name):
        return [values for kind, *values in self.said if kind == name]


@pytest.fixture
def make(qtbot, used_home, root):
    """Makes searchers: with the real worker on the bundled archive, or with workers that run `code`."""
    made = []

    def one(*codes, start=True):
        launched = []

        def launch(*_):
            code = codes[min(len(launched), len(codes) - 1)]
            if isinstance(code, OSError):
                launched.append(None)
                raise code
            text = FAKE.format(root=str(root), code=textwrap.dedent(code))
            launched.append(Child([sys.executable, "-P", "-c", text]))
            return launched[-1]

        searcher = Searcher(launch=launch) if codes else Searcher()
        searcher.launched = launched
        searcher.heard = Heard(searcher)
        made.append(searcher)
        if start:
            searcher.start(*derived_in(used_home))
        return searcher

    yield one
    for searcher in made:
        searcher.stop()


@pytest.fixture
def wait(qtbot):
    return lambda condition: qtbot.waitUntil(lambda: bool(condition()), timeout=SOON)


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


# --------------------------------------------------------------------------------------------- the worker is well


def test_what_was_asked_last_is_answered_and_nothing_else(make, wait):
    searcher = make()
    numbers = [searcher.ask(Request("yuexin"[:length], limit=50, live=True)) for length in range(1, 7)]
    wait(lambda: searcher.heard.of("answered"))
    ((number, answer),) = searcher.heard.of("answered")
    assert number == numbers[-1]
    assert (answer.query, answer.hits[0].id) == ("yuexin", "yue-xin")
    assert not searcher.waiting


def test_further_hits_of_what_was_answered(make, wait):
    searcher = make()
    assert searcher.more(50) == 0
    searcher.ask(Request("", limit=50, facets=True))
    assert searcher.more(50) == 0
    wait(lambda: searcher.heard.of("answered"))
    first = searcher.heard.of("answered")[0][1]
    number = searcher.more(50, 50)
    wait(lambda: searcher.heard.of("paged"))
    ((told, offset, answer),) = searcher.heard.of("paged")
    assert (told, offset, answer.total, len(answer.hits)) == (number, 50, first.total, 50)
    assert answer.facets == {}
    assert not {hit.id for hit in first.hits} & {hit.id for hit in answer.hits}


def test_suggestions_come_beside_an_answer(make, wait):
    searcher = make()
    asked, completed = searcher.ask(Request("yue")), searcher.suggest("yue", 5, "zh-Hans")
    wait(lambda: searcher.heard.of("answered") and searcher.heard.of("suggested"))
    assert searcher.heard.of("answered")[0][0] == asked
    number, suggestions = searcher.heard.of("suggested")[0]
    assert number == completed
    assert "yue-xin" in [suggestion.id for suggestion in suggestions]


def test_starting_does_not_wait_and_another_start_ends_the_first(make, wait, used_home):
    searcher = make(start=False)
    assert searcher.worker_pid is None
    searcher.start(*derived_in(used_home))
    first = searcher.worker_pid
    assert not searcher.heard.said
    searcher.start(*derived_in(used_home))
    assert is_gone(first)
    searcher.ask(Request("union"))
    wait(lambda: searcher.heard.of("answered"))
    assert len(searcher.heard.of("ready")) == 1


def test_what_is_asked_before_the_start_is_answered_after_it(make, wait, used_home):
    searcher = make(start=False)
    number = searcher.ask(Request("union"))
    searcher.start(*derived_in(used_home))
    wait(lambda: searcher.heard.of("answered"))
    assert searcher.heard.of("answered")[0][0] == number


def test_nothing_of_a_stopped_searcher_is_left(make, wait):
    searcher = make()
    searcher.ask(Request("union"))
    wait(lambda: searcher.heard.of("ready"))
    pid = searcher.worker_pid
    searcher.stop()
    searcher.stop()
    assert searcher.worker_pid is None
    assert is_gone(pid)
    assert searcher.heard.of("answered") == []


@pytest.mark.parametrize("text", ["\udcff \ud800", "x" * 1_000_000, "岳" * 1_000_000, "\0", '"(OR' * 999])
def test_any_text_is_a_question(make, wait, text):
    searcher = make()
    searcher.ask(Request(text))
    searcher.suggest(text)
    wait(lambda: searcher.heard.of("answered") and searcher.heard.of("suggested"))
    assert searcher.heard.of("failed") == []


# ------------------------------------------------------------------------------------------- the worker is not well


@POSIX
def test_a_killed_worker_is_replaced_and_the_question_answered(make, wait):
    searcher = make()
    wait(lambda: searcher.heard.of("ready"))
    for _ in range(3 * searching.ATTEMPTS):  # never so often in a row: each time there is an answer between
        pid = searcher.worker_pid
        os.kill(pid, signal.SIGSTOP)
        number = searcher.ask(Request("union"))
        os.kill(pid, signal.SIGKILL)
        wait(lambda number=number: searcher.heard.of("answered") and searcher.heard.of("answered")[-1][0] == number)
        assert is_gone(pid)
        assert searcher.worker_pid not in (pid, None)
    assert searcher.heard.of("failed") == []


@POSIX
def test_a_stuck_worker_is_replaced_and_the_question_answered(make, wait, monkeypatch):
    monkeypatch.setattr(searching, "PATIENCE_MS", 300)
    searcher = make()
    wait(lambda: searcher.heard.of("ready"))
    pid = searcher.worker_pid
    os.kill(pid, signal.SIGSTOP)
    searcher.ask(Request("police"))
    number = searcher.ask(Request("union"))
    wait(lambda: searcher.heard.of("answered"))
    assert [told for told, _ in searcher.heard.of("answered")] == [number]
    assert is_gone(pid)
    assert searcher.heard.of("failed") == []


@POSIX
def test_a_worker_that_dies_while_nobody_asks_is_replaced_at_once(make, wait):
    searcher = make()
    wait(lambda: searcher.heard.of("ready"))
    pid = searcher.worker_pid
    os.kill(pid, signal.SIGKILL)
    wait(lambda: len(searcher.heard.of("ready")) == 2)
    assert is_gone(pid)
    assert searcher.heard.of("failed") == []


NONSENSE = [
    "sys.exit(3)",
    "os.abort()",
    "ready()\nos.write(outbox._descriptor, b'HTTP/1.1 200 OK')\ninbox.wait()\ninbox.wait()",
    "ready()\noutbox.send(b'\\xc1')\ninbox.wait()\ninbox.wait()",
    "for question in questions(): sys.exit(1)",
    "ready()\nfor question in questions(): os.kill(os.getpid(), 9)",
    "ready()\nfor question in questions(): outbox.send(encode(question))",
]


@POSIX
@pytest.mark.parametrize("code", NONSENSE)
def test_a_worker_that_never_works_is_given_up_with_a_sentence(make, wait, monkeypatch, code):
    monkeypatch.setattr(searching, "START_PATIENCE_MS", 500)
    searcher = make(code)
    number = searcher.ask(Request("union", language="zh-Hans"))
    wait(lambda: searcher.heard.of("failed"))
    ((told, sentence),) = searcher.heard.of("failed")
    assert told == number
    assert sentence.startswith("查询程序连续多次中止")
    assert len(searcher.launched) == 1 + searching.ATTEMPTS
    assert searcher.worker_pid is None
    assert all(is_gone(child.pid) for child in searcher.launched)
    # The next question tries again.
    again = searcher.ask(Request("police"))
    wait(lambda: len(searcher.heard.of("failed")) == 2)
    assert searcher.heard.of("failed")[1][0] == again
    assert len(searcher.launched) == 2 * (1 + searching.ATTEMPTS)


@POSIX
def test_the_third_attempt_may_do(make, wait):
    well = "ready()\nfor question in questions(): reply(question.number)"
    searcher = make("sys.exit(1)", "ready(); sys.exit(1)", "os.abort()", well)
    number = searcher.ask(Request("union"))
    wait(lambda: searcher.heard.of("answered"))
    assert searcher.heard.of("answered")[0][0] == number
    assert searcher.heard.of("failed") == []


@POSIX
def test_late_and_strange_answers_are_dropped(make, wait):
    code = """
    ready()
    for question in questions():
        for number in (question.number - 1, question.number + 7, 0, -1, question.number, question.number):
            reply(number, str(number))
    """
    searcher = make(code)
    searcher.ask(Request("first"))
    wait(lambda: searcher.heard.of("answered"))
    searcher.ask(Request("second"))
    searcher.ask(Request("third"))
    wait(lambda: len(searcher.heard.of("answered")) == 2)
    assert [(number, answer.query) for number, answer in searcher.heard.of("answered")] == [(1, "1"), (3, "3")]


@POSIX
def test_a_worker_that_never_reads_does_not_hold_the_window(make, wait):
    searcher = make("ready()\nimport time\ntime.sleep(600)")
    wait(lambda: searcher.heard.of("ready"))
    clock = QElapsedTimer()
    clock.start()
    for number in range(2000):
        searcher.ask(Request("岳" * 300 + str(number), live=True))
    # A full pipe would wait for ever.
    assert clock.elapsed() < SOON
    assert searcher.waiting


@POSIX
def test_a_worker_that_complains_without_end_is_not_held(make, wait):
    code = """
    ready()
    for question in questions():
        os.write(2, b"x" * 60000 + b"the end")
        reply(question.number)
    """
    searcher = make(code)
    for asked in range(1, 6):
        searcher.ask(Request("union"))
        wait(lambda asked=asked: len(searcher.heard.of("answered")) == asked)
    searcher.stop()
    assert searcher.details.endswith("the end")


def test_what_the_system_does_not_start_is_told(make, wait):
    searcher = make(OSError(12, "Cannot allocate memory"))
    assert searcher.heard.of("failed") == []
    searcher.ask(Request("union"))
    assert "Cannot allocate memory" in searcher.heard.of("failed")[0][1]


def test_what_cannot_be_opened_is_told_and_not_tried_again(make, wait, tmp_path):
    searcher = make(start=False)
    searcher.start(tmp_path / "nothing.sqlite", tmp_path)
    searcher.ask(Request("union"))
    wait(lambda: searcher.heard.of("damaged"))
    assert len(searcher.heard.of("damaged")) == 1
    assert searcher.heard.of("ready") == searcher.heard.of("answered") == []
    assert searcher.worker_pid is None


@POSIX
def test_a_refused_question_is_told_in_its_language(make, wait):
    code = """
    ready()
    for question in questions():
        outbox.send(encode(Refused(question.number, "window.search.fault", {"kind": "OSError", "text": "gone"})))
    """
    searcher = make(code)
    number = searcher.ask(Request("union", language="zh-Hant"))
    wait(lambda: searcher.heard.of("failed"))
    told, sentence = searcher.heard.of("failed")[0]
    assert (told, sentence[:8]) == (number, "這個問題使程式出")


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
def test_no_thread_and_no_pipe_stays(make, wait, qtbot):
    def count():
        return len(list(Path("/proc/self/task").iterdir())), len(list(Path("/proc/self/fd").iterdir()))

    make().stop()
    before = count()
    for _ in range(3):
        searcher = make()
        searcher.ask(Request("union"))
        wait(lambda searcher=searcher: searcher.heard.of("answered"))
        searcher.stop()
    for _ in range(100):
        if count() <= before:
            break
        time.sleep(0.02)
    assert count() <= before
