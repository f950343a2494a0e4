"""What is wrong in a hardware profile, as values: a person reads them, a program sorts them by file and line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lisa_core.domain.model.errors import ProfileError


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong: where it stands (`line` from 1; None where it stands nowhere), its key, a sentence that
    says what is wrong and what to do."""

    path: Path
    line: int | None
    key: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}" if self.line else f"{self.path}: {self.text}"


class WrongProfileError(ProfileError):
    """All that is wrong in a profile, a line for each."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = tuple(mistakes)


def in_order(mistakes: Iterable[Mistake], first: Path) -> tuple[Mistake, ...]:
    """As a reader goes through the files, beginning with the `first`."""
    return tuple(sorted(mistakes, key=lambda one: (one.path != first, str(one.path), one.line or 0)))
