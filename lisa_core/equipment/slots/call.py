"""The two ends of one leg of a call, and who makes them: what the booth's runtime and a desk know of media.

A leg carries the citizen's voice and picture and the table to the desk, and the agent's voice and picture back. It is
made new for every desk that answers; the booth always offers, descriptions are complete (nothing trickles after).
Nothing of it is recorded: an end keeps the newest picture and the last moment of sound, and `aclose` drops both.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import Frame
from lisa_core.domain.model.media.media_ways import DIRECT, MediaWays, RelayTrouble
from lisa_core.equipment.slots.devices import Camera, Loudspeaker, Microphone


class BoothLeg(Protocol):
    """The booth's end."""

    document_shown: bool
    """Whether the desk sees what lies under the document camera; at once, both ways. True at the start."""

    async def offer(self) -> str:
        """Return the complete description that goes to the desk. Called once."""
        ...

    async def accept(self, answer: str) -> None:
        """Take the desk's answer. Raises `ProtocolError` when it cannot be one."""
        ...

    async def connected(self, timeout_s: float) -> None:
        """Wait until media can flow. Raises `DeviceFault`: `call.unreachable` after that time, `call.failed`."""
        ...

    def faces(self) -> AsyncIterator[bytes]:
        """Yield pictures of the agent as JPEG, at most 15 a second and 960 wide, newest wins.

        Ends with the leg, also with one that is broken: `fault` says so.
        """
        ...

    def mute(self, muted: bool) -> None:
        """Let silence go out instead of what the microphone hears, and come in instead of the agent, or no longer."""
        ...

    def hold(self, on: bool) -> None:
        """Let nothing be heard of the agent while she speaks with somebody else."""
        ...

    def show_citizen(self, shown: bool) -> None:
        """Let the citizen's picture go out, or a grey cover instead."""
        ...

    def voice_level(self) -> float:
        """How loud the agent's voice arrived during the last 200 ms: root mean square, 0.0 to 1.0.

        Whether it was heard in the booth is the loudspeaker's affair.
        """
        ...

    def last_frame_age_us(self) -> int | None:
        """How long ago the newest picture of the agent came; None before the first."""
        ...

    @property
    def fault(self) -> DeviceFault | None:
        """What keeps our pictures or sound from arriving: a device's own fault, `call.sender`, `call.lost` or
        `call.silent`."""
        ...

    @property
    def relay_trouble(self) -> RelayTrouble | None:
        """Why no relay gave this end a way, once it is described; None where one did or none was asked."""
        ...

    async def aclose(self) -> None:
        """End it: nothing leaves the booth any more. Closing twice is harmless."""
        ...


class DeskLeg(Protocol):
    """The desk's end."""

    async def answer(self, offer: str) -> str:
        """Take the booth's offer and return the complete answer. Raises `ProtocolError` when it is none."""
        ...

    async def first_citizen_frame(self, timeout_s: float) -> Frame:
        """Wait for a picture of the citizen. Raises `DeviceFault` `call.no_picture` after that time."""
        ...

    async def first_document_frame(self, timeout_s: float) -> Frame:
        """Wait until the table is seen. Raises `DeviceFault` `call.no_picture` after that time."""
        ...

    def citizen_frame(self) -> Frame | None:
        """The newest picture of the citizen; `at_us` is when it came."""
        ...

    def document_frame(self) -> Frame | None:
        """The newest picture of the table in the camera's full resolution; None while the booth does not show it."""
        ...

    def frames(self) -> tuple[int, int]:
        """How many pictures came so far: of the citizen, of the table."""
        ...

    def speak(self, seconds: float) -> None:
        """Send the agent's voice for that long, from now on."""
        ...

    def voice_level(self) -> float:
        """How loud the citizen was during the last 200 ms: root mean square, 0.0 to 1.0."""
        ...

    @property
    def relay_trouble(self) -> RelayTrouble | None:
        """Why no relay gave this end a way, once it is described; None where one did or none was asked."""
        ...

    async def aclose(self) -> None:
        """End it. Closing twice is harmless."""
        ...


class ColleagueLeg(Protocol):
    """One of two desks that speak with each other (Rückfrage) while the citizen waits. The asking desk offers."""

    async def offer(self) -> str:
        """Return the complete description that goes to the colleague. Called once, by who asks."""
        ...

    async def accept(self, answer: str) -> None:
        """Take the colleague's answer. Raises `ProtocolError` when it cannot be one."""
        ...

    async def answer(self, offer: str) -> str:
        """Take the offer and return the complete answer. Raises `ProtocolError` when it is none."""
        ...

    async def first_face(self, timeout_s: float) -> Frame:
        """Wait for a picture of the colleague. Raises `DeviceFault` `call.no_picture` after that time."""
        ...

    def speak(self, seconds: float) -> None:
        """Send this agent's voice for that long, from now on."""
        ...

    def voice_level(self) -> float:
        """How loud the colleague was during the last 200 ms: root mean square, 0.0 to 1.0."""
        ...

    @property
    def relay_trouble(self) -> RelayTrouble | None:
        """Why no relay gave this end a way, once it is described; None where one did or none was asked."""
        ...

    async def aclose(self) -> None:
        """End it. Closing twice is harmless."""
        ...


class MediaFactory(Protocol):
    """Makes the ends: over WebRTC (equipment.media.call) or in memory (equipment.media.memory_call).

    `ways`: over which servers the leg may go, as the exchange has said.
    """

    async def booth_leg(
        self,
        citizen: Camera,
        document: Camera,
        microphone: Microphone,
        loudspeaker: Loudspeaker | None = None,
        *,
        ways: MediaWays = DIRECT,
    ) -> BoothLeg: ...

    async def desk_leg(self, agent_name: str, *, ways: MediaWays = DIRECT) -> DeskLeg:
        """The end of a desk without a page: its face is drawn and bears the initials of this name."""
        ...

    async def colleague_leg(self, agent_name: str, *, ways: MediaWays = DIRECT) -> ColleagueLeg:
        """One end between two such desks."""
        ...
