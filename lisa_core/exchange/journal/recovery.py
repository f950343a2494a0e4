"""Taking up the work after a stop or a kill: the router from its snapshot and the log, the links from what was kept."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from lisa_core.domain.model.directory import Directory, Rules
from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.ids import AgentId, SiteId
from lisa_core.domain.model.json_types import Json
from lisa_core.domain.model.values import from_json
from lisa_core.exchange import texts
from lisa_core.exchange.journal.names import SNAPSHOT, STARTED
from lisa_core.exchange.journal.record import (
    BOOTH,
    DESK,
    ENDED,
    GENERATION,
    OWED,
    PEER,
    RECEIVED,
    ROUTER,
    SEEN,
    UNACKED,
    digest,
    parts_of,
    unacked_key,
)
from lisa_core.exchange.journal.remembered import AFTER_THE_TIME, per_site, remembered, with_kept
from lisa_core.exchange.journal.replay import replay
from lisa_core.exchange.peers.peers import Peer
from lisa_core.exchange.wording import WordedRouter
from lisa_core.store.journal import DAMAGED, RESTORED, SPOILT, Entry, Journal
from lisa_core.store.json_rows import read_rows
from lisa_core.wire.envelope import LinkEnd
from lisa_core.wire.messages import BoothHello, DeskHello

T = TypeVar("T")
UNREADABLE = (ProtocolError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading something raises that another version wrote."""
NUMBERS_PER_START = 1_000_000_000
"""After a start messages are numbered from a multiple of this: above every number that was ever given out."""


@dataclass(slots=True)
class Recovered:
    """Where the former exchange stood.

    `now_us` is the time of its last event, from which the router's time goes on; `skipped` counts events that no longer
    fit the directory; `ended` are the visits of each site whose end was noted, latest last; `received` the same of
    applications, by number; `owed` are those that go by post, each with the lines of who was told; `stale` are kept
    keys that mean nothing any more, `unread` those of them that this version cannot read.
    """

    router: WordedRouter
    now_us: int = 0
    generation: int = 1
    skipped: int = 0
    replayed: int = 0
    damaged: bool = False
    peers: dict[str, Peer] = field(default_factory=dict)
    ended: dict[SiteId, list[str]] = field(default_factory=dict)
    received: dict[SiteId, list[str]] = field(default_factory=dict)
    owed: dict[str, list[str]] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def told(self) -> str:
        """What was done, for people."""
        told = [texts.REPLAYED.format(self.replayed)]
        if self.skipped:
            told.append(texts.SKIPPED.format(self.skipped))
        if self.unread:
            told.append(texts.UNREAD.format(len(self.unread)))
        return ", ".join(told)

    def read(self, key: str, take: Callable[..., T], *given: object) -> T | None:
        """What `take` makes of what is kept under `key`; None, and noted, if this version cannot read it."""
        try:
            return take(*given)
        except UNREADABLE:
            self.unread.append(key)
            self.stale.append(key)
            return None

    def read_all(self, kept: Mapping[str, Json], take: Callable[..., T]) -> dict[str, T]:
        """What `take` makes of each of them, by key; without those, noted, that this version cannot read."""
        try:
            return {key: take(text) for key, text in kept.items()}
        except UNREADABLE:
            found = {key: self.read(key, take, text) for key, text in kept.items()}
            return {key: value for key, value in found.items() if value is not None}

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
    found.replayed, found.skipped, last_us = replay(entries, found.router, directory)
    found.now_us = last_us or found.now_us
    _links(journal, found, directory, damaged=_damaged(entries))
    return found


def _links(journal: Journal, found: Recovered, directory: Directory, *, damaged: bool) -> None:
    """What the links need. If any of it is lost, all begin anew: what they had heard may not have happened."""
    found.damaged = damaged
    kept = journal.kept(GENERATION).get(GENERATION, "0")
    found.generation = (found.read(GENERATION, int, kept) or 0) + 1
    for prefix, noted in ((ENDED, found.ended), (RECEIVED, found.received)):
        for key, text in journal.kept(prefix).items():
            if (known := found.read(key, _names, text)) is not None:
                noted[SiteId(key.removeprefix(prefix))] = known
    for key, text in journal.kept(OWED).items():
        if (told := found.read(key, _names, text)) is not None:
            found.owed[key.removeprefix(OWED)] = told
    if found.damaged or found.unread:
        _from_the_log(journal, found, directory)
    _peers(journal, found, directory)
    if found.unread and not found.damaged:
        found.damaged, unread = True, list(found.unread)
        _peers(journal, found, directory)
        found.unread = unread


def _from_the_log(journal: Journal, found: Recovered, directory: Directory) -> None:
    """What was kept of visits and applications may be lost; the log has it."""
    log = remembered(journal.read())
    found.ended = with_kept(per_site(log.ended, directory.sites), found.ended)
    found.received = with_kept(per_site(log.visits, directory.sites, AFTER_THE_TIME), found.received)
    found.owed = {**{number: [] for number in log.owed}, **found.owed}


def _names(text: str) -> list[str]:
    """A list of visits."""
    names = json.loads(text)
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("no list of names")
    return names


def _snapshot(journal: Journal, directory: Directory, rules: Rules) -> tuple[Recovered, list[Entry]]:
    """The router as the last snapshot has it, if the log vouches for that one, and the entries since."""
    text = journal.kept(ROUTER).get(ROUTER, "")
    found, since = Recovered(WordedRouter(directory, rules)), list[Entry]()
    if text:
        restored = found.read(ROUTER, _restored, text, journal, directory, rules, since)
        if restored is not None:
            return Recovered(*restored), since
    # Whatever is wrong with the snapshot, the log has all of it.
    return found, journal.read()


def _restored(
    text: str, journal: Journal, directory: Directory, rules: Rules, since: list[Entry]
) -> tuple[WordedRouter, int] | None:
    """The router of a snapshot and its time, and into `since` the entries after it; None if the log names another."""
    state = json.loads(text)
    since[:] = journal.read(after=state["number"] - 1)
    if not since or (since[0].name, since[0].detail) != (SNAPSHOT, digest(text)):
        return None
    return WordedRouter.restore(directory, rules, state["router"]), state["us"]


def _damaged(entries: list[Entry]) -> bool:
    """Whether the log was found damaged, or came from a backup, since the last start."""
    for entry in reversed(entries):
        if entry.name in (STARTED, DAMAGED, SPOILT, RESTORED):
            return entry.name != STARTED
    return False


def _peers(journal: Journal, found: Recovered, directory: Directory) -> None:
    """Who was connected."""
    unacked: dict[str, list[tuple[int, str]]] = {}
    letters = journal.kept(UNACKED)
    for key, (line, number) in found.read_all({key: key for key in letters}, parts_of).items():
        unacked.setdefault(line, []).append((number, letters[key]))
    seen = {key.removeprefix(SEEN): number for key, number in found.read_all(journal.kept(SEEN), int).items()}
    first = found.generation * NUMBERS_PER_START
    peers: dict[str, Peer] = {}
    for key, (line, hello) in found.read_all(_parsed(journal.kept(PEER)), _peer).items():
        name = key.removeprefix(PEER)
        if not _is_known(hello, directory):
            found.stale.append(key)
        elif found.damaged:
            peers[name] = Peer(hello.session, hello, link=LinkEnd(holds=True, last=first))
        else:
            heard = seen.pop(line, 0)
            link = LinkEnd(holds=True, seen=heard, last=first, backlog=unacked.pop(line, ()))
            peers[name] = Peer(hello.session, hello, line, link, handled=heard)
    found.stale += [SEEN + line for line in seen]
    found.stale += [unacked_key(line, number) for line, sent in unacked.items() for number, _ in sent]
    found.peers = peers


def _parsed(kept: dict[str, str]) -> Mapping[str, Json]:
    """What stands in each; the text itself where one of them is no JSON, for then each is read by itself."""
    try:
        return dict(zip(kept, read_rows(list(kept.values())), strict=True))
    except UNREADABLE:
        return kept


def _peer(told: Json) -> tuple[str, BoothHello | DeskHello]:
    """The line of a peer, and what it said when it came. Raises what `Recovered.read` takes for another version."""
    kept = json.loads(told) if isinstance(told, str) else told
    line, said = kept["line"], kept["hello"]
    if not isinstance(line, str):
        raise TypeError("a line is a text")
    return line, from_json(BoothHello, said) if "site" in said else from_json(DeskHello, said)


def _is_known(hello: BoothHello | DeskHello, directory: Directory) -> bool:
    return hello.site in directory.sites if isinstance(hello, BoothHello) else hello.agent in directory.agents
