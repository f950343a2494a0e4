"""What leaves the booth on one leg: the devices' newest pictures and sound, unless hidden or muted."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import Frame
from lisa_core.equipment.media.newest import Newest
from lisa_core.equipment.slots.devices import Camera, Microphone

COVER_SIZE = (160, 120)
"""The size of what goes out instead of a hidden picture; no camera is that small, so the desk can tell."""
COVER = Frame(*COVER_SIZE, bytes((96,)) * (COVER_SIZE[0] * COVER_SIZE[1] * 3), 0)


class Outgoing:
    """Three pumps from the devices of the booth, and the two shutters."""

    def __init__(self, citizen: Camera, document: Camera, microphone: Microphone) -> None:
        self._cameras, self._microphone = (citizen, document), microphone
        self.citizen, self.document = Newest[Frame](), Newest[Frame]()
        self.shown, self.muted = True, False
        self._citizen_shown = True
        self.fault: DeviceFault | None = None
        self._person: Frame | None = None
        self._table: Frame | None = None

    def show(self, shown: bool) -> None:
        """Show the table or a grey cover."""
        self.shown = shown
        if not shown:
            self.document.put(COVER)
        elif self._table is not None:
            self.document.put(self._table)

    def show_citizen(self, shown: bool) -> None:
        """Show the citizen or a grey cover: the citizen may switch the camera off at any time."""
        self._citizen_shown = shown
        if not shown:
            self.citizen.put(COVER)
        elif self._person is not None:
            self.citizen.put(self._person)

    def pumps(self, hear: Callable[[bytes], None]) -> tuple[Coroutine[object, object, None], ...]:
        """What is to run while the leg lasts; `hear` gets each block of sound that may go out."""
        works = (self._film_citizen, self._film_document, partial(self._listen, hear))
        return tuple(self.noting_faults(work) for work in works)

    def end(self) -> None:
        """Keep nothing."""
        self._person = self._table = None
        self.citizen.end()
        self.document.end()

    async def _film_citizen(self) -> None:
        async for frame in self._cameras[0].frames():
            self._person = frame
            self.citizen.put(frame if self._citizen_shown else COVER)

    async def _film_document(self) -> None:
        async for frame in self._cameras[1].frames():
            self._table = frame
            self.document.put(frame if self.shown else COVER)

    async def _listen(self, hear: Callable[[bytes], None]) -> None:
        async for block in self._microphone.blocks():
            if not self.muted:
                hear(block.pcm)

    async def noting_faults(self, work: Callable[[], Coroutine[object, object, None]]) -> None:
        """A broken device ends its own medium only: the call goes on with the others."""
        try:
            await work()
        except DeviceFault as fault:
            self.fault = self.fault or fault
