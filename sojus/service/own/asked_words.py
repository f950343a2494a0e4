"""Who was asked by a request without a name, for the office that asked: providers, their houses and telephones, what
each said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sojus.domain.model.ids import FacilityId, Help, ProviderId
from sojus.domain.placement.moves import party
from sojus.domain.placement.records import RequestStage
from sojus.domain.register.entries import Facility
from sojus.domain.rights.views import RequestSeen
from sojus.service.mine import AskedHouse, AskedView
from sojus.service.own.reader import Reader

Houses = Mapping[tuple[ProviderId, Help], Mapping[FacilityId, Facility]]
"""The houses of a provider in which there is a kind of help, in the order in which they came."""
OFFERED, PASSED, SILENT = "bietet etwas an", "hat nichts Passendes", "noch keine Antwort"


def houses_asked(reader: Reader, requests: Iterable[RequestSeen]) -> Houses:
    """Of all who were asked by these; of nobody whom somebody else has asked."""
    register = reader.state.register
    asked = {one for row in requests if row.office == party(reader.by) for one in row.to}
    facilities = {key: one for key, one in register.facilities.items() if one.provider in asked} if asked else {}
    found = defaultdict[tuple[ProviderId, Help], dict[FacilityId, Facility]](dict)
    for group in register.groups.values() if facilities else ():
        if (facility := facilities.get(group.facility)) is not None:
            found[facility.provider, group.help][facility.id] = facility
    return found


def asked_views(reader: Reader, row: RequestSeen, houses: Houses) -> Iterator[AskedView]:
    """In the order in which they were asked; to a provider nobody."""
    if row.office != party(reader.by) or row.profile is None:
        return
    offered, wanted = {one.provider for one in row.proposals}, (row.profile.area, row.profile.kind)
    silent = SILENT if row.stage is RequestStage.OPEN else ""
    for one in row.to:
        answer = PASSED if one in row.passed else OFFERED if one in offered else silent
        its = (AskedHouse(house.name, house.phone) for house in houses.get((one, wanted), {}).values())
        yield AskedView(one, reader.provider_name(one), tuple(its), answer)
