"""What a recording consists of, as values: a head that says of what it is, and entries in the order of their times.

A content is a row of parts. What would be personal is never bytes: a picture is described by its size and kind, any
other thing by its length, and whoever plays the recording draws one anew (`traces.drawn`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.slots.driver import Given

FORMAT = 1
"""The version of the format; a reader refuses a later one."""
SUFFIX = ".trace"


class TraceError(LisaError):
    """A recording that cannot be used: says which file, which line, and what to do."""


class EntryKind(Enum):
    """What an entry tells of, by the word that stands in the file."""

    OPEN = "open"
    """The driver opened a line."""
    SENT = ">"
    """The driver sent these bytes."""
    CAME = "<"
    """The device sent these bytes; none: it says no more on this connection."""
    ENDED = "ended"
    """The driver said that there is no more, and the device has taken it (`ok`) or perhaps not."""
    ASKED = "ask"
    """The driver asked something that gets one answer: by HTTP, or for a report of a HID device. `n` counts them."""
    ANSWERED = "answer"
    FAULT = "fault"
    """There was no answer to question `n`, or to what was sent: what the line said of it."""
    LOST = "lost"
    AGAIN = "again"
    CLOSE = "close"
    MARK = "mark"
    """Something was done at the device, by a person or a program: `text`, the name of the act."""
    GAP = "gap"
    """Here `count` entries are missing: the ring was full."""
    END = "end"
    """The recording is whole: `count` entries stand before this one."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Bytes as they were."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Blank:
    """What was left out: so many bytes, and what it was."""

    size: int
    what: str = ""


@dataclass(frozen=True, slots=True)
class PictureShape:
    """A picture that was left out. `whole`: it had its end; `grey`: it had no colours."""

    media_type: str
    width: int
    height: int
    grey: bool
    size: int
    whole: bool = True


Part = Plain | Blank | PictureShape
Content = tuple[Part, ...]
About = Mapping[str, str | int | float | bool]


@dataclass(frozen=True, slots=True)
class TraceEntry:
    """One line of a recording: microseconds since it began, what happened, with what, and what else is known."""

    at_us: int
    kind: EntryKind
    content: Content = ()
    about: About = field(default_factory=dict)

    def word(self, name: str) -> str:
        """What is known under this name, as text; "" where nothing is."""
        return str(self.about.get(name, ""))

    def number(self, name: str = "n") -> int:
        """The same as a whole number; 0 where there is none."""
        value = self.about.get(name, 0)
        return int(value) if isinstance(value, int | float) else 0


@dataclass(frozen=True, slots=True)
class TraceHead:
    """Of what a recording is. `origin` is what its slots held (`equipment.slots.origin.Origin`, in its words)."""

    slots: Mapping[str, Given]
    """The slots that hang on the line, each with the options that its profile gave."""
    driver: str
    binding: str
    origin: str
    begun: datetime
    version: str
    """Of LISA."""
    identity: DeviceIdentity = DeviceIdentity()
    source: str = ""
    """From what it was made, if not recorded here: "fang.pcapng"."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """A recording that was read. `lines`: in which line of the file each entry stands; `cut`: why it is not whole."""

    path: Path
    head: TraceHead
    entries: tuple[TraceEntry, ...]
    lines: tuple[int, ...]
    cut: str = ""

    def place(self, index: int) -> str:
        """File and line of an entry; behind the last one, the end of the file."""
        line = self.lines[index] if index < len(self.lines) else (self.lines[-1] + 1 if self.lines else 2)
        return f"{self.path}:{line}"


def plain(data: bytes) -> Content:
    """Bytes as a content; none is an empty one."""
    return (Plain(data),) if data else ()


def bytes_in(content: Content) -> bytes | None:
    """The bytes of a content that has nothing else; None for one in which something was left out."""
    if all(isinstance(part, Plain) for part in content):
        return b"".join(part.data for part in content if isinstance(part, Plain))
    return None
