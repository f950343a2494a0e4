"""The citizen's screen as a scenario sees it: every view passes on to the real screen and is remembered here."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from lisa_core.booth.screen.shown import digests
from lisa_core.domain.model.json_types import JsonMap
from lisa_core.domain.model.screen import ScreenScene, ScreenView, Touch
from lisa_core.domain.model.values import to_json
from lisa_core.equipment.slots.devices import Screen, ShowsPages
from lisa_core.host.patience import PATIENCE_S, patience

T = TypeVar("T")

LOOK_S = 0.005
"""Seconds between two looks at the page."""


class WatchedScreen:
    """Fulfils the slot `Screen` around another one."""

    def __init__(self, inner: Screen, views: int = 5_000) -> None:
        self.view = ScreenView(ScreenScene.FREE, "")
        self.seen: deque[ScreenView] = deque(maxlen=views)
        """The last `views` views, the newest last."""
        self.face = b""
        self.faces = 0
        self.pages: dict[str, bytes] = {}
        """The pictures of her pages that belong to the newest view."""
        self.on_page: Callable[[], JsonMap] | None = None
        """What has come to the page, as JSON, where an emulated kiosk shows it."""
        self._inner = inner
        self._change = asyncio.Event()
        self._told: tuple[ScreenView | None, JsonMap] = (None, {})

    async def show(self, view: ScreenView) -> None:
        self.view = view
        self.seen.append(view)
        self._wake()
        await self._inner.show(view)

    async def show_face(self, jpeg: bytes) -> None:
        if bool(jpeg) != bool(self.face):
            self._wake()
        self.face = jpeg
        self.faces += bool(jpeg)
        await self._inner.show_face(jpeg)

    async def show_page(self, digest: str, jpeg: bytes) -> None:
        self.pages = {known: jpeg for known, jpeg in self.pages.items() if known in digests(self.view)}
        self.pages[digest] = jpeg
        if isinstance(self._inner, ShowsPages):
            await self._inner.show_page(digest, jpeg)

    def touches(self) -> AsyncIterator[Touch]:
        return self._inner.touches()

    async def until(self, condition: Callable[[WatchedScreen], T | None], what: str, within_s: float = PATIENCE_S) -> T:
        """Wait until the screen shows what `condition` looks for; `AssertionError` says what it shows instead."""
        try:
            async with patience(within_s):
                while not (value := condition(self)):
                    await self._change.wait()
                await self._arrives()
                return value
        except TimeoutError:
            title = self.on_page().get("title", "") if self.on_page is not None else self.view.title
            raise AssertionError(
                f"Bildschirm: {what} – nicht innerhalb von {within_s:g} s. Er zeigt: {title}"
            ) from None

    async def _arrives(self) -> None:
        """What the booth wants to be seen is seen: also on the page, where somebody looks at it."""
        while self.on_page is not None and self.on_page() != self._as_json():
            await asyncio.sleep(LOOK_S)

    def _as_json(self) -> JsonMap:
        if self._told[0] is not self.view:
            self._told = self.view, json.loads(json.dumps(to_json(self.view)))
        return self._told[1]

    def _wake(self) -> None:
        self._change.set()
        self._change = asyncio.Event()
