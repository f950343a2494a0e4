"""Strangers' clients: where one is missing the test says so by name, and on CI that is a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest


@pytest.fixture
def need() -> Callable[[str], str]:
    """A function that returns the path of a program, or skips (with CI=true: fails) where it is not installed."""

    def find(tool: str) -> str:
        if path := shutil.which(tool):
            return path
        missing = f"{tool} fehlt: nicht geprüft"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)

    return find
