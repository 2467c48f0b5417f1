"""The rules of the program's build, each a function from a checkout to what breaks it there.

Read from top to bottom it is the map: who may import whom, what has one door only, and what is done nowhere.
An exception stands in EXCEPTIONS with its reason; one that nothing needs any more fails, so the list only shrinks.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Callable

from tests.architecture.tree import Found, Tree, joined
from tests.architecture.window_rules import WINDOW_RULES

Rule = Callable[[Tree], list[Found]]

EXCEPTIONS: dict[tuple[str, str], str] = {}
"""(rule, module): the reason."""

LINES = 500  # a longer module has more than one job

TOP_LEVEL = frozenset(
    {
        *("jasic_desktop", "resources", "archive", "packaging", "tests"),
        *("README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "pyproject.toml", "requirements.lock"),
    }
)
BUILT = frozenset({"build", "dist", "__pycache__"})  # git ignores them

NETWORK = (
    *("socket", "ssl", "socketserver", "select", "selectors", "asyncio", "http", "xmlrpc", "wsgiref"),
    *("urllib.request", "urllib.error", "urllib.robotparser", "urllib3", "requests", "httpx", "aiohttp"),
    *("ftplib", "smtplib", "poplib", "imaplib", "nntplib", "telnetlib", "websockets", "paramiko", "pip"),
    *("PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebSockets", "PySide6.QtHttpServer"),
    *("PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "PySide6.QtWebChannel"),
)
MARKUP = ("setHtml", "insertHtml", "appendHtml", "fromHtml", "toHtml", "setMarkdown", "fromMarkdown", "toMarkdown")


# ------------------------------------------------------------------------------------------------ who may import whom


def layers(tree: Tree) -> list[Found]:
    """Imports run downwards only: cli, ui, app; export, search, render, workspace side by side; packs; core.

    The layers themselves stand in pyproject.toml and are judged by import-linter.
    """
    lint = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run(
        [sys.executable, "-P", "-c", lint, "--config", str(tree.root / "pyproject.toml"), "--no-cache"],
        cwd=tree.root,
        env={**os.environ, "PYTHONPATH": str(tree.root), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode == 0:
        return []
    broken = [line.strip("- ") for line in done.stdout.splitlines() if "->" in line or "missing" in line]
    return [Found("pyproject", 0, line) for line in broken or [done.stdout[-2000:] + done.stderr[-2000:]]]


def whoosh_behind_its_protocol(tree: Tree) -> list[Found]:
    """Only search.whoosh knows Whoosh; everything else asks the protocol in search.engine."""
    return joined(module.importing("whoosh") for module in tree.outside("search.whoosh"))


def qt_only_in_the_window(tree: Tree) -> list[Found]:
    """Only ui imports PySide6, so that the command line works on a machine that has none."""
    return joined(module.importing("PySide6", "shiboken6", "pytestqt") for module in tree.outside("ui"))


# ------------------------------------------------------------------------------------------------ one door for a thing


def threads_only_in_ui_tasks(tree: Tree) -> list[Found]:
    """One door for background work: ui.tasks starts the only threads."""
    return joined(
        module.importing("threading", "_thread", "concurrent.futures")
        + module.naming("QThread", "QThreadPool", "QRunnable", "QtConcurrent")
        for module in tree.outside("ui.tasks")
    )


def processes_only_in_core_process(tree: Tree) -> list[Found]:
    """One door for child processes: core.process starts the only ones."""
    starts = ["system", "popen", "fork", "forkpty", "posix_spawn", "posix_spawnp", "startfile"]
    starts += [f"{verb}{how}" for verb in ("exec", "spawn") for how in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")]
    return joined(
        module.importing("subprocess", "multiprocessing", "pty")
        + module.reaching("os", *starts)
        + module.naming("QProcess")
        for module in tree.outside("core.process")
    )


def file_dialogs_only_in_ui_files(tree: Tree) -> list[Found]:
    """One door for file dialogs: in a reading room ui.files shows none, because they leave a history."""
    return joined(module.naming("QFileDialog") for module in tree.outside("ui.files"))


def no_printer_outside_the_print_command(tree: Tree) -> list[Found]:
    """Even when it prints to a file, QPrinter connects to the print server: one command has it, closed by policy."""
    return joined(module.naming("QPrinter", "QPrintDialog") for module in tree.outside("ui.printing"))


# ------------------------------------------------------------------------------------------------ done nowhere at all


def no_network_library(tree: Tree) -> list[Found]:
    """The program never goes out to a network."""
    return joined(module.importing(*NETWORK) for module in tree.modules)


def no_internet_socket(tree: Tree) -> list[Found]:
    """Where a pipe needs a socket, it is never one of the internet's."""
    return joined(module.naming("AF_INET", "AF_INET6", "create_connection") for module in tree.modules)


def no_code_from_data(tree: Tree) -> list[Found]:
    """Nothing that is read can become code: a pack, an index or a setting may come from anybody."""
    found = joined(module.importing("pickle", "marshal", "shelve", "dbm", "code") for module in tree.modules)
    builtins = {"eval", "exec", "compile"}
    for module in tree.modules:
        calls = (node for node in module.nodes if isinstance(node, ast.Call))
        names = (call.func for call in calls if isinstance(call.func, ast.Name))
        found += [Found(module.name, name.lineno, f"calls {name.id}") for name in names if name.id in builtins]
    return found


def yaml_read_safely(tree: Tree) -> list[Found]:
    """YAML is read with a safe loader only, never with one that makes objects."""
    unsafe = ["unsafe_load", "unsafe_load_all", "full_load", "full_load_all", "load", "load_all"]
    unsafe += ["Loader", "UnsafeLoader", "FullLoader", "CLoader", "CUnsafeLoader", "CFullLoader"]
    return joined(module.reaching("yaml", *unsafe) for module in tree.modules)


def no_unpacking_by_name(tree: Tree) -> list[Found]:
    """No archive file is unpacked by the names it carries, which could lead anywhere."""
    return joined(module.calling("extract", "extractall", "unpack_archive") for module in tree.modules)


def no_html_into_documents(tree: Tree) -> list[Found]:
    """Documents are filled from blocks by cursor calls: nothing in a record is read as markup, or written as Qt's."""
    return joined(module.naming(*MARKUP) for module in tree.modules)


def no_qsettings(tree: Tree) -> list[Found]:
    """Settings go through core.settings, which policy can lock; Qt's own store is only kept from being used."""
    return joined(module.naming("QSettings") for module in tree.outside("ui.files"))


def nothing_made_knows_the_day(tree: Tree) -> list[Found]:
    """What packs, render and export make is the same bytes every time: they read no clock and draw no lots."""
    clock = ("time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime")
    return joined(
        module.reaching("time", *clock)
        + module.calling("now", "utcnow", "today")
        + module.importing("random", "secrets", "uuid.uuid1", "uuid.uuid4")
        + module.reaching("uuid", "uuid1", "uuid4")
        for module in tree.modules
        if module.within("packs", "render", "export")
    )


# ------------------------------------------------------------------------------------------------ shape and words


def every_module_says_its_job(tree: Tree) -> list[Found]:
    """The first line of a module is one sentence: its one job."""
    found = []
    for module in tree.modules:
        first = (ast.get_docstring(module.syntax) or "").partition("\n")[0].strip()
        if not first.endswith((".", ":", "`", "?")) or len(first.split()) < 2:
            found.append(Found(module.name, 1, f"first line: {first!r}"))
    return found


def no_module_is_long(tree: Tree) -> list[Found]:
    """A module that grows past LINES has more than one job."""
    counted = ((module.name, module.text.count("\n")) for module in tree.modules)
    return [Found(name, lines, f"has {lines} lines") for name, lines in counted if lines > LINES]


def top_level_is_exact(tree: Tree) -> list[Found]:
    """The top level holds TOP_LEVEL and dotfiles, nothing more and nothing less."""
    there = {path.name for path in tree.root.iterdir() if not path.name.startswith(".")} - BUILT
    extra = [Found(name, 0, "does not belong at the top level") for name in sorted(there - TOP_LEVEL)]
    return extra + [Found(name, 0, "is missing at the top level") for name in sorted(TOP_LEVEL - there)]


def packaging_is_no_package(tree: Tree) -> list[Found]:
    """packaging/ has no __init__.py: it would shadow a library of that name."""
    return [Found("packaging", 0, "has an __init__.py")] if (tree.root / "packaging" / "__init__.py").exists() else []


# ----------------------------------------------------------------------------------------------------------------------


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        layers,
        whoosh_behind_its_protocol,
        qt_only_in_the_window,
        threads_only_in_ui_tasks,
        processes_only_in_core_process,
        file_dialogs_only_in_ui_files,
        no_printer_outside_the_print_command,
        no_network_library,
        no_internet_socket,
        no_code_from_data,
        yaml_read_safely,
        no_unpacking_by_name,
        no_html_into_documents,
        no_qsettings,
        nothing_made_knows_the_day,
        every_module_says_its_job,
        no_module_is_long,
        top_level_is_exact,
        packaging_is_no_package,
        *WINDOW_RULES,
    )
}


def verdict(tree: Tree, name: str, exceptions: dict[tuple[str, str], str]) -> list[str]:
    """What is wrong with a tree under one rule: what breaks it without an exception, and exceptions nothing needs."""
    found = RULES[name](tree)
    excepted = {module for rule, module in exceptions if rule == name}
    wrong = [str(one) for one in found if one.module not in excepted]
    return wrong + [f"the exception for {module} is not needed" for module in excepted - {one.module for one in found}]
