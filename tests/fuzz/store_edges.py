"""What lies on the disk when a program starts, damaged or of another version: logs, and what is kept beside them."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any

from lisa_core.booth.journal import names
from lisa_core.booth.journal.history import past
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import AgentId, CallId, SiteId, VisitId
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.routing import events as e
from lisa_core.exchange.journal.names import STARTED
from lisa_core.exchange.journal.record import BOOTH, DESK, ENDED, GENERATION, Record
from lisa_core.exchange.journal.recovery import recover
from lisa_core.exchange.peers.peers import Peer
from lisa_core.exchange.wording import WordedRouter
from lisa_core.store.journal import DAMAGED, Entry, MemoryJournal
from lisa_core.store.sqlite import open_journal
from lisa_core.wire import messages as m
from tests.fuzz.edge import Edge
from tests.fuzz.file_edges import folder
from tests.fuzz.link_edges import text_of
from tests.fuzz.mutation import damaged
from tests.fuzz.shapes import either, json_text
from tests.routing.office import BRANDT, SITES
from tests.store.test_recovery import DIRECTORY, MONDAY, RULES, Live, Still

AT = "2026-11-23T10:00:00.000+01:00"


@cache
def exchange_stores() -> Sequence[bytes]:
    """What an exchange keeps after a while, with and without a snapshot, as one JSON document."""
    found = []
    for snapshot in (False, True):
        live = Live()
        site, call = SITES[0], CallId(f"{SITES[0]}/1")
        for event in (e.BoothJoined(site), e.DeskJoined(BRANDT), e.AgentReady(BRANDT)):
            live.do(1_000, event)
        live.do(1_000, e.CallPlaced(site, call, VisitId(call)))
        live.do(1_000, "answer")
        if snapshot:
            live.do(1_000, "snapshot")
        live.do(1_000, e.CallHungUp(BRANDT, call))
        _keep_more(live, site)
        entries = [list(entry) for entry in live.journal.read()]
        found.append(json.dumps({"entries": entries, "kept": _opened(live.journal.kept())}).encode())
    return found


def _keep_more(live: Live, site: SiteId) -> None:
    """Links and endings, as the exchange itself writes them."""
    record = Record(live.journal, Still(MONDAY), {}, live.now_us)
    booth, desk = (
        Peer("s1", m.BoothHello(site, "s1", 0, "ab" * 32), "0a1b2c3d"),
        Peer("s2", m.DeskHello(AgentId(BRANDT), "s2"), "4e5f6a7b"),
    )
    for key, peer in ((BOOTH + site, booth), (DESK + BRANDT, desk)):
        record.joined(key, peer)
        record.send_durably(peer, m.Pause(), CallId("x"))
        record.handled(peer, 7)
    record.put(GENERATION, "3")
    record.put(ENDED + site, json.dumps(["besuch-1", "besuch-2"]))
    record.log(STARTED, "", "")
    record.commit()


def _opened(kept: dict[str, str]) -> dict[str, Any]:
    """Texts that are JSON as what they hold, so that a mutator reaches into them."""
    return {key: _value(text) for key, text in kept.items()}


def _value(text: str) -> Any:
    with contextlib.suppress(ValueError):
        return {"json": json.loads(text)}
    return text


def take_exchange_store(data: bytes, chance: Random) -> None:
    """An exchange starts with whatever is there, and can go on."""
    try:
        stored = json.loads(text_of(data))
        entries, kept = stored["entries"], {str(key): _text(value) for key, value in stored["kept"].items()}
        rows = [Entry(*[str(field) for field in entry]) for entry in entries]
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        return  # not what a database can hold
    journal = MemoryJournal()
    journal.append(rows, kept)
    found = recover(journal, DIRECTORY, RULES)
    found.router.handle(e.Due(), found.now_us + 1)
    WordedRouter.restore(DIRECTORY, RULES, json.loads(json.dumps(found.router.snapshot())))


def _text(value: Any) -> str:
    if isinstance(value, dict) and "json" in value:
        return json.dumps(value["json"])
    return value if isinstance(value, str) else json.dumps(value)


def booth_logs() -> Sequence[bytes]:
    rows = [
        [AT, names.VISIT_BEGUN, "templin-1", ""],
        [AT, names.NAMES[_APPLICATION], "templin-1", ""],
        [AT, names.WIPE_BEGUN, "templin-1", Outcome.APPLICATION.value],
        [AT, names.VISIT_ENDED, "templin-1", Outcome.APPLICATION.value],
        [AT, DAMAGED, "", "gut bis Eintrag 3"],
        [AT, names.VISIT_BEGUN, "templin-2", ""],
    ]
    return [json.dumps(rows).encode(), json.dumps(rows[:3]).encode()]


_APPLICATION = next(kind for kind in names.NAMES if kind.__name__ == "ApplicationReceived")


def take_booth_log(data: bytes, chance: Random) -> None:
    """A booth starts with whatever its log says of the past."""
    try:
        rows = [Entry(*[str(field) for field in row]) for row in json.loads(text_of(data))]
    except (ValueError, RecursionError, TypeError):
        return
    past(rows, SiteId("templin"))


@cache
def databases() -> Sequence[bytes]:
    """A whole file of a closed log."""
    path = folder() / "seed" / "log.sqlite"
    path.parent.mkdir(exist_ok=True)
    with contextlib.closing(open_journal(path, AT)) as journal:
        for number in range(40):
            journal.append([Entry(AT, "anruf.begonnen", f"v-{number}", "templin", "{}")], {f"seen/{number}": "7"})
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
    return [path.read_bytes()]


def take_database(data: bytes, chance: Random) -> None:
    """A log opens whatever its file holds; what is good of it is still there, and it can be written."""
    home = folder() / "log"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    (home / "log.sqlite").write_bytes(data)
    with contextlib.closing(open_journal(home / "log.sqlite", AT)) as journal:
        before = journal.count
        journal.append([Entry(AT, "probe", "")], {"probe": "x"})
        assert len(journal.read()) == before + 1
        assert journal.kept("probe") == {"probe": "x"}


EDGES = (
    Edge("exchange-store", exchange_stores, json_text, take_exchange_store, 30_000, (LisaError,)),
    Edge("booth-log", booth_logs, either(json_text, damaged), take_booth_log, 14_000, (LisaError,)),
    Edge("database", databases, damaged, take_database, 4_000, (LisaError,), start_s=0.5),
)
