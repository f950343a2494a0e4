"""The bad network: what its seed says is what is lost, and a packet takes as long as it is to."""

from __future__ import annotations

import contextlib
import json
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest

from emulator.network.weather import Weather, fate
from tests.media.booths import LIMIT_S
from tests.nets.namespaces import Net, bad_network, need_networks, network

COUNT = 400
BUFFER = 4_000_000
"""Bytes that wait for a thread which has no turn: 400 packets are some 300,000 to a kernel, and its usual is less."""
SO_RCVBUFFORCE = 33
"""Of Linux (asm-generic/socket.h); Python has no name for it."""


def test_the_same_seed_loses_the_same_and_another_one_others() -> None:
    def lost(weather: Weather, direction: int = 0) -> list[int]:
        return [number for number in range(20_000) if fate(weather, direction, number) is None]

    found = lost(Weather(7, 0.05))
    assert found == lost(Weather(7, 0.05))
    assert 900 < len(found) < 1_100
    assert len({tuple(found), tuple(lost(Weather(8, 0.05))), tuple(lost(Weather(7, 0.05), 1))}) == 3
    runs = lost(Weather(7, 0.05, burst=5))
    assert {number // 5 for number in runs} == {number // 5 for number in runs if number % 5 == 0}
    times = [fate(Weather(7, 0, 1, 0.04, 0.005), 0, number) or 0 for number in range(5_000)]
    assert 0.035 <= min(times) < 0.0352
    assert 0.0448 < max(times) <= 0.045


def test_what_is_lost_is_what_the_seed_says_and_the_rest_takes_its_time() -> None:
    need_networks()
    weather = Weather(7, 0.1, 1, 0.04, 0.005)
    last = next(number for number in range(COUNT, 2 * COUNT) if fate(weather, 0, number) is not None)
    come = [number for number in range(last + 1) if fate(weather, 0, number) is not None]
    with network() as one, network() as other, bad_network(one, "10.9.0.1/30", other, "10.9.0.2/30", weather):
        taken_s = _sent(one, other, come)
    assert sorted(taken_s) == come
    for number, seconds in taken_s.items():
        assert seconds > (fate(weather, 0, number) or 0) - 0.0005, "before its time"
    late = statistics.median(seconds - (fate(weather, 0, number) or 0) for number, seconds in taken_s.items())
    print(f"median lateness {late * 1000:.2f} ms")


def test_an_end_that_goes_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    need_networks()
    ends = "10.9.0.1/30", "10.9.0.2/30"
    with network() as one, network() as other, bad_network(one, ends[0], other, ends[1], Weather()) as program:
        other.ip("link", "delete", "netz")
        assert program.wait(LIMIT_S) == 5
    said = capfd.readouterr().err
    assert said.startswith("Ein Ende des Netzes ist nicht mehr da (")
    assert "Traceback" not in said


def test_what_makes_no_sense_is_said() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "emulator.network", "/nirgends,10.9.0.1/30", "/nirgends,10.9.0.2/30"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 5
    assert "/nirgends: Hier entsteht kein Netz" in done.stderr


def _sent(one: Net, other: Net, come: list[int]) -> dict[int, float]:
    """Packets with their number and the time they left; how long each took that came.

    Listens until all that are to `come` have come. The last of them leaves when the others have arrived: so it comes
    after whatever else came and should not.
    """
    taken: dict[int, float] = {}
    *first, last = come
    with other.do(_socket) as far, one.do(_socket) as near, ThreadPoolExecutor(1) as thread:
        far.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER)
        far.bind(("10.9.0.2", 0))
        far.settimeout(LIMIT_S)

        def received(wanted: set[int]) -> None:
            with contextlib.suppress(TimeoutError):
                while not wanted <= taken.keys():
                    number, left_s = json.loads(far.recv(100))
                    taken[number] = time.monotonic() - left_s

        def send(numbers: Iterable[int]) -> None:
            for number in numbers:
                near.sendto(json.dumps([number, time.monotonic()]).encode(), far.getsockname())

        hearing = thread.submit(received, set(first))
        send(range(COUNT))
        hearing.result()
        send(range(COUNT, last + 1))
        received({last})
    return taken


def _socket() -> socket.socket:
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
