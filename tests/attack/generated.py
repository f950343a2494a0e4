"""The inputs of the fuzzers, said to running programs at each of their doors: what decodes is acted upon there."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Mapping
from functools import partial
from random import Random

from websockets.asyncio.client import connect

from lisa_core.domain.model.ids import AgentId
from lisa_core.wire import messages as m
from lisa_core.wire.envelope import NO_CALL, Envelope, encode
from tests.attack.devices import http
from tests.attack.messages import BOOTH, DESK, LONG, Attack, hand_in, heard_out
from tests.attack.peripherals import drained, scanned
from tests.attack.talk import Stranger, Talk
from tests.documents.cases import jpeg
from tests.fuzz.edge import Edge, input_of
from tests.fuzz.link_edges import text_of
from tests.fuzz.mutation import damaged
from tests.fuzz.table import EDGES

COUNT = 1_000 if LONG else 20
SEED = 9
LOOK_EVERY = 100
_EDGES = {edge.name: edge for edge in EDGES}


async def at_a_door(talk: Talk, hello: m.BoothHello | m.DeskHello) -> None:
    """As somebody who was let in; whoever is thrown out comes again."""
    number = 0
    while number < COUNT:
        async with talk.stranger(hello) as stranger:
            while number < COUNT and stranger.socket.close_code is None:
                await stranger.raw(_numbered(input_of(_EDGES["link"], SEED, number), stranger))
                number += 1
                if number % LOOK_EVERY == 0:
                    await talk.goes_on()
            await heard_out(stranger)


def _numbered(data: bytes, stranger: Stranger) -> str:
    """With the number that is next, if it has any: else the link would only take it for a repetition."""
    text = text_of(data).encode("utf-8", "replace").decode()
    with contextlib.suppress(ValueError, RecursionError):
        said = json.loads(text)
        if isinstance(said, dict) and type(said.get("id")) is int and said["id"] < 1_000:
            stranger.last += 1
            return json.dumps({**said, "id": stranger.last, "ack": 0})
    return text


async def first_words(talk: Talk, door: str) -> None:
    """As somebody whose first message is any: a hello that is none, or names whom it likes."""
    own = m.DeskHello(AgentId("lorenz"), "s", 3) if door == "desk" else BOOTH
    seeds = (encode(Envelope(0, 0, NO_CALL, own)).encode(), b'{"v":1,"type":"ack","body":{}}')
    for number in range(COUNT):
        async with talk.socket(door) as opened:
            edge = _EDGES["link"]
            words = edge.mutate(Random(f"{door}/{SEED}/{number}"), seeds)
            await Stranger(opened).raw(text_of(words).encode("utf-8", "replace").decode())
            opened.transport.abort()
        if number % LOOK_EVERY == 0:
            await talk.goes_on()


async def packages(talk: Talk) -> None:
    """Packages with a seal that holds and a manifest that does not, and damaged ones."""
    async with talk.stranger(BOOTH) as stranger:
        reading = asyncio.create_task(_read_on(stranger))
        for number in range(COUNT):
            name = "package-sealed" if number % 2 else "package"
            await hand_in(stranger, f"g{number}", input_of(_EDGES[name], SEED, number))
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        await heard_out(stranger)


async def _read_on(stranger: Stranger) -> None:
    while await stranger.answered():
        pass


async def touches(talk: Talk) -> None:
    """At the citizen's screen: touches of buttons that are not shown, and whatever is no touch."""
    line = next(line for line in talk.hostile.program.lines if "Bildschirm:" in line)
    await _at_a_page(talk, line.rpartition("http://")[2].strip().rstrip("/"), _EDGES["screen"])


async def _at_a_page(talk: Talk, address: str, edge: Edge) -> None:
    number = 0
    while number < COUNT:
        async with connect(f"ws://{address}/ws", proxy=None, max_size=4_000_000, max_queue=None) as opened:
            page = Stranger(opened)
            while number < COUNT and opened.close_code is None:
                await page.raw(text_of(input_of(edge, SEED, number)).encode("utf-8", "replace").decode())
                number += 1
        await talk.hostile.talks()


async def requests(talk: Talk) -> None:
    """Requests that browsers do not send, at the exchange's pages."""
    host, _, port = talk.address.rpartition(":")
    seeds = (
        f"GET / HTTP/1.1\r\nHost: {talk.address}\r\nConnection: close\r\n\r\n".encode(),
        f"GET /platz/brandt HTTP/1.1\r\nHost: {talk.address}\r\nCookie: a=b\r\n\r\n".encode(),
        f"GET /seiten/../../etc/passwd HTTP/1.1\r\nHost: {talk.address}\r\n\r\n".encode(),
        f"GET /gemeinsam/%2e%2e%2f%00 HTTP/1.1\r\nHost: {talk.address}\r\n\r\n".encode(),
        f"GET /ws/desk HTTP/1.1\r\nHost: {talk.address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode(),
    )
    for number in range(COUNT):
        reader, writer = await asyncio.open_connection(host, int(port))
        with contextlib.suppress(ConnectionError):
            writer.write(damaged(Random(f"http/{SEED}/{number}"), seeds))
            writer.write_eof()
            async with asyncio.timeout(60):
                assert b"root:" not in await reader.read(100_000)
        writer.close()


async def scanner_answers(talk: Talk) -> None:
    """A scanner that says anything: states, heads and pages."""
    scanner = talk.devices.scanner
    seeds = (http("201 Created", b"", "Location: /eSCL/ScanJobs/1", "Retry-After: 1"), http("409 Conflict", b"x"))
    for number in range(COUNT // (1 if LONG else 8)):
        chance = Random(f"scanner/{SEED}/{number}")
        asked = chance.choice((("GET", "ScannerStatus"), ("POST", "ScanJobs"), ("GET", "NextDocument")))
        body = input_of(_EDGES["escl-status"], SEED, number)
        page = http("200 OK", damaged(chance, (jpeg(1),)), "Content-Type: image/jpeg")
        answers = {"ScannerStatus": http("200 OK", body), "ScanJobs": damaged(chance, seeds), "NextDocument": page}
        scanner.answers = {asked: answers[asked[1]] or b"\n"}
        await scanned(talk, jpeg(1))
    scanner.answers = {}


async def noise(talk: Talk, edge: str, device: str) -> None:
    """A line that carries anything beside what it should."""
    lines = getattr(talk.devices, device).noise
    for number in range(COUNT):
        lines.append(input_of(_EDGES[edge], SEED, number)[:20_000])
        if number % LOOK_EVERY == LOOK_EVERY - 1:
            await drained(talk)
    await drained(talk)
    await talk.hostile.talks()


async def acts(talk: Talk) -> None:
    """At the page of the emulated citizen."""
    line = next(line for line in talk.hostile.program.lines if "Simulierte Kabine:" in line)
    await _at_a_page(talk, line.rpartition("http://")[2].strip().rstrip("/"), _harmless(_EDGES["stage"]))


def _harmless(edge: Edge) -> Edge:
    """Without leaving: her talk has to go on."""
    seeds = [seed for seed in edge.seeds() if b'"show"' in seed or b'"sign"' in seed or b'"set_jam"' in seed]
    return Edge(edge.name, lambda: seeds, edge.mutate, edge.take, 0)


ROWS: Mapping[str, Attack] = {
    "desk": partial(at_a_door, hello=DESK),
    "booth": partial(at_a_door, hello=BOOTH),
    "desk-hello": partial(first_words, door="desk"),
    "booth-hello": partial(first_words, door="booth"),
    "package": packages,
    "screen": touches,
    "stage": acts,
    "http": requests,
    "scanner": scanner_answers,
    "radar": partial(noise, edge="radar", device="radar"),
    "door": partial(noise, edge="modbus-answer", device="door"),
}
