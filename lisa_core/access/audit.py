"""What the administration's log of access calls things: names and ids, never a password, never what was typed.

Whoever does not log in has no name here: it may have been a password, typed into the wrong field. `subject` is the
account, `detail` says more in a word, or the address that tries were refused from.
"""

from __future__ import annotations

LOGGED_IN, REFUSED, BUSY = "anmeldung.gelungen", "anmeldung.abgelehnt", "anmeldung.andrang"
LOGGED_OUT, EVERYWHERE, OVER = "abmeldung", "abmeldung.ueberall", "sitzung.beendet"
SECOND_REFUSED, SECOND_SET, RECOVERY = "zweiter.abgelehnt", "zweiter.eingerichtet", "zweiter.ersatzcode"
PASSWORD_RIGHT, SECOND_GIVEN = "anmeldung.kennwort", "zweiter.ausgegeben"
OPENID, OPENID_REFUSED = "anmeldung.openid", "openid.abgelehnt"
OWN_PASSWORD, FOREIGN_DESK = "kennwort.geaendert", "platz.fremd"
WAITING, FORBIDDEN, UNREADABLE = "anmeldung.gebremst", "seite.verboten", "eingabe.unlesbar"
ADDED, DISABLED, ENABLED, RESET = (
    "konto.angelegt",
    "konto.gesperrt",
    "konto.freigegeben",
    "konto.zurueckgesetzt",
)
WRITES_MUCH = "konto.gebremst"
"""What an account has a portal write down for ever is so much that it now goes slowly."""
RIGHTS_CHANGED = "konto.rechte"
