"""The booth as a program: screen served on loopback, slots opened, uplink dialled, one runtime."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.access.booths.possession import proof_of
from lisa_core.booth.executor import Booth
from lisa_core.booth.imaging.workshop import open_workshop
from lisa_core.booth.kit import BoothKit
from lisa_core.booth.screen import texts
from lisa_core.config.profile import Profile
from lisa_core.domain.model.directory import Directory, Site, at_exchange
from lisa_core.equipment.slots.call import MediaFactory
from lisa_core.equipment.slots.devices import Slots
from lisa_core.host.clock import Clock
from lisa_core.host.machine import tell
from lisa_core.host.program import beside
from lisa_core.host.space import spaces
from lisa_core.host.temporary import temporary_folder
from lisa_core.papers.vault import MemoryVault, PageVault, Vault
from lisa_core.store.folder import open_folder
from lisa_core.store.journal import Journal, MemoryJournal
from lisa_core.wire.channel import Channel, certificate_of
from lisa_core.wire.logger import Logger
from lisa_core.wire.messages import BoothHello, BoothProof, Challenge, DeskHello
from lisa_core.wire.uplink import Dial, Uplink

log = Logger("lisa.booth")


@dataclass(frozen=True, slots=True)
class BoothSettings:
    """Who this booth is, whom it dials, and where it may keep things (`data` None: in memory).

    `apart`: foreign pictures are decoded in a process of their own; without it the pages are our own.
    """

    directory: Directory
    site: Site
    media: MediaFactory
    dial: Dial
    clock: Clock
    seal_key: Ed25519PrivateKey
    session: str
    data: Path | None = None
    apart: bool = False
    let_go: Callable[[], None] = lambda: None


def site_of(profile: Profile, directory: Directory) -> Site:
    """The profile's site, with the deadlines of the profile and the waits of its exchange."""
    return replace(directory.sites[profile.site], deadlines=at_exchange(profile.deadlines, directory.rules))


def new_session() -> str:
    """Unique for every start of the program; not derived from anything."""
    return secrets.token_hex(4)


@contextlib.asynccontextmanager
async def open_booth_runtime(settings: BoothSettings, slots: Slots) -> AsyncIterator[Booth]:
    """Run one booth on opened slots until the context ends; then everything of an open visit is destroyed."""
    key = settings.seal_key.public_key().public_bytes_raw().hex()
    secret = secrets.token_hex(16)

    def civil() -> str:
        return settings.clock.instant().civil.isoformat()

    def hello(seen: int) -> BoothHello:
        return BoothHello(settings.site.id, settings.session, seen, key, secret, civil())

    def prove(said: BoothHello | DeskHello, challenge: Challenge, channel: Channel) -> BoothProof:
        assert isinstance(said, BoothHello)
        return proof_of(settings.seal_key, said, challenge, certificate_of(channel))

    uplink = Uplink(settings.dial, hello, civil, prove)
    async with open_workshop(apart=settings.apart) as workshop:
        with contextlib.ExitStack() as stack:
            journal = _journal(settings, stack)
            kit = BoothKit(
                settings.site,
                settings.directory,
                slots,
                settings.media,
                uplink,
                journal,
                _vaults(settings.data, settings.session),
                settings.seal_key,
                settings.clock,
                settings.session,
                workshop,
                settings.let_go,
            )
            booth = Booth(kit)
            async with beside(booth.run()), beside(_watch_space(booth, settings.data)):
                yield booth


async def _watch_space(booth: Booth, data: Path | None) -> None:
    if data is None:
        return
    async for found in spaces(data):
        booth.report(found)


def _journal(settings: BoothSettings, stack: contextlib.ExitStack) -> Journal:
    if settings.data is None:
        return MemoryJournal()
    from lisa_core.store.sqlite import open_journal  # locks its files as POSIX does

    at = settings.clock.instant().civil.isoformat(timespec="milliseconds")
    told = open_folder(settings.data)
    journal = open_journal(settings.data / "booth.sqlite", at)
    stack.callback(journal.close)
    for text in (*told, *journal.told):
        tell(text)
    return journal


def _vaults(data: Path | None, session: str) -> Callable[[], PageVault]:
    """A vault per visit, on disk where the booth has a disk to keep things on, and swept of what a crash left.

    What cannot be removed has lost its key all the same: it is told, and this program keeps its pages beside it.
    """
    if data is None:
        return MemoryVault
    for left in [path for path in sorted(data.glob("vault*")) if not _swept(path)]:
        text = texts.LEFT_OVER.format(left)
        log.error("vault", code="vault.left", text=text)
    vault = data / "vault"
    return partial(Vault, vault if _swept(vault) else data / f"vault-{session}")


def _swept(vault: Path) -> bool:
    """Whether nothing lies there any more."""
    try:
        return not vault.exists() or (vault.is_dir() and Vault.sweep(vault).holds)
    except OSError:
        return False


def temporary_data(stack: contextlib.ExitStack) -> Path:
    """A folder that is gone with the run."""
    return temporary_folder(stack)
