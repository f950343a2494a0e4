"""The database is away for a while: talks go on, new people are told, and afterwards nothing is missing."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from lisa_core.domain.model.ids import OfficeId, ServiceId
from lisa_core.exchange.executor import Exchange
from lisa_core.exchange.program import open_exchange
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.harness.rig.rig import MEMORY, Wishes, open_rig
from lisa_core.store.postgres import database as connections
from lisa_core.store.postgres.place import DatabaseAddress, place_of
from tests.booth.test_visits import CARE, FRONT, MONDAY, Stage, signed
from tests.store.cut import Cut
from tests.store.killing import passes
from tests.store.stores import PostgresStore
from tests.store.test_full_disk import PROFILE


def play(scenario: Callable[[Stage], Awaitable[None]], place: DatabaseAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    @asynccontextmanager
    async def there(directory: Any, rules: Any, clock: Any, data: None, *, apart: bool) -> AsyncIterator[Exchange]:
        async with open_exchange(directory, rules, clock, place, apart=apart) as exchange:
            yield exchange

    async def run() -> None:
        async with AsyncExitStack() as stack:
            rig = await stack.enter_async_context(open_rig(PROFILE, Wishes(kind=MEMORY, civil=MONDAY)))
            await scenario(Stage(rig, stack))

    monkeypatch.setattr("lisa_core.harness.rig.rig.open_exchange", there)
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(run())


def test_a_minute_without_its_database(
    database: PostgresStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(connections, "AGAIN_S", 0.01)
    server = database.server
    url = server.socket_url(database.name).replace(str(server.folder), str(tmp_path))
    names = partial(_names, database)

    async def scenario(on: Stage, way: Cut) -> None:
        front, care, other = await on.desk(FRONT), await on.desk(CARE), await on.desk(FRONT, 1)
        actor = on.rig.opened.actor
        await actor.enter()
        await on.answer(front)
        front.forward(OfficeId(CARE), ServiceId("pflegeberatung"))
        await on.answer(care)
        await signed(actor, on.rig.screen, care)
        leg, before = care.leg, names()

        way.close()
        other.pause()
        await passes(2)
        assert "Gespräche laufen weiter" in capsys.readouterr().err
        care.hand_in()
        await care.until(lambda d: "kann gerade nicht angenommen werden" in d.case.notice, "abgelehnt", 30)
        await actor.open_door()
        await care.until(lambda d: any(n.code == "door.open" for n in d.notices), "what is relayed goes on", 30)
        await actor.close_door()
        await passes(60)
        assert (care.leg, care.state) == (leg, "im_gespraech"), "the talk is as it was"
        assert other.state == "bereit", "told only once it is durable"
        assert names() == before

        way.open()
        end_s, rhythm = time.monotonic() + 20, threading.Event()
        while on.rig.exchange._was_dry and time.monotonic() < end_s:
            rhythm.wait(0.02)  # the way is real, so is the time until it is there again
            await passes(0.2)
        await other.until(lambda d: d.state == "pause", "pause", 10)
        care.hand_in()
        await care.until(lambda d: d.case.form and d.case.form.receipt, "angenommen", 30)
        care.hang_up()
        await actor.leave()
        assert await on.outcome() == "antrag_eingereicht"
        assert "nichts davon fehlt" in capsys.readouterr().err

    with Cut(server.folder / f".s.PGSQL.{server.port}", tmp_path, server.port) as way:
        play(lambda on: scenario(on, way), place_of(url), monkeypatch)
    assert [names().count(name) for name in ("platz.pause", "antrag.eingegangen", "besuch.beendet")] == [1, 1, 1]
    assert database.log().told == ()


def _names(database: PostgresStore) -> list[object]:
    return [name for (name,) in database.ask("select name from journal order by number")]
