"""A right password while another log-in writes to the account: at two programs, or at one twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TypeVar

import pytest

from lisa_core.access import texts
from lisa_core.access.entrance import Access, EntryRefused, Knock, LoggedIn
from lisa_core.access.hashing import HashCost, Hasher
from tests.access.house import PASSWORD, QUICK, open_house

T = TypeVar("T")
OWN = "Neun Kraniche über Templin"


class LateAnswer(Hasher):
    """Has looked or hashed in `at`, and says so only after `told`: another program is faster."""

    def __init__(self, cost: HashCost, at: str) -> None:
        super().__init__(cost)
        self._at, self.done, self.told = at, asyncio.Event(), asyncio.Event()

    async def fits(self, kept: str | None, password: str) -> bool:
        return await self._late("fits", await super().fits(kept, password))

    async def hashed(self, password: str) -> str:
        return await self._late("hashed", await super().hashed(password))

    async def _late(self, at: str, answer: T) -> T:
        if at == self._at:
            self.done.set()
            await self.told.wait()
        return answer


@pytest.mark.parametrize("at", ["fits", "hashed"])
@pytest.mark.parametrize("meanwhile", ["hashed anew", "another password", "a code refused"])
def test_a_right_password_is_right_whatever_another_log_in_writes_meanwhile(at: str, meanwhile: str) -> None:
    """Both hash it anew, with what it costs today: who is second finds another hash, and has typed nothing wrong."""

    async def run() -> None:
        async with open_house() as house:
            costlier = replace(QUICK, passes=2)
            hasher = LateAnswer(costlier, at)
            late = Access(house.store, house.clock, hasher, two_factors=False)
            entering = asyncio.create_task(late.log_in(Knock("e.muster", PASSWORD)))
            await hasher.done.wait()
            if meanwhile == "hashed anew":
                other = Access(house.store, house.clock, Hasher(costlier), two_factors=False)
                await other.log_in(Knock("e.muster", PASSWORD))
            elif meanwhile == "another password":
                house.change("e.muster", password=await house.hasher.hashed(OWN))
            else:
                house.change("e.muster", codes_refused=1)
            hasher.told.set()
            if meanwhile == "another password":
                with pytest.raises(EntryRefused, match=texts.WRONG):
                    await entering
                return
            assert isinstance(await entering, LoggedIn)
            after = house.store.account("e.muster")
            assert after is not None
            assert "t=2" in after.password
            assert after.codes_refused == (meanwhile == "a code refused")

    asyncio.run(run())
