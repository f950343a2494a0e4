"""Two exchanges on one database: the one that works is killed at each kind of event, and the other goes on.

Booths and desks dial both addresses. What was accepted is not lost, nothing happens twice, and the order stays.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import random
import signal
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import pytest

from lisa_core.domain.case.canonical import sha256
from lisa_core.domain.model.ids import AgentId, CallId, OfficeId, SiteId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.wire import messages as m
from tests.routing.office import BRANDT, SEIDEL, SITES
from tests.standby.takeovers import Doors, Pair, pair
from tests.store.killing import passes
from tests.store.stores import PostgresStore
from tests.store.test_queue_killed import KEY, End

LONG = bool(os.environ.get("LISA_LONG"))
KINDS = (
    "anruf.begonnen",
    "anruf.angenommen",
    "antrag.eingegangen",
    "anruf.beendet",
    "besuch.beendet",
    "buero.verbunden",
    "platz.angemeldet",
)
EVENTS = [(kind, (number + turn) % 2 == 1) for turn in range(2) for number, kind in enumerate(KINDS)]
"""Before the commit and after it; the first seven have each kind once."""


@dataclass
class House:
    """What booths and desks did and heard."""

    pair: Pair
    handed_in: set[CallId] = field(default_factory=set)
    accepted: dict[str, CallId] = field(default_factory=dict)
    """By the number on the receipt."""
    visits: int = 0

    async def booth(self, site: SiteId) -> End:
        """Visits one after the other, until the last kill is over."""
        end = End(Doors(self.pair.ports), m.BoothHello(site, "s", key=KEY))  # type: ignore[arg-type]  # dials as well
        number = 0
        while not (self.pair.over.is_set() and number):
            number += 1
            visit = VisitId(f"{site}-{number}")
            call = CallId(f"{visit}/1")
            end.say(m.PlaceCall(visit), call)
            await end.until(lambda b, call=call: call in b.all(m.Answered), 120)
            package = str(call).encode()
            data = base64.b64encode(package).decode()
            end.say(m.SubmissionPart(visit, OfficeId("wohngeldstelle"), 0, 1, sha256(package), data), call)
            await end.until(lambda b, visit=visit: receipt(b, visit), 120)
            self.accepted[receipt(end, visit).number] = call
            self.handed_in.add(call)
            await end.until(lambda b, call=call: call in b.all(m.CallEnded), 120)
            end.say(m.VisitEnded(visit, Outcome("antrag_eingereicht"), copy=True))
            self.visits += 1
        return end

    async def desk(self, agent: AgentId) -> End:
        """Takes whatever is offered, and hangs up when the booth has its receipt."""
        end = End(Doors(self.pair.ports), m.DeskHello(agent, "s", secret="g"))  # type: ignore[arg-type]  # dials as well
        end.say(m.Ready(headset=True))
        served = 0
        while True:
            await end.until(lambda d, n=served: len(dict.fromkeys(d.all(m.Offer))) > n, 1000)
            call = list(dict.fromkeys(end.all(m.Offer)))[served]
            end.say(m.Accept(), call)
            await end.until(lambda d, call=call: call in d.all(m.Taken), 120)
            while call not in self.handed_in:
                await passes(0.01)
            end.say(m.HangUp(), call)
            served += 1


def receipt(booth: End, visit: VisitId) -> Any:
    return next((b for _, b in booth.heard if isinstance(b, m.SubmissionReceived) and b.submission == visit), None)


async def day(
    store: PostgresStore, kills: Sequence[tuple[str, bool]], how: str = "KILL"
) -> tuple[House, list[End], Pair]:
    async with AsyncExitStack() as stack:
        two = await stack.enter_async_context(pair(store.server.socket_url(store.name), kills, how))
        house = House(two)
        desks = [asyncio.create_task(house.desk(agent)) for agent in (BRANDT, SEIDEL)]
        stack.callback(lambda: [task.cancel() for task in desks])
        booths = await asyncio.gather(*(house.booth(site) for site in SITES[:3]))
        if how == "STOP":
            for pid in two.stopped:
                os.kill(pid, signal.SIGCONT)
            async with asyncio.timeout(30):
                while len(two.ended) < len(kills):
                    await passes(0.05)
        await passes(1)  # the last ends are acknowledged
        for end in booths:
            for task in end.tasks:
                task.cancel()
        return house, booths, two


@pytest.mark.timeout(3000 if LONG else 120)
def test_killed_at_each_kind_of_event_the_other_goes_on(database: PostgresStore) -> None:
    kills = EVENTS * 25 if LONG else EVENTS[:10]
    house, booths, two = asyncio.run(day(database, kills))
    check(house, booths, database)
    check_takeovers(two, kills)


@pytest.mark.long
@pytest.mark.timeout(3000)
@pytest.mark.skipif(not LONG, reason="200 Augenblicke dauern Minuten: nur mit LISA_LONG=1")
def test_killed_at_any_moment_the_other_goes_on(database: PostgresStore) -> None:
    chance = random.Random(17)
    kills = [(f"+{chance.uniform(0.02, 1.2):.3f}", False) for _ in range(200)]
    house, booths, two = asyncio.run(day(database, kills))
    check(house, booths, database)
    check_takeovers(two, kills)


@pytest.mark.timeout(3000 if LONG else 120)
def test_cut_off_from_everybody_it_is_succeeded_and_writes_nothing_when_it_is_back(database: PostgresStore) -> None:
    """It stands still with its connections open, before and after a commit; when it goes on it ends by itself."""
    kills = EVENTS * 2 if LONG else [("anruf.angenommen", False)]
    house, booths, two = asyncio.run(day(database, kills, "STOP"))
    check(house, booths, database)
    check_takeovers(two, kills)
    assert len(two.ended) == len(kills)
    assert all("übernommen" in why for why in two.ended), two.ended


def check_takeovers(two: Pair, kills: Sequence[tuple[str, bool]]) -> None:
    """Each was succeeded; how soon is asserted where nothing else runs beside it."""
    took_s = two.takeovers_s
    assert len(took_s) == len(kills)
    p99_s = took_s[int(len(took_s) * 0.99)]
    print(f"{len(kills)} ends: takeover median {median(took_s):.2f} s, p99 {p99_s:.2f} s, longest {took_s[-1]:.2f} s")
    if LONG:
        assert p99_s <= 2.0


def check(house: House, booths: list[End], store: PostgresStore) -> None:
    """Nothing accepted is lost, nothing is twice, the order stays."""
    for booth in booths:
        assert max(Counter(booth.all(m.Answered)).values()) == 1, "connected once"
        assert max(Counter(booth.all(m.CallEnded)).values()) == 1, "ended once"
        assert all(isinstance(fresh, bool) and not fresh for fresh in booth.ups), "its link goes on"
    with contextlib.closing(store.log()) as log, contextlib.closing(store.inbox()) as inbox:
        assert log.told == ()
        entries, packages = log.read(), inbox.packages()
    numbers = Counter(entry.detail for entry in entries if entry.name == "antrag.eingegangen")
    lost = [number for number, call in house.accepted.items() if packages.get(number) != str(call).encode()]
    twice = [number for number, times in numbers.items() if times > 1]
    print(f"accepted {len(house.accepted)}, lost {len(lost)}, twice {len(twice)}")
    assert (lost, twice) == ([], [])
    assert set(house.accepted) == set(numbers) == set(packages)
    once = [entry.subject for entry in entries if entry.name == "besuch.beendet"]
    assert len(once) == len(set(once)) == house.visits
    placed = [entry.subject for entry in entries if entry.name == "anruf.begonnen"]
    taken = [entry.subject for entry in entries if entry.name == "anruf.angenommen"]
    assert len(placed) == len(set(placed)) == len(taken) == len(set(taken)) == house.visits
