"""Steps of a provider who brings its places as a table: a preview first, then all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then, when

from lisa_core.domain.model.errors import HarnessError
from sojus.domain.model.actors import Actor
from sojus.harness.seen import SeenPreview, checked
from sojus.harness.words import step

if TYPE_CHECKING:
    from sojus.harness.scene import PortalScene

TITLE = "SoJuS: Einlesen"


@when(step("{wer:Träger} diese Tabelle einliest"))
async def reads_in(sojus: PortalScene, wer: Actor, datatable: list[list[str]]) -> None:
    """Wenn der Träger Seeweg diese Tabelle einliest

    Als CSV-Datei; in der ersten Zeile stehen die Spalten. Es entsteht nur eine Vorschau.
    """
    one = await sojus.sits(wer)
    data = "\r\n".join(";".join(row) for row in datatable).encode()
    one.preview = await one.desk.preview(data)


@when(step("{wer:Träger} die Vorschau übernimmt"))
async def takes(sojus: PortalScene, wer: Actor) -> None:
    """Wenn der Träger Seeweg die Vorschau übernimmt

    Danach kennt das Szenario die neuen Plätze mit ihren Namen.
    """
    one, seen = await sojus.sits(wer), await _preview(sojus, wer)
    assert seen.id, f"Zu übernehmen ist nichts: {' / '.join(seen.lines)}"
    checked(await sojus.came(wer, await one.desk.take(seen)))
    await sojus.learn_places(wer)


@then(step("zeigt die Vorschau {wer:Träger}: {satz:Text}"))
async def preview_shows(sojus: PortalScene, wer: Actor, satz: str) -> None:
    """Dann zeigt die Vorschau dem Träger Seeweg: „Zeile 3, Spalte Entgelt“

    In einer ihrer Zeilen: was neu ist, was sich ändert, wie viele Plätze unverändert sind, was nicht stimmt.
    """
    seen = await _preview(sojus, wer)
    assert any(satz in one for one in seen.lines), f"Dort steht: {' / '.join(seen.lines)}"


@then(step("lässt sich die Vorschau {wer:Träger} nicht übernehmen"))
async def cannot_be_taken(sojus: PortalScene, wer: Actor) -> None:
    """Dann lässt sich die Vorschau beim Träger Seeweg nicht übernehmen"""
    seen = await _preview(sojus, wer)
    assert not seen.id, f"Das Portal bietet es an: {' / '.join(seen.lines)}"


async def _preview(sojus: PortalScene, wer: Actor) -> SeenPreview:
    if (seen := (await sojus.sits(wer)).preview) is None:
        raise HarnessError("Eine Vorschau gibt es noch nicht. Davor „… diese Tabelle einliest“ schreiben.")
    return seen
