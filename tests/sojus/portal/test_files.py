"""Places from a file over HTTP: looked at, taken in once, by whoever brought it; and counts without persons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sojus.portal import web
from tests.sojus.portal.house import House, Somebody, new_key, open_house
from tests.sojus.portal.test_door import in_house


async def _bring(who: Somebody, data: bytes, **headers: str) -> Any:
    own = {"X-SoJuS": "1", "Content-Type": "application/octet-stream", **headers}
    return await who.client.post("/api/sheets", content=data, headers=own)


def test_a_file_is_looked_at_and_taken_in_once(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        provider, other = await opened.inside("e.eiche"), await opened.inside("u.ulme")
        table = await provider.client.get("/api/sheets/template/probe", params={"form": "csv", "own": "1"})
        assert table.headers["content-disposition"] == 'attachment; filename="plaetze-probe.csv"'
        same = (await _bring(provider, table.content)).json()
        assert (same["mistakes"], same["new"], same["changed"], same["preview"]) == ([], [], [], "")
        more = table.content.replace(b"Zimmer 1", b"Zimmer 7")
        seen = (await _bring(provider, more)).json()
        assert (len(seen["changed"]), seen["mistakes"]) == (1, []), seen
        path, key = f"/api/sheets/{seen['preview']}/take", new_key()
        gone = await other.post(path, {"key": key})
        assert (gone.status_code, gone.json()["reason"]) == (409, "stale")
        taken = await provider.post(path, {"key": key})
        assert taken.status_code == 200, taken.text
        assert (await provider.post(path, {"key": key})).json() == {**taken.json(), "again": True}
        assert (await provider.post(path, {"key": new_key()})).status_code == 409, "else it stands in the log each time"
        async with open_house(tmp_path) as after:  # another process has no preview, and knows what was taken in
            there = await after.inside("e.eiche")
            assert (await there.post(path, {"key": key})).json() == {**taken.json(), "again": True}
            assert (await there.post(path, {"key": new_key()})).status_code == 409
        names = [one["name"] for group in (await provider.get("/api/groups"))["groups"] for one in group["places"]]
        assert ("Zimmer 7" in names, "Zimmer 1" in names) == (True, False)
        wrong = (await _bring(provider, more.replace(b"182,50;", b"viel;"))).json()
        assert wrong["preview"] == ""
        assert {"row", "column", "why", "do"} == set(wrong["mistakes"][0])
        assert (await _bring(provider, b"%PDF-1.7 nix")).json()["mistakes"]
        workbook = await provider.client.get("/api/sheets/template/probe")
        assert workbook.content[:2] == b"PK"

    in_house(tmp_path, walk)


def test_who_keeps_no_places_brings_none_and_a_file_is_no_page(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        office, provider = await opened.inside("h.hier"), await opened.inside("e.eiche")
        assert (await _bring(office, b"x")).status_code == 403
        assert (await office.client.get("/api/sheets/template/probe")).status_code == 403
        assert (await _bring(provider, b"x", **{"X-SoJuS": ""})).status_code == 403
        assert (await _bring(provider, b"x", **{"Content-Type": "text/csv"})).status_code == 400
        assert (await _bring(provider, b"x" * (8 * 1024 * 1024 + 1))).status_code == 400
        assert (await provider.client.get("/api/sheets/template/nix")).status_code == 404

    in_house(tmp_path, walk)


def test_no_page_tells_the_portal_how_a_file_is_called() -> None:
    asks = Path(web.__file__).with_name("pages") / "server.js"
    assert "bring(path, file)" in (text := asks.read_text("utf-8"))
    assert "file.name" not in text


def test_a_ministry_sees_counts_and_nothing_else(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        land, office = await opened.inside("m.land"), await opened.inside("h.hier")
        (table,) = (await land.get("/api/numbers"))["tables"]
        assert table["title"] == "Probe"
        assert "weniger als 3" in str(table["rows"])
        assert "zimmer" not in str(table).lower()
        for path in ("/api/mine", "/api/groups", "/api/cases", "/api/audit", "/api/places/bett-1"):
            answer = await land.client.get(path)
            assert answer.status_code in (200, 403), path
            assert answer.status_code == 403 or not any(answer.json().values()), (path, answer.text)
        assert (await office.client.get("/api/numbers")).status_code == 403

    in_house(tmp_path, walk)
