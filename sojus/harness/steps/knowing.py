"""Steps about who may do and know what: rights of a role, counts without persons, names asked with a purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then, when

from lisa_core.domain.model.errors import HarnessError
from sojus.domain.model.actors import Actor
from sojus.harness.seen import Answer, Denied, checked
from sojus.harness.words import step

if TYPE_CHECKING:
    from sojus.harness.scene import PortalScene

TITLE = "SoJuS: Rechte und Datenschutz"
CHANGING = "Auskunft geben, berichtigen oder löschen"
"""For what an office corrects or deletes a name."""
SEEN, REFUSED = "fall.gesehen", "fall.verweigert"
"""As the audit calls it."""


@when(step("{wer:Stelle} zu suchen versucht"))
async def tries_to_search(sojus: PortalScene, wer: Actor, datatable: list[list[str]]) -> None:
    """Wenn das Sozialministerium zu suchen versucht

    Darunter eine Tabelle wie bei einer Suche. Ob es gelingt, sagt erst ein Satz mit Dann.
    """
    from sojus.harness.tables import wish_of

    one = await sojus.sits(wer)
    try:
        await one.desk.search(wish_of(datatable, sojus.today))
    except Denied as no:
        await sojus.came(wer, no.answer)
    else:
        await sojus.came(wer, Answer("Gefunden."))


@when(step("{wer:Stelle} die Zahlen anzusehen versucht"))
async def tries_to_count(sojus: PortalScene, wer: Actor) -> None:
    """Wenn der Träger Seeweg die Zahlen anzusehen versucht"""
    one = await sojus.sits(wer)
    try:
        await one.desk.figures()
    except Denied as no:
        await sojus.came(wer, no.answer)
    else:
        await sojus.came(wer, Answer("Angesehen."))


@then(step("darf {wer:Stelle} das nicht"))
async def it_is_refused(sojus: PortalScene, wer: Actor) -> None:
    """Dann darf das Sozialministerium das nicht

    Was es zuletzt versucht hat: Die Rolle hat dieses Recht nicht.
    """
    answer = (await sojus.sits(wer)).answer
    if answer is None:
        raise HarnessError("Diese Stelle hat bis jetzt nichts versucht. Davor „… zu suchen versucht“ schreiben.")
    assert answer.reason == "right", f"Gesagt wurde: {answer.sentence}"


@then(step("liest {wer:Stelle} in den Zahlen: {satz:Text}"))
async def reads_in_figures(sojus: PortalScene, wer: Actor, satz: str) -> None:
    """Dann liest das Sozialministerium in den Zahlen: „Landkreis Uckermark, Hilfeart Heimerziehung“

    In einer Zeile, darin jede Zelle hinter dem Namen ihrer Spalte.
    """
    said = await (await sojus.sits(wer)).desk.figures()
    assert any(satz in one for one in said), f"Dort steht: {' / '.join(said) or 'nichts'}"


@then(step("steht in den Zahlen {wer:Stelle} nichts von {satz:Text}"))
async def reads_not_in_figures(sojus: PortalScene, wer: Actor, satz: str) -> None:
    """Dann steht in den Zahlen bei der Landrätin Uckermark nichts von „Barnim“"""
    said = await (await sojus.sits(wer)).desk.figures()
    assert said, "Dort steht gar nichts."
    assert not any(satz in one for one in said), f"Dort steht: {' / '.join(said)}"


@when(step("{wer:Amt} einen Fall für {name:Text} anlegt"))
async def enters_case(sojus: PortalScene, wer: Actor, name: str) -> None:
    """Wenn das Jugendamt Uckermark einen Fall für „Erika Muster“ anlegt

    Was es danach reserviert, ist für diesen Fall. Nur erfundene Namen.
    """
    from sojus.harness.acts import ENTERING

    desk = (await sojus.sits(wer)).desk
    sojus.cases[sojus.tenant_of(wer)] = await desk.enter_case(name, ENTERING)
    await sojus.came(wer, Answer("Angelegt."))


@when(step("{wer:Stelle} nachsieht, wen der Fall {amt:Amt} betrifft: {zweck:Text}"))
async def looks_up(sojus: PortalScene, wer: Actor, amt: Actor, zweck: str) -> None:
    """Wenn der Träger Seeweg nachsieht, wen der Fall vom Jugendamt Uckermark betrifft: „Die Aufnahme vorbereiten“

    Mit dem Zweck, den es nennt. Ob es den Namen erfährt, sagt erst ein Satz mit Dann.
    """
    case, one = _case(sojus, amt), await sojus.sits(wer)
    one.names = ()
    try:
        one.names = tuple(await one.desk.look(case, zweck))
    except Denied as no:
        await sojus.came(wer, no.answer)
    else:
        await sojus.came(wer, Answer("Nachgesehen."))


@then(step("erfährt {wer:Stelle} den Namen {name:Text}"))
async def learns_name(sojus: PortalScene, wer: Actor, name: str) -> None:
    """Dann erfährt der Träger Seeweg den Namen „Erika Muster“"""
    one = await sojus.sits(wer)
    told = one.answer.sentence if one.answer is not None else "nichts"
    assert name in one.names, f"Gesagt wurde: {told}"


@then(step("erfährt {wer:Stelle} keinen Namen"))
async def learns_no_name(sojus: PortalScene, wer: Actor) -> None:
    """Dann erfährt der Träger Birkenhof keinen Namen

    Es hat nachgesehen, und durfte nicht, oder es gibt den Namen nicht mehr.
    """
    one = await sojus.sits(wer)
    if one.answer is None:
        raise HarnessError("Diese Stelle hat nicht nachgesehen. Davor „… nachsieht, wen der Fall … betrifft“.")
    assert not one.names, f"Gesagt wurde: {', '.join(one.names)}"
    assert not one.answer.is_done, f"Gesagt wurde: {one.answer.sentence}"


@when(step("{wer:Amt} den Namen des Falls berichtigt: {name:Text}"))
async def corrects_name(sojus: PortalScene, wer: Actor, name: str) -> None:
    """Wenn das Jugendamt Uckermark den Namen des Falls berichtigt: „Erika Beispiel“"""
    desk = (await sojus.sits(wer)).desk
    checked(await sojus.came(wer, await desk.correct(_case(sojus, wer), name, CHANGING)))


@when(step("{wer:Amt} den Namen des Falls löscht"))
async def deletes_name(sojus: PortalScene, wer: Actor) -> None:
    """Wenn das Jugendamt Uckermark den Namen des Falls löscht"""
    desk = (await sojus.sits(wer)).desk
    checked(await sojus.came(wer, await desk.forget(_case(sojus, wer), CHANGING)))


@when(step("{wer:Amt} den Namen des Falls zu löschen versucht"))
async def tries_to_delete_name(sojus: PortalScene, wer: Actor) -> None:
    """Wenn das Jugendamt Uckermark den Namen des Falls zu löschen versucht

    Ob es gelingt, sagt erst ein Satz mit Dann.
    """
    desk = (await sojus.sits(wer)).desk
    await sojus.came(wer, await desk.forget(_case(sojus, wer), CHANGING))


@then(step("liest {wer:Stelle} über den Namen: {satz:Text}"))
async def reads_of_name(sojus: PortalScene, wer: Actor, satz: str) -> None:
    """Dann liest der Träger Seeweg über den Namen: „berichtigt“

    Was aus einem Namen wurde, den sie angesehen hat, ohne den Namen selbst.
    """
    said = await (await sojus.sits(wer)).desk.changed_names()
    assert any(satz in one for one in said), f"Dort steht: {' / '.join(said) or 'nichts'}"


@then(step("liest {wer:Stelle} nichts über den Namen"))
async def reads_nothing_of_name(sojus: PortalScene, wer: Actor) -> None:
    """Dann liest der Träger Birkenhof nichts über den Namen

    Sie hat ihn nie angesehen, oder schon so, wie er jetzt ist.
    """
    sojus.somebody_acted()
    said = await (await sojus.sits(wer)).desk.changed_names()
    assert not said, f"Dort steht: {' / '.join(said)}"


@then(step("steht im Protokoll {wer:Amt}, dass {andere:Stelle} den Namen gesehen hat"))
async def audit_has_seen(sojus: PortalScene, wer: Actor, andere: Actor) -> None:
    """Dann steht im Protokoll beim Jugendamt Uckermark, dass der Träger Seeweg den Namen gesehen hat"""
    await _noted(sojus, wer, andere, SEEN)


@then(step("steht im Protokoll {wer:Amt}, dass {andere:Stelle} den Namen nicht sehen durfte"))
async def audit_has_refused(sojus: PortalScene, wer: Actor, andere: Actor) -> None:
    """Dann steht im Protokoll beim Jugendamt Uckermark, dass der Träger Birkenhof den Namen nicht sehen durfte"""
    await _noted(sojus, wer, andere, REFUSED)


def _case(sojus: PortalScene, office: Actor) -> str:
    """What this office has entered last. Raises `HarnessError` where that was nothing."""
    case = sojus.cases.get(sojus.tenant_of(office))
    if case is None:
        raise HarnessError("Von einem Fall ist davor nicht die Rede. Davor „… einen Fall für „Erika Muster“ anlegt“.")
    return case


async def _noted(sojus: PortalScene, wer: Actor, andere: Actor, what: str) -> None:
    entries = await (await sojus.sits(wer)).desk.audit()
    found = [(str(one["what"]), one["party"]) for one in entries]
    told = "; ".join(f"{deed} {party[1] if party else ''}".strip() for deed, party in found)
    assert any(deed == what and party and party[1] == andere.office for deed, party in found), f"Dort steht: {told}"
