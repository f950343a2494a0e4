"""What changed for somebody who looks: in an open search what came, went and changed. Saved ones the machine tells of.

Whoever keeps many open searches asks `concerns` of each when a place changes, and searches again only for those that
it concerns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sojus.domain.field.vocabulary import Vocabulary
from sojus.domain.model.ids import PlaceId
from sojus.domain.search.fitting import misfit
from sojus.domain.search.offer import Offer
from sojus.domain.search.result import Hit, Result
from sojus.domain.search.wish import Search


@dataclass(frozen=True, slots=True)
class Changes:
    """From one result of a search to a later one. Hits in the order of the later one, what went in that of the former.
    Who only moved up or down, because others came or went, has not changed."""

    came: tuple[Hit, ...]
    changed: tuple[Hit, ...]
    """As they are now: another price, days, traits, confirmed anew or grown stale, or on the front and off it."""
    went: tuple[PlaceId, ...]

    def __bool__(self) -> bool:
        return bool(self.came or self.changed or self.went)


def changes(before: Result, after: Result) -> Changes:
    """Of one search at two moments. Raises `ValueError` for two searches."""
    if before.search != after.search:
        raise ValueError("results of two searches have nothing to do with each other")
    former, later = {hit.place: hit for hit in before.hits}, {hit.place for hit in after.hits}
    known = [hit for hit in after.hits if hit.place in former]
    moved = before.front ^ after.front
    return Changes(
        came=tuple(hit for hit in after.hits if hit.place not in former),
        changed=tuple(hit for hit in known if hit.place in moved or hit != former[hit.place]),
        went=tuple(place for place in former if place not in later),
    )


def concerns(vocabulary: Vocabulary, search: Search, today: date, versions: Iterable[Offer | None]) -> bool:
    """Whether hits can have changed because one place did: it does all that is wished, before or after (None: it was
    not there). If not, they are the same as before; only the misses are counted otherwise."""
    return any(one is not None and misfit(vocabulary, search, one, today) is None for one in versions)
