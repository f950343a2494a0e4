"""Carries packets between two ends as the weather says, until a descriptor tells it to stop."""

from __future__ import annotations

import contextlib
import heapq
import os
import selectors
import time
from itertools import count

from emulator.network.weather import Weather, fate
from lisa_core.domain.model.errors import MachineError
from lisa_core.host.causes import cause

LARGEST = 65_535
AT_ONCE = 64
"""Packets that are read from one end before what is due is delivered."""
GONE = "Ein Ende des Netzes ist nicht mehr da ({}). Neu starten, sobald beide Namensräume stehen."


class Forwarder:
    """`ends`: two descriptors of TUN devices. Packets are numbered from 0 in each direction, IPv4 alone counts and
    passes: what a kernel says by itself over IPv6 would shift the numbers."""

    def __init__(self, ends: tuple[int, int], weather: Weather) -> None:
        self._ends, self._weather = ends, weather
        self._numbers = (count(), count())
        self._order = count()
        self._due: list[tuple[float, int, int, bytes]] = []

    def run(self, stop: int) -> None:
        """Go on until `stop` can be read. Raises `MachineError` when an end is gone, as with its network."""
        try:
            self._run(stop)
        except OSError as error:
            raise MachineError(GONE.format(cause(error))) from error

    def _run(self, stop: int) -> None:
        with selectors.DefaultSelector() as looking:
            for direction, end in enumerate(self._ends):
                looking.register(end, selectors.EVENT_READ, direction)
            looking.register(stop, selectors.EVENT_READ, None)
            while True:
                for key, _ in looking.select(self._wait_s()):
                    if key.data is None:
                        return
                    self._read(key.data)
                self._deliver()

    def _wait_s(self) -> float | None:
        return max(0.0, self._due[0][0] - time.monotonic()) if self._due else None

    def _read(self, direction: int) -> None:
        with contextlib.suppress(BlockingIOError):
            for _ in range(AT_ONCE):
                packet = os.read(self._ends[direction], LARGEST)
                if packet[0] >> 4 != 4:
                    continue
                takes_s = fate(self._weather, direction, next(self._numbers[direction]))
                if takes_s is not None:
                    entry = (time.monotonic() + takes_s, next(self._order), 1 - direction, packet)
                    heapq.heappush(self._due, entry)

    def _deliver(self) -> None:
        now_s = time.monotonic()
        while self._due and self._due[0][0] <= now_s:
            _, _, to, packet = heapq.heappop(self._due)
            with contextlib.suppress(BlockingIOError):  # a full device loses, as a full cable does
                os.write(self._ends[to], packet)
