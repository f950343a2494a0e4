"""An emulated IPP printer makes itself known by DNS-SD (`emulator.devices.http.dns_sd`).

Keys of the TXT record: PWG 5100.14, 4.2.3 (rp, ty, note, pdl, UUID, TLS, Color, Duplex), and those that CUPS and mobile
clients read beside them (qtotal, priority, product, URF, usb_MFG, usb_MDL).
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlsplit

from emulator.devices.http.dns_sd import made_known
from emulator.devices.ipp.attributes import OFFER
from emulator.devices.ipp.values import offer_of
from lisa_core.equipment.codecs.ipp.message import Group
from lisa_core.equipment.codecs.ipp.values import Collection
from lisa_core.equipment.codecs.ipp.words import GroupTag

TYPES: Mapping[str, str] = {"ipp": "_ipp._tcp.local.", "ipps": "_ipps._tcp.local."}
UNNAMED = "application/octet-stream"
LONGEST = 255
"""Bytes of one string of a TXT record, its key included (RFC 6763, 6.1)."""


def told_of(offer: Collection, *, secure: bool = False) -> dict[str, str]:
    """The TXT record of a printer that offers this."""
    printer = Group(GroupTag.PRINTER, offer)

    def words(name: str) -> list[str]:
        return [one for one in printer.all(name) if isinstance(one, str)]

    model = next(iter(words("printer-make-and-model")), "IPP")
    device = dict(pair.split(":", 1) for pair in "".join(words("printer-device-id")).split(";") if ":" in pair)
    told = {
        "txtvers": "1",
        "qtotal": "1",
        "priority": "50",
        "rp": "ipp/print",
        "ty": model,
        "product": f"({model})",
        "note": "".join(words("printer-location")),
        "pdl": ",".join(one for one in words("document-format-supported") if one != UNNAMED),
        "UUID": "".join(words("printer-uuid")).removeprefix("urn:uuid:"),
        "Color": "T" if True in printer.all("color-supported") else "F",
        "Duplex": "T" if any(one.startswith("two-sided") for one in words("sides-supported")) else "F",
        "URF": ",".join(words("urf-supported")),
        "TLS": "1.2" if secure else "",
        "usb_MFG": device.get("MFG", ""),
        "usb_MDL": device.get("MDL", ""),
    }
    return {key: _fitting(value, LONGEST - len(key) - 1) for key, value in told.items() if value}


def _fitting(text: str, most: int) -> str:
    return text.encode()[:most].decode("utf-8", "ignore")


@contextlib.asynccontextmanager
async def announced(where: str, personality: str = "") -> AsyncIterator[None]:
    """Announce the printer at `where` until the context ends. Raises `LisaError` where zeroconf is missing."""
    there, offer = urlsplit(where), offer_of(personality) if personality else OFFER
    assert there.port is not None
    told = told_of(offer, secure=there.scheme == "ipps")
    async with made_known(TYPES[there.scheme], told["ty"], there.port, told):
        yield
