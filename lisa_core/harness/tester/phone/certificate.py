"""The certificate of a run: made when it begins, for one address, known by its fingerprint, gone when it ends."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from contextlib import ExitStack
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lisa_core.host.temporary import temporary_folder
from lisa_core.web.tls import server_context

_DAY = datetime.timedelta(days=1)
_VALID = 7 * _DAY
"""Longer than any run; a phone whose clock is a day wrong accepts it, too."""


@dataclass(frozen=True, slots=True)
class RunCertificate:
    """`tls` serves with it; `fingerprint` is its SHA-256 as browsers show it: `AB:CD:...`, 32 pairs."""

    tls: ssl.SSLContext
    fingerprint: str


def run_certificate(host: str) -> RunCertificate:
    """Make one for this address (no name), with a new key that is on disk only while the library reads it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "LISA")])
    now = datetime.datetime.now(tz=datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + _VALID)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([x509.OID_SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    context = server_context()
    with ExitStack() as stack:  # the library reads files only; the folder is its owner's
        file = temporary_folder(stack, "telefon") / "run.pem"
        file.write_bytes(private + certificate.public_bytes(pem))
        context.load_cert_chain(file)
    return RunCertificate(context, certificate.fingerprint(hashes.SHA256()).hex(":").upper())
