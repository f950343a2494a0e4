"""How long an application as large as one may be holds the exchange's loop.

`python -m tests.bench.bench_large_hand_in`: on the loop, and beside it; the longest time in which a loop that wants to
run every millisecond could not.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from datetime import datetime
from pathlib import Path
from unittest import mock

from lisa_core.config.directory import load_directory
from lisa_core.domain.model import case_events as ev
from lisa_core.domain.model.ids import SiteId
from lisa_core.exchange.inbox.intake import Intake, Whole
from lisa_core.host.clock import Clock
from lisa_core.papers.parts import parts
from lisa_core.papers.seal import Submission, build
from lisa_core.papers.vault import MemoryVault
from lisa_core.store.inbox import NO_VISIT, FolderInbox
from lisa_core.wire.messages import BoothHello, SubmissionReceived
from tests.documents import cases
from tests.documents.test_submission import KEY, PUBLIC

PAGE = 16_500_000
"""Three pages of so many bytes are an application of about 49.5 MB; 50 MiB is the most."""
EVERY_S = 0.001
BOOTH = BoothHello(SiteId("templin"), "s", 0, PUBLIC.public_bytes_raw().hex())


def large(page: int = PAGE) -> Submission:
    """An application whose pages are so large."""
    small = cases.jpeg

    def padded(number: int) -> bytes:
        return small(number) + random.Random(number).randbytes(page)

    with mock.patch.object(cases, "jpeg", padded):
        vault = MemoryVault()
        case, _ = cases.run(cases.signed_case(vault), ev.HandIn())
        return build(case, cases.SPEC, cases.OCCASION, vault=vault, strokes=cases.STROKES, seal_key=KEY)


async def _measured(submission: Submission, *, apart: bool) -> float:
    clock, directory = Clock(datetime.fromisoformat("2026-11-23T10:00+01:00")), load_directory("uckermark")[0]
    with tempfile.TemporaryDirectory() as folder:
        intake = Intake(directory, FolderInbox(Path(folder)), clock, apart=apart)
        *most, last = parts(submission)
        for part in most:
            assert intake.take(BOOTH, part, NO_VISIT) is None
        held, over = [0.0], asyncio.Event()
        watching = asyncio.create_task(_watch(held, over))
        await asyncio.sleep(0)
        answer = intake.take(BOOTH, last, NO_VISIT)
        if isinstance(answer, Whole):
            answer = (await intake.beside(answer)).answer
        over.set()
        await watching
        assert isinstance(answer, SubmissionReceived), answer
    return held[0]


async def _watch(held: list[float], over: asyncio.Event) -> None:
    """How late the loop runs what wants to run every millisecond, at worst."""
    loop = asyncio.get_running_loop()
    while not over.is_set():
        tick = loop.create_future()
        wanted_s = loop.time() + EVERY_S
        loop.call_at(wanted_s, tick.set_result, None)
        await tick
        held[0] = max(held[0], loop.time() - wanted_s)


async def _idle() -> float:
    """What the machine alone does to such a loop meanwhile."""
    held, over = [0.0], asyncio.Event()
    asyncio.get_running_loop().call_later(1.0, over.set)
    await _watch(held, over)
    return held[0]


async def main() -> None:
    """Three times all three, interleaved."""
    submission = large()
    for _ in range(3):
        there, beside = [1000 * await _measured(submission, apart=apart) for apart in (False, True)]
        idle = 1000 * await _idle()
        size = len(submission.package) / 1e6
        print(
            f"{size:.1f} MB: the loop is held {there:.0f} ms, beside it {beside:.0f} ms, without anything {idle:.0f} ms"
        )


if __name__ == "__main__":
    asyncio.run(main())
