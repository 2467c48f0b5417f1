"""The pictures of the archive as formats embed them: which a page shows, and of what type their files are."""

from __future__ import annotations

from collections.abc import Iterator

from jasic_desktop.core.blocks import PictureBlock
from jasic_desktop.render.page import Page


def image_type(file: str) -> str:
    """The media type of a picture by its name: a pack has PNG and JPEG only."""
    return "image/png" if file.endswith(".png") else "image/jpeg"


def drawn_files(page: Page) -> Iterator[str]:
    """The files of the pictures on a page, each once, in order."""
    yield from dict.fromkeys(block.file for block in page.blocks if isinstance(block, PictureBlock))
