"""Where somebody is logged in, and ending one of these sessions: hers, after her password, and nobody else's."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

from lisa_core.access import texts
from lisa_core.access.keeping.port import AccessChange
from lisa_core.access.second_step import OFFER_S
from tests.access.house import PASSWORD, Guest, House, open_house

OTHERS = re.compile(r'name="session" value="([0-9a-f]{64})"')


async def others_of(guest: Guest) -> list[str]:
    return OTHERS.findall((await guest.get("/konto")).text)


def test_she_sees_where_she_is_logged_in_and_ends_one_of_them() -> None:
    async def run() -> None:
        async with open_house() as house:
            here = await house.inside("e.muster")
            assert await others_of(here) == []
            house.pass_s(600)
            there = await house.inside("e.muster")
            (other,) = await others_of(here)
            page = (await here.get("/konto")).text
            assert "in diesem Browser, seit 23.11.2026, 12:00 Uhr" in page
            assert "anderswo, seit 23.11.2026, 12:10 Uhr" in page
            async with there.desk("vogt") as desk:
                assert await desk.first() == ""
                for said, text in (
                    ({"welche": other, "kennwort": "falsch"}, texts.OLD_WRONG),
                    ({"welche": "0" * 64, "kennwort": PASSWORD}, texts.NO_SUCH_SESSION),
                    ({"welche": (await others_of(there))[0], "kennwort": PASSWORD}, texts.NO_SUCH_SESSION),
                ):
                    answer = await here.post("/sitzung", said)
                    assert (answer.status_code, answer.json()["text"]) == (401, text)
                answer = await here.post("/sitzung", {"welche": other, "kennwort": PASSWORD})
                assert answer.json() == {"weiter": "/konto"}
                assert await desk.until_refused() == "session"
            assert (await there.get("/konto")).status_code == 303
            assert (await here.get("/platz/vogt")).status_code == 200
            assert house.noted("sitzung.beendet") == [("e.muster", "selbst")]

    asyncio.run(run())


def test_nobody_ends_a_session_of_somebody_else_or_from_another_page() -> None:
    async def run() -> None:
        async with open_house() as house:
            mine, hers = await house.inside("b.beispiel"), await house.inside("e.muster")
            (theirs,) = house.store.sessions_of("e.muster")
            answer = await mine.post("/sitzung", {"welche": theirs.id, "kennwort": PASSWORD})
            assert answer.json()["text"] == texts.NO_SUCH_SESSION
            said = {"welche": theirs.id, "kennwort": PASSWORD}
            assert (await hers.post("/sitzung", said, Origin="https://boese.example")).status_code == 403
            assert (await (await house.guest()).post("/sitzung", said)).status_code == 401
            assert (await hers.get("/platz/vogt")).status_code == 200

    asyncio.run(run())


def test_with_an_account_of_another_house_soon_after_logging_in() -> None:
    async def run() -> None:
        async with open_house() as house:
            here = await house.inside("e.muster")
            await house.inside("e.muster")
            await _becomes_of_another_house(house)
            (other,) = await others_of(here)
            house.pass_s(OFFER_S + 60)
            assert (await here.post("/sitzung", {"welche": other})).json()["text"] == texts.LOG_IN_ANEW
            house.pass_s(-600)
            assert (await here.post("/sitzung", {"welche": other})).status_code == 200
            assert await others_of(here) == []

    asyncio.run(run())


async def _becomes_of_another_house(house: House) -> None:
    known = house.store.account("e.muster")
    assert known is not None
    house.store.write(AccessChange(accounts=(replace(known, password="", openid="4711"),)))
