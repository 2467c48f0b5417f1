"""Contrast in all four looks, from tokens and from pixels; what the system asks for; colour alone (A4, A6, A7)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from jasic_desktop.core.settings import Settings
from jasic_desktop.render.theme import Mode, tokens
from jasic_desktop.ui import theme as theme_module
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.theme import Theme
from tests.helpers.access import contrast, faint, luminance
from tests.helpers.shown import ALL, Shown, Stage, settle

MODES: tuple[Mode, ...] = ("light", "dark")
LOOKS = [(mode, strong) for mode in MODES for strong in (False, True)]
GROUNDS = ("paper", "surface", "sunken")
TYPES = ("person", "organisation", "event", "place", "document", "topic")
INKS = ("ink", "ink-2", "ink-3", "accent", "link", "warn", "verified", *TYPES)
PAIRS = (
    *((ink, ground) for ink in INKS for ground in GROUNDS),
    *(("on-accent", "accent"), ("accent", "accent-soft"), ("ink", "accent-soft"), ("ink-2", "accent-soft")),
    *(("ink", "match"), ("ink", "accounts"), ("ink-2", "accounts"), ("link", "accounts"), ("warn", "accounts")),
    *(("ink", "chip"), ("ink-2", "chip")),
)
EDGES = ("edge", "accent", "accounts-edge", *TYPES)
SAMPLED = ("find in page", "results", "timeline", "export")
"""The views whose pixels are looked at; JASIC_ACCESS=all takes every one."""


@pytest.mark.parametrize(("mode", "strong"), LOOKS)
def test_a4_text_stands_out_from_every_ground_it_stands_on(mode: Mode, strong: bool) -> None:
    colours, least = tokens(mode, contrast=strong), 7 if strong else 4.5
    assert [pair for pair in PAIRS if contrast(colours[pair[0]], colours[pair[1]]) < least] == []


@pytest.mark.parametrize(("mode", "strong"), LOOKS)
def test_a4_edges_signs_and_the_ring_stand_out(mode: Mode, strong: bool) -> None:
    colours = tokens(mode, contrast=strong)
    edges = (*EDGES, "line") if strong else EDGES
    pairs = [(edge, ground) for edge in edges for ground in GROUNDS]
    assert [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 3] == []


def test_a4_every_look_names_the_same_colours() -> None:
    names = [set(tokens(mode, contrast=strong)) for mode, strong in LOOKS]
    assert all(one == names[0] for one in names)


def sampled() -> list[Shown]:
    everything = os.environ.get("JASIC_ACCESS") == "all"
    return [row for row in ALL if everything or row.name in SAMPLED]


@pytest.mark.parametrize(("mode", "strong"), LOOKS)
def test_a4_no_text_that_is_painted_is_faint(stage: Stage, mode: Mode, strong: bool) -> None:
    stage.clear()
    stage.dress(mode, contrast=strong)
    colours = stage.coordinator.theme.tokens
    decor = {colours[name] for name in colours if name not in INKS}
    inks = {int(colours[name][1:], 16): name for name in INKS if colours[name] not in decor}
    found = []
    for row in sampled():
        stage.clear()
        top = row.show(stage)
        settle()
        found += [f"{row}: {what}" for what in faint(top, inks, 7 if strong else 4.5)]
    stage.clear()
    assert found == []


def test_a4_a_faint_text_is_found(stage: Stage) -> None:
    stage.clear()
    label = stage.window.status_bar._offline
    palette = label.palette()
    palette.setColor(label.foregroundRole(), Theme("light").color("line"))
    label.setPalette(palette)
    line = int(Theme("light").tokens["line"][1:], 16)
    assert any("Offline" in what for what in faint(stage.window, {line: "line"}, 4.5))
    stage.dress("dark")


# ------------------------------------------------------------------------------------------- what the system asks for


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Lets the system ask for high contrast, or for nothing."""

    def ask(strong: bool) -> None:
        monkeypatch.setattr(theme_module, "high_contrast", lambda: strong)
        preference = Qt.ContrastPreference.HighContrast if strong else Qt.ContrastPreference.NoPreference
        QGuiApplication.styleHints().accessibility().contrastPreferenceChanged.emit(preference)

    return ask


def test_a6_the_window_follows_the_systems_contrast_at_once(stage: Stage, asked: Any) -> None:
    coordinator = stage.coordinator
    coordinator.set_contrast("system")
    asked(True)
    assert coordinator.theme.contrast
    assert stage.application.palette().window().color().name().upper() == tokens("light", contrast=True)["paper"]
    asked(False)
    assert not coordinator.theme.contrast


def test_a6_a_person_has_the_last_word_on_contrast(stage: Stage, asked: Any) -> None:
    coordinator, actions = stage.coordinator, stage.window.actions_table
    coordinator.set_contrast("system")
    coordinator.run("high-contrast")
    assert coordinator.theme.contrast and actions["high-contrast"].isChecked()
    assert Settings.load(coordinator.places.config).text("contrast") == "high"
    coordinator.run("high-contrast")
    assert not coordinator.theme.contrast and not actions["high-contrast"].isChecked()
    assert coordinator.settings.text("contrast") == "system"
    coordinator.set_contrast("normal")
    asked(True)
    assert not coordinator.theme.contrast


# --------------------------------------------------------------------------------------------------- never colour alone


@pytest.mark.parametrize(("mode", "strong"), LOOKS)
def test_a7_the_signs_differ_without_colour(stage: Stage, mode: Mode, strong: bool) -> None:
    theme = Theme(mode, contrast=strong)
    names = ("corroborated", "single-source", "disputed", "alleged")
    images = [pixmap(f"sign-{name}", theme.color("ink"), 14).toImage() for name in names]
    shapes = [image.convertToFormat(QImage.Format.Format_Alpha8) for image in images]
    assert all(one != other for at, one in enumerate(shapes) for other in shapes[:at])


@pytest.mark.parametrize(("mode", "strong"), LOOKS)
def test_a7_what_is_chosen_has_an_edge_that_is_seen_without_colour(mode: Mode, strong: bool) -> None:
    theme = Theme(mode, contrast=strong)
    dark, light = sorted((luminance(theme.color("accent")), luminance(theme.color("accent-soft"))))
    assert (light + 0.05) / (dark + 0.05) >= 3
    sheet = theme.stylesheet()
    for chosen in ('[role="chip"]:checked', '[role="row"]:checked', '[role="segment-first"]:checked'):
        rule = sheet[sheet.index(chosen) :]
        assert theme.tokens["accent"] in rule[: rule.index("}")].partition("border")[2], chosen
