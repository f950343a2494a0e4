"""Names over HTTP: corrected and deleted by their office, told to who knew them, and all looks page by page."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

import pytest

from lisa_core.host.patience import patience
from sojus.portal import program
from sojus.portal.handlers import cases
from sojus.store.persons.database import NOTE_TRACES
from sojus.store.persons.opening import FILE, open_persons
from sojus.store.persons.persons import Persons
from tests.sojus.portal.house import LIMIT_S, House, Somebody, new_key
from tests.sojus.portal.test_door import in_house

T = TypeVar("T")
MINE, HOUSES = "auskunft", "betreuung"


async def confirmed(office: Somebody, house: Somebody) -> tuple[str, str]:
    """A case and its reservation at this house, which takes them in."""
    case = await office.case()
    wish = {"places": [{"place": "bett-1"}], "from": "2026-12-01", "case": case}
    kept = (await office.act("/api/reserve", **wish)).json()["reservation"]
    assert (await house.act(f"/api/reservations/{kept}/confirm")).status_code == 200
    return case, kept


async def names(who: Somebody, case: str, purpose: str) -> list[str]:
    said = await who.get(f"/api/cases/{case}?purpose={purpose}")
    return [one["name"] for one in said["people"]]


async def told(who: Somebody) -> list[tuple[Any, str]]:
    return [(one["case"], one["sentence"]) for one in (await who.get("/api/mine"))["names"]]


def test_an_act_is_answered_by_its_key_as_it_was_also_when_the_name_of_its_case_has_gone(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        here = await opened.inside("h.hier")
        case = await here.case()
        wish = {"key": new_key(), "places": [{"place": "bett-1"}], "from": "2026-12-01", "case": case}
        kept = (await here.post("/api/reserve", wish)).json()
        assert (await here.act(f"/api/reservations/{kept['reservation']}/cancel")).status_code == 200
        assert (await here.act(f"/api/cases/{case}/forget", purpose=MINE)).status_code == 200
        again = await here.post("/api/reserve", wish)
        assert (again.status_code, again.json()["again"], again.json()["at"]) == (200, True, kept["at"]), again.text
        assert (await here.post("/api/reserve", {**wish, "key": new_key()})).status_code == 422

    in_house(tmp_path, walk)


def test_a_name_is_corrected_and_deleted_once_and_who_knew_it_hears_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "LOOK_S", 0.05)

    async def walk(opened: House) -> None:
        here, there, house, other = [await opened.inside(one) for one in ("h.hier", "d.dort", "e.eiche", "u.ulme")]
        case, kept = await confirmed(here, house)
        assert await names(house, case, HOUSES) == ["Erika Muster"]
        right = {"key": new_key(), "purpose": MINE, "people": [{"name": "Erika Probe", "born": "2011-05-17"}]}
        for stranger in (there, house, other):
            answer = await stranger.post(f"/api/cases/{case}/correct", {**right, "purpose": MINE})
            assert answer.status_code in (403, 422), answer.text
            assert "Muster" not in answer.text
        async with house.listening() as ear, other.listening() as silent:
            first = (await here.post(f"/api/cases/{case}/correct", right)).json()
            again = (await here.post(f"/api/cases/{case}/correct", right)).json()
            assert (first["again"], again) == (False, {**first, "again": True})
            number = await here.post(f"/api/cases/{case}/correct", {**right, "reference": "51.2-9"})
            assert (number.status_code, "schon etwas anderes" in number.json()["error"]) == (422, True)
            _, said = await ear.next("mine")
            assert (said["what"], "Bitte den Namen neu ansehen" in said["sentence"]) == ("name", True)
            assert (await told(house))[0] == (case, said["sentence"])
            assert [(await one.get("/api/mine"))["named"] for one in (here, house, other)] == [[case], [case], []]
            assert "Probe" not in said["sentence"]
            assert await names(house, case, HOUSES) == ["Erika Probe"]
            assert (await told(house), await told(other)) == ([], [])
            wish = {"key": new_key(), "purpose": MINE}
            answer = await here.post(f"/api/cases/{case}/forget", wish)
            assert (answer.status_code, answer.json()["reason"]) == (422, "wrong")
            assert "die Reservierung von „Zimmer 1“" in answer.json()["error"]
            assert (await here.act(f"/api/reservations/{kept}/cancel")).status_code == 200
            assert (await here.post(f"/api/cases/{case}/forget", {**wish, "purpose": "x"})).status_code == 422
            gone = (await here.post(f"/api/cases/{case}/forget", wish)).json()
            assert (await here.post(f"/api/cases/{case}/forget", wish)).json() == {**gone, "again": True}
            while "gelöscht" not in said["sentence"]:
                _, said = await ear.next("mine")
            assert await told(house) == [(None, said["sentence"])]
            assert (await here.client.get(f"/api/cases/{case}?purpose={MINE}")).status_code == 403
            assert (await here.get("/api/cases"))["cases"] == (await here.get("/api/mine"))["named"] == []
            entered = await there.act("/api/cases", name="Max Beispiel", purpose="vermittlung")
            elsewhere = {"places": [{"place": "ulme-1"}], "from": "2026-12-01", "case": entered.json()["case"]}
            assert (await there.act("/api/reserve", **elsewhere)).status_code == 200
            assert (await silent.next("mine"))[1]["what"] != "name", "who knew no name hears first of what is its own"
        audit = await here.get(f"/api/audit?case={case}")
        deeds = [one["what"].partition(".")[2] for one in reversed(audit["entries"])]
        assert [one for one in deeds if one != "verweigert"] == [
            "angelegt",
            "gesehen",
            "berichtigt",
            "gesehen",
            "geloescht",
        ]
        assert {one["purpose"] for one in audit["entries"] if one["purpose"]} <= {
            one["id"] for one in audit["purposes"]
        }
        assert HOUSES in {one["id"] for one in audit["purposes"]}, "that of a provider is called by its name as well"
        assert "traeger" in {one["party"][0] for one in audit["entries"] if not one["account"]}
        assert {one["purpose"] for one in audit["entries"] if one["what"] in ("fall.berichtigt", "fall.geloescht")} == {
            MINE
        }

    in_house(tmp_path, walk)
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("personen.sqlite*"))
    assert not [one for one in (b"Erika Muster", b"Erika Probe") if one in kept]


def test_everything_that_was_looked_at_is_found_page_by_page_and_by_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often somebody looks: what was done before does not fall off the page."""
    monkeypatch.setattr(cases, "LINES", 3)

    async def walk(opened: House) -> None:
        here, house = await opened.inside("h.hier"), await opened.inside("e.eiche")
        first, (second, _) = await here.case(), await confirmed(here, house)
        for _ in range(7):
            await names(house, second, HOUSES)
        lines, before = list[Any](), ""
        while True:
            page = await here.get(f"/api/audit?{before}")
            assert len(page["entries"]) <= 3
            assert {one["case"] for one in page["entries"]} - {None} == {one["case"] for one in page["cases"]}
            lines += page["entries"]
            if not page["more"]:
                break
            before = f"before={page['entries'][-1]['number']}"
        deeds = [one["what"] for one in lines if one["case"]]
        assert deeds == [*["fall.gesehen"] * 7, *["fall.angelegt"] * 2]
        assert len(lines) > len(deeds)
        assert [one["number"] for one in lines] == sorted({one["number"] for one in lines}, reverse=True)
        of_first = await here.get(f"/api/audit?case={first}")
        assert ([one["case"] for one in of_first["entries"]], of_first["more"]) == ([first], False)
        for wrong in ("audit?before=x", "audit?before=-1", "audit?after=1", "audit?case=%00", "cases?find=5%00"):
            assert (await here.client.get(f"/api/{wrong}")).status_code == 400

    in_house(tmp_path, walk)


def test_mineare_found_among_many_by_number_and_file_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "PAGE", 4)

    async def walk(opened: House) -> None:
        here, there = await opened.inside("h.hier"), await opened.inside("d.dort")
        said = {"name": "Erika Muster", "purpose": "vermittlung"}
        for number in range(11):
            answer = await here.act("/api/cases", **said, reference=f"51.2-{number}/Ä" if number % 2 else "")
            assert answer.status_code == 200, answer.text
        found, before = list[int](), ""
        while True:
            page = await here.get(f"/api/cases?{before}")
            found += [one["number"] for one in page["cases"]]
            if not page["more"]:
                break
            before = f"before={page['cases'][-1]['number']}"
        assert found == list(range(11, 0, -1))
        for text, numbers in (
            ("fall 7", [7]),
            ("2", [2, 10, 8, 6]),
            ("-9/ä", [10]),
            ("%", []),
            ("_", []),
            ("Erika", []),
        ):
            page = (await here.client.get("/api/cases", params={"find": text})).json()
            assert [one["number"] for one in page["cases"]] == numbers, text
        assert (await there.get("/api/cases?find=51"))["cases"] == []
        for wrong in ("Erika Muster", "1" * 41, "51\n2"):
            answer = await here.act("/api/cases", **said, reference=wrong)
            assert (answer.status_code, "Aktenzeichen" in answer.json()["error"]) == (422, True)

    in_house(tmp_path, walk)


class Held:
    """The persons' store, whose writer stands still in a look until it may go on."""

    def __init__(self, persons: Persons, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go = threading.Event(), threading.Event()
        run = persons._database.run

        def held(work: Any) -> Any:
            self.begun.set()
            assert self.go.wait(LIMIT_S)
            return run(work)

        monkeypatch.setattr(persons._database, "run", held)


def test_while_a_look_waits_for_the_persons_store_everybody_else_acts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def walk(opened: House) -> None:
        here, there = await opened.inside("h.hier"), await opened.inside("d.dort")
        case, other = await here.case(), await there.case()
        held = Held(opened.portal.persons, monkeypatch)
        try:
            looking = asyncio.create_task(names(here, case, MINE))
            assert await asyncio.to_thread(held.begun.wait, LIMIT_S)
            wish = {"places": [{"place": "ulme-1"}], "from": "2026-12-01", "case": other}
            answer = await asyncio.wait_for(there.act("/api/reserve", **wish), LIMIT_S / 2)
            assert answer.status_code == 200, answer.text
            assert (await asyncio.wait_for(there.get("/api/mine"), LIMIT_S / 2))["reservations"]
            assert not looking.done()
        finally:
            held.go.set()
        assert await looking == ["Erika Muster"]

    in_house(tmp_path, walk)


def test_of_many_names_deleted_at_once_the_files_are_written_anew_once_and_nobody_waits_for_that(
    tmp_path: Path,
) -> None:
    async def walk(opened: House) -> None:
        here, persons = await opened.inside("h.hier"), opened.portal.persons
        mine = [await here.case() for _ in range(3)]
        deleted, done, loop = threading.Event(), asyncio.Event(), asyncio.get_running_loop()
        leave, scrub = persons.leave_no_traces, persons._database.scrub

        def after_that(within_s: float | None = None) -> bool:
            if is_clean := deleted.wait(LIMIT_S) and leave(within_s):
                loop.call_soon_threadsafe(done.set)
            return is_clean

        with (
            mock.patch.object(persons, "leave_no_traces", after_that),
            mock.patch.object(persons._database, "scrub", side_effect=scrub) as anew,
        ):
            for case in mine:
                answer = await here.act(f"/api/cases/{case}/forget", purpose=MINE)
                assert answer.status_code == 200, answer.text
            assert anew.call_count == 0, "who deletes does not wait for it"
            deleted.set()
            async with patience(LIMIT_S):
                await done.wait()
            assert anew.call_count == 1

    with mock.patch.object(program, "TRACES_S", 0.05):
        in_house(tmp_path, walk)
    files = list(tmp_path.glob("personen.sqlite*"))
    assert files
    assert not [one for one in files if b"Erika Muster" in one.read_bytes()]


def test_a_portal_that_ends_takes_its_traces_along_and_one_that_begins_those_of_a_killed_one(tmp_path: Path) -> None:
    def traces() -> int:
        with closing(sqlite3.connect(tmp_path / FILE)) as db:
            return int(db.execute("select traces from sojus_person_state").fetchone()[0])

    async def delete(opened: House) -> None:
        here = await opened.inside("h.hier")
        assert (await here.act(f"/api/cases/{await here.case()}/forget", purpose=MINE)).status_code == 200
        assert traces() > 0

    async def begin(opened: House) -> None:
        async with patience(LIMIT_S):
            while traces() > 0:
                await asyncio.sleep(0)

    with mock.patch.object(program, "TRACES_S", 60 * LIMIT_S):
        in_house(tmp_path, delete)
        assert traces() < 0
        with closing(sqlite3.connect(tmp_path / FILE)) as db, db:  # as a portal that is killed leaves it
            db.execute(NOTE_TRACES)
        in_house(tmp_path, begin)


def test_an_end_does_not_wait_for_long_for_files_that_are_written_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def delete(opened: House) -> None:
        here, persons = await opened.inside("h.hier"), opened.portal.persons
        assert (await here.act(f"/api/cases/{await here.case()}/forget", purpose=MINE)).status_code == 200
        for _ in range(3):
            persons._database.run(lambda do: do("insert into ballast select randomblob(400) from ballast"))

    with closing(open_persons(tmp_path)) as persons:
        persons._database.run(lambda do: do("create table ballast(x blob)"))
        numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) "
        persons._database.run(lambda do: do(f"insert into ballast {numbers} select randomblob(400) from n"))
    with (
        mock.patch.object(program, "LAST_TRACES_S", 0.0),
        mock.patch.object(program, "TRACES_S", 60 * LIMIT_S),
    ):
        in_house(tmp_path, delete)
    assert "Gelöschte Namen stehen noch in den Dateien" in capsys.readouterr().err
    with closing(open_persons(tmp_path)) as persons:
        assert persons.leave_no_traces(), "the next one has the time"
