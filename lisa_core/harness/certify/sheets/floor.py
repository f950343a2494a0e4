"""A strip for the floor, of pages that are laid edge to edge: where to stand before the presence sensor."""

from __future__ import annotations

from lisa_core.harness.certify.sheets.needed import PAGE_CM, PrintedPaper
from lisa_core.harness.certify.sheets.scale import headed
from lisa_core.harness.text.language import say
from lisa_core.papers.pages import HEADING, SMALL
from lisa_core.papers.placed import Patch, PlacedSheet

NEAR_Y, TAPE_X, TITLE_Y = 268.0, 120.0, 12.0
"""The strip grows upwards: its near end lies here, from the upper edge; its scale stands here, its title above."""
_THIN, _THICK, FOOT_MM = 0.3, 1.2, 60.0


def floor(sheet: PlacedSheet, paper: PrintedPaper) -> None:
    """Pages of 25 cm each; the farthest mark is the broad one."""
    for page in range(paper.pages):
        near, far = page * PAGE_CM, min((page + 1) * PAGE_CM, paper.reach_cm)
        title = say("{name}: Blatt {number} von {total}", name=paper.title, number=page + 1, total=paper.pages)
        headed(sheet, title, TITLE_Y)
        if page == 0:
            sheet.words(100, 271.8, say("0 cm: hier die Vorderseite des Sensors, senkrecht darunter"), SMALL)
        for number, text in enumerate(_told(page)):
            sheet.words(20, 45 + 6 * number, text, SMALL)
        tape = Patch(TAPE_X, NEAR_Y - 10 * (far - near), _THIN, 10 * (far - near))
        marks = [_mark(at, near, paper.reach_cm) for at in range(near, far + 1)]
        sheet.patches(say("Ein Maßstab von {near} bis {far} cm", near=near, far=far), [tape, *marks])
        for at in range(near, far + 1, 5):
            bold = at == paper.reach_cm
            text = say("{cm} cm: Fußspitzen hier", cm=at) if bold else f"{at}"
            sheet.words(TAPE_X + 17, NEAR_Y - 10 * (at - near) + 1.2, text, HEADING if bold else SMALL, bold=bold)


def _mark(at: int, near: int, reach: int) -> Patch:
    """A tick each centimetre, longer each fifth; a line across for a joint, a broad one where to stand."""
    y = NEAR_Y - 10 * (at - near)
    if at == reach:
        return Patch(TAPE_X - FOOT_MM, y - _THICK / 2, FOOT_MM + 15, _THICK)
    long = 15.0 if at % PAGE_CM == 0 else 10.0 if at % 5 == 0 else 5.0
    return Patch(TAPE_X, y - _THIN / 2, long, _THIN)


def _told(page: int) -> tuple[str, ...]:
    if page:
        return (
            say("An der untersten langen Linie abschneiden,"),
            say("an die oberste von Blatt {number} kleben.", number=page),
        )
    return (
        say("Die Blätter vom Sensor weg aneinanderkleben."),
        say("Danach das Ganze mit dem Maßband nachmessen: auf 1 cm genau."),
    )
