"""The booth's own program, in virtual time, told what a simulated booth was told. Only its hands are made up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.booth.case import case_file
from lisa_core.booth.case.signature import PadReady
from lisa_core.booth.executor import Booth, TaskResult
from lisa_core.booth.imaging.workshop import Workshop
from lisa_core.booth.kit import BoothKit
from lisa_core.booth.screen import texts
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.case import Case, Page, Receipt
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.ids import CallId, VisitId
from lisa_core.domain.model.readings import HeadPosition, HeadPreset
from lisa_core.domain.model.screen import READ_TO_THE_END, ScreenView, Touch
from lisa_core.equipment.slots.call import MediaFactory
from lisa_core.equipment.slots.devices import Slots
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.harness.simulation.world.booth import WIPE_US
from lisa_core.harness.simulation.world.casework import PRINT_US, SILENCE_US
from lisa_core.host.clock import Clock
from lisa_core.papers.vault import MemoryVault
from lisa_core.store.journal import MemoryJournal
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import NO_CALL, Envelope
from lisa_core.wire.uplink import LinkDown, LinkUp, Uplink
from tests.media.booths import beat
from tests.simulation.histories import History, Surroundings, Told, as_simulated

LEAD_US = 1_000_000
ROUNDS = 12
"""Rounds of the loop after which everything that follows from one item has happened."""


class Hands:
    """In the place of `booth.case.casework.Casework`: what devices and the office report is part of the history."""

    around = Surroundings(unsent=False, waits=False, signed_anew=True, printer=True, pad=True)
    papers_only = False

    def __init__(self, kit: BoothKit) -> None:
        self.erased = True

    async def perform(self, effect: ops.CaseEffect, case: Case, call: CallId) -> AsyncIterator[Any]:
        if isinstance(effect, ops.StartSignature):
            yield PadReady()
        if isinstance(effect, ops.HandOutCopy) and (failed := await self._print("printer.failed")):
            yield failed

    async def slip(self, given: m.AppointmentGiven) -> m.Notice | None:
        return await self._print("slip.failed")

    async def _print(self, failure: str) -> m.Notice | None:
        printer = self.around.printer
        await beat((PRINT_US if printer else SILENCE_US) / 1_000_000)
        return None if printer else m.Notice(failure, "")

    def preview(self, page: Page) -> m.Preview:
        return m.Preview(page.digest, "")

    def delivered(self, answer: m.SubmissionReceived) -> ops.Received | None:
        if not self.around.waits:
            return None
        return ops.Received(Receipt(answer.number, answer.received_at, answer.digest))

    @property
    def unsent(self) -> bool:
        return self.around.unsent

    @property
    def signed_anew(self) -> bool:
        return self.around.signed_anew

    def recall(self) -> None:
        """Its surroundings have called it back."""

    def erase(self) -> None:
        """It holds nothing."""


class Link:
    """In the place of the uplink: what comes in is put into `inbox`, what is said goes nowhere."""

    def __init__(self) -> None:
        self.inbox: asyncio.Queue[Any] = asyncio.Queue()

    async def run(self) -> None:
        await asyncio.Event().wait()

    def send(self, body: Any, call: CallId = NO_CALL) -> bool:
        return True

    def withdraw(self, names: tuple[str, ...]) -> None:
        """Nothing waits."""


class Quiet:
    """Every device: it says nothing by itself, and does what it is told at once."""

    def __init__(self, screens: list[ScreenView]) -> None:
        self._screens = screens

    async def _never(self) -> AsyncIterator[Any]:
        await asyncio.Event().wait()
        yield None

    reports = states = touches = frames = blocks = cards = _never

    async def set(self, on: bool) -> None:
        """Lamp and glass are not compared."""

    async def check(self) -> bool:
        return False

    async def recall(self, preset: HeadPreset) -> HeadPosition:
        """The camera over the table is not compared."""
        return HeadPosition()

    async def clear(self) -> None:
        if not Hands.around.pad:
            raise DeviceFault("pad.silent", "the pad does not answer")
        await beat(WIPE_US / 1_000_000)

    async def show_face(self, jpeg: bytes) -> None:
        """Faces are not compared."""

    async def show(self, shown: Any) -> None:
        if isinstance(shown, ScreenView) and shown.hint != texts.PAD_NOT_READY:  # a simulated pad is ready at once
            plain = as_simulated(shown)
            if not self._screens or self._screens[-1] != plain:
                self._screens.append(plain)


class Replay:
    """`log` and `screens` are what came of it."""

    def __init__(self, history: History, directory: Directory, civil: datetime, base_us: int) -> None:
        self._history, self._directory, self._civil, self._base_us = history, directory, civil, base_us
        self._journal, self._session = MemoryJournal(), 0
        self._link = Link()
        self.screens: list[ScreenView] = []
        self._quiet = Quiet(self.screens)

    @property
    def log(self) -> list[tuple[str, str, str]]:
        return [(entry.name, entry.subject, entry.detail) for entry in self._journal.read()]

    async def run(self) -> None:
        clock = Clock(self._civil)
        clock.instant()
        program = await self._start(clock)
        for told in self._history.told:
            wait_us = told.at_us - self._base_us - clock.now_us()
            if wait_us > 0:
                await beat(wait_us / 1_000_000)
            Hands.around = told.around
            if told.kind == "crash":
                program.cancel()
                await asyncio.gather(program, return_exceptions=True)
            elif told.kind == "restart":
                program = await self._start(clock)
            elif told.kind != "around":
                if told.kind == "touch" and told.value.startswith("erklaerung:"):
                    self._link.inbox.put_nowait(Touch(told.value.replace("erklaerung", READ_TO_THE_END, 1)))
                self._link.inbox.put_nowait(self._item(told, clock))
            await _settle()
        assert not program.done() or program.cancelled(), program.exception()
        await beat(3600)
        program.cancel()
        await asyncio.gather(program, return_exceptions=True)

    async def _start(self, clock: Clock) -> asyncio.Task[None]:
        self._session += 1
        self._link = Link()
        quiet: Any = self._quiet
        site = self._history.program.site
        slots = Slots(**dict.fromkeys(Slots.__dataclass_fields__, quiet))
        kit = BoothKit(
            replace(site, deadlines=replace(site.deadlines, touch_us=0)),
            self._directory,
            slots,
            cast("MediaFactory", SimpleNamespace(booth_leg=_never)),
            cast("Uplink", self._link),
            self._journal,
            MemoryVault,
            Ed25519PrivateKey.generate(),
            clock,
            str(self._session),
            cast("Workshop", None),
        )
        program = asyncio.ensure_future(Booth(kit).run())
        await _settle()
        return program

    def _item(self, told: Told, clock: Clock) -> Any:
        value = told.value
        match told.kind:
            case "message":
                call, body = value
                return Envelope(0, 0, call, body)
            case "touch":
                return Touch(value)
            case "result":
                return TaskResult(VisitId(value[0]), value[1])
            case "link_lost":
                return LinkDown("")
            case "link_back":
                return LinkUp(m.Welcome("", 0, "", civil=clock.instant().civil.isoformat()), value)
            case _:
                return value


async def _never(*cameras: Any) -> Any:
    await asyncio.Event().wait()


async def _settle() -> None:
    for _ in range(ROUNDS):
        await asyncio.sleep(0)


def replayed(monkeypatch: pytest.MonkeyPatch, history: History, directory: Directory) -> Replay:
    """The same history, told to the booth's own program."""
    monkeypatch.setattr(case_file, "Casework", Hands)
    base_us = history.told[0].at_us - LEAD_US
    civil = history.program.stage.exchange.civil(base_us)
    replay = Replay(history, directory, civil, base_us)
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(replay.run())
    return replay
