"""Faults of a serial line that cannot be opened or is gone, as system, pyserial or a server of lines report them."""

from __future__ import annotations

import contextlib
import errno
import re
import socket
import termios
from collections.abc import Mapping

from lisa_core.domain.model.errors import DeviceFault, LisaError, ProfileError
from lisa_core.host.address import SERIAL, read_address
from lisa_core.host.causes import cause

HEAR_S = 1.0
"""Seconds in which a server has to say that its line is taken."""
ENOUGH = 256
"""Maximum number of bytes of such a sentence."""

_MISSING = ("link.missing", "Diesen Anschluss gibt es nicht. Gerät anstecken oder die Bindung berichtigen.")
_NO_PERMISSION = (
    "link.refused",
    "Zugriff verweigert. Den Benutzer in die Gruppe des Anschlusses aufnehmen (oft dialout).",
)
_TAKEN = ("link.busy", "Ein anderes Programm hat den Anschluss offen. Erst jenes beenden.")
_NOT_OPENED: Mapping[int, tuple[str, str]] = {
    errno.ENOENT: _MISSING,
    errno.ENODEV: _MISSING,
    errno.ENXIO: _MISSING,
    errno.EIO: _MISSING,
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EAGAIN: _TAKEN,
    errno.EBUSY: _TAKEN,
    errno.EINVAL: ("link.refused", "Geschwindigkeit oder Parität kann er nicht. Die Optionen berichtigen."),
}
_NEVER = (errno.ENOTTY, errno.EISDIR, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG)
_REMOTE: Mapping[str, tuple[str, str]] = {
    "Could not open port": ("link.missing", "Dort antwortet niemand. Den Server starten oder die Bindung berichtigen."),
    "Remote does not seem": (
        "link.refused",
        (
            "Dort antwortet etwas, aber kein RFC 2217. Es beim Server einschalten (ser2net: telnet(rfc2217)), "
            "oder rohes TCP (accepter: tcp) und mit socket:// binden."
        ),
    ),
    "Remote does not accept": (
        "link.refused",
        "Der Server stellt Geschwindigkeit oder Parität nicht ein. Die Optionen berichtigen.",
    ),
    "timeout while waiting": (
        "link.refused",
        "Der Server bestätigt die Steuerleitungen nicht. An die Bindung ?ign_set_control anhängen.",
    ),
}
"""What pyserial says of a line on another machine, by how it begins."""
_SPEAKS_TELNET = (
    "link.refused",
    (
        "Dort spricht ein Server Telnet: Er schickt eigene Zeichen mit und jedes Byte 0xFF doppelt. {binding}, "
        "oder beim Server rohes TCP einstellen (ser2net: accepter: tcp)."
    ),
)
_TELNET = re.compile(rb"\xff[\xfb-\xfe].", re.DOTALL)
"""Offers and wishes of a telnet server: IAC, WILL to DONT, option (RFC 854)."""
_GREETING = re.compile(rb"\xff(?:\Z|[\xfb-\xfe](?:\Z|.(?:\Z|\xff(?:\Z|[\xfb-\xfe]))))", re.DOTALL)
"""Two of them, with which such a server begins, or their beginning. One alone may be a device's."""
_WHOLE_GREETING = 5
_NO_ENTRY = ("link.refused", "Der Server gibt diesen Anschluss hier nicht frei. Seine Einstellungen berichtigen.")
_NO_DEVICE = (
    "link.busy",
    "Der Server kann das Gerät nicht öffnen: Es ist nicht angesteckt, oder ein anderes Programm hat es offen.",
)
_REFUSALS: Mapping[bytes, tuple[str, str]] = {
    b"Port already in use": _TAKEN,
    b"Port's device already in use": _TAKEN,
    b"Device open failure": _NO_DEVICE,
    b"Port disabled": _NO_ENTRY,
    b"Accessed denied": _NO_ENTRY,
}
"""What ser2net sends instead of the device's bytes when it has no line to give."""


def not_opened(url: str, error: Exception) -> LisaError:
    """Why this line could not be opened: a `DeviceFault`, or a `ProfileError` when it can never be one."""
    if "://" in url:
        code, advice = next((said for begin, said in _REMOTE.items() if str(error).startswith(begin)), ("", ""))
        if code != "link.missing" and is_refusal(heard := _heard(url)):
            return turned_away(url, heard)
    else:
        inner = error.__context__  # pyserial wraps what the settings of the line raise into a text
        number = inner.args[0] if isinstance(inner, termios.error) else _number(error)
        if number in _NEVER:
            return ProfileError(f"{_where(url)}: Das ist kein serieller Anschluss. Die Bindung berichtigen.")
        code, advice = _NOT_OPENED.get(number, ("", ""))
    if not code:
        code, advice = "link.refused", f"Er lässt sich nicht öffnen ({cause(error)}). Die Bindung berichtigen."
    return DeviceFault(code, f"{_where(url)}: {advice}", retryable=code != "link.refused")


def lost(url: str, why: str) -> DeviceFault:
    """The line was open and is gone."""
    text = f"{_where(url)}: Die Verbindung ist weg ({why}). Kabel und Strom prüfen."
    return DeviceFault("link.lost", text, retryable=True)


def turned_away(url: str, heard: bytes) -> DeviceFault:
    """A server's sentence says that it has no line to give, mostly because somebody else has it."""
    code, advice = next(said for sentence, said in _REFUSALS.items() if heard.startswith(sentence))
    return DeviceFault(code, f"{_where(url)}: {advice}", retryable=code == _TAKEN[0])


def speaks_telnet(url: str) -> DeviceFault:
    """A line of raw bytes was expected, and a telnet server is there."""
    code, advice = _SPEAKS_TELNET
    binding = f"Mit rfc2217://{read_address(url, SERIAL).place} binden"
    return DeviceFault(code, f"{_where(url)}: {advice.format(binding=binding)}", retryable=False)


def is_telnet(heard: bytes) -> bool:
    """Whether a telnet server has begun to negotiate."""
    return len(heard) >= _WHOLE_GREETING and _GREETING.match(heard) is not None


def is_refusal(heard: bytes) -> bool:
    """Whether this is the sentence of a server, not the bytes of a device."""
    return heard.startswith(tuple(_REFUSALS))


def begins_like_refusal(heard: bytes) -> bool:
    """Whether it is one, or the greeting of a telnet server, or may become one with the next bytes."""
    begun = any(sentence.startswith(heard) for sentence in _REFUSALS)
    return is_refusal(heard) or begun or _GREETING.match(heard) is not None


def _number(error: Exception) -> int:
    number = error.args[0] if isinstance(error, termios.error) else getattr(error, "errno", None)
    return number if isinstance(number, int) else 0


def _where(url: str) -> str:
    return f"Serieller Anschluss {url!r}"


def _heard(url: str) -> bytes:
    """What a server says by itself to whoever connects: one that is busy says so and hangs up."""
    address, heard = read_address(url, SERIAL), b""
    with contextlib.suppress(OSError):
        if address.host:
            with socket.create_connection((address.host, address.port), timeout=HEAR_S) as connection:
                while len(heard) < ENOUGH and (more := connection.recv(ENOUGH)):
                    heard += more
    return _TELNET.sub(b"", heard)
