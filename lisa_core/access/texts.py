"""Every German sentence about logging in: at the door, on the page of one's own account, for the administration."""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.access.accounts import AccountRole
from lisa_core.access.sessions import SessionEnd

# --- at the door ------------------------------------------------------------------------------------------------------

WRONG = "Name oder Kennwort stimmt nicht."
WAIT = "Zu viele Versuche. Bitte in {} wieder; bis dahin wird kein Kennwort angesehen, auch kein richtiges."
SECONDS, MINUTES = "{} Sekunden", "{} Minuten"
BUSY = "Gerade melden sich zu viele zugleich an. Bitte gleich noch einmal."
DISABLED = "Dieses Konto ist gesperrt. Die Verwaltung kann es wieder freigeben."
INITIAL_OVER = "Das Anfangskennwort gilt nicht mehr. Die Verwaltung gibt ein neues aus (lisa user reset)."
UNREADABLE = "Diese Anmeldung lässt sich nicht lesen."
FOREIGN_PAGE = "Das nimmt nur die eigene Seite entgegen.\n"
UNAVAILABLE = "Die Anmeldung ist gerade nicht möglich: Die Konten lassen sich nicht lesen. Bitte gleich noch einmal."
LOG_IN_FIRST = "Bitte melden Sie sich an."
OVER: Mapping[SessionEnd, str] = {
    SessionEnd.IDLE: "Hier hat lange niemand etwas getan. Bitte melden Sie sich neu an.",
    SessionEnd.ABSOLUTE: "Diese Anmeldung hat ihre längste Dauer erreicht. Bitte melden Sie sich neu an.",
    SessionEnd.UNKNOWN: "Diese Anmeldung gilt nicht mehr. Bitte melden Sie sich neu an.",
    SessionEnd.DISABLED: "Dieses Konto ist gesperrt, oder seine Rechte haben sich geändert.",
}

CODE_WRONG = (
    "Dieser Code stimmt nicht, ist verbraucht oder zu alt. Der nächste kommt nach höchstens 30 Sekunden. "
    "Stimmt keiner, geht die Uhr des Telefons falsch: dort „automatisch“ einstellen."
)
FIRST_CODE_WRONG = (
    "Dieser Code stimmt nicht. Es gilt nur das Bild, das jetzt hier steht: Einen älteren Eintrag für LISA in der App "
    "löschen. Stimmt dann immer noch keiner, geht die Uhr des Telefons falsch: dort „automatisch“ einstellen."
)
CODES_OVER = (
    "Für dieses Konto sind zu viele falsche Codes gekommen. Hier hilft nur ein Ersatzcode; sonst der Browser, in dem "
    "Sie sich immer anmelden, ein neues Kennwort von dort aus, oder die Verwaltung (lisa user reset)."
)
AGAIN = "Das hat sich in diesem Augenblick geändert. Bitte noch einmal."
NOT_ASKED = "Hier wird gerade kein Code gebraucht."

WITH_ACCOUNT_OF = "Mit dem Konto von {} anmelden"
NO_ISSUER = "Dieses Haus meldet hier niemanden an."
NO_ACCOUNT_FOR = "Für dieses Konto gibt es hier noch keines. Die Verwaltung legt es an (lisa user add --openid)."
BEGUN_ELSEWHERE = "Diese Anmeldung wurde nicht in diesem Browser begonnen, oder sie ist zu lange her. Bitte von vorn."
OPENID_FAILED: Mapping[str, str] = {
    "": "Die Anmeldung bei {} ist nicht gelungen. Bitte noch einmal; sonst hilft die Verwaltung.",
    "nicht_erreichbar": "{} antwortet gerade nicht. Bitte gleich noch einmal.",
    "zertifikat": "Dem Zertifikat von {} wird hier nicht getraut. Die Verwaltung muss das klären.",
    "uhr": "Die Uhren hier und bei {} gehen verschieden. Die Verwaltung muss sie stellen.",
    "zu_lange_her": "Ihre Anmeldung bei {} ist zu lange her. Bitte dort ab- und wieder anmelden.",
    "anmeldezeit": "{} sagt nicht, wann Sie sich dort angemeldet haben. Die Verwaltung muss das klären.",
    "abgelaufen": "Die Uhren hier und bei {} gehen verschieden. Die Verwaltung muss sie stellen.",
}
"""Reason of an `OpenIdError`: what is told."""

# --- one's own account ------------------------------------------------------------------------------------------------

OLD_WRONG = "Das bisherige Kennwort stimmt nicht."
TOO_SHORT = "Das neue Kennwort ist zu kurz oder hat Zeichen, die sich nicht tippen lassen: 12 bis 128 Zeichen."
GUESSED_SOON = "Dieses Kennwort wird zu bald erraten. Vier Wörter, die nichts miteinander zu tun haben, sind besser."
LEAKED = "Dieses Kennwort ist anderswo bekannt geworden. Vier Wörter, die nichts miteinander zu tun haben, sind besser."
OFFER_OVER = "Das hat zu lange gedauert. Bitte den Code noch einmal neu zeigen lassen."
SECOND_THERE = "Es gibt schon eine App für dieses Konto. Eine andere geht nur über die Verwaltung (lisa user reset)."
LOG_IN_ANEW = "Dafür bitte ab- und wieder anmelden: So ist sicher, dass Sie es sind."
PASSWORD_FIRST = "Bitte zuerst ein eigenes Kennwort wählen."
NO_SUCH_SESSION = "Diese Anmeldung gibt es nicht mehr. Die Seite bitte neu laden."
THIS_BROWSER, OTHER_BROWSER = "in diesem Browser, seit {} Uhr", "anderswo, seit {} Uhr, zuletzt benutzt {} Uhr"
SAME = "Das ist das bisherige Kennwort. Bitte ein neues wählen."
ROLES: Mapping[AccountRole, str] = {
    AccountRole.AGENT: "Arbeitsplatz",
    AccountRole.LEAD: "Leitung",
    AccountRole.ADMINISTRATION: "Verwaltung",
    AccountRole.AUDITOR: "Revision",
}

ACCOUNTS, LOG = "Konten", "Protokoll der Anmeldungen"
ROLES_ELSEWHERE = "steht in {}"
"""Of an account whose rights another program knows."""
ACCOUNT_COLUMNS = ("Name", "Rolle", "Arbeitsplatz", "Anmeldung", "Zustand")
LOG_COLUMNS = ("Wann", "Was", "Konto", "Näheres")
LOCKED, PASSWORD, INITIAL, OTHER_HOUSE = "gesperrt", "Kennwort", "Anfangskennwort", "Konto des eigenen Hauses"
ALTERED = "Das Protokoll ist verändert."
WITH_APP, WITHOUT_APP = "mit App", "ohne App"

_PAPER = "Von Ihren Ersatzcodes auf Papier {}."
_NO_PAPER = (
    f"{_PAPER.format('ist keiner mehr übrig')} Fehlt das Telefon, hilft dann nur die Verwaltung (lisa user reset)."
)


def codes_left(left: int) -> str:
    """How many codes on paper are still good."""
    return _NO_PAPER if not left else _PAPER.format("ist noch einer übrig" if left == 1 else f"sind noch {left} übrig")


# --- whoever runs the place -------------------------------------------------------------------------------------------

NO_NAME = (
    "„{}“ geht als Anmeldename nicht: höchstens 64 lateinische Buchstaben, Ziffern und . _ - @, mit Buchstabe oder "
    "Ziffer beginnend."
)
THERE_ALREADY = "Das Konto „{}“ gibt es schon. Zurücksetzen: lisa user reset"
NOT_THERE = "Das Konto „{}“ gibt es nicht.{}"
NO_AGENT = "Den Arbeitsplatz „{}“ gibt es im Verzeichnis von „{}“ nicht (einem eigenen Landkreis: --config).{}"
AGENT_WANTED = "Zur Rolle „{}“ gehört ein Arbeitsplatz: --agent nennen."
OPENID_TAKEN = "„{}“ gehört schon zum Konto „{}“."
OPENID_OR_PASSWORD = "Mit --openid gibt es hier kein Kennwort: --stdin weglassen."
NOT_BOTH = "Wer Konten verwaltet, nimmt keine Anrufe an: „{}“ und „{}“ sind zwei Konten."
OTHER_ISSUER = (
    "Das Konto „{}“ meldet sich mit dem Konto seines Hauses an ({}). Bei {} ist das ein anderes: dort eines anlegen "
    "(lisa user add --openid) und dieses sperren (lisa user disable)."
)
AGENT_TAKEN = "Der Arbeitsplatz „{}“ gehört schon zum Konto „{}“."
NO_TENANT = "Den Träger „{}“ gibt es im Verzeichnis nicht.{}"
ROLE_WANTED = "Ein Konto braucht mindestens eine Rolle."
AS_IT_WAS = "Das Konto „{}“ ist schon so."
CHANGED_MEANWHILE = "An „{}“ oder einem anderen Konto hat sich gerade etwas geändert. Bitte noch einmal."
NOT_OPENED = "{}: Die Konten lassen sich nicht öffnen ({}). Den Ordner prüfen oder eine Sicherung zurückspielen."
NOT_WRITTEN = "{}: Die Konten lassen sich nicht schreiben ({}). Den Speicherplatz prüfen."
NEWER = (
    "{}: Diese Konten hat eine neuere Version von LISA geschrieben (Fassung {}, hier {}). Daran wurde nichts geändert. "
    "Die neuere Version starten."
)
CHAIN_BROKEN = "{}: Das Protokoll der Konten ist verändert: {}."
NOT_OUTSIDE = (
    "Die Adresse {} ist von außen erreichbar, und es gibt kein Konto: Ohne Anmeldung wird nur auf diesem Rechner "
    "gelauscht. Erst ein Konto anlegen ({}), oder 127.0.0.1 angeben."
)
ONE_FACTOR = "Ein Kennwort genügt (--one-factor): OWASP ASVS 6.3.3, 6.3.4 und 6.8.4 sind damit offen."
