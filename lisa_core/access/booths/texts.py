"""The German sentences about booths' keys: for whoever enters them, and for whoever is refused."""

from __future__ import annotations

HAS_KEY = "{} hat schon einen Schlüssel ({}). Soll ein neuer an seine Stelle treten: --replace."
CODE_WRONG = "Dieser Code gilt nicht: vertippt, schon benutzt oder abgelaufen. Ein neuer: lisa site add."
KEY_OVER = "Dieser Schlüssel ist gesperrt oder ersetzt und gilt nie wieder. Mit einer anderen Datei (--key) eintragen."
KEY_ELSEWHERE = "Dieser Schlüssel ist schon eingetragen. Mit einer anderen Datei (--key) eintragen."
NO_KEY = "{} hat keinen Schlüssel und keinen offenen Code."
NOT_READABLE = "{}: Das Verzeichnis der Schlüssel lässt sich nicht lesen ({}). Aus der Sicherung zurückholen."
NOT_WRITABLE = "{}: Das Verzeichnis der Schlüssel lässt sich nicht schreiben ({}). Platz und Rechte prüfen."
DAMAGED = "verändert oder beschädigt"
"""Why a book cannot be read."""

# --- what the commands say --------------------------------------------------------------------------------------------

CODE_MADE = "{}: Code {}, gilt einmal und bis {}."
CODE_USE = (
    "Am Rechner der Kabine:  lisa booth enrol --exchange ADRESSE --code {} --key kabine.pem\n"
    "Hat das Zertifikat der Vermittlung einen eigenen Aussteller, dort dazu: --authority DATEI"
)
NO_SITE = "Den Standort „{}“ gibt es in diesem Landkreis nicht (Namen eines eigenen Landkreises: --config)."
NOT_ENTERED = "Nichts ist gesperrt: „{}“ ist hier nicht eingetragen (Namen eines eigenen Landkreises: --config)."
NO_STORE = "Wo die Vermittlung ihre Sachen hält, fehlt: --data ORDNER oder --store DATENBANK, wie bei lisa exchange."
NO_BOOK = "{}: Hier liegt kein Verzeichnis der Schlüssel. Ist es der Ordner der Vermittlung? Beginnen: lisa site add."
NO_KEYS = "Noch kein Schlüssel ist eingetragen."
KEY_LINE = "{}  {}  eingetragen {}  {}"
VALID, OVER = "gilt", "{} {}"
CODE_OPEN = "{}  Code offen bis {}"
REVOKED = "{}: Der Schlüssel {} ist gesperrt. Eine Verbindung damit endet sofort."
CODE_VOID = "{}: Der offene Code gilt nicht mehr."
ENROLLED = "{} ist eingetragen, mit dem Schlüssel {}. Derselbe muss an der Vermittlung stehen: lisa booth list."
ENROLLED_NEXT = "Weiter:  lisa booth --profile PROFIL --exchange {}{} --key {}"
