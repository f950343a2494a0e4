"""Steps of a provider who keeps its places true: confirms them, closes one, reports one as taken or free again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pytest_bdd import then, when

from sojus.domain.model.actors import Actor
from sojus.harness.seen import Answer, checked
from sojus.harness.words import step

if TYPE_CHECKING:
    from sojus.harness.scene import PortalScene

TITLE = "SoJuS: Melden und bestätigen"


@when(step("{wer:Träger} die Gruppe {gruppe:Text} bestätigt"))
async def confirms_group(sojus: PortalScene, wer: Actor, gruppe: str) -> None:
    """Wenn der Träger Seeweg die Gruppe „Seeblick“ bestätigt

    Alle ihre Plätze sind so, wie sie dastehen.
    """
    one = await sojus.sits(wer)
    checked(await sojus.came(wer, await one.desk.confirm(sojus.group(gruppe))))


@when(step("{wer:Träger} die Gruppe {gruppe:Text} zu bestätigen versucht"))
async def tries_to_confirm_group(sojus: PortalScene, wer: Actor, gruppe: str) -> None:
    """Wenn der Träger Birkenhof die Gruppe „Seeblick“ zu bestätigen versucht"""
    one = await sojus.sits(wer)
    await sojus.came(wer, await one.desk.confirm(sojus.group(gruppe)))


@when(step("{wer:Träger} {platz:Text} für {spanne:Spanne} schließt: {grund:Text}"))
async def closes(sojus: PortalScene, wer: Actor, platz: str, spanne: timedelta, grund: str) -> None:
    """Wenn der Träger Seeweg „Seeblick 1“ für zwei Wochen schließt: „Das Bad wird gemacht“"""
    checked(await _close(sojus, wer, platz, spanne, grund))


@when(step("{wer:Träger} {platz:Text} zu schließen versucht"))
async def tries_to_close(sojus: PortalScene, wer: Actor, platz: str) -> None:
    """Wenn der Träger Seeweg „Seeblick 1“ zu schließen versucht"""
    await _close(sojus, wer, platz, timedelta(days=7), "Umbau")


@when(step("{wer:Träger} {platz:Text} als belegt meldet"))
async def reports_taken(sojus: PortalScene, wer: Actor, platz: str) -> None:
    """Wenn der Träger Seeweg „Seeblick 1“ als belegt meldet

    Ab heute, durch jemanden, der nicht über das Portal kam.
    """
    checked(await _occupy(sojus, wer, platz))


@when(step("{wer:Träger} {platz:Text} wieder als frei meldet"))
async def reports_free(sojus: PortalScene, wer: Actor, platz: str) -> None:
    """Wenn der Träger Seeweg „Seeblick 1“ wieder als frei meldet"""
    own = await sojus.own_place(wer, platz)
    assert own.reported, f"In „{platz}“ ist niemand gemeldet: {own.sentence}"
    desk = (await sojus.sits(wer)).desk
    checked(await sojus.came(wer, await desk.with_place("free", own.place, sojus.today, ref=own.reported)))


@when(step("{wer:Träger} {platz:Text} als belegt zu melden versucht"))
async def tries_to_report_taken(sojus: PortalScene, wer: Actor, platz: str) -> None:
    """Wenn der Träger Birkenhof „Seeblick 1“ als belegt zu melden versucht"""
    await _occupy(sojus, wer, platz)


@then(step("liest {wer:Träger} bei der Gruppe {gruppe:Text}: {satz:Text}"))
async def reads_of_group(sojus: PortalScene, wer: Actor, gruppe: str, satz: str) -> None:
    """Dann liest der Träger Seeweg bei der Gruppe „Seeblick“: „Bestätigt am 23.11.2026“"""
    group = sojus.group(gruppe)
    own = await (await sojus.sits(wer)).desk.own_places()
    said = dict.fromkeys(one.confirmed for one in own if one.group == group)
    assert any(satz in one for one in said), f"Dort steht: {'; '.join(said) or 'nichts'}"


async def _close(sojus: PortalScene, wer: Actor, platz: str, spanne: timedelta, grund: str) -> Answer:
    desk, today = (await sojus.sits(wer)).desk, sojus.today
    return await sojus.came(wer, await desk.with_place("close", sojus.place(platz), today, today + spanne, grund))


async def _occupy(sojus: PortalScene, wer: Actor, platz: str) -> Answer:
    desk = (await sojus.sits(wer)).desk
    return await sojus.came(wer, await desk.with_place("occupy", sojus.place(platz), sojus.today))
