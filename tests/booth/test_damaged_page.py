"""A scanner whose first page arrives damaged, at a booth with real devices: a sentence, and the visit goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime

import pytest
from starlette.applications import Starlette
from starlette.types import Message, Receive, Scope, Send

from emulator.devices.listener import bound_socket
from emulator.devices.scanner import CAPABILITIES
from emulator.devices.scanning.server import ScannerServer
from emulator.paper.paper import pages_of
from emulator.world.live_world import HostedWorld
from lisa_core.config.profile import SlotBinding, load_profile
from lisa_core.desk.client import open_desk
from lisa_core.domain.model.directory import Deadlines
from lisa_core.harness.rig.rig import Wishes, open_rig
from lisa_core.web.asgi import serve
from tests.booth.test_workshop import PAGE, children, png

MONDAY = datetime.fromisoformat("2026-11-23T10:00")


class Damaging:
    """An emulated scanner behind something that spoils the first page."""

    def __init__(self, world: HostedWorld, spoil: Callable[[bytes], bytes]) -> None:
        self._app, self._spoil = Starlette(routes=ScannerServer(world, CAPABILITIES).routes()), spoil
        self._spoilt = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = scope["type"] == "http" and scope["path"].endswith("NextDocument") and not self._spoilt
        await self._app(scope, receive, self._spoiling(send) if wanted else send)

    def _spoiling(self, send: Send) -> Send:
        async def changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [had for had in message["headers"] if had[0] != b"content-length"]
            elif message["body"].startswith(b"\xff\xd8"):
                message["body"], self._spoilt = self._spoil(message["body"]), True
            await send(message)

        return changed


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda page: PAGE[:3] + b"text" * 500 + PAGE[-2:], "kam beschädigt an"),
        (lambda page: png("1", 13_000, 13_000), "als Bild zu groß"),
    ],
    ids=["text between the right ends", "169 million pixels"],
)
def test_the_visit_goes_on_after_a_page_that_is_no_picture(spoil: Callable[[bytes], bytes], said: str) -> None:
    async def scenario(stack: AsyncExitStack) -> None:
        world = HostedWorld()
        await world.act("feed", pages=pages_of("mietvertrag"))
        count = len(world.state.feeder)
        address = await stack.enter_async_context(serve(Damaging(world, spoil), bound_socket("")))
        profile = replace(load_profile("emulated"), deadlines=Deadlines())
        slots = {**profile.slots, "scanner": SlotBinding("scanner", "escl", f"http://{address}/eSCL", {})}
        rig = await stack.enter_async_context(open_rig(replace(profile, slots=slots), Wishes(civil=MONDAY)))
        agent = rig.agent_of("lisa-team")
        desk = await stack.enter_async_context(open_desk(agent, rig.media, rig.dial_desk, agent))
        desk.ready()
        await rig.opened.actor.enter()
        await desk.until(lambda d: d.offer, "klingelt", 30)
        desk.accept()
        await desk.until(lambda d: d.leg, "im Gespräch", 30)
        desk.scan("Mietvertrag")
        await desk.until(lambda d: said in d.case.notice, said, 30)
        assert "Seite 1 von „Mietvertrag“" in desk.case.notice
        assert not desk.previews
        desk.scan("Mietvertrag")
        await desk.until(lambda d: len(d.previews) == count - 1, "die übrigen Seiten", 30)
        desk.accept_paper(desk.case.papers[-1].id)
        await desk.until(lambda d: not d.case.notice, "übernommen", 30)
        assert rig.booth.linked
        assert len(children()) == 1

    async def run() -> None:
        async with asyncio.timeout(120), AsyncExitStack() as stack:
            await scenario(stack)
        assert not children()

    asyncio.run(run())
