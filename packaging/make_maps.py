"""Draws the maps of archive/media: the places of the archive's records on public-domain outlines of the coast.

make_maps.py [FOLDER]                 draws into FOLDER, else into archive/media
make_maps.py --outlines LAND.json     cuts packaging/map-outlines.json out of the land of the world (TopoJSON)

The same bytes on every run with the locked Pillow and the fonts of Debian 12 that the bundles are made of.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from jasic_desktop.packs.yaml_text import read_yaml  # noqa: E402

OUTLINES: Final = ROOT / "packaging" / "map-outlines.json"
TARGET: Final = ROOT / "archive" / "media"
RECORDS: Final = ROOT / "archive" / "records"
WIDTH: Final = 1600
MOST_BYTES: Final = 150_000
FINER: Final = 3
"""The coast is drawn so many times larger and scaled down: Pillow does not smooth the edges of a polygon."""
COLOURS: Final = 96
# As packaging/build_fonts.py has them, of Debian 12: fonts-inter 4.0~beta7+ds-1, fonts-noto-cjk 1:20220127+repack1-1.
LATIN: Final = Path("/usr/share/fonts/opentype/inter/Inter-SemiBold.otf")
LATIN_LIGHT: Final = Path("/usr/share/fonts/opentype/inter/Inter-Regular.otf")
CHINESE: Final = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
DIGESTS: Final = {
    LATIN: "8c1990b6012254ea2b487161697d107357dd0ee55811cfd91c8c11227bbef457",
    LATIN_LIGHT: "a7e791e8f5a0fb02b65663f7fca73e1d1ca9543f772ad480cbd76f4e3fe3f8cc",
    CHINESE: "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
}
SIMPLIFIED: Final = 2
"""The number of the simplified Chinese face in the collection."""
NAME_SIZE: Final = 42
"""Pixels: ten at a quarter of the size, in which a map stands in a narrow column."""
NOTE_SIZE: Final = 27

_EARTH: Final = 6371
"""The radius of the earth in kilometres."""

Ring = list[tuple[float, float]]


class Label(NamedTuple):
    """A place, where its name stands from its mark (a side of the compass), and how far it is moved from there.

    A name that was moved is tied to its mark by a line. `notes` are organisations named below it.
    """

    place: str
    side: str = "e"
    moved: tuple[int, int] = (0, 0)
    notes: tuple[str, ...] = ()


class Sea(NamedTuple):
    """The name of a water, in both languages, and its middle in degrees."""

    english: str
    chinese: str
    lon: float
    lat: float


class Map(NamedTuple):
    """A map: its file, its edges in degrees (west, south, east, north), what stands on it, its bar in kilometres."""

    name: str
    box: tuple[float, float, float, float]
    labels: tuple[Label, ...]
    seas: tuple[Sea, ...]
    bar: int
    digits: int
    """Decimals of a degree that its outline keeps."""
    is_bar_left: bool = False


MAPS: Final = (
    Map(
        "map-pearl-river",
        (113.02, 22.08, 115.02, 23.48),
        (
            Label("guangzhou", "n"),
            Label("zengcheng", "n"),
            Label("panyu", "w"),
            Label("dongguan", "e"),
            Label("huizhou", "n"),
            Label("shenzhen", "w"),
            Label("longgang-district", "n", (-50, -26)),
            Label("pingshan-district", "s"),
            Label("huiyang", "n"),
            Label("daya-bay", "e"),
            Label("hong-kong", "e"),
        ),
        (
            Sea("Pearl River\nEstuary", "珠江口", 113.775, 22.475),
            Sea("South China Sea", "南海", 114.68, 22.37),
        ),
        25,
        3,
    ),
    Map(
        "map-pingshan-daya-bay",
        (113.96, 22.42, 114.86, 22.92),
        (
            Label("shenzhen", "n"),
            Label("longgang-district", "w"),
            Label("pingshan-district", "s"),
            Label("kengzi", "w"),
            Label("huiyang", "n"),
            Label("daya-bay", "e"),
            Label("aotou", "e"),
        ),
        (
            Sea("Daya Bay", "大亚湾", 114.66, 22.60),
            Sea("Mirs Bay", "大鹏湾", 114.393, 22.573),
        ),
        10,
        3,
    ),
    Map(
        "map-cities",
        (97.6, 18.6, 126.4, 41.3),
        (
            Label(
                "beijing",
                "w",
                notes=(
                    "peking-university",
                    "renmin-university-of-china",
                    "ustb",
                    "blcu",
                    "cupl",
                    "minzu-university",
                    "china-womens-university",
                ),
            ),
            Label("nanjing", "n", notes=("nanjing-university", "nanjing-agricultural-university")),
            Label("shanghai", "e"),
            Label("wuhan", "n"),
            Label("sanmenxia", "s"),
            Label("chengdu", "n"),
            Label("chongqing", "s"),
            Label("changsha", "e"),
            Label("shaoshan", "w"),
            Label("yongzhou", "w"),
            Label("kunming", "s"),
            Label("guangzhou", "w", notes=("sun-yat-sen-university", "jinan-university")),
            Label("huizhou", "e", (80, -116)),
            Label("shenzhen", "e", (96, -26)),
            Label("hong-kong", "e", (22, 84), ("university-of-hong-kong", "cuhk")),
        ),
        (),
        500,
        2,
        is_bar_left=True,
    ),
)


def main(arguments: Sequence[str]) -> int:
    """Draw the maps, or cut the outlines; the exit code."""
    if arguments[:1] == ["--outlines"]:
        cut(json.loads(Path(arguments[1]).read_bytes()))
        return 0
    for font, digest in DIGESTS.items():
        if not font.is_file() or hashlib.sha256(font.read_bytes()).hexdigest() != digest:
            print(f"{font} is not that of Debian 12: install fonts-inter fonts-noto-cjk.", file=sys.stderr)
            return 1
    folder = Path(arguments[0]) if arguments else TARGET
    folder.mkdir(parents=True, exist_ok=True)
    for plan in MAPS:
        data = drawn(plan)
        (folder / f"{plan.name}.png").write_bytes(data)
        print(f"{plan.name}.png: {len(data)} bytes")
    return 0


# ------------------------------------------------------------------------------------------------------- drawing


def drawn(plan: Map) -> bytes:
    """The map as a PNG with a palette and no metadata."""
    land = json.loads(OUTLINES.read_bytes())["maps"][plan.name]
    rings = [list(zip(ring[::2], ring[1::2], strict=True)) for ring in land]
    sheet = Sheet(plan)
    sheet.coast(rings)
    sheet.bar()
    for sea in plan.seas:
        sheet.sea(sea)
    labels = [(label, _front(RECORDS / "place" / f"{label.place}.md")) for label in plan.labels]
    for label, record in labels:
        sheet.line(label, record)
    for label, record in labels:
        sheet.mark(record)
        sheet.label(label, record)
    flat = sheet.image.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    target = io.BytesIO()
    flat.save(target, "PNG", optimize=True)
    if target.tell() > MOST_BYTES:
        raise ValueError(f"{plan.name} takes {target.tell()} bytes")
    return target.getvalue()


class Sheet:
    """A map that is being drawn."""

    def __init__(self, plan: Map) -> None:
        self._plan = plan
        west, south, east, north = plan.box
        self._scale = WIDTH / (east - west)
        # Degrees of longitude are as long as they are in the middle of the map.
        self._tall = self._scale / math.cos(math.radians((south + north) / 2))
        self._colours = _colours()
        self.image = Image.new("RGB", (WIDTH, round((north - south) * self._tall)))
        self._draw = ImageDraw.Draw(self.image)
        self._fonts: dict[tuple[Path, int], ImageFont.FreeTypeFont] = {}

    def coast(self, rings: Sequence[Ring]) -> None:
        """Land, sea and the line between them."""
        size = (self.image.width * FINER, self.image.height * FINER)
        large = Image.new("RGB", size, self._colours["sea"])
        draw = ImageDraw.Draw(large)
        for ring in rings:
            points = [(x * FINER, y * FINER) for x, y in (self._at(*point) for point in ring)]
            draw.polygon(points, fill=self._colours["land"])
            draw.line([*points, points[0]], fill=self._colours["coast"], width=2 * FINER, joint="curve")
        self.image.paste(large.resize(self.image.size, Image.Resampling.LANCZOS))

    def bar(self) -> None:
        """How long some kilometres are, in a lower corner."""
        degrees = self._plan.bar / (math.pi / 180 * _EARTH)
        long = degrees * self._tall
        left = 72 if self._plan.is_bar_left else self.image.width - 72 - long
        low = self.image.height - 56
        ink = self._colours["second"]
        self._draw.line([(left, low - 14), (left, low), (left + long, low), (left + long, low - 14)], fill=ink, width=4)
        words = ((f"{self._plan.bar} km", LATIN_LIGHT), (f"{self._plan.bar} 公里", CHINESE))
        wide = sum(self._font(face, 32).getlength(text) for text, face in words) + 26
        self._words(
            left + (long - wide) / 2,
            low - 64,
            words,
            32,
            "second",
            gap=26,
            rim="land" if self._plan.is_bar_left else "sea",
        )

    def sea(self, sea: Sea) -> None:
        """The name of a water, in its colour."""
        x, y = self._at(sea.lon, sea.lat)
        lines = [*((line, LATIN_LIGHT) for line in sea.english.split("\n")), (sea.chinese, CHINESE)]
        for number, (text, face) in enumerate(lines):
            wide = self._font(face, 36).getlength(text)
            self._words(x - wide / 2, y + 44 * number, [(text, face)], 36, "water", rim="sea")

    def line(self, label: Label, record: Mapping[str, object]) -> None:
        """What ties a moved name to its mark."""
        if label.moved != (0, 0):
            x, y = self._place(record)
            across, down = label.moved
            self._draw.line([(x, y), (x + across, y + down)], fill=self._colours["second"], width=3)

    def mark(self, record: Mapping[str, object]) -> None:
        """The place itself."""
        x, y = self._place(record)
        large = Image.new("L", (44 * FINER, 44 * FINER))
        for radius, colour in ((17, "land"), (12, "mark")):
            large.paste(0, (0, 0, *large.size))
            middle = 22 * FINER
            reach = radius * FINER
            ImageDraw.Draw(large).ellipse([middle - reach, middle - reach, middle + reach, middle + reach], fill=255)
            mask = large.resize((44, 44), Image.Resampling.LANCZOS)
            self.image.paste(self._colours[colour], (round(x) - 22, round(y) - 22), mask)

    def label(self, label: Label, record: Mapping[str, object]) -> None:
        """The name in both languages, English above, and the notes below it."""
        names = _names(record)
        lines = [(names[0].removesuffix(" District"), LATIN, NAME_SIZE, "ink")]
        lines.append((names[1], CHINESE, NAME_SIZE - 2, "ink"))
        high = 2 * 48
        wide = max(self._font(font, size).getlength(text) for text, font, size, _ in lines)
        x, y = self._place(record)
        x, y = x + label.moved[0], y + label.moved[1]
        gap = 26 if label.moved == (0, 0) else 8
        left = {"e": x + gap, "w": x - gap - wide}.get(label.side, x - wide / 2)
        top = {"n": y - gap - high, "s": y + gap - 12}.get(label.side, y - high / 2 - 6)
        for number, (text, font, size, ink) in enumerate(lines):
            own = self._font(font, size).getlength(text)
            inset = {"e": 0.0, "w": wide - own}.get(label.side, (wide - own) / 2)
            self._words(left + inset, top + 48 * number, [(text, font)], size, ink)
        below = top - 8 - 36 * len(label.notes) if label.side == "n" else top + high + 8
        self._notes(label, left, wide, below)

    def _notes(self, label: Label, left: float, wide: float, top: float) -> None:
        for number, note in enumerate(label.notes):
            names = _names(_front(RECORDS / "organisation" / f"{note}.md"))
            words = ((names[0], LATIN_LIGHT), (names[1], CHINESE))
            long = sum(self._font(face, NOTE_SIZE).getlength(text) for text, face in words) + 12
            start = {"e": left, "w": left + wide - long}.get(label.side, left + (wide - long) / 2)
            self._words(start, top + 36 * number, words, NOTE_SIZE, "second", gap=12)

    def _words(
        self,
        x: float,
        y: float,
        words: Sequence[tuple[str, Path]],
        size: int,
        colour: str,
        *,
        gap: int = 0,
        rim: str = "land",
    ) -> None:
        """Pieces of one line, each in its face, with a rim that keeps them clear of the coast."""
        for text, face in words:
            font = self._font(face, size)
            place = (round(x), round(y) + size)
            fill, edge = self._colours[colour], self._colours[rim]
            self._draw.text(place, text, fill, font, "ls", stroke_width=4, stroke_fill=edge)
            x += font.getlength(text) + gap

    def _place(self, record: Mapping[str, object]) -> tuple[float, float]:
        return self._at(float(str(record["lon"])), float(str(record["lat"])))

    def _at(self, lon: float, lat: float) -> tuple[float, float]:
        west, _, _, north = self._plan.box
        return (lon - west) * self._scale, (north - lat) * self._tall

    def _font(self, path: Path, size: int) -> ImageFont.FreeTypeFont:
        if (path, size) not in self._fonts:
            number = SIMPLIFIED if path == CHINESE else 0
            # The basic engine is in every build of Pillow; the other one comes from the system.
            self._fonts[path, size] = ImageFont.truetype(path, size, number, layout_engine=ImageFont.Layout.BASIC)
        return self._fonts[path, size]


def _front(path: Path) -> Mapping[str, object]:
    """The front matter of a record."""
    front = read_yaml(path.read_text(encoding="utf-8").split("---\n")[1])
    if not isinstance(front, dict):
        raise TypeError(path.name)
    return front


def _names(record: Mapping[str, object]) -> tuple[str, str]:
    """The name of a record in both languages."""
    names = record["names"]
    if not isinstance(names, Mapping):
        raise TypeError(str(record["id"]))
    return str(names["display"]), str(names["zh-Hans"])


def _colours() -> dict[str, tuple[int, int, int]]:
    """The colours of the map, from the light theme's tokens."""
    light = tomllib.loads((ROOT / "resources" / "theme" / "tokens.toml").read_text(encoding="utf-8"))["light"]
    plain = {name: _rgb(code) for name, code in light.items() if isinstance(code, str)}

    def mixed(over: str, under: str, share: float) -> tuple[int, int, int]:
        red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(plain[over], plain[under], strict=True))
        return red, green, blue

    return {
        "sea": mixed("topic", "surface", 0.16),
        "land": plain["paper"],
        "coast": mixed("topic", "surface", 0.62),
        "water": plain["topic"],
        "mark": plain["accent"],
        "ink": plain["ink"],
        "second": plain["ink-2"],
    }


def _rgb(code: str) -> tuple[int, int, int]:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


# ------------------------------------------------------------------------------------------------------ outlines


def cut(world: Mapping[str, object]) -> None:
    """Write the outlines: what of the land of the world lies on the maps, and a little round them."""
    rings = list(_rings(world))
    maps = {}
    for plan in MAPS:
        west, south, east, north = plan.box
        edge = (east - west) / 40
        box = (west - edge, south - edge, east + edge, north + edge)
        kept = []
        for ring in rings:
            inside = _coarser(_clipped(ring, box), plan.digits, 1.5 * (east - west) / WIDTH)
            if len(inside) > 2 and _reach(inside) * WIDTH / (east - west) >= 5:  # smaller islands are specks
                kept.append([value for point in inside for value in point])
        maps[plan.name] = kept
    about = {
        "source": "Natural Earth 4.1.0, 1:10m, land; from land-10m.json of the npm package world-atlas 2.0.2",
        "licence": "Public domain (Natural Earth); the TopoJSON form: ISC, Copyright 2013-2019 Michael Bostock",
        "form": "For each map its rings of land: longitude, latitude, longitude, latitude, … in degrees",
    }
    lines = ["{", *(f" {json.dumps(key)}: {json.dumps(text, ensure_ascii=False)}," for key, text in about.items())]
    lines.append(' "maps": {')
    for number, (name, kept) in enumerate(maps.items()):
        lines.append(f'  "{name}": [')
        lines.append(",\n".join("   " + json.dumps(ring, separators=(",", ":")) for ring in kept))
        lines.append("  ]" + ("," if number < len(maps) - 1 else ""))
    OUTLINES.write_text("\n".join([*lines, " }", "}", ""]), encoding="utf-8")
    print(f"{OUTLINES.name}: {OUTLINES.stat().st_size} bytes")


def _rings(world: Mapping[str, object]) -> Iterator[Ring]:
    """The outer rings of a TopoJSON's land, in degrees."""
    text = json.dumps(world)
    topology = json.loads(text)
    (across, up), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in topology["arcs"]:
        x = y = 0
        points: Ring = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * across + west, y * up + south))
        arcs.append(points)
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            ring: Ring = []
            for number in polygon[0]:
                ring += (arcs[number] if number >= 0 else arcs[~number][::-1])[bool(ring) :]
            yield ring


def _clipped(ring: Ring, box: tuple[float, float, float, float]) -> Ring:
    """What of a ring lies in the box, by Sutherland and Hodgman."""
    west, south, east, north = box
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        kept: Ring = []
        for before, point in zip([ring[-1], *ring[:-1]] if ring else [], ring, strict=True):
            was_in, is_in = ((p[axis] - limit) * sign >= 0 for p in (before, point))
            if was_in != is_in:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if is_in:
                kept.append(point)
        ring = kept
    return ring


def _coarser(ring: Ring, digits: int, least: float) -> Ring:
    """A ring with rounded places, without those that are nearer to the one before than `least` degrees."""
    kept: Ring = []
    for x, y in ring:
        point = (round(x, digits), round(y, digits))
        if not kept or math.dist(kept[-1], point) >= least:
            kept.append(point)
    return kept


def _reach(ring: Ring) -> float:
    """How far a ring reaches, in degrees."""
    across, up = zip(*ring, strict=True)
    return max(max(across) - min(across), max(up) - min(up))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
