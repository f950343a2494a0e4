"""Steps of whoever looks for a place: what is found, in which order and why, and what an open list is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then, when

from lisa_core.domain.model.errors import HarnessError
from sojus.domain.model.actors import Actor
from sojus.harness.seen import checked
from sojus.harness.words import step

if TYPE_CHECKING:
    from sojus.harness.scene import PortalScene

TITLE = "SoJuS: Suchen"


@when(step("{wer:Stelle} sucht"))
async def searches(sojus: PortalScene, wer: Actor, datatable: list[list[str]]) -> None:
    """Wenn das Jugendamt Uckermark sucht

    Darunter eine Tabelle mit zwei Spalten: was, und welches. Möglich sind Hilfe, Alter, Geschlecht, ab, für, muss,
    besser, höchstens, nahe, Umkreis, Umfang und nur in; mehrere Alter mit Komma oder und. Die Liste bleibt offen.
    """
    from sojus.harness.tables import wish_of

    await sojus.search(wer, wish_of(datatable, sojus.today))


@when(step("{wer:Amt} die Suche als {name:Text} speichert"))
async def saves_search(sojus: PortalScene, wer: Actor, name: str) -> None:
    """Wenn das Jugendamt Uckermark die Suche als „Dringend, 15 Jahre“ speichert

    Die, nach der es zuletzt gesucht hat.
    """
    one, found = await sojus.searching(wer)
    checked(await sojus.came(wer, await one.desk.keep(found.asked, name)))


@then(step("findet {wer:Stelle} in dieser Reihenfolge"))
async def finds_in_order(sojus: PortalScene, wer: Actor, datatable: list[list[str]]) -> None:
    """Dann findet das Jugendamt Uckermark in dieser Reihenfolge

    Darunter die Namen der Plätze, einer je Zeile: alle Treffer und keine anderen. Gesucht wird noch einmal.
    """
    found = await sojus.again(wer)
    wanted = [row[0] for row in datatable]
    for name in wanted:
        sojus.place(name)
    names = [hit.name for hit in found.hits]
    assert names == wanted, f"Gefunden wurde: {', '.join(names) or 'nichts'}"


@then(step("findet {wer:Stelle} {platz:Text} nicht"))
async def does_not_find(sojus: PortalScene, wer: Actor, platz: str) -> None:
    """Dann findet das Jugendamt Uckermark „Seeblick 1“ nicht"""
    place, found = sojus.place(platz), await sojus.again(wer)
    assert all(hit.place != place for hit in found.hits), f"„{platz}“ ist ein Treffer."


@then(step("findet {wer:Stelle} nichts"))
async def finds_nothing(sojus: PortalScene, wer: Actor) -> None:
    """Dann findet das Jugendamt Uckermark nichts"""
    found = await sojus.again(wer)
    assert not found.hits, f"Gefunden wurde: {', '.join(hit.name for hit in found.hits)}"


@then(step("liest {wer:Stelle} bei {platz:Text}: {satz:Text}"))
async def reads_at(sojus: PortalScene, wer: Actor, platz: str, satz: str) -> None:
    """Dann liest das Jugendamt Uckermark bei „Seeblick 1“: „Sofort frei“

    In einem der Sätze, die bei dem Treffer stehen; ein Teil davon genügt.
    """
    place, found = sojus.place(platz), await sojus.again(wer)
    hits = [hit for hit in found.hits if hit.place == place]
    assert hits, f"„{platz}“ ist kein Treffer."
    said = hits[0].sentences
    assert any(satz in one for one in said), f"Dort steht: {'; '.join(said)}"


@then(step("liest {wer:Stelle} unter den Treffern: {satz:Text}"))
async def reads_below(sojus: PortalScene, wer: Actor, satz: str) -> None:
    """Dann liest das Jugendamt Uckermark unter den Treffern: „1 Platz scheidet aus, gesucht: barrierefrei“"""
    said = (await sojus.again(wer)).misses
    assert any(satz in one for one in said), f"Dort steht: {'; '.join(said) or 'nichts'}"


@then(step("erfährt {wer:Stelle} auf die Frage nach {platz:Text}: {satz:Text}"))
async def learns_why(sojus: PortalScene, wer: Actor, platz: str, satz: str) -> None:
    """Dann erfährt das Jugendamt Uckermark auf die Frage nach „Birke 2“: „schon belegt“

    Warum dieser Platz kein Treffer ist, oder auf welchem Rang er steht.
    """
    one, found = await sojus.searching(wer)
    said = await one.desk.why(found.asked, sojus.place(platz))
    assert satz in said, f"Die Antwort war: {said}"


@then(step("verschwindet {platz:Text} aus der offenen Liste {wer:Stelle}"))
async def goes_from_list(sojus: PortalScene, platz: str, wer: Actor) -> None:
    """Dann verschwindet „Seeblick 1“ aus der offenen Liste beim Jugendamt Barnim

    Ohne dass dort jemand noch einmal sucht. Davor muss der Platz ein Treffer gewesen sein.
    """
    (one, found), place = await sojus.searching(wer), sojus.place(platz)
    if all(hit.place != place for hit in found.hits):
        raise HarnessError(f"„{platz}“ stand dort nie: Verschwinden kann nur, was gefunden war.")
    await sojus.until_list(one, lambda hits: place not in hits, f"„{platz}“ verschwindet")


@then(step("erscheint {platz:Text} in der offenen Liste {wer:Stelle}"))
async def comes_into_list(sojus: PortalScene, platz: str, wer: Actor) -> None:
    """Dann erscheint „Seeblick 1“ in der offenen Liste beim Jugendamt Barnim

    Ohne dass dort jemand noch einmal sucht. Davor darf der Platz kein Treffer gewesen sein.
    """
    (one, found), place = await sojus.searching(wer), sojus.place(platz)
    if any(hit.place == place for hit in found.hits):
        raise HarnessError(f"„{platz}“ stand dort schon: Erscheinen kann nur, was noch nicht gefunden war.")
    await sojus.until_list(one, lambda hits: place in hits, f"„{platz}“ erscheint")
