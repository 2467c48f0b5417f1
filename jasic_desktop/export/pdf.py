"""Records as a PDF, which the front ends bring a press for: pages are laid out by the window's toolkit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jasic_desktop.core.errors import DisplayFault
from jasic_desktop.export.options import Options
from jasic_desktop.packs.store import Store


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """The PDF. Raises DisplayFault where there is no press."""
    if options.press is None:
        raise DisplayFault("export.no_press")
    return options.press(store, ids, options)
