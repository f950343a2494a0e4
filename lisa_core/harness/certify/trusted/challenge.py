"""A challenge: dated, random, signed by whoever will accept. A run that carries it has not begun before that moment.

    2026-12-01T09:00:00+00:00.<random, 32 hex digits>.<public key, hex>.<signature, hex>

It is one word without blanks, to be copied into `lisa certify --challenge`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.harness.certify import dsse

_PURPOSE = b"lisa.aufgabe/1 "
_RANDOM_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Challenge:
    """When it was handed out, and by whose key."""

    at: datetime
    keyid: str


def handed_out(at: datetime, chance: bytes, key: Ed25519PrivateKey) -> str:
    """A new one; `chance` are 16 random bytes."""
    said = f"{at.astimezone(UTC).isoformat(timespec='seconds')}.{chance.hex()}.{dsse.raw_of(key.public_key())}"
    return f"{said}.{key.sign(_PURPOSE + said.encode()).hex()}"


def challenge_of(text: str) -> Challenge:
    """What such a word says. Raises `ValueError` with a German reason for anything else."""
    said, _, signature = text.rpartition(".")
    try:
        moment, chance, raw = said.rsplit(".", 2)
        at, key = datetime.fromisoformat(moment), dsse.key_of(raw)
        key.verify(bytes.fromhex(signature), _PURPOSE + said.encode())
    except (ValueError, TypeError, InvalidSignature):
        raise ValueError("die Aufgabe ist keine, oder sie ist verändert") from None
    if at.tzinfo is None or len(chance) != _RANDOM_DIGITS:
        raise ValueError("die Aufgabe hat keinen Zeitpunkt mit Zeitzone")
    return Challenge(at, dsse.keyid_of(key))
