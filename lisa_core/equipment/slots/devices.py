"""One protocol per slot, and the declaration of each slot. Drivers and the memory booth fulfil them.

Every method may raise `DeviceFault`. Iterators that report forever end only by fault or cancellation.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from lisa_core.domain.model.frames import AudioBlock, Frame
from lisa_core.domain.model.readings import (
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
)
from lisa_core.domain.model.screen import ScreenView, Touch
from lisa_core.equipment.slots import bus_faults, faults
from lisa_core.equipment.slots.declaration import Slot
from lisa_core.equipment.slots.head_faults import HEAD_FAULTS
from lisa_core.equipment.slots.pad_faults import PAD_FAULTS
from lisa_core.equipment.slots.printer_faults import PRINTER_FAULTS
from lisa_core.equipment.slots.scanner_faults import SCANNER_FAULTS
from lisa_core.equipment.slots.sound_faults import LOUDSPEAKER_FAULTS, MICROPHONE_FAULTS


class Presence(Protocol):
    """Sees whether someone is in the booth."""

    def reports(self) -> AsyncIterator[PresenceReport]:
        """Report for ever, about ten times a second. Fault `presence.silent` when no report came for a second (a driver
        may tell apart why: `presence.garbled`)."""
        ...

    async def identify(self) -> DeviceIdentity: ...


class Contact(Protocol):
    """A contact with two positions: the door (True = open) or the call button (True = pressed)."""

    def states(self) -> AsyncIterator[bool]:
        """Yield the present state at once, then each change. Bounces are passed on; debouncing is the visit's."""
        ...


class Switch(Protocol):
    """Something that is on or off: the privacy glass (True = opaque), the induction loop."""

    async def set(self, on: bool) -> None: ...


class Lamp(Protocol):
    """The lamp above the door."""

    async def show(self, colour: LampColour) -> None: ...


class Scanner(Protocol):
    """The scanner in the table."""

    def scan(self, settings: ScanSettings) -> AsyncGenerator[ScannedPage, None]:
        """Yield the pages of one job, then end.

        Faults: `scanner.jam` (pages already yielded stay good), `scanner.double`, `scanner.mispick`, `scanner.empty`,
        `scanner.busy`, `scanner.cover`, `scanner.io`.
        """
        ...

    async def identify(self) -> DeviceIdentity: ...

    async def check(self) -> bool:
        """Return, when it answers, whether sheets lie in its feeder or are stuck; a fault when it does not."""
        ...


class SignaturePad(Protocol):
    """The pad on which the citizen signs."""

    async def info(self) -> PadInfo: ...

    def capture(self) -> AsyncGenerator[PenSample, None]:
        """Clear the pad, ink what is written and yield every pen report until the caller stops iterating. Also that the
        pen is lifted: one that touched last is taken for a pad that broke off.

        First of all `WRITE_NOW`, as soon as it is ready, where `PadInfo.says_when_armed`.
        """
        ...

    async def clear(self) -> None:
        """Leave nothing visible on the pad and stop inking."""
        ...

    async def identify(self) -> DeviceIdentity: ...

    async def check(self) -> None:
        """Return when it answers, also during a capture; a fault when it does not, or has forgotten the capture."""
        ...


class Camera(Protocol):
    """A camera: of the citizen or over the table."""

    def frames(self) -> AsyncGenerator[Frame, None]:
        """Yield pictures for ever; a slow reader gets the newest, never a backlog."""
        ...


class CameraHead(Protocol):
    """What turns and zooms the camera over the table.

    Faults `camera_head.silent`, `camera_head.refused`, `camera_head.stuck` (it is not where it was sent).
    """

    async def aim(self, at: HeadPosition) -> HeadPosition:
        """Look there; returns once it stands, with where."""
        ...

    async def recall(self, preset: HeadPreset) -> HeadPosition:
        """Go to a place that it knows; returns once it stands, with where."""
        ...

    async def check(self) -> None:
        """Return when it answers, also while it moves; a fault when it does not."""
        ...

    async def identify(self) -> DeviceIdentity: ...


class CardReader(Protocol):
    """Sees whether a card lies on it, and of which kind. Nothing on a card is ever read."""

    def cards(self) -> AsyncIterator[CardKind]:
        """Yield what lies there now, then each change. Fault `card_reader.silent`."""
        ...

    async def identify(self) -> DeviceIdentity: ...


class Microphone(Protocol):
    """What is heard in the booth."""

    def blocks(self) -> AsyncIterator[AudioBlock]: ...


class Loudspeaker(Protocol):
    """What is heard in the booth of the agent."""

    async def play(self, blocks: AsyncIterable[AudioBlock]) -> None:
        """Let be heard what comes, as it comes: what is late is left out. Returns when nothing comes any more.

        Whoever cancels it hears nothing more of what was handed over. Faults `loudspeaker.missing`, `loudspeaker.lost`,
        `loudspeaker.muted` (it is there, and somebody has switched its sound off).
        """
        ...

    async def check(self) -> None:
        """Return when something would be heard; a fault as above when not."""
        ...


class Printer(Protocol):
    """Gives a sheet to the citizen."""

    async def hand_out(self, document: bytes, title: str) -> None:
        """Print a PDF. Returns when the device has taken all of it: from then on it counts as a sheet.

        Faults `printer.offline`, `printer.io`, `printer.busy`, `printer.refused`; when somebody has to see to it
        `printer.attention`, or what it is: `printer.paper`, `printer.toner`, `printer.cover`, `printer.jam`.
        """
        ...

    async def check(self) -> None:
        """Return unless it is known to be missing, without asking one that has answered; fault `printer.offline`."""
        ...


class Screen(Protocol):
    """The large screen: it shows a view, the agent's face, and reports touches."""

    async def show(self, view: ScreenView) -> None: ...

    async def show_face(self, jpeg: bytes) -> None:
        """Show the newest picture of the agent; empty bytes take it away."""
        ...

    def touches(self) -> AsyncIterator[Touch]: ...


@runtime_checkable
class ShowsPages(Protocol):
    """A screen that can also show the citizen her scanned pages; one that cannot names the papers all the same."""

    async def show_page(self, digest: str, jpeg: bytes) -> None:
        """Here is the picture of this page (`PaperRow.pictures`): keep it as long as a view names it."""
        ...


@dataclass(frozen=True, slots=True)
class Slots:
    """All devices of one booth, opened; each with its one declaration, in the order in which people list them."""

    presence: Presence = field(
        metadata=Slot(
            "Der Präsenzsensor",
            fault="presence.silent",
            notices=(
                "enter",
                "sit",
                "stand",
                "leave",
                "walk_out",
                "companion_enters",
                "companion_leaves",
                "stand_at",
                "stranger_enters",
                "stranger_leaves",
            ),
            unplug="Den Präsenzsensor vom Strom trennen.",
            replug="Den Präsenzsensor wieder anschließen.",
            mishaps={
                "praesenz.flackert": "presence.flackert",
                "praesenz.haengt": "presence.klebt",
                "praesenz.stumm": "presence.stumm",
            },
            faults=(*faults.PRESENCE, *bus_faults.PRESENCE_FAULTS),
        ).declared()
    )
    door: Contact = field(
        metadata=Slot(
            "Der Türkontakt",
            fault="door.silent",
            notices=(
                "enter",
                "leave",
                "walk_out",
                "open_door",
                "close_door",
                "bounce_door",
                "open_both",
                "press_both",
                "companion_enters",
                "companion_leaves",
                "stand_at",
                "stranger_enters",
                "stranger_leaves",
            ),
            unplug="Den Türkontakt vom Strom trennen.",
            replug="Den Türkontakt wieder anschließen.",
            mishaps={"tuer.prellt": "door.prellt", "tuer.stumm": "door.stumm"},
            faults=(*faults.DOOR, *bus_faults.DOOR_FAULTS),
        ).declared()
    )
    call_button: Contact = field(
        metadata=Slot(
            "Die Ruftaste",
            fault="door.silent",
            device="door",
            notices=("press_call_button", "open_both", "press_both"),
            mishaps={"ruftaste.stumm": "door.stumm"},
            faults=(*faults.CALL_BUTTON, *bus_faults.CALL_BUTTON_FAULTS),
        ).declared()
    )
    privacy_glass: Switch = field(
        metadata=Slot(
            "Das Sichtschutzglas",
            fault="door.silent",
            device="door",
            faults=(*faults.PRIVACY_GLASS, *bus_faults.PRIVACY_GLASS_FAULTS),
        ).declared(),
    )
    lamp: Lamp = field(
        metadata=Slot(
            "Die Lampe", fault="door.silent", device="door", faults=(*faults.LAMP, *bus_faults.LAMP_FAULTS)
        ).declared(),
    )
    scanner: Scanner = field(
        metadata=Slot(
            "Der Scanner",
            fault="scanner.offline",
            notices=("feed_papers", "lay_on_glass", "clear_jam", "take_papers", "set_jam"),
            unplug="Den Scanner vom Strom trennen.",
            replug="Den Scanner wieder anschließen und warten, bis er bereit ist.",
            mishaps={"scanner.stau": "scanner.stau", "scanner.stumm": "scanner.stumm"},
            faults=(*faults.SCANNER, *SCANNER_FAULTS),
        ).declared()
    )
    signature_pad: SignaturePad = field(
        metadata=Slot(
            "Das Unterschriftenpad",
            fault="pad.silent",
            notices=("sign", "draw_line"),
            unplug="Das Unterschriftenpad vom Strom trennen.",
            replug="Das Unterschriftenpad wieder anschließen.",
            mishaps={"pad.stumm": "signature-pad.stumm"},
            faults=(*faults.SIGNATURE_PAD, *PAD_FAULTS),
        ).declared()
    )
    printer: Printer = field(
        metadata=Slot(
            "Der Drucker",
            fault="printer.offline",
            unplug="Den Drucker vom Strom trennen.",
            replug="Den Drucker wieder anschließen und warten, bis er bereit ist.",
            mishaps={"drucker.stumm": "printer.stumm"},
            faults=faults.PRINTER + PRINTER_FAULTS,
        ).declared(),
    )
    citizen_camera: Camera = field(
        metadata=Slot(
            "Die Kamera",
            fault="camera.frozen",
            unplug="Die Kamera, die die Person zeigt, abstecken.",
            replug="Die Kamera, die die Person zeigt, wieder anstecken.",
            mishaps={"personenkamera.stumm": "citizen-camera.stumm"},
            faults=faults.CITIZEN_CAMERA,
        ).declared()
    )
    document_camera: Camera = field(
        metadata=Slot(
            "Die Dokumentenkamera",
            fault="camera.frozen",
            notices=("show_papers", "take_papers"),
            unplug="Die Dokumentenkamera abstecken.",
            replug="Die Dokumentenkamera wieder anstecken.",
            mishaps={"dokumentenkamera.stumm": "document-camera.stumm"},
            faults=faults.DOCUMENT_CAMERA,
        ).declared()
    )
    microphone: Microphone = field(
        metadata=Slot(
            "Das Mikrofon",
            fault="microphone.frozen",
            notices=("speak",),
            unplug="Das Mikrofon abstecken.",
            replug="Das Mikrofon wieder anstecken.",
            mishaps={"mikrofon.stumm": "microphone.stumm"},
            faults=faults.MICROPHONE + MICROPHONE_FAULTS,
        ).declared()
    )
    screen: Screen = field(
        metadata=Slot(
            "Der Bildschirm",
            device="",
            notices=("touch",),
            mishaps={"bildschirm.stumm": "screen.stumm"},
            faults=faults.SCREEN,
        ).declared()
    )
    induction_loop: Switch | None = field(
        default=None,
        metadata=Slot(
            "Die Induktionsschleife", fault="door.silent", device="door", faults=faults.INDUCTION_LOOP
        ).declared(),
    )
    camera_head: CameraHead | None = field(
        default=None,
        metadata=Slot(
            "Der Kamerakopf",
            fault="camera_head.silent",
            unplug="Den Kamerakopf der Dokumentenkamera vom Strom trennen.",
            replug="Den Kamerakopf der Dokumentenkamera wieder anschließen und warten, bis er stillsteht.",
            faults=(*faults.CAMERA_HEAD, *HEAD_FAULTS),
        ).declared(),
    )
    loudspeaker: Loudspeaker | None = field(
        default=None,
        metadata=Slot(
            "Der Lautsprecher",
            fault="loudspeaker.lost",
            unplug="Den Lautsprecher abstecken.",
            replug="Den Lautsprecher wieder anstecken.",
            faults=faults.LOUDSPEAKER + LOUDSPEAKER_FAULTS,
        ).declared(),
    )
    card_reader: CardReader | None = field(
        default=None,
        metadata=Slot(
            "Der Kartenleser",
            fault="card_reader.silent",
            notices=("lay_card", "take_cards"),
            unplug="Den Kartenleser abstecken.",
            replug="Den Kartenleser wieder anstecken.",
            faults=faults.CARD_READER,
        ).declared(),
    )
