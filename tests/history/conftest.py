"""A home for runs that are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.history.runs import Home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty folder, which is the current one: runs name files as they are seen from there."""
    monkeypatch.chdir(tmp_path)
    return Home(tmp_path)
