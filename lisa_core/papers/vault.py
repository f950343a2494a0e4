"""Where the pages of one visit lie: encrypted with a key that exists only in memory and goes with the visit.

AES-256-GCM (NIST SP 800-38D). Each blob has a number of its own, which is its nonce and is authenticated with it: the
key is new with every vault, so no nonce comes twice, and no blob can stand in for another.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lisa_core.domain.case.canonical import sha256
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.domain.model.ids import BlobId
from lisa_core.host.causes import cause

MAX_BLOB = 32 * 1024 * 1024
"""Maximum size of a page in bytes."""

_SUFFIX = ".blob"


@dataclass(frozen=True, slots=True)
class Proof:
    """What erasing did: how many blobs it removed, that nothing is left in the place, and that the key is dropped."""

    removed: int
    empty: bool
    key_dropped: bool

    @property
    def holds(self) -> bool:
        return self.empty and self.key_dropped


class PageSource(Protocol):
    """Where pages can be read."""

    def get(self, blob: BlobId) -> bytes:
        """The bytes once put. Raises `LisaError` when they are gone or were altered."""
        ...


class PageVault(PageSource, Protocol):
    """What both vaults can do. After `erase` every method but `erase` raises `LisaError`; `kept` is 0 then."""

    @property
    def kept(self) -> int:
        """Number of blobs that lie there."""
        ...

    def put(self, data: bytes) -> tuple[BlobId, str]:
        """Keep `data`; returns its name and its SHA-256 (hex)."""
        ...

    def destroy(self, blob: BlobId) -> None:
        """Remove one blob. Quietly nothing when it is gone already."""
        ...

    def erase(self) -> Proof:
        """Drop the key and remove everything; may be called again."""
        ...


class Vault:
    """The vault on disk: one file a blob in `directory`, readable by this program's user only."""

    def __init__(self, directory: Path) -> None:
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            directory.chmod(0o700)
        except OSError as error:
            text = f"{directory}: Der Ort für die Seiten lässt sich nicht anlegen ({cause(error)})"
            raise MachineError(f"{text}: Speicherplatz prüfen.") from error
        if any(directory.iterdir()):
            raise LisaError(
                f"{directory} ist nicht leer: Reste eines früheren Besuchs zuerst mit Vault.sweep entfernen."
            )
        self._directory = directory
        self._cipher: AESGCM | None = AESGCM(AESGCM.generate_key(bit_length=256))
        self._count = 0
        self._held: set[BlobId] = set()

    @property
    def kept(self) -> int:
        return sum(1 for _ in self._directory.glob(f"*{_SUFFIX}"))

    def put(self, data: bytes) -> tuple[BlobId, str]:
        cipher = self._open()
        _check_size(data)
        self._count += 1
        blob = BlobId(f"{self._count:06d}")
        sealed = cipher.encrypt(_nonce(blob), data, blob.encode())
        try:
            _write(self._path(blob), sealed)
        except OSError as error:
            self._path(blob).unlink(missing_ok=True)
            raise MachineError(f"Die Seite lässt sich nicht ablegen ({cause(error)}): Speicherplatz prüfen.") from None
        self._held.add(blob)
        return blob, sha256(data)

    def get(self, blob: BlobId) -> bytes:
        cipher = self._open()
        if blob not in self._held:
            raise LisaError("Diese Seite gibt es nicht (mehr): sie wurde verworfen oder nie erfasst.")
        try:
            return cipher.decrypt(_nonce(blob), self._path(blob).read_bytes(), blob.encode())
        except (InvalidTag, OSError):
            raise LisaError(
                f"Die Seite {blob} wurde im Speicher verändert oder entfernt: bitte neu erfassen."
            ) from None

    def destroy(self, blob: BlobId) -> None:
        self._open()
        if blob in self._held:
            self._path(blob).unlink(missing_ok=True)
            self._held.discard(blob)

    def erase(self) -> Proof:
        self._cipher = None
        self._held.clear()
        return _sweep(self._directory, key_dropped=self._cipher is None)

    @staticmethod
    def sweep(directory: Path) -> Proof:
        """Remove what a crash left behind: blobs whose key is gone with its process. Other files it does not touch."""
        return _sweep(directory)

    def _open(self) -> AESGCM:
        if self._cipher is None:
            raise LisaError(_ERASED)
        return self._cipher

    def _path(self, blob: BlobId) -> Path:
        return self._directory / f"{blob}{_SUFFIX}"


class MemoryVault:
    """The vault of a memory booth: nothing touches a disk, so the bytes themselves are what is dropped."""

    def __init__(self) -> None:
        self._blobs: dict[BlobId, bytes] = {}
        self._count = 0
        self._erased = False

    @property
    def kept(self) -> int:
        return len(self._blobs)

    def put(self, data: bytes) -> tuple[BlobId, str]:
        self._refuse_when_erased()
        _check_size(data)
        self._count += 1
        blob = BlobId(f"{self._count:06d}")
        self._blobs[blob] = data
        return blob, sha256(data)

    def get(self, blob: BlobId) -> bytes:
        self._refuse_when_erased()
        if blob not in self._blobs:
            raise LisaError("Diese Seite gibt es nicht (mehr): sie wurde verworfen oder nie erfasst.")
        return self._blobs[blob]

    def destroy(self, blob: BlobId) -> None:
        self._refuse_when_erased()
        self._blobs.pop(blob, None)

    def erase(self) -> Proof:
        removed = len(self._blobs)
        self._blobs.clear()
        self._erased = True
        return Proof(removed, empty=not self._blobs, key_dropped=True)

    def _refuse_when_erased(self) -> None:
        if self._erased:
            raise LisaError(_ERASED)


_ERASED = "Die Unterlagen dieses Besuchs sind vernichtet: für einen neuen Besuch einen neuen Speicher öffnen."


def _check_size(data: bytes) -> None:
    if not data or len(data) > MAX_BLOB:
        raise LisaError(f"Eine Seite muss zwischen 1 und {MAX_BLOB} Bytes groß sein, hier sind es {len(data)}.")


def _nonce(blob: BlobId) -> bytes:
    return int(blob).to_bytes(12, "big")


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)


def _sweep(directory: Path, *, key_dropped: bool = True) -> Proof:
    removed = 0
    for path in sorted(directory.glob(f"*{_SUFFIX}")):
        try:
            path.unlink()
            removed += 1
        except OSError:
            break  # what stays is seen below: the proof does not hold, and that is for the caller to act on
    empty = not directory.exists() or not any(directory.iterdir())
    return Proof(removed, empty=empty, key_dropped=key_dropped)
