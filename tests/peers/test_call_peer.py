"""Desks of others at the far end of a call that are no browser: pictures and sound both ways."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import io
import json
import os
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from lisa_core.equipment.media.call import BoothCall, RtcMedia
from lisa_core.equipment.media.tuning import LOOPBACK
from tests.media.booths import LIMIT_S, ChartCamera, HummingMicrophone, NotedLoudspeaker, chart, plain, until
from tests.peers.clients import Client
from tests.peers.conftest import missing

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "call",
        "werift",
        "0.25.2",
        "npm",
        "call",
        "test_a_desk_for_node",
        "the table in H.264; what it gets of the citizen comes back from it, picture and sound",
    ),
    Client(
        "call",
        "GStreamer webrtcbin",
        "1.22.0",
        "Debian",
        "call",
        "test_a_desk_of_gstreamer",
        "two pictures and sound of the booth, picture and sound of the desk, H.264 by OpenH264",
    ),
)
PLACE = Path(__file__).parent
SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's own, which its packages bind GStreamer to."""
BLUE, TABLE = (30, 90, 200), chart()
SQUARES = "".join(map(str, (TABLE[4::8, 4::8, 0] > 127).astype(int).ravel()))
HIDDEN = [160, 120, "0" * 300]


class Desk:
    """A program of others: it was given the booth's offer, and says line by line what it gets."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._said: dict[str, Any] = {}

    def tell(self, **said: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(said).encode() + b"\n")

    async def says(self, what: str, fits: Callable[[Any], bool] = lambda _: True) -> Any:
        """The newest or the next thing of this kind that fits."""
        assert self._process.stdout is not None
        async with asyncio.timeout(LIMIT_S):
            while what not in self._said or not fits(self._said[what]):
                line = await self._process.stdout.readline()
                assert line, f"it has ended, and never said {what}"
                self._said.update(json.loads(line))
        return self._said[what]


@contextlib.asynccontextmanager
async def call_with(
    *program: str, addresses: Sequence[str] = LOOPBACK, **environment: str
) -> AsyncIterator[tuple[BoothCall, Desk, NotedLoudspeaker]]:
    """A booth whose citizen is blue and speaks, in a call with this desk."""
    loudspeaker, microphone = NotedLoudspeaker(), HummingMicrophone()
    microphone.speaking = True
    cameras = ChartCamera(plain(960, 540, BLUE)), ChartCamera(TABLE, 0.2)
    booth = await RtcMedia(addresses).booth_leg(*cameras, microphone, loudspeaker)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *program, stdin=pipe, stdout=pipe, stderr=pipe, limit=2**24, env={**os.environ, **environment}
    )
    try:
        desk = Desk(process)
        desk.tell(sdp=await booth.offer())
        await booth.accept(await desk.says("sdp"))
        await booth.connected(LIMIT_S)
        yield booth, desk, loudspeaker
    except AssertionError:
        wrong = (await process.stderr.read()).decode() if process.stderr else ""
        if wrong.startswith("missing"):
            missing(f"GStreamer fehlt ({wrong.strip()}), und darum sein Arbeitsplatz")
        raise
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()
        await booth.aclose()


async def face(booth: BoothCall, fits: Callable[[NDArray[np.uint8]], bool]) -> None:
    """What the citizen sees of the desk is, sooner or later, like this."""
    async with asyncio.timeout(LIMIT_S):
        async for jpeg in booth.faces():
            if fits(np.asarray(Image.open(io.BytesIO(jpeg)))):
                return


def is_blue(picture: NDArray[np.uint8]) -> bool:
    return picture.shape == (540, 960, 3) and bool(np.all(np.abs(picture.mean((0, 1)) - BLUE) < 12))


def test_a_desk_for_node(need: Callable[[str], str], npm: Callable[[str], Path]) -> None:
    """It has no codec: it hands on the table's key frames as they come, and sends the citizen back to herself."""
    node, folder = need("node"), npm("werift") / "node_modules"

    async def run() -> None:
        script = str(PLACE / "node" / "werift_desk.cjs")
        async with call_with(node, script, NODE_PATH=str(folder)) as (booth, desk, loudspeaker):
            await desk.says("table", lambda data: decoded(data) == [1600, 1200, SQUARES])
            await face(booth, is_blue)
            await until(lambda: booth.voice_level() > 0.01 and loudspeaker.loud > 0)
            booth.document_shown = False
            await desk.says("table", lambda data: decoded(data) == [120, 160, HIDDEN[2]])
            assert booth.fault is None

    asyncio.run(run())


def decoded(data: str) -> list[object]:
    """Height, width and bright squares of a key frame in H.264."""
    codec = av.CodecContext.create("h264", "r")
    assert isinstance(codec, av.VideoCodecContext)
    [picture] = [*codec.decode(av.Packet(base64.b64decode(data))), *codec.decode(None)]
    grey = picture.to_ndarray(format="gray")
    return [*grey.shape, "".join(map(str, (grey[4::8, 4::8] > 127).astype(int).ravel()))]


def test_a_desk_of_gstreamer(need: Callable[[str], str]) -> None:
    """It finds a booth on an address of the network only: its library (libnice) leaves loopback out."""
    python = need(SYSTEM_PYTHON)

    async def run() -> None:
        async with call_with(python, str(PLACE / "gst" / "webrtc_desk.py"), addresses=()) as (booth, desk, loudspeaker):
            await desk.says("table", lambda seen: bool(seen == [1200, 1600, SQUARES]))
            await face(booth, lambda picture: picture.std() > 10)  # a white ball on black
            await until(lambda: booth.voice_level() > 0.01 and loudspeaker.loud > 0)
            assert loudspeaker.sizes == {1920}
            await desk.says("voice", lambda decibel: bool(decibel > -50))
            await desk.says("citizen", lambda seen: bool(np.all(np.abs(np.array(seen) - BLUE) < 20)))
            booth.document_shown = False
            await desk.says("table", lambda seen: bool(seen == HIDDEN))
            assert booth.fault is None

    asyncio.run(run())
