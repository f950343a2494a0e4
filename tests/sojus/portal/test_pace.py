"""Who has the portal write without an end is slowed down; nobody is locked out, and nobody else notices."""

from __future__ import annotations

import asyncio
from pathlib import Path
from unittest import mock

import pytest

from lisa_core.access import audit
from sojus.portal import pace
from sojus.portal.door import Member
from sojus.portal.pace import A_LINE, ALL_AT_ONCE, PER_S, TooMuchWritten, WritingPace
from tests.sojus.portal.house import House, Somebody, new_key
from tests.sojus.portal.test_door import in_house
from tests.sojus.portal.test_files import _bring
from tests.sojus.providers import HERE, office

ROOM, SLOWLY = 4_000, 12.0
"""Bytes of an account at once, here: some looks, and some acts; and a second afterwards, on a slow machine as well."""


async def look(who: Somebody, case: str, purpose: str) -> int:
    return (await who.client.get(f"/api/cases/{case}", params={"purpose": purpose})).status_code


async def given_up(who: Somebody, case: str, place: str = "bett-1") -> int:
    """Reserved and cancelled, or how that was refused."""
    made = await who.act("/api/reserve", case=case, places=[{"place": place}], **{"from": "2026-12-01"})
    if made.status_code != 200:
        return made.status_code
    return (await who.act(f"/api/reservations/{made.json()['reservation']}/cancel")).status_code


@pytest.mark.parametrize("how", ["looks", "acts"])
def test_looks_and_acts_without_an_end_go_slowly_and_only_for_whoever_does_them(tmp_path: Path, how: str) -> None:
    async def walk(opened: House) -> None:
        greedy, colleague = await opened.inside("h.hier"), await opened.inside("z.zwei")
        case, purpose = await greedy.case(), (await greedy.get("/api/purposes"))["purposes"][0]["id"]
        other = await colleague.case()
        portal = opened.portal
        for _ in range(2 * ROOM // A_LINE):
            status = await (look(greedy, case, purpose) if how == "looks" else given_up(greedy, case))
            if status != 200:
                break
        assert status == 429
        lines, count = portal.persons.noted(), portal.service.kept.count
        refused = await greedy.act("/api/searches", name="Kurs", wish={"area": "probe", "kind": "kurs"})
        assert (refused.status_code, refused.json()["reason"]) == (429, "busy")
        assert 2 <= int(refused.headers["retry-after"]) <= 2_000 / SLOWLY, "for one act, no more"
        assert "Andere Konten Ihrer Stelle" in refused.json()["error"]
        assert await look(greedy, case, purpose) == 429
        assert (portal.persons.noted(), portal.service.kept.count) == (lines, count), "nothing is written of it"
        assert (await greedy.client.get("/api/mine")).status_code == 200, "to read is as before"
        assert await look(colleague, other, purpose) == await given_up(colleague, other, "bett-2") == 200
        noted = [one for one in opened.access.store.entries() if one.name == audit.WRITES_MUCH]
        assert [one.subject for one in noted] == ["h.hier"], "whoever runs it is told once"

    with mock.patch.multiple(pace, ALL_AT_ONCE=ROOM, PER_S=SLOWLY):
        in_house(tmp_path, walk)


def test_a_file_that_is_too_much_for_today_keeps_nobody_from_small_acts(tmp_path: Path) -> None:
    async def walk(opened: House) -> None:
        oak = await opened.inside("e.eiche")
        table = (await oak.client.get("/api/sheets/template/probe", params={"form": "csv", "own": "1"})).content
        seen = [(await _bring(oak, table.replace(b"Zimmer 1", f"Zimmer {n}".encode() * 20))).json() for n in (7, 8)]
        first, second = [f"/api/sheets/{one['preview']}/take" for one in seen]
        assert (await oak.post(first, {"key": new_key()})).status_code == 200
        kept = opened.portal.service.kept
        (entered,) = kept._log.rows(kept.count - 1)
        size = len(entered[5].encode())
        with mock.patch.object(pace, "ALL_AT_ONCE", A_LINE + size + size // 2):
            key = new_key()
            late = await oak.post(second, {"key": key})
            assert late.status_code == 429, late.text
            small = await oak.act("/api/places/bett-2/close", **{"from": "2026-12-01"}, reason="Umbau")
            assert small.status_code == 200, small.text
        assert (await oak.post(second, {"key": key})).status_code == 200, "later the same file is taken in"

    with mock.patch.object(pace, "PER_S", 1.0):
        in_house(tmp_path, walk)


def test_whoever_was_slowed_has_again_all_of_it_after_a_while() -> None:
    async def walk() -> None:
        told = list[str]()
        here, loop = Member("h.hier", office(HERE), (), mock.Mock()), asyncio.get_running_loop()
        slow_down = WritingPace(told.append)
        with mock.patch.object(loop, "time", return_value=1_000.0) as now:
            slow_down.check(here, 10 * ALL_AT_ONCE)  # more than all at once, where nothing was before
            slow_down.note(here, ALL_AT_ONCE)
            with pytest.raises(TooMuchWritten) as slow:
                slow_down.check(here)
            now.return_value += slow.value.wait_s
            slow_down.line(here)
            with pytest.raises(TooMuchWritten):
                slow_down.check(here)
            now.return_value += ALL_AT_ONCE / PER_S + 60
            slow_down.check(here, ALL_AT_ONCE)
        assert told == ["h.hier"]

    asyncio.run(walk())
