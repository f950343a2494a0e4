"""A first profile for what was found: what was wished for is bound, all else stands there to be switched on by hand.

What is found need not be the vendor's own: a run would print on the office's printer. So a slot is bound only where
somebody has named it, and where there is but one thing for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from lisa_core.config.drivers import driver
from lisa_core.config.profile import SlotBinding
from lisa_core.config.vendor.found import Candidate, Found
from lisa_core.equipment.slots.catalogue import PROTOCOLS, SLOTS
from lisa_core.equipment.slots.driver import Option

BASE = "emulated"
_HEAD = """\
# Von „lisa profile find“. Was nicht gebunden ist, bleibt emuliert. Wer vor einer Tabelle „# “ entfernt, bindet das
# Gerät; danach prüfen: lisa profile check {file}
schema = 1

[profile]
id = "{id}"
extends = "{base}"
"""


def unclear(found: Found, wished: Sequence[str]) -> Iterator[str]:
    """For each wished slot that is not bound a sentence: there is nothing for it, or more than one thing."""
    for slot in wished:
        there = [one.binding for one in found.candidates if slot in one.slots]
        if not there:
            yield f"slots.{slot}: Dafür war nichts zu finden. Den Anschluss von Hand eintragen."
        elif len(there) > 1:
            yield f"slots.{slot}: Dafür gibt es mehreres ({', '.join(there)}). In der Datei eines davon einschalten."


def first_profile(
    found: Found,
    name: str,
    file: str,
    wished: Sequence[str],
    base: Mapping[str, SlotBinding],
    named: Sequence[Candidate] = (),
) -> str:
    """The text of a profile with this id, for this file. `base`: by slot what the profile that it extends has.

    `named`: what somebody has named, each for its one slot; several may be parts of one unit.
    """
    parts = [_HEAD.format(id=name, file=file, base=BASE)]
    parts += ["\n".join(_tables(one, slot, base)) for one in named for slot in one.slots]
    places = {one.binding for one in named}
    taken: set[str] = set()
    for one in found.candidates:
        if one.binding in places:
            continue
        alone = (slot for slot in wished if slot in one.slots and slot not in taken and _is_alone(found, slot))
        bound = next(alone, "")  # one thing is in one slot
        taken.add(bound)
        parts.append("\n".join(_tables(one, bound, base)))
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _is_alone(found: Found, slot: str) -> bool:
    return sum(slot in one.slots for one in found.candidates) == 1


def _tables(one: Candidate, bound: str, base: Mapping[str, SlotBinding]) -> Iterator[str]:
    yield f"# {one.binding}{f': {one.about}' if one.about else ''}"
    for slot, drivers in one.slots.items():
        sign = "" if slot == bound else "# "
        also = f"   # oder: {', '.join(drivers[1:])}" if drivers[1:] else ""
        yield f"{sign}[slots.{slot}]   # {SLOTS[slot].noun}"
        yield f'{sign}driver = "{drivers[0]}"{also}'
        yield f'{sign}binding = "{one.binding}"'
        if one.fingerprint:
            yield "# nur einschalten, wenn das Menü des Geräts denselben Fingerabdruck zeigt:"
            yield f'# fingerprint = "{one.fingerprint}"'
        inherited = base[slot].options if slot in base and base[slot].driver == drivers[0] else {}
        for option in driver(drivers[0]).options_for(PROTOCOLS[slot]):
            value = inherited.get(option.name, option.default)
            if option.needed or value != option.default:  # what is inherited and unusual would surprise
                said = _some(option) if value is None else json.dumps(value, ensure_ascii=False)
                yield f"{sign}{option.name} = {said}   # {option.text}"


def _some(option: Option) -> str:
    """A value that the option may have, to be put right by hand."""
    if option.kind is str:
        return f'"{option.words[0] if option.words else ""}"'
    if option.kind is bool:
        return "false"
    return f"{max(option.least, 1):g}" if option.kind is int else f"{max(option.least, 1.0)}"
