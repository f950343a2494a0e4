"""From rows to entries: facility by facility, group by group, each read in the words of its own field of work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sojus.domain.model.ids import FacilityId
from sojus.sheets.facts import read_facility, read_kind, read_rest
from sojus.sheets.files.table import Line
from sojus.sheets.groups import find_facility, find_group, settle_facility, settle_group, settle_rate
from sojus.sheets.identity import GroupKey, identified
from sojus.sheets.places import settle_group_and_places
from sojus.sheets.plan import EntryPlan
from sojus.sheets.rows import PlaceRow


def settle(plan: EntryPlan, lines: Iterable[Line]) -> None:
    """Everything that these rows say, into the plan; what is wrong with them, into its notes."""
    groups = identified(lines, plan.notes, plan.register, plan.known, plan.provider)
    plan.referred |= {row.ref for rows in groups.values() for row in rows if row.ref is not None}
    _claim(plan, groups)
    houses: dict[str, list[GroupKey]] = {}
    for key in groups:
        houses.setdefault(key[0], []).append(key)
    for keys in houses.values():
        _settle_house(plan, {key: groups[key] for key in keys})


def _claim(plan: EntryPlan, groups: Mapping[GroupKey, list[PlaceRow]]) -> None:
    """What is called as it stands in the portal is that, before an id is made for anything else."""
    for (house, group), rows in groups.items():
        for facility in plan.known.facilities.get(house, ()):
            plan.claimed.add(facility.id)
            for found in plan.known.groups.get((facility.id, group), ()):
                plan.claimed.add(found.id)
                for row in rows:
                    called = plan.known.places.get((found.id, row.key), ())
                    plan.claimed |= {book.place.id for book in called if row.ref is None}
    plan.claimed |= plan.referred


def _settle_house(plan: EntryPlan, groups: Mapping[GroupKey, list[PlaceRow]]) -> None:
    rows = [row for rows in groups.values() for row in rows]
    name, known = find_facility(plan, rows[0])
    plan.claimed.add(name)
    for row in rows:
        read_facility(row, plan.notes)
    settle_facility(plan, rows, name, known)
    for rows in groups.values():
        _settle_group(plan, rows, name)


def _settle_group(plan: EntryPlan, rows: list[PlaceRow], house: FacilityId) -> None:
    """Read all cells, even if nothing can be made of them: each mistake is told at once."""
    name, known = find_group(plan, rows[0], house)
    plan.claimed.add(name)
    key = read_kind(rows, plan.notes, plan.register.vocabularies, known)
    if key is None:
        return
    words = plan.register.vocabularies[key[0]]
    for row in rows:
        read_rest(row, plan.notes, words, words.kinds[key[1]])
    group = settle_group(plan, rows, house, name, known, key)
    settle_group_and_places(plan, rows, group, known)
    settle_rate(plan, rows, group)
