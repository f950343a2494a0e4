"""One device fault that is planted: the scenario that has to show it, and the words of the step where it shows."""

from __future__ import annotations

from dataclasses import dataclass

from tests.opposites import device_plants as p
from tests.opposites.planting import Plant

SITE = "Angenommen das Bürgerbüro Templin ist geöffnet\n"


def kept(measure: str) -> str:
    """The sentence that asks for a measure."""
    return f"Dann liegt „{measure}“ in der Grenze\n"


def has(sentence: str) -> str:
    """The device has a declared fault from now on."""
    return f"Angenommen {sentence}\n"


@dataclass(frozen=True)
class Fault:
    """`steps` end with the sentence at which it shows, unless `shows` says another; `says`: words of the failure."""

    tags: str
    steps: str
    says: str
    plant: Plant = p.as_declared
    shows: str = ""

    @property
    def written(self) -> str:
        """Tags and steps as `scenarios.feature` takes them."""
        return f"@{' @'.join(self.tags.split())}\n{SITE}{self.steps}"

    @property
    def sentence(self) -> str:
        """The step that is red, without its keyword."""
        lines = [line.strip() for line in self.steps.splitlines() if line.strip()]
        return (self.shows or lines[-1]).strip().partition(" ")[2]
