"""How booth and desk agree on picture and sound; relayed, never logged. Which servers: `model.media.media_ways`."""

from __future__ import annotations

from dataclasses import dataclass

from lisa_core.domain.model.ids import LegId
from lisa_core.domain.model.media.media_ways import RelayTrouble


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


@dataclass(frozen=True, slots=True)
class RelayMissing:
    """B>X, D>X: none of the relays that were named gives this end a way."""

    trouble: RelayTrouble
