"""People of two offices and two houses who act at portals over HTTP, all at once.

What each was answered is noted; who got no answer asks again by the same key, at whichever portal is open.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from lisa_core.access.accounts import Account
from lisa_core.access.hashing import Hasher
from lisa_core.access.keeping.port import AccessChange
from lisa_core.access.opening import open_store
from lisa_core.domain.model.ids import TenantId as AccessTenant
from lisa_core.store.postgres.place import place_of
from sojus.config.field_file import load_vocabulary
from sojus.domain.model.actors import Actor, Role
from sojus.domain.model.ages import Ages
from sojus.domain.model.days import Span
from sojus.domain.model.ids import (
    FacilityId,
    FieldId,
    GenderId,
    GroupId,
    KindId,
    OfficeId,
    PlaceId,
    ProviderId,
    RateId,
    TenantId,
)
from sojus.domain.model.units import RateUnit
from sojus.domain.placement.events import TakeIn
from sojus.domain.register.entries import Facility, Given, Group, Place, Provider, Rate
from sojus.domain.rights.members import Membership
from sojus.domain.search.offer import Point
from sojus.portal.door import name_of
from sojus.store.entries import Rules
from sojus.store.opening import open_placements
from sojus.store.persons.opening import open_persons
from sojus.store.turn import Wish
from tests.sojus.portal.house import LIMIT_S, PASSWORD, PLAIN, new_key
from tests.sojus.providers import given

AREA, KIND = FieldId("jugendhilfe"), KindId("heim")
UCKERMARK, BARNIM = TenantId("uckermark"), TenantId("barnim")
OAK, ELM = ProviderId("eiche"), ProviderId("ulme")
EACH = 3
"""Beds of a house: few, so that many want the same."""
PEOPLE = (
    ("a.eins", Actor(Role.YOUTH_OFFICE, OfficeId("jugendamt-uckermark"), UCKERMARK)),
    ("a.zwei", Actor(Role.YOUTH_OFFICE, OfficeId("jugendamt-uckermark"), UCKERMARK)),
    ("b.eins", Actor(Role.YOUTH_OFFICE, OfficeId("jugendamt-barnim"), BARNIM)),
    ("b.zwei", Actor(Role.YOUTH_OFFICE, OfficeId("jugendamt-barnim"), BARNIM)),
    ("e.eiche", Actor(Role.PROVIDER, OfficeId(OAK), UCKERMARK)),
    ("u.ulme", Actor(Role.PROVIDER, OfficeId(ELM), BARNIM)),
)
CLERK_OF_CASES = "auskunft"
"""A purpose to which an office corrects and deletes names."""
CASES = 4


def rules() -> Rules:
    return Rules((load_vocabulary(AREA),))


def places_of(house: ProviderId) -> list[PlaceId]:
    return [PlaceId(f"{house}-{number}") for number in range(1, EACH + 1)]


def _entries(house: ProviderId, tenant: TenantId) -> tuple[Given, ...]:
    group = GroupId(f"{house}-gruppe")
    return given(
        Provider(house, house.title(), tenant),
        Facility(FacilityId(f"{house}-haus"), house, f"Haus {house.title()}", Point(53.5, 13.25)),
        Group(group, FacilityId(f"{house}-haus"), "Gruppe A", AREA, KIND, Ages(6, 17), frozenset({GenderId("w")})),
        *(Place(one, group, f"Zimmer {number}") for number, one in enumerate(places_of(house), 1)),
        Rate(RateId(f"{house}-r"), group, Span(date(2026, 1, 1)), 18_250, RateUnit.DAY),
    )


async def begin(where: str | Path) -> None:
    """Places of both houses, and an account for each of the people."""
    now = datetime.now(UTC)
    with closing(open_placements(where, rules(), now)) as kept:
        for house, tenant in ((OAK, UCKERMARK), (ELM, BARNIM)):
            by = Actor(Role.PROVIDER, OfficeId(house), tenant)
            kept.do([Wish(f"anfang/{house}", by, TakeIn(_entries(house, tenant)), now)])
    hashed = await Hasher().hashed(PASSWORD)  # as a portal does: else it is hashed anew at the first log-in
    with open_store(where if isinstance(where, Path) else place_of(where)) as store:
        made = tuple(Account(name, (), AccessTenant("uckermark"), hashed, int(now.timestamp())) for name, _ in PEOPLE)
        store.write(AccessChange(accounts=made))
    with closing(open_persons(where)) as persons:
        for name, actor in PEOPLE:
            persons.join(Membership(name, actor), now)


@dataclass
class Door:
    """Where a portal is served. `is_open`: not from before it ends until it is there again."""

    url: str
    is_open: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True)
class Told:
    """What somebody said, and what they were answered in the end."""

    by: Person
    path: str
    said: dict[str, Any]
    status: int
    answer: dict[str, Any]

    @property
    def key(self) -> str:
        """As it stands in the log."""
        return f"{name_of(self.by.actor)}/{self.said['key']}"


class Crowd:
    """All of them. `told`: every answer, in the order in which they came."""

    def __init__(self, doors: Sequence[Door], chance: Random) -> None:
        self.told: list[Told] = []
        self.going, self._changed, self._busy = asyncio.Event(), asyncio.Condition(), 0
        self.people = [Person(name, actor, doors, Random(chance.random()), self) for name, actor in PEOPLE]

    async def live(self, one: Person) -> None:
        """One act after the other, until it is cancelled; none begins while nobody is `going`."""
        while True:
            await self.going.wait()
            self._busy += 1
            try:
                await one.act()
            finally:
                self._busy -= 1
            async with self._changed:
                self._changed.notify_all()

    async def answers(self, more: int) -> None:
        """Until so many more have come."""
        wanted = len(self.told) + more
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.told) >= wanted)

    async def rest(self) -> None:
        """Until everything that was asked is answered."""
        self.going.clear()
        async with self._changed:
            await self._changed.wait_for(lambda: not self._busy)

    async def close(self) -> None:
        for one in self.people:
            await one.close()


class Person:
    """`names`: what stands at each case now; `gone`: what stood there and was corrected or deleted."""

    def __init__(self, name: str, actor: Actor, doors: Sequence[Door], chance: Random, crowd: Crowd) -> None:
        self.name, self.actor = name, actor
        self._doors, self._chance, self._crowd = doors, chance, crowd
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._coming_in = asyncio.Lock()
        self.names: dict[str, str] = {}
        self.gone: set[str] = set()

    async def ask(self, way: str, path: str, said: Any = None, *, at: Door | None = None, data: bytes = b"") -> Any:
        """What is answered; `at`: only there. Without an answer it is asked again."""
        while True:
            door = at or self._chance.choice([one for one in self._doors if one.is_open.is_set()] or self._doors)
            await door.is_open.wait()
            headers = {"content-type": "application/octet-stream"} if data else {}
            try:
                client = await self._inside(door)
                answer = await client.request(way, path, json=said, content=data or None, headers=headers)
            except httpx.TransportError:
                continue
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                assert answer.status_code != httpx.codes.UNAUTHORIZED, "a log-in outlives the portal"
                return answer

    async def say(self, path: str, *, at: Door | None = None, key: str = "", **said: Any) -> Told:
        """An act, until it is answered."""
        said = {"key": key or new_key(), **said}
        answer = await self.ask("POST", path, said, at=at)
        assert answer.headers["content-type"] == "application/json", (answer.status_code, answer.text)
        told = Told(self, path, said, answer.status_code, answer.json())
        assert told.status in (200, 403, 409, 422), told
        self._crowd.told.append(told)
        return told

    async def again(self, told: Told) -> httpx.Response:
        """The same, to the letter."""
        answer: httpx.Response = await self.ask("POST", told.path, told.said)
        return answer

    async def act(self) -> None:
        """Something that they do."""
        chance = self._chance
        (act,) = chance.choices(*zip(*(OFFICE if self.actor.provider is None else HOUSE), strict=True))
        await act(self)

    async def close(self) -> None:
        for client in self._clients.values():
            await client.aclose()

    async def stream(self, door: Door, last: str) -> Any:
        client = await self._inside(door)
        headers = {"Last-Event-ID": last} if last else {}
        return client.stream("GET", "/api/changes", headers=headers)

    async def _inside(self, door: Door) -> httpx.AsyncClient:
        """Logged in there, once."""
        async with self._coming_in:
            if door.url not in self._clients:
                self._clients[door.url] = await self._logged_in(door)
        return self._clients[door.url]

    async def _logged_in(self, door: Door) -> httpx.AsyncClient:
        headers = {"Origin": door.url, "X-SoJuS": "1"}
        client = httpx.AsyncClient(
            base_url=door.url, headers=headers, trust_env=False, verify=PLAIN, timeout=3 * LIMIT_S
        )
        try:
            answer = await client.post("/anmelden", json={"name": self.name, "kennwort": PASSWORD})
            if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
                raise httpx.TransportError("it has just ended")  # which the door does not say with a reason
            assert answer.status_code == httpx.codes.OK, answer.text
            client.headers["X-SoJuS-As"] = (await client.get("/api/me")).json()["as"]
        except BaseException:
            await client.aclose()
            raise
        return client

    # --- what an office does ----------------------------------------------------------------------------------------

    async def _enter(self) -> None:
        name = f"Muster {new_key()}"
        told = await self.say("/api/cases", name=name, purpose=CLERK_OF_CASES)
        assert told.status == httpx.codes.OK, told
        self.names[told.answer["case"]] = name

    async def _reserve(self) -> None:
        places = self._chance.sample([*places_of(OAK), *places_of(ELM)], self._chance.choice((1, 1, 1, 2)))
        await self._of_a_case("/api/reserve", places=[{"place": one} for one in places], **self._days())

    async def _join(self) -> None:
        await self._of_a_case("/api/wait", group=f"{self._chance.choice((OAK, ELM))}-gruppe", **self._days())

    async def _of_a_case(self, path: str, **said: Any) -> None:
        if len(self.names) < CASES:
            await self._enter()
        await self.say(path, case=self._chance.choice(list(self.names)), **said)

    def _days(self) -> dict[str, str]:
        start = datetime.now(ZoneInfo("Europe/Berlin")).date() + timedelta(days=self._chance.randrange(3))
        return {"from": start.isoformat(), "until": (start + timedelta(days=self._chance.randrange(1, 4))).isoformat()}

    async def _of_mine(self, *acts: str) -> None:
        mine = (await self.ask("GET", "/api/mine")).json()
        rows = [
            (one["id"], can) for one in (*mine["reservations"], *mine["waiting"]) for can in one["can"] if can in acts
        ]
        if rows:
            name, can = self._chance.choice(rows)
            said = {"rebook": self._days(), "decline": {"reason": "voll"}}.get(can, {})
            await self.say(f"/api/reservations/{name}/{can}", **said)

    async def _change(self) -> None:
        await self._of_mine("cancel", "cancel", "extend", "rebook")

    async def _correct(self) -> None:
        if not self.names:
            return
        case, name = self._chance.choice(list(self.names)), f"Probe {new_key()}"
        told = await self.say(f"/api/cases/{case}/correct", name=name, purpose=CLERK_OF_CASES)
        assert told.status == httpx.codes.OK, told
        self.gone.add(self.names[case])
        self.names[case] = name

    async def _forget(self) -> None:
        if not self.names:
            return
        case = self._chance.choice(list(self.names))
        told = await self.say(f"/api/cases/{case}/forget", purpose=CLERK_OF_CASES)
        if told.status == httpx.codes.OK:
            self.gone.add(self.names.pop(case))

    # --- what a house does ------------------------------------------------------------------------------------------

    async def _answer(self) -> None:
        await self._of_mine("confirm", "confirm", "decline")

    async def _close(self) -> None:
        await self.say(f"/api/places/{self._chance.choice(self._own())}/close", **self._days())

    async def _open(self) -> None:
        day = self._days()["from"]
        await self.say(f"/api/places/{self._chance.choice(self._own())}/open", **{"from": day})

    async def _confirm(self) -> None:
        await self.say(f"/api/groups/{self.actor.office}-gruppe/confirm")

    async def _bring(self) -> None:
        """A table with one more place."""
        house, door = str(self.actor.office), self._chance.choice(self._doors)
        text = f"Einrichtung;Gruppe;Platz\nHaus {house.title()};Gruppe A;Platz {new_key()}\n"
        seen = (await self.ask("POST", "/api/sheets", at=door, data=text.encode())).json()
        assert seen["preview"], seen
        await self.say(f"/api/sheets/{seen['preview']}/take", at=door)

    def _own(self) -> list[PlaceId]:
        return places_of(ProviderId(self.actor.office))


Act = Callable[[Person], Any]
OFFICE: tuple[tuple[Act, float], ...] = (
    (Person._reserve, 8),
    (Person._join, 2),
    (Person._change, 5),
    (Person._enter, 1),
    (Person._correct, 2),
    (Person._forget, 3),
)
HOUSE: tuple[tuple[Act, float], ...] = (
    (Person._answer, 8),
    (Person._close, 2),
    (Person._open, 2),
    (Person._confirm, 1),
    (Person._bring, 3),
)
