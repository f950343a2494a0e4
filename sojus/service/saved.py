"""A search that an office has saved: what it finds now, and what is new in it."""

from __future__ import annotations

from dataclasses import dataclass

from sojus.domain.model.ids import SearchId
from sojus.service.asked import Asked


@dataclass(frozen=True, slots=True)
class SavedView:
    """`hits`: how many now; `new`: how many of them were none when the office searched for the same last, as far as
    this process has heard."""

    id: SearchId
    name: str
    asked: Asked
    hits: int
    new: int
    sentence: str
