"""A video device (`video:/dev/videoN`, real or loopback), read by FFmpeg in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from pathlib import Path

import av

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import Frame
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.lines.usb import usb_identity
from lisa_core.equipment.media.camera_faults import FROZEN_S, frozen_fault, lost_fault
from lisa_core.equipment.media.newest import EndedError, Newest
from lisa_core.equipment.media.pictures import from_av
from lisa_core.equipment.slots.driver import Given
from lisa_core.host.causes import cause
from lisa_core.host.patience import patience

END_S = 1.0


@contextlib.asynccontextmanager
async def open_video(path: str, options: Given) -> AsyncIterator[VideoCamera]:
    """Open /dev/videoN. Raises `DeviceFault` `camera.missing`."""
    camera = VideoCamera(path, options)
    await camera.opened()
    try:
        yield camera
    finally:
        await camera.aclose()


class VideoCamera:
    """A video device. One reading serves all who look; when it has ended, whoever looks next opens the device anew."""

    def __init__(self, path: str, options: Given) -> None:
        self._path, self._options = path, options
        self._reading: _Reading | None = None
        self._opening = asyncio.Lock()

    async def frames(self) -> AsyncGenerator[Frame, None]:
        """Yield each newest picture."""
        reading, seen = await self.opened(), 0
        while True:
            try:
                async with patience(FROZEN_S):
                    frame = await reading.newest.after(seen)
            except TimeoutError:
                reading.give_up()
                raise frozen_fault(self._path) from None
            except EndedError:
                raise reading.fault from None
            seen = reading.newest.count
            yield frame

    async def identify(self) -> DeviceIdentity:
        """What its USB descriptor says; empty for a camera on no USB."""
        return usb_identity(Path(self._path))

    async def opened(self) -> _Reading:
        """The reading that goes on. Raises `DeviceFault` `camera.missing`."""
        async with self._opening:
            if self._reading is None or self._reading.newest.ended:
                container = await asyncio.to_thread(_container, self._path, self._options)
                self._reading = _Reading(self._path, container)
            return self._reading

    async def aclose(self) -> None:
        """Stop reading and close the device."""
        if self._reading is not None:
            await self._reading.aclose()


class _Reading:
    """Reads a video device in a thread of its own, since reading blocks."""

    def __init__(self, path: str, container: av.container.InputContainer) -> None:
        self._path, self._container = path, container
        self._loop = asyncio.get_running_loop()
        self.newest, self.fault = Newest[Frame](), lost_fault(path)
        self._read: deque[Frame] = deque(maxlen=1)  # so that nothing piles up while the loop is busy
        self._stop = threading.Event()
        # daemon: a driver that never returns from a read must not keep the program from ending
        self._thread = threading.Thread(target=self._read_on, name=f"camera {path}", daemon=True)
        self._thread.start()

    async def aclose(self) -> None:
        self.give_up()
        await asyncio.to_thread(self._thread.join, END_S)

    def give_up(self) -> None:
        """Stop showing it, even its last picture; the device is closed with the next picture."""
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
            self.fault = lost_fault(self._path, cause(error))
        finally:
            self._container.close()
            self._post(self.newest.end)

    def _take(self) -> None:
        if self._read:
            self.newest.put(self._read.pop())

    def _post(self, call: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop may be closed already
            self._loop.call_soon_threadsafe(call)


def _container(path: str, options: Given) -> av.container.InputContainer:
    width, height, fps = (options.get(name) for name in ("width", "height", "fps"))
    asked = {"video_size": f"{width}x{height}"} if width and height else {}
    asked |= {"framerate": str(fps)} if fps else {}
    try:
        return av.open(path, format=str(options["format"]), options=asked, timeout=FROZEN_S)
    except (av.FFmpegError, OSError, ValueError) as error:
        why = f"lässt sich nicht öffnen ({cause(error)}). Angesteckt, von keinem anderen benutzt und lesbar?"
        text = f"Kamera {path}: {why}"
        raise DeviceFault("camera.missing", text, retryable=True) from error
