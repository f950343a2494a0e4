"""Whom to trust over TLS: what this machine trusts, or the one certificate whose fingerprint stands in the profile.

Devices make their certificate themselves, so that nobody can vouch for it. A pinned one is compared as soon as the
handshake is done, before anything is asked: names, dates and issuers in it do not count then.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
import ssl

from lisa_core.domain.model.errors import ProfileError

PROBE_S = 2.0
"""Seconds until a device must have shown its certificate."""
_HEX = re.compile(r"[0-9a-f]{64}")
_OLD_DEVICES = "DEFAULT:@SECLEVEL=1"
"""Short keys and old signatures: what is pinned is believed for its fingerprint, not for them."""


class OtherCertificateError(ssl.SSLCertVerificationError):
    """The device has another certificate than the one that is pinned."""


def read_fingerprint(text: str) -> str:
    """A SHA-256 fingerprint as people copy it, as 64 small hexadecimal digits; "" stays "". Raises `ProfileError`."""
    digits = re.sub(r"[:\s]", "", text).lower().removeprefix("sha256")
    if digits and not _HEX.fullmatch(digits):
        raise ProfileError(f"Der Fingerabdruck {text!r} ist keiner: SHA-256 hat 64 Zeichen 0 bis 9 und a bis f.")
    return digits


def trust_for(address: str, fingerprint: str = "") -> ssl.SSLContext:
    """Without TLS nobody is trusted, since to read all certificates takes longer than to open a booth.

    Raises `ProfileError` for a fingerprint that is none, or that belongs to an address without TLS.
    """
    wanted = read_fingerprint(fingerprint)
    if not address.lower().startswith("https:"):
        if wanted:
            raise ProfileError(f"„{address}“: Ein Fingerabdruck (fingerprint) gilt nur für eine Adresse mit https://.")
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return _pinning(wanted) if wanted else ssl.create_default_context()  # by default httpx asks a list of its own


async def fingerprint_at(host: str, port: int) -> str:
    """The fingerprint of the certificate that is shown there; "" where nobody speaks TLS."""
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(PROBE_S):
            _, writer = await asyncio.open_connection(host, port, ssl=_unasked())
        return _fingerprint(writer.get_extra_info("ssl_object"))
    except (OSError, TimeoutError):
        return ""
    finally:
        if writer is not None:
            writer.close()
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(PROBE_S):
                    await writer.wait_closed()


def _fingerprint(connection: ssl.SSLObject) -> str:
    return hashlib.sha256(connection.getpeercert(binary_form=True) or b"").hexdigest()


def _unasked() -> ssl.SSLContext:
    """Takes whatever certificate is shown."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers(_OLD_DEVICES)
    return context


def _pinning(wanted: str) -> ssl.SSLContext:
    class Pinned(ssl.SSLObject):
        def do_handshake(self) -> None:
            super().do_handshake()
            if _fingerprint(self) != wanted:
                raise OtherCertificateError(1, "another certificate than the pinned one")

    context = _unasked()
    context.sslobject_class = Pinned
    return context
