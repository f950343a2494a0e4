"""Driver for the HLK-LD2450 tracking radar and its like (Ai-Thinker Rd-03D): slot `Presence`; counts who is inside.

It tracks who moves: who sits still is tracked for as long as the module holds on to her. Its beam goes through thin
walls, so a target beyond the booth's own depth and width is not inside.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator

from lisa_core.domain.model.readings import DeviceIdentity, PresenceReport
from lisa_core.equipment.codecs.ld2450 import BAUDRATE, TrackingCode, TrackingParser, TrackingReport, firmware
from lisa_core.equipment.drivers.radars.line import RadarLine
from lisa_core.equipment.lines.stream import ByteStream
from lisa_core.equipment.slots.devices import Presence
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Option, Serves, Tried, chosen
from lisa_core.host.address import SERIAL


class Ld2450:
    """One radar. Reports go to one reader."""

    def __init__(self, stream: ByteStream, where: str, options: Given) -> None:
        """`options` are complete."""
        self._line: RadarLine[TrackingReport] = RadarLine(stream, where, int(options["baudrate"]), TrackingParser)
        self._reach_mm, self._side_mm = 10 * int(options["reach_cm"]), 10 * int(options["side_cm"])
        self.follow, self.resume = self._line.follow, self._line.resume
        self.ping = self._line.ping

    @property
    def delay_s(self) -> float:
        """Seconds by which a report may be late, where the line is a long one."""
        return self._line.rounds.worst_s

    async def reports(self) -> AsyncGenerator[PresenceReport, None]:
        """Report for ever. Faults: `presence.silent`, `presence.garbled`, `link.lost`."""
        while True:
            yield self._reading(await self._line.next_report())

    async def identify(self) -> DeviceIdentity:
        """Ask for firmware and address; the radar sends no reports meanwhile (some milliseconds)."""
        async with self._line.configured():
            version = await self._line.ask(TrackingCode.FIRMWARE)
            address = await self._line.ask(TrackingCode.MAC, b"\x01\x00")
        if len(version.data) != 8:
            return DeviceIdentity()  # another maker's, which tracks likewise and says nothing of itself
        text = firmware(version.data)
        return DeviceIdentity("Hi-Link", "HLK-LD2450", address.data.hex(":"), text)

    def _reading(self, report: TrackingReport) -> PresenceReport:
        inside = [
            target
            for target in report.targets
            if target and abs(target.x_mm) <= self._side_mm and 0 <= target.y_mm <= self._reach_mm
        ]
        moving = [target.distance_cm for target in inside if target.speed_cm_s]
        still = [target.distance_cm for target in inside if not target.speed_cm_s]
        return PresenceReport(min(moving, default=None), min(still, default=None), people=len(inside))


@contextlib.asynccontextmanager
async def open_ld2450(binding: str, options: Given) -> AsyncIterator[Ld2450]:
    """Open the radar at a device path, `rfc2217://` or `socket://`."""
    from lisa_core.equipment.lines.serial import open_serial  # pyserial is needed where something is opened

    options = chosen(OPTIONS, options)
    stream = await open_serial(binding, baudrate=int(options["baudrate"]))
    radar = Ld2450(stream, binding, options)
    following = asyncio.create_task(radar.follow(), name=f"presence {binding}")
    try:
        await radar.resume()
        yield radar
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await stream.aclose()


OPTIONS = (
    Option("baudrate", int, "Geschwindigkeit der Leitung", BAUDRATE, least=50, most=4_000_000),
    Option("reach_cm", int, "so weit nach vorn reicht das Bürgerbüro, in Zentimetern", 300, least=10, most=800),
    Option("side_cm", int, "so weit nach jeder Seite, in Zentimetern", 200, least=10, most=800),
)
EVIDENCE = Evidence(
    "Spurradar HLK-LD2450, Ai-Thinker Rd-03D",
    Tried.PAPERS,
    "die Beispiele aus dem Handbuch von Hi-Link (Serial communication protocol V1.03)",
    (
        "Befehle und Zonen",
        "was ein Rd-03D zu Befehlen sagt, die es nicht kennt",
        "sein Feld für die Geschwindigkeit: Handbuch und ESPHome lesen es an zwei Stellen",
    ),
)
DRIVER = Driver(
    "hlk-ld2450",
    (Serves(Presence),),
    SERIAL,
    open_ld2450,
    OPTIONS,
    emulated="tracking-radar",
    can=("entfernung", "kennung", "personen"),
    evidence=EVIDENCE,
)
