"""Every German sentence of the booth: what citizens read, what their buttons say, what desk and operator are told.

Only those about pictures stand apart, in `booth.imaging.pictures`: its process loads next to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from lisa_core.domain.model.case import PaperState
from lisa_core.domain.model.errors import AbsentFault, DeviceFault, LisaError
from lisa_core.domain.model.german import Fall, after, beginning, office
from lisa_core.domain.model.time import WEEKDAYS
from lisa_core.equipment.slots.catalogue import title_of

MAX_SAID = 400
"""Maximum number of characters of a driver's sentence at a desk."""
NOTICES: Mapping[str, str] = {
    "door.open": "Die Tür der Kabine steht offen. Der Ton ist stumm, die Unterlagen sind ausgeblendet.",
    "door.closed": "Die Tür der Kabine ist wieder zu.",
    "citizen.away": "Die Bürgerin hat die Kabine verlassen.",
    "citizen.back": "Die Bürgerin ist wieder da.",
    "citizen.calls": "Die Bürgerin hat die Ruftaste gedrückt.",
    "media.lost": "Bild und Ton sind unterbrochen und werden neu aufgebaut. Das Gespräch bleibt bestehen.",
    "media.back": "Bild und Ton laufen wieder.",
    "talk.long": "Das Gespräch dauert schon lange. Ist bei der Bürgerin alles in Ordnung?",
    "citizen.still": "In der Kabine bewegt sich seit langem niemand. Bitte fragen Sie nach.",
    "camera.off": "Die Bürgerin hat ihre Kamera ausgeschaltet.",
    "camera.on": "Die Bürgerin hat ihre Kamera wieder eingeschaltet.",
    "media.failed": "Bild und Ton kommen nicht zustande. Bitte beenden Sie das Gespräch und rufen Sie den Support.",
    "case.full": "Das passt nicht mehr in diesen Vorgang: Er ist zu groß geworden. Es bleibt, wie es war.",
    "message.failed": "Das ließ sich in der Kabine nicht ausführen. Bitte anders versuchen.",
    "scan.resumed": (
        "Der Scan ging nach einer Unterbrechung weiter. Bitte die Seiten durchsehen: Blätter, die davor schon erfasst "
        "waren und wieder eingelegt wurden, sind jetzt doppelt."
    ),
    "scan.blank": (
        "Nichts zu sehen ist auf {said}. Ist es eine leere Rückseite, ist nichts zu tun; liegt das Blatt falsch herum, "
        "bitte verwerfen und noch einmal scannen."
    ),
    "feeder.loaded": "Im Scanner liegt schon etwas. Es kann von jemand anderem sein, der vorher da war.",
    "disk.low": "Auf dem Rechner der Kabine wird der Speicherplatz knapp. Bitte rufen Sie den Support.",
    "slip.failed": "Der Drucker gibt den Terminzettel nicht aus. Bitte nennen Sie den Termin noch einmal.",
    "application.underway": "Ein Antrag der Bürgerin ist noch unterwegs. Nummer und Kopie kommen gleich.",
    "application.received": "Der Antrag ist eingegangen. Die Bürgerin liest die Nummer; die Kopie wird gedruckt.",
    "application.printed": "Der Antrag ist eingegangen. Die Kopie liegt für die Bürgerin im Drucker.",
    "application.failed": "Der Antrag ist nicht eingegangen. Er liegt noch in der Kabine.",
    "papers.underway": "Unterlagen der Bürgerin sind noch unterwegs. Nummer und Eingangsbestätigung kommen gleich.",
    "papers.received": "Die Unterlagen sind eingegangen. Die Bürgerin liest die Nummer; die Bestätigung wird gedruckt.",
    "papers.printed": "Die Unterlagen sind eingegangen. Die Bestätigung liegt für die Bürgerin im Drucker.",
    "papers.failed": "Die Unterlagen sind nicht eingegangen. Sie liegen noch in der Kabine.",
    "papers.hidden": (
        "Im Vorgang liegt etwas, das eine andere Stelle aufgenommen hat und das Sie nicht sehen. "
        "Die Bürgerin kann es Ihnen zeigen oder verwerfen, danach geht es."
    ),
    "form.hidden": (
        "Eine andere Stelle hat in diesem Besuch schon etwas begonnen, das Sie nicht sehen. Neues geht erst danach. "
        "Die Bürgerin kann es Ihnen zeigen, wenn ihr Bildschirm das anbietet; sonst bitte bei jener Stelle abschließen."
    ),
    "form.handed_in": (
        "In diesem Besuch ist bei einer anderen Stelle schon etwas eingereicht. "
        "Für alles Weitere bitte einen neuen Besuch beginnen."
    ),
    "leaflet.unreadable": "Das Blatt ist zu lang oder enthält Zeichen, die man nicht sieht. Es wird nicht gezeigt.",
    "copy.nobody": "Die Bürgerin ist gerade nicht in der Kabine. Bitte noch einmal kopieren, wenn sie wieder da ist.",
    "printer.receipt": (
        "Der Drucker in der Kabine gibt die Eingangsbestätigung nicht aus. Bitte senden Sie sie mit der Post zu."
    ),
    "printer.failed": "Der Drucker in der Kabine gibt die Kopie nicht aus. Bitte senden Sie sie mit der Post zu.",
}

PAPER_STATES: Mapping[PaperState, str] = {
    PaperState.CAPTURING: "wird aufgenommen",
    PaperState.CAPTURED: "aufgenommen",
    PaperState.ACCEPTED: "geprüft",
    PaperState.SUBMITTED: "abgegeben",
    PaperState.DISCARDED: "Aufnahme gelöscht",
    PaperState.COPYING: "wird kopiert",
    PaperState.COPIED: "Kopie im Drucker",
}
PAPER_STOPPED = "angehalten"

# What stopped a paper, to her: she has the paper in her hand, the agent has the buttons ("weiter scannen").
_STOPPED: Mapping[str, str] = {
    "scanner.jam": (
        "Papierstau: Seite {number} von „{title}“ steckt im Scanner. Bitte öffnen Sie den Deckel, nehmen Sie das Blatt "
        "heraus und legen Sie es mit den folgenden Blättern wieder ein."
    ),
    "scanner.double": (
        "Der Scanner hat zwei Blätter zugleich eingezogen: Seite {number} von „{title}“ fehlt. Bitte nehmen Sie beide "
        "heraus, fächern Sie die Blätter auf und legen Sie sie ab Seite {number} wieder ein."
    ),
    "scanner.mispick": (
        "Der Scanner fasst Seite {number} von „{title}“ nicht. Bitte fächern Sie die Blätter auf und legen Sie sie ab "
        "Seite {number} bis zum Anschlag ein."
    ),
    "scanner.empty": "Im Scanner liegt kein Papier. Bitte legen Sie „{title}“ ab Seite {number} ein.",
    "scanner.cover": "Der Deckel des Scanners ist offen. Bitte schließen Sie ihn.",
    **dict.fromkeys(
        ("picture.damaged", "picture.slow"),
        "Seite {number} von „{title}“ kam nicht richtig an. Bitte legen Sie dieses Blatt noch einmal ein.",
    ),
}
_STOPPED_OTHERWISE = "„{title}“ ist noch nicht vollständig aufgenommen. Sie hören gleich, wie es weitergeht."
NOTHING_CAPTURED = "Von „{title}“ wurde keine Seite aufgenommen. Bitte legen Sie das Papier noch einmal ein."
NOT_SIGNED = "Ihre Unterschrift ist nicht angekommen. Bitte unterschreiben Sie gleich noch einmal."
NO_PAD = "Das Unterschriftenpad ist gerade nicht da. Unterschreiben können Sie, sobald es wieder antwortet."
NOT_YET_CONFIRMED = (
    "Der Eingang Ihres Antrags ist noch nicht bestätigt. Er ist noch hier und kann noch einmal abgegeben werden."
)
NOT_DELIVERED = "Ihr Antrag ist noch nicht angekommen. Er ist noch hier und kann noch einmal abgegeben werden."
CHANGED = "An Ihrem Antrag hat sich etwas geändert. Sie prüfen ihn gleich noch einmal."
CHANGED_SIGNED = (
    "An Ihrem Antrag hat sich nach der Unterschrift etwas geändert. Sie gilt nicht mehr: Sie prüfen und unterschreiben "
    "gleich noch einmal."
)

# --- whoever runs the place -------------------------------------------------------------------------------------------

LOG_WAITS = "{} Gespräche und Löschung gehen weiter; neue Anrufe warten."
ENROLMENT_REFUSED = "Die Vermittlung trägt diese Kabine nicht ein: {}"
NOT_ENROLLED = "Die Gegenseite antwortet nicht wie eine Vermittlung, die Kabinen einträgt. Adresse und Version prüfen."
LOG_BACK = "Das Protokoll der Kabine wird wieder geschrieben; nichts davon fehlt."
LEFT_OVER = "{}: Reste eines früheren Besuchs lassen sich nicht entfernen. Den Ordner leeren."
NO_RELAY = "Das Relais für Bild und Ton (TURN) gibt der Kabine keinen Weg ({}), und ein anderer ist nicht erlaubt."
NO_MEDIA = "Bild und Ton mit dem Arbeitsplatz kommen nicht zustande ({})."
PAD_ENDLESS = "Unterschriftenpad: meldet ohne Ende einen Stift."
PAD_BROKE_OFF = "Unterschriftenpad: meldet mitten im Schreiben nichts mehr."
NO_LINE = "Es gibt sie nur auf einer Leitung, und im Modell ist keine. Ohne --clock virtual ausführen."
NO_SUCH_DEVICE = "Dieses Bürgerbüro hat kein solches Gerät ({})."
NOT_EMULATED = (
    "{} ist kein emuliertes Gerät dieses Laufs. Echte Geräte stört die Prüferin, „lisa emulate“ seine eigenen."
)
"""Why a fault of a plan cannot happen."""
NO_SUCH_SITE = "{}: profile.site: Das Bürgerbüro „{}“ gibt es nicht.{}"
NOT_INSTALLED = "Ein Bürgerbüro der Art „{}“ ist nicht installiert: pip install lisa-booth[emulator]"

# --- the screen: a title in large type, and what it means ------------------------------------------------------------


class Words(NamedTuple):
    """What stands on the screen."""

    title: str
    text: str


SCREEN_GONE = "Der Bildschirm zeigt die Seite nicht: Den Browser des Bildschirms und seinen Rechner prüfen."
"""Of the screen itself, for whoever looks after the booth."""
STARTING = Words("Einen Moment bitte", "Die Kabine wird vorbereitet.")
FREE = "Digitales Bürgerbüro"
COME_IN: Mapping[bool | None, str] = {
    True: "Bitte treten Sie ein. Sie werden sofort verbunden.",
    False: "Bitte treten Sie ein. Gerade ist niemand am Platz; Sie werden verbunden, sobald jemand da ist.",
    None: "Bitte treten Sie ein. Sie werden verbunden.",
}
"""Whether somebody is there now; None: nobody has said."""
BY_APPOINTMENT = "{} nur mit Termin"
NOT_CALLED = Words("Guten Tag", "Für ein Gespräch drücken Sie bitte die Ruftaste oder berühren Sie „Verbinden“.")
TAKE_SEAT = Words("Bitte nehmen Sie Platz", "Sobald Sie sitzen und die Tür zu ist, erscheint eine Mitarbeiterin.")
ENTERED = Words("Guten Tag", "Einen Augenblick, Sie werden gleich verbunden.")
CUT_OFF = Words(
    "Einen Augenblick bitte",
    "Die Verbindung ist unterbrochen. Wir versuchen es weiter, bitte warten Sie einen Augenblick.",
)
QUIET = Words(
    "Alles in Ordnung",
    "Es wird niemand gerufen und kein Bild übertragen. Für ein Gespräch drücken Sie die Ruftaste.",
)
AWAY = Words("Sind Sie noch da?", "Kommen Sie einfach wieder herein.")
SOON_FREE = Words("Einen Augenblick bitte", "Das Bürgerbüro ist gleich wieder frei.")
WIPING = Words("Wir räumen auf", "Alles aus diesem Gespräch wird gelöscht.")
CLOSED = "Das Bürgerbüro ist gerade geschlossen"
OUT_OF_SERVICE = "Dieses Bürgerbüro ist zurzeit außer Betrieb"
WAITING, WAITING_ALONE = "Gleich sind Sie dran", "Bitte haben Sie etwas Geduld"
DELIVERING_TITLE = "Ihr Antrag wird eingereicht"
GOODBYE = "Auf Wiedersehen"
TAKE_ALL = "Bitte nehmen Sie alle Ihre Unterlagen mit."

CONNECT, CONNECT_AFTER_ALL = "Verbinden", "Doch verbinden"
NO_ADVICE = "Ich brauche keine Beratung"
CAMERA_OFF, CAMERA_ON = "Kamera aus", "Kamera an"
CORRECT, ALL_CORRECT, CHANGE = "Stimmt so", "Alles richtig", "Etwas ändern"
SIGN_AGAIN = "Noch einmal unterschreiben"
READ_ON = "Weiter lesen"
DISCARD_YES, DISCARD_NO = "Ja, Aufnahme löschen", "Nein, behalten"
DISCARD_TEXT = "Gelöscht wird nur die Aufnahme. Ihr Papier behalten Sie."
VOLUNTARY = "{} (freiwillig)"

CAMERA_IS_OFF = "Ihre Kamera ist ausgeschaltet."
SIGN_NOW = "Bitte unterschreiben Sie jetzt auf dem Unterschriftenpad vor Ihnen."
PAD_NOT_READY = "Das Unterschriftenpad wird vorbereitet. Bitte schreiben Sie noch nicht darauf."
PEN_AWAY = "Sind Sie fertig, legen Sie den Stift hin. Ihre Unterschrift erscheint dann gleich hier."
HANDING_IN = "Ihr Antrag wird abgegeben."
UNLINKED = "Die Verbindung zum Landkreis ist unterbrochen und kommt von selbst wieder. Bitte bleiben Sie sitzen."
BROKEN = "Bild und Ton sind unterbrochen und kommen von selbst wieder. Bitte bleiben Sie sitzen."
DOOR_OPEN = "Die Tür ist offen: Der Ton ist stumm, und Ihre Unterlagen sind ausgeblendet, bis sie zu ist."
COPYING = "Ihre Kopie wird gedruckt."
COPY_LIES = "Ihre Kopie liegt im Drucker. Bitte nehmen Sie sie mit."
COPY_BY_POST = "Der Drucker gibt Ihre Kopie nicht aus. Sie kommt mit der Post."
UNDERWAY = "Ihr Antrag wird noch eingereicht. Nummer und Kopie kommen gleich."
DELIVERING = "Bitte bleiben Sie noch einen Augenblick: Die Nummer Ihres Antrags und Ihre Kopie kommen gleich."
NOT_WAITING = "Wenn Sie schon gehen, kommen beide mit der Post."
NOT_WAITING_UNLINKED = (
    "Die Verbindung zum Landkreis ist unterbrochen. Wenn Sie jetzt gehen, ist nicht sicher, ob Ihr Antrag ankommt."
)
UNCONFIRMED = (
    "Ihr Antrag ist abgegeben, sein Eingang aber noch nicht bestätigt. Nummer und Kopie kommen mit der Post. "
    "Kommt nichts, fragen Sie bitte nach."
)
NOT_HANDED_IN = (
    "Ihr Antrag ist nicht eingereicht: Er ist bei der Behörde nicht angekommen. Mit der Ruftaste können Sie es noch "
    "einmal versuchen. Wenn Sie gehen, wird er hier gelöscht."
)
UNCONFIRMED_HERE = (
    "Ihr Antrag ist abgegeben, sein Eingang aber noch nicht bestätigt. Bitte fragen Sie beim Landkreis nach, ob er "
    "angekommen ist."
)
PAPERS_UNCONFIRMED_HERE = (
    "Ihre Unterlagen sind abgegeben, ihr Eingang aber noch nicht bestätigt. Bitte fragen Sie beim Landkreis nach, ob "
    "sie angekommen sind."
)
NOT_HANDED_IN_HERE = "Ihr Antrag ist nicht eingereicht: Er ist bei der Behörde nicht angekommen und wird hier gelöscht."
PAPERS_NOT_HANDED_IN_HERE = (
    "Ihre Unterlagen sind nicht eingereicht: Sie sind bei der Behörde nicht angekommen. Die Aufnahmen werden hier "
    "gelöscht. Ihre Originale behalten Sie."
)
# Papers without an application, and copies of papers that stay hers.
HAND_IN, HAND_IN_AGAIN = "So einreichen", "Noch einmal einreichen"
BUTTONS = (
    *(CONNECT, CONNECT_AFTER_ALL, NO_ADVICE, CAMERA_OFF, CAMERA_ON),
    *(CORRECT, ALL_CORRECT, CHANGE, READ_ON, SIGN_AGAIN, HAND_IN, HAND_IN_AGAIN, DISCARD_YES, DISCARD_NO),
)
"""Every label that is always the same; the others name a paper (`discard`) or an office (`share`, `unshare`)."""
HANDING_IN_PAPERS = "Ihre Unterlagen werden eingereicht."
RECEIPT_PRINTING = "Ihre Eingangsbestätigung wird gedruckt."
RECEIPT_LIES = "Ihre Eingangsbestätigung liegt im Drucker. Bitte nehmen Sie sie mit."
RECEIPT_BY_POST = "Der Drucker gibt Ihre Eingangsbestätigung nicht aus. Sie kommt mit der Post."
PAPER_COPYING = "Ihre Kopie wird gedruckt. Niemand sonst bekommt sie."
PAPERS_NOT_YET_CONFIRMED = (
    "Der Eingang Ihrer Unterlagen ist noch nicht bestätigt. Sie sind noch hier und können noch einmal eingereicht "
    "werden."
)
PAPERS_NOT_DELIVERED = (
    "Ihre Unterlagen sind noch nicht angekommen. Sie sind noch hier und können noch einmal eingereicht werden."
)
PAPERS_CHANGED = "An Ihren Unterlagen hat sich etwas geändert. Sie sehen gleich noch einmal, was eingereicht wird."
_COPY_FAILED: Mapping[str, str] = {
    "printer.paper": "Im Drucker ist kein Papier mehr, Ihre Kopie fehlt noch. Sie hören gleich, wie es weitergeht.",
    "printer.jam": (
        "Papierstau im Drucker, Ihre Kopie fehlt noch. Bitte öffnen Sie die Klappe und nehmen Sie das Blatt heraus."
    ),
    "printer.cover": "Der Drucker ist offen, Ihre Kopie fehlt noch. Bitte schließen Sie die Klappe.",
}
_COPY_FAILED_OTHERWISE = "Der Drucker druckt Ihre Kopie gerade nicht. Sie hören gleich, wie es weitergeht."
PAPERS_UNDERWAY = "Ihre Unterlagen werden noch eingereicht. Nummer und Eingangsbestätigung kommen gleich."
PAPERS_DELIVERING_TITLE = "Ihre Unterlagen werden eingereicht"
PAPERS_DELIVERING = "Bitte bleiben Sie noch einen Augenblick: Die Nummer und Ihre Eingangsbestätigung kommen gleich."
PAPERS_NOT_WAITING_UNLINKED = (
    "Die Verbindung zum Landkreis ist unterbrochen. Wenn Sie jetzt gehen, ist nicht sicher, ob Ihre Unterlagen "
    "ankommen."
)
PAPERS_UNCONFIRMED = (
    "Ihre Unterlagen sind abgegeben, ihr Eingang aber noch nicht bestätigt. Die Bestätigung kommt mit der Post. "
    "Kommt nichts, fragen Sie bitte nach."
)
PAPERS_NOT_HANDED_IN = (
    "Ihre Unterlagen sind nicht eingereicht: Sie sind bei der Behörde nicht angekommen. Mit der Ruftaste können Sie es "
    "noch einmal versuchen. Wenn Sie gehen, werden die Aufnahmen hier gelöscht. Ihre Originale behalten Sie."
)
SLIP_PRINTING = "Ihr Terminzettel wird gedruckt."
CARD_LEFT = "Auf dem Kartenleser liegt noch eine Karte. Bitte nehmen Sie sie mit."
FORGOTTEN = "Im Scanner liegt noch etwas. Bitte nehmen Sie es mit."
RECEIPT = "Diese Eingangsbestätigung ersetzt keine Schriftform."


def copy_failed(code: str) -> str:
    """Why the copy of her paper is not printed, and what she can do."""
    return _COPY_FAILED.get(code, _COPY_FAILED_OTHERWISE)


def pages(count: int) -> str:
    """How many pages."""
    return "1 Seite" if count == 1 else f"{count} Seiten"


def papers_receipt(office: str, papers: str) -> str:
    """What stands on the receipt of papers without an application."""
    return f"Eingegangen bei: {office}. Eingereicht: {papers}. {RECEIPT}"


def talking_with(agent: str) -> str:
    """Who is speaking."""
    return f"Sie sprechen {after('mit', agent)}"


def connecting(front: str) -> Words:
    """The front desk is called."""
    return Words("Guten Tag", beginning(f"{office(front)} wird gerufen. Sie müssen nichts tun."))


def disturbed(front: str) -> Words:
    """The exchange cannot be reached."""
    return Words(
        "Die Verbindung ist unterbrochen",
        beginning(f"{office(front)} ist gerade nicht zu erreichen. Sobald es wieder geht, werden Sie verbunden; ")
        + "Ihr Platz bleibt. Sie können auch später wiederkommen.",
    )


def out_of_service(landkreis: str) -> Words:
    """The exchange lets this booth in no more: nothing is promised, and nobody has to wait here."""
    return Words(OUT_OF_SERVICE, f"Hier ist keine Beratung möglich. {turn_to(landkreis)} {TAKE_ALL}")


def turn_to(landkreis: str) -> str:
    """Whom she can turn to instead."""
    return f"Bitte wenden Sie sich direkt {after('an', landkreis or 'Kreisverwaltung')}."


def asks_colleague(agent: str, where: str) -> str:
    """The agent speaks with somebody else about it: meanwhile the citizen sees the agent speak and hears nothing."""
    return f"{agent} fragt kurz {after('bei', where)} nach. Solange ist der Ton aus; bitte bleiben Sie sitzen."


_FED_AGAIN = ("scanner.jam", "scanner.double", "scanner.mispick", "scanner.empty")


def stopped(code: str, title: str, pages: int) -> str:
    """What stopped the capture of her paper, of which `pages` pages are there, and what she can do."""
    text = _STOPPED.get(code, _STOPPED_OTHERWISE).format(title=title, number=pages + 1)
    if code not in _FED_AGAIN or not pages:  # who feeds the whole pile again has pages twice
        return text
    return f"{text} {'Seite 1 ist' if pages == 1 else f'Die Seiten 1 bis {pages} sind'} schon aufgenommen."


def discard_question(paper: str) -> str:
    """Asked back before a paper's pages are destroyed."""
    return f"Soll die Aufnahme von „{paper}“ gelöscht werden?"


def waited(minutes: int) -> str:
    """How long she has been waiting."""
    return "Sie warten seit einer Minute." if minutes == 1 else f"Sie warten seit {minutes} Minuten." if minutes else ""


def transferring(where: str, ringing: bool) -> Words:
    """The call is being transferred."""
    rings = f"Es klingelt {after('bei', where)}. " if ringing else ""
    return Words(f"Sie werden verbunden: {where}", f"{rings}Bitte bleiben Sie sitzen. Sie müssen nichts tun.")


def returning(where: str, front: str, ringing: bool) -> Words:
    """Nobody answered at the other office, or the line to the front desk was lost."""
    title = f"Wir verbinden Sie wieder {after('mit', front)}"
    if ringing:
        return Words(title, f"Es klingelt {after('bei', front)}. Bitte bleiben Sie sitzen.")
    if where == front:
        return Words(title, "Die Verbindung war unterbrochen. Bitte bleiben Sie sitzen.")
    return Words(title, beginning(f"{office(where)} ist gerade nicht zu erreichen. Bitte bleiben Sie sitzen."))


def sees_table(agent: str) -> str:
    """What else the agent can see."""
    return f"{agent} sieht, was Sie unter die Tischkamera legen."


def capturing(agent: str) -> str:
    """The scanner or the document camera works for this agent."""
    return f"{agent} erfasst gerade Ihre Unterlagen."


def next_appointment(told: str) -> str:
    """The appointment that was made, `told` as people say it."""
    return f"Ihr nächster Termin: {told}."


def share(where: str) -> str:
    """A button: this office may see what other offices took."""
    return f"Unterlagen auch {office(where, Fall.WHOM_TO)} zeigen"


def unshare(where: str) -> str:
    """A button: this office may no longer."""
    return f"Unterlagen {office(where, Fall.WHOM_TO)} nicht mehr zeigen"


def discard(paper: str) -> str:
    """A button: this paper is destroyed."""
    return f"{paper} verwerfen"


def silent(slot: str) -> str:
    """A device does not answer."""
    return f"{title_of(slot)} antwortet gerade nicht."


def notice(code: str, said: str = "") -> str:
    """The sentence for the desk under this code; `said` is what the device's driver says of it."""
    slot = code.split(".")[-1]
    if code.startswith("device.said."):
        return f"{title_of(slot)} meldet: {said or 'eine Störung.'}"
    if code.startswith("device.gone."):
        sentence = f"{title_of(slot)} in der Kabine antwortet nicht."
    elif code.startswith("device.back."):
        sentence = f"{title_of(slot, 'Das Gerät')} in der Kabine antwortet wieder."
    else:
        sentence = NOTICES.get(code, code)
        if "{said}" in sentence:
            return sentence.format(said=said or "einer Seite")
    return f"{sentence} Gemeldet wird: {said}" if said else sentence


def page_numbers(numbers: Sequence[int]) -> str:
    """Which pages are meant."""
    return f"{'Seite' if len(numbers) == 1 else 'Seiten'} {', '.join(map(str, numbers))}"


def own_words(error: LisaError) -> str:
    """What a driver says of its device, as one line. Of a device that was never there the log of the booth tells."""
    if not isinstance(error, DeviceFault) or isinstance(error, AbsentFault):
        return ""
    words = " ".join(str(error).split())
    return words if len(words) <= MAX_SAID else f"{words[: MAX_SAID - 1]}…"


def appointment_text(start: str, where: str) -> str:
    """When the citizen is to come again, and to whom. `start`: local time, ISO to the minute."""
    return f"{day_text(datetime.fromisoformat(start))}, {where}"


def day_text(at: datetime) -> str:
    """A minute as people say it."""
    return f"{WEEKDAYS[at.weekday()]}, {at:%d.%m.%Y}, {at:%H:%M} Uhr"


def clocks(ahead_s: float) -> str:
    """Whoever runs the booth sets its clock, or that of the exchange."""
    way = "vor" if ahead_s > 0 else "nach"
    return f"Die Uhr dieses Rechners geht gegenüber der Vermittlung {_span(abs(ahead_s))} {way}: Zeitabgleich prüfen."


def _span(span_s: float) -> str:
    """How long, in the largest unit of which there are two or more."""
    for unit, length_s in (("Tage", 86_400), ("Stunden", 3600), ("Minuten", 60)):
        if span_s >= 2 * length_s:
            return f"{span_s / length_s:.0f} {unit}"
    return f"{span_s:.1f} s".replace(".", ",")


def opening_text(next_opening: datetime | None) -> str:
    """When the booth opens next."""
    if next_opening is None:
        return "Ein nächster Öffnungstermin steht noch nicht fest."
    day = WEEKDAYS[next_opening.weekday()]
    return f"Wir sind wieder für Sie da: {day}, {next_opening:%d.%m.%Y}, ab {next_opening:%H:%M} Uhr."


def waiting_text(place: int, wait_s: int, there: bool | None = None) -> str:
    """The place in the queue, and how long it may take if that is known. Not `there`: nobody sits at a desk now."""
    why = "Gerade ist niemand am Platz." if there is False else "Alle sprechen gerade oder haben noch zu tun."
    text = f"{why} Sie sind auf Platz {place}. Bitte bleiben Sie sitzen."
    if wait_s >= 0:
        minutes = max(1, round(wait_s / 60))
        text += " Voraussichtlich noch eine Minute." if minutes == 1 else f" Voraussichtlich noch {minutes} Minuten."
    return text
