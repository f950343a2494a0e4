"""`lisa record --from`: a capture of others becomes a recording of the device in one slot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from ipaddress import ip_address
from pathlib import Path

import click

from lisa_core.cli.vendor.language import said
from lisa_core.config.drivers import ADAPTER, driver, fitting
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import LisaError, ProfileError
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.catalogue import PROTOCOLS, SLOTS
from lisa_core.equipment.slots.driver import Driver, Given
from lisa_core.equipment.slots.origin import Origin
from lisa_core.equipment.traces.captures.imported import CaptureRecording, imported, transports
from lisa_core.equipment.traces.captures.streams import Party
from lisa_core.equipment.traces.entries import TraceHead
from lisa_core.equipment.traces.exercise import can_exercise
from lisa_core.equipment.traces.keepers import TraceFile
from lisa_core.equipment.traces.masks.choice import mask_for
from lisa_core.equipment.traces.session import PACKAGE
from lisa_core.host.printable import printable

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read from which capture: words of the command line, "" where nothing was said."""

    capture: Path
    slot: str
    driver: str = ""
    port: str = ""
    profile: str = ""


async def import_capture(wanted: Wanted, out: Path) -> None:
    """Write the recording, and tell what it holds. Raises `LisaError`."""
    slots, declared = _device(wanted)
    found = await imported(wanted.capture, declared.binding, mask_for(slots, declared.name), wanted.port)
    for note in found.notes:
        click.echo(printable(said(note)))
    file = TraceFile(out, _head(wanted, slots, declared, found))
    for entry in found.entries:
        file.keep(entry)
    file.close()
    title = SLOTS[wanted.slot].title
    read_by = f"gelesen mit dem Treiber {declared.name}; ein Mitschnitt gilt nie als echt."
    click.echo(said(f"{title}: {found.party}, {read_by}"))
    click.echo(said(f"{printable(str(out))}: {file.count} Einträge. Nachspielen: {_hint(declared.name, out)}"))


def _hint(name: str, out: Path) -> str:
    return f'driver = "{name}", binding = "replay:{printable(str(out.absolute()))}?mode=tolerant"'


def _head(wanted: Wanted, slots: Mapping[str, Given], declared: Driver[object], found: CaptureRecording) -> TraceHead:
    begun = (EPOCH + timedelta(microseconds=found.begun_us)).astimezone()
    origin = Origin.HERE if _is_here(found.party) else Origin.NAMELESS
    told = (slots, declared.name, found.binding, origin.value, begun, version(PACKAGE))
    notes = (note.replace(str(wanted.capture), wanted.capture.name) for note in found.notes)  # the folder is somebody's
    return TraceHead(*told, source=wanted.capture.name, note=" ".join(notes))


def _is_here(place: Party) -> bool:
    try:
        return ip_address(place.host).is_loopback
    except ValueError:
        return False


def _device(wanted: Wanted) -> tuple[Mapping[str, Given], Driver[object]]:
    """The slots on its line with their options, and its driver. Raises `LisaError` where that is not to be said."""
    if wanted.slot not in PROTOCOLS:
        near = nearest(wanted.slot, PROTOCOLS)
        raise ProfileError(f"--slot {wanted.slot}: Den Steckplatz gibt es nicht.{near}" if wanted.slot else NO_SLOT)
    protocol = PROTOCOLS[wanted.slot]
    if not can_exercise(protocol):
        title = SLOTS[wanted.slot].title
        raise LisaError(f"{title} spricht über keine Leitung, die sich mitschneiden lässt (Bild, Ton oder eine Seite).")
    slots: Mapping[str, Given] = {wanted.slot: {}}
    name = wanted.driver
    if wanted.profile:
        profile = load_profile(wanted.profile)
        if wanted.slot not in profile.slots:
            near = nearest(wanted.slot, list(profile.slots))
            raise ProfileError(f"{profile.path}: Den Steckplatz „{wanted.slot}“ gibt es darin nicht.{near}")
        bound = profile.slots[wanted.slot]
        name = name or bound.driver
        if name == bound.driver:
            same = [one for one in profile.slots.values() if (one.driver, one.binding) == (name, bound.binding)]
            shared = driver(name).shared
            slots = {one.slot: one.options for one in same if shared or one.slot == wanted.slot}
    return slots, _driver(wanted.slot, name)


NO_SLOT = "--from braucht --slot: In welchen Steckplatz gehört das Gerät (scanner, printer, presence, door ...)?"


def _driver(slot: str, name: str) -> Driver[object]:
    """That of this name, or the only one that fits and speaks over what can be captured."""
    if name:
        declared = driver(name)
        if declared.serving(PROTOCOLS[slot]) is None:
            raise ProfileError(
                f"Der Treiber „{name}“ kann {SLOTS[slot].title} nicht. Es passt: {', '.join(_able(slot))}."
            )
        if name not in _able(slot):
            raise ProfileError(f"Der Treiber „{name}“ spricht über nichts, was in einem Mitschnitt steht.")
        return declared
    able = _able(slot)
    if len(able) != 1:
        known = ", ".join(able) or "keiner, der über etwas spricht, was in einem Mitschnitt steht"
        raise ProfileError(f"{SLOTS[slot].title}: Es passt {known}. Mit --driver einen nennen.")
    return driver(able[0])


def _able(slot: str) -> list[str]:
    names = (name for name in fitting(PROTOCOLS[slot]) if name != ADAPTER)
    return sorted(name for name in names if transports(driver(name).binding))
