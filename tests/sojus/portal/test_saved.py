"""A search that an office has saved, over HTTP: told of what comes free, shown with what is new, ended."""

from __future__ import annotations

from pathlib import Path

from tests.sojus.portal.house import WISH, House
from tests.sojus.portal.test_door import in_house

FULL = {
    **WISH,
    "traits": [{"trait": "ruhig", "wanted": True}],
    "preferences": [{"trait": "ruhig", "wanted": True, "weight": 3}],
    "near": {"point": [53.51, 13.26], "km": 5},
    "start": "2026-12-24",
    "days": 90,
    "most_cents": 20_000,
    "tenants": ["nord"],
}
"""Within five kilometres there is one house, with three beds."""


def test_a_saved_search_tells_of_a_place_that_comes_free(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here, there = await opened.inside("h.hier"), await opened.inside("d.dort")
        parts = [{"place": f"bett-{number}"} for number in (1, 2, 3)]
        wish = {"places": parts, "from": "2026-12-01", "case": await there.case()}
        taken = (await there.act("/api/reserve", **wish)).json()["reservation"]
        saved = await here.act("/api/searches", name="Ruhig, nah", wish=FULL)
        assert saved.status_code == 200, saved.text
        (one,) = (await here.get("/api/searches"))["searches"]
        assert (one["id"], one["name"], one["hits"]) == (saved.json()["search"], "Ruhig, nah", 0)
        again = await here.post("/api/search", one["wish"])
        assert (again.status_code, again.json()["hits"]) == (200, []), "what is shown can be asked again"
        assert (await there.get("/api/searches"))["searches"] == []
        async with here.listening() as ear:
            assert (await there.act(f"/api/reservations/{taken}/cancel")).status_code == 200
            _, news = await ear.next("mine")
            assert (news["ref"], news["what"]) == (one["id"], "came_free")
        (one,) = (await here.get("/api/searches"))["searches"]
        assert (one["hits"], one["new"]) == (3, 3)
        assert (await there.act(f"/api/searches/{one['id']}/end")).status_code == 403
        assert (await here.act(f"/api/searches/{one['id']}/end")).status_code == 200
        assert (await here.get("/api/searches"))["searches"] == []
        nameless = await here.act("/api/searches", name="", wish=FULL)
        assert (nameless.status_code, "„name“" in nameless.json()["error"]) == (400, True)

    in_house(tmp_path, walk)
