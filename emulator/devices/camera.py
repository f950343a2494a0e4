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
    stamped,
)
from emulator.devices.virtualcam import NAME, load_pyvirtualcam, writer_at
from emulator.world.live_world import LiveWorld
from emulator.world.world import World
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.frames import Frame
from lisa_core.host.temporary import temporary

if TYPE_CHECKING:
    from PIL import Image

    from lisa_core.equipment.lines.frames import FrameWriter

Send = Callable[[Picture], None]
LOOK_S = 0.02
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
    return _frame(CITIZEN, citizen_key(world, now_us), now_us)


def document_picture(world: World, now_us: int) -> Frame:
    """What the camera over the table sees."""
    return _frame(DOCUMENT, document_key(world, now_us), now_us)


MEMORY = Path("/dev/shm")
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
    with _device(view, listen) as (backend, device), _camera(view, backend, device) as camera:
        film = asyncio.create_task(_film(world, view, camera.send, writer_at(device)))
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


@contextlib.contextmanager
def _camera(view: View, backend: str, device: str) -> Iterator[Any]:
    pyvirtualcam = load_pyvirtualcam()
    width, height = view.size
    try:
        camera = pyvirtualcam.Camera(width, height, view.fps, backend=backend, device=device)
    except RuntimeError as error:
        text = f"Die Kamera {device!r} lässt sich nicht nachbilden ({error}); ein anderes Gerät oder keines nennen."
        raise HarnessError(text) from error
    try:
        yield camera
    finally:
        camera.close()


async def _film(world: LiveWorld, view: View, send: Send, file: FrameWriter | None) -> None:
    """Film while somebody looks; into a video device always, since nobody can tell there."""
    while True:
        while file is not None and not file.looked_at:
            await asyncio.sleep(LOOK_S)
        await _film_on(world, view, send, file)
        if file is not None:
            file.blank()


async def _film_on(world: LiveWorld, view: View, send: Send, file: FrameWriter | None) -> None:
    """Send a picture per interval. While a new one is being drawn, the old one goes on: drawing a page takes long."""
    loop = asyncio.get_running_loop()
    due_s, count = loop.time(), 0
    key = view.key(world.state, round(due_s * 1_000_000))
    picture = await asyncio.to_thread(view.draw, key)
    drawing: asyncio.Task[tuple[Hashable, Picture]] | None = None
    while file is None or file.looked_at:
        if view.device not in world.state.silent:
            send(stamped(picture, count))
        wanted = view.key(world.state, round(loop.time() * 1_000_000))
        if drawing is not None and drawing.done():
            (key, picture), drawing = drawing.result(), None
        if drawing is None and wanted != key:
            drawing = asyncio.create_task(_drawn(view, wanted))
        due_s, count = max(due_s + 1 / view.fps, loop.time() - 1 / view.fps), count + 1
        await asyncio.sleep(due_s - loop.time())


async def _drawn(view: View, key: Hashable) -> tuple[Hashable, Picture]:
    return key, await asyncio.to_thread(view.draw, key)


def _frame(view: View, key: Hashable, now_us: int) -> Frame:
    return Frame(*view.size, _RGB[view.name](key), now_us)


def _rgb(view: View, kept: int) -> Callable[[Hashable], bytes]:
    return functools.lru_cache(maxsize=kept)(lambda key: view.image(key).tobytes())


_RGB = {view.name: _rgb(view, kept) for view, kept in ((CITIZEN, 12), (DOCUMENT, 2))}
"""Drawn once: somebody sits, speaks and moves in a dozen ways (18 MB); the table is empty or holds a page (12 MB)."""
