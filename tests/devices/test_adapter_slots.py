"""Every kind of slot through an adapter: what is asked and said is as docs/adapter has it, and comes out whole."""

from __future__ import annotations

import asyncio
import json
import shlex
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from lisa_core.config.foreign_device import fits
from lisa_core.domain.model.errors import DeviceFault, ProtocolError
from lisa_core.domain.model.frames import AudioBlock, Frame
from lisa_core.domain.model.readings import (
    WRITE_NOW,
    CardKind,
    HeadPosition,
    HeadPreset,
    LampColour,
    PadInfo,
    PenSample,
    PresenceReport,
    ScannedPage,
    ScanSettings,
    ScanSource,
)
from lisa_core.domain.model.values import from_json, to_json
from lisa_core.equipment.codecs.adapter.lines import LineCutter
from lisa_core.equipment.codecs.adapter.messages import MAX_LINE, decode
from lisa_core.equipment.drivers.adapter.driver import open_adapter
from lisa_core.equipment.drivers.adapter.slot import slot_of
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, PROTOCOLS
from lisa_core.equipment.slots.driver import SlotPlace
from lisa_core.equipment.slots.promises.methods import Method, methods_of
from tests.tidy.adapter_pages import FOLDER, pages, schema_of

HERE = Path(__file__).parent
BYTES = bytes(range(256))
SAID: Mapping[object, list[Any]] = {
    PresenceReport: [PresenceReport(), PresenceReport(80, None, 60, 0, 1)],
    bool: [False, True],
    CardKind: [CardKind.NONE, CardKind.CHIP],
    ScannedPage: [ScannedPage(BYTES, "image/png", 300), ScannedPage(BYTES[::-1], "image/jpeg", 150)],
    PadInfo: [PadInfo("STU", 9600, 6000, 1023, 200, says_when_armed=True)],
    PenSample: [WRITE_NOW, PenSample(0, 5, 6, 7, near=True, down=True)],
    Frame: [Frame(2, 1, b"roteri", 0)],
    AudioBlock: [AudioBlock(BYTES[:240] * 8, 0)],
    HeadPosition: [HeadPosition(-1000, 20, 3)],
    type(None): [None],
}
"""What is said of each kind of value; a new kind needs a row. Times are those of the adapter, and come last."""
ASKED: Mapping[str, Any] = {
    "on": True,
    "colour": LampColour.GREEN,
    "settings": ScanSettings(ScanSource.PLATEN, 300, colour=True),
    "document": b"%PDF-" + BYTES,
    "title": "Beratungszettel",
    "at": HeadPosition(1, 2, 3),
    "preset": HeadPreset.PAPERS,
}


@pytest.mark.parametrize("slot", DEVICE_OF_SLOT)
def test_every_slot_is_served_and_every_line_is_as_its_schema_says(slot: str, tmp_path: Path) -> None:
    methods = methods_of(PROTOCOLS[slot])
    values = {one.name: (says(one), [to_json(value) for value in said(one)]) for one in methods.values()}
    (tmp_path / "values.json").write_text(json.dumps(values), encoding="utf-8")
    found = asyncio.run(asyncio.wait_for(everything(slot, methods, tmp_path), 60))
    assert found == {name: said(one) for name, one in methods.items()}
    heard = [json.loads(line) for line in (tmp_path / "heard").read_text(encoding="utf-8").splitlines()]
    schema = schema_of(slot)
    from_lisa = Draft202012Validator({**schema, "oneOf": [{"$ref": "#/$defs/from_lisa"}]})
    assert [line for line in heard if not from_lisa.is_valid(line)] == []
    assert {line["method"] for line in heard if line["type"] == "call"} == set(methods)
    given_ones = [line["value"] for line in heard if line["type"] == "give"]
    assert given_ones == [to_json(value) for value in SAID[AudioBlock]] * ("play" in methods)


def says(method: Method) -> str:
    return "" if not method.reports else "ends" if not method.is_endless else "for ever"


def said(method: Method) -> list[Any]:
    return SAID[method.gives] if method.reports else SAID[method.gives][:1]


async def everything(slot: str, methods: Mapping[str, Method], folder: Path) -> dict[str, list[Any]]:
    """What comes of every method, by its name."""
    command = shlex.join([sys.executable, "-I", "-S", str(HERE / "any_adapter.py"), "values.json", "heard"])
    async with open_adapter(f"adapter:{command}", {}, SlotPlace(slot, folder)) as device:
        opened = slot_of(PROTOCOLS[slot], device, {})
        return {name: await outcome(opened, method) for name, method in methods.items()}


async def outcome(opened: object, method: Method) -> list[Any]:
    args = [*(ASKED[name] for name in method.args), *([blocks()] if method.takes else [])]
    call = getattr(opened, method.name)(*args)
    if not method.reports:
        return [await call]
    found = []
    async for value in call:
        assert fits(value, method.gives)
        found.append(value)
        if method.is_endless and len(found) == len(said(method)):
            await call.aclose()
            break
    return found


async def blocks() -> AsyncIterator[AudioBlock]:
    for block in SAID[AudioBlock]:
        yield block


def test_times_of_the_adapters_clock_come_out_as_times_of_ours(tmp_path: Path) -> None:
    """The clock of this adapter is 5,000 s ahead."""

    async def go(at_us: int) -> tuple[Frame, float]:
        frame = replace(SAID[Frame][0], at_us=at_us)
        (tmp_path / "values.json").write_text(json.dumps({"frames": ["for ever", [to_json(frame)]]}), encoding="utf-8")
        command = shlex.join([sys.executable, "-I", "-S", str(HERE / "any_adapter.py"), "values.json", "heard"])
        async with open_adapter(f"adapter:{command}", {}, SlotPlace("citizen_camera", tmp_path)) as device:
            camera: Any = slot_of(PROTOCOLS["citizen_camera"], device, {})
            return await anext(camera.frames()), device.delay_s

    async def both() -> None:
        now_us = round(asyncio.get_running_loop().time() * 1_000_000)
        frame, delay_s = await go(now_us + 5_000_000_000)
        assert abs(frame.at_us - now_us) <= delay_s * 1_000_000
        with pytest.raises(DeviceFault, match="gehört zu einer anderen Uhr als das „at_us“ der pongs"):
            await go(now_us)

    asyncio.run(asyncio.wait_for(both(), 60))


def test_the_pages_are_those_of_the_slots() -> None:
    found = {path: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert found == pages(), "python -m tests.tidy.adapter_pages"


LINES = st.lists(st.binary(max_size=30).filter(lambda line: b"\n" not in line))


@given(LINES, st.binary(max_size=5).filter(lambda rest: b"\n" not in rest), st.integers(1, 9), st.booleans())
def test_lines_are_the_same_however_they_come(lines: list[bytes], rest: bytes, size: int, windows: bool) -> None:
    data = b"".join(line.removesuffix(b"\r") + (b"\r\n" if windows else b"\n") for line in lines) + rest
    whole, pieces = LineCutter(64), LineCutter(64)
    expected = whole.feed(data)
    assert [one for at in range(0, len(data), size) for one in pieces.feed(data[at : at + size])] == expected
    assert pieces.unfinished == whole.unfinished == bool(rest)
    assert all(line and b"\n" not in line for _, line in expected)


def test_a_line_that_does_not_end_is_refused_before_it_is_kept() -> None:
    cutter = LineCutter(100)
    for _ in range(100):
        cutter.feed(b"x")
    with pytest.raises(ProtocolError, match="Zeile 1 ist länger als 100 Byte"):
        cutter.feed(b"x")


def test_a_picture_of_full_hd_fits_into_a_line() -> None:
    picture = Frame(1920, 1080, bytes(1920 * 1080 * 3), 2**53)
    line = json.dumps({"type": "event", "id": 1000, "value": to_json(picture)}).encode()
    assert len(line) <= MAX_LINE
    found: Any = decode(line)
    assert from_json(Frame, found.value) == picture
