"""A program of others that speaks for a device: whatever it does, its slot says what was wrong."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import shlex
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from lisa_core.config.drivers import OWN, driver
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import DeviceIdentity, PresenceReport
from lisa_core.equipment.drivers.adapter import device as kept
from lisa_core.equipment.drivers.adapter.driver import DRIVER, open_adapter
from lisa_core.equipment.drivers.adapter.slot import slot_of
from lisa_core.equipment.drivers.adapter.terms import ABILITIES
from lisa_core.equipment.slots.devices import Presence, Switch
from lisa_core.equipment.slots.driver import SlotPlace
from lisa_core.equipment.slots.promises.delayed import delays_of
from tests.devices.adapter_starts import start_in

HERE = Path(__file__).parent
QUICK = f"{shlex.quote(sys.executable)} -I -S"
LIMIT_S = 60.0


@contextlib.asynccontextmanager
async def adapter(command: str, folder: Path = HERE, **options: Any) -> AsyncIterator[tuple[Any, Any]]:
    """The device and its slot, of a program or of one that listens."""
    async with open_adapter(f"adapter:{command}", options, SlotPlace("presence", folder)) as device:
        yield device, slot_of(Presence, device, {})


async def fault_of(command: str, **options: Any) -> DeviceFault:
    """What its slot says when it is opened and read until something goes wrong."""
    try:
        async with asyncio.timeout(LIMIT_S), adapter(command, **options) as (_, slot):
            async for _ in slot.reports():
                pass
    except DeviceFault as fault:
        return fault
    raise AssertionError("it has said its end")


ROWS = [
    ("garbage", "adapter.broken", "Zeile 1 „Reading sensor DLL v1.3“: kein JSON, das hier gilt (Expecting value"),
    ("utf8", "adapter.broken", 'Zeile 1 „{"type":"hello","slot":"�"}“: kein JSON, das hier gilt (not UTF-8)'),
    ("long", "adapter.broken", "Zeile 1 ist länger als 65536 Byte"),
    ("deep", "adapter.broken", "Zeile 1 ist länger als 65536 Byte"),
    ("list", "adapter.broken", "Zeile 1 „[1]“: kein JSON-Objekt"),
    ("early", "adapter.broken", "als Erstes muss „hello“ kommen"),
    ("version", "adapter.broken", "es spricht Version 2, diese LISA spricht Version 1"),
    ("slot", "adapter.broken", "es spricht für „door“, gefragt ist „presence“"),
    ("ability", "adapter.broken", "die Fähigkeit „entfernng“ gibt es nicht. Meinten Sie „entfernung“?"),
    ("key", "adapter.broken", "hello: unknown key 'farbe'"),
    ("identity", "adapter.broken", "hello.identity.vendor: expected str, got int"),
    ("at once", "adapter.ended", "hat sich mit Code 7 beendet; zuletzt sagte es: „px2.dll is missing“"),
    ("dies", "adapter.ended", "hat sich mit Code 3 beendet; zuletzt sagte es: „sensor: cable cut“"),
    ("killed", "adapter.ended", "hat sich durch Signal 9 beendet"),
    ("half", "adapter.ended", "hat sich mit Code 0 beendet mitten in einer Zeile"),
    ("closes", "adapter.ended", "hat seine Ausgabe geschlossen und läuft weiter"),
    ("nan", "adapter.broken", "kein JSON, das hier gilt (NaN is no number)"),
    ("huge", "adapter.broken", "kein JSON, das hier gilt (a whole number is larger than 2**53)"),
    ("float", "adapter.broken", "value.moving_cm: expected int, got float"),
    ("far", "adapter.broken", "Abstände liegen bei 0 bis 10000 cm"),
    ("field", "adapter.broken", "value: unknown key 'abstand'; known: moving_cm"),
    ("ends", "adapter.broken", "auf „reports“ gehört event oder fault"),
    ("unknown", "adapter.broken", "von einem Aufruf mit id 71 weiß hier niemand"),
    ("type", "adapter.broken", "den Typ 'evnt' gibt es nicht; es gibt hello, pong"),
    ("answer", "adapter.broken", "auf „reports“ gehört event oder fault"),
    ("code", "adapter.broken", "den Fehlercode „presence.silnt“ hat „presence“ nicht. Meinten Sie „presence.silent“?"),
    ("hello", "adapter.broken", "„hello“ ein zweites Mal"),
    ("pong", "adapter.broken", "„pong“ mit id 99 antwortet auf kein „ping“"),
    ("flood", "adapter.broken", "es sagt mehr als 2000 Zeilen in einer Sekunde"),
    ("fault", "presence.calibrating", "Es misst sich ein."),
    ("stops", "presence.silent", "hat zu „reports“ 1 s lang nichts gesagt"),
    ("mute", "presence.silent", "hat sich in 1 s nicht gemeldet („hello“)"),
]


@pytest.mark.parametrize(("what", "code", "said"), ROWS, ids=[row[0] for row in ROWS])
def test_what_an_adapter_must_not_do_is_said_in_a_sentence(what: str, code: str, said: str) -> None:
    fault = asyncio.run(fault_of(f"{QUICK} odd_adapter.py '{what}'", hello_s=1.0 if what == "mute" else 30.0))
    assert fault.code == code
    assert said in str(fault)
    assert str(fault).startswith("Der Adapter „")
    assert fault.retryable


def test_one_that_answers_twice_is_broken() -> None:
    async def go() -> None:
        async with open_adapter(
            f"adapter:{QUICK} odd_adapter.py twice", {}, SlotPlace("privacy_glass", HERE)
        ) as device:
            glass: Any = slot_of(Switch, device, {})
            await glass.set(True)
            with pytest.raises(DeviceFault, match="zum Aufruf mit id 1 war schon alles gesagt"):
                await glass.set(False)

    asyncio.run(asyncio.wait_for(go(), LIMIT_S))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("gibt-es-nicht sensor.js", "Das Programm „gibt-es-nicht“ ist auf diesem Rechner nicht da."),
        ("./sensor.js", "Das Programm „./sensor.js“ liegt dort nicht oder ist nicht ausführbar."),
        ("tcp://127.0.0.1:9", "Dort ist kein Adapter: 127.0.0.1:9 (dort nimmt niemand Verbindungen an)."),
    ],
)
def test_an_adapter_that_is_not_there_is_missing(command: str, said: str) -> None:
    fault = asyncio.run(fault_of(command))
    assert (fault.code, fault.retryable) == ("adapter.missing", True)
    assert said in str(fault)


def test_one_that_dies_is_started_again_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "AGAIN_S", 0.05)

    async def go() -> None:
        async with asyncio.timeout(LIMIT_S), adapter(f"{QUICK} odd_adapter.py once") as (device, slot):
            for _ in range(2):
                reports = slot.reports()
                assert await anext(reports) == PresenceReport()
                os.kill(int((await device.identify()).serial), signal.SIGKILL)
                with pytest.raises(DeviceFault, match="durch Signal 9 beendet"):
                    await anext(reports)
                assert (await answers(device)).vendor == "Beispiel GmbH"

    asyncio.run(go())


async def answers(device: Any) -> DeviceIdentity:
    while True:
        with contextlib.suppress(DeviceFault):
            found: DeviceIdentity = await device.identify()
            return found
        await asyncio.sleep(0)


def test_nothing_is_left_of_an_adapter_whatever_becomes_of_us(tmp_path: Path) -> None:
    """It ignores SIGTERM and the end of its input, and has started a program of its own."""
    host = f"""
import asyncio
from pathlib import Path
from tests.devices.test_adapter import adapter
async def go():
    async with adapter({f"{QUICK} {HERE / 'odd_adapter.py'} stays"!r}, Path({str(tmp_path)!r})):
        print("open", flush=True)
        await asyncio.sleep(600)
asyncio.run(go())
"""
    for number in (signal.SIGKILL, signal.SIGINT):
        with subprocess.Popen([sys.executable, "-c", host], cwd=HERE.parents[1], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"open\n"
            pids = [int(text) for text in (tmp_path / "pids").read_text().split()]
            with watched(pids) as alive:
                assert select.select(alive, [], [], 0)[0] == []
                process.send_signal(number)
                for one in alive:
                    assert select.select([one], [], [], LIMIT_S)[0], "it lives on"


@contextlib.contextmanager
def watched(pids: list[int]) -> Iterator[list[int]]:
    """A descriptor for each of these processes, by which its end is waited for."""
    with contextlib.ExitStack() as stack:
        found = [os.pidfd_open(pid) for pid in pids]
        for one in found:
            stack.callback(os.close, one)
        yield found


@pytest.mark.parametrize("language", ["python", "node", "csharp"])
def test_the_starts_report_what_stands_in_their_file(language: str, tmp_path: Path) -> None:
    place, start = tmp_path / "abstand.txt", start_in(language, tmp_path)

    async def go() -> None:
        async with adapter(f"{start} {place}", tmp_path) as (device, slot):
            assert await device.identify() == DeviceIdentity("Beispiel GmbH", "PX-2", "0001", "1.0")
            assert device.can == ("entfernung", "kennung")
            assert device.delay_s > 0
            reports = slot.reports()
            assert await anext(reports) == PresenceReport()
            place.write_text("80")
            async for report in reports:
                if report.moving_cm is not None:
                    assert report == PresenceReport(80, moving_energy=60)
                    break
            await reports.aclose()
            assert not (await anext(slot.reports())).people

    asyncio.run(asyncio.wait_for(go(), LIMIT_S))


def test_the_delay_of_its_line_is_what_its_rounds_took() -> None:
    """Each of its pongs comes 30 ms late."""

    async def go() -> dict[str, float]:
        async with adapter(f"{QUICK} odd_adapter.py slow") as (device, _):
            return delays_of({"presence": device, "door": object()})

    delays = asyncio.run(asyncio.wait_for(go(), LIMIT_S))
    assert delays.keys() == {"presence"}
    assert delays["presence"] >= 0.03


def test_an_adapter_may_say_what_any_driver_of_ours_says() -> None:
    assert set(ABILITIES) == {word for name in OWN if name != DRIVER.name for word in driver(name).can}
