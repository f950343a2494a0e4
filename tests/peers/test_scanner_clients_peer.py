"""The emulated scanner announces itself, and three clients from PyPI find it, ask it and get their page."""

from __future__ import annotations

import asyncio
import importlib
import io
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from emulator.devices.scanner import open_scanner
from emulator.devices.scanning.announcement import announced
from emulator.world.live_world import HostedWorld
from tests.peers.clients import Client

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "scanner",
        "escl-scanner-cli",
        "0.2.1",
        "PyPI",
        "client",
        "test_clients_find_an_announced_scanner_and_get_their_page",
        "found by DNS-SD; a PDF from the glass",
    ),
    Client(
        "scanner",
        "scanner-mcp",
        "0.1.1",
        "PyPI",
        "client",
        "test_clients_find_an_announced_scanner_and_get_their_page",
        "found by DNS-SD; glass, and both sides of sheets",
    ),
    Client(
        "scanner",
        "hpscancli",
        "1.1.0",
        "PyPI",
        "client",
        "test_hpscancli_gets_the_page_on_the_glass",
        "capabilities, a JPEG and a PNG from the glass",
    ),
    Client(
        "scanner",
        "hpscancli",
        "1.1.0",
        "PyPI",
        "client",
        "test_hpscancli_goes_where_a_deskjet_points",
        "a job of the personality hp-deskjet-2540",
        refused="follows the host in Location, which a DeskJet 2540 invents",
    ),
)

# Names of the network are resolved by the system (nss-mdns), which a machine of tests need not have.
SCANNER_CLI = """
import runpy, socket, sys
resolve = socket.getaddrinfo
here = lambda host: "127.0.0.1" if str(host).rstrip(".").endswith(".local") else host
socket.getaddrinfo = lambda host, *more, **named: resolve(here(host), *more, **named)
scanner, sys.argv = sys.argv[1], ["escl-scanner-cli", *sys.argv[2:]]
runpy.run_path(scanner, run_name="__main__")
"""


async def ran(folder: Path, home: Path, *command: str) -> tuple[int | None, str]:
    """Run a client of this folder in `home`; its exit code and all that it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *command),
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(folder), "HOME": str(home)},
        stdout=asyncio.subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        said, _ = await asyncio.wait_for(process.communicate(), 60)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode, said.decode(errors="replace")


def test_clients_find_an_announced_scanner_and_get_their_page(pypi: Callable[[str], Path], tmp_path: Path) -> None:
    cli = pypi("escl-scanner-cli")
    pypi("scanner-mcp")
    models = importlib.import_module("scanner_mcp.models")
    mcp = importlib.import_module("scanner_mcp.backends.escl").ESCLBackend(discovery_timeout=2.5)

    async def run() -> None:
        world = HostedWorld()
        await world.act("lay_on_glass", page="mietvertrag:1")
        await world.act("feed", pages=["mietvertrag:1/mietvertrag:2"])
        async with open_scanner(world) as binding, announced(binding):
            options = ("-r", "75", "-g", "--no-open")
            for number in range(5):
                # It takes the first that it hears of: another test's, perhaps, which has just ended.
                page = f"glass-{number}.pdf"
                code, said = await ran(cli, tmp_path, "-c", SCANNER_CLI, str(cli / "scanner.py"), *options, page)
                if code == 0:
                    break
                (tmp_path / page).unlink(missing_ok=True)
            assert (code, "Using LISA Emulated Scanner" in said) == (0, True), said
            found: dict[str, Any] = {}
            while f"escl:{binding}" not in found:  # it listens for a moment only, in which nobody may have been served
                found = {one.id: one for one in await asyncio.to_thread(mcp.list_scanners)}
            assert found[f"escl:{binding}"].name == "LISA Emulated Scanner"
            for source, pages in {"platen": 1, "adf-duplex": 2}.items():
                wish = models.ScanOptions(resolution=75, color_mode="gray", output_format="jpeg", source=source)
                got = await asyncio.to_thread(mcp.scan, f"escl:{binding}", wish)
                assert [Image.open(io.BytesIO(one)).size for one in got.pages] == [(620, 877)] * pages

    asyncio.run(run())
    [scanned] = tmp_path.glob("glass-*.pdf")
    [sheet] = PdfReader(scanned).pages
    assert sheet.images[0].image.size == (620, 877)


Ask = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def hpscancli(
    pypi: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Ask:
    """Return `await hpscancli(binding, *options)` -> (exit code, what it said); files go to tmp_path."""
    pypi("hpscancli")
    main = importlib.import_module("hpscancli.cli").main
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))

    def asked(words: list[str]) -> int:
        try:
            return int(main(words) or 0)
        except SystemExit as end:
            return int(end.code or 0)

    async def ask(binding: str, *options: str) -> tuple[int, str]:
        code = await asyncio.to_thread(asked, ["-i", binding[7:-5], "--dpi", "75", *options])
        said = capsys.readouterr()
        return code, said.out + said.err

    return ask


def test_hpscancli_gets_the_page_on_the_glass(hpscancli: Ask, tmp_path: Path) -> None:
    async def run() -> None:
        world = HostedWorld()
        await world.act("lay_on_glass", page="mietvertrag:1")
        async with open_scanner(world) as binding:
            code, said = await hpscancli(binding, "-c")
            assert (code, "LISA Emulated Scanner" in said) == (0, True), said
            for kind in ("jpeg", "png"):
                code, said = await hpscancli(binding, f"--{kind}", "-o", f"page.{kind}")
                assert code == 0, said
                picture = Image.open(tmp_path / f"page.{kind}")
                assert (picture.format, picture.size) == (kind.upper(), (620, 877))

    asyncio.run(run())


def test_hpscancli_goes_where_a_deskjet_points(hpscancli: Ask) -> None:
    """The trace of a DeskJet 2540 behind ippusbxd: its Location names a host that nobody else knows."""

    async def run() -> None:
        async with open_scanner(HostedWorld(), personality="hp-deskjet-2540") as binding:
            code, said = await hpscancli(binding, "--jpeg", "-o", "page.jpg")
            assert (code, "hpledmusb" in said.lower()) == (1, True), said

    asyncio.run(run())
