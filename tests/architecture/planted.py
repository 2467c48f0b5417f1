"""A small tree that keeps every rule, and for each rule the modules that break it and nothing else."""

import shutil
from pathlib import Path

from tests.architecture.rules import LINES

ROOT = Path(__file__).resolve().parents[2]

NO_JOB = "# no docstring\n"
_JOB = '"""Does one job."""\n'

GOOD = {
    "README.md": "",
    "LICENSE": "",
    "CHANGELOG.md": "",
    "CONTRIBUTING.md": "",
    "requirements.lock": "",
    ".gitignore": "",
    "resources/theme.toml": "",
    "archive/archive.toml": "",
    "packaging/dev.py": "",
    "tests/test_something.py": "",
    "jasic_desktop/__init__.py": _JOB + "__version__ = '1'\n",
    "jasic_desktop/__main__.py": _JOB + "from jasic_desktop import cli\n",
    "jasic_desktop/core/__init__.py": _JOB,
    "jasic_desktop/core/process.py": _JOB + "import os\nimport subprocess\nimport multiprocessing\nos.fork()\n",
    "jasic_desktop/packs/__init__.py": _JOB + "import re\nimport yaml\nre.compile('a')\nyaml.safe_load('')\n",
    "jasic_desktop/search/__init__.py": _JOB + "from jasic_desktop.packs import store\n",
    "jasic_desktop/search/whoosh/__init__.py": _JOB + "import whoosh.index\n",
    "jasic_desktop/render/__init__.py": _JOB + "from ..core import process\n",
    "jasic_desktop/export/__init__.py": _JOB + "import urllib.parse\nfrom jasic_desktop import render\n",
    "jasic_desktop/workspace/__init__.py": _JOB,
    "jasic_desktop/app/__init__.py": _JOB + "from jasic_desktop import search, export, packs\n",
    "jasic_desktop/cli/__init__.py": _JOB + "def window():\n    from jasic_desktop import ui\n",
    "jasic_desktop/ui/__init__.py": _JOB + "from PySide6.QtWidgets import QLabel\nWORD = 'setHtml'\n",
    "jasic_desktop/ui/plain.py": _JOB + "from PySide6.QtWidgets import QLabel\nlabel = QLabel()\nlabel.setText('')\n",
    "jasic_desktop/ui/window.py": _JOB + "from jasic_desktop.ui.panes import Panes\n",
    "jasic_desktop/ui/panes.py": _JOB
    + "from jasic_desktop.ui.results import ResultsPane\nfrom jasic_desktop.ui.reader import ReaderPane\n",
    "jasic_desktop/ui/results.py": _JOB + "from jasic_desktop.ui import rows\nclass ResultsPane(object):\n    pass\n",
    "jasic_desktop/ui/rows.py": _JOB + "from jasic_desktop.ui.plain import label\nlabel.setToolTip('')\n",
    "jasic_desktop/ui/reader.py": _JOB + "class ReaderPane(object):\n    pass\n",
    "jasic_desktop/ui/tasks.py": _JOB + "import threading\nfrom PySide6.QtCore import QThread\n",
    "jasic_desktop/ui/files.py": _JOB + "from PySide6.QtWidgets import QFileDialog\n",
    "jasic_desktop/ui/printing.py": _JOB + "from PySide6.QtPrintSupport import QPrinter\n",
}

BAD: dict[str, list[tuple[str, str]]] = {
    "layers": [
        ("core/up.py", "from jasic_desktop import packs\n"),
        ("core/up.py", "def late():\n    from jasic_desktop.cli import window\n"),
        ("search/aside.py", "import jasic_desktop.render\n"),
        ("render/aside.py", "from .. import export\n"),
        ("export/aside.py", "from jasic_desktop import search\n"),
        ("gadgets/__init__.py", ""),
    ],
    "whoosh_behind_its_protocol": [
        ("app/derive.py", "from whoosh import index\n"),
        ("search/facets.py", "def late():\n    import whoosh\n"),
        ("search/whooshing.py", "import importlib\nimportlib.import_module('whoosh.fields')\n"),
    ],
    "qt_only_in_the_window": [
        ("cli/run.py", "def late():\n    import PySide6.QtGui\n"),
        ("render/paper.py", "from PySide6 import QtGui\n"),
    ],
    "threads_only_in_ui_tasks": [
        ("app/work.py", "import threading\n"),
        ("packs/images.py", "from concurrent.futures import ThreadPoolExecutor\n"),
        ("ui/pane.py", "from PySide6.QtCore import QThreadPool\n"),
    ],
    "processes_only_in_core_process": [
        ("packs/images.py", "from subprocess import run\n"),
        ("app/work.py", "import multiprocessing.pool\n"),
        ("cli/run.py", "import os\nos.execv('a', ['a'])\n"),
        ("cli/run.py", "from os import system\n"),
    ],
    "file_dialogs_only_in_ui_files": [("ui/pane.py", "from PySide6 import QtWidgets\nQtWidgets.QFileDialog()\n")],
    "no_printer_outside_the_print_command": [("ui/paper.py", "from PySide6.QtPrintSupport import QPrinter\n")],
    "no_network_library": [
        ("packs/fetch.py", "import urllib.request\n"),
        ("app/fetch.py", "from http import client\n"),
        ("core/fetch.py", "import asyncio\n"),
        ("ui/fetch.py", "from PySide6 import QtNetwork\n"),
    ],
    "no_internet_socket": [("core/pipe.py", "def pair(socket):\n    return socket.socket(socket.AF_INET)\n")],
    "no_code_from_data": [
        ("packs/cache.py", "import pickle\n"),
        ("core/settings.py", "def read(text):\n    return eval(text)\n"),
        ("search/cache.py", "from marshal import loads\n"),
    ],
    "yaml_read_safely": [
        ("packs/source.py", "import yaml\nyaml.load('', yaml.SafeLoader)\n"),
        ("packs/source.py", "from yaml import UnsafeLoader\n"),
    ],
    "no_unpacking_by_name": [("packs/bag.py", "def unpack(file, folder):\n    file.extractall(folder)\n")],
    "no_html_into_documents": [("ui/reader.py", "def fill(document, text):\n    document.setHtml(text)\n")],
    "few_parts_of_qt": [("ui/paper.py", "from PySide6.QtQml import QQmlEngine\n")],
    "nothing_opens_by_itself": [("ui/links.py", "def follow(gui, url):\n    gui.QDesktopServices.openUrl(url)\n")],
    "labels_show_data_as_it_is": [
        ("ui/sign.py", "from PySide6.QtWidgets import QLabel\nsign = QLabel()\nsign.setText('x')\n"),
        ("ui/sign.py", "def sign(widgets, title):\n    return widgets.QLabel(title.text)\n"),
        ("ui/sign.py", "from PySide6.QtWidgets import QLabel\nclass Sign(QLabel):\n    pass\n"),
    ],
    "tooltips_are_plain": [
        ("ui/sign.py", "def explain(widget, text):\n    widget.setToolTip(text)\n"),
        ("ui/sign.py", "def explain(tip, place, text):\n    tip.showText(place, text if text else '')\n"),
    ],
    "no_box_of_qts_own": [("ui/ask.py", "from PySide6.QtWidgets import QMessageBox\n")],
    "texts_come_from_the_catalogues": [
        ("ui/said.py", 'def f(label):\n    label.setText("Take away")\n'),
        ("ui/said.py", 'def f(box, n):\n    box.addItem(f"{n} records")\n'),
    ],
    "colours_come_from_the_tokens": [
        ("ui/sign.py", "INK = '#1E1B18'\n"),
        ("ui/sign.py", "def ink(gui):\n    return gui.QColor('red')\n"),
        ("ui/sign.py", "def ink(core):\n    return core.Qt.GlobalColor.red\n"),
    ],
    "nothing_moves": [("ui/fade.py", "from PySide6.QtCore import QPropertyAnimation\n")],
    "the_window_needs_nothing_slow": [
        ("ui/picture.py", "def late():\n    from PIL import Image\n"),
        ("ui/picture.py", "import lxml.etree\n"),
    ],
    "panes_do_not_know_one_another": [
        ("ui/rows.py", "from jasic_desktop.ui.reader import ReaderPane\n"),
        ("ui/results.py", "from jasic_desktop.ui import reader\nclass ResultsPane(object):\n    pass\n"),
    ],
    "the_frame_only_places": [("ui/window.py", "from jasic_desktop.packs import store\n")],
    "only_the_application_makes_the_window": [("ui/menu.py", "from jasic_desktop.ui.window import Panes\n")],
    "no_qsettings": [("ui/state.py", "from PySide6.QtCore import QSettings\n")],
    "nothing_made_knows_the_day": [
        ("packs/bag.py", "import datetime\nTODAY = datetime.date.today()\n"),
        ("export/html.py", "from time import time\n"),
        ("render/names.py", "import random\n"),
    ],
    "every_module_says_its_job": [
        ("core/silent.py", NO_JOB + "import re\n"),
        ("core/loud.py", NO_JOB + '"""loud"""\n'),
    ],
    "no_module_is_long": [("core/long.py", "\n" * LINES)],
    "top_level_is_exact": [("../notes.txt", "")],
    "packaging_is_no_package": [("../packaging/__init__.py", "")],
}


def plant(folder: Path, *bad: tuple[str, str]) -> Path:
    """Write the good tree with these bad modules in `folder`; return it."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, text in GOOD.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name, text in bad:
        path = folder / "jasic_desktop" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        said = text.startswith(NO_JOB) or path.suffix != ".py"
        path.write_text(text if said else _JOB + text, encoding="utf-8")
    return folder
