"""Makes recordings of programs of others that play devices, anew: `python -m tests.traces.strangers NAME [PATH]`.

Two of them are in no registry. `aio-ld2410 PATH`: a checkout of github.com/morian/aio-ld2410 (MIT), whose tests have a
radar of their own; here of commit 558d8f7. `airsane PATH`: airsaned of github.com/SimulPiscator/AirSane (GPL-3.0),
built after its README, here of commit 613a36c; what it offers is the test scanner of SANE (libsane).
They are recordings of emulators that this project did not write, and say so; what they show is that our drivers' asking
and a stranger's answering fit, on every machine and without the stranger.
"""

from __future__ import annotations

import asyncio
import importlib.util
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from lisa_core.cli.start.record import DeviceRecording
from tests.peers.test_printer_servers import avahi, free_port, reference_printer, running
from tests.tidy.sources import ROOT

FOLDER = ROOT / "fixtures" / "devices"
HEAD = 'schema = 1\n[profile]\nid = "fremd"\nextends = "emulated"\n'
TEST_SCANNER = "number_of_devices 1\nmode Gray\ndepth 8\nhand-scanner false\nthree-pass false\nresolution 75\n"
BUS: Mapping[str, str] = {
    "door": "channel = 1",
    "call_button": "channel = 2",
    "privacy_glass": "channel = 1",
    "lamp": "red = 2\nyellow = 3\ngreen = 4",
    "induction_loop": "channel = 5",
}


async def record(folder: str, name: str, tables: str, slot: str, seconds: float) -> None:
    with tempfile.TemporaryDirectory() as home:
        profile = Path(home) / "fremd.toml"
        profile.write_text(HEAD + tables, encoding="utf-8")
        await DeviceRecording(str(profile), slot, FOLDER / folder / name, seconds).run()


def bits(values: list[bool]) -> list[SimData]:
    return [SimData(0, values=values, datatype=DataType.BITS)]


async def pymodbus() -> None:
    """pymodbus' simulator: eight inputs, of which the first is on, and eight outputs."""
    coils, inputs, words = bits([False] * 8), bits([True, *[False] * 7]), [SimData(0, datatype=DataType.REGISTERS)]
    device = SimDevice(1, simdata=(coils, inputs, words, words))
    server = ModbusTcpServer(device, address=("127.0.0.1", 0))
    await server.serve_forever(background=True)
    port = server.transport.sockets[0].getsockname()[1]
    binding = f'driver = "modbus-io"\nbinding = "tcp://127.0.0.1:{port}"\n'
    try:
        tables = "".join(f"[slots.{slot}]\n{binding}{options}\n" for slot, options in BUS.items())
        await record("pymodbus_simulator", "tcp.trace", tables, "door", 2.0)
    finally:
        await server.shutdown()


async def ippeveprinter() -> None:
    """CUPS' reference printer: one sheet. Takes root, as its Avahi does."""
    with tempfile.TemporaryDirectory() as home:
        async with reference_printer(Path(home)) as port:
            binding = f'[slots.printer]\ndriver = "ipp"\nbinding = "ipp://localhost:{port}/ipp/print"\npoll_s = 0.05\n'
            await record("cups_ippeveprinter", "ein-blatt.trace", binding, "printer", 0.0)


async def aio_ld2410(checkout: str) -> None:
    """The radar that the tests of aio-ld2410 have: every tenth of a second a report of chance."""
    place = Path(checkout) / "tests" / "emulator" / "__init__.py"
    spec = importlib.util.spec_from_file_location("emulated", place, submodule_search_locations=[str(place.parent)])
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["emulated"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with module.EmulatedDevice(reader, writer) as device:
            await device.wait_for_closing()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        binding = f'[slots.presence]\ndriver = "hlk-ld2410"\nbinding = "socket://127.0.0.1:{port}"\n'
        await record("aio-ld2410_emulator", "sekunden.trace", binding, "presence", 4.0)


async def airsane(program: str) -> None:
    """AirSane in front of SANE's test scanner: ten sheets lie in its feeder. Takes root, as its Avahi does."""
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "dll.conf").write_text("test\n", encoding="utf-8")
        (Path(home) / "test.conf").write_text(TEST_SCANNER, encoding="utf-8")
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        told = (
            f"--announce-base-url={address}",
            f"--listen-port={port}",
            "--interface=lo",
            "--hotplug=false",
            "--network-hotplug=false",
            "--debug=true",
        )
        async with (
            avahi(Path(home)) as bus,
            running("env", f"SANE_CONFIG_DIR={home}", program, *told, ready="listening on 127", bus=bus),
        ):
            binding = f'[slots.scanner]\ndriver = "escl"\nbinding = "{address}/eSCL"\n'
            await record("airsane_test-scanner", "zehn-blatt.trace", binding, "scanner", 1.4)


MAKERS = {"pymodbus": pymodbus, "ippeveprinter": ippeveprinter, "aio-ld2410": aio_ld2410, "airsane": airsane}

if __name__ == "__main__":
    asyncio.run(MAKERS[sys.argv[1]](*sys.argv[2:]))
