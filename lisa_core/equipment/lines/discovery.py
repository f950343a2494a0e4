"""Scanners that make themselves known on the network by DNS-SD (_uscan._tcp, _uscans._tcp), as they come.

A profile names its scanner by address all the same: what announces itself as a scanner may be anything.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lisa_core.domain.model.errors import LisaError
from lisa_core.equipment.lines.trust import fingerprint_at

if TYPE_CHECKING:
    from zeroconf.asyncio import AsyncServiceInfo

TYPES: Mapping[str, str] = {"_uscan._tcp.local.": "http", "_uscans._tcp.local.": "https"}
ASKED_MS = 2_000
"""How long one that was heard is asked for its address."""
MOST_TEXT = 100


@dataclass(frozen=True, slots=True)
class AnnouncedScanner:
    """What was announced: its name, its address as a profile takes it, what it says of itself, and over TLS the SHA-256
    of the certificate that it shows."""

    name: str
    binding: str
    model: str = ""
    sources: str = ""
    fingerprint: str = ""

    def as_profile(self) -> str:
        """The text that binds it, for a profile."""
        pinned = f'\nfingerprint = "{self.fingerprint}"' if self.fingerprint else ""
        return f'[slots.scanner]\ndriver = "escl"\nbinding = "{self.binding}"{pinned}'


async def announced_scanners(interfaces: Sequence[str] = ()) -> AsyncGenerator[AnnouncedScanner, None]:
    """Yield each scanner once, for ever. `interfaces`: by address, all where none is named.

    Raises `LisaError` where zeroconf is missing, or the network cannot be listened to.
    """
    try:
        from zeroconf import InterfaceChoice, IPVersion, ServiceStateChange, Zeroconf
        from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf
    except ModuleNotFoundError:
        raise LisaError("Um Scanner zu finden, fehlt zeroconf: pip install lisa-booth[discovery]") from None
    heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

    def on_change(zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        if state_change is ServiceStateChange.Added:
            heard.put_nowait((service_type, name))

    where = list(interfaces) or InterfaceChoice.All
    try:
        network = AsyncZeroconf(interfaces=where, ip_version=IPVersion.V4Only)
    except OSError as error:
        raise LisaError(f"Im Netz lässt sich nicht nach Scannern horchen ({error.strerror}).") from error
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(network.async_close)
        browser = AsyncServiceBrowser(network.zeroconf, list(TYPES), handlers=[on_change])
        stack.push_async_callback(browser.async_cancel)
        while True:
            kind, name = await heard.get()
            service = AsyncServiceInfo(kind, name)
            if await service.async_request(network.zeroconf, ASKED_MS):
                yield await _understood(TYPES[kind], service)


async def _understood(scheme: str, service: AsyncServiceInfo) -> AnnouncedScanner:
    told = {
        key.decode(errors="replace"): (value or b"").decode(errors="replace")
        for key, value in service.properties.items()
    }
    host, port = next(iter(service.parsed_addresses()), ""), service.port or 0
    usual = {"http": 80, "https": 443}[scheme]
    place = host if port == usual else f"{host}:{port}"
    return AnnouncedScanner(
        _text(service.name.removesuffix(f".{service.type}")),
        f"{scheme}://{place}/{_text(told.get('rs', 'eSCL')).strip('/')}",
        _text(told.get("ty", "")),
        _text(told.get("is", "")),
        await fingerprint_at(host, port) if scheme == "https" else "",
    )


def _text(said: str) -> str:
    """As much of what was announced as people are shown: it may come from anybody."""
    return "".join(char for char in said[:MOST_TEXT] if char.isprintable() and char not in '"\\')
