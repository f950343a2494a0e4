"""Installed beside a project that is not ours, the pytest plugin changes nothing."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

FEATURE = """\
Feature: Sums
  Scenario: Right
    Given the number 2
    When 2 is added
    Then the sum is 4

  @slow
  Scenario: Wrong
    Given the number 2
    When 2 is added
    Then the sum is 5
"""

STEPS = """\
from pytest_bdd import given, parsers, scenarios, then, when

scenarios("sums.feature")


@given(parsers.parse("the number {number:d}"), target_fixture="numbers")
def numbers(number):
    return [number]


@when(parsers.parse("{number:d} is added"))
def add(numbers, number):
    numbers.append(number)


@then(parsers.parse("the sum is {expected:d}"))
def check(numbers, expected):
    assert sum(numbers) == expected
"""


@pytest.fixture
def foreign_project(tmp_path: Path) -> Path:
    (tmp_path / "sums.feature").write_text(FEATURE, encoding="utf-8")
    (tmp_path / "test_sums.py").write_text(STEPS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return tmp_path


def test_outcomes_are_the_same_with_and_without_us(foreign_project: Path) -> None:
    without = outcomes(foreign_project, "-p", "no:lisa")
    assert {name: result for name, (result, _) in without.items()} == {
        "test_right": "passed",
        "test_wrong": "failure",
    }
    assert outcomes(foreign_project) == without


def test_a_folder_of_feature_files_is_not_taken_over(foreign_project: Path) -> None:
    """Also where no Python lies beside them: what pytest says is what it says without us."""
    (foreign_project / "features").mkdir()
    (foreign_project / "features" / "sums.feature").write_text(FEATURE, encoding="utf-8")
    (foreign_project / "features" / "german.feature").write_text("Funktionalität: ohne Sprachzeile\n", encoding="utf-8")
    said = []
    for without in ((), ("-p", "no:lisa")):
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *without]
        command += ["features", "features/sums.feature"]
        done = subprocess.run(command, cwd=foreign_project, check=False, capture_output=True, text=True)
        said.append((done.returncode, re.sub(r"[0-9.]+s\b", "", done.stdout), done.stderr))
    assert said[0] == said[1]
    assert said[0][0] in (pytest.ExitCode.NO_TESTS_COLLECTED, pytest.ExitCode.USAGE_ERROR)


def test_entry_module_loads_nothing_heavy() -> None:
    code = (
        "import sys, pytest; known = set(sys.modules); import lisa_core.harness.plugin.entry;"
        "print(*{name.split('.')[0] for name in set(sys.modules) - known} - sys.stdlib_module_names)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert set(done.stdout.split()) <= {"lisa_core"}


def outcomes(project: Path, *arguments: str) -> dict[str, tuple[str, str]]:
    """What pytest says of each test: passed, failure, error or skipped, with its message."""
    command = [sys.executable, "-m", "pytest", "-q", "--junit-xml=result.xml", *arguments]
    done = subprocess.run(command, cwd=project, check=False, capture_output=True, text=True)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout + done.stderr
    cases = ElementTree.parse(project / "result.xml").iter("testcase")
    return {case.attrib["name"]: verdict(case) for case in cases}


def verdict(case: ElementTree.Element) -> tuple[str, str]:
    return next(((child.tag, child.attrib.get("message", "")) for child in case), ("passed", ""))
