"""Steps around a reservation: an office keeps a place, the provider answers, two want the same, the time runs out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then, when

from sojus.domain.model.actors import Actor
from sojus.harness.words import step

if TYPE_CHECKING:
    from sojus.harness.acts import Acts
    from sojus.harness.scene import PortalScene

TITLE = "SoJuS: Reservieren"


@when(step("{wer:Amt} {platz:Text} reserviert"))
async def reserves(sojus: PortalScene, acts: Acts, wer: Actor, platz: str) -> None:
    """Wenn das Jugendamt Uckermark „Seeblick 1“ reserviert

    Ab dem Tag, für den es zuletzt gesucht hat, sonst ab heute. Es muss gelingen.
    """
    await sojus.does(wer, await acts.reserving(wer, [platz]))


@when(step("{wer:Stelle} {platz:Text} zu reservieren versucht"))
async def tries_to_reserve(sojus: PortalScene, acts: Acts, wer: Actor, platz: str) -> None:
    """Wenn das Jugendamt Barnim „Seeblick 1“ zu reservieren versucht

    Ob es gelingt, sagt erst ein Satz mit Dann.
    """
    await sojus.tries(wer, await acts.reserving(wer, [platz]))


@when(step("{wer:Amt} {erster:Text} und {zweiter:Text} zusammen reserviert"))
async def reserves_both(sojus: PortalScene, acts: Acts, wer: Actor, erster: str, zweiter: str) -> None:
    """Wenn das Jugendamt Uckermark „Seeblick 1“ und „Seeblick 2“ zusammen reserviert

    Für Geschwister: beide Plätze oder keinen.
    """
    await sojus.does(wer, await acts.reserving(wer, [erster, zweiter]))


@when(step("{wer:Amt} {erster:Text} und {zweiter:Text} zusammen zu reservieren versucht"))
async def tries_to_reserve_both(sojus: PortalScene, acts: Acts, wer: Actor, erster: str, zweiter: str) -> None:
    """Wenn das Jugendamt Uckermark „Seeblick 1“ und „Seeblick 2“ zusammen zu reservieren versucht"""
    await sojus.tries(wer, await acts.reserving(wer, [erster, zweiter]))


@when(step("{wer:Amt} und {anderes:Amt} im selben Augenblick {platz:Text} reservieren"))
async def reserve_at_once(sojus: PortalScene, acts: Acts, wer: Actor, anderes: Actor, platz: str) -> None:
    """Wenn das Jugendamt Uckermark und das Jugendamt Barnim im selben Augenblick „Seeblick 1“ reservieren"""
    await sojus.at_once([(one, await acts.reserving(one, [platz])) for one in (wer, anderes)])


@then(step("hat genau eine der beiden Stellen {platz:Text}"))
async def one_has_it(sojus: PortalScene, platz: str) -> None:
    """Dann hat genau eine der beiden Stellen „Seeblick 1“

    Von denen, die im selben Augenblick reserviert haben; die andere weiß, dass sie den Platz nicht hat.
    """
    rivals = sojus.rivals()
    has = [await sojus.keeps(one, sojus.place(platz)) for one in rivals]
    answers = [(await sojus.sits(one)).answer for one in rivals]
    assert sorted(has) == [False, True], f"Den Platz haben {sum(has)} von {len(has)} Stellen."
    told = [answer is not None and answer.is_done for answer in answers]
    assert told == has, "Gesagt wurde etwas anderes, als gilt."


@then(step("sieht die andere als nächsten Platz {platz:Text}"))
async def loser_sees_next(sojus: PortalScene, platz: str) -> None:
    """Dann sieht die andere als nächsten Platz „Seeblick 2“"""
    place = sojus.place(platz)
    answers = [(await sojus.sits(one)).answer for one in sojus.rivals()]
    lost = [answer for answer in answers if answer is not None and not answer.is_done]
    assert lost, "Keine der beiden ist leer ausgegangen."
    seen = lost[0].instead
    names = ", ".join(hit.name for hit in seen)
    assert [hit.place for hit in seen[:1]] == [place], f"Zu sehen ist: {names or 'nichts'}"


@when(step("{wer:Amt} die Reservierung von {platz:Text} verlängert"))
async def extends(sojus: PortalScene, acts: Acts, wer: Actor, platz: str) -> None:
    """Wenn das Jugendamt Uckermark die Reservierung von „Seeblick 1“ verlängert"""
    await sojus.does(wer, await acts.about("extend", wer, platz))


@when(step("{wer:Amt} die Reservierung von {platz:Text} absagt"))
async def cancels(sojus: PortalScene, acts: Acts, wer: Actor, platz: str) -> None:
    """Wenn das Jugendamt Uckermark die Reservierung von „Seeblick 1“ absagt"""
    await sojus.does(wer, await acts.about("cancel", wer, platz))


@when(step("{wer:Träger} die Reservierung von {platz:Text} bestätigt"))
async def confirms(sojus: PortalScene, acts: Acts, wer: Actor, platz: str) -> None:
    """Wenn der Träger Seeweg die Reservierung von „Seeblick 1“ bestätigt"""
    await sojus.does(wer, await acts.about("confirm", wer, platz))


@when(step("{wer:Träger} die Reservierung von {platz:Text} ablehnt: {grund:Text}"))
async def declines(sojus: PortalScene, acts: Acts, wer: Actor, platz: str, grund: str) -> None:
    """Wenn der Träger Seeweg die Reservierung von „Seeblick 1“ ablehnt: „Das Zimmer wird renoviert“"""
    await sojus.does(wer, await acts.about("decline", wer, platz, grund))


@then(step("hat {wer:Amt} {platz:Text}"))
async def it_is_theirs(sojus: PortalScene, wer: Actor, platz: str) -> None:
    """Dann hat das Jugendamt Uckermark „Seeblick 1“

    Der Platz wird für diese Stelle freigehalten: reserviert oder bestätigt.
    """
    assert await sojus.keeps(wer, sojus.place(platz)), await sojus.told_of_mine(wer)


@then(step("hat {wer:Amt} {platz:Text} nicht"))
async def it_is_not_theirs(sojus: PortalScene, wer: Actor, platz: str) -> None:
    """Dann hat das Jugendamt Barnim „Seeblick 1“ nicht"""
    sojus.somebody_acted()
    assert not await sojus.keeps(wer, sojus.place(platz)), await sojus.told_of_mine(wer)


@then(step("hat {wer:Amt} {platz:Text} bestätigt bekommen"))
async def it_is_confirmed(sojus: PortalScene, wer: Actor, platz: str) -> None:
    """Dann hat das Jugendamt Uckermark „Seeblick 1“ bestätigt bekommen"""
    stages = [one.state for one in await sojus.affairs(wer, sojus.place(platz))]
    assert "bestätigt" in stages, await sojus.told_of_mine(wer)


@then(step("liest {wer:Stelle} bei der Reservierung von {platz:Text}: {satz:Text}"))
async def reads_at_reservation(sojus: PortalScene, wer: Actor, platz: str, satz: str) -> None:
    """Dann liest der Träger Seeweg bei der Reservierung von „Seeblick 1“: „15 Jahre“

    Bei der neuesten; ein Teil davon genügt.
    """
    said = (await sojus.affair(wer, platz)).said
    assert any(satz in str(one) for one in said.values()), f"Dort steht: {said}"


@then(step("steht {wer:Stelle} bei der Reservierung von {platz:Text} nichts von {satz:Text}"))
async def reads_not_at_reservation(sojus: PortalScene, wer: Actor, platz: str, satz: str) -> None:
    """Dann steht beim Träger Seeweg bei der Reservierung von „Seeblick 1“ nichts von „Erika“"""
    said = (await sojus.affair(wer, platz)).said
    assert not any(satz in str(one) for one in said.values()), f"Dort steht: {said}"


@then(step("erfährt {wer:Stelle}: {satz:Text}"))
async def learns(sojus: PortalScene, wer: Actor, satz: str) -> None:
    """Dann erfährt das Jugendamt Barnim: „schon reserviert“

    Als Antwort auf das, was diese Stelle zuletzt versucht hat, oder von selbst; ein Teil des Satzes genügt.
    """
    said = await sojus.told(wer, satz)
    assert any(satz in one for one in said), f"Gesagt wurde: {' / '.join(said) or 'nichts'}"


@then(step("erfährt {wer:Stelle} nicht: {satz:Text}"))
async def does_not_learn(sojus: PortalScene, wer: Actor, satz: str) -> None:
    """Dann erfährt der Träger Birkenhof nicht: „Nehmen Sie auf?“"""
    sojus.somebody_acted()
    said = await sojus.told(wer)
    assert not any(satz in one for one in said), f"Gesagt wurde: {' / '.join(said)}"
