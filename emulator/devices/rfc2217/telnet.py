"""A serial line over the network, as a port server speaks it: telnet (RFC 854) with the option of RFC 2217. Pure.

`PortServer.feed` takes what a client sent, and returns bytes for the line, an answer for the client, and how the client
wants the line set. Bytes of the line go through `escape`. A command of the option has a number below 100; the server
answers with that number and 100, and with what holds from now on (RFC 2217, section 2): what was asked for where the
line can do it, and what was there where it cannot, as with seven data bits, mark and space parity.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from emulator.devices.uart import LineSettings

IAC, DONT, DO, WONT, WILL, SB, SE = 255, 254, 253, 252, 251, 250, 240
BINARY, ECHO, GO_AHEAD, COM_PORT = 0, 1, 3, 44
OPTIONS = (BINARY, ECHO, GO_AHEAD, COM_PORT)
"""What the server takes part in; every other option is declined."""
OFFERED = ((WILL, BINARY), (DO, BINARY), (WILL, GO_AHEAD), (DO, COM_PORT))
"""What the server says to whoever connects; a client that agrees is not answered once more."""
SIGNATURE, BAUDRATE, DATA_BITS, PARITY, STOP_BITS, CONTROL = range(6)
MODEM_STATE, SUSPEND, RESUME, LINE_MASK, MODEM_MASK, PURGE = 7, 8, 9, 10, 11, 12
ANSWER = 100
PARITIES = {1: "N", 2: "O", 3: "E"}
ASKED_CONTROL = {0: 1, 4: 6, 7: 8, 10: 11, 13: 14}
"""Questions about flow control, break, DTR, RTS and inbound flow: answered as after a reset, for the line has none."""
MOST_OPTION = 512
"""Longer commands, in bytes, are not kept."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a piece of a client's bytes came to."""

    line: bytes = b""
    answer: bytes = b""
    settings: LineSettings | None = None
    """How the client wants the line to be from now on, if it said so."""


class PortServer:
    """One client's connection. `paused`: it asked that no more bytes of the line be sent for now."""

    def __init__(self, settings: LineSettings, signature: str = "LISA") -> None:
        self.settings = settings
        self.paused = False
        self._signature = signature.encode("ascii")
        self._stop_bits = 1
        self._agreed = set(OFFERED)
        self._state = _Text()

    def feed(self, data: bytes) -> Heard:
        """Take the next bytes, however they are cut."""
        before, line, answer = self.settings, bytearray(), bytearray()
        for part in self._state.feed(data):
            match part:
                case int(byte):
                    line.append(byte)
                case (int(verb), int(option)):
                    answer += self._negotiated(verb, option)
                case bytes(command):
                    answer += self._obeyed(command)
        return Heard(bytes(line), bytes(answer), self.settings if self.settings != before else None)

    def _negotiated(self, verb: int, option: int) -> bytes:
        """Agree once to what is known (RFC 854: only a change is answered), decline the rest."""
        wants, theirs = verb in (DO, WILL), verb in (WILL, WONT)
        yes, no = (DO, DONT) if theirs else (WILL, WONT)
        if wants and option not in OPTIONS:
            return bytes((IAC, no, option))
        if wants == ((yes, option) in self._agreed):
            return b""
        (self._agreed.add if wants else self._agreed.discard)((yes, option))
        return bytes((IAC, yes if wants else no, option))

    def _obeyed(self, command: bytes) -> bytes:
        if len(command) < 2 or command[0] != COM_PORT:
            return b""
        code, value = command[1], command[2:]
        match code:
            case _ if code == SIGNATURE:
                return _told(code, self._signature) if not value else b""
            case _ if code == BAUDRATE and len(value) == 4:
                (speed,) = struct.unpack(">I", value)
                self.settings = replace(self.settings, baudrate=speed or self.settings.baudrate)
                return _told(code, struct.pack(">I", self.settings.baudrate))
            case _ if code in (SUSPEND, RESUME):
                self.paused = code == SUSPEND
                return b""
            case _ if len(value) == 1:
                return self._set(code, value[0])
        return b""

    def _set(self, code: int, value: int) -> bytes:
        if code == DATA_BITS:
            return _told(code, b"\x08")
        if code == PARITY:
            self.settings = replace(self.settings, parity=PARITIES.get(value, self.settings.parity))
            now = next(number for number, parity in PARITIES.items() if parity == self.settings.parity)
            return _told(code, bytes((now,)))
        if code == STOP_BITS:
            self._stop_bits = value or self._stop_bits
            return _told(code, bytes((self._stop_bits,)))
        if code == CONTROL:
            return _told(code, bytes((ASKED_CONTROL.get(value, value),)))
        if code == MODEM_MASK:
            return _told(code, bytes((value,))) + _told(MODEM_STATE, b"\x00")
        return _told(code, bytes((value,))) if code in (LINE_MASK, PURGE) else b""


def greeting() -> bytes:
    """What a port server says to whoever connects."""
    return b"".join(bytes((IAC, verb, option)) for verb, option in OFFERED)


def escape(data: bytes) -> bytes:
    """Bytes of the line as they travel: 255 is doubled."""
    return data.replace(b"\xff", b"\xff\xff")


def _told(code: int, value: bytes) -> bytes:
    return bytes((IAC, SB, COM_PORT, code + ANSWER)) + escape(value) + bytes((IAC, SE))


class _Text:
    """Tells data (int), verbs ((verb, option)) and commands of options (bytes) apart, across pieces of any size."""

    def __init__(self) -> None:
        self._escaped = False
        self._verb = 0
        self._option: bytearray | None = None

    def feed(self, data: bytes) -> Iterator[int | tuple[int, int] | bytes]:
        for byte in data:
            if self._verb:
                verb, self._verb = self._verb, 0
                yield verb, byte
            elif self._escaped:
                self._escaped = False
                yield from self._after_escape(byte)
            elif byte == IAC:
                self._escaped = True
            elif self._option is None:
                yield byte
            elif len(self._option) < MOST_OPTION:
                self._option.append(byte)

    def _after_escape(self, byte: int) -> Iterator[int | bytes]:
        if byte == SB:
            self._option = bytearray()
        elif byte == SE:
            option, self._option = self._option, None
            if option is not None:
                yield bytes(option)
        elif byte in (WILL, WONT, DO, DONT):
            self._verb = byte
        elif byte == IAC:
            if self._option is None:
                yield byte
            elif len(self._option) < MOST_OPTION:
                self._option.append(byte)
