"""`jasic-desktop --kiosk`, or a policy with kiosk: keeps a reading room open, or is the window of one session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jasic_desktop.core.errors import ExitCode
from jasic_desktop.core.languages import LANGUAGES, Language

if TYPE_CHECKING:
    from jasic_desktop.cli.session import Session
    from jasic_desktop.ui.application import Wish

_EVERY: Final = ("profile", "policy", "lang", "theme", "size")


def keep(session: Session, begins: Mapping[str, str | None]) -> ExitCode:
    """Keep the room open until somebody ends it from outside. `begins` says what the first session begins with."""
    from jasic_desktop.app.keeper import Keeper

    arguments = session.arguments
    every = {name: getattr(session.options, name, None) for name in _EVERY} | {"archive": arguments.archive}
    later = ["--kiosk", *_words(every)]
    keeper = Keeper(
        [*later, *_words(begins)], later, lambda key, values: session.output.note(key, **values), _check(session)
    )
    on_disk = arguments.places.policy.held("session_on_disk")
    # Where the policy is bad the room opens all the same: the reason is to be seen in it.
    return keeper.run(memory_only=not on_disk.value and on_disk.origin != "bad")


def window(session: Session, folder: Path, wish: Wish) -> ExitCode:
    """The window of one session, whose private folder is `folder`; it ends when the reader does."""
    from jasic_desktop.app.room import rules_of
    from jasic_desktop.core.private_folder import is_in_memory, sign_in
    from jasic_desktop.ui.room.application import run

    places, language = session.arguments.places, _language(session)
    with sign_in(folder):
        memory = is_in_memory(folder)
        return run(places, rules_of(places.policy, language), language, wish, in_memory=memory, session=True)


def picture(session: Session, wish: Wish) -> ExitCode:
    """The window of a room as a picture; it is no session, and nothing runs on."""
    from jasic_desktop.app.room import rules_of
    from jasic_desktop.ui.room.application import run

    _check(session)()
    language = _language(session)
    return run(session.arguments.places, rules_of(session.arguments.places.policy, language), language, wish)


def _check(session: Session) -> Callable[[], None]:
    """Looks whether the program is as it was installed, and raises RefusedFault where a room cannot open with it."""
    from jasic_desktop.app.own_program import installed, require_unchanged

    own, policy = installed(), session.arguments.places.policy
    if own is None:
        session.output.note("room.program.from_source")
        return lambda: None
    path = policy.held("programs_allowed").path
    return partial(require_unchanged, own, policy.names("programs_allowed"), str(path or ""))


def _language(session: Session) -> Language:
    """The language a session begins in: the policy's, else the command line's, else the policy's default."""
    policy = session.arguments.places.policy
    wanted = (policy.locks.get("language"), session.options.lang, policy.defaults.get("language"))
    known = (language for value in wanted for language in LANGUAGES if language == value)
    return next(known, session.arguments.language)


def _words(options: Mapping[str, object]) -> list[str]:
    """The words of the command line that say again what these options say."""
    return [word for name, value in options.items() if value is not None for word in (f"--{name}", str(value))]
