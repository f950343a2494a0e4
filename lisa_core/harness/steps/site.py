"""Steps that say where and when a scenario plays, and what is different from an ordinary Monday morning in Templin."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import datetime

from pytest_bdd import given, then, when

from lisa_core.domain.model.directory import Trigger
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.time import WEEKDAYS
from lisa_core.harness.scene.scene import A_MONDAY, Scene
from lisa_core.harness.scene.setting import toml_text
from lisa_core.harness.text.words import next_weekday, step

TITLE = "Ausgangslage"

DEADLINES = {
    "Klingeln": "ring_us",
    "Weiterleitung": "transfer_us",
    "Abwesenheit": "away_grace_us",
    "Verbindungsausfall": "link_patience_us",
    "Abschied": "farewell_us",
    "Eingangsbestätigung": "receipt_us",
}
HOURS = (
    "{ mo = ['08:30-16:00'], di = ['08:30-17:00'], mi = ['08:30-16:00'], do = ['08:30-16:00'], fr = ['08:30-12:00'] }"
)


@given(step("das Bürgerbüro {ort:Standort} ist geöffnet"))
def site_is_open(scene: Scene, ort: str) -> None:
    """Angenommen das Bürgerbüro Templin ist geöffnet"""
    scene.wish_site(ort)


@given(step("zum Landkreis gehört das Bürgerbüro {ort:NeuerStandort}"))
def site_is_added(scene: Scene, ort: str) -> None:
    """Angenommen zum Landkreis gehört das Bürgerbüro Brüssow

    Gibt es das Bürgerbüro noch nicht, kommt es allein durch Konfiguration dazu.
    """
    table = f'name = "Bürgerbüro {ort}"\nland = "BB"\nopened_on = 2023-03-01\ntrigger = "tuer"\nhours = {HOURS}\n'
    scene.setting.extend("sites", ort, table)


@given(step("zum Landkreis gehört die Stelle {stelle:NeueStelle} mit {wer:NeueMitarbeiterin}"))
def office_is_added(scene: Scene, stelle: str, wer: str) -> None:
    """Angenommen zum Landkreis gehört die Stelle „Jobcenter Uckermark“ mit Frau Zander"""
    _add_office(scene, stelle, wer)


@given(
    step(
        "zum Landkreis gehört die Stelle {stelle:NeueStelle} mit {wer:NeueMitarbeiterin}, offen nur am {tag:Wochentag}"
    )
)
def office_is_added_for_a_day(scene: Scene, stelle: str, wer: str, tag: int) -> None:
    """Angenommen zum Landkreis gehört die Stelle „Jobcenter Uckermark“ mit Frau Zander, offen nur am Dienstag

    Von 8:30 bis 16 Uhr.
    """
    _add_office(scene, stelle, wer, f"hours = {{ {WEEKDAYS[tag][:2].lower()} = ['08:30-16:00'] }}\n")


def _add_office(scene: Scene, name: str, agent: str, more: str = "") -> None:
    office = scene.setting.extend("offices", name, f'name = {toml_text(name)}\ntenant = "landkreis"\n{more}')
    scene.setting.extend("agents", agent, f'name = "{agent}"\noffice = "{office}"\n')


@given(step("es ist {tag:Wochentag}, {zeit:Uhrzeit} Uhr"))
def it_is_weekday(scene: Scene, tag: int, zeit: tuple[int, int]) -> None:
    """Angenommen es ist Samstag, 10 Uhr"""
    scene.wish(civil=next_weekday(A_MONDAY, tag, zeit))


@given(step("es ist der {tag:Datum}, {zeit:Uhrzeit} Uhr"))
def it_is_date(scene: Scene, tag: datetime, zeit: tuple[int, int]) -> None:
    """Angenommen es ist der 31.10.2028, 10 Uhr"""
    scene.wish(civil=tag.replace(hour=zeit[0], minute=zeit[1]))


@given(step("das Bürgerbüro verbindet, sobald man sitzt und die Tür zu ist"))
def trigger_is_seat(scene: Scene) -> None:
    """Angenommen das Bürgerbüro verbindet, sobald man sitzt und die Tür zu ist"""
    scene.wish(trigger=Trigger.SEATED)


@given(step("die Frist {frist:Frist} beträgt {dauer:Dauer}"))
def deadline_is(scene: Scene, frist: str, dauer: float) -> None:
    """Angenommen die Frist „Verbindungsausfall“ beträgt 2 s"""
    if frist not in DEADLINES:
        raise HarnessError(f"Die Frist „{frist}“ gibt es nicht. Bekannt sind: {', '.join(DEADLINES)}.")
    scene.setting.shorten(DEADLINES[frist], round(dauer * 1_000_000))


@given(step("im Scanner staut sich Seite {seite:Seitenzahl}"))
async def scanner_will_jam(scene: Scene, seite: int) -> None:
    """Angenommen im Scanner staut sich Seite 2"""
    await scene.happens("set_jam", lambda: scene.disturb("set_jam", page=seite), page=seite)


@given(step("hier anhalten"))
@when(step("hier anhalten"))
@then(step("hier anhalten"))
def stands_here() -> None:
    """Wenn hier anhalten

    Mit `lisa run --pause` steht das Szenario hier, bis jemand weitermacht; sonst geschieht nichts.
    """


def is_halt(function: Callable[..., object]) -> bool:
    """Whether a run with `--pause` stands after this step."""
    return inspect.unwrap(function) is stands_here
