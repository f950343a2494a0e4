"""Every way to cheat that we could think of: none of them verifies, and each is told by what was done."""

from __future__ import annotations

import os
import random

import pytest

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify.bundle import bundle_of
from lisa_core.harness.certify.told import check_lines, code_of_check
from lisa_core.harness.certify.verify import verified
from tests.certify.cheats import CHEATS
from tests.certify.made import HOUSE, KEY, TRUST, ingredients

LONG = os.environ.get("LISA_LONG") == "1"
FLIPS = 3_000 if LONG else 120


def said_of(data: bytes) -> tuple[int, str]:
    """The exit code, and all that is said."""
    try:
        found = verified(data, HOUSE)
    except LisaError as error:
        return 4, str(error)
    return code_of_check(found, TRUST), "\n".join(check_lines(found, TRUST))


@pytest.mark.parametrize("what", CHEATS)
def test_no_way_to_cheat_verifies(what: str) -> None:
    made, expected = CHEATS[what]
    code, said = said_of(made())
    assert code in (1, 2, 4), said
    assert expected in said


def test_the_honest_bundle_beside_them_verifies() -> None:
    assert said_of(bundle_of(ingredients(), KEY).data)[0] == 0


def test_one_byte_flipped_anywhere_is_found() -> None:
    """Wherever it is: in an entry, in the archive around it, in the signature, in the name of the key."""
    data = bundle_of(ingredients(), KEY).data
    chance = random.Random(88)
    places = [0, len(data) - 1, *(chance.randrange(len(data)) for _ in range(FLIPS))]
    tail = range(len(data) - 3_000, len(data), 1 if LONG else 40)  # names, the directory, the signature
    for place in (*places, *tail):
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        assert said_of(bytes(changed))[0] == 4, place
