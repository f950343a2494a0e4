"""For whom an account acts. An account may have several memberships: it acts with one at a time, which it chooses."""

from __future__ import annotations

from dataclasses import dataclass

from sojus.domain.model.actors import Actor


@dataclass(frozen=True, slots=True)
class Membership:
    """`account`: its name at the log-in."""

    account: str
    actor: Actor
