"""Device faults, planted one by one into the suite of each slot: each is named, and in the step where it shows."""

from __future__ import annotations

from tests.opposites import device_plants as p
from tests.opposites.device_fault import Fault, has, kept
from tests.opposites.planting import Plant
from tests.opposites.slots.faults import OF_OTHER_SLOTS

ENTERS = "Wenn die Bürgerin das Bürgerbüro betritt\n"
LEAVES = "Wenn die Bürgerin das Bürgerbüro verlässt\n"
TEN = "Wenn 10 Minuten vergehen\n"
STILL = "Wenn die Bürgerin 10 Minuten lang still sitzt\n"
MARK = "Wenn jemand 250 cm vor dem Präsenzsensor stehen bleibt\n"
MINUTE = "Wenn 60 s vergehen\n"
SECOND = "Wenn die Tür mit dem zweiten Kontakt aufgeht\n"
SWINGS = "Wenn die Tür 10-mal auf- und zugeht\n"
LEASE = "Wenn die Bürgerin den Mietvertrag in den Scanner legt\n"
CHART = "Wenn die Bürgerin die Strichtafel in den Scanner legt\n"
THREE = "Wenn der Scanner 3 Seiten einliest\n"
ONE = "Wenn der Scanner eine Seite einliest\n"
LINE = "Wenn auf dem Unterschriftenpad ein Strich am Lineal gezogen wird\n"
PRINT = "Wenn der Drucker ein Testblatt druckt\n"
FILM = "Wenn die Kamera 1 s lang läuft\n"
CARD = "Wenn die Bürgerin einen Ausweis auf den Kartenleser legt\n"


def radar(part: str, steps: str, says: str, plant: Plant = p.as_declared) -> Fault:
    return Fault(f"anf:praesenzsensor.{part}", steps, says, plant)


def door(part: str, steps: str, says: str, plant: Plant = p.as_declared) -> Fault:
    return Fault(f"anf:tuerkontakt.{part}", steps, says, plant)


def scanner(part: str, steps: str, says: str, plant: Plant = p.as_declared) -> Fault:
    return Fault(f"anf:scanner.{part}", steps, says, plant)


def pad(part: str, steps: str, says: str, plant: Plant = p.as_declared) -> Fault:
    return Fault(f"anf:unterschriftenpad.{part}", steps, says, plant)


def printer(part: str, steps: str, says: str, plant: Plant = p.as_declared, shows: str = "") -> Fault:
    return Fault(f"anf:drucker.{part}", steps, says, plant, shows)


COMES, GOES, SITS, GHOSTS = map(
    kept, ("Meldung des Eintretens", "Meldung des Verlassens", "Stilles Sitzen", "Fehlalarme")
)
REACH, DISTANCE, RADAR_OUT = map(kept, ("Reichweite", "Gemeldete Entfernung", "Ausfall des Präsenzsensors"))
OPENS, MISSED, QUIET = map(kept, ("Meldung der offenen Tür", "Verpasste Türbewegungen", "Falsche Türmeldungen"))
PAGES, SCALE, FINE, PER_PAGE = map(
    kept, ("Fehlende Seiten", "Maßstab des Scans", "Kontrast feiner Striche", "Zeit je Seite")
)
RATE, GAPS, FINENESS, STEPS = map(kept, ("Abtastung", "Lücken im Strich", "Auflösung des Pads", "Druckstufen"))
SHEET, SHEETS = map(kept, ("Zeit bis zum ersten Blatt", "Fehlende Blätter"))
LEGIBLE = "Dann liegt das Testblatt lesbar im Drucker\n"
CLEAN = "Dann ist das Unterschriftenpad nach der Messung leer\n"
SIZE, CARD_SEEN = kept("Bildgröße der Kamera"), kept("Meldung der Karte")

OF_THE_RADAR = {
    "sieht niemanden": radar(
        "meldung", f"{has('der Präsenzsensor sieht niemanden mehr')}{ENTERS}{COMES}", "jemand ist gemeldet"
    ),
    "schweigt beim Eintreten": radar(
        "meldung", f"{has('der Präsenzsensor antwortet nicht mehr')}{ENTERS}{COMES}", "jemand ist gemeldet"
    ),
    "misst sein Rauschen ein": radar(
        "meldung", f"{has('der Präsenzsensor misst sein Grundrauschen ein')}{ENTERS}{COMES}", "jemand ist gemeldet"
    ),
    "meldet zu spät": radar("meldung", f"{ENTERS}{COMES}", "höchstens 3 s: nicht bestanden", p.RADAR_LATE),
    "vergisst niemanden": radar(
        "verlassen",
        f"{ENTERS}Wenn 2 s vergehen\n{has('der Präsenzsensor meldet weiter jemanden, der gegangen ist')}{LEAVES}{GOES}",
        "niemand ist mehr gemeldet",
    ),
    "hält zu lange fest": radar(
        "verlassen", f"{ENTERS}{LEAVES}{GOES}", "höchstens 10 s: nicht bestanden", p.RADAR_HOLDS_ON
    ),
    "verliert, wer still sitzt": radar(
        "still",
        f"{ENTERS}{has('der Präsenzsensor verliert immer wieder kurz, wen er sieht')}{STILL}{SITS}",
        "höchstens 0 Stück: nicht bestanden",
    ),
    "sieht nicht, wer sitzt": radar(
        "still",
        f"{ENTERS}{has('der Präsenzsensor sieht niemanden mehr')}Wenn 3 s vergehen\n{STILL}{SITS}",
        "war die Person nicht gemeldet",
    ),
    "sieht Gespenster": radar(
        "fehlalarm",
        f"{has('der Präsenzsensor meldet immer wieder kurz jemanden in 0 cm Entfernung')}{TEN}{GHOSTS}",
        "höchstens 0 Stück: nicht bestanden",
    ),
    "hält den Vorhang für jemanden": radar(
        "fehlalarm",
        f"{has('der Präsenzsensor hält den Vorhang für jemanden')}{TEN}{GHOSTS}",
        "praesenz.fehlalarme = 1 ± 0 Stück",
    ),
    "sieht nur nah": radar("reichweite", f"{MARK}{MINUTE}{REACH}", "mindestens 220 cm: nicht bestanden", p.RADAR_NEAR),
    "verliert an der Marke": radar(
        "reichweite",
        f"{has('der Präsenzsensor verliert immer wieder kurz, wen er sieht')}{MARK}{MINUTE}{REACH}",
        "mindestens 220 cm: nicht bestanden",
    ),
    "misst falsch": radar(
        "entfernung", f"{MARK}{MINUTE}{DISTANCE}", "höchstens 75 cm: nicht bestanden", p.RADAR_FAR_OFF
    ),
    "fällt unbemerkt aus": radar(
        "ausfall", f"Wenn der Präsenzsensor ausfällt\n{RADAR_OUT}", "höchstens 5 s: nicht bestanden", p.NOTICED_LATE
    ),
}
OF_THE_DOOR = {
    "meldet sie nie offen": door(
        "meldung",
        f"{has('der Türkontakt meldet die Tür immer als geschlossen')}{SECOND}{OPENS}",
        "die offene Tür ist gemeldet",
    ),
    "Drahtbruch": door(
        "meldung",
        f"{has('der Türkontakt meldet die Tür immer als offen')}Wenn 1 s vergehen\n{SECOND}{OPENS}",
        "die offene Tür ist gemeldet",
    ),
    "schaltet zu spät": door("meldung", f"{SECOND}{OPENS}", "höchstens 250 ms: nicht bestanden", p.DOOR_LATE),
    "klebt beim Öffnen": door(
        "vollzaehlig",
        f"{has('der Türkontakt meldet die Tür immer als geschlossen')}{SWINGS}{MISSED}",
        "tuer.verpasst = 10 ± 0 Stück",
    ),
    "lehnt ab": door(
        "vollzaehlig", f"{has('der Türkontakt lehnt jede Frage ab')}{SWINGS}{MISSED}", "tuer.verpasst = 10 ± 0 Stück"
    ),
    "vertröstet": door(
        "vollzaehlig",
        f"{has('der Türkontakt vertröstet bei jeder Frage auf später')}{SWINGS}{MISSED}",
        "tuer.verpasst = 10 ± 0 Stück",
    ),
    "antwortet nicht": door(
        "vollzaehlig",
        f"{has('der Türkontakt antwortet nicht mehr')}{SWINGS}{MISSED}",
        "höchstens 0 Stück: nicht bestanden",
    ),
    "vergisst einige": door("vollzaehlig", f"{SWINGS}{MISSED}", "höchstens 0 Stück: nicht bestanden", p.DOOR_FORGETS),
    "fällt zu spät auf": door(
        "ausfall",
        f"Wenn der Türkontakt ausfällt\n{kept('Ausfall des Türkontakts')}",
        "höchstens 5 s: nicht bestanden",
        p.NOTICED_LATE,
    ),
}
_WRONG_PAGES = {
    "staut": ("der Scanner staut das nächste Blatt", "staut das nächste Blatt"),
    "zieht zwei Blätter ein": ("der Scanner zieht zwei Blätter zugleich ein", "zieht zwei Blätter zugleich ein"),
    "fasst kein Blatt": ("der Scanner fasst das Blatt nicht", "fasst das Blatt nicht"),
    "hat die Klappe offen": ("der Scanner hat die Klappe offen", "hat die Klappe offen"),
    "vergisst seinen Auftrag": ("der Scanner vergisst seinen Auftrag", "vergisst seinen Auftrag"),
    "bricht mitten in der Seite ab": ("der Scanner bricht mitten in der Seite ab", "bricht mitten in der Seite ab"),
    "liefert eine Seite ohne Inhalt": ("der Scanner liefert eine Seite ohne Inhalt", "liefert eine Seite ohne Inhalt"),
    "wacht nicht auf": ("der Scanner wacht nicht aus dem Ruhezustand auf", "wacht nicht aus dem Ruhezustand auf"),
    "arbeitet für andere": ("der Scanner arbeitet für jemand anderen", "arbeitet für jemand anderen"),
    "ist stumm": ("der Scanner antwortet nicht mehr", "keine Antwort"),
}
OF_THE_SCANNER = {
    **{
        f"Scanner {name}": scanner("vollzaehlig", f"{LEASE}{has(sentence)}{THREE}{PAGES}", says)
        for name, (sentence, says) in _WRONG_PAGES.items()
    },
    "verliert Seiten": scanner(
        "vollzaehlig", f"{LEASE}{THREE}{PAGES}", "höchstens 0 Stück: nicht bestanden", p.PAGE_LOST
    ),
    "liefert Seiten doppelt": scanner(
        "vollzaehlig", f"{LEASE}{THREE}{PAGES}", "scan.fehlende_seiten = 3 ± 0 Stück", p.PAGE_TWICE
    ),
    "nennt die doppelte Auflösung": scanner("massstab", f"{CHART}{ONE}{SCALE}", "scan.massstab = 50", p.DPI_CLAIMED),
    "dehnt die Seite": scanner("massstab", f"{CHART}{ONE}{SCALE}", "höchstens 2 %: nicht bestanden", p.STRETCHED),
    "zieht schief ein": scanner(
        "lesbar",
        f"{CHART}{has('der Scanner zieht das Blatt schief ein')}{ONE}{FINE}",
        "mindestens 40 %: nicht bestanden",
    ),
    "liefert leere Seiten": scanner(
        "massstab", f"{CHART}{has('der Scanner liefert leere Seiten')}{ONE}{SCALE}", "Strichtafel nicht zu erkennen"
    ),
    "liefert kein Bild": scanner("massstab", f"{CHART}{ONE}{SCALE}", "Strichtafel nicht zu erkennen", p.NO_PICTURE),
    "ist unscharf": scanner("lesbar", f"{CHART}{ONE}{FINE}", "mindestens 40 %: nicht bestanden", p.BLURRED),
    "ist blass": scanner("lesbar", f"{CHART}{ONE}{FINE}", "mindestens 40 %: nicht bestanden", p.PALE),
    "stellt auf den Kopf": scanner(
        "lesbar",
        f"{CHART}{has('der Scanner liefert die Seiten auf dem Kopf')}{ONE}{FINE}",
        "mindestens 40 %: nicht bestanden",
    ),
    "ist langsam": scanner("zeit", f"{LEASE}{THREE}{PER_PAGE}", "höchstens 10 s: nicht bestanden", p.SLOW_PAGES),
    "nennt leer anders": scanner(
        "leer", f"{ONE}Dann nennt der Scanner selbst „leerer Einzug“\n", "sagt etwas anderes", p.CALLS_IT_IO
    ),
    "nennt Stau anders": scanner(
        "stau",
        f"{LEASE}Angenommen im Scanner staut sich Seite 2\n{THREE}Dann nennt der Scanner selbst „Papierstau“\n",
        "sagt etwas anderes",
        p.CALLS_IT_COVER,
    ),
    "verschweigt Doppeleinzug": scanner(
        "doppeleinzug",
        f"{LEASE}{has('der Scanner zieht zwei Blätter zugleich ein')}{THREE}"
        "Dann nennt der Scanner selbst „Doppeleinzug“\n",
        "hat nichts beanstandet",
        p.SAYS_NOTHING,
    ),
    "verliert beim Stau alles": scanner(
        "stau",
        f"{LEASE}Angenommen im Scanner staut sich Seite 2\n{THREE}Dann hat der Scanner eine Seite geliefert\n",
        "Angekommen sind 0 Seiten",
        p.JAM_LOSES_ALL,
    ),
}
OF_THE_PAD = {
    "Pad verliert Meldungen": pad(
        "luecken",
        f"{has('das Unterschriftenpad verliert mitten in der Unterschrift Meldungen')}{LINE}{GAPS}",
        "verliert mitten in der Unterschrift Meldungen",
    ),
    "Pad beginnt neu": pad(
        "abtastung",
        f"{has('das Unterschriftenpad beginnt mitten in der Unterschrift neu')}{LINE}{RATE}",
        "beginnt mitten in der Unterschrift neu",
    ),
    "Pad spürt keine Berührung": pad(
        "abtastung",
        f"{has('das Unterschriftenpad spürt den Stift, aber keine Berührung')}{LINE}{RATE}",
        "keinen Strich gemeldet",
    ),
    "Pad lehnt ab": pad(
        "abtastung",
        f"{has('das Unterschriftenpad lehnt ab, eine Unterschrift aufzunehmen')}{LINE}{RATE}",
        "lehnt ab, eine Unterschrift aufzunehmen",
    ),
    "Pad lässt den Stift nicht los": pad(
        "abtastung",
        f"{has('das Unterschriftenpad meldet den Stift als aufgesetzt, obwohl er weg ist')}{LINE}{RATE}",
        "obwohl er weg ist",
    ),
    "Pad ist stumm": pad(
        "abtastung", f"{has('das Unterschriftenpad antwortet nicht mehr')}{LINE}{RATE}", "keine Antwort"
    ),
    "Pad tastet selten ab": pad("abtastung", f"{LINE}{RATE}", "mindestens 50 Hz: nicht bestanden", p.PEN_SELDOM),
    "Pad hat Lücken": pad("luecken", f"{LINE}{GAPS}", "höchstens 40 ms: nicht bestanden", p.PEN_GAPS),
    "Pad löst grob auf": pad("aufloesung", f"{LINE}{FINENESS}", "mindestens 300 dpi: nicht bestanden", p.PEN_COARSE),
    "Pad meldet keinen Druck": pad("aufloesung", f"{LINE}{FINENESS}", "keinen Strich gemeldet", p.PEN_SOFT),
    "Pad kennt wenig Druckstufen": pad("druck", f"{LINE}{STEPS}", "mindestens 256 Stück: nicht bestanden", p.FEW_STEPS),
    "Pad wischt nichts weg": pad("sauber", f"{LINE}{CLEAN}", "Ist das Unterschriftenpad leer?", p.NEVER_WIPED),
}
_NOT_PRINTED = {
    "hat kein Papier": "der Drucker hat kein Papier mehr",
    "hat keinen Toner": "der Drucker hat keinen Toner mehr",
    "steht offen": "der Drucker steht offen",
    "staut sich": "der Drucker hat einen Papierstau",
    "ist angehalten": "der Drucker ist angehalten",
    "ist belegt": "der Drucker arbeitet für andere",
    "bricht ab": "der Drucker bricht jeden Auftrag ab",
    "druckt eine halbe Seite": "der Drucker druckt nur die halbe Seite",
}
OF_THE_PRINTER = {
    **{
        f"Drucker {name}": printer(
            "lesbar", f"{has(sentence)}{PRINT}{LEGIBLE}", sentence.partition("Drucker ")[2], shows=PRINT
        )
        for name, sentence in _NOT_PRINTED.items()
    },
    "Drucker druckt zweimal": printer("vollzaehlig", f"{PRINT}{SHEETS}", "Liegt genau ein Testblatt", p.PRINTS_TWICE),
    "Drucker druckt nichts": printer("erste-seite", f"{PRINT}{SHEET}", "ganz im Fach?", p.PRINTS_NOTHING),
    "Drucker braucht lange": printer(
        "erste-seite", f"{PRINT}{SHEET}", "höchstens 30 s: nicht bestanden", p.PRINTS_LATE
    ),
    "Drucker nimmt alles an": printer(
        "ausfall",
        "Wenn der Drucker ausfällt\nUnd der Drucker ein Testblatt zu drucken versucht\n" + kept("Ausfall des Druckers"),
        "als wäre nichts",
        p.TAKES_EVERYTHING,
    ),
}
_BLIND_CAMERA = {
    "ist abgesteckt": "die Kamera ist abgesteckt",
    "zeigt nur Schwarz": "die Kamera zeigt nur Schwarz",
    "zeigt nur Grün": "die Kamera zeigt nur Grün",
    "steht still": "die Kamera zeigt immer dasselbe Bild",
}
OF_OTHERS = {
    **{
        f"Kamera {name}": Fault(
            "anf:personenkamera.bildgroesse",
            f"{has(sentence)}Wenn die Kamera 3 s lang läuft\n{SIZE}",
            sentence.partition("Kamera ")[2],
        )
        for name, sentence in _BLIND_CAMERA.items()
    },
    "Kamera zeigt kleine Bilder": Fault(
        "anf:personenkamera.bildgroesse", f"{FILM}{SIZE}", "mindestens 240 Pixel: nicht bestanden", p.SMALL_PICTURES
    ),
    "Kartenleser ist stumm": Fault(
        "anf:kartenleser.meldung",
        f"{has('der Kartenleser antwortet nicht mehr')}{CARD}{CARD_SEEN}",
        "eine Karte ist gemeldet",
    ),
    "Kartenleser sieht nichts": Fault(
        "anf:kartenleser.meldung", f"{CARD}{CARD_SEEN}", "eine Karte ist gemeldet", p.CARD_UNSEEN
    ),
    "Kartenleser ist langsam": Fault(
        "anf:kartenleser.meldung", f"{CARD}{CARD_SEEN}", "höchstens 4 s: nicht bestanden", p.CARD_LATE
    ),
}
FAULTS: dict[str, Fault] = {
    **OF_THE_RADAR,
    **OF_THE_DOOR,
    **OF_THE_SCANNER,
    **OF_THE_PAD,
    **OF_THE_PRINTER,
    **OF_OTHERS,
    **OF_OTHER_SLOTS,
}
"""By the name of the fault."""
