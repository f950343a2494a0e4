"""The memory booth: slot objects that sample the world, no bytes, no threads, no sockets; for virtual time."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Mapping

from emulator.devices.bus.wear import BOUNCE_US, LAMP_DARK, STUCK, button_pressed, door_open, refusal
from emulator.devices.bus.wear import RESTLESS as RESTLESS_CONTACT
from emulator.devices.camera import SLOW_S, citizen_picture, document_picture
from emulator.devices.cards.reader import kind_seen
from emulator.devices.finger import Finger, is_dark
from emulator.devices.microphone import DEAF
from emulator.devices.microphone import sample as sound
from emulator.devices.presence import sample as presence
from emulator.devices.printer_state import HALF, condition
from emulator.devices.radars.sight import CALIBRATES, LEFT_CONFIGURED, restarting
from emulator.devices.radars.sight import RESTLESS as RESTLESS_RADAR
from emulator.devices.scanning.sheets import COVER, GONE, draw, look_of, occupied, spoilt
from emulator.devices.scanning.values import offered_by
from emulator.devices.stu.ailing import breaks_off, felt, scribbled
from emulator.devices.stu.pad import AWAKE_US
from emulator.paper.printed import half_sheet, sheet_text
from emulator.paper.scan_image import scanned_page
from emulator.paper.strokes import load
from emulator.paper.strokes import sample as pen_at
from emulator.world.actor import EmulatedActor
from emulator.world.live_world import HostedWorld
from emulator.world.world import MUTE, PAN_MOST, TILT_MOST, ZOOM_MOST, World, as_json
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import AudioBlock, Frame
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.readings import (
    WRITE_NOW,
    CardKind,
    DeviceIdentity,
    HeadPosition,
    HeadPreset,
    LampColour,
    PadInfo,
    PenSample,
    PresenceReport,
    ScannedPage,
    ScanSettings,
    ScanSource,
)
from lisa_core.domain.model.screen import NOTHING_TOUCHED, ScreenView, Touch
from lisa_core.equipment.codecs.escl import Source
from lisa_core.equipment.slots.booths import OpenedBooth
from lisa_core.equipment.slots.catalogue import FAULTS, NEEDED, PROTOCOLS, SLOTS, fault_of, titles_of
from lisa_core.equipment.slots.devices import Slots, Switch
from lisa_core.equipment.slots.head_faults import HEAD_FAULTS
from lisa_core.equipment.slots.pad_faults import HANGS, PLAIN, REFUSES, SHOWS, SLEEPS, TEARS
from lisa_core.host import clock

REPORT_S = 0.1
SETTLE_S = 3.0
"""Seconds for which the radar repeats itself after a change; then it is silent until the world changes again."""
PAGE_S = 2.0
BUSY_S = 45.0
SILENT_S = 1.0
"""Seconds of silence until a device is missed."""
PEN_S = 0.0125
STILL_S = 10.0
"""Seconds of nothing but silence until a microphone counts as deaf."""
PICTURE_S = 3.0
"""So long the picture takes under which somebody signs."""
ASKED_AGAIN_S = 1.5
"""Seconds until a pad that sleeps is asked again."""
STUCK_S = 5.0
"""Seconds after which a pen that only touches is no hand."""
TURN_S = 0.5
"""So long the camera head takes to turn."""
IDENTITY = DeviceIdentity("LISA", "Modell")
_WHOSE: Mapping[str, str] = {fault.name: slot.title for slot in [*SLOTS.values()][::-1] for fault in slot.faults}


def _fault(device: str) -> DeviceFault:
    return DeviceFault(fault_of(device), f"{' und '.join(titles_of(device))}: keine Antwort.", retryable=True)


def _declared(name: str) -> DeviceFault:
    """A fault as its declaration has it."""
    return DeviceFault(FAULTS[name].code, f"{_WHOSE[name]} {FAULTS[name].says}.", retryable=True)


class _Slot:
    def __init__(self, world: HostedWorld) -> None:
        self._world = world

    def _answers(self, device: str) -> None:
        """Raises the fault of a device that is silent."""
        if device in self._world.state.silent:
            raise _fault(device)

    async def _reports(self, device: str) -> None:
        """The same for one that is listened to: it is missed after a while."""
        if device in self._world.state.silent:
            await asyncio.sleep(SILENT_S)
            raise _fault(device)

    async def identify(self) -> DeviceIdentity:
        return IDENTITY


class MemoryPresence(_Slot):
    _left = False
    """Whether it was left in configuration mode, and what waits for its reports has ended that."""

    async def reports(self) -> AsyncIterator[PresenceReport]:
        while True:
            state = self._world.state
            until_s = asyncio.get_running_loop().time() + SETTLE_S
            await self._reports("presence")
            await self._well(state)
            restless = RESTLESS_RADAR.intersection(state.faults)
            while (asyncio.get_running_loop().time() < until_s or restless) and self._world.state is state:
                if not restarting(state, clock.now_us()):
                    yield presence(state, clock.now_us())
                await asyncio.sleep(REPORT_S)
            await self._world.changed(state.revision)

    async def _well(self, state: World) -> None:
        if CALIBRATES in state.faults:
            raise _declared(CALIBRATES)
        left, self._left = self._left, LEFT_CONFIGURED in state.faults
        if self._left and not left:
            await asyncio.sleep(SILENT_S)
            raise _fault("presence")


class _BusSlot(_Slot):
    """One that hangs on the unit by the door."""

    def _asked(self, state: World) -> None:
        """Raises the fault of a unit that refuses."""
        if (reason := refusal(state)) is not None:
            raise DeviceFault("door.refused", f"Die Einheit lehnt ab (Ausnahme {reason}).", retryable=True)

    def _told(self, slot: str, moves: bool) -> None:
        """Raises the fault of an output that does not move though it should."""
        self._answers("door")
        self._asked(self._world.state)
        if moves and (stuck := STUCK.get(slot, "")) in self._world.state.faults:
            raise _declared(stuck)


class MemoryContact(_BusSlot):
    def __init__(self, world: HostedWorld, sample: Callable[[World, int], bool]) -> None:
        super().__init__(world)
        self._sample = sample

    async def states(self) -> AsyncIterator[bool]:
        said: bool | None = None
        while True:
            state = self._world.state
            await self._reports("door")
            self._asked(state)
            now = self._sample(state, clock.now_us())
            if now != said:
                said = now
                yield now
            if RESTLESS_CONTACT.intersection(state.faults):
                await asyncio.sleep(BOUNCE_US / 1_000_000)
            else:
                await self._world.changed(state.revision)


class MemorySwitch(_BusSlot):
    def __init__(self, world: HostedWorld, slot: str) -> None:
        super().__init__(world)
        self._slot = slot

    async def set(self, on: bool) -> None:
        self._told(self._slot, on != (self._slot in self._world.state.on))
        await self._world.act("switch", slot=self._slot, on=on)


class MemoryLamp(_BusSlot):
    async def show(self, colour: LampColour) -> None:
        self._told("lamp", colour.value != self._world.state.lamp)
        lit = LampColour.OFF if LAMP_DARK in self._world.state.faults else colour
        await self._world.act("light", colour=lit.value)


class MemoryScanner(_Slot):
    def __init__(self, world: HostedWorld, personality: str) -> None:
        super().__init__(world)
        self._sources = offered_by(personality).sources if personality else None

    async def check(self) -> bool:
        self._answers("scanner")
        return bool(self._world.state.feeder or self._world.state.jammed)

    async def scan(self, settings: ScanSettings) -> AsyncGenerator[ScannedPage, None]:
        await self.check()
        source = Source.PLATEN if settings.source is ScanSource.PLATEN else Source.FEEDER
        if self._sources is not None and source not in self._sources:
            raise DeviceFault("scanner.unsupported", f"Aus {settings.source.value} scannt er nicht.", retryable=False)
        await self._free()
        if self._world.state.jammed:
            raise DeviceFault("scanner.jam", "Ein Blatt klemmt im Einzug.", retryable=True)
        if COVER in self._world.state.faults:
            raise _declared(COVER)
        if settings.source is ScanSource.PLATEN:
            await asyncio.sleep(PAGE_S)
            yield self._seen(self._world.state.glass, settings)
            return
        if not self._world.state.feeder:
            raise DeviceFault("scanner.empty", "Im Einzug liegt kein Blatt.", retryable=True)
        nth = 0
        while (drawn := draw(self._world.state, nth + 1, both_sides=False)) is not None:
            nth += 1
            if fault := drawn.fault or (spoilt(self._world.state) == GONE and GONE):
                raise _declared(fault)
            await self._world.act("draw_in", jam=drawn.jam)
            await asyncio.sleep(PAGE_S)
            if drawn.jam:
                raise DeviceFault("scanner.jam", f"Blatt {nth} klemmt im Einzug.", retryable=True)
            for page in drawn.pages:
                yield self._seen(page, settings)

    async def _free(self) -> None:
        """Ask again as long as the driver does while it says "later"."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(BUSY_S):
                while occupied(state := self._world.state):
                    await self._world.changed(state.revision)
        if fault := occupied(self._world.state):
            raise _declared(fault)

    def _seen(self, page: str, settings: ScanSettings) -> ScannedPage:
        if fault := spoilt(self._world.state):
            raise _declared(fault)
        return scanned_page(page, settings, look_of(self._world.state))


class MemoryPad(_Slot):
    """Of what a profile wishes it knows `prompt`, which takes a while, and `encrypted`."""

    def __init__(self, world: HostedWorld, wishes: JsonMap) -> None:
        super().__init__(world)
        self._prompt, self._encrypted = bool(wishes.get("prompt")), bool(wishes.get("encrypted"))
        self._awake_until_us = 0

    async def check(self) -> None:
        self._answers("signature-pad")
        if SLEEPS in self._world.state.faults and clock.now_us() >= self._awake_until_us:
            await asyncio.sleep(ASKED_AGAIN_S)
            self._answers("signature-pad")
        self._awake_until_us = clock.now_us() + AWAKE_US

    async def info(self) -> PadInfo:
        await self.check()
        return PadInfo("Modell", 9600, 6000, 1023, round(1 / PEN_S), says_when_armed=True)

    async def capture(self) -> AsyncGenerator[PenSample, None]:
        begun_us = clock.now_us()
        await self._world.act("arm_pad", on=False)
        await self.check()
        await self.clear()
        await self._prepare()
        pen = self._world.state.pen
        await self._world.act("arm_pad", on=True)
        try:
            yield WRITE_NOW
            if pen and scribbled(pen, begun_us, clock.now_us()):
                raise DeviceFault("pad.early", "Das Pad wurde beschrieben, bevor es bereit war.", retryable=True)
            async for sample in self._written():
                yield sample
        finally:
            await self._world.act("arm_pad", on=False)

    async def _prepare(self) -> None:
        if self._prompt:
            await asyncio.sleep(PICTURE_S)
        self._answers("signature-pad")
        for fault in (REFUSES, *((TEARS,) if self._prompt else ())):
            if fault in self._world.state.faults:
                raise _declared(fault)

    async def _written(self) -> AsyncGenerator[PenSample, None]:
        touched, seen_us, moved_us = None, clock.now_us(), 0
        while True:
            state = self._world.state
            await self._reports("signature-pad")
            if state.pen is None:
                if HANGS not in state.faults or touched is None:
                    await self._world.changed(state.revision)
                    continue
                if clock.now_us() - moved_us >= STUCK_S * 1_000_000:
                    raise _declared(HANGS)
                yield touched
                await asyncio.sleep(PEN_S)
                continue
            now_us = moved_us = clock.now_us()
            if self._encrypted and PLAIN in state.faults:
                raise _declared(PLAIN)
            if fault := breaks_off(state.faults, state.pen, seen_us, now_us):
                raise _declared(fault)
            seen_us, pen = now_us, pen_at(load(state.pen.recording), now_us - state.pen.since_us)
            sample = felt(state.faults, pen, touched)
            touched = sample if sample and sample.down else touched
            if pen is None:
                await self._world.act("pen_away")
            yield sample or PenSample(now_us, 0, 0, 0, near=False, down=False)
            if sample and sample.down:
                await self._ink()
            await asyncio.sleep(PEN_S)

    async def _ink(self) -> None:
        if not self._world.state.pad_ink:
            await self._world.act("ink", visible=True)

    async def clear(self) -> None:
        self._answers("signature-pad")
        if SHOWS in self._world.state.faults and self._world.state.pad_ink:
            raise _declared(SHOWS)
        await self._world.act("ink", visible=False)


class MemoryCamera(_Slot):
    def __init__(self, world: HostedWorld, table: bool) -> None:
        super().__init__(world)
        self._table = table

    async def frames(self) -> AsyncGenerator[Frame, None]:
        device = "document-camera" if self._table else "citizen-camera"
        while True:
            self._answers(device)
            state = self._world.state
            await self._sees(device, state.failing(device))
            yield self._picture(self._world.state)
            await self._world.changed(state.revision)

    async def _sees(self, device: str, how: frozenset[str]) -> None:
        """Raises what a driver says of such pictures, when it would have noticed (`equipment.media.camera`)."""
        for name in (f"{device}.{word}" for word in sorted(how)):
            if FAULTS[name].code:
                await asyncio.sleep(SILENT_S)
                raise _declared(name)
        if "langsam" in how:
            await asyncio.sleep(SLOW_S)

    def _picture(self, state: World) -> Frame:
        return document_picture(state, clock.now_us()) if self._table else citizen_picture(state, clock.now_us())


class MemoryCards(_Slot):
    async def cards(self) -> AsyncIterator[CardKind]:
        said: CardKind | None = None
        while True:
            state = self._world.state
            await self._reports("card-reader")
            if (seen := kind_seen(state)) is not said:
                said = seen
                yield seen
            await self._world.changed(state.revision)


class MemoryHead(_Slot):
    async def check(self) -> None:
        self._answers("camera-head")

    async def aim(self, at: HeadPosition) -> HeadPosition:
        await self.check()
        if fault := next((fault for fault in HEAD_FAULTS if fault.name in self._world.state.faults), None):
            raise _declared(fault.name)
        ways = {"pan": (at.pan, PAN_MOST), "tilt": (at.tilt, TILT_MOST), "zoom": (at.zoom, ZOOM_MOST)}
        await asyncio.sleep(TURN_S)
        for axis, (wanted, most) in ways.items():
            await self._world.act("turn", axis=axis, to=wanted * most // 1000)
        return at

    async def recall(self, preset: HeadPreset) -> HeadPosition:
        return await self.aim(HeadPosition())


class MemoryMicrophone(_Slot):
    async def blocks(self) -> AsyncIterator[AudioBlock]:
        """One when it begins, then only while there is a voice: silence needs no blocks in virtual time."""
        self._answers("microphone")
        self._hears()
        yield sound(self._world.state, clock.now_us())
        while True:
            self._answers("microphone")
            if DEAF in (state := self._world.state).faults:
                await asyncio.sleep(STILL_S)
                self._hears()
            while clock.now_us() < self._world.state.voice_until_us:
                yield sound(self._world.state, clock.now_us())
                await asyncio.sleep(0.02)
            await self._world.changed(state.revision)

    def _hears(self) -> None:
        if DEAF in self._world.state.faults:
            raise _declared(DEAF)


class MemoryLoudspeaker(_Slot):
    async def check(self) -> None:
        self._answers("loudspeaker")
        if MUTE in self._world.state.faults:
            raise _declared(MUTE)

    async def play(self, blocks: AsyncIterable[AudioBlock]) -> None:
        try:
            async for block in blocks:
                await self.check()
                await self._world.act("sound", on=any(block.pcm))
        finally:
            await self._world.act("sound", on=False)


class MemoryPrinter(_Slot):
    async def check(self) -> None:
        self._answers("printer")

    async def hand_out(self, document: bytes, title: str) -> None:
        await self.check()
        name = condition(self._world.state).fault
        if name in ("", HALF):
            await self._world.act("hand_out", sheet=sheet_text(title, document) if not name else half_sheet(title))
        if name:
            raise _declared(name)


class MemoryScreen(_Slot):
    def __init__(self, world: HostedWorld) -> None:
        super().__init__(world)
        self._finger = Finger(world)
        self._was_dark = False

    async def show(self, view: ScreenView) -> None:
        self._finger.show(tuple(button.id for button in view.buttons if button.active), view.deaf_ms)

    async def show_face(self, jpeg: bytes) -> None:
        """Nobody looks."""

    async def touches(self) -> AsyncIterator[Touch]:
        """Raises `screen.closed` once nothing is shown; the first after that says only that it is back."""
        if is_dark(self._world.state):
            await asyncio.sleep(SILENT_S)
            raise DeviceFault("screen.closed", "Der Bildschirm zeigt die Seite nicht.", retryable=True)
        if self._was_dark:
            self._was_dark = False
            yield NOTHING_TOUCHED
        async for button in self._finger.touches():
            yield Touch(button)
        self._was_dark = True


@contextlib.asynccontextmanager
async def open_booth(
    wanted: frozenset[str],
    *,
    join: str = "",
    seed: int = 0,
    devices_of: Mapping[str, str] | None = None,
    personalities: Mapping[str, str] | None = None,
    wishes: Mapping[str, JsonMap] | None = None,
) -> AsyncIterator[OpenedBooth]:
    """A memory booth with its own world: it emulates every slot that is needed, and what else is `wanted`.

    Of `personalities` it knows what a scanner of that model has not: a glass, a feeder. `wishes`: by slot the options
    that its driver would get; it knows those of the signature pad.
    """
    world = HostedWorld(World(seed=seed))
    switches: dict[str, Switch] = {
        slot: MemorySwitch(world, slot)
        for slot, protocol in PROTOCOLS.items()
        if protocol is Switch and slot in {*NEEDED, *wanted}
    }
    slots = Slots(
        **switches,
        presence=MemoryPresence(world),
        door=MemoryContact(world, door_open),
        call_button=MemoryContact(world, lambda state, now_us: button_pressed(state)),
        lamp=MemoryLamp(world),
        scanner=MemoryScanner(world, (personalities or {}).get("scanner", "")),
        signature_pad=MemoryPad(world, (wishes or {}).get("signature_pad", {})),
        citizen_camera=MemoryCamera(world, table=False),
        document_camera=MemoryCamera(world, table=True),
        microphone=MemoryMicrophone(world),
        card_reader=MemoryCards(world) if "card_reader" in wanted else None,
        camera_head=MemoryHead(world) if "camera_head" in wanted else None,
        printer=MemoryPrinter(world),
        screen=MemoryScreen(world),
        loudspeaker=MemoryLoudspeaker(world) if "loudspeaker" in wanted else None,
    )
    yield OpenedBooth(EmulatedActor(world), slots=slots, room=lambda: as_json(world.state), disturb=world.act)
