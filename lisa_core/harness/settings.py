"""What one scenario runs under: the values that `lisa run` was called with and those of the scenario itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.tester.panel import Panel

ClockName = Literal["real", "virtual"]
CLOCKS: tuple[ClockName, ...] = ("real", "virtual")
CLOCK_TITLES: dict[ClockName, str] = {"real": "echte Uhr", "virtual": "virtuelle Uhr"}
DEFAULT_PROFILE = "emulated"


@dataclass(frozen=True, slots=True)
class RunSettings:
    """`scenario` and `tags` (without @) are those of the scenario that is about to run; `out` is for files.

    With real devices a tester is asked at the `panel` and has `answer_s` for each answer.
    """

    profile: str = DEFAULT_PROFILE
    clock: ClockName = "real"
    out: Path = Path("out")
    seed: int = 0
    scenario: str = ""
    tags: frozenset[str] = frozenset()
    answer_s: float = 60.0
    panel: Panel | None = None

    @property
    def booth(self) -> str:
        """The kind of booth (entry-point group `lisa.booths`): virtual time needs the one without any wire."""
        return "memory" if self.clock == "virtual" else "emulated"


@lru_cache(maxsize=4)
def real_slots(profile: str) -> frozenset[str]:
    """The slots that this profile binds to real devices, unknown to any emulated world; empty for what is no profile.

    Whoever joins a world (`[world] join`) binds to devices in it: what happens there they notice.
    """
    if profile == DEFAULT_PROFILE:
        return frozenset()
    try:
        loaded = load_profile(profile)
    except LisaError:
        return frozenset()  # told where it is used
    return frozenset() if loaded.join else frozenset(loaded.slots) - loaded.emulated


def why_not_applicable(tags: frozenset[str], clock: ClockName, profile: str) -> str:
    """The reason why a scenario cannot apply to this run, as German words; empty when it can."""
    if "manuell" in tags and profile == DEFAULT_PROFILE:
        return "@manuell: nur mit einer Prüferin an echten Geräten"
    for tag in sorted(tags & {"stufe:wire", "stufe:hardware"}):
        if clock == "virtual":
            return f"@{tag}: nicht mit virtueller Uhr"
        if tag == "stufe:hardware" and profile == DEFAULT_PROFILE:
            return f"@{tag}: nicht mit emulierten Geräten"
    return ""
