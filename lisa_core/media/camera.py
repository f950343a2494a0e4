"""The camera slot: `frames:PATH` (a frame file, media.frames) or `video:/dev/videoN` (a real or loopback camera)."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

import av

from lisa_core.media.frames import FrameReader
from lisa_core.media.newest import EndedError, Newest
from lisa_core.media.pictures import from_av
from lisa_core.model.errors import DeviceFault
from lisa_core.model.frames import Frame
from lisa_core.slots.devices import Camera
from lisa_core.transports.address import CAMERAS, place_address

FROZEN_S = 2.0
LOOK_S = 0.01
"""How often a frame file is looked at: it cannot call."""
LEAST_LOOKS = round(FROZEN_S / LOOK_S / 4)
"""A camera is frozen only if we also looked this often: it is not to blame when this program itself stood still."""
GONE_LOOKS = 20
END_S = 1.0

Opener = Callable[[str, Mapping[str, Any]], AbstractAsyncContextManager[Camera]]


@contextlib.asynccontextmanager
async def open_camera(binding: str, options: Mapping[str, Any]) -> AsyncIterator[Camera]:
    """Open a camera. For `video:` the options `width`, `height`, `fps` are asked of the device.

    Raises `ProfileError` for what can be no camera, `DeviceFault` `camera.missing` and `camera.format`; later
    `camera.frozen` (no new picture for two seconds) and `camera.lost` (gone).
    """
    kind, place = place_address(binding, CAMERAS)
    async with OPENERS[kind](place, options) as camera:
        yield camera


class FrameFileCamera:
    """Reads a frame file; each who looks opens it anew, and so finds a camera that was plugged in again."""

    def __init__(self, path: str) -> None:
        self._path = path

    async def frames(self) -> AsyncGenerator[Frame, None]:
        """Yield each newest picture."""
        loop = asyncio.get_running_loop()
        seen, seen_at_s, looks = 0, loop.time(), 0
        with contextlib.closing(FrameReader(self._path)) as reader:
            while True:
                if reader.sequence != seen and (frame := reader.read()):
                    seen, seen_at_s, looks = reader.sequence, loop.time(), 0
                    yield frame
                await asyncio.sleep(LOOK_S)
                looks += 1
                if looks % GONE_LOOKS == 0 and reader.writer_gone:
                    raise _lost(self._path)
                if looks > LEAST_LOOKS and loop.time() - seen_at_s > FROZEN_S:
                    raise _frozen(self._path)


@contextlib.asynccontextmanager
async def _open_frames(path: str, options: Mapping[str, Any]) -> AsyncIterator[Camera]:
    FrameReader(path).close()  # so that a missing one is told now, not in the middle of a call
    yield FrameFileCamera(path)


class VideoCamera:
    """A video device. One reading serves all who look; when it has ended, whoever looks next opens the device anew."""

    def __init__(self, path: str, options: Mapping[str, Any]) -> None:
        self._path, self._options = path, options
        self._reading: _Reading | None = None
        self._opening = asyncio.Lock()

    async def frames(self) -> AsyncGenerator[Frame, None]:
        """Yield each newest picture."""
        reading, seen = await self.opened(), 0
        while True:
            try:
                async with asyncio.timeout(FROZEN_S):
                    frame = await reading.newest.after(seen)
            except TimeoutError:
                reading.give_up()
                raise _frozen(self._path) from None
            except EndedError:
                raise reading.fault from None
            seen = reading.newest.count
            yield frame

    async def opened(self) -> _Reading:
        """The reading that goes on. Raises `DeviceFault` `camera.missing`."""
        async with self._opening:
            if self._reading is None or self._reading.newest.ended:
                container = await asyncio.to_thread(_container, self._path, self._options)
                self._reading = _Reading(self._path, container)
            return self._reading

    async def aclose(self) -> None:
        """Stop reading and let go of the device."""
        if self._reading is not None:
            await self._reading.aclose()


class _Reading:
    """Reads a video device in a thread of its own, since reading blocks."""

    def __init__(self, path: str, container: av.container.InputContainer) -> None:
        self._path, self._container = path, container
        self._loop = asyncio.get_running_loop()
        self.newest, self.fault = Newest[Frame](), _lost(path)
        self._read: deque[Frame] = deque(maxlen=1)  # so that nothing piles up while the loop is busy
        self._stop = threading.Event()
        # daemon: a driver that never returns from a read must not keep the program from ending
        self._thread = threading.Thread(target=self._read_on, name=f"camera {path}", daemon=True)
        self._thread.start()

    async def aclose(self) -> None:
        self.give_up()
        await asyncio.to_thread(self._thread.join, END_S)

    def give_up(self) -> None:
        """Nothing of it is shown any more, not even its last picture; the device is let go of with the next one."""
        self._stop.set()
        self.newest.end()

    def _read_on(self) -> None:
        try:
            for picture in self._container.decode(video=0):
                if self._stop.is_set():
                    break
                self._read.append(from_av(picture, round(self._loop.time() * 1_000_000)))
                self._post(self._take)
        except (av.FFmpegError, OSError, ValueError) as error:
            self.fault = _lost(self._path, str(error))
        finally:
            self._container.close()
            self._post(self.newest.end)

    def _take(self) -> None:
        if self._read:
            self.newest.put(self._read.pop())

    def _post(self, call: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop may be closed already
            self._loop.call_soon_threadsafe(call)


@contextlib.asynccontextmanager
async def _open_video(path: str, options: Mapping[str, Any]) -> AsyncIterator[Camera]:
    camera = VideoCamera(path, options)
    await camera.opened()
    try:
        yield camera
    finally:
        await camera.aclose()


def _container(path: str, options: Mapping[str, Any]) -> av.container.InputContainer:
    width, height, fps = (options.get(name) for name in ("width", "height", "fps"))
    asked = {"video_size": f"{width}x{height}"} if width and height else {}
    asked |= {"framerate": str(fps)} if fps else {}
    try:
        return av.open(path, format=str(options.get("format", "v4l2")), options=asked, timeout=FROZEN_S)
    except (av.FFmpegError, OSError, ValueError) as error:
        text = f"Kamera {path}: lässt sich nicht öffnen ({error}). Angesteckt, von keinem anderen benutzt und lesbar?"
        raise DeviceFault("camera.missing", text, retryable=True) from error


OPENERS: Mapping[str, Opener] = {"frames": _open_frames, "video": _open_video}


def _frozen(path: str) -> DeviceFault:
    return DeviceFault("camera.frozen", f"{path}: no new picture for {FROZEN_S:g} s; check the camera", retryable=True)


def _lost(path: str, why: str = "it was closed") -> DeviceFault:
    return DeviceFault("camera.lost", f"{path}: the camera is gone ({why}); plug it in again", retryable=True)
