"""Networks of their own inside this machine (network namespaces), joined by cables (veth).

They have no names: each is held by a descriptor of this process and by who works in it, and is gone with the last of
them, cables included, also after kill -9. So nothing has to be swept.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from emulator.network.weather import Weather

T = TypeVar("T")
FORWARDING = Path("/proc/sys/net/ipv4/ip_forward")
"""Of the network in which it is opened."""
MORTAL = ("setpriv", "--pdeathsig", "KILL")
"""The words before a program that is to end with the thread that starts it, however that ends."""
_CLONE_NEWNET = 0x4000_0000
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Net:
    """One network. `path` is where other programs find it as long as this process holds it."""

    handle: int

    @property
    def path(self) -> str:
        return f"/proc/{os.getpid()}/fd/{self.handle}"

    def enter(self) -> None:
        """From now on this thread opens its sockets there, and starts its programs there."""
        _done(_libc.setns(self.handle, _CLONE_NEWNET), "setns")

    def do(self, act: Callable[[], T]) -> T:
        """Do it there, and wait for it."""
        with ThreadPoolExecutor(1, initializer=self.enter) as thread:
            return thread.submit(act).result()

    def ip(self, *words: str) -> None:
        """`ip` there."""
        self.do(lambda: subprocess.run(["ip", *words], check=True, capture_output=True))

    def start(self, thread: ThreadPoolExecutor, main: Callable[[], Coroutine[object, object, T]]) -> Future[T]:
        """Let a program of ours run there, in a loop and a thread of its own."""

        def run() -> T:
            self.enter()
            return asyncio.run(main())

        return thread.submit(run)

    def inside(self, *command: str) -> tuple[str, ...]:
        """The words that start a program there; it dies with the thread that starts it."""
        return (*MORTAL, "nsenter", f"--net={self.path}", *command)


@contextlib.contextmanager
def network() -> Iterator[Net]:
    """A network with nothing in it but itself, in which nobody passes on what is not for him."""
    net = Net(_opened())
    try:
        net.ip("link", "set", "lo", "up")
        net.do(lambda: FORWARDING.write_text("0", encoding="ascii"))
        yield net
    finally:
        os.close(net.handle)


def joined(one: Net, address: str, other: Net, opposite: str, name: str) -> None:
    """A cable between two networks, with an address (with its mask) at each end. `name`: of both ends."""
    one.ip("link", "add", name, "type", "veth", "peer", "name", name, "netns", other.path)
    for net, at in ((one, address), (other, opposite)):
        net.ip("address", "add", at, "dev", name)
        net.ip("link", "set", name, "up")


@contextlib.contextmanager
def bad_network(one: Net, address: str, other: Net, opposite: str, weather: Weather) -> Iterator[subprocess.Popen[str]]:
    """What `joined` does, with a cable that loses and delays; it is called `netz` at both ends. Yields its program."""
    command = [*MORTAL, sys.executable, "-m", "emulator.network", f"{one.path},{address}", f"{other.path},{opposite}"]
    command += ["--seed", str(weather.seed), "--loss", str(weather.loss), "--burst", str(weather.burst)]
    command += ["--delay-ms", str(weather.delay_s * 1000), "--jitter-ms", str(weather.jitter_s * 1000)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            assert json.loads(program.stdout.readline())["device"] == "network"
            yield program
        finally:
            program.terminate()


def need_networks() -> None:
    """Skip by name where this user may not make networks; on CI that is a failure."""
    missing = [tool for tool in ("ip", "nsenter", "setpriv") if shutil.which(tool) is None]
    missing += [] if os.geteuid() == 0 else ["das Recht, Netze anzulegen (root)"]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"{', '.join(missing)} fehlt: nicht geprüft")
    if missing:
        pytest.skip(f"{', '.join(missing)} fehlt: nicht geprüft")


def _opened() -> int:
    def made() -> int:
        _done(_libc.unshare(_CLONE_NEWNET), "unshare")
        return os.open("/proc/thread-self/ns/net", os.O_RDONLY)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(made).result()


def _done(code: int, what: str) -> None:
    if code != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
