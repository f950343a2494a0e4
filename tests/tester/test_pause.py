"""`lisa run --pause`: the run stands where it is asked to and where something fails, and nothing of it counts."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lisa_core.booth.deadline import Deadline
from lisa_core.domain.visit import events as e
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.host.clock import Clock
from tests.gherkin.copies import lisa
from tests.system.programs import LISA
from tests.tester.seat import seated

BERLIN = ZoneInfo("Europe/Berlin")
FEATURE = """\
# language: de
Funktionalität: Halt

  Szenario: Es klingelt
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und hier anhalten
    Dann klingelt es bei niemandem
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "halt.feature").write_text(FEATURE, encoding="utf-8")
    own = "Satz: Dann klingelt es nirgends\n    Dann klingelt es bei niemandem\n"
    (tmp_path / "eigene.satz").write_text(own, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("clock", ["real", "virtual"])
def test_it_stands_is_asked_and_goes_on(home: Path, clock: str) -> None:
    with seated(home, "halt.feature", "--pause", "--clock", clock) as seat:
        assert "Zeile 8: Und hier anhalten" in seat.until("den Lauf abbrechen")
        assert ("http://127.0.0.1:" in seat.said) is (clock == "real")
        seat.type("Dann klingelt es bei Frau Brand")
        seat.until("Meinten Sie „Frau Brandt“?")
        seat.until("den Lauf abbrechen")
        seat.type("Dann klingelt es bei Frau Brandt")
        seat.until("✓ Dann klingelt es bei Frau Brandt")
        seat.until("den Lauf abbrechen")
        seat.type("Und klingelt es nirgends")
        seat.until("✗ ")
        seat.until("den Lauf abbrechen")
        seat.type("")
        assert "Zeile 9: Dann klingelt es bei niemandem" in seat.until("den Lauf abbrechen")
        seat.type("")
        seat.until("1 Szenario: 1 nicht bestanden")
        assert seat.code() == 1
    assert "bewiesen ist damit nichts" in seat.said
    assert "bewiesen ist damit nichts" in (home / "out" / "report.html").read_text(encoding="utf-8")


def test_whoever_stood_may_end_the_run(home: Path) -> None:
    with seated(home, "halt.feature", "--pause", "--clock", "virtual") as seat:
        seat.until("den Lauf abbrechen")
        seat.type("ende")
        seat.until("abgebrochen")
        assert seat.code() == 130


def test_a_scenario_that_stood_and_went_well_is_not_checked(home: Path) -> None:
    path = home / "halt.feature"
    path.write_text(FEATURE.replace("klingelt es bei niemandem", "klingelt es bei Frau Brandt"), encoding="utf-8")
    with seated(home, "halt.feature", "--pause", "--clock", "virtual") as seat:
        seat.until("den Lauf abbrechen")
        seat.type("")
        seat.until("1 Szenario: 1 nicht geprüft")
        assert seat.code() == 2
    code, output = lisa("run", "halt.feature", "--clock", "virtual", where=home)
    assert code == 0, f"without --pause the sentence does nothing: {output}"


@pytest.mark.parametrize(
    ("options", "told"),
    [(("--pause", "-n", "2"), "--pause und -n gehen nicht zusammen"), (("--pause",), "fehlt ein Terminal")],
)
def test_where_nobody_can_go_on_it_is_refused(home: Path, options: tuple[str, ...], told: str) -> None:
    done = subprocess.run(
        [LISA, "run", "halt.feature", *options],
        cwd=home,
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert (done.returncode, told in done.stderr) == (4, True), done.stderr


async def pause(delay_s: float) -> None:
    """Wait on the loop's own timer: in virtual time it costs none."""
    passed = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(delay_s, passed.set_result, None)
    await passed


def test_no_deadline_passes_while_the_clock_is_held() -> None:
    async def waits(clock: Clock, passed: list[float]) -> None:
        with pytest.raises(TimeoutError):
            async with clock.timeout(10):
                await asyncio.get_running_loop().create_future()
        passed.append(asyncio.get_running_loop().time())

    async def run() -> None:
        loop, clock, passed = asyncio.get_running_loop(), Clock(BERLIN), list[float]()
        inside = asyncio.create_task(waits(clock, passed))
        deadline = Deadline(lambda event: passed.append(loop.time()), clock)
        begun_s, due_us = loop.time(), clock.now_us() + 10_000_000
        deadline.set(due_us, clock.now_us())
        await pause(4)
        clock.hold()
        await pause(3_600)
        assert (passed, clock.now_us()) == ([], due_us - 6_000_000)
        clock.go_on()
        await pause(5.5)
        assert passed == []
        await pause(0.7)
        await inside
        assert passed == [pytest.approx(begun_s + 3_610, abs=0.2)] * 2

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(run())


def test_a_deadline_names_what_passed() -> None:
    async def run() -> None:
        clock, passed = Clock(BERLIN), list[e.DeadlinePassed]()
        Deadline(passed.append, clock).set(due := clock.now_us() + 1_000, clock.now_us())
        await pause(0.01)
        assert passed == [e.DeadlinePassed(due)]

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(run())
