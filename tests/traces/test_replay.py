"""A recording in the place of a device: its driver tells the same, or in which line it was asked otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.readings import LampColour, ScanSettings, ScanSource
from tests.traces.stories import STORIES, Act, Told, record, replay

MODES = ("mode=strict", "mode=tolerant", "mode=strict&speed=fast", "mode=tolerant&speed=fast")


@pytest.fixture(scope="module", params=STORIES)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Told]:
    """Each story, told once at its emulated device."""
    path = tmp_path_factory.mktemp("traces") / f"{request.param}.trace"
    return request.param, path, record(STORIES[request.param], path)


def test_a_driver_tells_the_same_of_a_recording(told: tuple[str, Path, Told]) -> None:
    name, path, first = told
    for mode in MODES:
        if name in TWO_AT_ONCE and "strict" in mode:
            continue
        assert replay(STORIES[name], f"replay:{path}?{mode}") == first, mode
    if name in SPEAK_BY_THEMSELVES:
        assert replay(STORIES[name], f"replay:{path}", acts=False) == first, "by its times alone"


SPEAK_BY_THEMSELVES = ("radar", "tracking radar")
TWO_AT_ONCE = ("door", "door on a network")
"""One task asks in turn how the inputs are, another switches: which of them comes first is chance."""


async def _other_colour(unit: Any, act: Act) -> Told:
    await unit.identify()
    await unit.lamp(2, 3, 4).show(LampColour.RED)
    return []


async def _other_source(scanner: Any, act: Act) -> Told:
    await scanner.identify()
    await scanner.check()
    await act("feed")
    await scanner.check()
    return [page async for page in scanner.scan(ScanSettings(ScanSource.PLATEN, 75))]


OTHERWISE: Mapping[str, tuple[Any, str]] = {
    "door": (_other_colour, r"dort steht: 01 .* gekommen ist: 01 .*\. Der erste Unterschied ist Byte \d+"),
    "scanner": (_other_source, r"dort steht: GET /eSCL/ScannerStatus; gekommen ist: POST /eSCL/ScanJobs"),
}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("few")
    paths = {name: folder / f"{name}.trace" for name in OTHERWISE}
    for name, path in paths.items():
        record(STORIES[name], path)
    return paths


@pytest.mark.parametrize("name", OTHERWISE)
def test_whoever_asks_otherwise_is_told_the_line(name: str, few: Mapping[str, Path]) -> None:
    tell, expected = OTHERWISE[name]
    with pytest.raises(DeviceFault) as caught:
        replay(replace(STORIES[name], tell=tell), f"replay:{few[name]}")
    text = str(caught.value)
    line = re.search(rf"{re.escape(str(few[name]))}:(\d+): Der Treiber fragt anders; {expected}", text, re.DOTALL)
    assert line, text
    entry = few[name].read_text(encoding="utf-8").splitlines()[int(line[1]) - 1]
    assert '"k":">"' in entry or '"k":"ask"' in entry, "the line is one in which a driver asked"


def test_what_is_never_asked_in_a_recording_is_told_in_tolerant_mode_too(few: Mapping[str, Path]) -> None:
    async def yellow(unit: Any, act: Act) -> Told:
        await unit.lamp(2, 3, 4).show(LampColour.YELLOW)
        return []

    with pytest.raises(DeviceFault, match="Danach wird in ihr nirgends gefragt"):
        replay(replace(STORIES["door"], tell=yellow), f"replay:{few['door']}?mode=tolerant")


def test_a_driver_that_asks_in_another_order_is_answered_in_tolerant_mode(few: Mapping[str, Path]) -> None:
    async def later(unit: Any, act: Act) -> Told:
        await unit.switch(1).set(True)
        await unit.lamp(2, 3, 4).show(LampColour.GREEN)
        return [(await unit.identify()).firmware]

    story = replace(STORIES["door"], tell=later)
    assert replay(story, f"replay:{few['door']}?mode=tolerant") == ["V2.00"]
    with pytest.raises(DeviceFault, match="Der Treiber fragt anders"):
        replay(story, f"replay:{few['door']}?mode=strict&speed=fast")


def test_a_recording_of_a_slow_machine_tells_what_an_act_has_changed_at_once(
    few: Mapping[str, Path], tmp_path: Path
) -> None:
    """Who plays it may ask sooner after the act than whoever recorded it."""
    slow = tmp_path / "langsam.trace"
    lines = [json.loads(line) for line in few["scanner"].read_text(encoding="utf-8").splitlines()]
    acted = next(at for at, line in enumerate(lines) if line.get("k") == "mark")
    late = [*lines[: acted + 1], *({**line, "t": line["t"] + 1_000_000} for line in lines[acted + 1 :])]
    slow.write_text("".join(json.dumps(line) + "\n" for line in late), encoding="utf-8")
    first = replay(STORIES["scanner"], f"replay:{few['scanner']}?mode=tolerant")
    assert replay(STORIES["scanner"], f"replay:{slow}?mode=tolerant") == first
