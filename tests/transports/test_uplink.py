"""The dialled link of booth and desk: what it says by itself."""

from __future__ import annotations

import asyncio

from lisa_core.gherkin.virtual import VirtualLoop
from lisa_core.model.ids import AgentId
from lisa_core.protocols import messages as m
from lisa_core.protocols.link import LinkEnd
from lisa_core.transports.channel import Channel, memory_channels
from lisa_core.transports.uplink import Uplink


def test_acknowledgements_do_not_acknowledge_each_other_for_ever() -> None:
    """The exchange answers each, so that pages see that it is there; a booth that did so too would never be still."""

    async def run() -> int:
        here, there = memory_channels()

        async def dial() -> Channel:
            return here

        uplink = Uplink(dial, lambda seen: m.DeskHello(AgentId("brandt"), "s", seen))
        running = asyncio.create_task(uplink.run())
        end, said = LinkEnd(), 0
        await there.receive()
        await there.send(end.send(m.Welcome("s", 0, "Frau Brandt", "", "l")))
        await there.send(end.send(m.Withdrawn("citizen")))
        try:
            async with asyncio.timeout(60):
                while True:
                    end.receive(await there.receive())
                    said += 1
                    await there.send(end.send(m.Ack()))
        except TimeoutError:
            assert end.unacked == ()
            return said
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert runner.run(run()) == 1
