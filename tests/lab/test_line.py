"""Devices in another room: behind ser2net, and behind a way that takes 80 ms more in each direction.

How long the way takes is measured and makes every time less certain in which the device takes part. So a slow way
decides nothing; it never makes a device better or worse than it is.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from decimal import Decimal
from pathlib import Path

import pytest

from emulator.devices.door import open_door
from emulator.devices.presence import open_presence
from emulator.world.live_world import HostedWorld, serve_world
from lisa_core.config.classes import load_class
from lisa_core.config.classes.reach import too_far
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.drivers.ld2410 import open_ld2410
from lisa_core.equipment.drivers.modbus_io import open_modbus_io
from lisa_core.equipment.slots.promises.delayed import delays_of
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.record import Measurement, Verdict
from tests.lab.bench import Bench, Hands, bench, certified
from tests.lab.port_server import ser2net_at
from tests.peers.test_ser2net_peer import ser2net
from tests.system.programs import FEATURES, LISA, PROFILE

ONE_WAY_S = 0.08
CONTACT = "geraete/tuerkontakt.feature:10"
OWN_MS = Decimal(100)
"""U of tuerkontakt-2026.1 without any way."""
LONG = os.environ.get("LISA_LONG") == "1"


@contextlib.asynccontextmanager
async def long_way(place: str, one_way_s: float = ONE_WAY_S) -> AsyncIterator[str]:
    """A port at which the same is to be had as at `place`, each byte so much later; yields host:port."""
    host, port = place.split(":")

    async def pass_on(come: asyncio.StreamReader, go: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        while data := await come.read(4096):
            loop.call_later(one_way_s, go.write, data)
        loop.call_later(one_way_s, go.close)

    async def serve(come: asyncio.StreamReader, go: asyncio.StreamWriter) -> None:
        their_come, their_go = await asyncio.open_connection(host, int(port))
        await asyncio.gather(pass_on(come, their_go), pass_on(their_come, go), return_exceptions=True)

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.fixture
def program(need: Callable[[str], str]) -> str:
    return need("ser2net")


async def unit_s(address: str) -> float:
    async with open_modbus_io(address, {"timeout_s": 2.0}) as io:
        await io.check()
        return delays_of({"door": io}).get("door", 0.0)


async def radar_s(address: str) -> float:
    async with open_ld2410(address, {}) as radar:
        await radar.identify()
        return delays_of({"presence": radar}).get("presence", 0.0)


async def once_free(measured: Callable[[str], Awaitable[float]], address: str) -> float:
    """As soon as the server is up, and has let go of the client before."""
    while True:
        try:
            return await measured(address)
        except DeviceFault as fault:
            if not (fault.retryable or fault.code == "link.missing"):
                raise


@pytest.mark.parametrize(
    ("opened", "measured", "speed"),
    [(open_door, unit_s, 9600), (open_presence, radar_s, 256_000)],
    ids=["unit", "radar"],
)
def test_the_way_to_a_device_is_measured_and_one_at_this_computer_is_none(
    opened: Callable[[HostedWorld], contextlib.AbstractAsyncContextManager[str]],
    measured: Callable[[str], Awaitable[float]],
    speed: int,
    program: str,
    tmp_path: Path,
) -> None:
    async def scenario() -> None:
        async with opened(HostedWorld()) as path:
            assert await measured(path) == 0.0
            async with ser2net(program, path, tmp_path, speed) as at, long_way(at["raw"]) as far:
                near_s = await once_free(measured, f"socket://{at['raw']}")
                far_s = await once_free(measured, f"socket://{far}")
        print(f"near {1000 * near_s:.1f} ms, far {1000 * far_s:.1f} ms")
        assert near_s > 0.0
        assert far_s >= 2 * ONE_WAY_S

    asyncio.run(asyncio.wait_for(scenario(), 60))


@pytest.mark.parametrize(
    ("door_s", "button_s", "told"), [(0.15, 0.0, []), (0.0, 0.151, ["251 ms"]), (0.1, 0.1, ["300 ms"])]
)
def test_a_limit_that_the_way_leaves_no_room_for_is_told_before_anything_runs(
    door_s: float, button_s: float, told: list[str]
) -> None:
    found = [*too_far(load_class("tuerkontakt-2026.1"), {"door": door_s, "call_button": button_s, "presence": 9.0})]
    assert [one.partition(":")[0] for one in found] == ["tuerkontakt.meldung"] * len(told)
    assert all(words in one for words, one in zip(told, found, strict=True)), found


async def run_at(world: HostedWorld, place: str, home: Path) -> tuple[int, str, Measurement]:
    """The door contact's first measure by a program of its own, with both contacts at this address."""
    slots = "".join(
        f'[slots.{slot}]\nbinding = "socket://{place}"\ntimeout_s = 2.0\n' for slot in ("door", "call_button")
    )
    async with serve_world(world) as address:
        (home / "labor.toml").write_text(f'{PROFILE}{slots}[world]\njoin = "{address}"\n', encoding="utf-8")
        command = (LISA, "run", f"{FEATURES / CONTACT}", "--profile", "labor.toml")
        pipe = asyncio.subprocess.PIPE
        ran = await asyncio.create_subprocess_exec(*command, cwd=home, stdout=pipe, stderr=asyncio.subprocess.STDOUT)
        said = (await ran.communicate())[0].decode()
    told = read((home / "out" / "messages.ndjson").read_text("utf-8"))
    return ran.returncode or 0, said, told.scenarios[0].measurements[-1]


@pytest.mark.skipif(not LONG, reason="zwei ganze Läufe: nur mit LISA_LONG=1")
def test_a_slow_way_decides_nothing_and_says_so(program: str, tmp_path: Path) -> None:
    for name in ("fern", "nah"):
        (tmp_path / name).mkdir()

    async def scenario() -> None:
        world = HostedWorld()
        async with (
            open_door(world) as path,
            ser2net(program, path, tmp_path) as at,
            long_way(at["raw"]) as far,
        ):
            code, said, one = await run_at(world, far, tmp_path / "fern")
            assert (code, one.verdict) == (2, Verdict.UNDECIDED), said
            assert one.uncertainty == OWN_MS + one.delay
            assert one.delay >= 2000 * Decimal(str(ONE_WAY_S))
            assert re.search(
                r"\(davon [\d,]+ ms durch die Leitung zum Gerät\), höchstens 250 ms: nicht entscheidbar", said
            )
            code, said, near = await run_at(world, at["raw"], tmp_path / "nah")
            assert (code, near.verdict) == (0, Verdict.PASSED), said
            assert near.uncertainty == OWN_MS + near.delay
            assert near.delay < one.delay

    asyncio.run(asyncio.wait_for(scenario(), 100))


@pytest.mark.skipif(not LONG, reason="eine ganze Zertifizierung: nur mit LISA_LONG=1")
def test_a_certification_over_a_slow_way_says_so_before_and_after(program: str, tmp_path: Path) -> None:
    def certify(devices: Bench, place: str) -> tuple[int, str]:
        slots = "".join(
            f'[slots.{slot}]\nbinding = "socket://{place}"\ntimeout_s = 2.0\n' for slot in ("door", "call_button")
        )
        (tmp_path / "labor.toml").write_text(f"{PROFILE}{slots}", encoding="utf-8")
        wanted = ("--profile", "labor.toml", "--class", "tuerkontakt-2026.1", "--new-key", "wir.pem")
        command = (LISA, "certify", str(FEATURES / CONTACT), *wanted, "--tester", "ein Programm")
        return certified(command, tmp_path, Hands(devices))

    async def scenario(devices: Bench, near: str) -> tuple[int, str]:
        async with long_way(near) as far:
            return await asyncio.to_thread(certify, devices, far)

    with bench(tmp_path / "bank") as devices, ser2net_at(program, devices.unit, 9600, tmp_path) as near:
        code, said = asyncio.run(scenario(devices, near))
    assert code == 2, said
    assert "Nicht zu entscheiden: tuerkontakt.meldung: Der Weg zum Gerät ist zu lang" in said
    assert "durch die Leitung zum Gerät), höchstens 250 ms: nicht entscheidbar" in said
    assert "1 Szenario: 1 nicht entscheidbar" in said
