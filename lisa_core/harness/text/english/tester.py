"""What a tester reads at the terminal and on the phone, in English."""

from __future__ import annotations

_LISTEN: dict[str, str] = {
    "--listen: „{text}“ ist keine Adresse dieses Rechners.": "--listen: “{text}” is no address of this computer.",
    "Zum Beispiel: --listen 192.168.1.5 oder --listen 192.168.1.5:8443": (
        "For example: --listen 192.168.1.5 or --listen 192.168.1.5:8443"
    ),
    "--listen: {text} heißt „überall“.": "--listen: {text} means “everywhere”.",
    "Die eine Adresse nennen, unter der das Telefon diesen Rechner erreicht.": (
        "Name the one address at which the phone reaches this computer."
    ),
    "--listen: Die Adresse {host} hat dieser Rechner nicht.": "--listen: this computer has no address {host}.",
    "Welche er hat, zeigt: ip address": "Which ones it has shows: ip address",
    "--listen: Der Port {port} auf {host} ist schon belegt.": "--listen: port {port} at {host} is taken already.",
    "Einen anderen nennen, oder keinen: Dann wird ein freier genommen.": "Name another, or none to take a free one.",
    "--listen: {where} lässt sich nicht benutzen ({why}).": "--listen: {where} cannot be used ({why}).",
    "--listen: In diesem Lauf wird niemand gefragt, denn kein Gerät ist echt.": (
        "--listen: nobody is asked in this run, for no device is real."
    ),
    "Ein Profil mit einem echten Gerät nennen oder --listen weglassen.": (
        "Name a profile with a real device or leave out --listen."
    ),
}
_TERMINAL: dict[str, str] = {
    "Aufforderungen stehen hier und auf einem Telefon im Bürgerbüro: https://{at}/": (
        "Prompts stand here and on a phone inside the booth: https://{at}/"
    ),
    "    Code: {code}, für ein Telefon, einmal": "    Code: {code}, for one phone, once",
    "    Das Telefon warnt vor dem Zertifikat, das nur für diesen Lauf gemacht ist. Sein SHA-256 muss sein:": (
        "    The phone warns of the certificate, which is made for this run only. Its SHA-256 has to be:"
    ),
    "    Ein Telefon ist verbunden. Der Code gilt nicht mehr.": "    A phone is connected. The code is void now.",
    "    Auf der Seite ist {count}-mal ein falscher Code eingegeben worden.": (
        "    A wrong code has been typed on the page {count} times."
    ),
    "    Das Telefon ist wieder da; der neue Code gilt nicht.": "    The phone is back; the new code is void.",
    "    Das Telefon ist abgemeldet. Code für ein anderes: {code}": "    The phone has left. Code for another: {code}",
    "    Das Telefon meldet sich nicht mehr: WLAN und Telefon prüfen; hier geht es weiter.": (
        "    The phone does not answer any more: check wireless network and phone; it goes on here."
    ),
    "Code für ein anderes: {code}": "Code for another: {code}",
}
_PAGE: dict[str, str] = {
    "Prüfung im Bürgerbüro": "Test inside the booth",
    "verbunden": "connected",
    "nicht verbunden": "not connected",
    "keine Verbindung": "no connection",
    "Keine Verbindung zum Rechner: Ist das WLAN da, läuft die Prüfung noch? Es wird weiter versucht.": (
        "No connection to the computer: is the wireless network there, does the test still run? It keeps trying."
    ),
    "Die Prüfung ist zu Ende. Diese Seite kann geschlossen werden.": "The test is over. This page can be closed.",
    "beendet": "ended",
    "Szenario {number} von {total}": "Scenario {number} of {total}",
    "Jetzt: {step}": "Now: {step}",
    "Mit einem anderen Telefon weitermachen": "Go on with another phone",
    "Code eingeben": "Type the code",
    "Acht Buchstaben; sie stehen am Terminal unter der Adresse dieser Seite.": (
        "Eight letters; they stand at the terminal below the address of this page."
    ),
    "Code": "Code",
    "Verbinden": "Connect",
    "Dieser Code ist es nicht. Am Terminal nachsehen.": "This is not the code. Look at the terminal.",
    "Ein anderes Telefon ist verbunden. Dort „Mit einem anderen Telefon weitermachen“ wählen; ist es weg, steht nach "
    "einer halben Minute ein neuer Code am Terminal.": (
        "Another phone is connected. Choose “Go on with another phone” there; if it is gone, there is a new code at "
        "the terminal after half a minute."
    ),
    "Zu schnell nacheinander. In zwei Sekunden noch einmal.": "Too fast. Once more in two seconds.",
    "Dieses Telefon ist nicht mehr verbunden. Weiter geht es mit dem Code, der am Terminal steht.": (
        "This phone is no longer connected. Go on with the code that stands at the terminal."
    ),
    "Gerade ist nichts zu tun.": "There is nothing to do right now.",
    "Bitte jetzt tun": "Please do now",
    "Bitte nachsehen": "Please look",
    "Bitte messen": "Please measure",
    "Bitte ablesen": "Please read off",
    "Was dort steht": "What stands there",
    "Hier fehlt, was dort steht.": "What stands there is missing.",
    "Nicht zu lesen": "Cannot be read",
    "Erledigt": "Done",
    "Abschicken": "Send",
    "Ja": "Yes",
    "Nein": "No",
    "Geht nicht": "Not possible",
    "noch {seconds} s": "{seconds} s left",
    "Abgelesene Zahl": "The number",
    "Foto mit Maßband im Bild": "Photograph with the tape in it",
    "Das Foto wird übertragen …": "The photograph is being sent …",
    "Das Foto kam nicht an. JPEG oder PNG, höchstens 20 MB; und auf dem Rechner muss Platz sein.": (
        "The photograph did not arrive. JPEG or PNG, at most 20 MB; and there has to be room on the computer."
    ),
    "Hier fehlt die Zahl, zum Beispiel 91,5.": "The number is missing, for example 91.5.",
    "Hier fehlt das Foto.": "The photograph is missing.",
    "Grund angeben (ohne Namen)": "Give a reason (no names)",
    "Bild {number}": "Picture {number}",
    "Die letzte Frage ist am Terminal beantwortet.": "The last question was answered at the terminal.",
    "Die letzte Frage hat niemand rechtzeitig beantwortet.": "Nobody answered the last question in time.",
    "Zu spät: Das war schon beantwortet.": "Too late: it was answered already.",
    "Die letzte Antwort ist angekommen.": "The last answer has arrived.",
}
TESTER: dict[str, str] = {**_LISTEN, **_TERMINAL, **_PAGE}
