"""What `lisa doctor` prints: what is there and what is not, drivers, sound devices; and scanners of the network."""

from __future__ import annotations

import asyncio
import contextlib
import platform
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from lisa_core.config.drivers import installed, unused
from lisa_core.domain.model.errors import ProfileError, ProtocolError
from lisa_core.equipment.codecs.sound_list import devices_of
from lisa_core.equipment.lines.discovery import Announced, announced_devices
from lisa_core.equipment.lines.programs.sound import SoundServerError, listed
from lisa_core.equipment.slots.catalogue import PROTOCOLS, SLOTS

LISTENED_S = 4.0
"""Seconds for which is listened: a scanner that is on answers within one."""
Found = tuple[str, bool, bool, str, str]
"""What was looked for: its name, whether it is there and is needed, what goes untested without it, what to install."""


def diagnose(looked_for: Iterable[Found]) -> int:
    """Tell what was found; 4 when something is missing that nothing works without."""
    table = Table(box=None, pad_edge=False)
    for title in ("", "Voraussetzung", "ohne sie nicht geprüft", "Abhilfe"):
        table.add_column(title)
    missing_needed = False
    for name, present, needed, untested, install in looked_for:
        missing_needed |= needed and not present
        mark = "[green]✓[/]" if present else ("[red]✗[/]" if needed else "[yellow]–[/]")
        without = ("", "") if present else (untested, install)
        table.add_row(mark, name, *map(escape, without))
    console = Console()
    console.print(f"{platform.platform()}, Python {platform.python_version()}")
    console.print(table)
    table, broken = _drivers()
    console.print(table)
    for sentence in broken:
        console.print(sentence, style="red", soft_wrap=True, markup=False)
    for line in sound_lines():
        console.print(line, soft_wrap=True, markup=False, highlight=False)
    return 4 if missing_needed else 0


def _drivers() -> tuple[Table, list[str]]:
    """Every driver on this machine with its package, and what it serves; and of those that cannot be used, why."""
    table, broken = Table(box=None, pad_edge=False), []
    for title in ("", "Treiber", "aus dem Paket", "für", "Anschluss"):
        table.add_column(title)
    for name, found in sorted(installed().items()):
        try:
            declared = found.load()
        except ProfileError as error:
            table.add_row("[red]✗[/]", escape(name), escape(found.package), "", "")
            broken.append(str(error))
            continue
        slots = [slot.noun for key, slot in SLOTS.items() if declared.serving(PROTOCOLS[key])]
        forms = ", ".join(declared.binding.forms) if declared.opened else "keiner: eine Seite des Bürgerbüros"
        table.add_row("[green]✓[/]", escape(name), escape(found.package), ", ".join(slots), escape(forms))
    return table, [*broken, *unused()]


def sound_lines() -> Iterator[str]:
    """The sound devices of this machine, each with what to write into the profile; or why there are none."""
    yield 'Tongeräte für [slots.microphone] und [slots.loudspeaker], jeweils mit driver = "audio":'
    found = False
    for slot, what in (("microphone", "sources"), ("loudspeaker", "sinks")):
        try:
            devices = devices_of(listed(what))
        except (SoundServerError, ProtocolError) as error:
            yield f"  keine: {error}"
            return
        for device in devices:
            if not device.monitor:
                found = True
                muted = "  (stummgeschaltet)" if device.muted else ""
                yield f'  {SLOTS[slot].noun:14} binding = "audio:{device.name}"  {device.text}{muted}'
    if not found:
        yield "  keine: Der Tondienst kennt kein Gerät"


async def list_scanners() -> None:
    """Listen, and tell what was heard as it comes."""
    console, count = Console(), 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LISTENED_S), contextlib.aclosing(announced_devices()) as found:
            async for scanner in found:
                count += 1
                console.print(told(scanner), highlight=False, markup=False, soft_wrap=True)
    if not count:
        console.print(
            f"In {LISTENED_S:g} s hat sich kein Scanner bekannt gemacht. Seine Adresse steht in seinem Menü; "
            "ein anderes Netz oder eine Firewall dazwischen lässt nichts durch."
        )


def told(scanner: Announced) -> str:
    """One scanner: what it says it is, and the text for the profile."""
    about = ", ".join(filter(None, (scanner.model, scanner.sources)))
    trust = "\n# nur übernehmen, wenn das Menü des Geräts denselben Fingerabdruck zeigt" if scanner.fingerprint else ""
    return f"{scanner.name}{f' ({about})' if about else ''}{trust}\n{scanner.as_profile()}\n"
