"""What is announced is found: airscan-discover, scanimage without an address, ippfind, avahi-browse.

They ask Avahi, which is started here with a bus of its own, on the loopback interface; there can be one on a machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PIL import Image

from emulator.devices.ipp.announcement import announced as printer_announced
from emulator.devices.ipp.server import open_ipp_printer
from emulator.devices.scanner import open_scanner
from emulator.devices.scanning.announcement import announced
from emulator.world.live_world import HostedWorld
from tests.peers.clients import Client

pytestmark = [
    pytest.mark.peer,
    pytest.mark.long,
    pytest.mark.skipif(os.environ.get("LISA_LONG") != "1", reason="only one Avahi on a machine: LISA_LONG=1"),
    pytest.mark.skipif(os.geteuid() != 0, reason="Avahi wants to be started by root"),
]

ACCEPTED = (
    Client(
        "scanner",
        "airscan-discover",
        "0.99.27",
        "Debian",
        "client",
        "test_what_is_announced_is_found_through_avahi",
        "found by DNS-SD through Avahi; a page without an address",
    ),
    Client(
        "scanner",
        "avahi-browse",
        "0.8",
        "Debian",
        "client",
        "test_what_is_announced_is_found_through_avahi",
        "found by DNS-SD, with its port",
    ),
    Client(
        "ipp-printer",
        "avahi-browse",
        "0.8",
        "Debian",
        "client",
        "test_what_is_announced_is_found_through_avahi",
        "found by DNS-SD, with its port",
    ),
    Client(
        "ipp-printer",
        "ippfind",
        "2.4.2",
        "Debian",
        "client",
        "test_what_is_announced_is_found_through_avahi",
        "found by DNS-SD, with its path",
    ),
)

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth><policy context="default">
<allow user="*"/><allow own="*"/>{rights}</policy></busconfig>"""
RIGHTS = "".join(
    f'<allow {way}_type="{kind}"/>'
    for way in ("send", "receive")
    for kind in ("method_call", "method_return", "signal", "error")
)
AVAHI = """[server]
use-ipv4=yes
use-ipv6=no
allow-interfaces=lo
[publish]
disable-publishing=yes
"""
QUIETLY = ("--no-drop-root", "--no-chroot", "--no-rlimits", "--no-proc-title")


@contextlib.asynccontextmanager
async def running(said: str, *command: str, env: dict[str, str]) -> AsyncIterator[None]:
    """A program that says so when it is ready, until the context ends."""
    process = await asyncio.create_subprocess_exec(
        *command, env=env, stdout=asyncio.subprocess.PIPE, stderr=subprocess.STDOUT
    )
    heard = b""
    try:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            while said.encode() not in heard:
                line = await process.stdout.readline()
                assert line, heard.decode()
                heard += line
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def told(*command: str, env: dict[str, str]) -> str:
    """What a client says at its end, within a minute."""
    process = await asyncio.create_subprocess_exec(*command, env=env, stdout=asyncio.subprocess.PIPE)
    try:
        output, _ = await asyncio.wait_for(process.communicate(), 60)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return output.decode(errors="replace")


def test_what_is_announced_is_found_through_avahi(need: Callable[[str], str], tmp_path: Path) -> None:
    tools = {
        name: need(name)
        for name in (
            *("dbus-daemon", "avahi-daemon", "airscan-discover", "scanimage"),
            *("ippfind", "avahi-browse"),
        )
    }
    for name, text in {
        "bus.conf": BUS.format(path=tmp_path / "bus", rights=RIGHTS),
        "avahi.conf": AVAHI,
        "dll.conf": "airscan\n",
        "airscan.conf": "[options]\nws-discovery = off\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    env = {
        **os.environ,
        "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={tmp_path / 'bus'}",
        "SANE_CONFIG_DIR": str(tmp_path),
        "LC_ALL": "C",
    }
    bus = (tools["dbus-daemon"], f"--config-file={tmp_path / 'bus.conf'}", "--nofork", "--nopidfile", "--print-address")
    avahi = (tools["avahi-daemon"], "-f", str(tmp_path / "avahi.conf"), *QUIETLY)

    async def run() -> None:
        world = HostedWorld()
        await world.act("lay_on_glass", page="mietvertrag:1")
        async with (
            running("unix:path=", *bus, env=env),
            running("startup complete", *avahi, env=env),
            open_scanner(world) as binding,
            announced(binding),
            open_ipp_printer(world) as printer,
            printer_announced(printer),
        ):
            found = await told(tools["airscan-discover"], env=env)
            assert f"= {binding}/, eSCL" in found, found
            listed = await told(tools["scanimage"], "-f", "%d%n", env=env)
            assert "airscan:" in listed
            page = ("--resolution", "75", "--format=png", "-o", str(tmp_path / "page.png"))
            await told(tools["scanimage"], "-d", listed.splitlines()[0], *page, env=env)
            assert Image.open(tmp_path / "page.png").width == 620
            port = printer.rpartition(":")[2].partition("/")[0]
            assert f":{port}/ipp/print" in await told(tools["ippfind"], "-T", "5", env=env)
            asked = ("--all", "--resolve", "--terminate", "--parsable", "--no-db-lookup")
            heard = await told(tools["avahi-browse"], *asked, env=env)
            seen = {(one[4], one[8]) for line in heard.splitlines() if line[0] == "=" and (one := line.split(";"))}
            assert seen >= {("_ipp._tcp", port), ("_uscan._tcp", binding.removesuffix("/eSCL").rpartition(":")[2])}

    asyncio.run(run())
