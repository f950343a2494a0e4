"""Reports beyond those of every pad: who it is, colours, parts of the screen, and encryption of the second kind.

Numbers and meanings are those of the vendor's Protocol.hpp; which pad has which says its own report descriptor.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


@dataclass(frozen=True, slots=True)
class Uid2:
    """The number that the maker gave the pad: ten characters of ASCII."""

    text: bytes


@dataclass(frozen=True, slots=True)
class Eserial:
    """The same in the thirteen characters of newer pads."""

    text: bytes


@dataclass(frozen=True, slots=True)
class DefaultMode:
    """How the pad comes up: 1 HID, 2 serial. Kept in the pad; it starts anew at once."""

    mode: int
    unused: int = 0


@dataclass(frozen=True, slots=True)
class RenderingMode:
    """0 ink as older pads draw it, 1 smoothed."""

    mode: int


@dataclass(frozen=True, slots=True)
class ClearScreenArea:
    """Wipe a rectangle, both corners within; the first two bytes are 0 and 1."""

    unused: int
    one: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class StartImageDataArea:
    """As `StartImageData`, for a rectangle, both corners within; `one` is 1."""

    encoding: int
    one: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class ThicknessColour:
    """Ink: 16 bits 5-6-5, and how thick."""

    colour: int
    thickness: int


@dataclass(frozen=True, slots=True)
class BackgroundColour:
    """16 bits 5-6-5. Kept in the pad's memory, which wears: not to be written often."""

    colour: int


@dataclass(frozen=True, slots=True)
class Backlight:
    """0 dark to 3 bright. Kept in the pad's memory, which wears."""

    level: int


@dataclass(frozen=True, slots=True)
class Contrast:
    """Kept in the pad's memory, which wears."""

    level: int


@dataclass(frozen=True, slots=True)
class ThicknessColour24:
    """Ink in 24 bits. The order of the three bytes is UNVERIFIED: blue first by the vendor's header, red first in the
    driver of a stranger."""

    colour: bytes
    thickness: int


@dataclass(frozen=True, slots=True)
class BackgroundColour24:
    """24 bits; for their order see `ThicknessColour24`. Kept in the pad's memory, which wears."""

    colour: bytes


@dataclass(frozen=True, slots=True)
class BootScreen:
    """Whether the stored picture is shown at the start."""

    on: int


@dataclass(frozen=True, slots=True)
class PenDataEncrypted:
    """One block of AES: the session, then two times `PenData`."""

    block: bytes


@dataclass(frozen=True, slots=True)
class PenDataTimeCountSequenceEncrypted:
    """One block of AES: `PenDataTimeCountSequence`, two bytes without meaning, the session."""

    block: bytes


class Order(IntEnum):
    """`EncryptionCommand.order`."""

    SET_TYPE = 1
    SET_BLOCK = 2
    GET_STATUS = 3
    GET_BLOCK = 4
    GENERATE = 5


class Block(IntEnum):
    """`EncryptionCommand.parameter` of `SET_BLOCK` and `GET_BLOCK`."""

    EXPONENT = 0
    MODULUS = 1
    KEY = 2


PIECE = 64
"""Bytes of a number that one `EncryptionCommand` carries."""


@dataclass(frozen=True, slots=True)
class EncryptionCommand:
    """What the pad shall do for an encrypted session.

    `SET_TYPE`: `parameter` 0..2 AES 128/192/256, `value` padding (0 none, 1 PKCS#1, 2 OAEP) << 6 | RSA 1024/1536/2048.
    `SET_BLOCK`: the next `value` bytes of the number `parameter`. `GET_BLOCK`: `value` is which piece of 64 bytes.
    """

    order: int
    parameter: int = 0
    value: int = 0
    data: bytes = bytes(PIECE)


class RsaStatus(IntEnum):
    """How a number of the pad stands."""

    READY = 0x00
    CALCULATING = 0xFA
    EVEN = 0xFB
    LONG = 0xFC
    SHORT = 0xFD
    INVALID = 0xFE
    NOT_READY = 0xFF


@dataclass(frozen=True, slots=True)
class EncryptionStatus:
    """What was chosen, how exponent, modulus and key stand (`RsaStatus`), what became of the last command (0: done)."""

    symmetric: int
    asymmetric: int
    unused: int
    exponent: int
    modulus: int
    key: int
    result: int
    features: int
    reserved: bytes = bytes(8)


More = (
    Uid2
    | Eserial
    | DefaultMode
    | RenderingMode
    | ClearScreenArea
    | StartImageDataArea
    | ThicknessColour
    | BackgroundColour
    | Backlight
    | Contrast
    | ThicknessColour24
    | BackgroundColour24
    | BootScreen
    | PenDataEncrypted
    | PenDataTimeCountSequenceEncrypted
    | EncryptionCommand
    | EncryptionStatus
)
