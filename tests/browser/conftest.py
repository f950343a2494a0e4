"""A real Chromium for the tests of the pages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture
def chromium() -> str:
    """The browser's path; where it is missing the test is skipped by name, and on CI that is a failure."""
    if CHROMIUM.is_file():
        return str(CHROMIUM)
    missing = "chromium fehlt: nicht geprüft"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)
