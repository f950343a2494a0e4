"""Steps of the card reader: what is laid on it, and what the agent knows of it."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_bdd import then, when

from lisa_core.domain.model.errors import HarnessError, NotCheckedError
from lisa_core.domain.model.nearest import nearest
from lisa_core.domain.model.readings import CardKind
from lisa_core.equipment.slots.catalogue import title_of
from lisa_core.harness.scene.bench import begun
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.text.words import step

TITLE = "Kartenleser"

SLOT = "card_reader"
TELLS: Mapping[str, CardKind] = {
    "keine Karte": CardKind.NONE,
    "eine Karte mit Chip": CardKind.CHIP,
    "eine Speicherkarte": CardKind.STORAGE,
    "etwas, das er nicht lesen kann": CardKind.UNREADABLE,
}
"""What the agent reads, as a sentence says it."""


@when(step("{wer:Bürgerin} einen Ausweis auf den Kartenleser legt"))
async def lays_chip(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin einen Ausweis auf den Kartenleser legt"""
    await _lay(scene, "ausweis")


@when(step("{wer:Bürgerin} eine Speicherkarte auf den Kartenleser legt"))
async def lays_storage(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin eine Speicherkarte auf den Kartenleser legt

    Eine Fahrkarte zum Beispiel: die falsche Karte, wo ein Ausweis gemeint ist.
    """
    await _lay(scene, "speicherkarte")


@when(step("{wer:Bürgerin} eine unlesbare Karte auf den Kartenleser legt"))
async def lays_unreadable(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin eine unlesbare Karte auf den Kartenleser legt"""
    await _lay(scene, "unlesbar")


@when(step("{wer:Bürgerin} zwei Karten zugleich auf den Kartenleser legt"))
async def lays_two(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin zwei Karten zugleich auf den Kartenleser legt"""
    for card in ("ausweis", "speicherkarte"):
        await _lay(scene, card)


@when(step("{wer:Bürgerin} alles vom Kartenleser nimmt"))
async def takes_cards(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin alles vom Kartenleser nimmt"""
    await (await scene.actor()).take_cards()


@then(step("meldet der Kartenleser {wem:Mitarbeiterin} {was:Text}"))
async def card_is_told(scene: Scene, wem: str, was: str) -> None:
    """Dann meldet der Kartenleser Frau Brandt „eine Karte mit Chip“

    Oder „eine Speicherkarte“, „etwas, das er nicht lesen kann“, „keine Karte“. Mehr erfährt niemand von einer Karte.
    """
    if was not in TELLS:
        raise HarnessError(f"„{was}“ meldet kein Kartenleser.{nearest(was, TELLS)}")
    rig, desk = await scene.rig(), await scene.desk(wem)
    if SLOT not in rig.profile.slots:
        raise NotCheckedError(f"Dieses Bürgerbüro hat nicht, wonach gefragt ist: {title_of(SLOT)}.")
    scene.witness.used((SLOT,))
    await desk.until(lambda d: d.card is TELLS[was], f"auf dem Kartenleser liegt {was}")


async def _lay(scene: Scene, card: str) -> None:
    await (await scene.actor()).lay_card(card)
    scene.bench.laid = begun()
