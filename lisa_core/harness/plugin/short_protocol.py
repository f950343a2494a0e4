"""A shorter way through pytest for scenarios: set up, run, tear down, one record.

pytest's own makes three reports of every test and asks twenty hooks; nothing of `lisa run` looks at them. It is taken
only where nobody else looks either: a conftest.py that has hooks of its own for running tests gets the usual way.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from functools import partial
from typing import Any

import pytest

from lisa_core.harness.plugin.observer import Observer
from lisa_core.harness.plugin.repetition import attempts
from lisa_core.harness.plugin.scenario_item import ScenarioItem
from lisa_core.harness.report.record import ScenarioRecord

_HOOKS = ("protocol", "logstart", "setup", "call", "teardown", "makereport", "logreport", "logfinish")
_ENDS = (pytest.exit.Exception, KeyboardInterrupt)
_KNOWN = ("_pytest.", "pytest_bdd.", "lisa_core.harness.")


def nobody_looks(config: pytest.Config) -> bool:
    """Whether only pytest, pytest-bdd and we have hooks around the running of tests."""
    hooks = (getattr(config.hook, f"pytest_runtest_{name}") for name in _HOOKS)
    return all(found.function.__module__.startswith(_KNOWN) for hook in hooks for found in hook.get_hookimpls())


class ShortProtocol:
    """`take` gets the record of every scenario that has ended."""

    def __init__(self, config: pytest.Config, observer: Observer, take: Callable[[ScenarioRecord], None]) -> None:
        self._observer, self._take = observer, take
        self._capture = config.pluginmanager.getplugin("capturemanager")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """What steps print goes nowhere, as ever: captured once for all of them."""
        with contextlib.ExitStack() as stack:
            if self._capture is not None:
                self._capture.resume_global_capture()
                stack.callback(self._capture.read_global_capture)  # otherwise it is all written out at the end
                stack.callback(self._capture.suspend_global_capture, in_=False)
            return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
        if not isinstance(item, ScenarioItem):
            return None
        state: Any = item.session._setupstate

        def part(work: Callable[[], None]) -> None:
            call: pytest.CallInfo[None] = pytest.CallInfo.from_call(work, "call", reraise=_ENDS)
            if call.excinfo:
                self._observer.failed(call.excinfo.value)

        run, close = partial(part, partial(_run, item)), lambda needed: part(partial(state.teardown_exact, needed))
        record = attempts(item, self._observer, nextitem, run, close)
        item.let_go()
        self._take(record)
        return True


def _run(item: ScenarioItem) -> None:
    state: Any = item.session._setupstate
    state.setup(item)
    item.runtest()
