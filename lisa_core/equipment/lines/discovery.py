"""Scanners and printers that make themselves known on the network by DNS-SD, as they come.

A profile names its device by address all the same: what announces itself as a scanner may be anything.
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

SCANNERS: Mapping[str, str] = {"_uscan._tcp.local.": "http", "_uscans._tcp.local.": "https"}
PRINTERS: Mapping[str, str] = {"_ipp._tcp.local.": "ipp", "_ipps._tcp.local.": "ipps"}
"""By DNS-SD's name of a service the scheme of its address."""
_PATHS: Mapping[str, tuple[str, str]] = {"http": ("rs", "eSCL"), "ipp": ("rp", "ipp/print")}
"""In which entry a device says its path, and what it is where it says none."""
_PORTS: Mapping[str, int] = {"http": 80, "https": 443, "ipp": 631, "ipps": 631}
ASKED_MS = 2_000
"""How long one that was heard is asked for its address."""
MOST_TEXT = 100


@dataclass(frozen=True, slots=True)
class Announced:
    """What was announced: its name, its address as a profile takes it, what it says of itself, and over TLS the SHA-256
    of the certificate that it shows. `sources`: of a scanner, where its sheets lie."""

    name: str
    binding: str
    model: str = ""
    sources: str = ""
    fingerprint: str = ""

    def as_profile(self) -> str:
        """The text that binds it, for a profile."""
        pinned = f'\nfingerprint = "{self.fingerprint}"' if self.fingerprint else ""
        slot, driver = ("printer", "ipp") if self.binding.startswith("ipp") else ("scanner", "escl")
        return f'[slots.{slot}]\ndriver = "{driver}"\nbinding = "{self.binding}"{pinned}'


async def announced_devices(
    types: Mapping[str, str] = SCANNERS, interfaces: Sequence[str] = ()
) -> AsyncGenerator[Announced, None]:
    """Yield each device of these services once, for ever. `interfaces`: by address, all where none is named.

    Raises `LisaError` where zeroconf is missing, or the network cannot be listened to.
    """
    try:
        from zeroconf import InterfaceChoice, IPVersion, ServiceStateChange, Zeroconf
        from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf
    except ModuleNotFoundError:
        raise LisaError("Um Geräte im Netz zu finden, fehlt zeroconf: pip install lisa-booth[discovery]") from None
    heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

    def on_change(zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        if state_change is ServiceStateChange.Added:
            heard.put_nowait((service_type, name))

    where = list(interfaces) or InterfaceChoice.All
    try:
        network = AsyncZeroconf(interfaces=where, ip_version=IPVersion.V4Only)
    except OSError as error:
        raise LisaError(f"Im Netz lässt sich nicht nach Geräten horchen ({error.strerror}).") from error
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(network.async_close)
        browser = AsyncServiceBrowser(network.zeroconf, list(types), handlers=[on_change])
        stack.push_async_callback(browser.async_cancel)
        while True:
            kind, name = await heard.get()
            service = AsyncServiceInfo(kind, name)
            if await service.async_request(network.zeroconf, ASKED_MS):
                yield await _understood(types[kind], service)


async def _understood(scheme: str, service: AsyncServiceInfo) -> Announced:
    told = {
        key.decode(errors="replace"): (value or b"").decode(errors="replace")
        for key, value in service.properties.items()
    }
    host, port = next(iter(service.parsed_addresses()), ""), service.port or 0
    place = host if port == _PORTS[scheme] else f"{host}:{port}"
    entry, usual = _PATHS[scheme.removesuffix("s")]
    return Announced(
        _text(service.name.removesuffix(f".{service.type}")),
        f"{scheme}://{place}/{_text(told.get(entry, usual)).strip('/')}",
        _text(told.get("ty", "")),
        _text(told.get("is", "")),
        await fingerprint_at(host, port) if scheme in ("https", "ipps") else "",
    )


def _text(said: str) -> str:
    """As much of what was announced as people are shown: it may come from anybody."""
    return "".join(char for char in said[:MOST_TEXT] if char.isprintable() and char not in '"\\')
