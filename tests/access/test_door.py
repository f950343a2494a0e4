"""People at the door of a served exchange: logging in and out, whose desk, what ends a session."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import httpx
import pytest

from lisa_core.access import texts
from lisa_core.access.accounts import Account
from lisa_core.access.administration import AccountWish, Administration
from lisa_core.access.attempts import Bucket
from lisa_core.access.entrance import Access, EntryRefused, Knock, LoggedIn
from lisa_core.access.hashing import AT_ONCE, WAITING, HashCost, Hasher
from lisa_core.access.keeping.memory import MemoryAccess
from lisa_core.access.keeping.port import AccessChange, AccessStore
from lisa_core.access.sessions import SessionLimits
from lisa_core.desk.client import open_desk
from lisa_core.desk.log_in import dial_logged_in
from lisa_core.domain.model.call_words import DeskMode
from lisa_core.domain.model.errors import DeviceFault, LisaError, MachineError
from lisa_core.domain.model.ids import AgentId
from lisa_core.equipment.media.memory_call import MemoryMedia
from lisa_core.exchange.web import build_app
from lisa_core.host.clock import Clock
from lisa_core.store.journal import Entry
from lisa_core.wire.channel import Channel
from tests.access.house import (
    ADMINISTRATION,
    AGENT,
    AUDITOR,
    DIRECTORY,
    LIMIT_S,
    NOON,
    PASSWORD,
    QUICK,
    House,
    account,
    open_house,
)

LIMITS = SessionLimits()
OWN = "Neun Kraniche über Templin"


def test_an_agent_logs_in_takes_her_desk_and_logs_out() -> None:
    async def run() -> None:
        async with open_house() as house:
            guest = await house.guest()
            for page in ("/", "/platz/vogt", "/konto"):
                answer = await guest.get(page)
                assert (answer.status_code, answer.headers["location"]) == (303, "/anmelden")
            assert "Kennwort" in (await guest.get("/anmelden")).text
            answer = await guest.log_in("E.Muster")
            assert answer.json() == {"weiter": "/platz/vogt"}
            session, browser = answer.headers.get_list("set-cookie")
            assert session.startswith(f"lisa-{house.port}=")
            assert session.endswith("; Path=/; HttpOnly; SameSite=Strict")
            assert "HttpOnly; SameSite=Strict; Max-Age=" in browser
            assert "Abmelden" in (await guest.get("/platz/vogt")).text
            assert (await guest.get("/platz/brandt")).status_code == 403
            for page, told in (
                ("/platz/niemand", "Diesen Platz gibt es nicht"),
                ("/plaz", "Diese Seite gibt es nicht"),
            ):
                found = await guest.get(page)
                assert (found.status_code, told in found.text) == (404, True)
            assert "Frau Brandt" not in (await guest.get("/")).text, "whose desks there are is nobody else's business"
            async with guest.desk("vogt") as desk:
                assert await desk.first() == ""
                assert (await guest.post("/abmelden", {})).json() == {"weiter": "/anmelden"}
                assert await desk.until_refused() == "session"
            assert (await guest.get("/platz/vogt")).status_code == 303
            assert not house.access._looked, "what is over is forgotten"
            names = [entry.name for entry in house.store.entries()]
            assert names == ["anmeldung.gelungen", "platz.fremd", "abmeldung"]
            assert PASSWORD not in repr(house.store.entries())

    asyncio.run(run())


def test_each_kind_of_person_sees_what_she_may() -> None:
    async def run() -> None:
        async with open_house() as house:
            lead = await house.inside("l.leitung")
            seats = (await lead.get("/")).text
            assert "Frau Vogt" in seats
            assert 'href="/platz/nowak"' in seats
            assert 'href="/platz/vogt"' not in seats, "she sees that somebody sits there, and takes no desk but her own"
            assert "Frau Brandt" not in seats
            assert "Frau Arendt" not in seats
            for name in ("v.amt", "r.revision"):
                other = await house.inside(name)
                assert (await other.get("/")).headers["location"] == "/konto"
                assert (await other.get("/platz/vogt")).status_code == 403
                async with other.desk("vogt") as desk:
                    assert await desk.first() == "hello"
            assert ("v.amt", "vogt") in house.noted("platz.fremd")

    asyncio.run(run())


def test_only_those_who_may_read_the_lists() -> None:
    async def run() -> None:
        async with open_house() as house:
            stranger = await house.guest()
            await stranger.log_in("das.war.mein.kennwort", "x")
            for name, accounts, log in (
                *(("e.muster", 403, 403), ("l.leitung", 403, 403)),
                *(("v.amt", 200, 200), ("r.revision", 403, 200)),
            ):
                guest = await house.inside(name)
                answers = [await guest.get(page) for page in ("/konten", "/protokoll")]
                assert [one.status_code for one in answers] == [accounts, log], name
                assert ('href="/konten" >' in (await guest.get("/konto")).text) is (accounts == 200)
                assert (await guest.get("/konten")).status_code == accounts
            refused = [(name, page) for name in ("e.muster", "l.leitung") for page in ("/konten", "/protokoll")]
            assert house.noted("seite.verboten") == [*refused, ("r.revision", "/konten")], "once, however often"
            house.change("v.amt", roles=(ADMINISTRATION, AUDITOR))
            guest = await house.inside("v.amt")
            text = (await guest.get("/konten")).text
            assert "e.muster" in text
            assert "a.kasse" not in text, "of another tenant"
            await house.inside("a.kasse")
            text = (await guest.get("/protokoll")).text
            assert "anmeldung.abgelehnt" in text
            assert "mein.kennwort" not in text
            assert "a.kasse" not in text
            for tenant in ("landkreis", "aok-nordost"):
                house.access.note_refused("", f"{tenant} kein_konto")
            text = (await guest.get("/protokoll")).text
            assert "landkreis kein_konto" in text
            assert "aok-nordost" not in text, "who fails at the issuer of another house is no business of this one"
            for page in ("/konten", "/protokoll"):
                assert (await stranger.get(page)).headers["location"] == "/anmelden"

    asyncio.run(run())


class _Altered(MemoryAccess):
    """Somebody has changed the log."""

    def entries(self, last: int | None = None) -> list[Entry]:
        assert last, "not all of it while others talk"
        raise LisaError(texts.CHAIN_BROKEN.format("access.sqlite", "Eintrag 1 wurde verändert"))


def test_an_auditor_is_told_that_the_log_was_altered() -> None:
    async def run() -> None:
        async with open_house(_Altered()) as house:
            answer = await (await house.inside("r.revision")).get("/protokoll")
            assert answer.status_code == 500
            assert "Eintrag 1 wurde verändert" in answer.text

    asyncio.run(run())


def test_what_breaks_behind_a_connection_is_not_kept_from_the_console() -> None:
    async def broken(channel: Channel) -> None:
        raise DeviceFault("desk.broken", "unvorhergesehen", retryable=False)

    async def run() -> None:
        heard = iter([{"type": "websocket.connect"}])
        scope = {"type": "websocket", "path": "/ws/desk", "headers": [(b"host", b"127.0.0.1")], "query_string": b""}

        async def receive() -> Any:
            return next(heard)

        async def send(message: Any) -> None:
            """To nobody."""

        with pytest.raises(DeviceFault):
            await build_app(broken, broken, DIRECTORY)(scope, receive, send)

    asyncio.run(run())


@pytest.mark.parametrize("how", ["desk", "identity"])
def test_two_accounts_that_come_at_once_do_not_share(how: str) -> None:
    """What is looked at before is looked at again with what is written."""

    async def run() -> None:
        store, hasher = MemoryAccess(), Hasher(QUICK)
        administration = Administration(store, Clock(NOON), hasher)
        wishes = [
            AccountWish(name, (AGENT,), "vogt")
            if how == "desk"
            else AccountWish(name, (AUDITOR,), tenant="landkreis", openid="4711")
            for name in ("erste", "zweite")
        ]
        adding = (administration.add(wish, DIRECTORY) for wish in wishes)
        done = await asyncio.gather(*adding, return_exceptions=True)
        assert sorted(isinstance(one, LisaError) for one in done) == [False, True]
        assert len(store.accounts()) == 1

    asyncio.run(run())


class _Overtaken(MemoryAccess):
    """Another program writes an account, after all was looked at and before it is written."""

    other: Account | None = None

    def write(self, change: AccessChange) -> None:
        if (other := self.other) is not None:
            self.other = None
            super().write(AccessChange(accounts=(other,)))
        super().write(change)


def test_an_account_of_another_program_at_the_last_moment_keeps_the_desk() -> None:
    async def run() -> None:
        store = _Overtaken()
        administration = Administration(store, Clock(NOON), Hasher(QUICK))
        hers = AccountWish("n.neu", (AGENT,), "vogt")

        @contextlib.contextmanager
        def overtaken(name: str) -> Iterator[None]:
            store.other = account(name, "", AGENT, "vogt")
            with pytest.raises(LisaError, match="gerade etwas geändert"):
                yield
            administration.disable(name)

        with overtaken("erste"):
            await administration.add(hers, DIRECTORY)
        await administration.add(AccountWish("n.neu", (AUDITOR,)), DIRECTORY)
        with overtaken("zweite"):
            administration.give(hers, DIRECTORY)
        administration.give(hers, DIRECTORY)
        administration.disable("n.neu")
        with overtaken("dritte"):
            administration.enable("n.neu")

    asyncio.run(run())


def test_whoever_left_keeps_no_desk_and_an_identity_its_house() -> None:
    async def run() -> None:
        async with open_house() as house:
            administration = Administration(house.store, house.clock, house.hasher)
            administration.disable("e.muster")
            await administration.add(AccountWish("n.neu", (AGENT,), "vogt", openid="4711"), DIRECTORY)
            with pytest.raises(LisaError, match=r"gehört schon zum Konto „n\.neu“"):
                administration.enable("e.muster")
            with pytest.raises(LisaError, match="dort eines anlegen"):
                administration.give(AccountWish("n.neu", (AUDITOR,), tenant="aok-nordost"), DIRECTORY)
            administration.give(AccountWish("n.neu", (AUDITOR,), tenant="landkreis"), DIRECTORY)
            administration.enable("e.muster")

    asyncio.run(run())


def test_the_first_password_is_replaced_before_anything_else() -> None:
    async def run() -> None:
        async with open_house() as house:
            administration = Administration(house.store, house.clock, house.hasher)
            initial = await administration.add(AccountWish("N.Neu", (AGENT,), "lorenz"), DIRECTORY)
            guest = await house.guest()
            assert (await guest.log_in("n.neu", initial)).json() == {"weiter": "/konto"}
            before = guest.token
            assert (await guest.get("/platz/lorenz")).headers["location"] == "/anmelden"
            async with guest.desk("lorenz") as desk:
                assert await desk.first() == "session"
            for new, text in (
                ("kurz", texts.TOO_SHORT),
                ("n.neu.n.neu.n.neu", texts.GUESSED_SOON),
                (initial, texts.SAME),
            ):
                answer = await guest.post("/kennwort", {"bisher": initial, "neu": new})
                assert (answer.status_code, answer.json()["text"]) == (401, text)
            answer = await guest.post("/kennwort", {"bisher": "falsch", "neu": OWN})
            assert answer.json()["text"] == texts.OLD_WRONG
            assert (await guest.post("/kennwort", {"bisher": initial, "neu": OWN})).json() == {
                "weiter": "/platz/lorenz"
            }
            assert guest.token not in ("", before), "the session is another one"
            assert (await guest.get("/platz/lorenz")).status_code == 200
            late = await administration.reset("n.neu")
            assert (await guest.get("/platz/lorenz")).status_code == 303
            house.pass_s(8 * 24 * 3600)
            assert (await guest.log_in("n.neu", late)).json()["text"] == texts.INITIAL_OVER

    asyncio.run(run())


def test_a_session_ends_by_idleness_and_at_last_in_any_case() -> None:
    async def run() -> None:
        async with open_house() as house:
            guest = await house.inside("e.muster")
            for _ in range(5):
                house.pass_s(LIMITS.idle_s - 120)
                assert (await guest.get("/platz/vogt")).status_code == 200
            house.pass_s(LIMITS.idle_s)
            assert (await guest.get("/platz/vogt")).status_code == 303
            assert ("e.muster", "untaetig") in house.noted("sitzung.beendet")
            guest = await house.inside("e.muster")
            for _ in range(13):
                house.pass_s(LIMITS.idle_s - 120)
                await guest.get("/platz/vogt")
            assert (await guest.get("/platz/vogt")).status_code == 303
            assert ("e.muster", "zu_lang") in house.noted("sitzung.beendet")
            guest = await house.inside("e.muster")
            house.pass_s(-3 * 3600)
            assert (await guest.get("/platz/vogt")).status_code == 200, "a clock that is set back ends nothing"

    asyncio.run(run())


@pytest.mark.parametrize(
    "what", ["idle", "disabled", "other role", "other desk", "reset", "everywhere", "new password"]
)
def test_a_connected_desk_ends_with_its_session(what: str) -> None:
    async def run() -> None:
        async with open_house() as house:
            guest = await house.inside("e.muster")
            async with guest.desk("vogt") as desk:
                assert await desk.first() == ""
                house.access._looked.update((one.id, 0) for one in house.store.sessions_of("e.muster"))
                await _end(what, house)
                assert await desk.until_refused() == "session"
            assert not house.access._looked, "what somebody else has ended is forgotten as well"
            async with guest.desk("vogt") as desk:
                assert await desk.first() == "session"

    asyncio.run(run())


async def _end(what: str, house: House) -> None:
    administration = Administration(house.store, house.clock, house.hasher)
    match what:
        case "idle":
            house.pass_s(LIMITS.idle_s)
        case "disabled":
            administration.disable("e.muster")
        case "other role":
            administration.give(AccountWish("e.muster", (ADMINISTRATION,)), DIRECTORY)
        case "other desk":
            administration.give(AccountWish("e.muster", (AGENT,), "lorenz"), DIRECTORY)
        case "reset":
            await administration.reset("e.muster")
        case "everywhere":
            await (await house.inside("e.muster")).post("/abmelden", {"ueberall": True})
        case "one of hers":
            (other,) = house.store.sessions_of("e.muster")
            here = await house.inside("e.muster")
            await here.post("/sitzung", {"welche": other.id, "kennwort": PASSWORD})
        case _:
            await (await house.inside("e.muster")).post("/kennwort", {"bisher": PASSWORD, "neu": OWN})


def test_a_cookie_that_is_over_takes_nothing_of_her_share() -> None:
    """Also where it only asks for what everybody may have. By `lisa user disable`: `test_user_command`."""

    async def run() -> None:
        async with open_house() as house:
            for what in ("one of hers", "everywhere", "idle", "new password"):
                guest = await house.inside("e.muster")
                await guest.get("/platz/vogt")
                assert house.access.whose(guest.token) == "e.muster"
                await _end(what, house)
                assert house.access.whose(guest.token) == "", what
                house.store.write(AccessChange(ended_of=("e.muster",)))

    asyncio.run(run())


def test_nobody_is_cut_off_in_a_talk() -> None:
    async def run() -> None:
        async with open_house() as house:
            access, talks, looked = house.access, house.access.talks, Looks()
            access.talks = lambda account: looked.again(talks(account))
            entered = await house.inside("e.muster")
            async with entered.desk("vogt") as desk:
                assert await desk.first() == ""
                router = house.exchange.router.desk(AgentId("vogt"))
                assert router is not None
                router.mode = DeskMode.TALKING
                house.pass_s(LIMITS.absolute_s + 60)
                await looked.times(5)
                assert (await entered.get("/platz/vogt")).status_code == 200, "nor by a page that she opens meanwhile"
                async with entered.desk("vogt") as again:
                    assert await again.first() != "session", "nor by a link that was lost and came back"
                    router.mode = DeskMode.OFF
                    assert await again.until_refused() == "session"
            assert ("e.muster", "zu_lang") in house.noted("sitzung.beendet")

    asyncio.run(run())


def test_without_an_account_it_is_a_demonstration_and_with_the_first_one_no_longer() -> None:
    async def run() -> None:
        async with open_house(empty=True) as house:
            guest = await house.guest()
            assert "Vorführung" in (await guest.get("/")).text
            async with guest.desk("vogt", cookie="") as desk:
                assert await desk.first() == ""
                await Administration(house.store, house.clock, house.hasher).add(
                    AccountWish("v.amt", (ADMINISTRATION,)), DIRECTORY
                )
                assert await desk.until_refused() == "session"
            assert (await guest.get("/")).status_code == 303

    asyncio.run(run())


def test_a_scripted_desk_logs_in_like_everybody() -> None:
    async def run() -> None:
        async with open_house() as house:
            dial = await dial_logged_in(house.url, "e.muster", PASSWORD)
            async with open_desk(AgentId("vogt"), MemoryMedia(), dial, "probe") as desk:
                desk.ready()
                await desk.until(lambda at: at.state is DeskMode.READY, "bereit")
                Administration(house.store, house.clock, house.hasher).disable("e.muster")
                await desk.until(lambda at: at.refused is not None and at.refused.code == "session", "abgemeldet")
            await dial_logged_in(house.url.upper(), "b.beispiel", PASSWORD)
            for name, password in (("e.muster", PASSWORD), ("b.beispiel", "falsch"), ("v.amt", PASSWORD)):
                with pytest.raises(LisaError):
                    await dial_logged_in(house.url, name, password)
            with pytest.raises(LisaError, match="lässt niemanden"):
                await dial_logged_in("http://127.0.0.1:9", "e.muster", PASSWORD)

    asyncio.run(run())


def test_many_at_once_are_told_and_the_others_go_on() -> None:
    """What is looked at costs memory and processors: more than a few wait, more than some are sent away."""

    async def run() -> None:
        async with open_house() as house:
            access = Access(house.store, house.clock, Hasher(HashCost(2, 1024, 1)), two_factors=False)
            hers = (await access.log_in(Knock("e.muster", PASSWORD))).browser
            tries = [access.log_in(Knock(f"n{n}", "x", f"192.0.2.{n}")) for n in range(2 * (AT_ONCE + WAITING))]
            tries.append(access.log_in(Knock("e.muster", PASSWORD, "192.0.2.251", hers)))
            *others, she = await asyncio.gather(*tries, return_exceptions=True)
            assert isinstance(she, LoggedIn), "there are places for those who come every day"
            assert {str(one) for one in others} == {texts.WRONG, texts.BUSY}
            counted = {key for bucket, key in access._attempts._tries if bucket is Bucket.ACCOUNT}
            looked_at = [str(one) for one in others].count(texts.WRONG)
            assert len(counted) == looked_at, "for whom nobody has the time she has not failed"
            assert house.noted("anmeldung.andrang") == [("", "")]
            with pytest.raises(EntryRefused, match=texts.WRONG):
                await access.log_in(Knock("e.muster", "x", "192.0.2.250"))

    asyncio.run(run())


def test_a_costlier_hash_comes_with_the_next_log_in() -> None:
    async def run() -> None:
        async with open_house() as house:
            before = house.store.account("e.muster")
            house.access._hasher = Hasher(replace(HashCost(1, 8, 1), passes=2))
            await house.inside("e.muster")
            after = house.store.account("e.muster")
            assert before is not None
            assert after is not None
            assert "t=1" in before.password
            assert "t=2" in after.password
            await house.inside("e.muster")

    asyncio.run(run())


def test_sessions_of_one_account_are_not_without_number() -> None:
    async def run() -> None:
        async with open_house() as house:
            first = await house.inside("e.muster")
            for _ in range(10):
                house.pass_s(1)
                await house.inside("e.muster")
            assert len(house.store.sessions_of("e.muster")) == 10
            assert (await first.get("/konto")).status_code == 303, "the oldest is over"

    asyncio.run(run())


def test_accounts_that_cannot_be_read_let_nobody_in_and_cut_nobody_off() -> None:
    async def run() -> None:
        async with open_house() as house:
            guest = await house.inside("e.muster")
            async with guest.desk("vogt") as desk:
                assert await desk.first() == ""
                store, away = house.access.store, _Away()
                house.access.store = cast("AccessStore", away)
                assert (await guest.get("/platz/vogt")).status_code == 503
                answer = await (await house.guest()).log_in("e.muster")
                assert (answer.status_code, answer.json()["text"]) == (503, texts.UNAVAILABLE)
                async with guest.desk("vogt") as second:
                    assert await second.first() == "silent"
                await away.looks.times(5)
                house.access.store = store
                store.write(AccessChange(ended_of=("e.muster",)))
                assert await desk.until_refused() == "session", "connected until now, and asked again"

    asyncio.run(run())


class Looks:
    """Counts how often something was looked at, for whoever waits for that."""

    def __init__(self) -> None:
        self._count, self._change = 0, asyncio.Event()

    def again(self, value: bool = True) -> bool:
        self._count += 1
        self._change.set()
        return value

    async def times(self, more: int) -> None:
        wanted = self._count + more
        async with asyncio.timeout(LIMIT_S):
            while self._count < wanted:
                self._change.clear()
                await self._change.wait()


class _Away:
    """A store whose machine does not answer."""

    def __init__(self) -> None:
        self.looks = Looks()

    def __getattr__(self, name: str) -> object:
        def fail(*args: object) -> object:
            self.looks.again()
            raise MachineError("weg")

        return fail


def test_the_address_in_the_answer_is_never_that_of_the_request() -> None:
    async def run() -> None:
        async with open_house() as house:
            guest = await house.guest()
            answer = await guest.client.get("/anmelden?weiter=https://boese.example/")
            assert answer.status_code == 200
            answer = await guest.client.post(
                "/anmelden?weiter=//boese.example",
                json={"name": "e.muster", "kennwort": PASSWORD, "weiter": "//boese.example"},
                headers={"Origin": house.url},
            )
            assert answer.json() == {"weiter": "/platz/vogt"}
            assert isinstance(answer, httpx.Response)

    asyncio.run(run())
