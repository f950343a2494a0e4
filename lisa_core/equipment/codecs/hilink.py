"""What all radars of Hi-Link have in common on the serial line, sans-IO: commands, their answers, and finding frames.

Sources: Hi-Link "HLK-LD2410 Serial communication protocol" V1.02 (2022-07-01), 2.1 and 2.2, and "HLK-LD2450 Serial
communication protocol" V1.03 (2023-10-17), 2.1 and 2.2. Numbers are little endian, except the firmware's type. There is
no checksum: header, length and footer are all that says where a frame lies, so it is trusted only when all of it fits,
and looked for again one byte further when it does not.

    command  FD FC FB FA | length u16 | word u16          | arguments         | 04 03 02 01            length 2 to 64
    answer   FD FC FB FA | length u16 | word + 0x0100 u16 | 0 = done u16, data | 04 03 02 01           length 4 to 64

    command   fd fc fb fa 04 00 ff 00 01 00 04 03 02 01                     CONFIG_ENABLE
    answer    fd fc fb fa 08 00 ff 01 00 00 01 00 40 00 04 03 02 01         done, protocol 1, buffer 64
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

COMMAND_HEADER, COMMAND_FOOTER = bytes.fromhex("fdfcfbfa"), bytes.fromhex("04030201")
MAX_LENGTH = 64
"""The longest payload the module says it buffers (answer to CONFIG_ENABLE); a longer length field is damage."""
BAUDRATE = 256_000
BAUDRATES = (9600, 19_200, 38_400, 57_600, 115_200, 230_400, 256_000, 460_800)
"""What the command 0xA1 chooses from, by 1 to 8; it holds from the next restart on."""
REPORT_PERIOD_S = 0.1
MORE = -1
"""What a judge of frames says while it needs more bytes."""

_ACK = 0x0100
_PIECE = 256
T = TypeVar("T")


class EveryRadar(IntEnum):
    """Command words that all of them know (2.2); a codec names these with its own."""

    CONFIG_ENABLE = 0xFF
    CONFIG_DISABLE = 0xFE
    BAUDRATE = 0xA1
    RESTART = 0xA3
    BLUETOOTH = 0xA4
    MAC = 0xA5


@dataclass(frozen=True, slots=True)
class Command:
    """A command to the module. `code` may be one that its codec does not name."""

    code: int
    args: bytes = b""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The module's answer to the command `code`."""

    code: int
    ok: bool = True
    data: bytes = b""


def encode_command(message: Command | Acknowledgement) -> bytes:
    """The whole frame of a command or of its answer."""
    if isinstance(message, Command):
        payload = struct.pack("<H", message.code) + message.args
    else:
        payload = struct.pack("<HH", message.code | _ACK, not message.ok) + message.data
    return COMMAND_HEADER + struct.pack("<H", len(payload)) + payload + COMMAND_FOOTER


def command_length(begun: bytes | bytearray) -> int:
    """How long the command or answer is that begins so; 0: it can be none."""
    if len(begun) < 6:
        return MORE
    length = begun[4] | begun[5] << 8
    return length + 10 if 2 <= length <= MAX_LENGTH else 0


def read_command(frame: bytes) -> Command | Acknowledgement | None:
    """One whole frame; None when it is damaged."""
    if not frame.endswith(COMMAND_FOOTER):
        return None
    word, payload = frame[6] | frame[7] << 8, frame[6:-4]
    if not word & _ACK:
        return Command(word, payload[2:])
    if len(payload) < 4:
        return None
    return Acknowledgement(word & ~_ACK, payload[2:4] == b"\0\0", payload[4:])


class Finder(Generic[T]):
    """Finds frames in a stream that may hold anything else. `skipped` counts the bytes that belonged to none.

    For each kind of frame: its header, how long one is that begins so (`MORE` for not known yet, 0 for none), and what
    is in it (None when it is damaged).
    """

    def __init__(
        self, kinds: dict[bytes, tuple[Callable[[bytes | bytearray], int], Callable[[bytes], T | None]]]
    ) -> None:
        self.skipped = 0
        self._kinds = kinds
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[T]:
        """Return what is complete by now."""
        if len(data) <= _PIECE:
            return self._fed(data)
        pieces = (data[at : at + _PIECE] for at in range(0, len(data), _PIECE))
        return [message for piece in pieces for message in self._fed(piece)]

    def _fed(self, piece: bytes) -> list[T]:
        """So little at once that looking for headers in all of it again and again costs next to nothing."""
        buffer = self._buffer
        buffer += piece
        messages: list[T] = []
        while kind := self._next():
            length_of, read = kind
            length = length_of(buffer)
            if length == MORE or len(buffer) < length:
                break
            message = read(bytes(buffer[:length])) if length else None
            if message is None:
                self._skip(1)
                continue
            messages.append(message)
            del buffer[:length]
        return messages

    def _next(self) -> tuple[Callable[[bytes | bytearray], int], Callable[[bytes], T | None]] | None:
        """The kind of the next frame, once its header has arrived; what cannot begin one is dropped."""
        if kind := self._kinds.get(bytes(self._buffer[:4])):
            return kind
        found = [at for header in self._kinds if (at := self._buffer.find(header)) >= 0]
        self._skip(min(found) if found else max(len(self._buffer) - 3, 0))
        return self._kinds[bytes(self._buffer[:4])] if found else None

    def _skip(self, count: int) -> None:
        self.skipped += count
        del self._buffer[:count]


def firmware(data: bytes) -> str:
    """The firmware as Hi-Link writes it: hexadecimal digits, such as "V1.02.22062416" (2.2.8)."""
    if len(data) != 8:
        raise ValueError(f"not the firmware of a radar: {data.hex(' ')}")
    minor, major, revision = struct.unpack_from("<BBI", data, 2)
    return f"V{major:x}.{minor:02x}.{revision:08x}"


def firmware_data(version: str, kind: int = 1) -> bytes:
    """The inverse of `firmware`. `kind` is the firmware's type."""
    major, minor, revision = version.removeprefix("V").split(".")
    return kind.to_bytes(2, "big") + struct.pack("<BBI", int(minor, 16), int(major, 16), int(revision, 16))
