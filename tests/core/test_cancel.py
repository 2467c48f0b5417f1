"""Progress, and the wish to end."""

import pytest

from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.errors import Cancelled


def test_each_step_is_reported():
    heard = []
    progress = Progress(lambda *step: heard.append(step))
    progress.step("packs.step_reading")
    progress.step("packs.step_reading", 3, 7)
    assert heard == [("packs.step_reading", 0, 0), ("packs.step_reading", 3, 7)]


def test_the_wish_to_end_ends_the_work_before_the_step_is_reported():
    heard = []
    wish = iter([False, True])
    progress = Progress(lambda *step: heard.append(step), lambda: next(wish))
    progress.step("packs.step_reading", 1)
    with pytest.raises(Cancelled):
        progress.step("packs.step_reading", 2)
    assert [done for _, done, _ in heard] == [1]


def test_nobody_need_watch():
    SILENT.step("packs.step_reading", 1, 2)
