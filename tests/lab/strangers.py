"""Devices of strangers on pseudo-terminals, as a vendor has them on his bench: nothing of LISA is imported here.

The radar's bytes are made and read by aio-ld2410, the door unit is pymodbus' simulator. A program of its own, which
runs as long as its standard input is open: `python strangers.py FOLDER` makes `FOLDER/radar` and `FOLDER/unit`, says
"ready", and answers each line with "ok": `radar 120` (somebody at 120 cm), `radar -` (nobody), `unit 1 0` (its inputs,
from the first on), `radar off`, `radar on`, `unit off`, `unit on` (power).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tty
from collections.abc import Iterable
from pathlib import Path

from aio_ld2410.protocol import Command, CommandCode, CommandFrame, Reply, ReplyStatus, Report, ReportFrame, ReportType
from pymodbus.framer import FramerType
from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

REPORT_S = 0.1
INPUTS = 8
_VALUES = {
    CommandCode.CONFIG_ENABLE: {"protocol_version": 1, "buffer_size": 64},
    CommandCode.CONFIG_DISABLE: None,
    CommandCode.FIRMWARE_VERSION: {"type": 0, "minor": 7, "major": 1, "revision": 0x22091516},
    CommandCode.BLUETOOTH_MAC_GET: {"address": bytes.fromhex("8f272eb80f65")},
}


class Radar:
    """What aio-ld2410 makes of a radar's bytes: reports ten times a second, and none while it is configured."""

    def __init__(self) -> None:
        self.cm = 0
        self._configured = False
        self._heard = b""

    def report(self) -> bytes:
        """The next one; nothing while it is configured."""
        if self._configured:
            return b""
        basic = {
            "target_status": 3 if self.cm else 0,
            "moving_distance": self.cm,
            "moving_energy": 60 if self.cm else 0,
            "static_distance": self.cm,
            "static_energy": 60 if self.cm else 0,
            "detection_distance": self.cm,
        }
        data = Report.build({"type": ReportType.BASIC, "data": {"basic": basic, "engineering": None}})
        return bytes(ReportFrame.build({"data": data}))

    def answers(self, heard: bytes) -> bytes:
        """What it says to what it has heard."""
        self._heard += heard
        said = b""
        while (at := self._heard.find(b"\x04\x03\x02\x01")) >= 0:
            frame, self._heard = self._heard[: at + 4], self._heard[at + 4 :]
            code = int(Command.parse(CommandFrame.parse(frame).data).code)
            self._configured = code != CommandCode.CONFIG_DISABLE
            reply = {"code": code, "status": ReplyStatus.SUCCESS, "data": _VALUES[CommandCode(code)]}
            said += CommandFrame.build({"data": Reply.build(reply)})
        return said


class Line:
    """A line whose end lies under a path as long as its device has power."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ends: tuple[int, int] | None = None

    def open(self) -> int:
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        os.set_blocking(ours, False)
        self._ends = ours, theirs
        self._path.unlink(missing_ok=True)
        self._path.symlink_to(os.ttyname(theirs))
        return ours

    def close(self) -> None:
        if self._ends:
            asyncio.get_running_loop().remove_reader(self._ends[0])
            self._path.unlink(missing_ok=True)
            for end in self._ends:
                os.close(end)
            self._ends = None


def _read(end: int) -> bytes:
    with contextlib.suppress(OSError):
        return os.read(end, 4096)
    return b""


def _write(end: int, data: bytes) -> None:
    with contextlib.suppress(OSError):  # nobody reads: what does not fit is lost, as on a wire
        os.write(end, data)


def _pass_on(here: int, there: int) -> None:
    _write(there, _read(here))


class RadarOnALine:
    def __init__(self, path: Path) -> None:
        self.radar, self._line = Radar(), Line(path)
        self._next: asyncio.TimerHandle | None = None

    async def on(self) -> None:
        end, loop = self._line.open(), asyncio.get_running_loop()

        def hear() -> None:
            _write(end, self.radar.answers(_read(end)))

        def report() -> None:
            _write(end, self.radar.report())
            self._next = loop.call_later(REPORT_S, report)

        loop.add_reader(end, hear)
        report()

    async def off(self) -> None:
        if self._next:
            self._next.cancel()
        self._line.close()

    async def says(self, words: list[str]) -> None:
        self.radar.cm = 0 if words == ["-"] else int(words[0])


class UnitOnALine:
    """pymodbus opens a line as a client does: two pseudo-terminals back to back."""

    def __init__(self, path: Path) -> None:
        self._line, self._behind = Line(path), Line(path.with_name(f".{path.name}"))
        self._inputs = [True] + [False] * (INPUTS - 1)  # a door contact that is closed while the door is
        self._server: ModbusSerialServer | None = None

    async def on(self) -> None:
        loop = asyncio.get_running_loop()
        here, there = self._line.open(), self._behind.open()
        for end, other in ((here, there), (there, here)):
            loop.add_reader(end, _pass_on, end, other)
        words = [SimData(0, datatype=DataType.REGISTERS)]
        coils, inputs = (
            [SimData(0, values=values, datatype=DataType.BITS)] for values in ([False] * 16, self._padded())
        )
        device = SimDevice(1, simdata=(coils, inputs, words, words))
        behind = self._behind._path
        self._server = ModbusSerialServer(device, framer=FramerType.RTU, port=str(behind), baudrate=9600)
        await self._server.serve_forever(background=True)

    async def off(self) -> None:
        if self._server:
            await self._server.shutdown()  # type: ignore[no-untyped-call]  # pymodbus types it half
            self._server = None
        self._line.close()
        self._behind.close()

    async def says(self, words: Iterable[str]) -> None:
        found = [word == "1" for word in words]
        self._inputs = found + [False] * (INPUTS - len(found))
        if self._server:
            await self._server.async_setValues(1, 2, 0, self._padded())

    def _padded(self) -> list[bool]:
        return self._inputs + [False] * (16 - INPUTS)


async def serve(folder: Path) -> None:
    devices: dict[str, RadarOnALine | UnitOnALine] = {
        "radar": RadarOnALine(folder / "radar"),
        "unit": UnitOnALine(folder / "unit"),
    }
    for device in devices.values():
        await device.on()
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        name, *words = line.split()
        match words:
            case ["off"]:
                await devices[name].off()
            case ["on"]:
                await devices[name].off()
                await devices[name].on()
            case _:
                await devices[name].says(words)
        print("ok", flush=True)
    for device in devices.values():
        await device.off()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
