"""Reads the running window as a screen reader does, over AT-SPI: run by the system's own Python, prints JSON.

`python3 reads_atspi.py TITLE QUESTION RECORD`: of the window whose title ends so, every thing that takes the keyboard,
with name, role and the names of what labels it; then a question is typed, the first record opened, and its text read,
which begins with RECORD; a note is written, the record exported; and what was announced in the meantime, each with
the step it came in. Nothing but the standard library and gi is imported.
"""

import json
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version has to be said before

PATIENCE = 30.0
RETURN = 0xFF0D
NOTE = "said aloud"


def wait_for(condition):
    """Run the event loop until `condition` gives something; give that, or None."""
    until = time.monotonic() + PATIENCE
    context = GLib.MainContext.default()
    while time.monotonic() < until:
        while context.pending():
            context.iteration(False)
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    return None


def walk(thing, depth=0):
    """A thing and all below it that is shown; rows of lists are not gone through."""
    if thing is None or depth > 40:
        return
    yield thing
    try:
        if thing.get_state_set().contains(Atspi.StateType.MANAGES_DESCENDANTS):
            return
        count = min(thing.get_child_count(), 200)
    except GLib.Error:
        return
    for at in range(count):
        try:
            yield from walk(thing.get_child_at_index(at), depth + 1)
        except GLib.Error:
            continue


def has(thing, state):
    """Whether a thing is in a state."""
    return thing.get_state_set().contains(state)


def tops():
    """The windows of all programs."""
    desktop = Atspi.get_desktop(0)
    for at in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(at)
        for number in range(application.get_child_count() if application else 0):
            if found := application.get_child_at_index(number):
                yield found


def window(title):
    """The window whose title ends so."""
    return next((found for found in tops() if found.get_name().endswith(title)), None)


def told(thing):
    """What is said of a thing: role, name, description, labels, value."""
    labels = [
        relation.get_target(at).get_name()
        for relation in thing.get_relation_set()
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
        for at in range(relation.get_n_targets())
    ]
    return {
        "role": thing.get_role_name(),
        "name": thing.get_name(),
        "description": thing.get_description(),
        "labels": labels,
        "focused": has(thing, Atspi.StateType.FOCUSED),
        "locale": thing.get_object_locale(),
    }


def focusables(top):
    """All that takes the keyboard."""
    state = Atspi.StateType
    return [told(one) for one in walk(top) if has(one, state.FOCUSABLE) and has(one, state.SHOWING) and one is not top]


def texts(top):
    """The whole of every text that is shown, by name."""
    found = {}
    for one in walk(top):
        text = one.get_text_iface()
        if text is not None and has(one, Atspi.StateType.SHOWING) and one.get_role_name() in ("text", "document text"):
            found[one.get_name()] = Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))
    return found


def press(keys):
    """Keys of a command, which are for the active window: without a window manager none is so by itself."""
    subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "Jasic Desktop", "windowfocus", "--sync", "key", keys],
        check=False,
    )


def dialog(name):
    """The window of the program that has a button called `name`, and the button."""
    for top in tops():
        for one in walk(top) if top.get_role_name() == "dialog" else ():
            if one.get_role_name() in ("push button", "button") and one.get_name() == name:
                return top, one
    return None


def main() -> None:
    """Read, type, read, write a note, export, print."""
    title, question, record = sys.argv[1:4]
    announced, steps, step = [], {}, ["search"]

    def hear(event, *_):
        announced.append(str(event.any_data))
        steps.setdefault(step[0], []).append(str(event.any_data))

    listener = Atspi.EventListener.new(hear)
    listener.register("object:announcement")
    top = wait_for(lambda: window(title))
    if top is None:
        sys.stdout.write(json.dumps({"window": None}))
        return
    # Without a window manager nothing is said to have the keyboard: the page has come when there are its tiles.
    begun = wait_for(lambda: (found := focusables(top)) and len(found) > 15 and found) or focusables(top)
    keyboard = Atspi.generate_keyboard_event
    keyboard(0, question, Atspi.KeySynthType.STRING)
    wait_for(lambda: question in texts(top).values() and any("result" in words for words in announced))
    read = None
    for _ in range(3):  # a machine that has much to do may answer after the key
        keyboard(RETURN, None, Atspi.KeySynthType.SYM)
        read = read or wait_for(lambda: {name: text for name, text in texts(top).items() if text.startswith(record)})
        if read:
            break
    then = focusables(top)
    step[0] = "note"
    press("ctrl+m")
    field = wait_for(lambda: next((one for one in focusables(top) if one["name"] == "Note"), None))
    keyboard(0, NOTE, Atspi.KeySynthType.STRING)
    wait_for(lambda: "Saved" in steps.get("note", ()))
    written = [text for text in texts(top).values() if text == NOTE]
    step[0] = "export"
    press("ctrl+e")
    asked, told_of = wait_for(lambda: dialog("Export")), []
    if asked:
        told_of = focusables(asked[0])
        wait_for(lambda: has(asked[1], Atspi.StateType.ENABLED) and has(asked[1], Atspi.StateType.SENSITIVE))
        Atspi.Action.do_action(asked[1].get_action_iface(), 0)
        wait_for(lambda: any("/" in words for words in steps.get("export", ())))
    sys.stdout.write(
        json.dumps(
            {
                "window": top.get_name(),
                "begun": begun,
                "then": then,
                "field": field,
                "written": written,
                "export": told_of,
                "steps": steps,
                "read": read or texts(top),
                "announced": announced,
                "roles": sorted({one.get_role_name() for one in walk(top)}),
            }
        )
    )


main()
