"""The theme file: both modes name the same colours, and text can be read on its ground."""

import re

import pytest

from jasic_desktop.render.theme import lane_token, tokens


def contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_both_modes_have_the_same_colours() -> None:
    assert tokens("light").keys() == tokens("dark").keys()
    for mode in ("light", "dark"):
        assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in tokens(mode).values())


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface", "sunken"])
@pytest.mark.parametrize(
    "ink",
    [
        "ink",
        "ink-2",
        "ink-3",
        "accent",
        "link",
        "warn",
        "verified",
        "person",
        "organisation",
        "event",
        "place",
        "document",
        "topic",
    ],
)
def test_text_stands_out_from_its_ground(mode: str, ground: str, ink: str) -> None:
    colours = tokens(mode)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [("on-accent", "accent"), ("ink", "match"), ("ink", "accounts"), ("warn", "accounts"), ("ink", "chip")],
)
def test_words_on_coloured_grounds(mode: str, ink: str, ground: str) -> None:
    assert contrast(tokens(mode)[ink], tokens(mode)[ground]) >= 4.5


def test_lanes_take_their_colours_in_turn() -> None:
    names = [lane_token(number) for number in range(12)]
    assert names[:6] == names[6:]
    assert set(names) <= tokens().keys()
