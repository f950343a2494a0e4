"""How booth and desk agree on picture and sound. Relayed, never logged."""

from __future__ import annotations

from dataclasses import dataclass

from lisa_core.domain.model.ids import LegId


@dataclass(frozen=True, slots=True)
class MediaOffer:
    """B>D relayed: complete SDP."""

    leg: LegId
    sdp: str


@dataclass(frozen=True, slots=True)
class MediaAnswer:
    """D>B relayed: complete SDP."""

    leg: LegId
    sdp: str
