"""The pace of long work: per step, settled before it is told."""

from jasic_desktop.core.pace import Pace, Told


def test_a_pace_is_told_when_it_has_settled_and_anew_for_each_step() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert pace.told("one", 100, 1000) is None
    now[0] = 0.5
    assert pace.told("one", 200, 1000) is None
    now[0] = 2.0
    assert pace.told("one", 300, 1000) == Told(100.0, 7.0)
    assert pace.told("one", 1000, 1000) == Told(450.0, 0.0)
    assert pace.told("two", 5, 10) is None
    now[0] = 4.0
    assert pace.told("two", 5, 10) is None
    assert pace.told("two", 6, 0) is None
    assert pace.told("two", 6, 10) == Told(0.5, 8.0)
