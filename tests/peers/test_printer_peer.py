"""The emulated IPP printer under CUPS' own conformance suites, as `ipptool` brings them."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from emulator.devices.ipp.server import open_ipp_printer
from emulator.personalities import personalities_of
from emulator.world.live_world import HostedWorld
from lisa_core.equipment.codecs.raster.lines import RasterPage
from lisa_core.equipment.codecs.raster.pwg import write_pwg
from tests.peers.clients import Client

pytestmark = pytest.mark.peer
LONG_ONLY = pytest.mark.skipif(not os.environ.get("LISA_LONG"), reason="nur mit LISA_LONG: dauert zu lange")

ACCEPTED = (
    Client(
        "ipp-printer",
        "ipptool",
        "2.4.2",
        "Debian",
        "client",
        "test_no_suite_of_ipptool_finds_a_fault",
        "its suites for IPP 1.1, 2.0 and IPP Everywhere: nothing fails",
    ),
)
SUITES = Path("/usr/share/cups/ipptool")
SUITE_S = 240
_VERDICT = re.compile(r"\[(PASS|FAIL|SKIP)\]")
_FILE = re.compile(r"^\s*FILE (\S+\.pwg)\s*$", re.MULTILINE)
RASTER = write_pwg([RasterPage("sgray_8", 8, 4, (300, 300), bytes(32))])
PDF, NO_PDF = "document-a4.pdf", "color.jpg"
Suite = Callable[[str, str, str, str], Coroutine[Any, Any, tuple[Counter[str], str]]]


def a_pdf(width: int, height: int) -> bytes:
    """One empty page of this size."""
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"
    ) % (width, height)


def lay_out(folder: Path) -> None:
    """The suites, and the documents that they want beside them: without one of them a suite ends early."""
    for path in SUITES.glob("ipp-*.test"):
        shutil.copy(path, folder)
    for name, size in (("document-a4", (595, 842)), ("document-letter", (612, 792))):
        (folder / f"{name}.pdf").write_bytes(a_pdf(*size))
        (folder / f"{name}.ps").write_bytes(b"%!PS-Adobe-3.0\nshowpage\n")
    Image.new("RGB", (8, 12), "red").save(folder / "color.jpg")
    Image.new("L", (8, 12)).save(folder / "gray.jpg")
    for name in set(_FILE.findall((folder / "ipp-everywhere.test").read_text(encoding="utf-8"))):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(RASTER)


@pytest.fixture
def suite(need: Callable[[str], str], tmp_path: Path) -> Suite:
    """Return `await suite(name, version, binding, document)` -> how often each verdict, and what was said."""
    tool = need("ipptool")
    lay_out(tmp_path)

    async def run(name: str, version: str, binding: str, document: str) -> tuple[Counter[str], str]:
        command = (tool, "-tI", "-V", version, "-f", document, binding, name)
        process = await asyncio.create_subprocess_exec(
            *command, cwd=tmp_path, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        try:
            said, _ = await asyncio.wait_for(process.communicate(), SUITE_S)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        text = said.decode(errors="replace")
        return Counter(_VERDICT.findall(text)), text

    return run


@pytest.mark.parametrize(
    ("name", "version", "model", "passed"),
    [
        ("ipp-1.1.test", "1.1", "", 40),
        pytest.param("ipp-2.0.test", "2.0", "", 41, marks=LONG_ONLY),
        pytest.param("ipp-everywhere.test", "2.0", "", 100, marks=LONG_ONLY),
        *(pytest.param("ipp-1.1.test", "1.1", model, 36, marks=LONG_ONLY) for model in personalities_of("ipp-printer")),
    ],
)
def test_no_suite_of_ipptool_finds_a_fault(name: str, version: str, model: str, passed: int, suite: Suite) -> None:
    """CUPS' own ippeveprinter passes 32 of the first suite and fails 1."""

    async def run() -> None:
        async with open_ipp_printer(HostedWorld(), personality=model) as binding:
            verdicts, said = await suite(name, version, binding, NO_PDF if model else PDF)
        assert verdicts["FAIL"] == 0, said
        assert verdicts["PASS"] >= passed, said
        assert "cannot be read" not in said

    asyncio.run(run())
