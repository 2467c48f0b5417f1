"""What a window remembers from one run to the next: sizes and what was open, in one small file that nobody misses."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.core.settings import read_table, write_table

FILE_NAME: Final = "window.json"
_MOST_TABS: Final = 20
_LARGEST: Final = 100_000


@dataclass(frozen=True)
class Remembered:
    """How the window was left. Sizes are pixels; `splits` holds the sizes of each divider's parts by its name.

    `hidden` names the panes that were shut; `tabs` are the ids that were open, of the archive `fingerprint`.
    """

    width: int = 0
    height: int = 0
    maximized: bool = False
    splits: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    fingerprint: str = ""
    tabs: tuple[str, ...] = ()

    @classmethod
    def load(cls, folder: Path) -> Remembered:
        """What the file in `folder` holds; what is missing or no good there counts as never remembered."""
        table = read_table(folder / FILE_NAME)
        splits = table.get("splits")
        return cls(
            _pixels(table.get("width")),
            _pixels(table.get("height")),
            table.get("maximized") is True,
            {str(name): _all_pixels(sizes) for name, sizes in splits.items()} if isinstance(splits, dict) else {},
            _texts(table.get("hidden")),
            _text(table.get("fingerprint")),
            _texts(table.get("tabs"))[:_MOST_TABS],
        )

    def save(self, folder: Path) -> None:
        """Write it. Where that is not possible nothing is lost that anybody made, so nobody is told."""
        with suppress(NotWrittenFault):
            write_table(folder / FILE_NAME, asdict(self))


def forget(folder: Path) -> None:
    """Remember nothing any more."""
    with suppress(OSError):
        (folder / FILE_NAME).unlink(missing_ok=True)


def _pixels(value: Any) -> int:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and 0 <= value <= _LARGEST else 0


def _all_pixels(value: Any) -> tuple[int, ...]:
    return tuple(_pixels(size) for size in value[:8]) if isinstance(value, list) else ()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, list) else ()
