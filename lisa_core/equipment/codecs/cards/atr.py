"""The answer to reset (ATR): the first bytes of a card, by which a reader knows how to speak with it. Sans-IO.

Sources: ISO/IEC 7816-3, clause 8.2 (structure, check byte); PC/SC specification part 3, 3.1.3.2.3 (what a contactless
reader makes of a card that has no ATR), as Microsoft's page "PC/SC interface for smart cards" prints it.

    TS | T0 | TA1 TB1 TC1 TD1 .. as the high bits of T0 and of each TD say
       | historical bytes, as many as the low nibble of T0 | TCK

    contactless    3B 8n 80 01 | n bytes that the card has told | TCK                            a chip with programs
    storage card   3B 8F 80 01 | 80 4F 0C A0 00 00 03 06, standard, name u16, 00 x 4 | TCK       memory only

    3b 84 80 01 80 82 90 00 97                                        a chip
    3b 8f 80 01 80 4f 0c a0 00 00 03 06 03 00 01 00 00 00 00 6a       memory: standard 03, name 0001
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 33
STORAGE = bytes.fromhex("80 4F 0C A0 00 00 03 06")
"""How the historical bytes of a storage card begin: category, tag, length, and the number of the PC/SC workgroup."""
_FIRST = (0x3B, 0x3F)


@dataclass(frozen=True, slots=True)
class Atr:
    """`protocols`: T = 0, 1 ... as offered; `historical` are what the maker put there."""

    protocols: tuple[int, ...]
    historical: bytes

    @property
    def is_storage(self) -> bool:
        """Whether it is a card without programs: a contactless reader says so in its stead."""
        return self.historical.startswith(STORAGE)


def read_atr(data: bytes) -> Atr:
    """Raises `ValueError` for what is no whole, sound answer to reset."""
    if not 2 <= len(data) <= LONGEST or data[0] not in _FIRST:
        raise ValueError("not an ATR")
    at, follows, protocols = 2, data[1] >> 4, []
    while follows:
        at += (follows & 7).bit_count()
        if not follows & 8:
            break
        if at >= len(data):
            raise ValueError("an ATR that ends too early")
        protocols.append(data[at] & 0xF)
        follows, at = data[at] >> 4, at + 1
    end = at + (data[1] & 0xF)
    checked = any(protocols)
    if len(data) != end + checked:
        raise ValueError("an ATR of another length than it says")
    if checked and _sum(data[1:]):
        raise ValueError("an ATR with a wrong check byte")
    return Atr(tuple(protocols) or (0,), data[at:end])


def write_contactless(historical: bytes) -> bytes:
    """What a contactless reader says of a card with these historical bytes, at most 15. The inverse of `read_atr`."""
    if len(historical) > 15:
        raise ValueError("more than 15 historical bytes")
    body = bytes((0x80 | len(historical), 0x80, 0x01)) + historical
    return b"\x3b" + body + bytes((_sum(body),))


def _sum(data: bytes) -> int:
    total = 0
    for byte in data:
        total ^= byte
    return total
