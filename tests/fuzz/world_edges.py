"""What pages and guests say to the emulated world, and touches of the citizen's screen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from typing import Any

from starlette.types import ASGIApp, Message

from emulator.paper.strokes import parse
from emulator.stage import stage
from emulator.world import live_world
from emulator.world.live_world import HostedWorld
from emulator.world.world import World, as_json, from_json
from lisa_core.booth.screen.page import PageScreen
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.screen import NOTHING_TOUCHED, Button, ScreenScene, ScreenView
from lisa_core.harness.tester.page import build_page
from lisa_core.harness.tester.panel import Kind, Panel
from lisa_core.host.data import data_dir
from tests.fuzz.edge import Edge, runner
from tests.fuzz.link_edges import text_of
from tests.fuzz.mutation import damaged
from tests.fuzz.shapes import either, json_text

_ACTS: Sequence[tuple[str, dict[str, Any]]] = (
    ("enter", {"distance_cm": 140}),
    ("sit", {}),
    ("speak", {"duration_us": 5}),
    ("show", {"document": "mietvertrag"}),
    ("lay_on_glass", {"page": "mietvertrag:1"}),
    ("feed", {"pages": ["mietvertrag:1", "mietvertrag:2"]}),
    ("draw_in", {"jam": True}),
    ("set_jam", {"page": 2}),
    ("sign", {"recording": "musterfrau"}),
    ("ink", {"visible": True}),
    ("touch", {"button": "ja"}),
    ("light", {"colour": "rot"}),
    ("silence", {"device": "scanner"}),
    ("wake", {"device": "scanner"}),
    ("hand_out", {"sheet": "Kopie abcd"}),
    ("set_jam", {"page": 1}),
    ("press_button", {}),
)


def guests() -> Sequence[bytes]:
    return [json.dumps({"id": 7, "act": name, "args": args}).encode() for name, args in _ACTS]


def stage_acts() -> Sequence[bytes]:
    drawn = {"points": [[0, 10, 10, 500], [5, 20, 20, 500], [10, 30, 30, 0]]}
    more: Sequence[tuple[str, dict[str, Any]]] = (
        ("speak", {"seconds": 3}),
        ("sign", drawn),
        ("feed", {"document": "mietvertrag"}),
        ("lay_on_glass", {}),
    )
    return [json.dumps({"act": name, "args": args}).encode() for name, args in (*_ACTS, *more)]


def _in_a_world(answer: Callable[[HostedWorld], Awaitable[dict[str, Any]]]) -> None:
    """Whatever is said to a world with somebody in it: an answer, and a world that all others can still be told."""

    async def told() -> None:
        world = HostedWorld()
        await world.act("enter", distance_cm=140)
        said = await answer(world)
        json.dumps(said).encode()
        whole(world)

    runner().run(told())


def whole(world: HostedWorld) -> None:
    """All others can be told of it, and read it as it is."""
    snapshot = json.dumps(as_json(world.state), allow_nan=False, ensure_ascii=False)
    assert from_json(json.loads(snapshot)) == world.state
    assert len(snapshot) < live_world.MAX_LINE
    snapshot.encode()


def take_guest(data: bytes, chance: Random) -> None:
    _in_a_world(lambda world: live_world._answer(world, data.replace(b"\n", b" ")))


def take_stage_act(data: bytes, chance: Random) -> None:
    """As the page says it: over the WebSocket of the whole application."""
    text = text_of(data).encode("utf-8", "replace").decode()
    if any(slow in text for slow in ("_door", "speak", "press_button")):
        return  # these take their time, on the wall

    async def acted() -> None:
        world = HostedWorld()
        await world.act("enter", distance_cm=140)
        await said_to(stage.build_stage(world, "http://127.0.0.1:9/"), text)
        whole(world)

    runner().run(acted())


async def said_to(app: ASGIApp, text: str) -> list[str]:
    """Open `/ws` of this application, say it, and close; what it said. It may not fail: then it would raise here."""
    arriving: list[dict[str, Any]] = [{"type": "websocket.connect"}, {"type": "websocket.receive", "text": text}]
    heard: list[str] = []

    async def receive() -> Message:
        await asyncio.sleep(0)
        return arriving.pop(0) if arriving else {"type": "websocket.disconnect", "code": 1000}

    async def send(message: Message) -> None:
        if message["type"] == "websocket.send":
            heard.append(message.get("text") or "")

    scope = {"type": "websocket", "path": "/ws", "root_path": "", "headers": [(b"host", b"127.0.0.1:9")]}
    await app({**scope, "query_string": b"", "subprotocols": []}, receive, send)
    return heard


def snapshots() -> Sequence[bytes]:
    return [json.dumps(as_json(World())).encode(), json.dumps(as_json(World(feeder=("a:1",), touches=("x",)))).encode()]


def recordings() -> Sequence[bytes]:
    return [path.read_bytes() for path in sorted((data_dir("fixtures") / "strokes").glob("*.json"))]


def take_recording(data: bytes, chance: Random) -> None:
    recording = parse(text_of(data), "fuzz")
    assert recording.duration_us > 0


_VIEW = ScreenView(ScreenScene.TALK, "Gespräch", "", buttons=(Button("ja", "Ja"), Button("nein", "Nein")))


def touches() -> Sequence[bytes]:
    return [b'{"touch":"ja"}', b'{"touch":"nein"}', b'{"touch":"nichts"}']


def take_touch(data: bytes, chance: Random) -> None:
    """A touch of a button that is shown is one, anything else is nothing."""
    text = text_of(data).encode("utf-8", "replace").decode()

    async def touched() -> None:
        screen = PageScreen()
        await screen.show(_VIEW)
        await said_to(screen.app, text)
        while not screen._touches.empty():
            touch = screen._touches.get_nowait()
            assert touch is NOTHING_TOUCHED or touch.button in ("ja", "nein")

    runner().run(touched())


def replies() -> Sequence[bytes]:
    return [b'{"number":1,"reply":"erledigt","reason":""}', b'{"number":1,"reply":"geht nicht","reason":"x"}']


def take_reply(data: bytes, chance: Random) -> None:
    """An answer to a question that was asked, or nothing."""
    text = text_of(data).encode("utf-8", "replace").decode()

    async def answered() -> None:
        panel = Panel(60.0)
        asking = asyncio.create_task(panel.ask(Kind.ACT, "Bitte Platz nehmen"))
        await panel.changed(None)
        await said_to(build_page(panel), text)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)

    runner().run(answered())


EDGES = (
    Edge("world-guest", guests, either(json_text, damaged), take_guest, 20_000, ()),
    Edge("stage", stage_acts, either(json_text, damaged), take_stage_act, 20_000, ()),
    Edge("recording", recordings, either(json_text, damaged), take_recording, 4_000, (HarnessError,)),
    Edge("tester", replies, either(json_text, damaged), take_reply, 6_000, ()),
    Edge("screen", touches, either(json_text, damaged), take_touch, 16_000, ()),
)
