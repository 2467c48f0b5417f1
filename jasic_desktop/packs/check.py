"""Checks a source archive: everything that reading it shows, and the rules that hold between its records."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.packs import (
    check_dates,
    check_names,
    check_references,
    check_texts,
    check_translations,
    check_vocabulary,
)
from jasic_desktop.packs.coverage import Coverage, coverage
from jasic_desktop.packs.problems import Problem
from jasic_desktop.packs.source import Loaded, load


@dataclass(frozen=True)
class CheckReport:
    """What was found. `coverage` covers the records that could be read; None where there are none."""

    problems: tuple[Problem, ...]
    coverage: Coverage | None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the archive from being built."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def check(folder: Path, progress: Progress = SILENT) -> CheckReport:
    """Look at the source archive in `folder`; nothing in it stops the check but Cancelled."""
    loaded = load(folder, progress)
    examine(loaded, progress)
    records = [written.record for written in loaded.written]
    return CheckReport(loaded.problems.sorted(), coverage(records) if records else None)


def examine(loaded: Loaded, progress: Progress = SILENT) -> None:
    """Add to the problems of `loaded` what the rules find."""
    rules = (
        check_references.examine,
        check_vocabulary.examine,
        check_dates.examine,
        check_names.examine,
        check_texts.examine,
        check_translations.examine,
    )
    for number, rule in enumerate(rules):
        progress.step("packs.step_checking", number, len(rules))
        rule(loaded)
