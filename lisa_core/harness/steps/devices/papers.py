"""Measures of what takes and gives paper: scanner and printer; and of the camera that sees the citizen."""

from __future__ import annotations

from lisa_core.domain.model.json_types import JsonMap
from lisa_core.harness.scene.bench import Filmed, Scanned, begun
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.devices.measure import MICRO, Measure, Taken, done_before, per_second

SHEET = "Testblatt"
PRINT_S = 120.0
SCANS, PRINTS, FILMS = (
    "Wenn der Scanner 3 Seiten einliest",
    "Wenn der Drucker ein Testblatt druckt",
    "Wenn die Kamera 5 s lang läuft",
)
TRIES = "Wenn der Drucker ein Testblatt zu drucken versucht"
NO_FRAME = "Auf dem Scan ist die Strichtafel nicht zu erkennen."


def _scanned(scene: Scene) -> Scanned:
    """A scan that has come to its end. `AssertionError` with the fault of one that has not."""
    scanned = done_before(scene.bench.scanned, SCANS)
    assert scanned.fault is None, f"{scanned.fault}"
    assert scanned.pages, "Es kam keine Seite."
    return scanned


async def missing_pages(scene: Scene) -> Taken:
    """By how many pages the scan differs from the sheets that were laid in."""
    scanned = _scanned(scene)
    return Taken(abs(scanned.sheets - len(scanned.pages)))


async def scale(scene: Scene) -> Taken:
    """By how much the scale of the picture differs from the resolution that is claimed for it."""
    from lisa_core.harness.steps.devices import chart  # loads numpy

    page = _scanned(scene).pages[0]
    found = chart.scale_error(page.data, page.resolution_dpi)
    assert found is not None, NO_FRAME
    return Taken(round(found, 2))


async def contrast(scene: Scene) -> Taken:
    """How much strokes of half a millimetre stand out."""
    from lisa_core.harness.steps.devices import chart

    found = chart.contrast(_scanned(scene).pages[0].data)
    assert found is not None, NO_FRAME
    return Taken(round(found, 1))


async def page_time(scene: Scene) -> Taken:
    """How long a page takes, of all in the middle."""
    scanned = _scanned(scene)
    took_s = (scanned.ended_us - scanned.begun.at_us) / MICRO
    late_s = scanned.begun.held_up_s(took_s)
    return Taken(took_s / len(scanned.pages), late_s / len(scanned.pages), "ab dem Auftrag, je Seite")


async def first_sheet(scene: Scene) -> Taken:
    """From the order to the sheet in the tray."""
    printed = done_before(scene.bench.printed, PRINTS)
    await scene.look(("printer",), lambda room: _sheets(room) > 0, f"Liegt das {SHEET} ganz im Fach?", PRINT_S)
    took_s = (begun().at_us - printed.at_us) / MICRO
    return Taken(took_s, printed.held_up_s(took_s), "ab dem Auftrag")


async def missing_sheets(scene: Scene) -> Taken:
    """Whether exactly one sheet lies in the tray."""
    done_before(scene.bench.printed, PRINTS)
    question = f"Liegt genau ein {SHEET} im Fach?"
    await scene.look(("printer",), lambda room: _sheets(room) == 1, question, PRINT_S, lasting=True)
    return Taken(0)


async def refusal(scene: Scene) -> Taken:
    """From an order that cannot be carried out to the printer's being named for it."""
    printed = done_before(scene.bench.printed, TRIES)
    assert scene.bench.refused_us is not None, "Der Drucker hat den Auftrag angenommen, als wäre nichts."
    took_s = (scene.bench.refused_us - printed.at_us) / MICRO
    return Taken(took_s, printed.held_up_s(took_s), "ab dem Auftrag")


def _sheets(room: JsonMap) -> int:
    return sum(sheet.startswith(f"{SHEET} ") for sheet in room["tray"])


def _filmed(scene: Scene) -> Filmed:
    """Pictures that came. `AssertionError` with the fault of a camera that said one."""
    filmed = done_before(scene.bench.filmed, FILMS)
    assert filmed.fault is None, f"{filmed.fault}"
    return filmed


async def picture_rate(scene: Scene) -> Taken:
    """How many pictures come in a second."""
    filmed = _filmed(scene)
    return per_second(len(filmed.pictures), filmed.ended_us - filmed.begun.at_us, filmed.begun)


async def picture_size(scene: Scene) -> Taken:
    """The shorter side of the smallest picture."""
    filmed = _filmed(scene)
    assert filmed.pictures, "Es kam kein Bild."
    return Taken(min(min(width, height) for _, width, height in filmed.pictures))


PAPERS = {
    "Fehlende Seiten": Measure("scan.fehlende_seiten", "Stück", "scanner", missing_pages),
    "Maßstab des Scans": Measure("scan.massstab", "%", "scanner", scale),
    "Kontrast feiner Striche": Measure("scan.kontrast", "%", "scanner", contrast),
    "Zeit je Seite": Measure("scan.seitenzeit", "s", "scanner", page_time),
    "Zeit bis zum ersten Blatt": Measure("druck.erste_seite", "s", "printer", first_sheet),
    "Fehlende Blätter": Measure("druck.fehlende_blaetter", "Stück", "printer", missing_sheets),
    "Ausfall des Druckers": Measure("druck.ausfall", "s", "printer", refusal),
    "Bildrate der Kamera": Measure("kamera.bildrate", "Bilder/s", "citizen_camera", picture_rate),
    "Bildgröße der Kamera": Measure("kamera.kurze_seite", "Pixel", "citizen_camera", picture_size),
}
