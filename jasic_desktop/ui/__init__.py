"""The window: the only package that knows Qt."""

import builtins

_import = builtins.__import__

from PySide6 import QtCore as _QtCore  # noqa: E402, F401 - what it does to the imports after it is undone here

# PySide puts a function of its own in the place of Python's import: it reads the source of each module that is imported
# from then on, to see whether names in the style of Python (`from __feature__ import`) are wanted in it. Nothing here
# wants them, and to read all that source is a tenth of what loading the window takes.
builtins.__import__ = getattr(builtins, "__orig_import__", _import)
