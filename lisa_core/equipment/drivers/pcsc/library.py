"""PC/SC through the system's own library (libpcsclite), by its five functions that are needed to see a card.

Source: the PC/SC workgroup's API as pcsc-lite's winscard.h and pcsclite.h have it. A card is never connected: a reader
tells presence and ATR by itself, so nothing on the card is read, and nobody else who uses it is disturbed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping

from lisa_core.domain.model.errors import DeviceFault

LIBRARY = "libpcsclite.so.1"
UNAWARE, CHANGED, UNKNOWN, UNAVAILABLE, EMPTY, PRESENT, MUTE = 0, 2, 4, 8, 0x10, 0x20, 0x200
"""What is known, and told, of a reader: bits."""
_SYSTEM_SCOPE = 2
_TIMEOUT, _NO_READERS, _UNKNOWN_READER, _CANCELLED = 0x8010000A, 0x8010002E, 0x80100009, 0x80100002
_WHY: Mapping[int, str] = {
    0x8010001D: "der Dienst pcscd läuft nicht; ihn starten",
    0x8010001E: "der Dienst pcscd ist beendet; ihn starten",
    _NO_READERS: "kein Kartenleser angesteckt",
    _UNKNOWN_READER: "dieser Kartenleser ist nicht angesteckt",
    0x80100017: "der Kartenleser ist abgesteckt",
    0x8010006A: "der Dienst pcscd erlaubt es diesem Benutzer nicht",
}


class _State(ctypes.Structure):
    _fields_ = (
        ("reader", ctypes.c_char_p),
        ("user", ctypes.c_void_p),
        ("current", ctypes.c_ulong),
        ("event", ctypes.c_ulong),
        ("length", ctypes.c_ulong),
        ("atr", ctypes.c_ubyte * 33),
    )


class Library:
    """One context of PC/SC. Its methods block."""

    def __init__(self) -> None:
        """Raises `DeviceFault` `card_reader.silent` where there is no PC/SC, or its service does not run."""
        try:
            self._library = ctypes.CDLL(LIBRARY)
        except OSError as error:
            raise fault("Auf diesem Rechner fehlt PC/SC; die Pakete pcscd und libpcsclite1 installieren") from error
        self._context = ctypes.c_long()
        self._check(self._library.SCardEstablishContext(_SYSTEM_SCOPE, None, None, ctypes.byref(self._context)))

    def readers(self) -> tuple[str, ...]:
        """The names of all readers."""
        size = ctypes.c_ulong()
        found = self._library.SCardListReaders(self._context, None, None, ctypes.byref(size))
        if found & 0xFFFFFFFF == _NO_READERS:
            return ()
        self._check(found)
        names = ctypes.create_string_buffer(size.value)
        self._check(self._library.SCardListReaders(self._context, None, names, ctypes.byref(size)))
        return tuple(name.decode(errors="replace") for name in names.raw[: size.value].split(b"\0") if name)

    def wait(self, reader: str, known: int, timeout_ms: int) -> tuple[int, bytes] | None:
        """What has become of a reader other than what is `known`, and the ATR; None when nothing has, in that time."""
        state = _State(reader.encode(), None, known)
        found = self._library.SCardGetStatusChange(self._context, ctypes.c_ulong(timeout_ms), ctypes.byref(state), 1)
        if found & 0xFFFFFFFF in (_TIMEOUT, _CANCELLED):
            return None
        self._check(found)
        if state.event & (UNKNOWN | UNAVAILABLE):
            raise fault(f"{reader}: {_WHY[_UNKNOWN_READER]}")
        return state.event & ~CHANGED, bytes(state.atr[: min(state.length, 33)])

    def cancel(self) -> None:
        """End a `wait` of another thread."""
        self._library.SCardCancel(self._context)

    def close(self) -> None:
        """Give the context back."""
        self._library.SCardReleaseContext(self._context)

    def _check(self, found: int) -> None:
        if code := found & 0xFFFFFFFF:
            raise fault(f"PC/SC: {_WHY.get(code, f'Fehler {code:08X}')}")


def fault(text: str) -> DeviceFault:
    """The reader does not answer."""
    return DeviceFault("card_reader.silent", f"Kartenleser: {text}.", retryable=True)
