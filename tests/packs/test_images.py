"""Pictures of packs: whole JPEG and PNG come back as pixels or as a clean copy, everything else is refused."""

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from jasic_desktop.core.errors import DamagedFault
from jasic_desktop.packs.images import cleaned, pixels
from jasic_desktop.packs.picture_size import picture_size

CANARY = b"CANARY-22.69-114.35"


def encoded(form: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **extra: object) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, "red").save(target, form, **extra)
    return target.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int, *more: bytes) -> bytes:
    """A PNG that claims a size and holds one row."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    )


def with_metadata(form: str) -> bytes:
    """A picture that tells where, when and by whom it was taken, in every way its format has."""
    exif = Image.Exif()
    exif[0x010F] = CANARY.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = CANARY.decode()
    if form == "JPEG":
        return encoded(form, exif=exif, comment=CANARY, icc_profile=CANARY * 4)
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", CANARY.decode())
    texts.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    return encoded(form, exif=exif, pnginfo=texts)


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_whole_picture_comes_back_as_rows_of_pixels_no_wider_than_asked(form: str) -> None:
    found = pixels("a", encoded(form), 1000)
    assert (found.width, found.height) == (40, 30)
    assert len(found.data) == 40 * 30 * 3
    red, green, blue = found.data[:3]
    assert red > 240
    assert green < 15
    assert blue < 15
    small = pixels("a", encoded(form), 20)
    assert (small.width, small.height, len(small.data)) == (20, 15, 20 * 15 * 3)


def test_what_is_clear_is_white_and_a_turned_picture_stands_upright() -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (2, 1), (0, 0, 0, 0)).save(clear, "PNG")
    assert pixels("a", clear.getvalue(), 9).data == b"\xff" * 6
    turned = Image.Exif()
    turned[0x0112] = 6
    found = pixels("a", encoded("JPEG", exif=turned), 99)
    assert (found.width, found.height) == (30, 40)


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_of_metadata_nothing_survives_in_a_copy(form: str) -> None:
    before = with_metadata(form)
    assert CANARY in before
    after = cleaned("a", before)
    assert b"CANARY" not in after
    with Image.open(io.BytesIO(after), formats=(form,)) as copy:
        copy.load()
        assert copy.size == (40, 30)
        assert not copy.getexif()
        assert not {"icc_profile", "comment", "exif", "xmp", "Author"} & copy.info.keys()
    assert cleaned("a", before) == after


HOSTILE = {
    "bomb": png_of(20_000, 20_000),
    "huge": png_of(60_000, 60_000),
    "long": png_of(1, 2**31 - 1),
    "only-warned-of": png_of(12_000, 12_000),
    "text-bomb": png_of(40, 30, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000), 1))),
    "moving": png_of(1, 1, chunk(b"acTL", struct.pack(">II", 100_000, 0))),
    "truncated-png": encoded("PNG", (400, 300))[:-40],
    "truncated-jpeg": encoded("JPEG", (400, 300))[:600],
    "gif": encoded("GIF"),
    "tiff": encoded("TIFF"),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    "psd": b"8BPS" + bytes(100),
    "empty": b"",
    "only-a-start": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_whole_picture_of_a_sane_size_is_refused_in_one_sentence(what: str) -> None:
    with pytest.raises(DamagedFault) as refused:
        pixels("gate.png", HOSTILE[what], 800)
    assert "gate.png" in refused.value.sentence("en")
    if what in {"bomb", "gif", "truncated-png"}:
        with pytest.raises(DamagedFault):
            cleaned("gate.png", HOSTILE[what])


def test_the_size_is_read_from_the_start_of_a_file() -> None:
    assert picture_size(encoded("PNG", (40, 30))) == (40, 30)
    assert picture_size(encoded("JPEG", (41, 31))) == (41, 31)
    assert picture_size(with_metadata("JPEG")) == (40, 30)
    for name in ("huge", "only-a-start", "empty", "gif", "eps"):
        assert picture_size(HOSTILE[name]) is None or name == "huge"
    assert picture_size(b"\xff\xd8" + b"\xff\xe0\0\0" * 10) is None
    assert picture_size(png_of(0, 5)) is None
    assert picture_size(png_of(70_000, 5)) is None
