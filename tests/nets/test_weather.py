"""The bad network: what its seed says is what is lost, and a packet takes as long as it is to."""

from __future__ import annotations

import contextlib
import json
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from emulator.network.weather import Weather, fate
from tests.media.booths import LIMIT_S
from tests.nets.namespaces import Net, bad_network, need_networks, network

COUNT = 400


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
    with network() as one, network() as other, bad_network(one, "10.9.0.1/30", other, "10.9.0.2/30", weather):
        taken_s = _sent(one, other, COUNT)
    assert set(range(COUNT)) - set(taken_s) == {n for n in range(COUNT) if fate(weather, 0, n) is None}
    for number, seconds in taken_s.items():
        assert seconds > (fate(weather, 0, number) or 0) - 0.0005, "before its time"
    late = statistics.median(seconds - (fate(weather, 0, number) or 0) for number, seconds in taken_s.items())
    print(f"median lateness {late * 1000:.2f} ms")


def test_what_makes_no_sense_is_said() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "emulator.network", "/nirgends,10.9.0.1/30", "/nirgends,10.9.0.2/30"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 5
    assert "/nirgends: Hier entsteht kein Netz" in done.stderr


def _sent(one: Net, other: Net, count: int) -> dict[int, float]:
    """Packets with their number and the time they left; how long each took that came."""
    taken: dict[int, float] = {}
    with other.do(_socket) as far, one.do(_socket) as near, ThreadPoolExecutor(1) as thread:
        far.bind(("10.9.0.2", 0))
        far.settimeout(0.5)

        def received() -> None:
            with contextlib.suppress(TimeoutError):
                while True:
                    number, left_s = json.loads(far.recv(100))
                    taken[number] = time.monotonic() - left_s

        hearing = thread.submit(received)
        for number in range(count):
            near.sendto(json.dumps([number, time.monotonic()]).encode(), far.getsockname())
        hearing.result(LIMIT_S)
    return taken


def _socket() -> socket.socket:
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
