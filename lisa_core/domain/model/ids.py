"""Names of things. All ids are opaque strings; none is derived from a person."""

from __future__ import annotations

from typing import NewType

SiteId = NewType("SiteId", str)
OfficeId = NewType("OfficeId", str)
TenantId = NewType("TenantId", str)
ServiceId = NewType("ServiceId", str)
FormId = NewType("FormId", str)
AgentId = NewType("AgentId", str)
VisitId = NewType("VisitId", str)
CallId = NewType("CallId", str)
LegId = NewType("LegId", str)
"""One media connection between a booth and one desk; a transfer opens a new leg of the same call."""
BlobId = NewType("BlobId", str)
PaperId = NewType("PaperId", str)
