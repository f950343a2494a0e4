"""Why something failed, in German words for people: libraries and the system say it in English, or not at all."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path

CAUSES: Mapping[int, str] = {
    errno.ECONNREFUSED: "dort nimmt niemand Verbindungen an",
    errno.ECONNRESET: "die Gegenseite hat die Verbindung abgebrochen",
    errno.ECONNABORTED: "die Verbindung ist abgebrochen",
    errno.EPIPE: "die Gegenseite hat die Verbindung abgebrochen",
    errno.ENETUNREACH: "dorthin führt von hier aus kein Netz",
    errno.EHOSTUNREACH: "der Rechner ist von hier aus nicht zu erreichen",
    errno.ENETDOWN: "das Netz ist ausgefallen",
    errno.ETIMEDOUT: "keine Antwort in der Zeit",
    errno.EADDRINUSE: "die Adresse ist schon belegt",
    errno.EADDRNOTAVAIL: "diese Adresse hat der Rechner nicht",
    errno.ENOENT: "das gibt es nicht",
    errno.ENOTDIR: "ein Teil des Pfades ist kein Ordner",
    errno.EISDIR: "das ist ein Ordner",
    errno.ESPIPE: "das ist keine Datei, sondern eine Pipe oder ein Socket",
    errno.EEXIST: "das gibt es schon",
    errno.ENOTEMPTY: "der Ordner ist nicht leer",
    errno.EACCES: "der Zugriff ist nicht erlaubt",
    errno.EPERM: "der Zugriff ist nicht erlaubt",
    errno.EROFS: "der Datenträger lässt sich nur lesen",
    errno.ENOSPC: "der Speicherplatz ist voll",
    errno.EDQUOT: "das Kontingent an Speicherplatz ist erschöpft",
    errno.EFBIG: "die Datei darf nicht größer werden",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.ELOOP: "die Verknüpfungen führen im Kreis",
    errno.EMFILE: "zu viele Dateien sind offen",
    errno.ENFILE: "zu viele Dateien sind offen",
    errno.ENOMEM: "der Arbeitsspeicher reicht nicht",
    errno.EBUSY: "es ist gerade belegt",
    errno.EAGAIN: "es ist gerade belegt",
    errno.EIO: "das Gerät antwortet mit einem Fehler",
    errno.ENODEV: "das Gerät ist nicht da",
    errno.ENXIO: "das Gerät ist nicht da",
    errno.ENOTTY: "das ist kein serieller Anschluss",
    errno.EINVAL: "das kann das Gerät nicht",
}
"""What an error number of the system means to people."""
NO_TLS = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG")
"""What OpenSSL calls an answer that is not encrypted: it reads plain text as a record of TLS."""
CERTIFICATES: Mapping[int, str] = {
    9: "das Zertifikat der Gegenseite gilt noch nicht; geht die Uhr dieses Rechners richtig?",
    10: "das Zertifikat der Gegenseite ist abgelaufen; geht die Uhr dieses Rechners richtig?",
    **dict.fromkeys((18, 19, 20, 21), "den Aussteller des Zertifikats der Gegenseite kennt dieser Rechner nicht"),
    **dict.fromkeys((62, 64), "das Zertifikat der Gegenseite ist für einen anderen Rechner; stimmt die Adresse?"),
}
"""What OpenSSL has against a certificate (X509_V_ERR_..., `verify_code`)."""
TEXTS: Mapping[str, str] = {
    "socket disconnected": "die Gegenseite hat die Verbindung beendet",
    "connection failed": "die Verbindung ist abgebrochen",
    "write failed": "die Verbindung ist abgebrochen",
    "Write timeout": "dort wird nichts mehr angenommen",
    "read failed": "die Verbindung ist abgebrochen",
    "device reports readiness to read but returned no data": "das Gerät ist nicht mehr da",
    "Attempting to use a port that is not open": "der Anschluss ist geschlossen",
    "AF_UNIX path too long": "der Pfad ist länger als die 107 Bytes, die ein Socket hat",
}
"""What libraries say that give no number (pyserial), by a part of it; the most exact stands first."""
MAX_TOLD = 300
"""Maximum number of characters that are told of an error of somebody else's."""
UNKNOWN = "der Grund ist nicht bekannt"


class TooLargeError(OSError):
    """More than is read of a file, or of a device that never ends; `mib`: how much may be in it."""

    def __init__(self, path: Path, mib: int) -> None:
        super().__init__(errno.EOVERFLOW, f"more than {mib} MiB", str(path))
        self.mib = mib


def cause(error: BaseException) -> str:
    """Why, as words that stand in a sentence. Of an error that wraps others the one that says most is taken."""
    chain = list(_chain(error))
    for one in chain:
        if text := _of_kind(one):
            return text
    for one in chain:
        number = getattr(one, "errno", None)
        if isinstance(number, int) and number in CAUSES:
            return CAUSES[number]
    for part, text in TEXTS.items():
        if any(part in str(one) for one in chain):
            return text
    if any(isinstance(one, TimeoutError) or "Timeout" in type(one).__name__ for one in chain):
        return "keine Antwort in der Zeit"
    if any("ProtocolError" in type(one).__name__ for one in chain):
        return "die Gegenseite hat abgebrochen oder spricht ein anderes Protokoll"
    numbers = [one.errno for one in chain if isinstance(one, OSError) and one.errno]
    return f"Fehler {numbers[0]} des Systems" if numbers else UNKNOWN


def is_mistrusted(error: BaseException | None) -> bool:
    """Whether it comes of a certificate that counts for nothing here."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _of_kind(error: BaseException) -> str:
    if isinstance(error, TooLargeError):
        return f"darin steht mehr als {error.mib} MiB"
    if isinstance(error, socket.gaierror):
        return "den Rechnernamen kennt hier niemand"
    if isinstance(error, ssl.SSLCertVerificationError):
        return CERTIFICATES.get(getattr(error, "verify_code", 0), "dem Zertifikat der Gegenseite ist nicht zu trauen")
    if not isinstance(error, ssl.SSLError):
        return ""
    told = "eine verschlüsselte Verbindung kommt nicht zustande"
    plain = any(reason in str(error) for reason in NO_TLS)
    return (
        f"{told}; dort wird wohl unverschlüsselt gesprochen, dann http:// statt https:// schreiben" if plain else told
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, what caused it and what it groups, each once."""
    waiting, seen = [error], set()
    while waiting:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += one.exceptions if isinstance(one, BaseExceptionGroup) else []
        waiting += [inner for inner in (one.__cause__, one.__context__) if inner is not None]


def told_by(error: BaseException, package: str) -> str:
    """What an error of somebody else's code says, in one line, and where in their `package` it happened."""
    first = next((one for one in _chain(error) if not isinstance(one, BaseExceptionGroup)), error)
    text = " ".join(str(first).split())[:MAX_TOLD]
    said = f"{type(first).__name__}: {text}" if text else type(first).__name__
    place = _place_in(first, package)
    return f"{said}; {place}" if place else said


def _place_in(error: BaseException, package: str) -> str:
    if isinstance(error, SyntaxError):  # its own text says file and line
        return ""
    trace, found = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame
        if str(code.f_globals.get("__name__", "")).partition(".")[0] == package:
            file = Path(code.f_code.co_filename)
            found = f"{file.parent.name}/{file.name}, Zeile {trace.tb_lineno}"
        trace = trace.tb_next
    return found
