"""On what a bundle leans: scenarios that have not run again, each with the earlier bundle in whose stream it ran.

A verdict is taken only from the bundle in whose stream it stands, so a chain of bundles is a list of them and no chain.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from lisa_core.domain.case.canonical import canonical_json

FORMAT = "lisa.gestuetzt/1"
_IDENTITY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Leaning:
    """`held`: the id of each scenario that holds, and the identity of the bundle in which it ran."""

    held: tuple[tuple[str, str], ...] = ()

    @property
    def bundles(self) -> tuple[str, ...]:
        """The identities of the bundles that have to be presented, each once."""
        return tuple(dict.fromkeys(identity for _, identity in self.held))

    def of(self, identity: str) -> tuple[str, ...]:
        """The scenarios that are held by this one."""
        return tuple(name for name, one in self.held if one == identity)


def leaning_as_bytes(leaning: Leaning) -> bytes:
    """As it lies in a bundle (`gestuetzt.json`)."""
    return canonical_json({"format": FORMAT, "szenarien": [list(pair) for pair in leaning.held]})


def leaning_in(data: bytes) -> Leaning:
    """The way back. Raises `ValueError` with a German reason."""
    try:
        body = json.loads(data)
        held = tuple((name, identity) for name, identity in body["szenarien"])
        names = {name for name, _ in held}
    except (ValueError, TypeError, LookupError, RecursionError):
        raise ValueError("worauf sich das Paket stützt, ist unlesbar") from None
    texts = all(isinstance(text, str) for pair in held for text in pair)
    if body.get("format") != FORMAT or not texts or not all(_IDENTITY.fullmatch(one) for _, one in held):
        raise ValueError("worauf sich das Paket stützt, ist von anderer Art oder Fassung")
    if len(names) != len(held):
        raise ValueError("ein Szenario stützt sich auf zwei Pakete")
    return Leaning(held)
