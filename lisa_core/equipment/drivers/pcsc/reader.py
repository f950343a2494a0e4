"""Driver of a card reader: `pcsc:NAME` for one of the system's readers, `vpcd://host:port` for a card that is played.

What it yields is whether a card lies there and of which kind; the ATR, from which that follows, is dropped at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncGenerator, AsyncIterator

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import CardKind, DeviceIdentity
from lisa_core.equipment.codecs.cards.atr import read_atr
from lisa_core.equipment.drivers.pcsc.library import MUTE, PRESENT, UNAWARE, Library, fault
from lisa_core.equipment.slots.devices import CardReader
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Serves, Tried
from lisa_core.host.address import CARD_READER, read_address

WAIT_MS = 1000
AGAIN_S = 1.0
END_S = 3.0


class SeenCards:
    """What a reader sees, newest first of all: fulfils `equipment.slots.devices.CardReader`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._seen: CardKind | DeviceFault | None = None
        self._change = asyncio.Event()

    def tell(self, seen: CardKind | DeviceFault) -> None:
        """This is so from now on."""
        if seen != self._seen and not (isinstance(seen, DeviceFault) and str(seen) == str(self._seen)):
            self._seen = seen
            self._change.set()
            self._change = asyncio.Event()

    async def spoken(self) -> None:
        """Return once it has said what lies there. Raises `DeviceFault` when the first word is a fault."""
        async with contextlib.aclosing(self.cards()) as cards:
            await anext(cards)

    async def cards(self) -> AsyncGenerator[CardKind, None]:
        said: CardKind | None = None
        while True:
            seen, change = self._seen, self._change
            if isinstance(seen, DeviceFault):
                raise seen
            if seen is not None and seen is not said:
                said = seen
                yield seen
            else:
                await change.wait()

    async def identify(self) -> DeviceIdentity:
        """The name of the reader, as the system has it."""
        return DeviceIdentity(model=self._name)


def kind_of(atr: bytes) -> CardKind:
    """What a card is by its answer to reset; several at once answer as one that cannot be read."""
    if not atr:
        return CardKind.NONE
    try:
        return CardKind.STORAGE if read_atr(atr).is_storage else CardKind.CHIP
    except ValueError:
        return CardKind.UNREADABLE


@contextlib.asynccontextmanager
async def open_card_reader(binding: str, options: Given) -> AsyncIterator[SeenCards]:
    """Watch a reader that is there; one that goes is found again as soon as it is back.

    Raises `DeviceFault` `card_reader.silent` when it is not there.
    """
    address = read_address(binding, CARD_READER)
    if address.scheme == "vpcd":
        from lisa_core.equipment.drivers.pcsc import virtual  # needs what only POSIX has

        seen = SeenCards("vpcd")

        def told(atr: bytes | DeviceFault) -> None:
            seen.tell(kind_of(atr) if isinstance(atr, bytes) else atr)

        following = asyncio.create_task(virtual.follow(address.host, address.port, told), name=f"cards {binding}")
        try:
            await seen.spoken()
            yield seen
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
        return
    seen = SeenCards(address.path)
    watching = _Watching(seen, address.path)
    try:
        await seen.spoken()
        yield seen
    finally:
        await asyncio.to_thread(watching.close)


class _Watching:
    """Asks PC/SC in a thread of its own, since asking blocks."""

    def __init__(self, seen: SeenCards, name: str) -> None:
        self._seen, self._name = seen, name
        self._loop = asyncio.get_running_loop()
        self._ended = threading.Event()
        self._library: Library | None = None
        self._thread = threading.Thread(target=self._watch_on, name=f"cards {name}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread; a question that is on its way is called off."""
        self._ended.set()
        if (library := self._library) is not None:
            library.cancel()
        self._thread.join(END_S)

    def _watch_on(self) -> None:
        while not self._ended.is_set():
            try:
                self._library = Library()
                self._watch(self._library)
            except DeviceFault as problem:
                self._tell(problem)
            finally:
                library, self._library = self._library, None
                if library is not None:
                    library.close()
            self._ended.wait(AGAIN_S)

    def _watch(self, library: Library) -> None:
        names = library.readers()
        reader = next((name for name in names if name.startswith(self._name)), "")
        if not reader:
            known = f"Da sind: {', '.join(names)}" if names else "Es ist keiner angesteckt"
            raise fault(f"Keiner, dessen Name mit „{self._name}“ beginnt. {known}")
        known_state = UNAWARE
        while not self._ended.is_set():
            if (news := library.wait(reader, known_state, WAIT_MS)) is None:
                continue
            known_state, atr = news
            present = bool(known_state & PRESENT)
            kind = CardKind.UNREADABLE if known_state & MUTE else kind_of(atr)
            self._tell(kind if present else CardKind.NONE)

    def _tell(self, seen: CardKind | DeviceFault) -> None:
        with contextlib.suppress(RuntimeError):  # the loop may be closed already
            self._loop.call_soon_threadsafe(self._seen.tell, seen)


EVIDENCE = Evidence(
    "Kartenleser, die der Dienst pcscd führt (PC/SC)",
    Tried.REAL,
    "Antworten (ATR) von Karten, wie echte Leser sie ausgeben",
    ("ob ein Leser mit Antenne zwei Karten als eine meldet, die sich nicht lesen lässt (MUTE), oder eine wählt",),
)
DRIVER = Driver("pcsc", (Serves(CardReader),), CARD_READER, open_card_reader, can=("kennung",), evidence=EVIDENCE)
