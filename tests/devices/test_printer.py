"""The printer: our driver against the emulated one over TCP."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from emulator.devices.printer import MAX_JOB, open_printer
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.equipment.drivers import raw_print
from lisa_core.equipment.drivers.raw_print import open_raw_print


@pytest.fixture(autouse=True)
def _asked_briefly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most printers here say nothing unless a test lets them."""
    monkeypatch.setattr(raw_print, "ASK_S", 0.05)


PDF = b"%PDF-1.7\nEine Kopie\n%%EOF\n"


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def a_printer(talk: Talk) -> AsyncIterator[str]:
    """One that does with each connection what `talk` does."""
    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        yield f"socket://127.0.0.1:{server.sockets[0].getsockname()[1]}"


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
    """It takes no more than the systems between hold."""

    async def run() -> None:
        with socket.create_server(("127.0.0.1", 0)) as deaf:
            binding = f"tcp://127.0.0.1:{deaf.getsockname()[1]}"
            assert await fault_of(binding, b"%PDF-1.7\n" + bytes(32_000_000), timeout_s=0.3) == "printer.io"

    asyncio.run(run())


@pytest.mark.parametrize(
    "binding", ["http://127.0.0.1:9100", "tcp://", "tcp://drucker:ipp", "tcp://drucker:99999", "tcp://drucker:٣"]
)
def test_an_address_that_is_none_is_said(binding: str) -> None:
    with pytest.raises(ProfileError, match="socket://rechner:9100"):
        asyncio.run(fault_of(binding, PDF))


@pytest.mark.parametrize("then", ["keeps the connection", "acknowledges and resets it", "resets it at once"])
def test_what_has_been_taken_is_handed_over(then: str) -> None:
    """Printed once: a job that is told failed is sent again. Where nobody can know, somebody is asked to look."""
    took: list[bytes] = []
    ended = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        took.append(await reader.read(-1))
        connection = writer.get_extra_info("socket")
        if then == "acknowledges and resets it":
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        if then == "keeps the connection":
            await ended.wait()
        else:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        writer.close()

    async def run() -> None:
        async with a_printer(talk) as binding, open_raw_print(binding, {"answer_s": 0.05}) as printer:
            (told,) = await asyncio.gather(printer.hand_out(PDF * 10_000, "Kopie"), return_exceptions=True)
            ended.set()
        assert [data.count(b"%%EOF") for data in took] == [10_000]
        if told is not None:
            assert (then, getattr(told, "code", "")) == ("resets it at once", "printer.attention"), told
            assert "Nachsehen" in str(told)

    asyncio.run(run())


STOPPED = b'@PJL USTATUS DEVICE\r\nCODE=41213\r\nDISPLAY="PAPIER NACHLEGEN"\r\nONLINE=FALSE\r\n\x0c'
READY = b'@PJL INFO STATUS\r\nCODE=10001\r\nDISPLAY="READY"\r\nONLINE=TRUE\r\n\x0c'
CANCELED = b'@PJL USTATUS JOB\r\nCANCELED\r\nNAME="Kopie"\r\nRESULT=USER_CANCELED\r\n\x0c'


@pytest.mark.parametrize(
    ("first", "then", "code", "text", "sent"),
    [
        (b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", "printer.refused", "Port 631.*9100", True),
        (b"HTTP/1.0 400 Bad Request\r\n\r\n", b"", "printer.refused", "Port 631.*9100", False),
        (b"", b"%%[ Error: undefined; OffendingCommand: %PDF-1.7 ]%%\r\n", "printer.refused", "PostScript", True),
        (b"", b"%%[ PrinterError: out of paper ]%%\r\n", "printer.attention", "out of paper", True),
        (READY, CANCELED, "printer.io", "USER_CANCELED", True),
        (READY, STOPPED, "printer.attention", "PAPIER NACHLEGEN.*nicht noch einmal", True),
        (STOPPED.replace(b"USTATUS DEVICE", b"INFO STATUS"), b"", "printer.paper", "gedruckt wird erst", False),
    ],
)
def test_what_it_says_is_read(first: bytes, then: bytes, code: str, text: str, sent: bool) -> None:
    took: list[bytes] = []
    ended = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        data = await reader.readuntil(b"\n")
        writer.write(first)
        with contextlib.suppress(ConnectionError):
            while more := await reader.read(65_536):
                data += more
            writer.write(then)
        took.append(data)
        ended.set()

    async def run() -> None:
        async with a_printer(talk) as binding, open_raw_print(binding, {"timeout_s": 0.8, "answer_s": 0.1}) as printer:
            with pytest.raises(DeviceFault, match=f"{binding}.*{text}") as caught:
                await printer.hand_out(PDF, "Kopie")
            await ended.wait()
        assert (caught.value.code, caught.value.retryable) == (code, code != "printer.refused")
        assert [PDF in data for data in took] == [sent]

    asyncio.run(run())


def test_one_that_tells_of_its_jobs_is_waited_for() -> None:
    printed, ended = asyncio.Event(), asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\n")
        writer.write(READY)
        await reader.read(-1)
        writer.write(b"@PJL USTATUS JOB\r\nSTART\r\n\x0c" + STOPPED)
        await printed.wait()
        writer.write(b"@PJL USTATUS JOB\r\nEND\r\nPAGES=1\r\nRESULT=OK\r\n\x0c" + READY)
        await ended.wait()  # the end of the connection is not what it waits for
        writer.close()

    async def run() -> None:
        async with a_printer(talk) as binding, open_raw_print(binding, {"answer_s": 0.01}) as printer:
            printing = asyncio.create_task(printer.hand_out(PDF, "Kopie"))
            done, _ = await asyncio.wait((printing,), timeout=0.1)
            assert not done, "one that says nothing would have been given up by now"
            printed.set()
            await printing
            ended.set()

    asyncio.run(run())


def test_one_that_woke_up_late_is_asked_the_next_time_and_a_foreign_word_is_no_failure() -> None:
    asked: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\n"))
        await reader.read(-1)
        writer.write(READY + b'@PJL USTATUS JOB\r\nSPOOLED\r\nNAME="Kopie"\r\n\x0c')
        writer.close()

    async def run() -> None:
        async with a_printer(talk) as binding, open_raw_print(binding, {"answer_s": 1.0}) as printer:
            await printer.hand_out(PDF, "Kopie")
            await printer.hand_out(PDF, "Kopie")
        assert [b"INFO STATUS" in line for line in asked] == [True, True]

    asyncio.run(run())


async def sent_to(binding: str, *parts: bytes) -> bytes:
    """What the printer answers to a client of others."""
    host, _, port = binding.removeprefix("socket://").rpartition(":")
    reader, writer = await asyncio.open_connection(host.strip("[]"), int(port))
    try:
        for part in parts:
            writer.write(part)
            if b"INFO" in part:
                assert b"CODE=10001" in await reader.readuntil(b"\x0c")  # before the job ends
        writer.write_eof()
        return await reader.read(-1)
    finally:
        writer.transport.abort()


def test_the_emulated_printer_takes_what_others_send() -> None:
    uel = b"\x1b%-12345X"

    async def run() -> None:
        world = HostedWorld()
        async with open_printer(world) as binding:
            await sent_to(binding, PDF + PDF)
            assert len(world.state.tray) == 2
            await sent_to(binding, uel + b"@PJL INFO STATUS\r\n", b"@pjl enter language=pdf\n" + PDF + uel)
            assert len(world.state.tray) == 3
            with pytest.raises(ConnectionResetError):
                await sent_to(binding, PDF[:-7])
            told = b"@PJL USTATUS JOB=ON\r\n@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\nKein PDF"
            assert b"CANCELED" in await sent_to(binding, uel + told)
            assert len(world.state.tray) == 3

    asyncio.run(run())


def test_an_address_of_ipv6() -> None:
    async def run() -> None:
        world = HostedWorld()
        async with open_printer(world, listen="[::1]:0") as binding:
            assert await fault_of(binding.replace("socket://", "tcp://"), PDF) == ""
        assert len(world.state.tray) == 1

    if not socket.has_ipv6:
        pytest.skip("IPv6 fehlt: nicht geprüft")
    asyncio.run(run())
