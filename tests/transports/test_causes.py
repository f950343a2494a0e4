"""What libraries and the system say in English reaches people as German words for the cause."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import ssl
from pathlib import Path

import httpx
import pytest

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.lines.http import open_http
from lisa_core.equipment.lines.serial import open_serial
from lisa_core.host.causes import CAUSES, UNKNOWN, cause
from lisa_core.web.asgi import listening_socket


async def asked(url: str) -> str:
    """What is said of a question to this address that fails."""
    with pytest.raises(DeviceFault) as caught:
        async with open_http(url, timeout_s=5.0) as wire:
            await wire.request("GET", url)
    return str(caught.value)


def test_an_address_where_nobody_answers_is_told_in_german() -> None:
    with listening_socket("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
    text = asyncio.run(asked(f"http://127.0.0.1:{port}/eSCL"))
    assert text.endswith("keine Verbindung (dort nimmt niemand Verbindungen an)")
    assert "attempts failed" not in text


def test_a_peer_that_hangs_up_is_told_in_german() -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async def told() -> str:
        server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await asked(f"http://127.0.0.1:{port}/")

    text = asyncio.run(told())
    assert "Verbindung abgebrochen (die Gegenseite hat" in text


def test_https_where_http_is_spoken_is_told_with_its_cure() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1024)
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async def told() -> str:
        server = await asyncio.start_server(refuse, "127.0.0.1", 0)
        async with server:
            return await asked(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/eSCL")

    assert "http:// statt https://" in asyncio.run(told())


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "den Rechnernamen kennt hier niemand"),
        (OSError(errno.EHOSTUNREACH, "No route to host"), "der Rechner ist von hier aus nicht zu erreichen"),
        (httpx.ConnectTimeout(""), "keine Antwort in der Zeit"),
        (ssl.SSLCertVerificationError("self-signed"), "dem Zertifikat der Gegenseite ist nicht zu trauen"),
        (ssl.SSLError("HANDSHAKE_FAILURE"), "eine verschlüsselte Verbindung kommt nicht zustande"),
        (ExceptionGroup("all attempts", [OSError("?"), ConnectionRefusedError(errno.ECONNREFUSED, "x")]), "dort nimmt"),
        (OSError(9999, "?"), "Fehler 9999 des Systems"),
        (ValueError("invalid literal"), UNKNOWN),
    ],
)
def test_each_cause_has_its_words(error: BaseException, said: str) -> None:
    assert cause(error).startswith(said)
    wrapped = RuntimeError("All connection attempts failed")
    wrapped.__cause__ = error
    assert cause(wrapped).startswith(said)


def test_no_word_of_the_system_is_left_in_any_of_them() -> None:
    assert not [text for number, text in CAUSES.items() if os.strerror(number) in text]


def test_a_file_that_may_not_be_read_is_told_in_german(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Is a directory") as caught:
        tmp_path.read_bytes()
    assert cause(caught.value) == "das ist ein Ordner"


def test_a_serial_server_that_hangs_up_is_told_in_german() -> None:
    """pyserial gives no number for it, only an English sentence."""

    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async def told() -> str:
        server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
        async with server:
            line = await open_serial(f"socket://127.0.0.1:{server.sockets[0].getsockname()[1]}", baudrate=9600)
            try:
                with pytest.raises(DeviceFault) as caught:
                    await line.read()
            finally:
                await line.aclose()
        return str(caught.value)

    assert "Die Verbindung ist weg (die Gegenseite hat die Verbindung beendet)" in asyncio.run(told())
