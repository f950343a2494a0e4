"""How a house is reached: said by its own people in a form, read by an office that has asked and got no answer."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from sojus.service.own.asked_words import SILENT
from tests.sojus.portal.house import Somebody, new_key, open_house

PHONE, ADDRESS = "030 23125 001", "Beispielweg 1, Neustrelitz"
REACH = "/api/facilities/ulme-haus/reach"


async def asks(office: Somebody) -> None:
    """Both providers."""
    wish: dict[str, Any] = {"case": await office.case(), "area": "probe", "kind": "wohnen", "people": [{"age": 12}]}
    answer = await office.act("/api/requests", **wish, **{"from": "2026-12-01", "to": ["eiche", "ulme"]})
    assert answer.status_code == 200, answer.text


async def silent(office: Somebody) -> list[tuple[str, str]]:
    (request,) = (await office.get("/api/mine"))["requests"]
    waits = [one for one in request["to"] if one["answer"] == SILENT]
    return [(house["facility_name"], house["phone"]) for one in waits for house in one["facilities"]]


def test_a_house_says_where_it_is_called_and_whoever_waits_for_its_answer_calls(tmp_path: Path) -> None:
    async def run() -> None:
        async with open_house(tmp_path) as house:
            elm, office = await house.inside("u.ulme"), await house.inside("h.hier")
            await asks(office)
            assert ("Haus Ulme", "") in await silent(office)
            said = {"key": new_key(), "phone": PHONE, "address": ADDRESS}
            done = await elm.post(REACH, said)
            assert done.status_code == 200, done.text
            other = await elm.act(REACH, phone="030 23125 002")
            assert other.status_code == 200, other.text
            assert (await elm.post(REACH, said)).json() == {**done.json(), "again": True}
            elsewhere = await elm.post(REACH.replace("ulme", "eiche"), said)
            assert elsewhere.status_code == 422, "a key that was used for one house says nothing of another"
            (group,) = (await elm.get("/api/groups"))["groups"]
            assert (group["phone"], group["address"]) == ("030 23125 002", ADDRESS), "what is not said stays"
            assert ("Haus Ulme", "030 23125 002") in await silent(office)

            (request,) = (await elm.get("/api/mine"))["requests"]
            assert request["to"] == [], "who was asked besides is nobody's business"
            assert (await elm.act(f"/api/requests/{request['id']}/pass")).status_code == 200
            assert {name for name, _ in await silent(office)} == {"Haus Eiche"}

    asyncio.run(run())


def test_nobody_says_it_for_others_and_what_cannot_be_dialled_is_told(tmp_path: Path) -> None:
    async def run() -> None:
        async with open_house(tmp_path) as house:
            oak, elm, office = [await house.inside(one) for one in ("e.eiche", "u.ulme", "h.hier")]
            found = [(await one.act(REACH, phone=PHONE)).status_code for one in (oak, office)]
            assert found == [422, 403]
            wrong = await elm.act(REACH, phone="3023125001")
            assert wrong.status_code == 422
            assert "keine Telefonnummer mit Vorwahl" in wrong.json()["mistakes"][0]["why"]
            (group,) = (await elm.get("/api/groups"))["groups"]
            assert (group["phone"], group["address"]) == ("", "")

    asyncio.run(run())
