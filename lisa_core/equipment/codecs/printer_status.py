"""What a printer says on the connection on which it takes jobs, sans-IO: PJL status, errors of PostScript, HTTP.

Sources: HP, "Printer Job Language Technical Reference Manual", 5-13 (USTATUS JOB and its RESULT), 7-34 (USTATUS DEVICE
and the groups of its codes); Adobe, "PostScript Language Reference", 3.11.1 (messages in %%[ ]%%). A web or IPP server
takes the job for a request and refuses it: "HTTP/1.1 400".

    @PJL USTATUS DEVICE CR LF CODE=40021 CR LF DISPLAY="12 PRINTER OPEN" CR LF ONLINE=FALSE CR LF FF
    @PJL USTATUS JOB CR LF END CR LF NAME="kopie" CR LF PAGES=1 CR LF RESULT=OK CR LF FF
    %%[ Error: undefined; OffendingCommand: %PDF-1.4 ]%%
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_ANSWER = 4096
"""Maximum length of one message; what is longer is none."""
NEEDS_SOMEBODY = 40_000
"""From this code on it stands still until somebody has seen to it: open, jam, no paper; from 50000 on it is broken."""

_MESSAGE = re.compile(
    r"@PJL\s+(?P<topic>INFO STATUS|USTATUS DEVICE|USTATUS JOB)\s*\r?\n(?P<lines>[^\f]{0,1000})\f"
    r"|%%\[\s*(?P<script>(?:Printer)?Error):\s*(?P<what>[^\]]{0,400}?)\s*\]%%"
    r"|\AHTTP/1\.\d (?P<http>\d{3})",
    re.IGNORECASE,
)
_CODE, _DISPLAY = (
    re.compile(r"CODE\s*=\s*(\d{1,6})", re.IGNORECASE),
    re.compile(r'DISPLAY\s*=\s*"([^"]*)"', re.IGNORECASE),
)
_RESULT = re.compile(r"RESULT\s*=\s*(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """How the printer is: its code, and what its display shows."""

    code: int
    display: str = ""


@dataclass(frozen=True, slots=True)
class JobStatus:
    """What becomes of a job: START, END or CANCELED. `result` is OK, a reason, or empty where none is told."""

    state: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class ScriptError:
    """A printer that reads PostScript and has met something else, or `of_device`: its own trouble."""

    text: str
    of_device: bool = False


@dataclass(frozen=True, slots=True)
class NoPrinter:
    """A server that answers in HTTP with this status."""

    status: int


Said = DeviceStatus | JobStatus | ScriptError | NoPrinter


class StatusParser:
    """The host's side of one connection. What is none of these messages is overlooked."""

    def __init__(self) -> None:
        self._text = ""

    def feed(self, data: bytes) -> list[Said]:
        """What is complete by now."""
        self._text += data.decode("latin-1")
        said: list[Said] = []
        while found := _MESSAGE.search(self._text):
            self._text = self._text[found.end() :]
            said += _read(found)
        self._text = self._text[-MAX_ANSWER:]
        return said


def _read(found: re.Match[str]) -> list[Said]:
    if found["http"]:
        return [NoPrinter(int(found["http"]))]
    if found["script"]:
        return [ScriptError(_shown(found["what"]), of_device=found["script"].lower() == "printererror")]
    lines = found["lines"]
    if found["topic"].upper() == "USTATUS JOB":
        state, result = lines.split(maxsplit=1)[:1], _RESULT.search(lines)
        return [JobStatus(state[0].upper(), result[1].upper() if result else "")] if state else []
    code, display = _CODE.search(lines), _DISPLAY.search(lines)
    return [DeviceStatus(int(code[1]), _shown(display[1]) if display else "")] if code else []


def _shown(text: str) -> str:
    """As much of a foreign text as fits into a sentence."""
    return "".join(char if char.isprintable() else " " for char in text)[:80].strip()


def write_status(topic: str, *lines: str) -> bytes:
    """A message as a printer sends it."""
    return "\r\n".join((f"@PJL {topic}", *lines, "\f")).encode("latin-1", errors="replace")
