"""Every fault that the printer declares, on each of its three ways: raw port, IPP, and the booth in memory."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from emulator.devices.ipp.server import open_ipp_printer
from emulator.devices.printer import open_printer
from emulator.devices.printer_state import condition
from emulator.memory import MemoryPrinter
from emulator.world.live_world import HostedWorld
from emulator.world.world import World
from lisa_core.domain.case.texts import copy_fault
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.drivers import raw_print
from lisa_core.equipment.drivers.ipp.driver import open_ipp
from lisa_core.equipment.drivers.ipp.printer import IppPrinter
from lisa_core.equipment.drivers.raw_print import open_raw_print
from lisa_core.equipment.lines.dialogue import TcpDialogue
from lisa_core.equipment.slots.declaration import Fault
from lisa_core.equipment.slots.devices import Printer
from lisa_core.equipment.slots.printer_faults import PRINTER_FAULTS

PDF = b"%PDF-1.7\nEine Kopie\n%%EOF\n"
HALF = "printer.halbseite"
ON_THE_RAW_PORT = {"printer.belegt": "printer.io"}
"""What it cannot say there: somebody else's connection is all that shows."""


@contextlib.asynccontextmanager
async def raw(world: HostedWorld, timeout_s: float = 20.0) -> AsyncIterator[Printer]:
    options = {"timeout_s": timeout_s, "answer_s": 0.2}
    async with open_printer(world) as binding, open_raw_print(binding, options) as printer:
        yield printer


@contextlib.asynccontextmanager
async def ipp(world: HostedWorld) -> AsyncIterator[Printer]:
    is_busy = "printer.belegt" in world.state.faults
    options = {"poll_s": 0.0, "print_s": 0.05 if is_busy else 20.0}
    async with open_ipp_printer(world) as binding, open_ipp(binding, options) as printer:
        yield printer


@contextlib.asynccontextmanager
async def memory(world: HostedWorld) -> AsyncIterator[Printer]:
    yield MemoryPrinter(world)


WAYS = [raw, ipp, memory]
Way = Callable[[HostedWorld], AbstractAsyncContextManager[Printer]]


@pytest.fixture(autouse=True)
def _asked_long_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them answers: on a busy machine, too."""
    monkeypatch.setattr(raw_print, "ASK_S", 20.0)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("fault", PRINTER_FAULTS, ids=lambda fault: fault.name)
def test_it_is_told_by_its_name_nothing_is_left_and_it_heals(fault: Fault, way: Way) -> None:
    name = fault.name
    expected = ON_THE_RAW_PORT.get(name, fault.code) if way is raw else fault.code

    async def run() -> None:
        world = HostedWorld()
        await world.act("fail", fault=name)
        async with way(world) as printer:
            await printer.check()
            with pytest.raises(DeviceFault) as caught:
                await printer.hand_out(PDF, "Kopie")
            assert (caught.value.code, caught.value.retryable) == (expected, True)
            assert [sheet for sheet in world.state.tray if "halbe" not in sheet] == []
            assert len(world.state.tray) == (name == HALF)
            await world.act("heal", fault=name)
            await world.act("take_papers")
            await printer.hand_out(PDF, "Zweite")
            assert [sheet.partition(" ")[0] for sheet in world.state.tray] == ["Zweite"], "of the first nothing waited"

    asyncio.run(run())


def test_the_agent_has_a_sentence_of_its_own_for_each() -> None:
    for fault in PRINTER_FAULTS:
        assert "(printer." not in copy_fault(fault.code, "Mietvertrag"), fault.name


@pytest.mark.parametrize("way", [raw, ipp], ids=lambda way: way.__name__)
def test_paper_that_ends_before_the_job_is_there(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    """IPP takes the job back; on the raw port it lies in the printer, and the sentence says so: no second sheet."""
    world = HostedWorld()

    def after_the_paper(inner: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
        async def do(*args: object) -> object:
            await world.act("fail", fault="printer.papier")
            return await inner(*args)

        return do

    monkeypatch.setattr(TcpDialogue, "deliver", after_the_paper(TcpDialogue.deliver))
    monkeypatch.setattr(IppPrinter, "_sent", after_the_paper(IppPrinter._sent))

    async def run() -> None:
        async with raw(world, timeout_s=3.0) if way is raw else ipp(world) as printer:
            with pytest.raises(DeviceFault) as caught:
                await printer.hand_out(PDF, "Kopie")
            monkeypatch.undo()
            await world.act("heal", fault="printer.papier")
            if way is raw:
                assert (caught.value.code, "nicht noch einmal" in str(caught.value)) == ("printer.attention", True)
                while not world.state.tray:
                    await world.changed(world.state.revision)
            else:
                assert (caught.value.code, "zurückgenommen" in str(caught.value)) == ("printer.paper", True)
                await printer.hand_out(PDF, "Zweite")
            assert len(world.state.tray) == 1

    asyncio.run(run())


def test_of_several_the_one_counts_that_has_to_be_seen_to_first() -> None:
    world = World(faults=("printer.abbruch", "printer.klappe", "printer.stau", "scanner.doppeleinzug"))
    assert condition(world).fault == "printer.stau"
    assert condition(World(faults=("printer.abbruch", "printer.toner"))).fault == "printer.toner"
    assert condition(World(faults=("scanner.doppeleinzug",))) == condition(World())
