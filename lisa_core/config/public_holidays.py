"""The public holidays of the Bundesländer.

The library's package of countries loads all 250 of them, which took longer than anything else at the start of a booth;
Germany's file needs none of the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import holidays


@cache
def _germany() -> type[holidays.HolidayBase]:
    path = Path(holidays.__file__).parent / "countries" / "germany.py"
    spec = spec_from_file_location("holidays_of_germany", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    found: type[holidays.HolidayBase] = module.Germany
    return found


def laender() -> list[str]:
    """Their two-letter codes, in alphabetical order."""
    return [code for code in _germany().subdivisions if len(code) == 2]


def holidays_in(land: str, years: Iterable[int]) -> frozenset[date]:
    """Those of one Land ("" is none: what holds everywhere)."""
    return frozenset(_germany()(subdiv=land or None, years=years))
