"""With pytest-xdist: the process that hands out the scenarios reads all of them first, as every other run does.

So everything that is wrong is told once and nothing has run, and the report knows what is missing when a worker dies.
The workers are told where they take turns.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Generator, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from lisa_core.harness.plugin.stash import TURNS
from lisa_core.host.interruption import RUN, SIGNALS
from lisa_core.host.temporary import sweep_again, temporary_folder

_KEPT = pytest.StashKey[contextlib.ExitStack]()
_TURNS = pytest.StashKey[Path]()


_WORKERS = pytest.StashKey[dict[int, bool]]()
"""Each worker's process, and whether it runs scenarios by now."""
LET_GO_S = 5
"""Seconds that a worker has for wiping once the run was interrupted."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> Generator[None, object, object]:
    """Workers start with signals blocked: a Ctrl-C for the whole terminal would kill them before they can handle it.

    Scenarios are handed out one by one, so that few wait behind a long one.
    """
    if session.config.option.maxschedchunk is None:
        session.config.option.maxschedchunk = 1
    deaf = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        return (yield)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, deaf)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtestloop() -> Generator[None, object, object]:
    """The process that hands out the scenarios waits for its workers here."""
    with RUN.breakable():
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, object, object]:
    """Whoever interrupts this process alone interrupts the workers too; they are our own."""
    if RUN.came:
        nodes: Any = session.config.pluginmanager.getplugin("dsession")
        nodes.nodemanager.EXIT_TIMEOUT = LET_GO_S
        for number, ready in session.config.stash.get(_WORKERS, {}).items():
            if not _is_ours(number):
                continue
            with contextlib.suppress(ProcessLookupError):
                # a worker that is not ready has opened nothing, and its signals are blocked
                os.kill(number, signal.SIGINT if ready else signal.SIGKILL)
    return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodeready(node: Any) -> None:
    """A hook of pytest-xdist: from here on the worker handles signals."""
    node.config.stash[_WORKERS][node.gateway._rinfo().pid] = True


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """A hook of pytest-xdist."""
    node.config.stash.setdefault(_WORKERS, {})[node.gateway._rinfo().pid] = False
    stash = node.config.stash
    if _TURNS not in stash:
        RUN.at_last(partial(_kill, stash[_WORKERS]))
        stash[_KEPT] = contextlib.ExitStack()
        stash[_TURNS] = temporary_folder(stash[_KEPT], "turns")
    node.workerinput[TURNS] = str(stash[_TURNS])


def _kill(workers: Iterable[int]) -> None:
    """This process ends now, and nobody waits for them."""
    for number in list(workers):
        if not _is_ours(number):
            continue
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(number, signal.SIGKILL)
            os.waitid(os.P_PID, number, os.WEXITED | os.WNOWAIT)  # until then it has its folders
    sweep_again()


def _is_ours(number: int) -> bool:
    """Whether this process is a child of ours: the number of one that has died may be somebody else's by now."""
    try:
        os.waitid(os.P_PID, number, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def pytest_unconfigure(config: pytest.Config) -> None:
    if _KEPT in config.stash:
        config.stash[_KEPT].close()
    if RUN.came:
        sweep_again()  # what workers left that had to be killed


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """pytest-xdist collects nothing here; what we collect is for the record alone."""
    session.perform_collect()
    if session.testsfailed:
        raise session.Interrupted("collection")
    result = yield
    session.items = []
    return result
