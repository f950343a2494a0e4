"""The file of a backup: a zip of rows as JSON lines and of packages as they are, with a manifest that knows each hash.

    protokoll.jsonl        [number, at, name, subject, detail, data, hash]       the chain is followed anew
    beigelegt.jsonl        [key, text, crc]
    eingang.jsonl          [number, office, received_at, digest, size, fault, visit, copy, crc]
    einreichungen/NUMBER   one package each; its SHA-256 stands in the list
    beiseite/NAME          other files of a data folder
    verzeichnis.json       form, time, number and hash of the last entry, SHA-256 of each of the above; written last

A file without its manifest is no backup: who was interrupted has made none. It is checked as a whole before anything is
written of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import OfficeId
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal
from lisa_core.store.backup.contents import Package, Snapshot
from lisa_core.store.chain import Checkpoint, Columns, Good, follow
from lisa_core.store.checked_rows import KeptRow, check_of
from lisa_core.store.folder import LOG as LOG_FILE
from lisa_core.store.folder import sync_folder
from lisa_core.store.key_book import FILE, row_in
from lisa_core.store.listing import is_whole
from lisa_core.store.packages import is_plain

FORM = 1
LOG, KEPT, LIST, MANIFEST = "protokoll.jsonl", "beigelegt.jsonl", "eingang.jsonl", "verzeichnis.json"
PACKAGES, BESIDE = "einreichungen/", "beiseite/"
NOT_A_BACKUP = "{}: Das ist keine Sicherung von LISA, oder sie ist nicht fertig geworden. Eine andere nennen."
SPOILT = "{}: Diese Sicherung ist beschädigt ({}). Es wurde nichts geschrieben. Eine andere nennen."
NEWER = "{}: Diese Sicherung hat eine neuere Version von LISA geschrieben. Die neuere Version nehmen."
THERE = "{}: Das gibt es schon, und eine Sicherung überschreibt nichts. Einen anderen Namen nennen."
DAMAGED = "{}: Gesichert wird nur, was heil ist: {}. Die Vermittlung einmal starten; sie legt Beschädigtes beiseite."
KEYS_SPOILT = "das Buch der Schlüssel ist verändert"
_BUFFER = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the file is: when it was made, how far its log goes, and how many packages are in it."""

    at: str
    head: Checkpoint
    applications: int


@dataclass(frozen=True, slots=True)
class BackupDone:
    """What was written, and sentences about what is missing in it."""

    manifest: Manifest
    told: tuple[str, ...]


class _Hashed:
    """Writes files into a zip and knows their hashes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive, self.hashes = archive, dict[str, str]()

    @contextlib.contextmanager
    def lines(self, name: str) -> Iterator[_Lines]:
        found = hashlib.sha256()
        with self._archive.open(_entry(name, zipfile.ZIP_DEFLATED), "w", force_zip64=True) as file:
            yield _Lines(file, found)
        self.hashes[name] = found.hexdigest()

    def whole(self, name: str, data: bytes) -> None:
        self._archive.writestr(_entry(name, zipfile.ZIP_STORED), data)
        self.hashes[name] = hashlib.sha256(data).hexdigest()


class _Lines:
    def __init__(self, file: IO[bytes], found: hashlib._Hash) -> None:
        self._file, self._found = file, found

    def add(self, row: Iterable[object]) -> None:
        line = (
            json.dumps([one.hex() if isinstance(one, bytes) else one for one in row], ensure_ascii=True).encode()
            + b"\n"
        )
        self._found.update(line)
        self._file.write(line)

    def through(self, rows: Iterable[Columns]) -> Iterator[Columns]:
        """These rows, each written before the next one is asked for."""
        for row in rows:
            if row:
                self.add(row)
            yield row


def _entry(name: str, kind: int) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name)
    found.compress_type, found.external_attr = kind, 0o600 << 16
    return found


def write(path: Path, store: Snapshot, at: str) -> BackupDone:
    """Copy a store into a new file, for its owner only; durable when this returns. Raises `LisaError`."""
    try:
        if path.exists():
            raise LisaError(THERE.format(path))
        opened, name = tempfile.mkstemp(".neu", f".{path.name}.", path.parent)  # two may write the same at once
        part = Path(name)
        try:
            with os.fdopen(opened, "w+b") as file:
                done = _fill(file, store, at)
                file.flush()
                os.fsync(file.fileno())
            os.link(part, path)  # not `rename`: that would write over what has come meanwhile
        finally:
            part.unlink(missing_ok=True)
        sync_folder(path.parent)
        return done
    except FileExistsError as error:
        raise LisaError(THERE.format(path)) from error
    except OSError as error:
        raise refusal(f"{path}: Die Sicherung lässt sich nicht schreiben ({cause(error)}).", error) from error


def _fill(file: IO[bytes], store: Snapshot, at: str) -> BackupDone:
    with zipfile.ZipFile(file, "w") as archive:
        into = _Hashed(archive)
        with into.lines(LOG) as lines:
            good = follow(lines.through(store.entries()), store.noted)
        if good.why:
            raise LisaError(DAMAGED.format(store.where, good.why))
        with into.lines(KEPT) as lines:
            for row in store.kept():
                if check_of(row[0].encode(), row[1].encode()) != row[2]:
                    raise LisaError(DAMAGED.format(store.where, f"beigelegt ist {row[0]} verändert"))
                lines.add(row)
        listed = store.listed()
        with into.lines(LIST) as lines:
            for columns in listed:
                if not is_whole(columns):
                    raise LisaError(DAMAGED.format(store.where, "die Liste des Posteingangs ist verändert"))
                lines.add(columns)
        told = tuple(_packages(into, store, listed))
        for name, data in store.beside().items():
            if name == FILE and not _is_book(data):
                raise LisaError(DAMAGED.format(store.where, KEYS_SPOILT))
            into.whole(BESIDE + name, data)
        manifest = Manifest(at, good.head, sum(name.startswith(PACKAGES) for name in into.hashes))
        archive.writestr(_entry(MANIFEST, zipfile.ZIP_STORED), _told(manifest, into.hashes))
    return BackupDone(manifest, told)


def _packages(into: _Hashed, store: Snapshot, listed: list[Columns]) -> Iterator[str]:
    for number, office, _, digest, _, fault, *_ in listed:
        if fault:
            continue
        data = store.package(number, office)
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            yield f"{store.where}: {number} fehlt in der Sicherung: Seine Datei ist nicht da oder verändert."
        else:
            into.whole(PACKAGES + number, data)


def _told(manifest: Manifest, hashes: dict[str, str]) -> str:
    told = {
        "lisa": "sicherung",
        "form": FORM,
        "at": manifest.at,
        "count": manifest.head.count,
        "tip": manifest.head.tip.hex(),
        "applications": manifest.applications,
        "sha256": hashes,
    }
    return json.dumps({**told, "check": _check(told)})


def _check(told: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


class Archive:
    """A backup that was checked as a whole. Opened by `open_archive`."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.manifest = manifest
        self._path, self._archive = path, archive

    def entries(self) -> Iterator[Columns]:
        for row in _read(self._archive, LOG):
            yield (*row[:6], bytes.fromhex(row[6]))

    def kept(self) -> Iterator[KeptRow]:
        return ((key, text, crc) for key, text, crc in _read(self._archive, KEPT))

    def listed(self) -> list[Columns]:
        return list(_read(self._archive, LIST))

    def packages(self) -> Iterator[Package]:
        there = set(self._archive.namelist())
        for number, office, *_ in self.listed():
            if (name := PACKAGES + number) in there:
                yield Package(number, OfficeId(office), self._archive.read(name))

    def beside(self) -> dict[str, bytes]:
        return {
            name.removeprefix(BESIDE): self._archive.read(name)
            for name in self._archive.namelist()
            if name.startswith(BESIDE)
        }


@contextlib.contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Read and check all of it. Raises `LisaError`, and then nothing of it is to be used."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            manifest = _verified(path, archive)
            yield Archive(path, archive, manifest)
    except zipfile.BadZipFile as error:
        raise LisaError(NOT_A_BACKUP.format(path)) from error
    except OSError as error:
        raise refusal(f"{path}: Die Sicherung lässt sich nicht lesen ({cause(error)}).", error) from error


def _verified(path: Path, archive: zipfile.ZipFile) -> Manifest:
    names = archive.namelist()
    if len(set(names)) != len(names) or MANIFEST not in names:
        raise LisaError(NOT_A_BACKUP.format(path))
    try:
        told = json.loads(archive.read(MANIFEST))
        check = told.pop("check")
        if told["lisa"] != "sicherung" or check != _check(told):
            raise LisaError(NOT_A_BACKUP.format(path))
        if told["form"] > FORM:
            raise LisaError(NEWER.format(path))
        head = Checkpoint(told["count"], bytes.fromhex(told["tip"]))
        if why := _harm(archive, told["sha256"]) or _unlike(Archive(path, archive, Manifest("", head, 0)), head):
            raise LisaError(SPOILT.format(path, why))
        return Manifest(told["at"], head, told["applications"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LisaError(SPOILT.format(path, "sein Verzeichnis sagt etwas anderes")) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise LisaError(SPOILT.format(path, "ein Teil ist nicht lesbar")) from error


def _harm(archive: zipfile.ZipFile, hashes: dict[str, str]) -> str:
    if {*archive.namelist()} != {MANIFEST, *hashes}:
        return "ein Teil fehlt oder ist zu viel"
    for name, told in hashes.items():
        found = hashlib.sha256()
        with archive.open(name) as file:
            while data := file.read(_BUFFER):
                found.update(data)
        if found.hexdigest() != told:
            return f"{name} ist verändert"
    return ""


def _unlike(archive: Archive, head: Checkpoint) -> str:
    """The chain, the checks of rows and the digests of packages: what only LISA can have written so."""
    good: Good = follow(archive.entries(), head)
    if good.why or good.head != head:
        return good.why or "das Protokoll hat ein anderes Ende"
    if any(check_of(key.encode(), text.encode()) != crc for key, text, crc in archive.kept()):
        return "Beigelegtes ist verändert"
    listed, beside = archive.listed(), archive.beside()
    if not all(map(is_whole, listed)):
        return "die Liste des Posteingangs ist verändert"
    if not all(is_plain(row[0]) and is_plain(row[1]) for row in listed):
        return "die Liste des Posteingangs führt woanders hin"
    if not all(map(is_plain, beside)) or LOG_FILE in beside:
        return "Beiseite liegt, was da nicht hingehört"
    if FILE in beside and not _is_book(beside[FILE]):
        return KEYS_SPOILT
    digests = {row[0]: row[3] for row in listed}
    for package in archive.packages():
        if hashlib.sha256(package.data).hexdigest() != digests[package.number]:
            return f"{package.number} ist verändert"
    return ""


def _is_book(image: bytes) -> bool:
    try:
        row_in(image)
    except ValueError:
        return False
    return True


def _read(archive: zipfile.ZipFile, name: str) -> Iterator[Columns]:
    with archive.open(name) as file:
        for line in file:
            yield tuple(json.loads(line))
