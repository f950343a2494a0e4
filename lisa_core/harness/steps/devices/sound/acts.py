"""Somebody speaks before the microphone, and a tone comes from the loudspeaker, without a visit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from pytest_bdd import then, when

from lisa_core.domain.model.errors import DeviceFault
from lisa_core.domain.model.frames import AudioBlock
from lisa_core.equipment.slots.devices import Loudspeaker, Microphone
from lisa_core.harness.scene.bench import Listened, Toned, begun
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.devices.measure import MICRO, done_before, fitted
from lisa_core.harness.steps.devices.sound.levels import BLOCK_SAMPLES, at_full_scale, level_db, tone
from lisa_core.harness.steps.grounds import in_an_empty_booth
from lisa_core.harness.text.words import step
from lisa_core.host.clock import now_us

TITLE = "Mikrofon und Lautsprecher messen"

QUIET_S = 1.0
"""So long nobody speaks at first: that is the noise of the microphone and of the room."""
BLOCK_S = 0.02
HEARD_S = 15.0
"""So long a tone may take to be heard, or a tester to say that it is."""
PLAYS = "Wenn der Lautsprecher einen Prüfton spielt"


@when(step("{dauer:Dauer} lang in das Mikrofon gesprochen wird"))
async def somebody_speaks(scene: Scene, dauer: float) -> None:
    """Wenn 5 s lang in das Mikrofon gesprochen wird

    In üblicher Lautstärke, einen Meter davor, ohne Besuch. Davor ist es eine Sekunde lang still. Gehört wird, wie laut
    es ist; was gesprochen wird, wird nicht aufgehoben.
    """
    scene.witness.used(("microphone",))
    microphone, actor = (await scene.rig()).slots.microphone, await scene.actor()
    blocks: list[tuple[int, float, int]] = []
    listening = asyncio.create_task(_listen(microphone, blocks))
    try:
        await asyncio.wait((listening,), timeout=QUIET_S)
        if not listening.done():
            quiet = tuple(level for _, level, _ in blocks)
            await actor.speak(dauer)
            start = begun()
            await asyncio.wait((listening,), timeout=dauer)
        else:
            quiet, start = (), begun()
    finally:
        listening.cancel()
        (fault,) = await asyncio.gather(listening, return_exceptions=True)
    if isinstance(fault, Exception) and not isinstance(fault, DeviceFault):
        raise fault
    voice = [(level, full) for at, level, full in blocks if at >= start.at_us]
    share = 100 * sum(full for _, full in voice) / max(1, len(voice) * BLOCK_SAMPLES)
    said = fault if isinstance(fault, DeviceFault) else None
    lasted_s = (now_us() - start.at_us) / MICRO
    scene.bench.listened = Listened(start, lasted_s, quiet, tuple(level for level, _ in voice), share, said)


async def _listen(microphone: Microphone, blocks: list[tuple[int, float, int]]) -> None:
    """Note of each block when it came, its level, and how many samples are at full scale. Raises its `DeviceFault`."""
    async for block in microphone.blocks():
        blocks.append((now_us(), level_db(block.pcm), at_full_scale(block.pcm)))  # noqa: PERF401  # those before a fault count


@when(step("der Lautsprecher einen Prüfton spielt"))
async def tone_is_played(scene: Scene) -> None:
    """Wenn der Lautsprecher einen Prüfton spielt

    Ein Ton von 1 kHz, bis er gehört worden ist, ohne Besuch.
    """
    speaker, start = await _loudspeaker(scene), begun()
    playing = asyncio.create_task(speaker.play(_tones()))
    looking = asyncio.create_task(_sounds(scene, "Ist ein gleichbleibender Ton zu hören?", sounds=True))
    try:
        await asyncio.wait((playing, looking), return_when=asyncio.FIRST_COMPLETED)
        if looking.done():
            looking.result()
            scene.bench.toned = Toned(start, now_us())
        else:
            why = playing.exception()
            if why is not None and not isinstance(why, DeviceFault):
                raise why
            scene.bench.toned = Toned(start, None, f"{why or 'Der Lautsprecher hat aufgehört zu spielen.'}")
    except AssertionError as error:
        scene.bench.toned = Toned(start, None, f"{error}")
    finally:
        for task in (playing, looking):
            task.cancel()
        await asyncio.gather(playing, looking, return_exceptions=True)


@then(step("ist vom Prüfton nichts mehr zu hören"))
@in_an_empty_booth
async def tone_is_over(scene: Scene) -> None:
    """Dann ist vom Prüfton nichts mehr zu hören

    Davor hat ihn jemand gehört: „Wenn der Lautsprecher einen Prüfton spielt“.
    """
    toned = done_before(scene.bench.toned, PLAYS)
    assert toned.heard_us is not None, toned.why
    await _sounds(scene, "Ist vom Prüfton nichts mehr zu hören?", sounds=False)


async def _sounds(scene: Scene, question: str, *, sounds: bool) -> None:
    await scene.look(
        ("loudspeaker",),
        lambda room: ("loudspeaker" in room["heard"]) is sounds,
        question,
        HEARD_S,
        lasting=not sounds,
    )


async def _tones() -> AsyncIterator[AudioBlock]:
    """The test tone for ever, as fast as it is heard."""
    pcm, loop = tone(), asyncio.get_running_loop()
    due_s = loop.time()
    while True:
        yield AudioBlock(pcm, now_us())
        due_s += BLOCK_S
        await asyncio.sleep(due_s - loop.time())


async def _loudspeaker(scene: Scene) -> Loudspeaker:
    scene.witness.used(("loudspeaker",))
    return fitted((await scene.rig()).slots.loudspeaker, "loudspeaker")
