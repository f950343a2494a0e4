"""A signed statement: an in-toto payload in a DSSE envelope, Ed25519 (RFC 8032), in exactly one spelling.

    {"payload": base64, "payloadType": ..., "signatures": [{"keyid": ..., "sig": base64}]}     canonical JSON, UTF-8

Signed is "DSSEv1 <length> <type> <length> <payload>" (DSSE v1.0.2). The key is named by the SHA-256 of its public part
(DER, SubjectPublicKeyInfo): the specification lets the name be missing, libraries of others do not. An envelope that
is written otherwise than `sealed` writes it is refused, so that no byte of it may change.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lisa_core.domain.case.canonical import canonical_json
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.text.findings import shown
from lisa_core.host import paths
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal

STATEMENT = "application/vnd.in-toto+json"
MAKE_KEY = "openssl genpkey -algorithm ed25519 -out {name}"
_OTHER_FILE = f"Eine andere Datei nennen; einen neuen Schlüssel anlegen: {MAKE_KEY.format(name='schluessel.pem')}"
"""The name that was given is not proposed: openssl would write over what lies there, perhaps the public key."""
_LONGEST = 64 * 1024
"""Bytes of a file that may be a key."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What an envelope holds: the payload, and the one signature under it with the name of its key."""

    payload: bytes
    payload_type: str
    keyid: str
    signature: bytes

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        """Whether this key has signed just that."""
        try:
            key.verify(self.signature, _before(self.payload, self.payload_type))
        except InvalidSignature:
            return False
        return self.keyid == keyid_of(key)


def sealed(payload: bytes, key: Ed25519PrivateKey, payload_type: str = STATEMENT) -> bytes:
    """The envelope: the same bytes for the same payload and key."""
    signature = key.sign(_before(payload, payload_type))
    return _written(Signed(payload, payload_type, keyid_of(key.public_key()), signature))


def opened(data: bytes, payload_type: str = STATEMENT) -> Signed:
    """What stands in an envelope of this type; who signed is not asked. Raises `ValueError` with a German reason."""
    try:
        envelope = json.loads(data)
        (one,) = envelope["signatures"]
        payload, signature = (base64.b64decode(text, validate=True) for text in (envelope["payload"], one["sig"]))
        found = Signed(payload, envelope["payloadType"], one["keyid"], signature)
        is_ours = _written(found) == data
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, LisaError, binascii.Error):
        raise ValueError("der Umschlag der Unterschrift ist unlesbar") from None
    if not is_ours:
        raise ValueError("der Umschlag der Unterschrift ist anders geschrieben, als LISA schreibt")
    if found.payload_type != payload_type:
        raise ValueError(f"im Umschlag liegt „{str(found.payload_type)[:60]}“ und nicht „{payload_type}“")
    return found


def keyid_of(key: Ed25519PublicKey) -> str:
    """How the key is named: SHA-256 (hex) of its public part as DER."""
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def raw_of(key: Ed25519PublicKey) -> str:
    """The public key itself, 32 bytes as hex."""
    return key.public_bytes_raw().hex()


def key_of(raw: object) -> Ed25519PublicKey:
    """The way back. Raises `ValueError` for what is no key."""
    if not isinstance(raw, str) or raw != raw.lower():
        raise ValueError("der öffentliche Schlüssel ist unlesbar")
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(raw))


def read_private_key(path: Path) -> Ed25519PrivateKey:
    """A key from a PEM file without password. Raises `LisaError` that says how to make one."""
    try:
        key = serialization.load_pem_private_key(_bytes(path), password=None)
    except TypeError:
        raise LisaError(
            f"{shown(path)}: Der Schlüssel ist mit einem Kennwort geschützt; LISA fragt keines ab."
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise LisaError(f"{shown(path)}: Das ist kein privater Schlüssel (PEM). {_OTHER_FILE}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise LisaError(f"{shown(path)}: Dieser Schlüssel ist keiner für Ed25519. {_OTHER_FILE}")
    return key


def write_new_key(path: Path) -> Path:
    """A new private key in this file, for its owner only, and the public one beside it, whose path is returned.

    Raises `LisaError` where either is there: a key that is written over signs nothing any more.
    """
    public = path.with_suffix(".pub")
    key = Ed25519PrivateKey.generate()
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    shared = key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
    _new_file(path, private, 0o600)
    try:
        _new_file(public, shared, 0o644)
    except LisaError:
        path.unlink()
        raise
    return public


def public_key_in(data: bytes) -> Ed25519PublicKey | None:
    """The public key that these bytes hold as PEM, of its own or beside the private one; None for anything else."""
    try:
        if b"PRIVATE KEY" in data:
            private = serialization.load_pem_private_key(data, password=None)
            return private.public_key() if isinstance(private, Ed25519PrivateKey) else None
        public = serialization.load_pem_public_key(data)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return public if isinstance(public, Ed25519PublicKey) else None


def _new_file(path: Path, data: bytes, mode: int) -> None:
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:  # noqa: PTH123  # a Path opens with no rights of its own
            file.write(data)
    except FileExistsError:
        told = f"{shown(path)}: Diese Datei gibt es schon, und sie bleibt, wie sie ist."
        raise LisaError(
            f"{told} Mit ihrem Schlüssel unterschreiben: --key, sonst einen anderen Namen nennen."
        ) from None
    except (OSError, ValueError) as error:
        why = cause(error) if isinstance(error, OSError) else "so kann keine Datei heißen"
        raise refusal(f"{path!s:.60}: Der Schlüssel lässt sich nicht schreiben ({why}).", error) from error


def _bytes(path: Path) -> bytes:
    try:
        with paths.opened(path) as file:
            return file.read(_LONGEST)
    except OSError as error:
        told = f"{shown(path)}: Der Schlüssel lässt sich nicht lesen ({cause(error)})."
        raise refusal(f"{told} Einen neuen anlegen: {MAKE_KEY.format(name=path.name)}", error) from error
    except ValueError as error:
        raise LisaError(f"{path!s:.60}: So kann keine Datei heißen.") from error


def _before(payload: bytes, payload_type: str) -> bytes:
    """What is signed: DSSE's pre-authentication encoding."""
    kind = payload_type.encode()
    return b" ".join([b"DSSEv1", str(len(kind)).encode(), kind, str(len(payload)).encode(), payload])


def _written(one: Signed) -> bytes:
    return canonical_json(
        {
            "payload": base64.b64encode(one.payload).decode(),
            "payloadType": one.payload_type,
            "signatures": [{"keyid": one.keyid, "sig": base64.b64encode(one.signature).decode()}],
        }
    )
