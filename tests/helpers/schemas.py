"""Official schemas of archival formats as judges, from a folder that the variable JASIC_SCHEMAS names.

`ead3.xsd` (django-ead has it), `eac.xsd` (EAC-CPF 2.0) and `oai_dc.xsd` with what it imports: none is in a library
that the tests lock, so where there is no such folder the tests that need them say so and are skipped.
"""

import os
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

FOLDER = os.environ.get("JASIC_SCHEMAS")


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(Path(FOLDER or "") / name)))


def assert_valid(root: etree._Element, name: str) -> None:
    """The document has to be valid by the schema of that name."""
    if FOLDER is None or not (Path(FOLDER) / name).is_file():
        pytest.skip(f"no {name} in a folder named by JASIC_SCHEMAS")
    schema = _schema(name)
    assert schema.validate(root), schema.error_log
