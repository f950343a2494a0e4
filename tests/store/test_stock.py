"""The inbox and its list: what the list lost comes back under its number, what is no application is laid aside."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.domain.model import case_events as ev
from lisa_core.domain.model.ids import OfficeId, VisitId
from lisa_core.exchange.inbox.stock import DAMAGED, FOUND, take_stock
from lisa_core.papers.seal import Submission, build
from lisa_core.papers.vault import MemoryVault
from lisa_core.store.inbox import FolderInbox, InboxEntry
from lisa_core.store.journal import Entry, MemoryJournal
from lisa_core.store.received import StoredInbox
from tests.documents.cases import OCCASION, SPEC, STROKES, run, signed_case
from tests.store.stores import FolderStore, Store

NUMBER = "20250716-101300-templin-0001"


@cache
def application() -> Submission:
    vault = MemoryVault()
    case, _ = run(signed_case(vault), ev.HandIn())
    return build(case, SPEC, OCCASION, vault=vault, strokes=STROKES, seal_key=Ed25519PrivateKey.generate())


VISIT = VisitId("templin-5c0ffee0")
LOG = MemoryJournal()
LOG.append(
    [
        Entry("", "antrag.eingegangen", VISIT, NUMBER),
        Entry("", "besuch.beendet", VISIT, "antrag_eingereicht"),
        Entry("", "beleg.nicht_ausgehaendigt", VISIT, NUMBER),
    ]
)


def entry() -> InboxEntry:
    return InboxEntry(NUMBER, OfficeId("wohngeldstelle"), "2025-07-16T10:12:00+02:00", application().digest)


def inbox(store: Store | Path) -> contextlib.closing[StoredInbox]:
    return contextlib.closing(FolderInbox(store) if isinstance(store, Path) else store.inbox())


ROWS = {"row gone": "delete from received", "row changed": "update received set received_at = 'x'"}


@pytest.mark.parametrize("harm", ROWS)
def test_what_the_list_lost_comes_back_under_its_number(store: Store, harm: str) -> None:
    comes_back(store, lambda: store.edit_inbox(ROWS[harm]))


@pytest.mark.parametrize("harm", ["list gone", "list no list"])
def test_what_was_in_a_list_that_is_lost_comes_back_under_its_number(tmp_path: Path, harm: str) -> None:
    file = tmp_path / "inbox" / "eingang.sqlite"
    comes_back(
        FolderStore(tmp_path),
        file.unlink if harm == "list gone" else lambda: file.write_bytes(b"Einkaufszettel " * 2000),
    )


def comes_back(store: Store, harm: Callable[[], object]) -> None:
    with inbox(store) as opened:
        opened.store(entry(), application().package, VISIT)
        opened.note_copy(NUMBER, handed_out=False)
    harm()
    with inbox(store) as opened:
        found = take_stock(opened, LOG)
        assert (FOUND, NUMBER) in [(name, number) for name, number, _ in found]
        assert (opened.find(entry().digest), opened.count()) == (entry(), 1)
        assert (opened.of_visit(VISIT), opened.owed()) == (entry(), [entry()]), "as the log has it"
    with inbox(store) as opened:
        assert take_stock(opened, LOG) == []
        assert opened.packages() == {NUMBER: application().package}


@pytest.mark.parametrize("how", ["no package", "changed", "other office", "twice"])
def test_what_is_no_application_that_is_missing_is_laid_aside(tmp_path: Path, how: str) -> None:
    package, office = application().package, "sozialamt" if how == "other office" else "wohngeldstelle"
    with inbox(tmp_path) as opened:
        if how == "twice":
            opened.store(entry(), package)
    data = {"no package": b"PK", "changed": package[:-1] + b"x"}.get(how, package)
    (tmp_path / office).mkdir(exist_ok=True)
    (tmp_path / office / "fremd.lisa.zip").write_bytes(data)
    with inbox(tmp_path) as opened:
        ((name, number, text),) = take_stock(opened, LOG)
        assert (name, number) == (DAMAGED, "fremd")
        assert "fremd.lisa.zip.beiseite" in text
        assert opened.count() == (how == "twice")
    with inbox(tmp_path) as opened:
        assert take_stock(opened, LOG) == []
    assert (tmp_path / office / "fremd.lisa.zip.beiseite").read_bytes() == data
