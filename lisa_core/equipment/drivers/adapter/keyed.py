"""An adapter over TCP with a key: both ends prove that they have it, and from then on every line is signed."""

from __future__ import annotations

import secrets
import stat
from pathlib import Path

from lisa_core.domain.model.errors import ProfileError, ProtocolError
from lisa_core.equipment.codecs.adapter import keys
from lisa_core.equipment.codecs.adapter.lines import LineCutter
from lisa_core.equipment.drivers.adapter.faults import broken, refused
from lisa_core.equipment.lines.programs.tcp_lines import TcpLines
from lisa_core.host.causes import cause
from lisa_core.host.patience import patience

PROOF_S = 10.0
"""Seconds in which the other end has to prove that it has the key."""
MOST_SIGNED = 66
"""Bytes by which a signed line is longer: 64 digits, a blank, and what ends it."""


class KeyedLines:
    """A connection whose lines are signed; as `TcpLines` otherwise."""

    last_words = ""

    def __init__(self, lines: TcpLines, cutter: LineCutter, ours: keys.Signer, theirs: keys.Signer, where: str) -> None:
        self._lines, self._cutter, self._ours, self._theirs, self._where = lines, cutter, ours, theirs, where

    async def read(self) -> bytes:
        """What it says next, without what signs it. Fault `adapter.broken` for what does not fit."""
        found: list[bytes] = []
        while not found:
            data = await self._lines.read()
            if not data:
                return b""
            try:
                found = [self._theirs.checked(line) + b"\n" for _, line in self._cutter.feed(data)]
            except ProtocolError as error:
                raise broken(self._where, f"Zeile {self._cutter.number} hinter dem Schlüssel: {error}") from None
        return b"".join(found)

    def put(self, data: bytes) -> None:
        """Hand over one line."""
        self._lines.put(self._ours.signed(data.removesuffix(b"\n")) + b"\n")

    async def taken(self) -> None:
        await self._lines.taken()

    @property
    def is_full(self) -> bool:
        return self._lines.is_full

    async def why(self) -> str:
        return await self._lines.why()


async def proved(lines: TcpLines, key: bytes, where: str, max_line: int) -> KeyedLines:
    """Show that we have the key, and have it shown. Fault `adapter.refused` where it is another one, or none."""
    nonce = secrets.token_bytes(keys.NONCE_BYTES)
    lines.put(keys.key_line(keys.KeyOffer(keys.KEY_VERSION, nonce)) + b"\n")
    cutter = LineCutter(max_line + MOST_SIGNED)
    try:
        async with patience(PROOF_S):
            proof = keys.read_proof(await _one_line(lines, cutter))
    except TimeoutError:
        raise refused(where, f"in {PROOF_S:g} s kam kein Beweis") from None
    except ProtocolError as error:
        raise refused(where, str(error)) from None
    if not keys.is_same(proof.proof, keys.of_key(key, b"adapter", nonce, proof.nonce)):
        raise refused(where, "der Beweis passt nicht")
    lines.put(keys.key_line(keys.KeyAnswer(keys.of_key(key, b"lisa", nonce, proof.nonce))) + b"\n")
    ours, theirs = (keys.Signer(keys.of_key(key, b"from " + who, nonce, proof.nonce)) for who in (b"lisa", b"adapter"))
    return KeyedLines(lines, cutter, ours, theirs, where)


async def _one_line(lines: TcpLines, cutter: LineCutter) -> bytes:
    while data := await lines.read():
        if found := cutter.feed(data):
            if len(found) > 1 or cutter.unfinished:
                raise ProtocolError("vor unserem Beweis gehört nur eine Zeile")
            return found[0][1]
    raise ProtocolError(await lines.why())


def read_key(path: Path) -> bytes:
    """The key in this file. Raises `ProfileError` with what is wrong with it."""
    try:
        with path.open("rb") as file:
            mode = path.stat().st_mode
            key = file.read(keys.MOST_KEY + 1).strip()
    except OSError as error:
        raise ProfileError(f"{path} lässt sich nicht lesen ({cause(error)}).") from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ProfileError(f"{path} können auch andere lesen. Beheben: chmod 600 {path}")
    if not keys.LEAST_KEY <= len(key) <= keys.MOST_KEY:
        limits = f"{keys.LEAST_KEY} bis {keys.MOST_KEY} Zeichen"
        raise ProfileError(f"In {path} stehen {len(key)} Zeichen; ein Schlüssel hat {limits}: openssl rand -hex 32")
    return key
