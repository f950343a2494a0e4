"""A certificate that an emulated device has made for itself, as network devices do: nobody can vouch for it."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lisa_core.host.temporary import temporary

MADE = datetime.datetime(2019, 1, 1, tzinfo=datetime.UTC)
"""When the device was switched on first: such certificates carry the date of a clock that nobody has set."""
LOOPBACK = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.IPv4Address("127.0.0.1")), x509.DNSName("localhost")])


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """`tls` serves with it; `fingerprint` is its SHA-256 in 64 small hexadecimal digits; `pem` is itself."""

    tls: ssl.SSLContext
    fingerprint: str
    pem: str


def own_certificate(name: str, *, days: int = 7_300) -> OwnCertificate:
    """Make one, with a new key, valid for so many days from `MADE` on."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder(called, called, key.public_key(), x509.random_serial_number())
        .not_valid_before(MADE)
        .not_valid_after(MADE + datetime.timedelta(days=days))
        .add_extension(LOOPBACK, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with temporary("zertifikat") as home:  # the library reads files only
        file = home / "device.pem"
        file.write_bytes(private + certificate.public_bytes(pem))
        context.load_cert_chain(file)
    return OwnCertificate(
        context, certificate.fingerprint(hashes.SHA256()).hex(), certificate.public_bytes(pem).decode()
    )
