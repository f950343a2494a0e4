"""Names of things. All ids are opaque strings; none is derived from a person."""

from __future__ import annotations

from typing import NewType

TenantId = NewType("TenantId", str)
"""A Landkreis or a Land that uses the portal: Mandant."""
ProviderId = NewType("ProviderId", str)
"""Träger."""
FacilityId = NewType("FacilityId", str)
"""Einrichtung."""
GroupId = NewType("GroupId", str)
"""Gruppe of a facility; help without a house has a group as well, the team that gives it."""
PlaceId = NewType("PlaceId", str)
"""A bed, a seat, or the contingent of weekly hours or contacts of one team."""
FieldId = NewType("FieldId", str)
"""A field of work: its vocabulary is a file of that name."""
KindId = NewType("KindId", str)
"""Hilfeart: a key of `kinds` of a vocabulary."""
Help = tuple[FieldId, KindId]
"""A kind of help of a field of work."""
TraitId = NewType("TraitId", str)
"""Merkmal: a key of `traits` of a vocabulary."""
GenderId = NewType("GenderId", str)
"""A key of `genders` of a vocabulary."""
OfficeId = NewType("OfficeId", str)
"""Who looks for places: a Jugendamt, in another field what stands in its place. Of a provider the provider's id."""
RateId = NewType("RateId", str)
StayId = NewType("StayId", str)
"""Somebody is at a place: an admission, or what a provider reported."""
ClosureId = NewType("ClosureId", str)
CaseId = NewType("CaseId", str)
"""What an office calls the case for which it asks; says nothing to anybody else."""
RequestId = NewType("RequestId", str)
ReservationId = NewType("ReservationId", str)
DischargeId = NewType("DischargeId", str)
"""Why somebody left: a key of `discharges` of a kind of help; `NO_REASON` where it has none."""
NO_REASON = DischargeId("")
SearchId = NewType("SearchId", str)
"""A saved search."""
