"""Device faults of these suites: each is named, and in the step where it shows."""

from __future__ import annotations

from tests.opposites.device_fault import Fault, has, kept
from tests.opposites.planting import Plant
from tests.opposites.slots import plants as p

CHART = "Wenn die Bürgerin die Strichtafel unter die Kamera legt\n"
FILM = "Wenn die Dokumentenkamera 2 s lang läuft\n"
TAKEN = "Wenn alles wieder vom Tisch genommen wird\n"
SPEAK, LONG = (f"Wenn {time} s lang in das Mikrofon gesprochen wird\n" for time in (2, 5))
TONE = "Wenn der Lautsprecher einen Prüfton spielt\n"
ENTERS = "Wenn die Bürgerin das Bürgerbüro betritt\n"
TALK = f"Angenommen Frau Brandt vom LISA-Team ist bereit\n{ENTERS}Und Frau Brandt das Gespräch annimmt\n"
TOUCHES = "Wenn auf dem Bildschirm eine Taste berührt wird\n"
SECOND, TEN = "Wenn die Ruftaste mit dem zweiten Kontakt gedrückt wird\n", "Wenn die Ruftaste 10-mal gedrückt wird\n"
TURNS = "Wenn der Kamerakopf in jede Richtung und wieder zurück fährt\n"
LIGHTS = "Wenn die Lampe jede ihrer Farben zeigt\n"
FINE, CLEAR = map(kept, ("Auflösung der Dokumentenkamera", "Kontrast unter der Dokumentenkamera"))
GAPS, NOISE, FULL = map(kept, ("Lücken im Ton", "Abstand der Stimme zum Rauschen", "Übersteuerung"))
STARTS, REPORTED, PRESSED = map(kept, ("Einsatz des Prüftons", "Meldung der Berührung", "Meldung der Ruftaste"))
MISSED, RESTLESS = map(kept, ("Verpasste Tastendrücke", "Falsche Tastendrücke"))
TIME, PLACE = map(kept, ("Fahrzeit des Kamerakopfs", "Abweichung des Kamerakopfs"))


def fault(part: str, steps: str, says: str, plant: Plant | None = None) -> Fault:
    return Fault(f"anf:{part}", steps, says, plant) if plant else Fault(f"anf:{part}", steps, says)


def declared(part: str, device: str, steps: tuple[str, str], *words: str) -> dict[str, Fault]:
    """Faults that a device declares, in their words; each shows in the words of the step after `steps[0]`."""
    return {
        f"{device} {says}": fault(part, f"{steps[0]}{has(f'{device} {says}')}{steps[1]}", shows)
        for says, shows in zip(words[::2], words[1::2], strict=True)
    }


def switch(name: str, noun: str, title: str) -> tuple[str, str, str, str]:
    """The steps that switch and try to, and the two measures."""
    three, tries = f"Wenn {noun} 3-mal ein- und ausgeschaltet wird\n", f"Wenn {noun} zu schalten versucht wird\n"
    return three, tries, kept(f"Verpasste Schaltungen {title}"), kept(f"Ausfall {name}")


LOOP = switch("der Induktionsschleife", "die Induktionsschleife", "der Schleife")
GLASS = switch("des Sichtschutzglases", "das Sichtschutzglas", "des Glases")
LAMP = (
    LIGHTS,
    "Wenn die Lampe zu schalten versucht wird\n",
    kept("Verpasste Farben der Lampe"),
    kept("Ausfall der Lampe"),
)
OF_THE_TABLE_CAMERA = {
    **declared(
        "dokumentenkamera.aufloesung",
        "die Dokumentenkamera",
        (CHART, f"{FILM}{FINE}"),
        *("ist abgesteckt", "ist abgesteckt"),
        *("zeigt nur Schwarz", "zeigt nur Schwarz"),
        *("zeigt immer dasselbe Bild", "zeigt immer dasselbe Bild"),
        *("zeigt halb so große Bilder", "mindestens 100 dpi: nicht bestanden"),
    ),
    "Dokumentenkamera löst grob auf": fault(
        "dokumentenkamera.aufloesung", f"{CHART}{FILM}{FINE}", "mindestens 100 dpi: nicht bestanden", p.TABLE_COARSE
    ),
    "Dokumentenkamera ist unscharf": fault(
        "dokumentenkamera.lesbar", f"{CHART}{FILM}{CLEAR}", "mindestens 40 %: nicht bestanden", p.TABLE_BLURRED
    ),
    "Dokumentenkamera zeigt, was fort ist": fault(
        "dokumentenkamera.weg",
        f"{CHART}{FILM}{TAKEN}{FILM}Dann ist auf dem Bild der Dokumentenkamera keine Seite zu sehen\n",
        "ist eine Seite zu sehen",
        p.TABLE_OLD,
    ),
}
OF_SOUND = {
    **declared(
        "mikrofon.abstand",
        "das Mikrofon",
        ("", f"{SPEAK}{NOISE}"),
        *("hört nichts und sendet nur Stille", "hört nichts und sendet nur Stille"),
        *("antwortet nicht mehr", "keine Antwort"),
    ),
    "Mikrofon verliert Ton": fault("mikrofon.luecken", f"{LONG}{GAPS}", "höchstens 2 %: nicht bestanden", p.SOUND_GAPS),
    "Mikrofon rauscht": fault(
        "mikrofon.abstand", f"{SPEAK}{NOISE}", "mindestens 20 dB: nicht bestanden", p.SOUND_NOISE
    ),
    "Mikrofon übersteuert": fault(
        "mikrofon.uebersteuert", f"{SPEAK}{FULL}", "höchstens 1 %: nicht bestanden", p.SOUND_OVERDRIVEN
    ),
    "Mikrofon fällt unbemerkt aus": fault(
        "mikrofon.ausfall",
        f"{TALK}Und das Mikrofon ausfällt\n{kept('Ausfall des Mikrofons')}",
        "ist als ausgefallen genannt",
        p.SOUND_UNNOTICED,
    ),
    **declared(
        "lautsprecher.einsatz",
        "der Lautsprecher",
        ("", f"{TONE}{STARTS}"),
        *("antwortet nicht mehr", "keine Antwort"),
        *("ist stummgeschaltet", "ist stummgeschaltet"),
    ),
    "Lautsprecher spielt nichts": fault(
        "lautsprecher.einsatz", f"{TONE}{STARTS}", "gleichbleibender Ton zu hören", p.PLAYS_NOTHING
    ),
    "Lautsprecher beginnt spät": fault(
        "lautsprecher.einsatz", f"{TONE}{STARTS}", "höchstens 2,5 s: nicht bestanden", p.PLAYS_LATE
    ),
    "Lautsprecher klingt weiter": fault(
        "lautsprecher.ende", f"{TONE}Dann ist vom Prüfton nichts mehr zu hören\n", "nichts mehr zu hören?", p.PLAYS_ON
    ),
}
OF_THE_SCREEN = {
    "Bildschirm verliert Berührungen": fault(
        "bildschirm.beruehrung", f"{ENTERS}{TOUCHES}{REPORTED}", "die Berührung ist gemeldet", p.TOUCH_LOST
    ),
    "Bildschirm meldet eine andere Taste": fault(
        "bildschirm.beruehrung", f"{ENTERS}{TOUCHES}{REPORTED}", "gemeldet ist anders", p.TOUCH_WRONG
    ),
    "Bildschirm meldet spät": fault(
        "bildschirm.beruehrung", f"{ENTERS}{TOUCHES}{REPORTED}", "höchstens 2,5 s: nicht bestanden", p.TOUCH_LATE
    ),
    "Bildschirm ist dunkel": fault(
        "bildschirm.beruehrung",
        f"{ENTERS}{has('der Bildschirm antwortet nicht mehr')}{TOUCHES}{REPORTED}",
        "die Berührung ist gemeldet",
    ),
}
OF_THE_BUTTON = {
    "Ruftaste ist tot": fault(
        "ruftaste.meldung",
        f"{has('die Ruftaste gibt keinen Kontakt mehr')}{SECOND}{PRESSED}",
        "die Ruftaste ist gemeldet",
    ),
    "Ruftaste schaltet zu spät": fault(
        "ruftaste.meldung", f"{SECOND}{PRESSED}", "höchstens 250 ms: nicht bestanden", p.BUTTON_LATE
    ),
    "Ruftaste klemmt": fault(
        "ruftaste.ruhe",
        f"{has('die Ruftaste bleibt gedrückt')}Wenn 10 Minuten vergehen\n{RESTLESS}",
        "ruftaste.fehlmeldungen = 1 ± 0 Stück",
    ),
    "Ruftaste vergisst einige": fault(
        "ruftaste.vollzaehlig", f"{TEN}{MISSED}", "höchstens 0 Stück: nicht bestanden", p.BUTTON_FORGETS
    ),
    "Ruftaste schweigt": fault(
        "ruftaste.vollzaehlig",
        f"{has('die Ruftaste antwortet nicht mehr')}{TEN}{MISSED}",
        "höchstens 0 Stück: nicht bestanden",
    ),
}


def of_switch(kind: str, part: str, title: str, steps: tuple[str, str, str, str], idle: Plant) -> dict[str, Fault]:
    """What befalls everything that is only switched: nothing comes of it, and nobody says so."""
    cut = f"Wenn {title} ausfällt\n"
    once, tries, missed, outage = steps
    none = "höchstens 0 Stück: nicht bestanden"
    return {
        f"{kind} rührt sich nicht": fault(f"{kind}.{part}", f"{once}{missed}", none, idle),
        f"{kind} schweigt": fault(f"{kind}.{part}", f"{cut}{once}{missed}", none),
        f"{kind} tut, als wäre nichts": fault(f"{kind}.ausfall", f"{cut}{tries}{outage}", "als wäre nichts", idle),
    }


OF_OUTPUTS = {
    **of_switch("induktionsschleife", "schaltet", "die Induktionsschleife", LOOP, p.LOOP_IDLE),
    **of_switch("sichtschutzglas", "schaltet", "das Sichtschutzglas", GLASS, p.GLASS_IDLE),
    **of_switch("lampe", "farben", "die Lampe", LAMP, p.LAMP_IDLE),
    "Schleife bleibt an": fault(
        "induktionsschleife.schaltet", f"{LOOP[0]}{LOOP[2]}", "schleife.verpasst = 3 ± 0 Stück", p.LOOP_STAYS_ON
    ),
    "Glas hängt": fault(
        "sichtschutzglas.schaltet",
        f"{has('das Sichtschutzglas schaltet nicht mehr um')}{GLASS[0]}{GLASS[2]}",
        "glas.verpasst = 3 ± 0 Stück",
    ),
    "Glas ist langsam": fault(
        "sichtschutzglas.schaltzeit",
        f"{GLASS[0]}{kept('Schaltzeit des Glases')}",
        "höchstens 3 s: nicht bestanden",
        p.GLASS_SLOW,
    ),
    "Lampe ist dunkel": fault(
        "lampe.farben", f"{has('die Lampe leuchtet nicht mehr')}{LIGHTS}{LAMP[2]}", "lampe.verpasst = 3 ± 0 Stück"
    ),
    "Lampe ist immer grün": fault(
        "lampe.farben", f"{LIGHTS}{LAMP[2]}", "lampe.verpasst = 3 ± 0 Stück", p.LAMP_ONLY_GREEN
    ),
}
_STUCK = (
    "bewegt sich nicht mehr",
    "nimmt keinen Befehl an, weil er schon zwei ausführt",
    "nimmt einen Befehl an und führt ihn nicht aus",
)
OF_THE_HEAD = {
    **declared(
        "kamerakopf.fahrzeit",
        "der Kamerakopf",
        ("", f"{TURNS}{TIME}"),
        *(word for says in _STUCK for word in (says, says)),
        *("antwortet nicht mehr", "keine Antwort"),
    ),
    "Kopf ist langsam": fault("kamerakopf.fahrzeit", f"{TURNS}{TIME}", "höchstens 5 s: nicht bestanden", p.HEAD_SLOW),
    "Kopf verfehlt die Stelle": fault(
        "kamerakopf.genau", f"{TURNS}{PLACE}", "höchstens 2 %: nicht bestanden", p.HEAD_MISSES
    ),
    "Kopf verschweigt, dass er hängt": fault(
        "S3.13",
        f"{has('der Kamerakopf bewegt sich nicht mehr')}{TURNS}"
        "Dann nennt der Kamerakopf selbst, dass er nicht dort ist, wohin er sollte\n",
        "hat nichts beanstandet",
        p.HEAD_SAYS_NOTHING,
    ),
}
OF_OTHER_SLOTS: dict[str, Fault] = {
    **OF_THE_TABLE_CAMERA,
    **OF_SOUND,
    **OF_THE_SCREEN,
    **OF_THE_BUTTON,
    **OF_OUTPUTS,
    **OF_THE_HEAD,
}
"""By the name of the fault."""
