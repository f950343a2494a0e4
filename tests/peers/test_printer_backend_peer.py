"""The emulated printer with the very program by which CUPS speaks to network printers: its backend `ipp`, alone."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
from pathlib import Path

import pytest

from emulator.devices.ipp.server import open_ipp_printer
from emulator.world.live_world import HostedWorld
from tests.peers.clients import Client
from tests.peers.conftest import missing

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "ipp-printer",
        "CUPS backend ipp",
        "2.4.2",
        "Debian",
        "client",
        "test_the_backend_of_cups_waits_for_paper",
        "a sheet; paper that is out and comes",
    ),
)
BACKEND = Path("/usr/lib/cups/backend/ipp")
"""Not `ipps`: it keeps each certificate that it has seen in the system's own folder."""
PDF = b"%PDF-1.7\nEine Kopie\n%%EOF\n"


def test_the_backend_of_cups_waits_for_paper(tmp_path: Path) -> None:
    if not BACKEND.exists():
        missing("das Backend ipp von CUPS fehlt (Debian: cups-daemon): nicht geprüft")
    home, paper = str(tmp_path), tmp_path / "kopie.pdf"
    paper.write_bytes(PDF)

    async def run() -> None:
        world = HostedWorld()
        await world.act("fail", fault="printer.papier")
        async with open_ipp_printer(world) as binding:
            told = {"DEVICE_URI": binding, "CONTENT_TYPE": "application/pdf", "FINAL_CONTENT_TYPE": "application/pdf"}
            process = await asyncio.create_subprocess_exec(
                *(str(BACKEND), "1", "jemand", "Kopie", "1", "", str(paper)),
                env={**os.environ, **told, "PRINTER": "kabine", "TMPDIR": home},
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
            )
            assert process.stderr is not None
            try:
                async with asyncio.timeout(60):
                    said = await process.stderr.readuntil(b"STATE: +media-empty-error")
                    await world.act("heal", fault="printer.papier")
                    said += await process.stderr.read()
                    code = await process.wait()  # before anybody kills it: asking whether it runs takes its exit code
            finally:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
        assert code == 0, said.decode()
        assert b"job-state enum completed" in said
        assert world.state.tray == (f"Kopie {hashlib.sha256(PDF).hexdigest()}",)

    asyncio.run(run())
