"""Picture and sound over a relay of others, where there is no other way; and what is said when it gives none."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from aioice.stun import TransactionFailed
from aioice.turn import create_turn_endpoint

from lisa_core.desk.client import DeskClient
from lisa_core.domain.model.media.media_ways import RelayTrouble
from lisa_core.exchange.texts import NO_OTHER_WAY, OTHER_WAYS, RELAYS, THE_BOOTH, THIS_DESK
from lisa_core.exchange.ways import MISSING, Ways
from lisa_core.wire import messages as m
from tests.media.booths import LIMIT_S
from tests.nets.coturn import EVERYBODY, PORT
from tests.nets.town import AGENT, BOOTH, DESK, RELAY, SITE, Nets, all_held, other_secret, plan, town
from tests.tidy.sources import ROOT

URLS = {
    "UDP": (f"turn:{RELAY}:{PORT}",),
    "TCP, where UDP gets no answer": (f"turn:{RELAY}:9", f"turn:{RELAY}:{PORT}?transport=tcp"),
}


def test_booth_and_desk_reach_the_relay_and_not_each_other(nets: Nets) -> None:
    with nets.desk.do(_open) as desk, nets.booth.do(_open) as booth, nets.middle.do(_open) as middle:
        desk.bind((DESK, 0))
        booth.bind((BOOTH, 0))
        booth.sendto(b"from the booth", desk.getsockname())
        middle.sendto(b"from the middle", booth.getsockname())
        middle.sendto(b"from the middle", desk.getsockname())
        assert [end.recv(100) for end in (booth, desk)] == [b"from the middle"] * 2


@pytest.mark.parametrize("urls", URLS)
def test_a_talk_goes_over_the_relay(nets: Nets, urls: str) -> None:
    async def scenario() -> None:
        async with town(nets, Ways(plan(nets, turn=URLS[urls]))) as here:
            await here.talk()
            await here.desk.until(lambda desk: desk.leg and desk.leg.citizen_frame(), LIMIT_S)
            await here.desk.until(lambda desk: desk.leg.document_frame(), LIMIT_S)
            here.cabin.it.hums.speaking = True
            await here.desk.until(lambda desk: desk.leg.voice_level() > 0.03, LIMIT_S)

            async def speaks(desk: DeskClient) -> None:
                desk.leg.speak(LIMIT_S)

            await here.desk.do(speaks)
            await here.cabin.until(lambda cabin: cabin.booth.voice_level() > 0.03, LIMIT_S)
            assert not here.logged(MISSING)
            written = "\n".join(here.journal.written)
            assert "call.answered" in written, "what is not acknowledged yet is kept on the disk"
            assert "call.ways" not in written, "and names and words for the relay are not"

    asyncio.run(scenario())


LONG_AGO_S = 10 * 3600
FAULTS: dict[RelayTrouble, Callable[[Nets, Path], Ways]] = {
    RelayTrouble.REFUSED: lambda nets, folder: Ways(plan(nets, secret_file=str(other_secret(folder)))),
    RelayTrouble.EXPIRED: lambda nets, _: Ways(plan(nets), lambda: time.time() - LONG_AGO_S),
    RelayTrouble.FULL: lambda nets, _: Ways(plan(nets)),
    RelayTrouble.AWAY: lambda nets, _: Ways(plan(nets, turn=(f"turn:{RELAY}:9",))),
}


@pytest.mark.parametrize("trouble", FAULTS)
def test_why_a_relay_gives_no_way_is_told_to_the_agent_and_logged(
    nets: Nets, tmp_path: Path, trouble: RelayTrouble
) -> None:
    async def scenario() -> None:
        held = all_held(nets) if trouble is RelayTrouble.FULL else contextlib.nullcontext()
        async with held, town(nets, FAULTS[trouble](nets, tmp_path)) as here:
            await here.talk()
            await here.desk.until(lambda desk: {*CODES} <= {one.code for one in desk.notices}, LIMIT_S)
            told = {one.code: one.text for one in here.desk.it.notices}
            for code, who in CODES.items():
                assert told[code] == f"{RELAYS[trouble].format(who)} {OTHER_WAYS}"
            assert {*here.logged(MISSING)} == {(SITE, trouble), (AGENT, trouble)}

    asyncio.run(scenario())


INSIDE = (DESK, "10.77.2.1", "127.0.0.1", "10.77.1.1", "0.0.0.0", "169.254.169.254", "224.0.0.1", "255.255.255.255")


def test_nobody_gets_into_the_network_through_the_relay(nets: Nets) -> None:
    """With a name and a word that count: no computer behind it, nor what runs beside it."""

    async def scenario() -> list[int]:
        one, found = Ways(plan(nets)).fresh().relays[0], []
        transport, _ = await create_turn_endpoint(asyncio.DatagramProtocol, (RELAY, PORT), one.username, one.credential)
        for number, peer in enumerate((RELAY, *INSIDE)):
            try:
                await transport._TurnTransport__inner_protocol.channel_bind(0x4000 + number, (peer, 80))
                found.append(0)
            except TransactionFailed as refused:
                found.append(int(refused.response.attributes["ERROR-CODE"][0]))
        await transport._close()
        return found

    assert nets.booth.do(lambda: asyncio.run(scenario())) == [0, *[403] * len(INSIDE)]
    told = (ROOT / "docs" / "netz.md").read_text(encoding="utf-8")
    assert all(f"\ndenied-peer-ip={one}\n" in told for one in EVERYBODY), "and a Landkreis is told so"


def test_a_strict_house_offers_no_other_way(nets: Nets, tmp_path: Path) -> None:
    async def scenario() -> None:
        ways = Ways(plan(nets, relay_only=True, secret_file=str(other_secret(tmp_path))))
        async with town(nets, ways) as here:
            await here.talk()
            await here.desk.until(lambda desk: any(one.code == "media.failed" for one in desk.notices), LIMIT_S)
            assert any(NO_OTHER_WAY in one.text for one in here.desk.it.notices)
            assert not any(isinstance(body, m.MediaOffer) for body in here.desk.it.history.since(0))

    asyncio.run(scenario())


CODES = {"relay.missing.booth": THE_BOOTH, "relay.missing.desk": THIS_DESK}


def _open() -> socket.socket:
    end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    end.settimeout(LIMIT_S)
    return end
