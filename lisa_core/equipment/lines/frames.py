"""The frame port: the newest picture of a camera in a shared-memory file, for one writer and any number of readers.

The file (`frames:PATH`) begins with a header of 64-bit words in the machine's own order: magic, width, height, the
sequence of the newest picture (0 = none yet), closed; then sequence and time for each of three slots; then the slots'
pixels, RGB, rows top down. Picture n lies in slot n % 3. While a slot is written its sequence is 0, so a reader that
finds the same sequence before and after copying holds a whole picture. The writer keeps the file locked: the kernel
lets go of the lock when the writer dies, and thus the reader sees a writer that is gone. In the same way a reader locks
the first byte, shared, and thus the writer sees whether anybody looks: pictures that nobody takes need not be made.

Nothing here needs anything but the standard library: an emulated camera writes it, whoever emulates.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
import sys
from pathlib import Path

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import Frame
from lisa_core.host.causes import cause

MAGIC = int.from_bytes(b"LISAfrm1", "little")
SLOTS = 3

_MAGIC, _WIDTH, _HEIGHT, _NEWEST, _CLOSED, _SEQUENCES = range(6)
_TIMES = _SEQUENCES + SLOTS
_HEADER = 4096
_LOCK = struct.Struct("hhqqi4x")
"""`struct flock` of Linux: type, whence, start, length, pid. Its locks belong to an open file, not to a process."""


class FrameWriter:
    """Offers pictures of one size at `path`. Times are CLOCK_MONOTONIC in microseconds, as `loop.time()` has it."""

    def __init__(self, path: str, width: int, height: int) -> None:
        """Raises `DeviceFault` `camera.busy` when another writer has the path."""
        self._path, self._length, self._count = path, width * height * 3, 0
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._file)
            text = f"{path}: another camera writes there already; give each its own path"
            raise DeviceFault("camera.busy", text, retryable=False) from error
        os.ftruncate(self._file, 0)
        os.ftruncate(self._file, _HEADER + SLOTS * self._length)
        self._map = mmap.mmap(self._file, 0)
        self._pixels = memoryview(self._map)
        self._words = self._pixels[:_HEADER].cast("Q")
        self._words[_WIDTH], self._words[_HEIGHT] = width, height
        self._words[_MAGIC] = MAGIC

    def write(self, rgb: bytes | bytearray | memoryview, at_us: int) -> None:
        """Offer a picture: width*height*3 bytes. Readers see it whole or not at all."""
        number = self._count + 1
        slot = number % SLOTS
        start = _HEADER + slot * self._length
        self._words[_SEQUENCES + slot] = 0
        self._words[_TIMES + slot] = at_us
        self._pixels[start : start + self._length] = memoryview(rgb).cast("B")
        self._words[_SEQUENCES + slot] = self._words[_NEWEST] = self._count = number

    @property
    def looked_at(self) -> bool:
        """Whether a reader has the file open; True where the system cannot tell."""
        if sys.platform != "linux":
            return True
        found = fcntl.fcntl(self._file, fcntl.F_OFD_GETLK, _LOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, 0, 1, 0))
        return bool(_LOCK.unpack(found)[0] != fcntl.F_UNLCK)

    @property
    def offers(self) -> bool:
        """Whether a picture is offered now."""
        return bool(self._words[_NEWEST])

    def blank(self) -> None:
        """Offer nothing until the next picture: whoever comes meanwhile shall see no old one."""
        self._words[_NEWEST] = 0

    def close(self) -> None:
        """Take the file away. Closing twice is harmless."""
        if self._file < 0:
            return
        self._words[_CLOSED] = 1
        self._words.release()
        self._pixels.release()
        self._map.close()
        Path(self._path).unlink(missing_ok=True)
        os.close(self._file)
        self._file = -1


class FrameReader:
    """Reads what a `FrameWriter` offers at `path`."""

    def __init__(self, path: str) -> None:
        """Raises `DeviceFault`: `camera.missing` when nothing is there, `camera.format` when it is no frame file."""
        try:
            self._file = os.open(path, os.O_RDONLY)
        except OSError as error:
            text = f"Kamera {path}: keine da ({cause(error)}). Starten, was ihre Bilder schreibt."
            raise DeviceFault("camera.missing", text, retryable=True) from error
        try:
            self._map = mmap.mmap(self._file, 0, prot=mmap.PROT_READ)
            words = memoryview(self._map)[:_HEADER].cast("Q")
            self.width, self.height = words[_WIDTH], words[_HEIGHT]
            self._length = self.width * self.height * 3
            if words[_MAGIC] != MAGIC or not self._length or len(self._map) != _HEADER + SLOTS * self._length:
                raise ValueError("no frame file")
        except (OSError, ValueError, IndexError, TypeError) as error:
            os.close(self._file)
            text = f"Kamera {path}: Das ist keine Datei mit Bildern, oder eine einer anderen Version."
            raise DeviceFault("camera.format", text, retryable=True) from error
        self._words = words
        if sys.platform == "linux":
            lock = _LOCK.pack(fcntl.F_RDLCK, os.SEEK_SET, 0, 1, 0)
            fcntl.fcntl(self._file, fcntl.F_OFD_SETLK, lock)  # the kernel lets go of it with the file

    @property
    def sequence(self) -> int:
        """The number of the newest picture; 0 before the first."""
        return self._words[_NEWEST]

    def read(self) -> Frame | None:
        """Copy the newest picture; None before the first."""
        while number := self._words[_NEWEST]:
            slot = number % SLOTS
            start = _HEADER + slot * self._length
            at_us = self._words[_TIMES + slot]
            if self._words[_SEQUENCES + slot] != number:
                continue  # overtaken by three pictures since the line above: there is a newer one
            rgb = self._map[start : start + self._length]
            if self._words[_SEQUENCES + slot] == number:
                return Frame(self.width, self.height, rgb, at_us)
        return None

    @property
    def writer_gone(self) -> bool:
        """Whether the writer has closed or died."""
        if self._words[_CLOSED]:
            return True
        try:
            fcntl.flock(self._file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return False
        fcntl.flock(self._file, fcntl.LOCK_UN)
        return True

    def close(self) -> None:
        """Let go of the file. Closing twice is harmless."""
        if self._file < 0:
            return
        self._words.release()
        self._map.close()
        os.close(self._file)
        self._file = -1
