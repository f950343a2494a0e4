"""What a touch on the screen means. Pure; `booth.screen.view` draws the buttons whose ids are read here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.ids import PaperId
from lisa_core.domain.model.screen import READ_TO_THE_END
from lisa_core.domain.visit import events as e


@dataclass(frozen=True, slots=True)
class Agreed:
    """The citizen lets the office in the talk see what other offices took, or no longer."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class AskedBack:
    """The citizen wants this paper destroyed, and is asked back first; None: she keeps it."""

    paper: PaperId | None = None


@dataclass(frozen=True, slots=True)
class ReadToTheEnd:
    """The end of the declaration with this digest was in sight."""

    digest: str


AboutTheCase = ops.CitizenAct | Agreed | AskedBack | ReadToTheEnd
Meaning = AboutTheCase | e.CameraChosen | e.Dismissed | e.CallButton


def _confirm(argument: str) -> ops.ConfirmField:
    field, _, changed_at = argument.rpartition(":")
    return ops.ConfirmField(field, int(changed_at) if changed_at.isdecimal() else None)


_TOUCHES: Mapping[str, Callable[[str], Meaning]] = {
    "feld": _confirm,
    "erklaerung": ops.ConfirmDeclaration,
    "aendern": lambda _: ops.ReopenForm(),
    "neu_unterschreiben": lambda _: ops.SignAgain(),
    READ_TO_THE_END: ReadToTheEnd,
    "verwerfen": lambda paper: AskedBack(PaperId(paper)),
    "behalten": lambda _: AskedBack(),
    "vernichten": lambda paper: ops.DiscardPaper(PaperId(paper)),
    "kamera": lambda wanted: e.CameraChosen(wanted == "an"),
    "nicht_noetig": lambda _: e.Dismissed(),
    "rufen": lambda _: e.CallButton(),
    "zeigen": lambda _: Agreed(),
    "nicht_zeigen": lambda _: Agreed(on=False),
}


def meaning_of(button: str) -> Meaning | None:
    """What touching this button says; None for one that does not exist."""
    kind, _, argument = button.partition(":")
    make = _TOUCHES.get(kind)
    return make(argument) if make else None
