"""Strangers' clients: where one is missing the test says so by name, and on CI that is a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from tests.peers.pypi import Missing, installed, installed_npm


def missing(what: str) -> NoReturn:
    """Skip this test, or fail it where CI=true."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture
def need() -> Callable[[str], str]:
    """A function that returns the path of a program, or skips (with CI=true: fails) where it is not installed."""

    def find(tool: str) -> str:
        if path := shutil.which(tool):
            return path
        missing(f"{tool} fehlt: nicht geprüft")

    return find


@pytest.fixture
def pypi(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """A function that returns the folder of `requirements/peers/NAME.txt`, importable in this test; or skips."""

    def found(name: str) -> Path:
        try:
            folder = installed(name)
        except Missing as why:
            missing(str(why))
        monkeypatch.syspath_prepend(str(folder))
        return folder

    return found


@pytest.fixture
def npm() -> Callable[[str], Path]:
    """A function that returns the folder of `requirements/peers/NAME.npm`; or skips."""

    def found(name: str) -> Path:
        try:
            return installed_npm(name)
        except Missing as why:
            missing(str(why))

    return found
