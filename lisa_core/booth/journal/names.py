"""What the booth's event log calls things: dotted German names (facts of the domain), without any content."""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.domain.visit import events as e

NAMES: Mapping[type, str] = {
    e.Sensed: "praesenz.erkannt",
    e.Left: "praesenz.verloren",
    e.Seated: "platz.genommen",
    e.DoorOpened: "tuer.geoeffnet",
    e.DoorClosed: "tuer.geschlossen",
    e.CallButton: "ruftaste.gedrueckt",
    e.Motionless: "praesenz.regungslos",
    e.DeviceGone: "geraet.gestoert",
    e.DeviceBack: "geraet.bereit",
    e.FeederFound: "einzug.belegt",
    e.Dismissed: "beratung.nicht_gewuenscht",
    e.CameraChosen: "kamera.gewaehlt",
    e.Classified: "ergebnis.vermerkt",
    e.CallQueued: "warteplatz.vergeben",
    e.CallRinging: "anruf.klingelt",
    e.CallAnswered: "anruf.angenommen",
    e.CallTransferring: "weiterleitung.angefragt",
    e.CallReturning: "weiterleitung.gescheitert",
    e.CallOver: "anruf.beendet",
    e.LinkLost: "netz.verloren",
    e.LinkBack: "netz.wieder_da",
    e.Barred: "vermittlung.weist_ab",
    e.DeadlinePassed: "frist.abgelaufen",
    e.DraftOpened: "antrag.begonnen",
    e.HandedIn: "antrag.abgegeben",
    e.ApplicationReceived: "antrag.eingereicht",
    e.NotHandedIn: "antrag.nicht_angekommen",
    e.PaperCopied: "unterlage.kopiert",
    e.Wiped: "loeschung.bewiesen",
    e.Restarted: "buero.neustart",
}
PAPERS_NAMES: Mapping[type, str] = {
    e.DraftOpened: "unterlagen.vorgelegt",
    e.HandedIn: "unterlagen.abgegeben",
    e.ApplicationReceived: "unterlagen.eingereicht",
    e.NotHandedIn: "unterlagen.nicht_angekommen",
}
"""The same of papers without an application."""
DISK_LOW = "speicher.knapp"
DISK_FREE = "speicher.frei"
VISIT_BEGUN = "besuch.begonnen"
VISIT_ENDED = "besuch.beendet"
VISIT_CORRECTED = "besuch.berichtigt"
"""The exchange knows better how a visit ended."""
COPY_HANDED_OUT = "kopie.ausgehaendigt"
WIPE_BEGUN = "loeschung.begonnen"
CLOCKS_DIFFER = "uhr.abweichung"


def name_of(event: e.VisitEvent) -> str:
    """What this event is called."""
    names = PAPERS_NAMES if getattr(event, "papers_only", False) else NAMES
    return names[type(event)]
