"""What follows from declarations in docs/devices.md, docs/devices/faults.md and docs/geraete.

`python -m tests.tidy.device_tables` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lisa_core.config.drivers import OWN, driver
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, FAILS, FAULTS, NEEDED, PROTOCOLS, SLOTS
from lisa_core.equipment.slots.declaration import Fault
from lisa_core.harness.start.vendor.page import driver_page, examples, slots_of
from tests.tidy.sources import ROOT

PAGE = ROOT / "docs" / "devices.md"
DRIVERS = ROOT / "docs" / "geraete"
INDEX = DRIVERS / "README.md"
FAULTS_PAGE = ROOT / "docs" / "devices" / "faults.md"
GENERATED = re.compile(r"(<!-- from the declarations: (\w+) -->\n).*?(<!-- end -->)", re.S)


def slots() -> Iterator[str]:
    """One row for each slot of the catalogue."""
    yield "| Slot | Device | Protocol | Drivers | Emulated by | Silent | In a simulation |"
    yield "|---|---|---|---|---|---|---|"
    for name, slot in SLOTS.items():
        protocol = PROTOCOLS[name]
        drivers = ", ".join(f"`{one}`" for one in OWN if driver(one).serving(protocol))
        shown = f"`{name}`" if name in NEEDED else f"`{name}` (optional)"
        emulated = DEVICE_OF_SLOT.get(name, "")
        cells = (shown, slot.noun, protocol.__name__, drivers, *map(code, (emulated, slot.fault)))
        yield row(*cells, ", ".join(map(code, slot.mishaps)))


def drivers() -> Iterator[str]:
    """One row for each of our drivers: what for, by which addresses, and what its codec has been tried on."""
    yield "| Treiber | Geräte | Steckplätze | Adressen | Woran sein Codec geprüft ist |"
    yield "|---|---|---|---|---|"
    for name in OWN:
        declared = driver(name)
        served = ", ".join(SLOTS[slot].noun for slot in slots_of(declared))
        forms = ", ".join(code(form) for form, _ in examples(declared.binding))
        link = f"[{name}]({name}.md)"
        yield row(link, declared.evidence.about, served, forms or code("emulator"), declared.evidence.tried.value)


def pages() -> Iterator[tuple[Path, str]]:
    """Each page that is written here, with what has to stand in it."""
    for written in (PAGE, FAULTS_PAGE, INDEX):
        yield written, page(written.read_text(encoding="utf-8"))
    for name in OWN:
        yield DRIVERS / f"{name}.md", driver_page(name)


def faults() -> Iterator[str]:
    """A heading and a table for each device, without what is on a line only; slots that share a device share faults."""
    devices = list(dict.fromkeys(name.partition(".")[0] for name in FAULTS))
    yield "Devices: " + " · ".join(f"[{_called(device)}](#{device})" for device in devices) + "."
    for device in devices:
        more = any(name.startswith(f"{device}.") and fault.wire for name, fault in FAULTS.items())
        told = f"{_called(device)}. More of it: [on a line](#on-a-line)." if more else f"{_called(device)}."
        yield from ("", f"## {device}", "", told)
        yield from ("", "| Name | What happens | What citizen and agent see, what is kept, how it heals | Code |")
        yield "|---|---|---|---|"
        for name, fault in FAULTS.items():
            if name.startswith(f"{device}.") and not fault.wire:
                yield row(code(name), "; ".join(_told(fault)), fault.reaction, code(fault.code))


def line_faults() -> Iterator[str]:
    """One row for what befalls several devices alike."""
    yield "| Name | What happens | What citizen and agent see, what is kept, how it heals | Code |"
    yield "|---|---|---|---|"
    alike: dict[tuple[str, str, str], list[str]] = {}
    for name, fault in FAULTS.items():
        if fault.wire:
            alike.setdefault((fault.says, fault.reaction, fault.code), []).append(name)
    for (says, reaction, raised), names in alike.items():
        yield row(", ".join(map(code, names)), f"… {says}", reaction, code(raised))


def _called(device: str) -> str:
    """ "Türkontakt, Ruftaste": the slots that have the faults of this name."""
    return ", ".join(slot.noun for slot in SLOTS.values() if any(f.name.startswith(f"{device}.") for f in slot.faults))


def _told(fault: Fault) -> list[str]:
    return [sentence for sentence, (_, one) in FAILS.items() if one == fault]


TABLES: Mapping[str, Any] = {"slots": slots, "drivers": drivers, "faults": faults, "line_faults": line_faults}


def page(text: str) -> str:
    """The page with its tables as the declarations have them."""
    return GENERATED.sub(lambda found: found[1] + "".join(f"{line}\n" for line in TABLES[found[2]]()) + found[3], text)


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def code(text: str) -> str:
    return f"`{text}`" if text else "–"


if __name__ == "__main__":
    for written, text in pages():
        written.write_text(text, encoding="utf-8")
