"""An authority for tests, and whatever certificates somebody may show."""

from __future__ import annotations

import datetime
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

NOW = datetime.datetime.now(tz=datetime.UTC)
DAY = datetime.timedelta(days=1)
HERE = ("localhost", "127.0.0.1")
_PEM = serialization.Encoding.PEM
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def curve_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass
class Authority:
    """Signs whatever is asked of it."""

    folder: Path
    name: str = "Muster-CA"
    key: Key = field(default_factory=curve_key)

    def __post_init__(self) -> None:
        self.subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)])
        authority = x509.BasicConstraints(ca=True, path_length=0)
        signed = _unsigned(self.subject, self.key, NOW - DAY, NOW + 30 * DAY).issuer_name(self.subject)
        made = signed.add_extension(authority, critical=True).sign(self.key, hashes.SHA256())
        self.file = self.folder / f"{self.name}.pem"
        self.file.write_bytes(made.public_bytes(_PEM))

    def issue(
        self,
        name: str,
        hosts: Sequence[str] = HERE,
        valid: tuple[datetime.datetime, datetime.datetime] = (NOW - DAY, NOW + 30 * DAY),
        key: Key | None = None,
        password: str = "",
    ) -> tuple[Path, Path]:
        """Certificate and key as files, written over what stands there."""
        key = key or curve_key()
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = _unsigned(subject, key, *valid).issuer_name(self.subject)
        if hosts:
            builder = builder.add_extension(x509.SubjectAlternativeName(list(map(_host, hosts))), critical=False)
        certificate, private = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        certificate.write_bytes(builder.sign(self.key, hashes.SHA256()).public_bytes(_PEM))
        locked = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
        private.touch(mode=0o600)
        private.write_bytes(key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, locked))
        return certificate, private


def _unsigned(
    subject: x509.Name, key: Key, start: datetime.datetime, end: datetime.datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).public_key(key.public_key())
    return builder.serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(end)


def _host(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)
