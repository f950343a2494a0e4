"""The host's side of encryption of the second kind (STU-430, 530, 540): an AES key of the pad, wrapped for our RSA key.

As the vendor's Protocol.hpp has it. Padding and chaining are options of the driver: no real pad has met this code yet.
The AES key is the last bytes of what OAEP opens (le2ni/stusign, docs/protocol-evidence.md).
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.padding import AsymmetricPadding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA1

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.reports import Report
from lisa_core.equipment.codecs.stu.settings import (
    PIECE,
    Block,
    EncryptionCommand,
    EncryptionStatus,
    Order,
    PenDataTimeCountSequenceEncrypted,
    RsaStatus,
)
from lisa_core.equipment.codecs.stu.table import decode

BITS = 2048
_AES_256, _RSA_2048, _AES_BYTES = 2, 2, 32
_PADDINGS: dict[str, int] = {"oaep": 2, "pkcs1": 1}
_POLL_S, _POLLS = 0.02, 100
_TIMED = 0x34

_R = TypeVar("_R", bound=Report)


class PadTalk(Protocol):
    """What is needed of the pad."""

    async def get(self, kind: type[_R]) -> _R: ...

    async def put(self, report: Report) -> None: ...


@dataclass(frozen=True, slots=True)
class Keys:
    """Ours, made when the pad is opened, and how the pad is to use it."""

    private: rsa.RSAPrivateKey
    padding: str
    chain: str


async def keys(how: str, chain: str) -> Keys:
    """A new key; it is made beside the loop, since that may take a while."""
    made = await asyncio.to_thread(rsa.generate_private_key, 65_537, BITS)
    return Keys(made, how, chain)


class Session:
    """One encrypted capture. `number` is told to the pad, and stands in each of its reports."""

    def __init__(self, key: bytes, chain: str) -> None:
        self.number = secrets.randbits(32) or 1
        self._key, self._chain = key, chain
        self._last = bytes(16)

    def opened(self, report: PenDataTimeCountSequenceEncrypted) -> stu.PenDataTimeCountSequence | None:
        """The report within; None when it is not of this session."""
        mode: modes.ECB | modes.CBC = modes.ECB()  # the pad seals each report as one block
        if self._chain == "cbc":
            mode, self._last = modes.CBC(self._last), report.block
        opening = Cipher(algorithms.AES(self._key), mode).decryptor()
        plain = opening.update(report.block) + opening.finalize()
        found = decode(bytes((_TIMED,)) + plain[:10])
        ours = int.from_bytes(plain[12:], "big") == self.number
        return found if ours and isinstance(found, stu.PenDataTimeCountSequence) else None


async def agree(pad: PadTalk, ours: Keys) -> Session:
    """Let the pad make a key for us. Fault `pad.encryption` when it does not; those of the pad."""
    public = ours.private.public_key().public_numbers()
    await pad.put(EncryptionCommand(Order.SET_TYPE, _AES_256, _PADDINGS[ours.padding] << 6 | _RSA_2048))
    for block, number, size in ((Block.EXPONENT, public.e, 4), (Block.MODULUS, public.n, BITS // 8)):
        for piece in _pieces(number.to_bytes(size, "big")):
            await pad.put(EncryptionCommand(Order.SET_BLOCK, block, len(piece), piece.ljust(PIECE, b"\0")))
    await pad.put(EncryptionCommand(Order.GENERATE))
    await _calculated(pad)
    wrapped = b""
    for index in range(BITS // 8 // PIECE):
        await pad.put(EncryptionCommand(Order.GET_BLOCK, Block.KEY, index))
        wrapped += (await pad.get(EncryptionCommand)).data
    how: AsymmetricPadding = padding.PKCS1v15()
    if ours.padding == "oaep":
        how = padding.OAEP(padding.MGF1(SHA1()), SHA1(), None)  # what the pad's flags name
    try:
        key = ours.private.decrypt(wrapped, how)[-_AES_BYTES:]
    except ValueError:
        key = b""
    if len(key) != _AES_BYTES:
        raise _refused("sein Schlüssel lässt sich nicht öffnen (Option rsa_padding)")
    return Session(key, ours.chain)


def _pieces(number: bytes) -> Iterator[bytes]:
    for start in range(0, len(number), PIECE):
        yield number[start : start + PIECE]


async def _calculated(pad: PadTalk) -> None:
    for _ in range(_POLLS):
        state, status = await pad.get(stu.Status), await pad.get(EncryptionStatus)
        if status.result:
            raise _refused(f"es nimmt unseren Schlüssel nicht an ({status.result})")
        if state.state == stu.PadState.READY and status.key == RsaStatus.READY:
            return
        await asyncio.sleep(_POLL_S)
    raise _refused("sein Schlüssel wird nicht fertig")


def _refused(why: str) -> DeviceFault:
    text = f"Unterschriftenpad: Es verschlüsselt nicht: {why}. Ohne Verschlüsselung wird nicht unterschrieben."
    return DeviceFault("pad.encryption", text, retryable=True)
