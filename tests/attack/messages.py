"""Rows 1 to 11 and 30 of the table: what was sent to the doors of the exchange."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial
from typing import Any

from websockets.exceptions import ConnectionClosed

from lisa_core.domain.case.canonical import sha256
from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.ids import AgentId, LegId
from lisa_core.host.patience import patience
from lisa_core.papers.package import pack, unpack
from lisa_core.papers.seal import MANIFEST, SEAL
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import NO_CALL, Envelope, encode
from tests.attack.talk import ATTACKING, GOOD, MARK, Stranger, Talk, memory_mb
from tests.documents.test_submission import KEY, PUBLIC, sealed
from tests.system.programs import LIMIT_S

Attack = Callable[[Talk], Coroutine[Any, Any, None]]
LONG = os.environ.get("LISA_LONG") == "1"
BOOTH = m.BoothHello(ATTACKING, "attack-1", 0, PUBLIC.public_bytes_raw().hex())
DESK = m.DeskHello(AgentId("lorenz"), "attack-2")
BAD_TEXTS = ("\ud800", "a\0b", "x\udfff")
_BY_BOOTH: Mapping[str, dict[str, Any]] = {
    "call.place": {"visit": "BAD", "token": "BAD"},
    "call.cancel": {"reason": "BAD"},
    "visit.ended": {"visit": "BAD", "outcome": "erledigt_beratung"},
    "submission.part": {
        "submission": "BAD", "office": "wohngeldstelle", "index": 0, "count": 1, "digest": "BAD", "data": "AAAA"
    },
}  # fmt: skip
_BY_DESK: Mapping[str, dict[str, Any]] = {
    "call.accept": {},
    "call.forward": {"office": "BAD"},
    "appointment.book": {"office": "wohngeldstelle", "start": "BAD", "site": "templin"},
    "appointment.cancel": {"token": "BAD"},
    "appointment.show": {"token": "BAD"},
    "case.field": {"field": "BAD", "value": "BAD", "revision": 1},
}


async def bad_text(talk: Talk, kind: str) -> None:
    """Row 1: half an emoji or a NUL where any text may stand, also in the name of the call."""
    hello, body = (BOOTH, _BY_BOOTH[kind]) if kind in _BY_BOOTH else (DESK, _BY_DESK[kind])
    for bad in BAD_TEXTS:
        async with talk.stranger(hello) as stranger:
            worse = {key: bad if value == "BAD" else value for key, value in body.items()}
            await stranger.say(kind, worse, call=f"x{bad}")
            await stranger.say(kind, worse, call="x/1")
            await heard_out(stranger)


async def heard_out(stranger: Stranger) -> None:
    """Whatever it said has been dealt with: it is answered, or its connection is over."""
    await stranger.say("appointment.ask", {}, call="")
    await stranger.answered()


async def deep(talk: Talk) -> None:
    """Row 2: JSON nested without end, as hello and later."""
    for door in ("booth", "desk"):
        async with talk.socket(door) as opened:
            await Stranger(opened).raw("[" * 100_000)
            await Stranger(opened).answered()
        async with talk.stranger(BOOTH if door == "booth" else DESK) as stranger:
            await stranger.raw('{"a":' * 50_000)
            await heard_out(stranger)


async def unacknowledged(talk: Talk) -> None:
    """Row 3: a desk that asks and asks and acknowledges nothing, for a minute."""
    async with talk.stranger(DESK) as stranger:
        reading = asyncio.create_task(_read_on(stranger))
        for _ in range(1_200 if LONG else 200):
            await stranger.say("appointment.ask", {}, call="")
        await heard_out_of(reading, stranger)


async def heard_out_of(reading: asyncio.Task[None], stranger: Stranger) -> None:
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    await heard_out(stranger)


async def _read_on(stranger: Stranger) -> None:
    with contextlib.suppress(ConnectionClosed):
        while True:
            await stranger.socket.recv()


async def origins(talk: Talk) -> None:
    """Row 4: another long line of origin with every message."""
    before_mb = memory_mb(talk.exchange.pid)
    async with talk.stranger(DESK) as stranger:
        for number in range(800 if LONG else 80):
            await stranger.say("desk.pause", {}, call="", **{"from": [f"{number}" + "x" * 50_000, number]})
        await heard_out(stranger)
    grown_mb = memory_mb(talk.exchange.pid) - before_mb
    assert grown_mb < 20, f"memory grew by {grown_mb:.0f} MB"


async def deaf(talk: Talk) -> None:
    """Row 4: one that is refused again and again and never reads."""
    before_mb = memory_mb(talk.exchange.pid)
    async with talk.stranger(DESK) as stranger:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(10 if LONG else 1):
                for number in range(4_000 if LONG else 200):
                    await stranger.raw(json.dumps({"v": 1, "type": f"x{number}" + "y" * 20_000}))
        stranger.socket.transport.abort()
    grown_mb = memory_mb(talk.exchange.pid) - before_mb
    assert grown_mb < 40, f"memory grew by {grown_mb:.0f} MB"


async def flood(talk: Talk) -> None:
    """Row 5: eight desks that pause as fast as they can; a newcomer's handshake is quick all the same."""
    over = threading.Event()
    flooding = asyncio.create_task(asyncio.to_thread(lambda: asyncio.run(_flood(talk, over))))
    try:
        for _ in range(5 if LONG else 1):
            async with patience(10.0), talk.stranger(BOOTH) as newcomer:
                await heard_out(newcomer)
            await talk.goes_on()
    finally:
        over.set()
        await flooding


async def _flood(talk: Talk, over: threading.Event) -> None:
    """On a loop of its own, or it would keep the test from talking. Who is thrown out comes again."""
    names = ("lorenz", "petersen", "arendt", "jahn", "vogt", "nowak")

    async def one(name: str) -> None:
        while not over.is_set():
            async with talk.stranger(m.DeskHello(AgentId(name), f"flood-{name}")) as stranger:
                while not over.is_set() and stranger.socket.close_code is None:
                    for _ in range(50):
                        await stranger.say("desk.pause", {}, call="")
                    await asyncio.sleep(0)

    await asyncio.gather(*map(one, names))


async def umlauts(talk: Talk) -> None:
    """Row 6: more bytes than characters, typed at a desk in a talk."""
    await through_the_desk(talk, ops.SetField("name", MARK, 0), "ü" * 200_000)
    await through_the_desk(talk, ops.ScanPapers(MARK), "ß" * 127_000)
    await still_talking(talk)


async def half_an_emoji(talk: Talk) -> None:
    """Row 7: what is relayed to a booth that then could not be told anything more."""
    for bad in ("\\ud800", "a\\u0000b"):
        for body in (ops.SetField("name", MARK, 0), ops.CaptureStill(MARK), m.MediaAnswer(LegId("x"), MARK)):
            await through_the_desk(talk, body, bad)
    await still_talking(talk)


async def through_the_desk(talk: Talk, body: Any, written: str) -> None:
    """Herr Seidel's desk says this in his talk; on its way `written` takes the place of the mark, once."""
    talk.hostile.line.instead = written
    talk.hostile.desk._uplink.send(body, talk.hostile.desk._call)
    await talk.hostile.line.done.wait()


async def still_talking(talk: Talk) -> None:
    """The talk in which it happened goes on too: at the worst its desk had to connect anew."""
    assert talk.exchange.runs, "".join(talk.exchange.lines)
    desk = talk.hostile.desk
    await desk.until(lambda one: one.connected and one.state == "im_gespraech", "wieder da", LIMIT_S)
    await talk.hostile.talks()


async def same_site(talk: Talk) -> None:
    """Row 8: somebody says hello as a booth that is there. He is told no, and she notices nothing."""
    async with talk.socket("booth") as opened:
        await opened.send(encode(Envelope(0, 0, NO_CALL, m.BoothHello(GOOD, "another", 0, "cd" * 32))))
        said = await Stranger(opened).answered()
        assert said.get("type") == "refused", said
        await talk.good.talks()


async def same_desk(talk: Talk) -> None:
    """Row 30: a second browser for a desk that is in a talk. It is told no, and the first one stays."""
    async with talk.socket("desk") as opened:
        await opened.send(encode(Envelope(0, 0, NO_CALL, m.DeskHello(AgentId("brandt"), "another"))))
        said = await Stranger(opened).answered()
        assert said.get("type") == "refused", said
        await talk.good.talks()


_HANDED_IN: Sequence[Any] = (
    "garbage",
    None,
    "NaN",
    7,
    {},
    "2025-07-16T10:12:00",
    "9999-12-31T23:59:59+00:00",
    "0001-01-01T00:00:00+23:59",
)


async def dishonest_packages(talk: Talk) -> None:
    """Row 10: sealed with the key of its own hello, and handed in at no time at all."""
    async with talk.stranger(BOOTH) as stranger:
        for number, at in enumerate(_HANDED_IN):
            entries = dict(unpack(sealed()[2].package))
            entries[MANIFEST] = json.dumps({**json.loads(entries[MANIFEST]), "abgegeben": at}).encode()
            package = pack({**entries, SEAL: KEY.sign(entries[MANIFEST])})
            await hand_in(stranger, f"s{number}", package)
            said = await until_answered(stranger, "submission.")
            believed = said.get("body", {}).get("received_at", "2026-11-23")
            assert said["type"] == "submission.refused" or believed.startswith("2026-11-23"), said


async def hand_in(stranger: Stranger, name: str, package: bytes) -> None:
    """All of it, in parts."""
    starts = range(0, len(package), 100_000)
    for index, start in enumerate(starts):
        data = base64.b64encode(package[start : start + 100_000]).decode()
        body = {"submission": name, "office": "wohngeldstelle", "index": index, "count": len(starts)}
        await stranger.say("submission.part", {**body, "digest": sha256(package), "data": data}, call="")


async def until_answered(stranger: Stranger, kind: str) -> dict[str, Any]:
    """The next message whose type begins so."""
    while not (said := await stranger.answered()).get("type", kind).startswith(kind):
        pass
    assert said, "the connection was ended"
    return said


async def silent_strangers(talk: Talk) -> None:
    """Row 11: connections that say nothing, and requests that stop halfway."""
    host, _, port = talk.address.rpartition(":")
    async with contextlib.AsyncExitStack() as stack:
        for number in range(250 if LONG else 60):
            await stack.enter_async_context(talk.socket("desk" if number % 2 else "booth"))
            _, writer = await asyncio.open_connection(host, int(port))
            stack.callback(writer.close)
            writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        await talk.goes_on()


async def hello_in_time(talk: Talk) -> None:
    """Row 11: who does not say who he is does not stay."""
    async with talk.socket("booth") as opened, asyncio.timeout(90):
        with contextlib.suppress(ConnectionClosed):
            while True:
                await opened.recv()


async def own_place_again(talk: Talk) -> None:
    """Row 8: the same program takes its place again at once when its connection died without a word."""
    hello = m.BoothHello(ATTACKING, "comes-back", 0, "ab" * 32)
    async with talk.stranger(hello), talk.stranger(hello) as again:
        await heard_out(again)


ROWS: Mapping[str, Attack] = {
    **{f"1-{kind}": partial(bad_text, kind=kind) for kind in (*_BY_BOOTH, *_BY_DESK)},
    "2-deep": deep,
    "3-unacknowledged": unacknowledged,
    "4-origins": origins,
    "4-deaf": deaf,
    "5-flood": flood,
    "6-umlauts": umlauts,
    "7-half-an-emoji": half_an_emoji,
    "8-same-site": same_site,
    "8-own-place-again": own_place_again,
    "10-dishonest-packages": dishonest_packages,
    "11-silent-strangers": silent_strangers,
    **({"11-hello-in-time": hello_in_time} if LONG else {}),
    "30-same-desk": same_desk,
}
