"""What a booth is asked for, whatever stands behind it; imports no device, no codec of media and no web server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lisa_core.booth.screen import texts
from lisa_core.config.directory import load_directory
from lisa_core.config.profile import Profile
from lisa_core.domain.model.directory import Directory, Trigger
from lisa_core.domain.model.errors import HarnessError, ProfileError
from lisa_core.domain.model.nearest import nearest

if TYPE_CHECKING:  # a run asks for its site, whatever it tests; what a booth consists of is loaded when one is opened
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from lisa_core.booth.program import BoothSettings
    from lisa_core.equipment.slots.booths import BoothFactory
    from lisa_core.equipment.slots.call import MediaFactory
    from lisa_core.equipment.slots.plans.fault_plan import Happening
    from lisa_core.equipment.traces.session import TapSession
    from lisa_core.host.clock import Clock
    from lisa_core.wire.uplink import Dial

MEMORY, EMULATED = "memory", "emulated"


@dataclass(frozen=True, slots=True)
class BoothWishes:
    """What a booth needs to know; `screen`: host and port of the citizen's screen; `trigger` None: as the site says.

    `patient`: it starts without a device that is not there, and takes it up when it comes.
    `identify`: devices at real addresses are asked who they are.
    `session`: what of its devices' traffic is recorded; None: nothing.
    `faults`: what goes wrong at devices that are emulated beside it, and when.
    `let_go` frees at wiping what nothing holds any more.
    """

    profile: Profile
    directory: Directory
    clock: Clock
    dial: Dial
    seal_key: Ed25519PrivateKey
    data: Path | None = None
    screen: tuple[str, int] = ("127.0.0.1", 0)
    trigger: Trigger | None = None
    seed: int = 0
    faults: tuple[Happening, ...] = ()
    patient: bool = False
    identify: bool = False
    session: TapSession | None = None
    let_go: Callable[[], None] = lambda: None


@cache
def booth_factory(kind: str) -> BoothFactory:
    """Who opens booths of this kind. Raises `HarnessError` when nobody is installed that does."""
    for point in entry_points(group="lisa.booths"):
        if point.name == kind:
            factory: BoothFactory = point.load()
            return factory
    raise HarnessError(texts.NOT_INSTALLED.format(kind))


def load_site(profile: Profile) -> tuple[Directory, ZoneInfo]:
    """The directory of the profile's Landkreis, which has the profile's site, and its time zone."""
    directory, zone = _landkreis(profile.landkreis)
    if profile.site not in directory.sites:
        known = nearest(profile.site, list(directory.sites))
        raise ProfileError(texts.NO_SUCH_SITE.format(profile.path, profile.site, known))
    return directory, zone


@lru_cache(maxsize=16)
def _landkreis(name: str) -> tuple[Directory, ZoneInfo]:
    """Read once for all the visits of a run."""
    return load_directory(name)


def settings_of(wishes: BoothWishes, media: MediaFactory, session: str) -> BoothSettings:
    """Who this booth is."""
    from lisa_core.booth.program import BoothSettings, site_of

    site = site_of(wishes.profile, wishes.directory)
    if wishes.trigger is not None:
        site = replace(site, trigger=wishes.trigger)
    return BoothSettings(
        wishes.directory,
        site,
        media,
        wishes.dial,
        wishes.clock,
        wishes.seal_key,
        session,
        wishes.data,
        let_go=wishes.let_go,
    )
