"""Proof that a booth has its key: what it signs, and the check.

Signed is what it said (its hello, or its enrolment), a nonce that the exchange made for this connection, and the
certificate that the exchange showed. So what was overheard or copied proves nothing on another connection, and whoever
stands in between, with a certificate of its own, cannot pass the proof on. (Python's `ssl` has no channel binding for
TLS 1.3.) The same key seals applications; nothing that is sealed begins as this does.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lisa_core.access.booths.book import is_key
from lisa_core.domain.model.values import to_json
from lisa_core.wire.json_text import json_text
from lisa_core.wire.message_names import NAMES
from lisa_core.wire.messages import BoothEnrol, BoothHello, BoothProof, Challenge

_BEGINS = b"lisa-besitz-1\0"
Said = BoothHello | BoothEnrol


def proof_of(key: Ed25519PrivateKey, said: Said, challenge: Challenge, certificate: str) -> BoothProof:
    """Prove it. `certificate`: SHA-256 (hex) of the one that the other end showed, "" without TLS."""
    return BoothProof(key.sign(_signed(said, challenge, certificate)).hex())


def is_proved(said: Said, challenge: Challenge, proof: BoothProof, certificate: str) -> bool:
    """Whether whoever said this has the private half of the key that it named."""
    if not is_key(said.key):
        return False
    try:
        signature = bytes.fromhex(proof.signature)
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(said.key)).verify(
            signature, _signed(said, challenge, certificate)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _signed(said: Said, challenge: Challenge, certificate: str) -> bytes:
    value = [challenge.nonce, certificate, NAMES[type(said)], to_json(said)]
    return _BEGINS + json_text(value, "proof").encode()
