"""What goes wrong when: the plan is read as it stands, drawn by its seed, and carried out; a wrong word is told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from emulator.alone import Emulation, emulate_alone
from emulator.cli import emulate
from emulator.world.live_world import join_world
from emulator.world.world import World, act
from lisa_core.domain.model.errors import LisaError
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, FAILS, FAULTS, SILENCES, SLOTS
from lisa_core.equipment.slots.plans.fault_plan import Happening, planned

READ = {
    "": (),
    "presence.stumm": (Happening(0, "fail", "presence.stumm"),),
    "door.stumm@2s+500ms , presence.rauschen@1s": (
        Happening(1_000_000, "fail", "presence.rauschen"),
        Happening(2_000_000, "fail", "door.stumm"),
        Happening(2_500_000, "heal", "door.stumm"),
    ),
}
WRONG = {
    "presence.rauchen": "Die Störung „rauchen“ von „presence“ gibt es nicht. Meinten Sie „rauschen“?",
    "presense.*": "„presense“, das gestört sein kann, gibt es nicht. Meinten Sie „presence“?",
    "presence.xyz": "Bekannt: abgeschnitten, ",
    "presence.stumm@2": "„2“ keine Zeit. Erwartet wird NAME, NAME@2s, ",
    "presence.stumm@99999999999999999999999h": "keine Zeit",
    "presence.stumm@2s+": "ist nicht zu verstehen",
    "presence.stumm@9s..1s": "endet vor ihrem Anfang",
    "presence stumm": "ist nicht zu verstehen",
}


@pytest.mark.parametrize("text", READ)
def test_a_plan_is_read_as_it_stands(text: str) -> None:
    assert planned(text, Random(0)) == READ[text]


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_plan_is_told_with_what_was_meant(text: str) -> None:
    with pytest.raises(LisaError, match=re.escape(WRONG[text])):
        planned(text, Random(0))


def test_a_seed_repeats_what_is_drawn_and_another_draws_anew() -> None:
    text = "*@1s..60s+2s,presence.*@1s..60s,*@5s"
    plans = {planned(text, Random(seed)) for seed in range(20)}
    assert len(plans) == 20
    assert {planned(text, Random(seed)) for seed in range(20)} == plans
    drawn = {one.fault for plan in plans for one in plan}
    assert drawn <= FAULTS.keys()
    assert len(drawn) > 10


def test_a_world_that_was_tidied_draws_from_the_same_seed() -> None:
    world = act(World(seed=7), "enter", {}, 0)
    assert act(world, "tidy", {}, 0) == World(revision=2, seed=7)


def test_the_command_line_refuses_a_plan_that_there_is_not() -> None:
    done = CliRunner().invoke(emulate, ["presence", "--faults", "presence.rauchen"], standalone_mode=False)
    assert (done.return_value, "Meinten Sie „rauschen“?" in done.output) == (4, True)


REFUSED = {
    ("dor",): "Das Gerät „dor“ gibt es nicht. Meinten Sie „door“?",
    ("door", "--faults", "scanner.stau"): "Das Gerät läuft hier nicht, sondern: call_button, door, lamp",
    ("tracking-radar", "--faults", "scanner.*"): "Das Gerät läuft hier nicht, sondern: presence.",
    ("presence", "--listen", "tcp://127.0.0.1:0"): "Erwartet wird ein Pfad für das Pty oder rfc2217://127.0.0.1:0.",
    ("camera-head", "--listen", "udp://"): "oder rfc2217://127.0.0.1:0, udp://127.0.0.1:0, socket://127.0.0.1:0.",
    ("door", "--listen", "tcp:127.0.0.1:0"): "So lauscht „door“ nicht.",
    ("camera-head", "--listen", "udp://0.0.0.0:0"): "von außen erreichbar",
    ("camera-head", "--listen", "udp://:52381"): "erwartet wird Rechner:Port",
    ("camera-head", "--listen", "udp://127.0.0.1:99999"): "erwartet wird Rechner:Port",
    ("door", "--listen", "tcp://0.0.0.0:0"): "von außen erreichbar",
    ("scanner", "--listen", "ipp://127.0.0.1:0"): "Erwartet wird http://127.0.0.1:0, https://127.0.0.1:0.",
    ("ipp-printer", "--listen", "http://127.0.0.1:0"): "So lauscht „ipp-printer“ nicht. Erwartet wird ipp://",
    ("printer", "--listen", "lpd://127.0.0.1:0"): "Erwartet wird socket://127.0.0.1:0, ipp://127.0.0.1:0",
}


@pytest.mark.parametrize("words", REFUSED)
def test_the_command_line_refuses_what_this_device_has_not(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(emulate, [*words], standalone_mode=False)
    assert REFUSED[words] in f"{done.output}{done.exception}"


def test_a_star_draws_among_what_the_device_has() -> None:
    doors = [name for name in FAULTS if name.startswith("door.")]
    elsewhere = dict.fromkeys(FAULTS.keys() - {*doors}, "ein anderes Gerät")
    drawn = {one.fault for seed in range(200) for one in planned("*", Random(seed), elsewhere)}
    assert drawn == {*doors}


def test_the_plan_of_an_emulated_device_is_carried_out(capsys: pytest.CaptureFixture[str]) -> None:
    async def scenario() -> None:
        device = asyncio.create_task(emulate_alone(Emulation("presence", faults="presence.stumm+30ms", seed=7)))
        said = ""
        while not said:
            await asyncio.sleep(0)
            said = capsys.readouterr().out
        async with asyncio.timeout(60), join_world(json.loads(said)["world"]) as world:
            seen = [world.state]
            while seen[-1].revision < 2:
                seen.append(await world.changed(seen[-1].revision))
            assert (seen[-1].silent, seen[-1].faults, seen[-1].seed) == ((), (), 7)
        device.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await device

    asyncio.run(scenario())


def test_every_slot_can_fail_and_each_fault_says_what_comes_of_it() -> None:
    for name, slot in SLOTS.items():
        for fault in slot.faults:
            assert fault.name.partition(".")[0] in {name, DEVICE_OF_SLOT.get(name)}, fault
            assert re.fullmatch(r"[a-z_-]+\.[a-z]+", fault.name)
            assert FAULTS[fault.name] == fault, "one name, one fault"
            assert fault.reaction.endswith("."), fault
            assert FAILS[slot.told(fault)] == (name, fault)
        if DEVICE_OF_SLOT.get(name):
            assert DEVICE_OF_SLOT[name] in {SILENCES.get(fault.name) for fault in slot.faults}


STRANGERS = {
    "FAULTS = ('presence.stumm', 'presence.rauschen')": "kennt nur: presence.rauschen, presence.stumm.",
    "": "kennt nur: presence.stumm.",
    "FAULTS = ()": "nennt keine (FAULTS neben dem, was es öffnet).",
    "raise RuntimeError('kaputt')": "lässt sich nicht laden",
}


@pytest.mark.parametrize("said", STRANGERS)
def test_a_device_of_others_takes_the_faults_that_it_knows_and_names_them(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Installed as a package of others is; what it does not know befalls it in vain."""
    name = f"fremdes{len(said)}"
    info = tmp_path / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[lisa.devices]\n{name} = {name}:open_device\n", encoding="utf-8")
    made = f"PLAYS = 'presence'\n{said}\ndef open_device(world, *, listen=''):\n    raise RuntimeError('geöffnet')\n"
    (tmp_path / f"{name}.py").write_text(made, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for fault in ("presence.vorhang", "scanner.stau", "*"):
        if fault == "*" and "kennt" in STRANGERS[said]:
            continue  # one of those that it knows is drawn
        with pytest.raises(LisaError) as refused:
            asyncio.run(emulate_alone(Emulation(name, faults=fault)))
        assert STRANGERS[said] in str(refused.value)
    if "kennt" in STRANGERS[said]:
        with pytest.raises(LisaError) as begun:
            asyncio.run(emulate_alone(Emulation(name, faults="presence.stumm@1h")))
        assert "kann hier nicht eintreten" not in str(begun.value)
