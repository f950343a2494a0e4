"""Devices that somebody else built: scanner, radar, door unit and printer on sockets, who say what a test wants."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from emulator.devices import door
from emulator.devices.scanner import CAPABILITIES
from emulator.world.attending import attending
from lisa_core.equipment.codecs import escl, ld2410
from lisa_core.equipment.codecs.escl_capabilities import write_capabilities
from lisa_core.equipment.codecs.modbus_rtu import ExceptionResponse, RequestParser, encode_answer, encode_exception

SITTING = ld2410.encode(ld2410.Report(ld2410.TargetState.STILL, 0, 0, 80, 60, 80))
NOBODY = ld2410.encode(ld2410.Report(ld2410.TargetState.NOBODY))

_STILL = (True, *(False,) * (door.CHANNELS - 1))

Attend = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def listening(attend: Attend) -> AsyncIterator[int]:
    """Serve connections until the context ends; yields the port. Who talks to a device may hang up at any time."""

    async def patient(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.LimitOverrunError):  # as good as an end
            await attend(reader, writer)

    async with attending(patient, partial(asyncio.start_server, host="127.0.0.1", port=0)) as server:
        port: int = server.sockets[0].getsockname()[1]
        yield port


def http(status: str, body: bytes = b"", *head: str) -> bytes:
    """A whole answer; the connection is closed after it."""
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *head, "", "")
    return "\r\n".join(lines).encode() + body


@dataclass
class Scanner:
    """An eSCL server with `pages` in its feeder; `answers` take the place of what it would say to method and path."""

    pages: list[bytes] = field(default_factory=list)
    answers: dict[tuple[str, str], bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, path, _ = head.split("\r\n")[0].split(" ")
        length = head.lower().partition("content-length:")[2].split("\r\n")[0].strip()
        await reader.readexactly(int(length or 0))
        what = (method, path.rpartition("/")[2])
        writer.write(self.answers.get(what) or self._answer(what))
        self.asked.append((method, path))
        self.changed.set()
        await writer.drain()

    def _answer(self, what: tuple[str, str]) -> bytes:
        match what:
            case ("GET", "ScannerCapabilities"):
                return http("200 OK", write_capabilities(CAPABILITIES))
            case ("GET", "ScannerStatus"):
                feeder = escl.FeederState.LOADED if self.pages else escl.FeederState.EMPTY
                return http("200 OK", escl.write_status(escl.ScannerStatus(escl.State.IDLE, feeder)))
            case ("POST", "ScanJobs"):
                return http("201 Created", b"", "Location: /eSCL/ScanJobs/1")
            case ("GET", "NextDocument") if self.pages:
                return http("200 OK", self.pages.pop(0), "Content-Type: image/jpeg")
            case ("DELETE", _):
                return http("200 OK")
            case _:
                return http("404 Not Found")


@dataclass
class Radar:
    """Reports ten times a second that somebody sits there, or nobody; what is in `noise` comes between."""

    sees: bytes = NOBODY
    noise: list[bytes] = field(default_factory=list)

    async def attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        reading = asyncio.ensure_future(reader.read())
        try:
            while not reading.done():
                writer.write(self.sees)
                while self.noise:
                    writer.write(self.noise.pop(0))
                await writer.drain()
                rhythm: asyncio.Future[None] = loop.create_future()
                loop.call_later(ld2410.REPORT_PERIOD_S, rhythm.set_result, None)
                await rhythm
        finally:
            reading.cancel()


@dataclass
class DoorUnit:
    """A Modbus unit at a closed door and a button nobody presses; what is in `noise` comes before its next answer."""

    noise: list[bytes] = field(default_factory=list)

    async def attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        parser, unit = RequestParser(), door.Unit()
        while data := await reader.read(4096):
            for message in parser.feed(data):
                while self.noise:
                    writer.write(self.noise.pop(0))
                if isinstance(message, ExceptionResponse):
                    writer.write(encode_exception(message))
                    continue
                unit, said = door.answer(unit, _STILL, message)
                writer.write(
                    encode_exception(said) if isinstance(said, ExceptionResponse) else encode_answer(message, said)
                )
                await writer.drain()


@dataclass
class Printer:
    """A raw port that takes everything and says `says` before it closes."""

    says: bytes = b""
    jobs: int = 0

    async def attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(64 * 1024):
            pass
        writer.write(self.says)
        await writer.drain()
        self.jobs += 1


@dataclass
class Devices:
    """All of them, and the lines of a profile that bind them."""

    scanner: Scanner = field(default_factory=Scanner)
    radar: Radar = field(default_factory=Radar)
    door: DoorUnit = field(default_factory=DoorUnit)
    printer: Printer = field(default_factory=Printer)

    @contextlib.asynccontextmanager
    async def bound(self) -> AsyncIterator[str]:
        """Serve them; yields TOML for a profile."""
        async with contextlib.AsyncExitStack() as stack:
            ports = [
                await stack.enter_async_context(listening(device.attend))
                for device in (self.scanner, self.radar, self.door, self.printer)
            ]
            scanner, radar, unit, printer = ports
            bus = dict.fromkeys(("door", "call_button", "privacy_glass", "lamp"), f"socket://127.0.0.1:{unit}")
            bindings = {
                "scanner": f"http://127.0.0.1:{scanner}/eSCL",
                "presence": f"socket://127.0.0.1:{radar}",
                "printer": f"socket://127.0.0.1:{printer}",
                **bus,
            }
            lines = {slot: f'[slots.{slot}]\nbinding = "{binding}"\n' for slot, binding in bindings.items()}
            lines["scanner"] += "tries = 3\npause_s = 0.01\ntimeout_s = 2\n"
            yield "\n".join(lines.values())
