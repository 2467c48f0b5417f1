"""Starting the window from the command line: pictures, no display, and what the start loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QPushButton

from jasic_desktop.cli.parser import prefer
from jasic_desktop.cli.window import has_display
from jasic_desktop.core.i18n import catalogue, translate
from jasic_desktop.ui.about_dialog import AboutDialog
from tests.conftest import home_variables

LOADED = """
import gc, json, runpy, sys
report, *words = sys.argv[1:]
sys.argv[:] = ["jasic-desktop", *words]
try:
    runpy.run_module("jasic_desktop", run_name="__main__")
finally:
    with open(report, "w", encoding="utf-8") as file:
        loaded = sorted({name.partition(".")[0] for name in sys.modules})
        json.dump({"loaded": loaded, "collected_after": gc.get_threshold()[0]}, file)
"""


@pytest.mark.parametrize("words", [(), ("--search", "yuexin"), ("--theme", "dark", "--lang", "zh-Hans")])
def test_a_picture_of_the_window_is_drawn_at_the_size_asked_for(program, used_home, tmp_path, words):
    target = tmp_path / "window.png"
    done = program("--screenshot", target, "--size", "1024x768", *words, home=used_home)
    assert (done.returncode, done.stderr) == (0, "")
    image = QImage(str(target))
    assert (image.width(), image.height()) == (1024, 768)
    assert len({image.pixel(x, y) for x in range(0, 1024, 16) for y in range(0, 768, 16)}) > 8


def test_a_picture_that_is_there_is_overwritten_only_by_force(program, used_home, tmp_path):
    target = tmp_path / "window.png"
    target.write_bytes(b"mine")
    refused = program("--screenshot", target, home=used_home)
    assert refused.returncode == 7 and refused.stderr.count("\n") == 1 and "--force" in refused.stderr
    assert target.read_bytes() == b"mine"
    assert program("--screenshot", target, "--force", home=used_home).returncode == 0
    assert not QImage(str(target)).isNull()


@pytest.mark.parametrize("words", [("--size", "wide"), ("--size", "0x5"), ("--screenshot", "window.jpg")])
def test_a_wrong_call_is_told(program, used_home, words):
    assert program("--screenshot", "window.png", *words, home=used_home).returncode == 2


def test_without_a_display_it_says_so(program, used_home):
    done = program(home=used_home, env={"QT_QPA_PLATFORM": ""})
    assert done.returncode == 6
    assert done.stderr.count("\n") == 1 and "--screenshot" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only X and Wayland have displays that may be missing")
def test_a_display_that_cannot_be_used_is_told_in_one_sentence(program, used_home):
    done = program(home=used_home, env={"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":4711"})
    assert done.returncode == 6
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("variables", "platform", "there"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({"QT_QPA_PLATFORM": "xcb"}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_display_is_known_by_the_variables(variables, platform, there):
    assert has_display(variables, platform) is there


def test_the_window_loads_no_search_engine_and_no_pictures(root, used_home, tmp_path):
    report = tmp_path / "loaded.json"
    done = subprocess.run(
        [sys.executable, "-P", "-c", LOADED, report, "--screenshot", tmp_path / "window.png"],
        env={**os.environ, "PYTHONPATH": str(root), **home_variables(used_home)},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(report.read_text(encoding="utf-8"))
    loaded = set(told["loaded"])
    assert "PySide6" in loaded
    # Python's own 700 would look through everything that is being loaded, again and again.
    assert told["collected_after"] >= 10_000
    assert loaded & {"whoosh", "PIL", "lxml", "numpy", "yaml", "opencc"} == set()


def test_the_words_of_one_language_are_read_and_no_others():
    catalogue.cache_clear()
    assert translate("cli.help.archive", prefer(["--lang", "zh-Hant"]).language)
    assert catalogue.cache_info().currsize == 1


def test_the_fingerprint_of_this_copy_is_shown_in_fours_and_copied_whole(make_window):
    window = make_window()
    window.coordinator.run("about")
    dialog = window.findChild(AboutDialog)
    fingerprint = window.coordinator.store.fingerprint
    shown = [label.text() for label in dialog.findChildren(QLabel) if label.text().startswith(fingerprint[:4] + " ")]
    assert sorted(text.replace(" ", "") for text in shown) == [fingerprint[:16], fingerprint]
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy the fingerprint").click()
    assert QGuiApplication.clipboard().text() == fingerprint
    dialog.reject()
