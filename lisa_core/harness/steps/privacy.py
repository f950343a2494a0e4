"""Steps of data protection: what must not be seen, heard or left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pytest_bdd import then

from lisa_core.booth.journal.names import NAMES, VISIT_BEGUN
from lisa_core.domain.model.case import Case
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.screen import ScreenScene, ScreenView
from lisa_core.domain.visit.events import Wiped
from lisa_core.harness.report.measure import limited
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.grounds import of_a_talk
from lisa_core.harness.steps.papers import sees_case
from lisa_core.harness.steps.talk import PAPER, Newly, paper_share
from lisa_core.harness.text.words import step

if TYPE_CHECKING:  # what a booth consists of is imported when the first one is opened
    from lisa_core.booth.executor import Booth

TITLE = "Datenschutz"

SILENCE = 0.001
"""Quieter than this (root mean square of full scale) is nothing."""
STILL_S = 0.8
"""So long what was said before may still be on its way."""
LISTEN_S = 1.5
"""So long a real person goes on speaking after the answer."""
HEARD_S, UNDERWAY_S = 0.6, 0.5
"""So long somebody must speak at least to be heard for certain, and so long sound may be on its way."""


@then(step("ist nichts mehr von {wem:Wem} im Bürgerbüro"))
async def nothing_is_left(scene: Scene, wem: str) -> None:
    """Dann ist nichts mehr von ihr im Bürgerbüro"""
    rig = await scene.rig()
    await rig.screen.until(lambda s: s.view.scene is ScreenScene.FREE, "das freie Bürgerbüro")
    assert rig.booth.case == Case(), "Der Vorgang ist noch da."
    assert rig.booth.erased, "Der Speicher der Seiten ist noch offen."
    assert not rig.screen.face, "Das Bild der Mitarbeiterin ist noch auf dem Bildschirm."
    await scene.until_true(lambda: _proven(rig.booth), "die bewiesene Löschung im Protokoll")
    _search_traces(scene, await _journal(scene))
    await scene.look(("signature_pad",), lambda room: not room["pad_ink"], "Ist das Unterschriftenpad leer?")
    await scene.look(
        ("document_camera", "scanner"),
        lambda room: not (room["table"] or room["glass"] or room["feeder"]),
        "Sind Tisch, Glas und Einzug des Scanners leer?",
    )


@then(step("enthält das Protokoll Ereignisse, aber keine Inhalte"))
@of_a_talk
async def journal_without_content(scene: Scene) -> None:
    """Dann enthält das Protokoll Ereignisse, aber keine Inhalte"""
    rig, text = await scene.rig(), await _journal(scene)
    assert "anruf.angenommen" in text, "Im Protokoll steht nichts von dem Gespräch."
    _search_traces(scene, text)
    words = {agent.name for agent in rig.directory.agents.values()}
    words |= {name for service in rig.directory.services.values() for name in (service.id, service.name)}
    found = sorted(word for word in words if word in text)
    assert not found, f"Im Protokoll steht: {', '.join(found)}"


@then(step("sind bei {wem:Mitarbeiterin} die Unterlagen ausgeblendet"))
@limited
async def papers_are_blanked(scene: Scene, wem: str) -> None:
    """Dann sind bei Frau Brandt die Unterlagen ausgeblendet

    Gemessen wird, wie lange nach dem Öffnen der Tür sie noch zu sehen waren.
    """
    await scene.papers_blanked(await scene.desk(wem))


@then(step("sieht {wer:Mitarbeiterin} wieder {was:Unterlage}"))
@of_a_talk
async def papers_are_back(scene: Scene, wer: str, was: str) -> None:
    """Dann sieht Frau Brandt wieder den Mietvertrag"""
    desk = await scene.desk(wer)
    assert desk.leg is not None, f"{wer} ist nicht im Gespräch."
    await scene.paper_under_camera(was)
    seen = Newly(desk.table, lambda frame: paper_share(frame) > PAPER)
    await scene.until_true(seen.look, f"{was} ist wieder zu sehen")


@then(step("hört {wer:Mitarbeiterin} nichts"))
@of_a_talk
async def agent_hears_nothing(scene: Scene, wer: str) -> None:
    """Dann hört Frau Brandt nichts

    Obwohl jemand spricht: davor „Wenn die Bürgerin ihr Anliegen schildert“.
    """
    leg = (await scene.desk(wer)).leg
    assert leg is not None, f"{wer} ist nicht im Gespräch."
    scene.witness.used(("microphone",))
    is_real = scene.is_real("microphone")
    spoken_s = LISTEN_S if is_real else min(await _somebody_speaks(scene), HEARD_S)
    await scene.until_true(lambda: leg.voice_level() < SILENCE, f"{wer} hört nichts mehr", STILL_S)
    await scene.never(lambda: _heard(leg.voice_level()), spoken_s + UNDERWAY_S)
    if is_real:
        await scene.look(("microphone",), bool, "Wurde nach der letzten Antwort noch laut weitergesprochen?")


@then(step("sieht {wer:Mitarbeiterin} nichts vom vorigen Besuch"))
async def nothing_of_the_former(scene: Scene, wer: str) -> None:
    """Dann sieht Frau Vogt nichts vom vorigen Besuch"""
    rig = await scene.rig()
    if not rig.booth.outcomes and not any(entry.name == NAMES[Wiped] for entry in rig.booth.journal()):
        raise HarnessError("Einen vorigen Besuch, der zu Ende ging, gab es hier nicht. Erst muss jemand gegangen sein.")
    if not (scene.typed or any(view.papers for view in scene.views())):
        raise HarnessError("Im vorigen Besuch wurde nichts eingetragen und nichts erfasst. Zu sehen wäre nichts.")
    desk = await sees_case(scene, wer)
    assert not desk.case.papers, "Eine Unterlage ist noch da."
    assert desk.case.form is None, "Ein Antrag ist noch offen."
    assert not desk.previews, "Eine Vorschau ist noch da."
    shown = " ".join(f"{view.text} {' '.join(row.value for row in view.rows)}" for view in _since_free(rig.screen.seen))
    left = [value for value in scene.typed if len(value) > 4 and value in shown]
    assert not left, "Auf dem Bildschirm steht etwas vom vorigen Besuch."


async def _somebody_speaks(scene: Scene) -> float:
    """There is something to be heard, for so many seconds from now. Where real people speak, they are asked."""
    left_s = (await scene.room())["voice_until_us"] / 1_000_000 - asyncio.get_running_loop().time()
    if left_s < HEARD_S:
        raise HarnessError(
            "Gerade spricht niemand: Zu hören wäre nichts. "
            "Unmittelbar davor „Wenn die Bürgerin ihr Anliegen schildert“ schreiben."
        )
    return float(left_s)


def _heard(level: float) -> str:
    return "" if level < SILENCE else f"Zu hören ist etwas (Pegel {level:.4f})."


def _proven(booth: Booth) -> bool:
    """Whether the log has wiped every visit that it has begun, and has begun one."""
    log = booth.journal()
    begun = {entry.subject for entry in log if entry.name == VISIT_BEGUN}
    return bool(begun) and begun <= {entry.subject for entry in log if entry.name == NAMES[Wiped]}


def _since_free(views: Iterable[ScreenView]) -> list[ScreenView]:
    """What was shown since the booth was free last."""
    seen = list(views)
    frees = [number for number, view in enumerate(seen) if view.scene is ScreenScene.FREE]
    return seen[frees[-1] :] if frees else seen


async def _journal(scene: Scene) -> str:
    rig = await scene.rig()
    return "\n".join(f"{entry.name} {entry.subject} {entry.detail}" for entry in rig.booth.journal())


def _search_traces(scene: Scene, log: str) -> None:
    """Nothing that was typed for the citizen stands in the log or in any file of the booth."""
    files = {path: path.read_bytes() for path in scene.booth_files()}
    for value in filter(_distinctive, scene.typed):
        assert value not in log, "Im Protokoll steht etwas, das für sie eingetragen wurde."
        hits = [path.name for path, data in files.items() if value.encode() in data]
        assert not hits, f"In {', '.join(hits)} steht etwas, das für sie eingetragen wurde."


def _distinctive(value: str) -> bool:
    """Whether a value could not stand anywhere by accident."""
    return len(value) > 4
