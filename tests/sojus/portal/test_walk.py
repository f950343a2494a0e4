"""The smallest whole way over HTTP: log in, see who one is, search, reserve; the other office sees that it is gone."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.sojus.portal.house import WISH, new_key, open_house


def test_from_the_log_in_to_a_reservation(tmp_path: Path) -> None:
    async def run() -> None:
        async with open_house(tmp_path) as house:
            nobody = await house.somebody()
            assert (await nobody.client.get("/")).headers["location"] == "/anmelden"
            answer = await nobody.client.get("/api/me")
            assert (answer.status_code, answer.json()["reason"]) == (401, "right")
            here, there = await house.inside("h.hier"), await house.inside("d.dort")
            me = await here.get("/api/me")
            assert (me["role"], me["office_name"], me["today"]) == ("jugendamt", "Jugendamt Nord", "2026-12-01")
            found = await here.search()
            first = found["hits"][0]
            seen = await there.search()
            assert [one["place"] for one in seen["hits"]] == [one["place"] for one in found["hits"]]
            key = new_key()
            wish = {"key": key, "case": await here.case(), "places": [{"place": first["place"]}], "from": "2026-12-01"}
            async with there.listening(seen["id"], seen["at"]) as ear:
                done = await here.post("/api/reserve", {**wish, "at": found["at"]})
                assert done.status_code == 200, done.text
                _, told = await ear.next("change")
                assert (told["place"], told["what"]) == (first["place"], "gone")
            again = await here.post("/api/reserve", {**wish, "at": found["at"]})
            assert again.json() == {**done.json(), "again": True}
            late = await there.act(
                "/api/reserve",
                **{**wish, "key": new_key(), "search": WISH, "at": seen["at"], "case": await there.case()},
            )
            assert (late.status_code, late.json()["reason"]) == (409, "stale")
            instead, others = late.json()["hits"], [one["place"] for one in seen["hits"][1:]]
            named = [place["place"] for one in instead for place in (one, *one["alike"])]
            assert (len(instead), named) == (2, others), "those alike are one"
            mine = await here.get("/api/mine")
            assert [one["id"] for one in mine["reservations"]] == [done.json()["reservation"]]
            assert (await there.get("/api/mine"))["reservations"] == []
            provider = await house.inside({"eiche": "e.eiche", "ulme": "u.ulme"}[first["provider"]])
            confirmed = await provider.act(f"/api/reservations/{done.json()['reservation']}/confirm")
            assert confirmed.status_code == 200, confirmed.text

    asyncio.run(run())
