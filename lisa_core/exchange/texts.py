"""Every German sentence of the exchange: what agents read, what whoever runs the place is told, what the log explains.

Faults of what another program sent (`Refused` with a code of the link) stay English: they are for its makers.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from lisa_core.domain.model.media.media_ways import RelayTrouble

# --- agents and booths ------------------------------------------------------------------------------------------------

OCCUPIED_DESK = "{} ist schon verbunden: an einem anderen Rechner oder in einem anderen Browser."
OCCUPIED_BOOTH = "{} ist schon verbunden: Ein anderes Programm meldet sich unter diesem Namen."
UNKNOWN_BOOTH = "Das Bürgerbüro „{}“ kennt sie nicht."
UNKNOWN_DESK = "Den Platz „{}“ kennt sie nicht."
FOREIGN_DESK = "Dieser Platz gehört zu einem anderen Konto."


class DeadEnd(NamedTuple):
    """A page in the place of the one that was asked for: its title, heading and text, and where its button leads."""

    titel: str
    ueberschrift: str
    text: str
    weg: str


NO_SUCH_PAGE = DeadEnd(
    "Seite nicht gefunden", "Diese Seite gibt es nicht", "Die Adresse ist vertippt oder veraltet.", "Zum Anfang"
)
NO_SUCH_DESK = DeadEnd(
    "Platz nicht gefunden",
    "Diesen Platz gibt es nicht",
    "Der Name in der Adresse steht nicht im Verzeichnis.",
    "Zur Auswahl der Plätze",
)
NOT_YOUR_DESK = DeadEnd(
    "Anderes Konto",
    "Dieser Platz gehört zu einem anderen Konto",
    "Mit Ihrem Konto können Sie nur an Ihrem eigenen Platz arbeiten.",
    "Zu meinem Platz",
)
BEHIND = "Zu viel ist unbestätigt. Die Verbindung beginnt von vorn."
REPLACED = "Dieser Platz ist auf einer neuen Verbindung offen."
TAKEN = "An diesem Platz wird jetzt an einem anderen Rechner oder in einem anderen Browser weitergearbeitet."
DOUBLE = "Ein anderes Programm oder ein anderer Rechner wollte sich unter diesem Namen verbinden und ist abgewiesen."
SILENT = "Niemand hat sich gemeldet."
TOO_LARGE = "Das ist zu groß, um es weiterzugeben."
MESSAGE_FAILED = "Eine Nachricht ({}) ließ sich nicht verarbeiten."
NO_ROOM = "Ein Antrag kann gerade nicht angenommen werden."
DISK_LOW = "Auf dem Rechner der Vermittlung wird der Speicherplatz knapp. Bitte rufen Sie den Support."
SEAT_TAKEN = "besetzt"
"""Beside a seat on the start page."""
DEMONSTRATION = (
    "Vorführung: Alle Namen hier sind erfunden, und niemand meldet sich an. Das geht nur auf diesem Rechner. Mit dem "
    "ersten Konto (lisa user add) verlangt die Vermittlung eine Anmeldung."
)
NO_TENANT = "{}: Den Träger „{}“ gibt es im Verzeichnis nicht.{}"
NO_PLACE = "{}.issuer: „{}“ ist keine Adresse mit https://."
NO_SECRET = "{}: Das Geheimnis lässt sich nicht lesen, oder die Datei ist leer."
OPEN_SECRET = "{}: Andere dürfen diese Datei lesen. Das Geheimnis gehört nur dem Besitzer (chmod 600)."
NOT_READY = "Die Konten lassen sich gerade nicht lesen. Bitte gleich noch einmal."

# --- keys of booths: read at the booth --------------------------------------------------------------------------------

NOT_PROVED = (
    "Der Besitz des Schlüssels ist nicht nachgewiesen. Stimmt die Schlüsseldatei (--key), und steht niemand zwischen "
    "Kabine und Vermittlung, der die Verschlüsselung aufbricht?"
)
OF_KEYS = {
    "schluessel.ohne_nachweis": NOT_PROVED,
    "schluessel.fremd": "{} ist mit einem anderen Schlüssel eingetragen. Stimmen Profil und Schlüsseldatei (--key)?",
    "schluessel.fehlt": "{} ist hier nicht eingetragen. An der Vermittlung: lisa site add {}; hier: lisa booth enrol.",
    "schluessel.gesperrt": (
        "Der Schlüssel von {} ist gesperrt oder ersetzt und gilt nie wieder. An der Vermittlung: lisa site add {}; "
        "hier: lisa booth enrol mit einer anderen Datei (--key)."
    ),
    "schluessel.unlesbar": "Die Vermittlung kann ihr Verzeichnis der Schlüssel gerade nicht lesen.",
}
"""By the name of the entry that the administration gets; name and id of the site are filled in."""

THIS_DESK, THE_BOOTH = "diesem Arbeitsplatz", "der Kabine"
RELAYS: Mapping[RelayTrouble, str] = {
    RelayTrouble.REFUSED: (
        "Das Relais für Bild und Ton (TURN) weist ab, was die Vermittlung {} mitgegeben hat: "
        "Beide haben nicht dasselbe Geheimnis, oder eine der Uhren geht falsch."
    ),
    RelayTrouble.EXPIRED: (
        "Das Relais für Bild und Ton (TURN) weist {} ab: Was die Vermittlung dafür mitgegeben hat, war schon "
        "abgelaufen. Die Uhr der Vermittlung prüfen."
    ),
    RelayTrouble.FULL: "Das Relais für Bild und Ton (TURN) ist ausgelastet und gibt {} keinen Weg mehr.",
    RelayTrouble.AWAY: "Das Relais für Bild und Ton (TURN) ist von {} aus nicht zu erreichen.",
}
"""Why a relay gives no way, with who asked it."""
OTHER_WAYS = (
    "Bild und Ton kommen nur zustande, wenn beide Seiten einander ohne Relais erreichen. Bitte den Support rufen."
)
NO_OTHER_WAY = "Bild und Ton kommen so nicht zustande. Bitte den Support rufen."
"""What follows from it."""


class PortalState(Enum):
    """How the portal of an office is found. `STRANGE`: it answers, and knows no desk of ours."""

    THERE = "da"
    AWAY = "weg"
    MISTRUSTED = "zertifikat"
    STRANGE = "fremd"


PORTAL_AT_DESK: Mapping[PortalState, str] = {
    PortalState.THERE: "",
    PortalState.AWAY: (
        "{name} antwortet gerade nicht. Das Gespräch geht weiter; ist {name} wieder da, verschwindet dieser Satz."
    ),
    PortalState.MISTRUSTED: (
        "{name} zeigt ein Zertifikat, dem die Vermittlung nicht traut. Öffnen nur, wenn auch Ihr Browser nicht warnt."
    ),
    PortalState.STRANGE: (
        "{name} kennt diesen Arbeitsplatz nicht: Suchen und Reservieren geht, „Der Bürgerin zeigen“ fehlt dort. Wer "
        "{name} betreibt, startet es mit --desk {desk}"
    ),
}
_PORTAL = "{key}: {portal} "
PORTAL_AT_START: Mapping[PortalState, str] = {
    PortalState.THERE: "",
    PortalState.AWAY: (
        _PORTAL + "antwortet nicht, von diesem Rechner aus gefragt. Stimmt die Adresse, und läuft das Portal? Die "
        "Arbeitsplätze fragen weiter und sagen es den Mitarbeiterinnen."
    ),
    PortalState.MISTRUSTED: (
        _PORTAL + "zeigt ein Zertifikat, dem dieser Rechner nicht traut. Ist es abgelaufen, oder fehlt hier sein "
        "Aussteller (SSL_CERT_FILE)?"
    ),
    PortalState.STRANGE: (
        _PORTAL
        + "antwortet, kennt aber keine Adresse dieser Arbeitsplätze ({desks}): „Der Bürgerin zeigen“ fehlt dort. "
        "Das Portal mit --desk und der Adresse starten, unter der die Arbeitsplätze geöffnet werden."
    ),
}
"""With the key in the file of the Landkreis."""
PORTAL_SOUND = _PORTAL + "antwortet"

# --- whoever runs the place -------------------------------------------------------------------------------------------

LOG_WAITS = "{} Gespräche laufen weiter; Abgaben werden abgelehnt, und was zu sagen ist, wartet."
LOG_BACK = "Das Protokoll der Vermittlung wird wieder geschrieben; nichts davon fehlt."
APPLICATION_REFUSED = "Ein Antrag wurde abgelehnt: {}"
LISTED_AGAIN = "{}: Dieser Antrag stand nicht in der Liste. Er steht wieder da."
SET_ASIDE = "{}: Die Datei ist kein Antrag, der hier fehlt; sie heißt jetzt {}."
NOT_SET_ASIDE = "{}: Die Datei ist kein Antrag, der hier fehlt, und lässt sich nicht umbenennen ({})."

SECRET_UNREADABLE = "{}: Das Geheimnis des Relais ([media] secret_file) lässt sich nicht lesen ({})."
SECRET_OPEN = (
    "{}: Das Geheimnis des Relais ([media] secret_file) können auch andere lesen (Rechte {:04o}). "
    "Nur der Besitzer darf das: chmod 600"
)
SECRET_SHAPE = (
    "{}: Das Geheimnis des Relais ([media] secret_file) ist ein Wort in einer Zeile, {} bis {} Zeichen lang. "
    "Ein neues: openssl rand -hex 32"
)

STANDS_BY = (
    "{}: In diese Datenbank schreibt schon eine Vermittlung. Diese hier wartet und übernimmt, sobald jene endet oder "
    "nicht mehr antwortet."
)
SUCCEEDED = (
    "Eine andere Vermittlung hat diese Datenbank übernommen. Diese hier endet; wer verbunden war, verbindet sich dort."
)

# --- the log: what a start did ----------------------------------------------------------------------------------------

REPLAYED = "{} Ereignisse nachgespielt"
SKIPPED = "{} passen nicht mehr zum Verzeichnis"
UNREAD = "{} Angaben dieser Fassung unbekannt"
NO_EXCHANGE = "{}: In diesem Ordner liegt nichts von einer Vermittlung. Einen anderen nennen."
LOG_UNREADABLE = "{}: Dieses Protokoll lässt sich nicht lesen ({})."
