"""Whatever a driver of others does, its slot says a fault that names the driver and its package, and nobody waits."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from importlib.metadata import EntryPoint
from typing import Any, cast

import pytest

from lisa_core.config import foreign_device
from lisa_core.config.drivers import BROKEN, Installed
from lisa_core.config.foreign_device import held_to
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import CardKind, DeviceIdentity, PresenceReport
from lisa_core.equipment.slots.catalogue import PROTOCOLS
from lisa_core.equipment.slots.devices import CardReader, Contact, Presence, Switch
from lisa_core.equipment.slots.driver import Driver, Option, Serves, declaration_fault
from lisa_core.host import notices, program
from lisa_core.host.address import SERIAL
from lisa_core.host.program import held

FOUND = Installed("kontakt", "lisa-kontakt 1.4", EntryPoint("kontakt", f"{__name__}:DRIVER", "lisa.drivers"))
WHO = "Der Treiber „kontakt“ aus dem Paket lisa-kontakt 1.4"


class Broken(Contact, Presence, Switch, CardReader):
    """A device that does what it was made with."""

    def __init__(self, does: Any) -> None:
        self._does = does

    async def states(self) -> AsyncIterator[bool]:
        yield await self._do()

    async def reports(self) -> AsyncIterator[PresenceReport]:
        yield await self._do()

    async def cards(self) -> AsyncIterator[CardKind]:
        yield await self._do()

    async def set(self, on: bool) -> None:
        await self._do()

    async def identify(self) -> DeviceIdentity:
        found: DeviceIdentity = await self._do()
        return found

    async def _do(self) -> Any:
        if isinstance(self._does, BaseException):
            raise self._does
        if self._does is ...:
            await asyncio.Event().wait()
        return self._does


@pytest.mark.parametrize(
    ("protocol", "call", "does", "said"),
    [
        (Contact, "states", KeyError("x"), "scheitert bei „states“ (KeyError: 'x'; devices/test_foreign_device.py, Z"),
        (Switch, "set", SystemExit(0), "scheitert bei „set“ (SystemExit: 0;"),
        (Switch, "set", ..., "antwortet bei „set“ nicht"),
        (Contact, "states", ..., "antwortet bei „states“ nicht"),
        (CardReader, "cards", ..., "antwortet bei „cards“ nicht"),
        (Contact, "states", "offen", "sagt bei „states“ etwas Falsches: str statt bool"),
        (
            Presence,
            "reports",
            PresenceReport(cast("int", "nah")),
            "sagt bei „reports“ etwas Falsches: PresenceReport statt",
        ),
        (Presence, "identify", None, "sagt bei „identify“ etwas Falsches: NoneType statt DeviceIdentity"),
    ],
)
def test_a_call_that_breaks_its_promise_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, protocol: type, call: str, does: object, said: str
) -> None:
    monkeypatch.setattr(foreign_device, "ANSWER_S", 0.05)
    fault = asyncio.run(said_by(protocol, call, does))
    assert (fault.code, fault.retryable) == (BROKEN, False)
    assert str(fault).startswith(f"{WHO} {said}")


async def said_by(protocol: type, call: str, does: object) -> DeviceFault:
    method = getattr(held_to(protocol, Broken(does), FOUND), call)
    spoken = method(*([True] if call == "set" else []))
    with pytest.raises(DeviceFault) as caught:
        await (anext(spoken) if hasattr(spoken, "__anext__") else spoken)
    return caught.value


def test_what_keeps_its_promise_passes_and_a_fault_of_its_own_stays_one() -> None:
    assert asyncio.run(one(held_to(Contact, Broken(True), FOUND))) is True
    own = DeviceFault("door.silent", "Kontakt: nichts", retryable=True)
    assert asyncio.run(said_by(Contact, "states", own)) is own
    with pytest.raises(DeviceFault, match="es fehlt: states"):
        held_to(Contact, object(), FOUND)


async def one(slot: Any) -> object:
    return await anext(slot.states())


@contextlib.asynccontextmanager
async def opened(opens: object, closes: object) -> AsyncIterator[str]:
    for does in (opens, closes):
        if isinstance(does, BaseException):
            raise does
        if does is ...:
            await asyncio.Event().wait()
        if does is opens:
            yield "device"


@pytest.mark.parametrize(
    ("opens", "said"),
    [
        (RuntimeError("eins\nzwei"), "scheitert beim Öffnen (RuntimeError: eins zwei; devices/test_foreign_device.py"),
        (SystemExit(0), "scheitert beim Öffnen (SystemExit: 0;"),
        (..., "antwortet beim Öffnen nicht."),
    ],
)
def test_what_cannot_be_opened_is_a_fault(monkeypatch: pytest.MonkeyPatch, opens: object, said: str) -> None:
    monkeypatch.setattr(program, "OPEN_S", 0.05)
    with pytest.raises(DeviceFault) as caught:
        asyncio.run(hold(opens, None))
    assert str(caught.value).startswith(f"{WHO} {said}")


@pytest.mark.parametrize(("closes", "said"), [(ZeroDivisionError(), "(ZeroDivisionError;"), (..., "(keine Antwort")])
def test_what_cannot_be_closed_is_told_and_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], closes: object, said: str
) -> None:
    monkeypatch.setattr(program, "CLOSE_S", 0.05)
    monkeypatch.setattr(notices, "_told", {})
    assert asyncio.run(hold(None, closes)) == "device"
    assert capsys.readouterr().err.startswith(f"{WHO} scheitert beim Schließen {said}")


async def hold(opens: object, closes: object) -> str:
    async with held(lambda: opened(opens, closes), FOUND.module, FOUND.fault) as device:
        return device


DRIVER: Driver[Any] = Driver("kontakt", (Serves(Contact),), SERIAL, lambda binding, options: contextlib.nullcontext())
WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"serves": Serves(Contact)}, "falsche Werte: serves"),
    ({"binding": "socket://"}, "falsche Werte: binding"),
    ({"opened": 5}, "falsche Werte: opened"),
    ({"can": "einzug"}, "falsche Werte: can"),
    ({"evidence": "Mitschnitt"}, "falsche Werte: evidence"),
    ({"serves": (Serves(int),)}, "sagt falsch, was er bedient: int"),
    ({"options": (Option("binding", int, "x"),)}, "Der Name 'binding' ist vergeben"),
    ({"options": (Option("n", list, "x"),)}, "„n“ hat keinen bekannten Typ"),
    ({"options": (Option("n", int, "x", 7, most=5),)}, "muss zwischen -inf und 5 liegen; hier steht 7"),
)


@pytest.mark.parametrize(("changes", "said"), WRONG)
def test_a_declaration_with_wrong_values_is_told(changes: dict[str, Any], said: str) -> None:
    assert declaration_fault(DRIVER, PROTOCOLS.values()) == ""
    assert said in declaration_fault(replace(DRIVER, **changes), PROTOCOLS.values())
