"""Steps of the camera over the table: turned and zoomed by the agent, and home again for the next."""

from __future__ import annotations

from pytest_bdd import then, when

from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.readings import Aim
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.text.words import step
from lisa_core.wire import messages as m

TITLE = "Dokumentenkamera"

NOT_TURNED = (
    "Bis jetzt hat niemand die Dokumentenkamera bewegt. "
    "Davor „Wenn Frau Brandt die Dokumentenkamera näher heranholt“ schreiben."
)


@when(step("{wer:Mitarbeiterin} die Dokumentenkamera näher heranholt"))
async def agent_zooms_in(scene: Scene, wer: str) -> None:
    """Wenn Frau Brandt die Dokumentenkamera näher heranholt"""
    (await scene.desk(wer)).aim_camera(Aim.NEARER)


@when(step("{wer:Mitarbeiterin} mit der Dokumentenkamera wieder alles zeigt"))
async def agent_shows_all(scene: Scene, wer: str) -> None:
    """Wenn Frau Brandt mit der Dokumentenkamera wieder alles zeigt"""
    (await scene.desk(wer)).aim_camera(Aim.PAPERS)


@then(step("zeigt die Dokumentenkamera einen Ausschnitt"))
async def part_is_shown(scene: Scene) -> None:
    """Dann zeigt die Dokumentenkamera einen Ausschnitt

    So meldet es auch der Kamerakopf der Mitarbeiterin.
    """
    question = "Zeigt die Dokumentenkamera nur einen Ausschnitt des Tisches?"
    await scene.look(("camera_head",), lambda room: not _is_home(room), question)
    await scene.talking.until(lambda d: d.camera and d.camera.zoom, "die Kamera meldet, dass sie näher steht")


@then(step("zeigt die Dokumentenkamera wieder alles"))
async def all_is_shown(scene: Scene) -> None:
    """Dann zeigt die Dokumentenkamera wieder alles

    Davor muss sie einen Ausschnitt gezeigt haben.
    """
    told = [body for desk in scene.desks for body in desk.history.since(0)]
    if not any(isinstance(body, m.CameraAt) and body.zoom for body in told):
        raise HarnessError(NOT_TURNED)
    question = "Zeigt die Dokumentenkamera wieder den ganzen Tisch?"
    await scene.look(("camera_head",), _is_home, question, lasting=True)


def _is_home(room: JsonMap) -> bool:
    return all(axis["to"] == 0 for axis in room["head"].values())
