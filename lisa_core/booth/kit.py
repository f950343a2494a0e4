"""Everything one booth's runtime is given: the seam between what is pure, what is real, and what is emulated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.booth.imaging.workshop import Workshop
from lisa_core.domain.model.directory import Directory, Site
from lisa_core.equipment.slots.call import MediaFactory
from lisa_core.equipment.slots.devices import Slots
from lisa_core.host.clock import Clock
from lisa_core.papers.vault import PageVault
from lisa_core.store.journal import Journal
from lisa_core.wire.uplink import Uplink


@dataclass(frozen=True, slots=True)
class BoothKit:
    """`session` makes visit ids unique across restarts; `new_vault` opens the vault of the next visit;
    `let_go` frees at wiping what nothing holds any more."""

    site: Site
    directory: Directory
    slots: Slots
    media: MediaFactory
    uplink: Uplink
    journal: Journal
    new_vault: Callable[[], PageVault]
    seal_key: Ed25519PrivateKey
    clock: Clock
    session: str
    workshop: Workshop
    let_go: Callable[[], None] = lambda: None
