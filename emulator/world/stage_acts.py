"""What the buttons of the Simulierte Kabine do: each is an act of the emulated citizen; refusals are in German."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping

from emulator.paper.paper import fixtures_dir
from emulator.paper.strokes import load
from emulator.world.actor import EmulatedActor
from emulator.world.arguments import understood
from emulator.world.live_world import LiveWorld
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonMap

DOOR_S = 0.5
"""A person at the page wants to see the door move."""
MAX_SPEECH_S = 60
MAX_PAGE = 99
MAX_DRAWN_CHARS = 48_000
"""A drawn signature travels inside the world's snapshots, to each guest and with every change."""

Args = JsonMap
Doing = Callable[["PlayedActor", Args], Awaitable[None]]


class PlayedActor(EmulatedActor):
    """The citizen's body, played by a person: it walks slowly enough to be watched."""

    def __init__(self, world: LiveWorld) -> None:
        super().__init__(world)
        self.world = world

    async def open_door(self) -> None:
        await super().open_door()
        await asyncio.sleep(DOOR_S)

    async def close_door(self) -> None:
        await asyncio.sleep(DOOR_S)
        await super().close_door()


async def perform(world: LiveWorld, name: str, args: Args) -> None:
    """Do what the button `name` says. Raises `HarnessError` with a German sentence when it cannot be done."""
    if name not in DOINGS:
        raise HarnessError(f"Die Handlung {name!r} gibt es nicht; bekannt: {', '.join(sorted(DOINGS))}.")
    if name == "enter" and world.state.people:
        raise HarnessError("Es ist schon jemand in der Kabine.")
    if name not in FROM_OUTSIDE and not world.state.people:
        raise HarnessError("Es ist niemand in der Kabine. Bitte zuerst eintreten.")
    await DOINGS[name](PlayedActor(world), args)


def known_recordings() -> tuple[tuple[str, str], ...]:
    """Name and title of each recorded signature in fixtures/strokes, sorted by name."""
    names = sorted(path.stem for path in (fixtures_dir() / "strokes").glob("*.json"))
    return tuple((name, load(name).title) for name in names)


async def _set_jam(actor: PlayedActor, args: Args) -> None:
    await actor.world.act("set_jam", page=_number(args, "page", 0, MAX_PAGE))


async def _sign(actor: PlayedActor, args: Args) -> None:
    """Play a recording from the fixtures, or the points that were drawn with the mouse."""
    if "points" in args:
        recording = json.dumps({"title": "gezeichnet", "points": args["points"]}, separators=(",", ":"))
    else:
        recording = str(args.get("recording", ""))
    if len(recording) > MAX_DRAWN_CHARS:
        raise HarnessError("Die gezeichnete Unterschrift ist zu lang. Bitte leeren und kürzer unterschreiben.")
    try:
        load(recording)
    except HarnessError as error:
        raise HarnessError(f"Diese Unterschrift kann der Stift nicht schreiben ({error}).") from error
    await actor.sign(recording)


DOINGS: Mapping[str, Doing] = {
    "enter": lambda actor, args: actor.enter(),
    "sit": lambda actor, args: actor.sit(),
    "stand": lambda actor, args: actor.stand(),
    "leave": lambda actor, args: actor.leave(),
    "open_door": lambda actor, args: actor.open_door(),
    "close_door": lambda actor, args: actor.close_door(),
    "press_button": lambda actor, args: actor.press_call_button(),
    "speak": lambda actor, args: actor.speak(_number(args, "seconds", 1, MAX_SPEECH_S)),
    "show": lambda actor, args: actor.show_papers(_document(args)),
    "feed": lambda actor, args: actor.feed_papers(_document(args)),
    "lay_on_glass": lambda actor, args: actor.lay_on_glass(_document(args)),
    "lay_card": lambda actor, args: actor.lay_card(str(understood("lay_card", args)["card"])),
    "take_cards": lambda actor, args: actor.take_cards(),
    "take_papers": lambda actor, args: actor.take_papers(),
    "set_jam": _set_jam,
    "clear_jam": lambda actor, args: actor.clear_jam(),
    "sign": _sign,
}
"""The act on the wire -> what the citizen does; what only devices do to the world (draw_in, light) is missing."""

FROM_OUTSIDE = frozenset({"enter", "open_door", "close_door", "set_jam"})
"""What can be done while nobody is inside."""


def _document(args: Args) -> str:
    return str(args.get("document", ""))


def _number(args: Args, name: str, least: int, most: int) -> int:
    value = args.get(name)
    if type(value) is not int or not least <= value <= most:
        raise HarnessError(f"{name}: eine ganze Zahl von {least} bis {most} wird gebraucht.")
    return value
