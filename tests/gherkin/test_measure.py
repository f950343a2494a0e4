"""Measurements against limits: the decision rule, units, and what is no measurement."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lisa_core.config.classes.limits import UNITS, Limit, exact
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.frames import Frame
from lisa_core.equipment.media.camera_faults import FROZEN_S, frozen_fault
from lisa_core.harness.loop.holdup import MOST, Waited, held_up_s, waited
from lisa_core.harness.loop.virtual_loop import VirtualLoop
from lisa_core.harness.match.catalogue import import_steps, readable, registered
from lisa_core.harness.report.judgement import decided, judge, measured_text
from lisa_core.harness.report.measure import STEP, is_limited, judged, late, measured
from lisa_core.harness.report.record import ScenarioRecord, StepRecord, Verdict
from lisa_core.harness.steps.devices.filming import FIRST_S, film
from lisa_core.harness.steps.library import STEP_LIBRARY

P, F, U = Verdict.PASSED, Verdict.FAILED, Verdict.UNDECIDED


def limit(value: str, unit: str = "s", *, upper: bool = True, uncertainty: str = "0.1") -> Limit:
    return Limit("m", Decimal(value), unit, upper, Decimal(uncertainty))


@pytest.mark.parametrize(("value", "verdict"), [(1.9, P), (1.901, U), (2, U), (2.1, U), (2.101, F), (0, P), (99, F)])
def test_pass_only_with_the_whole_uncertainty_inside_and_fail_only_with_all_of_it_outside(
    value: float, verdict: Verdict
) -> None:
    assert judged(measured("m", value, "s"), "K.1", limit("2")).verdict is verdict


@pytest.mark.parametrize(("value", "verdict"), [(21, P), (20.9, U), (20, U), (19, U), (18.9, F)])
def test_a_lower_limit_is_the_mirror(value: float, verdict: Verdict) -> None:
    wanted = limit("20", "Bilder/s", upper=False, uncertainty="1")
    assert judged(measured("m", value, "Bilder/s"), "K.1", wanted).verdict is verdict


@pytest.mark.parametrize(
    ("value", "held_up", "verdict"), [(8.5, 12, U), (8.5, 9, F), (8.5, 0, F), (25, 30, P), (20.5, 30, U)]
)
def test_what_a_busy_machine_can_explain_is_no_failure_and_no_pass(
    value: float, held_up: float, verdict: Verdict
) -> None:
    wanted = limit("20", "Bilder/s", upper=False, uncertainty="1")
    one = judged(measured("m", value, "Bilder/s", held_up=held_up), "K.1", wanted)
    assert one.verdict is verdict
    assert one.uncertainty == (Decimal(held_up) if (value, verdict) == (8.5, U) else Decimal(1))


@pytest.mark.parametrize(
    ("value_s", "held_up_s", "undecided"), [(2.5, 0.6, True), (2.5, 0.5, True), (2.5, 0.4, False), (2, 9, False)]
)
def test_a_steps_own_limit_is_not_missed_where_the_machine_explains_it(
    value_s: float, held_up_s: float, undecided: bool
) -> None:
    one = late("m", value_s, 2.0, held_up_s)
    assert (one is not None) is undecided
    if one is not None:
        assert (one.requirement, one.limit, one.verdict) == (STEP, Decimal("2.0"), U)


@pytest.mark.parametrize(("value_s", "verdict"), [(1.7, P), (1.81, U), (2.1, U), (2.21, F)])
def test_what_lines_to_devices_take_is_added_to_the_uncertainty(value_s: float, verdict: Verdict) -> None:
    wanted = Limit("m", Decimal(2000), "ms", upper=True, uncertainty=Decimal(100))
    one = judged(measured("m", value_s, "s", delay_s=0.1), "K.1", wanted)
    assert (one.verdict, one.uncertainty, one.delay) == (verdict, Decimal(200), Decimal(100))
    assert measured("m", 20, "Bilder/s", delay_s=0.1).delay == 0


@pytest.mark.parametrize(("value_s", "undecided"), [(1.8, False), (1.95, True), (2.05, True), (2.2, False)])
def test_a_limit_of_a_step_is_undecided_as_near_as_lines_are_late(value_s: float, undecided: bool) -> None:
    one = late("m", value_s, 2.0, 0.0, delay_s=0.1)
    assert (one is not None) is undecided
    assert one is None or one.uncertainty == Decimal("0.1")


@pytest.mark.parametrize(("rate", "held_up", "undecided"), [(2, 17, False), (2, 18, True), (20, 9, False)])
def test_the_same_of_what_has_to_be_at_least_so_much(rate: float, held_up: float, undecided: bool) -> None:
    one = late("m", rate, 20, held_up, "Bilder/s", upper=False)
    assert (one is not None and "mindestens 20 Bilder/s: nicht entscheidbar" in measured_text(one)) is undecided


def test_an_attempt_that_meets_the_steps_limit_decides_and_the_last_one_that_does_not_decides_nothing() -> None:
    missed = late("m", 2.5, 2.0, 1.0)
    assert missed is not None
    passed = StepRecord("Dann ", "klingelt es", 3, P)
    in_time = judge(ScenarioRecord("1", "S", "F", Path("a.feature"), 1, frozenset(), (passed,), P), {})
    late_one = judge(replace(in_time, measurements=(missed,)), {})
    assert late_one.verdict is U
    assert "Schritt: m = 2,5 ± 1 s, höchstens 2 s: nicht entscheidbar" in late_one.error
    assert decided([late_one, in_time]).verdict is P
    assert decided([late_one, late_one]).verdict is U


def test_what_threads_waited_one_after_the_other_adds_up_and_never_to_the_whole_time() -> None:
    before = {"1": 1.0, "2": 5.0}
    assert held_up_s(before, {"1": 1.25, "2": 5.5, "3": 0.125}, 2.0) == 0.875
    assert held_up_s(before, {"1": 9.0}, 2.0) == 2.0 * MOST
    assert held_up_s(before, {}, 2.0) == 0.0


async def _look() -> Waited:
    return waited()


def test_the_kernel_counts_for_each_thread() -> None:
    found = asyncio.run(_look())
    assert set(found) >= {str(threading.get_native_id())}
    assert min(found.values()) >= 0


@given(st.decimals(-1000, 1000, places=3), st.decimals(0, 100, places=3), st.decimals(-1000, 1000, places=3))
def test_exactly_one_of_three_verdicts_follows_and_more_uncertainty_never_makes_a_pass(
    value: Decimal, spread: Decimal, bound: Decimal
) -> None:
    one = judged(measured("m", float(value), "s", float(spread)), "K.1", limit(str(bound)))
    assert one.verdict is (P if value + spread <= bound else F if value - spread > bound else U)
    wider = judged(measured("m", float(value), "s", float(spread) + 1), "K.1", limit(str(bound)))
    assert not (wider.verdict is P and one.verdict is not P)
    assert not (wider.verdict is F and one.verdict is not F)


def test_units_of_the_same_kind_are_converted_exactly() -> None:
    one = judged(measured("m", 1900, "ms", 100), "K.1", limit("2"))
    assert (one.value, one.uncertainty, one.unit, one.verdict) == (Decimal("1.9"), Decimal("0.1"), "s", P)
    assert judged(measured("m", 0.1 + 0.2, "s", 0), "K.1", limit("0.3")).verdict is F  # as written: 0.30000000000000004
    assert judged(measured("m", 0.5, "min", 0), "K.1", limit("30")).verdict is P


@pytest.mark.parametrize(
    ("value", "unit", "spread", "words"),
    [
        (1, "sek", None, "Die Einheit „sek“ gibt es nicht."),
        (float("nan"), "s", None, "ist kein Messwert"),
        (float("inf"), "s", None, "ist kein Messwert"),
        (1, "s", -0.1, "ist kein Messwert"),
        (1, "s", float("nan"), "ist kein Messwert"),
    ],
)
def test_what_is_no_measurement_is_refused(value: float, unit: str, spread: float | None, words: str) -> None:
    with pytest.raises(HarnessError, match=words):
        measured("m", value, unit, spread)


def test_a_unit_of_another_kind_is_refused() -> None:
    with pytest.raises(HarnessError, match=r"passt nicht zur Grenze von K\.1"):
        judged(measured("m", 1, "dB"), "K.1", limit("2"))


def test_every_unit_has_a_size() -> None:
    assert all(exact(size) for _, size in UNITS.values())


def test_a_step_that_is_marked_is_known_under_what_is_around_it() -> None:
    import_steps(STEP_LIBRARY)
    found = {readable(one.parser.name) for one in registered() if is_limited(one.step_func)}
    assert found == {
        "ist das Bild {wer} bei {wem} flüssig",
        "liegt {was} in der Grenze",
        "sind bei {wem} die Unterlagen ausgeblendet",
        "zeigt die Stoppuhr {name} höchstens {dauer}",
    }


@pytest.mark.parametrize(("first_s", "came", "lasted_s"), [(0.6, 5, 2), (3, 1, 3), (2 * FIRST_S, 0, FIRST_S)])
def test_a_camera_has_time_for_its_first_picture(first_s: float, came: int, lasted_s: float) -> None:
    class Slow:
        async def frames(self) -> AsyncGenerator[Frame, None]:
            """As the drivers do it: it counts as frozen each time nothing has come for so long."""
            if (now_s := asyncio.get_running_loop().time()) + FROZEN_S < first_s:
                await _at(now_s + FROZEN_S)
                raise frozen_fault("camera")
            due_s = max(now_s, first_s)
            while True:
                await _at(due_s)
                yield Frame(1, 1, b"rgb", 0)
                due_s += 0.3

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        filmed = runner.run(film(Slow(), 2))
    assert (len(filmed.pictures), filmed.newest is not None) == (came, came > 0)
    assert (filmed.fault is None) == (came > 0), "of one that never began it is known why"
    assert (filmed.ended_us - filmed.begun.at_us) / 1e6 == pytest.approx(lasted_s)


async def _at(due_s: float) -> None:
    come = asyncio.Event()
    asyncio.get_running_loop().call_at(due_s, come.set)
    await come.wait()
