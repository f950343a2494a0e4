"""Two exchanges on one database: who is logged in at the first is so at the second, and who was thrown out is not."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from lisa_core.access.keeping.in_database import DatabaseAccess, open_database
from lisa_core.store.postgres.place import place_of
from tests.access.house import House, open_house
from tests.store.server import Server, server

__all__ = ["server"]


@pytest.mark.parametrize("thrown_out", [False, True])
def test_a_desk_goes_on_at_the_other_exchange_without_a_log_in(server: Server, thrown_out: bool) -> None:
    async def run(first: DatabaseAccess, second: DatabaseAccess) -> None:
        async with open_house(first) as house:
            guest = await house.inside("e.muster")
            token = guest.token
            async with guest.desk("vogt") as desk:
                assert await desk.first() == ""
            if thrown_out:
                house.change("e.muster", disabled=True)
        async with open_house(second, empty=True) as other:
            async with (await other.guest()).desk("vogt", cookie=cookie(other, token)) as desk:
                assert await desk.first() == ("session" if thrown_out else "")
            assert ("anmeldung.gelungen", "e.muster") in [(one.name, one.subject) for one in other.store.entries()]

    with server.database() as name, contextlib.ExitStack() as stack:
        place = place_of(server.socket_url(name))
        both = [stack.enter_context(contextlib.closing(open_database(place))) for _ in range(2)]
        asyncio.run(run(*both))


def cookie(house: House, token: str) -> str:
    """As the browser sends it to the same name and port on another computer."""
    return f"lisa-{house.port}={token}"
