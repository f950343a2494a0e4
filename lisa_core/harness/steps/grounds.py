"""What must have been so before a sentence about nothing says anything: somebody came, was greeted, can be rung.

"Nobody rings" is also so in a house where nobody is. So each sentence that says what does not happen asks here first
whether it could have been seen. Where the scenario does not make it possible, it is the scenario that is wrong:
`HarnessError` says what to write before. Where it should have been and was not, the booth is: `AssertionError`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from lisa_core.booth.journal.names import VISIT_BEGUN, VISIT_ENDED
from lisa_core.domain.model.call_words import DeskMode
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.screen import ScreenScene
from lisa_core.harness.scene.scene import Scene

if TYPE_CHECKING:  # what a booth consists of is imported when the first one is opened
    from lisa_core.booth.executor import Booth
    from lisa_core.harness.rig.rig import Rig

NOBODY_CAME = "Bis jetzt ist niemand hereingekommen. Davor „Wenn die Bürgerin das Bürgerbüro betritt“ schreiben."
NOBODY_TALKED = (
    "Bis jetzt hat niemand ein Gespräch angenommen. Davor „Wenn Frau Brandt das Gespräch annimmt“ schreiben."
)
NOTHING_WISHED = (
    "Bis jetzt wollte niemand einen Termin. Davor „Wenn Frau Brandt für Freitag, 10 Uhr, einen Termin bei der "
    "Wohngeldstelle vereinbart“ schreiben."
)
NOT_NOTICED = "Jemand ist hereingekommen, und das Bürgerbüro hat es nicht bemerkt"
NOBODY_GREETED = (
    "Bis jetzt ist niemand auf dem Bildschirm erschienen. "
    "Davor „Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm“ schreiben."
)
VOICE = 0.01
"""Louder than this (root mean square of full scale) is somebody speaking."""
NOBODY_SPEAKS = (
    "Von {} kommt gerade kein Ton an: Zu hören wäre nichts. "
    "Unmittelbar davor „Wenn Frau Brandt die Bürgerin begrüßt“ schreiben."
)
NOBODY_TO_RING = (
    "Niemand ist bereit, und niemand wartet: Klingeln könnte es nirgends. "
    "Davor „Angenommen Frau Brandt vom LISA-Team ist bereit“ schreiben."
)


Step = TypeVar("Step", bound=Callable[..., object])


def in_an_empty_booth(step: Step) -> Step:
    """Mark a sentence with "Dann" that says something although nobody has come in."""
    vars(step)["in_an_empty_booth"] = True
    return step


def of_a_talk(step: Step) -> Step:
    """Mark a sentence with "Dann" that says something of a talk."""
    vars(step)["of_a_talk"] = True
    return step


def why_unfounded(step: Callable[..., object], scene: Scene) -> str:
    """Why a "Dann" that has failed could not have been so in this scenario; "" where the booth is to blame."""
    marks = vars(step)
    came = scene.somebody_came or any(view.scene is not ScreenScene.FREE for view in scene.views())
    if not came and "in_an_empty_booth" not in marks:
        return NOBODY_CAME
    return NOBODY_TALKED if "of_a_talk" in marks and not scene.seats.talked else ""


def somebody_wished(scene: Scene) -> None:
    """Somebody has wished for an appointment."""
    if not scene.asked_for:
        raise HarnessError(NOTHING_WISHED)


def somebody_sits(scene: Scene, what_for: str) -> None:
    """Somebody has been at a desk; `what_for` says what could be seen there."""
    if not scene.desks:
        before = "Davor „Angenommen Frau Brandt vom LISA-Team ist bereit“ schreiben."
        raise HarnessError(f"Es sitzt niemand an einem Platz, {what_for}. {before}")


async def somebody_came(scene: Scene) -> Rig:
    """Somebody has come in, and the booth has noticed; returns the rig."""
    rig = await scene.rig()

    def noticed() -> bool:
        return any(view.scene is not ScreenScene.FREE for view in scene.views())

    if not (noticed() or scene.somebody_came):
        raise HarnessError(NOBODY_CAME)
    await scene.until_true(noticed, NOT_NOTICED)
    return rig


async def somebody_was_greeted(scene: Scene) -> Rig:
    """An agent has appeared on the screen; returns the rig."""
    if not any(view.agent for view in scene.views()):
        raise HarnessError(NOBODY_GREETED)
    return await scene.rig()


async def voice_arrives(scene: Scene, who: str) -> None:
    """What this agent says arrives in the booth now, whoever hears it there."""
    booth = (await scene.rig()).booth
    try:
        await scene.until_true(lambda: booth.voice_level() > VOICE, NOBODY_SPEAKS.format(who))
    except AssertionError:
        raise HarnessError(NOBODY_SPEAKS.format(who)) from None


async def somebody_could_be_rung(scene: Scene) -> None:
    """A desk is ready, or somebody waits for one that becomes so."""
    rig = await scene.rig()

    def possible() -> bool:
        ready = any(desk.state in (DeskMode.READY, DeskMode.RINGING) for desk in scene.desks)
        return ready or rig.screen.view.scene is ScreenScene.WAITING

    try:
        await scene.until_true(possible, NOBODY_TO_RING)
    except AssertionError:
        raise HarnessError(NOBODY_TO_RING) from None


def visits_are_over(booth: Booth) -> bool:
    """Whether the log has an end for every visit that it began."""
    log = booth.journal()
    ended = {entry.subject for entry in log if entry.name == VISIT_ENDED}
    return {entry.subject for entry in log if entry.name == VISIT_BEGUN} <= ended
