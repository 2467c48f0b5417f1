"""What the launchers start on Windows: the program, rid of what the environment says about where code is found."""

import os
import sys
from pathlib import Path

# What Qt may be told about the screen and the keyboard; every other variable of Qt's is forgotten.
_KEPT = (
    *("QT_QPA_PLATFORM", "QT_ACCESSIBILITY", "QT_FONT_DPI", "QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS"),
    *("QT_SCALE_FACTOR_ROUNDING_POLICY", "QT_ENABLE_HIGHDPI_SCALING", "QT_AUTO_SCREEN_SCALE_FACTOR"),
)
for _name in list(os.environ):
    if _name.startswith(("QT_", "QML", "PYTHON", "PYSIDE")) and _name not in _KEPT:
        del os.environ[_name]
# A platform may be named with options after a colon, and one of them names a folder of plug-ins.
if os.environ.get("QT_QPA_PLATFORM", "windows") not in ("windows", "offscreen"):
    del os.environ["QT_QPA_PLATFORM"]
os.environ["QT_PLUGIN_PATH"] = str(Path(__file__).with_name("PySide6") / "plugins")
# Says that sys.executable is the program itself: it starts its worker, and finds the mark of a portable copy beside it.
sys.frozen = True  # type: ignore[attr-defined]
# A window has no console to write to.
for _stream in ("stdout", "stderr"):
    if getattr(sys, _stream) is None:
        setattr(sys, _stream, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as long as the program runs

from jasic_desktop.__main__ import main  # noqa: E402 - only now is the environment clean

if __name__ == "__main__":
    sys.exit(main())
