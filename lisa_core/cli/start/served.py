"""What a program shows to the network: its certificate, and the addresses under which it is found."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.host.machine import tell
from lisa_core.web import texts
from lisa_core.web.asgi import LOOPBACK
from lisa_core.web.tls import ServedCertificate


def certificate_of(certificate: Path | None, key: Path | None) -> ServedCertificate | None:
    """What is to be said of it is told. None: neither is named."""
    if (pair := both_of(certificate, key)) is None:
        return None
    served = ServedCertificate(*pair, datetime.now(tz=UTC))
    for text in served.shown.told:
        tell(text)
    return served


def both_of(certificate: Path | None, key: Path | None) -> tuple[Path, Path] | None:
    """None: neither is named. Raises `LisaError` for one without the other."""
    if certificate is not None and key is not None:
        return certificate, key
    if certificate is None and key is None:
        return None
    raise LisaError(texts.ONE_OF_TWO)


def check_encrypted(host: str, port: int, *, tls: bool) -> None:
    """Raises `LisaError` for an address that can be reached from outside, where nothing would be encrypted."""
    if host not in LOOPBACK and not tls:
        raise LisaError(texts.NO_TLS.format(host, port))


def addresses(where: str, served: ServedCertificate | None) -> str:
    """Where desks and booths find it: with TLS under the names that its certificate gives it.

    One for all names below (`*.`) is no address; where there is no other it says which part people know themselves.
    """
    if served is None:
        return f"http://{where}/"
    port = where.rpartition(":")[2]
    names = [name for name in served.shown.names if not name.startswith("*.")]
    names = names or [name.replace("*", "NAME", 1) for name in served.shown.names]
    return " ".join(f"https://{name}:{port}/" for name in sorted(names))
