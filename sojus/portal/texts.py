"""The German sentences of the portal itself; what is said of places and people, the service says."""

from __future__ import annotations

TOO_LARGE = "Das ist zu viel auf einmal: höchstens {} KB. Es wurde nichts getan."
NOT_WHOLE = "Die Anfrage ist nicht ganz angekommen. Es wurde nichts getan; bitte noch einmal."
NO_JSON = "Die Anfrage ist nicht zu lesen: Erwartet wird JSON (application/json)."
EXPECTED = "„{}“: Hier wird {} erwartet. Es wurde nichts getan."
UNKNOWN_KEY = "„{}“ kennt diese Anfrage nicht; bekannt sind: {}. Es wurde nichts getan."
TOO_OFTEN = "„{}“ steht {} Mal in der Adresse; gelesen wird es höchstens {} Mal. Es wurde nichts getan."
SAID_TWICE = "„{}“ steht in der Anfrage zweimal an derselben Stelle; jede Angabe gilt einmal. Es wurde nichts getan."
FOREIGN_PAGE = (
    "Das nimmt SoJuS nur von seiner eigenen Seite entgegen, oder von einem Programm mit der Kopfzeile X-SoJuS: 1."
)
LOG_IN = "Bitte anmelden."
NO_MEMBERSHIP = (
    "Dieses Konto gehört zu keiner Stelle. Die Verwaltung trägt es ein: lisa portal member add NAME --role ... "
    "--office ... --tenant ..."
)
NOT_YOURS = "Das darf diese Rolle nicht. Es wurde nichts getan."
NOT_THERE = (
    "Das gibt es hier nicht. Vielleicht ist die Adresse falsch geschrieben, oder es gehört zu einer anderen Stelle."
)
OTHER_WAY = "Diese Adresse wird nicht mit {} gefragt, sondern mit {}. Es wurde nichts getan."
NO_SUCH_MEMBERSHIP = "Diese Stelle gehört nicht zu diesem Konto."
NOT_AS = (
    "Diese Seite ist für eine andere Stelle als die, für die gerade gehandelt wird (Kopfzeile X-SoJuS-As). Es wurde "
    "nichts getan; bitte neu laden."
)
NO_SUCH_PERSON = "Diese Person gibt es in der Vorführung nicht."
NO_DEMONSTRATION = "Vorgeführt wird nur auf diesem Rechner, und nur solange es keine Konten gibt."
AWAY = (
    "Die Datenbank ist gerade nicht zu erreichen. Es wurde nichts getan; es geht von selbst weiter, sobald sie wieder "
    "da ist."
)
AWAY_ASK_AGAIN = (
    "Die Datenbank ist gerade nicht zu erreichen. Bitte gleich noch einmal dasselbe wählen: doppelt geschieht nichts."
)
TRACES_LEFT = (
    "Gelöschte Namen stehen noch in den Dateien der Personen: Sie neu zu schreiben ging jetzt nicht, oder es hätte zu "
    "lange gedauert. Das geschieht beim nächsten Start."
)
ENDS = "SoJuS wird gerade beendet. Bitte gleich noch einmal dasselbe wählen: doppelt geschieht nichts."
SEARCH_ANEW = "Diese Suche ist nicht mehr offen. Bitte neu suchen."
NO_LONGER = "Dieses Konto handelt nicht mehr für diese Stelle. Bitte neu anmelden."
BUSY = "Gerade wird zu viel auf einmal gefragt. Es wurde nichts getan; bitte in ein paar Sekunden noch einmal."
TOO_FAST = (
    "Von diesem Konto kam heute so viel, dass SoJuS jetzt nur noch nach und nach etwas davon aufnimmt. Es wurde nichts "
    "getan; bitte in {} noch einmal. Andere Konten Ihrer Stelle arbeiten weiter wie sonst."
)
NO_SUCH_PURPOSE = "Bitte einen Zweck aus der Liste wählen: Ohne ihn wird kein Name gezeigt und keiner aufgenommen."
NO_SUCH_CASE = (
    "Diesen Fall gibt es bei Ihrer Stelle nicht, oder wen er betrifft, ist schon gelöscht. Bitte einen aus der Liste "
    "wählen oder einen neuen anlegen. Es wurde nichts getan."
)
NAME_CORRECTED = (
    "Berichtigt. Was vorher dort stand, ist gelöscht. Wer beim Träger den Namen angesehen hat, erfährt, dass er sich "
    "geändert hat."
)
NAME_DELETED = (
    "Gelöscht: Niemand findet hier mehr heraus, wen dieser Fall betraf. Wer beim Träger den Namen angesehen hat, "
    "erfährt, dass er gelöscht ist."
)
READY = "SoJuS bereit: {}"
DEMONSTRATED = "Erfundene Plätze und Menschen: Auf diesem Rechner darf jeder jeder sein, bis es ein Konto gibt."
NO_ACCOUNT = "Noch kein Konto: Niemand kann sich anmelden (lisa portal member add)."
FAULT = (
    "Ein Fehler in SoJuS selbst ({}, {}): Es wird beendet, denn es könnte nichts mehr annehmen. Was beantwortet war, "
    "ist aufgehoben. Neu starten; geschieht es wieder, diesen Satz melden."
)
NO_FILE = "Erwartet wird die Datei selbst als Inhalt (application/octet-stream). Es wurde nichts getan."
PREVIEW_GONE = "Diese Vorschau ist nicht mehr da. Die Datei bitte noch einmal wählen; es wurde nichts übernommen."
