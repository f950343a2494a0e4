"""What broke is in the written scenario as real steps, and `lisa run` plays it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lisa_core.harness.simulation.plan.days import MINUTE_US, SECOND_US
from lisa_core.harness.simulation.plan.plan import Mishap
from lisa_core.harness.simulation.plan.policies import Persona
from lisa_core.harness.simulation.play.story import feature
from tests.simulation.test_planted_bugs import lisa_run, plant
from tests.simulation.test_planted_in_outages import does_not_hear_of_the_link
from tests.simulation.worlds import TEMPLIN, found, one_visit

DEAF_TO_THE_LINK = """\
from lisa_core.domain.visit import events, machine, states

real = machine.step


def deaf(state, event, ctx):
    after, commands = real(state, event, ctx)
    if isinstance(after, states.Connecting) and not after.linked:
        return states.Connecting(after.visit, after.since_us, after.heard_us), commands
    return after, commands


machine.step = deaf
"""
HER = Persona(talk_us=2 * MINUTE_US)


def broken(kind: str, at_s: int, lasts_s: int) -> Mishap:
    return Mishap(kind, TEMPLIN, at_s * SECOND_US, lasts_s * SECOND_US)


STORIES: dict[str, tuple[tuple[Mishap, ...], tuple[str, ...]]] = {
    "netz": ((broken("netz.buero", 40, 8),), ("das Netz wegbricht", "8 s vergehen", "das Netz wieder da ist")),
    "netz-vorher": ((broken("netz.buero", -30, 100),), ("das Netz wegbricht", "das Netz wieder da ist")),
    "radar": (
        (broken("praesenz.stumm", 30, 15),),
        ("der Präsenzsensor ausfällt", "der Präsenzsensor wieder antwortet"),
    ),
    "kontakt": ((broken("tuer.stumm", 30, 15),), ("der Türkontakt ausfällt", "der Türkontakt wieder antwortet")),
    "kamera": ((broken("personenkamera.stumm", 40, 20),), ("die Kamera ausfällt", "die Kamera wieder antwortet")),
    "scanner": ((broken("scanner.stumm", 40, 20),), ("der Scanner ausfällt", "der Scanner wieder antwortet")),
    "prellt": ((broken("tuer.prellt", 30, 1),), ("die Tür prellt",)),
    "stau": ((broken("scanner.stau", 30, 1),), ("im Scanner staut sich Seite 2",)),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them as feature files, each with a name of its own."""
    written = tmp_path_factory.mktemp("geschichten")
    for number, (name, (mishaps, _)) in enumerate(STORIES.items()):
        text, unsaid = feature(one_visit(HER, list(mishaps)), number)
        assert not unsaid, text
        (written / f"{name}.feature").write_text(text, encoding="utf-8")
    return written


@pytest.mark.parametrize("name", STORIES)
def test_a_fault_is_told_in_steps(folder: Path, name: str) -> None:
    text = (folder / f"{name}.feature").read_text(encoding="utf-8")
    for step in STORIES[name][1]:
        assert step in text


def test_all_of_them_pass(folder: Path) -> None:
    assert lisa_run(folder) == 0, "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.feature"))


def test_what_no_step_says_stays_a_comment() -> None:
    text, unsaid = feature(one_visit(HER, [broken("drucker.stumm", 40, 20)]), 1)
    assert unsaid == 1
    assert "    # templin: STÖRUNG drucker.stumm" in text


def test_a_bug_that_needs_a_cut_link_is_reproduced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plant(monkeypatch, does_not_hear_of_the_link)
    _, shrunk = found(9, 20, 7, "networks", "Anzeige")
    assert shrunk is not None
    text, unsaid = feature(shrunk, 7)
    assert not unsaid, text
    path = tmp_path / "gefunden.feature"
    path.write_text(text, encoding="utf-8")
    assert lisa_run(path) == 0, text
    (tmp_path / "conftest.py").write_text(DEAF_TO_THE_LINK, encoding="utf-8")
    assert lisa_run(path) == 1, text
