"""The second factor: the RFC's own examples, a whole life of an app, and who tries to do without it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qs, urlsplit

import pytest

from lisa_core.access import texts
from lisa_core.access.accounts import Account
from lisa_core.access.administration import Administration
from lisa_core.access.attempts import PACING, Bucket
from lisa_core.access.entrance import Access, EntryRefused, Knock, Visitor
from lisa_core.access.second import (
    PERIOD_S,
    address_of,
    code_at,
    code_now,
    digits_of,
    matching_step,
    recovery_hash,
    secret_of,
    without,
)
from lisa_core.access.second_step import MOST_REFUSED, SecondStep
from lisa_core.access.web.qr import square
from tests.access.house import PASSWORD, Guest, House, open_house

VECTORS = {
    59: "94287082",
    1111111109: "07081804",
    1111111111: "14050471",
    1234567890: "89005924",
    2000000000: "69279037",
    20000000000: "65353130",
}
"""RFC 6238, appendix B, for SHA-1."""
SECRET = b"12345678901234567890"


@pytest.mark.parametrize("now_s", VECTORS)
def test_the_examples_of_the_rfc(now_s: int) -> None:
    assert code_at(SECRET, now_s // PERIOD_S, 8) == VECTORS[now_s]
    assert code_now(secret_of(SECRET), now_s) == VECTORS[now_s][2:]


def test_a_code_is_good_once_and_not_for_long() -> None:
    secret, now_s = secret_of(SECRET), 1_000_000_000
    code, step = code_now(secret, now_s), now_s // PERIOD_S
    for offset_s, found in ((0, step), (PERIOD_S, step), (-PERIOD_S, step), (2 * PERIOD_S, None), (-61, None)):
        assert matching_step(secret, code, now_s + offset_s, 0) == found
    assert matching_step(secret, code, now_s, step) is None, "spent"
    assert matching_step(secret, code_now(secret, now_s - PERIOD_S), now_s, step) is None, "older than the last one"
    assert [digits_of(one) for one in ("123 456", "１２３４５６", "12345", "1234567", "12345a", "", "١٢٣٤٥٦" * 90)] == [
        *("123456", "123456"),
        *[""] * 5,
    ]


def test_a_code_on_paper_is_good_once_however_it_is_typed() -> None:
    hashes = tuple(map(recovery_hash, ("abcd-efgh-jkmn-pqrs", "2345-6789-abcd-efgh")))
    assert without(hashes, "ABCD EFGH jkmn pqrs") == hashes[1:]
    assert without(hashes[1:], "abcd-efgh-jkmn-pqrs") is None
    assert without(hashes, "") is without(hashes, "abcd-efgh-jkmn-pqr") is None
    assert "abcd" not in repr(hashes)


def test_what_an_app_reads() -> None:
    address = address_of(secret_of(SECRET), "e.muster", "LISA Uckermark")
    assert parse_qs(urlsplit(address).query) == {"secret": [secret_of(SECRET)], "issuer": ["LISA Uckermark"]}
    assert square(address).startswith("data:image/svg+xml;base64,")


async def own_app(house: House, guest: Guest) -> tuple[str, list[str]]:
    """Set up by somebody who has just logged in: its secret, and the codes on paper."""
    secret = (await guest.post("/zweiter/neu", {})).json()["geheimnis"].replace(" ", "")
    answer = await guest.post("/zweiter/einrichten", {"code": code_now(secret, house.access.now_s)})
    assert answer.status_code == 200, answer.text
    assert answer.json()["weiter"] == "/platz/vogt"
    return secret, answer.json()["codes"]


def test_an_app_from_its_first_day_to_the_loss_of_the_phone() -> None:
    async def run() -> None:
        async with open_house(two_factors=True) as house:
            guest = await house.guest()
            assert (await guest.log_in("e.muster")).json() == {"weiter": "/konto"}
            assert (await guest.get("/platz/vogt")).status_code == 303, "a password alone is not enough"
            secret, codes = await own_app(house, guest)
            assert len(set(codes)) == 8
            assert (await guest.get("/platz/vogt")).status_code == 200
            await guest.post("/abmelden", {})

            assert (await guest.log_in("e.muster")).json() == {"weiter": "/zweiter"}
            assert (await guest.get("/platz/vogt")).status_code == 303
            assert (await guest.get("/konto")).headers["location"] == "/zweiter"
            house.pass_s(PERIOD_S)
            answer = await guest.post("/zweiter", {"code": code_now(secret, house.access.now_s)})
            assert answer.json() == {"weiter": "/platz/vogt"}
            assert (await guest.post("/zweiter", {"code": "000000"})).json()["text"] == texts.NOT_ASKED

            other = await house.guest()
            await other.log_in("e.muster")
            assert (await other.post("/zweiter", {"code": codes[3]})).status_code == 200
            assert house.noted("zweiter.ersatzcode") == [("e.muster", "")]
            initial = await Administration(house.store, house.clock, house.hasher).reset("e.muster")
            assert (await other.get("/platz/vogt")).status_code == 303
            assert (await other.log_in("e.muster", initial)).json() == {"weiter": "/konto"}
            assert secret not in repr(house.store.entries())
            given = Administration(house.store, house.clock, house.hasher).give_second("e.muster")
            assert (await other.log_in("e.muster", initial)).json() == {"weiter": "/zweiter"}
            answer = await other.post("/zweiter", {"code": code_now(given, house.access.now_s)})
            assert answer.json() == {"weiter": "/konto"}, "a first password is good for one of her own, app or not"
            assert (await other.get("/platz/vogt")).status_code == 303

    asyncio.run(run())


def test_how_many_codes_are_left_on_paper_is_told_when_few_are_and_stands_on_ones_page() -> None:
    async def run() -> None:
        async with open_house(two_factors=True) as house:
            guest = await house.guest()
            await guest.log_in("e.muster")
            _, codes = await own_app(house, guest)
            told = {8 - spent: "" for spent in range(1, 6)}
            told |= {2: "sind noch 2 übrig", 1: "ist noch einer übrig", 0: "ist keiner mehr übrig"}
            for code, (left, words) in zip(codes, told.items(), strict=True):
                await guest.post("/abmelden", {})
                await guest.log_in("e.muster")
                answer = (await guest.post("/zweiter", {"code": code})).json()
                assert answer["weiter"] == "/platz/vogt"
                assert (words in answer["hinweis"]) if words else answer.keys() == {"weiter"}, left
                assert texts.codes_left(left) in (await guest.get("/konto")).text

    asyncio.run(run())


def test_another_password_is_set_with_password_and_code_only() -> None:
    """A stolen session, even with the password, takes no account; what else is wrong costs no code."""

    async def run() -> None:
        async with open_house(two_factors=True) as house:
            guest = await house.guest()
            await guest.log_in("e.muster")
            secret, codes = await own_app(house, guest)
            new = "Neun Kraniche über Templin"
            for said, text in (
                ({"bisher": PASSWORD, "neu": new}, texts.CODE_WRONG),
                ({"bisher": PASSWORD, "neu": new, "code": "000000"}, texts.CODE_WRONG),
                ({"bisher": "falsch", "neu": new, "code": codes[0]}, texts.OLD_WRONG),
                ({"bisher": PASSWORD, "neu": "kurz", "code": codes[0]}, texts.TOO_SHORT),
            ):
                assert (await guest.post("/kennwort", said)).json()["text"] == text
            before = house.store.account("e.muster")
            assert before is not None
            assert len(before.recovery) == 8
            assert [subject for subject, _ in house.noted("zweiter.abgelehnt")] == ["e.muster"] * 2
            good = {"bisher": PASSWORD, "neu": new, "code": codes[0]}
            assert (await guest.post("/kennwort", good)).json() == {"weiter": "/platz/vogt"}
            again = {"bisher": new, "neu": PASSWORD, "code": codes[0]}
            assert (await guest.post("/kennwort", again)).json()["text"] == texts.CODE_WRONG, "each is good once"
            house.pass_s(PERIOD_S)
            by_app = {"bisher": new, "neu": PASSWORD, "code": code_now(secret, house.access.now_s)}
            assert (await guest.post("/kennwort", by_app)).status_code == 200
            assert (await guest.get("/platz/vogt")).status_code == 200
            house.change("e.muster", recovery=(recovery_hash(codes[1]),))
            last = {"bisher": PASSWORD, "neu": new, "code": codes[1]}
            assert (await guest.post("/kennwort", last)).json()["hinweis"] == texts.codes_left(0)

    asyncio.run(run())


async def a_code_used_twice(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    house.pass_s(PERIOD_S)
    code = code_now(secret, house.access.now_s)
    assert (await guest.post("/zweiter", {"code": code})).status_code == 200
    second = await _asked(house)
    assert (await second.post("/zweiter", {"code": code})).status_code == 401


async def a_code_used_twice_at_once(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    house.pass_s(PERIOD_S)
    others = [guest, *[await _asked(house) for _ in range(3)]]
    code = code_now(secret, house.access.now_s)
    answers = await asyncio.gather(*(one.post("/zweiter", {"code": code}) for one in others))
    assert [one.status_code for one in answers].count(200) == 1


async def at_two_programs_at_once(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    """Each has looked before the other writes: every wrong code is counted, and one on paper is good at one of them."""
    programs = [Access(house.store, house.clock, house.hasher) for _ in range(2)]
    for access, visitor in [(one, _behind(one, guest)) for one in programs]:
        with pytest.raises(EntryRefused) as refused:
            SecondStep(access, "LISA").confirm(visitor, "000000", "127.0.6.1")
        assert str(refused.value) == texts.CODE_WRONG
    assert _kept(house).codes_refused == 2
    (first, hers), (second, same) = [(one, _behind(one, guest)) for one in programs]
    SecondStep(first, "LISA").confirm(hers, codes[0])
    with pytest.raises(EntryRefused):
        SecondStep(second, "LISA").confirm(same, codes[0])
    assert len(_kept(house).recovery) == len(codes) - 1


async def a_code_of_yesterday(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    code = code_now(secret, house.access.now_s)
    house.pass_s(4 * PERIOD_S)
    assert (await guest.post("/zweiter", {"code": code})).status_code == 401


async def the_code_of_the_first_day(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    """The one with which the app was set up, seen over a shoulder."""
    assert (await guest.post("/zweiter", {"code": code_now(secret, house.access.now_s)})).status_code == 401


async def guessing_codes(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    """With the password, from many addresses and sessions: a handful, then one in five minutes at last."""
    house.pass_s(PERIOD_S)
    looked_at, code = 0, code_now(secret, house.access.now_s)
    house.clock.hold()
    for number in range(10):
        other = await _asked(house, f"127.0.6.{number + 1}")
        wrong = f"{(int(code) + 1 + number) % 1_000_000:06}"
        looked_at += (await other.post("/zweiter", {"code": wrong})).status_code == 401
        if number == 9:
            assert (await other.post("/zweiter", {"code": code})).status_code == 429
    assert looked_at == PACING[Bucket.SECOND].free


async def guessing_codes_for_years(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    """One in five minutes, over restarts: there is an end, and her own browser and her paper are none of it."""
    house.change("e.muster", codes_refused=MOST_REFUSED - 1)
    house.pass_s(PERIOD_S)
    code = code_now(secret, house.access.now_s)
    answer = await guest.post("/zweiter", {"code": f"{(int(code) + 1) % 1_000_000:06}"})
    assert answer.json()["text"] == texts.CODE_WRONG
    assert (await guest.post("/zweiter", {"code": code})).json()["text"] == texts.CODES_OVER
    assert (await guest.post("/zweiter", {"code": codes[0]})).status_code == 200
    known = house.store.account("e.muster")
    assert known is not None
    assert known.codes_refused == 0


async def failing_where_she_sits(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    """A colleague's computer fails without end: in a browser that knows her she does not wait for it."""
    assert (await guest.post("/zweiter", {"code": codes[0]})).status_code == 200
    house.change("e.muster", codes_refused=MOST_REFUSED)
    await guest.post("/abmelden", {})
    house.clock.hold()
    for number in range(PACING[Bucket.ADDRESS].free + 1):
        with pytest.raises(EntryRefused):
            await house.access.log_in(Knock(f"name{number}", "falsch", "127.0.0.1"))
    assert (await guest.log_in("e.muster")).json() == {"weiter": "/zweiter"}
    house.pass_s(PERIOD_S)
    assert (await guest.post("/zweiter", {"code": code_now(secret, house.access.now_s)})).status_code == 200


async def a_browser_known_by_the_password_alone(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    """What makes a browser known comes after the second step: else each log-in would bring new tries."""
    assert f"lisa-browser-{house.port}" not in guest.client.cookies


async def past_the_second_step(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    for path, said in (
        ("/kennwort", {"bisher": PASSWORD, "neu": "Neun Kraniche über Templin"}),
        ("/zweiter/neu", {}),
        ("/zweiter/einrichten", {"code": "123456"}),
    ):
        assert (await guest.post(path, said)).status_code == 401
    for page in ("/", "/platz/vogt", "/konto"):
        assert (await guest.get(page)).status_code == 303
    async with guest.desk("vogt") as desk:
        assert await desk.first() == "session"
    await guest.post("/abmelden", {"ueberall": True})
    assert len(house.store.sessions_of("e.muster")) == 1, "half a log-in ends no whole one"


async def another_app_from_a_stolen_session(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    assert (await guest.post("/zweiter", {"code": codes[0]})).status_code == 200
    for path in ("/zweiter/neu", "/zweiter/einrichten"):
        assert (await guest.post(path, {"code": "123456"})).json()["text"] == texts.SECOND_THERE


async def a_code_on_paper_twice(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    assert (await guest.post("/zweiter", {"code": codes[0]})).status_code == 200
    assert (await (await _asked(house)).post("/zweiter", {"code": codes[0]})).status_code == 401


async def what_is_kept_of_codes(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    """The hash that lies in the database is no code."""
    known = house.store.account("e.muster")
    assert known is not None
    assert not set(codes) & set(known.recovery)
    assert (await guest.post("/zweiter", {"code": known.recovery[0][:40]})).status_code == 401


async def a_second_step_that_takes_an_hour(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    house.pass_s(1_000)
    answer = await guest.post("/zweiter", {"code": code_now(secret, house.access.now_s)})
    assert answer.status_code == 401


async def a_code_of_somebody_else(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    other = await house.guest()
    await other.log_in("b.beispiel")
    theirs = (await other.post("/zweiter/neu", {})).json()["geheimnis"].replace(" ", "")
    await other.post("/zweiter/einrichten", {"code": code_now(theirs, house.access.now_s)})
    house.pass_s(PERIOD_S)
    assert (await guest.post("/zweiter", {"code": code_now(theirs, house.access.now_s)})).status_code == 401


async def a_form_of_another_page(house: House, guest: Guest, secret: str, codes: list[str]) -> None:
    house.pass_s(PERIOD_S)
    said = {"code": code_now(secret, house.access.now_s)}
    for path in ("/zweiter", "/zweiter/neu", "/zweiter/einrichten"):
        assert (await guest.post(path, said, Origin="https://boese.example")).status_code == 403


def _behind(access: Access, guest: Guest) -> Visitor:
    found = access.visitor(guest.token)
    assert isinstance(found, Visitor)
    return found


def _kept(house: House) -> Account:
    found = house.store.account("e.muster")
    assert found is not None
    return found


async def _asked(house: House, source: str = "127.0.0.1") -> Guest:
    """Who has given the password, and is asked for a code."""
    guest = await house.guest(source)
    assert (await guest.log_in("e.muster")).json() == {"weiter": "/zweiter"}
    return guest


ATTACKS: Mapping[str, Callable[[House, Guest, str, list[str]], Awaitable[None]]] = {
    attack.__name__: attack
    for attack in (
        *(a_code_used_twice, a_code_used_twice_at_once, a_code_of_yesterday, the_code_of_the_first_day, guessing_codes),
        *(guessing_codes_for_years, failing_where_she_sits, at_two_programs_at_once),
        *(a_browser_known_by_the_password_alone, past_the_second_step, another_app_from_a_stolen_session),
        *(a_code_on_paper_twice, what_is_kept_of_codes, a_second_step_that_takes_an_hour, a_code_of_somebody_else),
        *(a_form_of_another_page,),
    )
}


@pytest.mark.parametrize("name", ATTACKS)
def test_nobody_does_without_it(name: str) -> None:
    async def run() -> None:
        async with open_house(two_factors=True) as house:
            hers = await house.guest("127.0.7.1")
            await hers.log_in("e.muster")
            secret, codes = await own_app(house, hers)
            await ATTACKS[name](house, await _asked(house), secret, codes)
            assert (await hers.get("/platz/vogt")).status_code == 200

    asyncio.run(run())
