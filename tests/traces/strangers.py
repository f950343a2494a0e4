"""Makes recordings of programs of others that play devices, anew: `python -m tests.traces.strangers`.

They are recordings of emulators that this project did not write, and say so; what they show is that our drivers' asking
and a stranger's answering fit, on every machine and without the stranger.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from lisa_core.cli.start.record import DeviceRecording
from tests.peers.test_printer_servers import reference_printer
from tests.tidy.sources import ROOT

FOLDER = ROOT / "fixtures" / "devices"
HEAD = 'schema = 1\n[profile]\nid = "fremd"\nextends = "emulated"\n'
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


if __name__ == "__main__":
    asyncio.run(pymodbus())
    asyncio.run(ippeveprinter())
