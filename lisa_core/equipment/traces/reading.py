"""A recording read from its file: bounded in every way, and each fault with its line and with what to do.

A file that breaks off, as one does whose program was killed, is read up to there and says so (`Trace.cut`). Anything
else that is wrong is a fault: a recording that somebody has changed by hand must not play as if it were one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.json_types import Json, JsonDict, JsonMap
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.traces.entries import (
    FORMAT,
    About,
    Blank,
    Content,
    EntryKind,
    Part,
    PictureShape,
    Plain,
    Trace,
    TraceEntry,
    TraceError,
    TraceHead,
)
from lisa_core.equipment.traces.writing import WHAT
from lisa_core.host.causes import cause
from lisa_core.wire.json_text import read_json

MAX_LINE = 8 * 1024 * 1024
MAX_BYTES = 256 * 1024 * 1024
MAX_ENTRIES = 2_000_000
MAX_PARTS = 10_000
MAX_PIXELS = 100_000_000
MAX_BLANK = 64 * 1024 * 1024
LONGEST_US = 30 * 24 * 3600 * 1_000_000
"""A month: no recording is longer."""
_KINDS = {kind.value: kind for kind in EntryKind}
_NOT_ABOUT = frozenset({"t", "k", "hex", "text", "blank", "was", "picture", "parts"})
_NUMBERED = (EntryKind.ASKED, EntryKind.ANSWERED)


def read_head(path: Path) -> TraceHead:
    """The first line alone. Raises `TraceError`."""
    with _opened(path) as file:
        return _head(path, file.readline(MAX_LINE + 1))


def read_trace(path: Path) -> Trace:
    """The whole recording. Raises `TraceError` with file and line."""
    with _opened(path) as file:
        if path.stat().st_size > MAX_BYTES:
            raise TraceError(f"{path}: Die Aufzeichnung hat mehr als {MAX_BYTES} Bytes. Eine kürzere aufnehmen.")
        head = _head(path, file.readline(MAX_LINE + 1))
        entries: list[TraceEntry] = []
        lines: list[int] = []
        cut = "Das Ende fehlt: Die Aufnahme wurde abgebrochen."
        for number, line in enumerate(_lines(file), 2):
            if not line.endswith(b"\n"):
                cut = f"Zeile {number} bricht ab; gelesen ist bis dahin."
                break
            entry = _entry(f"{path}:{number}", line, entries[-1].at_us if entries else 0)
            if entry.kind is EntryKind.END:
                _check_end(f"{path}:{number}", entry, len(entries), file)
                cut = ""
                break
            entries.append(entry)
            lines.append(number)
            if len(entries) > MAX_ENTRIES:
                raise TraceError(f"{path}: Mehr als {MAX_ENTRIES} Zeilen. Eine kürzere Aufzeichnung nehmen.")
    return Trace(path, head, tuple(entries), tuple(lines), cut)


def opened_time(path: Path) -> int:
    """When the file was changed last, in nanoseconds. Raises `TraceError` where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError as error:
        raise _unread(path, error) from error


def _unread(path: Path, error: OSError) -> TraceError:
    return TraceError(f"{path}: Die Aufzeichnung lässt sich nicht lesen ({cause(error)}).")


def _opened(path: Path) -> BinaryIO:
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "Is a directory")
        return path.open("rb")
    except OSError as error:
        raise _unread(path, error) from error


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(MAX_LINE + 1):
        yield line


def _check_end(where: str, entry: TraceEntry, count: int, file: BinaryIO) -> None:
    if entry.number("count") != count:
        raise TraceError(f"{where}: Hier sollten {entry.number('count')} Einträge stehen, es sind {count}. {_AGAIN}")
    if file.readline(2):
        raise TraceError(f"{where}: Hinter dem Ende steht noch etwas. {_AGAIN}")


_AGAIN = "Die Datei ist verändert: noch einmal aufnehmen oder das Original holen."


def _head(path: Path, line: bytes) -> TraceHead:
    where = f"{path}:1"
    told = _object(where, line, f"Das ist keine Aufzeichnung von LISA ({WHAT}).")
    if told.get("what") != WHAT:
        raise TraceError(f"{where}: Das ist keine Aufzeichnung von LISA ({WHAT}).")
    version = told.get("format")
    if version != FORMAT:
        raise TraceError(f"{where}: format = {version!r} liest diese Version nicht; sie liest {FORMAT}. LISA erneuern.")
    try:
        identity = DeviceIdentity(**{key: _text(value) for key, value in _map(told.get("identity", {})).items()})
        slots = {_text(slot): dict(_map(options)) for slot, options in _map(told["slots"]).items()}
        return TraceHead(
            slots,
            _text(told["driver"]),
            _text(told["binding"]),
            _text(told["origin"]),
            datetime.fromisoformat(_text(told["date"])),
            _text(told["version"]),
            identity,
            _text(told.get("source", "")),
            _text(told.get("note", "")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TraceError(f"{where}: Im Kopf der Aufzeichnung fehlt oder stimmt nicht: {error}. {_AGAIN}") from None


def _entry(where: str, line: bytes, since_us: int) -> TraceEntry:
    told = _object(where, line, f"Das ist keine Zeile einer Aufzeichnung. {_AGAIN}")
    try:
        at_us, kind = told["t"], _KINDS[_text(told["k"])]
        since_us = 0 if kind is EntryKind.END else since_us
        if type(at_us) is not int or not since_us <= at_us <= LONGEST_US:
            raise ValueError(f"die Zeit t = {at_us!r} liegt vor der vorigen oder ist keine")
        about = _about(told)
        if kind in _NUMBERED and type(about.get("n")) is not int:
            raise ValueError("die Nummer n fehlt")
        return TraceEntry(at_us, kind, _content(told), about)
    except KeyError as error:
        raise TraceError(f"{where}: {error.args[0]!r} fehlt oder ist unbekannt. {_AGAIN}") from None
    except (TypeError, ValueError) as error:
        raise TraceError(f"{where}: {error}. {_AGAIN}") from None


def _about(told: JsonMap) -> About:
    about = {key: value for key, value in told.items() if key not in _NOT_ABOUT}
    for key, value in about.items():
        if not isinstance(value, str | int | float | bool):
            raise ValueError(f"„{key}“ ist weder Text noch Zahl")
    return about


def _content(told: JsonMap) -> Content:
    if "parts" in told:
        parts = told["parts"]
        if not isinstance(parts, list) or len(parts) > MAX_PARTS:
            raise ValueError("parts ist keine Liste, oder zu lang")
        return tuple(_part(_map(part)) for part in parts)
    return (_part(told),) if told.keys() & _PARTS.keys() else ()


def _part(told: JsonMap) -> Part:
    name = next((name for name in _PARTS if name in told), "")
    if not name:
        raise ValueError("ein Teil ist weder hex noch text, picture oder blank")
    return _PARTS[name](told)


def _blank(told: JsonMap) -> Part:
    return Blank(_count(told["blank"], MAX_BLANK), _text(told.get("was", "")))


def _picture(told: JsonMap) -> Part:
    one = _map(told["picture"])
    width, height = _count(one["width"], MAX_PIXELS), _count(one["height"], MAX_PIXELS)
    if not 0 < width * height <= MAX_PIXELS:
        raise ValueError(f"ein Bild von {width} mal {height} Punkten ist zu groß oder keines")
    grey, whole = one["grey"], one.get("whole", True)
    if not isinstance(grey, bool) or not isinstance(whole, bool):
        raise TypeError("grey und whole sind true oder false")
    return PictureShape(_text(one["type"]), width, height, grey, _count(one["size"], MAX_BLANK), whole)


_PARTS: Mapping[str, Callable[[JsonMap], Part]] = {
    "hex": lambda told: Plain(bytes.fromhex(_text(told["hex"]))),
    "text": lambda told: Plain(_text(told["text"]).encode()),
    "picture": _picture,
    "blank": _blank,
}


def _object(where: str, line: bytes, otherwise: str) -> JsonDict:
    try:
        value = read_json(line, where, max_bytes=MAX_LINE)
    except ProtocolError:
        raise TraceError(f"{where}: {otherwise}") from None
    if not isinstance(value, dict):
        raise TraceError(f"{where}: {otherwise}")
    return value


def _map(value: Json) -> JsonMap:
    if not isinstance(value, dict):
        raise TypeError(f"{str(value)[:40]!r} ist keine Tabelle")
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:40]!r} ist kein Text")
    return value


def _count(value: Json, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError(f"{str(value)[:40]!r} ist keine Zahl von 0 bis {most}")
    return value
