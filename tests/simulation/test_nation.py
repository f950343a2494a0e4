"""Many Landkreise as values: seeds, sums in any order, intervals, warm-up, and whether the memory is enough."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from multiprocessing import Pipe
from pathlib import Path

import pytest

from lisa_core.cli.progress import ProgressLine, duration, left
from lisa_core.domain.model.errors import HarnessError, LisaError, MachineError
from lisa_core.harness.simulation.nation import work
from lisa_core.harness.simulation.nation.capacity import choose_workers, need_bytes
from lisa_core.harness.simulation.nation.intervals import Interval, interval, quantile, within
from lisa_core.harness.simulation.nation.order import NationOrder, check, log_path
from lisa_core.harness.simulation.nation.result import MEAN, Result
from lisa_core.harness.simulation.nation.warmup import FEWEST_DAYS, mser
from lisa_core.harness.simulation.nation.work import Failed, Played, _word
from lisa_core.harness.simulation.play.order import Progress, SimulationOrder, play
from lisa_core.harness.simulation.play.totals import Waits, totals_of
from lisa_core.host.memory import Capacity, capacities
from tests.simulation.worlds import prepared, simulated

MB = 1_000_000
ORDER = NationOrder(SimulationOrder(2, 2, 7, "all"), kreise=3, replications=2)


def portions(order: NationOrder) -> list[Played]:
    """All of it, played here and now."""
    found = []
    for portion in map(order.portion, range(order.portions)):
        progress = Progress()
        mine = prepared(order.each.booths, order.each.days, portion.seed, order.each.faults)
        result = play(mine, None, progress)
        totals = totals_of(mine.world, result, progress.marks, order.warmup)
        found.append(Played(portion, result.digest, totals, tuple(result.breaches), 0.0))
    return found


# --- seeds and sums ---------------------------------------------------------------------------------------------------


def test_the_first_landkreis_is_the_simulation_that_it_always_was() -> None:
    seeds = [ORDER.portion(index).seed for index in range(ORDER.portions)]
    assert seeds[0] == ORDER.each.seed
    assert len(set(seeds)) == len(seeds)
    larger = NationOrder(ORDER.each, kreise=5)
    assert [larger.portion(index).seed for index in range(3)] == seeds[:3], "a larger nation begins with the same"


def test_in_whatever_order_they_are_over_the_sums_and_the_digest_are_the_same() -> None:
    played, chance = portions(ORDER), random.Random(3)
    results = []
    for _ in range(3):
        result = Result(ORDER, prepared(2, 2, 7).world.directory)
        for one in played:
            result.take(one)
        results.append(result)
        chance.shuffle(played)
    first, *others = results
    assert all(
        (one.totals, one.digest, one.replicated(MEAN)) == (first.totals, first.digest, first.replicated(MEAN))
        for one in others
    )
    whole = hashlib.sha256()
    for index in range(ORDER.portions):
        whole.update(bytes.fromhex(simulated(2, 2, ORDER.portion(index).seed).digest))
    assert first.digest == whole.hexdigest()
    assert len(first.replicated(MEAN)) == 2


def test_sums_say_what_the_figures_of_one_landkreis_say() -> None:
    mine, progress = prepared(9, 2, 7), Progress()
    figures = (result := play(mine, None, progress)).figures
    totals = totals_of(mine.world, result, progress.marks)
    waits = totals.all_waits()
    assert (totals.visits, totals.called, waits.count) == (figures.visits, figures.called, len(figures.waits))
    assert waits.mean_us() == figures.mean_wait_us()
    assert abs(waits.p95_us() - figures.p95_wait_us()) <= 50_000
    assert totals.service_level_permille() == figures.service_level_permille()
    assert totals.abandonment_permille() == figures.abandonment_permille()
    assert sum(count for count, _ in totals.days.values()) == waits.count
    assert all(6 <= hour <= 18 for hour in totals.hours())


def test_days_of_the_warm_up_count_for_no_wait() -> None:
    mine, progress = prepared(3, 3, 7), Progress()
    result = play(mine, None, progress)
    whole, rest = (totals_of(mine.world, result, progress.marks, days) for days in (0, 1))
    first = progress.marks[0]
    assert rest.visits == whole.visits - first.visits
    assert rest.all_waits().count == whole.all_waits().count - first.answered
    assert (rest.begun, rest.outcomes, rest.days) == (whole.begun, whole.outcomes, whole.days)


def test_the_wait_below_which_95_percent_are() -> None:
    waits = Waits()
    for second in range(1, 21):
        waits.take(second * 1_000_000)
    assert (waits.p95_us(), waits.mean_us(), waits.quick) == (19_000_000, 10_500_000, 20)


@pytest.mark.parametrize(
    ("kreise", "replications", "warmup"), [(0, 1, 0), (1, 0, 0), (1_000, 1_000, 0), (1, 1, 2), (1, 1, -1)]
)
def test_what_cannot_be_simulated_is_said(kreise: int, replications: int, warmup: int) -> None:
    with pytest.raises(LisaError, match="bitte"):
        check(NationOrder(ORDER.each, kreise, replications, warmup))


def test_each_landkreis_has_a_log_of_its_own() -> None:
    def names(kreise: int, replications: int) -> list[str]:
        order = NationOrder(ORDER.each, kreise, replications, log="l/log.txt")
        return [str(log_path(order, order.portion(index))) for index in range(order.portions)]

    assert names(1, 1) == ["l/log.txt"]
    assert names(10, 1)[0] == "l/log-01.txt"
    assert names(2, 2) == ["l/log-1-1.txt", "l/log-1-2.txt", "l/log-2-1.txt", "l/log-2-2.txt"]


def test_what_a_worker_cannot_play_is_told_by_whoever_started_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = Pipe()
    with here, there:
        lost = replace(ORDER, log=str(tmp_path / "nowhere" / "log.txt"))
        failed = _word(lost, prepared(2, 2, 7), lost.portion(4), there)
        assert isinstance(failed, Failed)
        assert type(failed.error) is LisaError
        assert "log-2-2.txt: In diese Datei lässt sich nicht schreiben" in str(failed.error)
        monkeypatch.setattr(work, "play", lambda *_: {}["a bug of ours"])
        failed = _word(ORDER, prepared(2, 2, 7), ORDER.portion(1), there)
        assert isinstance(failed, Failed)
        assert isinstance(failed.error, HarnessError)
        assert str(failed.error).startswith(f"Landkreis 2 (Startwert {ORDER.portion(1).seed}): ")


# --- progress ---------------------------------------------------------------------------------------------------------


def test_on_a_terminal_one_line_grows_old_and_is_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine(terminal=True, _last_s=0.0)
    line.show(0.5, "57 von 114 Landkreisen")
    line.clear()
    said = capsys.readouterr().err
    assert said.startswith("\r57 von 114 Landkreisen, 50 %, noch etwa 0 s")
    assert "\n" not in said


def test_elsewhere_a_line_comes_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine(terminal=False)
    for _ in range(3):
        line.show(0.5, "57 von 114 Landkreisen")
    assert not capsys.readouterr().err
    assert [duration(value) for value in (12, 200, 7_500)] == ["12 s", "3 min 20 s", "2 h 5 min"]
    assert (left(10, 0.01), left(10, 0.25)) == ("", ", noch etwa 30 s")


# --- statistics -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("freedom", "confidence", "t"),
    [
        (1, 0.95, 12.7062),
        (2, 0.95, 4.3027),
        (9, 0.95, 2.2622),
        (10, 0.95, 2.2281),
        (9, 0.99, 3.2498),
        (120, 0.9, 1.6577),
    ],
)
def test_students_t_is_that_of_the_tables(freedom: int, confidence: float, t: float) -> None:
    assert quantile(freedom, confidence) == pytest.approx(t, abs=5e-5)
    assert within(t, freedom) == pytest.approx(confidence, abs=1e-5)


def test_an_interval_is_t_times_the_standard_error() -> None:
    assert interval([4.0, 6.0, 8.0]) == Interval(6.0, pytest.approx(4.3027 * 2 / 3**0.5, abs=1e-3))
    assert interval([5.0]) == Interval(5.0, 0.0)


def test_ninety_five_of_a_hundred_intervals_hold_the_mean() -> None:
    chance, trials = random.Random(11), 2_000
    hits = 0
    for _ in range(trials):
        found = interval([chance.gauss(3.0, 2.0) for _ in range(5)])
        hits += abs(found.mean - 3.0) <= found.half
    assert 0.935 <= hits / trials <= 0.965


def test_mser_leaves_out_what_warms_up() -> None:
    settled = [10.0, 10.2, 9.9, 10.1, 9.8, 10.0, 10.1, 9.9, 10.2, 10.0, 9.9, 10.1]
    assert mser([30.0, 22.0, 15.0, *settled]) == 3
    assert mser(list(range(40, 0, -1))) is None, "what never settles"
    assert mser(settled[: FEWEST_DAYS - 1]) is None, "too few to say"


# --- memory -----------------------------------------------------------------------------------------------------------


def test_as_many_workers_as_the_memory_is_enough_for() -> None:
    order = NationOrder(SimulationOrder(booths=10_000), kreise=8)
    two = [Capacity(need_bytes(order, 2), "der Rechner")]
    assert choose_workers(order, None, two) <= 2
    assert choose_workers(order, 2, two) == 2
    with pytest.raises(MachineError, match=r"Gebraucht werden etwa \d+ MB, frei sind \d+ MB.*Mit --workers 2 reicht"):
        choose_workers(order, 3, two)
    with pytest.raises(MachineError, match="Mit weniger --booths reicht es"):
        choose_workers(order, None, [Capacity(100 * MB, "der Rechner")])
    assert choose_workers(order, 3, [Capacity(need_bytes(order, 1), "ulimit", each=True)]) == 3
    assert choose_workers(order, 3, []) == 3, "where nobody knows, nobody is refused"


@pytest.mark.parametrize("version", [1, 2])
def test_the_limit_of_a_container_is_found(tmp_path: Path, version: int) -> None:
    """Of the container or of what is around it, whichever is less; what files occupy counts as free."""
    memory, line, names, files = {
        1: (
            "sys/fs/cgroup/memory",
            "4:memory:",
            ("memory.limit_in_bytes", "memory.usage_in_bytes"),
            "total_inactive_file",
        ),
        2: ("sys/fs/cgroup", "0::", ("memory.max", "memory.current"), "inactive_file"),
    }[version]
    written = {
        "proc/meminfo": "MemTotal: 9000000 kB\nMemAvailable:    8000000 kB\n",
        "proc/self/cgroup": f"{line}/outer/inner\n",
        f"{memory}/outer/{names[0]}": "400000000\n",
        f"{memory}/outer/{names[1]}": "300000000\n",
        f"{memory}/outer/memory.stat": f"anon 5\n{files} 50000000\n",
        f"{memory}/outer/inner/{names[0]}": "max\n" if version == 2 else f"{(1 << 63) - 4096}\n",
        f"{memory}/outer/inner/{names[1]}": "200000000\n",
    }
    for name, text in written.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="ascii")
    found = {one.said_by: one.left for one in capacities(tmp_path) if not one.each}
    assert found == {"der Rechner": 8_192_000_000, "die Grenze des Containers (cgroup)": 150_000_000}
