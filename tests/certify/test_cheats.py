"""Every way to cheat that we could think of: none of them verifies, and each is told by what was done."""

from __future__ import annotations

import os
import random

import pytest

from lisa_core.harness.certify.bundle import bundle_of
from tests.certify.cheats import CHEATS
from tests.certify.made import KEY, checked, files, forged, ingredients

LONG = os.environ.get("LISA_LONG") == "1"
FLIPS = 3_000 if LONG else 120


@pytest.mark.parametrize("what", CHEATS)
def test_no_way_to_cheat_verifies(what: str) -> None:
    made, expected = CHEATS[what]
    code, said = checked(made())
    assert code in (1, 2, 4), said
    assert expected in said


def test_the_honest_bundle_beside_them_verifies() -> None:
    assert checked(forged(files()))[0] == 0


def test_one_byte_flipped_anywhere_is_found() -> None:
    """Wherever it is: in an entry, in the archive around it, in the signature, in the name of the key."""
    data = bundle_of(ingredients(), KEY).data
    chance = random.Random(88)
    places = [0, len(data) - 1, *(chance.randrange(len(data)) for _ in range(FLIPS))]
    tail = range(len(data) - 3_000, len(data), 1 if LONG else 40)  # names, the directory, the signature
    for place in (*places, *tail):
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        assert checked(bytes(changed))[0] == 4, place
