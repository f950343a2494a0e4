"""Which phone may answer: a one-time code makes it the one, a key that only it has keeps it. Pure; times in seconds.

A code is eight letters of 24 (36 bits) and is spent by its first use. Whoever guesses has one try every two seconds,
all together five a second: in ten hours the chance is one in 600,000. A phone that is there is not replaced: there is
no code as long as it answers. One that has not been heard of for `AWAY_S` may be: there is a new code, which is void as
soon as the phone is back.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from enum import Enum

from lisa_core.access.codes import new_code, typed_code

CODE_LETTERS = 8
AWAY_S = 30.0
WAIT_S, ALL_WAIT_S = 2.0, 0.2
MOST_PEERS = 1000
_KEY_BYTES = 32


class Tried(Enum):
    """What became of a code that was typed."""

    PAIRED = "gekoppelt"
    WRONG = "falsch"
    TOO_SOON = "zu schnell"
    OCCUPIED = "besetzt"


@dataclass(frozen=True, slots=True)
class PairedPhone:
    """`after_s`: how long the code had been shown when it was typed."""

    key: str
    after_s: float


class Pairing:
    """What is known of phones, from the first code on, which is made at once."""

    def __init__(self, now_s: float) -> None:
        self.phone: PairedPhone | None = None
        self.code, self._coded_s = new_code(CODE_LETTERS), now_s
        self.wrong = 0
        """How many wrong codes have come."""
        self._seen_s = now_s
        self._held = 0
        self._peers: dict[str, float] = {}
        self._all_s = now_s - ALL_WAIT_S

    def attempt(self, said: str, peer: str, now_s: float) -> Tried:
        """Somebody at this network address types a code."""
        if now_s - self._peers.get(peer, now_s - WAIT_S) < WAIT_S or now_s - self._all_s < ALL_WAIT_S:
            return Tried.TOO_SOON
        if len(self._peers) >= MOST_PEERS:
            self._peers = {who: at for who, at in self._peers.items() if now_s - at < WAIT_S}
        self._peers[peer] = self._all_s = now_s
        if not self.code:
            return Tried.OCCUPIED
        if not hmac.compare_digest(typed_code(said).encode(), self.code.encode()):
            self.wrong += 1
            return Tried.WRONG
        self.phone, self.code = PairedPhone(secrets.token_urlsafe(_KEY_BYTES), now_s - self._coded_s), ""
        self._seen_s, self._held = now_s, 0
        return Tried.PAIRED

    def knows(self, key: str) -> bool:
        """Whether this is the key of the phone that may answer."""
        return self.phone is not None and hmac.compare_digest(key.encode(), self.phone.key.encode())

    def comes(self, now_s: float) -> bool:
        """The phone asks something, and is there until `goes`; whether it had been taken for lost."""
        self._seen_s, self._held = now_s, self._held + 1
        was_lost, self.code = bool(self.code), ""
        return was_lost

    def goes(self, now_s: float) -> None:
        """It has its answer."""
        self._seen_s, self._held = now_s, max(0, self._held - 1)

    @property
    def is_asking(self) -> bool:
        """Whether a question of the phone is held."""
        return self._held > 0

    def is_lost(self, now_s: float) -> bool:
        """Whether the phone has not been heard of for too long, and nobody was told yet."""
        return self.phone is not None and not self.code and not self._held and now_s - self._seen_s > AWAY_S

    def renew(self, now_s: float) -> str:
        """Another phone may come: the code for it."""
        self.code, self._coded_s = new_code(CODE_LETTERS), now_s
        return self.code

    def release(self, now_s: float) -> str:
        """The phone gives up its place, at once; the code for another one."""
        self.phone = None
        return self.renew(now_s)
