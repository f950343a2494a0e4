"""A whole call in Firefox, as Debian brings it, between a booth and a colleague in Chromium; then her screen in it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Page

from tests.browser.pages import SMALL, Opened, browsing, findings
from tests.browser.test_visit import House, hears, legs_of, looks, open_house, sees, talk_stands
from tests.peers.clients import Client

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
"""Two browsers need two cores: beside other work they take minutes, while each wait has its own limit."""

ACCEPTED = (
    Client("call", "Firefox", "153.8.0esr", "Debian", "call", "test_a_whole_call", "picture and sound both ways, VP8"),
)

KEEPS_CONNECTIONS = """
window.connections = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...settings) { super(...settings); window.connections.push(this); }
};"""
FLOWS = """async () => {
  const stats = [...(await window.connections.at(-1).getStats()).values()];
  const codec = (one) => stats.find(({ id }) => id === one.codecId)?.mimeType;
  const media = (type) => stats.filter((one) => one.type === type && one.kind === "video");
  return {
    in: media("inbound-rtp").map((one) => [codec(one), one.framesDecoded > 0]),
    out: media("outbound-rtp").map((one) => [codec(one), one.framesEncoded > 0]),
    heard: stats.some((one) => one.type === "inbound-rtp" && one.kind === "audio" && one.packetsReceived > 0),
  };
}"""
PLACES = """() => Object.fromEntries(
  ["citizen-view", "document-view", "form-column", "work-column", "service-card"].map((id) => {
    const { x, width } = document.getElementById(id).getBoundingClientRect();
    return [id, [x, width].map((length) => length / document.documentElement.clientWidth)];
  }))"""
NEAR = 0.01


def test_a_whole_call(firefox: str, chromium: str) -> None:
    async def run() -> None:
        async with open_house(chromium) as house, browsing(firefox) as elsewhere:
            legs, elsewhere.before = legs_of(house), KEEPS_CONNECTIONS
            [housing], [front] = await asyncio.gather(
                house.desks("vogt"), replace(house, opened=elsewhere).desks("brandt")
            )
            await house.act("Eintreten")
            await house.act("Hinsetzen")
            await sees(front, "#ring", "Anruf: Bürgerbüro Templin")
            await front.keyboard.press("F2")
            await talk_stands(house, front, "Frau Brandt", "LISA-Team")
            await hears(legs[-1])
            await until_it_flows(front)
            assert not await findings(front, target=44, base=12)
            there = await places(front)

            await front.get_by_label("Stelle").select_option("wohngeldstelle")
            await front.get_by_role("button", name="Weiterleiten an Wohngeldstelle").click()
            await housing.get_by_role("button", name="Annehmen").click()
            await talk_stands(house, housing, "Frau Vogt", "Wohngeldstelle")
            assert await places(housing) == {name: pytest.approx(at, abs=NEAR) for name, at in there.items()}
            await sees(front, "#idle", "hat die Bürgerin übernommen")
            await shows_her_everything(house, elsewhere)
            # A machine with far too much to do answers its pings late. All of the above was seen all the same.
            elsewhere.complaints = [one for one in elsewhere.complaints if not one.startswith("ICE failed")]

    asyncio.run(run())


async def shows_her_everything(house: House, elsewhere: Opened) -> None:
    """Her screen in Firefox as well: she sees the agent, and nothing of anybody once she has left."""
    screen = await elsewhere.page(house.rig.screen_address, SMALL)
    await sees(screen, "#plate", "Frau Vogt")
    await looks(screen, "face", "moving")
    await house.act("Gehen")
    await sees(screen, "[data-scene=frei]:not(:has(#face:not([hidden])))")
    await house.free_again()


async def until_it_flows(desk: Page) -> None:
    """Both pictures of the booth are decoded, and hers is sent; without OpenH264 all of it is VP8."""
    while True:
        flows: dict[str, Any] = await desk.evaluate(FLOWS)
        if flows["heard"] and all(moving for _, moving in (*flows["in"], *flows["out"])):
            break
    assert [len(flows["in"]), len(flows["out"])] == [2, 1]
    assert {codec for codec, _ in (*flows["in"], *flows["out"])} <= {"video/VP8", "video/H264"}


async def places(desk: Page) -> dict[str, list[float]]:
    """Where the parts of the call stand, side by side: what is told above them moves them down."""
    assert desk.viewport_size == SMALL
    found: dict[str, list[float]] = await desk.evaluate(PLACES)
    return found
