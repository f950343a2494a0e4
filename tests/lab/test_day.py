"""A vendor's day in five commands: from the wheel and an empty folder to a bundle, at devices that nobody here wrote.

Install, `profile find --write`, `profile probe --write`, `certify`, `verify`. What a person would do a program does, so
the headline is *Probelauf*. The quick form takes one scenario and the installation at hand, LISA_LONG=1 the wheel and
whole classes.
"""

from __future__ import annotations

import asyncio
import os
import re
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from lisa_core.cli.commands import lisa
from lisa_core.harness.certify.make import NAME
from tests.certify.times import TIMES
from tests.lab.bench import Acts, Bench, Devices, Hands, bench, certified
from tests.lab.relay import Cable, cable
from tests.packaging.environments import called as run_program
from tests.packaging.test_wheel import clean_environment
from tests.peers.clients import Client
from tests.peers.conftest import missing
from tests.peers.test_printer_servers import reference_printer
from tests.system.programs import FEATURES, LISA

pytestmark = pytest.mark.peer
ACCEPTED = (
    Client(
        "presence",
        "aio-ld2410",
        "1.1.0",
        "PyPI",
        "server",
        "test_a_whole_class_at_strangers_devices",
        "a radar made of its codec: the whole class, to a bundle that verifies",
    ),
    Client(
        "ipp-printer",
        "ippeveprinter (class)",
        "2.4.2",
        "Debian",
        "server",
        "test_the_printer_of_cups_from_the_wheel_to_a_bundle",
        "the whole class, to a bundle that verifies",
    ),
    Client(
        "door",
        "pymodbus (RTU, class)",
        "3.16.1",
        "PyPI",
        "server",
        "test_a_whole_class_at_strangers_devices",
        "the whole class, to a bundle that verifies",
    ),
)
LONG = os.environ.get("LISA_LONG") == "1"
COMMANDS, WALL_MIN, HAND_MIN = 5, 60.0, 10.0
CONTACT = "geraete/tuerkontakt.feature:10"
ALL_PASSED = r"^(\d+) Szenarien: \1 bestanden$"


@dataclass
class Day:
    """What a vendor types, and what comes of it."""

    home: Path
    lisa: str
    began_s: float = field(default_factory=time.monotonic)
    typed: list[str] = field(default_factory=lambda: ["pip install lisa_booth-….whl"])

    def say(self, *words: str, code: int = 0) -> str:
        self.typed.append(" ".join(words))
        return run_program(self.lisa, *words, where=self.home, code=code)

    def certify(self, hands: Hands, *words: str) -> tuple[int, str]:
        self.typed.append(" ".join(("certify", *words)))
        return certified((self.lisa, "certify", *words), self.home, hands)


def sensors(devices: Bench) -> dict[str, str]:
    return {"presence": str(devices.radar), "door": str(devices.unit), "call_button": str(devices.unit)}


def walked(
    day: Day, certification_class: str, devices: Devices, places: Mapping[str, str], *paths: str
) -> tuple[str, Hands]:
    """All of it, with these slots at these addresses; what `lisa certify` said, and whose hands it needed."""
    hands = Hands(devices)
    slots = [word for slot, place in places.items() for word in ("--slot", f"{slot}={place}")]
    day.say("profile", "find", "--write", "px2.toml", *slots)
    asked = day.say("profile", "probe", "px2.toml", "--write")
    assert "sagt von sich: " in asked
    assert "Alle Geräte sind da und widersprechen der Erklärung nicht." in asked
    wanted = ("--profile", "px2.toml", "--class", certification_class)
    code, said = day.certify(hands, *paths, *wanted, "--new-key", "wir.pem", "--tester", "ein Programm")
    assert (code, "\nUrteil: Probelauf\n" in said) == (2, True), said
    told = day.say("verify", f"zertifizierung/{NAME}", "--trust", "wir.pub", code=2)
    assert "Das Prüfpaket ist ganz, und jedes Urteil folgt aus seinem Strom" in told
    assert ("Urteil: Probelauf" in told, "Nicht amtlich" in told, "NICHT" in told) == (True, False, False), told
    return said, hands


def told_and_held(day: Day, hands: Hands, name: str) -> None:
    wall_min = (time.monotonic() - day.began_s) / 60
    asked = f"{len(hands.asked)} Aufforderungen, von einem Programm in {hands.busy_s:.1f} s erledigt"
    print(f"{name}: {len(day.typed)} Befehle, {wall_min:.1f} min, {asked}")
    assert len(day.typed) == COMMANDS
    assert wall_min <= WALL_MIN
    assert hands.busy_s / 60 <= HAND_MIN


def test_five_commands_make_a_bundle_that_verifies(tmp_path: Path) -> None:
    with bench(tmp_path / "bank") as devices:
        day = Day(tmp_path, LISA)
        said, hands = walked(day, "tuerkontakt-2026.1", devices, sensors(devices), str(FEATURES / CONTACT))
        assert "tuer.meldung" in said
        assert "nicht bestanden" not in said
        assert hands.asked[0].startswith("Die Tür öffnen und offen lassen")
        told_and_held(day, hands, "ein Szenario")


@pytest.mark.skipif(not LONG, reason="ganze Klassen dauern zwanzig Minuten und länger: nur mit LISA_LONG=1")
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("certification_class", ["tuerkontakt-2026.1", "praesenzsensor-2026.1"])
def test_a_whole_class_at_strangers_devices(certification_class: str, wheel: Path, tmp_path: Path) -> None:
    began_s = time.monotonic()
    program = str(clean_environment(tmp_path / "venv", wheel) / "lisa")
    with bench(tmp_path / "bank") as devices:
        day = Day(tmp_path, program, began_s)
        said, hands = walked(day, certification_class, devices, sensors(devices))
        told_and_held(day, hands, certification_class)
    assert re.search(ALL_PASSED, said, re.MULTILINE), said
    times = tomllib.loads(TIMES.read_text(encoding="utf-8"))[certification_class.partition("-")[0]]
    assert len(hands.asked) == sum(asked for _, asked in times.values()), "so many the plan counts"


class PrinterBench:
    """A printer whose cable can be pulled, for hands on another thread."""

    def __init__(self, plugged: Cable) -> None:
        self._cable, self._loop = plugged, asyncio.get_running_loop()

    def do(self, acts: Acts) -> None:
        for act in acts:
            change = self._cable.unplug if act == "printer off" else self._cable.plug
            asyncio.run_coroutine_threadsafe(change(), self._loop).result()


@pytest.mark.skipif(not LONG, reason="startet Dienste: nur mit LISA_LONG=1")
@pytest.mark.timeout(600)
def test_the_printer_of_cups_from_the_wheel_to_a_bundle(
    wheel: Path, tmp_path: Path, need: Callable[[str], str]
) -> None:
    for tool in ("ippeveprinter", "dbus-daemon", "avahi-daemon", "unshare"):
        need(tool)
    if os.geteuid() != 0:
        missing("root fehlt: eigene Dienste sind nicht geprüft")
    began_s = time.monotonic()
    (home := tmp_path / "drucker").mkdir()
    day = Day(tmp_path, str(clean_environment(tmp_path / "venv", wheel) / "lisa"), began_s)

    async def scenario() -> tuple[str, Hands]:
        async with reference_printer(home) as port, cable(port) as plugged:
            places = {"printer": f"ipp://localhost:{plugged.port}/ipp/print"}
            return await asyncio.to_thread(walked, day, "drucker-2026.1", PrinterBench(plugged), places)

    said, hands = asyncio.run(scenario())
    told_and_held(day, hands, "drucker-2026.1")
    assert re.search(ALL_PASSED, said, re.MULTILINE), said
    assert list(home.glob("*.pdf")), "sheets were printed"


def test_a_key_is_made_once_and_only_for_what_began(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def said(*words: str) -> str:
        done = CliRunner().invoke(lisa, [*command, *words], standalone_mode=False)
        assert done.return_value == 4
        return done.output

    def files() -> list[str]:
        return sorted(path.name for path in tmp_path.iterdir())

    monkeypatch.chdir(tmp_path)
    Path("px2.toml").write_text('[profile]\nid = "px2"\nextends = "emulated"\n', encoding="utf-8")
    command = ("certify", "--profile", "px2.toml", "--class", "gibtsnicht-2026.1", "--new-key", "wir.pem")
    said()
    assert files() == ["px2.toml"]
    Path("wir.pub").touch()
    assert "wir.pub: Diese Datei gibt es schon, und sie bleibt, wie sie ist." in said()
    assert files() == ["px2.toml", "wir.pub"]
    assert "zwei Schlüssel" in said("--key", "a.pem")
