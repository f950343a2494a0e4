"""What an adapter and LISA say to each other is recorded as any device's traffic is, and plays without its program."""

from __future__ import annotations

import asyncio
import contextlib
import shlex
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from lisa_core.config.profile import load_profile
from lisa_core.config.vendor.recalled import recalled
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.readings import DeviceIdentity, PresenceReport
from lisa_core.equipment.drivers.adapter.driver import open_adapter
from lisa_core.equipment.drivers.adapter.slot import slot_of
from lisa_core.equipment.lines.tapped.tap import Tap, tapped
from lisa_core.equipment.slots.devices import Presence
from lisa_core.equipment.slots.driver import SlotPlace
from lisa_core.equipment.slots.origin import Origin
from lisa_core.equipment.traces.entries import Blank, EntryKind, TraceEntry, TraceHead, bytes_in
from lisa_core.equipment.traces.keepers import Ring, whole_text
from lisa_core.equipment.traces.reading import read_trace
from lisa_core.equipment.traces.session import TapSession
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from tests.devices.adapter_starts import STARTS

COMMAND = f"adapter:{shlex.join([sys.executable, '-I', '-S', str(STARTS / 'sensor.py')])} abstand.txt"
Seen = list[tuple[bool, int | None]]


@contextlib.asynccontextmanager
async def reading(address: str, folder: Path, tap: Tap | None) -> AsyncIterator[tuple[DeviceIdentity, Presence]]:
    with tapped(tap):
        opening = open_adapter(address, {}, SlotPlace("presence", folder))
        device = await opening.__aenter__()
    try:
        yield await device.identify(), cast("Presence", slot_of(Presence, device, {}))
    finally:
        await opening.__aexit__(None, None, None)


async def told(address: str, folder: Path, tap: Tap | None) -> tuple[DeviceIdentity, Seen]:
    """Nobody, then somebody at 180 cm, then nobody: what its slot reports of it, each state once."""
    file = folder / "abstand.txt"
    seen: Seen = []
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(asyncio.timeout(60))
        who, slot = await stack.enter_async_context(reading(address, folder, tap))
        reports = cast("AsyncGenerator[PresenceReport, None]", slot.reports())
        async for report in await stack.enter_async_context(aclosing(reports)):
            state = (report.present, report.moving_cm)
            if seen[-1:] != [state]:
                seen.append(state)
                file.write_text("" if len(seen) > 1 else "180", encoding="utf-8")
            if len(seen) == 3:
                return who, seen
    raise AssertionError("it has said its end")


async def recorded(slot: str, folder: Path) -> tuple[DeviceIdentity, Seen, Sequence[TraceEntry]]:
    session = TapSession(Ring)
    tap = session.listens({slot: {}}, "adapter", COMMAND, emulated=False)
    who, seen = await told(COMMAND, folder, tap)
    return who, seen, session.recorded[0].ring.entries


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    who, seen, entries = asyncio.run(recorded("presence", tmp_path))
    assert seen == [(False, None), (True, 180), (False, None)]
    head = TraceHead({"presence": {}}, "adapter", COMMAND, Origin.ADAPTER.value, datetime.now(UTC), "0.1.0", who)
    path = tmp_path / "adapter.trace"
    path.write_text(whole_text(head, entries), encoding="utf-8")
    return path


def test_a_recorded_adapter_reports_the_same_without_its_program(trace: Path, tmp_path: Path) -> None:
    assert len(read_trace(trace).entries) > 20
    elsewhere = tmp_path / "dort"
    elsewhere.mkdir()
    for mode in ("strict", "tolerant"):
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:

            async def again(mode: str = mode) -> tuple[DeviceIdentity, Seen]:
                opened = TapSession().plays(f"replay:{trace}?mode={mode}")
                return await told("adapter:gibt-es-hier-nicht", elsewhere, opened.player)

            who, seen = runner.run(again())
        assert (who.model, seen) == ("PX-2", [(False, None), (True, 180), (False, None)])


def test_what_an_adapter_reports_comes_since_it_was_asked_with_the_number_of_the_call(
    trace: Path, tmp_path: Path
) -> None:
    """Its last `pong` before the call took long then: each `ping` takes as long here, so the call comes later."""
    found = read_trace(trace)
    late = next(at for at, one in enumerate(found.entries) if b'"pong", "id": 9' in (bytes_in(one.content) or b""))
    held_up = [replace(one, at_us=one.at_us + (300_000 if at >= late else 0)) for at, one in enumerate(found.entries)]
    trace.write_text(whole_text(found.head, held_up), encoding="utf-8")
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:

        async def twice() -> Seen:
            opened = TapSession().plays(f"replay:{trace}?mode=tolerant")
            async with reading("adapter:gibt-es-hier-nicht", tmp_path, opened.player) as (_, slot):
                first = cast("AsyncGenerator[PresenceReport, None]", slot.reports())
                one = await anext(first)
                await first.aclose()
                seen = [(one.present, one.moving_cm)]
                async with aclosing(cast("AsyncGenerator[PresenceReport, None]", slot.reports())) as second:
                    async for report in second:
                        if seen[-1] != (state := (report.present, report.moving_cm)):
                            seen.append(state)
                        if len(seen) == 3:
                            return seen
            raise AssertionError("it has said its end")

        assert runner.run(twice()) == [(False, None), (True, 180), (False, None)]


def test_an_adapter_of_what_may_be_personal_is_kept_as_lengths(tmp_path: Path) -> None:
    _, _, entries = asyncio.run(recorded("scanner", tmp_path))
    said = [one for one in entries if one.kind in (EntryKind.SENT, EntryKind.CAME)]
    assert said
    assert all(isinstance(part, Blank) for one in said for part in one.content)


PROFILE = '[profile]\nid = "a"\nextends = "emulated"\n[slots.{slot}]\ndriver = "{driver}"\nbinding = "replay:{path}"\n'


def test_a_recording_is_held_against_its_slot_and_tells_whom_it_has_heard(trace: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profil.toml"
    profile.write_text(PROFILE.format(slot="scanner", driver="escl", path=trace.name), encoding="utf-8")
    with pytest.raises(ProfileError, match=r"profil\.toml:6: .*ist von presence \(adapter\), nicht von scanner") as one:
        load_profile(str(profile))
    assert len(str(one.value).splitlines()) == 1
    text = PROFILE.format(slot="presence", driver="adapter", path=trace.name)
    profile.write_text(f'{text}model = "PX-3"\n', encoding="utf-8")
    [found] = recalled(load_profile(str(profile)))
    lines = "\n".join(found.lines)
    assert "sagte von sich: Beispiel GmbH PX-2, Seriennummer 0001, Firmware 1.0" in lines
    assert "Herkunft: nachgespielt (damals: über Adapter)" in lines
    assert "Widerspruch: anderes Gerät als erklärt" in lines
