"""What stands in a portal's folder: places as providers gave them in, its offices, and accounts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from lisa_core.access.administration import AccountWish, Administration
from lisa_core.access.hashing import Hasher
from lisa_core.access.opening import open_store
from lisa_core.domain.model.errors import HarnessError
from lisa_core.host.clock import Clock
from sojus.domain.model.actors import Actor
from sojus.domain.placement.events import TakeIn
from sojus.domain.rights.members import Membership
from sojus.harness.opening import Opening
from sojus.harness.vocabularies import shipped
from sojus.service.answers import Refused
from sojus.service.deeds import Deed
from sojus.service.opening import open_service
from sojus.store.entries import Rules
from sojus.store.persons.opening import open_persons

PASSWORD = "Drei Boote am Steg, 17"
"""Of everybody in scenarios."""


def give_in(folder: Path, opening: Opening) -> None:
    """What providers have given in. Blocks. Raises `HarnessError` for what cannot be taken in."""
    service = open_service(folder, Rules(shipped()), lambda: opening.now, opening.directory())
    try:
        for number, (provider, batch) in enumerate(opening.batches):
            came = service.do(Deed(f"anfang-{number:020}", provider, TakeIn(batch)))
            if isinstance(came, Refused):
                told = " ".join(f"{one.where}: {one.why}" for one in came.mistakes)
                raise HarnessError(f"Diese Plätze nimmt das Portal nicht auf. {came.error} {told}")
    finally:
        service.close()


def offices_file(path: Path, opening: Opening) -> None:
    """Who takes part, as `lisa portal --offices` reads it."""
    directory = opening.directory()
    lines = ["schema = 1"]
    for tenant in directory.tenants.values():
        kind, land = ("laender", "") if tenant.land is None else ("landkreise", f'land = "{tenant.land}"')
        lines += ["", f"[{kind}.{tenant.id}]", f'name = "{tenant.name}"', *([land] if land else [])]
    for one in directory.offices.values():
        lines += ["", f"[stellen.{one.id}]", f'name = "{one.name}"', f'role = "{one.role}"', f'tenant = "{one.tenant}"']
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


async def add_account(folder: Path, actor: Actor) -> str:
    """An account that acts for this office or provider; returns its name."""
    name = str(actor.office)
    with open_store(folder) as accounts:
        if accounts.account(name) is None:
            wish = AccountWish(name, (), tenant=str(actor.tenant))
            await Administration(accounts, Clock(UTC), Hasher()).add(wish, None, PASSWORD)
    persons = open_persons(folder)
    try:
        persons.join(Membership(name, actor), datetime.now(UTC))
    finally:
        persons.close()
    return name
