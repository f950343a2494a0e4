"""What one scenario runs under: the values that `lisa run` was called with and those of the scenario itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ClockName = Literal["real", "virtual"]
CLOCKS: tuple[ClockName, ...] = ("real", "virtual")
CLOCK_TITLES: dict[ClockName, str] = {"real": "echte Uhr", "virtual": "virtuelle Uhr"}
DEFAULT_PROFILE = "emulated"


@dataclass(frozen=True, slots=True)
class RunSettings:
    """`scenario` and `tags` (without @) are those of the scenario that is about to run; `out` is for files."""

    profile: str = DEFAULT_PROFILE
    clock: ClockName = "real"
    out: Path = Path("out")
    seed: int = 0
    scenario: str = ""
    tags: frozenset[str] = frozenset()

    @property
    def booth(self) -> str:
        """The kind of booth (entry-point group `lisa.booths`): virtual time needs the one without any wire."""
        return "memory" if self.clock == "virtual" else "emulated"


def why_not_applicable(tags: frozenset[str], clock: ClockName, profile: str) -> str:
    """The reason why a scenario cannot apply to this run, as German words; empty when it can."""
    for tag in sorted(tags & {"stufe:wire", "stufe:hardware"}):
        if clock == "virtual":
            return f"@{tag}: nicht mit virtueller Uhr"
        if tag == "stufe:hardware" and profile == DEFAULT_PROFILE:
            return f"@{tag}: nicht mit emulierten Geräten"
    return ""
