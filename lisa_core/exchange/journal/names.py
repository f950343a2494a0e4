"""What the event log calls things: dotted German names, without any content."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lisa_core.domain.routing import events as e

Entry = tuple[str, str, str]
"""Name, subject and detail."""

STARTED = "vermittlung.gestartet"
SNAPSHOT = "vermittlung.abbild"
CAME_IN, PAPERS_CAME_IN, VISIT_ENDED, OWED_BY_POST, READ = (
    "antrag.eingegangen",
    "unterlagen.eingegangen",
    "besuch.beendet",
    "beleg.nicht_ausgehaendigt",
    "beleg.gelesen",
)
"""Subject and detail: visit and number, of an application and of papers without one; visit and outcome; visit and
number; desk and number."""

_ENTRIES: Mapping[type, Callable[..., Entry]] = {
    e.BoothJoined: lambda x: ("buero.verbunden", x.site, ""),
    e.BoothLost: lambda x: ("buero.getrennt", x.site, ""),
    e.BoothBarred: lambda x: ("buero.gesperrt", x.site, ""),
    e.DeskJoined: lambda x: ("platz.angemeldet", x.agent, ""),
    e.DeskLost: lambda x: ("platz.getrennt", x.agent, ""),
    e.AgentReady: lambda x: ("platz.bereit", x.agent, ""),
    e.AgentPaused: lambda x: ("platz.pause", x.agent, ""),
    e.CallPlaced: lambda x: ("anruf.begonnen", x.call, x.site),
    e.CallCancelled: lambda x: ("anruf.aufgegeben", x.call, ""),
    e.CallAccepted: lambda x: ("anruf.angenommen", x.call, x.agent),
    e.CallRejected: lambda x: ("anruf.abgelehnt", x.call, x.agent),
    e.CallForwarded: lambda x: ("weiterleitung.angefragt", x.call, x.office),
    e.ConsultAsked: lambda x: ("rueckfrage.gestellt", x.call, x.office),
    e.CallHandedOver: lambda x: ("weiterleitung.uebergeben", x.call, x.agent),
    e.CallTakenBack: lambda x: ("weiterleitung.zurueckgezogen", x.call, x.agent),
    e.CallHungUp: lambda x: ("anruf.beendet", x.call, x.agent),
    e.AppointmentMade: lambda x: ("termin.vereinbart", x.site, x.start),
    e.AppointmentCancelled: lambda x: ("termin.abgesagt", "", ""),
    e.SlipShown: lambda x: ("termin.vorgezeigt", x.call, x.agent),
    e.Due: lambda x: ("frist.abgelaufen", "", ""),
    e.CivilSet: lambda x: ("uhr.gestellt", "", x.local),
}


def entry_of(event: e.RoutingEvent) -> Entry:
    """Name, subject and detail of an event."""
    return _ENTRIES[type(event)](event)
