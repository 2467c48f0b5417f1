"""Draws the icon of the program in the sizes that Windows or macOS shows; runs in the build environment.

build_icon.py DRAWING.svg TARGET.ico|TARGET.icns
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

SIZES = {".ico": (16, 20, 24, 32, 40, 48, 64, 128, 256), ".icns": (16, 32, 64, 128, 256, 512, 1024)}


def main(arguments: Sequence[str]) -> int:
    """Draw and write; the exit code."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PIL import Image
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    drawing, target = map(Path, arguments)
    application = QGuiApplication([])
    renderer = QSvgRenderer(QByteArray(drawing.read_bytes()))
    if not renderer.isValid():
        print(f"{drawing} is no drawing", file=sys.stderr)
        return 1
    pictures = []
    sizes = SIZES[target.suffix]
    for size in sizes:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # Qt takes the name as text
        pictures.append(Image.open(io.BytesIO(buffer.data().data())).convert("RGBA"))
    if target.suffix == ".ico":
        pictures[-1].save(target, format="ICO", sizes=[(size, size) for size in sizes], append_images=pictures[:-1])
    else:
        pictures[-1].save(target, format="ICNS", append_images=pictures[:-1])
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
