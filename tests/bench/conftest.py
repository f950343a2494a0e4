"""What measures belongs to `make bench` and `make test-long`: beside other tests its figures say nothing."""

from __future__ import annotations

import os

import pytest

LONG = os.environ.get("LISA_LONG") == "1"
_ELSEWHERE = pytest.mark.skip(reason="misst: make bench, oder mit LISA_LONG=1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Called with every test of the run, also those of other folders."""
    for item in items:
        if not LONG and item.get_closest_marker("bench"):
            item.add_marker(_ELSEWHERE)
