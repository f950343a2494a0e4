"""How long is what nobody may guess, and what is said of passwords (OWASP ASVS 5.0, chapters 6, 7 and 11)."""

from __future__ import annotations

import asyncio
import hashlib
import math
import secrets
from dataclasses import replace

import pytest

from lisa_core.access import credentials
from lisa_core.access.accounts import INITIAL_S, Account, is_initial_over
from lisa_core.access.administration import AccountWish, Administration
from lisa_core.access.credentials import MAX_PASSWORD, is_guessed_soon, is_too_short, spoken_code, typed_password
from lisa_core.access.hashing import HashCost, Hasher
from lisa_core.access.leaked.filter import FILE, is_leaked
from lisa_core.access.openid.ticket import new_ticket
from lisa_core.access.second import RECOVERY_CODES, bytes_of, code_now
from lisa_core.access.texts import LEAKED
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import TenantId
from tests.access.house import AGENT, DIRECTORY, PASSWORD, open_house
from tests.tidy.sources import ROOT


def bits(code: str) -> float:
    """Of a code of letters that are drawn one by one."""
    letters = code.replace("-", "").replace(" ", "")
    assert set(letters) <= set(credentials._LETTERS)
    return len(letters) * math.log2(len(credentials._LETTERS))


def test_what_nobody_may_guess_is_long_enough() -> None:
    async def run() -> None:
        async with open_house(two_factors=True) as house:
            administration = Administration(house.store, house.clock, house.hasher)
            initial = await administration.add(AccountWish("n.neu", (AGENT,), "lorenz"), DIRECTORY)
            assert bits(initial) > 98
            guest = await house.inside("e.muster")
            secret = (await guest.post("/zweiter/neu", {})).json()["geheimnis"].replace(" ", "")
            assert 8 * len(bytes_of(secret)) == 160
            said = {"code": code_now(secret, house.access.now_s)}
            codes = (await guest.post("/zweiter/einrichten", said)).json()["codes"]
            assert len({*codes}) == RECOVERY_CODES
            assert min(map(bits, codes)) > 112, "then a plain hash may be kept (6.5.2)"
            tokens = {guest.token, *[(await house.inside("b.beispiel")).token for _ in range(3)]}
            assert len(tokens) == 4
            assert min(map(len, tokens)) == 43, "256 bits in Base64"
            assert 8 * len(house.store.secret()) == 256

    asyncio.run(run())
    ticket = new_ticket(TenantId("landkreis"), 0)
    assert {len(one) for one in (ticket.state, ticket.nonce, ticket.verifier)} == {43}
    assert len({spoken_code(4) for _ in range(100)}) == 100


def test_a_guess_at_a_stolen_password_costs_what_the_standard_says() -> None:
    """RFC 9106, section 4: the second recommended option."""
    assert HashCost() == HashCost(passes=3, memory_kib=65_536, lanes=4)
    kept = asyncio.run(Hasher(replace(HashCost(), memory_kib=64)).hashed(PASSWORD))
    assert kept.startswith("$argon2id$v=19$m=64,t=3,p=4$")
    assert asyncio.run(Hasher(replace(HashCost(), memory_kib=64)).hashed(PASSWORD)) != kept, "each has its own salt"


def test_a_password_may_be_long_and_stays_good() -> None:
    long = "Neun Kraniche ziehen über Templin und niemand zählt sie, auch nicht die Nachbarin im dritten Stock am See"
    for password in (long, long[:64], "ä" * 2 + long[:60], long + "x" * (MAX_PASSWORD - len(long))):
        assert typed_password(password) == password
        assert not is_too_short(password)
        assert not is_guessed_soon(password, "e.muster")
    own = Account("a", (AGENT,), TenantId("landkreis"), "", set_at=0, initial=False)
    assert not is_initial_over(own, 100 * INITIAL_S), "nobody has to change it because time has passed"


KNOWN = (
    "unbelievable1",
    "correcthorsebatterystaple",
    "Sonnenschein12",
    "Deutschland123",
    "Geheimnis123",
    "iloveyou4ever",
)


def test_what_has_become_known_elsewhere_is_no_password() -> None:
    for password in (*KNOWN, *map(str.upper, KNOWN)):
        assert not is_guessed_soon(password, "e.muster"), "nobody sees it by its form"
        assert is_leaked(password)
    good = sum(not is_leaked(secrets.token_urlsafe(12)) for _ in range(2_000))
    assert good > 1_980, "of a thousand others two are refused"
    assert hashlib.sha256(FILE.read_bytes()).hexdigest().startswith("5dadedd2a0c9570a"), "as its tool makes it"

    async def run() -> None:
        async with open_house() as house:
            guest = await house.inside("e.muster")
            answer = await guest.post("/kennwort", {"bisher": PASSWORD, "neu": KNOWN[0]})
            assert (answer.status_code, answer.json()["text"]) == (401, LEAKED)
            administration = Administration(house.store, house.clock, house.hasher)
            with pytest.raises(LisaError, match="anderswo bekannt"):
                await administration.add(AccountWish("p.probe", (AGENT,), "lorenz"), DIRECTORY, KNOWN[1])

    asyncio.run(run())


def test_the_page_names_the_words_that_count_for_nothing() -> None:
    page = (ROOT / "docs" / "anmelden.md").read_text(encoding="utf-8").split("\n## Für die Prüfung\n")[1]
    assert not [word for word in credentials._EXPECTED if f"`{word}`" not in page]
