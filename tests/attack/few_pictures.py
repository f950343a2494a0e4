"""Talks in which a picture comes once a second: no row is about them, and to code them was half of it all."""

from __future__ import annotations

from collections.abc import AsyncIterator

from lisa_core.domain.model.frames import Frame
from lisa_core.domain.model.media.media_ways import DIRECT, MediaWays
from lisa_core.equipment.media.call import RtcMedia
from lisa_core.equipment.media.desk_call import DeskCall
from lisa_core.equipment.media.face import drawn_face

SLOW_CAMERAS = ("citizen-camera.langsam", "document-camera.langsam")
"""Faults of a booth's world; to whoever looks such a camera is a whole one."""
EVERY = 8
"""Of so many pictures of a drawn face, which is a second of it, one."""


class FewPictures(RtcMedia):
    """The media of a desk whose agent is seen as seldom."""

    async def desk_leg(self, agent_name: str, *, ways: MediaWays = DIRECT) -> DeskCall:
        return DeskCall(_seldom(drawn_face(agent_name)), ways)


async def _seldom(face: AsyncIterator[Frame]) -> AsyncIterator[Frame]:
    number = 0
    async for picture in face:
        if number % EVERY == 0:
            yield picture
        number += 1
