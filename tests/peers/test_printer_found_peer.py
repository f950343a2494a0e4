"""The emulated printer and scanner announce themselves: others hear them, and print where they were told."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import importlib
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from emulator.devices.ipp.announcement import announced, told_of
from emulator.devices.ipp.server import open_ipp_printer
from emulator.devices.ipp.values import offer_of
from emulator.devices.scanner import open_scanner
from emulator.devices.scanning import announcement
from emulator.world.live_world import HostedWorld
from tests.peers.clients import Client
from tests.peers.test_printer_clients import told_by_node

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "ipp-printer",
        "mcp-printer",
        "0.1.0",
        "PyPI",
        "client",
        "test_mcp_printer_finds_it_and_prints",
        "found by DNS-SD; a sheet",
    ),
    Client("ipp-printer", "bonjour-service", "1.4.4", "npm", "client", "test_node_hears_both", "found by DNS-SD"),
    Client("ipp-printer", "dnssd2", "1.0.0", "npm", "client", "test_node_hears_both", "found by DNS-SD"),
    Client("scanner", "bonjour-service", "1.4.4", "npm", "client", "test_node_hears_both", "found by DNS-SD"),
    Client("scanner", "dnssd2", "1.0.0", "npm", "client", "test_node_hears_both", "found by DNS-SD"),
)
PDF = b"%PDF-1.7\nEine Kopie\n%%EOF\n"


@contextlib.asynccontextmanager
async def both(world: HostedWorld) -> AsyncIterator[tuple[str, str]]:
    """The addresses of a printer and a scanner that announce themselves."""
    async with (
        open_ipp_printer(world) as printer,
        announced(printer),
        open_scanner(world) as scanner,
        announcement.announced(scanner),
    ):
        yield printer, scanner


def test_mcp_printer_finds_it_and_prints(pypi: Callable[[str], Path]) -> None:
    pypi("mcp-printer")
    models = importlib.import_module("mcp_printer.models")
    backend = importlib.import_module("mcp_printer.backends.ipp").IPPBackend(discovery_timeout=1.5)

    async def run() -> None:
        world = HostedWorld()
        async with both(world) as (printer, _):
            named = printer.replace("ipp://", "ipp:http://")
            found: dict[str, Any] = {}
            while named not in found:  # it listens for a moment only, in which nobody may have been served
                found = {one.id: one for one in await asyncio.to_thread(backend.list_printers)}
            assert found[named].name == "LISA Emulated Printer"
            assert "image/pwg-raster" in found[named].detail["formats"]
            job = models.PrintJob(PDF, "application/pdf", "Kopie")
            await asyncio.to_thread(backend.print, named, job, models.PrintOptions(duplex="off"))
            while not world.state.tray:
                await world.changed(world.state.revision)
        assert world.state.tray == (f"Kopie {hashlib.sha256(PDF).hexdigest()}",)

    asyncio.run(run())


@pytest.mark.long
@pytest.mark.skipif(not os.environ.get("LISA_LONG"), reason="shares the port of DNS-SD with all tests: LISA_LONG=1")
def test_node_hears_both(need: Callable[[str], str], npm: Callable[[str], Path]) -> None:
    node, folder = need("node"), npm("dns-sd")

    async def run() -> None:
        async with both(HostedWorld()) as addresses:
            ports = [address.rpartition(":")[2].partition("/")[0] for address in addresses]
            told = [("ipp", ports[0], "ipp/print", "Printer"), ("uscan", ports[1], "eSCL", "Scanner")]
            for package in ("bonjour-service", "dnssd2"):
                for kind, port, path, device in told:
                    model = f"LISA Emulated {device}"
                    assert await told_by_node(node, folder, "dns_sd.cjs", package, kind, port) == {
                        "name": f"{model} {port}",
                        "path": path,
                        "model": model,
                    }

    asyncio.run(run())


def test_a_printer_tells_what_it_offers_in_strings_that_fit() -> None:
    told = told_of(offer_of("hp-officejet-pro-6830"), secure=True)
    assert (told["usb_MFG"], told["usb_MDL"], told["Color"], told["TLS"]) == ("HP", "Officejet Pro 6830", "T", "1.2")
    assert told["pdl"].startswith("application/vnd.hp-PCL,image/jpeg,application/PCLm,image/urf")
    assert all(len(f"{key}={value}".encode()) <= 255 for key, value in told.items())
