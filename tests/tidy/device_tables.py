"""The tables of docs/devices.md that follow from declarations; `python -m tests.tidy.device_tables` writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lisa_core.config.drivers import OWN, driver
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, FAILS, FAULTS, NEEDED, PROTOCOLS, SLOTS
from lisa_core.equipment.slots.declaration import Fault
from lisa_core.equipment.slots.driver import Driver, Option
from tests.tidy.sources import ROOT

PAGE = ROOT / "docs" / "devices.md"
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
    """One row for each of our drivers, and one for each of its options."""
    yield "| Driver | Option | Type | Default | Meaning |"
    yield "|---|---|---|---|---|"
    for name in OWN:
        declared = driver(name)
        yield row(f"**`{name}`**", "`binding`", "", "", _bindings(declared))
        for option in declared.options:
            yield _option(option, "")
        for served in declared.serves:
            for option in served.options:
                yield _option(option, f"{served.protocol.__name__}: ")


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


def _bindings(declared: Driver[Any]) -> str:
    if declared.opened is None:
        return "`emulator`: the booth serves it itself"
    can = f"; can {', '.join(declared.can)}" if declared.can else ""
    return f"{', '.join('a path from `/`' if ' ' in form else f'`{form}`' for form in declared.binding.forms)}{can}"


def _option(option: Option, of: str) -> str:
    default = "needed" if option.needed else "–" if option.default is None else f"`{option.default}`".lower()
    if isinstance(option.default, str):
        default = f"`{option.default}`"
    kind = " / ".join(option.words) or option.kind.__name__
    if option.kind in (int, float):
        kind += f", {option.least} to {option.most}"
    return row("", code(option.name), kind, default, of + option.text)


if __name__ == "__main__":
    for written in (PAGE, FAULTS_PAGE):
        written.write_text(page(written.read_text(encoding="utf-8")), encoding="utf-8")
