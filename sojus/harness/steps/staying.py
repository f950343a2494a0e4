"""Steps of a stay: somebody is admitted, moves, is discharged; contacts are approved and recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pytest_bdd import then, when

from sojus.domain.model.actors import Actor
from sojus.harness.words import step

if TYPE_CHECKING:
    from sojus.harness.acts import Acts
    from sojus.harness.scene import PortalScene

TITLE = "SoJuS: Aufnehmen und entlassen"


@when(step("{wer:Träger} jemanden in {platz:Text} aufnimmt"))
async def admits(sojus: PortalScene, acts: Acts, wer: Actor, platz: str) -> None:
    """Wenn der Träger Seeweg jemanden in „Seeblick 1“ aufnimmt

    Heute, auf die Reservierung, die für diesen Platz bestätigt ist.
    """
    await sojus.does(wer, await acts.admitting(wer, platz))


@when(step("{wer:Träger} jemanden für {spanne:Spanne} in {platz:Text} aufnimmt"))
async def admits_for(sojus: PortalScene, acts: Acts, wer: Actor, spanne: timedelta, platz: str) -> None:
    """Wenn der Träger Seeweg jemanden für zwei Wochen in „Seeblick 1“ aufnimmt"""
    await sojus.does(wer, await acts.admitting(wer, platz, spanne))


@when(step("{wer:Träger} jemanden aus {platz:Text} entlässt: {grund:Text}"))
async def discharges(sojus: PortalScene, acts: Acts, wer: Actor, platz: str, grund: str) -> None:
    """Wenn der Träger Seeweg jemanden aus „Seeblick 1“ entlässt: „gemäß Hilfeplan oder Beratungszielen“

    Heute ist der letzte Tag. Der Grund steht so in der Datei des Arbeitsfelds.
    """
    await sojus.does(wer, await acts.discharging(wer, platz, grund))


@when(step("{wer:Träger} jemanden von {platz:Text} nach {ziel:Text} verlegt"))
async def moves(sojus: PortalScene, acts: Acts, wer: Actor, platz: str, ziel: str) -> None:
    """Wenn der Träger Seeweg jemanden von „Seeblick 1“ nach „Seeblick 2“ verlegt"""
    await sojus.does(wer, await acts.moving(wer, platz, ziel))


@when(step("{wer:Amt} für {platz:Text} {zahl:Zahl} Kontakte bewilligt"))
async def approves(sojus: PortalScene, acts: Acts, wer: Actor, platz: str, zahl: int) -> None:
    """Wenn das Jugendamt Uckermark für „Team Nord“ 10 Kontakte bewilligt"""
    await sojus.does(wer, await acts.approving(wer, platz, zahl))


@when(step("{wer:Träger} bei {platz:Text} {zahl:Zahl} Kontakte einträgt"))
async def records(sojus: PortalScene, acts: Acts, wer: Actor, platz: str, zahl: int) -> None:
    """Wenn der Träger Seeweg bei „Team Nord“ 2 Kontakte einträgt

    Von heute.
    """
    await sojus.does(wer, await acts.recording(wer, platz, zahl))


@when(step("{wer:Träger} bei {platz:Text} {zahl:Zahl} Kontakte einzutragen versucht"))
async def tries_to_record(sojus: PortalScene, acts: Acts, wer: Actor, platz: str, zahl: int) -> None:
    """Wenn der Träger Seeweg bei „Team Nord“ 9 Kontakte einzutragen versucht"""
    await sojus.tries(wer, await acts.recording(wer, platz, zahl))


@then(step("sieht {wer:Träger} {platz:Text} als {zustand:Text}"))
async def sees_state(sojus: PortalScene, wer: Actor, platz: str, zustand: str) -> None:
    """Dann sieht der Träger Seeweg „Seeblick 1“ als „belegt“

    In der Liste seiner Plätze; möglich sind frei, belegt, reserviert und geschlossen.
    """
    own = await sojus.own_place(wer, platz)
    assert own.state == zustand, f"„{platz}“ ist „{own.state}“: {own.sentence}"


@then(step("läuft {wer:Stelle} die Hilfe in {platz:Text}"))
async def stay_runs(sojus: PortalScene, wer: Actor, platz: str) -> None:
    """Dann läuft beim Jugendamt Uckermark die Hilfe in „Seeblick 1“

    Dort steht sie unter den laufenden Aufenthalten.
    """
    stays = await sojus.affairs(wer, sojus.place(platz), "stays")
    assert any(one.state != "entlassen" for one in stays), await sojus.told_of_mine(wer)


@then(step("ist {wer:Stelle} die Hilfe in {platz:Text} beendet"))
async def stay_ended(sojus: PortalScene, wer: Actor, platz: str) -> None:
    """Dann ist beim Jugendamt Uckermark die Hilfe in „Seeblick 1“ beendet"""
    stays = await sojus.affairs(wer, sojus.place(platz), "stays")
    assert stays, await sojus.told_of_mine(wer)
    assert all(one.state == "entlassen" for one in stays), await sojus.told_of_mine(wer)


@then(step("liest {wer:Stelle} bei der Hilfe in {platz:Text}: {satz:Text}"))
async def reads_of_stay(sojus: PortalScene, wer: Actor, platz: str, satz: str) -> None:
    """Dann liest das Jugendamt Uckermark bei der Hilfe in „Team Nord“: „Kontakte: 2 von 3 bewilligten“"""
    said = [one.sentence for one in await sojus.affairs(wer, sojus.place(platz), "stays")]
    assert any(satz in one for one in said), await sojus.told_of_mine(wer)
