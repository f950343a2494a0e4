"""A talk over a bad line to the relay; then the booth gets another address, and the talk goes on over that."""

from __future__ import annotations

import asyncio
from pathlib import Path

from emulator.network.weather import Weather
from lisa_core.booth.screen import texts
from lisa_core.desk.client import DeskClient
from lisa_core.domain.model.call_words import DeskMode
from lisa_core.exchange.ways import Ways
from lisa_core.wire import messages as m
from tests.media.booths import LIMIT_S, plain
from tests.nets.coturn import need_coturn
from tests.nets.namespaces import need_networks
from tests.nets.town import BOOTH, Cabin, Nets, Town, moves, plan, three_networks, town

WEATHER = Weather(seed=7, loss=0.03, delay_s=0.03, jitter_s=0.01)
AFTERWARDS = "10.77.1.77"
RED = (200, 40, 30)


def test_a_talk_goes_on_over_a_bad_line_and_after_a_change_of_address(tmp_path: Path) -> None:
    need_networks()
    need_coturn()

    async def scenario(nets: Nets) -> None:
        async with town(nets, Ways(plan(nets, relay_only=True))) as here:
            await here.talk()
            await here.desk.until(lambda desk: desk.leg and desk.leg.frames()[0] > 20 and desk.leg.frames()[1], LIMIT_S)
            assert not here.desk.it.notices, "that it is bad shows in the picture, and breaks nothing"
            before = here.cabin.it.booth.state
            await _moves(nets, here)
            await here.desk.until(lambda desk: any(one.code == "media.back" for one in desk.notices), 2 * LIMIT_S)
            here.cabin.it.citizen.picture = plain(320, 240, RED)
            await here.desk.until(_sees_red, LIMIT_S)
            assert here.cabin.it.booth.state == before, "the same visit, call and leg"
            assert [one.code for one in here.desk.it.notices] == ["media.lost", "media.back"]
            assert not any(isinstance(body, m.CallEnded) for body in here.desk.it.history.since(0))
            assert here.desk.it.state is DeskMode.TALKING

    with three_networks(tmp_path, weather=WEATHER) as nets:
        asyncio.run(scenario(nets))


async def _moves(nets: Nets, here: Town) -> None:
    """Its address is gone, and another is there; its line to the exchange breaks with it."""

    async def cut(cabin: Cabin) -> None:
        await cabin.line.cut()

    moves(nets.booth, BOOTH, AFTERWARDS, "netz")
    await here.cabin.do(cut)
    here.cabin.it.line.mend()
    await here.cabin.until(lambda cabin: cabin.screen.view.notice == texts.BROKEN, LIMIT_S)
    await here.cabin.until(lambda cabin: cabin.screen.view.notice == "", LIMIT_S)


def _sees_red(desk: DeskClient) -> bool:
    frame = desk.leg.citizen_frame() if desk.leg else None
    return frame is not None and frame.rgb[0] > 150
