"""A real Chromium for the tests of the pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.pages import Browsers

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def chromium() -> str:
    """The browser's path; where it is missing the test is skipped by name, and on CI that is a failure."""
    if CHROMIUM.is_file():
        return str(CHROMIUM)
    missing = "chromium fehlt: nicht geprüft"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="module")
def browsers(chromium: str) -> Iterator[Browsers]:
    """What the tests of one file share: a user of its own for each page."""
    shared = Browsers(chromium)
    yield shared
    shared.close()
