"""The policy of a machine: what a good file lays down, that a bad one is the strictest, and that nothing loosens it."""

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.app.permissions import command_keys, policy_in_force
from jasic_desktop.core.errors import ExitCode
from jasic_desktop.core.i18n import has
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.policy import FILE_NAME, OPEN, Layer, Policy, read_layer
from jasic_desktop.core.policy_keys import KEYS, PACK_STATES, Flag, Folders, Laid, Limit, Names, Steps

NONE = Policy(command_keys())
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
posix = pytest.mark.skipif(sys.platform == "win32", reason="owners, modes and links are those of POSIX")
KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"

GOOD = {
    "_about": "anything may stand here",
    "export": False,
    "archive *": True,
    "archive install": False,
    "language": "zh-Hans",
    "text_size": 125,
    "archives_allowed": ["jasic", "other@1.0", "0123456789abcdef"],
    "pack_states": ["signed"],
    "trusted_keys": [KEY],
    "downgrade": False,
    "export_formats": ["html", "pdf"],
    "export_folders": [str(Path("/srv/copies").absolute())],
    "clipboard": "text",
    "clipboard_characters": 500,
    "clipboard_cleared": True,
    "kiosk": True,
    "idle_minutes": 5,
    "idle_warning_seconds": 30,
    "start_page": "archive-introduction",
    "defaults": {"theme": "dark", "_why": "the room is dim"},
}

BAD_FILES = {
    "nothing": b"",
    "a word": b"locked",
    "cut short": b'{"export": false',
    "single quotes": b"{'export': false}",
    "a comma too many": b'{"export": false,}',
    "two tables": b'{"export": false}{"print": false}',
    "a comment": b'{"export": false} // for the hall',
    "a list": b'["export"]',
    "null": b"null",
    "a number": b"5",
    "a key twice": b'{"export": false, "export": true}',
    "a key twice in the defaults": b'{"defaults": {"theme": "dark", "theme": "light"}}',
    "not a number": b'{"idle_minutes": NaN}',
    "no end": b'{"idle_minutes": Infinity}',
    "many digits": b'{"idle_minutes": ' + b"9" * 5000 + b"}",
    "latin-1": '{"_": "é"}'.encode("latin-1"),
    "utf-16": '{"export": false}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"export": false}',
    "a zero": b'{"export": false, "_": "\\u0000"}',
    "turned round": '{"_": "\u202eeslaf"}'.encode(),
    "half a character": b'{"_": "\\ud800"}',
    "deep": b'{"_": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    "large": b'{"_": "' + b"x" * (1 << 16) + b'"}',
}

BAD_TABLES: dict[str, dict[str, object]] = {
    "an unknown key": {"exports": False},
    "a key in capitals": {"Export": False},
    "a key with a space": {"export ": False},
    "an empty key": {"": False},
    "a group that is none": {"export *": False},
    "a command that is no boolean": {"export": 0},
    "a command in words": {"export": "false"},
    "a command that is nothing": {"export": None},
    "a number in words": {"idle_minutes": "10"},
    "a number that is a truth": {"idle_minutes": True},
    "a broken number": {"idle_minutes": 5.5},
    "a number with a point": {"idle_minutes": 5.0},
    "a number below": {"idle_minutes": 2},
    "a number above": {"idle_minutes": 241},
    "a negative number": {"clipboard_characters": -1},
    "a warning too short": {"idle_warning_seconds": 5},
    "another word": {"clipboard": "none"},
    "a list of words": {"clipboard": ["off"]},
    "a word for a list": {"archives_allowed": "jasic"},
    "a name that is a path": {"archives_allowed": ["../jasic"]},
    "a name twice": {"archives_allowed": ["jasic", "jasic"]},
    "a number among names": {"archives_allowed": [1]},
    "another state": {"pack_states": ["damaged"]},
    "no key of minisign": {"trusted_keys": ["untrusted comment: key"]},
    "half a key": {"trusted_keys": [KEY[:30]]},
    "a folder without its whole path": {"export_folders": ["copies"]},
    "a folder with dots": {"export_folders": [str(Path("/srv/../etc").absolute())]},
    "a folder of a home": {"export_folders": ["~/copies"]},
    "a page that is none": {"start_page": "../etc/passwd"},
    "another language": {"language": "fr"},
    "a size too large": {"text_size": 900},
    "defaults in a list": {"defaults": ["theme"]},
    "a default that is no setting": {"defaults": {"kiosk": True}},
    "a default of no value": {"defaults": {"theme": "pink"}},
}


def laid(folder, content: bytes | dict[str, object]) -> Policy:
    folder.chmod(0o755)
    path = folder / FILE_NAME
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    path.chmod(0o644)
    return policy_in_force(folder)


def asked(folder, content: bytes | dict[str, object], name: str = "own.json") -> Policy:
    """The policy with a file of the command line, which anybody may own."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return policy_in_force(folder, path)


def is_strictest(policy: Policy) -> bool:
    return all(policy.held(key.key).value == key.floor for key in (*KEYS, *command_keys()))


# ------------------------------------------------------------------------------------------------------- the table


def test_every_key_says_what_it_is_for_and_what_it_takes():
    for key in NONE.keys.values():
        assert has(key.description), key.key
        assert has(key.kind.takes), key.key
        assert key.kind.tighter(key.default, key.kind.strictest) == key.kind.strictest, key.key
        # What holds without a policy is as loose as anything: the value that a policy gives is the one in force.
        assert key.kind.tighter(key.default, key.default) == key.default, key.key


def test_no_two_keys_have_one_name():
    with pytest.raises(ValueError, match="two keys"):
        Policy([*command_keys(), Policy(command_keys()).keys["export"].__class__("kiosk", Flag(), True, False, "x")])


def test_where_there_is_no_policy_everything_is_open(tmp_path):
    for policy in (policy_in_force(tmp_path), policy_in_force(tmp_path / "nowhere")):
        assert not policy.is_laid_down
        assert all(policy.allows(key.key) for key in command_keys())
        assert policy.locks == {}
    assert OPEN.allows("anything")


# ------------------------------------------------------------------------------------------------------- good files


@pytest.mark.skipif(not ROOT and sys.platform != "win32", reason="only an administrator lays down a policy")
def test_a_good_policy_lays_down_what_it_says(tmp_path):
    policy = laid(tmp_path, GOOD)
    assert policy.faults == ()
    assert not policy.allows("export")
    assert not policy.allows("save-timeline")  # it writes a file as well
    assert not policy.allows("archive install")
    assert policy.allows("archive list")
    assert policy.locks == {"language": "zh-Hans", "text_size": 125}
    assert policy.defaults == {"theme": "dark"}
    assert policy.names("archives_allowed") == ("0123456789abcdef", "jasic", "other@1.0")
    assert policy.has("pack_states", "signed")
    assert not policy.has("pack_states", "unsigned")
    assert policy.number("idle_minutes") == 5
    assert policy.number("idle_warning_seconds") == 30
    assert policy.text("clipboard") == "text"
    assert policy.text("start_page") == "archive-introduction"
    assert policy.flag("kiosk")
    held = policy.held("export")
    assert (held.origin, held.path) == ("machine", tmp_path / FILE_NAME)


def test_a_closed_command_says_in_every_language_who_closed_it(tmp_path):
    policy = asked(tmp_path, {"workspace *": False})
    policy.require("export")
    fault = policy.refusal("backups")
    assert fault.exit_code == ExitCode.REFUSED
    for language in LANGUAGES:
        assert "backups" in fault.sentence(language)
        assert str(tmp_path / "own.json") in fault.sentence(language)


# -------------------------------------------------------------------------------------------------------- bad files


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_is_no_policy_is_the_strictest(tmp_path, content):
    policy = asked(tmp_path, content)
    assert is_strictest(policy)
    (fault,) = policy.faults
    for language in LANGUAGES:
        assert str(tmp_path / "own.json") in fault.sentence(language)


@pytest.mark.parametrize("table", BAD_TABLES.values(), ids=BAD_TABLES)
def test_one_entry_that_is_no_good_makes_all_of_it_the_strictest(tmp_path, table):
    policy = asked(tmp_path, {"print": False, **table})
    if "defaults" in table:  # of the machine only
        policy = Policy(command_keys(), _layer(tmp_path, {"print": False, **table}))
    assert is_strictest(policy)
    assert policy.allows("search")
    assert policy.allows("archive verify")
    assert not policy.allows("archive install")
    assert policy.locks == {"history": "off", "research_log": "off", "tabs": "forget"}
    assert policy.faults
    for language in LANGUAGES:
        assert all(fault.sentence(language) for fault in policy.faults)
        assert "`jasic-desktop policy`" in policy.refusal("export").sentence(language)


def _layer(folder: Path, table: dict[str, object]) -> Layer | None:
    (folder / FILE_NAME).write_text(json.dumps(table), "utf-8")
    return read_layer(folder / FILE_NAME, "machine", NONE.keys, administrators=False)


def test_every_fault_of_a_file_is_told(tmp_path):
    policy = asked(tmp_path, {"one": 1, "two": 2, "export": "no"})
    assert [fault.key for fault in policy.faults] == ["policy.unknown", "policy.unknown", "policy.bad_value"]


def test_a_file_the_command_line_names_has_to_be_there(tmp_path):
    assert is_strictest(policy_in_force(tmp_path, tmp_path / "gone.json"))


@posix
@pytest.mark.parametrize("what", ["link", "link to nowhere", "folder", "pipe", "link to itself"])
def test_what_is_no_regular_file_is_the_strictest(tmp_path, what):
    path = tmp_path / FILE_NAME
    (tmp_path / "real.json").write_text("{}")
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to({"link": "real.json", "link to nowhere": "gone.json"}.get(what, FILE_NAME))
    assert is_strictest(policy_in_force(tmp_path))


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
@pytest.mark.parametrize("whose", ["file", "folder", "writable file", "writable folder", "writable by a group"])
def test_what_others_than_an_administrator_can_write_is_the_strictest(tmp_path, whose):
    assert laid(tmp_path, {}).faults == ()
    path = tmp_path / FILE_NAME
    if whose in ("file", "folder"):
        os.chown(path if whose == "file" else tmp_path, 65534, 65534)
    elif whose == "writable folder":
        tmp_path.chmod(0o777)
    else:
        path.chmod(0o666 if whose == "writable file" else 0o664)
    policy = policy_in_force(tmp_path)
    assert is_strictest(policy)
    assert policy.faults[0].key == "policy.not_administrators"


@posix
@pytest.mark.skipif(not ROOT, reason="only root can become somebody else")
def test_what_may_not_be_read_is_the_strictest(tmp_path):
    laid(tmp_path, {})
    (tmp_path / FILE_NAME).chmod(0o600)
    os.seteuid(65534)
    try:
        assert is_strictest(policy_in_force(tmp_path))
    finally:
        os.seteuid(0)


# ----------------------------------------------------------------------------------------------- nothing loosens it

_FOLDERS = st.lists(
    st.sampled_from([str(Path(name).absolute()) for name in ("/a", "/a/b", "/a/b/c", "/ab", "/d", "/")]), unique=True
)


_LAID = ("start", "browse", "off", "on", "year", "forget", "keep", "dark", "system", "en", "house", "apa", 20, 60, 90)


def _values(key):
    kind = key.kind
    if isinstance(kind, Flag):
        return st.booleans()
    if isinstance(kind, Limit):
        return st.integers(kind.low, kind.high)
    if isinstance(kind, Steps):
        return st.sampled_from(kind.values)
    if isinstance(kind, Folders):
        return _FOLDERS
    if isinstance(kind, Names):
        names = {
            "programs_allowed": ["0" * 64, "a" * 64],
            "trusted_keys": [KEY, KEY[:-1] + "4"],
            "pack_states": list(PACK_STATES),
        }
        return st.lists(st.sampled_from(names.get(key.key, ["one", "two", "three"])), unique=True)
    assert isinstance(kind, Laid)
    accepted = [value for value in _LAID if kind.accepts(value)]
    return st.sampled_from(accepted) if accepted else st.nothing()


_OPTIONAL = {key.key: _values(key) for key in NONE.keys.values() if key.key != "citation_style"}
_POLICIES = st.fixed_dictionaries(
    {}, optional={name: values for name, values in _OPTIONAL.items() if not values.is_empty}
)


def _read(table) -> Layer:
    values = {name: NONE.keys[name].kind.read(value) for name, value in table.items()}
    return Layer("machine", Path("/etc/policy"), values)


def _asked(table) -> Layer:
    return Layer("command_line", Path("/home/own"), _read(table).values)


def _is_as_tight(key, one, other) -> bool:
    """Whether `one` allows nothing that `other` does not."""
    return key.kind.tighter(one, other) == one


@given(_POLICIES, st.lists(_POLICIES, max_size=3))
def test_the_command_line_never_loosens(machine, asked_for):
    before = Policy(command_keys(), _read(machine))
    after = Policy(command_keys(), _read(machine), [_asked(table) for table in asked_for])
    for key in before.keys.values():
        was, now = before.held(key.key), after.held(key.key)
        assert _is_as_tight(key, now.value, was.value) or not (key.kind.is_ordered or was.is_locked), key.key
        if was.is_locked and not key.kind.is_ordered and key.kind.strictest != now.value:
            assert now == was, key.key
    for key in command_keys():
        assert before.allows(key.key) or not after.allows(key.key)
    for folder in ("/", "/a", "/a/b", "/a/b/c/d", "/ab", "/d/e"):
        place = Path(folder).absolute()
        assert before.allows_folder(place) or not after.allows_folder(place), folder


@given(_POLICIES, _POLICIES)
def test_the_order_of_what_tightens_does_not_matter(one, other):
    tight = Policy(command_keys(), None, [_asked(one), _asked(other)])
    again = Policy(command_keys(), None, [_asked(other), _asked(one)])
    for key in tight.keys.values():
        if key.kind.is_ordered:
            assert tight.held(key.key).value == again.held(key.key).value, key.key


@given(_POLICIES)
def test_a_bad_file_is_as_tight_as_any_good_one(table):
    bad = Layer("bad", Path("/etc/policy"), faults=(NONE.refusal("export"),))
    good, worst = Policy(command_keys(), _read(table)), Policy(command_keys(), bad)
    both = Policy(command_keys(), _read(table), [bad])
    for key in KEYS:
        assert _is_as_tight(key, worst.held(key.key).value, good.held(key.key).value) or not key.kind.is_ordered
    for key in command_keys():
        assert good.allows(key.key) or not both.allows(key.key)
        assert worst.allows(key.key) or not both.allows(key.key)


@given(st.lists(_FOLDERS, min_size=2, max_size=2))
def test_of_folders_what_both_allow_is_left(pair):
    kind = Folders()
    one, other = map(kind.read, pair)
    both = kind.tighter(one, other)

    def allows(folders, place):
        return Policy((), Layer("machine", None, {"export_folders": folders})).allows_folder(place)

    for place in map(Path, ("/", "/a", "/a/b", "/a/b/c", "/a/b/c/d", "/ab", "/abc", "/d", "/e")):
        place = place.absolute()
        assert allows(both, place) == (allows(one, place) and allows(other, place)), place


def test_folders_of_another_system_are_passed_over():
    here, there = (str(Path("/srv").absolute()), "E:\\") if os.name == "posix" else ("E:\\", "/srv")
    assert Folders().read([here, there]) == (here,)
    assert Folders().read([there]) == ()


@posix
def test_a_link_does_not_lead_out_of_the_folders(tmp_path):
    allowed, elsewhere = tmp_path / "copies", tmp_path / "elsewhere"
    allowed.mkdir()
    elsewhere.mkdir()
    (allowed / "out").symlink_to(elsewhere)
    (elsewhere / "in").symlink_to(allowed)
    policy = Policy((), Layer("machine", None, {"export_folders": (str(allowed),)}))
    assert policy.allows_folder(allowed)
    assert policy.allows_folder(elsewhere / "in")
    assert not policy.allows_folder(allowed / "out")
    assert not policy.allows_folder(allowed / ".." / "elsewhere")
    assert not policy.allows_folder(tmp_path)


@given(st.binary(max_size=200) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_whatever_bytes_a_file_holds_it_is_read_or_the_strictest(tmp_path_factory, content):
    folder = tmp_path_factory.getbasetemp()
    policy = asked(folder, content, "any.json")
    assert is_strictest(policy) == bool(policy.faults)
