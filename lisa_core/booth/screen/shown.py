"""What is on the screen now and since when: which touch counts is decided here, for every page and every screen."""

from __future__ import annotations

from collections.abc import Callable

from lisa_core.domain.model.screen import READ_TO_THE_END, ScreenView
from lisa_core.equipment.slots.devices import Screen, ShowsPages


class Shown:
    """The view that was shown last; `view` None before the first."""

    def __init__(self, screen: Screen) -> None:
        self.view: ScreenView | None = None
        self._screen = screen
        self._pages = screen if isinstance(screen, ShowsPages) else None
        self._since_us = 0

    def counts(self, button: str, now_us: int) -> bool:
        """Whether this touch counts: the button is shown, is active, and what can be touched did not just change.

        That the end of the declaration was in sight is no touch of a finger, and counts at once.
        """
        view = self.view
        if view is None or not any(one.id == button and one.active for one in view.buttons):
            return False
        settled = now_us - self._since_us >= view.deaf_ms * 1_000
        return settled or button.startswith(f"{READ_TO_THE_END}:")

    async def show(self, view: ScreenView, now_us: int, picture_of: Callable[[str], bytes]) -> None:
        """Show this view if it differs, with the pictures of her pages that the screen does not have yet."""
        before = self.view
        if view == before:
            return
        if before is None or view.buttons != before.buttons:
            self._since_us = now_us
        self.view = view
        if self._pages is not None:
            had = digests(before) if before is not None else set()
            for digest in digests(view) - had:
                await self._pages.show_page(digest, picture_of(digest))
        await self._screen.show(view)


def digests(view: ScreenView) -> set[str]:
    """The pages whose pictures belong to this view."""
    return {digest for paper in view.papers for digest in paper.pictures}
