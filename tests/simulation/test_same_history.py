"""What is simulated is what runs: a booth's own program, told the same, writes the same log, shows the same screens."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from lisa_core.domain.model.screen import ScreenScene
from lisa_core.harness.simulation.world import booth as simulated_booth
from tests.simulation.histories import History, record
from tests.simulation.replay import Replay, replayed
from tests.simulation.worlds import LONG, prepared

LIVES = [(seed, "all") for seed in range(3)] + ([(seed, "all") for seed in range(3, 60)] if LONG else [])


def differs(history: History, replay: Replay) -> str:
    """The first difference, with what came before it; "" for none."""
    both: tuple[tuple[list[Any], list[Any]], ...] = (
        ([tuple(entry) for entry in history.log], replay.log),
        (history.screens, replay.screens),
    )
    for simulated, real in both:
        if simulated != real:
            pairs = enumerate(zip(simulated, real, strict=False))
            at = next((number for number, (one, other) in pairs if one != other), min(len(simulated), len(real)))
            before = "\n".join(map(_told, simulated[max(0, at - 5) : at]))
            return f"{at}:\n{before}\nsimulated: {_told(*simulated[at:][:1])}\nreal:      {_told(*real[at:][:1])}"
    return ""


def _told(*shown: Any) -> str:
    """An entry as it is; of a screen, what it does not leave empty."""
    if not shown or isinstance(shown[0], tuple):
        return str(shown)
    return ", ".join(f"{name}={value!r}" for name, value in asdict(shown[0]).items() if value)


@pytest.mark.parametrize(("seed", "faults"), LIVES)
def test_program_and_simulation_write_and_show_the_same(
    monkeypatch: pytest.MonkeyPatch, seed: int, faults: str
) -> None:
    order = prepared(2, 1, seed, faults)
    for history in record(monkeypatch, order):
        found = differs(history, replayed(monkeypatch, history, order.world.directory))
        assert not found, f"{history.program.name}: {found}"


@pytest.mark.parametrize("drift", ["scene_of", "entries_of"])
def test_a_drift_of_the_simulation_is_found(monkeypatch: pytest.MonkeyPatch, drift: str) -> None:
    """The simulated booth alone gets a scene, or a log entry, wrong: the comparison is red."""
    right = getattr(simulated_booth, drift)

    def wrong(*step: Any) -> Any:
        found = right(*step)
        if drift == "entries_of":
            return found[::-1]
        return ScreenScene.FREE if found is ScreenScene.FAREWELL else found

    monkeypatch.setattr(simulated_booth, drift, wrong)
    order = prepared(1, 1, 0, "none")
    (history,) = record(monkeypatch, order)
    monkeypatch.undo()
    assert differs(history, replayed(monkeypatch, history, order.world.directory))
