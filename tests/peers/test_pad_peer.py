"""The emulated signature pad on USB and clients of others over USB/IP; and our driver at a server of others."""

from __future__ import annotations

import asyncio
import importlib
import re
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from emulator.devices.signature_pad import open_signature_pad
from emulator.devices.stu.model import pad_model
from emulator.devices.stu.pad import StuPad
from emulator.personalities import personalities_of
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.readings import WRITE_NOW
from lisa_core.equipment.codecs.stu import reports as stu
from lisa_core.equipment.codecs.stu.hid import VENDOR, report_descriptor
from lisa_core.equipment.codecs.stu.table import decode, encode
from lisa_core.equipment.drivers.wacom_stu import open_wacom_stu
from tests.peers.clients import Client

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client("signature-pad", "usbip", "2.0", "Debian", "client", "test_usbip_lists_the_pad", "the list of devices"),
    Client(
        "signature-pad",
        "PyUSB (pyusb-usbip-backend)",
        "1.3.1",
        "PyPI",
        "client",
        "test_pyusb_reads_and_sets_the_pad_and_hears_the_pen",
        "descriptors, feature reports, a refused one, pen reports",
    ),
    Client(
        "signature-pad",
        "usbip-python",
        "0.7.0",
        "PyPI",
        "client",
        "test_the_usbip_library_drives_the_pad",
        "descriptors, report map, feature and pen reports",
    ),
    Client(
        "signature-pad",
        "serial-usbipclient",
        "1.1.2",
        "PyPI",
        "client",
        "test_serial_usbipclient_finds_the_pad_and_takes_it_over",
        "the list of devices, import, device descriptor; of a HID device it reads no configuration",
    ),
    Client(
        "signature-pad",
        "usbip-python",
        "0.7.0",
        "PyPI",
        "server",
        "test_our_driver_at_a_pad_that_the_usbip_library_serves",
        "opened, wiped, a signature of 40 reports",
    ),
    Client(
        "signature-pad",
        "hid-parser",
        "0.1.0",
        "PyPI",
        "codec",
        "test_hid_parser_finds_each_report",
        "report descriptors of four models, their lengths left out: it counts one byte for an array under one usage",
    ),
)

PEN = 0x34


def run(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(story, 60))


@asynccontextmanager
async def a_pad(name: str = "stu-540") -> AsyncIterator[tuple[HostedWorld, StuPad, int]]:
    """Yields the world, the pad, and the port of its server."""
    world = HostedWorld()
    device = StuPad(round(asyncio.get_running_loop().time() * 1e6), model=pad_model(name))
    async with open_signature_pad(world, listen="usbip://127.0.0.1:0", pad=device) as address:
        yield world, device, int(address.rpartition(":")[2].partition("/")[0])


def test_usbip_lists_the_pad(need: Callable[[str], str]) -> None:
    """The kernel project's own program; to attach a device it would need a kernel with vhci."""

    async def story() -> None:
        program = need("usbip")
        async with a_pad() as (world, _, port):
            told = await _said(program, port)
            assert re.search(r"1-1: .*\(056a:00a8\)", told)
            assert "(03/00/00)" in told, "its interface is HID"
            await world.act("silence", device="signature-pad")
            assert "056a" not in await _said(program, port)

    run(story())


async def _said(program: str, port: int) -> str:
    listing = (program, "--tcp-port", str(port), "list", "-r", "127.0.0.1")
    process = await asyncio.create_subprocess_exec(*listing, stdout=-1, stderr=-2)
    output, _ = await process.communicate()
    return output.decode()


def test_pyusb_reads_and_sets_the_pad_and_hears_the_pen(pypi: Callable[[str], Path]) -> None:
    pypi("pyusb-usbip-backend")
    core, util = importlib.import_module("usb.core"), importlib.import_module("usb.util")
    backend = importlib.import_module("usbip_backend.backend")

    def look(port: int, loop: asyncio.AbstractEventLoop, world: HostedWorld) -> list[stu.Report | stu.Unknown]:
        device = core.find(backend=backend.get_backend("127.0.0.1", port), idVendor=VENDOR, idProduct=0xA8)
        assert [util.get_string(device, index) for index in (1, 2, 3)] == ["Wacom Co.,Ltd.", "STU-540", "LISA000001"]
        device.set_configuration()
        assert decode(bytes(device.ctrl_transfer(0xA1, 1, 0x0309, 0, 17))) == pad_model("stu-540").capability
        with pytest.raises(core.USBError) as refused:
            device.ctrl_transfer(0xA1, 1, 0x03EE, 0, 8)
        assert refused.value.errno == 32, "the pad stalls what it does not know"
        for setting in (stu.InkingMode(0), stu.PenDataOptionMode(3)):
            data = encode(setting)
            device.ctrl_transfer(0x21, 9, 0x0300 | data[0], 0, data)
        asyncio.run_coroutine_threadsafe(world.act("sign", recording="punkt"), loop).result()
        heard = [decode(bytes(device.read(0x81, 64, 1000))) for _ in range(40)]
        util.dispose_resources(device)
        return heard

    async def story() -> None:
        async with a_pad() as (world, device, port):
            heard = await asyncio.to_thread(look, port, asyncio.get_running_loop(), world)
            assert _in_order(heard) == 40
            assert not device.ink

    run(story())


def _in_order(heard: list[stu.Report | stu.Unknown]) -> int:
    """How many pen reports come one behind the other without a gap."""
    reports = [one for one in heard if isinstance(one, stu.PenDataTimeCountSequence)]
    assert [one.sequence for one in reports] == list(range(reports[0].sequence, reports[0].sequence + len(reports)))
    return len(reports)


def test_the_usbip_library_drives_the_pad(pypi: Callable[[str], Path]) -> None:
    pypi("usbip")
    usbip, hid = importlib.import_module("usbip"), importlib.import_module("usbip.classes.host.hid")

    def look(port: int, loop: asyncio.AbstractEventLoop, world: HostedWorld) -> list[stu.Report | stu.Unknown]:
        with hid.HIDDriver.open(VENDOR, 0xA8, transport=usbip.USBIP("127.0.0.1", port)) as pad:
            sizes = {number: report.size for (kind, number), report in pad.report_map().items() if kind == 3}
            assert sizes == dict(pad_model("stu-540").features)
            assert decode(bytes(pad.get_report(3, 9, 17))) == pad_model("stu-540").capability
            pad.set_report(3, 0x32, encode(stu.PenDataOptionMode(3)))
            asyncio.run_coroutine_threadsafe(world.act("sign", recording="punkt"), loop).result()
            return [decode(bytes(pad.read_report(64))) for _ in range(40)]

    async def story() -> None:
        async with a_pad() as (world, _, port):
            assert _in_order(await asyncio.to_thread(look, port, asyncio.get_running_loop(), world)) == 40

    run(story())


def test_serial_usbipclient_finds_the_pad_and_takes_it_over(pypi: Callable[[str], Path]) -> None:
    """It is made for serial adapters, and knows no descriptor of HID."""
    pypi("serial-usbipclient")
    theirs = importlib.import_module("serial_usbipclient.usbip_client")

    def asked(kind: int, length: int) -> Any:
        return theirs.UrbSetupPacket(request_type=0x80, request=6, value=kind << 8, length=length)

    def look(port: int) -> Any:
        client = theirs.USBIPClient(("127.0.0.1", port))
        (path,) = client.list_published().paths
        assert (path.idVendor, path.idProduct, len(path.interfaces)) == (VENDOR, 0xA8, 1)
        client.disconnect_server()
        device = theirs.HardwareID(VENDOR, 0xA8)
        taken = client.create_connection(device, client.import_device(path.busid))
        with pytest.raises(ValueError, match="33 is not a valid DescriptorType"):
            client.request_descriptor(asked(2, 34), taken)
        found = client.request_descriptor(asked(1, 18), taken)
        taken.socket.close()
        return found

    async def story() -> None:
        async with a_pad() as (_, _, port):
            found = await asyncio.to_thread(look, port)
            assert (found.idVendor, found.idProduct, found.iSerial) == (VENDOR, 0xA8, 3)

    run(story())


def test_our_driver_at_a_pad_that_the_usbip_library_serves(pypi: Callable[[str], Path]) -> None:
    """Their server and their HID device; what the reports do is our pad's."""
    pypi("usbip")
    usbip, hid = importlib.import_module("usbip"), importlib.import_module("usbip.classes.device.hid")
    model = pad_model("stu-430")
    pad = StuPad(model=model)

    def asked(kind: int, number: int, length: int) -> bytes:
        report = pad.read(number, 10**15)
        if report is None:
            raise usbip.Stall
        return encode(report)[:length]

    def told(kind: int, number: int, data: bytes) -> None:
        pad.take(data, 10**15)
        pad._wiping_until_us = 0

    async def story() -> None:
        device = usbip.USBDevice(VENDOR, model.product, manufacturer="W", product="P", serial="THEIRS1")
        descriptor = report_descriptor(model.features, model.inputs)
        interface = device.add(hid.HID(descriptor, get_report=asked, set_report=told, in_interval=5))
        port = _free_port()
        device.plug(via=usbip.USBIP("127.0.0.1", port))
        try:
            async with open_wacom_stu(f"usbip://127.0.0.1:{port}", {"model": "STU-430"}) as driver:
                assert (await driver.info()).max_x == model.capability.max_x
                capture, seen = driver.capture(), 0
                assert await anext(capture) == WRITE_NOW
                for number in range(40):
                    interface.send_report(encode(stu.PenDataTimeCountSequence(0x91F4, number, 7, 5 * number, number)))
                assert (await anext(capture)).x == 0
                async for sample in capture:
                    seen += 1
                    if sample.x == 39:
                        break
                assert (seen, driver.gaps) == (39, 0)
                await capture.aclose()
        finally:
            device.unplug()

    run(story())


def _free_port() -> int:
    with importlib.import_module("socket").create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.mark.parametrize("name", personalities_of("signature-pad"))
@pytest.mark.filterwarnings("ignore:Expecting .* usages but got 1")
def test_hid_parser_finds_each_report(name: str, pypi: Callable[[str], Path]) -> None:
    """HID 1.11, 6.2.2.8: where there are fewer usages than controls, the last one counts for the rest. hid-parser makes
    one control of it, and says so in a warning; so only the numbers are compared."""
    pypi("hid-parser")
    parser, model = importlib.import_module("hid_parser"), pad_model(name)
    read = parser.ReportDescriptor(report_descriptor(model.features, model.inputs))
    assert set(read.feature_report_ids) == set(model.features)
    assert set(read.input_report_ids) == set(model.inputs)
