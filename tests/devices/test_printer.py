"""The printer: our driver against the emulated one over TCP."""

from __future__ import annotations

import asyncio
import hashlib
import socket

import pytest

from emulator.devices.printer import MAX_JOB, open_printer
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.equipment.drivers.raw_print import open_raw_print

PDF = b"%PDF-1.7\nEine Kopie\n%%EOF\n"


async def fault_of(binding: str, document: bytes, timeout_s: float = 5.0) -> str:
    async with open_raw_print(binding, {"timeout_s": timeout_s}) as printer:
        try:
            await printer.hand_out(document, "Kopie")
        except DeviceFault as fault:
            return fault.code
    return ""


def test_a_sheet_lies_in_the_tray_when_the_driver_is_done() -> None:
    async def run() -> None:
        world = HostedWorld()
        large = b"%PDF-1.7\n" + bytes(3_000_000) + b"%%EOF\n"
        async with open_printer(world) as binding, open_raw_print(binding, {}) as printer:
            await printer.hand_out(PDF, 'Kopie "für Sie"')
            await printer.hand_out(large, "Groß")
        digests = [hashlib.sha256(document).hexdigest() for document in (PDF, large)]
        assert world.state.tray == (f"Kopie  für Sie  {digests[0]}", f"Groß {digests[1]}")

    asyncio.run(run())


def test_what_is_no_document_or_too_large_is_refused() -> None:
    async def run() -> None:
        world = HostedWorld()
        async with open_printer(world) as binding:
            assert await fault_of(binding, b"PK\x03\x04") == "printer.io"
            assert await fault_of(binding, b"%PDF-1.7\n" + bytes(MAX_JOB)) == "printer.io"
            assert await fault_of(binding, PDF) == ""
        assert len(world.state.tray) == 1
        assert await fault_of(binding, PDF) == "printer.offline"

    asyncio.run(run())


def test_it_is_looked_for_until_it_is_there_and_again_after_it_was_not() -> None:
    """Some printers take a connection for an empty job: one that has answered is left alone."""

    async def run() -> None:
        came: list[bytes] = []

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            came.append(await reader.read())
            writer.close()

        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        async with open_raw_print(f"tcp://127.0.0.1:{port}", {}) as printer:
            for _ in range(2):
                with pytest.raises(DeviceFault) as caught:
                    await printer.check()
                assert (caught.value.code, caught.value.retryable) == ("printer.offline", True)
            async with await asyncio.start_server(connected, "127.0.0.1", port):
                for _ in range(3):
                    await printer.check()
                await printer.hand_out(PDF, "Kopie")
                await printer.check()
            assert [len(data) > 0 for data in came] == [False, True]
            await printer.check()
            with pytest.raises(DeviceFault):
                await printer.hand_out(PDF, "Kopie")
            with pytest.raises(DeviceFault):
                await printer.check()

    asyncio.run(run())


def test_a_printer_that_never_finishes_is_given_up() -> None:
    async def run() -> None:
        with socket.create_server(("127.0.0.1", 0)) as deaf:
            binding = f"tcp://127.0.0.1:{deaf.getsockname()[1]}"
            assert await fault_of(binding, PDF, timeout_s=0.05) == "printer.io"

    asyncio.run(run())


@pytest.mark.parametrize(
    "binding", ["http://127.0.0.1:9100", "tcp://", "tcp://drucker:ipp", "tcp://drucker:99999", "tcp://drucker:٣"]
)
def test_an_address_that_is_none_is_said(binding: str) -> None:
    with pytest.raises(ProfileError, match="socket://rechner:9100"):
        asyncio.run(fault_of(binding, PDF))
