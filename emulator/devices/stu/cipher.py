"""The pad's side of encryption of the second kind: it takes the host's RSA key, makes an AES key and seals pen reports.

As the vendor's Protocol.hpp has it (EncryptionCommand, EncryptionStatus). OAEP is with SHA-1, and a report is one block
of AES without a chain: both UNVERIFIED at a real pad (docs/devices.md).
"""

from __future__ import annotations

import os

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.padding import AsymmetricPadding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA1

from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.reports import Result
from lisa_core.equipment.codecs.stu.settings import (
    PIECE,
    Block,
    EncryptionCommand,
    EncryptionStatus,
    Order,
    PenDataTimeCountSequenceEncrypted,
    RsaStatus,
)
from lisa_core.equipment.codecs.stu.table import encode

_BAD_PARAMETER, _NO_KEY, _BAD_ORDER = 0x01, 0x03, 0x07
_RSA_BYTES, _AES_BYTES = (128, 192, 256), (16, 24, 32)
_OAEP = 2
_CAN = 0b111
"""Random numbers, SHA, AES."""


class PadCipher:
    """What was chosen and told so far; `key` is the session's, b"" before there is one."""

    def __init__(self) -> None:
        self.key = b""
        self._symmetric = self._padding = self._asymmetric = self._result = 0
        self._numbers = {Block.EXPONENT: b"", Block.MODULUS: b""}
        self._wrapped = b""
        self._shown = EncryptionCommand(Order.GET_STATUS)

    def take(self, command: EncryptionCommand) -> Result:
        """Do what the host says; what became of it stands in the status."""
        self._result = self._done(command)
        return Result.OK if not self._result else Result.BAD_PARAMETER

    def _done(self, command: EncryptionCommand) -> int:
        match command.order:
            case Order.SET_TYPE:
                self.__init__()  # type: ignore[misc]  # a new type begins from nothing
                symmetric, asymmetric, how = command.parameter, command.value & 0x3F, command.value >> 6
                if symmetric >= len(_AES_BYTES) or asymmetric >= len(_RSA_BYTES) or how > _OAEP:
                    return _BAD_PARAMETER
                self._symmetric, self._asymmetric, self._padding = symmetric, asymmetric, how
                return 0
            case Order.SET_BLOCK if command.parameter in (Block.EXPONENT, Block.MODULUS) and command.value <= PIECE:
                number = self._numbers[block := Block(command.parameter)] + command.data[: command.value]
                if len(number) > max(_RSA_BYTES):
                    return _BAD_PARAMETER
                self._numbers[block] = number
                return 0
            case Order.GENERATE:
                return self._generate()
            case Order.GET_BLOCK if command.parameter == Block.KEY:
                piece = self._wrapped[command.value * PIECE : (command.value + 1) * PIECE]
                self._shown = EncryptionCommand(Order.GET_BLOCK, Block.KEY, len(piece), piece.ljust(PIECE, b"\0"))
                return 0 if piece else _NO_KEY
            case _:
                return _BAD_ORDER

    def _generate(self) -> int:
        self.key = self._wrapped = b""
        modulus = int.from_bytes(self._numbers[Block.MODULUS], "big")
        exponent = int.from_bytes(self._numbers[Block.EXPONENT], "big")
        if modulus.bit_length() != _RSA_BYTES[self._asymmetric] * 8:
            return _NO_KEY
        key = os.urandom(_AES_BYTES[self._symmetric])
        how: AsymmetricPadding = padding.PKCS1v15()
        if self._padding == _OAEP:
            how = padding.OAEP(padding.MGF1(SHA1()), SHA1(), None)  # what the pad's flags name
        try:
            self._wrapped = rsa.RSAPublicNumbers(exponent, modulus).public_key().encrypt(key, how)
        except ValueError:
            return _BAD_PARAMETER
        self.key = key
        return 0

    def shown(self) -> EncryptionCommand:
        """What the host gets when it asks for the command."""
        return self._shown

    def status(self) -> EncryptionStatus:
        ready = {block: RsaStatus.READY if data else RsaStatus.NOT_READY for block, data in self._numbers.items()}
        key = RsaStatus.READY if self._wrapped else RsaStatus.NOT_READY
        kinds = (self._symmetric, self._padding << 6 | self._asymmetric, 0)
        return EncryptionStatus(*kinds, ready[Block.EXPONENT], ready[Block.MODULUS], key, self._result, _CAN)

    def seal(self, report: stu.PenDataTimeCountSequence, session: int) -> PenDataTimeCountSequenceEncrypted:
        """A pen report, two bytes and the session as one block."""
        plain = encode(report)[1:] + bytes(2) + session.to_bytes(4, "big")
        sealing = Cipher(algorithms.AES(self.key), modes.ECB()).encryptor()  # one block, as the pad does
        return PenDataTimeCountSequenceEncrypted(sealing.update(plain) + sealing.finalize())
