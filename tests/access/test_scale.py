"""The program started with QT_SCALE_FACTOR=2, on the screens that case A5 names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize(("pixels", "scrolls"), [((1920, 1080), False), ((1280, 720), True)])
def test_a5_at_a_scale_of_2_nothing_is_out_of_reach(
    used_home: Path, tmp_path: Path, pixels: tuple[int, int], scrolls: bool
) -> None:
    screens = tmp_path / "screens.json"
    width, height = pixels
    screens.write_text(json.dumps({"screens": [{"name": "one", "x": 0, "y": 0, "width": width, "height": height}]}))
    points = (width // 2, height // 2)
    done = subprocess.run(
        [sys.executable, "-m", "tests.access.scaled", str(used_home), *map(str, points)],
        cwd=ROOT,
        env={**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": f"offscreen:configfile={screens}"},
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert tuple(told["screen"]) == points and told["scrolls"] == scrolls
    assert {name: view["faults"] for name, view in told["views"].items() if view["faults"]} == {}
    assert [name for name, view in told["views"].items() if not view["fits"] or view["ratio"] != 2] == []
    assert len(told["views"]) > 7
