"""What is kept of the code of records saves time at the next start, and never decides what a record does."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest

from lisa_core import generated_code
from tests.tidy.sources import ROOT

START = """\
import builtins, json, sys
from lisa_core import generated_code
compiled = []
def counting(source, *rest, **options):
    compiled.append(source)
    return compile(source, *rest, **options)
generated_code.compile = counting
generated_code.understand()
from {module} import {record} as Record
one = Record({values})
print(len(compiled), repr(one), one == Record({values}), hash(one) == hash(Record({values})))
"""
"""What had to be compiled, and how a record behaves."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder that Python keeps code in, and one in which a module of ours lies."""
    (tmp_path / "emulator").mkdir()
    (tmp_path / "emulator" / "__init__.py").write_text("", encoding="utf-8")
    return tmp_path


def write(home: Path, fields: str) -> None:
    text = f"from dataclasses import dataclass\n@dataclass(frozen=True, slots=True)\nclass Sheet:\n    {fields}\n"
    (home / "emulator" / "sheets.py").write_text(text, encoding="utf-8")


def start(home: Path, values: str, module: str = "emulator.sheets", record: str = "Sheet", **more: str) -> list[str]:
    """How many texts were compiled, and what the record was like."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": str(home / "code"), "PYTHONPATH": f"{home}{os.pathsep}{ROOT}", **more}
    code = START.format(module=module, record=record, values=values)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=home, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip().split(" ", 1)


def kept(home: Path) -> Path:
    [path] = (home / "code").rglob("*.opt-records.pyc")
    return path


def test_the_second_start_compiles_nothing_and_a_changed_record_is_made_anew(home: Path) -> None:
    write(home, "pages: int; title: str = 'Mietvertrag'")
    first = start(home, "3")
    assert int(first[0]) > 4
    assert first[1] == "Sheet(pages=3, title='Mietvertrag') True True"
    assert start(home, "3") == ["0", first[1]]
    write(home, "leaves: int; title: str = 'Mietvertrag'")
    assert start(home, "3")[1] == "Sheet(leaves=3, title='Mietvertrag') True True"
    assert start(home, "3")[0] == "0"


def test_damaged_or_of_another_python_it_is_made_anew(home: Path) -> None:
    write(home, "pages: int")
    first = start(home, "3")
    whole = kept(home).read_bytes()
    other = bytes(len(MAGIC_NUMBER)) + whole[len(MAGIC_NUMBER) :]
    for damaged in (b"", whole[:-1], whole[:-9] + bytes(9), bytes(len(whole)), other):
        kept(home).write_bytes(damaged)
        assert start(home, "3") == first
        assert kept(home).read_bytes() == whole


def test_nothing_is_written_where_python_is_told_to_write_nothing(home: Path) -> None:
    write(home, "pages: int")
    start(home, "3", PYTHONDONTWRITEBYTECODE="1")
    assert not [*home.rglob("*.pyc")]


def test_records_of_others_are_left_alone(home: Path) -> None:
    write(home, "pages: int")
    (home / "emulator").rename(home / "theirs")
    assert start(home, "3", "theirs.sheets") == ["0", "Sheet(pages=3) True True"]
    assert not [*(home / "code").rglob("*.opt-records.pyc")]


def test_older_forms_of_a_module_do_not_pile_up() -> None:
    codes: generated_code.Kept = {"emulator.a": {b"other": b"x"}}
    for number in range(100):
        form = bytes([number])
        codes = generated_code.together(codes, {"emulator.b": {form: b"code"}}, {"emulator.b": {form}})
        assert form in codes["emulator.b"]
    assert len(codes["emulator.b"]) <= generated_code.MANY
    assert codes["emulator.a"] == {b"other": b"x"}
