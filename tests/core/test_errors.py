"""The faults a person meets: their sentence and the exit code."""

import pytest

from jasic_desktop.core import errors
from jasic_desktop.core.languages import LANGUAGES

CODES = {
    errors.Fault: 1,
    errors.UsageFault: 2,
    errors.DamagedFault: 3,
    errors.NotFoundFault: 4,
    errors.RefusedFault: 5,
    errors.DisplayFault: 6,
    errors.NotWrittenFault: 7,
    errors.Cancelled: 130,
}


@pytest.mark.parametrize(("kind", "code"), CODES.items())
def test_the_exit_codes_never_change(kind, code):
    assert kind.exit_code == code
    assert issubclass(kind, errors.Fault)


def test_the_codes_are_all_there_are():
    assert sorted(errors.ExitCode) == [0, *CODES.values()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_is_a_sentence_with_its_values(language):
    fault = errors.NotWrittenFault("core.disk_full", path="/stick/export.html", system="No space left on device")
    assert "/stick/export.html" in fault.sentence(language)
    assert str(fault) == fault.sentence("en") == fault.sentence()
    assert (fault.key, fault.values["system"]) == ("core.disk_full", "No space left on device")


def test_ending_the_work_needs_no_words():
    assert str(errors.Cancelled()).startswith("Stopped")
