"""The parts of a simulation: the agenda, the line, the dice, the larger directory, the days, the command line."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import lisa_core.harness.simulation.play.order as order
from lisa_core.cli.simulate import simulate
from lisa_core.config.directory import load_directory
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.simulation.plan import people
from lisa_core.harness.simulation.plan.chance import EXPONENTIAL_PPM, Dice
from lisa_core.harness.simulation.plan.days import choose_days, holidays_of
from lisa_core.harness.simulation.plan.population import enlarge, origin_of
from lisa_core.harness.simulation.world.agenda import Agenda
from lisa_core.harness.simulation.world.ledger import Ledger
from lisa_core.harness.simulation.world.line import Line

# --- the agenda -----------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 10_000_000), st.lists(st.integers(0, 5_000_000), max_size=3)), max_size=40))
def test_acts_happen_in_the_order_of_time_and_entry(plan: list[tuple[int, list[int]]]) -> None:
    agenda, seen = Agenda(), []

    def act(later: list[int]) -> None:
        seen.append((agenda.now_us, len(later)))
        for wait_us in later:
            agenda.at(agenda.now_us + wait_us, act, [])

    for at_us, later in plan:
        agenda.at(at_us, act, later)
    done = agenda.run(20_000_000, lambda: True)
    assert done == len(plan) + sum(len(later) for _, later in plan) == len(seen)
    assert [at_us for at_us, _ in seen] == sorted(at_us for at_us, _ in seen)


def test_acts_of_one_moment_keep_their_order_and_the_past_is_now() -> None:
    agenda, seen = Agenda(), []
    for name in "abc":
        agenda.at(5_000_000, seen.append, name)
    agenda.at(5_000_000, lambda _: agenda.at(1, seen.append, "d"))
    assert agenda.run(4_999_999, lambda: True) == 0
    assert agenda.run(5_000_000, lambda: True) == 5
    assert seen == ["a", "b", "c", "d"]


# --- the line -------------------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(["send", "cut", "mend", "wait"]), max_size=60))
def test_a_line_loses_nothing_and_keeps_the_order(moves: list[str]) -> None:
    agenda, heard = Agenda(), []
    line = Line(agenda, 10, heard.append, heard.append)
    line.mend()
    sent = cuts = 0
    for move in [*moves, *["mend"] * 60, "wait"]:
        if move == "send":
            line.send_up(sent)
            sent += 1
        elif move == "cut":
            line.cut()
            cuts += 1
        elif move == "mend" and cuts:
            cuts -= 1
            if line.mend():
                line.flush()
        agenda.run(agenda.now_us + 7, lambda: True)
        agenda.at(agenda.now_us + 7, lambda _: None)
    agenda.run(10**9, lambda: True)
    assert heard == list(range(sent))


def test_a_program_that_starts_anew_hears_nothing_that_was_meant_for_the_old_one() -> None:
    agenda, heard = Agenda(), []
    line = Line(agenda, 10, heard.append, heard.append)
    line.mend()
    line.send_up("alt")
    line.send_down("alt")
    line.program_restarted()
    line.send_up("neu")
    agenda.run(100, lambda: True)
    assert heard == ["neu"]


# --- chance ---------------------------------------------------------------------------------------------------------


def test_dice_fall_the_same_everywhere() -> None:
    dice = Dice(7, "besuch", "templin", 1)
    assert [dice.below(1_000) for _ in range(6)] == FALLEN
    assert sha256(repr(EXPONENTIAL_PPM).encode()).hexdigest()[:16] == QUANTILES


def test_dice_are_fair_enough() -> None:
    dice = Dice("gerecht")
    counts = Counter(dice.below(6) for _ in range(60_000))
    assert all(9_500 < counts[face] < 10_500 for face in range(6))
    mean = sum(dice.exponential(1_000_000) for _ in range(50_000)) / 50_000
    assert mean == pytest.approx(1_000_000, rel=0.02)


FALLEN = [924, 505, 412, 724, 492, 217]
QUANTILES = "2d1067e24b563f5b"

# --- sites and days -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("booths", [1, 7, 9, 250])
def test_a_directory_grows_by_copies(booths: int) -> None:
    original, _ = load_directory("uckermark")
    large = enlarge(original, booths)
    assert len(large.sites) == booths
    assert {origin_of(site, original) for site in large.sites} <= set(original.sites)
    assert list(large.sites)[: len(original.sites)] == list(original.sites)[:booths]
    assert set(original.agents) <= set(large.agents)
    assert all(agent.office in large.offices for agent in large.agents.values())
    assert all(key == site.id for key, site in large.sites.items())


def test_agents_grow_with_the_work_and_not_with_the_sites() -> None:
    original, _ = load_directory("uckermark")
    few, many = (len(enlarge(original, booths).agents) for booths in (1_000, 10_000))
    assert 5 * few < many < 10 * few


@pytest.mark.parametrize("landkreis", ["uckermark", "bautzen"])
def test_days_of_operation_are_open_somewhere(landkreis: str) -> None:
    directory, zone = load_directory(landkreis)
    calendar = choose_days(directory, zone, 12)
    assert len(calendar.days) == 12
    for day in calendar.days:
        assert any(calendar.spans(site, day, holidays_of(directory, site)) for site in directory.sites.values())
        assert calendar.civil(day * 86_400_000_000).weekday() < 5


def test_content_in_the_log_is_strange() -> None:
    ledger = Ledger()
    ledger.note(1, "templin-1-1", "besuch.begonnen")
    ledger.note(2, "templin-1-1", "besuch.beendet", "Otto Beispielmann")
    ledger.digest()
    assert (ledger.count, ledger.strange) == (2, 1)


# --- the command line -----------------------------------------------------------------------------------------------


def command(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Any:
    monkeypatch.setattr(order, "load_people", lambda: people)
    return CliRunner().invoke(simulate, arguments, standalone_mode=False)


def test_the_command_says_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    log = tmp_path / "protokoll.jsonl"
    done = command(monkeypatch, "--booths", "2", "--seed", "5", "--log", str(log))
    assert done.return_value == 0, done.output
    for word in ("Wartezeit", "Servicegrad", "Abbruch", "Ergebnisse je Standort", "Auslastung je Stelle", "0 verletzt"):
        assert word in done.output
    assert done.output.strip().endswith(sha256(log.read_bytes()).hexdigest())


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--booths", "0"), "1 bis"),
        (("--days", "0"), "1 bis 366"),
        (("--faults", "device"), "devices"),
        (("--landkreis", "uckermarck"), "uckermarck"),
    ],
)
def test_bad_input_is_named(monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], hint: str) -> None:
    done = command(monkeypatch, *arguments)
    assert done.return_value == 4
    assert hint in done.output


def test_unknown_families_of_faults_are_refused() -> None:
    assert order.families_of("networks") == ("networks", "desks")
    assert order.families_of("none") == ()
    with pytest.raises(LisaError):
        order.families_of("wetter")
