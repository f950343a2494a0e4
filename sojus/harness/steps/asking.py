"""Steps of a request without a name: one profile goes to several providers, and the first that fits gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then, when

from sojus.domain.model.actors import Actor
from sojus.harness.seen import checked
from sojus.harness.words import step

if TYPE_CHECKING:
    from sojus.harness.acts import Acts
    from sojus.harness.scene import PortalScene

TITLE = "SoJuS: Anfragen ohne Namen"


@when(step("{wer:Amt} ohne Namen {erster:Träger} und {zweiter:Träger} fragt"))
async def asks(
    sojus: PortalScene, acts: Acts, wer: Actor, erster: Actor, zweiter: Actor, datatable: list[list[str]]
) -> None:
    """Wenn das Jugendamt Uckermark ohne Namen den Träger Seeweg und den Träger Birkenhof fragt

    Darunter eine Tabelle wie bei einer Suche: Hilfe, Alter, Geschlecht, ab, für, muss.
    """
    from sojus.harness.tables import wish_of

    asked = wish_of(datatable, sojus.today)
    one, to = await sojus.sits(wer), [str(who.office) for who in (erster, zweiter)]
    checked(await sojus.came(wer, await one.desk.ask(asked, await acts.case(wer), to, acts.days(asked.search))))


@when(step("{wer:Träger} auf die Anfrage {platz:Text} anbietet"))
async def proposes(sojus: PortalScene, acts: Acts, wer: Actor, platz: str) -> None:
    """Wenn der Träger Seeweg auf die Anfrage „Seeblick 1“ anbietet"""
    await sojus.does(wer, await acts.proposing(wer, platz))


@when(step("{wer:Träger} auf die Anfrage antwortet, dass nichts passt"))
async def passes(sojus: PortalScene, acts: Acts, wer: Actor) -> None:
    """Wenn der Träger Birkenhof auf die Anfrage antwortet, dass nichts passt"""
    await sojus.does(wer, await acts.passing(wer))


@when(step("{wer:Amt} das Angebot {traeger:Träger} annimmt"))
async def accepts(sojus: PortalScene, acts: Acts, wer: Actor, traeger: Actor) -> None:
    """Wenn das Jugendamt Uckermark das Angebot vom Träger Seeweg annimmt"""
    await sojus.does(wer, await acts.accepting(wer, traeger))


@then(step("kann {wer:Träger} auf die Anfrage nichts mehr anbieten"))
async def cannot_propose(sojus: PortalScene, wer: Actor) -> None:
    """Dann kann der Träger Birkenhof auf die Anfrage nichts mehr anbieten"""
    sojus.somebody_acted()
    mine = await sojus.mine(wer)
    assert not any("propose" in one.can for one in mine if one.kind == "requests"), await sojus.told_of_mine(wer)


@then(step("liest {wer:Träger} in der Anfrage: {satz:Text}"))
async def reads_in_request(sojus: PortalScene, wer: Actor, satz: str) -> None:
    """Dann liest der Träger Seeweg in der Anfrage: „15 Jahre“"""
    said = [str(one.said) for one in await sojus.mine(wer) if one.kind == "requests"]
    assert any(satz in one for one in said), f"Dort steht: {said or 'nichts'}"


@then(step("steht in keiner Anfrage bei {wer:Träger}: {satz:Text}"))
async def reads_not_in_request(sojus: PortalScene, wer: Actor, satz: str) -> None:
    """Dann steht in keiner Anfrage bei dem Träger Seeweg: „fall-1“"""
    said = [str(one.said) for one in await sojus.mine(wer) if one.kind == "requests"]
    assert said, await sojus.told_of_mine(wer)
    assert not any(satz in one for one in said), f"Dort steht: {said}"
