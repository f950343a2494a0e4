"""Adapters over TCP: whoever has no key learns nothing and is nobody, and whatever is changed on the way is noticed."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import shlex
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.domain.model.readings import PresenceReport
from lisa_core.equipment.drivers.adapter.driver import open_adapter
from lisa_core.equipment.drivers.adapter.slot import slot_of
from lisa_core.equipment.slots.devices import Presence
from lisa_core.equipment.slots.driver import SlotPlace
from tests.devices.adapter_starts import start_in

STARTS = Path(__file__).parents[2] / "docs" / "beispiele" / "adapter"
PYTHON = (sys.executable, "-I", "-S", str(STARTS / "sensor.py"))
KEY = b"0123456789abcdef0123456789abcdef"
LIMIT_S = 60.0
Change = Callable[[int, bytes], list[bytes]]
"""What somebody in between makes of line N (from 0) that the adapter says."""


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """The key, as both have it."""
    path = tmp_path / "adapter.key"
    path.write_bytes(KEY + b"\n")
    path.chmod(0o600)
    return path


@contextlib.contextmanager
def listening(start: Sequence[str], *options: str) -> Iterator[int]:
    """An adapter that listens on a port of this machine; yields that."""
    command = [*start, "/nirgends/abstand.txt", "--listen", "127.0.0.1:0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            yield int(process.stderr.readline().rpartition(":")[2])
        finally:
            process.kill()


@contextlib.asynccontextmanager
async def dialled(port: int, folder: Path, key_file: str = "") -> AsyncIterator[Any]:
    options = {"key_file": key_file} if key_file else {}
    async with asyncio.timeout(LIMIT_S):
        async with open_adapter(f"adapter:tcp://127.0.0.1:{port}", options, SlotPlace("presence", folder)) as device:
            yield slot_of(Presence, device, {})


async def first_report(port: int, folder: Path, key_file: str = "") -> PresenceReport:
    async with dialled(port, folder, key_file) as slot:
        found: PresenceReport = await anext(slot.reports())
        return found


async def refusal(port: int, folder: Path, key_file: str = "") -> DeviceFault:
    with pytest.raises(DeviceFault) as caught:
        await first_report(port, folder, key_file)
    return caught.value


@pytest.mark.parametrize("language", ["python", "node", "csharp"])
def test_the_starts_prove_the_key_and_are_proved_it(language: str, key_file: Path, tmp_path: Path) -> None:
    """Programs that share no code with ours; and with another key nobody says a word."""
    start, other = shlex.split(start_in(language, tmp_path)), tmp_path / "other.key"
    other.write_bytes(KEY[::-1])
    other.chmod(0o600)
    with listening(start, "--key", str(key_file)) as port:
        assert asyncio.run(first_report(port, tmp_path, "adapter.key")) == PresenceReport()
        fault = asyncio.run(refusal(port, tmp_path, "other.key"))
        assert (fault.code, "der Beweis passt nicht" in str(fault)) == ("adapter.refused", True)
        assert asyncio.run(refusal(port, tmp_path)).code == "adapter.ended"
        assert asyncio.run(first_report(port, tmp_path, "adapter.key")) == PresenceReport()


def test_one_that_is_not_asked_for_a_key_has_none_to_prove(key_file: Path, tmp_path: Path) -> None:
    with listening(PYTHON) as port:
        assert asyncio.run(first_report(port, tmp_path)) == PresenceReport()
        fault = asyncio.run(refusal(port, tmp_path, "adapter.key"))
        assert fault.code == "adapter.refused"


@contextlib.asynccontextmanager
async def between(port: int, change: Change) -> AsyncIterator[int]:
    """Somebody on the way, who passes on what LISA says, and of the adapter's lines what `change` makes of them."""

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        theirs, onward = await asyncio.open_connection("127.0.0.1", port)

        async def out() -> None:
            while data := await reader.read(4096):
                onward.write(data)
            onward.close()

        passing = asyncio.create_task(out())
        number = 0
        while line := await theirs.readline():
            writer.writelines(change(number, line))
            number += 1
        writer.close()
        await passing

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def flipped(line: bytes, at: int) -> bytes:
    return line[:at] + bytes([line[at] ^ 1]) + line[at + 1 :]


PROOF = b'"proof": "'


def at(wanted: int, made: Callable[[bytes], list[bytes]]) -> Change:
    """What is made of one line; all others pass."""
    return lambda number, line: made(line) if number == wanted else [line]


CHANGES: dict[str, tuple[Change, str]] = {
    "nothing": (at(-1, lambda line: []), ""),
    "the proof": (at(0, lambda line: [line.replace(PROOF, PROOF + b"AA")]), "refused"),
    "a line before the proof": (at(0, lambda line: [b'{"type":"pong","id":1,"at_us":1}\n', line]), "refused"),
    "a digit of the MAC": (at(2, lambda line: [flipped(line, 5)]), "broken"),
    "a byte of the text": (at(3, lambda line: [flipped(line, 80)]), "broken"),
    "a line left out": (at(11, lambda line: []), "broken"),
    "a line twice": (at(3, lambda line: [line, line]), "broken"),
    "a line without a MAC": (at(3, lambda line: [line, line[65:]]), "broken"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_changed_on_the_way_is_noticed(what: str, key_file: Path, tmp_path: Path) -> None:
    change, ends = CHANGES[what]

    async def go(port: int) -> None:
        async with between(port, change) as way:
            if not ends:
                assert await first_report(way, tmp_path, "adapter.key") == PresenceReport()
                return
            fault = await refusal(way, tmp_path, "adapter.key")
            assert fault.code == f"adapter.{ends}", fault

    with listening(PYTHON, "--key", str(key_file)) as port:
        asyncio.run(go(port))


def test_what_is_said_with_a_key_is_as_the_head_of_its_module_says(key_file: Path, tmp_path: Path) -> None:
    """Written down once more from the description, with nothing but hashlib: what LISA sends, line by line."""
    heard: list[bytes] = []

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        offer = json.loads(await reader.readline())
        nonces = b64decode(offer["nonce"]) + bytes(32)

        def of(label: bytes, key: bytes = KEY) -> bytes:
            return hmac.new(key, b"lisa-adapter-1 " + label + nonces, hashlib.sha256).digest()

        answer = {"type": "key", "nonce": b64encode(bytes(32)).decode(), "proof": b64encode(of(b"adapter")).decode()}
        writer.write(json.dumps(answer).encode() + b"\n")
        assert json.loads(await reader.readline()) == {"type": "key", "proof": b64encode(of(b"lisa")).decode()}
        line = (await reader.readline()).rstrip(b"\n")
        mac = hmac.new(of(b"from lisa"), bytes(8) + line[65:], hashlib.sha256).hexdigest()
        assert line[:65] == mac.encode() + b" "
        heard.extend((json.dumps(offer["version"]).encode(), line[65:]))
        writer.close()

    async def go() -> None:
        server = await asyncio.start_server(meet, "127.0.0.1", 0)
        async with server:
            await refusal(server.sockets[0].getsockname()[1], tmp_path, "adapter.key")

    asyncio.run(go())
    assert heard == [b"1", b'{"type":"hello","version":1,"slot":"presence","protocol":"Presence"}']


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        (KEY[:31], 0o600, "stehen 31 Zeichen; ein Schlüssel hat 32 bis 4096 Zeichen"),
        (KEY * 200, 0o600, "stehen 4097 Zeichen"),
        (KEY, 0o640, "können auch andere lesen. Beheben: chmod 600"),
        (None, 0, "lässt sich nicht lesen (das gibt es nicht)"),
    ],
)
def test_a_key_that_is_none_is_said_to_be(content: bytes | None, mode: int, said: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "adapter.key").write_bytes(content)
        (tmp_path / "adapter.key").chmod(mode)
    with pytest.raises(ProfileError) as caught:
        asyncio.run(first_report(9, tmp_path, "adapter.key"))
    assert said in str(caught.value)
