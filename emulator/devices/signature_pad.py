"""The emulated signature pad in its world: on a serial line (a pty), or on USB (over USB/IP).

The pen is the world's: while a recording plays, the pad reports it at its own rate and its LCD shows ink where the pen
touches. What is visible goes back into the world (act `ink`), so that a scenario can ask whether anything is left.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator

from emulator.devices.pty import Pty, open_pty
from emulator.devices.stu.ailing import felt, loses, stumbles
from emulator.devices.stu.model import PLAIN, pad_model
from emulator.devices.stu.pad import StuPad
from emulator.devices.stu.usb import StuUsb
from emulator.devices.stu.usbip_server import SCHEME, UsbipServer, serve_usbip
from emulator.devices.uart import LineSettings
from emulator.paper.strokes import load, sample
from emulator.world.line_faults import LineFaults
from emulator.world.live_world import LiveWorld
from emulator.world.world import Pen
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.readings import PenSample
from lisa_core.equipment.codecs.stu.framing import CRC_START, Deframer, frame
from lisa_core.equipment.codecs.stu.reports import Report
from lisa_core.equipment.codecs.stu.table import encode
from lisa_core.equipment.slots.pad_faults import HANGS, RESTARTS
from lisa_core.host import clock

LINE = LineSettings(128_000)
NAME = "signature-pad"
UNPLUGGED = frozenset({f"{NAME}.abgezogen", f"{NAME}.umgesteckt"})
"""On a serial line the pty sees to these."""
ANYWHERE = f"{SCHEME}127.0.0.1:0"
USB_MODEL = "stu-540"
"""Which model a pad on USB is when none is asked for."""
_WAIT_S = 0.002
MOST_US = 500_000
"""How much of the pen is reported in one go: after a machine has stood still, whoever reads has to keep up."""


def due(pen: Pen, after_us: int, until_us: int, rate_hz: int) -> Iterator[tuple[int, PenSample | None]]:
    """What a pad with that rate sees of the pen after `after_us` up to `until_us`; None once, when it has gone."""
    recording = load(pen.recording)
    period_us = 1_000_000 // rate_hz
    number = max(0, (after_us - pen.since_us) // period_us + 1)
    while number * period_us <= until_us - pen.since_us:
        seen = sample(recording, number * period_us)
        yield pen.since_us + number * period_us, seen
        if seen is None:
            return
        number += 1


@contextlib.asynccontextmanager
async def open_signature_pad(
    world: LiveWorld, *, listen: str = "", personality: str = "", crc: str = "0000", pad: StuPad | None = None
) -> AsyncIterator[str]:
    """Switch the pad on; yields the path of its serial line (`listen` names one), or its `usbip://` address.

    `listen` "usbip://host:port" puts it on USB; a model without a serial line goes there by itself. `crc` as in
    `CRC_START`. Raises `HarnessError` for a path and a model that has no serial line.
    """
    if pad is None:
        name = personality or (USB_MODEL if listen.startswith(SCHEME) else "")
        pad = StuPad(clock.now_us(), model=pad_model(name) if name else PLAIN)
    if not (listen or pad.model.serial_line):
        listen = ANYWHERE
    if listen.startswith(SCHEME):
        server = UsbipServer(StuUsb(pad, clock.now_us))
        usb = _Usb(world, pad, server)
        async with serve_usbip(server, listen) as address, _running(usb.watch(), usb.play(), usb.show()):
            yield address
        return
    if not pad.model.serial_line:
        raise HarnessError(f"Ein {pad.model.name} hat keine serielle Leitung: --listen usbip://127.0.0.1:0 angeben.")
    async with open_pty(listen, LINE, LineFaults(world, NAME)) as pty:
        line = _Line(world, pad, pty, CRC_START[crc])
        async with _running(line.listen(), line.play()):
            yield pty.path


@contextlib.asynccontextmanager
async def _running(*works: Coroutine[None, None, None]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        # A pad whose work has ended by itself was none: whatever the body met (a silent pad), this is the cause.
        broken = [error for task in tasks if task.done() and (error := task.exception())]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if broken:
            raise HarnessError(f"Das emulierte Unterschriftenpad ist ausgefallen: {broken[0]}") from broken[0]


class _Played:
    """The pad in its world; `say` sends a report."""

    def __init__(self, world: LiveWorld, pad: StuPad, say: Callable[[Report | None], None]) -> None:
        self._world, self._pad, self._say = world, pad, say
        self._seen_us = clock.now_us()
        self._touched: PenSample | None = None
        """Where the pen touched last; a pad that hangs goes on feeling it there."""

    @property
    def silent(self) -> bool:
        """Whether it has no power."""
        return NAME in self._world.state.silent

    async def play(self) -> None:
        """Report the world's pen for ever."""
        while True:
            state = self._world.state
            self._pad.faults = state.faults
            hangs = HANGS in state.faults and self._touched is not None
            if state.pen is None and not self._pad.near and not hangs:
                await self._world.changed(state.revision)
                continue
            now_us = clock.now_us()
            if state.pen:
                self._seen_us = max(self._seen_us, state.pen.since_us - 1)
                now_us = min(now_us, self._seen_us + MOST_US)
            gone = state.pen is None
            if state.pen:
                gone = self._follow(state.pen, now_us)
            elif hangs:
                self._say(self._pad.write(felt(state.faults, None, self._touched), now_us))
            self._seen_us = now_us
            await self.tell()
            if gone:
                await self._take_away(now_us, hangs)
            await asyncio.sleep(_WAIT_S)

    def _follow(self, pen: Pen, now_us: int) -> bool:
        """Report what the pen did since we looked last; whether it has gone."""
        faults = self._pad.faults
        if stumbles(RESTARTS, faults, pen, self._seen_us, now_us):
            self.start_anew(now_us)
        for at_us, seen in due(pen, self._seen_us, now_us, self._pad.rate_hz):
            felt_now = felt(faults, seen, self._touched)
            if felt_now and felt_now.down:
                self._touched = felt_now
            if seen and loses(faults, pen, at_us):
                self._pad.lose()
            elif seen or felt_now is None:
                self._say(self._pad.write(felt_now, at_us))
            if seen is None:
                return True
        return False

    def start_anew(self, now_us: int) -> None:
        """The pad forgets all that it was told."""
        self._pad.restart(now_us)

    async def _take_away(self, now_us: int, hangs: bool) -> None:
        if not hangs:
            self._touched = None
            if self._pad.near:
                self._say(self._pad.write(None, now_us))
        if self._world.state.pen:
            await self._world.act("pen_away")

    async def tell(self) -> None:
        """Let the world know what can be seen on the LCD, and whether somebody may sign."""
        if self._pad.blank == self._world.state.pad_ink:
            await self._world.act("ink", visible=not self._pad.blank)
        if self._pad.armed is not self._world.state.pad_armed:
            await self._world.act("arm_pad", on=self._pad.armed)


class _Line(_Played):
    """On a serial line."""

    def __init__(self, world: LiveWorld, pad: StuPad, pty: Pty, crc_start: int | None) -> None:
        super().__init__(world, pad, self._send)
        self._pty, self._crc_start = pty, crc_start
        self._deframer = Deframer(crc_start)

    async def listen(self) -> None:
        """Answer the host for ever."""
        await self.tell()
        while True:
            for data in self._deframer.feed(await self._pty.read()):
                self._pad.faults = self._world.state.faults
                self._send(self._pad.answer(data, clock.now_us()))
            await self.tell()

    def _send(self, report: Report | None) -> None:
        if report and not self.silent:
            crc_start = self._crc_start if self._deframer.with_crc else None
            self._pty.write(frame(encode(report), crc_start))


class _Usb(_Played):
    """On USB: what is asked is answered by `StuUsb`."""

    def __init__(self, world: LiveWorld, pad: StuPad, server: UsbipServer) -> None:
        super().__init__(world, pad, self._send)
        self._server = server

    async def watch(self) -> None:
        """Plug it in and out as the world says, for ever."""
        plugged = True
        while True:
            state = self._world.state
            self._pad.faults = state.faults
            gone = self.silent or bool(UNPLUGGED & {*state.faults})
            if plugged == gone:
                plugged = not gone
                self._pad.restart(clock.now_us())
                self._server.plug(plugged)
                await self.tell()
            await self._world.changed(state.revision)

    async def show(self) -> None:
        """Let the world see what the host's reports change on the LCD, for ever."""
        await self.tell()
        while True:
            await self._server.stirred.wait()
            self._server.stirred.clear()
            await self.tell()

    def start_anew(self, now_us: int) -> None:
        """On USB it is gone for a moment."""
        super().start_anew(now_us)
        self._server.hang_up()

    def _send(self, report: Report | None) -> None:
        if report:
            self._server.report(encode(report))
