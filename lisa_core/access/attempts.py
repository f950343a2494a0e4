"""How often a password may be tried: by one address, for one account, from a browser that is known. Pure.

Four buckets, each with a wait that doubles:

    address   all that one address tries, whatever the names: who guesses through the names stands still soon
    account   all that browsers try that nobody has logged in with: at most a minute
    browser   what one browser tries with which its owner has logged in before: alone, so it waits for nobody else
    second    codes, of browsers that are not known, by whoever has the password: at most five minutes

So nobody is locked out where she always works. At a strange computer she is, as long as somebody goes on who takes each
moment that is free: what is bounded is one wait. A try counts as failed before it is looked at, so that many at once
are no more than many in turn. A success takes back what it counted, and forgets the account's; it does not forget the
address's, or one good account would be a pass for guessing others. During a wait nothing is looked at and nothing
counted: a wait is not prolonged by those who knock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum


class Bucket(Enum):
    ADDRESS = "address"
    ACCOUNT = "account"
    BROWSER = "browser"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Pacing:
    """`free` failures without a wait, then 1 s, 2 s, 4 s ... up to `most_s`; after `forget_s` of rest all is new."""

    free: int
    most_s: int
    forget_s: int


PACING = {
    Bucket.ADDRESS: Pacing(20, 900, 3600),
    Bucket.ACCOUNT: Pacing(10, 60, 3600),
    Bucket.BROWSER: Pacing(10, 900, 3600),
    Bucket.SECOND: Pacing(5, 300, 24 * 3600),
}
MOST = 20_000
"""Buckets that are remembered, unknown names among them; the one that rested longest goes first."""

Key = tuple[Bucket, str]


@dataclass(frozen=True, slots=True)
class Tries:
    """Failures, and when the last one was; whether somebody has been told that these wait since."""

    failed: int = 0
    last_s: float = 0.0
    told: bool = False


def wait_s(tries: Tries, pacing: Pacing, now_s: float) -> int:
    """Seconds, rounded up, until the next one is looked at."""
    over = tries.failed - pacing.free
    if over < 0 or now_s - tries.last_s > pacing.forget_s:
        return 0
    left = tries.last_s + min(pacing.most_s, 1 << min(over, 30)) - now_s
    return max(0, int(left) + (left > int(left)))


class Attempts:
    """Kept in memory: a start of the program forgets it, which nobody at the door can bring about."""

    def __init__(self) -> None:
        self._tries: dict[Key, Tries] = {}

    def begin(self, keys: Iterable[Key], now_s: float) -> int:
        """0: this one is looked at, and counts as failed until `succeeded`. Else the seconds to wait."""
        keys = tuple(keys)
        found = {key: self._tries.get(key, Tries()) for key in keys}
        wait = max(wait_s(tries, PACING[key[0]], now_s) for key, tries in found.items())
        if wait:
            return wait
        for key, tries in found.items():
            rested = now_s - tries.last_s > PACING[key[0]].forget_s
            self._tries.pop(key, None)
            self._tries[key] = Tries((0 if rested else tries.failed) + 1, now_s)
        while len(self._tries) > MOST:
            del self._tries[next(iter(self._tries))]
        return 0

    def is_news(self, keys: Iterable[Key]) -> bool:
        """Whether nobody has been told of this wait; now somebody has. So there are no more of these than of tries."""
        found = {key: tries for key in keys if (tries := self._tries.get(key)) is not None}
        self._tries.update({key: replace(tries, told=True) for key, tries in found.items()})
        return not all(tries.told for tries in found.values())

    def succeeded(self, keys: Iterable[Key]) -> None:
        """The password was right."""
        for key in keys:
            if key[0] is not Bucket.ADDRESS:
                self._tries.pop(key, None)
            elif (tries := self._tries.get(key)) is not None:
                self._tries[key] = replace(tries, failed=max(0, tries.failed - 1))
