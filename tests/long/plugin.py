"""In pytest: leaves out what has passed already, and writes down what comes of each test as soon as it has ended."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.long.record import RED, WELL, say, state, whole

PHASES = ("setup", "call", "teardown")
GOES_ON = "again to go on"
"""What a test says that has kept how far it came: it is not done."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("long")
    group.addoption("--long-part", help="the part's name")
    group.addoption("--long-record", type=Path, help="the file that says what is done")
    group.addoption("--long-until", type=int, help="how much of it counts: workers that come later read the same")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Writer(config.option.long_record, config.option.long_part), "long-writer")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    known = whole(config.option.long_record, config.option.long_until)
    passed = set(state(known, config.option.long_part).of(WELL))
    out = [item for item in items if item.nodeid in passed]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item.nodeid not in passed]


class _Writer:
    """In the process that hands out the work."""

    def __init__(self, path: Path, part: str) -> None:
        self._path, self._part = path, part
        self._outcomes: dict[str, str] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._plan([item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        self._plan(ids)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and isinstance(report.longrepr, tuple) and GOES_ON in report.longrepr[2]:
            self._outcomes[report.nodeid] = ""
        elif self._outcomes.get(report.nodeid, WELL) == WELL or report.outcome == RED:
            self._outcomes[report.nodeid] = report.outcome
        if report.when not in PHASES:  # its worker died, and nobody says that it has ended
            self._ended(report.nodeid)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self._ended(nodeid)

    def _plan(self, ids: Sequence[str]) -> None:
        say(self._path, part=self._part, planned=list(ids))

    def _ended(self, nodeid: str) -> None:
        if outcome := self._outcomes.pop(nodeid, ""):
            say(self._path, part=self._part, test=nodeid, outcome=outcome)
