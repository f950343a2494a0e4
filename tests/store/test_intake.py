"""Whatever a sealed package says of itself: it is refused to the booth that sent it, and the exchange goes on."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.config.directory import load_directory
from lisa_core.domain.case.canonical import sha256
from lisa_core.domain.model.errors import MachineError
from lisa_core.domain.model.ids import OfficeId, SiteId, VisitId
from lisa_core.exchange.inbox.intake import Answer, Intake
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.host.clock import Clock
from lisa_core.papers.package import pack, unpack
from lisa_core.papers.parts import parts
from lisa_core.papers.seal import Submission
from lisa_core.store.inbox import NO_VISIT, InboxEntry, MemoryInbox
from lisa_core.store.journal import TakenOver
from lisa_core.wire.messages import BoothHello, SubmissionReceived, SubmissionRefused
from tests.store.test_stock import application

KEY = Ed25519PrivateKey.generate()
BOOTH = BoothHello(SiteId("templin"), "s", 0, KEY.public_key().public_bytes_raw().hex())
MONDAY = datetime.fromisoformat("2026-11-23T10:00+01:00")


class Full(MemoryInbox):
    """An inbox on a disk without room."""

    def store(self, entry: InboxEntry, package: bytes, visit: VisitId = NO_VISIT) -> InboxEntry:
        raise MachineError("/srv/lisa: Der Speicherplatz reicht nicht. Platz schaffen.")


class Succeeded(MemoryInbox):
    """An inbox that another exchange writes now."""

    def store(self, entry: InboxEntry, package: bytes, visit: VisitId = NO_VISIT) -> InboxEntry:
        raise TakenOver("Eine andere Vermittlung hat diese Datenbank übernommen.")


def said(inbox: MemoryInbox, **manifest: object) -> Answer | None:
    """The answer to a package whose manifest says this, rightly sealed."""
    entries = unpack(application().package)
    text = json.dumps({**json.loads(entries["manifest.json"]), **manifest}).encode()
    package = pack({**entries, "manifest.json": text, "siegel.ed25519": KEY.sign(text)})
    digest = sha256(package)
    submission = Submission(digest[:32], OfficeId("wohngeldstelle"), package, digest)

    async def take() -> Answer | None:
        intake = Intake(load_directory("uckermark")[0], inbox, Clock(MONDAY))
        return [intake.take(BOOTH, part, NO_VISIT) for part in parts(submission)][-1]

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(take())


@pytest.mark.parametrize("moment", ["garbage", None, float("nan"), "2025-07-16T10:12:00"])
def test_a_moment_that_is_none_is_refused(moment: object) -> None:
    inbox = MemoryInbox()
    answer = said(inbox, abgegeben=moment)
    assert isinstance(answer, SubmissionRefused)
    assert "abgegeben" in answer.text
    assert inbox.count() == 0


def test_a_disk_without_room_is_no_fault_of_the_booth(capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(said(MemoryInbox()), SubmissionReceived)
    answer = said(Full())
    assert isinstance(answer, SubmissionRefused)
    assert (answer.code, "kann gerade nicht angenommen werden" in answer.text) == ("full", True)
    assert "/srv/lisa" not in answer.text, "where the exchange keeps things is nobody else's business"
    assert "/srv/lisa" in capsys.readouterr().err


def test_who_was_succeeded_refuses_nothing_that_the_other_takes_in() -> None:
    with pytest.raises(TakenOver):
        said(Succeeded())


def test_what_one_booth_begins_and_never_ends_pushes_out_nothing_of_another() -> None:
    sealed = application()
    first, *_ = cut = parts(sealed, 1_000)
    prenzlau = BoothHello(SiteId("prenzlau"), "s", 0, BOOTH.key)

    async def take() -> list[Answer | None]:
        intake = Intake(load_directory("uckermark")[0], MemoryInbox(), Clock(MONDAY))
        answers = [intake.take(BOOTH, part, NO_VISIT) for part in cut[:-1]]
        for number in range(100):
            assert intake.take(prenzlau, replace(first, submission=f"{number}"), NO_VISIT) is None
        intake.forget(prenzlau.site, first.submission)
        assert intake.take(prenzlau, replace(first, digest="0" * 64), NO_VISIT) is None
        return [*answers, intake.take(BOOTH, cut[-1], NO_VISIT)]

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        *before, answer = runner.run(take())
    assert len(before) > 1
    assert before == [None] * len(before)
    assert isinstance(answer, SubmissionReceived | SubmissionRefused), "it came whole"
