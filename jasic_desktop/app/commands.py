"""The one table of commands: what the program can do; command line, menus, keys, palette and key sheet come from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Menu = Literal["file", "edit", "view", "go", "selection", "tools", "help"]
MENUS: Final[tuple[Menu, ...]] = ("file", "edit", "view", "go", "selection", "tools", "help")
"""The menus in the order in which they stand."""

Need = Literal["archive", "record", "target", "selection", "results", "back", "forward", "tabs"]
"""What a command needs to be possible: an open archive; a record in the reader; a record in the reader, the profile or
the selection; a ticked record; a result; a moment before or after; a tab."""


@dataclass(frozen=True)
class Command:
    """Something a person can ask for.

    `group` puts it on the command line, `menu` in the window. `keys` are shortcuts in Qt's portable words, the first
    one is shown; Ctrl is Cmd on a Mac. `icon` names a drawing in resources/icons; `needs` says when it is possible.
    `section` parts a menu: commands of one section stand together. `choice` names the setting of which this is one
    value (`theme-dark`), so that menus mark it; `switch` says that it is on or off; `setting` names the setting that
    it changes otherwise.
    """

    id: str
    group: str = ""
    menu: Menu | None = None
    section: int = 0
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: Need | None = None
    choice: str = ""
    switch: bool = False
    setting: str = ""

    @property
    def text(self) -> str:
        """The catalogue key of what the command line says the command does, in one line."""
        return "commands." + self.id.replace("-", "_").replace(" ", "_")

    @property
    def label(self) -> str:
        """The catalogue key of its name in menus, palette and key sheet."""
        return "window.command." + self.id.replace("-", "_")


def _window(
    menu: Menu, section: int, command_id: str, *keys: str, icon: str = "", needs: Need | None = None
) -> Command:
    return Command(command_id, "", menu, section, keys, icon, needs)


COMMANDS: Final[tuple[Command, ...]] = (
    Command("search", "find"),
    Command("show", "find"),
    Command("timeline", "find"),
    Command("open", "find"),
    _window("file", 0, "open-pack", "Ctrl+O", icon="folder"),
    _window("file", 0, "archives", "Ctrl+Shift+O", icon="pack"),
    Command("export", "take", "file", 1, ("Ctrl+E",), "export", "target"),
    Command("archive list", "archive"),
    Command("archive info", "archive"),
    Command("archive verify", "archive"),
    Command("archive install", "archive"),
    Command("archive remove", "archive"),
    Command("archive use", "archive"),
    Command("archive diff", "archive"),
    Command("archive rebuild", "archive"),
    Command("archive check", "archive"),
    Command("archive build", "archive"),
    Command("archive sign", "archive"),
    Command("collection list", "mine"),
    Command("collection create", "mine"),
    Command("collection add", "mine"),
    Command("collection remove", "mine"),
    Command("collection show", "mine"),
    Command("collection move", "mine"),
    Command("collection rename", "mine"),
    Command("collection note", "mine"),
    Command("collection delete", "mine"),
    Command("note list", "mine"),
    Command("note add", "mine"),
    Command("note edit", "mine"),
    Command("note remove", "mine"),
    Command("note export", "mine"),
    Command("workspace backup", "mine"),
    Command("workspace restore", "mine"),
    Command("workspace export", "mine"),
    Command("workspace import", "mine"),
    Command("workspace trash", "mine"),
    Command("log list", "mine"),
    Command("log replay", "mine"),
    Command("log clear", "mine"),
    Command("log on", "mine"),
    Command("log off", "mine"),
    Command("history list", "mine"),
    Command("history clear", "mine"),
    Command("history on", "mine"),
    Command("history off", "mine"),
    Command("policy", "machine"),
    Command("fleet apply", "machine"),
    Command("fleet report", "machine"),
    Command("fleet compare", "machine"),
    Command("session end", "machine"),
    Command("session prove-clean", "machine"),
    Command("self-test", "machine"),
    _window("file", 1, "print", "Ctrl+P", icon="print", needs="archive"),
    _window("file", 1, "print-timeline", icon="print", needs="archive"),
    _window("file", 1, "save-timeline", icon="timeline", needs="archive"),
    _window("file", 2, "close-tab", "Ctrl+W", "Ctrl+F4", icon="close", needs="tabs"),
    _window("file", 3, "quit", "Ctrl+Q"),
    _window("edit", 0, "copy-citation", "Ctrl+Shift+C", icon="cite", needs="target"),
    Command("cite", "take", "edit", 0, ("Ctrl+Alt+C",), "cite", "archive"),
    _window("edit", 1, "find-in-page", "Ctrl+F", icon="find", needs="record"),
    _window("edit", 1, "find-next", "F3", needs="record"),
    _window("edit", 1, "find-previous", "Shift+F3", needs="record"),
    Command("sidebar", "", "view", 0, ("Ctrl+B",), "sidebar", switch=True),
    Command("profile", "", "view", 0, ("Ctrl+I",), "profile", switch=True),
    Command("timeline-pane", "", "view", 0, ("Ctrl+J",), "timeline", switch=True),
    Command("timeline-table", "", "view", 1, ("Ctrl+Shift+T",), "table", "archive"),
    Command("text-larger", "", "view", 2, ("Ctrl++", "Ctrl+="), "plus", setting="text_size"),
    Command("text-smaller", "", "view", 2, ("Ctrl+-",), "minus", setting="text_size"),
    Command("text-normal", "", "view", 2, ("Ctrl+0",), setting="text_size"),
    Command("theme-system", "", "view", 3, choice="theme"),
    Command("theme-light", "", "view", 3, choice="theme"),
    Command("theme-dark", "", "view", 3, choice="theme"),
    Command("high-contrast", "", "view", 3, switch=True, setting="contrast"),
    Command("language-en", "", "view", 4, choice="language"),
    Command("language-zh-Hans", "", "view", 4, choice="language"),
    Command("language-zh-Hant", "", "view", 4, choice="language"),
    Command("both-languages", "", "view", 5, ("Ctrl+Shift+L",), needs="record", switch=True),
    Command("keep-tabs", "", "view", 5, switch=True, setting="tabs"),
    Command("full-screen", "", "view", 5, ("F11",), switch=True),
    Command("group-none", "", "view", 6, choice="group"),
    Command("group-type", "", "view", 6, choice="group"),
    Command("group-year", "", "view", 6, choice="group"),
    _window("go", 0, "go-search", "Ctrl+K", "Ctrl+L", icon="find", needs="archive"),
    _window("go", 1, "back", "Alt+Left", icon="back", needs="back"),
    _window("go", 1, "forward", "Alt+Right", icon="forward", needs="forward"),
    _window("go", 2, "go-start", "Alt+Home", icon="home", needs="archive"),
    _window("go", 2, "go-browse", "Alt+1", icon="document", needs="archive"),
    _window("go", 2, "go-timeline", "Alt+2", icon="timeline", needs="archive"),
    _window("go", 2, "go-page", "Alt+4", icon="whole", needs="target"),
    _window("go", 3, "new-tab", "Ctrl+T", icon="plus", needs="target"),
    _window("go", 3, "next-tab", "Ctrl+Tab", "Ctrl+PgDown", needs="tabs"),
    _window("go", 3, "previous-tab", "Ctrl+Shift+Tab", "Ctrl+PgUp", needs="tabs"),
    _window("go", 4, "next-pane", "F6"),
    _window("go", 4, "previous-pane", "Shift+F6"),
    _window("selection", 0, "select", "Ctrl+D", icon="selection", needs="target"),
    _window("selection", 0, "select-results", "Ctrl+Shift+D", needs="results"),
    _window("selection", 1, "show-selection", icon="selection", needs="archive"),
    _window("selection", 1, "clear-selection", needs="selection"),
    _window("selection", 2, "collect", "Ctrl+G", icon="collection", needs="target"),
    _window("selection", 3, "note", "Ctrl+M", icon="note", needs="record"),
    _window("selection", 3, "highlight", "Ctrl+H", needs="record"),
    _window("selection", 3, "record-notes", "Ctrl+Shift+M", needs="record"),
    _window("selection", 4, "save-search", "Ctrl+S", icon="find", needs="archive"),
    _window("selection", 4, "show-notes", "Alt+3", icon="note", needs="archive"),
    _window("selection", 4, "show-history", "Ctrl+Shift+H", icon="clock", needs="archive"),
    _window("selection", 5, "undelete", "Ctrl+Shift+Z"),
    _window("tools", 0, "palette", "Ctrl+Shift+P", icon="find"),
    _window("tools", 1, "verify", icon="shield", needs="archive"),
    _window("tools", 1, "rebuild", icon="pack", needs="archive"),
    Command("keep-history", "", "tools", 2, switch=True, setting="history"),
    Command("keep-log", "", "tools", 2, switch=True, setting="research_log"),
    _window("tools", 2, "clear-history"),
    _window("tools", 3, "backups", icon="shield"),
    _window("tools", 3, "export-mine", icon="export"),
    _window("tools", 3, "import-mine", icon="folder"),
    _window("tools", 4, "settings", "Ctrl+,", icon="settings"),
    _window("tools", 4, "edit-keys", icon="keyboard"),
    _window("help", 0, "keys", "F1", icon="keyboard"),
    _window("help", 0, "menu", "F10", icon="more"),
    _window("help", 1, "show-policy", icon="shield"),
    _window("help", 1, "about", icon="info"),
)
"""Every command, those of a menu in the order in which they stand there."""


_BY_ID: Final = {command.id: command for command in COMMANDS}


def command(command_id: str) -> Command:
    """The command of this id. Raises KeyError for an unknown one."""
    return _BY_ID[command_id]


def command_line() -> tuple[Command, ...]:
    """The commands of the command line."""
    return tuple(command for command in COMMANDS if command.group)


def of_menu(menu: Menu) -> tuple[Command, ...]:
    """The commands of one menu of the window, in order."""
    return tuple(command for command in COMMANDS if command.menu == menu)
