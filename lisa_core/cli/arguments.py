"""What both programs are told on their command line: an address, a folder, a time."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal
from lisa_core.store.postgres.place import DatabaseAddress, place_of


def address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or len(port) > 5 or int(port) > 65535:
        raise LisaError(f"{text!r} ist keine Adresse: erwartet wird Rechner:Port, zum Beispiel 127.0.0.1:8410.")
    return host.strip("[]"), int(port)


def folder(path: Path | None) -> Path | None:
    """The folder to keep things in, made when it is missing, for its owner only."""
    if path is None:
        return None
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        text = f"{path}: Dieser Ordner lässt sich nicht anlegen ({cause(error)}). Anderen nennen."
        raise refusal(text, error) from error
    if not os.access(path, os.W_OK):
        raise MachineError(f"{path}: In diesen Ordner lässt sich nicht schreiben. Anderen nennen.")
    return path


@dataclass(frozen=True, slots=True)
class Stored:
    """Where an exchange keeps its things, as it was told; `typed`: on the command line, where everybody can read it."""

    data: Path | None
    store: str = ""
    typed: bool = False

    def opened(self) -> Path | DatabaseAddress | None:
        """A folder that is there, or a database; None keeps all in memory. Raises `LisaError`."""
        named = self.named()
        return folder(named) if isinstance(named, Path) else named

    def named(self) -> Path | DatabaseAddress | None:
        """The same, and a folder is not made. Raises `LisaError`."""
        if self.store and self.data is None:
            return place_of(self.store, typed=self.typed)
        if self.store:
            where = "--store" if self.typed else "LISA_STORE"
            raise LisaError(f"--data und {where}: Entweder ein Ordner oder eine Datenbank; eines davon weglassen.")
        return self.data


def civil(text: str, zone: ZoneInfo) -> datetime | ZoneInfo:
    """Then, in the Landkreis where nothing else is said; without a text whatever its clock shows."""
    if not text:
        return zone
    try:
        given = datetime.fromisoformat(text)
        return given if given.tzinfo else given.replace(tzinfo=zone)
    except ValueError:
        raise LisaError(f"{text!r} ist kein Zeitpunkt: erwartet wird zum Beispiel 2026-11-23T10:00.") from None
