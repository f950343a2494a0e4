"""What the citizen's screen shows: one value, rendered by any page, and the touches that come back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from lisa_core.domain.model.case import PaperState


class ScreenScene(Enum):
    """The large states of the screen."""

    FREE = "frei"
    WELCOME = "willkommen"
    TAKE_SEAT = "platz_nehmen"
    CLOSED = "geschlossen"
    CONNECTING = "verbinden"
    WAITING = "warten"
    TALK = "gespraech"
    TRANSFER = "weiterleitung"
    DELIVERING = "abgabe"
    FAREWELL = "abschied"
    FAULT = "stoerung"
    WIPING = "aufraeumen"


class Sound(Enum):
    """What the page plays, so that the citizen knows how things are without reading. A human's voice needs none."""

    SILENT = ""
    RINGING = "freizeichen"
    """Somebody is being called: the telephone's ringing tone, 425 Hz, 1 s in every 5 s (ITU-T E.180 Supplement 2)."""
    WAITING = "wartezeichen"
    """All agents are talking, the citizen has a place in the queue: two soft tones, every 5 s."""
    NOTICE = "hinweis"
    """Something has changed: once, and what stands there is read out where the page has a voice of its own."""


class FieldState(Enum):
    """How far one field of a form has come."""

    EMPTY = "leer"
    FILLED = "eingetragen"
    CONFIRMED = "bestaetigt"


@dataclass(frozen=True, slots=True)
class AgentCard:
    """Who is speaking: shown whenever media flows."""

    name: str
    office: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of the form filled in together."""

    id: str
    label: str
    value: str
    state: FieldState


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of this visit as the citizen sees it listed."""

    id: str
    title: str
    pages: int
    state: PaperState
    label: str
    """The state as the citizen reads it."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something the citizen may touch; `id` is what comes back in `Touch`."""

    id: str
    label: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What the citizen reads after handing in."""

    number: str
    received_at: str
    digest: str
    text: str


@dataclass(frozen=True, slots=True)
class ScreenView:
    """Everything on the screen, as one value. Pages hold no state of their own."""

    scene: ScreenScene
    title: str
    text: str = ""
    agent: AgentCard | None = None
    forms: tuple[str, ...] = ()
    form_title: str = ""
    rows: tuple[FieldRow, ...] = ()
    focus: str = ""
    declaration: bool = False
    papers: tuple[PaperRow, ...] = ()
    notice: str = ""
    """Something is wrong, and what to do."""
    hint: str = ""
    """What comes next, or what is being done for the citizen."""
    signature_svg: str = ""
    receipt: ReceiptView | None = None
    buttons: tuple[Button, ...] = ()
    sound: Sound = Sound.SILENT


@dataclass(frozen=True, slots=True)
class Touch:
    """The citizen touched the button with this id."""

    button: str
