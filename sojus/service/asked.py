"""What somebody looks for, and in which field of work."""

from __future__ import annotations

from dataclasses import dataclass

from sojus.domain.model.ids import FieldId
from sojus.domain.search.wish import Search


@dataclass(frozen=True, slots=True)
class Asked:
    """A search in the words of one field of work; the same for whoever asks it."""

    area: FieldId
    search: Search
