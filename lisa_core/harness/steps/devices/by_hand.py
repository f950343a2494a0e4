"""Measures of a whole booth, which only a person with a tape can take: each with a number and a photograph."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from lisa_core.config.classes.limits import exact
from lisa_core.domain.model.errors import NotCheckedError
from lisa_core.harness.report.record import Evidence
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.steps.devices.measure import Measure, Taken
from lisa_core.harness.tester.panel import PHOTOS
from lisa_core.harness.tester.phone.photos import KINDS, MOST_BYTES
from lisa_core.host.causes import cause
from lisa_core.host.paths import opened

_MOST = 1_000_000
"""Whatever the unit: nothing in a booth has more."""
_NOBODY = "Das misst nur ein Mensch vor Ort, und in diesem Lauf wird niemand gefragt."
_HOW: Mapping[str, tuple[str, str, str]] = {
    "Breite der Tür": (
        "mass.tuerbreite",
        "cm",
        "Die lichte Breite der ganz geöffneten Tür messen, an der engsten Stelle.",
    ),
    "Höhe der Tür": ("mass.tuerhoehe", "cm", "Die lichte Höhe der Tür messen, ab dem fertigen Fußboden."),
    "Höhe der Schwelle": (
        "mass.schwelle",
        "cm",
        "Die Höhe der Türschwelle messen, an der höheren Seite; ohne Schwelle 0.",
    ),
    "Höhe des Türgriffs": (
        "mass.griffhoehe",
        "cm",
        "Die Höhe der Achse des Türgriffs messen, ab dem fertigen Fußboden.",
    ),
    "Fläche zum Wenden": (
        "mass.bewegungsflaeche",
        "cm",
        "Die freie Fläche vor dem Tisch messen: die kürzere ihrer Seiten.",
    ),
    "Fläche vor der Tür": (
        "mass.vor_der_tuer",
        "cm",
        "Die freie Fläche vor der Tür messen, dort, wohin sie aufgeht: die kürzere ihrer Seiten.",
    ),
    "Höchstes Bedienelement": ("mass.reichhoehe", "cm", "Die Höhe des höchsten Bedienelements messen."),
    "Tiefstes Bedienelement": ("mass.bedientiefe", "cm", "Die Höhe des tiefsten Bedienelements messen."),
    "Fläche vor dem Tisch": (
        "mass.standflaeche",
        "cm",
        "Die Breite der freien Fläche vor dem Tisch messen, bei 122 cm Tiefe.",
    ),
    "Diagonale des Bildschirms": ("mass.bildschirm", "cm", "Die Diagonale des sichtbaren Bildes messen."),
    "Augenlinie": (
        "mass.augenlinie",
        "Grad",
        "Vom Stuhl aus den Winkel zwischen den Augen auf dem Bildschirm und der Kamera messen.",
    ),
    "Höchste Taste des Bildschirms": (
        "mass.bildschirmtaste",
        "cm",
        "Die Höhe der höchsten Stelle des Bildschirms messen, an der eine Taste steht, ab dem fertigen Fußboden.",
    ),
    "Höhe der Ruftaste": ("mass.ruftaste", "cm", "Die Höhe der Mitte der Ruftaste messen, ab dem fertigen Fußboden."),
    "Kraft zum Drücken": ("kraft.ruftaste", "N", "Die Kraft messen, bei der die Ruftaste schaltet."),
    "Abweichung der Feldstärke": (
        "schleife.feldstaerke",
        "dB",
        "In 1,2 m Höhe auf dem Stuhl bei 1 kHz messen, um wie viel die Feldstärke von 400 mA/m abweicht.",
    ),
    "Abweichung im Frequenzgang": (
        "schleife.frequenzgang",
        "dB",
        "An derselben Stelle messen, wie weit die Feldstärke von 100 Hz bis 5 kHz von der bei 1 kHz abweicht.",
    ),
    "Störabstand der Schleife": (
        "schleife.stoerabstand",
        "dB",
        "An derselben Stelle ohne Sprache messen, wie weit das Störfeld (A-bewertet) unter 400 mA/m liegt.",
    ),
    "Stellbereich der Lautstärke": (
        "mass.lautstaerke",
        "dB",
        "Am Ohr den Schallpegel eines Tons bei leisester und lautester Einstellung messen; den Unterschied nennen.",
    ),
}


def _by_hand(title: str, unit: str, how: str) -> Callable[[Scene], Awaitable[Taken]]:
    async def take(scene: Scene) -> Taken:
        await scene.rig()
        if scene.guided is None:
            raise NotCheckedError(_NOBODY)
        said = await scene.guided.number(f"{title} ({unit}): {how} Mit dem Messgerät im Bild fotografieren.")
        number, _, name = said.partition(" ")
        value = exact(number.replace(",", "."))
        if value is None or not 0 <= value <= _MOST:
            raise NotCheckedError(f"{title}: „{number}“ ist keine Zahl. So antworten: 91,5 foto.jpg")
        data = _photo(scene.settings.out / PHOTOS, name.strip(), title)
        digest = hashlib.sha256(data).hexdigest()
        kept = f"{name.strip()}, {len(data)} Byte, SHA-256 {digest}"
        scene.evidence.append(
            Evidence(f"foto-{len(scene.evidence)}.txt", "text/plain", kept.encode(), f"Foto: {title}")
        )
        return Taken(float(value), 0.0, f"von der Prüferin gemessen; Foto {name.strip()}, SHA-256 {digest[:16]}")

    return take


def _photo(folder: Path, name: str, title: str) -> bytes:
    """The photograph. Raises `NotCheckedError`: a number that nothing shows is not taken."""
    if not name:
        raise NotCheckedError(f"{title}: Es fehlt das Foto. Es in {folder} ablegen und hinter die Zahl schreiben.")
    path = Path(name) if Path(name).is_absolute() else folder / name
    try:
        with opened(path) as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = cause(error) if isinstance(error, OSError) else "kein Name einer Datei"
        raise NotCheckedError(f"{title}: Das Foto {path} lässt sich nicht lesen ({why}).") from None
    if len(data) > MOST_BYTES or not data.startswith(tuple(KINDS)):
        raise NotCheckedError(f"{title}: {path} ist kein Foto (JPEG oder PNG, höchstens 20 MB).")
    return data


BY_HAND = {title: Measure(name, unit, "", _by_hand(title, unit, how)) for title, (name, unit, how) in _HOW.items()}
