"""What a driver of others is written with: one door, whose names stay when the house behind it changes.

A driver fulfils the protocols of its slots by what they report and take, raises `DeviceFault`, and declares itself as a
`Driver` (docs/beispiele/README.md). Our own drivers import the same things from where they stand.
"""

from __future__ import annotations

from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.domain.model.frames import AudioBlock
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
from lisa_core.equipment.lines.stream import ByteStream
from lisa_core.equipment.slots.devices import (
    Camera,
    CameraHead,
    CardReader,
    Contact,
    Lamp,
    Loudspeaker,
    Microphone,
    Presence,
    Printer,
    Scanner,
    Screen,
    SignaturePad,
    Switch,
)
from lisa_core.equipment.slots.driver import Driver, Evidence, Given, Option, Serves, Tried, Value, chosen
from lisa_core.host.address import SERIAL, Address, Grammar, read_address

__all__ = [
    "SERIAL",
    "WRITE_NOW",
    "Address",
    "AudioBlock",
    "ByteStream",
    "Camera",
    "CameraHead",
    "CardKind",
    "CardReader",
    "Contact",
    "DeviceFault",
    "DeviceIdentity",
    "Driver",
    "Evidence",
    "Given",
    "Grammar",
    "HeadPosition",
    "HeadPreset",
    "Lamp",
    "LampColour",
    "Loudspeaker",
    "Microphone",
    "Option",
    "PadInfo",
    "PenSample",
    "Presence",
    "PresenceReport",
    "Printer",
    "ProfileError",
    "ScanSettings",
    "ScanSource",
    "ScannedPage",
    "Scanner",
    "Screen",
    "Serves",
    "SignaturePad",
    "Switch",
    "Tried",
    "Value",
    "chosen",
    "open_line",
    "read_address",
]


async def open_line(binding: str, *, baudrate: int = 115_200, parity: str = "N") -> ByteStream:
    """Open what `SERIAL` allows: a device path, `rfc2217://host:port` or `socket://host:port`; 8 data bits, 1 stop bit.

    Faults: `link.missing` (nothing there), `link.busy` (somebody else has it), `link.refused`.
    """
    from lisa_core.equipment.lines.serial import open_serial  # pyserial is needed where something is opened

    return await open_serial(binding, baudrate=baudrate, parity=parity)
