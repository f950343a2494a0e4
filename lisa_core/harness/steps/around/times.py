"""Steps of a tester's own times and orders: a stopwatch for whatever lies between two sentences, what came first."""

from __future__ import annotations

import asyncio

from pytest_bdd import then, when

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.loop.holdup import held_up_s, waited
from lisa_core.harness.report.measure import limited
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.scene.setting import plain_key
from lisa_core.harness.steps.booth import words_of
from lisa_core.harness.steps.grounds import in_an_empty_booth
from lisa_core.harness.text.words import step

TITLE = "Zeiten und Reihenfolge"


@when(step("die Stoppuhr {name:Text} startet"))
async def watch_starts(scene: Scene, name: str) -> None:
    """Wenn die Stoppuhr „Begrüßung“ startet"""
    await scene.rig()
    scene.stopwatches[name] = asyncio.get_running_loop().time(), waited()


@then(step("zeigt die Stoppuhr {name:Text} höchstens {dauer:Dauer}"))
@in_an_empty_booth
@limited
async def watch_shows_at_most(scene: Scene, name: str, dauer: float) -> None:
    """Dann zeigt die Stoppuhr „Begrüßung“ höchstens 3 s

    Gemessen wird vom Satz, der sie startet, bis hierher; im Bericht und in Anforderungen heißt es stoppuhr.begruessung.
    """
    _compare(scene, name, dauer, upper=True)


@then(step("zeigt die Stoppuhr {name:Text} mindestens {dauer:Dauer}"))
@in_an_empty_booth
async def watch_shows_at_least(scene: Scene, name: str, dauer: float) -> None:
    """Dann zeigt die Stoppuhr „Warten“ mindestens 2 s"""
    _compare(scene, name, dauer, upper=False)


@then(step("hat der Bildschirm {erst:Bildschirmtext} vor {dann:Bildschirmtext} gezeigt"))
async def screen_showed_before(scene: Scene, erst: str, dann: str) -> None:
    """Dann hat der Bildschirm „Einen Augenblick“ vor „Sie sprechen mit“ gezeigt

    Beides war zu sehen, und das eine zuerst früher als das andere.
    """
    await scene.rig()
    first = {text: _first_shown(scene, text) for text in (erst, dann)}
    missing = [text for text, at in first.items() if at is None]
    assert not missing, f"Der Bildschirm hat nie gezeigt: „{missing[0]}“"
    assert (first[erst] or 0) < (first[dann] or 0), f"Zuerst war „{dann}“ zu sehen, danach „{erst}“."


def _compare(scene: Scene, name: str, limit_s: float, *, upper: bool) -> None:
    if name not in scene.stopwatches:
        raise HarnessError(f"Die Stoppuhr „{name}“ läuft nicht. Davor „Wenn die Stoppuhr „{name}“ startet“ schreiben.")
    since_s, before = scene.stopwatches[name]
    took_s = asyncio.get_running_loop().time() - since_s
    late_s, key = held_up_s(before, waited(), took_s), f"stoppuhr.{plain_key(name)}"
    since, used = f"ab dem Start der Stoppuhr „{name}“", scene.witness.in_use
    scene.measure(key, round(took_s, 3), "s", held_up=round(late_s, 3), since=since, slots=used)
    late_s = late_s if upper else 0.0
    undecided = scene.explained(key, took_s, limit_s, late_s, upper=upper, slots=used)
    if undecided or (took_s <= limit_s if upper else took_s >= limit_s):
        return
    shown, limit = (f"{seconds:.2f}".replace(".", ",") for seconds in (took_s, limit_s))
    word = "höchstens" if upper else "mindestens"
    raise AssertionError(f"Die Stoppuhr „{name}“ zeigt {shown} s, {word} {limit} s sollten es sein.")


def _first_shown(scene: Scene, text: str) -> int | None:
    return next((number for number, view in enumerate(scene.views()) if text in words_of(view)), None)
