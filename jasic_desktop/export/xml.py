"""XML written piece by piece: names are ours, every text and value is escaped, acting characters are marked."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape as _escape
from typing import Final

from jasic_desktop.core.localised import Localised
from jasic_desktop.render.visible import visible

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text(value: str) -> str:
    """`value` as it stands in an element or a quoted attribute."""
    return _escape(visible(value), quote=True)


def tag(name: str, content: str | Iterable[str] = "", /, **attributes: str | None) -> str:
    """An element around ready XML. Of an attribute's name `_` at the end falls away, `__` is a colon; None is left out.

    Elements with others inside stand on lines of their own.
    """
    inside = content if isinstance(content, str) else "".join(content)
    head = name + "".join(
        f' {key.removesuffix("_").replace("__", ":")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if not inside:
        return f"<{head}/>\n"
    return f"<{head}>\n{inside}</{name}>\n" if inside.endswith(">\n") else f"<{head}>{inside}</{name}>\n"


def each(name: str, localised: Localised | None, attribute: str = "xml__lang", **attributes: str | None) -> str:
    """An element for each language that a text exists in, marked with it by `attribute`."""
    if localised is None:
        return ""
    return "".join(
        tag(name, text(words), **{attribute: language}, **attributes) for language, words in localised.items()
    )
