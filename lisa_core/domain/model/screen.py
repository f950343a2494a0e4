"""What the citizen's screen shows: one value, rendered by any page, and the touches that come back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from lisa_core.domain.model.case import PaperState

MOST_TITLE, MOST_LINES, MOST_LINE = 80, 8, 120
"""Maximum number of characters of the title, of lines, and of characters of each."""


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
    FREE = "freiwillig"
    """Empty, and may stay so."""
    FILLED = "eingetragen"
    WRONG = "falsch"
    """Filled in with what cannot be: `FieldRow.error` says why, and she is not asked whether it is right."""
    CONFIRMED = "bestaetigt"


class ButtonPlace(Enum):
    """Where a button stands. Each kind has a place of its own: none ever moves to where another one stood."""

    ANSWER = "antwort"
    """The answer to what she is asked now."""
    QUESTION = "nachfrage"
    """The answer to a `Question`, which covers everything else."""
    PAPER = "unterlage"
    """Beside the paper that its id names."""
    PAPERS = "unterlagen"
    """Below all papers."""
    SIGNATURE = "unterschrift"
    """Below her signature."""
    ALWAYS = "immer"
    """What she may do at any time: in the corner."""


@dataclass(frozen=True, slots=True)
class AgentCard:
    """Who is speaking: shown whenever media flows."""

    name: str
    office: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of the form filled in together; `value` as people write it, `kind` that of the form's file."""

    id: str
    label: str
    value: str
    state: FieldState
    kind: str = "text"
    error: str = ""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of this visit as the citizen sees it listed."""

    id: str
    title: str
    pages: int
    state: PaperState
    label: str
    """The state as the citizen reads it."""
    pictures: tuple[str, ...] = ()
    """The digests of its pages: where the screen is given their pictures, she may look at each."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something the citizen may touch; `id` is what comes back in `Touch`. Not `active`: it is shown, and not yet hers.

    One of `READ_TO_THE_END` is touched by the page itself, as soon as the end of what is to be read was in sight.
    """

    id: str
    label: str
    primary: bool = False
    place: ButtonPlace = ButtonPlace.ANSWER
    active: bool = True


READ_TO_THE_END = "gelesen"
"""The first part of that button's id."""


@dataclass(frozen=True, slots=True)
class Question:
    """Asked back before something is destroyed; its answers are the buttons with `ButtonPlace.QUESTION`."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SiteCard:
    """What stands on the door: where one is, when somebody is there, and what for."""

    name: str
    landkreis: str
    hours: tuple[str, ...]
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What the citizen reads after handing in; `copy` says where her copy is."""

    number: str
    received_at: str
    digest: str
    text: str
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A few lines that an agent shows her, from whatever else the office works with. Plain text without any markup.

    From outside it may be anything: only one that `fits` is shown.
    """

    title: str
    lines: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether it is within its limits, and every character of it can be seen."""
        return (
            0 < len(self.title) <= MOST_TITLE
            and len(self.lines) <= MOST_LINES
            and all(0 < len(line) <= MOST_LINE for line in self.lines)
            and all(text.isprintable() and text.strip() for text in (self.title, *self.lines))
        )


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
    missing: tuple[str, ...] = ()
    """Papers that belong to the form and are not there yet."""
    signing: bool = False
    """She is to sign now, on the pad: nothing else matters."""
    waited: str = ""
    """How long she has been waiting, in a sentence."""
    question: Question | None = None
    site: SiteCard | None = None
    leaflet: Leaflet | None = None
    """What the agent shows her beside the talk."""
    deaf_ms: int = 0
    """How long a touch does not count after the buttons have changed: the finger was on its way to another one."""


@dataclass(frozen=True, slots=True)
class Touch:
    """The citizen touched the button with this id."""

    button: str


NOTHING_TOUCHED = Touch("")
"""What a screen says that is there again: no button, so it counts as none."""


def cut_to_fit(title: str, lines: Iterable[str]) -> Leaflet:
    """The same within the limits: what is too long ends in "…", what is empty is left out."""
    kept = [text for line in lines if (text := _cut(line, MOST_LINE))]
    return Leaflet(_cut(title, MOST_TITLE), tuple(kept[:MOST_LINES]))


def _cut(text: str, most: int) -> str:
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    words = " ".join(plain.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
