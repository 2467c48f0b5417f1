"""Workspaces whose clock and identities are the same in every run, random edits, and what a workspace holds."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from jasic_desktop.workspace.anchors import anchor_for
from jasic_desktop.workspace.collections import Member
from jasic_desktop.workspace.database import Tools
from jasic_desktop.workspace.items import COLOURS, Item
from jasic_desktop.workspace.opening import Workspace, open_workspace
from jasic_desktop.workspace.transfer import everything

ARCHIVE = "jasic"
RECORDS = tuple(f"record-{number}" for number in range(12))
TEXT = "On 27 July 2018 police in Pingshan District detained about thirty people. 警方在坪山区拘捕约三十人。"


def steady_tools(start: str = "2018-07-27T08:00:00Z", step: int = 60, seed: int = 0) -> Tools:
    """A clock that goes on `step` seconds whenever it is asked, and identities in a fixed order."""
    chance, moment = random.Random(seed), [datetime.fromisoformat(start)]

    def now() -> str:
        moment[0] += timedelta(seconds=step)
        return moment[0].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    return Tools(now, lambda: str(UUID(int=chance.getrandbits(128), version=4)))


def steady(folder: Path | None = None, seed: int = 0) -> Workspace:
    """A workspace with a steady clock; in memory without a folder."""
    return open_workspace(folder, steady_tools(seed=seed))


def held(workspace: Workspace) -> list[Item]:
    """All that a workspace holds, its trash included."""
    return everything(workspace.database)


class RandomEdits:
    """One random edit after another: two workspaces that are alike, with edits of one seed, are alike after each."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def make(self, workspace: Workspace) -> str:
        """Make one edit; when its name is returned, it was acknowledged."""
        while (made := _one(workspace, self._chance)) is None:
            pass
        return made


def _one(workspace: Workspace, chance: random.Random) -> str | None:
    collections, notes = workspace.collections.list(), workspace.notes.list()
    collection = chance.choice(collections) if collections else None
    note = chance.choice(notes) if notes else None
    entries = workspace.collections.entries(collection.id) if collection else ()
    text = f"note {chance.randrange(10**6)} 笔记 " + "x" * chance.randrange(400)
    some = [Member(ARCHIVE, one, f"Title of {one}") for one in chance.sample(RECORDS, chance.randrange(1, 6))]
    start = chance.randrange(40)
    anchor = anchor_for("s1", "en", TEXT, start, start + chance.randrange(5, 25))
    trashed = workspace.trash.list()
    what = chance.choice(_KINDS)
    if what == "selection":
        workspace.selection.keep(ARCHIVE, chance.sample(RECORDS, chance.randrange(0, 9)))
    elif what == "create" and len(collections) < 9:
        workspace.collections.create(f"Collection {chance.randrange(10**6)}", some)
    elif what == "add" and collection:
        return what if workspace.collections.add(collection.id, some) else None
    elif what == "move" and entries:
        return what if workspace.collections.move(chance.choice(entries), chance.choice((-2, -1, 1, 2))) else None
    elif what == "annotate" and entries:
        workspace.collections.annotate(chance.choice(entries), text)
    elif what == "take-out" and entries:
        workspace.collections.remove(chance.sample(entries, 1))
    elif what == "delete-collection" and len(collections) > 5 and collection:
        workspace.collections.delete(collection)
    elif what == "note":
        workspace.notes.add(ARCHIVE, chance.choice(RECORDS), text, version="1.0", title="A title")
    elif what == "highlight":
        workspace.notes.add(ARCHIVE, chance.choice(RECORDS), anchor=anchor, colour=chance.choice(COLOURS))
    elif what == "change" and note:
        workspace.notes.change(note, text=text)
    elif what == "delete-note" and len(notes) > 20 and note:
        workspace.notes.delete(note)
    elif what == "bring-back" and trashed:
        workspace.trash.bring_back([chance.choice(trashed)])
    elif what == "search":
        workspace.searches.save(f"Search {chance.randrange(20)}", ARCHIVE, text, {"years": ["2018"]})
    elif what == "visit":
        workspace.history.note(ARCHIVE, chance.choice(RECORDS), "A title")
    elif what == "log":
        total = chance.randrange(10**6)
        workspace.log.add(ARCHIVE, text, {"types": ["person"]}, total, version="1.0", fingerprint="ab" * 64)
    else:
        return None
    return what


_KINDS = (
    *("selection", "create", "add", "move", "annotate", "take-out", "delete-collection", "note", "note"),
    *("highlight", "change", "change", "delete-note", "bring-back", "search", "visit", "log"),
)
