"""What is asked of scanner, printer and camera directly, without a visit; and what a scanner says of its scan."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Mapping

from pytest_bdd import then, when

from lisa_core.domain.model.errors import DeviceFault, HarnessError
from lisa_core.domain.model.nearest import nearest
from lisa_core.domain.model.readings import ScannedPage, ScanSettings
from lisa_core.harness.scene.bench import Scanned, begun
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.devices.filming import film, of_a_person
from lisa_core.harness.steps.devices.measure import done_before
from lisa_core.harness.steps.devices.papers import PRINT_S, SCANS, SHEET
from lisa_core.harness.steps.grounds import in_an_empty_booth
from lisa_core.harness.text.words import step
from lisa_core.host.clock import now_us

TITLE = "Scanner, Drucker und Kamera messen"

_TRIES = 100
TELLS: Mapping[str, str] = {
    "leerer Einzug": "scanner.empty",
    "Papierstau": "scanner.jam",
    "Doppeleinzug": "scanner.double",
    "offene Klappe": "scanner.cover",
}
"""What a scanner says of a scan that failed: in a sentence, and by the code of its driver."""


@when(step("der Scanner {seiten:Seiten} einliest"))
async def scanner_reads(scene: Scene, seiten: int) -> None:
    """Wenn der Scanner 3 Seiten einliest

    Ohne Besuch und ohne Mitarbeiterin: So viele Blätter liegen im Einzug.
    """
    rig = await scene.rig()
    scene.witness.used(("scanner",))
    pages: list[ScannedPage] = []
    start, fault = begun(), None
    try:
        async with contextlib.aclosing(rig.slots.scanner.scan(ScanSettings())) as coming:
            async for page in coming:
                pages.append(page)  # noqa: PERF401  # those before a fault count
    except DeviceFault as said:
        fault = said
    scene.bench.scanned = Scanned(seiten, start, now_us(), tuple(pages), fault)


@when(step("der Drucker ein Testblatt druckt"))
async def printer_prints(scene: Scene) -> None:
    """Wenn der Drucker ein Testblatt druckt

    Ohne Besuch. Auf dem Blatt stehen ein paar Zeilen in verschiedener Größe.
    """
    rig = await scene.rig()
    scene.witness.used(("printer",))
    is_real = scene.is_real("printer")
    sheet, scene.bench.control = await asyncio.to_thread(_controlled) if is_real else (_test_sheet(), "")
    scene.bench.printed = begun()
    try:
        await rig.slots.printer.hand_out(sheet, SHEET)
    except DeviceFault as fault:
        raise AssertionError(f"Der Drucker hat das {SHEET} nicht gedruckt: {fault}") from None


@when(step("der Drucker ein Testblatt zu drucken versucht"))
async def printer_tries_to_print(scene: Scene) -> None:
    """Wenn der Drucker ein Testblatt zu drucken versucht

    Endet, sobald er gedruckt oder gesagt hat, dass er es nicht tut.
    """
    rig = await scene.rig()
    scene.witness.used(("printer",))
    scene.bench.printed, scene.bench.refused_us = begun(), None
    try:
        await rig.slots.printer.hand_out(_test_sheet(), SHEET)
    except DeviceFault:
        scene.bench.refused_us = now_us()


@when(step("die Kamera {dauer:Dauer} lang läuft"))
async def camera_runs(scene: Scene, dauer: float) -> None:
    """Wenn die Kamera 5 s lang läuft

    Muss dieser Rechner auf einen Prozessor warten, so läuft sie um so viel länger.
    Auf ihr erstes Bild wird zehn Sekunden gewartet.
    """
    camera = (await scene.rig()).slots.citizen_camera
    scene.witness.used(("citizen_camera",))
    scene.bench.filmed = of_a_person(await film(camera, dauer))


@then(step("nennt der Scanner selbst {was:Text}"))
@in_an_empty_booth
async def scanner_says(scene: Scene, was: str) -> None:
    """Dann nennt der Scanner selbst „Papierstau“

    Oder „leerer Einzug“, „Doppeleinzug“, „offene Klappe“.
    """
    if was not in TELLS:
        raise HarnessError(f"„{was}“ sagt kein Scanner.{nearest(was, TELLS)}")
    scanned = done_before(scene.bench.scanned, SCANS)
    assert scanned.fault is not None, f"Der Scanner hat nichts beanstandet; es kamen {len(scanned.pages)} Seiten."
    assert scanned.fault.code == TELLS[was], f"Der Scanner sagt etwas anderes: {scanned.fault}"


@then(step("hat der Scanner {seiten:Seiten} geliefert"))
@in_an_empty_booth
async def pages_arrived(scene: Scene, seiten: int) -> None:
    """Dann hat der Scanner 2 Seiten geliefert

    Auch wenn der Auftrag danach abbrach: Was vorher kam, bleibt gut.
    """
    scanned = done_before(scene.bench.scanned, SCANS)
    good = [page for page in scanned.pages if page.data]
    assert len(good) == seiten, f"Angekommen sind {len(good)} Seiten, erwartet {seiten}. {scanned.fault or ''}".rstrip()


@then(step("liegt das Testblatt lesbar im Drucker"))
@in_an_empty_booth
async def sheet_is_legible(scene: Scene) -> None:
    """Dann liegt das Testblatt lesbar im Drucker

    An einem echten Drucker liest die Prüferin aus der kleinsten Zeile die Kontrollzahl ab, bei jedem Druck eine andere.
    """
    done_before(scene.bench.printed, "Wenn der Drucker ein Testblatt druckt")
    if scene.bench.control:
        await scene.read_off(
            "printer", f"{SHEET} im Fach: Welche Zahl steht in der kleinsten Zeile?", scene.bench.control
        )
        return
    question = f"Ist auf dem {SHEET} im Fach jede Zeile zu lesen, auch die kleinste?"
    await scene.look(("printer",), lambda room: any(map(_whole, room["tray"])), question, PRINT_S)


def _whole(sheet: str) -> bool:
    return sheet.startswith(f"{SHEET} ") and "(" not in sheet


def _controlled() -> tuple[bytes, str]:
    """A sheet with a number that only who looks at it knows; as long as any other, for recordings keep lengths."""
    usual = len(_test_sheet())
    for _ in range(_TRIES):
        number = str(100 + secrets.randbelow(900))
        sheet = _test_sheet(number)
        if len(sheet) == usual:
            break
    return sheet, number


def _test_sheet(number: str = "000") -> bytes:
    from lisa_core.papers.sheet import Sheet  # loads what draws PDF

    sheet = Sheet(SHEET, "LISA", "Testblatt für Drucker")
    sheet.heading(SHEET)
    for size in (14, 11, 9, 7, 6):
        sheet.line(f"Diese Zeile ist {size} Punkt groß: äöüß ÄÖÜ 0123456789 – und sie ist zu lesen.", size)
    sheet.line(f"Kontrollzahl {number}", 6)
    return sheet.pdf()
