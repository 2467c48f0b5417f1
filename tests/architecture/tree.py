"""A checkout as its rules see it: the modules of the program, parsed, and what each of them imports and names."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple

PACKAGE = "jasic_desktop"


class Found(NamedTuple):
    """What breaks a rule: the module (or file), the line, and what stands there."""

    module: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.what}"


@dataclass(frozen=True)
class Module:
    """One module of the program. `name` leaves the package's own name out: `search.whoosh.index`."""

    name: str
    text: str
    is_package: bool

    @cached_property
    def syntax(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All that stands in it, walked once for all rules."""
        return list(ast.walk(self.syntax))

    @cached_property
    def names(self) -> list[tuple[str, int]]:
        """Every name in the code with its line: plain ones, attributes and imports; strings do not count."""
        found = []
        for node in self.nodes:
            if isinstance(node, ast.Attribute):
                found.append((node.attr, node.lineno))
            elif isinstance(node, ast.Name):
                found.append((node.id, node.lineno))
            elif isinstance(node, ast.alias):
                found.append((node.name.rpartition(".")[2], node.lineno))
        return found

    @cached_property
    def imports(self) -> list[tuple[str, int]]:
        """Every imported name in full with its line, wherever in the module it stands: `from a.b import c` is a.b.c."""
        return list(self._imports())

    def _imports(self) -> Iterator[tuple[str, int]]:
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield alias.name, node.lineno
            elif isinstance(node, ast.ImportFrom):
                base = node.module or ""
                if node.level:
                    parts = [PACKAGE, *self.name.split(".")]
                    upwards = node.level - 1 if self.is_package else node.level
                    base = ".".join([*parts[: len(parts) - upwards], *([base] if base else [])])
                for alias in node.names:
                    yield f"{base}.{alias.name}", node.lineno
            elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
                yield from ((str(name.value), node.lineno) for name in node.args[:1] if isinstance(name, ast.Constant))

    def importing(self, *libraries: str) -> list[Found]:
        """Where one of `libraries`, or a part of one, is imported."""
        return [
            Found(self.name, line, f"imports {name}")
            for name, line in self.imports
            if any(name == library or name.startswith(f"{library}.") for library in libraries)
        ]

    def reaching(self, library: str, *names: str) -> list[Found]:
        """Where one of `names` of a library is used, as `library.name` or by importing it."""
        return self.importing(*(f"{library}.{name}" for name in names)) + [
            Found(self.name, node.lineno, f"uses {library}.{node.attr}")
            for node in self.nodes
            if isinstance(node, ast.Attribute) and node.attr in names
            if isinstance(node.value, ast.Name) and node.value.id == library
        ]

    def calling(self, *names: str) -> list[Found]:
        """Where something by one of these names is called: `extract` finds `archive.extract(…)` and `extract(…)`."""
        return [Found(self.name, call.lineno, f"calls {called(call)}") for call in self.calls(*names)]

    def calls(self, *names: str) -> list[ast.Call]:
        """The calls of something by one of these names."""
        calls = (node for node in self.nodes if isinstance(node, ast.Call))
        return [call for call in calls if called(call) in names]

    def naming(self, *names: str) -> list[Found]:
        """Where one of these names stands in the code: as a name, an attribute or an import; strings do not count."""
        return [Found(self.name, line, f"uses {name}") for name, line in self.names if name in names]

    def within(self, *places: str) -> bool:
        """Whether it is one of these modules, or in one of these packages."""
        return any(self.name == place or self.name.startswith(f"{place}.") for place in places)


def called(call: ast.Call) -> str:
    """The last name of what is called: `load` for `yaml.load(…)`."""
    function = call.func
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


@dataclass(frozen=True)
class Tree:
    """A checkout."""

    root: Path

    @cached_property
    def modules(self) -> list[Module]:
        package = self.root / PACKAGE
        found = []
        for path in sorted(package.rglob("*.py")):
            parts = list(path.relative_to(package).with_suffix("").parts)
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts) or "__init__"
            found.append(Module(name, path.read_text(encoding="utf-8"), is_package))
        return found

    def outside(self, *places: str) -> Iterator[Module]:
        """The modules that are in none of `places`."""
        return (module for module in self.modules if not module.within(*places))


def joined(found: Iterable[list[Found]]) -> list[Found]:
    """All that was found, in one list."""
    return list(chain.from_iterable(found))
