"""What a driver of others is written with: one door, whose names stay when the house behind it changes.

A driver fulfils the protocols of its slots by what they report and take, raises `DeviceFault`, and declares itself as a
`Driver` (docs/beispiele/README.md). Our own drivers import the same things from where they stand.
"""

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
from lisa_core.equipment.slots.driver import Driver, Given, Option, Serves, chosen
from lisa_core.host.address import Address, Grammar, read_address

__all__ = [
    "WRITE_NOW",
    "Address",
    "AudioBlock",
    "Camera",
    "CameraHead",
    "CardKind",
    "CardReader",
    "Contact",
    "DeviceFault",
    "DeviceIdentity",
    "Driver",
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
    "chosen",
    "read_address",
]
