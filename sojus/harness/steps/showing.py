"""Steps beside a call: at the youth office's desk (LISA) a place of SoJuS is shown to the citizen in the booth.

They act in both worlds at once: the desk's client is LISA's own, what it shows comes from the portal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then, when

from lisa_core.domain.model.errors import HarnessError
from sojus.domain.model.actors import Actor
from sojus.harness.words import step

if TYPE_CHECKING:
    from lisa_core.domain.model.screen import Leaflet
    from lisa_core.harness.scene.scene import Scene
    from sojus.harness.scene import PortalScene

TITLE = "SoJuS: Im Gespräch zeigen"

NOT_SHOWN = (
    "Bis jetzt hat niemand der Bürgerin einen Platz gezeigt. "
    "Davor „Wenn Frau Jahn vom Jugendamt Uckermark der Bürgerin „Seeblick 1“ zeigt“ schreiben."
)


@when(step("{wer:Mitarbeiterin} {amt:Amt} der Bürgerin {platz:Text} zeigt"))
async def shows_place(sojus: PortalScene, scene: Scene, wer: str, amt: Actor, platz: str) -> None:
    """Wenn Frau Jahn vom Jugendamt Uckermark der Bürgerin „Seeblick 1“ zeigt

    Das Amt muss davor gesucht haben: Gezeigt wird, was SoJuS zu dieser Suche von dem Platz sagt, und keine Namen.
    """
    leaflet = await sojus.leaflet(amt, platz)
    desk = await scene.desk(wer)
    desk.show_leaflet(leaflet)
    await desk.until(lambda d: d.leaflet == leaflet, "die Kabine sagt, dass die Bürgerin es sieht")


@when(step("{wer:Mitarbeiterin} das Gezeigte vom Bildschirm nimmt"))
async def takes_away(scene: Scene, wer: str) -> None:
    """Wenn Frau Jahn das Gezeigte vom Bildschirm nimmt"""
    (await scene.desk(wer)).show_leaflet(None)


@then(step("liest die Bürgerin auf dem Bildschirm vom Platz: {satz:Text}"))
async def citizen_reads(scene: Scene, satz: str) -> None:
    """Dann liest die Bürgerin auf dem Bildschirm vom Platz: „Heimerziehung“"""
    screen = (await scene.rig()).screen
    shown = await screen.until(lambda s: s.view.leaflet, "ein Blatt auf dem Bildschirm")
    assert shown is not None
    assert satz in "\n".join((shown.title, *shown.lines)), f"Auf dem Bildschirm steht: {_said(shown)}"


@then(step("zeigt der Bildschirm der Bürgerin keinen Platz mehr"))
async def nothing_is_shown(scene: Scene) -> None:
    """Dann zeigt der Bildschirm der Bürgerin keinen Platz mehr

    Davor muss einer gezeigt worden sein.
    """
    if not any(view.leaflet for view in scene.views()):
        raise HarnessError(NOT_SHOWN)
    await (await scene.rig()).screen.until(lambda s: s.view.leaflet is None, "kein Blatt auf dem Bildschirm")


def _said(leaflet: Leaflet) -> str:
    return "; ".join((leaflet.title, *leaflet.lines))
