"""What `lisa certify` tells on its way: the plan, how far it is, what may be resumed; and what a tester is asked."""

from __future__ import annotations

SITTING: dict[str, str] = {
    "  {} von {}": "  {} of {}",
    "noch etwa {}": "about {} left",
    "Der Lauf hatte mehrere Sitzungen": "The run had several sittings",
    "Seit dem Beginn ist etwas anders ({}: vorher „{}“, jetzt „{}“).": (
        "Something differs since the beginning ({}: before “{}”, now “{}”)."
    ),
    "{}: Die Szenarien sind seit dem Beginn geändert.": "{}: The scenarios were changed since the beginning.",
    "{}: Dieser Teil lässt sich nicht lesen. In einem anderen Ordner neu beginnen.": (
        "{}: This part cannot be read. Begin anew in another folder."
    ),
    "{} In einem anderen Ordner neu beginnen.": "{} Begin anew in another folder.",
    "Das zeigt nur der Prüfbericht eines Labors.": "Only a laboratory's certificate shows it.",
    "Das misst ein Prüfer vor Ort, mit Foto.": "A tester measures it on the spot, with a photograph.",
    "Der Bezug fehlt: {} ist hier emuliert ({}).": "The reference is missing: {} is emulated here ({}).",
    "Kein Szenario zeigt hier etwas von dem, was die Klasse {} verlangt.": (
        "No scenario here shows anything of what the class {} asks for."
    ),
    "Kein Szenario zeigt es.": "No scenario shows it.",
    "{}: Hier liegt eine angefangene Zertifizierung.": "{}: Here is a certification that was begun.",
    "{}: Hier liegt schon ein Prüfpaket. Mit --out einen anderen Ordner nennen.": (
        "{}: Here is a bundle already. Name another folder by --out."
    ),
    "{} Mit --resume fortsetzen oder mit --out einen anderen Ordner nennen.": (
        "{} Resume it by --resume or name another folder by --out."
    ),
    "{}: Hier ist keine Zertifizierung angefangen. Ohne --resume beginnen.": (
        "{}: No certification was begun here. Begin without --resume."
    ),
    "{}: Das lässt sich nicht lesen. Mit --out in einem anderen Ordner neu beginnen.": (
        "{}: This cannot be read. Begin anew in another folder by --out."
    ),
    "gültig von {} bis {}": "valid from {} to {}",
    "Klasse {}: {}, {}": "Class {}: {}, {}",
    "{} {}, davon {} mit jemandem, der etwas tut:": "{} {}, {} of them with somebody who does something:",
    "Dauer: so schnell, wie dieser Rechner ist (virtuelle Uhr).": (
        "Duration: as fast as this computer is (virtual clock)."
    ),
    "Dauer: unbekannt; in diesem Ordner ist noch nichts gelaufen.": (
        "Duration: unknown; nothing has run in this folder yet."
    ),
    "etwa {}": "about {}",
    "Dauer: etwa {}.": "Duration: about {}.",
    "Dauer: geschätzt etwa {}, da in diesem Ordner nicht jedes davon schon gelaufen ist:": (
        "Duration: about {}, an estimate, as not each of them has run in this folder yet:"
    ),
    "  etwa {} laufen die Szenarien selbst, gemessen an emulierten Geräten": (
        "  the scenarios themselves run for about {}, measured at emulated devices"
    ),
    "  {}-mal wird jemand um etwas gebeten, je {} s angenommen": (
        "  somebody is asked to do something {} times, {} s assumed for each"
    ),
    "  {}-mal misst jemand etwas mit Foto, je {} angenommen": (
        "  somebody measures something with a photograph {} times, {} assumed for each"
    ),
    "  nicht darin: die Szenarien, von denen keine Dauer bekannt ist ({})": (
        "  not in it: the scenarios of which no duration is known ({})"
    ),
    "{}: Hier ist alles gelaufen. Das Prüfpaket macht lisa certify --resume ohne --plan.": (
        "{}: All has run here. lisa certify --resume without --plan makes the bundle."
    ),
    "Heute, am {}, gilt diese Klasse nicht: Was jetzt läuft, bleibt beim Nachprüfen offen.": (
        "Today, on {}, this class does not count: what runs now will stay open when it is verified."
    ),
    "In diesem Profil ist es emuliert (slots.{} hat keine Adresse): Es wird ein Probelauf.": (
        "In this profile it is emulated (slots.{} has no address): it will be a trial run."
    ),
    "Nicht zu entscheiden: {}": "Cannot be decided: {}",
    "Fortgesetzt: {} von {} Szenarien sind gelaufen.": "Resumed: {} of {} scenarios have run.",
    "Fortgesetzt": "Resumed",
    "{} (Wiederholung {} von {})": "{} (repetition {} of {})",
    "Wiederholung {} von {}": "repetition {} of {}",
    "Zeile {}": "line {}",
    "--challenge: {}. So einfügen, wie lisa countersign --challenge sie ausgibt.": (
        "--challenge: {}. Paste it as lisa countersign --challenge prints it."
    ),
    "von Hand": "by hand",
    "  von Hand  {}": "  by hand   {}",
    "was das Gerät selbst meldet": "what the device itself reports",
    "die Uhr des Rechners": "the computer's clock",
    "der Türkontakt": "the door contact",
    "der Präsenzsensor": "the presence sensor",
    "ein zweiter Kontakt": "a second contact",
    "ein zweiter Kontakt an derselben Taste": "a second contact on the same button",
    "ein Blitz der Lampe, den die Kamera der Kabine sieht": "a flash of the lamp, seen by the booth's camera",
    "eine Marke auf dem Boden": "a mark on the floor",
    "eine gedruckte Prüfvorlage": "a printed chart",
    "gezählte Blätter": "counted sheets",
    "ein Lineal": "a ruler",
    "ein Maßband": "a tape measure",
    "ein Winkelmesser": "a protractor",
    "eine Taste oder ein Zuruf": "a key or a call",
    "der Prüfbericht eines Labors": "a laboratory's certificate",
    "Durch die Tür ins Bürgerbüro gehen; die Tür hinter sich zufallen lassen.": (
        "Go through the door into the booth; let the door fall shut behind you."
    ),
    "Auf den Stuhl setzen.": "Sit down on the chair.",
    "Vom Stuhl aufstehen.": "Stand up from the chair.",
    "Alle Unterlagen nehmen, hinausgehen und die Tür hinter sich zufallen lassen.": (
        "Take all papers, go out and let the door fall shut behind you."
    ),
    "Alles liegen lassen, hinausgehen und die Tür hinter sich zufallen lassen.": (
        "Leave everything there, go out and let the door fall shut behind you."
    ),
    "Die Tür öffnen und offen lassen.": "Open the door and leave it open.",
    "Die Tür schließen.": "Close the door.",
    "Die Ruftaste drücken.": "Press the call button.",
    "Laut und deutlich sprechen; zuerst antworten, dann noch {} s weitersprechen.": (
        "Speak loudly and clearly; answer first, then go on speaking for {} s."
    ),
    "Die Unterlage „{}“ unter die Dokumentenkamera legen.": "Lay the paper “{}” under the document camera.",
    "Alle Seiten der Unterlage „{}“ in den Einzug des Scanners legen.": (
        "Lay all pages of the paper “{}” into the scanner's feeder."
    ),
    "Die erste Seite der Unterlage „{}“ auf das Glas des Scanners legen.": (
        "Lay the first page of the paper “{}” on the scanner's glass."
    ),
    "{} auf den Kartenleser legen.": "Lay {} on the card reader.",
    "Alle Karten vom Kartenleser nehmen.": "Take all cards off the card reader.",
    "Den Papierstau beheben und die übrigen Blätter wieder einlegen.": (
        "Clear the paper jam and put the other sheets in again."
    ),
    "Alle Unterlagen wieder an sich nehmen.": "Take all papers back.",
    "Auf dem Unterschriftenpad unterschreiben und den Stift weglegen.": "Sign on the pad and put the pen down.",
    "Auf dem Bildschirm „{}“ berühren.": "Touch “{}” on the screen.",
    "Eine zweite Person kommt mit herein; die Tür fällt zu.": "A second person comes in too; the door falls shut.",
    "Die zweite Person geht wieder hinaus; die Tür fällt zu.": "The second person goes out; the door falls shut.",
    "Durch die Tür gehen und {} cm vor dem Präsenzsensor stehen bleiben; die Tür fällt zu.": (
        "Go through the door and stop {} cm in front of the presence sensor; the door falls shut."
    ),
    "Eine zweite Person öffnet die Tür und bleibt darin stehen.": "A second person opens the door and stands in it.",
    "Die Tür mehrmals kurz anstoßen, ohne hineinzugehen.": "Push the door several times without going in.",
    "Die Tür öffnen und offen lassen; an ihr sitzt ein zweiter Kontakt, gebunden an die Ruftaste.": (
        "Open the door and leave it open; a second contact sits on it, bound to the call button."
    ),
    "Auf dem Pad am Lineal entlang einen geraden Strich von 50 mm ziehen und den Stift weglegen.": (
        "Draw a straight line of 50 mm along a ruler on the pad and put the pen down."
    ),
    "Einen Papierstau bei Seite {} vorbereiten.": "Prepare a paper jam at page {}.",
    "Eine Karte mit Chip (Ausweis, Bankkarte)": "a card with a chip (identity card, bank card)",
    "Eine Speicherkarte ohne Programme (Fahrkarte, Schlüssel)": "a memory card without programs (ticket, key)",
    "Etwas, das der Leser bemerkt und nicht lesen kann (zwei Karten aufeinander)": (
        "something that the reader notices and cannot read (two cards on top of each other)"
    ),
    "Der Präsenzsensor meldet jemanden. Das Bürgerbüro verlassen und die Tür hinter sich zufallen lassen.": (
        "The presence sensor reports somebody. Leave the booth and let the door fall shut behind you."
    ),
    "Der Präsenzsensor meldet weiter jemanden, obwohl niemand mehr im Bürgerbüro sein soll. So lässt sich nicht "
    "prüfen, ob er jemanden bemerkt: Lage und Empfindlichkeit prüfen.": (
        "The presence sensor still reports somebody although nobody should be in the booth. So it cannot be tested "
        "whether it notices somebody: check position and sensitivity."
    ),
    "Der Präsenzsensor meldet nichts. Strom, Kabel und Anschluss prüfen und das Bürgerbüro verlassen.": (
        "The presence sensor reports nothing. Check power, cable and port, and leave the booth."
    ),
    "Der Präsenzsensor meldet nichts: Ob jemand im Bürgerbüro ist, war nicht zu erfahren.": (
        "The presence sensor reports nothing: whether somebody is in the booth could not be learned."
    ),
    "{} wieder in Ordnung bringen und warten, bis das Gerät bereit ist.": (
        "Put {} right again and wait until the device is ready."
    ),
    "Die Aufforderung „{}“ ist nicht ausgeführt: {}.": "The request “{}” was not carried out: {}.",
    "Nicht gemessen: „{}“ {}.": "Not measured: “{}” {}.",
    " Gemeldet ist: „{}“": " Reported is: “{}”",
    "Auf die Frage „{}“ war die Antwort: {}.{}": "To the question “{}” the answer was: {}.{}",
    "Die Aufforderung ist nicht ausgeführt: {} {}.": "The request was not carried out: {} {}.",
    "Die Frage „{}“ ist nicht beantwortet: {}.": "The question “{}” was not answered: {}.",
    "Diese Störung lässt sich an einem echten Gerät nicht von Hand herbeiführen.": (
        "This fault cannot be brought about by hand at a real device."
    ),
    "Der Präsenzsensor meldet noch jemanden. Ist das Bürgerbüro trotzdem leer?": (
        "The presence sensor still reports somebody. Is the booth empty all the same?"
    ),
    "Der Präsenzsensor meldet niemanden. Steht trotzdem jemand im Bürgerbüro?": (
        "The presence sensor reports nobody. Is somebody standing in the booth all the same?"
    ),
    "Der Türkontakt meldet eine geschlossene Tür. Steht sie trotzdem offen?": (
        "The door contact reports a closed door. Is it open all the same?"
    ),
    "Der Türkontakt meldet eine offene Tür. Ist sie trotzdem zu?": (
        "The door contact reports an open door. Is it shut all the same?"
    ),
    "Der Scanner meldet einen leeren Einzug. Liegen trotzdem Blätter darin?": (
        "The scanner reports an empty feeder. Are there sheets in it all the same?"
    ),
    "Aufforderung an die Prüferin": "Request to the tester",
    "erledigt": "done",
    "gemessen": "measured",
    "geht nicht": "cannot be done",
    "keine Antwort": "no answer",
    "{} nach {} s{}": "{} after {} s{}",
    "{} nach {} s, Terminal": "{} after {} s, terminal",
    "{} nach {} s, Seite": "{} after {} s, page",
    "Seite": "page",
    "Telefon": "phone",
    "zu schnell": "too fast",
    "kein Foto": "no photograph",
    "Aufforderungen an die Prüferin stehen hier und unter http://{}/": "Requests to the tester: here and http://{}/",
    "e: erledigt · x und ein Grund: geht nicht": "d: done · x and a reason: cannot be done",
    "m, die Zahl und der Name des Fotos: m 91,5 tuer.jpg · x und ein Grund: geht nicht": (
        "m, the number and the photograph's name: m 91.5 door.jpg · x and a reason: cannot be done"
    ),
    "j: ja · n: nein · x und ein Grund: lässt sich nicht sagen": "y: yes · n: no · x and a reason: cannot be told",
    "      Das war nicht zu verstehen. {}": "      This was not understood. {}",
    "      Die Bilder dazu zeigt die Seite der Prüferin.": "      The tester's page shows the pictures.",
    "{} im Fach: Welche Zahl steht in der kleinsten Zeile?": "{} in the tray: which number is in its smallest line?",
    "Nicht abgelesen: „{}“ {}.": "Not read off: “{}” {}.",
    "Auf „{}“ war die Antwort „{}“. Das steht nicht da: Hinsehen.": (
        "To “{}” the answer was “{}”. That is not what stands there: look."
    ),
    "a und was dort steht: a 417 · n: nicht zu lesen · x und ein Grund: geht nicht": (
        "a and what stands there: a 417 · n: cannot be read · x and a reason: cannot be done"
    ),
    "Prüfung – LISA": "Test – LISA",
    "Prüfung am Gerät": "test at the device",
    "verbindet …": "connecting …",
    "Einen Moment": "One moment",
    "Wenn etwas nicht geht: der Grund, ohne Namen und Inhalte (freiwillig)": (
        "If something cannot be done: the reason, without names and contents (optional)"
    ),
    "Der Lauf ist beendet oder unterbrochen": "The run has ended or was interrupted",
    "Bitte messen; Zahl und Name des Fotos unten eintragen": (
        "Please measure; enter the number and the photograph's name below"
    ),
    "Bitte ablesen und unten eintragen": "Please read it off and enter it below",
    "Zahl und Name des Fotos: 91,5 tuer.jpg": "Number and the photograph's name: 91,5 door.jpg",
    "Was dort steht": "What stands there",
    "Gemessen": "Measured",
    "Abgelesen": "Read off",
    "Bild": "Picture",
    "groß zeigen": "shown large",
    "noch # s": "# s left",
}
