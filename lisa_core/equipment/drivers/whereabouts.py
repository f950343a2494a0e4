"""Where an address leads on this machine: out to a wire or the network, or to a program of this very machine.

Only the operating system is asked (of sound its sound server), and nobody on the line. What stands at the other end of
a wire no program can see.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.equipment.codecs.sound_list import devices_of
from lisa_core.equipment.slots.origin import Where

_URL = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<place>\[[^\]]*\]|[^/?#:]*)")
_KINDS = ("video", "frames", "pcm")
"""What may stand before the colon of a path in a binding."""
_PTY_MAJORS = (*range(136, 144), 2, 3)
"""Device numbers of pseudo-terminals under Linux: both ends, old and new."""
_SYSFS = Path("/sys/dev/char")
USB_DEVICES = Path("/sys/bus/usb/devices")
_PLAYED = ("vhci_hcd", "dummy_hcd", "virtual")
"""Below these the kernel shows USB devices that a program plays, here or (over USB/IP) elsewhere."""
_CARDS = Path("/sys/class/sound")


def whereabouts(binding: str) -> tuple[Where, str]:
    """What this address leads to, and by which path or number. Nothing is opened and nothing is sent."""
    if url := _URL.match(binding):
        return _host(url["place"].strip("[]"))
    kind, colon, rest = binding.partition(":")
    if kind == "adapter":
        return whereabouts(rest) if "://" in rest.split(" ")[0] else (Where.VIRTUAL, rest)
    if kind == "hid" and colon:
        vendor, _, product = rest.lower().partition(":")
        return usb_place(vendor, product.partition(":")[0])
    if kind == "audio":
        return _sound(rest)
    return _path(Path(rest if colon and kind in _KINDS else binding))


def usb_place(vendor: str, product: str, devices: Path = USB_DEVICES) -> tuple[Where, str]:
    """Where a device with these numbers is plugged in."""
    for place in sorted(devices.glob("*")):
        with contextlib.suppress(OSError):
            numbers = tuple((place / name).read_text(encoding="ascii").strip() for name in ("idVendor", "idProduct"))
            real = place.resolve(strict=True)
            if numbers == (vendor, product):
                is_played = any(part.partition(".")[0] in _PLAYED for part in real.parts)
                return (Where.VIRTUAL if is_played else Where.OUT), str(real)
    return Where.NOWHERE, f"{vendor}:{product}"


def _host(name: str) -> tuple[Where, str]:
    try:
        found = sorted({str(entry[4][0]) for entry in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError):
        return Where.NOWHERE, name
    # one way back is enough: which of several is taken is decided anew with each connection
    ours = [address for address in found if _is_ours(address)]
    return (Where.LOOPBACK, ours[0]) if ours else (Where.OUT, found[0])


def _is_ours(address: str) -> bool:
    """Whether this machine has that number: only then can something be bound to it."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.bind((address, 0))
        return True
    return False


def _path(path: Path) -> tuple[Where, str]:
    try:
        real = path.resolve(strict=True)
        found = real.stat()
    except OSError:
        return Where.NOWHERE, str(path)
    if not stat.S_ISCHR(found.st_mode):
        return Where.FILE, str(real)
    if os.major(found.st_rdev) in _PTY_MAJORS:
        return Where.PTY, str(real)
    number = f"{os.major(found.st_rdev)}:{os.minor(found.st_rdev)}"
    is_virtual = any(part == "virtual" for part in _sysfs_parts(number))
    return (Where.VIRTUAL if is_virtual else Where.OUT), str(real)


def _sysfs_parts(number: str) -> Iterator[str]:
    """Where the kernel says that a device hangs: below "virtual" are those that no bus carries."""
    with contextlib.suppress(OSError):
        yield from (_SYSFS / number).resolve(strict=True).parts


def _sound(name: str) -> tuple[Where, str]:
    """A device of the sound server is out there when a card carries it, and no program plays that card."""
    from lisa_core.equipment.lines.programs.sound import (  # POSIX only, as a booth in memory is not
        SoundServerError,
        listed,
    )

    try:
        known = [one for what in ("sources", "sinks") for one in devices_of(listed(what))]
        device = next(one for one in known if one.name == name)
        card = device.properties.get("alsa.card", "")
        if "HARDWARE" not in device.flags or not card.isdecimal():
            return Where.VIRTUAL, name
        real = (_CARDS / f"card{card}").resolve(strict=True)
    except (SoundServerError, ProtocolError, StopIteration, OSError):
        return Where.NOWHERE, name
    is_played = any(part.startswith(_PLAYED) for part in real.parts)
    return (Where.VIRTUAL if is_played else Where.OUT), str(real)
