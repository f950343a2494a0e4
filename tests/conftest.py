"""What every test stands on: Ctrl-C works, who measures is alone on the machine, and what takes long comes first."""

from __future__ import annotations

import gc
import signal
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from lisa_core.harness.plugin.turns import turn

LONGEST = (
    "tests/fuzz/test_fuzz.py",
    "tests/packaging/test_wheel.py",
    "tests/gherkin/test_run.py",
    "tests/browser/test_visit.py",
    "tests/faults/test_matrix.py",
    "tests/system/test_flat.py",
    "tests/load/test_load.py",
    "tests/opposites/test_opposites.py",
    "tests/attack/test_attacks.py",
    "tests/browser/test_pages.py",
    "tests/system/test_seam.py",
    "tests/tidy/test_checkers.py",
    "tests/browser/test_firefox.py",
    "tests/standby/test_takeover.py",
    "tests/standby/test_desk_goes_on.py",
    "tests/access/test_network_attacks.py",
    "tests/tester/test_guided_run.py",
    "tests/gherkin/test_workers.py",
    "tests/gherkin/test_first_hour.py",
    "tests/browser/test_desk_layout.py",
    "tests/browser/test_screen.py",
    "tests/system/test_endings.py",
    "tests/system/test_held_up.py",
    "tests/gherkin/test_traps.py",
    "tests/system/test_interrupts.py",
    "tests/gherkin/test_folder.py",
    "tests/system/test_two_programs.py",
    "tests/nets/test_address_change.py",
    "tests/nets/test_relay.py",
    "tests/gherkin/test_requirements.py",
    "tests/system/test_power_cut.py",
    "tests/system/test_bad_input.py",
    "tests/gherkin/test_honest_steps.py",
    "tests/simulation/test_planted_in_outages.py",
    "tests/compat/test_frozen.py",
    "tests/simulation/test_planted_in_papers.py",
    "tests/devices/test_pad_faults.py",
    "tests/system/test_memory.py",
    "tests/gherkin/test_runtime_traps.py",
    "tests/simulation/test_nation_workers.py",
    "tests/packaging/test_new_driver.py",
    "tests/browser/test_harness_pages.py",
    "tests/simulation/test_planted_bugs.py",
    "tests/gherkin/test_memory_alone.py",
    "tests/tester/test_pause.py",
    "tests/devices/test_camera_head.py",
    "tests/visit/test_state_space.py",
    "tests/visit/test_handing_in.py",
)
"""The files that take ten seconds and more, the longest first: `make test ARGS=--durations=60` shows which.

But the second one measures, and what it finds undecided it measures alone: beside it come files of many short tests,
none of them over before it has its turn, since whoever waits for the end of a long one waits for nothing.
"""


# On a busy machine an example takes as long as it takes.
settings.register_profile("lisa", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lisa")


def pytest_configure() -> None:
    """A shell that starts tests in the background ignores Ctrl-C for them and for all that they start; so does nohup
    with SIGHUP. What is caught rather than ignored does nothing here, and programs that tests start have it afresh."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda number, frame: None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Workers take whole files in this order: a long one that came last would leave all the others idle."""
    if hasattr(config, "workerinput"):
        first = {name: rank for rank, name in enumerate(LONGEST)}
        items.sort(key=lambda item: first.get(item.nodeid.partition("::")[0], len(first)))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Six thousand tests and all that they import stay until the end: the collector need not look through them."""
    gc.disable()
    try:
        found = yield
        gc.collect()
        gc.freeze()
        return found
    finally:
        gc.enable()


@pytest.fixture
def turns(pytestconfig: pytest.Config) -> Path:
    """The folder of the turns, for a test that takes its own (`lisa_core.harness.plugin.turns.turn`)."""
    assert pytestconfig.cache is not None
    return pytestconfig.cache.mkdir("turns")


@pytest.fixture(autouse=True)
def _turn(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests of several workers run beside each other, but for those marked `alone`: the others wait meanwhile."""
    cache = request.config.cache
    assert cache is not None
    if "turns" in request.fixturenames:
        yield
        return
    with turn(cache.mkdir("turns"), alone=request.node.get_closest_marker("alone") is not None):
        yield
