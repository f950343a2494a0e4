"""Steps at the door of the portal, which only the program has: a password, and what is said to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import then, when

from lisa_core.domain.model.errors import HarnessError
from sojus.domain.model.actors import Actor
from sojus.harness.words import step

if TYPE_CHECKING:
    from sojus.harness.scene import PortalScene

TITLE = "SoJuS: Anmelden"


@when(step("{wer:Stelle} sich mit seinem Passwort anmeldet"))
async def logs_in(sojus: PortalScene, wer: Actor) -> None:
    """Wenn das Jugendamt Uckermark sich mit seinem Passwort anmeldet

    Nur am Programm: @stufe:wire.
    """
    await sojus.knock(wer, right=True)


@when(step("{wer:Stelle} sich mit einem falschen Passwort anmeldet"))
async def logs_in_wrongly(sojus: PortalScene, wer: Actor) -> None:
    """Wenn das Jugendamt Uckermark sich mit einem falschen Passwort anmeldet"""
    await sojus.knock(wer, right=False)


@when(step("jemand das Portal fragt, ohne sich anzumelden"))
async def asks_as_nobody(sojus: PortalScene) -> None:
    """Wenn jemand das Portal fragt, ohne sich anzumelden"""
    await sojus.knock(None, right=False)


@then(step("ist es als {name:Eigenname} angemeldet"))
async def somebody_is_inside(sojus: PortalScene, name: str) -> None:
    """Dann ist es als Jugendamt Uckermark angemeldet

    So nennt das Portal selbst die Stelle.
    """
    assert inside(sojus) == name, f"Das Portal sagt: {inside(sojus) or 'niemand'}"


@then(step("ist niemand angemeldet"))
async def nobody_is_inside(sojus: PortalScene) -> None:
    """Dann ist niemand angemeldet"""
    assert not inside(sojus), f"Das Portal sagt: {inside(sojus)}"


def inside(sojus: PortalScene) -> str:
    """As whom somebody is logged in by what they tried last; "" for nobody."""
    if sojus.inside is None:
        raise HarnessError("Bis jetzt hat sich niemand angemeldet. Davor „… sich mit seinem Passwort anmeldet“.")
    return sojus.inside
