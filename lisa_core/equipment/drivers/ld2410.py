"""Driver for the HLK-LD2410 presence radar: slot `Presence`."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator

from lisa_core.domain.model.readings import DeviceIdentity, PresenceReport
from lisa_core.equipment.codecs.ld2410 import BAUDRATE, Code, Parser, Report, TargetState, firmware
from lisa_core.equipment.drivers.radars.line import RadarLine
from lisa_core.equipment.lines.stream import ByteStream
from lisa_core.equipment.slots.devices import Presence
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Option, Serves, Tried, chosen
from lisa_core.host.address import SERIAL


class Ld2410:
    """One radar. Reports go to one reader."""

    def __init__(self, stream: ByteStream, where: str, baudrate: int = BAUDRATE) -> None:
        self._line: RadarLine[Report] = RadarLine(stream, where, baudrate, Parser)
        self.follow, self.resume = self._line.follow, self._line.resume
        self.configured, self.ask = self._line.configured, self._line.ask
        self.ping = self._line.ping

    @property
    def delay_s(self) -> float:
        """Seconds by which a report may be late, where the line is a long one."""
        return self._line.rounds.worst_s

    async def reports(self) -> AsyncGenerator[PresenceReport, None]:
        """Report for ever. Faults: `presence.silent`, `presence.garbled`, `presence.calibrating`, `link.lost`."""
        while True:
            yield self._reading(await self._line.next_report())

    async def identify(self) -> DeviceIdentity:
        """Ask for firmware and address; the radar sends no reports meanwhile (some milliseconds)."""
        async with self.configured():
            version = await self.ask(Code.FIRMWARE)
            address = await self.ask(Code.MAC, b"\x01\x00")
        text = firmware(version.data) if len(version.data) == 8 else ""
        return DeviceIdentity("Hi-Link", "HLK-LD2410", address.data.hex(":"), text)

    def _reading(self, report: Report) -> PresenceReport:
        if report.status > TargetState.BOTH:
            raise self._line.fault(
                "calibrating", "Es misst sein Grundrauschen ein. Das Bürgerbüro leer lassen und warten."
            )
        moving = report.status in (TargetState.MOVING, TargetState.BOTH)
        still = report.status in (TargetState.STILL, TargetState.BOTH)
        # Real modules leave the field of a still person at 0 and say the distance elsewhere: 0 is no distance.
        still_cm = report.still_cm or report.detection_cm or report.moving_cm
        return PresenceReport(
            report.moving_cm if moving else None,
            still_cm if still else None,
            min(report.moving_energy, 100),
            min(report.still_energy, 100),
        )


@contextlib.asynccontextmanager
async def open_ld2410(binding: str, options: Given) -> AsyncIterator[Ld2410]:
    """Open the radar at a device path, `rfc2217://` or `socket://`."""
    from lisa_core.equipment.lines.serial import open_serial  # pyserial is needed where something is opened

    baudrate = int(chosen(OPTIONS, options)["baudrate"])
    stream = await open_serial(binding, baudrate=baudrate)
    radar = Ld2410(stream, binding, baudrate)
    following = asyncio.create_task(radar.follow(), name=f"presence {binding}")
    try:
        await radar.resume()
        yield radar
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await stream.aclose()


OPTIONS = (Option("baudrate", int, "Geschwindigkeit der Leitung", BAUDRATE, least=50, most=4_000_000),)
EVIDENCE = Evidence(
    "Präsenzradar HLK-LD2410",
    Tried.PAPERS,
    "die Beispiele aus dem Handbuch von Hi-Link (Serial communication protocol V1.02)",
    (
        "ob es schweigt, so lange es im Konfigurationsmodus ist",
        "ob es außerhalb davon andere Befehle als CONFIG_ENABLE ablehnt",
    ),
)
DRIVER = Driver(
    "hlk-ld2410", (Serves(Presence),), SERIAL, open_ld2410, OPTIONS, can=("entfernung", "kennung"), evidence=EVIDENCE
)
