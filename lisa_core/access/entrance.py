"""The entrance: who may come in, who is behind a cookie, and until when. It decides by the pure modules beside it.

    log_in   attempts --> hashing --> account as it is now --> a new session, its token once, its hash kept
    (a code of the app: `second_step`, which ends in `let_in` as well)
    visitor  token --> session and account, as the store has them now --> who it is, or why it is over
    until_over   beside a connection: looked at every second, so that `lisa user disable` works at once

Time is the house's clock: what it shows, in seconds since 1970, since sessions go on over a restart. A clock that is
set back by a minute ends nothing; one that is set forward ends what has lasted that long.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from lisa_core.access import audit, texts
from lisa_core.access.accounts import Account, is_initial_over, same_rights
from lisa_core.access.attempts import Attempts, Bucket, Key
from lisa_core.access.browsers import KnownBrowsers
from lisa_core.access.credentials import is_guessed_soon, is_too_short, login_name, typed_password
from lisa_core.access.hashing import Hasher, TooBusyError
from lisa_core.access.keeping.port import AccessChange, AccessStore, AccountChangedError
from lisa_core.access.leaked.filter import is_leaked
from lisa_core.access.sessions import Lack, LoginSession, SessionEnd, SessionLimits, end_of, id_of
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.host.clock import Clock
from lisa_core.store.journal import Entry
from lisa_core.web.networks import network_of

SEEN_EVERY_S = 60
"""How often is written that somebody did something."""
BUSY_EVERY_S = 60.0
"""How often is written that too many want in at once: nobody outside fills the log with it."""
MOST_LOOKS = 3
"""At an account that somebody else changes each time, before whoever is at the door is asked to try again."""
MOST_SESSIONS = 10
"""Of one account; one more, and the oldest is over."""
MOST_KNOWN = 10_000
"""Sessions of which is known, without asking the store, whose they are."""


class EntryRefused(LisaError):  # nothing failed
    """Nobody came in. The text is for whoever stands at the door; `wait_s` until the next try is looked at."""

    def __init__(self, text: str, wait_s: int = 0) -> None:
        super().__init__(text)
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Knock:
    """Who wants to come in, as typed; `browser` is what `browser_token` gave it once, "" without."""

    name: str = field(repr=False)
    password: str = field(repr=False)
    address: str = ""
    browser: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is logged in."""

    account: Account
    session: LoginSession


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """What her browser gets, and nobody else ever sees again."""

    visitor: Visitor
    token: str = field(repr=False)
    browser: str = field(repr=False)


class Access:
    """One for a program. What the store says counts each time: other programs change it, too."""

    def __init__(
        self,
        store: AccessStore,
        clock: Clock,
        hasher: Hasher,
        limits: SessionLimits | None = None,
        *,
        two_factors: bool = True,
    ) -> None:
        """`two_factors`: everybody has to set up an app; whoever has one is asked for its code in any case.

        `talks`: whether somebody with this account is in a talk; whoever serves talks sets it.
        """
        self.store, self._clock, self._hasher = store, clock, hasher
        self._limits, self._two_factors = limits or SessionLimits(), two_factors
        self.talks: Callable[[Account], bool] = lambda account: False
        self.browsers = KnownBrowsers(lambda: self.secret)
        self._attempts, self._secret = Attempts(), b""
        self._seen: dict[str, int] = {}
        self._looked: dict[str, int] = {}
        self._whose: dict[str, tuple[Visitor, int]] = {}
        self._asked, self._busy_s = (-1, -math.inf), -math.inf
        self._demanded = False

    @property
    def demanded(self) -> bool:
        """Whether anybody has to log in: there is an account, disabled or not. It never becomes false again."""
        self._demanded = self._demanded or bool(self.store.accounts())
        return self._demanded

    # --- coming in --------------------------------------------------------------------------------------------------

    async def log_in(self, knock: Knock) -> LoggedIn:
        """Raises `EntryRefused`; the same words, after the same time, for a wrong password and for nobody's name."""
        name = login_name(knock.name)
        keys = self._keys(name, knock)
        self._check_room(known=keys[0][0] is Bucket.BROWSER)
        self.begin(keys, name)
        account = await self._proven(name, typed_password(knock.password), knock.address)
        if account.disabled:
            self._note(audit.REFUSED, account.name, knock.address)
            raise EntryRefused(texts.DISABLED)
        if is_initial_over(account, self.now_s):
            self._note(audit.REFUSED, account.name, knock.address)
            raise EntryRefused(texts.INITIAL_OVER)
        self.succeeded(keys)
        return self.let_in(account, audit.PASSWORD_RIGHT if account.totp else audit.LOGGED_IN)

    async def change_password(
        self, visitor: Visitor, old: str, new: str, code: Callable[[], Account] | None = None
    ) -> LoggedIn:
        """Her own one; every session of hers ends, and the one that goes on is new. Raises `EntryRefused`.

        `code`: where she has an app, spends a code of it once all else is right; gives her account without it.
        """
        account = visitor.account
        if Lack.SECOND in visitor.session.lacks or (account.totp and code is None):
            raise EntryRefused(texts.LOG_IN_FIRST)
        await self.check_password(visitor, old)
        self._check_new(account, old, new)
        account = code() if code is not None else account
        try:
            hashed = await self._hasher.hashed(typed_password(new))
        except TooBusyError:
            raise EntryRefused(texts.BUSY) from None
        changed = replace(account, password=hashed, set_at=self.now_s, initial=False, codes_refused=0)
        ending = AccessChange(ended_of=(account.name,))
        return self.let_in(changed, audit.OWN_PASSWORD, proven=bool(account.totp), ending=ending)

    async def check_password(self, visitor: Visitor, typed: str) -> None:
        """That it is she who is there, once more. Raises `EntryRefused`."""
        keys = ((Bucket.BROWSER, visitor.session.id),)
        self._check_room(known=True)
        self.begin(keys, visitor.account.name)
        if not await self._fits(visitor.account.password or None, typed):
            raise EntryRefused(texts.OLD_WRONG)
        self.succeeded(keys)

    def _check_new(self, account: Account, old: str, new: str) -> None:
        if is_too_short(new):
            raise EntryRefused(texts.TOO_SHORT)
        if typed_password(new) == typed_password(old):
            raise EntryRefused(texts.SAME)
        if is_guessed_soon(new, account.name):
            raise EntryRefused(texts.GUESSED_SOON)
        if is_leaked(new):
            raise EntryRefused(texts.LEAKED)

    def _keys(self, name: str, knock: Knock) -> tuple[Key, ...]:
        account = self.store.account(name) if name else None
        if account is not None and self.browsers.is_known(account, knock.browser):
            return ((Bucket.BROWSER, id_of(knock.browser)),)
        return (Bucket.ADDRESS, network_of(knock.address)), (Bucket.ACCOUNT, name)

    def _check_room(self, *, known: bool) -> None:
        """Before a try counts: for whom nobody has the time she has not failed. Raises `EntryRefused`."""
        if self._hasher.has_room(known=known):
            return
        now_s = self._clock.now_us() / 1_000_000
        if now_s - self._busy_s >= BUSY_EVERY_S:
            self._note(audit.BUSY, "")
            self._busy_s = now_s
        raise EntryRefused(texts.BUSY)

    def begin(self, keys: tuple[Key, ...], name: str = "") -> None:
        """One more try in these buckets, as `name`. Raises `EntryRefused` while there is a wait."""
        if wait := self._attempts.begin(keys, self._clock.now_us() / 1_000_000):
            if self._attempts.is_news(keys):
                address = next((value for bucket, value in keys if bucket is Bucket.ADDRESS), "")
                self._note(audit.WAITING, name if name and self.store.account(name) else "", address)
            told = texts.SECONDS.format(wait) if wait < 120 else texts.MINUTES.format(-(-wait // 60))
            raise EntryRefused(texts.WAIT.format(told), wait)

    def succeeded(self, keys: tuple[Key, ...]) -> None:
        """That try was right."""
        self._attempts.succeeded(keys)

    async def _proven(self, name: str, password: str, address: str) -> Account:
        """The account as it is now, after its password was looked at.

        What stands there by then may be another hash: of another password, or of the same one, since somebody else has
        logged in with it. It is looked at as well. Raises `EntryRefused`.
        """
        for _ in range(MOST_LOOKS):
            account = self.store.account(name) if name else None
            kept = account.password if account and not account.openid else None
            if not await self._fits(kept, password) or account is None:
                self._note(audit.REFUSED, account.name if account else "", address)
                raise EntryRefused(texts.WRONG)
            if (now := await self._at_todays_cost(account, password)) is not None:
                return now
        raise EntryRefused(texts.AGAIN)

    async def _fits(self, kept: str | None, password: str) -> bool:
        try:
            return await self._hasher.fits(kept, typed_password(password))
        except TooBusyError:
            raise EntryRefused(texts.BUSY) from None

    async def _at_todays_cost(self, looked: Account, password: str) -> Account | None:
        """The account as it is now, its password hashed as it is today; None when it is another hash meanwhile."""
        hashed = looked.password
        if self._hasher.is_outdated(hashed):
            with contextlib.suppress(TooBusyError):  # another time
                hashed = await self._hasher.hashed(password)
        now = self.store.account(looked.name)
        return replace(now, password=hashed) if now is not None and now.password == looked.password else None

    def let_in(
        self,
        account: Account,
        why: str,
        *,
        proven: bool = False,
        ending: AccessChange | None = None,
        instead_of: LoginSession | None = None,
    ) -> LoggedIn:
        """A new session, with the account as it is now. `proven`: also by the second factor.

        `ending`: what ends first; `instead_of`: the session that goes on in the new one. Raises `EntryRefused` when the
        account was changed meanwhile: then nothing has happened.
        """
        token, now_s = secrets.token_urlsafe(32), self.now_s
        session = LoginSession(id_of(token), account.name, now_s, now_s, self._lacks(account, proven))
        others = self.store.sessions_of(account.name)
        over = {one.id for one in others if end_of(one, self._limits, now_s, talking=True) or one == instead_of}
        like = [one for one in others if bool(one.lacks) is bool(session.lacks)]  # half a log-in ends no whole one
        left = [one.id for one in like if one.id not in over]
        over |= set(left[: max(0, len(left) - MOST_SESSIONS + 1)])
        change = replace(ending or AccessChange(), ended=tuple(sorted(over)), began=(session,))
        change = replace(change, entries=(self._entry(why, account.name),))
        if account == self.store.account(account.name):
            now, change = account, replace(change, unchanged=(account,))
        else:
            now, change = replace(account, version=account.version + 1), replace(change, accounts=(account,))
        self._write(change)
        browser = "" if Lack.SECOND in session.lacks else self.browsers.token(now)
        return LoggedIn(Visitor(now, session), token, browser)

    def _lacks(self, account: Account, proven: bool) -> tuple[Lack, ...]:
        if account.totp and not proven:
            return (Lack.SECOND,)
        found = {Lack.OWN_PASSWORD: account.initial, Lack.NEW_SECOND: self._two_factors and not proven}
        return tuple(lack for lack, lacking in found.items() if lacking)

    # --- being in ---------------------------------------------------------------------------------------------------

    def visitor(self, token: str) -> Visitor | SessionEnd:
        """Who is behind this cookie, or why nobody is."""
        if not token:
            return SessionEnd.UNKNOWN
        revision = self._revision()  # before anything is read
        session = self.store.session(id_of(token))
        if session is None:
            self._forget(id_of(token))
            return SessionEnd.UNKNOWN
        found = self._standing(session)
        if isinstance(found, Visitor) and not session.lacks:
            self._whose[session.id] = found, revision
            if len(self._whose) > MOST_KNOWN:
                del self._whose[next(iter(self._whose))]
        return found

    def whose(self, token: str) -> str:
        """Which account is behind this cookie, "" for none: to count by, and no right. It never asks for one that was
        not looked at before: a cookie that somebody made up costs nothing.

        Half a log-in is nobody's: whoever has the password alone takes nothing of her share. Nor does whoever has a
        cookie that is over: it is looked at anew when its time is over, or when anything has been written since.
        """
        known = self._whose.get(id_of(token)) if token else None
        if known is None:
            return ""
        visitor, revision = known
        with contextlib.suppress(MachineError):  # nobody loses her share because nobody can be asked
            if revision != self._revision() or self._is_over(visitor, talking=self.talks(visitor.account)):
                found = self.visitor(token)
                return found.account.name if isinstance(found, Visitor) else ""
        return visitor.account.name

    def acted(self, visitor: Visitor) -> None:
        """Somebody did something there: it is not idle."""
        id_, now_s = visitor.session.id, self.now_s
        if now_s - self._seen.get(id_, visitor.session.seen_s) >= SEEN_EVERY_S:
            self.store.write(AccessChange(seen=((id_, now_s),)))
            self._seen[id_] = now_s

    async def until_over(self, visitor: Visitor | None) -> SessionEnd:
        """Returns as soon as the session is over; of nobody: as soon as somebody has to log in."""
        while True:
            await asyncio.sleep(self._limits.look_s)
            with contextlib.suppress(MachineError):  # nobody is cut off because nobody can be asked
                if (over := self._look(visitor)) is not None:
                    return over

    def _look(self, visitor: Visitor | None) -> SessionEnd | None:
        if visitor is None:
            return SessionEnd.UNKNOWN if self.demanded else None
        talking = self.talks(visitor.account)
        revision = self._revision()  # before anything is read: what is written meanwhile is looked at next time
        if self._is_as_it_was(visitor, revision, talking=talking):
            if talking:
                self.acted(visitor)
            return None
        now = self.store.session(visitor.session.id)
        standing = self._standing(now) if now else SessionEnd.UNKNOWN
        if isinstance(standing, SessionEnd):
            self._forget(visitor.session.id)
            return standing
        if not same_rights(standing.account, visitor.account):
            return SessionEnd.DISABLED
        if talking:
            self.acted(visitor)
        self._looked[visitor.session.id] = revision
        return None

    def _is_as_it_was(self, visitor: Visitor, revision: int, *, talking: bool) -> bool:
        """Nobody has written since it was looked at, and its time is not over: one question for all desks."""
        return self._looked.get(visitor.session.id) == revision and not self._is_over(visitor, talking=talking)

    def _is_over(self, visitor: Visitor, *, talking: bool) -> bool:
        """By its time alone."""
        session = visitor.session
        seen_s = max(session.seen_s, self._seen.get(session.id, 0))
        return end_of(replace(session, seen_s=seen_s), self._limits, self.now_s, talking=talking) is not None

    def _revision(self) -> int:
        """Of the store; asked once for all that look at about the same time, and after each end of a session here."""
        now_s = asyncio.get_running_loop().time()
        if now_s - self._asked[1] > self._limits.look_s / 2:
            self._asked = self.store.revision(), now_s
        return self._asked[0]

    def _standing(self, session: LoginSession) -> Visitor | SessionEnd:
        account = self.store.account(session.account)
        if account is None or account.disabled:
            why: SessionEnd | None = SessionEnd.DISABLED
        else:
            why = end_of(session, self._limits, self.now_s, talking=self.talks(account))
        if why is None and account is not None:
            return Visitor(account, session)
        self._forget(session.id)
        entry = self._entry(audit.OVER, session.account, why or "")
        self._write(AccessChange(ended=(session.id,), entries=(entry,)))
        return why or SessionEnd.UNKNOWN

    def _forget(self, id_: str) -> None:
        self._seen.pop(id_, None)
        self._looked.pop(id_, None)
        self._whose.pop(id_, None)

    def log_out(self, visitor: Visitor) -> None:
        """This session is over."""
        entry = self._entry(audit.LOGGED_OUT, visitor.account.name)
        self._write(AccessChange(ended=(visitor.session.id,), entries=(entry,)))
        self._forget(visitor.session.id)

    def sessions(self, visitor: Visitor) -> list[LoginSession]:
        """Where this account is logged in, the newest first; half a log-in is none."""
        found = self.store.sessions_of(visitor.account.name)
        standing = (one for one in found if not one.lacks and end_of(one, self._limits, self.now_s) is None)
        return sorted(standing, key=lambda one: one.began_s, reverse=True)

    def end_session(self, visitor: Visitor, which: str) -> None:
        """Another one of this account is over."""
        entry = self._entry(audit.OVER, visitor.account.name, "selbst")
        self._write(AccessChange(ended=(which,), entries=(entry,)))

    def civil(self, seconds: int) -> datetime:
        """That time, as the house's clock shows it."""
        return datetime.fromtimestamp(seconds, self.zone)

    def log_out_everywhere(self, visitor: Visitor) -> None:
        """All sessions of this account are over; half a log-in ends itself alone."""
        if Lack.SECOND in visitor.session.lacks:
            self.log_out(visitor)
            return
        entry = self._entry(audit.EVERYWHERE, visitor.account.name)
        self._write(AccessChange(ended_of=(visitor.account.name,), entries=(entry,)))

    def refused_code(self, account: Account, address: str, *, counted: bool) -> None:
        """A code was wrong. `counted`: in the account too, where no restart forgets it. Raises `EntryRefused`."""
        entry = self._entry(audit.SECOND_REFUSED, account.name, address)
        for _ in range(MOST_LOOKS):
            now = self.store.account(account.name)  # and not as whoever typed it saw it: others are counted as well
            more = (replace(now, codes_refused=now.codes_refused + 1),) if counted and now else ()
            with contextlib.suppress(EntryRefused):
                self._write(AccessChange(accounts=more, entries=(entry,)))
                return
        raise EntryRefused(texts.AGAIN)

    def note_refused(self, subject: str, detail: str, name: str = audit.REFUSED) -> None:
        """Somebody did not come in; of an account that is none nothing is said."""
        self._note(name, subject, detail)

    # --- what all of it needs ---------------------------------------------------------------------------------------

    @property
    def secret(self) -> bytes:
        """Of all programs on this store; read once."""
        self._secret = self._secret or self.store.secret()
        return self._secret

    @property
    def now_s(self) -> int:
        """Seconds since 1970 by the house's clock."""
        return int(self._clock.instant().civil.timestamp())

    @property
    def zone(self) -> tzinfo | None:
        """In which the house's clock is read."""
        return self._clock.instant().civil.tzinfo

    def _write(self, change: AccessChange) -> None:
        try:
            self.store.write(change)
        except AccountChangedError:
            raise EntryRefused(texts.AGAIN) from None
        self._asked = self._asked[0], -math.inf

    def _note(self, name: str, subject: str, detail: str = "") -> None:
        self.store.write(AccessChange(entries=(self._entry(name, subject, detail),)))

    def _entry(self, name: str, subject: str, detail: str = "") -> Entry:
        at = self._clock.instant().civil.isoformat(timespec="milliseconds")
        return Entry(at, name, subject, detail)
