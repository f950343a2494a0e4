"""Serial framing of the STU-430V and STU-500 (SerialProtocol.cpp): reports in bytes of seven bits.

A frame is `h1 h2 body`: h1 = 0x80 | 0x40 if a CRC follows the report | length >> 7, h2 = length & 0x7F, length =
number of body bytes. The body is the report (and its CRC, low byte first) as one string of bits, most significant
first, seven to a byte, the last byte filled up with zeros. Only h1 has bit 7 set: each such byte starts a frame,
whatever was before.

           h1                h2                body, 1 to n bytes
    bit    7 6 5 4 3 2 1 0   7 6 5 4 3 2 1 0   7 6 5 4 3 2 1 0   7 6 ...
           1 C L L L L L L   0 L L L L L L L   0 r r r r r r r   0 r ...      C: with CRC, L: length, r: report, CRC

    report    21 01
    no CRC    80 03 10 40 20
    CRC       c0 05 10 40 3b 19 00          start 0x0000

The CRC (`codecs.crc`) is that of the report. It starts at 0x0000 at an STU-540 with firmware
1.8 (le2ni/stusign, docs/macos-serial-to-hid.md); for other pads that is UNVERIFIED, and 0xFFFF is offered, too.
"""

from __future__ import annotations

from dataclasses import dataclass

from lisa_core.equipment.codecs.crc import crc16

CRC_START: dict[str, int | None] = {"0000": 0x0000, "ffff": 0xFFFF, "none": None}
"""What a profile may say about the CRC of the frames we send."""

MAX_REPORT = 2560
"""No report of any STU is longer (image blocks of the serial models)."""

_START, _WITH_CRC, _LENGTH_HIGH, _SEVEN = 0x80, 0x40, 0x3F, 0x7F
_ACK = 0x81
"""SetResult: an STU-540 sends it without a CRC among reports with one (le2ni/stusign, serial-protocol.test.ts)."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """A frame that was lost: `crc` when it was whole but its checksum wrong (a pad answers those)."""

    crc: bool


def frame(report: bytes, crc_start: int | None) -> bytes:
    """One report as it goes over the line; `crc_start` None sends no CRC."""
    if not 0 < len(report) <= MAX_REPORT:
        raise ValueError(f"a report has 1 to {MAX_REPORT} bytes, not {len(report)}")
    crc = b"" if crc_start is None else crc16(report, crc_start).to_bytes(2, "little")
    body = _to_sevens(report + crc)
    first = _START | (_WITH_CRC if crc else 0) | len(body) >> 7
    return bytes((first, len(body) & _SEVEN)) + body


class Deframer:
    """Bytes in, whole reports and damage out; never raises, never holds more than one frame."""

    def __init__(self, crc_start: int | None, *, steady: bool = False) -> None:
        """`steady`: whoever has sent one frame with a CRC sends all so; one without is then damage, not a report."""
        # A pad with CRC talks to a host without one, too: what arrives with a CRC is then checked against both.
        self._crc_starts = (0x0000, 0xFFFF) if crc_start is None else (crc_start,)
        self._steady = steady
        self._pending = bytearray()
        self.with_crc = False
        """Whether the last whole frame carried a CRC; a pad answers in kind."""

    def feed(self, data: bytes) -> list[bytes | Damaged]:
        """Take any piece of the stream. Bytes before the first start of a frame are skipped without a word."""
        found: list[bytes | Damaged] = []
        for byte in data:
            if byte & _START:
                if self._pending:
                    found.append(Damaged(crc=False))
                self._pending[:] = (byte,)
            elif self._pending:
                self._pending.append(byte)
            if len(self._pending) >= 2 and len(self._pending) == 2 + self._length():
                found.append(self._finish())
            elif len(self._pending) == 2 and self._length() > _MAX_BODY:
                self._pending.clear()
                found.append(Damaged(crc=False))
        return found

    def _length(self) -> int:
        return (self._pending[0] & _LENGTH_HIGH) << 7 | self._pending[1]

    def _finish(self) -> bytes | Damaged:
        with_crc = bool(self._pending[0] & _WITH_CRC)
        content = _from_sevens(bytes(self._pending[2:]))
        self._pending.clear()
        bare_ack = not with_crc and len(content) == 2 and content[0] == _ACK
        unchecked = self._steady and self.with_crc and not with_crc and not bare_ack
        if len(content) < (3 if with_crc else 1) or unchecked:
            return Damaged(crc=False)
        if with_crc:
            content, crc = content[:-2], int.from_bytes(content[-2:], "little")
            if all(crc16(content, start) != crc for start in self._crc_starts):
                return Damaged(crc=True)
        self.with_crc = with_crc or (self._steady and bare_ack and self.with_crc)
        return content


def _to_sevens(data: bytes) -> bytes:
    """Seven bytes become eight; a shorter rest becomes as many as its bits need."""
    out = bytearray()
    for start in range(0, len(data), 7):
        block = data[start : start + 7]
        count = len(block) + 1
        bits = int.from_bytes(block, "big") << (7 * count - 8 * len(block))
        out += bytes(bits >> 7 * place & _SEVEN for place in reversed(range(count)))
    return bytes(out)


def _from_sevens(body: bytes) -> bytes:
    out = bytearray()
    for start in range(0, len(body), 8):
        block = body[start : start + 8]
        count = 7 * len(block) // 8
        bits = 0
        for byte in block:
            bits = bits << 7 | byte
        out += (bits >> (7 * len(block) - 8 * count)).to_bytes(count, "big")
    return bytes(out)


_MAX_BODY = len(_to_sevens(bytes(MAX_REPORT + 2)))
