"""Bugs planted in the case, its sharing, the screen and the receipt: each breaks the rule that stands against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

import pytest

from lisa_core.booth.screen import texts, view
from lisa_core.domain.case import consent, receipt
from lisa_core.domain.case import texts as case_texts
from lisa_core.domain.model.case import Case
from lisa_core.harness.simulation.plan.plan import Arrival
from tests.simulation.worlds import found

Plant = Callable[[pytest.MonkeyPatch], None]


def everybody_sees_everything(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(consent, "visible", lambda *_: True)


def the_exchange_looks_at_its_own_clock(patch: pytest.MonkeyPatch) -> None:
    def received_at(exchange: datetime, handed_in: datetime) -> datetime:
        return exchange

    patch.setattr(receipt, "received_at", received_at)


def every_copy_of_a_receipt_has_a_number_of_its_own(patch: pytest.MonkeyPatch) -> None:
    """Whoever is told how the case stands is told another number."""
    real, numbers = consent.for_office, count()

    def for_office(held: Any, case: Case, *rest: Any) -> Case:
        shown = real(held, case, *rest)
        if shown.form is None or shown.form.receipt is None:
            return shown
        other = replace(shown.form.receipt, number=f"E-{next(numbers)}")
        return replace(shown, form=replace(shown.form, receipt=other))

    patch.setattr(consent, "for_office", for_office)


def the_screen_gives_no_hint(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(view, "_hint", lambda *_: "")


def the_screen_knows_of_no_scanner(patch: pytest.MonkeyPatch) -> None:
    real = view._hint

    def hint(state: Any, sight: Any) -> str:
        said = real(state, sight)
        return "" if "erfasst" in said else said

    patch.setattr(view, "_hint", hint)


def a_silent_pad_goes_unsaid(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(case_texts, "signature_fault", lambda _: "")


def a_notice_has_no_text(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(texts, "NOTICES", {})


@pytest.mark.parametrize(
    ("plant", "rule", "faults", "seed"),
    [
        (everybody_sees_everything, "I6", "all", 2),
        (the_exchange_looks_at_its_own_clock, "I8", "none", 7),
        (every_copy_of_a_receipt_has_a_number_of_its_own, "I8", "none", 7),
        (the_screen_gives_no_hint, "I14", "none", 7),
        (the_screen_knows_of_no_scanner, "I14", "none", 7),
        (a_silent_pad_goes_unsaid, "Geraet", "devices", 12),
        (a_notice_has_no_text, "Geraet", "none", 7),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_bug_breaks_its_rule(
    monkeypatch: pytest.MonkeyPatch, plant: Plant, rule: str, faults: str, seed: int
) -> None:
    plant(monkeypatch)
    breach, shrunk = found(9, 20, seed, faults, rule)
    assert breach.rule == rule
    assert shrunk is not None
    assert [item for item in shrunk.items if isinstance(item, Arrival)]
    assert len(shrunk.items) <= 6, shrunk.items
