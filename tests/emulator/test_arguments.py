"""What an act takes is checked where it comes in, and told: on the command line, and from a guest of the world."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from click.testing import CliRunner

from emulator.alone import _act, _let_happen
from emulator.cli import emulate
from emulator.world.arguments import TAKES, understood
from emulator.world.live_world import HostedWorld, _answer
from emulator.world.world import ACTS
from lisa_core.domain.model.errors import HarnessError, LisaError

WRONG = {
    "feeed pages=mietvertrag:1": "„feeed“ gibt es nicht. Meinten Sie „feed“?",
    "feed page=mietvertrag:1": "kennt keine Angabe page=…. Meinten Sie „pages“?",
    "feed": "fehlt die Angabe pages=… (pages=mietvertrag:1,mietvertrag:2",
    "feed pages=mietvertrag:9": "Die Seite „mietvertrag:9“ gibt es nicht. Es gibt: mietvertrag:1, ",
    "feed pages=mietvertrg": "Meinten Sie „mietvertrag“?",
    "feed pages=[1]": "„1“ ist kein Text.",
    "lay_on_glass page=m:1": "Das Dokument „m“ gibt es",
    "enter distance_cm=nah": "„nah“ ist keine ganze Zahl.",
    "enter distance_cm=-1": "„-1“ liegt nicht zwischen 0 und 3000.",
    "turn axis=pan to=99999": "„99999“ liegt nicht zwischen -32768 und 32767.",
    "speak duration_us=-1": "„-1“ liegt nicht zwischen 0 und",
    "sit weit=1": "kennt keine Angabe weit=…. Sie nimmt keine.",
    "glass opaque=vielleicht": "ist weder ja noch nein",
    "silence device=scaner": "Das Gerät „scaner“ gibt es nicht. Meinten Sie „scanner“?",
    "sign recording=niemand": "musterfrau",
    "show mietvertrag": "„mietvertrag“ ist keine Angabe der Form name=wert.",
}
RIGHT: dict[str, dict[str, Any]] = {
    "feed pages=mietvertrag:1": {"pages": ["mietvertrag:1"]},
    "feed pages=mietvertrag": {"pages": ["mietvertrag:1", "mietvertrag:2", "mietvertrag:3"]},
    'feed pages=["mietvertrag:1","personalausweis:1"]': {"pages": ["mietvertrag:1", "personalausweis:1"]},
    "glass opaque=true": {"opaque": True},
    "draw_in jam=nein": {"jam": False},
    "enter": {},
    "enter distance_cm=140": {"distance_cm": 140},
    "touch button=1": {"button": "1"},
}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_act_is_refused_with_what_was_meant(text: str) -> None:
    with pytest.raises(LisaError) as raised:
        asyncio.run(_let_happen(HostedWorld(), text))
    assert WRONG[text] in str(raised.value)


@pytest.mark.parametrize("text", RIGHT)
def test_act_is_understood_as_it_is_written(text: str) -> None:
    name, args = _act(text)
    assert understood(name, args) == RIGHT[text]


def test_a_guest_is_told_as_well() -> None:
    said = json.dumps({"id": 3, "act": "feed", "args": {"pages": "x" * 10_000}}).encode()
    world = HostedWorld()
    answer = asyncio.run(_answer(world, said))
    assert (answer["id"], len(answer["error"]) < 300, world.state.feeder) == (3, True, ())


def test_help_tells_every_act() -> None:
    assert TAKES.keys() == ACTS.keys()
    text = CliRunner().invoke(emulate, ["--help"], prog_name="lisa emulate").output
    for name, takes in TAKES.items():
        assert name in text
        assert all(one.says.split()[0] in text for one in takes)


def test_a_word_of_any_length_is_cut() -> None:
    with pytest.raises(HarnessError) as raised:
        understood("y" * 100_000, {})
    assert len(str(raised.value)) < 1000
