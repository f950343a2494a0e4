"""Two tenants may call their providers by one name: whoever acts for the one sees and hears nothing of the other's."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ids import OfficeId, PlaceId
from sojus.domain.rights.members import Membership
from tests.sojus.portal.house import House
from tests.sojus.portal.test_door import in_house
from tests.sojus.providers import NOON, OAK, SOUTH, house

NAMESAKE = Actor(Role.PROVIDER, OfficeId(OAK), SOUTH)


def test_a_provider_of_another_tenant_that_is_called_so_sees_nothing(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        service, place = opened.portal.service, (PlaceId("bett-1"),)
        await asyncio.to_thread(opened.portal.persons.join, Membership("n.niemand", NAMESAKE), NOON)
        namesake, own, office = [await opened.inside(one) for one in ("n.niemand", "e.eiche", "h.hier")]
        wish = {"places": [{"place": "bett-1"}], "from": "2026-12-01", "case": await office.case()}
        assert (await office.act("/api/reserve", **wish)).status_code == 200
        assert [bool(service.touched(one, place, 0)) for one in (house(OAK), NAMESAKE)] == [True, False]
        assert (await own.get("/api/me"))["office_name"] != (await namesake.get("/api/me"))["office_name"]
        empty = await namesake.client.get("/api/sheets/template/probe?form=csv")
        for one, alike in ((own, False), (namesake, True)):
            table = await one.client.get("/api/sheets/template/probe?form=csv&own=1")
            assert (table.content == empty.content) is alike
        assert (await namesake.client.get("/api/places/bett-1")).status_code == 403
        assert (await namesake.get("/api/groups"))["groups"] == (await namesake.get("/api/mine"))["reservations"] == []
        for doing in ("confirm", "decline"):
            kept = (await own.get("/api/mine"))["reservations"][0]["id"]
            answer = await namesake.act(
                f"/api/reservations/{kept}/{doing}", **({"reason": "x"} if doing == "decline" else {})
            )
            assert answer.status_code == 403, answer.text

    in_house(tmp_path, walk)
