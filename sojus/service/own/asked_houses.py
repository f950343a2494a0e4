"""Whom an office can call that has asked and not been answered: the houses with that help, each with its telephone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sojus.domain.model.ids import FacilityId, Help, ProviderId, RequestId
from sojus.domain.placement.moves import party
from sojus.domain.placement.records import RequestStage
from sojus.domain.register.book import Register
from sojus.domain.register.entries import Facility
from sojus.domain.rights.views import RequestSeen
from sojus.service.mine import AskedHouse
from sojus.service.own.reader import Reader


def asked_houses(reader: Reader, requests: Iterable[RequestSeen]) -> Mapping[RequestId, tuple[AskedHouse, ...]]:
    """By request: of whoever reads, and open."""
    mine = [one for one in requests if one.office == party(reader.by) and one.stage is RequestStage.OPEN]
    houses = _houses(reader.state.register) if mine else {}
    return {one.id: tuple(_silent(reader, one, houses)) for one in mine}


Houses = Mapping[tuple[ProviderId, Help], Mapping[FacilityId, Facility]]


def _houses(register: Register) -> Houses:
    """All, in one pass over the groups: what is asked of them is asked of many."""
    found = defaultdict[tuple[ProviderId, Help], dict[FacilityId, Facility]](dict)
    for group in register.groups.values():
        house = register.facilities[group.facility]
        found[house.provider, group.help][house.id] = house
    return found


def _silent(reader: Reader, row: RequestSeen, houses: Houses) -> Iterable[AskedHouse]:
    if row.profile is None:
        return
    answered = {*row.passed, *(one.provider for one in row.proposals)}
    for provider in row.to:
        if provider in answered:
            continue
        for house in houses.get((provider, (row.profile.area, row.profile.kind)), {}).values():
            yield AskedHouse(reader.provider_name(provider), house.name, house.phone)
