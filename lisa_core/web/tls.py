"""TLS as a server speaks it: one context for all of ours, and a certificate from files that is taken up when renewed.

Version 1.2 with forward secrecy and AES-GCM only, or 1.3 (BSI TR-02102-2; Python's `ssl` cannot leave out 1.3's
ChaCha20, which is chosen only by a client that offers no AES). No tickets: what was spoken yesterday stays closed
whoever gets our memory today.
"""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import ipaddress
import ssl
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding

from lisa_core.domain.model.errors import LisaError
from lisa_core.host.causes import cause
from lisa_core.web import texts

CIPHERS = "ECDHE+AESGCM:!aNULL"
WEAK_BITS, SMALL_BITS = 2048, 3000
"""Of RSA: fewer are refused; fewer than the second are less than TR-02102-1 asks for, and told."""
SOON = datetime.timedelta(days=14)
FORMER_FOR = datetime.timedelta(seconds=30)
"""After a renewal: whoever was shown the former certificate has connected, said hello and proved its key by then."""
_DER = Encoding.DER
_READABLE_BY_ALL = 0o007
RENEW_LOOK_S = 1.0


def server_context() -> ssl.SSLContext:
    """A context without a certificate yet."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(CIPHERS)
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION | ssl.OP_NO_TICKET
    context.options |= ssl.OP_CIPHER_SERVER_PREFERENCE
    context.num_tickets = 0
    return context


@dataclass(frozen=True, slots=True)
class ShownCertificate:
    """What a certificate says: its SHA-256 (hex), whom it names (small letters), and until when it holds."""

    digest: str
    names: frozenset[str]
    until: datetime.datetime
    told: tuple[str, ...] = ()


class ServedCertificate:
    """A certificate and its key in two PEM files; `context` serves with what stands in them now."""

    def __init__(self, certificate: Path, key: Path, now: datetime.datetime) -> None:
        """Raises `LisaError` with a sentence for files that nobody could be served with."""
        self.context = server_context()
        self._files, self._stamp = (certificate, key), _stamp((certificate, key))
        self.shown = self._load(now)
        """What is shown to whoever connects now."""
        self._former: tuple[str, datetime.datetime] | None = None
        """The digest of what was shown before, and when that was renewed."""
        self._told_end = self._failed = ""

    @property
    def digests(self) -> frozenset[str]:
        """Of what is shown now, and for `FORMER_FOR`, as `look` sees it, of what was before: to that a booth may have
        connected a moment ago. Longer it counts for nobody: it was renewed perhaps because its key is known."""
        former = {self._former[0]} if self._former else set[str]()
        return frozenset({self.shown.digest, *former})

    def look(self, now: datetime.datetime) -> Iterable[str]:
        """Take up files that have changed. Yields sentences for whoever runs the place, each once.

        Files that do not fit together (yet) change nothing: what was served goes on.
        """
        if self._former and abs(now - self._former[1]) > FORMER_FOR:  # also where the clock was set
            self._former = None
        stamp = _stamp(self._files)
        if stamp != self._stamp or self._failed:
            try:
                before, self.shown = self.shown, self._load(now)
            except LisaError as error:
                if self._failed != str(error):
                    yield texts.NOT_RENEWED.format(error)
                self._failed, self._stamp = str(error), stamp
            else:
                self._failed, self._stamp, self._told_end = "", stamp, ""
                self._former = before.digest, now
                yield texts.RENEWED.format(self._files[0], _day(self.shown.until))
                if lost := sorted(before.names - self.shown.names):
                    yield texts.NAMES_LOST.format(self._files[0], ", ".join(lost))
                yield from self.shown.told
        end = texts.IS_OVER if now >= self.shown.until else texts.OVER_SOON if now + SOON > self.shown.until else ""
        if end != self._told_end:
            self._told_end = end
            if end:
                yield end.format(self._files[0], _day(self.shown.until))

    def _load(self, now: datetime.datetime) -> ShownCertificate:
        certificate, key = self._files
        shown = read_certificate(certificate, now)
        check_key(key)
        try:
            server_context().load_cert_chain(certificate, key, lambda: "")  # whether they fit, before anybody gets them
            self.context.load_cert_chain(certificate, key, lambda: "")
        except ssl.SSLError as error:
            raise LisaError(texts.NOT_TOGETHER.format(certificate, key)) from error
        except OSError as error:
            raise LisaError(texts.NOT_READ.format(key, cause(error))) from error
        return shown


def digest_of(certificate: bytes) -> str:
    """What certificates are told apart by: SHA-256 (hex) over its DER."""
    return hashlib.sha256(certificate).hexdigest()


def names_of(certificate: x509.Certificate) -> frozenset[str]:
    """The hosts that a certificate names: names as they are, addresses as they stand in a URL."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return frozenset()
    addresses = found.get_values_for_type(x509.IPAddress)
    return frozenset(
        [
            *(name.lower() for name in found.get_values_for_type(x509.DNSName)),
            *(f"[{one}]" if isinstance(one, ipaddress.IPv6Address) else str(one) for one in addresses),
        ]
    )


def check_key(path: Path) -> None:
    """Raises `LisaError` for a key that cannot be read, or that everybody can."""
    try:
        mode = path.stat().st_mode
        path.open("rb").close()
    except OSError as error:
        raise LisaError(texts.NOT_READ.format(path, cause(error))) from error
    if mode & _READABLE_BY_ALL:
        raise LisaError(texts.KEY_OPEN.format(path, path))


def read_certificate(path: Path, now: datetime.datetime) -> ShownCertificate:
    """What the first certificate of this file says. Raises `LisaError` for one that nobody would take."""
    try:
        first = x509.load_pem_x509_certificates(path.read_bytes())[0]
        names = names_of(first)
    except OSError as error:
        raise LisaError(texts.NOT_READ.format(path, cause(error))) from error
    except ValueError as error:
        raise LisaError(texts.NO_CERTIFICATE.format(path)) from error
    if not names:
        raise LisaError(texts.NO_NAME.format(path))
    if now >= first.not_valid_after_utc:
        raise LisaError(texts.IS_OVER.format(path, _day(first.not_valid_after_utc)))
    if now < first.not_valid_before_utc:
        raise LisaError(texts.NOT_YET.format(path, _day(first.not_valid_before_utc)))
    key, told = first.public_key(), list[str]()
    if isinstance(key, RSAPublicKey) and key.key_size < SMALL_BITS:
        if key.key_size < WEAK_BITS:
            raise LisaError(texts.TOO_WEAK.format(path, key.key_size))
        told.append(texts.WEAK.format(path, key.key_size))
    return ShownCertificate(digest_of(first.public_bytes(_DER)), names, first.not_valid_after_utc, tuple(told))


def _stamp(files: Iterable[Path]) -> tuple[tuple[int, int, int], ...]:
    """By this a file that was written anew, or replaced, is noticed."""
    found = []
    for path in files:
        try:
            stat = path.stat()
            found.append((stat.st_mtime_ns, stat.st_ino, stat.st_size))
        except OSError:
            found.append((0, 0, 0))
    return tuple(found)


def _day(moment: datetime.datetime) -> str:
    return f"{moment:%d.%m.%Y}"


async def renewals(shown: ServedCertificate | None) -> AsyncIterator[str]:
    """A renewed certificate is taken up by itself; what becomes of it, in sentences, for as long as somebody asks."""
    while shown is not None:
        for text in shown.look(datetime.datetime.now(tz=datetime.UTC)):
            yield text
        await asyncio.sleep(RENEW_LOOK_S)
