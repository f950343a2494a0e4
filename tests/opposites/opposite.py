"""A row of the table: a scenario that ends with a sentence, and what is planted to see that red."""

from __future__ import annotations

from dataclasses import dataclass

from tests.opposites.planting import Plant


@dataclass(frozen=True)
class Opposite:
    """`says`: words of the failure. `in_memory` False: the sentence says something only where pictures flow."""

    plant: Plant
    steps: str
    says: str = ""
    in_memory: bool = True
    tags: str = ""

    @property
    def written(self) -> str:
        """Tags and steps as `scenarios.feature` takes them."""
        return f"{self.tags}\n{self.steps}" if self.tags else self.steps

    @property
    def sentence(self) -> str:
        """The step that is shown, without its keyword."""
        last = [line for line in self.steps.splitlines() if line.strip() and not line.strip().startswith("|")][-1]
        return last.strip().partition(" ")[2]
