"""Questions as the workspace keeps them: filters as plain values and back, the research log written and asked again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from jasic_desktop.core.errors import UsageFault
from jasic_desktop.core.languages import Language
from jasic_desktop.search.request import Filters, Request
from jasic_desktop.workspace.items import Logged

if TYPE_CHECKING:
    from jasic_desktop.packs.store import Store
    from jasic_desktop.search.engine import Engine
    from jasic_desktop.workspace.opening import Workspace


def plain_filters(filters: Filters) -> dict[str, Any]:
    """What is set of `filters`, as values that JSON holds."""
    told = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(filters).items()}
    return {name: value for name, value in told.items() if value not in ([], None)}


def filters_of(values: Mapping[str, Any]) -> Filters:
    """The filters that `plain_filters` gave these values. Raises UsageFault for what is none."""
    unknown = values.keys() - asdict(Filters()).keys()
    try:
        if unknown:
            raise msgspec.ValidationError(f"`{min(unknown)}`")
        return msgspec.convert(dict(values), Filters)
    except msgspec.ValidationError as error:
        raise UsageFault("workspace.not_taken", reason=error) from error


def log_question(workspace: Workspace, store: Store, request: Request, total: int) -> None:
    """Write into the research log that `request` found so many records. Raises the faults of an edit."""
    archive = store.archive
    workspace.log.add(
        archive.id,
        request.text,
        plain_filters(request.filters),
        total,
        version=archive.version,
        fingerprint=store.fingerprint,
    )


class Replayed(NamedTuple):
    """A logged question, and how many records answer it now; None where it is one of another archive."""

    logged: Logged
    total: int | None

    @property
    def is_same(self) -> bool:
        """Whether as many are found as then."""
        return self.total == self.logged.total


def replay(logged: Iterable[Logged], store: Store, engine: Engine, language: Language) -> Iterator[Replayed]:
    """Ask each logged question of the open archive again."""
    for one in logged:
        total = None
        if one.archive == store.archive.id:
            request = Request(one.question, filters_of(one.filters), limit=1, language=language)
            total = engine.search(request).total
        yield Replayed(one, total)
