"""The sentences of a placement before the admission, for offices and providers; those after it: `stay.words`.

No name of a person, no other office's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sojus.domain.field.speech import row
from sojus.domain.model.days import Span, german, german_span
from sojus.domain.placement.terms import PlacementTerms
from sojus.domain.register.book import Hindrance

ONLY_OFFICES = "Das kann nur, wer für die Unterbringung zuständig ist."
SEVERAL_PROVIDERS = "Die Plätze gehören verschiedenen Trägern; zusammen geht es nur bei einem."
NOT_ALIKE = "Als Ersatz geht nur ein Platz derselben Gruppe."
NOT_YOURS = "Das gehört einer anderen Stelle."
SAME_DAYS = "Die Reservierung hat diese Tage schon."
ONE_EACH = "Von Betten und Gruppenplätzen hat jede Person genau einen."
USED = "Diesen Vorgang gibt es schon."
PASSED_ALREADY = "Auf diese Anfrage haben Sie schon geantwortet, dass Sie nichts haben."
EXTENDED_ENOUGH = "Die Reservierung ist schon so oft verlängert worden, wie es geht."
IN_LINE_ALREADY = "Dieser Fall steht für diese Gruppe schon auf der Liste oder hat dort etwas reserviert."
REMARK = "Eine Bemerkung hat höchstens {} Zeichen."
OTHER_HELP = "Gefragt ist nach einer anderen Hilfeart."
OTHER_HELP_SAID = "Die Angaben nennen eine andere Hilfeart als der Platz."
REQUESTED = "Eine Anfrage ohne Namen: können Sie aufnehmen?"
PROPOSED = "Auf Ihre Anfrage ist etwas angeboten. Freigehalten wird es erst, wenn Sie annehmen."
PASSED = "Ein Träger hat nichts Passendes."
WITHDRAWN_PLACED = "Die Anfrage hat sich erledigt: ein anderer Träger nimmt auf."
WITHDRAWN = "Die Anfrage ist zurückgezogen."
REQUEST_EXPIRED = "Die Anfrage ist abgelaufen."
LAPSED = "Was auf die Anfrage angeboten war, ist inzwischen nicht mehr frei."
NO_PROPOSAL = "Dieser Träger hat nichts angeboten, oder es ist inzwischen vergeben."
NOT_ASKED = "Diese Anfrage ist nicht an Sie gerichtet."


def where(names: str, group: str, facility: str) -> str:
    """ "„Zimmer 3“ (Gruppe Birke, Haus am See)": each house has a room 3. A team is one place and is called so once."""
    return f"{names} ({facility if names == places([group]) else f'{group}, {facility}'})"


# What is told of a reservation; `what` is told by `where`, `ends` by `german_moment`.


def confirmed(what: str, span: Span, ends: str) -> str:
    return f"Der Träger nimmt auf. Zugesagt: {what}, {german_span(span)}; freigehalten bis {ends}."


def accepted(what: str, span: Span) -> str:
    return f"Ihr Angebot ist angenommen: {what}, {german_span(span)}. Halten Sie es bitte frei."


def cancelled(what: str) -> str:
    return f"Abgesagt ist die Reservierung: {what}."


def left_line(line: str) -> str:
    """`line`: "Gruppe Birke, Haus am See", as in the next three."""
    return f"Von der Warteliste genommen: {line}."


def wait_is_over(line: str) -> str:
    return f"{left_line(line)} In diesem Fall ist für dieselbe Hilfeart aufgenommen worden."


def waited_out(line: str) -> str:
    return f"Die Zeit auf der Warteliste ist um: {line}. Es war nichts Passendes frei."


def days_over(line: str) -> str:
    return f"Die gewünschten Tage sind vorbei, Warteliste: {line}. Es war nichts Passendes frei."


def unanswered(what: str, term: timedelta, ends: str) -> str:
    return (
        f"Der Träger hat in der Frist nicht geantwortet ({_hours(term)}) und ist erinnert: {what}. "
        f"Freigehalten bleibt es bis {ends}."
    )


def answer_missing(what: str, term: timedelta, ends: str) -> str:
    """To the house. It may still answer, until the reservation ends."""
    return f"Seit {_hours(term)} ohne Ihre Antwort: {what}. Nehmen Sie auf? {_else_over(ends)}"


def _else_over(ends: str) -> str:
    return f"Ohne Antwort verfällt die Reservierung: {ends}."


def _hours(term: timedelta) -> str:
    return f"{term // timedelta(hours=1)} Stunden"


def unknown(name: str) -> str:
    return f"„{name}“ gibt es nicht, oder es ist seit Langem vorbei."


def no_id(name: str) -> str:
    return f"„{name}“ ist keine Kennung eines Vorgangs."


def past(day: date) -> str:
    return f"Der {german(day)} ist schon vorbei."


def future(day: date) -> str:
    return f"Der {german(day)} ist noch nicht gekommen; eingetragen wird, was geschehen ist."


def too_far(span: Span) -> str:
    return f"So weit voraus wird nichts vergeben: {german_span(span)}."


def amount(count: int, each: int) -> str:
    return f"{count} mal {each} lässt sich nicht vergeben."


def no_contingent(contacts: int) -> str:
    return f"{contacts} Kontakte lassen sich nicht bewilligen."


def no_places(count: int) -> str:
    return f"{count} Plätze zugleich lassen sich nicht reservieren."


def places(names: Iterable[str]) -> str:
    return row(f"„{name}“" for name in names)


def not_free(name: str, span: Span, hindrance: Hindrance) -> str:
    """ "„Zimmer 3“ ist vom 01.12.2026 an schon reserviert, ganz oder an einzelnen Tagen." """
    if hindrance is Hindrance.CLOSED:
        return f"„{name}“ ist am {german(span.start)} geschlossen: an diesem Tag wird niemand aufgenommen."
    return f"„{name}“ ist {german_span(span)} {hindrance.value}, ganz oder an einzelnen Tagen."


def reserved(what: str, span: Span) -> str:
    return f"Reserviert: {what}, {german_span(span)}."


def answer_wanted(what: str, span: Span, ends: str) -> str:
    return f"Reserviert: {what}, {german_span(span)}. Nehmen Sie auf? {_else_over(ends)}"


def waiting(position: int, hold: timedelta) -> str:
    return f"Auf der Warteliste an {position}. Stelle. {wait_means(hold)}"


def wait_means(hold: timedelta) -> str:
    """What it brings with it to join a list: whoever joins knows it before, and reads it after."""
    return (
        "Was in dieser Gruppe passt und frei ist oder wird, wird sofort verbindlich für diesen Fall reserviert, "
        f"zunächst für {_hours(hold)}."
    )


def act_means(terms: PlacementTerms) -> Mapping[str, str]:
    """What it brings with it to reserve, to extend that, and to have ended: whoever does knows it before."""
    hold = _hours(terms.hold)
    return {
        "reserve": f"Der Platz ist sofort nur für diesen Fall freigehalten, zunächst für {hold}. Der Träger sagt zu "
        "oder lehnt ab; antwortet er bis dahin nicht, wird der Platz wieder frei.",
        "extend": f"Der Platz wird {hold} länger freigehalten. Verlängern und andere Tage wählen geht zusammen "
        f"höchstens {terms.extensions} Mal.",
        "over": f"Was vorbei ist, steht hier {terms.over.days} Tage, der letzte "
        f"Vorgang eines Falls {terms.over_last.days} Tage.",
    }


def from_list(what: str, span: Span) -> str:
    return f"Von der Warteliste reserviert: {what}, {german_span(span)}."


def people(said: int, wanted: int) -> str:
    return f"Angegeben ist, für wen: {said}; gebraucht wird für {wanted}. Bitte für jede Person eine Angabe."


def takes_others(name: str, whom: str) -> str:
    return f"In die Gruppe „{name}“ kommt nur: {whom}. Wer dort warten soll, passt dazu nicht."


def lacks(name: str, wanted: str) -> str:
    return f"In der Gruppe „{name}“ ist kein Platz so: {wanted}. Dort zu warten hilft nicht."


def kept_already(places: str, provider: str, span: Span) -> str:
    return f"{places} bei {provider} {german_span(span)}"


def kept_enough(most: int, kept: Iterable[str]) -> str:
    """What stands in the way, and what to do."""
    return (
        f"Für diesen Fall ist schon freigehalten: {'; '.join(kept)}. Von einer Hilfeart wird für einen Fall und "
        f"dieselben Tage höchstens {most} Mal reserviert, damit anderen etwas bleibt. "
        "Bitte zuerst eine dieser Reservierungen absagen."
    )


def too_small(name: str) -> str:
    return f"Die Gruppe „{name}“ hat nicht so viele Plätze, auch wenn niemand da ist."


def extended(what: str, ends: str, times: int, most: int) -> str:
    return f"Verlängert, zum {times}. von {most} Malen: {what}, freigehalten bis {ends}."


def declined(what: str, reason: str, position: int) -> str:
    """`position`: on the list on which they wait again, 0: on none."""
    why = reason.rstrip(".") or "ohne Angabe von Gründen"
    return f"Der Träger nimmt in {what} nicht auf: {why}." + _again(position)


def expired(what: str, position: int = 0) -> str:
    return f"Die Reservierung ist verfallen; nicht mehr freigehalten wird {what}." + _again(position)


def _again(position: int) -> str:
    return f" Sie warten weiter, wieder an {position}. Stelle." if position else ""


def over(stage: str) -> str:
    """ "Das geht nicht, der Stand ist: wartet." It may be too early as well as too late."""
    return f"Das geht nicht, der Stand ist: {stage}."


def asked(count: int) -> str:
    return f"{count} Träger zugleich lassen sich nicht fragen."


def not_enough(count: int, each: int) -> str:
    return f"Angeboten ist anderes, als gebraucht wird: für {count} je {each}."
