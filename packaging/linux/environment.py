"""Runs before the program in a bundle: takes out of the environment what could make it load other people's code."""

import os
import sys

# What Qt may be told about the screen and the keyboard; every other variable of Qt's is forgotten.
_KEPT = (
    *("QT_QPA_PLATFORM", "QT_QPA_PLATFORMTHEME", "QT_IM_MODULE", "QT_IM_MODULES", "QT_ACCESSIBILITY", "QT_FONT_DPI"),
    *("QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_SCALE_FACTOR_ROUNDING_POLICY", "QT_ENABLE_HIGHDPI_SCALING"),
    *("QT_AUTO_SCREEN_SCALE_FACTOR", "QT_USE_PHYSICAL_DPI", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON"),
)
for _name in list(os.environ):
    if _name.startswith(("QT_", "QML", "PYTHON", "PYSIDE", "LD_PRELOAD", "LD_AUDIT")) and _name not in _KEPT:
        del os.environ[_name]
# A platform may be named with options after a colon, and one of them names a folder of plug-ins.
if ":" in os.environ.get("QT_QPA_PLATFORM", "") or "/" in os.environ.get("QT_QPA_PLATFORM", ""):
    del os.environ["QT_QPA_PLATFORM"]
os.environ["QT_PLUGIN_PATH"] = f"{sys._MEIPASS}/PySide6/Qt/plugins"  # noqa: SLF001 - the one way to ask
if sys.platform == "linux":
    # A window goes on where another version takes the place of this one, or its folder goes: modules that are asked for
    # later come from the file that was started, which stays as long as it is open, not from whatever has its name then.
    import pyimod02_importers

    _modules = pyimod02_importers.pyz_archive
    _held = f"/proc/self/fd/{os.open(_modules._filename, os.O_RDONLY | os.O_CLOEXEC)}"  # noqa: SLF001 - the one way
    if os.access(_held, os.R_OK):
        _modules._filename = _held  # noqa: SLF001
