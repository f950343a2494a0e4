"""What one slot lets an adapter say, and how it is told when that is wrong: no content, but in the very first lines."""

from __future__ import annotations

import asyncio
import dataclasses
from dataclasses import dataclass, replace
from functools import cache
from typing import cast, get_args, get_type_hints

from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.codecs.adapter import messages as m
from lisa_core.equipment.drivers.adapter.delay import SECOND, Delay
from lisa_core.equipment.slots.catalogue import CODES, PROTOCOLS, SLOTS
from lisa_core.equipment.slots.promises.methods import flaw, methods_of
from lisa_core.host.printable import printable

ABILITIES = (
    *("beidseitig", "druck", "einzug", "entfernung", "farbe", "glas", "kennung", "pdf", "personen", "zeit"),
    "zustand",
)
"""What a device may say it can, whatever its slot: what drivers of ours say of theirs (a test compares)."""
OLDEST_S = 60
"""Seconds by which what is reported may be older than its line; more is another clock than that of the pongs."""
SHOWN = 60
AT = "at_us"
"""The field of a value that says when it was so: by the adapter's own clock, as it comes."""


@dataclass(frozen=True, slots=True)
class SlotTerms:
    """What the adapter of one slot may say. `where` is how people find it, as a sentence begins."""

    slot: str
    where: str

    @property
    def hello(self) -> m.SlotHello:
        return m.SlotHello(m.VERSION, self.slot, PROTOCOLS[self.slot].__name__)

    @property
    def max_line(self) -> int:
        """Bytes of the longest line either way."""
        return m.MAX_LINE if has_bytes(PROTOCOLS[self.slot]) else m.SHORT_LINE

    @property
    def silent_code(self) -> str:
        """The slot's own fault when its device does not answer."""
        return SLOTS[self.slot].fault

    @property
    def too_large(self) -> str:
        return f"{self.where}: Was ihm zu sagen wäre, ist größer als eine Zeile ({self.max_line} Byte)."

    def check_hello(self, said: m.AdapterHello) -> None:
        """Whether it is who was asked for. Raises `ProtocolError`."""
        if said.version != m.VERSION:
            raise ProtocolError(f"es spricht Version {said.version}, diese LISA spricht Version {m.VERSION}")
        if said.slot != self.slot:
            raise ProtocolError(f"es spricht für „{said.slot[:SHOWN]}“, gefragt ist „{self.slot}“")
        if len(said.can) > m.MAX_WORDS:
            raise ProtocolError(f"„can“ nennt mehr als {m.MAX_WORDS} Fähigkeiten")
        if unknown := next((word for word in said.can if word not in ABILITIES), None):
            raise ProtocolError(
                f"die Fähigkeit „{unknown[:SHOWN]}“ gibt es nicht.{nearest(unknown[:SHOWN], ABILITIES)}".rstrip(".")
            )

    def fault(self, said: m.AdapterFault) -> DeviceFault:
        """What it says has failed. Raises `ProtocolError` for a code that the slot does not have."""
        if said.code not in CODES[self.slot]:
            near = nearest(said.code[:SHOWN], sorted(CODES[self.slot]))
            raise ProtocolError(f"den Fehlercode „{said.code[:SHOWN]}“ hat „{self.slot}“ nicht.{near}".rstrip("."))
        text = " ".join(printable(said.text).split())[:300]
        return DeviceFault(said.code, f"{self.where}: {text or said.code}", retryable=said.retryable)

    def sound(self, value: object, delay: Delay) -> object:
        """The value as the slot promises it, its time by our clock. Raises `ProtocolError`."""
        if wrong := flaw(value):
            raise ProtocolError(wrong)
        at_us = getattr(value, AT, 0)
        if not at_us:
            return value
        now_us = round(asyncio.get_running_loop().time() * SECOND)
        here_us = delay.here_us(at_us)
        if not -OLDEST_S <= (now_us - here_us) / SECOND <= OLDEST_S:
            raise ProtocolError(f"„{AT}“ gehört zu einer anderen Uhr als das „{AT}“ der pongs")
        return replace(cast("_Timed", value), at_us=min(here_us, now_us))

    def wrong(self, number: int, line: bytes, error: ProtocolError, *, greeted: bool) -> ProtocolError:
        """What is wrong in a line. What it holds is shown only before there can be anything of people in it."""
        shown = "" if greeted else f" „{printable(line[:SHOWN].decode('utf-8', 'replace'))}“"
        hint = "; was kein JSON ist, gehört auf die Fehlerausgabe (stderr)" if not line.startswith(b"{") else ""
        return ProtocolError(f"Zeile {number}{shown}: {error}{hint}")


@dataclass(frozen=True, slots=True)
class _Timed:
    """What has a time."""

    at_us: int


@cache
def has_bytes(protocol: type) -> bool:
    """Whether any value of this protocol holds bytes: pictures, sound, pages."""
    kinds = [
        kind
        for method in methods_of(protocol).values()
        for kind in (*method.args.values(), method.gives, *(method.takes or ())[1:])
    ]
    return any(map(_holds_bytes, kinds))


def _holds_bytes(kind: object) -> bool:
    if kind is bytes or any(map(_holds_bytes, get_args(kind))):
        return True
    return (
        isinstance(kind, type)
        and dataclasses.is_dataclass(kind)
        and any(map(_holds_bytes, get_type_hints(kind).values()))
    )
