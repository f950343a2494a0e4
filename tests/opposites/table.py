"""The table: each sentence of the library with "Dann", and the opposite of what it says planted in the product.

The last step of a scenario is the sentence that is shown. Sound, all of it is green; with the fault planted the
sentence is red, and no step before it. A new sentence needs a row here: `tests/opposites/test_opposites.py` is red
without one. What is planted stands in `booth_plants`, `exchange_plants` and `screen_plants`.
"""

from __future__ import annotations

from tests.opposites import booth_plants as b
from tests.opposites import exchange_plants as x
from tests.opposites import screen_plants as c
from tests.opposites.device_rows import AT_DEVICES
from tests.opposites.opposite import Opposite
from tests.opposites.planting import both
from tests.opposites.scenarios import (
    ANSWER,
    APPLICATION,
    CLOSED,
    ENTER,
    FORM,
    FORWARD,
    IN,
    LEAVE,
    OPEN,
    QUESTION,
    READY,
    SCAN,
    SEEN,
    SPEAK,
    TALK,
    TALK_AND_VOGT,
    TO_VOGT,
    WAITING,
    shipped,
)

ALL_SERVICES = shipped("empfang/anliegen.feature", "Für jede Leistung ist eine Stelle zuständig")
CONTRACT = f"""{TALK}Und sie den Mietvertrag in den Scanner legt
Und Frau Brandt den Mietvertrag einscannt
Dann liegt der Mietvertrag mit 3 Seiten vollständig vor
"""
JAM = shipped("unterlagen/scannen.feature", "Der Scanner staut sich bei Seite 2, und am Ende fehlt keine Seite")
APRIL = """
Angenommen das Bürgerbüro Templin ist geöffnet
Und es ist der 15.04.2024, 10 Uhr
Und Frau Brandt vom LISA-Team ist bereit
"""
BOOKED = f"{TALK}Und Frau Brandt für Freitag, 10 Uhr, einen Termin bei der Wohngeldstelle vereinbart\n"
MADE = """
Angenommen das Bürgerbüro Templin ist geöffnet
Und Frau Brandt vom LISA-Team ist bereit
Und Frau Vogt von der Wohngeldstelle ist bereit
Und Frau Arendt von der AOK Nordost ist bereit
Wenn Frau Brandt telefonisch einen Termin bei der Wohngeldstelle für Mittwoch, 10 Uhr, macht
"""
SLIP = """
Angenommen das Bürgerbüro Templin ist geöffnet
Und es ist Montag, 9:00 Uhr
Und für 10:30 Uhr ist ein Termin bei Herrn Nowak vereinbart
Und Frau Brandt vom LISA-Team ist bereit
Wenn der Bürger das Bürgerbüro betritt
Und Frau Brandt das Gespräch annimmt
Und Frau Brandt das Kennwort vom Terminzettel eingibt
"""
EXPECTED = """
Angenommen das Bürgerbüro Templin ist geöffnet
Und es ist Montag, 9:55 Uhr
Und für 10 Uhr ist ein Termin bei der Wohngeldstelle vereinbart
Und Frau Vogt von der Wohngeldstelle ist bereit
Wenn der Bürger das Bürgerbüro betritt
"""
SEATED = """
Angenommen das Bürgerbüro Templin ist geöffnet
Und das Bürgerbüro verbindet, sobald man sitzt und die Tür zu ist
Wenn die Bürgerin das Bürgerbüro betritt
"""
OPEN_DOOR = f"{SEEN}Wenn die Tür aufgeht\n"
BLANKED = "Dann sind bei Frau Brandt die Unterlagen ausgeblendet\n"
SHUT = "Wenn die Tür zugeht\n"
DRAFT = f"{TALK}{FORM}"
GREET = "Wenn Frau Brandt die Bürgerin begrüßt\n"
AJAR = "Wenn die Tür aufgeht\nDann erfährt Frau Brandt: „Der Ton ist stumm“\n"
HANG_UP = "Wenn Frau Brandt das Gespräch beendet\n"
CLOSER = f"{TALK}Und Frau Brandt die Dokumentenkamera näher heranholt\n"
ASKED = f"{QUESTION}Und Frau Vogt die Rückfrage annimmt\n"

ON_SCREEN = {
    "falscher Name auf dem Bildschirm": Opposite(
        b.WRONG_AGENT, f"{TALK}Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm", "mit Bild"
    ),
    "kein Gesicht auf dem Bildschirm": Opposite(
        b.NO_FACE, f"{TALK}Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm", "mit Bild"
    ),
    "Tastendruck nötig": Opposite(
        b.MUST_PRESS,
        f"{TALK}Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm\nUnd hat die Bürgerin dafür nichts berührt",
        "Sie hat die Ruftaste gedrückt.",
    ),
    "Anmeldung verlangt": Opposite(
        b.ASKS_TO_REGISTER,
        f"{TALK}Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm\n"
        "Und hat der Bildschirm nach keiner Anmeldung gefragt",
        "Bitte melden Sie sich",
    ),
    "kein Wartezeichen": Opposite(b.SILENT_WAITING, f"{WAITING}Und hört die Bürgerin den Ton „wartezeichen“"),
    "Wartezeichen hört nicht auf": Opposite(
        b.WAITS_ON,
        f"{WAITING}Und hört die Bürgerin den Ton „wartezeichen“\nAngenommen Frau Brandt vom LISA-Team ist bereit\n"
        "Wenn Frau Brandt das Gespräch annimmt\nDann hört die Bürgerin den Ton „wartezeichen“ nicht mehr",
        "das Ende des Tons",
    ),
    "Bildschirm steht still": Opposite(
        b.FROZEN_SCREEN, f"{OPEN}{ENTER}Dann zeigt der Bildschirm „Sie sind auf Platz 1“"
    ),
    "Seite steht still": Opposite(
        b.PAGE_FROZEN,
        f"{OPEN}{ENTER}Dann zeigt der Bildschirm „Sie sind auf Platz 1“",
        "Er zeigt: Einen Moment bitte",
        in_memory=False,
    ),
    "Hinweis zu viel": Opposite(
        b.DOOR_ALWAYS_OPEN,
        f"{TALK}Dann sieht die Bürgerin Frau Brandt\nUnd zeigt der Bildschirm „Die Tür ist offen“ nicht",
        "Er zeigt: ",
    ),
    "Warteplatz bleibt stehen": Opposite(
        b.FROZEN_WAITING,
        f"{WAITING}Angenommen Frau Brandt vom LISA-Team ist bereit\nWenn Frau Brandt das Gespräch annimmt\n"
        "Dann zeigt der Bildschirm „Sie sind auf Platz 1“ nicht mehr",
    ),
    "falscher Wochentag der Öffnung": Opposite(
        b.WRONG_OPENING, f"{CLOSED}Dann nennt der Bildschirm als nächste Öffnung Montag, 8:30 Uhr"
    ),
    "falsches Datum der Öffnung": Opposite(
        b.WRONG_OPENING,
        f"Angenommen es ist der 31.10.2028, 10 Uhr\n{OPEN}{ENTER}"
        "Dann nennt der Bildschirm als nächste Öffnung den 03.11.2028, 8:30 Uhr",
    ),
    "Antrag nicht genannt": Opposite(
        c.NO_FORMS,
        f"{TALK}Und Frau Brandt als Anliegen „Wohngeld: Mietzuschuss“ vermerkt\n"
        "Dann nennt der Bildschirm den „Antrag auf Wohngeld (Mietzuschuss)“",
    ),
    "falsche Seite statt der Bitte": Opposite(b.WRONG_PAGE, f"{SEATED}Dann bittet der Bildschirm, Platz zu nehmen"),
    "kein Abschied": Opposite(b.NO_GOODBYE, f"{TALK}{HANG_UP}Dann verabschiedet sich der Bildschirm"),
    "wird nie frei": Opposite(b.NEVER_FREE, f"{TALK}{HANG_UP}{LEAVE}Dann ist das Bürgerbüro wieder frei"),
    "zu früh frei": Opposite(
        b.FREE_TOO_EARLY, f"{TALK}{HANG_UP}{LEAVE}Dann ist das Bürgerbüro wieder frei", "der Besuch ist zu Ende"
    ),
    "Termin falsch angezeigt": Opposite(
        b.WRONG_APPOINTMENT,
        f"{BOOKED}Dann zeigt der Bildschirm den Termin am Freitag, 10 Uhr, bei der Wohngeldstelle",
    ),
}
IN_THE_BOOTH = {
    "Glas bleibt klar": Opposite(b.GLASS_STAYS_CLEAR, f"{IN}Dann ist das Sichtschutzglas trüb"),
    "Glas bleibt trüb": Opposite(
        b.GLASS_STAYS_OPAQUE, f"{IN}Dann ist das Sichtschutzglas trüb\n{LEAVE}Dann ist das Sichtschutzglas klar"
    ),
    "Kamera bleibt stehen": Opposite(b.CAMERA_STANDS_FAST, f"{CLOSER}Dann zeigt die Dokumentenkamera einen Ausschnitt"),
    "Kamera bleibt nah": Opposite(
        b.CAMERA_STAYS_NEAR,
        f"{CLOSER}Dann zeigt die Dokumentenkamera einen Ausschnitt\n"
        f"{LEAVE}Dann zeigt die Dokumentenkamera wieder alles",
    ),
    "Karte bleibt ungemeldet": Opposite(
        b.CARD_UNTOLD,
        f"{TALK}Und die Bürgerin einen Ausweis auf den Kartenleser legt\n"
        "Dann meldet der Kartenleser Frau Brandt „eine Karte mit Chip“",
    ),
    "Schleife bleibt aus": Opposite(b.LOOP_STAYS_OFF, f"{TALK}Dann ist die Induktionsschleife eingeschaltet"),
    "Schleife bleibt an": Opposite(b.LOOP_STAYS_ON, f"{TALK}{HANG_UP}Dann ist die Induktionsschleife ausgeschaltet"),
    "Lautsprecher bleibt still": Opposite(
        b.LOUDSPEAKER_STILL, f"{TALK}{GREET}Dann hört die Bürgerin Frau Brandt über den Lautsprecher"
    ),
    "Schleife ohne Strom": Opposite(
        b.LOOP_STAYS_OFF, f"{TALK}{GREET}Dann hört die Bürgerin Frau Brandt über die Induktionsschleife"
    ),
    "Lautsprecher spricht nach draußen": Opposite(
        b.HEARD_OUTSIDE, f"{TALK}{AJAR}{GREET}Dann hört die Bürgerin Frau Brandt nicht über den Lautsprecher"
    ),
    "Schleife spricht nach draußen": Opposite(
        b.HEARD_OUTSIDE, f"{TALK}{AJAR}{GREET}Dann hört die Bürgerin Frau Brandt nicht über die Induktionsschleife"
    ),
    "falsches Ergebnis": Opposite(
        b.WRONG_OUTCOME, f"{TALK}{HANG_UP}{LEAVE}Dann endet der Besuch als „erledigt_beratung“", "abgebrochen_technik"
    ),
    "falsches Ergebnis im Protokoll": Opposite(
        b.WRONG_OUTCOME_LOGGED,
        f"{TALK}{HANG_UP}{LEAVE}Dann endet der Besuch als „erledigt_beratung“",
        "Im Protokoll steht als Ergebnis: abgebrochen_technik",
    ),
    "zweiter Besuch": Opposite(
        b.SECOND_VISIT,
        f"{OPEN}Und die Frist „Abwesenheit“ beträgt 9 s\n{ENTER}Dann zeigt der Bildschirm „Sie sind auf Platz 1“\n"
        "Wenn die Bürgerin kurz hinausgeht\nUnd sie wieder hereinkommt\n"
        "Dann zeigt der Bildschirm „Sie sind auf Platz 1“\nUnd war es ein einziger Besuch",
        "Es waren 2 Besuche.",
    ),
    "leerer Terminzettel": Opposite(
        b.SLIP_BLANK, f"{BOOKED}Dann erhält die Bürgerin einen Terminzettel", "Liegt der Terminzettel im Drucker?"
    ),
    "kein Terminzettel": Opposite(b.NO_SLIP, f"{BOOKED}Dann erhält die Bürgerin einen Terminzettel"),
}
AT_THE_DESK = {
    "klingelt nirgends": Opposite(x.RINGS_NOWHERE, f"{IN}Dann klingelt es bei Frau Brandt"),
    "klingelt zu spät": Opposite(
        b.CALLS_LATE, f"{IN}Dann klingelt es bei Frau Brandt innerhalb von 2 s", "Es klingelte erst nach"
    ),
    "klingelt trotzdem": Opposite(
        b.CALLS_ALWAYS, f"{CLOSED}Dann klingelt es bei niemandem", "Es klingelt bei Frau Brandt"
    ),
    "Radar blind": Opposite(b.BLIND, f"{CLOSED}Dann klingelt es bei niemandem", "das Bürgerbüro hat es nicht bemerkt"),
    "nie abwesend": Opposite(
        x.NEVER_ABSENT,
        f"{OPEN}Und die Frist „Klingeln“ beträgt 2 s\n{READY.removeprefix(OPEN)}{ENTER}"
        "Und Frau Brandt den Anruf nicht annimmt\nDann steht Frau Brandt auf „abwesend“",
    ),
    "Fachstelle weiß von nichts": Opposite(
        x.UNINFORMED,
        f"{TALK_AND_VOGT}Und Frau Brandt als Anliegen „Wohngeld: Mietzuschuss“ vermerkt\n{FORWARD}"
        "Dann kennt Frau Vogt schon das Anliegen „Wohngeld: Mietzuschuss“"
        " und den „Antrag auf Wohngeld (Mietzuschuss)“",
    ),
    "nichts zu wählen": Opposite(x.NO_SERVICES, f"{READY}Dann kann Frau Brandt „Bundeselterngeld“ wählen"),
    "führt zur falschen Stelle": Opposite(x.WRONG_OFFICES, ALL_SERVICES),
    "zu früh zu wählen": Opposite(
        x.SERVICES_TOO_EARLY, f"{APRIL}Dann kann Frau Brandt „Bundeselterngeld“ nicht wählen"
    ),
    "gar nichts zu wählen": Opposite(
        x.NO_SERVICES, f"{APRIL}Dann kann Frau Brandt „Bundeselterngeld“ nicht wählen", "gar nichts"
    ),
    "erfährt nichts": Opposite(
        b.TELLS_NOTHING,
        f"{TALK}Und die Bürgerin „Kamera aus“ berührt\nDann erfährt Frau Brandt: „ihre Kamera ausgeschaltet“",
    ),
    "falscher Grund": Opposite(
        x.SAYS_NO,
        f"{OPEN}Und Frau Brandt hat kein geprüftes Headset\nWenn Frau Brandt sich ohne Headset bereit meldet\n"
        "Dann wird Frau Brandt gesagt: „Headset“",
    ),
    "erfährt nicht, dass sie geht": Opposite(
        both(b.TELLS_NOTHING, x.ENDS_UNTOLD), f"{TALK}{LEAVE}Dann erfährt Frau Brandt, dass die Bürgerin gegangen ist"
    ),
    "Rückfrage nur in einer Richtung": Opposite(
        x.COLLEAGUE_MUTE, f"{ASKED}Dann sprechen Frau Brandt und Frau Vogt miteinander", "Frau Brandt hört Frau Vogt"
    ),
    "falscher Stand der Rückfrage": Opposite(
        x.WRONG_STAGE,
        f"{QUESTION}Dann klingelt es bei Frau Vogt\nWenn Frau Brandt die Rückfrage zurückzieht\n"
        "Dann steht die Rückfrage bei Frau Brandt auf „zurueckgezogen“",
    ),
    "kein Stand der Weiterleitung": Opposite(
        x.FORWARDER_UNTOLD,
        f"{TALK_AND_VOGT}{FORWARD}Dann steht die Weiterleitung bei Frau Brandt auf „klingelt“",
    ),
    "Gefragte sieht den Vorgang": Opposite(
        x.CASE_TO_EVERYBODY, f"{ASKED}{FORM}Dann sieht Frau Vogt noch nichts von der Bürgerin", "Sie sieht schon"
    ),
    "Termin steht nirgends": Opposite(x.DIARY_EMPTY, f"{MADE}Dann sieht Frau Vogt den Termin am Mittwoch, 10 Uhr"),
    "Termin für alle zu sehen": Opposite(
        x.DIARY_OF_ALL, f"{MADE}Dann sieht Frau Arendt keinen Termin am Mittwoch, 10 Uhr", "Sie sieht diesen Termin."
    ),
    "Zettel nennt niemanden": Opposite(
        x.SLIP_NAMES_NOBODY, f"{SLIP}Dann nennt der Zettel Frau Brandt Herrn Nowak als Ansprechpartnerin"
    ),
    "Termin unbekannt": Opposite(
        x.UNINFORMED, f"{EXPECTED}Dann klingelt es bei Frau Vogt\nUnd ist der Termin Frau Vogt bekannt"
    ),
}
SEEN_AND_HEARD = {
    "Bürgerin verdeckt": Opposite(b.CITIZEN_COVERED, f"{TALK}Dann sieht Frau Brandt die Bürgerin"),
    "Bild dunkel": Opposite(b.CITIZEN_DARK, f"{TALK}Dann sieht Frau Brandt die Bürgerin", "die Bürgerin ist zu sehen"),
    "Bild steht": Opposite(
        b.CITIZEN_STANDS_STILL,
        f"{TALK}Und 1 s vergehen\nDann sieht Frau Brandt die Bürgerin",
        "das Bild bei Frau Brandt bewegt sich",
        in_memory=False,
    ),
    "kein Gesicht in der Kabine": Opposite(b.NO_FACE, f"{TALK}Dann sieht die Bürgerin Frau Brandt", "mit Bild"),
    "Gesicht bleibt stehen": Opposite(
        b.FACE_STAYS,
        f"{TALK}Dann sieht die Bürgerin Frau Brandt\n{HANG_UP}Dann sieht die Bürgerin Frau Brandt nicht mehr",
        "vom Bildschirm verschwunden",
    ),
    "stumme Mitarbeiterin": Opposite(
        b.AGENT_MUTE, f"{TALK}Und Frau Brandt die Bürgerin begrüßt\nDann hört die Bürgerin Frau Brandt"
    ),
    "taubes Mikrofon": Opposite(b.MICROPHONE_DEAF, f"{TALK}{SPEAK}Dann hört Frau Brandt sie", "Zu hören ist nichts"),
    "Tischbild steht": Opposite(
        b.TABLE_FROZEN,
        f"{TALK}Dann sieht Frau Brandt die Bürgerin\nWenn die Bürgerin ihren Mietvertrag unter die Kamera legt\n"
        "Dann sieht Frau Brandt unter der Kamera den Mietvertrag",
        "liegt kein Papier",
    ),
    "Bild ruckt": Opposite(
        b.CITIZEN_JERKS, f"{TALK}Dann ist das Bild der Person bei Frau Brandt flüssig", "Es kamen", in_memory=False
    ),
    "Platz nimmt von selbst an": Opposite(
        x.ANSWERS_BY_ITSELF, f"{IN}Dann wird kein Bild der Person übertragen", "Frau Brandt ist im Gespräch."
    ),
    "Kamera bleibt an": Opposite(
        b.CAMERA_STAYS_ON,
        f"{TALK}Und die Bürgerin „Kamera aus“ berührt\nDann sieht Frau Brandt die Bürgerin nicht mehr",
        "die Bürgerin ist verdeckt",
    ),
    "Unterlagen bleiben zu sehen": Opposite(b.TABLE_STAYS_SHOWN, f"{OPEN_DOOR}{BLANKED}", "verdeckt die Unterlagen"),
    "Unterlagen zu lange zu sehen": Opposite(b.TABLE_SHOWN_TOO_LONG, f"{OPEN_DOOR}{BLANKED}", "lang gezeigt"),
    "Unterlagen bleiben ausgeblendet": Opposite(
        b.TABLE_STAYS_HIDDEN,
        f"{OPEN_DOOR}{BLANKED}{SHUT}Dann sieht Frau Brandt wieder den Mietvertrag",
        "ist wieder zu sehen",
    ),
    "Ton nicht stumm": Opposite(
        b.NOT_MUTED,
        f"{TALK}{SPEAK}Dann hört Frau Brandt sie\nWenn die Tür aufgeht\n{SPEAK.replace('Wenn', 'Und')}"
        "Dann hört Frau Brandt nichts",
    ),
    "Gespräch ist weg": Opposite(
        b.TALK_LOST,
        f"{TALK}Und das Netz wegbricht\nUnd 2 s vergehen\nUnd das Netz wieder da ist\nUnd 3 s vergehen\n"
        "Dann geht das Gespräch mit Frau Brandt weiter",
    ),
}
PAPERS = {
    "Seite doppelt": Opposite(b.PAGE_DOUBLED, CONTRACT, "eine Seite ist doppelt"),
    "Seite fehlt": Opposite(b.PAGE_LOST, CONTRACT, "2 Seiten, erwartet 3"),
    "Seiten leer": Opposite(b.PAGES_BLANK, CONTRACT, "Auf Seite 1 ist nichts zu sehen."),
    "Papierstau verschwiegen": Opposite(
        b.JAM_UNTOLD, JAM.partition("\n    Wenn die Bürgerin den Papierstau")[0], "Papierstau in der Kabine"
    ),
    "keine Vorschau": Opposite(
        b.NO_PREVIEW, f"{TALK}{SCAN}Dann sieht Frau Brandt die Verdienstbescheinigung im Vorgang"
    ),
    "ohne Zustimmung gezeigt": Opposite(
        b.SHARED_WITHOUT_ASKING,
        f"{TALK_AND_VOGT}{SCAN}{TO_VOGT}Dann sieht Frau Vogt keine Unterlagen im Vorgang",
        "Zu sehen ist: Verdienstbescheinigung",
    ),
    "Aufnahme bleibt liegen": Opposite(
        b.PAGES_STAY,
        f"{TALK}{SCAN}Und die Bürgerin „Verdienstbescheinigung verwerfen“ berührt\n"
        "Dann ist die Unterlage „Verdienstbescheinigung“ vernichtet",
    ),
    "ungefragt fotografiert": Opposite(
        b.PHOTOGRAPHS_UNASKED, f"{TALK}Dann ist keine Unterlage gespeichert", "Es sind Unterlagen erfasst."
    ),
    "leere Zeilen": Opposite(c.ROWS_EMPTY, f"{DRAFT}Dann liest die Bürgerin jede Antwort auf dem Bildschirm mit"),
    "beschädigte Einreichung": Opposite(
        x.PACKAGE_DAMAGED,
        f"{TALK}{SCAN}Und Frau Brandt die Verdienstbescheinigung übernimmt\n{APPLICATION.removeprefix(TALK)}"
        "Dann gehören Antrag, Scan und Unterschrift untrennbar zusammen",
        "ist nicht heil",
    ),
    "an die falsche Stelle adressiert": Opposite(
        b.SENT_TO_WRONG_OFFICE, f"{APPLICATION}Dann liegt der Antrag beim Pflegestützpunkt", "Der Antrag liegt bei"
    ),
    "im falschen Posteingang": Opposite(
        x.LAID_AT_WRONG_OFFICE, f"{APPLICATION}Dann liegt der Antrag beim Pflegestützpunkt", "Der Antrag liegt bei"
    ),
    "falsche Nummer": Opposite(
        x.WRONG_RECEIPT,
        f"{APPLICATION}"
        "Dann erhält sie eine Kopie und eine Eingangsbestätigung mit dem Hinweis „ersetzt keine Schriftform“",
        "Unter der Nummer 20000101-000000-templin-0001 ist nichts eingegangen.",
    ),
    "keine Kopie": Opposite(
        b.NO_COPY,
        f"{APPLICATION}"
        "Dann erhält sie eine Kopie und eine Eingangsbestätigung mit dem Hinweis „ersetzt keine Schriftform“",
        "Liegt die Kopie im Drucker?",
    ),
    "leere Kopie": Opposite(
        b.COPY_BLANK,
        f"{APPLICATION}"
        "Dann erhält sie eine Kopie und eine Eingangsbestätigung mit dem Hinweis „ersetzt keine Schriftform“",
        "Liegt die Kopie im Drucker?",
    ),
    "Entwurf bleibt": Opposite(b.CASE_STAYS, f"{DRAFT}{LEAVE}Dann ist der Entwurf vernichtet"),
    "nicht gelöscht": Opposite(
        b.NOT_WIPED, f"{TALK}{SCAN}{LEAVE}Dann ist nichts mehr von ihr im Bürgerbüro", "Der Speicher der Seiten"
    ),
    "Name im Protokoll": Opposite(
        b.LOG_NAMES_AGENT, f"{DRAFT}Dann enthält das Protokoll Ereignisse, aber keine Inhalte", "Frau Brandt"
    ),
    "Antrag der Vorigen ist da": Opposite(
        b.CASE_STAYS,
        f"{DRAFT}{LEAVE}Dann endet der Besuch als „abgebrochen_buerger“\nWenn der Bürger das Bürgerbüro betritt\n"
        f"{ANSWER}Dann sieht Frau Brandt nichts vom vorigen Besuch",
    ),
}
BENEFIT = f"{TALK}Und Frau Brandt den „Antrag auf Wohngeld (Mietzuschuss)“ öffnet\n"
CHECKED = f"{DRAFT}Wenn Frau Brandt die ganze Erklärung zum Prüfen vorlegt\n"
UNSURE = "Und die Bürgerin „Verdienstbescheinigung verwerfen“ berührt, ohne die Nachfrage zu beantworten\n"
SINGLE = {
    "fragt nicht nach": Opposite(
        c.ASKS_NOT_BACK,
        f"{TALK}{SCAN}{UNSURE}"
        "Dann fragt der Bildschirm nach, ob die Aufnahme „Verdienstbescheinigung“ gelöscht werden soll",
        "die Nachfrage",
    ),
    "Behaltenes ist gelöscht": Opposite(
        c.KEPT_IS_GONE,
        f"{TALK}{SCAN}{UNSURE}Und die Bürgerin „Nein, behalten“ berührt\n"
        "Dann ist die Aufnahme „Verdienstbescheinigung“ noch da",
        "ist gelöscht",
    ),
    "gleich zu berühren": Opposite(
        c.TOUCHABLE_AT_ONCE,
        f"{CHECKED}Dann lässt sich „Alles richtig“ noch nicht berühren",
        "lässt sich schon berühren",
    ),
    "nie zu berühren": Opposite(
        c.NEVER_TOUCHABLE,
        f"{CHECKED}Und die Bürgerin die Erklärung bis zum Ende liest\nDann lässt sich „Alles richtig“ berühren",
    ),
    "Seiten nicht zu sehen": Opposite(
        c.NO_PICTURES,
        f"{TALK}{SCAN}Dann sieht die Bürgerin die Verdienstbescheinigung mit einer Seite auf dem Bildschirm",
    ),
    "anders geschrieben": Opposite(
        c.WRITTEN_OTHERWISE,
        f"{BENEFIT}Und Frau Brandt bei „IBAN“ „de02120300000000202051“ einträgt\n"
        "Dann steht bei „IBAN“ auf dem Bildschirm „DE02 1203 0000 0000 2020 51“",
    ),
    "nicht als freiwillig zu erkennen": Opposite(
        c.NOT_VOLUNTARY,
        f"{BENEFIT}Dann ist „davon Heizkosten monatlich“ auf dem Bildschirm als freiwillig gekennzeichnet",
    ),
    "Fehler nicht am Feld": Opposite(
        c.FAULT_UNTOLD,
        f"{BENEFIT}Und Frau Brandt bei „Geburtsdatum“ „32.13.1949“ einträgt\n"
        "Dann steht der Fehler am Feld „Geburtsdatum“, und der Bildschirm fragt nicht danach",
        "steht kein Fehler",
    ),
    "bittet nur nebenbei": Opposite(
        c.ASKS_IN_PASSING, f"{APPLICATION}Dann hat der Bildschirm groß um die Unterschrift gebeten", "nur ein Hinweis"
    ),
    "Fehlendes nicht genannt": Opposite(
        c.MISSING_UNNAMED, f"{BENEFIT}Dann nennt der Bildschirm die fehlende Unterlage „Verdienstbescheinigung“"
    ),
    "Ort der Kopie verschwiegen": Opposite(
        c.COPY_UNTOLD, f"{APPLICATION}Dann sagt der Bildschirm, dass die Kopie im Drucker liegt"
    ),
    "freier Bildschirm nennt nichts": Opposite(
        c.NO_SITE, f"{OPEN}Dann nennt der freie Bildschirm Ort, Landkreis, Öffnungszeiten und Leistungen"
    ),
}
HAND_OVER = (
    f"{TALK}{SCAN}Und Frau Brandt die Unterlagen zu „Wohngeld: Mietzuschuss“ mit dem Aktenzeichen „WG-0815/26“"
    " ohne Antrag vorlegt\n"
)
GIVEN = f"{HAND_OVER}Und die Bürgerin die Unterlagen so einreicht\n"
COPY = "Und Frau Brandt die Verdienstbescheinigung kopiert\n"
PAPERS_ONLY = {
    "mehr Seiten genannt": Opposite(
        c.PAGES_MISCOUNTED,
        f"{HAND_OVER}Dann liest die Bürgerin, dass die Verdienstbescheinigung mit einer Seite"
        " an die Wohngeldstelle geht",
        "Auf dem Bildschirm steht",
    ),
    "beschädigte Unterlagen": Opposite(
        x.PACKAGE_DAMAGED, f"{GIVEN}Dann liegen die Unterlagen ohne Antrag bei der Wohngeldstelle", "ist nicht heil"
    ),
    "Aktenzeichen im Protokoll": Opposite(
        b.LOG_NAMES_REFERENCE,
        f"{GIVEN}Dann gehören die Unterlagen zu „Wohngeld: Mietzuschuss“ mit dem Aktenzeichen „WG-0815/26“",
        "steht im Protokoll",
    ),
    "Bestätigung nennt nichts": Opposite(
        c.RECEIPT_VAGUE,
        f"{GIVEN}Dann erhält die Bürgerin eine Eingangsbestätigung über die Verdienstbescheinigung mit einer Seite",
        "Auf der Eingangsbestätigung steht: Danke.",
    ),
    "Drucker druckt nichts": Opposite(
        b.PRINTS_NOTHING,
        f"{TALK}{SCAN}{COPY}Dann liegt die Verdienstbescheinigung mit einer Seite als Kopie im Drucker",
    ),
    "Ort der einen Kopie verschwiegen": Opposite(
        c.HINT_UNTOLD, f"{TALK}{SCAN}{COPY}Dann liest die Bürgerin, dass die Kopie zum Mitnehmen im Drucker liegt"
    ),
    "Drucker verschwiegen": Opposite(
        c.NOTICE_UNTOLD,
        f"{TALK}{SCAN}Und der Drucker ausfällt\n{COPY}Dann melden beide Bildschirme, dass der Drucker nicht druckt",
        "der Drucker in der Kabine",
    ),
    "eine Stelle hat etwas": Opposite(
        x.SOMETHING_LIES, f"{TALK}{SCAN}{LEAVE}Dann hat keine Stelle etwas davon erhalten", "Eine Stelle hat etwas"
    ),
}
PAUSES = "Und Frau Vogt von der Wohngeldstelle macht Pause\n"
TIMED = "Wenn die Stoppuhr „Rufen“ startet\n"
WISHES = {
    "klingelt auch in der Pause": Opposite(
        x.RINGS_ALSO, f"{READY}{PAUSES}{ENTER}Dann klingelt es bei Frau Vogt nicht", "Es klingelt bei Frau Vogt"
    ),
    "klingelt doppelt": Opposite(
        x.RINGS_TWICE, f"{IN}Dann hat es bei Frau Brandt einmal geklingelt", "zweimal geklingelt"
    ),
    "erster Rechner bleibt angemeldet": Opposite(
        x.STAYS_OPEN,
        f"{TALK}Und Frau Brandt an einem anderen Rechner weiterarbeitet\n"
        "Dann ist Frau Brandt am ersten Rechner abgemeldet",
        "abgemeldet",
    ),
    "Vergessenes ist weg": Opposite(
        b.NOTHING_LEFT,
        f"{TALK}Und sie den Mietvertrag in den Scanner legt\n"
        "Und die Bürgerin das Bürgerbüro verlässt, ohne ihre Unterlagen mitzunehmen\n"
        "Dann liegt der Mietvertrag noch im Scanner",
        "Liegt „Mietvertrag“ im Scanner?",
    ),
    "bemerkt niemanden": Opposite(
        b.BLIND, f"{IN}Dann bemerkt das Bürgerbüro die Bürgerin innerhalb von 2 s", "jemand ist bemerkt"
    ),
    "Fehlalarm": Opposite(b.HAUNTED, f"{OPEN}Dann bleibt das Bürgerbüro 2 s lang frei", "es sei jemand da"),
    "ruft zu spät": Opposite(
        b.CALLS_LATE,
        f"{READY}{TIMED}{ENTER}Dann klingelt es bei Frau Brandt\nUnd zeigt die Stoppuhr „Rufen“ höchstens 2 s",
        "Die Stoppuhr „Rufen“ zeigt 3,",
    ),
    "Abschied zu kurz": Opposite(
        b.FAREWELL_CUT,
        f"{OPEN}Und die Frist „Abschied“ beträgt 3 s\n{READY.removeprefix(OPEN)}{ENTER}{ANSWER}"
        f"Und die Stoppuhr „Abschied“ startet\n{HANG_UP}Dann endet der Besuch als „erledigt_beratung“\n"
        "Und zeigt die Stoppuhr „Abschied“ mindestens 2,5 s",
        "mindestens 2,50 s sollten es sein",
    ),
    "Abschied vor der Begrüßung": Opposite(
        b.GOODBYE_FIRST,
        f"{TALK}{HANG_UP}Dann verabschiedet sich der Bildschirm\n"
        "Und hat der Bildschirm „Sie sprechen mit“ vor „Auf Wiedersehen“ gezeigt",
        "Zuerst war „Auf Wiedersehen“ zu sehen",
    ),
}
OPPOSITES: dict[str, Opposite] = {
    **WISHES,
    **ON_SCREEN,
    **IN_THE_BOOTH,
    **AT_THE_DESK,
    **SEEN_AND_HEARD,
    **PAPERS,
    **SINGLE,
    **PAPERS_ONLY,
    **AT_DEVICES,
}
"""By the name of the fault."""
