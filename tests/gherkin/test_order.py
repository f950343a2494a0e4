"""Whatever an order says reaches the run: what is dropped on the way is missed by nobody, since the run passes."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from lisa_core.equipment.drivers.identity import Said
from lisa_core.harness.start.places import there
from lisa_core.harness.start.run import Order, arguments

ELSEWHERE = {"paths", "failed", "workers", "affected", "shard", "durations", "effects"}
"""What makes the places and the choice among them is tested where they are made; `workers` starts others."""
OTHER: dict[str, Any] = {
    "options": ["--co"],
    "said": {"door": Said(silence="x")},
    "links": {"door": "x"},
    "faults": "*@2s",
}


@pytest.mark.parametrize("name", sorted({field.name for field in fields(Order)} - ELSEWHERE))
def test_a_word_of_an_order_is_handed_on(name: str, tmp_path: Path) -> None:
    feature = tmp_path / "a.feature"
    feature.write_text("# language: de\nFunktionalität: A\n", encoding="utf-8")
    usual = Order([str(feature)])
    value = getattr(usual, name)
    if isinstance(value, bool):
        other: object = not value
    else:
        other = value + 1 if isinstance(value, int | float) else OTHER.get(name, f"{value}x")
    places = there(usual.paths)
    assert arguments(replace(usual, **{name: other}), places) != arguments(usual, places)
