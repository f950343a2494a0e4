"""Ways: what each call is given so that picture and sound find theirs, and who is told where a relay gives none.

What is given counts for a time (TURN REST, draft-uberti-behave-turn-rest; coturn: `use-auth-secret`): a name that says
until when, and a word that only who has the secret can make of it. Neither is logged, nor kept beside the log: a peer
that comes back in the middle of a talk gets new ones.

The time is that of this computer, whatever time is played: the relay has its own clock.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from lisa_core.domain.model.call_words import ConsultStage
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.media.media_ways import IceServer, MediaPlan, MediaWays, RelayTrouble
from lisa_core.exchange import texts
from lisa_core.host.causes import cause
from lisa_core.wire import messages as m

LEAST_CHARACTERS, MOST_CHARACTERS = 16, 1_024
"""Of a secret. Whoever has it makes names and words for everybody, and one word is enough to try shorter ones."""
MISSING = "relais.kein_weg"
"""In the log, with the site or the agent, and why."""


class Ways:
    """One per exchange whose Landkreis names servers."""

    def __init__(self, plan: MediaPlan, now_s: Callable[[], float] = lambda: datetime.now(tz=UTC).timestamp()) -> None:
        """Raises `ProfileError` for a secret that cannot be read, or that others can."""
        self._plan, self._now_s = plan, now_s
        self._secret = read_secret(Path(plan.secret_file)) if plan.turn else b""

    def fresh(self) -> MediaWays:
        """For one peer and one leg."""
        plan = self._plan
        servers = (IceServer(plan.stun),) if plan.stun else ()
        if plan.turn:
            until_s = int(self._now_s()) + plan.valid_us // 1_000_000
            servers = (*servers, IceServer(plan.turn, *credential(self._secret, until_s, secrets.token_hex(4))))
        return MediaWays(servers, plan.relay_only)

    def missing(self, trouble: RelayTrouble, *, at_desk: bool) -> m.Notice:
        """What the agent reads when a relay gave no way, to her or to the booth."""
        who = texts.THIS_DESK if at_desk else texts.THE_BOOTH
        what = texts.NO_OTHER_WAY if self._plan.relay_only else texts.OTHER_WAYS
        code = f"relay.missing.{'desk' if at_desk else 'booth'}"
        return m.Notice(code, f"{texts.RELAYS[trouble].format(who)} {what}")


def opens_leg(body: m.Message) -> bool:
    """Whether who gets this message begins a leg, and needs a way for it first."""
    return isinstance(body, m.Answered | m.Taken) or (
        isinstance(body, m.ConsultState) and body.state is ConsultStage.TALKING
    )


def credential(secret: bytes, until_s: int, token: str) -> tuple[str, str]:
    """Name and word that count until then (seconds since 1970, UTC). `token` tells two of the same second apart."""
    username = f"{until_s}:{token}"
    return username, base64.b64encode(hmac.digest(secret, username.encode(), hashlib.sha1)).decode()


def read_secret(path: Path) -> bytes:
    """The secret in this file, which nobody but its owner may read. Raises `ProfileError`."""
    try:
        mode, text = path.stat().st_mode, path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ProfileError(texts.SECRET_UNREADABLE.format(path, cause(error))) from error
    if stat.S_IMODE(mode) & 0o077:
        raise ProfileError(texts.SECRET_OPEN.format(path, stat.S_IMODE(mode)))
    secret = text.strip()
    if not LEAST_CHARACTERS <= len(secret) <= MOST_CHARACTERS or len(secret.split()) != 1:
        raise ProfileError(texts.SECRET_SHAPE.format(path, LEAST_CHARACTERS, MOST_CHARACTERS))
    return secret.encode()
