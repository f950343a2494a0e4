"""What the programs say to each other, in words: of every message of the link, and of what the booth notices of her."""

from __future__ import annotations

from collections.abc import Mapping

from lisa_core.harness.report.pictures.moment import BOOTH, CITIZEN, EXCHANGE
from lisa_core.harness.text.language import spoken

WORDS: Mapping[str, tuple[str, str]] = {
    "booth.hello": ("Kabine meldet sich", "booth says hello"),
    "desk.hello": ("Platz meldet sich", "desk says hello"),
    "challenge": ("fragt nach dem Schlüssel", "asks for the key"),
    "proof": ("weist den Schlüssel nach", "proves to have the key"),
    "booth.enrol": ("trägt sich ein", "enrols"),
    "booth.enrolled": ("eingetragen", "enrolled"),
    "welcome": ("willkommen", "welcome"),
    "refused": ("abgewiesen", "refused"),
    "ack": ("gehört", "heard"),
    "call.place": ("Anruf", "call"),
    "call.cancel": ("Anruf zurückgezogen", "call cancelled"),
    "call.queued": ("Platz in der Schlange", "place in the queue"),
    "call.ringing": ("es klingelt", "it rings"),
    "call.answered": ("angenommen", "answered"),
    "call.transferring": ("wird weitergeleitet", "being forwarded"),
    "call.returning": ("kommt zurück", "comes back"),
    "call.consulting": ("es wird rückgefragt", "a colleague is asked"),
    "call.staffed": ("ob jemand da ist", "whether anybody is there"),
    "call.ended": ("Gespräch zu Ende", "call over"),
    "visit.ended": ("Besuch zu Ende", "visit over"),
    "visit.corrected": ("Ergebnis berichtigt", "outcome corrected"),
    "desk.ready": ("bereit", "ready"),
    "desk.pause": ("Pause", "pause"),
    "desk.state": ("Stand des Platzes", "state of the desk"),
    "desk.unstaffed": ("unbesetzte Stellen", "offices without anybody"),
    "call.offer": ("klingelt", "rings"),
    "call.cut_off": ("abgerissenes Gespräch", "talk that was cut off"),
    "call.unstaffed": ("dort war niemand", "nobody was there"),
    "call.withdrawn": ("Klingeln hört auf", "ringing ends"),
    "call.accept": ("nimmt an", "accepts"),
    "call.reject": ("lehnt ab", "rejects"),
    "call.taken": ("Gespräch übergeben", "call handed over"),
    "call.talked": ("Dauer bisher", "length so far"),
    "call.forward": ("leitet weiter", "forwards"),
    "call.forward.state": ("Stand der Weiterleitung", "state of the forwarding"),
    "call.consult": ("fragt zurück", "asks a colleague"),
    "call.consult.state": ("Stand der Rückfrage", "state of the question"),
    "call.hand_over": ("übergibt die Bürgerin", "hands the citizen over"),
    "call.take_back": ("holt zurück", "takes back"),
    "appointment.book": ("vereinbart Termin", "books an appointment"),
    "appointment.booked": ("Termin steht", "appointment booked"),
    "appointment.cancel": ("sagt Termin ab", "cancels an appointment"),
    "appointment.cancelled": ("Termin abgesagt", "appointment cancelled"),
    "appointment.ask": ("fragt nach Terminen", "asks for appointments"),
    "appointment.diary": ("Termine", "appointments"),
    "appointment.show": ("Terminzettel", "appointment slip"),
    "appointment.known": ("Termin bekannt", "appointment known"),
    "appointment.given": ("Folgetermin", "follow-up appointment"),
    "appointment.list": ("Termine des Tages", "appointments of the day"),
    "call.hangup": ("legt auf", "hangs up"),
    "call.ways": ("Wege für Bild und Ton", "ways for picture and sound"),
    "call.ways.missing": ("das Relais gibt keinen Weg", "the relay gives no way"),
    "media.offer": ("bietet Bild und Ton", "offers picture and sound"),
    "media.answer": ("nimmt Bild und Ton", "takes picture and sound"),
    "case.state": ("Stand des Antrags", "state of the case"),
    "case.preview": ("Seite zum Ansehen", "page to look at"),
    "case.preview.ask": ("bittet um Seite", "asks for a page"),
    "case.notice": ("Hinweis", "notice"),
    "case.outcome": ("Ergebnis", "outcome"),
    "case.camera.aim": ("bewegt Kamera", "moves the camera"),
    "case.camera": ("Stand der Kamera", "state of the camera"),
    "case.card": ("Karte", "card"),
    "case.leaflet": ("zeigt Blatt", "shows a leaflet"),
    "case.leaflet.shown": ("Blatt auf dem Bildschirm", "leaflet on the screen"),
    "case.service": ("wählt Leistung", "chooses a service"),
    "case.form.open": ("öffnet Antrag", "opens a form"),
    "case.form.discard": ("verwirft Antrag", "discards a form"),
    "case.field": ("Angabe", "entry"),
    "case.scan": ("lässt scannen", "has papers scanned"),
    "case.still": ("Standbild", "still picture"),
    "case.paper.accept": ("übernimmt Unterlage", "takes a paper"),
    "case.paper.discard": ("verwirft Unterlage", "discards a paper"),
    "case.paper.copy": ("lässt kopieren", "has a copy made"),
    "case.papers.declare": ("zeigt Unterlagen", "shows papers"),
    "case.check": ("bittet zu prüfen", "asks to check"),
    "case.sign": ("bittet zu unterschreiben", "asks to sign"),
    "case.hand_in": ("gibt ab", "hands in"),
    "submission.part": ("versiegelter Antrag", "sealed application"),
    "submission.received": ("eingegangen", "received"),
    "submission.refused": ("nicht angenommen", "not accepted"),
    "submission.withdrawn": ("zurückgezogen", "withdrawn"),
    "submission.owed": ("Kopie fehlt noch", "copy is owed"),
    "submission.noted": ("gelesen", "noted"),
    "praesenz.erkannt": ("tritt ein", "comes in"),
    "praesenz.verloren": ("geht hinaus", "goes out"),
    "platz.genommen": ("setzt sich", "sits down"),
    "tuer.geoeffnet": ("öffnet die Tür", "opens the door"),
    "tuer.geschlossen": ("schließt die Tür", "closes the door"),
    "ruftaste.gedrueckt": ("drückt die Ruftaste", "presses the call button"),
    "beratung.nicht_gewuenscht": ("möchte keine Beratung", "wants no advice"),
    "kamera.gewaehlt": ("schaltet die Kamera", "switches the camera"),
}
"""Name of a message, or of an entry of the booth's log -> in German and in English."""
_WHO = {CITIZEN: ("Bürgerin", "Citizen"), BOOTH: ("Kabine", "Booth"), EXCHANGE: ("Landkreis", "Exchange")}


def words_of(name: str, detail: str = "") -> str:
    """What was said, as a person says it; with the sentence in it where it has one."""
    said = WORDS[name][_english()] if name in WORDS else name.replace(".", " ").replace("_", " ")
    return f"{said}: „{detail}“" if detail else said


def who(speaker: str) -> str:
    """A speaker's name: agents have their own."""
    return _WHO[speaker][_english()] if speaker in _WHO else speaker


def _english() -> bool:
    return spoken() == "en"
