"""The two cameras of the booth: one sees the citizen, one the table. Both are virtual cameras of pyvirtualcam.

Without a device they write a frame file (backend "lisa"); with `listen="/dev/videoN"` they feed v4l2loopback.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator, Callable, Hashable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emulator.devices.scenery import (
    CITIZEN_SIZE,
    DOCUMENT_SIZE,
    Picture,
    citizen_image,
    citizen_key,
    document_image,
    document_key,
    draw_citizen,
    draw_document,
    stamp,
)
from emulator.devices.virtualcam import NAME, load_pyvirtualcam, writer_at
from emulator.world.live_world import LiveWorld
from emulator.world.world import World
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.frames import Frame
from lisa_core.host import clock
from lisa_core.host.temporary import SHARED_MEMORY, temporary

if TYPE_CHECKING:
    from PIL import Image

    from lisa_core.equipment.lines.frames import FrameWriter

PULLED = (0, 0)
"""The size of no camera at all."""
GREEN = 135
"""What decoders make of a picture of zeros in YUV."""
SLOW_S = 1.0
"""Seconds between two pictures of a slow camera."""
LOOK_S = 0.04
"""Seconds between two looks whether somebody looks."""


@dataclass(frozen=True, slots=True)
class View:
    """What one camera sees: `key` tells pictures apart, `draw` makes one, `image` the same without numpy."""

    name: str
    device: str
    size: tuple[int, int]
    fps: int
    key: Callable[[World, int], Hashable]
    draw: Callable[..., Picture]
    image: Callable[..., Image.Image]


CITIZEN = View("kamera", "citizen-camera", CITIZEN_SIZE, 25, citizen_key, draw_citizen, citizen_image)
DOCUMENT = View("dokumentenkamera", "document-camera", DOCUMENT_SIZE, 5, document_key, draw_document, document_image)


def citizen_picture(world: World, now_us: int) -> Frame:
    """What the citizen's camera sees."""
    return _picture(CITIZEN, world, now_us)


def document_picture(world: World, now_us: int) -> Frame:
    """What the camera over the table sees."""
    return _picture(DOCUMENT, world, now_us)


def size_of(world: World, view: View) -> tuple[int, int]:
    """How large its pictures are now; a camera that is gone has none (`PULLED`)."""
    how = world.failing(view.device)
    width, height = view.size
    return PULLED if "weg" in how else (width // 2, height // 2) if "groesse" in how else view.size


def spoilt(picture: Picture, how: frozenset[str]) -> Picture:
    """The picture as a camera with these faults sends it."""
    if "schwarz" in how or "gruen" in how:
        picture = picture * 0
        picture[:, :, 1] = GREEN if "gruen" in how else 0
    return picture[::2, ::2].copy() if "groesse" in how else picture


MEMORY = Path(SHARED_MEMORY)
"""A picture lies in memory, never on a disk, where there is such a place."""


def open_citizen_camera(world: LiveWorld, *, listen: str = "") -> AbstractAsyncContextManager[str]:
    """Film the citizen; yields `frames:PATH`, or `video:/dev/videoN` when `listen` names that device."""
    return open_view(world, CITIZEN, listen)


def open_document_camera(world: LiveWorld, *, listen: str = "") -> AbstractAsyncContextManager[str]:
    """Film the table; yields `frames:PATH`, or `video:/dev/videoN` when `listen` names that device."""
    return open_view(world, DOCUMENT, listen)


@contextlib.asynccontextmanager
async def open_view(world: LiveWorld, view: View, listen: str = "") -> AsyncIterator[str]:
    """Film what this camera sees; yields its address as the two above."""
    with _device(view, listen) as (backend, device), contextlib.closing(_Plug(view, backend, device)) as plug:
        plug.be(size_of(world.state, view))
        film = asyncio.create_task(_film(world, view, plug))
        try:
            yield f"{'frames' if backend == NAME else 'video'}:{device}"
        finally:
            film.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await film


@contextlib.contextmanager
def _device(view: View, listen: str) -> Iterator[tuple[str, str]]:
    """Which backend and device: a video device, a frame file at a given path, or one in a place of its own."""
    if listen:
        yield ("v4l2loopback" if listen.startswith("/dev/video") else NAME), listen
        return
    with temporary("kamera", str(MEMORY) if MEMORY.is_dir() else "") as place:
        yield NAME, str(place / view.name)


class _Plug:
    """The camera as a reader finds it: there, with pictures of one size, or pulled."""

    def __init__(self, view: View, backend: str, device: str) -> None:
        self._view, self._backend, self._device = view, backend, device
        self._camera: Any = None
        self.size = PULLED

    def be(self, size: tuple[int, int]) -> None:
        """Of this size from now on. Raises `HarnessError` where no camera can be imitated."""
        if size == self.size:
            return
        self.close()
        if size != PULLED:
            try:
                self._camera = load_pyvirtualcam().Camera(
                    *size, self._view.fps, backend=self._backend, device=self._device
                )
            except RuntimeError as error:
                text = f"Die Kamera {self._device!r} lässt sich nicht nachbilden ({error}); ein anderes Gerät nennen."
                raise HarnessError(text) from error
        self.size = size

    def send(self, picture: Picture) -> None:
        self._camera.send(picture)

    @property
    def file(self) -> FrameWriter | None:
        """Its frame file; None for a video device."""
        return writer_at(self._device)

    def close(self) -> None:
        if self._camera is not None:
            self._camera.close()
        self._camera, self.size = None, PULLED


async def _film(world: LiveWorld, view: View, plug: _Plug) -> None:
    """Film while somebody looks; into a video device always, since nobody can tell there."""
    while True:
        state = world.state
        plug.be(size_of(state, view))
        if plug.size == PULLED:
            await world.changed(state.revision)
            continue
        file = plug.file
        while file is not None and not file.looked_at and plug.size == size_of(world.state, view):
            await asyncio.sleep(LOOK_S)
        await _film_on(world, view, plug, file)
        if file is not None:
            file.blank()


async def _film_on(world: LiveWorld, view: View, plug: _Plug, file: FrameWriter | None) -> None:
    """Send a picture per interval. While a new one is being drawn, the old one goes on: drawing a page takes long."""
    loop = asyncio.get_running_loop()
    due_s, count = loop.time(), 0
    key = view.key(world.state, clock.now_us())
    picture = (await asyncio.to_thread(view.draw, key)).copy()  # ours to write on: whoever is sent it copies it
    shown = stamp(picture, count)
    drawing: asyncio.Task[tuple[Hashable, Picture]] | None = None
    try:
        while (file is None or file.looked_at) and plug.size == size_of(world.state, view):
            how = world.state.failing(view.device)
            shown = shown if "standbild" in how else stamp(picture, count)
            if view.device not in world.state.silent:
                plug.send(spoilt(shown, how))
            wanted = view.key(world.state, clock.now_us())
            if drawing is not None and drawing.done():
                (key, picture), drawing = drawing.result(), None
            if drawing is None and wanted != key:
                drawing = asyncio.create_task(_drawn(view, wanted))
            wait_s = SLOW_S if "langsam" in how else 1 / view.fps
            due_s, count = max(due_s + wait_s, loop.time() - wait_s), count + 1
            await asyncio.sleep(due_s - loop.time())
    finally:
        if drawing is not None:
            drawing.cancel()


async def _drawn(view: View, key: Hashable) -> tuple[Hashable, Picture]:
    return key, (await asyncio.to_thread(view.draw, key)).copy()


def _picture(view: View, world: World, now_us: int) -> Frame:
    key, size = view.key(world, now_us), size_of(world, view)
    if size == view.size:
        return Frame(*size, _RGB[view.name](key), now_us)
    return Frame(*size, view.image(key).reduce(2).tobytes(), now_us)


def _rgb(view: View, kept: int) -> Callable[[Hashable], bytes]:
    return functools.lru_cache(maxsize=kept)(lambda key: view.image(key).tobytes())


_RGB = {view.name: _rgb(view, kept) for view, kept in ((CITIZEN, 12), (DOCUMENT, 2))}
"""Drawn once: somebody sits, speaks and moves in a dozen ways (18 MB); the table is empty or holds a page (12 MB)."""
