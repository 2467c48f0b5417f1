"""The colours of the program, read from its one theme file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from jasic_desktop.core.paths import resource

Mode = Literal["light", "dark"]


@cache
def _file() -> dict[str, Any]:
    with resource("theme", "tokens.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def tokens(mode: Mode = "light", *, contrast: bool = False) -> Mapping[str, str]:
    """Each colour of one mode by name, as `#RRGGBB`; with `contrast` those for who needs strong ones."""
    return MappingProxyType(
        {name: str(value) for name, value in _file()[f"{mode}-contrast" if contrast else mode].items()}
    )


def lane_token(index: int) -> str:
    """The name of the colour in which the lane at `index` (from the top, from 0) is drawn."""
    names = _file()["lanes"]
    return str(names[index % len(names)])
