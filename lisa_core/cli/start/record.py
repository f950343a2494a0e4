"""`lisa record`, started: the device of one slot is opened, exercised and listened to until somebody ends that."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import click

from lisa_core.booth.wishes import EMULATED, booth_factory
from lisa_core.cli.vendor.language import said
from lisa_core.config.binding import open_device
from lisa_core.config.drivers import EMULATOR
from lisa_core.config.profile import Profile, SlotBinding, load_profile
from lisa_core.domain.model.errors import DeviceFault, LisaError, ProfileError
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.drivers.identity import Said, identities
from lisa_core.equipment.drivers.whereabouts import whereabouts
from lisa_core.equipment.slots.catalogue import PROTOCOLS, SLOTS
from lisa_core.equipment.slots.origin import Facts, Where, identity_text, origin_of
from lisa_core.equipment.traces.exercise import can_exercise, exercised
from lisa_core.equipment.traces.keepers import Ring, TraceFile
from lisa_core.equipment.traces.session import Recorded, TapSession
from lisa_core.host.printable import printable

OPENING_BYTES = 16 * 1024 * 1024
"""What is said before the device has told who it is."""
AGAIN_S = 1.0


class DeviceRecording:
    """One device, recorded by itself."""

    def __init__(self, profile: str, slot: str, out: Path, seconds: float) -> None:
        self.is_whole = False
        self._name, self._slot, self._out, self._seconds = profile, slot, out, seconds
        self._file: TraceFile | None = None

    async def run(self) -> None:
        """Until it is ended. Raises `LisaError`."""
        profile = load_profile(self._name)
        bound = chosen_slot(profile, self._slot)
        session = TapSession(partial(Ring, OPENING_BYTES))
        try:
            async with AsyncExitStack() as stack:
                emulated = await _emulated(stack, profile, bound)
                device, slots = await stack.enter_async_context(open_device(profile, bound.slot, emulated, session))
                answer = (await identities({bound.slot: device}))[bound.slot]
                [recorded] = session.recorded
                self._file = _file(self._out, profile, bound, answer, recorded)
                recorded.ring.pour(self._file)
                await self._exercise(slots)
        finally:
            self._close()

    async def _exercise(self, slots: Mapping[str, object]) -> None:
        """All that hangs on the line, at once."""
        click.echo(said(f"Aufnahme läuft: {', '.join(SLOTS[slot].title for slot in slots)}. Ende mit Strg-C."))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._seconds or None), asyncio.TaskGroup() as group:
                for name, slot in slots.items():
                    group.create_task(_exercised(name, slot))

    def _close(self) -> None:
        if self._file is None:
            return
        self._file.close()
        self.is_whole = True
        click.echo(said(f"{printable(str(self._out))}: {self._file.count} Einträge. Nachspielen: {self._hint}"))

    @property
    def _hint(self) -> str:
        return f'binding = "replay:{printable(str(self._out.absolute()))}"'


async def _exercised(name: str, slot: object) -> None:
    """Tell what comes of it; a fault belongs to the recording as well, and then it is tried again."""
    while True:
        try:
            async with contextlib.aclosing(exercised(PROTOCOLS[name], slot)) as lines:
                async for line in lines:
                    click.echo(said(f"  {SLOTS[name].noun}: {printable(line)}"))
            return
        except DeviceFault as fault:
            click.echo(said(f"  {printable(str(fault))}"))
            await asyncio.sleep(AGAIN_S)


def chosen_slot(profile: Profile, slot: str) -> SlotBinding:
    """The slot that is meant. Raises `LisaError` where that cannot be recorded, or nobody can say which."""
    if not slot:
        found = sorted(profile.outside)
        devices = {(profile.slots[name].driver, profile.slots[name].binding) for name in found}
        if len(devices) != 1:
            known = ", ".join(found) or "keinen"
            raise ProfileError(f"{profile.path}: Das Profil bindet {known} an Geräte. Mit --slot einen nennen.")
        slot = found[0]
    if slot not in profile.slots:
        near = nearest(slot, list(profile.slots))
        raise ProfileError(f"{profile.path}: Den Steckplatz „{slot}“ gibt es darin nicht.{near}")
    if not can_exercise(PROTOCOLS[slot]):
        title = SLOTS[slot].title
        raise LisaError(
            f"{title} spricht über keine Leitung, die sich aufnehmen lässt (Bild, Ton oder eine Seite): Was es "
            'liefert, ist die Person selbst. Für Szenarien ohne das Gerät binding = "emulator" nehmen.'
        )
    if slot in profile.replayed:
        raise ProfileError(f"{profile.path}: slots.{slot} spielt schon eine Aufzeichnung. Ein Gerät angeben.")
    return profile.slots[slot]


async def _emulated(stack: AsyncExitStack, profile: Profile, bound: SlotBinding) -> Mapping[str, str]:
    """The addresses of what is emulated for it: its own device, where the profile binds it to the emulator."""
    wanted = frozenset({bound.slot}) if bound.binding == EMULATOR else frozenset[str]()
    if not wanted and not profile.join:
        return {}
    devices = {slot: device for slot, device in profile.devices.items() if slot in wanted}
    booth = booth_factory(EMULATED)(wanted, join=profile.join, devices_of=devices or None)
    return (await stack.enter_async_context(booth)).bindings


def _file(out: Path, profile: Profile, bound: SlotBinding, answer: Said, recorded: Recorded) -> TraceFile:
    facts = Facts(bound.binding, bool(profile.join), identity=answer.identity, silence=answer.silence)
    where, found = (Where.OUT, "") if bound.binding == EMULATOR else whereabouts(bound.binding)
    origin, reason = origin_of(Facts(facts.binding, facts.joined, where, found, facts.identity, facts.silence))
    who = identity_text(answer.identity) or "ohne Kennung"
    click.echo(printable(said(f"{SLOTS[bound.slot].noun}: {origin.value} ({who}). {reason}".strip())))
    return TraceFile(out, recorded.head(origin.value, answer.identity))
