"""Personalities: how known models behave, as data files; so an emulated device can behave as another does.

`fixtures/personalities/DEVICE/NAME.toml` holds the values of one model and where they were published (`[origin]`).
What a value means is said by the device that reads it (`emulator.devices.scanning.values` for scanners).
"""

from __future__ import annotations

from emulator.paper.paper import fixtures_dir
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.wire.toml_text import parse_toml

FOLDER = "personalities"


def personalities_of(device: str) -> tuple[str, ...]:
    """The names of all models that this emulated device can be, sorted."""
    return tuple(sorted(path.stem for path in (fixtures_dir() / FOLDER / device).glob("*.toml")))


def personality(device: str, name: str) -> JsonMap:
    """The values of one model. Raises `HarnessError` for one that is not known."""
    known = personalities_of(device)
    if name not in known:
        others = nearest(name, known) if known else f" Das Gerät „{device}“ hat keine Persönlichkeiten."
        raise HarnessError(f"Die Persönlichkeit „{name}“ gibt es nicht.{others}")
    return parse_toml((fixtures_dir() / FOLDER / device / f"{name}.toml").read_text(encoding="utf-8"))
