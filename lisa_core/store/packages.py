"""Where the packages of an inbox lie: the port, and the files of a folder behind it."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lisa_core.domain.model.errors import MachineError
from lisa_core.domain.model.ids import OfficeId
from lisa_core.host.space import RESERVE, space
from lisa_core.store.folder import private_folder, sync_folder

_ENDING = ".lisa.zip"
_PART = ".part"
ASIDE = ".beiseite"
LARGE = 512 * 1024
"""Bytes of a package whose check and writing take some milliseconds or more; larger ones are for a thread."""
CHUNK, PAUSE_S = 256 * 1024, 0.02
"""Bytes per step, and seconds between two steps, of looking through packages: nothing else is held up."""


class Named(Protocol):
    """What has a number and an office, as a package has, and an entry of the list."""

    @property
    def number(self) -> str: ...

    @property
    def office(self) -> OfficeId: ...


@dataclass(frozen=True, slots=True)
class Lying:
    """A package that lies in the inbox."""

    number: str
    office: OfficeId


def is_plain(name: object) -> bool:
    """Whether it is one name in a folder, as numbers and offices are, and no way to anywhere else."""
    return isinstance(name, str) and name not in ("", ".", "..") and not {"/", "\0"} & set(name)


class Packages(Protocol):
    """Raises `OSError` and `MachineError`. Laid is durable, and not received; received is what has its name."""

    def lay(self, what: Named, package: bytes) -> None:
        """Write it, durable, without receiving it yet; in any thread."""
        ...

    def name(self, what: Named) -> None:
        """It is received, and listed."""
        ...

    def drop(self, what: Named) -> None:
        """It was laid there, and was not received."""
        ...

    def settle(self, listed: Container[str]) -> None:
        """A crash came between laying and naming: received is what is listed, by its number; the rest never was."""
        ...

    def lying(self) -> Iterable[tuple[Lying, int]]:
        """Whatever has its name, with its size in bytes."""
        ...

    def read(self, what: Named) -> bytes:
        """The whole package."""
        ...

    def set_aside(self, what: Named) -> str:
        """What is no package, or not the one it should be, keeps its name with another ending; returns that."""
        ...

    async def digest(self, what: Named) -> str:
        """The SHA-256 (hex) of what lies there; nothing else is held up meanwhile."""
        ...

    def where(self, what: Named) -> str:
        """Its place, for people."""
        ...

    def close(self) -> None: ...


class FolderPackages:
    """One file per package, `<office>/<number>.lisa.zip`; while it is not received yet `<office>/.<number>.part`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def lay(self, what: Named, package: bytes) -> None:
        part = self._part(what)
        if space(self._root).free < len(package) + RESERVE:
            raise MachineError(f"{part.parent}: Der Speicherplatz reicht nicht. Platz schaffen.")
        private_folder(part.parent)
        write_whole(part, package)

    def name(self, what: Named) -> None:
        self._part(what).rename(self._path(what))

    def drop(self, what: Named) -> None:
        self._part(what).unlink(missing_ok=True)

    def settle(self, listed: Container[str]) -> None:
        for part in self._root.glob(f"*/.*{_PART}"):
            number = part.name.removeprefix(".").removesuffix(_PART)
            if number in listed:
                part.rename(part.with_name(f"{number}{_ENDING}"))
            else:
                part.unlink()

    def lying(self) -> Iterator[tuple[Lying, int]]:
        with os.scandir(self._root) as offices:
            for office in offices:
                if not office.is_dir(follow_symlinks=False):
                    continue
                with os.scandir(office.path) as files:
                    for file in files:
                        if file.name.endswith(_ENDING) and not file.name.startswith(".") and file.is_file():
                            number = file.name.removesuffix(_ENDING)
                            yield Lying(number, OfficeId(office.name)), file.stat().st_size

    def read(self, what: Named) -> bytes:
        return self._path(what).read_bytes()

    def set_aside(self, what: Named) -> str:
        path = self._path(what)
        aside, number = path.with_name(path.name + ASIDE), 1
        while aside.exists():
            aside, number = path.with_name(f"{path.name}{ASIDE}-{number}"), number + 1
        path.rename(aside)
        return aside.name

    async def digest(self, what: Named) -> str:
        found = hashlib.sha256()
        with self._path(what).open("rb") as file:
            while data := file.read(CHUNK):
                found.update(data)
                await asyncio.sleep(PAUSE_S)
        return found.hexdigest()

    def where(self, what: Named) -> str:
        return str(self._path(what))

    def close(self) -> None:
        """Nothing is open."""

    def _part(self, what: Named) -> Path:
        return self._root / what.office / f".{what.number}{_PART}"

    def _path(self, what: Named) -> Path:
        return self._root / what.office / f"{what.number}{_ENDING}"


def write_whole(path: Path, data: bytes) -> None:
    """A whole file under its name, durable when this returns."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
