"""The table: each row is done to the running programs, and another booth and desk go on talking."""

from __future__ import annotations

import pytest

from tests.attack import generated, messages, peripherals, stores
from tests.attack.conftest import House

ROWS = {**messages.ROWS, **peripherals.ROWS, **stores.ROWS}


@pytest.mark.parametrize("row", ROWS)
def test_the_others_go_on(row: str, house: House) -> None:
    house.run(ROWS[row])


@pytest.mark.parametrize("door", generated.ROWS)
def test_the_others_go_on_whatever_is_generated(door: str, house: House) -> None:
    house.run(generated.ROWS[door])
