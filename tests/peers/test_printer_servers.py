"""Our IPP driver on printers of others, and CUPS on our emulated one. Each daemon is private: own folders, own bus.

ippeveprinter starts only with Avahi on a system bus. Both are ours here: a bus on a socket of its own, an Avahi that
sees nothing but the loopback, with a /run of its own. That takes root; so does the scheduler of CUPS.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from emulator.devices.ipp.server import open_ipp_printer
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.codecs.raster.pwg import read_pwg
from lisa_core.equipment.drivers.ipp.driver import open_ipp
from tests.devices.drawn_paper import paper
from tests.peers.clients import Client
from tests.peers.conftest import missing
from tests.peers.test_printer_peer import a_pdf

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(not os.environ.get("LISA_LONG"), reason="startet Dienste: nur mit LISA_LONG=1"),
]
ACCEPTED = (
    Client(
        "ipp-printer",
        "ippeveprinter",
        "2.4.2",
        "Debian",
        "server",
        "test_our_driver_prints_on_the_reference_printer",
        "a sheet over ipp and over ipps with a pinned certificate",
    ),
    Client(
        "ipp-printer",
        "ippeveprinter (raster)",
        "2.4.2",
        "Debian",
        "server",
        "test_our_driver_prints_raster_on_the_reference_printer",
        "two pages as PWG raster",
    ),
    Client(
        "ipp-printer", "CUPS", "2.4.2", "Debian", "client", "test_cups_prints_on_ours", "lp, and a queue `everywhere`"
    ),
    Client(
        "ipp-printer", "CUPS", "2.4.2", "Debian", "server", "test_our_driver_prints_through_cups", "a sheet by a queue"
    ),
)
PDF = a_pdf(595, 842)
START_S = 30.0
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={home}/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/></policy></busconfig>
"""
AVAHI = "[server]\nuse-ipv6=no\nallow-interfaces=lo\nenable-dbus=yes\n[wide-area]\nenable-wide-area=no\n"
ALL = "Order allow,deny\nAllow all\n"
CUPSD = f"""LogLevel debug
Listen 127.0.0.1:{{port}}
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
{ALL}</Location>
<Location /admin>
{ALL}</Location>
<Policy default>
<Limit All>
{ALL}</Limit>
</Policy>
"""
FORMATS = "application/pdf,image/jpeg,image/pwg-raster,image/urf"
FOLDERS = {"ServerRoot": "root", "RequestRoot": "spool", "CacheDir": "cache", "TempDir": "tmp", "StateDir": "state"}


@pytest.fixture
def as_root() -> None:
    if os.geteuid() != 0:
        missing("root fehlt: eigene Dienste sind nicht geprüft")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


class Said:
    """What a daemon says, read as it comes, so that it never waits for its reader."""

    def __init__(self) -> None:
        self.text = b""
        self._more = asyncio.Event()

    async def listen(self, stream: asyncio.StreamReader) -> None:
        while data := await stream.read(4096):
            self.text += data
            self._more.set()

    async def until(self, words: str) -> None:
        async with asyncio.timeout(START_S):
            while words.encode() not in self.text:
                self._more.clear()
                await self._more.wait()


@contextlib.asynccontextmanager
async def running(*command: str, ready: str, bus: str = "") -> AsyncIterator[Said]:
    """A daemon, from the moment on at which it says `ready`; ended at the end."""
    environment = {**os.environ, "LC_ALL": "C", **({"DBUS_SYSTEM_BUS_ADDRESS": bus} if bus else {})}
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    assert process.stdout is not None
    said = Said()
    listening = asyncio.create_task(said.listen(process.stdout))
    try:
        await said.until(ready)
        yield said
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        await listening


async def done(*command: str) -> str:
    """What a program said that has to end well."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=asyncio.subprocess.STDOUT)
    said, _ = await asyncio.wait_for(process.communicate(), START_S)
    assert process.returncode == 0, said.decode(errors="replace")
    return said.decode(errors="replace")


@contextlib.asynccontextmanager
async def avahi(home: Path) -> AsyncIterator[str]:
    """Avahi on a bus of its own, on loopback; yields the bus."""
    (home / "bus.conf").write_text(BUS.format(home=home), encoding="utf-8")
    (home / "avahi.conf").write_text(AVAHI, encoding="utf-8")
    bus = f"unix:path={home}/bus"
    own_run = 'mount -t tmpfs none /run && mkdir /run/avahi-daemon && exec "$@"'
    daemon = ("avahi-daemon", "-f", f"{home}/avahi.conf", "--no-drop-root", "--no-chroot", "--no-rlimits")
    async with (
        running(
            "dbus-daemon", f"--config-file={home}/bus.conf", "--nofork", "--nopidfile", "--print-address", ready="unix:"
        ),
        running("unshare", "-m", "sh", "-c", own_run, "sh", *daemon, ready="startup complete", bus=bus),
    ):
        yield bus


@contextlib.asynccontextmanager
async def reference_printer(home: Path, formats: str = FORMATS) -> AsyncIterator[int]:
    """CUPS' ippeveprinter on its own bus; yields its port. What it prints lies in `home`."""
    port = free_port()
    printer = ("ippeveprinter", "-v", "-p", str(port), "-n", "localhost", "-d", str(home), "-K", str(home), "-k")
    async with (
        avahi(home) as bus,
        running(*printer, "-r", "off", "-f", formats, "-c", "/bin/true", "LISA", ready="printer-uuid", bus=bus),
    ):
        yield port


def test_our_driver_prints_on_the_reference_printer(need: Callable[[str], str], as_root: None, tmp_path: Path) -> None:
    for tool in ("ippeveprinter", "dbus-daemon", "avahi-daemon", "unshare"):
        need(tool)

    async def run() -> None:
        async with reference_printer(tmp_path) as port:
            async with open_ipp(f"ipp://localhost:{port}/ipp/print", {"poll_s": 0.05}) as printer:
                await printer.check()
                assert (await printer.identify()).vendor == "Example"
                await printer.hand_out(PDF, "Kopie")
            async with open_ipp(f"ipps://localhost:{port}/ipp/print", {"poll_s": 0.05}) as printer:
                with pytest.raises(DeviceFault) as caught:
                    await printer.hand_out(PDF, "Geheim")
                assert caught.value.code == "printer.untrusted"
            seen = str(caught.value).partition('fingerprint = "')[2][:64]
            options = {"poll_s": 0.05, "fingerprint": seen}
            async with open_ipp(f"ipps://localhost:{port}/ipp/print", options) as printer:
                await printer.hand_out(PDF, "Sicher")

    asyncio.run(run())
    printed = {path.name: path.read_bytes() for path in tmp_path.glob("*.pdf")}
    assert printed == {"1-kopie.pdf": PDF, "2-sicher.pdf": PDF}


def test_our_driver_prints_raster_on_the_reference_printer(
    need: Callable[[str], str], as_root: None, tmp_path: Path
) -> None:
    for tool in ("ippeveprinter", "dbus-daemon", "avahi-daemon", "unshare"):
        need(tool)

    async def run() -> None:
        async with (
            reference_printer(tmp_path, "image/pwg-raster") as port,
            open_ipp(f"ipp://localhost:{port}/ipp/print", {"poll_s": 0.05}) as printer,
        ):
            await printer.hand_out(paper(), "Kopie")

    asyncio.run(run())
    (sent,) = tmp_path.glob("*.pwg")
    assert [page.kind for page in read_pwg(sent.read_bytes())] == ["sgray_8"] * 2


@contextlib.asynccontextmanager
async def scheduler(home: Path) -> AsyncIterator[tuple[str, Said]]:
    """CUPS in folders of its own; yields host:port, and its log."""
    port = free_port()
    for folder in (*FOLDERS.values(), "root/ppd"):
        (home / folder).mkdir(parents=True)
    for folder in (home, *home.parents):  # its filters run as another user
        if folder.is_relative_to("/tmp/pytest-of-root"):
            folder.chmod(0o755)
    files = "".join(f"{name} {home / folder}\n" for name, folder in FOLDERS.items())
    logs = f"ErrorLog stderr\nAccessLog {home}/access.log\nPageLog {home}/page.log\n"
    cupsd = ("cupsd", "-f", "-c", f"{home}/cupsd.conf", "-s", f"{home}/files.conf")
    (home / "cupsd.conf").write_text(CUPSD.format(port=port), encoding="utf-8")
    (home / "files.conf").write_text(files + logs, encoding="utf-8")
    async with running(*cupsd, ready=f"Listening to 127.0.0.1:{port} on") as said:
        yield f"127.0.0.1:{port}", said


def test_cups_prints_on_ours(need: Callable[[str], str], as_root: None, tmp_path: Path) -> None:
    for tool in ("cupsd", "lpadmin", "lp"):
        need(tool)
    paper, made = tmp_path / "kopie.pdf", tmp_path / "cups" / "root" / "ppd" / "ueberall.ppd"
    paper.write_bytes(PDF)

    async def run() -> None:
        world = HostedWorld()
        async with scheduler(tmp_path / "cups") as (cups, said), open_ipp_printer(world) as binding:
            await done("lpadmin", "-h", cups, "-p", "einfach", "-E", "-v", binding, "-m", "raw")
            await done("lp", "-h", cups, "-d", "einfach", "-t", "Kopie", str(paper))
            async with asyncio.timeout(START_S):
                while not world.state.tray:
                    await world.changed(world.state.revision)
            await done("lpadmin", "-h", cups, "-p", "ueberall", "-E", "-v", binding, "-m", "everywhere")
            await said.until("cache/ueberall.data")  # what it has made of the printer
        ppd = await asyncio.to_thread(made.read_text, "utf-8")
        assert [sheet.split()[-1] for sheet in world.state.tray] == [hashlib.sha256(PDF).hexdigest()]
        assert "*DefaultPageSize: A4" in ppd
        assert "application/pdf" in ppd

    asyncio.run(run())


def test_our_driver_prints_through_cups(need: Callable[[str], str], as_root: None, tmp_path: Path) -> None:
    for tool in ("cupsd", "lpadmin"):
        need(tool)

    async def run() -> None:
        world = HostedWorld()
        async with scheduler(tmp_path / "cups") as (cups, _), open_ipp_printer(world) as binding:
            await done("lpadmin", "-h", cups, "-p", "einfach", "-E", "-v", binding, "-m", "raw")
            async with open_ipp(f"ipp://{cups}/printers/einfach", {"poll_s": 0.05}) as printer:
                await printer.check()
                await printer.hand_out(PDF, "Kopie")
        assert [sheet.split()[-1] for sheet in world.state.tray] == [hashlib.sha256(PDF).hexdigest()]

    asyncio.run(run())
