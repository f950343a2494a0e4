"""Rows 12 to 15 of the table: what devices answered, played at the booth in Lychen while its citizen is in a talk."""

from __future__ import annotations

import asyncio
import io
import random
import struct
import zlib
from collections.abc import Mapping

from PIL import Image

from lisa_core.desk.client import DeskClient
from lisa_core.domain.model.case import PaperState
from lisa_core.equipment.codecs import ld2410
from tests.attack.devices import http, listening
from tests.attack.messages import LONG, Attack
from tests.attack.talk import Talk
from tests.documents.cases import jpeg
from tests.system.programs import LIMIT_S


async def scanned(talk: Talk, *pages: bytes) -> None:
    """Herr Seidel has these pages scanned; whatever comes of it he is told, and the talk goes on. Then away with it."""
    desk, scanner = talk.hostile.desk, talk.devices.scanner
    told, revision = len(desk.notices), desk.case.revision
    scanner.pages = list(pages)
    desk.scan("Nachweis")

    def over(one: DeskClient) -> bool:
        capturing = any(paper.state is PaperState.CAPTURING and not paper.fault for paper in one.case.papers)
        return not capturing and (len(one.notices) > told or one.case.revision > revision + 1)

    await desk.until(over, "der Scan ist vorbei", LIMIT_S)
    for paper in desk.case.papers:
        desk.discard_paper(paper.id)
    await talk.hostile.talks()
    assert talk.hostile.program.runs
    assert "Traceback" not in "".join(talk.hostile.program.lines)


async def damaged_pages(talk: Talk) -> None:
    """Row 12: begins and ends as a page does, and is none between."""
    chance, whole = random.Random(12), jpeg(1)
    for _ in range(30 if LONG else 4):
        page = bytearray(whole)
        for _ in range(chance.choice((1, 8, 60))):
            page[chance.randrange(3, 600)] ^= 1 << chance.randrange(8)
        await scanned(talk, bytes(page))


async def no_page(talk: Talk) -> None:
    """Row 12: text between the right first and last bytes, and a PNG whose chunks are broken."""
    await scanned(talk, b"\xff\xd8\xff" + b"no picture at all " * 50 + b"\xff\xd9")
    png = io.BytesIO()
    Image.new("L", (40, 40)).save(png, "PNG")
    broken = png.getvalue().replace(b"IDAT", b"IDAX")
    await scanned(talk, broken)


async def vast_page(talk: Talk) -> None:
    """Rows 12 and 13: a small file, a vast picture. The other booth does not wait for it, nor does this one's desk."""
    await scanned(talk, vast_png(20_000, 1))
    await scanned(talk, vast_png(13_000, 8))


def vast_png(side: int, bits: int) -> bytes:
    """A valid PNG of nothing but black, made row by row: no such picture is ever in the memory of the test."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (side * bits + 7) // 8)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", side, side, bits, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


async def sent_elsewhere(talk: Talk) -> None:
    """Row 14: a scanner that names another host for its job. Nobody ever comes there."""
    came: list[bytes] = []

    async def other(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(await reader.read(200))

    scanner = talk.devices.scanner
    async with listening(other) as port:
        host = f"127.0.0.1:{port}"
        spellings = (
            f"http://x//{host}/y",
            f"//{host}/y",
            f"http://{host}/y",
            f"/{host}",
            f"http:/{host}",
            f"\\\\{host}\\y",
        )
        for spelled in spellings:
            scanner.answers[("POST", "ScanJobs")] = http("201 Created", b"", f"Location: {spelled}")
            await scanned(talk, jpeg(1))
        scanner.answers[("POST", "ScanJobs")] = http("307 Temporary Redirect", b"", f"Location: http://{host}/y")
        await scanned(talk, jpeg(1))
        del scanner.answers[("POST", "ScanJobs")]
    assert not came


async def noise_on_the_lines(talk: Talk) -> None:
    """Row 15: much noise at once, on the radar's line and on the bus; who sits there is seen, her talk goes on."""
    chance = random.Random(15)
    size = 1_000_000 if LONG else 100_000
    head = ld2410.REPORT_HEADER * (size // 4)
    for noise in (chance.randbytes(size), head, bytes(size)):
        talk.devices.radar.noise.append(noise)
        talk.devices.door.noise.append(chance.randbytes(size // 20))
        await talk.hostile.talks()
        await drained(talk)
    await talk.hostile.talks()


async def drained(talk: Talk) -> None:
    """Both devices have got rid of it."""
    async with asyncio.timeout(LIMIT_S):
        while talk.devices.radar.noise or talk.devices.door.noise:
            await talk.hostile.talks()


async def odd_answers(talk: Talk) -> None:
    """Siblings of 14: heads and states that no scanner should send."""
    scanner = talk.devices.scanner
    for answer in (
        http("201 Created"),
        http("201 Created", b"", "Location: " + "/" * 20_000),
        *([http("503 Later", b"", "Retry-After: 99999999999999999999")] if LONG else []),  # waits as long as it may
        http("200 OK", b"x" * 200_000),
        b"HTTP/1.1 201 Created\r\nLocation: /a\r\n b\r\n\r\n",
        b"HTTP/9.9 1000 \xff\r\n\r\n",
        b"\x00" * 100,
        b"",
    ):
        scanner.answers[("POST", "ScanJobs")] = answer or b"\n"
        await scanned(talk, jpeg(1))
    del scanner.answers[("POST", "ScanJobs")]


ROWS: Mapping[str, Attack] = {
    "12-damaged-pages": damaged_pages,
    "12-no-page": no_page,
    "13-vast-page": vast_page,
    "14-sent-elsewhere": sent_elsewhere,
    "14-odd-answers": odd_answers,
    "15-noise": noise_on_the_lines,
}
