"""What a touch on the screen means. Pure; `booth.screen.view` draws the buttons whose ids are read here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.ids import PaperId
from lisa_core.domain.visit import events as e


@dataclass(frozen=True, slots=True)
class Agreed:
    """The citizen lets the office in the talk see what other offices took, or no longer."""

    on: bool = True


Meaning = ops.CitizenAct | e.CameraChosen | e.Dismissed | e.CallButton | Agreed


def _confirm(argument: str) -> ops.ConfirmField:
    field, _, changed_at = argument.rpartition(":")
    return ops.ConfirmField(field, int(changed_at) if changed_at.isdecimal() else None)


_TOUCHES: Mapping[str, Callable[[str], Meaning]] = {
    "feld": _confirm,
    "erklaerung": ops.ConfirmDeclaration,
    "aendern": lambda _: ops.ReopenForm(),
    "neu_unterschreiben": lambda _: ops.SignAgain(),
    "verwerfen": lambda paper: ops.DiscardPaper(PaperId(paper)),
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
