"""The rules of the window, each a function from a checkout to what breaks it there."""

import ast
import re
from collections.abc import Iterator
from typing import TypeGuard

from tests.architecture.tree import PACKAGE, Found, Module, Tree, called, joined

QT_PARTS = ("QtCore", "QtGui", "QtWidgets", "QtSvg")  # what is packed with the program
JUDGED_ELSEWHERE = ("QtPrintSupport", "QtNetwork")
SLOW = ("whoosh", "PIL", "lxml", "numpy", "yaml", "markdown_it", "edtf", "opencc", "pypinyin", "rich")
MOVING = ("QPropertyAnimation", "QVariantAnimation", "QSequentialAnimationGroup", "QTimeLine", "QMovie", "setAnimated")
SAYING = (
    "setText",
    "setItemText",
    "setTabText",
    "setTitle",
    "setWindowTitle",
    "setToolTip",
    "setPlaceholderText",
    "setAccessibleName",
    "setAccessibleDescription",
    "addItem",
    "addAction",
    "addMenu",
    "addButton",
    "addTab",
    "drawText",
    "plain_label",
    "plain_tooltip",
    "QPushButton",
    "QToolButton",
    "QCheckBox",
    "QRadioButton",
    "Run",
)
"""Calls whose arguments a person reads."""
FRAME = ("ui.window", "ui.panes")


def few_parts_of_qt(tree: Tree) -> list[Found]:
    """Only these parts of Qt are packed with the program."""
    found = []
    for module in tree.modules:
        for name, line in module.imports:
            parts = name.split(".")
            if parts[0] == "PySide6" and (len(parts) < 2 or parts[1] not in QT_PARTS + JUDGED_ELSEWHERE):
                found.append(Found(module.name, line, f"imports {name}"))
    return found


def nothing_opens_by_itself(tree: Tree) -> list[Found]:
    """No address in a record is ever handed to the system or followed by Qt: the person copies it."""
    return joined(module.naming("QDesktopServices", "QWebEngineView", "QWebView") for module in tree.modules)


def labels_show_data_as_it_is(tree: Tree) -> list[Found]:
    """A label that shows a text is made by ui.plain, which keeps Qt from taking it for markup."""
    found: list[Found] = []
    for module in tree.outside("ui.plain"):
        bare: set[str] = set()
        for node in module.nodes:
            if isinstance(node, ast.Assign) and any(map(_makes_label, ast.walk(node.value))):
                bare |= set(filter(None, map(_last_name, _targets(node))))
            if _makes_label(node) and any(not isinstance(argument, ast.Name) for argument in _arguments(node)):
                found.append(Found(module.name, node.lineno, "makes a label with a text"))
            is_label = isinstance(node, ast.ClassDef) and "QLabel" in map(_last_name, node.bases)
            if is_label and not module.naming("setTextFormat"):
                found.append(Found(module.name, node.lineno, "is a label that may take its text for markup"))
        for call in module.calls("setText"):
            label = _last_name(call.func.value) if isinstance(call.func, ast.Attribute) else ""
            if label in bare:
                found.append(Found(module.name, call.lineno, f"gives {label} a text"))
    return found


def tooltips_are_plain(tree: Tree) -> list[Found]:
    """A tooltip is made by ui.plain.plain_tooltip, whoever wrote its text."""
    found = []
    for module in tree.outside("ui.plain"):
        for call in module.calls("setToolTip", "showText", "setWhatsThis"):
            place = 1 if called(call) == "showText" else 0
            if not all(map(_is_plain, call.args[place : place + 1])):
                found.append(Found(module.name, call.lineno, f"calls {called(call)} with a text that may be markup"))
    return found


def no_box_of_qts_own(tree: Tree) -> list[Found]:
    """Qt's ready boxes take their text for markup when it looks like it, and hold the program up."""
    return joined(
        module.naming("QMessageBox", "QInputDialog", "QErrorMessage", "QWhatsThis") for module in tree.modules
    )


def colours_come_from_the_tokens(tree: Tree) -> list[Found]:
    """No colour is written in the window: the theme's file holds them all."""
    found: list[Found] = []
    for module in tree.modules:
        if module.within("ui"):
            written = (node for node in module.nodes if _is_colour(node))
            found += [Found(module.name, node.lineno, "writes a colour") for node in written]
    return found


def texts_come_from_the_catalogues(tree: Tree) -> list[Found]:
    """No word that a person reads is written in the window: it would stand in one language for all."""
    found: list[Found] = []
    for module in tree.modules:
        if module.within("ui"):
            for call in module.calls(*SAYING):
                words = (part for argument in call.args for part in ast.walk(argument) if _is_words(part))
                inner = {id(part) for other in _wording(call) for part in ast.walk(other)}
                found += [
                    Found(module.name, part.lineno, "says a text of its own") for part in words if id(part) not in inner
                ]
    return found


def nothing_moves(tree: Tree) -> list[Found]:
    """Nothing is animated."""
    return joined(module.naming(*MOVING) for module in tree.modules if module.within("ui"))


def the_window_needs_nothing_slow(tree: Tree) -> list[Found]:
    """What takes long to load is loaded by the search process, or by whoever checks and builds archives."""
    return joined(module.importing(*SLOW) for module in tree.modules if module.within("ui"))


def panes_do_not_know_one_another(tree: Tree) -> list[Found]:
    """No pane imports another one, nor what imports another one: they meet in the coordinator only."""
    modules = {module.name: module for module in tree.modules}
    frame = modules.get("ui.panes")
    if frame is None:
        return []
    panes = [name for name in _ours(frame) if re.search(r"class \w*(Pane|Sidebar)\(", modules[name].text)]
    found = []
    for pane in panes:
        seen, waiting = {pane}, [pane]
        while waiting:
            here = waiting.pop()
            for name in _ours(modules[here]):
                if name in panes and name != pane:
                    found.append(Found(here, 0, f"of the pane {pane} imports the pane {name}"))
                elif name in modules and name not in seen:
                    seen.add(name)
                    waiting.append(name)
    return found


def the_frame_only_places(tree: Tree) -> list[Found]:
    """The main window and its panes' frame place what others make: they know no search, no record and no format."""
    allowed = ("ui", "core", "app.navigation")
    return [
        Found(module.name, line, f"imports {name}")
        for module in tree.modules
        if module.name in FRAME
        for name, line in module.imports
        if name.startswith(f"{PACKAGE}.") and not any(f"{name}.".startswith(f"{PACKAGE}.{place}.") for place in allowed)
    ]


def only_the_application_makes_the_window(tree: Tree) -> list[Found]:
    """Whoever wants something of the window asks the coordinator: nobody else imports the frame."""
    return joined(
        module.importing(f"{PACKAGE}.ui.window", f"{PACKAGE}.ui.panes")
        for module in tree.outside("ui.window", "ui.application")
    )


# ----------------------------------------------------------------------------------------------------------------------


def _ours(module: Module) -> Iterator[str]:
    """The modules of the window that a module imports."""
    for name, _ in module.imports:
        parts = name.split(".")
        if parts[:2] == [PACKAGE, "ui"] and len(parts) > 2:
            yield f"ui.{parts[2]}"


def _is_words(node: ast.AST) -> TypeGuard[ast.Constant]:
    """Whether a part of the code is a string with a word in it."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(re.search("[A-Za-z]{2}", node.value))


def _wording(call: ast.Call) -> Iterator[ast.AST]:
    """The parts of a call whose strings are no words: keys of the catalogues, of the theme, of a table."""
    for node in ast.walk(call):
        is_other = isinstance(node, ast.Call) and node is not call and called(node) not in SAYING
        if is_other or isinstance(node, ast.Subscript):
            yield node


def _makes_label(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and called(node) == "QLabel"


def _arguments(node: ast.AST) -> list[ast.expr]:
    return node.args if isinstance(node, ast.Call) else []


def _targets(node: ast.Assign) -> Iterator[ast.expr]:
    """What is assigned to a label: of a tuple only the part that one is made for."""
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for part, value in zip(target.elts, node.value.elts, strict=True):
                if any(map(_makes_label, ast.walk(value))):
                    yield part
        else:
            yield target


def _last_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_plain(text: ast.expr) -> bool:
    if isinstance(text, ast.IfExp):
        return _is_plain(text.body) and _is_plain(text.orelse)
    if isinstance(text, ast.Call):
        return called(text) == "plain_tooltip"
    return isinstance(text, ast.Constant) and text.value == ""


def _is_colour(node: ast.AST) -> TypeGuard[ast.expr]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.search(r"#([0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b", node.value) is not None
    if isinstance(node, ast.Attribute):
        return _last_name(node.value) == "GlobalColor" and node.attr != "transparent"
    makes = isinstance(node, ast.Call) and called(node) in ("QColor", "fromRgb", "fromHsv", "qRgb", "qRgba")
    return makes and any(isinstance(argument, ast.Constant) for argument in _arguments(node))


WINDOW_RULES = (
    few_parts_of_qt,
    nothing_opens_by_itself,
    labels_show_data_as_it_is,
    tooltips_are_plain,
    no_box_of_qts_own,
    colours_come_from_the_tokens,
    texts_come_from_the_catalogues,
    nothing_moves,
    the_window_needs_nothing_slow,
    panes_do_not_know_one_another,
    the_frame_only_places,
    only_the_application_makes_the_window,
)
