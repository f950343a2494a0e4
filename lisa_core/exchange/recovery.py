"""Taking up the work after a stop or a kill: the router from its snapshot and the log, the links from what was kept."""

from __future__ import annotations

import gc
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lisa_core.exchange.peers import Peer
from lisa_core.exchange.record import (
    BOOTH,
    DESK,
    ENDED,
    GENERATION,
    LETTER,
    PEER,
    RECEIVED,
    ROUTER,
    SEEN,
    SNAPSHOT,
    STARTED,
    digest,
    letter_key,
    parts_of,
)
from lisa_core.model.directory import Directory, Rules
from lisa_core.model.errors import ProtocolError
from lisa_core.model.ids import AgentId, SiteId
from lisa_core.protocols.link import LinkEnd
from lisa_core.protocols.messages import BoothHello, DeskHello
from lisa_core.protocols.values import from_json
from lisa_core.routing import events as e
from lisa_core.routing.router import Router
from lisa_core.store.journal import DAMAGED, Entry, Journal

Known = tuple[tuple[str, Mapping[Any, Any]], ...]
"""What a field of an event may name."""
NUMBERS_PER_START = 1_000_000_000
"""Messages are numbered from a multiple of it: above all that was ever given out, also what nobody noted."""


@dataclass(slots=True)
class Recovered:
    """Where the former exchange stood.

    `now_us` is the time of its last event, from which the router's time goes on; `skipped` counts events that no longer
    fit the directory; `ended` are the visits of each site whose end was noted, latest last; `received` the same of
    applications, by number; `stale` are kept keys that mean nothing any more.
    """

    router: Router
    now_us: int = 0
    generation: int = 1
    skipped: int = 0
    replayed: int = 0
    damaged: bool = False
    peers: dict[str, Peer] = field(default_factory=dict)
    ended: dict[SiteId, list[str]] = field(default_factory=dict)
    received: dict[SiteId, list[str]] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)

    @property
    def told(self) -> str:
        """What was done, for people."""
        text = f"{self.replayed} Ereignisse nachgespielt"
        if self.skipped:
            text += f", {self.skipped} passen nicht mehr zum Verzeichnis"
        return text

    def booths(self) -> dict[SiteId, Peer]:
        """The booths that were connected once."""
        return {SiteId(key[len(BOOTH) :]): peer for key, peer in self.peers.items() if key.startswith(BOOTH)}

    def desks(self) -> dict[AgentId, Peer]:
        """The desks that were connected once."""
        return {AgentId(key[len(DESK) :]): peer for key, peer in self.peers.items() if key.startswith(DESK)}


def recover(journal: Journal, directory: Directory, rules: Rules) -> Recovered:
    """Read only: what follows from it is for the exchange to write."""
    # Everything that is read stays: looking for garbage in between would only cost time, a fifth of it.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _recover(journal, directory, rules)
    finally:
        if collecting:
            gc.enable()


def _recover(journal: Journal, directory: Directory, rules: Rules) -> Recovered:
    found, entries = _snapshot(journal, directory, rules)
    known = _known(directory)
    for entry in entries:
        if entry.data:
            _replay(found, entry.data, known)
    found.generation = int(journal.kept(GENERATION).get(GENERATION, "0")) + 1
    found.damaged = _damaged(entries)
    found.peers = _peers(journal, found, directory)
    for key, text in journal.kept(ENDED).items():
        found.ended[SiteId(key.removeprefix(ENDED))] = json.loads(text)
    for key, text in journal.kept(RECEIVED).items():
        found.received[SiteId(key.removeprefix(RECEIVED))] = json.loads(text)
    return found


def _snapshot(journal: Journal, directory: Directory, rules: Rules) -> tuple[Recovered, list[Entry]]:
    """The router as the last snapshot has it, if the log vouches for that one, and the entries since."""
    text = journal.kept(ROUTER).get(ROUTER, "")
    if text:
        state = json.loads(text)
        since = journal.read(after=state["number"] - 1)
        if since and (since[0].name, since[0].detail) == (SNAPSHOT, digest(text)):
            return Recovered(Router.restore(directory, rules, state["router"]), state["us"]), since
    return Recovered(Router(directory, rules)), journal.read()


def _replay(found: Recovered, data: str, known: Known) -> None:
    told = json.loads(data)
    try:
        kind = e.EVENTS[told.pop("event")]
        now_us = told.pop("us")
        event: Any = from_json(kind, told)
    except (KeyError, ProtocolError):
        found.skipped += 1
        return
    if _fits(event, known):
        found.router.decide(event, now_us)
        found.now_us = now_us
        found.replayed += 1
    else:
        found.skipped += 1


def _known(directory: Directory) -> Known:
    return (
        ("site", directory.sites),
        ("agent", directory.agents),
        ("office", directory.offices),
        ("service", directory.services),
    )


def _fits(event: Any, known: Known) -> bool:
    """Whether the directory still has whom and what the event is about."""
    for name, things in known:
        value = getattr(event, name, None)
        if value and value not in things:
            return False
    return True


def _damaged(entries: list[Entry]) -> bool:
    """Whether the log was found damaged since the last start."""
    for entry in reversed(entries):
        if entry.name in (STARTED, DAMAGED):
            return entry.name == DAMAGED
    return False


def _peers(journal: Journal, found: Recovered, directory: Directory) -> dict[str, Peer]:
    """Who was connected. If the log was damaged, all links begin anew: what they had heard may not have happened."""
    letters: dict[str, list[tuple[int, str]]] = {}
    for key, text in journal.kept(LETTER).items():
        line, number = parts_of(key)
        letters.setdefault(line, []).append((number, text))
    seen = {key.removeprefix(SEEN): int(text) for key, text in journal.kept(SEEN).items()}
    first = found.generation * NUMBERS_PER_START
    peers: dict[str, Peer] = {}
    for key, text in journal.kept(PEER).items():
        name, kept = key.removeprefix(PEER), json.loads(text)
        hello = _hello(kept["hello"], directory)
        if hello is None:
            found.stale.append(key)
        elif found.damaged:
            peers[name] = Peer(hello.session, hello, link=LinkEnd(holds=True, last=first))
        else:
            line = kept["line"]
            heard = seen.pop(line, 0)
            link = LinkEnd(holds=True, seen=heard, last=first, backlog=letters.pop(line, ()))
            peers[name] = Peer(hello.session, hello, line, link, handled=heard)
    found.stale += [SEEN + line for line in seen]
    found.stale += [letter_key(line, number) for line, sent in letters.items() for number, _ in sent]
    return peers


def _hello(kept: dict[str, Any], directory: Directory) -> BoothHello | DeskHello | None:
    """What the peer said when it came; None if this version or this directory does not know it."""
    try:
        if "site" in kept:
            return BoothHello(**kept) if kept["site"] in directory.sites else None
        return DeskHello(**kept) if kept["agent"] in directory.agents else None
    except (TypeError, KeyError):
        return None
