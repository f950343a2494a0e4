"""vpcd's protocol: a virtual reader speaks with a program that plays the card. Both sides, sans-IO.

Source: vsmartcard's documentation, "Creating a virtual smart card". Either side may dial; port 35963. The reader speaks
first, and only the two that ask for something are answered. A card that is taken away closes the connection.

    length u16 big endian | message

    00 01 | 00 power off, 01 power on, 02 reset      not answered
    00 01 | 04 what is your ATR?                     00 09 | 3b 84 80 01 80 82 90 00 97
    00 05 | 00 a4 00 00 00 (a command of a program)  00 02 | 6a 82
"""

from __future__ import annotations

from enum import IntEnum

PORT = 35963
LONGEST = 0xFFFF


class Control(IntEnum):
    """Messages of one byte."""

    OFF = 0
    ON = 1
    RESET = 2
    ATR = 4


def encode_message(message: bytes) -> bytes:
    """With its length. Raises `ValueError` for more than 65535 bytes."""
    if len(message) > LONGEST:
        raise ValueError("longer than its length can say")
    return len(message).to_bytes(2, "big") + message


class MessageParser:
    """Takes bytes in pieces of any size, returns whole messages; there is no junk on a TCP connection."""

    def __init__(self) -> None:
        self._begun = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The messages that end in these bytes."""
        self._begun += data
        found = []
        while len(self._begun) >= 2 and len(self._begun) >= (end := 2 + int.from_bytes(self._begun[:2], "big")):
            found.append(bytes(self._begun[2:end]))
            del self._begun[:end]
        return found
