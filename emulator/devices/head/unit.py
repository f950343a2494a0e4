"""Emulated head of the camera over the table: it turns and zooms by VISCA, on a serial line, over IP or raw TCP.

It works on two commands at a time (Sony EVI-D70 technical manual, command list); a drive is done as soon as it has
begun. Its address on the line is 1. How fast it turns, and that its range is 1440 and 360 steps to a side, is its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from emulator.world.live_world import LiveWorld
from emulator.world.world import PAN_MOST, TILT_MOST, ZOOM_MOST, Axis, Head
from lisa_core.equipment.codecs.visca import replies as r
from lisa_core.equipment.codecs.visca import requests as q
from lisa_core.host import clock

NAME = "camera-head"
STUCK, BUSY, HANGS = f"{NAME}.klemmt", f"{NAME}.belegt", f"{NAME}.haengt"
WHOLE_WAY_S = 0.4
"""So long an axis takes from one end to the other at full speed."""
POWER_UP_S = 0.2
VERSION = bytes.fromhex("00 20 04 0e 01 00 02")
"""Maker 0020 (Sony), model, ROM, sockets: what a head says of this kind."""
_LIMITS: Mapping[str, tuple[int, int]] = {
    "pan": (-PAN_MOST, PAN_MOST),
    "tilt": (-TILT_MOST, TILT_MOST),
    "zoom": (0, ZOOM_MOST),
}
Say = Callable[[r.Reply], None]
Turn = tuple[str, int, float]
"""An axis, where to, and its speed as a part of full speed."""


def place(head: Head, now_us: int) -> dict[str, int]:
    """Where each axis stands."""
    return {axis: getattr(head, axis).at(now_us) for axis in _LIMITS}


@dataclass(slots=True)
class Unit:
    """One camera head in a world; `take` does what a client says, and `say` gets each reply, also later ones."""

    world: LiveWorld
    on: bool = True
    autofocus: bool = True
    presets: dict[int, dict[str, int]] = field(default_factory=dict)
    at_work: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _up_s: float = 0.0

    async def take(self, to: q.To, say: Say) -> None:
        """Silence for another camera, and for everybody while it is unplugged."""
        if NAME in self.world.state.silent or to.camera not in (1, q.EVERY_CAMERA):
            return
        match to.request:
            case q.AddressSet(first):
                say(r.Numbered(first + 1))
            case q.Clear():
                self.close()
                say(r.Cleared() if to.camera == q.EVERY_CAMERA else r.Told())
            case q.Inquire(what):
                say(r.Told(self._told(what)))
            case q.CancelSocket(socket):
                await self._cancel(socket, say)
            case q.UnknownCommand():
                say(r.ViscaRefusal(0, r.ViscaError.SYNTAX))
            case command:
                await self._command(command, say)

    def close(self) -> None:
        """Forget every command."""
        for task in self.at_work.values():
            task.cancel()
        self.at_work.clear()

    def _told(self, what: q.Inquiry) -> bytes:
        at = place(self.world.state.head, clock.now_us())
        match what:
            case q.Inquiry.POWER:
                return b"\x02" if self.on else b"\x03"
            case q.Inquiry.FOCUS:
                return b"\x02" if self.autofocus else b"\x03"
            case q.Inquiry.ZOOM:
                return q.nibbles(at["zoom"])
            case q.Inquiry.PAN_TILT:
                return q.nibbles(at["pan"]) + q.nibbles(at["tilt"])
            case q.Inquiry.VERSION:
                return VERSION

    async def _cancel(self, socket: int, say: Say) -> None:
        task = self.at_work.pop(socket, None)
        if task is None:
            say(r.ViscaRefusal(socket, r.ViscaError.NO_SOCKET))
            return
        task.cancel()
        await self._turn([(axis, at, 1.0) for axis, at in place(self.world.state.head, clock.now_us()).items()])
        say(r.ViscaRefusal(socket, r.ViscaError.CANCELLED))

    async def _command(self, command: q.Request, say: Say) -> None:
        free = next((socket for socket in q.SOCKETS if socket not in self.at_work), 0)
        if refused := self._refused(command, free):
            say(refused)
            return
        say(r.ViscaAck(free))
        turns = self._turns(command)
        if turns and not isinstance(command, q.Drive | q.ZoomDrive):
            self.at_work[free] = asyncio.create_task(self._carry_out(free, turns, say), name=f"{NAME} {free}")
            return
        await self._turn(turns)
        self._switch(command)
        say(r.Done(free))

    def _refused(self, command: q.Request, free: int) -> r.ViscaRefusal | None:
        """Why it does not take this command now."""
        faults = self.world.state.faults
        if not _is_possible(command) or (isinstance(command, q.Preset) and not self._knows(command)):
            return r.ViscaRefusal(0, r.ViscaError.SYNTAX)
        if not free or BUSY in faults:
            return r.ViscaRefusal(0, r.ViscaError.FULL)
        starting = not self.on or asyncio.get_running_loop().time() < self._up_s
        if not isinstance(command, q.Power) and (starting or STUCK in faults):
            return r.ViscaRefusal(free, r.ViscaError.NOT_EXECUTABLE)
        return None

    def _knows(self, command: q.Preset) -> bool:
        return command.memory is not q.Memory.RECALL or command.number in self.presets

    def _switch(self, command: q.Request) -> None:
        match command:
            case q.Power(on):
                self._up_s = asyncio.get_running_loop().time() + POWER_UP_S if on and not self.on else self._up_s
                self.on = on
            case q.AutoFocus(on):
                self.autofocus = on
            case q.Preset(q.Memory.SET, number):
                self.presets[number] = place(self.world.state.head, clock.now_us())
            case q.Preset(q.Memory.FORGET, number):
                self.presets.pop(number, None)
            case _:
                return

    def _turns(self, command: q.Request) -> list[Turn]:
        at = place(self.world.state.head, clock.now_us())
        match command:
            case q.ZoomTo(position):
                return [("zoom", position, 1.0)]
            case q.ZoomDrive(way, speed):
                return [_driven("zoom", way, at, ((7 if speed is None else speed) + 1) / 8)]
            case q.MoveTo(pan, tilt, pan_speed, tilt_speed, relative):
                goals = (at["pan"] + pan, at["tilt"] + tilt) if relative else (pan, tilt)
                fast = (pan_speed / q.FASTEST_PAN, tilt_speed / q.FASTEST_TILT)
                return [("pan", goals[0], fast[0]), ("tilt", goals[1], fast[1])]
            case q.Drive(pan, tilt, pan_speed, tilt_speed):
                return [
                    _driven("pan", pan, at, pan_speed / q.FASTEST_PAN),
                    _driven("tilt", tilt, at, tilt_speed / q.FASTEST_TILT),
                ]
            case q.Home() | q.SeekMiddle():
                return [("pan", 0, 1.0), ("tilt", 0, 1.0)]
            case q.Preset(q.Memory.RECALL, number):
                return [(axis, goal, 1.0) for axis, goal in self.presets[number].items()]
            case _:
                return []

    async def _turn(self, turns: list[Turn]) -> float:
        """Set axes in motion; how many seconds the longest takes."""
        longest = 0.0
        for axis, wanted, speed in turns:
            least, most = _LIMITS[axis]
            goal, at = max(least, min(most, wanted)), place(self.world.state.head, clock.now_us())[axis]
            takes_s = WHOLE_WAY_S * abs(goal - at) / (most - least) / max(speed, 0.01)
            await self.world.act("turn", axis=axis, to=goal, duration_us=round(takes_s * 1_000_000))
            longest = max(longest, takes_s)
        return longest

    async def _carry_out(self, socket: int, turns: list[Turn], say: Say) -> None:
        while HANGS in self.world.state.faults:
            await self.world.changed(self.world.state.revision)
        await asyncio.sleep(await self._turn(turns))
        for axis, _, _ in turns:  # what is there rests: who looks at the world's changes sees it arrive
            there: Axis = getattr(self.world.state.head, axis)
            if there.since_us != there.until_us and there.until_us <= clock.now_us():
                await self.world.act("turn", axis=axis, to=there.to)
        del self.at_work[socket]
        say(r.Done(socket))


def _driven(axis: str, way: int, at: Mapping[str, int], speed: float) -> Turn:
    """To its end, or to where it stands: that stops it."""
    least, most = _LIMITS[axis]
    return axis, {-1: least, 0: at[axis], 1: most}[way], speed


def _is_possible(command: q.Request) -> bool:
    match command:
        case q.MoveTo(pan_speed=pan_speed, tilt_speed=tilt_speed) | q.Drive(pan_speed=pan_speed, tilt_speed=tilt_speed):
            return pan_speed <= q.FASTEST_PAN and tilt_speed <= q.FASTEST_PAN
        case q.ZoomTo(position):
            return position <= ZOOM_MOST
        case _:
            return True
