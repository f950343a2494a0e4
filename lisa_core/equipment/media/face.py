"""The face and the voice of a desk without a camera: drawn, with the agent's initials, and plainly no person."""

from __future__ import annotations

import asyncio
import functools
import importlib.resources
import math
from array import array
from collections.abc import AsyncIterator

from PIL import Image, ImageDraw, ImageFont

from lisa_core.domain.model.frames import Frame
from lisa_core.equipment.media.jpeg import jpeg_of
from lisa_core.host.clock import now_us

SIZE = (640, 480)
PHASES = 8
INTERVAL_S = 1 / 8
BLOCKS = 50
"""The voice repeats after a second."""

_BACK, _BODY, _HEAD, _INK = (222, 230, 236), (40, 84, 120), (232, 200, 172), (30, 40, 48)


async def drawn_face(agent_name: str) -> AsyncIterator[Frame]:
    """Yield the face for ever; it nods, so that a frozen picture can be told from a living one."""
    count = 0
    while True:
        rgb = _picture(initials(agent_name), count % PHASES)
        yield Frame(*SIZE, rgb, now_us())
        count += 1
        await asyncio.sleep(INTERVAL_S)


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in (words[0], words[-1])[: len(words)]).upper() if words else "?"


@functools.lru_cache(maxsize=16)
def face_jpeg(agent_name: str) -> bytes:
    """One picture of that face as JPEG."""
    return jpeg_of(face_frame(agent_name))


def face_frame(agent_name: str) -> Frame:
    """One picture of that face."""
    return Frame(*SIZE, _picture(initials(agent_name), 0), 0)


@functools.lru_cache(maxsize=2 * PHASES)
def _picture(letters: str, phase: int) -> bytes:
    image = Image.new("RGB", SIZE, _BACK)
    pen = ImageDraw.Draw(image)
    nod = round(6 * math.sin(2 * math.pi * phase / PHASES))
    pen.rounded_rectangle([170, 330, 470, 560], radius=90, fill=_BODY)
    pen.ellipse([230, 100 + nod, 410, 310 + nod], fill=_HEAD)
    for x in (285, 355):
        pen.ellipse([x - 9, 180 + nod, x + 9, 198 + nod], fill=_INK)
    pen.arc([275, 200 + nod, 365, 270 + nod], 20, 160, fill=_INK, width=6)
    pen.text((320, 410), letters, font=font(72), fill="white", anchor="mm")
    pen.text((320, 30), "SIMULIERT", font=font(26), fill=_INK, anchor="mm")
    return image.tobytes()


@functools.cache
def voice_block(number: int) -> bytes:
    """20 ms of a tone that rises and falls four times a second, as a voice does: s16le, 48 kHz, mono."""
    samples = array("h")
    tone = _tone()
    for index in range(number % BLOCKS * 960, number % BLOCKS * 960 + 960):
        swell = 0.55 - 0.45 * math.cos(2 * math.pi * 4 * index / 48_000)
        samples.append(round(8_000 * swell * tone[index % len(tone)]))
    return samples.tobytes()


@functools.cache
def _tone() -> tuple[float, ...]:
    """One wave of 200 Hz with its second and third harmonic: 240 samples, the same ones in all of its blocks."""
    angles = [2 * math.pi * index / 240 for index in range(240)]
    return tuple(sum(math.sin(part * angle) / part for part in (1, 2, 3)) for angle in angles)


@functools.cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Bitstream Vera, which reportlab brings along: no font of the machine is needed."""
    with importlib.resources.as_file(importlib.resources.files("reportlab") / "fonts" / "VeraBd.ttf") as path:
        return ImageFont.truetype(str(path), size)
