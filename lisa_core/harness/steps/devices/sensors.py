"""Measures of what notices somebody: presence sensor, door contact, card reader."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from statistics import median

from lisa_core.domain.model.errors import HarnessError, NotCheckedError
from lisa_core.domain.model.readings import CardKind, PresenceReport
from lisa_core.harness.loop.holdup import held_up_s, waited
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.devices.measure import (
    MICRO,
    Measure,
    Taken,
    after_second_contact,
    done_before,
    first_of,
    of_the_reference,
    per_second,
    spell_of,
    times_reported,
)
from lisa_core.harness.steps.grounds import NOBODY_CAME

LONG_S, HELD_S, COUNTED_S = 600.0, 60.0, 10.0
"""How long somebody sits still or nobody comes, stands at a mark, and reports are counted."""
ROUNDED_US = 1_000
"""Seconds with a fraction are not exact: what happened in the same moment is not before it."""
SAT = "Wenn die Bürgerin 10 Minuten lang still sitzt"
STOOD = "Wenn jemand 250 cm vor dem Präsenzsensor stehen bleibt"


def _entered_us(scene: Scene) -> int:
    if scene.entered is None:
        raise HarnessError(NOBODY_CAME)
    return int(scene.entered[0] * MICRO) - ROUNDED_US


async def entering(scene: Scene) -> Taken:
    """From the report that the door opens to the first that somebody is there."""
    since_us, rig = _entered_us(scene), await scene.rig()
    door, radar = rig.reported.door, rig.reported.presence
    opened_us = await of_the_reference(
        scene, lambda: first_of(at for at, is_open in door if is_open and at >= since_us), "die Tür geht auf"
    )
    seen_us = await scene.until_true(
        lambda: first_of(at for at, report in radar if report.present and at >= since_us), "jemand ist gemeldet"
    )
    took_s = max(0, seen_us - opened_us) / MICRO
    late_s = held_up_s(scene.entered[1], waited(), took_s) if scene.entered else 0.0
    return Taken(took_s, late_s, "ab der Meldung der offenen Tür")


async def leaving(scene: Scene) -> Taken:
    """From the report that the door is shut behind her to the first that nobody is there."""
    left, rig = done_before(scene.bench.left, "Wenn die Bürgerin das Bürgerbüro verlässt"), await scene.rig()
    came_us = _entered_us(scene)

    def gone() -> int | None:
        rows = [(at, report.present) for at, report in rig.reported.presence if at >= came_us]
        seen = max((at for at, present in rows if present), default=None)
        return None if seen is None else first_of(at for at, present in rows if at > seen and not present)

    def shut() -> int | None:
        moved = [(at, is_open) for at, is_open in rig.reported.door if at >= left.at_us]
        return None if not moved or moved[-1][1] else moved[-1][0]

    gone_us = await scene.until_true(gone, "niemand ist mehr gemeldet")
    took_s = max(0, gone_us - await of_the_reference(scene, shut, "die Tür ist wieder zu")) / MICRO
    return Taken(took_s, left.held_up_s(took_s), "ab der Meldung der geschlossenen Tür")


async def sitting_still(scene: Scene) -> Taken:
    """How often somebody who sits still was lost."""
    reports = await _watched_alone(scene, SAT)
    _entered_us(scene)
    assert reports[0], "Am Anfang war die Person nicht gemeldet."
    return Taken(sum(before and not now for before, now in pairwise(reports)), 0.0, "bei geschlossener Tür")


async def false_alarms(scene: Scene) -> Taken:
    """How often somebody was reported where nobody is; one that is reported all the time counts once."""
    if scene.entered is not None:
        raise HarnessError("Es ist jemand hereingekommen: Ein Fehlalarm wäre so keiner.")
    reports = await _watched_alone(scene, "Wenn 10 Minuten vergehen")
    return Taken(
        reports[0] + sum(now and not before for before, now in pairwise(reports)), 0.0, "bei geschlossener Tür"
    )


async def _watched_alone(scene: Scene, sentence: str) -> list[bool]:
    """What was reported in ten minutes during which the door stayed shut, beginning with what was so then."""
    done_before(scene.bench.spell, sentence)
    (since_us, until_us), rig = spell_of(scene, LONG_S), await scene.rig()
    if any(is_open for at, is_open in rig.reported.door if since_us <= at <= until_us):
        raise NotCheckedError("Während der zehn Minuten ging die Tür auf: Was gemeldet wurde, sagt nichts.")
    return [report.present for report in _within(rig.reported.presence, since_us, until_us)]


async def reach(scene: Scene) -> Taken:
    """The distance of the mark at which somebody stood and was reported for a minute; 0 where not all of it."""
    mark_cm = done_before(scene.bench.mark_cm, STOOD)
    (since_us, until_us), rig = spell_of(scene, HELD_S), await scene.rig()
    held = all(report.present for report in _within(rig.reported.presence, since_us, until_us))
    return Taken(mark_cm if held else 0, 0.0, f"eine Minute lang an der Marke von {mark_cm} cm")


async def distance(scene: Scene) -> Taken:
    """By how much the reported distance differs from that of the mark, in the middle."""
    mark_cm = done_before(scene.bench.mark_cm, STOOD)
    (since_us, until_us), rig = spell_of(scene, HELD_S), await scene.rig()
    seen = [_distance(one) for one in _within(rig.reported.presence, since_us, until_us) if one.present]
    assert seen, f"An der Marke von {mark_cm} cm war niemand gemeldet."
    return Taken(abs(median(seen) - mark_cm), 0.0, f"an der Marke von {mark_cm} cm")


async def rate(scene: Scene) -> Taken:
    """How often it reports, over the last spell."""
    since_us, until_us = spell_of(scene, COUNTED_S)
    rig = await scene.rig()
    count = sum(since_us < at <= until_us for at, _ in rig.reported.presence)
    return per_second(count, until_us - since_us, done_before(scene.bench.idle, "Wenn 10 s vergehen"))


async def opening(scene: Scene) -> Taken:
    """From the report of the second contact to that of the door contact."""
    act, rig = done_before(scene.bench.opened, "Wenn die Tür mit dem zweiten Kontakt aufgeht"), await scene.rig()
    contacts = rig.reported.call_button, rig.reported.door
    return await after_second_contact(scene, act, contacts, "die offene Tür ist gemeldet")


async def missed(scene: Scene) -> Taken:
    """How many openings of the door were not reported."""
    since_us, count = done_before(scene.bench.swings, "Wenn die Tür zehnmal auf- und zugeht")
    rig = await scene.rig()
    return Taken(max(0, count - times_reported(rig.reported.door, since_us)))


async def quiet(scene: Scene) -> Taken:
    """How often a door moved, as it was reported, that nobody touched."""
    if scene.entered is not None:
        raise HarnessError("Es ist jemand hereingekommen: Die Tür hat sich bewegt.")
    (since_us, until_us), rig = spell_of(scene, LONG_S), await scene.rig()
    if any(report.present for report in _within(rig.reported.presence, since_us, until_us)):
        raise NotCheckedError("Während der zehn Minuten war jemand da, der die Tür anrühren konnte.")
    assert rig.reported.door, "Der Türkontakt hat nichts gemeldet, auch nicht, wie die Tür steht."
    return Taken(sum(since_us < at <= until_us for at, _ in rig.reported.door))


async def card_seen(scene: Scene) -> Taken:
    """From a card's being laid there to the report of it."""
    act, rig = (
        done_before(scene.bench.laid, "Wenn die Bürgerin einen Ausweis auf den Kartenleser legt"),
        await scene.rig(),
    )
    cards = rig.reported.card_reader

    def seen() -> int | None:
        return next((at for at, kind in reversed(cards) if kind is not CardKind.NONE), None)

    took_s = max(0, await scene.until_true(seen, "eine Karte ist gemeldet") - act.at_us) / MICRO
    return Taken(took_s, act.held_up_s(took_s), "ab dem Auflegen")


def _within(rows: Iterable[tuple[int, PresenceReport]], since_us: int, until_us: int) -> list[PresenceReport]:
    """What was reported then, beginning with the last report before. Raises `AssertionError` where there is none."""
    before = [report for at, report in rows if at <= since_us][-1:]
    found = [*before, *(report for at, report in rows if since_us < at <= until_us)]
    assert found, "Der Präsenzsensor hat nichts gemeldet."
    return found


def _distance(report: PresenceReport) -> int:
    return next(cm for cm in (report.still_cm, report.moving_cm, 0) if cm is not None)


SENSORS = {
    "Meldung des Eintretens": Measure("praesenz.erkannt", "s", "presence", entering, ("door",)),
    "Meldung des Verlassens": Measure("praesenz.verlassen", "s", "presence", leaving, ("door",)),
    "Stilles Sitzen": Measure("praesenz.still_verloren", "Stück", "presence", sitting_still, ("door",)),
    "Fehlalarme": Measure("praesenz.fehlalarme", "Stück", "presence", false_alarms, ("door",)),
    "Reichweite": Measure("praesenz.reichweite", "cm", "presence", reach),
    "Gemeldete Entfernung": Measure("praesenz.abweichung", "cm", "presence", distance),
    "Takt der Meldungen": Measure("praesenz.takt", "Hz", "presence", rate),
    "Meldung der offenen Tür": Measure("tuer.meldung", "ms", "door", opening, ("call_button",)),
    "Verpasste Türbewegungen": Measure("tuer.verpasst", "Stück", "door", missed),
    "Falsche Türmeldungen": Measure("tuer.fehlmeldungen", "Stück", "door", quiet, ("presence",)),
    "Meldung der Karte": Measure("karte.gemeldet", "s", "card_reader", card_seen),
}
