"""File names that every system takes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.export.names import MOST_BYTES, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2018-07-27-mass-arrest", "2018-07-27-mass-arrest.html"),
        ("Events of July 2018", "Events-of-July-2018.html"),
        ("米久平 与佳士", "米久平-与佳士.html"),
        ("CON", "_CON.html"),
        ("nul.txt", "_nul.txt.html"),
        ("COM¹", "_COM¹.html"),
        ("CONIN$", "CONIN.html"),
        ("lpt9 ", "_lpt9.html"),
        ("../../etc/passwd", "etc-passwd.html"),
        ("a:b*c?d", "a-b-c-d.html"),
        ("...", "export.html"),
        ("", "export.html"),
        ("🙂", "export.html"),
        ("a\u202egnp.exe", "agnp.exe.html"),
        (".hidden", "hidden.html"),
        ("trailing. . ", "trailing.html"),
        ("-rf", "rf.html"),
        ("\ud800x", "x.html"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert safe_name(text, "html") == name


@given(st.text() | st.sampled_from(["aux", "PRN.x", "x" * 300, "名" * 300, "CLOCK$", "é" * 200]))
def test_every_name_is_safe(text: str) -> None:
    taken: set[str] = set()
    for _ in range(3):
        name = safe_name(text, "html", taken)
        assert name.casefold() not in taken
        taken.add(name.casefold())
        assert 0 < len(name.encode()) <= MOST_BYTES
        assert name == safe_name(text, "html", taken - {name.casefold()})
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
        assert name[0] not in ".- "
        assert name[-1] not in ". "
        assert not re.fullmatch(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", name.split(".")[0], re.IGNORECASE)


def test_without_an_extension() -> None:
    assert safe_name("a folder") == "a-folder"
    assert safe_name("x" * 300, "", {"x" * 120}) == "x" * 118 + "-2"
