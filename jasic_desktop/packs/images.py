"""Decodes the pictures of packs in a child process with limits, which hands back pixels or a clean copy, never more."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from jasic_desktop.core.errors import DamagedFault
from jasic_desktop.core.process import (
    PICTURE,
    Child,
    ChildGoneError,
    Frames,
    MalformedFrameError,
    frame,
    own_pipes,
    own_program,
)

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES: Final = 15 << 20
"""The largest file that is decoded, and the most pixels that come back, in bytes."""
MOST_PIXELS: Final = 1 << 26
"""Width times height of a file: a larger one is refused before anything is decoded."""
_MEMORY: Final = 1 << 30
_SECONDS: Final = 10
_FORMATS: Final = ("JPEG", "PNG")

Want = Literal["pixels", "copy"]


class _Asked(msgspec.Struct, frozen=True):
    """What the parent asks: pixels at most so wide, or a clean copy of the file."""

    want: Want
    widest: int


class _Given(msgspec.Struct, frozen=True):
    """What stands before the bytes of an answer; a width of 0 is a refusal."""

    width: int
    height: int


@dataclass(frozen=True)
class Pixels:
    """A decoded picture: rows from the top, three bytes (red, green, blue) a pixel and nothing between rows."""

    width: int
    height: int
    data: bytes


def pixels(name: str, data: bytes, widest: int) -> Pixels:
    """The picture in the bytes of a JPEG or PNG file called `name`, scaled down to be at most `widest` pixels wide.

    Raises DamagedFault for whatever is no such picture, is too large, or takes too long.
    """
    given, body = _ask(name, data, _Asked("pixels", max(1, widest)))
    if len(body) != given.width * given.height * 3:
        raise _refusal(name)
    return Pixels(given.width, given.height, body)


def cleaned(name: str, data: bytes) -> bytes:
    """The same picture in the same format, encoded anew from its pixels: no EXIF, place, comment or profile survives.

    Raises DamagedFault as `pixels` does.
    """
    return _ask(name, data, _Asked("copy", 0))[1]


def _ask(name: str, data: bytes, asked: _Asked) -> tuple[_Given, bytes]:
    """Let a new child answer one question: what breaks it breaks nothing else."""
    if len(data) > MOST_BYTES:
        raise _refusal(name)
    try:
        child = Child(own_program(PICTURE))
    except OSError as error:
        raise _refusal(name) from error
    try:
        child.send(frame(msgspec.json.encode(asked)) + frame(data))
        frames, bodies = Frames(), list[bytes]()
        while len(bodies) < 2 and (read := child.receive()):
            bodies += frames.feed(read)
        given = msgspec.json.decode(bodies[0], type=_Given) if len(bodies) == 2 else _Given(0, 0)
    except (ChildGoneError, MalformedFrameError, msgspec.DecodeError) as error:
        raise _refusal(name) from error
    finally:
        child.end()
        child.close()
    if given.width < 1 or given.height < 1:
        raise _refusal(name)
    return given, bodies[1]


def _refusal(name: str) -> DamagedFault:
    return DamagedFault("packs.picture_refused", file=name)


# ------------------------------------------------------------------------------------------------ inside the child


def main() -> int:
    """Answer one question of the parent; the exit code."""
    inbox, outbox = own_pipes()
    bodies: list[bytes] = []
    while len(bodies) < 2 and not inbox.closed:
        bodies += inbox.wait()
    if len(bodies) < 2:
        return 0
    _limit()
    try:
        given, body = _answer(msgspec.json.decode(bodies[0], type=_Asked), bodies[1])
    except Exception:  # noqa: BLE001 - whatever is wrong with the picture, it is refused
        given, body = _Given(0, 0), b""
    outbox.send(msgspec.json.encode(given))
    outbox.send(body)
    return 0


def _limit() -> None:
    """Take no more memory and time than any picture needs; Windows has no such limits, the parent can end the child."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        if sys.platform != "darwin":  # where the limit is not kept
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _answer(asked: _Asked, data: bytes) -> tuple[_Given, bytes]:
    import io
    import warnings

    from PIL import Image, ImageOps

    warnings.simplefilter("error")  # a picture of which Pillow only warns is refused too
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS or getattr(opened, "is_animated", False):
            raise ValueError("too large, or moving")
        form = str(opened.format)
        upright = ImageOps.exif_transpose(opened)  # loads it to the end
        upright.load()
    if asked.want == "copy":
        return _Given(*upright.size), _copy(upright, form)
    shown = _flat(upright)
    most = MOST_BYTES // 3
    scale = min(1.0, asked.widest / shown.width, (most / (shown.width * shown.height)) ** 0.5)
    if scale < 1:
        shown = shown.resize(
            (max(1, int(shown.width * scale)), max(1, int(shown.height * scale))), Image.Resampling.LANCZOS
        )
    return _Given(*shown.size), shown.tobytes()


def _flat(picture: Image) -> Image:
    """The picture in red, green and blue; what it lets through is white."""
    from PIL import Image

    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    ground = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(ground, clear).convert("RGB")


def _copy(picture: Image, form: str) -> bytes:
    """A file with the pixels and nothing else: what Pillow read beside them would be written again."""
    import io

    bare = picture.copy()
    bare.info = {key: value for key, value in picture.info.items() if key == "transparency"}
    target = io.BytesIO()
    if form == "PNG":
        bare.save(target, "PNG", optimize=True)
    else:
        bare.save(target, "JPEG", quality=92, optimize=True)
    return target.getvalue()
