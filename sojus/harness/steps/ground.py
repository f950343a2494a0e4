"""Steps that say what the portal begins with, which provider has which places; and that time goes by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pytest_bdd import given, when

from sojus.domain.model.actors import Actor
from sojus.domain.model.ids import ProviderId
from sojus.harness.words import step

if TYPE_CHECKING:
    from sojus.harness.acts import Acts
    from sojus.harness.scene import PortalScene

TITLE = "SoJuS: Ausgangslage"


@pytest.fixture
def sojus(open_scene: Callable[..., PortalScene]) -> PortalScene:
    """The portal and the people at it."""
    from sojus.harness.scene import open_sojus

    return open_scene(open_sojus, "SoJuS")


@pytest.fixture
def acts(sojus: PortalScene) -> Acts:
    """What somebody at the portal does, as events."""
    from sojus.harness.acts import Acts

    return Acts(sojus)


@given(step("{wer:Träger} im Landkreis {kreis:Ort} hat diese Plätze"))
def provider_with_places(sojus: PortalScene, wer: Actor, kreis: str, datatable: list[list[str]]) -> None:
    """Angenommen der Träger Seeweg im Landkreis Uckermark hat diese Plätze

    Darunter eine Tabelle, eine Zeile für jeden Platz. Nötig ist die Spalte Platz; möglich sind Haus, Gruppe, Hilfe,
    Alter, für, Satz, Umfang, Merkmale, Ort und belegt (bis wann). Ohne Angabe: Heimerziehung, 200 Euro am Tag.
    """
    from sojus.harness.tables import places_of
    from sojus.harness.words import key_of

    opening = sojus.opening
    actor = sojus.settle_in(wer, key_of(kreis))
    batch = places_of(datatable, ProviderId(actor.office), actor.tenant, sojus.today)
    opening.take_in(actor, batch)


@when(step("es {spanne:Spanne} später ist"))
async def later(sojus: PortalScene, spanne: timedelta) -> None:
    """Wenn es 48 Stunden später ist

    Bis dahin tut niemand etwas; was abläuft, läuft ab.
    """
    await (await sojus.portal()).later(spanne)
