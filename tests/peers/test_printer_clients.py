"""IPP with libraries of others: their clients at the emulated printer, and our driver at a printer of theirs."""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from emulator.devices.ipp.server import open_ipp_printer
from emulator.world.live_world import HostedWorld
from lisa_core.equipment.drivers.ipp.driver import open_ipp
from tests.peers.clients import Client

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client("ipp-printer", "ippx", "0.1.1", "PyPI", "client", "test_ippx_prints_and_waits", "state, a sheet, its job"),
    Client(
        "ipp-printer", "ipp", "2.0.1", "npm", "client", "test_a_client_for_node", "state, collections, a sheet, jobs"
    ),
    Client("ipp-printer", "ipp-printer", "1.0.0", "npm", "server", "test_our_driver_at_a_printer_for_node", "a sheet"),
)
NODE = Path(__file__).parent / "node"
PDF = b"%PDF-1.7\nEine Kopie\n%%EOF\n"
SHEET = f"Kopie {hashlib.sha256(PDF).hexdigest()}"
ANSWER_S = 60.0


def test_ippx_prints_and_waits(pypi: Callable[[str], Path]) -> None:
    pypi("ippx")
    ippx = importlib.import_module("ippx")

    async def run() -> None:
        world = HostedWorld()
        async with open_ipp_printer(world) as binding, ippx.AsyncIppClient(binding) as client:
            found = await client.get_printer_attributes()
            assert (found.make_and_model, found.state.name, found.is_accepting_jobs) == (
                "LISA Emulated Printer",
                "IDLE",
                True,
            )
            job = await client.print_job(PDF, document_format="application/pdf", job_name="Kopie")
            assert (await client.wait_for_job(job.job_id)).state.name == "COMPLETED"
        assert world.state.tray == (SHEET,)

    asyncio.run(run())


def test_a_client_for_node(need: Callable[[str], str], npm: Callable[[str], Path]) -> None:
    node, folder = need("node"), npm("ipp") / "node_modules"

    async def run() -> None:
        world = HostedWorld()
        async with open_ipp_printer(world) as binding:
            address = binding.replace("ipp://", "http://")
            process = await asyncio.create_subprocess_exec(
                *(node, str(NODE / "ipp_client.cjs"), address),
                env={**os.environ, "NODE_PATH": str(folder)},
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            said, wrong = await asyncio.wait_for(process.communicate(), ANSWER_S)
        assert process.returncode == 0, wrong.decode()
        assert json.loads(said.splitlines()[-1]) == {
            "printed": "successful-ok",
            "number": 1,
            "state": "idle",
            "model": "LISA Emulated Printer",
            "copies": [1, 99],
            "width": 21_000,
            "jobs": "successful-ok",
        }
        assert world.state.tray == (SHEET,)

    asyncio.run(run())


def test_our_driver_at_a_printer_for_node(need: Callable[[str], str], npm: Callable[[str], Path]) -> None:
    """It speaks version 1.1 only, names no model, and has PDF among its formats."""
    node, folder = need("node"), npm("ipp-printer") / "node_modules"

    async def run() -> None:
        process = await asyncio.create_subprocess_exec(
            *(node, str(NODE / "ipp_printer.cjs")),
            env={**os.environ, "NODE_PATH": str(folder)},
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        try:
            async with asyncio.timeout(ANSWER_S):
                port = int(await process.stdout.readline())
                async with open_ipp(f"ipp://127.0.0.1:{port}/", {"poll_s": 0.01}) as printer:
                    await printer.check()
                    await printer.hand_out(PDF, "Kopie")
                said = json.loads(await process.stdout.readline())
        finally:
            process.terminate()
            await process.wait()
        assert said == {"name": "Kopie", "document": PDF.decode()}

    asyncio.run(run())
