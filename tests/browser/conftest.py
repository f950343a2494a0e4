"""Real browsers for the tests of the pages."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser import relay
from tests.browser.pages import LIMIT_MS, Browsers

CHROMIUM = Path("/usr/bin/chromium")
expect.set_options(timeout=LIMIT_MS)


@pytest.fixture(scope="session")
def chromium() -> str:
    return there(CHROMIUM)


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A program that starts Firefox and lets Playwright speak to it (tests.browser.relay)."""
    there(Path(relay.FIREFOX))
    if not has_a_way_out():
        pytest.skip("dieser Rechner hat kein Netz, und Firefox dann kein Gespräch: nicht geprüft")
    started = tmp_path_factory.mktemp("browser") / "firefox"
    started.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{relay.__file__}" "$@"\n', encoding="utf-8")
    started.chmod(0o755)
    return str(started)


def has_a_way_out() -> bool:
    """Whether there is a route to elsewhere; nothing is sent. Without one Firefox has no candidate at all."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(("198.51.100.1", 9))
        except OSError:
            return False
        return True


def there(browser: Path) -> str:
    """The browser's path; where it is missing the test is skipped by name, and on CI that is a failure."""
    if browser.is_file():
        return str(browser)
    missing = f"{browser.name} fehlt: nicht geprüft"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def browsers(chromium: str) -> Iterator[Browsers]:
    """What the tests of one worker share: a user of its own for each page."""
    shared = Browsers(chromium)
    yield shared
    shared.close()
