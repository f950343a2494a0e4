"""Who wants in and should not: each row is refused, and another agent at her desk goes on (OWASP ASVS 5.0, level 2)."""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import time
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from lisa_core.access import texts
from lisa_core.access.administration import AccountWish, Administration
from lisa_core.access.attempts import PACING, Bucket
from lisa_core.access.entrance import Access, EntryRefused, Knock
from lisa_core.access.hashing import HashCost, Hasher
from lisa_core.domain.model.ids import AgentId, CallId
from lisa_core.wire import messages as m
from tests.access.house import AGENT, DIRECTORY, LEAD, PASSWORD, AtSocket, Guest, House, open_house
from tests.system.test_two_programs import settled

HEADERS = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


async def a_session_set_before(house: House) -> None:
    """Fixation: the attacker's cookie is in the browser before she logs in."""
    guest = await house.guest()
    name = f"lisa-{house.port}"
    guest.client.cookies.set(name, "vom-angreifer", domain="127.0.0.1")
    answer = await guest.log_in("e.muster")
    assert "vom-angreifer" not in answer.headers["set-cookie"]
    attacker = await house.guest()
    assert await _is_out(attacker, f"{name}=vom-angreifer")


async def a_session_kept_over_a_second_log_in(house: House) -> None:
    guest = await house.inside("e.muster")
    before = guest.cookie
    await guest.log_in("b.beispiel")
    assert await _is_out(await house.guest(), before), "what was hers before is over"


async def a_cookie_replayed_after_logging_out(house: House) -> None:
    guest = await house.inside("e.muster")
    cookie = guest.cookie
    await guest.post("/abmelden", {})
    assert await _is_out(await house.guest(), cookie)
    async with guest.desk("vogt", cookie) as desk:
        assert await desk.first() == "session"


async def a_cookie_replayed_after_everywhere(house: House) -> None:
    here, there = await house.inside("e.muster"), await house.inside("e.muster")
    await here.post("/abmelden", {"ueberall": True})
    assert await _is_out(await house.guest(), there.cookie)


async def what_lies_in_the_database_as_a_cookie(house: House) -> None:
    await house.inside("e.muster")
    stolen = house.store.sessions_of("e.muster")[0].id
    assert await _is_out(await house.guest(), f"lisa-{house.port}={stolen}")


async def a_second_cookie_of_the_same_name(house: House) -> None:
    mine, hers = await house.inside("b.beispiel"), await house.inside("e.muster")
    assert await _is_out(await house.guest(), f"{mine.cookie}; lisa-{house.port}={hers.token}")


async def a_form_of_another_page(house: House) -> None:
    """As a browser sends it: with the cookie, as a form, from elsewhere; and with what the browser says of it."""
    guest = await house.inside("e.muster")
    for path in ("/abmelden", "/kennwort", "/anmelden"):
        for headers in (
            {"Origin": "https://boese.example", **FORM},
            {"Origin": "null", **FORM},
            {"Origin": house.url, **FORM},
            {"Origin": "https://boese.example", **HEADERS},
            {**HEADERS},
            {"Origin": house.url, "Sec-Fetch-Site": "cross-site", **HEADERS},
            {"Origin": house.url, "content-type": "text/plain"},
        ):
            answer = await guest.client.post(path, content="{}", headers=headers)
            assert answer.status_code == 403
    assert (await guest.get("/platz/vogt")).status_code == 200


async def a_link_that_logs_out(house: House) -> None:
    guest = await house.inside("e.muster")
    for path in ("/abmelden", "/kennwort"):
        assert (await guest.get(path)).status_code == 405
    assert (await guest.get("/konto")).status_code == 200


async def a_socket_of_another_page(house: House) -> None:
    guest = await house.inside("e.muster")
    for origin in ("https://boese.example", "null", f"http://localhost:{house.port}.boese.example"):
        with pytest.raises(InvalidStatus):
            await connect(
                f"ws://{house.address}/ws/desk",
                additional_headers={"Cookie": guest.cookie},
                origin=Origin(origin),
                proxy=None,
            )


async def a_name_of_its_own_for_our_address(house: House) -> None:
    """DNS rebinding, and a name that only looks like ours."""
    guest = await house.inside("e.muster")
    for host in ("boese.example", f"boese.example:{house.port}", "127.0.0.1.boese.example", "127.0.0.1@boese.example"):
        headers = {"Host": host, "Origin": f"http://{host}"}
        assert (await guest.client.get("/konto", headers=headers)).status_code == 403
        assert (await guest.client.post("/anmelden", json={}, headers=headers)).status_code == 403


async def a_desk_of_somebody_else(house: House) -> None:
    guest = await house.inside("e.muster")
    for agent in ("brandt", "nowak", "arendt", "niemand", ""):
        async with guest.desk(agent) as desk:
            assert await desk.first() == "hello"
    assert {detail for _, detail in house.noted("platz.fremd")} >= {"brandt", "nowak", "arendt"}


async def a_desk_taken_over_without_her_account(house: House) -> None:
    """`take` is for the same agent at another computer."""
    guest = await house.inside("e.muster")
    async with guest.desk("", None) as desk:
        await desk.first()
    where = f"ws://{house.address}/ws/desk"
    async with connect(where, additional_headers={"Cookie": guest.cookie}, proxy=None) as socket:
        at = AtSocket(socket)
        await at.say(m.DeskHello(AgentId("brandt"), "s", take=True))
        assert await at.first() == "hello"


async def a_call_that_was_not_offered_there(house: House) -> None:
    """Every act of a desk on a call of others is refused, or nothing comes of it."""
    guest = await house.inside("e.muster")
    async with guest.desk("vogt") as desk:
        assert await desk.first() == ""
        acts = (m.Accept(), m.HangUp(), m.TakeBack(), m.HandOver(), m.Forward(DIRECTORY.front_desk.id), m.ShowSlip("x"))
        for act in acts:
            await desk.socket.send(desk.link.send(act, CallId("fremd/1")))
        await desk.say(m.AskDiary())
        while not isinstance(body := await desk.hear(), m.Diary):
            assert isinstance(body, m.DeskState | m.UnstaffedOffices | m.Refused), body


async def guessing_one_account(house: House) -> None:
    """A thousand tries at once, from one address: as many are looked at as in turn."""
    house.clock.hold()
    guest = await house.guest("127.0.1.1")
    answers = await asyncio.gather(*(guest.log_in("e.muster", f"raten {n}") for n in range(15)))
    looked_at = [one for one in answers if one.status_code == 401]
    assert len(looked_at) == PACING[Bucket.ACCOUNT].free
    waits = [one.json()["warten_s"] for one in answers if one.status_code == 429]
    assert waits
    assert min(waits) >= 1
    assert (await guest.log_in("e.muster", PASSWORD)).status_code == 429, "the right one is not looked at either"
    assert house.noted("anmeldung.gebremst") == [("e.muster", "127.0.1.1")], "once for each wait"


async def guessing_many_accounts(house: House) -> None:
    """Stuffing: another name each time, some of them there."""
    house.clock.hold()
    names = [one.name for one in house.store.accounts()] + [f"name{n}" for n in range(25)]
    waits = [await _wait_of(house, name, "192.0.2.1") for name in names]
    assert waits.count(0) == PACING[Bucket.ADDRESS].free
    assert house.noted("anmeldung.gebremst") == [("", "192.0.2.1")], "no name that is nobody's"


async def guessing_behind_headers(house: House) -> None:
    """Who says it comes from elsewhere comes from where it comes from."""
    house.clock.hold()
    guest = await house.guest("127.0.1.3")
    answers = [await guest.log_in(f"n{n}", "x", X_Forwarded_For=f"192.0.2.{n}", Forwarded="for=x") for n in range(22)]
    assert sum(one.status_code == 401 for one in answers) == PACING[Bucket.ADDRESS].free


async def locking_somebody_out(house: House) -> None:
    """A house of attackers knocks at her account without end, and somebody in her own office at others; in her own
    browser she comes in at once all the same. No single wait is longer than a minute."""
    house.clock.hold()
    hers = await house.inside("l.leitung")
    await hers.post("/abmelden", {})
    worst = max([await _wait_of(house, "l.leitung", f"192.0.2.{number}") for number in range(40)])
    assert 1 <= worst <= 60
    assert await _wait_of(house, "niemand", "127.0.0.1") == 0
    assert max([await _wait_of(house, f"name{number}", "127.0.0.1") for number in range(20)]) >= 1
    assert (await hers.log_in("l.leitung")).status_code == 200
    assert (await (await house.guest("127.0.3.1")).log_in("b.beispiel")).status_code == 200, "and everybody else"


async def a_known_browser_of_somebody_else(house: House) -> None:
    """What makes a browser known is made for one account and one password."""
    house.clock.hold()
    for _ in range(12):
        await _wait_of(house, "a.kasse", "192.0.2.1")
    other = await house.inside("e.muster")
    assert (await other.log_in("a.kasse")).status_code == 429
    other.client.cookies.set(f"lisa-browser-{house.port}", "x.y", domain="127.0.0.1")
    assert (await other.log_in("a.kasse")).status_code == 429


async def how_long_it_takes_for_nobody(house: House) -> None:
    """A name that is nobody's takes as long as a wrong password. What is measured: the processor's time."""
    access = Access(house.store, house.clock, Hasher(HashCost(2, 4096, 1), apart=False))
    kept = await access._hasher.hashed(PASSWORD)
    house.change("v.amt", password=kept)
    await _refused(access, "niemand")
    spent: dict[str, list[float]] = {"v.amt": [], "niemand": [], "\0": []}
    for number in range(7):
        for name, times in spent.items():
            before = time.process_time()
            await _refused(access, name, f"192.0.2.{number}")
            times.append(time.process_time() - before)
    known, nobody, none = (statistics.median(times) for times in spent.values())
    assert nobody == pytest.approx(known, rel=0.5)
    assert none == pytest.approx(known, rel=0.5)


async def the_same_words_for_nobody(house: House) -> None:
    house.change("r.revision", disabled=True)
    guest = await house.guest("127.0.5.1")
    answers = [await guest.log_in(name, "falsch") for name in ("e.muster", "niemand", "r.revision", "е.muster", "")]
    assert len({(one.status_code, one.text) for one in answers}) == 1
    assert (await guest.log_in("r.revision")).json()["text"].startswith("Dieses Konto ist gesperrt")


async def a_password_of_a_gigabyte(house: House) -> None:
    guest = await house.guest("127.0.5.2")
    for length in (129, 1_025, 6_000, 100_000, 1_000_000):
        answer = await guest.log_in("e.muster", "x" * length)
        assert answer.status_code in (400, 401)

    async def without_end() -> AsyncIterator[bytes]:
        for _ in range(200):
            yield b" " * 1_000

    with contextlib.suppress(httpx.WriteError):  # it need not be taken to its end
        answer = await guest.client.post("/anmelden", content=without_end(), headers={"Origin": house.url, **HEADERS})
        assert answer.status_code == 400


async def no_json(house: House) -> None:
    guest = await house.guest("127.0.5.3")
    headers = {"Origin": house.url, **HEADERS}
    for said in ("", "[", "[]", "null", "{}", '{"name":1,"kennwort":"x"}', '{"name":"x","kennwort":null}', "[" * 4_000):
        assert (await guest.client.post("/anmelden", content=said, headers=headers)).status_code == 400
    assert house.noted("eingabe.unlesbar") == [("", "127.0.5.3")], "once, and nothing of what it was"
    for raw in (b"\xff\xfe", b'{"name":"\\ud800","kennwort":"x"}', b'{"name":"a\\u0000","kennwort":"x"}'):
        assert (await guest.client.post("/anmelden", content=raw, headers=headers)).status_code == 400
    twice = f'{{"name":"r.revision","name":"e.muster","kennwort":"{PASSWORD}"}}'.encode()
    answer = await guest.client.post("/anmelden", content=twice, headers=headers)
    assert (answer.status_code, answer.json()["text"]) == (400, texts.UNREADABLE), "of two names none is taken"


async def hanging_up_in_the_middle(house: House) -> None:
    """It is unreadable, as whatever is not whole, and no fault of ours with a traceback."""
    host, _, port = house.address.rpartition(":")
    _, writer = await asyncio.open_connection(host, int(port), local_addr=("127.0.5.4", 0))
    said = {"host": house.address, "origin": house.url, **HEADERS, "content-length": "40"}
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    writer.write(f'POST /anmelden HTTP/1.1\r\n{head}\r\n{{"name":'.encode())
    await writer.drain()
    writer.close()
    await settled(lambda: house.noted("eingabe.unlesbar") == [("", "127.0.5.4")], "told")


async def a_name_that_only_looks_like_hers(house: House) -> None:
    administration = Administration(house.store, house.clock, house.hasher)
    for name in ("ｅ.muster", "E.MUSTER", " e.muster", "е.muster", "e․muster", "e.muster\u200d"):
        with pytest.raises(Exception, match=r"gibt es schon|geht als Anmeldename nicht"):
            await administration.add(AccountWish(name, (AGENT,), "lorenz"), DIRECTORY)
    guest = await house.guest("127.0.5.4")
    for name in ("ｅ.muster", "E.MUSTER "):
        assert (await guest.log_in(name)).status_code == 200, "typed otherwise, it is she"
    composed = unicodedata.normalize("NFD", "Grüße aus der Küche")
    await administration.add(AccountWish("k.koch", (AGENT,), "lorenz"), DIRECTORY, "Grüße aus der Küche")
    assert (await guest.log_in("k.koch", composed)).status_code == 200


async def a_line_in_a_header(house: House) -> None:
    guest = await house.guest("127.0.5.5")
    for name in ("e.muster\r\nSet-Cookie: lisa=1", "e.muster\nX: y"):
        answer = await guest.log_in(name)
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
    assert "\n" not in repr(house.store.entries())


async def where_to_go_next(house: House) -> None:
    """Open redirect: nothing of an address, of a header or of what is said decides it."""
    guest = await house.guest("127.0.5.6")
    for path in (
        "/anmelden?weiter=//boese.example",
        "/anmelden?next=https://boese.example",
        "//boese.example/anmelden",
    ):
        answer = await guest.client.get(f"{house.url}{path}")
        assert "boese.example" not in answer.text + answer.headers.get("location", "")
    said = {"name": "e.muster", "kennwort": PASSWORD, "weiter": "//boese.example"}
    answer = await guest.post("/anmelden?weiter=//boese.example", said, Referer="https://boese.example/")
    assert answer.json() == {"weiter": "/platz/vogt"}


async def a_page_in_a_frame(house: House) -> None:
    guest = await house.inside("e.muster")
    for path in ("/anmelden", "/konto", "/platz/vogt"):
        policy = (await guest.get(path)).headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'none'" in policy
        assert "unsafe" not in policy


async def a_cached_page(house: House) -> None:
    guest = await house.inside("e.muster")
    assert (await guest.get("/konto")).headers["cache-control"] == "no-store"
    answer = await guest.post("/abmelden", {})
    assert answer.headers["clear-site-data"] == '"storage"'
    assert "Max-Age=0" in answer.headers["set-cookie"]


async def files_beside_the_pages(house: House) -> None:
    guest = await house.guest()
    for path in (
        "/zugang/../gate.py",
        "/zugang/%2e%2e/gate.py",
        "/zugang/..%2fgate.py",
        "/zugang/%2fetc/passwd",
        "/zugang/",
    ):
        assert (await guest.client.get(path)).status_code in (404, 405), path


async def an_account_disabled_while_she_logs_in(house: House) -> None:
    """Between the look at the password and the session the administration disables the account."""
    access = Access(house.store, house.clock, _Slow(house))
    with pytest.raises(EntryRefused):
        await access.log_in(Knock("e.muster", PASSWORD))
    assert house.store.sessions_of("e.muster") == []


async def a_role_changed_while_she_is_in(house: House) -> None:
    guest = await house.inside("e.muster")
    async with guest.desk("vogt") as desk:
        assert await desk.first() == ""
        house.change("e.muster", roles=(LEAD,))
        assert await desk.until_refused() == "session"


async def rights_of_another_house(house: House) -> None:
    """Her office went to another tenant in the Landkreis' file: the account does not go along."""
    house.change("a.kasse", tenant="landkreis")
    guest = await house.inside("a.kasse")
    assert (await guest.get("/platz/arendt")).status_code == 403
    async with guest.desk("arendt") as desk:
        assert await desk.first() == "hello"


async def a_demonstration_from_elsewhere(house: House) -> None:
    """Nobody has an account, and a proxy on this computer brings somebody from outside."""
    async with open_house(empty=True) as open_to_all:
        guest = await open_to_all.guest()
        for header in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
            answer = await guest.client.get("/platz/vogt", headers={header: "192.0.2.1"})
            assert (answer.status_code, answer.headers["location"]) == (303, "/anmelden")
        where = f"ws://{open_to_all.address}/ws/desk"
        async with connect(where, additional_headers={"X-Forwarded-For": "192.0.2.1"}, proxy=None) as socket:
            assert await AtSocket(socket).first() == "session"


async def _is_out(guest: Guest, cookie: str) -> bool:
    answer = await guest.client.get("/konto", headers={"Cookie": cookie})
    return answer.status_code == 303


async def _wait_of(house: House, name: str, address: str) -> int:
    """Of a wrong password, from there."""
    with pytest.raises(EntryRefused) as refused:
        await house.access.log_in(Knock(name, "falsch", address))
    return refused.value.wait_s


async def _refused(access: Access, name: str, address: str = "") -> None:
    with pytest.raises(EntryRefused):
        await access.log_in(Knock(name, "falsch", address))


class _Slow(Hasher):
    """While it looks, the account is disabled."""

    def __init__(self, house: House) -> None:
        super().__init__(HashCost(1, 8, 1))
        self._house = house

    async def fits(self, kept: str | None, password: str) -> bool:
        right = await super().fits(kept, password)
        Administration(self._house.store, self._house.clock, self).disable("e.muster")
        return right


ATTACKS: Mapping[str, Callable[[House], Awaitable[None]]] = {
    attack.__name__: attack
    for attack in (
        *(a_session_set_before, a_session_kept_over_a_second_log_in, a_cookie_replayed_after_logging_out),
        *(a_cookie_replayed_after_everywhere, what_lies_in_the_database_as_a_cookie, a_second_cookie_of_the_same_name),
        *(a_form_of_another_page, a_link_that_logs_out, a_socket_of_another_page, a_name_of_its_own_for_our_address),
        *(a_desk_of_somebody_else, a_desk_taken_over_without_her_account, a_call_that_was_not_offered_there),
        *(guessing_one_account, guessing_many_accounts, guessing_behind_headers, locking_somebody_out),
        *(a_known_browser_of_somebody_else, how_long_it_takes_for_nobody, the_same_words_for_nobody),
        *(a_password_of_a_gigabyte, no_json, hanging_up_in_the_middle, a_name_that_only_looks_like_hers),
        *(a_line_in_a_header, where_to_go_next),
        *(a_page_in_a_frame, a_cached_page, files_beside_the_pages, an_account_disabled_while_she_logs_in),
        *(a_role_changed_while_she_is_in, rights_of_another_house, a_demonstration_from_elsewhere),
    )
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_and_the_others_go_on(name: str) -> None:
    async def run() -> None:
        async with open_house() as house:
            other = await house.inside("b.beispiel")
            async with other.desk("brandt") as desk:
                assert await desk.first() == ""
                await ATTACKS[name](house)
                await desk.say(m.AskDiary())
                while not isinstance(await desk.hear(), m.Diary):
                    """What else she is told."""

    asyncio.run(run())
