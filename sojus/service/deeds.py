"""What somebody wants to do: an event of the placement with who, by which key, and what their page showed."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from sojus.domain.model.actors import Actor
from sojus.domain.placement.events import PlacementEvent
from sojus.service.asked import Asked


@dataclass(frozen=True, slots=True)
class Deed:
    """`key`: a name that nobody has used; who got no answer does the same again by it. `seen`: the number of the log's
    entry that the page was at (`ResultView.at`), None: not known. `asked`: the search the place was found by; from it
    come the next best hits."""

    key: str
    by: Actor
    what: PlacementEvent
    seen: int | None = None
    asked: Asked | None = None


def name_from(key: str) -> str:
    """The id of what is made by an act with this key (reservation, request, closure, reported stay, saved search): the
    same key names the same, so that the act can be asked again. 26 characters, opaque."""
    return sha256(b"sojus/" + key.encode()).hexdigest()[:26]
