"""What stands on the papers of a certification, in English."""

from __future__ import annotations

SHEETS: dict[str, str] = {
    "--papers: Kein Szenario dieses Plans braucht ein Papier.": "--papers: no scenario of this plan needs a paper.",
    "{path}: {what}. In Originalgröße (100 %) drucken.": "{path}: {what}. Print in actual size (100 %).",
    "Prüfblätter": "Test papers",
    "Strichtafel": "Stroke chart",
    "{name} in gezählten Blättern": "{name} in counted sheets",
    "Lineal für das Unterschriftenpad": "Ruler for the signature pad",
    "Bodenmarken bis {reach} cm": "Floor marks up to {reach} cm",
    "eine Seite": "one page",
    "{count} Seiten": "{count} pages",
    "{name}: Blatt {number} von {total}": "{name}: sheet {number} of {total}",
    "Eine Linie von {mm} mm zum Nachmessen": "A line of {mm} mm to be measured",
    "Von Strich zu Strich {mm} mm, auf 0,5 mm genau: nachmessen. Sonst in Originalgröße (100 %) drucken.": (
        "From mark to mark {mm} mm, within 0.5 mm: measure it. If not so, print in actual size (100 %)."
    ),
    "Für Scanner und Dokumentenkamera. Diese Seite nach oben, Schrift aufrecht.": (
        "For scanner and document camera. This side up, writing upright."
    ),
    "Zwei Balken, von linker zu linker Kante {mm} mm": "Two bars, from left edge to left edge {mm} mm",
    "linke Kante bis linke Kante: {mm} mm": "left edge to left edge: {mm} mm",
    "Ein Feld mit Strichen, einen halben Millimeter breit": "A field of strokes, half a millimetre wide",
    "Ein Graukeil in {count} Stufen": "A grey wedge in {count} steps",
    "Felder mit feineren und gröberen Strichen": "Fields of finer and coarser strokes",
    "Diese Zeile ist {size} Punkt groß: äöüß ÄÖÜ 0123456789 – und sie ist zu lesen.": (
        "This line is set in {size} points: äöüß ÄÖÜ 0123456789 – and it can be read."
    ),
    "Ein Blatt zum Zählen, ohne Inhalt. In dieser Reihenfolge einlegen, Blatt 1 zuoberst.": (
        "A sheet to be counted, without contents. Lay in in this order, sheet 1 on top."
    ),
    "{count} von {total} Quadraten": "{count} of {total} squares",
    "Zeile {line} von Blatt {number}: 0123456789 äöüß": "Line {line} of sheet {number}: 0123456789 äöüß",
    "1. Auf Karton kleben und an der langen Linie abschneiden: Die Kante ist das Lineal.": (
        "1. Glue onto cardboard and cut along the long line: the edge is the ruler."
    ),
    "2. Quer auf das Pad legen, so dass beide dicken Marken auf der Schreibfläche liegen.": (
        "2. Lay across the pad, so that both thick marks lie on the writing area."
    ),
    "3. Mit dem Stift des Pads an der Kante entlang von Marke zu Marke ziehen: {mm} mm.": (
        "3. Draw along the edge with the pad's pen, from mark to mark: {mm} mm."
    ),
    "Ein Lineal von {mm} mm mit einer Marke an jedem Ende": "A ruler of {mm} mm with a mark at each end",
    "Ein Maßstab von {near} bis {far} cm": "A scale from {near} to {far} cm",
    "0 cm: hier die Vorderseite des Sensors, senkrecht darunter": "0 cm: below the front of the sensor",
    "Die Blätter vom Sensor weg aneinanderkleben.": "Glue the sheets together, away from the sensor.",
    "Danach das Ganze mit dem Maßband nachmessen: auf 1 cm genau.": "Then measure the whole with a tape: within 1 cm.",
    "An der untersten langen Linie abschneiden,": "Cut along the lowest long line,",
    "an die oberste von Blatt {number} kleben.": "glue to the topmost of sheet {number}.",
    "{cm} cm: Fußspitzen hier": "{cm} cm: toes here",
}
