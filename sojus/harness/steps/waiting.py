"""Steps around the waiting list of a group: nobody waits for one room, and whoever is first gets what comes free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then, when

from sojus.domain.model.actors import Actor
from sojus.harness.words import step

if TYPE_CHECKING:
    from sojus.harness.acts import Acts
    from sojus.harness.scene import PortalScene

TITLE = "SoJuS: Warteliste"


@when(step("{wer:Amt} sich für die Gruppe {gruppe:Text} auf die Warteliste setzt"))
async def joins(sojus: PortalScene, acts: Acts, wer: Actor, gruppe: str) -> None:
    """Wenn das Jugendamt Barnim sich für die Gruppe „Seeblick“ auf die Warteliste setzt

    Für die Tage, für die es zuletzt gesucht hat, sonst ab heute.
    """
    await sojus.does(wer, await acts.joining(wer, gruppe))


@when(step("{wer:Amt} sich für die Gruppe {gruppe:Text} auf die Warteliste zu setzen versucht"))
async def tries_to_join(sojus: PortalScene, acts: Acts, wer: Actor, gruppe: str) -> None:
    """Wenn das Jugendamt Barnim sich für die Gruppe „Seeblick“ auf die Warteliste zu setzen versucht"""
    await sojus.tries(wer, await acts.joining(wer, gruppe))


@then(step("steht {wer:Amt} auf der Warteliste der Gruppe {gruppe:Text} an {stelle:Zahl}. Stelle"))
async def stands_at(sojus: PortalScene, wer: Actor, gruppe: str, stelle: int) -> None:
    """Dann steht das Jugendamt Barnim auf der Warteliste der Gruppe „Seeblick“ an 1. Stelle"""
    waits = await sojus.waits(wer, gruppe)
    assert [one.said["position"] for one in waits] == [stelle], await sojus.told_of_mine(wer)


@then(step("steht {wer:Amt} nicht mehr auf der Warteliste der Gruppe {gruppe:Text}"))
async def stands_nowhere(sojus: PortalScene, wer: Actor, gruppe: str) -> None:
    """Dann steht das Jugendamt Barnim nicht mehr auf der Warteliste der Gruppe „Seeblick“"""
    sojus.somebody_acted()
    assert not await sojus.waits(wer, gruppe), await sojus.told_of_mine(wer)
