"""The settings of a pty's client, seen from the other end, as Linux keeps them (`struct termios2`)."""

from __future__ import annotations

import contextlib
import fcntl
import struct
import sys
import termios

from emulator.devices.uart import LineSettings

_TCGETS2, _TCSETS2, _SIZE = 0x802C542A, 0x402C542B, 44
"""Four words of flags, 20 bytes, and the speeds of both directions."""
_SPEEDS = 36
_CBAUD, _BOTHER = 0x100F, 0x1000


def client_settings(master: int) -> LineSettings | None:
    """How the client of a pty has set its end; None where the system cannot tell.

    A pty keeps the speed. Of the parity it keeps whether it is odd; whoever wants an even one mostly has it checked
    (INPCK), and is known by that.
    """
    if sys.platform != "linux":
        return None
    try:
        settings = fcntl.ioctl(master, _TCGETS2, bytes(_SIZE))
    except OSError:
        return None
    checks, _, flags = struct.unpack_from("3I", settings)
    parity = "O" if flags & termios.PARODD else "E" if checks & termios.INPCK else "N"
    return LineSettings(struct.unpack_from("2I", settings, _SPEEDS)[1], parity)


def set_settings(terminal: int, wanted: LineSettings) -> None:
    """Set a client's end, so that `client_settings` tells them. Without effect where the system cannot."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError):  # another processor, other numbers
        settings = bytearray(fcntl.ioctl(terminal, _TCGETS2, bytes(_SIZE)))
        checks, _, flags = struct.unpack_from("3I", settings)
        checks = checks | termios.INPCK if wanted.parity == "E" else checks & ~termios.INPCK
        flags = flags | termios.PARODD if wanted.parity == "O" else flags & ~termios.PARODD
        struct.pack_into("I", settings, 0, checks)
        struct.pack_into("I", settings, 8, flags & ~_CBAUD | _BOTHER)
        struct.pack_into("2I", settings, _SPEEDS, wanted.baudrate, wanted.baudrate)
        fcntl.ioctl(terminal, _TCSETS2, bytes(settings))


def set_speed(terminal: int, baudrate: int) -> None:
    """Whatever speed, for clients that set none."""
    set_settings(terminal, LineSettings(baudrate))
