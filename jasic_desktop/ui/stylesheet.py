"""The style sheet of the window, made from the tokens of the theme."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import Final

# Every widget class and every value of the `role` property that the frame and the panes use. A property is matched as
# `QPushButton[role="primary"]`; set it with setProperty("role", ...) before the widget is shown.
_SHEET: Final = Template("""
QMainWindow, QDialog, QWidget[ground="paper"] { background: $paper; }
QWidget[ground="surface"] { background: $surface; }
QWidget[ground="sunken"] { background: $sunken; }
QToolTip { background: $surface; color: $ink; border: 1px solid $edge; padding: 4px 8px; font-size: ${small}px; }

QLabel { background: transparent; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="second"] { color: $ink_2; }
QLabel[role="third"] { color: $ink_3; }
QLabel[role="note"] { color: $ink_2; font-size: ${small}px; }
QLabel[role="faint"] { color: $ink_3; font-size: ${small}px; }
QLabel[role="heading"] { color: $ink_3; font-size: ${heading}px; font-weight: 600; }
QLabel[role="warn"] { color: $warn; }
QLabel[role="verified"] { color: $verified; }
QLabel[ring="true"] { border: 2px solid transparent; border-radius: 4px; padding: 2px; }
QLabel[ring="true"]:focus { border-color: $accent; }
QLabel[role="key"] { color: $ink_2; background: $paper; border: 1px solid $line; border-radius: 4px;
    padding: 0 5px; font-size: ${heading}px; }

QPushButton, QToolButton { min-height: ${control}px; border: 1px solid $edge; border-radius: 6px; background: $surface;
    color: $ink; padding: 0 10px; outline: none; }
QPushButton:hover, QToolButton:hover { background: $sunken; border-color: $edge; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked, QPushButton:checked { background: $chip; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 9px; min-height: ${control_focus}px; }
QPushButton:disabled, QToolButton:disabled { background: $sunken; color: $ink_3; border-color: $line; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[role="primary"]:focus { border: 2px solid $accent; background: $surface; color: $accent; }
QPushButton[role="primary"]:disabled { background: $sunken; color: $ink_3; border-color: $line; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border-color: transparent;
    color: $ink_2; padding: 0 6px; min-width: ${icon}px; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: $sunken; border-color: $edge; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: 2px solid $accent; padding: 0 5px; }
QPushButton[role="quiet"]:disabled, QToolButton[role="quiet"]:disabled { background: transparent; color: $ink_3;
    border-color: transparent; }
QPushButton[role="link"], QToolButton[role="link"] { background: transparent; border: 1px solid transparent;
    color: $link; padding: 0 4px; min-height: 22px; }
QPushButton[role="link"]:hover { background: $sunken; }
QPushButton[role="link"]:focus { border: 2px solid $accent; padding: 0 3px; min-height: 20px; }
QPushButton[role="tile"] { background: $surface; border: 1px solid $line; border-radius: 8px; padding: 0; }
QPushButton[role="tile"]:hover { background: $sunken; border-color: $edge; }
QPushButton[role="tile"]:focus { border: 2px solid $accent; }
QPushButton[role="row"] { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 0;
    text-align: left; }
QPushButton[role="row"]:hover { background: $sunken; }
QPushButton[role="row"]:focus { border: 2px solid $accent; }
QPushButton[role="row"]:checked { background: $accent_soft; color: $accent; border-color: $accent; }
QToolButton[role="square"] { padding: 0 6px; }
QToolButton[role="square"]:focus { padding: 0 5px; }
QPushButton[role="segment-first"] { border-top-right-radius: 0; border-bottom-right-radius: 0; }
QPushButton[role="segment-last"] { border-top-left-radius: 0; border-bottom-left-radius: 0; border-left-width: 0; }
QPushButton[role="segment-first"]:checked, QPushButton[role="segment-last"]:checked { background: $accent_soft;
    color: $accent; border-color: $accent; }
QPushButton[role="segment-first"]:focus { border: 2px solid $accent; }
QPushButton[role="segment-last"]:focus { border: 2px solid $accent; }
QPushButton[role="segment-first"]:checked:focus, QPushButton[role="segment-last"]:checked:focus { border-color: $ink; }
QPushButton[role="pill"] { border-radius: ${pill_radius}px; min-height: ${pill}px; padding: 0 12px; }
QPushButton[role="pill"]:focus { padding: 0 11px; min-height: ${pill_focus}px; }
QPushButton[role="chip"], QToolButton[role="chip"] { background: $chip; border: 1px solid transparent; color: $ink_2;
    border-radius: ${chip_radius}px; padding: 0 9px; min-height: ${chip_height}px; font-size: ${small}px; }
QPushButton[role="chip"]:hover, QToolButton[role="chip"]:hover { border-color: $edge; }
QPushButton[role="chip"]:checked, QToolButton[role="chip"]:checked, QPushButton[role="chip-on"] {
    background: $accent_soft; color: $accent; border: 1px solid $accent; border-radius: ${chip_radius}px;
    padding: 0 9px; min-height: ${chip_height}px; font-size: ${small}px; }
QPushButton[role="chip"]:focus, QToolButton[role="chip"]:focus, QPushButton[role="chip-on"]:focus {
    border: 2px solid $accent; padding: 0 8px; min-height: ${chip_focus}px; }
QPushButton[role="chip"]:checked:focus, QToolButton[role="chip"]:checked:focus, QPushButton[role="chip-on"]:focus {
    border-color: $ink; }
QToolButton[role="close"] { background: transparent; border: 2px solid transparent; border-radius: 4px; padding: 0;
    min-height: 20px; min-width: 20px; margin: 0; }
QToolButton[role="close"]:focus { border: 2px solid $accent; padding: 0; min-height: 20px; }
QToolButton[role="turn"] { background: transparent; border: 1px solid transparent; padding: 0 3px; min-height: 22px;
    min-width: 20px; }
QToolButton[role="turn"]:hover { background: $sunken; border-color: $edge; }
QToolButton[role="turn"]:focus { border: 2px solid $accent; padding: 0 2px; min-height: 20px; }
QToolButton[role="turn"]:disabled { background: transparent; border-color: transparent; }
QToolButton[role="close"]:hover { background: $chip; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit { min-height: ${control}px; border: 1px solid $edge; border-radius: 6px; background: $surface; color: $ink;
    padding: 0 8px; placeholder-text-color: $ink_3; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus { border: 2px solid $accent; padding: 0 7px; min-height: ${control_focus}px; }
QLineEdit[role="search"] { border-radius: 8px; }
QLineEdit[role="front"] { border-radius: 10px; min-height: ${front}px; }
QLineEdit[role="front"]:focus { min-height: ${front_focus}px; }
QLineEdit:disabled { background: $sunken; color: $ink_3; border-color: $line; }
QComboBox { min-height: ${control}px; border: 1px solid $edge; border-radius: 6px; background: $surface;
    padding: 0 8px; }
QComboBox:focus { border: 2px solid $accent; padding: 0 7px; min-height: ${control_focus}px; }
QComboBox::drop-down { border: 0; width: 20px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $edge; selection-background-color: $accent_soft;
    selection-color: $accent; outline: none; }
QSpinBox { min-height: ${control}px; border: 1px solid $edge; border-radius: 6px; background: $surface; color: $ink;
    padding: 0 8px; selection-background-color: $accent; selection-color: $on_accent; }
QSpinBox:focus { border: 2px solid $accent; padding: 0 7px; min-height: ${control_focus}px; }
QSpinBox:disabled { background: $sunken; color: $ink_3; border-color: $line; }
QCheckBox, QRadioButton { background: transparent; spacing: 8px; min-height: 24px; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $ink_3; }

QMenu { background: $surface; color: $ink; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 2px 22px 2px 26px; border: 2px solid transparent; border-radius: 4px; min-height: 20px; }
QMenu::item:selected { background: $accent_soft; color: $accent; border-color: $accent; }
QMenu::item:disabled { color: $ink_3; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { left: 8px; }

QAbstractScrollArea { border: 0; background: transparent; outline: none; }
QScrollArea[role="page"] { border: 2px solid transparent; border-radius: 6px; }
QScrollArea[role="page"]:focus { border-color: $accent; }
QAbstractItemView { background: transparent; border: 0; outline: none; alternate-background-color: $sunken;
    selection-background-color: $accent_soft; selection-color: $accent; }
QTextEdit, QTextBrowser, QPlainTextEdit { background: $surface; color: $ink; border: 0;
    selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit[role="field"] { border: 1px solid $edge; border-radius: 6px; padding: 2px 4px; }
QPlainTextEdit[role="field"]:focus { border: 2px solid $accent; padding: 1px 3px; }
QPlainTextEdit[role="field"]:disabled { background: $sunken; border-color: $line; }
QListWidget[role="rows"] { background: transparent; border: 0; }
QListWidget[role="rows"]::item { padding: 5px 4px; border-bottom: 1px solid $line; color: $ink; }
QListWidget[role="rows"]::item:selected { background: $accent_soft; color: $accent; }
QListWidget[role="rows"]::item:disabled { color: $ink_3; }
QListWidget[role="rows"]:focus { border: 2px solid $accent; border-radius: 6px; }
QListWidget[role="groups"] { background: transparent; border: 0; }
QListWidget[role="groups"]::item { padding: 7px 12px; border-radius: 6px; color: $ink; border: 2px solid transparent; }
QListWidget[role="groups"]::item:hover { background: $chip; }
QListWidget[role="groups"]::item:selected { background: $accent_soft; color: $accent; }
QListWidget[role="groups"]::item:focus { border: 2px solid $accent; }
QTableWidget[role="rows"] { border: 2px solid transparent; border-radius: 6px; }
QTableWidget[role="rows"]:focus { border-color: $accent; }
QHeaderView::section { background: $paper; color: $ink_3; border: 0; border-bottom: 1px solid $line; padding: 4px 8px;
    font-size: ${small}px; font-weight: 600; }
QTableView { gridline-color: $line; }
QTableWidget::item { padding: 0 6px; }
QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $ink_3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $edge; }

QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $ink_2; border: 1px solid transparent; padding: 0 12px;
    min-height: ${tab}px; border-top-left-radius: 6px; border-top-right-radius: 6px; }
QTabBar::tab:hover { background: $sunken; }
QTabBar::tab:selected { background: $surface; color: $ink; border-color: $line; border-bottom-color: $surface; }
QTabBar::tab:focus { color: $accent; border: 2px solid $accent; padding: 0 11px; }
QProgressBar { border: 1px solid $edge; border-radius: 4px; background: $sunken; min-height: 6px; max-height: 6px; }
QProgressBar:focus { border: 2px solid $accent; min-height: 4px; max-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="rule"] { background: $line; border: 0; min-height: 1px; max-height: 1px; }
QFrame[role="stile"] { background: $line; border: 0; min-width: 1px; max-width: 1px; }
""")


def stylesheet(colors: Mapping[str, str], scale: float = 1.0) -> str:
    """The style sheet in these colours (`#RRGGBB` by token), with texts and the heights that follow them scaled."""

    def px(size: float) -> int:
        return max(1, round(size * scale))

    return _SHEET.substitute(
        {name.replace("-", "_"): value for name, value in colors.items()},
        ui=px(13),
        small=px(12),
        heading=px(11),
        control=px(28),  # and a border of one pixel above and below
        control_focus=px(28) - 2,
        pill=px(26),
        pill_focus=px(26) - 2,
        pill_radius=px(28) // 2,
        front=px(50),
        front_focus=px(50) - 2,
        chip_height=px(24) - 2,  # `chip` is a colour
        chip_focus=px(24) - 4,
        chip_radius=px(24) // 2,
        tab=px(34),
        icon=px(16),
    )
