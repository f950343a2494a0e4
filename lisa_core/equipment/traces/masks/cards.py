"""Card readers (vpcd): a card becomes another one of its kind. What an ATR is made of stays nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from lisa_core.equipment.codecs.cards.atr import STORAGE, read_atr, write_contactless
from lisa_core.equipment.codecs.cards.vpcd import MessageParser, encode_message
from lisa_core.equipment.traces.entries import Content, plain
from lisa_core.equipment.traces.masks.mask import Mask

CHIP = write_contactless(b"\x80")
MEMORY = write_contactless(STORAGE + bytes(7))
NONE_AT_ALL = b"\0"
"""What is no answer to reset."""


class CardMask(Mask):
    """vpcd's protocol: whole messages, each a content."""

    def __init__(self) -> None:
        self.renewed()

    def renewed(self) -> None:
        self._questions, self._answers = MessageParser(), MessageParser()

    def sent(self, data: bytes) -> Sequence[Content]:
        return tuple(
            plain(encode_message(one if len(one) == 1 else bytes(len(one)))) for one in self._questions.feed(data)
        )

    def came(self, data: bytes) -> Sequence[Content]:
        return tuple(plain(encode_message(_of_its_kind(one))) for one in self._answers.feed(data))


def _of_its_kind(atr: bytes) -> bytes:
    if not atr:
        return b""
    try:
        return MEMORY if read_atr(atr).is_storage else CHIP
    except ValueError:
        return NONE_AT_ALL
