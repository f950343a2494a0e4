"""Who is at the other end of a line over the network, proved by a shared key, and every line signed. Sans-IO.

    LISA    {"type":"key","version":1,"nonce":N}      N, M: 32 random bytes each, base64
    adapter {"type":"key","nonce":M,"proof":P}        P = HMAC(key, "lisa-adapter-1 adapter" N M)
    LISA    {"type":"key","proof":Q}                  Q = HMAC(key, "lisa-adapter-1 lisa" N M)

HMAC is HMAC-SHA256 (RFC 2104, FIPS 198-1), `key` the content of the key file without white space around it. Each
direction then has a key of its own: HMAC(key, "lisa-adapter-1 from lisa" N M), HMAC(key, "lisa-adapter-1 from adapter"
N M); and each line is

    MAC in 64 hex digits, one blank, the JSON

with MAC = HMAC(key of the direction, counter as 8 bytes, most significant first, and the JSON as bytes). The counter
counts the lines of that direction from 0. A line that is changed, left out, repeated or out of turn does not fit.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
from dataclasses import dataclass

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.values import from_json, to_json
from lisa_core.equipment.codecs.adapter.messages import read_line
from lisa_core.wire.json_text import compact

KEY_VERSION = 1
NONCE_BYTES = 32
LEAST_KEY, MOST_KEY = 32, 4096
"""How long a key is, in bytes without white space around it: less can be guessed."""
_LABEL = b"lisa-adapter-1 "
_MAC_DIGITS = 64
_MAX_LINE = 1024


@dataclass(frozen=True, slots=True)
class KeyOffer:
    """LISA's first line."""

    version: int
    nonce: bytes


@dataclass(frozen=True, slots=True)
class KeyProof:
    """The adapter's answer, which shows that it has the key."""

    nonce: bytes
    proof: bytes


@dataclass(frozen=True, slots=True)
class KeyAnswer:
    """LISA's second line, which shows the same."""

    proof: bytes


def key_line(message: KeyOffer | KeyProof | KeyAnswer) -> bytes:
    """The message as one line, without its end."""
    return compact({"type": "key", **to_json(message)}).encode()


def read_proof(line: bytes) -> KeyProof:
    """The adapter's answer. Raises `ProtocolError`."""
    data = read_line(line, max_bytes=_MAX_LINE, max_depth=2)
    if not isinstance(data, dict) or data.pop("type", None) != "key":
        raise ProtocolError("keine Zeile der Art „key“")
    proof = from_json(KeyProof, data, "key")
    if len(proof.nonce) != NONCE_BYTES:
        raise ProtocolError(f"„nonce“ hat nicht {NONCE_BYTES} Byte")
    return proof


def of_key(key: bytes, label: bytes, ours: bytes, theirs: bytes) -> bytes:
    """What only who has the key can say: `label` is "adapter", "lisa", "from lisa" or "from adapter"."""
    return hmac.digest(key, _LABEL + label + ours + theirs, hashlib.sha256)


def is_same(one: bytes, other: bytes) -> bool:
    """Compared in the same time, whatever they are."""
    return hmac.compare_digest(one, other)


class Signer:
    """Signs the lines of one direction, or checks them."""

    def __init__(self, key: bytes) -> None:
        self._key, self._count = key, 0

    def signed(self, line: bytes) -> bytes:
        """The line behind its MAC."""
        return self._mac(line).hex().encode() + b" " + line

    def checked(self, line: bytes) -> bytes:
        """The line without its MAC. Raises `ProtocolError` where it does not fit."""
        told, content = line[:_MAC_DIGITS], line[_MAC_DIGITS + 1 :]
        try:
            mac = binascii.unhexlify(told)
        except ValueError:
            mac = b""
        if not is_same(mac, self._mac(content)) or line[_MAC_DIGITS : _MAC_DIGITS + 1] != b" ":
            raise ProtocolError("die Prüfsumme mit dem Schlüssel passt nicht")
        return content

    def _mac(self, line: bytes) -> bytes:
        count = self._count.to_bytes(8, "big")
        self._count += 1
        return hmac.digest(self._key, count + line, hashlib.sha256)
