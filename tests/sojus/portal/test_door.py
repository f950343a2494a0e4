"""Who is let in, in whose name, and what is refused at the door: row by row, each with its sentence and its reason."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from lisa_core.domain.model.screen import Leaflet
from sojus.domain.placement.events import Ask
from sojus.domain.placement.requests import MOST_ASKED
from sojus.portal.door import Invented
from sojus.portal.spoken.acts import act_of
from sojus.portal.spoken.said import Said
from tests.sojus.portal.house import NOON, WISH, House, open_house
from tests.sojus.providers import HERE, OAK, house, office

PEOPLE = (Invented("amt", "Erika Muster", office(HERE)), Invented("haus", "Max Muster", house(OAK)))


def in_house(tmp_path: Path, walk: Callable[[House], Awaitable[None]], **how: Any) -> None:
    async def run() -> None:
        async with open_house(tmp_path, **how) as opened:
            await walk(opened)

    asyncio.run(run())


def test_one_account_acts_in_one_name_at_a_time_and_chooses_it(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        both = await opened.inside("z.zwei")
        me = await both.get("/api/me")
        assert (me["role"], [one["role"] for one in me["memberships"]]) == ("jugendamt", ["jugendamt", "traeger"])
        assert (await both.client.get("/api/groups")).status_code == 403
        office, house = [one["as"] for one in me["memberships"]]
        assert (await both.post("/api/me", {"as": house})).status_code == 200
        assert (await both.get("/api/me"))["office_name"] == "Eiche"
        for made_for in ({}, {"X_SoJuS_As": ""}, {"X_SoJuS_As": office}, {"X_SoJuS_As": f"{house}, {office}"}):
            answer = await both.post("/api/cases", {}, **made_for)
            assert (answer.status_code, "andere Stelle" in answer.json()["error"]) == (403, True), made_for
            own = {"Content_Type": "application/octet-stream", **made_for}
            assert "andere Stelle" in (await both.post("/api/sheets", {}, **own)).json()["error"], made_for
        await both.look()
        assert len((await both.get("/api/groups"))["groups"]) == 3
        with mock.patch.object(opened.access, "acted") as acted:
            assert await both.get("/api/awaited") == {"count": 0}
            assert not acted.called, "a page asks it by itself, also of whoever has gone"
            await both.get("/api/mine")
            assert acted.called
        answer = await both.post("/api/search", WISH)
        assert (answer.status_code, answer.json()["reason"]) == (403, "right")
        assert (await both.post("/api/me", {"as": "nix"})).status_code == 403
        account = (await both.client.get("/konto")).text
        assert [one in account for one in ("steht in SoJuS", "Zu SoJuS", "Arbeitsplatz")] == [True, True, False]
        nowhere = await opened.inside("n.niemand")
        answer = await nowhere.client.get("/api/me")
        assert (answer.status_code, "lisa portal member add" in answer.json()["error"]) == (403, True)
        page = await nowhere.client.get("/")
        assert (page.status_code, "lisa portal member add" in page.text) == (403, True)

    in_house(tmp_path, walk)


def test_who_is_no_longer_a_member_acts_no_more(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here = await opened.inside("h.hier")
        async with here.listening() as ear:
            member = opened.portal.persons.memberships("h.hier")[0]
            assert opened.portal.persons.end(member, NOON)
            name, said = await ear.next("over")
            assert (name, "nicht mehr" in said["sentence"]) == ("over", True)
        assert (await here.client.get("/api/me")).status_code == 403

    in_house(tmp_path, walk)


def test_as_long_as_nobody_has_an_account_invented_people_stand_at_the_door(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        guest = await opened.somebody()
        assert "Wer sind Sie?" in (await guest.client.get("/")).text
        assert (await guest.client.get("/api/me")).status_code == 401
        assert [one["id"] for one in await guest.get("/api/demo")] == ["amt", "haus"]
        assert (await guest.post("/api/demo", {"as": "wer"})).status_code == 422
        assert (await guest.client.get("/api/demo", headers={"X-Forwarded-For": "1.2.3.4"})).status_code == 403
        assert (await guest.post("/api/demo", {"as": "haus"})).status_code == 200
        me = await guest.get("/api/me")
        assert (me["name"], me["role"], me["demo"]) == ("Max Muster", "traeger", True)

    in_house(tmp_path, walk, empty=True, people=PEOPLE)


REFUSED: dict[str, tuple[dict[str, str], Any, int, str]] = {
    "another page": ({"Origin": "http://evil.example"}, WISH, 403, ""),
    "no mark of ours": ({"X_SoJuS": ""}, WISH, 403, "eigenen Seite"),
    "a frame of somebody else": ({"Sec_Fetch_Site": "cross-site"}, WISH, 403, "eigenen Seite"),
    "an unknown key": ({}, {**WISH, "kindd": 1}, 400, "„kindd“ kennt diese Anfrage nicht"),
    "an unknown key inside": ({}, {**WISH, "people": [{"alter": 1}]}, 400, "„people[0].alter“"),
    "a number as a text": ({}, {**WISH, "people": [{"age": "12"}]}, 400, "„people[0].age“: Hier wird eine ganze Zahl"),
    "no day": ({}, {**WISH, "start": "1.12.2026"}, 400, "„start“: Hier wird ein Tag"),
    "no object": ({}, [], 400, "Anfrage"),
    "too long a list": ({}, {**WISH, "tenants": ["a"] * 201}, 400, "„tenants“"),
    "what there is not": ({}, {**WISH, "kind": "nix"}, 422, "Die Hilfeart „nix“ gibt es nicht"),
    "a field that there is not": ({}, {**WISH, "area": "nix"}, 422, "Arbeitsfeld „nix“"),
    "a place on no earth": ({}, {**WISH, "near": {"point": [91, 0]}}, 422, "Diesen Ort gibt es nicht"),
    "truth as a number": ({}, {**WISH, "near": {"point": [True, 0]}}, 400, "„near.point“"),
}


def test_what_is_said_is_read_strictly_and_answered_in_a_sentence(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here = await opened.inside("h.hier")
        for name, (headers, said, status, sentence) in REFUSED.items():
            answer = await here.post("/api/search", said, **headers)
            assert answer.status_code == status, (name, answer.text)
            assert sentence in (answer.json()["error"] if sentence else ""), (name, answer.text)
        for body in (b"", b"nix", b"{" * 40, b'{"area":"\xff"}', b"[" + b"1," * 40_000 + b"1]"):
            headers = {"X-SoJuS": "1", "Content-Type": "application/json"}
            answer = await here.client.post("/api/search", content=body, headers=headers)
            assert (answer.status_code, answer.json()["reason"]) == (400, "wrong"), body[:20]
        for body, key in (
            (b'{"area":"probe","kind":"wohnen","kind":"nix"}', "kind"),
            (b'{"near":[{"a":1,"a":1}]}', "a"),
        ):
            answer = await here.client.post("/api/search", content=body, headers=headers)
            told = f"„{key}“ steht in der Anfrage zweimal"
            assert (answer.status_code, told in answer.json()["error"]) == (400, True), answer.text
        answer = await here.client.post("/api/search", content=b"{}", headers={"X-SoJuS": "1"})
        assert (answer.status_code, "application/json" in answer.json()["error"]) == (400, True)
        for path in ("/api/nix", "/nix"):
            assert (await here.client.get(path)).status_code == 404

    in_house(tmp_path, walk)


PASSED_OVER = {
    "/api/changes?place=a&place=b&place=c&place=d": "„place“ steht 4 Mal in der Adresse; gelesen wird es höchstens 3",
    "/api/audit?before=9&before=5": "„before“ steht 2 Mal in der Adresse",
    "/api/mine?before=5": "„before“ kennt diese Anfrage nicht; bekannt sind: keine.",
    "/api/places/bett-1?from=2026-12-01": "„from“ kennt diese Anfrage nicht",
    "/api/sheets/template/probe?own=ja": "„own“: Hier wird eines davon: 0, 1 erwartet",
    "/api/sheets/template/probe?form=pdf": "„form“: Hier wird eines davon: xlsx, csv erwartet",
}


def test_of_what_is_asked_nothing_is_passed_over(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here, oak = await opened.inside("h.hier"), await opened.inside("e.eiche")
        for address, sentence in PASSED_OVER.items():
            answer = await oak.client.get(address)
            assert (answer.status_code, sentence in answer.json()["error"]) == (400, True), answer.text
        answer = await here.post("/api/search?days=3", WISH)
        assert (answer.status_code, "„days“" in answer.json()["error"]) == (400, True), answer.text
        answer = await here.post("/api/compare", {"places": ["bett-1", "bett-2", "bett-3", "ulme-1"]})
        assert (answer.status_code, "bis zu 3 Plätze" in answer.json()["error"]) == (422, True), answer.text
        for doing, more in (("free", "amount"), ("open", "until"), ("occupy", "reason")):
            answer = await oak.act(f"/api/places/bett-1/{doing}", **{"from": "2026-12-01", more: None})
            assert (answer.status_code, f"„{more}“" in answer.json()["error"]) == (400, True), answer.text

    in_house(tmp_path, walk)


@pytest.mark.parametrize("who", ["e.eiche", "m.land", "d.dort"])
def test_nobody_does_what_is_not_hers(tmp_path: Path, who: str) -> None:
    """Each act, on what belongs to another office: nothing is done, and nothing of it is said."""

    async def walk(opened: House) -> None:
        here, other = await opened.inside("h.hier"), await opened.inside(who)
        wish = {"places": [{"place": "ulme-1"}], "from": "2026-12-01", "case": await here.case()}
        kept = (await here.act("/api/reserve", **wish)).json()["reservation"]
        for doing in ("extend", "cancel", "confirm", "decline", "admit"):
            more = {"decline": {"reason": "voll"}, "admit": {"day": "2026-12-01"}}.get(doing, {})
            answer = await other.act(f"/api/reservations/{kept}/{doing}", **more)
            assert (answer.status_code, answer.json()["reason"]) == (403, "right"), (doing, answer.text)
        assert kept not in (await other.client.get("/api/mine")).text
        case = await here.case()
        purpose = (await here.get("/api/purposes"))["purposes"][0]["id"]
        seen = await other.client.get(f"/api/cases/{case}", params={"purpose": purpose})
        assert seen.status_code in (403, 422)
        assert "Muster" not in seen.text
        assert (await here.get(f"/api/cases/{case}?purpose={purpose}"))["people"][0]["name"] == "Erika Muster"
        assert len((await here.get("/api/audit"))["entries"]) >= 2

    in_house(tmp_path, walk)


def test_no_name_comes_into_the_log_as_a_case(tmp_path: Path) -> None:
    """What stands there stays for ever: only an id that was made here, of a case of the own office."""

    async def walk(opened: House) -> None:
        here, there, provider = [await opened.inside(one) for one in ("h.hier", "d.dort", "e.eiche")]
        foreign = await there.case()
        parts = {"places": [{"place": "ulme-1"}], "from": "2026-12-01"}
        waits = {"group": "betten", "from": "2026-12-01"}
        people = {"area": "probe", "kind": "wohnen", "people": [{"age": 12, "gender": "alle"}], "to": ["eiche"]}
        asks = {**people, "from": "2026-12-01"}
        for path, said in (("/api/reserve", parts), ("/api/wait", waits), ("/api/requests", asks)):
            for case in ("Erika Muster", foreign, "fall-1"):
                answer = await here.act(path, **said, case=case)
                assert (answer.status_code, answer.json()["reason"]) == (422, "wrong"), (path, answer.text)
            own = await here.act(path, **said, case=await here.case())
            assert own.status_code == 200, (path, own.text)
        assert (await provider.act("/api/reserve", **parts, case="Erika Muster")).status_code == 403

    in_house(tmp_path, walk)
    kept = [file.read_bytes() for file in tmp_path.rglob("sojus.sqlite*")]
    assert any(b'"case"' in one for one in kept)
    assert not any(b"Muster" in one for one in kept)


def test_a_desk_that_the_portal_knows_is_handed_a_few_lines_without_a_name_or_a_price(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        both = await opened.inside("z.zwei")
        assert (await both.get("/api/me"))["desks"] == ["https://lisa.landkreis.example"]
        place = await both.get("/api/places/bett-1")
        leaflet = Leaflet(place["leaflet"]["title"], tuple(place["leaflet"]["lines"]))
        assert leaflet.fits
        assert leaflet.title == place["facility_name"]
        assert {place["kind_name"], place["free"]} <= set(leaflet.lines)
        assert place["price"]["sentence"] not in leaflet.lines

    in_house(tmp_path, walk, desks=("https://lisa.landkreis.example",))


def test_whom_the_rule_lets_be_asked_at_once_the_door_lets_in() -> None:
    houses = [f"haus-{number}" for number in range(MOST_ASKED)]
    said = Said({"case": "c", "area": "probe", "kind": "wohnen", "from": "2026-12-01", "to": list(houses)})
    event = act_of("requests", "", "", said, "anfrage")
    said.end()
    assert isinstance(event, Ask)
    assert event.to == tuple(houses)
