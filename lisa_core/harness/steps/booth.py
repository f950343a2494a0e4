"""Steps of the citizen in the booth: entering, sitting, touching, leaving, and what the screen shows."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from pytest_bdd import then, when

from lisa_core.booth.journal.names import NAMES, VISIT_BEGUN, VISIT_ENDED
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.german import Fall, person
from lisa_core.domain.model.screen import ScreenScene, ScreenView, Sound
from lisa_core.domain.model.time import PATIENCE_S, WEEKDAYS
from lisa_core.domain.visit.events import CallButton
from lisa_core.harness.rig.screen_history import WatchedScreen
from lisa_core.harness.scene.bench import begun
from lisa_core.harness.scene.scene import GLANCE_S, Scene
from lisa_core.harness.steps.grounds import (
    in_an_empty_booth,
    of_a_talk,
    somebody_was_greeted,
    visits_are_over,
)
from lisa_core.harness.steps.screen import the_button
from lisa_core.harness.text.words import next_weekday, step
from lisa_core.store.journal import Entry

TITLE = "Bürgerin und Bürgerbüro"

TOUCHED_S = 0.002
"""How long after that a touch has reached the booth's program at the latest, in virtual time."""
BOUNCES, BOUNCE_S = 5, 0.02
REGISTRATION = re.compile(
    r"anmeld|meld\w* sie sich|registrier|einlogg|log-?in|passwort|kennwort|e-mail|benutzername|konto|\bpin\b",
    re.IGNORECASE,
)

# --- Wenn -----------------------------------------------------------------------------------------------------------


@when(step("{wer:Bürgerin} das Bürgerbüro betritt"))
async def citizen_enters(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin das Bürgerbüro betritt"""
    await scene.enter()


@when(step("{wer:Bürgerin} Platz nimmt"))
async def citizen_sits_down(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin Platz nimmt"""
    await (await scene.actor()).sit()


@when(step("{wer:Bürgerin} {wessen:Besitz} Anliegen schildert"))
async def citizen_speaks(scene: Scene, wer: str, wessen: str) -> None:
    """Wenn die Bürgerin ihr Anliegen schildert"""
    await (await scene.actor()).speak(2.0)


@when(step("{wer:Bürgerin} das Bürgerbüro verlässt"))
async def citizen_leaves(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin das Bürgerbüro verlässt"""
    scene.bench.left = begun()
    await (await scene.actor()).leave()


@when(step("{wer:Bürgerin} kurz hinausgeht"))
async def citizen_steps_out(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin kurz hinausgeht

    Endet, sobald das Bürgerbüro bemerkt hat, dass niemand mehr da ist.
    """
    rig = await scene.rig()
    await (await scene.actor()).leave()
    await rig.screen.until(lambda s: s.view.title == "Sind Sie noch da?", "die Frage, ob sie noch da ist")


@when(step("{wer:Bürgerin} wieder hereinkommt"))
async def citizen_comes_back(scene: Scene, wer: str) -> None:
    """Wenn sie wieder hereinkommt"""
    await (await scene.actor()).enter()


@when(step("{wer:Bürgerin} {taste:Taste} berührt"))
async def citizen_touches(scene: Scene, wer: str, taste: str) -> None:
    """Wenn die Bürgerin „Kamera aus“ berührt

    Fragt der Bildschirm nach, weil etwas gelöscht wird, so bejaht sie.
    """
    rig, actor = await scene.rig(), await scene.actor()
    button = await the_button(rig.screen, taste)
    await actor.touch(button.id)
    kind, _, paper = button.id.partition(":")
    if kind == "verwerfen":
        await actor.touch(f"vernichten:{paper}")
    # It counts once what can be touched has stood for a moment: nothing is looked at before.
    await asyncio.sleep(rig.screen.view.deaf_ms / 1_000 + TOUCHED_S)


@when(step("{wer:Bürgerin} die Ruftaste drückt"))
async def citizen_presses_button(scene: Scene, wer: str) -> None:
    """Wenn die Bürgerin die Ruftaste drückt"""
    await (await scene.actor()).press_call_button()


@when(step("eine Begleitperson mit hereinkommt"))
async def companion_enters(scene: Scene) -> None:
    """Wenn eine Begleitperson mit hereinkommt"""

    async def in_the_world() -> None:
        await scene.disturb("open_door")
        await scene.disturb("enter", distance_cm=170)
        await asyncio.sleep(0.3)
        await scene.disturb("close_door")

    await scene.happens("companion_enters", in_the_world)


@when(step("die Begleitperson hinausgeht"))
async def companion_leaves(scene: Scene) -> None:
    """Wenn die Begleitperson hinausgeht"""

    async def in_the_world() -> None:
        await scene.disturb("open_door")
        await scene.disturb("leave")
        await asyncio.sleep(0.3)
        await scene.disturb("close_door")

    await scene.happens("companion_leaves", in_the_world)


@when(step("die Tür aufgeht"))
async def door_opens(scene: Scene) -> None:
    """Wenn die Tür aufgeht"""
    await scene.open_door()


@when(step("die Tür zugeht"))
async def door_closes(scene: Scene) -> None:
    """Wenn die Tür zugeht"""
    await scene.happens("close_door", lambda: scene.disturb("close_door"))


@when(step("die Tür prellt"))
async def door_bounces(scene: Scene) -> None:
    """Wenn die Tür prellt"""

    async def in_the_world() -> None:
        for _ in range(BOUNCES):
            await scene.disturb("open_door")
            await asyncio.sleep(BOUNCE_S)
            await scene.disturb("close_door")
            await asyncio.sleep(BOUNCE_S)

    await scene.happens("bounce_door", in_the_world)


@when(step("{dauer:Dauer} vergehen"))
async def time_passes(scene: Scene, dauer: float) -> None:
    """Wenn 2 s vergehen"""
    await scene.rig()
    start = begun()
    await asyncio.sleep(dauer)
    scene.bench.passed(start)


# --- Dann -----------------------------------------------------------------------------------------------------------


@then(step("erscheint {wen:Mitarbeiterin} {stelle:VonStelle} auf dem Bildschirm"))
@of_a_talk
async def agent_appears(scene: Scene, wen: str, stelle: str) -> None:
    """Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm"""
    rig = await scene.rig()

    def shown(screen: WatchedScreen) -> bool:
        card = screen.view.agent
        return card is not None and card.name == wen and card.office.startswith(stelle) and bool(screen.face)

    await rig.screen.until(shown, f"{wen} ({stelle}) mit Bild")
    whose = person(wen, Fall.WHOM_TO)
    scene.show("gesicht", "image/jpeg", rig.screen.face, f"Das Bild von {whose}, wie es die Kabine bekommt")


@then(step("hat {wer:Bürgerin} dafür nichts berührt"))
async def nothing_touched(scene: Scene, wer: str) -> None:
    """Dann hat die Bürgerin dafür nichts berührt"""
    rig = await somebody_was_greeted(scene)
    if scene.is_real("screen", "call_button"):
        await scene.look(("screen", "call_button"), bool, "Ist es bis hierher ohne jede Berührung gegangen?")
        scene.measure("eingaben.bis_begruessung", 0, "Stück", 0)
        return
    room = await scene.room()
    touches, pressed = list(room["touches"]), room["button_pressed"] or _asked_by_button(rig.booth.journal())
    scene.measure("eingaben.bis_begruessung", len(touches) + bool(pressed), "Stück", 0)
    assert not touches, f"Sie hat den Bildschirm berührt: {', '.join(touches)}"
    assert not pressed, "Sie hat die Ruftaste gedrückt."


@then(step("hat der Bildschirm nach keiner Anmeldung gefragt"))
async def no_registration(scene: Scene) -> None:
    """Dann hat der Bildschirm nach keiner Anmeldung gefragt"""
    await somebody_was_greeted(scene)
    for view in scene.views():
        words = f"{words_of(view)} {' '.join(button.label for button in view.buttons)}"
        assert not REGISTRATION.search(words), f"Der Bildschirm zeigte: {words}"


@then(step("hört {wer:Bürgerin} den Ton {ton:Ton}"))
async def citizen_hears(scene: Scene, wer: str, ton: str) -> None:
    """Dann hört die Bürgerin den Ton „freizeichen“

    Es gibt „freizeichen“ (jemand wird gerufen), „wartezeichen“ (alle sprechen gerade) und „hinweis“ (etwas ist neu).
    """
    known = [sound.value for sound in Sound if sound is not Sound.SILENT]
    if ton not in known:
        raise HarnessError(f"Den Ton „{ton}“ gibt es nicht. Bekannt sind: {', '.join(known)}.")
    await (await scene.rig()).screen.until(lambda s: s.view.sound.value == ton, f"der Ton „{ton}“")
    if scene.is_real("screen"):
        await scene.look(("screen",), bool, f"Ist der Ton „{ton}“ in der Kabine zu hören?")


@then(step("hört {wer:Bürgerin} den Ton {ton:Ton} nicht mehr"))
async def citizen_hears_no_more(scene: Scene, wer: str, ton: str) -> None:
    """Dann hört die Bürgerin den Ton „wartezeichen“ nicht mehr"""
    screen = (await scene.rig()).screen
    if all(view.sound.value != ton for view in scene.views()):
        raise HarnessError(
            f"Der Ton „{ton}“ war bis jetzt nicht zu hören. Davor „Dann hört die Bürgerin den Ton „{ton}““ schreiben."
        )
    await screen.until(lambda s: s.view.sound.value != ton, f"das Ende des Tons „{ton}“")
    await scene.never(lambda: f"Der Ton „{ton}“ ist wieder zu hören." if screen.view.sound.value == ton else "")
    if scene.is_real("screen"):
        await scene.look(("screen",), bool, f"Ist der Ton „{ton}“ in der Kabine nicht mehr zu hören?")


@then(step("zeigt der Bildschirm {text:Bildschirmtext}"))
@in_an_empty_booth
async def screen_shows(scene: Scene, text: str) -> None:
    """Dann zeigt der Bildschirm „Bitte nehmen Sie Platz“"""
    rig = await scene.rig()
    await rig.screen.until(lambda s: text in words_of(s.view), f"„{text}“")


@then(step("zeigt der Bildschirm {text:Bildschirmtext} nicht"))
@in_an_empty_booth
async def screen_does_not_show(scene: Scene, text: str) -> None:
    """Dann zeigt der Bildschirm „Alle sprechen gerade“ nicht"""
    screen = (await scene.rig()).screen
    await screen.until(lambda s: s.seen, "überhaupt etwas")
    await scene.never(lambda: f"Er zeigt: {words_of(screen.view)}" if text in words_of(screen.view) else "")


@then(step("zeigt der Bildschirm {text:Bildschirmtext} nicht mehr"))
@in_an_empty_booth
async def screen_shows_no_more(scene: Scene, text: str) -> None:
    """Dann zeigt der Bildschirm „Alle sprechen gerade“ nicht mehr"""
    rig = await scene.rig()
    if not any(text in words_of(view) for view in scene.views()):
        raise HarnessError(
            f"„{text}“ stand bis jetzt nicht auf dem Bildschirm. Davor „Dann zeigt der Bildschirm „{text}““ schreiben."
        )
    await rig.screen.until(lambda s: text not in words_of(s.view), f"„{text}“ nicht mehr")


@then(step("nennt der Bildschirm als nächste Öffnung {tag:Wochentag}, {zeit:Uhrzeit} Uhr"))
async def screen_names_weekday(scene: Scene, tag: int, zeit: tuple[int, int]) -> None:
    """Dann nennt der Bildschirm als nächste Öffnung Montag, 8:30 Uhr"""
    rig = await scene.rig()
    now = rig.clock.instant().civil
    day = next_weekday(now.replace(hour=zeit[0], minute=zeit[1]), tag, zeit)
    await _names_opening(scene, day if day > now else day + timedelta(days=7))


@then(step("nennt der Bildschirm als nächste Öffnung den {tag:Datum}, {zeit:Uhrzeit} Uhr"))
async def screen_names_date(scene: Scene, tag: datetime, zeit: tuple[int, int]) -> None:
    """Dann nennt der Bildschirm als nächste Öffnung den 01.11.2028, 8:30 Uhr"""
    await _names_opening(scene, tag.replace(hour=zeit[0], minute=zeit[1]))


@then(step("nennt der Bildschirm den {formular:Formular}"))
async def screen_names_form(scene: Scene, formular: str) -> None:
    """Dann nennt der Bildschirm den „Antrag auf Wohngeld (Mietzuschuss)“"""
    rig = await scene.rig()
    await rig.screen.until(lambda s: formular in s.view.forms, f"den {formular}")


@then(step("bittet der Bildschirm, Platz zu nehmen"))
async def screen_asks_to_sit(scene: Scene) -> None:
    """Dann bittet der Bildschirm, Platz zu nehmen"""
    rig = await scene.rig()
    await rig.screen.until(_shows(ScreenScene.TAKE_SEAT, "Platz"), "die Bitte, Platz zu nehmen")


@then(step("verabschiedet sich der Bildschirm"))
async def screen_says_goodbye(scene: Scene) -> None:
    """Dann verabschiedet sich der Bildschirm"""
    rig = await scene.rig()
    await rig.screen.until(_shows(ScreenScene.FAREWELL, "Wiedersehen"), "den Abschied")


@then(step("ist das Bürgerbüro wieder frei"))
@in_an_empty_booth
async def booth_is_free(scene: Scene) -> None:
    """Dann ist das Bürgerbüro wieder frei

    Auch eines, in dem niemand war, ist frei: Ältere Dateien sagen es so.
    """
    rig = await scene.rig()
    await rig.screen.until(lambda s: s.view.scene is ScreenScene.FREE, "das freie Bürgerbüro")
    await scene.until_true(lambda: visits_are_over(rig.booth), "der Besuch ist zu Ende")


@then(step("ist das Sichtschutzglas trüb"))
async def glass_is_opaque(scene: Scene) -> None:
    """Dann ist das Sichtschutzglas trüb"""
    await scene.look(("privacy_glass",), lambda room: room["glass_opaque"], "Ist das Sichtschutzglas trüb?")


@then(step("ist das Sichtschutzglas klar"))
@in_an_empty_booth
async def glass_is_clear(scene: Scene) -> None:
    """Dann ist das Sichtschutzglas klar"""
    question = "Ist das Sichtschutzglas klar?"
    await scene.look(("privacy_glass",), lambda room: not room["glass_opaque"], question, lasting=True)


@then(step("ist die Induktionsschleife eingeschaltet"))
async def loop_is_on(scene: Scene) -> None:
    """Dann ist die Induktionsschleife eingeschaltet"""
    question = "Ist die Induktionsschleife eingeschaltet?"
    await scene.look(("induction_loop",), lambda room: "induction_loop" in room["on"], question)


@then(step("ist die Induktionsschleife ausgeschaltet"))
@in_an_empty_booth
async def loop_is_off(scene: Scene) -> None:
    """Dann ist die Induktionsschleife ausgeschaltet"""
    question = "Ist die Induktionsschleife ausgeschaltet?"
    await scene.look(("induction_loop",), lambda room: "induction_loop" not in room["on"], question, lasting=True)


@then(step("endet der Besuch als {ergebnis:Ergebnis}"))
async def visit_ends_as(scene: Scene, ergebnis: str) -> None:
    """Dann endet der Besuch als „antrag_eingereicht“"""
    rig = await scene.rig()
    for _ in range(int(PATIENCE_S / GLANCE_S)):
        if rig.booth.outcomes:
            break
        await asyncio.sleep(GLANCE_S)
    found = [outcome for _, outcome in rig.booth.outcomes]
    assert found == [ergebnis], f"Ergebnis: {', '.join(found) or 'keines'}; erwartet war genau einmal {ergebnis}"
    noted = [entry.detail for entry in rig.booth.journal() if entry.name == VISIT_ENDED][-1:]
    assert noted == found, f"Im Protokoll steht als Ergebnis: {', '.join(noted) or 'nichts'}"


@then(step("war es ein einziger Besuch"))
async def one_visit(scene: Scene) -> None:
    """Dann war es ein einziger Besuch"""
    rig = await scene.rig()
    begun = [entry for entry in rig.booth.journal() if entry.name == VISIT_BEGUN]
    assert len(begun) == 1, f"Es waren {len(begun)} Besuche."


# --- small things -----------------------------------------------------------------------------------------------------


async def _names_opening(scene: Scene, at: datetime) -> None:
    rig = await scene.rig()
    wanted = f"{WEEKDAYS[at.weekday()]}, {at:%d.%m.%Y}, ab {at:%H:%M} Uhr"
    await rig.screen.until(
        lambda s: s.view.scene is ScreenScene.CLOSED and wanted in s.view.text, f"nächste Öffnung {wanted}"
    )


def words_of(view: ScreenView) -> str:
    """All that stands there in words."""
    return f"{view.title}\n{view.text}\n{view.notice}\n{view.hint}"


def _shows(scene: ScreenScene, word: str) -> Callable[[WatchedScreen], bool]:
    """Whether the screen is at this scene, and says so to whoever reads it."""
    return lambda screen: screen.view.scene is scene and word in screen.view.title


def _asked_by_button(log: list[Entry]) -> bool:
    """Whether the call button did something for the visit that began last."""
    last = next((entry.subject for entry in reversed(log) if entry.name == VISIT_BEGUN), None)
    return any(entry.name == NAMES[CallButton] and entry.subject == last for entry in log)
