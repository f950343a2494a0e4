"""Who a printer is, by what it says of itself: `printer-device-id` (IEEE 1284) first, then its other attributes. Pure.

MFG:EPSON;CMD:ESCPL2,URF;MDL:XP-6000 Series;CLS:PRINTER;SN:583434593035343012;
"""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.codecs.ipp.message import Group
from lisa_core.equipment.drivers.ipp.faults import word_of


def identity_of(printer: Group) -> DeviceIdentity:
    """Vendor, model, serial number and firmware; empty where nothing is said. Without a serial number its UUID."""
    told = device_id(word_of(printer, "printer-device-id"))
    name = word_of(printer, "printer-make-and-model")
    vendor = _first(told, "MFG", "MANUFACTURER")
    model = _first(told, "MDL", "MODEL") or name
    if not vendor and " " in name:
        vendor, model = name.split(maxsplit=1)
    serial = _first(told, "SN", "SER", "SERN", "SERIALNUMBER") or word_of(printer, "printer-serial-number")
    serial = serial or word_of(printer, "printer-uuid").removeprefix("urn:uuid:")
    return DeviceIdentity(vendor, model, serial, word_of(printer, "printer-firmware-string-version"))


def device_id(text: str) -> Mapping[str, str]:
    """The pairs of an IEEE 1284 device id, their keys in capitals. What is no pair is overlooked."""
    pairs = (part.partition(":") for part in text.split(";") if ":" in part)
    return {key.strip().upper(): value.strip() for key, _, value in pairs}


def _first(told: Mapping[str, str], *keys: str) -> str:
    return next((told[key] for key in keys if told.get(key)), "")
